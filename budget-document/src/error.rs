//! The one error of reading.

use std::error::Error;
use std::fmt;

use budget_model::Language;

use crate::FileKind;

/// Reading ended without a document.
///
/// Everything that is wrong *in* a document is a diagnostic instead; this error is for input that is no document at all
/// or that exceeds a limit. Its [`kind`](ReadError::kind) says which, its text says what to do.
#[derive(Debug)]
pub struct ReadError {
    kind: ReadErrorKind,
    place: Option<String>,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

/// Why reading ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// The input has no bytes, or nothing but white space.
    Empty,
    /// The input is larger than [`Limits`](crate::Limits) allow. The text names the limit.
    TooLarge(String),
    /// Nothing is known of the format.
    UnknownFormat {
        /// The readers that were asked.
        tried: Vec<&'static str>,
    },
    /// The format is known, and no reader for it is there.
    NoReader {
        /// What it is; it says what to do.
        kind: FileKind,
        /// The document in it, where it is an archive.
        inside: Option<String>,
    },
    /// The content is of a known format but damaged. The text says what is wrong.
    Malformed(String),
    /// The content is protected with a password.
    Encrypted,
    /// There is no text in it. The text names the pages that are images: `1-3, 5`.
    NoText(String),
    /// The content was read, but there is no budget table and no section of a disclosure in it.
    NothingFound,
    /// The content was read, and all that it has of a disclosure are links to files.
    OnlyAttachments {
        /// How many files it leads to.
        count: usize,
        /// The names of the first of them.
        first: Vec<String>,
    },
    /// A layout file could not be read. The text says why.
    Layout(String),
}

impl ReadErrorKind {
    /// What it is called in lists, whatever the language; it does not change.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge(_) => "too-large",
            Self::UnknownFormat { .. } => "unknown-format",
            Self::NoReader { .. } => "no-reader",
            Self::Malformed(_) => "damaged",
            Self::Encrypted => "encrypted",
            Self::NoText(_) => "no-text",
            Self::NothingFound => "nothing-found",
            Self::OnlyAttachments { .. } => "only-attachments",
            Self::Layout(_) => "invalid-layout",
        }
    }
}

impl ReadError {
    /// An error of a kind.
    #[must_use]
    pub fn new(kind: ReadErrorKind) -> Self {
        Self { kind, place: None, cause: None }
    }

    /// The same error with the place it speaks of (`line 3`, `sheet 表3, cell D12`).
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// The same error with its cause.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Why reading ended.
    #[must_use]
    pub fn kind(&self) -> &ReadErrorKind {
        &self.kind
    }

    /// The place the error speaks of, if it speaks of one.
    #[must_use]
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        match &self.kind {
            ReadErrorKind::Empty => f.write_str("the input is empty; give the text or workbook of a disclosure"),
            ReadErrorKind::TooLarge(limit) => {
                write!(f, "the input exceeds a limit ({limit}); raise the limit if you trust it")
            }
            ReadErrorKind::UnknownFormat { tried } => {
                write!(f, "the format is not known; tried: {}", tried.join(", "))
            }
            ReadErrorKind::NoReader { kind, inside } => {
                write!(f, "this is {}", kind.name(Language::English))?;
                if let Some(inside) = inside {
                    write!(f, " ({inside})")?;
                }
                write!(f, ", which cannot be read; {}", kind.advice(Language::English))
            }
            ReadErrorKind::Malformed(what) => write!(f, "the file is damaged: {what}"),
            ReadErrorKind::Encrypted => f.write_str("the file is protected with a password; save it without one"),
            ReadErrorKind::NoText(pages) if pages.is_empty() => f.write_str("the file has pages, but no text on them"),
            ReadErrorKind::NoText(pages) => write!(
                f,
                "the file has no text; these pages are images (a scan): {pages}; take the file as it was made, not as it was \
                 scanned, or have its text recognised (OCR) and compare every figure with the image"
            ),
            ReadErrorKind::NothingFound => {
                f.write_str("no budget table and no section of a budget disclosure found; is this the right document?")
            }
            ReadErrorKind::OnlyAttachments { count, first } => write!(
                f,
                "the page itself holds no budget table and no section of a disclosure; it leads to {count} files: {}{}; \
                 fetch them and give them instead",
                first.join("; "),
                if first.len() < *count { " …" } else { "" }
            ),
            ReadErrorKind::Layout(why) => write!(f, "the layout cannot be used: {why}"),
        }
    }
}

impl Error for ReadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}
