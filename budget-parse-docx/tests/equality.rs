//! A disclosure reads the same as a Word document as it does in other formats.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use budget_document::{Block, Document, Limits, Reader};
use budget_model::{Disclosure, Place, Table};
use budget_parse::Registry;
use budget_parse_docx::WordReader;
use budget_parse_pdf::PdfReader;
use budget_parse_xlsx::WorkbookReader;
use budget_testkit::{Books, Config, disclosure, workbook};
use common::{docx, writer};
use serde_json::Value;

const PDF: &[u8] = include_bytes!("../../examples/disclosure.pdf");

fn read(content: &[u8]) -> Disclosure {
    let registry = Registry::new().with_reader(PdfReader).with_reader(WorkbookReader).with_reader(WordReader);
    registry.read(content, None).unwrap()
}

/// A part of the model without its places and without pages, which Word documents do not have.
fn plain(part: &impl serde::Serialize) -> Value {
    let mut value = serde_json::to_value(part).unwrap();
    strip(&mut value);
    value
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !matches!(name.as_str(), "place" | "places" | "unit_place" | "joins" | "sheet"));
            fields.values_mut().for_each(strip);
        }
        Value::Array(values) => values.iter_mut().for_each(strip),
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
            assert_eq!(lefts.len(), rights.len(), "{way}: {left} and {right}");
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

fn assert_same_tables(left: &[Table], right: &[Table]) {
    for (left, right) in left.iter().zip(right) {
        assert_equal(&left.title.text, &plain(left), &plain(right));
    }
    assert_eq!(left.len(), right.len());
}

/// A document without the numbers of its pages, which no Word document has in its text.
fn without_page_numbers(mut document: Document<'_>) -> Document<'_> {
    let is_number = |text: &str| text.trim_matches(['-', '—', ' ']).bytes().all(|byte| byte.is_ascii_digit());
    document.blocks.retain(|block| match block {
        Block::Line(line) => !is_number(&line.text),
        Block::Grid(_) => true,
    });
    document
}

#[test]
fn the_sample_reads_the_same_as_a_pdf_and_as_a_word_document() {
    let pages = without_page_numbers(PdfReader.read(PDF, &Limits::default()).unwrap());
    let (pdf, word) = (read(PDF), read(&docx(&writer::body(&pages))));
    assert!(pdf.tables.len() > 10 && !pdf.facts.is_empty() && !pdf.performance.is_empty());
    assert_same_tables(&pdf.tables, &word.tables);
    assert_equal("facts", &plain(&pdf.facts), &plain(&word.facts));
    assert_equal("projects", &plain(&pdf.projects), &plain(&word.projects));
    assert_equal("performance", &plain(&pdf.performance), &plain(&word.performance));
    assert_equal("sections", &plain(&pdf.sections), &plain(&word.sections));
    assert_eq!((pdf.year, pdf.stage, pdf.scope), (word.year, word.stage, word.scope));
    assert_equal("entity", &plain(&pdf.entity), &plain(&word.entity));
    assert_eq!(word.ledger.unread, []);
}

#[test]
fn every_figure_of_a_word_document_knows_its_table_and_cell() {
    let pages = without_page_numbers(PdfReader.read(PDF, &Limits::default()).unwrap());
    let word = read(&docx(&writer::body(&pages)));
    let rows = word.tables.iter().flat_map(|table| &table.rows);
    for cell in rows.flat_map(|row| &row.cells) {
        assert!(matches!(cell.amount.place, Place::Block { row: 1.., column: 1.., .. }), "{:?}", cell.amount);
    }
    assert!(word.facts.iter().all(|fact| matches!(fact.place, Place::Block { row: 0, .. })));
}

#[test]
fn the_forms_of_random_workbooks_read_the_same_in_word_tables() {
    for seed in 0..3 {
        let config = Config::default();
        let books = Books::random(seed, &config);
        let content = workbook(&disclosure(&books, &config), &books, &config).unwrap();
        let sheets = WorkbookReader.read(&content, &Limits::default()).unwrap();
        let word = read(&docx(&writer::body(&sheets)));
        let workbook = read(&content);
        assert_same_tables(&workbook.tables, &word.tables);
        assert_equal("performance", &plain(&workbook.performance), &plain(&word.performance));
        assert_equal("facts", &plain(&workbook.facts), &plain(&word.facts));
    }
}

/// A folder of its own, taken away at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("budget-docx-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
#[ignore = "needs Python with python-docx"]
fn a_document_that_python_fills_in_by_hand_reads_like_the_sample() {
    let folder = Folder::new("python");
    let pages = without_page_numbers(PdfReader.read(PDF, &Limits::default()).unwrap());
    let (source, target) = (folder.0.join("blocks.json"), folder.0.join("made.docx"));
    std::fs::write(&source, serde_json::to_vec(&blocks(&pages)).unwrap()).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/by_hand.py");
    let output = Command::new("python3").arg(script).args([&source, &target]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let word = read(&std::fs::read(&target).unwrap());
    assert_same_tables(&read(PDF).tables, &word.tables);
}

/// Lines as texts, grids as lists of cells: row, column, height, width, text.
fn blocks(document: &Document<'_>) -> Value {
    let text = |value: &budget_document::CellValue<'_>| match value {
        budget_document::CellValue::Text(text) => text.to_string(),
        budget_document::CellValue::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let block = |block: &Block<'_>| match block {
        Block::Line(line) => Value::from(line.text.as_ref()),
        Block::Grid(grid) => {
            let cells = grid.cells().iter();
            cells
                .map(|cell| serde_json::json!([cell.row, cell.column, cell.height, cell.width, text(&cell.value)]))
                .collect()
        }
    };
    document.blocks.iter().map(block).collect()
}
