//! A document that is exported as a workbook and read back says the same, also after another program has saved it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use budget_export::{Document, DocumentInfo, ExportOptions, Exporter, MemorySink, XlsxExporter};
use budget_model::{Disclosure, Label, Language, Place, TableKind};
use budget_parse::{Limits, Reader};
use budget_parse_xlsx::WorkbookReader;
use common::plain::{assert_same_tables, plain, read};
use common::xlsb;
use serde_json::Value;

const SAMPLE: &[u8] = include_bytes!("../../examples/disclosure.txt");

fn exported(document: &Disclosure) -> Vec<u8> {
    exported_in(Language::English, document)
}

fn exported_in(language: Language, document: &Disclosure) -> Vec<u8> {
    let info = DocumentInfo::new("document", "document.txt");
    let mut sink = MemorySink::default();
    XlsxExporter::new(ExportOptions { language, ..ExportOptions::default() })
        .write(Document { info: &info, disclosure: document }, &mut sink)
        .unwrap();
    sink.files().remove("document.xlsx").unwrap()
}

/// What the document says besides its tables, part by part, without places.
fn said(document: &Disclosure) -> Vec<(&'static str, Value)> {
    let mut document = serde_json::to_value(document).unwrap();
    strip_places(&mut document);
    ["sections", "organisation", "facts", "projects", "performance", "glossary", "sign_off"]
        .map(|part| (part, document.get(part).cloned().unwrap_or_default()))
        .into()
}

fn strip_places(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("place");
            fields.values_mut().for_each(strip_places);
        }
        Value::Array(values) => values.iter_mut().for_each(strip_places),
        _ => {}
    }
}

/// Equal, or else the first difference with the way to it.
fn assert_equal(way: &str, left: &Value, right: &Value) {
    match (left, right) {
        (Value::Array(lefts), Value::Array(rights)) => {
            for (index, (left, right)) in lefts.iter().zip(rights).enumerate() {
                assert_equal(&format!("{way}/{index}"), left, right);
            }
            assert_eq!(lefts.len(), rights.len(), "{way}");
        }
        (Value::Object(lefts), Value::Object(rights)) => {
            for (name, left) in lefts {
                assert_equal(&format!("{way}/{name}"), left, rights.get(name).unwrap_or(&Value::Null));
            }
            assert_eq!(lefts.len(), rights.len(), "{way}: {left} and {right}");
        }
        _ => assert_eq!(left, right, "{way}"),
    }
}

fn assert_same(text: &Disclosure, workbook: &[u8]) {
    let back = read(workbook);
    assert_same_tables(text, &back);
    for ((part, left), (_, right)) in said(text).iter().zip(&said(&back)) {
        assert_equal(part, left, right);
    }
    assert_eq!(text.layout, back.layout);
    assert_eq!(back.ledger.unread, []);
}

fn seeds() -> Vec<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/seeds");
    let folder = std::env::var_os("BUDGET_SEEDS_DIR").map_or(default, PathBuf::from);
    let mut seeds: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    seeds.sort();
    assert_eq!(seeds.len(), 5);
    seeds
}

/// The workbook as LibreOffice saves it in another format.
fn resaved(workbook: &[u8], format: &str) -> Vec<u8> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("budget-round-trip-{}-{count}", std::process::id()));
    let target = folder.join("saved");
    std::fs::create_dir_all(&target).unwrap();
    let source = folder.join("workbook.xlsx");
    std::fs::write(&source, workbook).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let status = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", format, "--outdir"])
        .arg(&target)
        .arg(&source)
        .output()
        .unwrap();
    assert!(status.status.success(), "{status:?}");
    let content = std::fs::read(target.join(format!("workbook.{format}"))).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    content
}

#[test]
fn the_sample_reads_the_same_from_text_and_workbook() {
    let text = read(SAMPLE);
    assert!(text.tables.iter().any(|table| table.ambiguous_count() > 0), "the sample shows ambiguous figures");
    assert_same(&text, &exported(&text));
}

#[test]
fn the_sample_reads_the_same_from_a_workbook_with_chinese_labels() {
    let text = read(SAMPLE);
    assert_same(&text, &exported_in(Language::Chinese, &text));
}

#[test]
fn the_sample_reads_the_same_from_a_binary_workbook() {
    let text = read(SAMPLE);
    let workbook = exported(&text);
    let sheets = xlsb::sheets_of(&WorkbookReader.read(&workbook, &Limits::default()).unwrap());
    assert!(
        sheets.iter().any(|sheet| !sheet.merges.is_empty()) && sheets.iter().any(|sheet| !sheet.comments.is_empty())
    );
    assert_same(&text, &xlsb::write(&sheets));
}

#[test]
fn a_table_of_ten_thousand_projects_reads_the_same_from_the_workbook() {
    let mut text = read(SAMPLE);
    text.tables.retain(|table| table.kind == TableKind::GeneralProject);
    let [table] = text.tables.as_mut_slice() else { panic!("the sample has one table of projects") };
    let (project, at) = table.rows.last().and_then(|row| Some((row.clone(), row.project.clone()?.place))).unwrap();
    table.rows.extend((0..10_000).map(|number| {
        let mut row = project.clone();
        row.project = Some(Label::new(format!("项目{number}"), at));
        row
    }));
    assert_same_tables(&text, &read(&exported(&text)));
}

#[test]
fn figures_of_a_workbook_are_placed_by_sheet_and_cell() {
    let back = read(&exported(&read(SAMPLE)));
    let table = &back.tables[2];
    let Place::Cell { row, .. } = table.rows[0].cells[0].amount.place else { panic!("{:?}", plain(table)) };
    assert_eq!(table.rows[0].cells[0].amount.place.describe(&back.sheets), format!("{}!E{row}", back.sheets[2]));
}

#[test]
fn a_figure_that_is_changed_in_the_workbook_is_read_as_changed() {
    let mut text = read(SAMPLE);
    let workbook = exported(&text);
    text.tables[2].rows[0].cells[0].amount.value += budget_model::Decimal::ONE;
    let back = read(&workbook);
    assert_ne!(plain(&text.tables[2]), plain(&back.tables[2]));
    assert_eq!(plain(&text.tables[1]), plain(&back.tables[1]));
}

#[test]
#[ignore = "needs LibreOffice"]
fn the_sample_reads_the_same_after_another_program_has_saved_it() {
    let text = read(SAMPLE);
    let workbook = exported(&text);
    for format in ["xlsx", "xls", "ods"] {
        assert_same(&text, &resaved(&workbook, format));
    }
}

#[test]
#[ignore = "needs ../shared"]
fn every_seed_reads_the_same_from_text_and_workbook() {
    for seed in seeds() {
        let text = read(&std::fs::read(seed).unwrap());
        assert_same(&text, &exported(&text));
    }
}

#[test]
#[ignore = "needs ../shared and LibreOffice"]
fn every_seed_reads_the_same_after_another_program_has_saved_it() {
    for seed in seeds() {
        let text = read(&std::fs::read(seed).unwrap());
        let workbook = exported(&text);
        for format in ["xlsx", "xls", "ods"] {
            assert_same(&text, &resaved(&workbook, format));
        }
    }
}
