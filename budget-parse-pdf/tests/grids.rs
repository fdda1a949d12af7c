//! Ruled tables: which rules make a row or column, and what stands in which cell.

#![allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "a test that cannot go on fails")]

mod common;

use common::seen::Seen;
use common::{File, Sheet};

const XS: [f32; 4] = [50.0, 200.0, 300.0, 400.0];
const YS: [f32; 4] = [800.0, 780.0, 760.0, 740.0];
const ROWS: [&[&str]; 3] = [&["科目", "合计", "项目"], &["文化", "17.00", "3.00"], &["体育", "1,234.50", "5.00"]];
const READ: [&str; 3] = ["科目|合计|项目", "文化|17.00|3.00", "体育|1,234.50|5.00"];

fn read(sheet: Sheet) -> Seen {
    Seen::of(&File::of(&[sheet]))
}

fn with_text() -> Sheet {
    let mut sheet = Sheet::new();
    sheet.cells(&XS, &YS, &ROWS);
    sheet
}

#[test]
fn a_ruled_table_is_a_grid_and_what_stands_around_it_are_lines() {
    let mut sheet = with_text();
    sheet.grid(&XS, &YS).text(50.0, 820.0, "部门支出总表").text(50.0, 700.0, "说明：无");
    let seen = read(sheet);
    assert_eq!(seen.grid(), READ);
    assert_eq!(seen.lines, ["部门支出总表", "说明：无"]);
}

#[test]
fn merged_cells_are_one_cell() {
    let mut sheet = Sheet::new();
    sheet.level(800.0, 50.0, 400.0).level(780.0, 200.0, 400.0).level(760.0, 50.0, 400.0).level(740.0, 50.0, 400.0);
    sheet.upright(50.0, 740.0, 800.0).upright(200.0, 740.0, 800.0).upright(300.0, 740.0, 780.0);
    sheet.upright(400.0, 740.0, 800.0);
    sheet.text(60.0, 778.0, "科目").text(280.0, 784.0, "支出").text(210.0, 764.0, "合计").text(310.0, 764.0, "项目");
    sheet.text(60.0, 744.0, "文化").number(297.0, 744.0, "17.00").number(397.0, 744.0, "3.00");
    assert_eq!(read(sheet).grid(), ["科目|支出|<", "^|合计|项目", "文化|17.00|3.00"]);
}

#[test]
fn white_boxes_and_clips_are_no_rules() {
    let mut sheet = Sheet::new();
    // The page, the room of each line, and the gaps between rows, all painted white.
    sheet.fill("1 g", 0.0, 0.0, 595.0, 842.0);
    for y in [800.0, 780.0, 760.0] {
        sheet.fill("1 1 1 rg", 50.0, y - 4.0, 300.0, 14.0).fill("1 g", 50.0, y - 5.0, 300.0, 1.0);
        sheet.fill("0.99 g", 50.0, y - 5.0, 1.0, 20.0).fill("0.99 g", 350.0, y - 5.0, 1.0, 20.0);
        sheet.raw(format!("q 50 {} 300 14 re W n", y - 4.0)).text(50.0, y, "收入 17.00").raw("Q");
    }
    // A table ruled in white, by boxes and by strokes.
    for y in [810.0, 770.0, 750.0] {
        sheet.fill("1 g", 50.0, y, 300.0, 1.0).fill("1 g", 200.0, 750.0, 1.0, 60.0);
        sheet.raw(format!("q 1 G 0.5 w 50 {y} m 350 {y} l S 80 750 m 80 810 l S 50 740 300 70 re S Q"));
    }
    let seen = read(sheet);
    assert_eq!((seen.lines, seen.grids.len()), (vec!["收入 17.00".to_owned(); 3], 0));
}

#[test]
fn coloured_backgrounds_of_rows_leave_the_table_as_it_is() {
    let mut sheet = Sheet::new();
    sheet.fill("0.8 0.9 1 rg", 50.0, 780.0, 350.0, 20.0).fill("0.95 g", 50.0, 740.0, 350.0, 20.0);
    sheet.grid(&XS, &YS).cells(&XS, &YS, &ROWS);
    assert_eq!(read(sheet).grid(), READ);
}

#[test]
fn thin_filled_boxes_are_rules() {
    for thickness in [0.48, 1.9, 2.1] {
        let mut sheet = Sheet::new();
        for y in YS {
            sheet.fill("0 g", 50.0, y - thickness / 2.0, 350.0, thickness);
        }
        for x in XS {
            sheet.fill("0 g", x - thickness / 2.0, 740.0, thickness, 60.0);
        }
        sheet.cells(&XS, &YS, &ROWS);
        assert_eq!(read(sheet).grid(), READ, "{thickness}");
    }
}

