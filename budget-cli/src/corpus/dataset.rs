//! One set for all documents of a run.

use std::cell::RefCell;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use budget_dataset::{Appended, Csv, Dataset, DatasetError, DatasetOptions, DocumentRows, Record, TableFormat};
use budget_export::{ExportOptions, Sink};
use budget_rules::Checker;

use super::extract::{Counts, Line, Protected};
use super::failures::{FailureLog, Failures, List};
use super::files::{Files, readable};
use super::{Corpus, Item};
use crate::args::{Extract, Format};
use crate::exit::Exit;
use crate::extract::add;
use crate::failure::Failure;
use crate::messages;
use crate::readers::{Readers, sha256};
use crate::screen::Screen;
use crate::target::Target;

/// The name of a set of JSON Lines (one document a line) in its folder.
const LINES: &str = "documents.jsonl";

/// Writes a set. `Ok(None)` if it came to nothing, which has then been said.
pub(super) fn run(
    corpus: &mut Corpus,
    arguments: &Extract,
    format: Format,
    options: ExportOptions,
    folder: &Path,
    screen: &mut Screen,
) -> io::Result<Option<Counts>> {
    match format {
        #[cfg(feature = "parquet")]
        Format::Parquet => tables(corpus, arguments, budget_arrow::Parquet, folder, screen),
        Format::Json => lines(corpus, arguments, options, folder, screen),
        Format::Csv | Format::Xlsx => {
            let csv = Csv { guard_formulas: options.guard_formulas, byte_order_mark: options.byte_order_mark };
            tables(corpus, arguments, csv, folder, screen)
        }
    }
}

/// A document as a part of a set, or nothing if the set has it already.
type Part<F> = Option<DocumentRows<F>>;

/// The tables of all documents.
fn tables<F: TableFormat + Clone + 'static>(
    corpus: &mut Corpus,
    arguments: &Extract,
    format: F,
    folder: &Path,
    screen: &mut Screen,
) -> io::Result<Option<Counts>> {
    let language = screen.language;
    let failed = |error: &DatasetError| Failure::of_dataset(error, folder, language);
    let set = match open(arguments, format.clone(), folder) {
        Ok(set) => set,
        Err(error) => {
            let failure = failed(&error);
            screen.error(failure.exit, &failure.message);
            return Ok(None);
        }
    };
    let known = set.known();
    // What fails is listed in the set as well; both happen in this thread.
    let set = Rc::new(RefCell::new(set));
    corpus.failures = Some(FailureLog::Set(listing(Rc::clone(&set))));
    let checker = Checker::new();
    let work = |readers: &Readers, _: &Files, item: &Item| -> Result<Part<F>, Failure> {
        let content = readers.content(&item.path)?;
        let hash = sha256(&content);
        // As it was given: in one run it need not tell files apart that other runs read from other folders.
        let path = readable(item.path.as_os_str());
        if known.has(&path, &hash) {
            return Ok(None);
        }
        let document = item.read_content(readers, content, &hash)?;
        let report = checker.check(&document.disclosure);
        let record = Record::new(&path, &hash, &document.disclosure, &report);
        DocumentRows::new(&format, &record).map(Some).map_err(|error| failed(&error))
    };
    let mut counts = Counts::default();
    corpus.run(screen, work, |_, part, _| {
        match part {
            None => counts.existing += 1,
            Some(rows) => match set.borrow_mut().append(&rows).map_err(|error| failed(&error))? {
                Appended::Known => counts.existing += 1,
                Appended::New | Appended::Copy => counts.written += 1,
            },
        }
        Ok(())
    })?;
    corpus.failures = None;
    let goes_on = corpus.goes_on();
    let Some(set) = Rc::into_inner(set).map(RefCell::into_inner).filter(|_| goes_on) else { return Ok(None) };
    match set.finish() {
        Ok(report) => {
            counts.set_aside = usize::try_from(report.set_aside).unwrap_or(usize::MAX);
            counts.removed = usize::try_from(report.removed).unwrap_or(usize::MAX);
            Ok(Some(counts))
        }
        Err(error) => {
            corpus.fail(folder, &failed(&error), screen);
            Ok(None)
        }
    }
}

