//! Whole documents: tables that go on over pages, titles in and before grids, and what stands on pages beside tables.

#![allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "a test that cannot go on fails")]

mod common;

use budget_model::Disclosure;
use budget_parse::Registry;
use budget_parse_pdf::PdfReader;
use common::{File, Sheet};

const XS: [f32; 6] = [50.0, 120.0, 270.0, 360.0, 450.0, 540.0];
const HEADER: [&str; 5] = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"];
const FIRST: [[&str; 5]; 3] = [
    ["", "合计", "20.00", "14.00", "6.00"],
    ["207", "文化旅游体育与传媒支出", "17.00", "12.00", "5.00"],
    ["20701", "文化和旅游", "17.00", "12.00", "5.00"],
];
const SECOND: [[&str; 5]; 2] =
    [["208", "社会保障和就业支出", "3.00", "2.00", "1.00"], ["20805", "行政事业单位养老支出", "3.00", "2.00", "1.00"]];

fn read(sheets: &[Sheet]) -> Disclosure {
    Registry::new().with_reader(PdfReader).read(&File::of(sheets), None).unwrap()
}

/// A ruled table whose upper edge is here.
fn table(sheet: &mut Sheet, top: f32, has_header: bool, rows: &[[&str; 5]]) {
    let header = has_header.then_some(&HEADER);
    let rows: Vec<&[&str]> = header.into_iter().chain(rows).map(|row| row.as_slice()).collect();
    let ys: Vec<f32> = (0..=rows.len()).map(|row| top - 20.0 * row as f32).collect();
    sheet.grid(&XS, &ys).cells(&XS, &ys, &rows);
}

fn titled(title: &str) -> Sheet {
    let mut sheet = Sheet::new();
    sheet.text(150.0, 800.0, title).text(50.0, 780.0, "部门：云溪县文化馆").text(480.0, 780.0, "单位：万元");
    sheet
}

/// For each table the codes of its rows, or their labels, and how many figures it has.
fn seen(disclosure: &Disclosure) -> Vec<(Vec<String>, usize)> {
    let name = |row: &budget_model::Row| row.code.map_or_else(|| row.label.text.clone(), |code| code.to_string());
    disclosure.tables.iter().map(|table| (table.rows.iter().map(name).collect(), table.figure_count())).collect()
}

fn whole() -> Vec<(Vec<String>, usize)> {
    vec![(["合计", "207", "20701", "208", "20805"].map(str::to_owned).to_vec(), 15)]
}

#[test]
fn a_table_goes_on_on_the_next_page_with_its_header_or_without() {
    for has_header in [true, false] {
        let (mut first, mut second) = (titled("2025年支出预算总表"), Sheet::new());
        table(&mut first, 760.0, true, &FIRST);
        table(&mut second, 800.0, has_header, &SECOND);
        let disclosure = read(&[first, second]);
        assert_eq!(seen(&disclosure), whole(), "{has_header}");
        assert!(
            disclosure.tables[0].rows.iter().all(|row| row.cells.iter().all(|cell| cell.amount.place.page().is_some()))
        );
    }
}

#[test]
fn a_table_of_the_same_shape_below_a_title_of_its_own_is_another() {
    let (mut first, mut second) = (titled("2025年支出预算总表"), titled("2025年一般公共预算支出表"));
    table(&mut first, 760.0, true, &FIRST);
    table(&mut second, 760.0, true, &SECOND);
    let disclosure = read(&[first, second]);
    assert_eq!(
        seen(&disclosure).iter().map(|(rows, figures)| (rows.len(), *figures)).collect::<Vec<_>>(),
        [(3, 9), (2, 6)]
    );
}