#[test]
fn frames_of_cells_make_a_table() {
    let mut sheet = with_text();
    for (row, pair) in YS.windows(2).enumerate() {
        for x in XS.windows(2) {
            let (width, height) = (x[1] - x[0], pair[0] - pair[1]);
            // Stroked boxes, and boxes with a smaller box cut out of them.
            if row == 0 {
                sheet.raw(format!("0.5 w {} {} {width} {height} re S", x[0], pair[1]));
            } else {
                let (inner, high) = (width - 1.0, height - 1.0);
                sheet.raw(format!(
                    "{} {} {width} {height} re {} {} {inner} {high} re f*",
                    x[0],
                    pair[1],
                    x[0] + 0.5,
                    pair[1] + 0.5
                ));
            }
        }
    }
    assert_eq!(read(sheet).grid(), READ);
}

#[test]
fn double_rules_make_no_rows_or_columns() {
    for apart in [1.5, 3.0, 5.0, 6.9] {
        let mut sheet = with_text();
        for y in YS {
            sheet.level(y, 50.0, 400.0 + apart).level(y - apart, 50.0, 400.0 + apart);
        }
        for x in XS {
            sheet.upright(x, 740.0 - apart, 800.0).upright(x + apart, 740.0 - apart, 800.0);
        }
        // Text of 10 points stands 4 points above the lower rule.
        assert_eq!(read(sheet).grid().len(), 3, "{apart}");
    }
    for apart in [1.5, 3.0, 5.0, 6.9] {
        let mut sheet = Sheet::new();
        for y in YS {
            sheet.level(y, 50.0 - apart, 400.0).level(y + apart, 50.0 - apart, 400.0);
        }
        for x in XS {
            sheet.upright(x, 740.0, 800.0 + apart).upright(x - apart, 740.0, 800.0 + apart);
        }
        for (row, y) in ROWS.iter().zip(&YS[1..]) {
            for (text, x) in row.iter().zip(XS) {
                sheet.text(x + 8.0, y + 9.0, text);
            }
        }
        assert_eq!(read(sheet).grid(), READ, "{apart}");
    }
}

#[test]
fn a_narrow_row_with_text_is_a_row() {
    let mut sheet = Sheet::new();
    let ys = [800.0, 793.5, 787.0, 780.5];
    sheet.grid(&XS, &ys);
    for (row, y) in ROWS.iter().zip(&ys[1..]) {
        for (text, x) in row.iter().zip(XS) {
            sheet.set_text(&format!("1 0 0 1 {} {}", x + 3.0, y + 1.3), 5.0, text);
        }
    }
    assert_eq!(read(sheet).grid(), READ);
}

#[test]
fn a_rule_of_forty_pieces_is_one_rule() {
    let mut sheet = with_text();
    for y in YS {
        for piece in 0..40 {
            let from = 50.0 + 8.75 * piece as f32;
            sheet.level(y + if piece % 2 == 0 { 0.0 } else { 0.3 }, from, from + 8.0);
        }
    }
    for x in XS {
        sheet.upright(x, 740.0, 800.0);
    }
    assert_eq!(read(sheet).grid(), READ);
}

#[test]
fn a_dotted_rule_is_a_rule() {
    let mut sheet = with_text();
    sheet.raw("[1 1] 0 d").grid(&XS, &YS);
    assert_eq!(read(sheet).grid(), READ);
}

#[test]
fn a_number_wrapped_in_a_narrow_cell_is_one_cell_of_two_lines() {
    let ys = [800.0, 770.0, 740.0];
    let mut sheet = Sheet::new();
    sheet.grid(&XS, &ys).text(53.0, 780.0, "文化").text(203.0, 784.0, "49.54700").text(203.0, 773.0, "0");
    sheet.text(53.0, 750.0, "体育").text(203.0, 750.0, "3.00").text(303.0, 750.0, "1.00");
    assert_eq!(read(sheet).grid(), ["文化|49.54700/0|", "体育|3.00|1.00"]);
}

#[test]
fn a_table_of_one_row_is_a_table() {
    let (xs, ys) = ([50.0, 150.0, 545.0], [800.0, 60.0]);
    let mut sheet = Sheet::new();
    sheet.grid(&xs, &ys).text(60.0, 400.0, "绩效目标");
    for line in 0..60 {
        sheet.text(160.0, 780.0 - 12.0 * line as f32, "长期目标");
    }
    let seen = read(sheet);
    assert_eq!((seen.grid().len(), seen.lines.len()), (1, 0));
    assert!(seen.grid()[0].starts_with("绩效目标|长期目标/长期目标"), "{seen:#?}");
}

#[test]
fn a_frame_around_text_is_no_table() {
    let mut sheet = Sheet::new();
    sheet.grid(&[40.0, 500.0], &[810.0, 700.0]).text(50.0, 790.0, "重要提示").text(50.0, 770.0, "数字 17.00");
    let seen = read(sheet);
    assert_eq!((seen.lines, seen.grids.len()), (vec!["重要提示".to_owned(), "数字 17.00".to_owned()], 0));
}

