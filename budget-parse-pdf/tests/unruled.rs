//! Tables that nothing rules, or level rules alone.

#![allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "a test that cannot go on fails")]

mod common;

use budget_document::{Limits, Mark, Reader};
use budget_model::Place;
use budget_parse_pdf::PdfReader;
use common::seen::Seen;
use common::{File, Sheet, width};

/// Right edges of the columns of figures.
const RIGHTS: [f32; 3] = [330.0, 430.0, 530.0];

/// A text of full-width characters in the middle of a place.
fn middle(sheet: &mut Sheet, x: f32, y: f32, text: &str) {
    let wide = 10.0 * text.chars().count() as f32;
    sheet.text(x - wide / 2.0, y, text);
}

/// A row with its code, its name and its figures.
fn row(sheet: &mut Sheet, y: f32, code: &str, name: &str, figures: [&str; 3]) {
    sheet.text(50.0, y, code).text(110.0, y, name);
    for (figure, right) in figures.iter().zip(RIGHTS).filter(|(figure, _)| !figure.is_empty()) {
        sheet.number(right, y, figure);
    }
}

fn header(sheet: &mut Sheet, y: f32) {
    for (x, text) in
        [(75.0, "科目编码"), (180.0, "科目名称"), (285.0, "合计"), (385.0, "基本支出"), (485.0, "项目支出")]
    {
        middle(sheet, x, y, text);
    }
}

fn body(sheet: &mut Sheet, y: f32) {
    row(sheet, y, "207", "文化旅游体育与传媒支出", ["1,120.50", "1,100.00", "20.50"]);
    row(sheet, y - 20.0, "20701", "文化和旅游", ["1,108.50", "1,088.00", "20.50"]);
    row(sheet, y - 40.0, "2070109", "群众文化", ["12.00", "12.00", ""]);
}

const READ: [&str; 4] = [
    "科目编码|科目名称|合计|基本支出|项目支出",
    "207|文化旅游体育与传媒支出|1,120.50|1,100.00|20.50",
    "20701|文化和旅游|1,108.50|1,088.00|20.50",
    "2070109|群众文化|12.00|12.00|",
];

fn titled() -> Sheet {
    let mut sheet = Sheet::new();
    middle(&mut sheet, 297.0, 800.0, "支出总表");
    sheet.text(50.0, 780.0, "部门：云溪县文化馆").text(470.0, 780.0, "单位：万元");
    sheet
}

fn read(sheet: Sheet) -> Seen {
    Seen::of(&File::of(&[sheet]))
}

#[test]
fn a_table_without_rules_is_a_grid_that_says_so_and_its_title_and_unit_are_lines() {
    let mut sheet = titled();
    header(&mut sheet, 760.0);
    body(&mut sheet, 740.0);
    sheet.text(50.0, 640.0, "本表反映部门本年度支出的总体情况。");
    let content = File::of(&[sheet]);
    let seen = Seen::of(&content);
    assert_eq!(seen.grid(), READ, "{seen:#?}");
    assert_eq!(seen.lines.len(), 3, "{seen:#?}");
    let document = PdfReader.read(&content, &Limits::default()).unwrap();
    let grid = document.grids().next().unwrap();
    assert!(grid.is_set_by_blanks() && grid.page() == Some(1));
    assert_eq!(grid.column_tracks().len(), 5);
    // 842 - 720 - 7.5 from above.
    let Place::Page { top, right, .. } = grid.at(2, 2).unwrap().place else { panic!() };
    assert_eq!((top, right.abs_diff(3300) <= 2), (1145, true));
}

#[test]
fn level_rules_alone_part_the_rows_of_a_table() {
    let mut sheet = titled();
    header(&mut sheet, 760.0);
    for y in [773.0, 753.0, 723.0, 693.0, 673.0] {
        sheet.level(y, 45.0, 535.0);
    }
    // A name of two lines, its figures in the middle of them.
    row(&mut sheet, 735.0, "208", "", ["1,120.50", "1,100.00", "20.50"]);
    sheet.text(110.0, 741.0, "社会保障和").text(110.0, 729.0, "就业支出");
    row(&mut sheet, 705.0, "20805", "", ["1,108.50", "1,088.00", "20.50"]);
    sheet.text(110.0, 711.0, "行政事业单位").text(110.0, 699.0, "养老支出");
    row(&mut sheet, 680.0, "2080502", "离退休", ["12.00", "12.00", ""]);
    let seen = read(sheet);
    assert_eq!(
        seen.grid(),
        [
            READ[0],
            "208|社会保障和/就业支出|1,120.50|1,100.00|20.50",
            "20805|行政事业单位/养老支出|1,108.50|1,088.00|20.50",
            "2080502|离退休|12.00|12.00|",
        ],
        "{seen:#?}"
    );
}

