//! Readers and layouts together.

use budget_document::{Confidence, Descriptor, Document, FileKind, Limits, ReadError, ReadErrorKind, Reader};
use budget_model::{Diagnostic, DiagnosticCode, Disclosure};

use crate::{LayoutSet, lower};

/// Readers and layouts together: reads any content that one of the readers knows.
///
/// ```
/// use budget_parse::{FileKind, ReadErrorKind, Registry};
///
/// let registry = Registry::new(); // no reader yet: add those of the format crates
/// let error = registry.read(b"%PDF-1.7", Some("budget.pdf")).unwrap_err();
/// assert!(matches!(error.kind(), ReadErrorKind::NoReader { kind: FileKind::Pdf, .. }));
/// ```
pub struct Registry {
    readers: Vec<Box<dyn Reader>>,
    layouts: LayoutSet,
    limits: Limits,
}

impl Registry {
    /// A registry with the built-in layouts, default limits and no reader.
    #[must_use]
    pub fn new() -> Self {
        Self { readers: Vec::new(), layouts: LayoutSet::built_in(), limits: Limits::default() }
    }

    /// The same registry with one more reader. Readers added later are asked first.
    #[must_use]
    pub fn with_reader(mut self, reader: impl Reader + 'static) -> Self {
        self.readers.insert(0, Box::new(reader));
        self
    }

    /// The same registry with other layouts.
    #[must_use]
    pub fn with_layouts(mut self, layouts: LayoutSet) -> Self {
        self.layouts = layouts;
        self
    }

    /// The same registry with other limits.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The readers, in the order they are asked.
    pub fn readers(&self) -> impl Iterator<Item = Descriptor> + '_ {
        self.readers.iter().map(|reader| reader.descriptor())
    }

    /// Reads a document: finds the reader by content, reads, recognises the layout and lowers into the model.
    ///
    /// # Errors
    ///
    /// See [`ReadErrorKind`]. Everything wrong inside a document is a diagnostic of the result instead.
    pub fn read(&self, content: &[u8], name: Option<&str>) -> Result<Disclosure, ReadError> {
        self.limits.check_input(content.len())?;
        if content.iter().all(u8::is_ascii_whitespace) {
            return Err(ReadError::new(ReadErrorKind::Empty));
        }
        let extension =
            name.and_then(|name| name.rsplit_once('.')).map(|(_, extension)| extension.to_ascii_lowercase());
        // `max_by_key` keeps the last of equals, so the order is reversed to let the first reader win.
        let best = self
            .readers
            .iter()
            .rev()
            .map(|reader| (reader.probe(content, extension.as_deref()), reader))
            .max_by_key(|(confidence, _)| *confidence)
            .filter(|(confidence, _)| *confidence > Confidence::No);
        let Some((_, reader)) = best else {
            return Err(ReadError::new(match FileKind::of(content) {
                Some(kind) => ReadErrorKind::NoReader { kind, inside: FileKind::document_inside(content) },
                None => {
                    ReadErrorKind::UnknownFormat { tried: self.readers().map(|descriptor| descriptor.name).collect() }
                }
            }));
        };
        let document = reader.read(content, &self.limits)?;
        let nothing_found = |error: ReadError| match (error.kind(), FileKind::of_fields(content)) {
            // Fields are text like any other until nothing is found in them.
            (ReadErrorKind::NothingFound, Some(kind)) if FileKind::of(content).is_none() => {
                ReadError::new(ReadErrorKind::NoReader { kind, inside: None })
            }
            _ => error,
        };
        lower::disclosure(&document, &self.layouts).map_err(nothing_found)
    }
}

impl Default for Registry {
    fn default() -> Self {
        Self::new()
    }
}

/// Reads a document that is already there, with the given layouts.
///
/// # Errors
///
/// [`ReadErrorKind::NothingFound`] if nothing of a disclosure is in it.
pub fn read_document(document: &Document<'_>, layouts: &LayoutSet) -> Result<Disclosure, ReadError> {
    lower::disclosure(document, layouts)
}

pub(crate) fn missing_table(title: &str) -> Diagnostic {
    Diagnostic::new(DiagnosticCode::TableMissing, [title])
}
