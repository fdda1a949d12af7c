//! The same department as a text, as a workbook and as a PDF gives the same figures in the same places of its tables.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::collections::BTreeMap;
use std::path::Path;

use budget_export::{Document, DocumentInfo, ExportOptions, MemorySink, exporter};
use budget_model::{Disclosure, Severity, Stage};
use budget_parse::Registry;
use budget_parse_pdf::PdfReader;
use budget_parse_text::TextReader;
use budget_parse_xlsx::WorkbookReader;
use budget_rules::Checker;

fn read(content: &[u8]) -> Disclosure {
    let registry = Registry::new().with_reader(TextReader).with_reader(WorkbookReader).with_reader(PdfReader);
    registry.read(content, None).unwrap_or_else(|error| panic!("{error}"))
}

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// Table, side, row and column of each figure, and the figure; of a table the certain ones only, or all of them.
fn figures(disclosure: &Disclosure, certain_only: bool) -> BTreeMap<(String, usize, String, String), String> {
    let mut figures = BTreeMap::new();
    for table in &disclosure.tables {
        for (index, row) in table.rows.iter().enumerate() {
            for cell in &row.cells {
                if certain_only && !table.doubts_of(row, cell).is_empty() {
                    continue;
                }
                let column = &table.columns[usize::from(cell.column)];
                let code = row.code.map(|code| code.to_string()).unwrap_or_default();
                let label = format!("{code} {}", row.label.text);
                let key = (table.kind.as_str().to_owned(), index, label, column.id.clone());
                figures.insert(key, cell.amount.value.to_string());
            }
        }
    }
    figures
}

#[test]
fn a_pdf_gives_the_figures_of_its_text_and_leaves_none_in_doubt() {
    let (text, pdf) = (read(&sample("disclosure.txt")), read(&sample("disclosure.pdf")));
    assert_eq!(pdf.entity.as_ref().map(|entity| entity.text.as_str()), Some("云溪县文化和旅游局"));
    assert_eq!((pdf.year, pdf.stage, pdf.layout.as_str()), (text.year, Stage::Budget, text.layout.as_str()));
    let (all, certain) = (figures(&pdf, false), figures(&pdf, true));
    assert_eq!(all, certain, "a ruled table leaves nothing open");
    assert_eq!(all.len(), figures(&text, false).len());
    for (key, value) in figures(&text, true) {
        assert_eq!(certain.get(&key), Some(&value), "{key:?}");
    }
    let indicators = |disclosure: &Disclosure| -> Vec<String> {
        let tables = disclosure.performance.iter();
        tables.flat_map(|table| &table.indicators).map(|indicator| indicator.name.text.clone()).collect()
    };
    assert_eq!(indicators(&pdf), indicators(&text));
    assert!(pdf.is_complete() && pdf.ledger.unread.is_empty(), "{:?}", pdf.ledger.unread);
}

#[test]
fn a_pdf_and_the_workbook_made_of_it_give_the_same_figures() {
    let pdf = read(&sample("disclosure.pdf"));
    let (info, mut sink) = (DocumentInfo::new("disclosure", "disclosure.pdf"), MemorySink::default());
    let exporter = exporter("xlsx", ExportOptions::default()).unwrap();
    exporter.write(Document { info: &info, disclosure: &pdf }, &mut sink).unwrap();
    let (_, workbook) = sink.files().pop_first().unwrap();
    assert_eq!(figures(&read(&workbook), true), figures(&pdf, true));
}

#[test]
fn every_figure_of_a_pdf_knows_its_page_and_box() {
    let pdf = read(&sample("disclosure.pdf"));
    let places =
        pdf.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells).map(|cell| cell.amount.place);
    for place in places {
        let budget_model::Place::Page { page, top, left, bottom, right } = place else { panic!("{place:?}") };
        assert!((4..=43).contains(&page) && top < bottom && left < right, "{place:?}");
    }
}

/// The sample is made to agree with itself, so whatever is found in it is not true.
#[test]
fn nothing_but_notes_is_found_in_the_sample_whatever_its_format() {
    for name in ["disclosure.txt", "disclosure.pdf"] {
        let report = Checker::new().check(&read(&sample(name)));
        let found: Vec<_> = report.open().filter(|finding| finding.severity > Severity::Info).collect();
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}