#[test]
fn title_and_unit_may_be_merged_cells_of_the_grid() {
    let ys = [820.0, 800.0, 780.0, 760.0, 740.0, 720.0];
    let mut sheet = Sheet::new();
    for y in ys {
        sheet.level(y, 50.0, 540.0);
    }
    for x in XS {
        let is_outer = x == 50.0 || x == 540.0;
        sheet.upright(x, 720.0, if is_outer { 820.0 } else { 780.0 });
    }
    sheet.text(220.0, 804.0, "2025年支出预算总表").text(55.0, 784.0, "部门：云溪县文化馆        单位：万元");
    let rows: Vec<&[&str]> = [&HEADER, &FIRST[0], &FIRST[1]].map(|row| row.as_slice()).to_vec();
    sheet.cells(&XS, &ys[2..], &rows);
    let disclosure = read(&[sheet]);
    assert_eq!(seen(&disclosure), [(vec!["合计".to_owned(), "207".to_owned()], 6)]);
    let table = &disclosure.tables[0];
    assert!(table.title.text.contains("支出预算总表"), "{:?}", table.title);
    assert!(table.rows.iter().all(|row| row.cells.iter().all(|cell| table.doubts_of(row, cell).is_empty())));
}

#[test]
fn a_title_may_be_the_last_line_of_the_page_before() {
    let (mut first, mut second) = (titled("2025年支出预算总表"), Sheet::new());
    table(&mut first, 760.0, true, &FIRST);
    first.text(150.0, 60.0, "2025年一般公共预算支出表");
    second.text(480.0, 800.0, "单位：万元");
    table(&mut second, 780.0, true, &SECOND);
    let disclosure = read(&[first, second]);
    let titles: Vec<&str> = disclosure.tables.iter().map(|table| table.title.text.as_str()).collect();
    assert_eq!(titles, ["2025年支出预算总表", "2025年一般公共预算支出表"]);
}

#[test]
fn page_numbers_and_running_heads_beside_a_table_are_nothing_of_it() {
    let mut pages = Vec::new();
    for page in 1..=4 {
        let mut sheet = if page == 1 { titled("2025年支出预算总表") } else { Sheet::new() };
        table(&mut sheet, 740.0, true, if page == 1 { &FIRST } else { &SECOND });
        // Beside the rows of the table, at both of its sides.
        sheet.text(560.0, 704.0, &page.to_string()).text(10.0, 724.0, "云溪").text(555.0, 684.0, "部门预算");
        pages.push(sheet);
    }
    let disclosure = read(&pages);
    let names: Vec<&str> =
        disclosure.tables.iter().flat_map(|table| &table.rows).map(|row| row.label.text.as_str()).collect();
    assert!(names.iter().all(|name| !name.contains("云溪") && !name.contains("部门预算")), "{names:?}");
    let figures: usize = disclosure.tables.iter().map(|table| table.figure_count()).sum();
    assert_eq!(figures, 9 + 3 * 6);
}

#[test]
fn charts_and_seals_with_digits_near_a_table_are_no_figures() {
    let mut sheet = titled("2025年支出预算总表");
    table(&mut sheet, 760.0, true, &FIRST);
    // A chart ruled both ways, with labels of its axes and of its bars.
    let (xs, ys) = ([100.0, 200.0, 300.0, 400.0], [500.0, 460.0, 420.0, 380.0]);
    sheet.grid(&xs, &ys);
    for (step, x) in xs.into_iter().enumerate() {
        sheet.text(x + 30.0, 366.0, "年度").number(95.0, 380.0 + 40.0 * step as f32, &format!("{step}0.00"));
        sheet.fill("0.2 0.4 0.8 rg", x + 20.0, 380.0, 30.0, 20.0 + 20.0 * step as f32);
        sheet.text(x + 20.0, 405.0 + 20.0 * step as f32, "904.11");
    }
    // A round seal with a number along its edge.
    sheet.raw("1 0 0 RG 450 420 m 450 450 500 450 500 420 c 500 390 450 390 450 420 c S");
    sheet.text(455.0, 418.0, "6501020017");
    let disclosure = read(&[sheet]);
    let rows = seen(&disclosure);
    assert_eq!(rows.first().map(|(_, figures)| *figures), Some(9), "{rows:?}");
    let tables = disclosure.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    assert!(tables.clone().all(|cell| cell.amount.value.to_string() != "904.11"), "{rows:?}");
}
