//! Workbooks with the results of a check.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod sample;

use std::io::Cursor;

use budget_export::{AnnotatedXlsxExporter, Annotation, Document, DocumentInfo, ExportOptions, Exporter, MemorySink};
use budget_model::{Decimal, FigureRef, Severity};
use calamine::{Data, Reader, Xlsx};

fn exported(annotations: &[Annotation]) -> Vec<u8> {
    let info = DocumentInfo::new("a", "a.txt");
    let mut sink = MemorySink::default();
    let disclosure = sample::disclosure();
    let document = Document { info: &info, disclosure: &disclosure };
    AnnotatedXlsxExporter::new(ExportOptions::default(), annotations).write(document, &mut sink).unwrap();
    sink.files()["a.xlsx"].clone()
}

fn annotation() -> Annotation {
    Annotation {
        severity: Severity::Warning,
        code: "parts-do-not-add-up".to_owned(),
        title: "表内分项之和不等于合计".to_owned(),
        message: "合计为 12.30，各分项之和为 12.50".to_owned(),
        expected: Some(Decimal::new(1250, 2)),
        found: Some(Decimal::new(1230, 2)),
        difference: Some(Decimal::new(-20, 2)),
        places: vec![budget_model::Place::Text { page: 1, line: 7, column: 3 }],
        suspects: vec!["合计 = 12.30".to_owned(), "=1+1".to_owned()],
        cells: vec![FigureRef { table: 1, row: 0, column: 0 }, FigureRef { table: 99, row: 0, column: 0 }],
    }
}

#[test]
fn the_results_of_a_check_have_a_sheet_and_notes() {
    let mut one = annotation();
    one.cells.push(FigureRef { table: 1, row: 0, column: 0 });
    let bytes = exported(&[one]);
    let mut book = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    let sheet = book.worksheet_range("检查结果").unwrap();
    let rows: Vec<Vec<Data>> = sheet.rows().map(<[Data]>::to_vec).collect();
    let text = |text: &str| Data::String(text.to_owned());
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0][..3], [text("程度"), text("规则"), text("问题")]);
    assert_eq!(rows[1][0], text("警告"));
    assert_eq!(rows[1][4..8], [Data::Float(12.5), Data::Float(12.3), Data::Float(-0.2), text("7:3")]);
    assert_eq!(rows[1][8], text("合计 = 12.30\n=1+1"));

    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut notes = String::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        if part.name().unwrap().contains("comments") {
            std::io::Read::read_to_string(&mut part, &mut notes).unwrap();
        }
    }
    // Once, although the figure takes part twice.
    assert_eq!(notes.matches("警告：合计为 12.30，各分项之和为 12.50（parts-do-not-add-up）").count(), 1, "{notes}");
}

#[test]
fn a_check_without_findings_says_so() {
    let mut book = Xlsx::new(Cursor::new(exported(&[]))).unwrap();
    let sheet = book.worksheet_range("检查结果").unwrap();
    assert_eq!(sheet.get_value((1, 0)), Some(&Data::String("未发现问题 / no findings".to_owned())));
}
