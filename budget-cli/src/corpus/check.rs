//! `budget check` over many files.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anstream::StripStream;
use budget_export::{DocumentInfo, OutputFile, Sink};
use budget_model::{Disclosure, Language, Severity};
use budget_parse::Skip;
use budget_rules::{Checker, Fates, Report, SarifDocument, SarifLog, SarifResults, to_csv};

use super::extract::Protected;
use super::failures::{FailureLog, Failures};
use super::files::Files;
use super::{Corpus, Item, Stop};
use crate::annotations::annotations;
use crate::args::{Check, Format, ReportForm};
use crate::baseline::{Entries, Known, Written};
use crate::check::{View, as_json, checker, last_year, misplaced, sarif, text, uri, write};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::input::Document;
use crate::messages;
use crate::readers::Readers;
use crate::screen::{RawForm, Screen, raw};
use crate::target::Target;
use crate::years::{Years, volume};

/// Runs the command. Errors are those of the standard output; everything else is shown and counted in the exit code.
pub(crate) fn run(arguments: &Check, screen: &mut Screen) -> io::Result<()> {
    let refusal = match (arguments.to, &arguments.out) {
        (to, None) if to.made_of_each().is_some() => Some(screen.say(messages::OUT_IS_FOLDER_NEEDED, &[])),
        _ => misplaced(arguments, screen),
    };
    if let Some(message) = refusal {
        screen.error(Exit::Failed, &message);
        return Ok(());
    }
    let Some(checker) = checker(arguments, screen) else { return Ok(()) };
    let Some(known) = Known::new(arguments.baseline.as_deref(), screen) else { return Ok(()) };
    let Some(mut written) = Written::new(arguments, screen) else { return Ok(()) };
    let folder = arguments.out.as_deref().filter(|_| arguments.to.made_of_each().is_some());
    let Some(mut corpus) = Corpus::new(&arguments.input, &arguments.many, folder, screen) else { return Ok(()) };
    let Some(last_year) = last_year(arguments.last_year.as_deref(), &corpus.readers, screen) else { return Ok(()) };
    if let Some(folder) = folder {
        match Failures::create(folder, arguments.force, screen.language) {
            Ok(log) => corpus.failures = Some(FailureLog::File(Box::new(log))),
            Err(failure) => {
                screen.error(failure.exit, &failure.message);
                return Ok(());
            }
        }
    }
    corpus.show_progress(if last_year.is_some() { 1 } else { 2 }, arguments.out.is_none());
    let mut destination = match Destination::new(arguments, screen.language) {
        Ok(destination) => destination,
        Err(failure) => {
            screen.error(failure.exit, &failure.message);
            return Ok(());
        }
    };
    if arguments.to == ReportForm::Csv {
        let header = format!("file,{}", to_csv(&Report::default(), &[]));
        if let Err(stop) = destination.write(header.as_bytes(), screen) {
            return stop.say(screen);
        }
    }
    let years = match &last_year {
        Some(_) => Years::default(),
        None => years(&corpus),
    };
    let inputs = Protected::new(&corpus, arguments.force);
    let mut log = SarifLog::new(&checker, screen.language);
    let empty_log = SarifLog::new(&checker, screen.language);
    let job = Job {
        arguments,
        checker: &checker,
        log: &empty_log,
        known: &known,
        writes_baseline: arguments.write_baseline.is_some(),
        years,
        last_year,
        language: screen.language,
        width: screen.width,
        is_input: &|path| inputs.has(path),
    };
    let mut fates = Fates::default();
    let (mut checked, mut with_findings) = (0, 0);
    corpus.run(
        screen,
        |readers, files, item| job.check(readers, files, item),
        |_, result, screen| {
            checked += 1;
            fates.merge(&result.fates);
            written.add(&result.entries);
            with_findings += usize::from(result.worst.is_some());
            if result.worst >= Some(Severity::from(arguments.fail_on)) {
                screen.raise(Exit::Findings);
            }
            if let Some((uri, results)) = result.sarif {
                log.add(&SarifDocument { uri: &uri, sheets: &[], lines: &|_| None }, results);
            }
            destination.write(&result.shown, screen)
        },
    )?;
    corpus.bar.finish_and_clear();
    corpus.say_interrupted(messages::INTERRUPTED_SET, screen);
    if corpus.goes_on() {
        if arguments.to == ReportForm::Sarif
            && let Err(stop) = destination.write(format!("{:#}\n", log.finish()).as_bytes(), screen)
        {
            return stop.say(screen);
        }
        destination.finish(screen)?;
        known.say(&fates, screen);
        written.finish(screen);
    }
    if let Some(folder) = folder {
        corpus.finish_log(folder, screen);
    }
    let summary =
        corpus.summary(&[(checked, messages::CHECKED_FILES), (with_findings, messages::WITH_FINDINGS)], screen);
    corpus.repeated.say(screen);
    screen.remark(&summary);
    Ok(())
}

