//! Why something was not read or not written, for people and for programs.

use std::error::Error;
use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};

use budget_dataset::{DatasetError, DatasetErrorKind};
use budget_export::ExportError;
use budget_model::Language;
use budget_parse::{FileKind, ReadError, ReadErrorKind, Skip};

use crate::exit::Exit;
use crate::messages::{self, Message};
use crate::screen::printable;

/// A file that was not read, or an output that was not written.
#[derive(Debug)]
pub(crate) struct Failure {
    /// How the run ends because of it.
    pub(crate) exit: Exit,
    /// What it is called in the log, in English whatever the language; it does not change.
    pub(crate) code: &'static str,
    /// What is wrong and what to do.
    pub(crate) message: String,
    /// Where in the file, if that is known.
    pub(crate) place: Option<String>,
    /// Set if the file is no disclosure: then it is passed over where nobody named it.
    pub(crate) skip: Option<Skip>,
}

impl Failure {
    /// An input that could not be read.
    pub(crate) fn unread(code: &'static str, message: String) -> Self {
        Self { exit: Exit::Unread, code, message, place: None, skip: None }
    }

    /// An output that could not be written.
    pub(crate) fn unwritten(code: &'static str, message: String) -> Self {
        Self { exit: Exit::Failed, code, message, place: None, skip: None }
    }

    /// The file system did not hand the file over.
    pub(crate) fn of_input(error: &io::Error, path: &Path, language: Language) -> Self {
        let say = |message: Message| message.text(language).to_owned();
        let (code, message) = match error.kind() {
            io::ErrorKind::NotFound => ("not-found", say(messages::NOT_FOUND)),
            io::ErrorKind::PermissionDenied => ("no-permission", say(messages::NO_PERMISSION)),
            io::ErrorKind::IsADirectory => {
                let example = path.join("*.txt");
                let message = messages::IS_FOLDER.fill(language, &[&printable(&example.to_string_lossy())]);
                ("is-folder", message)
            }
            _ => ("cannot-read", messages::CANNOT_READ.fill(language, &[error])),
        };
        Self::unread(code, message)
    }

    /// The content is not that of a disclosure.
    pub(crate) fn of_content(error: &ReadError, path: &Path, language: Language) -> Self {
        let mut message = describe(error, language);
        let mut cause = error.source();
        while let Some(error) = cause {
            let words = error.to_string();
            if !message.contains(words.trim_end()) {
                message = messages::ABOUT_FILE.fill(language, &[&message, &words]);
            }
            cause = error.source();
        }
        let skip = Skip::of_error(error, path);
        Self { place: error.place().map(str::to_owned), skip, ..Self::unread(error.kind().as_str(), message) }
    }

    /// What nobody named, and is passed over.
    pub(crate) fn of_skip(skip: Skip, language: Language) -> Self {
        Self { skip: Some(skip), ..Self::unread(skip.as_str(), skip.name(language).to_owned()) }
    }

    /// The document called `name` could not be written to `path`.
    pub(crate) fn of_export(error: &ExportError, name: &str, path: &Path, language: Language) -> Self {
        match io_cause(error) {
            Some(cause) => Self::of_output(cause, path, language),
            None => {
                let message = messages::EXPORT_FAILED.fill(language, &[&name, &with_causes(error)]);
                Self::unwritten("cannot-export", message)
            }
        }
    }

    /// The set in a folder could not be written.
    pub(crate) fn of_dataset(error: &DatasetError, folder: &Path, language: Language) -> Self {
        let folder_name = folder.to_string_lossy();
        let name = printable(&folder_name);
        let say = |message: Message, arguments: &[&dyn Display]| message.fill(language, arguments);
        let message = match error.kind() {
            DatasetErrorKind::Write(cause) => return Self::of_output(cause, folder, language),
            DatasetErrorKind::NoSet => say(messages::NO_SET, &[&name]),
            DatasetErrorKind::SetExists => say(messages::SET_EXISTS, &[&name]),
            DatasetErrorKind::Exists { path } => say(messages::EXISTS, &[&printable(path)]),
            DatasetErrorKind::OtherFormat { found } => say(messages::SET_OF_OTHER_FORMAT, &[&name, &found]),
            DatasetErrorKind::Busy => say(messages::SET_IS_BUSY, &[&name]),
            DatasetErrorKind::NoDocument { name: asked } => say(messages::NOT_IN_SET, &[&name, &printable(asked)]),
            _ => say(messages::SET_FAILED, &[&name, &with_causes(error)]),
        };
        Self::unwritten("cannot-write-set", message)
    }