#[test]
fn rules_around_the_header_alone_part_no_rows() {
    let mut sheet = titled();
    for y in [773.0, 753.0, 690.0] {
        sheet.level(y, 45.0, 535.0);
    }
    header(&mut sheet, 760.0);
    body(&mut sheet, 740.0);
    assert_eq!(read(sheet).grid(), READ);
}

#[test]
fn a_header_ruled_both_ways_is_the_header_of_what_stands_below() {
    let xs = [45.0, 105.0, 235.0, 335.0, 435.0, 535.0];
    let mut sheet = titled();
    sheet.grid(&xs, &[773.0, 753.0]);
    header(&mut sheet, 760.0);
    body(&mut sheet, 740.0);
    assert_eq!(read(sheet).grid(), READ);
}

#[test]
fn merged_words_of_a_ruled_header_stand_above_what_they_are_ruled_above() {
    let xs = [45.0, 105.0, 235.0, 335.0, 435.0, 535.0];
    let mut sheet = titled();
    sheet.level(773.0, 45.0, 535.0).level(753.0, 235.0, 535.0).level(733.0, 45.0, 535.0);
    for x in xs {
        sheet.upright(x, 733.0, if x == 335.0 || x == 435.0 { 753.0 } else { 773.0 });
    }
    for (x, y, text) in
        [(75.0, 750.0, "科目编码"), (170.0, 750.0, "科目名称"), (385.0, 760.0, "支出"), (285.0, 740.0, "合计")]
    {
        middle(&mut sheet, x, y, text);
    }
    middle(&mut sheet, 385.0, 740.0, "基本支出");
    middle(&mut sheet, 485.0, 740.0, "项目支出");
    body(&mut sheet, 715.0);
    let seen = read(sheet);
    assert_eq!(seen.grid()[..2], ["科目编码|科目名称|支出|<|<", "||合计|基本支出|项目支出"], "{seen:#?}");
    assert_eq!(seen.grid()[2..], READ[1..]);
}

#[test]
fn a_column_that_prints_nothing_keeps_its_header() {
    let mut sheet = titled();
    header(&mut sheet, 760.0);
    for (y, code, name, amount) in [
        (740.0, "207", "文化旅游体育与传媒支出", "1,120.50"),
        (720.0, "208", "社会保障", "20.00"),
        (700.0, "210", "卫生健康", "3.00"),
    ] {
        // Nothing is spent on basic expenditure.
        row(&mut sheet, y, code, name, [amount, "", amount]);
    }
    let seen = read(sheet);
    assert_eq!(seen.grid()[0], READ[0]);
    assert_eq!(seen.grid()[2], "208|社会保障|20.00||20.00");
}

#[test]
fn a_word_above_several_columns_reaches_over_those_in_whose_middle_it_stands() {
    let mut sheet = titled();
    sheet.level(773.0, 45.0, 535.0);
    middle(&mut sheet, 435.0, 762.0, "其中");
    for (x, text) in [(75.0, "科目编码"), (180.0, "科目名称"), (285.0, "合计")] {
        middle(&mut sheet, x, 752.0, text);
    }
    middle(&mut sheet, 385.0, 742.0, "基本支出");
    middle(&mut sheet, 485.0, 742.0, "项目支出");
    body(&mut sheet, 720.0);
    let seen = read(sheet);
    assert_eq!(seen.grid()[..3], ["|||其中|<", "科目编码|科目名称|合计||", "|||基本支出|项目支出"], "{seen:#?}");
}

#[test]
fn where_a_word_above_others_ends_is_not_known_if_it_stands_in_the_middle_of_none() {
    let mut sheet = titled();
    sheet.level(773.0, 45.0, 535.0);
    middle(&mut sheet, 400.0, 766.0, "其中");
    for (x, text) in
        [(75.0, "科目编码"), (180.0, "科目名称"), (285.0, "合计"), (385.0, "基本支出"), (485.0, "项目支出")]
    {
        middle(&mut sheet, x, 746.0, text);
    }
    body(&mut sheet, 720.0);
    let content = File::of(&[sheet]);
    let document = PdfReader.read(&content, &Limits::default()).unwrap();
    let grid = document.grids().next().unwrap();
    assert_eq!(grid.at(0, 3).unwrap().mark, Some(Mark::MayReachFurther));
}

