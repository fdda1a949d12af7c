//! Workbooks built by the tests themselves.
#![allow(dead_code)]

pub(crate) mod plain;
pub(crate) mod xlsb;

use std::io::{Cursor, Read, Write};

use budget_document::{CellValue, Document, Grid};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// A ZIP archive of these parts.
pub(crate) fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        // The type of an OpenDocument file must be readable without unpacking it.
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::DEFAULT.compression_method(method)).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The parts of a ZIP archive.
pub(crate) fn unzip(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            (entry.name().unwrap().into_owned(), content)
        })
        .collect()
}

/// The same archive with one part changed.
pub(crate) fn patched(archive: &[u8], part: &str, change: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let mut parts = unzip(archive);
    let found = parts.iter_mut().find(|(name, _)| name == part).unwrap();
    found.1 = change(&found.1);
    zip(&parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect::<Vec<_>>())
}

/// The same archive with a text in one part replaced; it must be there.
pub(crate) fn replaced(archive: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    patched(archive, part, |content| {
        let text = String::from_utf8(content.to_vec()).unwrap();
        assert!(text.contains(from), "{from} is not in {part}: {text}");
        text.replace(from, to).into_bytes()
    })
}

/// The grids of a document.
pub(crate) fn grids<'d>(document: &'d Document<'_>) -> Vec<&'d Grid<'d>> {
    assert_eq!(document.lines().count(), 0, "a line in a workbook");
    document.grids().collect()
}

/// A merged range of cells, both ends included, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Merge {
    pub(crate) first: (u32, u32),
    pub(crate) last: (u32, u32),
}

/// The merged ranges of a grid.
pub(crate) fn merges(grid: &Grid<'_>) -> Vec<Merge> {
    let merged = grid.cells().iter().filter(|cell| cell.is_merged());
    let range = merged
        .map(|cell| Merge { first: (cell.row, cell.column), last: (cell.rows().end - 1, cell.columns().end - 1) });
    range.collect()
}

/// The comments on the cells of a grid, each with the row and column of its cell.
pub(crate) fn notes<'g>(grid: &'g Grid<'_>) -> Vec<((u32, u32), &'g str)> {
    grid.cells().iter().filter_map(|cell| Some(((cell.row, cell.column), cell.note.as_deref()?))).collect()
}

/// The cells of a grid that hold something, as `C5 text`.
pub(crate) fn cells(document: &Document<'_>, sheet: usize) -> Vec<String> {
    let shown = |value: &CellValue<'_>| match value {
        CellValue::Text(text) => Some(format!("\"{text}\"")),
        CellValue::Number(number) => Some(number.to_string()),
        CellValue::Error(error) => Some(format!("error {error}")),
        _ => None,
    };
    let cells = grids(document)[sheet].cells().iter();
    cells
        .filter_map(|cell| {
            let place = cell.place.describe(&document.sheets);
            Some(format!("{} {}", place.split_once('!').unwrap().1, shown(&cell.value)?))
        })
        .collect()
}

/// What the document reports, as `code: arguments`.
pub(crate) fn reports(document: &Document<'_>) -> Vec<String> {
    document
        .diagnostics
        .iter()
        .map(|diagnostic| format!("{}: {}", diagnostic.code.as_str(), diagnostic.arguments.join(", ")))
        .collect()
}

/// An `.ods` document with this content in `office:spreadsheet`.
pub(crate) fn ods(styles: &str, tables: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

/// A record of a binary workbook.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut record = [kind.to_le_bytes(), (data.len() as u16).to_le_bytes()].concat();
    record.extend_from_slice(data);
    record
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// The stream of an `.xls` workbook with one sheet: a text in B3, 17 in C4, a merged range B3:C3, and row 4 hidden.
pub(crate) fn xls_stream() -> Vec<u8> {
    let name: Vec<u16> = "表1".encode_utf16().collect();
    let globals = |offset: u32| {
        let mut sheet = offset.to_le_bytes().to_vec();
        sheet.extend([0, 0, name.len() as u8, 1]);
        sheet.extend(words(&name));
        [record(0x0809, &words(&[0x0600, 0x0005, 0, 0, 0, 0, 0, 0])), record(0x0085, &sheet), record(0x000A, &[])]
            .concat()
    };
    let text: Vec<u16> = "收入".encode_utf16().collect();
    let mut label = words(&[2, 1, 0, text.len() as u16]);
    label.push(1);
    label.extend(words(&text));
    let mut number = words(&[3, 2, 0]);
    number.extend(17.0_f64.to_le_bytes());
    let sheet = [
        record(0x0809, &words(&[0x0600, 0x0010, 0, 0, 0, 0, 0, 0])),
        record(0x0200, &words(&[2, 0, 4, 0, 1, 3, 0])),
        record(0x0208, &words(&[3, 1, 3, 255, 0, 0, 0x20, 15])),
        record(0x0204, &label),
        record(0x0203, &number),
        record(0x00E5, &words(&[1, 2, 2, 1, 2])),
        record(0x000A, &[]),
    ];
    [globals(globals(0).len() as u32), sheet.concat()].concat()
}

/// A compound file with one stream.
pub(crate) fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    // Short streams live elsewhere in the file than long ones, and calamine reads both.
    file.create_stream(name).unwrap().write_all(stream).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}
