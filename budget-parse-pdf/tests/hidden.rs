//! Text that nobody sees: it is kept apart with its reason and enters no line and no cell.

#![allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "a test that cannot go on fails")]

mod common;

use common::seen::Seen;
use common::{File, Sheet};

const XS: [f32; 4] = [50.0, 200.0, 300.0, 400.0];

fn table(ys: &[f32], rows: &[&[&str]]) -> Sheet {
    let mut sheet = Sheet::new();
    sheet.grid(&XS, ys).cells(&XS, ys, rows);
    sheet
}

#[test]
fn a_cell_merged_over_a_page_break_and_drawn_in_full_on_both_pages_counts_once() {
    // Excel draws the cell twice and shows its upper half on one page, its lower half on the other.
    let mut first = table(&[100.0, 80.0, 60.0], &[&["文化", "17.00", "3.00"], &["", "", ""]]);
    first.raw("q 50 60 150 20 re W n").text(53.0, 64.0, "体育事业").text(53.0, 44.0, "1234.56").raw("Q");
    let mut second = table(&[800.0, 780.0, 760.0], &[&["", "", ""], &["旅游", "5.00", "2.00"]]);
    second.raw("q 50 780 150 20 re W n").text(53.0, 804.0, "体育事业").text(53.0, 784.0, "1234.56").raw("Q");
    let seen = Seen::of(&File::of(&[first, second]));
    assert_eq!(seen.grids, [["文化|17.00|3.00", "体育事业||"], ["1234.56||", "旅游|5.00|2.00"]]);
    assert_eq!(seen.hidden, ["clipped: 1234.56", "clipped: 体育事业"]);
    assert!(seen.lines.is_empty() && !seen.says("hidden-numbers"), "{seen:#?}");
}

#[test]
fn a_number_that_its_clip_cuts_in_part_is_doubtful_and_named() {
    let mut sheet = table(&[100.0, 80.0], &[&["文化", "", "3.00"]]);
    // The clip ends within the last digit, as in a column that is too narrow.
    sheet.raw("q 200 80 36 20 re W n").text(203.0, 84.0, "1234567").raw("Q");
    let content = File::of(&[sheet]);
    let seen = Seen::of(&content);
    assert!(seen.says("number-cut: 1 | 123456"), "{seen:#?}");
    let document = budget_document::Reader::read(&budget_parse_pdf::PdfReader, &content, &Default::default()).unwrap();
    let grid = document.grids().next().unwrap();
    assert_eq!(grid.at(0, 1).map(|cell| cell.mark), Some(Some(budget_document::Mark::Doubtful)));
    assert_eq!(grid.at(0, 2).map(|cell| cell.mark), Some(None));
}

#[test]
fn a_second_table_below_the_edge_of_the_page_is_not_read_and_its_numbers_are_an_error() {
    let mut sheet = table(&[800.0, 780.0, 760.0], &[&["文化", "17.00", "3.00"], &["体育", "5.00", "2.00"]]);
    let below = [-40.0, -60.0];
    sheet.grid(&XS, &below).cells(&XS, &below, &[&["旅游", "904.00", "17.00"]]);
    let seen = Seen::of(&File::of(&[sheet]));
    assert_eq!(seen.grid(), ["文化|17.00|3.00", "体育|5.00|2.00"]);
    assert_eq!(seen.hidden, ["off-page: 旅游 904.00 17.00"]);
    // 17.00 stands on the page, too.
    assert!(seen.says("hidden-numbers: 1 | 904.00"), "{seen:#?}");
}

#[test]
fn bold_print_by_drawing_twice_is_read_once() {
    let mut sheet = Sheet::new();
    sheet.text(50.0, 800.0, "合计 1,100.00").text(50.3, 800.0, "合计 1,100.00");
    let seen = Seen::of(&File::of(&[sheet]));
    assert_eq!(seen.lines, ["合计 1,100.00"]);
    assert_eq!(seen.hidden, ["doubled: 合计 1,100.00"]);
    assert!(!seen.says("hidden-numbers"), "{seen:#?}");
}

#[test]
fn bold_print_by_outlined_letters_is_read_once() {
    let mut sheet = Sheet::new();
    sheet.raw("2 Tr 0.3 w").text(50.0, 800.0, "合计 1,100.00").raw("0 Tr").text(50.0, 780.0, "其中 11.00");
    let seen = Seen::of(&File::of(&[sheet]));
    assert_eq!(seen.lines, ["合计 1,100.00", "其中 11.00"]);
    assert!(seen.hidden.is_empty(), "{seen:#?}");
}

#[test]
fn equal_digits_that_follow_each_other_are_no_bold_print() {
    let mut sheet = Sheet::new();
    sheet.text(50.0, 800.0, "1111.11").set_text("0.5 0 0 1 50 780", 10.0, "1111.11");
    assert_eq!(Seen::of(&File::of(&[sheet])).lines, ["1111.11", "1111.11"]);
}

