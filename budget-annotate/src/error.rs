//! Why an original could not be annotated.

/// Nothing was written: the message says what is wrong with the file and what to do.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct AnnotateError(#[from] Kind);

/// A cause that belongs to a library.
#[cfg(feature = "xlsx")]
pub(crate) type Cause = Box<dyn std::error::Error + Send + Sync>;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error(
        "the file is encrypted; remove its protection, also one that only restricts printing or changes, and annotate the copy"
    )]
    Encrypted,
    #[error("the file is damaged: {0}; repair it or get it again")]
    Damaged(&'static str),
    #[cfg(feature = "xlsx")]
    #[error("the file is damaged: {part} cannot be followed; save it again with a spreadsheet program")]
    Part { part: String, source: Option<Cause> },
    #[error("the file is too large to be annotated: {0}")]
    TooLarge(&'static str),
    #[error("this is no {expected}; {advice}")]
    OtherFormat { expected: &'static str, advice: &'static str },
}

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnnotateErrorKind {
    /// It is encrypted. What is appended to such a file would have to be encrypted as well, whichever password it needs.
    Encrypted,
    /// It is damaged.
    Damaged,
    /// It is beyond a limit.
    TooLarge,
    /// It is of a format that is not annotated.
    OtherFormat,
}

impl AnnotateError {
    /// What is wrong, for programs that say it in their own words.
    #[must_use]
    pub fn kind(&self) -> AnnotateErrorKind {
        match &self.0 {
            Kind::Encrypted => AnnotateErrorKind::Encrypted,
            Kind::Damaged(_) => AnnotateErrorKind::Damaged,
            #[cfg(feature = "xlsx")]
            Kind::Part { .. } => AnnotateErrorKind::Damaged,
            Kind::TooLarge(_) => AnnotateErrorKind::TooLarge,
            Kind::OtherFormat { .. } => AnnotateErrorKind::OtherFormat,
        }
    }
}