/// Which document is of which entity and year. Only that is kept of them: the documents are read again to be checked.
fn years(corpus: &Corpus) -> Years {
    let mut years = Years::default();
    corpus.survey(
        |readers, found| {
            let content = readers.content(&found.path).ok()?;
            let disclosure = readers.disclosure(&found.path, &content).ok()?;
            if !found.is_named && Skip::of_content(&disclosure).is_some() { None } else { volume(&disclosure) }
        },
        |index, volume| years.extend([(volume, index)]),
    );
    years
}

/// What every document is checked with.
struct Job<'a> {
    arguments: &'a Check,
    checker: &'a Checker<'static>,
    /// Says what results look like; those of all documents come together elsewhere.
    log: &'a SarifLog<'a>,
    known: &'a Known,
    writes_baseline: bool,
    years: Years,
    last_year: Option<Disclosure>,
    language: Language,
    width: Option<usize>,
    is_input: &'a (dyn Fn(&Path) -> bool + Sync),
}

/// What came of a document.
struct Checked {
    worst: Option<Severity>,
    fates: Fates,
    entries: Entries,
    shown: Vec<u8>,
    sarif: Option<(String, SarifResults)>,
}

impl Job<'_> {
    fn check(&self, readers: &Readers, files: &Files, item: &Item) -> Result<Checked, Failure> {
        let document = item.read(readers)?;
        let before = self.before(&document, readers, files);
        let last_year = self.last_year.as_ref().or(before.as_ref().map(|before| &before.disclosure));
        let mut report = match last_year {
            None => self.checker.check(&document.disclosure),
            Some(last_year) => self.checker.check_after(last_year, &document.disclosure),
        };
        let fates = self.known.silence(&document, &mut report);
        let entries = if self.writes_baseline { Entries::of(&document, &report) } else { Entries::default() };
        let shown = self.show(&document, before.as_ref(), &report, item)?;
        let sarif = (self.arguments.to == ReportForm::Sarif)
            .then(|| (uri(&document.path), sarif(self.log, &document, &report)));
        Ok(Checked { worst: report.verdict(), fates, entries, shown, sarif })
    }

    /// The document of the year before, read again. It could be read when the run began.
    fn before(&self, document: &Document, readers: &Readers, files: &Files) -> Option<Document> {
        let found = files.found.get(self.years.before(&document.disclosure)?)?;
        let name = files.shown(&found.path);
        readers.document(&found.path, DocumentInfo::new(&name, name.as_str())).ok()
    }

    fn show(
        &self,
        document: &Document,
        before: Option<&Document>,
        report: &Report,
        item: &Item,
    ) -> Result<Vec<u8>, Failure> {
        let mut shown = Vec::new();
        let written = match self.arguments.to {
            ReportForm::Text => {
                let before = before.map(|before| before.name.as_str());
                let mut out: Box<dyn Write> = match self.arguments.out {
                    Some(_) => Box::new(StripStream::new(&mut shown)),
                    None => Box::new(&mut shown),
                };
                let width = self.arguments.out.is_none().then_some(self.width).flatten();
                let view = View { language: self.language, width };
                text(document, before, report, self.arguments, view, &mut out)
            }
            ReportForm::Json => writeln!(shown, "{}", as_json(document, before.map(|before| &before.info), report)),
            ReportForm::Csv => with_file(&to_csv(report, &document.disclosure.sheets), &document.name, &mut shown),
            // Of all documents together, at the end.
            ReportForm::Sarif => Ok(()),
            _ => return self.made(document, report, item).map(|()| shown),
        };
        written.map_err(|error| Failure::of_output(&error, &item.path, self.language))?;
        Ok(shown)
    }

    /// Writes the workbook of a document under its name with the format behind it, its original under its name alone.
    fn made(&self, document: &Document, report: &Report, item: &Item) -> Result<(), Failure> {
        let findings = annotations(self.checker, report, self.language);
        let Some(out) = &self.arguments.out else { return Ok(()) };
        let path = match self.arguments.is_of_original() {
            true => out.join(&item.name),
            false => out.join(format!("{}.{}", item.name, Format::Xlsx.id())),
        };
        let target = Target::file(&path).replacing(self.arguments.force, self.is_input);
        write(document, &findings, self.arguments, target, self.language).map(|_| ())
    }
}

