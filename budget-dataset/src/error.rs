//! Why a set could not be read or written.

use std::io;

/// A set could not be opened, written or published. The message says what failed, where, and what to do.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct DatasetError(#[from] Kind);

/// A cause that belongs to a library behind a format.
pub(crate) type Cause = Box<dyn std::error::Error + Send + Sync>;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error("cannot write {name}; check the folder, its permissions and the free space")]
    Write { name: String, source: io::Error },
    #[error("cannot read {name}")]
    Read { name: String, source: io::Error },
    #[error("cannot make {name}")]
    Encode { name: String, source: Cause },
    #[error("line {line} of {path} is not understood; the set was written by other software, or damaged")]
    Manifest { path: String, line: u64, source: serde_json::Error },
    #[error("{folder} holds no data set; make one first, without appending")]
    NoSet { folder: String },
    #[error("{folder} holds a data set; append to it, take another folder, or say that it may be replaced")]
    SetExists { folder: String },
    #[error("{path} does not belong to a data set; take an empty folder, or say that files may be replaced")]
    Exists { path: String },
    #[error("the set is in the format {found}; append in the same format, not in {asked}")]
    OtherFormat { found: String, asked: String },
    #[error("the set is version {found}, and this software writes version {known}; make the set anew")]
    OtherVersion { found: u32, known: u32 },
    #[error("another run is writing {folder}; wait until it has ended")]
    Busy { folder: String },
    #[error("documents are taken out of a set before others are added to it; do so in another run")]
    Begun,
    #[error("the set has no document {name}; give its key or its path as the table of documents has it")]
    NoDocument { name: String },
    #[error("the bytes are no packed entry of a data set, or damaged; pack the file again")]
    Packed,
    #[error("the bytes were packed by {found}, and this is {expected}; take the same version everywhere")]
    OtherMaker { found: String, expected: String },
}

impl DatasetError {
    pub(crate) fn write(name: &str) -> impl FnOnce(io::Error) -> Self {
        move |source| Kind::Write { name: name.to_owned(), source }.into()
    }

    pub(crate) fn read(name: &str) -> impl FnOnce(io::Error) -> Self {
        move |source| Kind::Read { name: name.to_owned(), source }.into()
    }

    /// The records of a table cannot be written in a format, or not read back.
    pub fn encode<E: Into<Box<dyn std::error::Error + Send + Sync>>>(table: &str) -> impl FnOnce(E) -> Self {
        move |source| Kind::Encode { name: table.to_owned(), source: source.into() }.into()
    }

    /// What is wrong, for programs that say it in their own words.
    #[must_use]
    pub fn kind(&self) -> DatasetErrorKind<'_> {
        match &self.0 {
            Kind::Write { source, .. } => DatasetErrorKind::Write(source),
            Kind::Read { source, .. } => DatasetErrorKind::Read(source),
            Kind::NoSet { .. } => DatasetErrorKind::NoSet,
            Kind::SetExists { .. } => DatasetErrorKind::SetExists,
            Kind::Exists { path } => DatasetErrorKind::Exists { path },
            Kind::OtherFormat { found, .. } => DatasetErrorKind::OtherFormat { found },
            Kind::Busy { .. } => DatasetErrorKind::Busy,
            Kind::NoDocument { name } => DatasetErrorKind::NoDocument { name },
            Kind::Packed | Kind::OtherMaker { .. } => DatasetErrorKind::Packed,
            Kind::Begun | Kind::Encode { .. } | Kind::Manifest { .. } | Kind::OtherVersion { .. } => {
                DatasetErrorKind::Other
            }
        }
    }
}

/// What is wrong with a set.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum DatasetErrorKind<'a> {
    /// A file cannot be written.
    Write(&'a io::Error),
    /// A file of the set cannot be read.
    Read(&'a io::Error),
    /// The folder has no set.
    NoSet,
    /// The folder has a set already.
    SetExists,
    /// The folder has a file by the name of one of a set, and no set.
    Exists {
        /// Where it lies.
        path: &'a str,
    },
    /// The set is in another format.
    OtherFormat {
        /// Which one.
        found: &'a str,
    },
    /// Another run is writing the set.
    Busy,
    /// The set has no such document.
    NoDocument {
        /// What was asked for.
        name: &'a str,
    },
    /// Bytes are no packed entry, or were packed by other software.
    Packed,
    /// A value cannot be written in the format, or the set was written by other software: the error says more.
    Other,
}

impl DatasetErrorKind<'_> {
    /// What it is called by programs, whatever the language; it does not change.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Write(_) => "cannot-write",
            Self::Read(_) => "cannot-read",
            Self::NoSet => "no-set",
            Self::SetExists => "set-exists",
            Self::Exists { .. } => "exists",
            Self::OtherFormat { .. } => "other-format",
            Self::Busy => "busy",
            Self::NoDocument { .. } => "no-document",
            Self::Packed => "not-packed",
            Self::Other => "cannot-write-set",
        }
    }
}
