//! Exceptions: one for each reason why a file is no disclosure.

use budget_parse::{ReadError, ReadErrorKind};
use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

create_exception!(budget_disclosure, BudgetError, PyException, "A file was not read, or an output not made.");
create_exception!(budget_disclosure, EmptyFile, BudgetError, "The file has no bytes, or nothing but white space.");
create_exception!(budget_disclosure, TooLarge, BudgetError, "The file exceeds a limit of reading.");
create_exception!(budget_disclosure, UnknownFormat, BudgetError, "Nothing is known of the format, or nobody reads it.");
create_exception!(budget_disclosure, Damaged, BudgetError, "The file is of a known format and damaged.");
create_exception!(budget_disclosure, Encrypted, BudgetError, "The file is protected with a password.");
create_exception!(budget_disclosure, NoText, BudgetError, "The file has pages and no text on them: a scan.");
create_exception!(budget_disclosure, NoDisclosure, BudgetError, "The file was read, and is no budget disclosure.");
create_exception!(budget_disclosure, InvalidLayout, BudgetError, "A layout cannot be used.");
create_exception!(budget_disclosure, Defect, BudgetError, "This software failed on the file; please report it.");

/// Adds the exceptions to the module.
pub(crate) fn add(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let python = module.py();
    for (name, exception) in [
        ("BudgetError", python.get_type::<BudgetError>()),
        ("EmptyFile", python.get_type::<EmptyFile>()),
        ("TooLarge", python.get_type::<TooLarge>()),
        ("UnknownFormat", python.get_type::<UnknownFormat>()),
        ("Damaged", python.get_type::<Damaged>()),
        ("Encrypted", python.get_type::<Encrypted>()),
        ("NoText", python.get_type::<NoText>()),
        ("NoDisclosure", python.get_type::<NoDisclosure>()),
        ("InvalidLayout", python.get_type::<InvalidLayout>()),
        ("Defect", python.get_type::<Defect>()),
    ] {
        module.add(name, exception)?;
    }
    Ok(())
}

/// What went wrong, apart from Python, so that it can cross threads.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The file is no disclosure.
    Read(ReadError),
    /// The file system did not hand it over, or did not take it.
    Io(std::io::Error),
    /// An output could not be made.
    Export(String),
    /// A defect of this software.
    Defect,
}

impl Failure {
    /// What is wrong as a word that does not change.
    fn code(&self) -> &'static str {
        match self {
            Self::Io(_) => "cannot-read",
            Self::Export(_) => "cannot-export",
            Self::Defect => "defect",
            Self::Read(error) => match error.kind() {
                ReadErrorKind::Empty => "empty",
                ReadErrorKind::TooLarge(_) => "too-large",
                ReadErrorKind::UnknownFormat { .. } => "unknown-format",
                ReadErrorKind::NoReader { .. } => "no-reader",
                ReadErrorKind::Malformed(_) => "damaged",
                ReadErrorKind::Encrypted => "encrypted",
                ReadErrorKind::NoText(_) => "no-text",
                ReadErrorKind::NothingFound => "nothing-found",
                ReadErrorKind::Layout(_) => "invalid-layout",
                _ => "not-read",
            },
        }
    }

    /// The exception, with `code`, `place` and `path`.
    pub(crate) fn into_exception(self, python: Python<'_>, path: Option<&str>) -> PyErr {
        let code = self.code();
        let place = match &self {
            Self::Read(error) => error.place().map(str::to_owned),
            _ => None,
        };
        let about = |message: String| match path {
            Some(path) => format!("{path}: {message}"),
            None => message,
        };
        let exception = match self {
            // An OSError, with the number that the system gave it.
            Self::Io(error) => return error.into(),
            Self::Export(message) => BudgetError::new_err(about(message)),
            Self::Defect => Defect::new_err(about("this software failed on the file; please report it".to_owned())),
            Self::Read(error) => {
                let message = about(error.to_string());
                match error.kind() {
                    ReadErrorKind::Empty => EmptyFile::new_err(message),
                    ReadErrorKind::TooLarge(_) => TooLarge::new_err(message),
                    ReadErrorKind::UnknownFormat { .. } | ReadErrorKind::NoReader { .. } => {
                        UnknownFormat::new_err(message)
                    }
                    ReadErrorKind::Malformed(_) => Damaged::new_err(message),
                    ReadErrorKind::Encrypted => Encrypted::new_err(message),
                    ReadErrorKind::NoText(_) => NoText::new_err(message),
                    ReadErrorKind::NothingFound => NoDisclosure::new_err(message),
                    ReadErrorKind::Layout(_) => InvalidLayout::new_err(message),
                    _ => BudgetError::new_err(message),
                }
            }
        };
        let value = exception.value(python);
        let set = [("code", Some(code.to_owned())), ("place", place), ("path", path.map(str::to_owned))];
        for (name, value_of) in set {
            // An exception takes attributes; if it does not, it is raised without them.
            let _ = value.setattr(name, value_of);
        }
        exception
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}
