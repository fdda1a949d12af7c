//! What a format implements.

use crate::{Document, Limits, ReadError};

/// What a reader is called and which files it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Descriptor {
    /// Short stable id: `text`.
    pub id: &'static str,
    /// Name for people: `plain text of a PDF`.
    pub name: &'static str,
    /// File name extensions, lower case, without the dot. A hint only: content decides.
    pub extensions: &'static [&'static str],
}

impl Descriptor {
    /// A descriptor of an id, a name for people and the extensions of its files.
    #[must_use]
    pub const fn new(id: &'static str, name: &'static str, extensions: &'static [&'static str]) -> Self {
        Self { id, name, extensions }
    }

    /// Whether an extension is one of the format's.
    #[must_use]
    pub fn has_extension(&self, extension: Option<&str>) -> bool {
        extension.is_some_and(|extension| self.extensions.contains(&extension))
    }
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

/// A format: turns bytes into a [`Document`]. This is what a format crate implements; the [crate documentation](crate) shows a
/// small one.
///
/// A reader recognises structure (pages, lines, cells), never meaning: page furniture, tables over several pages, titles, columns
/// and amounts are found afterwards, in the same way for every format.
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
    /// [`Empty`](crate::ReadErrorKind::Empty), [`TooLarge`](crate::ReadErrorKind::TooLarge),
    /// [`Encrypted`](crate::ReadErrorKind::Encrypted) or [`Malformed`](crate::ReadErrorKind::Malformed); anything less is a
    /// diagnostic of the document.
    fn read<'a>(&self, content: &'a [u8], limits: &Limits) -> Result<Document<'a>, ReadError>;
}