fn open<F: TableFormat>(arguments: &Extract, format: F, folder: &Path) -> Result<Dataset<F>, DatasetError> {
    let reading = arguments.input.layout.iter().map(|path| layout(path)).collect();
    if !arguments.append && arguments.remove.is_empty() {
        let mut options = DatasetOptions::default();
        options.by_year = arguments.partition_by.is_some();
        options.force = arguments.force;
        options.reading = reading;
        return Dataset::create(folder, format, options);
    }
    let mut set = Dataset::open(folder, format, reading)?;
    for name in &arguments.remove {
        set.remove(name)?;
    }
    Ok(set)
}

/// A layout that was added, for the manifest: its name and the hash of its file, which was read before.
fn layout(path: &Path) -> String {
    let hash = std::fs::read(path).map(|content| sha256(&content)).unwrap_or_default();
    format!("layout {} {hash}", readable(path.as_os_str()))
}

fn listing<F: TableFormat + 'static>(set: Rc<RefCell<Dataset<F>>>) -> List {
    Box::new(move |path, failure, outcome| {
        let path = readable(path.as_os_str());
        let mut listed = budget_dataset::Failure::new(path, failure.code, failure.message.as_str());
        listed.place = failure.place.clone();
        outcome.as_str().clone_into(&mut listed.outcome);
        set.borrow_mut().fail(listed).map_err(io::Error::other)
    })
}

/// One line of JSON for each document.
fn lines(
    corpus: &mut Corpus,
    arguments: &Extract,
    options: ExportOptions,
    folder: &Path,
    screen: &mut Screen,
) -> io::Result<Option<Counts>> {
    let language = screen.language;
    match Failures::create(folder, arguments.force, language) {
        Ok(log) => corpus.failures = Some(FailureLog::File(Box::new(log))),
        Err(failure) => {
            screen.error(failure.exit, &failure.message);
            return Ok(None);
        }
    }
    let inputs = Protected::new(corpus, arguments.force);
    let is_input = |path: &Path| inputs.has(path);
    let mut target = Target::folder_of_files(folder.to_owned()).replacing(arguments.force, &is_input);
    let mut file = match target.create(LINES) {
        Ok(file) => file,
        Err(error) => {
            let failure = match target.refused {
                Some(refusal) => refusal.failure(language),
                None => Failure::of_output(&error, folder, language),
            };
            screen.error(failure.exit, &failure.message);
            // A log would say that the run is over.
            corpus.failures = None;
            return Ok(None);
        }
    };
    let mut counts = Counts::default();
    let work = |readers: &Readers, _: &Files, item: &Item| Line::new(&item.read(readers)?, options, language);
    corpus.run(screen, work, |_, line, _| {
        file.write_all(&line.json).map_err(|error| Failure::of_output(&error, folder, language))?;
        counts.written += 1;
        add(&mut counts.omissions, &line.omissions);
        Ok(())
    })?;
    if !corpus.goes_on() {
        return Ok(None);
    }
    if let Err(error) = file.commit() {
        corpus.fail(folder, &Failure::of_output(&error, folder, language), screen);
        return Ok(None);
    }
    Ok(Some(counts))
}

/// The format of a set: as asked, else that of the set that is added to, else CSV. `None` if it is none for sets, which has
/// then been said.
pub(crate) fn format(arguments: &Extract, folder: &Path, screen: &mut Screen) -> Option<Format> {
    let is_there = arguments.append || !arguments.remove.is_empty();
    let refusal = match arguments.to {
        Some(Format::Xlsx) => messages::NO_WORKBOOK_FOR_DATASET,
        Some(Format::Json) if is_there || arguments.partition_by.is_some() => messages::NO_TABLES_IN_LINES,
        Some(format) => return Some(format),
        None => {
            let found = is_there.then(|| budget_dataset::format_of(folder)).flatten();
            return Some(match found.as_deref() {
                #[cfg(feature = "parquet")]
                Some("parquet") => Format::Parquet,
                _ => Format::Csv,
            });
        }
    };
    let message = screen.say(refusal, &[]);
    screen.error(Exit::Failed, &message);
    None
}

/// Where the files are listed that came to nothing.
pub(super) fn list_of_failures(format: Format, folder: &Path) -> PathBuf {
    folder.join(format!("failures.{}", if format == Format::Json { "csv" } else { format.id() }))
}
