//! What a sheet holds arrives in the grid: values, places, merged ranges, and what was hidden.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use budget_document::{Confidence, Document, Limits, Mark, Reader};
use budget_parse_xlsx::WorkbookReader;
use common::{Merge, cells, compound, grids, merges, notes, ods, replaced, reports, xls_stream, zip};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Note, Workbook, Worksheet};

fn xlsx(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet().set_name("表3").unwrap());
    workbook.save_to_buffer().unwrap()
}

fn read(content: &[u8]) -> Document<'_> {
    WorkbookReader.read(content, &Limits::default()).unwrap()
}

#[test]
fn cells_stand_where_they_stand_in_the_sheet() {
    let content = xlsx(|sheet| {
        sheet.write_string(4, 2, "收入").unwrap();
        sheet.write_number(6, 3, 17.5).unwrap();
        sheet.merge_range(8, 1, 9, 2, "合计", &Format::new()).unwrap();
    });
    let document = read(&content);
    assert_eq!(document.sheets, ["表3"]);
    assert_eq!(cells(&document, 0), ["C5 \"收入\"", "D7 17.5", "B9 \"合计\""]);
    assert_eq!(merges(grids(&document)[0]), [Merge { first: (2, 1), last: (2, 2) }]);
    assert!(document.diagnostics.is_empty());
}

#[test]
fn numbers_have_the_decimals_that_are_shown() {
    let content = xlsx(|sheet| {
        let money = Format::new().set_num_format("#,##0.00");
        for (row, number) in (0..).zip([17.0, 7332.07, 0.1 + 0.2, 0.125]) {
            sheet.write_number_with_format(row, 0, number, &money).unwrap();
            sheet.write_number(row, 1, number).unwrap();
        }
        sheet.write_number_with_format(4, 0, 3.0, &Format::new().set_num_format_index(2)).unwrap();
    });
    assert_eq!(
        cells(&read(&content), 0),
        ["A1 17.00", "B1 17", "A2 7332.07", "B2 7332.07", "A3 0.30", "B3 0.3", "A4 0.13", "B4 0.125", "A5 3.00"]
    );
}

#[test]
fn a_number_is_what_its_format_shows() {
    let content = xlsx(|sheet| {
        let formats = ["0!.0000", "0.00,,\n%", "0\\.0,\"万\"", "0.00%", ";;;", "[=0]\"\";0.00", "0.00E+00"];
        for (row, format) in (0..).zip(formats) {
            let number = if row == 5 { 0.0 } else { 20_322_100.0 };
            sheet.write_number_with_format(row, 0, number, &Format::new().set_num_format(format)).unwrap();
        }
    });
    let document = read(&content);
    assert_eq!(
        cells(&document, 0),
        ["A1 2032.2100", "A2 2032.21", "A3 \"2032.2万\"", "A4 \"2032210000.00%\"", "A5 error ", "A7 20322100"]
    );
    assert_eq!(reports(&document), ["display-unknown: 表3!A7", "number-not-shown: 表3!A5"]);
    assert_eq!(grids(&document)[0].cells().iter().filter(|cell| cell.mark == Some(Mark::Doubtful)).count(), 1);
}

#[test]
fn formulas_are_read_by_their_result_and_reported_without_one() {
    let content = xlsx(|sheet| {
        sheet.write_formula(0, 0, Formula::new("=1+16").set_result("17")).unwrap();
        sheet.write_formula(1, 0, Formula::new("=1+4711").set_result("4712")).unwrap();
        sheet.write_formula(2, 0, Formula::new("=A9/0").set_result("#REF!")).unwrap();
    });
    let content = replaced(&content, "xl/worksheets/sheet1.xml", "<v>4712</v>", "");
    let document = read(&content);
    assert_eq!(cells(&document, 0), ["A1 17", "A2 error ", "A3 error #REF!"]);
    assert_eq!(reports(&document), ["formula-without-result: 表3!A2"]);
}

#[test]
fn dates_and_truth_values_are_text() {
    let content = xlsx(|sheet| {
        let date = Format::new().set_num_format("yyyy-mm-dd");
        sheet.write_datetime_with_format(0, 0, ExcelDateTime::from_ymd(2025, 1, 31).unwrap(), &date).unwrap();
        sheet.write_boolean(1, 0, true).unwrap();
    });
    assert_eq!(cells(&read(&content), 0), ["A1 \"2025-01-31\"", "A2 \"TRUE\""]);
}

