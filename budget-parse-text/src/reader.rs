//! The reader of plain text.

use std::borrow::Cow;

use budget_document::{Confidence, Descriptor, Document, FileKind, Limits, Line, ReadError, ReadErrorKind, Reader};
use budget_model::{Diagnostic, DiagnosticCode, Disclosure};
use budget_parse::Registry;

use crate::columns;
use crate::encoding::{decode, looks_like_text};
use crate::lines::lines;

/// Reads the plain text of a PDF: UTF-8, UTF-16 or GB18030, with or without form feeds and blank lines. Tables whose columns are
/// kept by blanks (`pdftotext -layout`) are handed over as grids.
#[derive(Clone, Copy, Debug, Default)]
pub struct TextReader;

impl Reader for TextReader {
    fn descriptor(&self) -> Descriptor {
        Descriptor::new("text", "plain text of a PDF", &["txt", "text"])
    }

    fn probe(&self, content: &[u8], extension: Option<&str>) -> Confidence {
        if FileKind::of(content).is_some() || !looks_like_text(content) {
            Confidence::No
        } else if self.descriptor().has_extension(extension) {
            Confidence::Certain
        } else {
            Confidence::Possible
        }
    }

    fn read<'a>(&self, content: &'a [u8], limits: &Limits) -> Result<Document<'a>, ReadError> {
        let decoded = decode(content);
        let mut document = Document::new();
        if decoded.replaced {
            document.diagnostics.push(Diagnostic::new(DiagnosticCode::EncodingReplaced, [decoded.encoding]));
        }
        document.blocks = columns::blocks(printed(decoded.text, limits)?, limits)?;
        Ok(document)
    }
}

/// The lines of a text as they are printed, those of tables too: for messages that show the source.
///
/// # Errors
///
/// [`ReadErrorKind::TooLarge`] beyond [`Limits::lines`], [`ReadErrorKind::Empty`] without any.
pub fn source_lines<'a>(content: &'a [u8], limits: &Limits) -> Result<Vec<Line<'a>>, ReadError> {
    printed(decode(content).text, limits)
}

fn printed<'a>(text: Cow<'a, str>, limits: &Limits) -> Result<Vec<Line<'a>>, ReadError> {
    let too_many = || ReadError::new(ReadErrorKind::TooLarge(format!("more than {} lines", limits.lines)));
    let lines: Vec<Line<'a>> = match text {
        Cow::Borrowed(text) => lines(text, limits.lines).ok_or_else(too_many)?,
        Cow::Owned(text) => lines(&text, limits.lines).ok_or_else(too_many)?.into_iter().map(owned).collect(),
    };
    if lines.is_empty() { Err(ReadError::new(ReadErrorKind::Empty)) } else { Ok(lines) }
}

/// The line with a text of its own.
fn owned(line: Line<'_>) -> Line<'static> {
    Line::new(line.text.into_owned(), line.page, line.number).after_blank(line.after_blank).page_start(line.page_start)
}

/// Reads a disclosure from the plain text of a PDF, with the built-in layouts.
///
/// # Errors
///
/// See [`ReadErrorKind`]; whatever is wrong inside the document is a diagnostic of the result instead.
pub fn read_text(content: &[u8]) -> Result<Disclosure, ReadError> {
    Registry::new().with_reader(TextReader).read(content, None)
}
