//! What the reading of disclosures makes of the cells of a PDF.

#![allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "a test that cannot go on fails")]

mod common;

use budget_parse::Registry;
use budget_parse_pdf::PdfReader;
use common::{File, Sheet};

/// A table of expenditure whose figures are narrow or wide cells; one is wrapped.
fn disclosure() -> Vec<u8> {
    let xs = [50.0, 110.0, 260.0, 350.0, 395.0, 530.0];
    let ys = [760.0, 740.0, 710.0, 680.0];
    let mut sheet = Sheet::new();
    sheet.text(180.0, 810.0, "云溪县文化馆2026年支出总体情况表").text(480.0, 780.0, "单位：万元").grid(&xs, &ys);
    sheet.cells(&xs, &ys, &[&["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]);
    sheet.text(113.0, 720.0, "合计").number(347.0, 720.0, "66.547000").number(527.0, 720.0, "17.000000");
    sheet.number(392.0, 728.0, "49.54700").number(392.0, 715.0, "0");
    sheet.text(53.0, 690.0, "2070109").text(113.0, 690.0, "群众文化").number(347.0, 690.0, "66.547000");
    sheet.number(392.0, 698.0, "49.54700").number(392.0, 685.0, "0").number(527.0, 690.0, "17.000000");
    File::of(&[sheet])
}

#[test]
fn a_number_wrapped_in_a_narrow_cell_is_one_amount() {
    let registry = Registry::new().with_reader(PdfReader);
    let disclosure = registry.read(&disclosure(), None).unwrap();
    let table = &disclosure.tables[0];
    let amounts: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.amount.value.to_string()).collect()).collect();
    assert_eq!(amounts, [["66.547000", "49.547000", "17.000000"], ["66.547000", "49.547000", "17.000000"]]);
}