/// An image of one colour over part of the page.
fn with_image(colour: u8, soft_mask: bool) -> Vec<u8> {
    let mut file = File::new();
    let entries = "/Type /XObject /Subtype /Image /Width 4 /Height 4 /BitsPerComponent 8 /ColorSpace";
    let mask = file.stream(&format!("{entries} /DeviceGray"), &[128; 16]);
    let mask = if soft_mask { format!("/SMask {mask} 0 R") } else { String::new() };
    let image = file.stream(&format!("{entries} /DeviceRGB {mask}"), &[colour; 48]);
    let mut sheet = Sheet { resources: format!("/XObject << /Im1 {image} 0 R >>"), ..Sheet::default() };
    sheet.text(50.0, 800.0, "2019 年预算公开").raw("q 300 0 0 30 40 790 cm /Im1 Do Q");
    sheet.text(50.0, 800.0, "2026 年预算公开").text(50.0, 700.0, "说明");
    file.page(&sheet);
    file.bytes()
}

#[test]
fn a_heading_under_a_white_image_is_hidden_and_the_one_typed_over_it_is_read() {
    let seen = Seen::of(&with_image(255, false));
    assert_eq!(seen.lines, ["2026 年预算公开", "说明"]);
    assert_eq!(seen.hidden, ["covered: 2019 年预算公开"]);
    assert!(seen.says("hidden-numbers: 1 | 2019"), "{seen:#?}");
}

#[test]
fn a_seal_with_a_soft_mask_hides_nothing() {
    for (colour, soft_mask) in [(255, true), (200, false)] {
        let seen = Seen::of(&with_image(colour, soft_mask));
        assert!(seen.lines[0].contains('9') && seen.lines[0].contains('6'), "{seen:#?}");
    }
}

#[test]
fn text_without_ink_is_kept_apart() {
    let mut sheet = Sheet::new();
    sheet.text(50.0, 800.0, "部门预算").raw("3 Tr").text(50.0, 780.0, "秘密 904.00").raw("0 Tr");
    sheet.raw("7 Tr").text(50.0, 720.0, "剪影 31.00").raw("0 Tr");
    let mut other = Sheet::new();
    other.raw("/G0 gs").text(50.0, 760.0, "透明 77.00");
    other.resources = "/ExtGState << /G0 << /ca 0 >> >>".to_owned();
    let seen = Seen::of(&File::of(&[sheet, other]));
    assert_eq!(seen.lines, ["部门预算"]);
    assert!(seen.hidden.contains(&"invisible: 秘密 904.00".to_owned()), "{seen:#?}");
    assert!(seen.hidden.contains(&"invisible: 透明 77.00".to_owned()), "{seen:#?}");
}

#[test]
fn white_text_is_seen_on_something_dark_only() {
    let mut sheet = Sheet::new();
    sheet.fill("0 0 0.5 rg", 40.0, 790.0, 300.0, 24.0).raw("1 g").text(50.0, 800.0, "表头 2026").raw("0 g");
    sheet.raw("1 g").text(50.0, 700.0, "白字 904.00").raw("0 g").text(50.0, 600.0, "正文");
    sheet.fill("1 g", 40.0, 490.0, 300.0, 24.0).raw("1 1 1 rg").text(50.0, 500.0, "白底白字");
    let seen = Seen::of(&File::of(&[sheet]));
    assert_eq!(seen.lines, ["表头 2026", "正文"]);
    assert_eq!(seen.hidden, ["white: 白字 904.00", "white: 白底白字"]);
}

#[test]
fn what_a_white_box_is_drawn_over_is_hidden_and_what_it_lies_under_is_not() {
    let mut sheet = Sheet::new();
    sheet.text(50.0, 800.0, "旧表 904.00").fill("1 g", 40.0, 790.0, 300.0, 24.0).text(50.0, 800.0, "新表 905.00");
    let seen = Seen::of(&File::of(&[sheet]));
    assert_eq!((seen.lines, seen.hidden), (vec!["新表 905.00".to_owned()], vec!["covered: 旧表 904.00".to_owned()]));
}

#[test]
fn rules_under_a_white_box_are_no_table() {
    let ys = [800.0, 780.0, 760.0];
    let mut sheet = table(&ys, &[&["旧", "1.00", "2.00"], &["旧", "3.00", "4.00"]]);
    sheet.fill("1 g", 40.0, 700.0, 400.0, 142.0).text(50.0, 780.0, "新文");
    let seen = Seen::of(&File::of(&[sheet]));
    assert_eq!((seen.lines.as_slice(), seen.grids.len()), (&["新文".to_owned()][..], 0), "{seen:#?}");
}
