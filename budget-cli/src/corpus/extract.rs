//! `budget extract` over many files.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use budget_export::{ExportOptions, Exporter, Omission, Output, exporter, to_json};
use budget_model::Language;

use super::dataset::{self, list_of_failures};
use super::failures::{FailureLog, Failures};
use super::files::Files;
use super::{Corpus, Item};
use crate::args::{Extract, Format};
use crate::extract::{add, exported, say_omissions, write};
use crate::failure::Failure;
use crate::input::Document;
use crate::messages;
use crate::readers::Readers;
use crate::screen::{RawForm, Screen, printable, raw};
use crate::target::Target;

/// Runs the command. Errors are those of the standard output; everything else is shown and counted in the exit code.
pub(crate) fn run(
    arguments: &Extract,
    format: Format,
    options: ExportOptions,
    out: Option<&Path>,
    screen: &mut Screen,
) -> io::Result<()> {
    let Some(mut corpus) = Corpus::new(&arguments.input, &arguments.many, out, screen) else { return Ok(()) };
    if !arguments.quiet {
        corpus.show_progress(1, out.is_none());
    }
    let Some(out) = out else { return to_standard_output(&mut corpus, arguments, options, screen) };
    let is_set = arguments.dataset.is_some();
    let done = match is_set {
        true => dataset::run(&mut corpus, arguments, format, options, out, screen)?,
        false => one_by_one(&mut corpus, arguments, format, options, out, screen)?,
    };
    corpus.bar.finish_and_clear();
    let log = corpus.finish_log(out, screen);
    let log = log.or_else(|| done.is_some().then(|| list_of_failures(format, out)));
    corpus.say_interrupted(if is_set { messages::INTERRUPTED_SET } else { messages::INTERRUPTED }, screen);
    let counts = done.unwrap_or_default();
    if !arguments.quiet {
        // A set of tables says itself which of them count.
        if !is_set || format == Format::Json {
            corpus.repeated.say(screen);
        }
        let mut written = vec![
            (counts.written, messages::WRITTEN),
            (counts.existing, messages::THERE_ALREADY),
            (counts.set_aside, messages::SET_ASIDE),
        ];
        // The first one is said even if it is none.
        if counts.removed > 0 {
            written.insert(0, (counts.removed, messages::TAKEN_OUT));
        }
        let summary = corpus.summary(&written, screen);
        let message = screen.say(messages::ABOUT_FILE, &[&printable(&out.to_string_lossy()), &summary]);
        screen.remark(&message);
        if let Some(log) = log.filter(|_| corpus.counts.unread() > 0) {
            let message = screen.say(messages::SEE_FAILURES, &[&printable(&log.to_string_lossy())]);
            screen.remark(&message);
        }
        say_omissions(&counts.omissions, format, screen);
    }
    Ok(())
}

/// What came of the documents that could be read.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) written: usize,
    pub(super) existing: usize,
    /// Documents that were taken out of a set.
    pub(super) removed: usize,
    /// Documents of a set that count for nothing.
    pub(super) set_aside: usize,
    pub(super) omissions: Vec<Omission>,
}

/// One file or folder for each document, in a tree like that of the inputs.
fn one_by_one(
    corpus: &mut Corpus,
    arguments: &Extract,
    format: Format,
    options: ExportOptions,
    out: &Path,
    screen: &mut Screen,
) -> io::Result<Option<Counts>> {
    match Failures::create(out, arguments.force || arguments.skip_existing, screen.language) {
        Ok(log) => corpus.failures = Some(FailureLog::File(Box::new(log))),
        Err(failure) => {
            screen.error(failure.exit, &failure.message);
            return Ok(None);
        }
    }
    let mut counts = Counts::default();
    let Some(exporter) = exporter(format.id(), options) else { return Ok(None) };
    let inputs = Protected::new(corpus, arguments.force);
    let is_input = |path: &Path| inputs.has(path);
    let mirror = Mirror { out, format, exporter: exporter.as_ref(), force: arguments.force, is_input: &is_input };
    let language = screen.language;
    let work = |readers: &Readers, _: &Files, item: &Item| -> Result<Option<Vec<Omission>>, Failure> {
        if arguments.skip_existing && mirror.has(item) {
            return Ok(None);
        }
        let document = item.read(readers)?;
        write(&document, mirror.target(item), mirror.exporter, language).map(|written| Some(written.omissions))
    };
    corpus.run(screen, work, |_, omissions, _| {
        match omissions {
            Some(omissions) => {
                counts.written += 1;
                add(&mut counts.omissions, &omissions);
            }
            None => counts.existing += 1,
        }
        Ok(())
    })?;
    Ok(Some(counts))
}