#[test]
fn income_and_expenditure_beside_each_other_are_columns_of_their_own() {
    let mut sheet = titled();
    for (x, text) in [(110.0, "收入项目"), (260.0, "金额"), (370.0, "支出项目"), (500.0, "金额")] {
        middle(&mut sheet, x, 760.0, text);
    }
    let rows = [
        ("一般公共预算拨款收入", "98,098.87", "一般公共服务支出", "68,654.28"),
        ("政府性基金收入", "", "外交支出", ""),
        ("国有资本经营收入", "1.00", "文化旅游体育与传媒支出", "29,445.59"),
        ("收入总计", "98,099.87", "支出总计", "98,099.87"),
    ];
    for (index, (income, amount, expenditure, other)) in rows.into_iter().enumerate() {
        let y = 740.0 - 20.0 * index as f32;
        sheet.text(50.0, y, income).text(310.0, y, expenditure);
        for (right, figure) in [(300.0, amount), (535.0, other)] {
            if !figure.is_empty() {
                sheet.number(right, y, figure);
            }
        }
    }
    let seen = read(sheet);
    let expected = rows.map(|(income, amount, expenditure, other)| [income, amount, expenditure, other].join("|"));
    assert_eq!(seen.grid()[0], "收入项目|金额|支出项目|金额", "{seen:#?}");
    assert_eq!(seen.grid()[1..], expected);
}

#[test]
fn one_column_of_amounts_below_a_header_is_a_table() {
    let mut sheet = titled();
    middle(&mut sheet, 110.0, 760.0, "项目");
    middle(&mut sheet, 480.0, 760.0, "预算数");
    let rows = [("因公出国（境）费", "0.00"), ("公务接待费", "1.20"), ("公务用车运行费", "13.50")];
    for (index, (name, amount)) in rows.into_iter().enumerate() {
        sheet.text(50.0, 740.0 - 20.0 * index as f32, name).number(530.0, 740.0 - 20.0 * index as f32, amount);
    }
    assert_eq!(read(sheet).grid()[1..], rows.map(|(name, amount)| format!("{name}|{amount}")));
}

#[test]
fn a_table_goes_on_without_its_header() {
    let mut sheet = Sheet::new();
    body(&mut sheet, 800.0);
    row(&mut sheet, 740.0, "208", "社会保障和就业支出", ["7.00", "4.00", "3.00"]);
    let seen = read(sheet);
    assert_eq!((seen.grid().len(), seen.grid()[3].as_str()), (4, "208|社会保障和就业支出|7.00|4.00|3.00"));
}

#[test]
fn two_tables_below_each_other_are_parted_by_the_title_between() {
    let mut sheet = titled();
    header(&mut sheet, 760.0);
    body(&mut sheet, 740.0);
    middle(&mut sheet, 297.0, 670.0, "一般公共预算支出表");
    sheet.text(470.0, 650.0, "单位：万元");
    header(&mut sheet, 630.0);
    body(&mut sheet, 610.0);
    let seen = read(sheet);
    assert_eq!(seen.grids, [READ, READ]);
    assert_eq!(seen.lines.len(), 4, "{seen:#?}");
}

#[test]
fn rows_that_have_nothing_but_their_names_are_rows() {
    let mut sheet = titled();
    middle(&mut sheet, 110.0, 760.0, "支出项目");
    middle(&mut sheet, 480.0, 760.0, "预算数");
    let names = [
        "一般公共服务支出",
        "外交支出",
        "国防支出",
        "公共安全支出",
        "教育支出",
        "科学技术支出",
        "文化支出",
        "支出总计",
    ];
    for (index, name) in names.into_iter().enumerate() {
        let y = 740.0 - 20.0 * index as f32;
        sheet.text(50.0, y, name);
        if index % 6 == 0 || index == 7 {
            sheet.number(530.0, y, "1,120.50");
        }
    }
    let seen = read(sheet);
    assert_eq!(seen.grid().len(), 9, "{seen:#?}");
    assert_eq!(seen.grid()[1..4], ["一般公共服务支出|1,120.50", "外交支出|", "国防支出|"]);
}

