//! Whatever the bytes are: a document or a typed error, within the limits.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use std::io::Write;

use budget_document::{Limits, ReadErrorKind, Reader};
use budget_parse_xlsx::WorkbookReader;
use common::{cells, compound, ods, patched, replaced, unzip, xls_stream, zip};
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};

const SHEET: &str = "xl/worksheets/sheet1.xml";

fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("表3").unwrap();
    sheet.merge_range(0, 0, 0, 2, "支出总体情况表", &Format::new()).unwrap();
    sheet.write_number_with_format(1, 0, 17.0, &Format::new().set_num_format("0.00")).unwrap();
    sheet.write_formula(1, 1, "=A2").unwrap();
    sheet.set_row_hidden(1).unwrap();
    workbook.save_to_buffer().unwrap()
}

fn error(content: &[u8], limits: &Limits) -> ReadErrorKind {
    WorkbookReader.read(content, limits).map(|document| document.sheets).unwrap_err().kind().clone()
}

/// A sheet with these rows, in a workbook.
fn with_rows(rows: &str) -> Vec<u8> {
    patched(&workbook(), SHEET, |_| {
        format!(r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#).into_bytes()
    })
}

#[test]
fn a_truncated_archive_is_damaged() {
    let content = workbook();
    for length in [content.len() - 1, content.len() / 2] {
        assert!(matches!(error(&content[..length], &Limits::default()), ReadErrorKind::Malformed(_)), "{length}");
    }
}

#[test]
fn an_archive_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() {
    let content = with_rows(&" ".repeat(3 << 20));
    assert!(content.len() < 100_000);
    let limits = Limits::default().with_unpacked_bytes(1 << 20);
    assert!(matches!(error(&content, &limits), ReadErrorKind::TooLarge(limit) if limit.contains("1048576 bytes")));
}

#[test]
fn an_archive_that_lies_about_its_sizes_is_refused_too() {
    let mut content = with_rows(&" ".repeat(3 << 20));
    let size = unzip(&content).iter().find(|(name, _)| name == SHEET).unwrap().1.len() as u32;
    // Both headers claim ten bytes.
    while let Some(at) = content.windows(4).position(|bytes| bytes == size.to_le_bytes()) {
        content[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    let limits = Limits::default().with_unpacked_bytes(1 << 20);
    let kind = error(&content, &limits);
    assert!(matches!(kind, ReadErrorKind::TooLarge(_) | ReadErrorKind::Malformed(_)), "{kind:?}");
}

#[test]
fn an_encrypted_workbook_is_said_to_be_one() {
    for content in [compound("/EncryptedPackage", &[7; 5000]), {
        let manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
        zip(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("META-INF/manifest.xml", manifest),
            ("content.xml", b"?"),
        ])
    }] {
        assert_eq!(error(&content, &Limits::default()), ReadErrorKind::Encrypted);
    }
}

#[test]
fn rows_of_rubbish_end_at_the_limit() {
    use std::fmt::Write as _;
    let mut rows = String::new();
    for row in 1..=200_000 {
        write!(rows, r#"<row r="{row}"><c r="A{row}"><v>1</v></c></row>"#).unwrap();
    }
    let limits = Limits::default().with_cells(10_000);
    assert!(
        matches!(error(&with_rows(&rows), &limits), ReadErrorKind::TooLarge(limit) if limit.contains("10000 cells"))
    );
}

#[test]
fn a_cell_in_the_last_corner_takes_no_more_room_than_any_other() {
    let content =
        with_rows(r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#);
    let document = WorkbookReader.read(&content, &Limits::default()).unwrap();
    assert_eq!(cells(&document, 0), ["A1 1", "XFD1048576 2"]);
    let limits = Limits::default().with_cells(2);
    assert!(WorkbookReader.read(&content, &limits).is_ok());
}

#[test]
fn too_many_sheets_are_refused() {
    let mut workbook = Workbook::new();
    for _ in 0..1_001 {
        workbook.add_worksheet();
    }
    let content = workbook.save_to_buffer().unwrap();
    assert!(
        matches!(error(&content, &Limits::default()), ReadErrorKind::TooLarge(limit) if limit.contains("1001 sheets"))
    );
    let tables = "<table:table/>".repeat(10_000);
    assert!(
        matches!(error(&ods("", &tables), &Limits::default()), ReadErrorKind::TooLarge(limit) if limit.contains("sheets"))
    );
}

#[test]
fn repeated_cells_are_counted_as_often_as_they_are_repeated() {
    let table = r#"<table:table><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row></table:table>"#;
    assert!(
        matches!(error(&ods("", table), &Limits::default()), ReadErrorKind::TooLarge(limit) if limit.contains("cells"))
    );
}

#[test]
fn one_text_in_many_cells_is_counted_as_often() {
    let text = "支".repeat(10_000);
    let row: String = (1..200).map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#)).collect();
    let content = replaced(&with_rows(&row), "xl/sharedStrings.xml", "支出总体情况表", &text);
    let limits = Limits::default().with_unpacked_bytes(1 << 20);
    assert!(matches!(error(&content, &limits), ReadErrorKind::TooLarge(limit) if limit.contains("of text")));
}

#[test]
fn a_table_of_texts_that_claims_too_many_is_refused() {
    let content = replaced(&workbook(), "xl/sharedStrings.xml", "uniqueCount=\"1\"", "uniqueCount=\"999999999999\"");
    assert!(matches!(error(&content, &Limits::default()), ReadErrorKind::Malformed(_)));
}

#[test]
fn entities_are_not_expanded() {
    let bomb = "<!DOCTYPE sst [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]><sst";
    for entity in ["&b;", "&c;"] {
        let content = replaced(&workbook(), "xl/sharedStrings.xml", "<sst", bomb);
        let content = replaced(&content, "xl/sharedStrings.xml", "支出总体情况表", entity);
        match WorkbookReader.read(&content, &Limits::default()) {
            Ok(document) => assert!(!cells(&document, 0).concat().contains("aaaa")),
            Err(error) => assert!(matches!(error.kind(), ReadErrorKind::Malformed(_))),
        }
    }
    let table = "<table:table><table:table-row><table:table-cell office:value-type=\"string\"><text:p>收&b;入</text:p></table:table-cell></table:table-row></table:table>";
    let content = ods("", table);
    assert_eq!(cells(&WorkbookReader.read(&content, &Limits::default()).unwrap(), 0), ["A1 \"收入\""]);
}

#[test]
fn numbers_beyond_any_amount_are_text() {
    let content =
        with_rows(r#"<row r="1"><c r="A1"><v>1e308</v></c><c r="B1"><v>NaN</v></c><c r="C1"><v>-1e-300</v></c></row>"#);
    match WorkbookReader.read(&content, &Limits::default()) {
        Ok(document) => assert_eq!(cells(&document, 0)[0], "A1 \"1e308\""),
        Err(error) => assert!(matches!(error.kind(), ReadErrorKind::Malformed(_)), "{error}"),
    }
    let content = with_rows(r#"<row r="1"><c r="A1"><v>1e308</v></c></row>"#);
    assert_eq!(cells(&WorkbookReader.read(&content, &Limits::default()).unwrap(), 0), ["A1 \"1e308\""]);
}

#[test]
fn a_broken_sheet_is_an_error_that_names_it() {
    let content = replaced(&workbook(), SHEET, "</sheetData>", "<row><c r=\"A1\"><v>");
    let error = WorkbookReader.read(&content, &Limits::default()).map(|document| document.sheets).unwrap_err();
    assert_eq!(error.place(), Some("sheet 表3"));
}

#[test]
fn merged_ranges_that_overlap_do_no_harm() {
    let ranges =
        r#"<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A1:B2"/><mergeCell ref="B2:A1"/></mergeCells>"#;
    let content = replaced(
        &with_rows(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#),
        SHEET,
        "</worksheet>",
        &format!("{ranges}</worksheet>"),
    );
    let document = WorkbookReader.read(&content, &Limits::default()).unwrap();
    assert_eq!(cells(&document, 0), ["A1 1"]);
}

/// Reading ends, with a document or with an error.
fn read_any(content: &[u8]) {
    let limits = Limits::default().with_unpacked_bytes(4 << 20).with_cells(100_000);
    let _ = std::io::sink().write(format!("{:?}", WorkbookReader.read(content, &limits).is_ok()).as_bytes());
}

/// The same bytes with some of them changed, and cut off somewhere.
fn damaged(mut content: Vec<u8>, changes: &[(prop::sample::Index, u8)], cut: Option<prop::sample::Index>) -> Vec<u8> {
    for (at, byte) in changes {
        let at = at.index(content.len());
        content[at] = *byte;
    }
    if let Some(cut) = cut {
        content.truncate(cut.index(content.len()));
    }
    content
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_damage_to_an_archive_is_survived(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in prop::option::weighted(0.3, any::<prop::sample::Index>()),
    ) {
        read_any(&damaged(workbook(), &changes, cut));
    }

    #[test]
    fn any_damage_to_a_part_is_survived(
        part in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in prop::option::weighted(0.3, any::<prop::sample::Index>()),
    ) {
        let content = workbook();
        let parts = unzip(&content);
        let (name, _) = part.get(&parts);
        read_any(&patched(&content, name, |content| damaged(content.to_vec(), &changes, cut)));
    }

    #[test]
    fn any_damage_to_an_old_workbook_is_survived(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in prop::option::weighted(0.3, any::<prop::sample::Index>()),
        outside in any::<bool>(),
    ) {
        if outside {
            read_any(&damaged(compound("/Workbook", &xls_stream()), &changes, cut));
        } else {
            read_any(&compound("/Workbook", &damaged(xls_stream(), &changes, cut)));
        }
    }

    #[test]
    fn any_markup_of_a_document_is_survived(tables in "(<table:table>|</table:table>|<table:table-row>|</table:table-row>|<table:table-cell office:value-type=\"float\" office:value=\"[0-9e]{0,4}\">|</table:table-cell>|<text:p>|</text:p>|&amp;|&x;|<|[a-z]){0,40}") {
        read_any(&ods("", &tables));
    }
}
