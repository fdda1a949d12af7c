//! The reader: which kind of page some content is, and reading it.

use budget_document::{Confidence, Descriptor, Document, FileKind, Limits, ReadError, ReadErrorKind, Reader};
use budget_model::{Diagnostic, DiagnosticCode};

use crate::document::Assembly;
use crate::encoding::{Decoded, decode};
use crate::{mime, spreadsheet, tags};

/// Reads web pages: HTML, web pages in one file (MHT) and XML Spreadsheet 2003, whatever they are called.
///
/// ```
/// use budget_document::{Confidence, Reader};
/// use budget_parse_html::HtmlReader;
///
/// // Content decides, not the name.
/// assert_eq!(HtmlReader.probe(b"<!DOCTYPE html><p>17", Some("pdf")), Confidence::Certain);
/// assert_eq!(HtmlReader.probe("收入 17.00".as_bytes(), Some("html")), Confidence::Possible);
/// assert_eq!(HtmlReader.probe(b"%PDF-1.7", Some("html")), Confidence::No);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HtmlReader;

const EXTENSIONS: &[&str] = &["html", "htm", "shtml", "xhtml", "mht", "mhtml", "xml"];

impl Reader for HtmlReader {
    fn descriptor(&self) -> Descriptor {
        Descriptor::new("html", "web page", EXTENSIONS)
    }

    fn probe(&self, content: &[u8], extension: Option<&str>) -> Confidence {
        match FileKind::of(content) {
            Some(FileKind::Html) if is_fragment(content) && !self.descriptor().has_extension(extension) => {
                Confidence::Possible
            }
            Some(FileKind::Html | FileKind::Mht | FileKind::SpreadsheetMl) => Confidence::Certain,
            // A page may begin with any element; what begins with words is a text, and other XML is none of ours.
            None if self.descriptor().has_extension(extension) && extension != Some("xml") => Confidence::Possible,
            _ => Confidence::No,
        }
    }

    fn read<'a>(&self, content: &'a [u8], limits: &Limits) -> Result<Document<'a>, ReadError> {
        limits.check_input(content.len())?;
        let clock = limits.clock();
        let mut replaced = Vec::new();
        if FileKind::of(content) == Some(FileKind::SpreadsheetMl) {
            let text = decoded(content, None, &mut replaced);
            let mut document = spreadsheet::read(&text.text, limits, &clock)?;
            document.diagnostics.append(&mut replaced);
            return Ok(document);
        }
        let mut assembly = Assembly::new(limits, &clock);
        if FileKind::of(content) == Some(FileKind::Mht) {
            for part in mime::pages(content, limits)? {
                let page = decoded(&part.content, part.charset.as_deref(), &mut replaced);
                assembly.add(tags::items(&page.text, limits, &clock)?)?;
            }
        } else {
            let page = decoded(content, None, &mut replaced);
            assembly.add(tags::items(&page.text, limits, &clock)?)?;
        }
        let mut document = assembly.document;
        document.diagnostics.append(&mut replaced);
        if document.blocks.is_empty() && document.attachments.is_empty() {
            return Err(ReadError::new(ReadErrorKind::Empty));
        }
        Ok(document)
    }
}

/// The text of some content; what had to be replaced is reported.
fn decoded<'c>(content: &'c [u8], charset: Option<&str>, diagnostics: &mut Vec<Diagnostic>) -> Decoded<'c> {
    let decoded = decode(content, charset);
    if decoded.replaced {
        diagnostics.push(Diagnostic::new(DiagnosticCode::EncodingReplaced, [decoded.encoding]));
    }
    decoded
}

/// Whether a page begins with a part of one, as text may: `<table>`, `<div>`
fn is_fragment(content: &[u8]) -> bool {
    /// Bytes at the beginning in which the mark of a page is looked for.
    const HEAD: usize = 4096;
    // In UTF-16 a zero byte stands beside each.
    let head: Vec<u8> = content.iter().take(HEAD).filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    let marks: [&[u8]; 5] = [b"<!doctype html", b"<html", b"<head", b"<meta", b"<body"];
    !marks.iter().any(|mark| memchr::memmem::find(&head, mark).is_some())
}
