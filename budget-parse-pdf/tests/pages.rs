//! Pages that are turned or cut, and what stands on them beside tables.

#![allow(clippy::unwrap_used, clippy::panic, clippy::float_arithmetic, reason = "a test that cannot go on fails")]

mod common;

use budget_document::{Limits, Reader};
use budget_model::Place;
use budget_parse_pdf::PdfReader;
use common::seen::Seen;
use common::{File, Sheet};

const XS: [f32; 4] = [50.0, 200.0, 300.0, 400.0];
const YS: [f32; 3] = [800.0, 780.0, 760.0];
const ROWS: [&[&str]; 2] = [&["文化", "17.00", "3.00"], &["体育", "1,234.50", "5.00"]];
const READ: [&str; 2] = ["文化|17.00|3.00", "体育|1,234.50|5.00"];

fn table() -> Sheet {
    let mut sheet = Sheet::new();
    sheet.grid(&XS, &YS).cells(&XS, &YS, &ROWS).text(50.0, 820.0, "部门支出总表");
    sheet
}

/// Boxes of the cell with `17.00`, in tenths of a point: top, left, bottom, right.
fn place(content: &[u8]) -> (u16, u16, u16, u16) {
    let document = PdfReader.read(content, &Limits::default()).unwrap();
    let grid = document.grids().next().unwrap();
    match grid.at(0, 1).unwrap().place {
        Place::Page { page: 1, top, left, bottom, right } => (top, left, bottom, right),
        place => panic!("{place:?}"),
    }
}

#[test]
fn places_are_counted_from_the_upper_left_corner_of_what_is_seen() {
    // The digits stand on 784, their font has 10 points: 842 - 784 - 7.5 from above.
    let (top, left, bottom, right) = place(&File::of(&[table()]));
    assert_eq!((top, left, bottom), (505, 2030, 595));
    assert!(right.abs_diff(2280) <= 2, "{right}");
}

#[test]
fn a_page_may_show_a_part_of_its_sheet() {
    let mut sheet = table();
    sheet.entries = "/MediaBox [-10 -10 585 900] /CropBox [20 30 580 850]".to_owned();
    sheet.text(5.0, 500.0, "切").text(50.0, 10.0, "裁去 904.00");
    let content = File::of(&[sheet]);
    let seen = Seen::of(&content);
    assert_eq!((seen.grid(), seen.lines.as_slice()), (&READ.map(str::to_owned)[..], &["部门支出总表".to_owned()][..]));
    assert_eq!(seen.hidden, ["off-page: 切", "off-page: 裁去 904.00"]);
    let (top, left, ..) = place(&content);
    assert_eq!((top, left), (585, 1830));
}

#[test]
fn a_page_may_be_turned_by_its_entry() {
    // The content is drawn so that it stands upright once the page is turned.
    let turned = [
        (90, "0 1 -1 0 842 0 cm", "/MediaBox [0 0 842 595]"),
        (180, "-1 0 0 -1 595 842 cm", "/MediaBox [0 0 595 842]"),
        (270, "0 -1 1 0 0 595 cm", "/MediaBox [0 0 842 595]"),
    ];
    let upright = place(&File::of(&[table()]));
    for (turn, matrix, size) in turned {
        let mut sheet = Sheet { entries: format!("{size} /Rotate {turn}"), ..Sheet::default() };
        sheet.raw(matrix).raw(table().content);
        let content = File::of(&[sheet]);
        let seen = Seen::of(&content);
        assert_eq!(
            (seen.grid(), seen.lines.as_slice()),
            (&READ.map(str::to_owned)[..], &["部门支出总表".to_owned()][..])
        );
        assert_eq!(place(&content), upright, "{turn}");
    }
}

