//! The reader of plain text.

use std::borrow::Cow;

use budget_model::{Diagnostic, DiagnosticCode, Disclosure};
use budget_parse::{
    Block, Confidence, Descriptor, FileKind, Limits, Line, RawDocument, ReadError, ReadErrorKind, Reader, Registry,
};

use crate::encoding::{decode, looks_like_text};
use crate::lines::lines;

/// Reads the plain text of a PDF: UTF-8, UTF-16 or GB18030, with or without form feeds and blank lines.
#[derive(Clone, Copy, Debug, Default)]
pub struct TextReader;

impl Reader for TextReader {
    fn descriptor(&self) -> Descriptor {
        Descriptor { id: "text", name: "plain text of a PDF", extensions: &["txt", "text"] }
    }

    fn probe(&self, content: &[u8], extension: Option<&str>) -> Confidence {
        if FileKind::of(content).is_some() || !looks_like_text(content) {
            Confidence::No
        } else if extension.is_some_and(|extension| self.descriptor().extensions.contains(&extension)) {
            Confidence::Certain
        } else {
            Confidence::Possible
        }
    }

    fn read<'a>(&self, content: &'a [u8], limits: &Limits) -> Result<RawDocument<'a>, ReadError> {
        let decoded = decode(content);
        let mut raw = RawDocument::default();
        if decoded.replaced {
            raw.diagnostics.push(Diagnostic::new(DiagnosticCode::EncodingReplaced, [decoded.encoding]));
        }
        let too_many = || ReadError::new(ReadErrorKind::TooLarge(format!("more than {} lines", limits.lines)));
        let lines: Vec<Line<'a>> = match decoded.text {
            Cow::Borrowed(text) => lines(text, limits.lines).ok_or_else(too_many)?,
            Cow::Owned(text) => lines(&text, limits.lines)
                .ok_or_else(too_many)?
                .into_iter()
                .map(|line| Line { text: Cow::Owned(line.text.into_owned()), ..line })
                .collect(),
        };
        if lines.is_empty() {
            return Err(ReadError::new(ReadErrorKind::Empty));
        }
        raw.blocks = lines.into_iter().map(Block::Line).collect();
        Ok(raw)
    }
}

/// Reads a disclosure from the plain text of a PDF, with the built-in layouts.
///
/// # Errors
///
/// See [`ReadErrorKind`]; whatever is wrong inside the document is a diagnostic of the result instead.
pub fn read_text(content: &[u8]) -> Result<Disclosure, ReadError> {
    Registry::new().with_reader(TextReader).read(content, None)
}
