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

/// The text of a part of the package.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
    text
}

/// What stands behind `name="` in a text.
fn attribute<'t>(text: &'t str, name: &str) -> &'t str {
    let (_, rest) = text.split_once(&format!(" {name}=\"")).unwrap();
    rest.split('"').next().unwrap()
}

#[test]
fn the_findings_come_first_and_their_links_lead_to_the_figure() {
    let bytes = exported(&[annotation()]);
    let mut book = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    assert_eq!(book.sheet_names()[0], "检查结果");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    let link = sheet.split_once("<hyperlink ").unwrap().1;
    assert_eq!(attribute(&format!(" {link}"), "ref"), "H2");
    let location = attribute(&format!(" {link}"), "location").replace("&apos;", "'");
    let (name, cell) = location.rsplit_once('!').unwrap();
    let disclosure = sample::disclosure();
    let figure = &disclosure.tables[1].rows[0].cell(0).unwrap().amount;
    let column = u32::from(cell.as_bytes()[0] - b'A');
    let row: u32 = cell[1..].parse().unwrap();
    let target = book.worksheet_range(name.trim_matches('\'')).unwrap();
    let expected: f64 = figure.value.to_string().parse().unwrap();
    assert_eq!(target.get_value((row - 1, column)), Some(&Data::Float(expected)), "{location}");
}

#[test]
fn tables_of_two_sides_are_printed_on_one_page_and_lists_not_below_seventy_percent() {
    let bytes = exported(&[annotation()]);
    let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    let disclosure = sample::disclosure();
    let mut sides = 0;
    for (number, name) in (1..).zip(book.sheet_names()) {
        let sheet = part(&bytes, &format!("xl/worksheets/sheet{number}.xml"));
        let (_, setup) = sheet.split_once("<pageSetup").unwrap();
        let setup = setup.split("/>").next().unwrap();
        assert!(setup.contains("orientation=\"landscape\"") && setup.contains("paperSize=\"9\""), "{name}: {setup}");
        // One page across is the default and not written.
        let across: usize =
            if setup.contains("fitToWidth") { attribute(setup, "fitToWidth").parse().unwrap() } else { 1 };
        let height = if setup.contains("fitToHeight") { attribute(setup, "fitToHeight") } else { "1" };
        // Behind the findings, the tables in their order.
        let table = usize::checked_sub(number, 2).and_then(|index| disclosure.tables.get(index));
        if table.is_some_and(|table| table.rows.iter().any(|row| row.side.is_some())) {
            sides += 1;
            assert_eq!((across, height), (1, "1"), "{name}: {setup}");
            let widths: Vec<f64> = sheet
                .split("<col ")
                .skip(1)
                .map(|col| attribute(&format!(" {col}"), "width").parse().unwrap())
                .collect();
            assert!(widths.iter().any(|width| *width < 4.0), "a gap parts the sides: {widths:?}");
        } else {
            // Characters that fit on a page at 70 %, for each page across.
            let width: f64 = sheet
                .split("<col ")
                .skip(1)
                .map(|col| {
                    let col = format!(" {col}");
                    let [first, last] = ["min", "max"].map(|name| attribute(&col, name).parse::<f64>().unwrap());
                    attribute(&col, "width").parse::<f64>().unwrap() * (last - first + 1.0)
                })
                .sum();
            assert!(width <= 230.0 * across as f64, "{name}: {width} on {across}");
        }
    }
    assert!(sides > 0, "the sample has a table of two sides");
}

#[test]
fn a_workbook_says_whose_it_is() {
    let core = part(&exported(&[]), "docProps/core.xml");
    let disclosure = sample::disclosure();
    let entity = &disclosure.entity.unwrap().text;
    assert!(core.contains(&format!("<dc:creator>{entity}</dc:creator>")), "{core}");
    assert!(core.contains(&format!("<dc:title>{entity}")), "{core}");
}

#[test]
fn a_check_without_findings_says_so() {
    let mut book = Xlsx::new(Cursor::new(exported(&[]))).unwrap();
    let sheet = book.worksheet_range("检查结果").unwrap();
    assert_eq!(sheet.get_value((1, 0)), Some(&Data::String("未发现问题 / no findings".to_owned())));
}
