//! Binary workbooks: what each record becomes, and what becomes of broken ones.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use std::io::Cursor;
use std::process::Command;

use budget_document::{Confidence, Limits, ReadErrorKind, Reader};
use budget_parse_xlsx::WorkbookReader;
use calamine::Reader as _;
use common::xlsb::{Sheet, Stored, record, write};
use common::{Merge, cells, grids, merges, notes, patched, reports, unzip};
use proptest::prelude::*;

const SHEET: &str = "xl/worksheets/sheet1.bin";
const MONEY: &str = "#,##0.00";

/// A cell for each way to store one.
fn every_kind_of_cell() -> Sheet {
    let upper_half = |number: f64| (number.to_bits() >> 32) as u32 & !3;
    let stored = [
        (Stored::Shared("支出总体情况表".to_owned()), "General"),
        (Stored::Inline("收入"), "General"),
        (Stored::Rich("群众文化"), "@"),
        (Stored::Short(17 << 2 | 2), MONEY),
        (Stored::Short(733_207 << 2 | 3), MONEY),
        (Stored::Short(upper_half(-0.5)), "General"),
        (Stored::Short(upper_half(3_145_728.0) | 1), "General"),
        (Stored::Real(0.300_000_000_000_000_04), MONEY),
        (Stored::Real(45_688.0), "yyyy-mm-dd"),
        (Stored::Blank, MONEY),
        (Stored::Flag(true), "General"),
        (Stored::Error(0x17), "General"),
        (Stored::FormulaText("合计"), "General"),
        (Stored::FormulaNumber(20.0), MONEY),
        (Stored::FormulaFlag(false), "General"),
        (Stored::FormulaError(0x07), MONEY),
    ];
    let cells = (0..).zip(stored).map(|(row, (stored, format))| (row, 1, stored, format)).collect();
    Sheet { name: "表3".to_owned(), cells, ..Sheet::default() }
}

fn error(content: &[u8]) -> ReadErrorKind {
    WorkbookReader.read(content, &Limits::default()).map(|document| document.sheets).unwrap_err().kind().clone()
}

#[test]
fn every_kind_of_cell_is_read() {
    let content = write(&[every_kind_of_cell()]);
    assert_eq!(WorkbookReader.probe(&content, Some("dat")), Confidence::Certain);
    let document = WorkbookReader.read(&content, &Limits::default()).unwrap();
    assert_eq!(document.sheets, ["表3"]);
    assert_eq!(
        cells(&document, 0),
        [
            "B1 \"支出总体情况表\"",
            "B2 \"收入\"",
            "B3 \"群众文化\"",
            "B4 17.00",
            "B5 7332.07",
            "B6 -0.5",
            "B7 31457.28",
            "B8 0.30",
            "B9 \"2025-01-31\"",
            "B11 \"TRUE\"",
            "B12 error #REF!",
            "B13 \"合计\"",
            "B14 20.00",
            "B15 \"FALSE\"",
            "B16 error #DIV/0!",
        ]
    );
}

#[test]
fn merges_comments_and_what_is_hidden_are_read() {
    let number = |row| (row, 0, Stored::Real(f64::from(row)), "General");
    let sheet = Sheet {
        name: "表3".to_owned(),
        is_hidden: true,
        hidden_rows: vec![4, 5],
        hidden_columns: vec![(0, 0), (7, 9)],
        cells: [1, 3, 4, 5].map(number).into(),
        merges: vec![Merge { first: (1, 0), last: (3, 2) }],
        comments: vec![(4, 0, "可能的栏目：合计".to_owned())],
    };
    let content = write(&[Sheet { name: "目录".to_owned(), ..Sheet::default() }, sheet]);
    let document = WorkbookReader.read(&content, &Limits::default()).unwrap();
    assert_eq!(document.sheets, ["目录", "表3"]);
    let grid = grids(&document)[1];
    assert_eq!(merges(grid), [Merge { first: (0, 0), last: (1, 2) }]);
    assert_eq!(notes(grid), [((2, 0), "可能的栏目：合计")]);
    assert_eq!(reports(&document), ["hidden-read: 表3", "hidden-read: 表3!5:6", "hidden-read: 表3!A:A"]);
}

#[test]
fn another_library_reads_the_same_values() {
    let content = write(&[every_kind_of_cell()]);
    let mut workbook = calamine::Xlsb::new(Cursor::new(content)).unwrap();
    let range = workbook.worksheet_range("表3").unwrap();
    let shown: Vec<String> = range.used_cells().map(|(_, _, value)| value.to_string()).collect();
    // It passes over rich text and over formulas whose result is an error.
    assert_eq!(
        shown,
        [
            "支出总体情况表",
            "收入",
            "17",
            "7332.07",
            "-0.5",
            "31457.28",
            "0.30000000000000004",
            "45688",
            "true",
            "#REF!",
            "合计",
            "20",
            "false"
        ]
    );
}