    /// The file system did not take the file.
    pub(crate) fn of_output(error: &io::Error, path: &Path, language: Language) -> Self {
        let code = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "disk-full",
            _ => "cannot-write",
        };
        let path = path.to_string_lossy();
        Self::unwritten(code, messages::CANNOT_WRITE.fill(language, &[&printable(&path), error]))
    }

    /// Whether whatever comes next must fail as well.
    pub(crate) fn ends_the_run(&self) -> bool {
        self.code == "disk-full"
    }

    /// What is wrong, where, and what to do.
    pub(crate) fn text(&self, language: Language) -> String {
        match &self.place {
            Some(place) => messages::ABOUT_FILE.fill(language, &[place, &self.message]),
            None => self.message.clone(),
        }
    }
}

fn describe(error: &ReadError, language: Language) -> String {
    let say = |message: Message| message.text(language).to_owned();
    match error.kind() {
        ReadErrorKind::Empty => say(messages::EMPTY),
        ReadErrorKind::TooLarge(limit) => messages::TOO_LARGE.fill(language, &[limit]),
        ReadErrorKind::UnknownFormat { tried } => {
            let tried: Vec<_> = tried.iter().map(|name| messages::format_name(name, language)).collect();
            let tried = tried.join(messages::COMMA.text(language));
            messages::FORMAT_UNKNOWN.fill(language, &[&tried])
        }
        ReadErrorKind::NoReader { kind, inside } => {
            let name = match inside {
                Some(inside) => messages::WITH_INSIDE.fill(language, &[&kind.name(language), inside]),
                None => kind.name(language).to_owned(),
            };
            let feature = match kind {
                FileKind::Xlsx | FileKind::Xls | FileKind::Ods if cfg!(not(feature = "xlsx")) => Some("xlsx"),
                FileKind::Pdf if cfg!(not(feature = "pdf")) => Some("pdf"),
                FileKind::Html | FileKind::Mht | FileKind::SpreadsheetMl if cfg!(not(feature = "html")) => Some("html"),
                _ => None,
            };
            let advice = match feature {
                Some(feature) => messages::FEATURE_OFF.fill(language, &[&feature]),
                None => kind.advice(language).to_owned(),
            };
            messages::NO_READER.fill(language, &[&name, &advice])
        }
        ReadErrorKind::Malformed(what) => messages::DAMAGED.fill(language, &[what]),
        ReadErrorKind::Encrypted => say(messages::ENCRYPTED),
        ReadErrorKind::NoText(pages) if pages.is_empty() => say(messages::NO_TEXT),
        ReadErrorKind::NoText(pages) => messages::NO_TEXT_BUT_IMAGES.fill(language, &[pages]),
        ReadErrorKind::NothingFound => say(messages::NOTHING_FOUND),
        ReadErrorKind::OnlyAttachments { count, first } => {
            let more = if first.len() < *count { " …" } else { "" };
            let names: Vec<_> = first.iter().map(|name| printable(name)).collect();
            let names = names.join(messages::COMMA.text(language)) + more;
            messages::ONLY_ATTACHMENTS.fill(language, &[count, &names])
        }
        ReadErrorKind::Layout(why) => messages::LAYOUT_UNUSABLE.fill(language, &[&why.trim_end()]),
        _ => error.to_string(),
    }
}

/// A path that is not written to, and why.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// The path in question.
    pub(crate) path: PathBuf,
    /// What is wrong with it.
    pub(crate) why: Why,
}

/// Why a path is not written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// A file is where a folder is needed.
    NeedsFolder,
    /// A folder is where a file is needed.
    NeedsFile,
    /// It is one of the inputs.
    IsInput,
    /// It is a device or a pipe.
    NotAFile,
    /// It exists, and nothing is replaced without `--force`.
    Exists,
}

impl Refusal {
    /// The refusal as a failure.
    pub(crate) fn failure(&self, language: Language) -> Failure {
        let (code, message) = match self.why {
            Why::NeedsFolder => ("needs-folder", messages::NEEDS_FOLDER),
            Why::NeedsFile => ("needs-file", messages::NEEDS_FILE),
            Why::IsInput => ("is-input", messages::IS_INPUT),
            Why::NotAFile => ("no-file", messages::NO_FILE_TO_WRITE),
            Why::Exists => ("exists", messages::EXISTS),
        };
        Failure::unwritten(code, message.fill(language, &[&printable(&self.path.to_string_lossy())]))
    }
}

fn io_cause<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e io::Error> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        cause = error.source();
    }
    None
}

pub(crate) fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
