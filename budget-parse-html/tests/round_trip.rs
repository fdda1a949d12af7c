//! A document that is written as a page says what it says as a workbook.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "../../budget-parse-xlsx/tests/common/plain.rs"]
#[allow(dead_code)]
mod plain;

use budget_document::{CellValue, Document, Grid, GridCell, Limits, Reader};
use budget_export::{DocumentInfo, ExportOptions, Exporter, MemorySink, XlsxExporter};
use budget_model::Disclosure;
use budget_parse::Registry;
use budget_parse_html::HtmlReader;
use budget_parse_text::read_text;
use budget_parse_xlsx::WorkbookReader;
use budget_testkit::{Books, Config, disclosure, workbook};
use plain::assert_same_tables;

const SAMPLE: &[u8] = include_bytes!("../../examples/disclosure.txt");

/// A document as a page: each grid a table with its spans, each cell with its breaks.
fn page(document: &Document<'_>) -> String {
    let escaped =
        |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace(' ', "&nbsp;").replace('\n', "<br>");
    let cell = |cell: Option<&GridCell<'_>>| {
        let Some(cell) = cell else { return "<td></td>".to_owned() };
        let text = match &cell.value {
            CellValue::Text(text) => escaped(text),
            CellValue::Number(number) => number.to_string(),
            CellValue::Blank => String::new(),
            other => panic!("{other:?}"),
        };
        format!("<td rowspan={} colspan={}>{text}</td>", cell.height, cell.width)
    };
    let grid = |grid: &Grid<'_>| {
        let rows = (0..grid.rows()).map(|row| {
            let is_covered = |column: u32| {
                let covers = |cell: &&GridCell<'_>| {
                    cell.rows().contains(&row)
                        && cell.columns().contains(&column)
                        && (cell.row, cell.column) != (row, column)
                };
                grid.cells().iter().filter(|cell| cell.is_merged()).any(|cell| covers(&cell))
            };
            let columns = (0..grid.columns()).filter(|column| !is_covered(*column));
            let cells: String = columns.map(|column| cell(grid.at(row, column))).collect();
            format!("<tr>{cells}</tr>\n")
        });
        format!("<table border=1>\n{}</table>\n", rows.collect::<String>())
    };
    let tables: String = document.grids().map(grid).collect();
    format!("<!DOCTYPE html><html><head><meta charset=utf-8></head><body>\n{tables}</body></html>")
}

fn read(content: &[u8]) -> Disclosure {
    Registry::new().with_reader(WorkbookReader).with_reader(HtmlReader).read(content, None).unwrap()
}

/// The workbook, and the page that says the same.
fn both(workbook: &[u8]) -> (Disclosure, Disclosure) {
    let page = page(&WorkbookReader.read(workbook, &Limits::default()).unwrap());
    (read(workbook), read(page.as_bytes()))
}

/// What a document says besides its tables, without places.
fn said(document: &Disclosure) -> Vec<String> {
    let facts = document.facts.iter().map(|fact| format!("{:?} {} {}", fact.coordinates, fact.value, fact.quote));
    let projects = document.projects.iter().map(|project| format!("{} {}", project.number, project.name.text));
    let indicators = document.performance.iter().flat_map(|table| &table.indicators);
    let indicators = indicators.map(|indicator| format!("{} {}", indicator.name.text, indicator.value.raw.text));
    facts.chain(projects).chain(indicators).collect()
}

#[test]
fn generated_disclosures_read_the_same_as_a_page_and_as_a_workbook() {
    for seed in 0..8 {
        let config = Config::default();
        let books = Books::random(seed, &config);
        let (workbook, page) = both(&workbook(&disclosure(&books, &config), &books, &config).unwrap());
        assert!(workbook.tables.len() > 5);
        assert_same_tables(&workbook, &page);
        assert_eq!(said(&workbook), said(&page));
        assert_eq!((&workbook.layout, workbook.year, workbook.stage), (&page.layout, page.year, page.stage));
        let certain = |document: &Disclosure| document.tables.iter().map(|table| table.certain_count()).sum::<usize>();
        assert_eq!(certain(&workbook), certain(&page));
    }
}

#[test]
fn the_sample_reads_the_same_as_a_page_and_as_a_workbook() {
    let mut sample = read_text(SAMPLE).unwrap();
    // What is ambiguous stands in comments of the workbook, which a page has not.
    sample.tables.retain(|table| table.ambiguous_count() == 0);
    let info = DocumentInfo::new("document", "document.txt");
    let mut sink = MemorySink::default();
    let document = budget_export::Document { info: &info, disclosure: &sample };
    XlsxExporter::new(ExportOptions::default()).write(document, &mut sink).unwrap();
    let (workbook, page) = both(&sink.files().remove("document.xlsx").unwrap());
    assert!(!workbook.facts.is_empty() && !workbook.performance.is_empty());
    assert_same_tables(&workbook, &page);
    assert_eq!(said(&workbook), said(&page));
}