#[test]
#[ignore = "needs LibreOffice"]
fn another_program_reads_the_same_cells() {
    let folder = std::env::temp_dir().join(format!("budget-xlsb-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut sheet = every_kind_of_cell();
    // It turns flags and errors that are no results into formulas that it does not calculate; calamine reads those.
    sheet.cells.retain(|(.., stored, _)| !matches!(stored, Stored::Flag(_) | Stored::Error(_)));
    sheet.merges.push(Merge { first: (0, 1), last: (0, 3) });
    sheet.hidden_rows.push(3);
    let content = write(&[sheet]);
    std::fs::write(folder.join("workbook.xlsb"), &content).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let output = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(&folder)
        .arg(folder.join("workbook.xlsb"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let saved = std::fs::read(folder.join("workbook.xlsx")).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    let [ours, theirs] = [&content, &saved].map(|content| WorkbookReader.read(content, &Limits::default()).unwrap());
    assert_eq!(cells(&ours, 0), cells(&theirs, 0));
    assert_eq!(merges(grids(&ours)[0]), merges(grids(&theirs)[0]));
    assert_eq!(reports(&ours), reports(&theirs));
}

#[test]
fn parts_that_are_cut_short_are_errors() {
    let content = write(&[every_kind_of_cell()]);
    for part in [SHEET, "xl/workbook.bin", "xl/sharedStrings.bin", "xl/styles.bin"] {
        let length = unzip(&content).into_iter().find(|(name, _)| name == part).unwrap().1.len();
        for cut in [length / 3, length / 2] {
            // In the middle of a record, wherever that is.
            let broken = patched(&content, part, |part| [&part[..cut], &[0x13, 0x7F, 1]].concat());
            assert!(matches!(error(&broken), ReadErrorKind::Malformed(_)), "{part} cut at {cut}");
        }
    }
    // Between two records, but before the last row is known to be the last.
    let broken = patched(&content, SHEET, |_| [record(129, &[]), record(145, &[])].concat());
    assert!(matches!(error(&broken), ReadErrorKind::Malformed(_)));
}

#[test]
fn sizes_beyond_the_file_are_errors() {
    let content = write(&[every_kind_of_cell()]);
    let sheet = |records: &[Vec<u8>]| patched(&content, SHEET, |_| [records.concat(), record(146, &[])].concat());
    let cell = |value: &[u8]| [&[0; 8], value].concat();
    for (what, records) in [
        ("a record of 256 MiB", vec![0x07, 0xFF, 0xFF, 0xFF, 0x7F]),
        ("a text of 4 GiB", record(6, &cell(&u32::MAX.to_le_bytes()))),
        ("a text of one unit more than there is", record(6, &cell(&[2, 0, 0, 0, 0x36, 0x65]))),
        ("a shared text that is not there", record(7, &cell(&99_u32.to_le_bytes()))),
        ("half a number", record(5, &cell(&[0; 4]))),
        ("a row behind the last", [record(0, &[0xFF; 17]), record(5, &cell(&[0; 8]))].concat()),
        ("a column behind the last", record(5, &[0xFF; 16])),
        ("a merged range without its corners", record(176, &[0; 12])),
    ] {
        assert!(matches!(error(&sheet(&[records])), ReadErrorKind::Malformed(_)), "{what}");
    }
    // What a form never has is left out.
    let all = u32::MAX.to_le_bytes();
    let merge = [[0; 4], all, [0; 4], all].concat();
    let document = sheet(&[record(5, &cell(&[0; 8])), record(176, &merge), record(1000, &[1])]);
    let document = WorkbookReader.read(&document, &Limits::default()).unwrap();
    assert_eq!(cells(&document, 0), ["A1 0"]);
}

#[test]
fn more_cells_or_sheets_than_allowed_are_refused() {
    let row = |row| (row, 0, Stored::Real(1.0), "General");
    let many = Sheet { name: "表3".to_owned(), cells: (0..2_000).map(row).collect(), ..Sheet::default() };
    let limits = Limits::default().with_cells(1_000).with_sheets(3);
    let too_large = |content: &[u8], what: &str| {
        let error = WorkbookReader.read(content, &limits).map(|document| document.sheets).unwrap_err();
        assert!(matches!(error.kind(), ReadErrorKind::TooLarge(limit) if limit.contains(what)), "{error}");
    };
    too_large(&write(&[many]), "1000 cells");
    let sheet = |number: usize| Sheet { name: format!("表{number}"), ..Sheet::default() };
    too_large(&write(&(0..4).map(sheet).collect::<Vec<_>>()), "4 sheets");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_damage_to_a_part_is_survived(
        part in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in prop::option::weighted(0.3, any::<prop::sample::Index>()),
    ) {
        let content = write(&[every_kind_of_cell()]);
        let parts = unzip(&content);
        let binary: Vec<&String> = parts.iter().map(|(name, _)| name).filter(|name| name.ends_with(".bin")).collect();
        let broken = patched(&content, part.get::<&String>(&binary), |content| {
            let mut content = content.to_vec();
            for (at, byte) in &changes {
                let at = at.index(content.len());
                content[at] = *byte;
            }
            content.truncate(cut.map_or(content.len(), |cut| cut.index(content.len())));
            content
        });
        let limits = Limits::default().with_cells(100_000);
        if let Ok(document) = WorkbookReader.read(&broken, &limits) {
            prop_assert!(grids(&document).iter().map(|grid| grid.cells().len()).sum::<usize>() <= 100_000);
        }
    }
}
