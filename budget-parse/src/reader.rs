//! The contract between a format crate and everything else.

use budget_model::{Diagnostic, DiagnosticCode, Disclosure};

use crate::{FileKind, LayoutSet, RawDocument, ReadError, ReadErrorKind, lower};

/// What a reader is called and which files it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Descriptor {
    /// Short stable id: `text`.
    pub id: &'static str,
    /// Name for people: `plain text of a PDF`.
    pub name: &'static str,
    /// File name extensions, lower case, without the dot. A hint only: content decides.
    pub extensions: &'static [&'static str],
}

/// How sure a reader is that some content is of its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Not this format.
    No,
    /// It may be; another reader may know better.
    Possible,
    /// A signature or structure of this format was found.
    Certain,
}

/// Bounds on what a reader may use. All of them can be set; reading beyond one ends with
/// [`ReadErrorKind::TooLarge`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest input in bytes. Default 64 MiB.
    pub input_bytes: usize,
    /// Largest content after decompression in bytes. Default 256 MiB.
    pub unpacked_bytes: u64,
    /// Most lines of text. Default 1,000,000.
    pub lines: usize,
    /// Most sheets of a workbook. Default 1,000.
    pub sheets: usize,
    /// Most non-blank cells of a workbook. Default 2,000,000.
    pub cells: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { input_bytes: 64 << 20, unpacked_bytes: 256 << 20, lines: 1_000_000, sheets: 1_000, cells: 2_000_000 }
    }
}

/// A format: turns bytes into a [`RawDocument`]. This is what a format crate implements.
///
/// A reader recognises structure (pages, lines, cells), never meaning: titles, columns and amounts are found by the
/// [layouts](crate::Layout) afterwards, so every layout works with every format.
pub trait Reader: Send + Sync {
    /// What the reader is called.
    fn descriptor(&self) -> Descriptor;

    /// Whether `content` (the whole input) is of this format. `extension` is the lower-case file name extension, if the
    /// input has a name; content outweighs it.
    fn probe(&self, content: &[u8], extension: Option<&str>) -> Confidence;

    /// Reads the content.
    ///
    /// # Errors
    ///
    /// [`ReadErrorKind::Empty`], [`ReadErrorKind::TooLarge`] or [`ReadErrorKind::Malformed`]; anything less is a
    /// diagnostic of the raw document.
    fn read<'a>(&self, content: &'a [u8], limits: &Limits) -> Result<RawDocument<'a>, ReadError>;
}

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
        if content.len() > self.limits.input_bytes {
            let limit = format!("input of {} bytes, at most {}", content.len(), self.limits.input_bytes);
            return Err(ReadError::new(ReadErrorKind::TooLarge(limit)));
        }
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
        let raw = reader.read(content, &self.limits)?;
        let nothing_found = |error: ReadError| match (error.kind(), FileKind::of_fields(content)) {
            // Fields are text like any other until nothing is found in them.
            (ReadErrorKind::NothingFound, Some(kind)) if FileKind::of(content).is_none() => {
                ReadError::new(ReadErrorKind::NoReader { kind, inside: None })
            }
            _ => error,
        };
        lower::disclosure(&raw, &self.layouts).map_err(nothing_found)
    }
}

impl Default for Registry {
    fn default() -> Self {
        Self::new()
    }
}

/// Reads a raw document that is already there, with the given layouts.
///
/// # Errors
///
/// [`ReadErrorKind::NothingFound`] if nothing of a disclosure is in it.
pub fn read_raw(raw: &RawDocument<'_>, layouts: &LayoutSet) -> Result<Disclosure, ReadError> {
    lower::disclosure(raw, layouts)
}

pub(crate) fn missing_table(title: &str) -> Diagnostic {
    Diagnostic::new(DiagnosticCode::TableMissing, [title])
}