/// The rows of a CSV report with the name of the file in front.
fn with_file(report: &str, file: &str, out: &mut Vec<u8>) -> io::Result<()> {
    let mut with_file = csv_writer(out);
    for record in csv::Reader::from_reader(report.as_bytes()).records() {
        let record = record?;
        with_file.write_record(std::iter::once(file).chain(&record))?;
    }
    with_file.flush()
}

fn csv_writer(out: &mut Vec<u8>) -> csv::Writer<&mut Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out)
}

/// Where reports go.
enum Destination {
    /// The screen, in colour if it is one.
    Screen,
    /// The standard output as it is.
    Output(RawForm),
    /// A file that appears when it is complete.
    File { file: Box<dyn OutputFile>, path: PathBuf, language: Language },
    /// What is made of each document is written where it is made.
    OfEach,
}

impl Destination {
    fn new(arguments: &Check, language: Language) -> Result<Self, Failure> {
        let destination = match (arguments.to, arguments.out.as_deref().filter(|out| out.as_os_str() != "-")) {
            (to, _) if to.made_of_each().is_some() => Self::OfEach,
            (ReportForm::Text, None) => Self::Screen,
            (ReportForm::Csv, None) => Self::Output(RawForm::Lines),
            (_, None) => Self::Output(RawForm::Json),
            (_, Some(path)) => {
                let mut target = Target::file(path).replacing(arguments.force, &|_| false);
                let file = target.create("report").map_err(|error| match &target.refused {
                    Some(refusal) => refusal.failure(language),
                    None => Failure::of_output(&error, path, language),
                })?;
                Self::File { file, path: path.to_owned(), language }
            }
        };
        Ok(destination)
    }

    fn write(&mut self, shown: &[u8], screen: &mut Screen) -> Result<(), Stop> {
        match self {
            Self::Screen => Ok(screen.out.write_all(shown)?),
            Self::Output(form) => Ok(raw(&String::from_utf8_lossy(shown), *form)?),
            Self::File { file, path, language } => {
                let written = file.write_all(shown);
                written.map_err(|error| Failure::of_output(&error, path, *language).into())
            }
            Self::OfEach => Ok(()),
        }
    }

    fn finish(self, screen: &mut Screen) -> io::Result<()> {
        match self {
            Self::File { file, path, language } => {
                if let Err(error) = file.commit() {
                    let failure = Failure::of_output(&error, &path, language);
                    screen.error(failure.exit, &failure.message);
                }
                Ok(())
            }
            Self::Screen | Self::Output(_) | Self::OfEach => Ok(()),
        }
    }
}
