//! Exceptions: one for each reason why a file is no disclosure.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use budget_dataset::DatasetErrorKind;
use budget_export::ExportError;
use budget_parse::{ReadError, ReadErrorKind};
use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyOSError};
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
create_exception!(budget_disclosure, NoPicture, BudgetError, "There is no such page, or it cannot be drawn.");
create_exception!(budget_disclosure, NotExported, BudgetError, "A format cannot hold the disclosure.");
create_exception!(budget_disclosure, DatasetError, BudgetError, "A data set cannot be written.");
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
        ("NoPicture", python.get_type::<NoPicture>()),
        ("NotExported", python.get_type::<NotExported>()),
        ("DatasetError", python.get_type::<DatasetError>()),
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
    /// There is no picture of a page.
    Picture { place: Option<String>, why: String },
    /// An output cannot be made of the disclosure.
    Export(String),
    /// A data set cannot be written.
    Dataset(budget_dataset::DatasetError),
    /// A defect of this software; the text is for those who repair it.
    Defect(String),
}

/// Runs `work` without holding the interpreter. A panic in it is a [`Failure`] like any other: it must neither end the process nor
/// pass the `except BudgetError` of a long run.
pub(crate) fn detached<T: Send>(
    python: Python<'_>,
    work: impl FnOnce() -> Result<T, Failure> + Send,
) -> Result<T, Failure> {
    python.detach(|| guarded(work))
}

/// Runs `work`, with a panic in it as a [`Failure`].
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    // What a panic leaves half done is dropped with the document.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(Failure::Defect(words_of(panic.as_ref()))))
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("for a reason that it does not say").to_owned()
}

impl Failure {
    /// What is wrong, as a word that does not change.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Read(error) => error.kind().as_str(),
            Self::Io(error) => match error.kind() {
                std::io::ErrorKind::NotFound => "not-found",
                std::io::ErrorKind::PermissionDenied => "no-permission",
                std::io::ErrorKind::IsADirectory => "is-folder",
                _ => "cannot-read",
            },
            Self::Picture { .. } => "no-picture",
            Self::Export(_) => "not-exported",
            Self::Dataset(error) => error.kind().as_str(),
            Self::Defect(_) => "defect",
        }
    }

    /// What is wrong and what to do.
    pub(crate) fn message(&self) -> String {
        match self {
            Self::Read(error) => error.to_string(),
            Self::Io(error) => error.to_string(),
            Self::Picture { why, .. } | Self::Export(why) => why.clone(),
            Self::Dataset(error) => with_causes(error),
            Self::Defect(why) => format!("this software failed on the file, please report it: {why}"),
        }
    }

    /// Where in the file, if that is known.
    pub(crate) fn place(&self) -> Option<String> {
        match self {
            Self::Read(error) => error.place().map(str::to_owned),
            Self::Picture { place, .. } => place.clone(),
            _ => None,
        }
    }

    /// The exception, with `code`, `message`, `place` and `path`.
    pub(crate) fn into_exception(self, python: Python<'_>, path: Option<&str>) -> PyErr {
        if let Self::Io(error) = &self {
            return system(python, error, path);
        }
        let (code, message, place) = (self.code(), self.message(), self.place());
        let text = path.map_or_else(|| message.clone(), |path| format!("{path}: {message}"));
        let exception = match &self {
            Self::Read(error) => of_kind(error.kind(), text),
            Self::Picture { .. } => NoPicture::new_err(text),
            Self::Dataset(_) => DatasetError::new_err(text),
            Self::Export(_) | Self::Io(_) => NotExported::new_err(text),
            Self::Defect(_) => Defect::new_err(text),
        };
        let value = exception.value(python);
        let attributes =
            [("code", Some(code)), ("message", Some(&*message)), ("place", place.as_deref()), ("path", path)];
        for (name, text) in attributes {
            // An exception takes attributes; if it does not, it is raised without them.
            let _ = value.setattr(name, text);
        }
        exception
    }
}

fn of_kind(kind: &ReadErrorKind, text: String) -> PyErr {
    match kind {
        ReadErrorKind::Empty => EmptyFile::new_err(text),
        ReadErrorKind::TooLarge(_) => TooLarge::new_err(text),
        ReadErrorKind::UnknownFormat { .. } | ReadErrorKind::NoReader { .. } => UnknownFormat::new_err(text),
        ReadErrorKind::Malformed(_) => Damaged::new_err(text),
        ReadErrorKind::Encrypted => Encrypted::new_err(text),
        ReadErrorKind::NoText(_) => NoText::new_err(text),
        ReadErrorKind::NothingFound | ReadErrorKind::OnlyAttachments { .. } => NoDisclosure::new_err(text),
        ReadErrorKind::Layout(_) => InvalidLayout::new_err(text),
        _ => BudgetError::new_err(text),
    }
}

/// An `OSError` as Python itself raises it: with number, text and file name, from which Python chooses the subclass.
fn system(python: Python<'_>, error: &std::io::Error, path: Option<&str>) -> PyErr {
    let Some(number) = error.raw_os_error() else { return PyOSError::new_err(error.to_string()) };
    if cfg!(windows) {
        // The number is one of Windows and stands in another place.
        return PyOSError::new_err((0, error.to_string(), path.map(str::to_owned), number));
    }
    let text = PyModule::import(python, "os")
        .and_then(|os| os.call_method1("strerror", (number,))?.extract::<String>())
        .unwrap_or_else(|_| error.to_string());
    PyOSError::new_err((number, text, path.map(str::to_owned)))
}

/// An error and what it comes from, in one line.
fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

impl From<budget_dataset::DatasetError> for Failure {
    /// A file that cannot be written is an error of the system, whatever was to be written.
    fn from(error: budget_dataset::DatasetError) -> Self {
        match error.kind() {
            DatasetErrorKind::Write(source) => match source.raw_os_error() {
                Some(number) => Self::Io(std::io::Error::from_raw_os_error(number)),
                None => Self::Dataset(error),
            },
            _ => Self::Dataset(error),
        }
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

impl From<ExportError> for Failure {
    /// A file that cannot be written is an error of the system, whatever was to be written.
    fn from(error: ExportError) -> Self {
        let source = std::error::Error::source(&error).and_then(|source| source.downcast_ref::<std::io::Error>());
        match source.and_then(std::io::Error::raw_os_error) {
            Some(number) => Self::Io(std::io::Error::from_raw_os_error(number)),
            None => Self::Export(error.to_string()),
        }
    }
}