#[test]
fn what_is_hidden_is_read_and_reported() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("目录").unwrap().write_string(0, 0, "目录").unwrap();
    let sheet = workbook.add_worksheet().set_name("表3").unwrap();
    for row in 0..6 {
        sheet.write_number(row, 0, f64::from(row)).unwrap();
        sheet.write_number(row, 2, 1).unwrap();
    }
    sheet.set_row_hidden(2).unwrap().set_row_hidden(3).unwrap().set_column_hidden(2).unwrap().set_hidden(true);
    let content = workbook.save_to_buffer().unwrap();
    let document = read(&content);
    assert_eq!(cells(&document, 1).len(), 12);
    assert_eq!(reports(&document), ["hidden-read: 表3", "hidden-read: 表3!3:4", "hidden-read: 表3!C:C"]);
}

#[test]
fn comments_come_with_their_cells() {
    let content = xlsx(|sheet| {
        sheet.write_number(3, 1, 5).unwrap();
        sheet.insert_note(3, 1, &Note::new("可能的栏目：合计\n & 其他").add_author_prefix(false)).unwrap();
        sheet.insert_note(9, 1, &Note::new("空白")).unwrap();
    });
    let document = read(&content);
    assert_eq!(notes(grids(&document)[0]), [((0, 1), "可能的栏目：合计\n & 其他")]);
}

#[test]
fn an_xls_workbook_is_read_like_any_other() {
    let content = compound("/Workbook", &xls_stream());
    let document = read(&content);
    assert_eq!(document.sheets, ["表1"]);
    assert_eq!(cells(&document, 0), ["B3 \"收入\"", "C4 17"]);
    assert_eq!(merges(grids(&document)[0]), [Merge { first: (0, 1), last: (0, 2) }]);
    assert_eq!(reports(&document), ["hidden-read: 表1!4:4"]);
}

#[test]
fn an_ods_document_is_read_with_its_decimals_merges_and_repeats() {
    let content = ods(
        r#"<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>"#,
        r#"<table:table table:name="表1"><table:table-column table:number-columns-repeated="3"/>
        <table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="2" table:number-rows-spanned="1"><text:p>收入 &amp;<text:s text:c="2"/>支出</text:p><text:p>第二行</text:p></table:table-cell><table:covered-table-cell/></table:table-row>
        <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="float" office:value="1017"><text:p>1,017.00</text:p></table:table-cell></table:table-row>
        <table:table-row table:visibility="collapse"><table:table-cell office:value-type="float" office:value="0.30000000000000004"><text:p>0.3</text:p></table:table-cell></table:table-row>
        <table:table-row><table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell><table:table-cell table:formula="of:=1"/><table:table-cell office:value-type="date" office:date-value="2025-01-31"><text:p>1月31日</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        </table:table><table:table table:name="表2" table:style-name="ta2"><table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation><text:p>说明</text:p></table:table-cell></table:table-row></table:table>"#,
    );
    let document = read(&content);
    assert_eq!(document.sheets, ["表1", "表2"]);
    assert_eq!(
        cells(&document, 0),
        [
            "A1 \"收入 &  支出\n第二行\"",
            "C2 1017.00",
            "C3 1017.00",
            "A4 0.3",
            "A5 error #DIV/0!",
            "B5 error ",
            "C5 \"2025-01-31\""
        ]
    );
    assert_eq!(cells(&document, 1), ["A1 \"说明\""]);
    assert_eq!(notes(grids(&document)[1])[0].1, "批注");
    assert_eq!(merges(grids(&document)[0]), [Merge { first: (0, 0), last: (0, 1) }]);
    assert_eq!(reports(&document), ["formula-without-result: 表1!B5", "hidden-read: 表1!4:4", "hidden-read: 表2"]);
}

#[test]
fn workbooks_are_known_by_their_content() {
    let workbook = xlsx(|sheet| {
        sheet.write_string(0, 0, "收入").unwrap();
    });
    for content in [workbook.clone(), compound("/Workbook", &xls_stream()), ods("", "")] {
        for extension in [Some("txt"), Some("dat"), None] {
            assert_eq!(WorkbookReader.probe(&content, extension), Confidence::Certain);
        }
    }
    let others = [
        "收入 17.00\n".as_bytes().to_vec(),
        zip(&[("word/document.xml", b"<w:document/>")]),
        compound("/WordDocument", b"text"),
        b"PK\x03\x04".to_vec(),
        Vec::new(),
    ];
    for content in others {
        assert_eq!(WorkbookReader.probe(&content, Some("xlsx")), Confidence::No);
    }
}
