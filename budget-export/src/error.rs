//! Why an export ended.

use std::io;

/// An export, or the reading back of one, could not be finished. The message says what failed, where, and what to do.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct ExportError(#[from] Kind);

/// A cause that belongs to a library behind a feature.
type Cause = Box<dyn std::error::Error + Send + Sync>;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error("cannot write {name}; check the folder, its permissions and the free space")]
    Write { name: String, source: io::Error },
    #[error("cannot make {name}")]
    Encode { name: String, source: Cause },
    #[error("this is not the JSON of a disclosure; expected an object made by the JSON export")]
    NotADisclosure { source: Cause },
    #[error("the JSON says it is \"{format}\", not \"budget-disclosure\"; expected an object made by the JSON export")]
    OtherFormat { format: String },
    #[error("the JSON is version {found} of the format, and this software reads version {known}; update the software")]
    UnknownVersion { found: u64, known: u64 },
    #[error("sheet {sheet} is too large for a workbook; export as CSV or JSON instead")]
    SheetTooLarge { sheet: String },
}

impl ExportError {
    /// A file of this name could not be written.
    pub fn write(name: &str) -> impl FnOnce(io::Error) -> Self {
        move |source| Kind::Write { name: name.to_owned(), source }.into()
    }

    /// What a file of this name holds could not be made.
    pub fn encode<E: Into<Box<dyn std::error::Error + Send + Sync>>>(name: &str) -> impl FnOnce(E) -> Self {
        move |source| Kind::Encode { name: name.to_owned(), source: source.into() }.into()
    }
}
