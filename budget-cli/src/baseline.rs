//! Findings that are silenced with a reason: the file that says so, read and written.

use std::io::Write;
use std::path::{Path, PathBuf};

use budget_export::{OutputFile, Sink};
use budget_model::Language;
use budget_parse::Limits;
use budget_rules::{Baseline, BaselineErrorKind, Fates, Report, to_baseline};

use crate::args::Check;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::input::{Document, display_name, say};
use crate::messages;
use crate::readers::read_file;
use crate::screen::{Screen, printable};
use crate::target::Target;

/// The findings that are known.
pub(crate) struct Known {
    baseline: Baseline,
    name: String,
}

impl Known {
    /// Those that the command line names; none, if it names none. `None` if the file is unusable, which has then been said.
    pub(crate) fn new(path: Option<&Path>, screen: &mut Screen) -> Option<Self> {
        let Some(path) = path else {
            return Some(Self { baseline: Baseline::default(), name: String::new() });
        };
        let name = display_name(path, screen.language);
        let text = match read_file(path, Limits::default().input_bytes) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => {
                say(&Failure::of_input(&error, path, screen.language), path, screen);
                return None;
            }
        };
        match Baseline::read(&text) {
            Ok(baseline) => Some(Self { baseline, name }),
            Err(errors) => {
                for error in errors {
                    let problem = problem(&error.kind, screen.language);
                    let at_line = screen.say(messages::AT_LINE, &[&error.line, &problem]);
                    let message = screen.say(messages::ABOUT_FILE, &[&name, &at_line]);
                    screen.error(Exit::Failed, &message);
                }
                None
            }
        }
    }

    /// Silences what is known of a document.
    pub(crate) fn silence(&self, document: &Document, report: &mut Report) -> Fates {
        let volume = volume(document);
        let names = [Some(document.info.file()), Some(document.name.as_str()), volume.as_deref()];
        let names: Vec<&str> = names.into_iter().flatten().filter(|name| !name.is_empty()).collect();
        self.baseline.silence(report, &names)
    }

    /// Says which entries match nothing.
    pub(crate) fn say(&self, fates: &Fates, screen: &mut Screen) {
        for entry in self.baseline.stale(fates) {
            let message =
                screen.say(messages::STALE_ENTRY, &[&self.name, &entry.line, &entry.document, &entry.finding]);
            screen.remark(&message);
        }
        let unchecked = self.baseline.unchecked(fates).count();
        if unchecked > 0 {
            let message = screen.say(messages::UNCHECKED_ENTRIES, &[&self.name, &unchecked]);
            screen.remark(&message);
        }
    }
}

fn problem(kind: &BaselineErrorKind, language: Language) -> String {
    let message = match kind {
        BaselineErrorKind::NoReason => messages::NO_REASON,
        BaselineErrorKind::NoDocument => messages::NO_DOCUMENT,
        BaselineErrorKind::NoFingerprint => messages::NO_FINGERPRINT,
        BaselineErrorKind::Toml(why) => return why.clone(),
        other => return format!("{other:?}"),
    };
    message.text(language).to_owned()
}

/// Entity and year, if the document says both.
fn volume(document: &Document) -> Option<String> {
    let entity = document.disclosure.entity.as_ref().filter(|entity| !entity.text.trim().is_empty())?;
    Some(format!("{} {}", entity.text, document.disclosure.year?))
}

/// What a document adds to a baseline.
#[derive(Default)]
pub(crate) struct Entries {
    toml: String,
    count: usize,
    without_reason: usize,
}

impl Entries {
    /// One entry for each finding.
    pub(crate) fn of(document: &Document, report: &Report) -> Self {
        let name = volume(document).unwrap_or_else(|| document.info.file().to_owned());
        Self { toml: to_baseline(report, &name), count: report.findings.len(), without_reason: report.open().count() }
    }
}

/// A baseline being written, if one is.
pub(crate) struct Written {
    file: Option<(Box<dyn OutputFile>, PathBuf)>,
    count: usize,
    without_reason: usize,
    language: Language,
    failure: Option<Failure>,
}

impl Written {
    /// The file that the command line names. `None` if it cannot be written, which has then been said.
    pub(crate) fn new(arguments: &Check, screen: &mut Screen) -> Option<Self> {
        let mut written = Self { file: None, count: 0, without_reason: 0, language: screen.language, failure: None };
        let Some(path) = &arguments.write_baseline else { return Some(written) };
        let inputs = || arguments.input.files.iter();
        let is_input = |path: &Path| inputs().any(|input| input.canonicalize().ok() == path.canonicalize().ok());
        let mut target = Target::file(path).replacing(arguments.force, &is_input);
        match target.create("baseline") {
            Ok(file) => written.file = Some((file, path.clone())),
            Err(error) => {
                let failure = match &target.refused {
                    Some(refusal) => refusal.failure(screen.language),
                    None => Failure::of_output(&error, path, screen.language),
                };
                screen.error(failure.exit, &failure.message);
                return None;
            }
        }
        Some(written)
    }

    /// Adds what a document has.
    pub(crate) fn add(&mut self, entries: &Entries) {
        self.count += entries.count;
        self.without_reason += entries.without_reason;
        if let Some((file, path)) = &mut self.file
            && self.failure.is_none()
            && let Err(error) = file.write_all(entries.toml.as_bytes())
        {
            self.failure = Some(Failure::of_output(&error, path, self.language));
        }
    }

    /// Shows the file under its name.
    pub(crate) fn finish(self, screen: &mut Screen) {
        let Some((file, path)) = self.file else { return };
        let failure = match self.failure {
            Some(failure) => Some(failure),
            None => file.commit().err().map(|error| Failure::of_output(&error, &path, screen.language)),
        };
        match failure {
            Some(failure) => screen.error(failure.exit, &failure.message),
            None => {
                let name = path.to_string_lossy();
                let counts = [&printable(&name) as &dyn std::fmt::Display, &self.count, &self.without_reason];
                let message = screen.say(messages::BASELINE_WRITTEN, &counts);
                screen.remark(&message);
            }
        }
    }
}
