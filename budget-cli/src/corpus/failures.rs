//! `failures.csv`: what a run over many files did not read or write, for programs.

use std::io;
use std::path::Path;

use budget_export::{DirectorySink, OutputFile, Sink};
use budget_model::Language;

use super::files::readable;
use crate::failure::{Failure, Refusal, Why};

/// The name of the log in the folder of the output.
pub(crate) const NAME: &str = "failures.csv";

/// What came of a file that is in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It could not be read or written.
    Failed,
    /// It lies in a folder and is no disclosure.
    Skipped,
    /// The run ended before.
    NotTried,
}

impl Outcome {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Skipped => "skipped",
            Self::NotTried => "not-tried",
        }
    }
}

/// Takes what came to nothing: the file, why, and what became of it.
pub(crate) type List = Box<dyn FnMut(&Path, &Failure, Outcome) -> io::Result<()>>;

/// Where it is listed what came to nothing.
pub(crate) enum FailureLog {
    /// A file of its own.
    File(Box<Failures>),
    /// The set that is written, which is shown with it or not at all.
    Set(List),
}

impl FailureLog {
    /// Adds a line. What was not tried belongs to no set: the set does not appear.
    pub(crate) fn add(&mut self, path: &Path, failure: &Failure, outcome: Outcome) -> io::Result<()> {
        match self {
            Self::File(log) => log.add(path, failure, outcome),
            Self::Set(_) if outcome == Outcome::NotTried => Ok(()),
            Self::Set(add) => add(path, failure, outcome),
        }
    }

    /// Shows a log of its own. `false` if there is none.
    pub(crate) fn finish(self) -> io::Result<bool> {
        match self {
            Self::File(log) => log.finish().map(|()| true),
            Self::Set(_) => Ok(false),
        }
    }
}

/// The log being written. It appears when the run is over, whatever ended it, even if it is empty.
pub(crate) struct Failures {
    csv: csv::Writer<Box<dyn OutputFile>>,
}

impl Failures {
    /// Begins the log in a folder, which is made. A log that exists is replaced if `replace` says so.
    pub(crate) fn create(folder: &Path, replace: bool, language: Language) -> Result<Self, Failure> {
        let path = folder.join(NAME);
        let refuse = |path: &Path, why| Err(Refusal { path: path.to_owned(), why }.failure(language));
        if let Some(existing) = folder.ancestors().find(|part| part.exists())
            && !existing.is_dir()
        {
            return refuse(existing, Why::NeedsFolder);
        }
        if path.is_dir() {
            return refuse(&path, Why::NeedsFile);
        }
        if !replace && path.symlink_metadata().is_ok() {
            return refuse(&path, Why::Exists);
        }
        let create = || {
            let mut csv = csv::Writer::from_writer(DirectorySink::new(folder)?.create(NAME)?);
            csv.write_record(["path", "code", "message", "place", "outcome"])?;
            Ok(Self { csv })
        };
        create().map_err(|error: io::Error| Failure::of_output(&error, &path, language))
    }

    /// Adds a line.
    pub(crate) fn add(&mut self, path: &Path, failure: &Failure, outcome: Outcome) -> io::Result<()> {
        let path = readable(path.as_os_str());
        let place = failure.place.as_deref().unwrap_or_default();
        Ok(self.csv.write_record([path.as_str(), failure.code, &failure.message, place, outcome.as_str()])?)
    }

    /// Shows the log under its name.
    pub(crate) fn finish(self) -> io::Result<()> {
        self.csv.into_inner().map_err(|error| error.into_error())?.commit()
    }
}