#[test]
fn three_columns_of_names_beside_each_other_are_three() {
    let mut sheet = titled();
    let rows = [
        ("群众文化", "办公经费", "印刷费", "1.20"),
        ("文化旅游体育与传媒", "商品和服务支出", "公务接待费", "13.50"),
        ("群众文化", "社会福利和救助", "奖励金", "0.30"),
    ];
    for (x, text) in [(90.0, "功能分类"), (200.0, "政府分类"), (300.0, "部门分类"), (480.0, "金额")] {
        middle(&mut sheet, x, 760.0, text);
    }
    for (index, (function, government, department, amount)) in rows.into_iter().enumerate() {
        let y = 740.0 - 20.0 * index as f32;
        sheet.text(50.0, y, function).text(160.0, y, government).text(260.0, y, department).number(530.0, y, amount);
    }
    let seen = read(sheet);
    assert_eq!(seen.grid()[0], "功能分类|政府分类|部门分类|金额", "{seen:#?}");
    assert_eq!(seen.grid()[2], "文化旅游体育与传媒|商品和服务支出|公务接待费|13.50");
}

#[test]
fn decimals_in_another_font_stay_with_their_number() {
    let mut sheet = titled();
    header(&mut sheet, 760.0);
    body(&mut sheet, 740.0);
    // Three points between the digits and their decimals, a fourth of an em and more.
    sheet.text(50.0, 680.0, "229").text(110.0, 680.0, "其他支出").number(313.0, 680.0, "25180");
    sheet.set_text("1 0 0 1 316 680", 10.0, ".33");
    assert_eq!(read(sheet).grid()[4], "229|其他支出|25180 .33||");
}

#[test]
fn paragraphs_lists_and_charts_stay_lines() {
    let mut paragraph = Sheet::new();
    for line in 0..8 {
        // Set flush at both sides: the blanks around numbers are wide.
        let y = 800.0 - 18.0 * line as f32;
        paragraph.text(50.0, y, "本年收入预算").text(119.0, y, "120.50").text(159.0, y, "万元，比上年增加");
        paragraph.text(248.0, y, "12.00").text(282.0, y, "万元，主要原因是人员增加。");
    }
    let mut contents = Sheet::new();
    for (line, page) in ["3", "5", "8", "12"].into_iter().enumerate() {
        let y = 800.0 - 18.0 * line as f32;
        contents.text(50.0, y, "第一部分").text(150.0, y, "部门概况").number(530.0, y, page);
    }
    let mut chart = Sheet::new();
    for step in 0..5 {
        chart.number(90.0, 500.0 + 30.0 * step as f32, &format!("{step}00.00"));
        chart.number(150.0 + 60.0 * step as f32, 530.0 + 20.0 * step as f32, "123.45");
        middle(&mut chart, 140.0 + 60.0 * step as f32, 480.0, "年度");
    }
    for sheet in [paragraph, contents, chart] {
        let seen = read(sheet);
        assert!(seen.grids.is_empty(), "{seen:#?}");
    }
}

#[test]
fn a_text_that_runs_through_a_column_of_figures_makes_no_table() {
    let mut sheet = titled();
    header(&mut sheet, 760.0);
    body(&mut sheet, 740.0);
    // Two names of which it is not known where the one ends.
    let wide = 330.0 - width("9.00");
    sheet
        .text(50.0, 680.0, "229")
        .text(110.0, 680.0, "其他支出")
        .text(wide - 65.0, 680.0, "年初预留")
        .number(330.0, 680.0, "9.00");
    let seen = read(sheet);
    let whole = seen.grids.concat();
    assert!(!whole.iter().any(|row| row.contains("年初预留|其他支出")), "{seen:#?}");
}

#[test]
fn nothing_of_a_table_without_rules_is_certain_by_itself() {
    let mut sheet = titled();
    sheet.text(50.0, 815.0, "云溪县文化馆2025年部门预算");
    header(&mut sheet, 760.0);
    body(&mut sheet, 740.0);
    let disclosure = budget_parse::Registry::new().with_reader(PdfReader).read(&File::of(&[sheet]), None).unwrap();
    let [table] = disclosure.tables.as_slice() else { panic!("{:#?}", disclosure.tables) };
    let figures: Vec<(String, String, bool)> = table
        .rows
        .iter()
        .flat_map(|row| row.cells.iter().map(move |cell| (row, cell)))
        .map(|(row, cell)| {
            let column = &table.columns[usize::from(cell.column)];
            (cell.amount.value.to_string(), column.label.clone(), table.doubts_of(row, cell).is_empty())
        })
        .collect();
    let expected = ["1120.50", "1100.00", "20.50", "1108.50", "1088.00", "20.50", "12.00", "12.00"];
    assert_eq!(figures.iter().map(|(value, ..)| value.as_str()).collect::<Vec<_>>(), expected);
    assert!(figures.iter().all(|(.., is_certain)| !is_certain), "{figures:#?}");
    assert_eq!(figures[2].1, "项目支出");
}