#[test]
fn a_landscape_table_drawn_turned_on_an_upright_page_is_read() {
    for (matrix, is_left) in
        [("0 1 -1 0 595 0 cm", true), ("0 -1 1 0 -247 842 cm", false), ("-1 0 0 -1 595 842 cm", true)]
    {
        let mut sheet = Sheet::new();
        let (xs, ys) = ([50.0, 300.0, 500.0, 700.0], [500.0, 480.0, 460.0]);
        sheet.raw(matrix);
        let ys = if is_left { ys } else { ys.map(|y| y + 247.0) };
        sheet.grid(&xs, &ys).cells(&xs, &ys, &ROWS).text(50.0, ys[0] + 20.0, "部门支出总表");
        if matrix.starts_with('-') {
            // What is upside down must fit on the sheet.
            sheet = Sheet::new();
            sheet.raw(matrix).raw(table().content);
        }
        let seen = Seen::of(&File::of(&[sheet]));
        assert_eq!(seen.grid(), READ, "{matrix}");
        assert_eq!(seen.lines, ["部门支出总表"], "{matrix}");
    }
}

#[test]
fn the_place_of_a_turned_table_is_where_it_is_seen_on_the_page() {
    let mut sheet = Sheet::new();
    let (xs, ys) = ([50.0, 300.0, 500.0, 700.0], [500.0, 480.0, 460.0]);
    sheet.raw("0 1 -1 0 595 0 cm").grid(&xs, &ys).cells(&xs, &ys, &ROWS);
    // On the page the digits run upwards from (595 - 484, 303).
    let (top, left, bottom, right) = place(&File::of(&[sheet]));
    assert_eq!((left, right, bottom), (1035, 1125, 5390));
    assert!(top.abs_diff(5140) <= 2, "{top}");
}

#[test]
fn page_numbers_and_running_heads_beside_a_table_are_lines_of_their_own() {
    let mut sheet = table();
    sheet.text(500.0, 784.0, "县级").text(450.0, 764.0, "17").text(20.0, 764.0, "页");
    let seen = Seen::of(&File::of(&[sheet]));
    assert_eq!(seen.grid(), READ);
    assert_eq!(seen.lines.len(), 3, "{seen:#?}");
    assert!(seen.lines.iter().any(|line| line == "县级") && seen.lines.iter().any(|line| line.starts_with('页')));
}

#[test]
fn what_stands_beside_a_table_is_read_before_it_or_after_it() {
    let mut sheet = table();
    sheet.text(450.0, 786.0, "上").text(450.0, 762.0, "下");
    let content = File::of(&[sheet]);
    let document = PdfReader.read(&content, &Limits::default()).unwrap();
    let blocks = document.blocks.iter().map(|block| block.line().map_or("grid", |line| line.text.trim_start()));
    assert_eq!(blocks.collect::<Vec<_>>(), ["部门支出总表", "上", "grid", "下"]);
}

#[test]
fn a_page_number_inside_a_cell_without_text_is_the_text_of_that_cell_and_no_other() {
    // A cell as high as the page takes the number at its foot; nothing else moves.
    let (xs, ys) = ([50.0, 150.0, 545.0], [800.0, 30.0]);
    let mut sheet = Sheet::new();
    sheet.grid(&xs, &ys).text(60.0, 400.0, "绩效目标").text(160.0, 780.0, "长期目标").text(300.0, 40.0, "17");
    assert_eq!(Seen::of(&File::of(&[sheet])).grid(), ["绩效目标|长期目标/17"]);
}

#[test]
fn lines_are_read_from_above_whatever_the_order_they_were_drawn_in() {
    let mut sheet = Sheet::new();
    sheet
        .text(50.0, 700.0, "第三行")
        .text(300.0, 800.0, "单位：万元")
        .text(50.0, 760.0, "第二行")
        .text(50.0, 800.0, "表一");
    let seen = Seen::of(&File::of(&[sheet]));
    assert_eq!(seen.lines.len(), 3);
    assert!(seen.lines[0].starts_with("表一   ") && seen.lines[0].ends_with("   单位：万元"), "{seen:#?}");
    assert_eq!(seen.lines[1..], ["第二行", "第三行"]);
}

#[test]
fn each_page_begins_with_its_first_line() {
    let document = File::of(&[table(), table()]);
    let document = PdfReader.read(&document, &Limits::default()).unwrap();
    let starts: Vec<(u32, bool)> = document.lines().map(|line| (line.page, line.page_start)).collect();
    assert_eq!(starts, [(1, true), (2, true)]);
    assert_eq!(document.grids().map(|grid| grid.page()).collect::<Vec<_>>(), [Some(1), Some(2)]);
}