#[test]
fn a_bar_chart_with_grid_lines_is_no_table() {
    let mut sheet = Sheet::new();
    for step in 0..6 {
        let y = 500.0 + 30.0 * step as f32;
        sheet.level(y, 100.0, 400.0).number(95.0, y - 3.0, &format!("{}.00", step * 100));
    }
    sheet.upright(100.0, 500.0, 650.0);
    for bar in 0..4 {
        let x = 130.0 + 70.0 * bar as f32;
        sheet.fill("0.2 0.4 0.8 rg", x, 500.0, 30.0, 40.0 + 20.0 * bar as f32).text(x, 485.0, "年度");
        sheet.text(x, 545.0 + 20.0 * bar as f32, "123.45");
    }
    let seen = read(sheet);
    assert!(seen.grids.is_empty() && seen.lines.iter().any(|line| line.contains("123.45")), "{seen:#?}");
}

#[test]
fn a_chart_ruled_both_ways_that_holds_no_text_is_no_table() {
    let mut sheet = Sheet::new();
    let (xs, ys) = ([100.0, 200.0, 300.0, 400.0], [650.0, 600.0, 550.0, 500.0]);
    sheet.grid(&xs, &ys);
    for (y, x) in ys.into_iter().zip(xs) {
        sheet.number(95.0, y - 3.0, "100.00").text(x, 485.0, "年度");
        sheet.fill("0.2 0.4 0.8 rg", x + 20.0, 500.0, 30.0, 40.0);
        sheet.raw(format!("1 w {x} 520 m {} {y} l S", x + 90.0));
    }
    let seen = read(sheet);
    assert!(seen.grids.is_empty() && seen.lines.len() == 5, "{seen:#?}");
}

#[test]
fn the_last_row_of_a_page_needs_no_rule_below() {
    let mut sheet = with_text();
    for y in &YS[..3] {
        sheet.level(*y, 50.0, 400.0);
    }
    for x in XS {
        sheet.upright(x, 740.0, 800.0);
    }
    assert_eq!(read(sheet).grid(), READ);
}

#[test]
fn outer_sides_may_be_open() {
    let mut sheet = with_text();
    for y in YS {
        sheet.level(y, 50.0, 400.0);
    }
    sheet.upright(200.0, 740.0, 800.0).upright(300.0, 740.0, 800.0);
    assert_eq!(read(sheet).grid(), READ);
}

#[test]
fn a_number_too_wide_for_its_cell_runs_over_the_rule_at_its_left_and_stays_whole() {
    let xs = [50.0, 120.0, 160.0, 200.0];
    let mut sheet = Sheet::new();
    sheet.grid(&xs, &YS[..3]);
    // 12 characters of digits take 61 points, 39 of them have room.
    sheet.text(53.0, 784.0, "文化").number(159.0, 784.0, "1,234,567.89").number(199.0, 784.0, "3.00");
    sheet.text(53.0, 764.0, "公共图书馆与文化馆").number(159.0, 764.0, "5.00").number(199.0, 764.0, "2.00");
    assert_eq!(read(sheet).grid(), ["文化|1,234,567.89|3.00", "公共图书馆与文化馆|5.00|2.00"]);
}

#[test]
fn neighbours_without_a_gap_stay_in_their_cells() {
    let mut sheet = Sheet::new();
    sheet.grid(&XS, &YS[..2]).text(53.0, 784.0, "文化");
    // The first number ends at the rule and the second begins there.
    sheet.number(300.0, 784.0, "1234.56").text(300.0, 784.0, "78.90");
    assert_eq!(read(sheet).grid(), ["文化|1234.56|78.90"]);
}

#[test]
fn text_set_upright_in_a_cell_stays_in_its_cell() {
    let ys = [800.0, 700.0, 680.0];
    let mut sheet = Sheet::new();
    sheet.grid(&XS, &ys);
    for (index, character) in ["一", "般", "公", "共"].iter().enumerate() {
        sheet.text(120.0, 785.0 - 12.0 * index as f32, character);
    }
    sheet.text(203.0, 750.0, "17.00").text(303.0, 750.0, "3.00").cells(&XS, &ys[1..], &[&["文化", "5.00", "2.00"]]);
    assert_eq!(read(sheet).grid(), ["一/般/公/共|17.00|3.00", "文化|5.00|2.00"]);
}

#[test]
fn two_tables_on_a_page_are_two_grids_in_their_order() {
    let mut sheet = with_text();
    let below = [600.0, 580.0, 560.0];
    sheet.grid(&XS, &YS).grid(&XS[..3], &below).cells(&XS, &below, &[&["项目", "金额"], &["演出", "9.00"]]);
    sheet.text(50.0, 820.0, "甲表").text(50.0, 620.0, "乙表");
    let seen = read(sheet);
    assert_eq!(seen.grids, [READ.to_vec(), vec!["项目|金额", "演出|9.00"]]);
    assert_eq!(seen.lines, ["甲表", "乙表"]);
}