/// JSON, one line for each document.
fn to_standard_output(
    corpus: &mut Corpus,
    arguments: &Extract,
    options: ExportOptions,
    screen: &mut Screen,
) -> io::Result<()> {
    let language = screen.language;
    let mut omissions = Vec::new();
    let work = |readers: &Readers, _: &Files, item: &Item| Line::new(&item.read(readers)?, options, language);
    corpus.run(screen, work, |_, line, _| {
        add(&mut omissions, &line.omissions);
        // JSON is UTF-8.
        Ok(raw(&String::from_utf8_lossy(&line.json), RawForm::Json)?)
    })?;
    corpus.bar.finish_and_clear();
    corpus.say_interrupted(messages::INTERRUPTED_SET, screen);
    if !arguments.quiet {
        corpus.repeated.say(screen);
        say_omissions(&omissions, Format::Json, screen);
    }
    Ok(())
}

/// A document as a line of JSON.
pub(super) struct Line {
    pub(super) json: Vec<u8>,
    pub(super) omissions: Vec<Omission>,
}

impl Line {
    pub(super) fn new(document: &Document, options: ExportOptions, language: Language) -> Result<Self, Failure> {
        let mut json = Vec::new();
        let options = ExportOptions { compact: true, ..options };
        let report = to_json(exported(document), options, &mut json)
            .map_err(|error| Failure::of_export(&error, &document.name, Path::new(""), language))?;
        Ok(Self { json, omissions: report.omissions })
    }
}

/// The tree of outputs.
pub(super) struct Mirror<'a> {
    pub(super) out: &'a Path,
    pub(super) format: Format,
    pub(super) exporter: &'a dyn Exporter,
    pub(super) force: bool,
    pub(super) is_input: &'a (dyn Fn(&Path) -> bool + Sync),
}

impl Mirror<'_> {
    fn is_set(&self) -> bool {
        self.exporter.descriptor().output == Output::FileSet
    }

    /// The file or folder of a document: its name with the format behind it, so that `a.txt` and `a.xlsx` do not meet.
    fn path(&self, item: &Item) -> PathBuf {
        self.out.join(format!("{}.{}", item.name, self.format.id()))
    }

    /// Whether the output is there. Outputs appear when they are complete.
    fn has(&self, item: &Item) -> bool {
        let path = self.path(item);
        if self.is_set() { path.is_dir() } else { path.is_file() }
    }

    pub(super) fn target(&self, item: &Item) -> Target<'_> {
        let path = self.path(item);
        let target = if self.is_set() { Target::folder_of_files(path) } else { Target::file(&path) };
        target.replacing(self.force, self.is_input)
    }
}

/// The inputs, which are not replaced. Without `--force` nothing is, and there is no need to know them.
pub(super) struct Protected(HashSet<PathBuf>);

impl Protected {
    pub(super) fn new(corpus: &Corpus, force: bool) -> Self {
        let files = corpus.files.found.iter().filter(|_| force);
        Self(files.filter_map(|file| file.path.canonicalize().ok()).collect())
    }

    pub(super) fn has(&self, path: &Path) -> bool {
        path.canonicalize().is_ok_and(|path| self.0.contains(&path))
    }
}
