//! Word documents built by the tests themselves.
#![allow(dead_code)]

pub(crate) mod writer;

use std::io::{Cursor, Write};

use budget_document::{Block, CellValue, Document, Limits, ReadError, Reader};
use budget_parse_docx::WordReader;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub(crate) const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(crate) const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// A ZIP archive of these parts.
pub(crate) fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::DEFAULT).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A part of a document whose root has this name and content.
pub(crate) fn part(root: &str, content: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{TRANSITIONAL}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">{content}</w:{root}>"#
    )
}

/// The names and contents of the parts of a document with this body, and with these parts (`styles`, `numbering` …).
pub(crate) fn parts(body: &str, others: &[(&str, &str)]) -> Vec<(String, String)> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |relations: &str| {
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>"#
        )
    };
    let relation =
        |kind: &str, target: &str| format!(r#"<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>"#);
    let of_document: String = others.iter().map(|(kind, _)| relation(kind, &format!("{kind}.xml"))).collect();
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), types.to_owned()),
        ("_rels/.rels".to_owned(), relations(&relation("officeDocument", "word/document.xml"))),
        ("word/document.xml".to_owned(), part("document", &format!("<w:body>{body}</w:body>"))),
        ("word/_rels/document.xml.rels".to_owned(), relations(&of_document)),
    ];
    parts.extend(others.iter().map(|(kind, content)| (format!("word/{kind}.xml"), part(kind, content))));
    parts
}

pub(crate) fn zip_of(parts: &[(String, String)]) -> Vec<u8> {
    zip(&parts.iter().map(|(name, content)| (name.as_str(), content.as_bytes())).collect::<Vec<_>>())
}

/// A document with this body.
pub(crate) fn docx(body: &str) -> Vec<u8> {
    zip_of(&parts(body, &[]))
}

/// A paragraph with a run of this text.
pub(crate) fn p(text: &str) -> String {
    format!(r#"<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#)
}

pub(crate) fn read(content: &[u8]) -> Document<'_> {
    WordReader.read(content, &Limits::default()).unwrap()
}

pub(crate) fn error(content: &[u8], limits: &Limits) -> ReadError {
    WordReader.read(content, limits).unwrap_err()
}

/// What a document says: `¶3:1 a line`, `¶4!B2 3×1 a cell`.
pub(crate) fn said(document: &Document<'_>) -> Vec<String> {
    let mut said = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Line(line) => said.push(format!("{} {}", line.place(0).describe(&[]), line.text)),
            Block::Grid(grid) => {
                said.push(format!("grid of {}×{}", grid.rows(), grid.columns()));
                for cell in grid.cells() {
                    let text = match &cell.value {
                        CellValue::Text(text) => text.replace('\n', "|"),
                        other => format!("{other:?}"),
                    };
                    let span =
                        if cell.is_merged() { format!(" {}×{}", cell.height, cell.width) } else { String::new() };
                    said.push(format!("{}{span} {text}", cell.place.describe(&[])));
                }
            }
        }
    }
    said
}

/// The lines and cells of a document with this body.
pub(crate) fn said_by(body: &str) -> Vec<String> {
    said(&read(&docx(body)))
}

/// The lines of a document with this body and these parts, without their places.
pub(crate) fn lines_with(body: &str, others: &[(&str, &str)]) -> Vec<String> {
    read(&zip_of(&parts(body, others))).lines().map(|line| line.text.to_string()).collect()
}
