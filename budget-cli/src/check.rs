//! `budget check`: whether disclosures agree with themselves.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use budget_export::{AnnotatedXlsxExporter, Annotation, DocumentInfo, ExportOptions};
use budget_model::{Disclosure, Language, Place, Severity};
use budget_rules::{Checker, Fates, Report, SarifDocument, SarifLog, SarifResults, TextReport, to_csv};
use serde_json::{Value, json};

use crate::annotations::annotations;
use crate::args::{Check, ReportForm};
use crate::baseline::{Entries, Known, Written};
use crate::corpus;
use crate::exit::Exit;
use crate::extract;
use crate::failure::Failure;
use crate::input::{Document, Inputs, companion};
use crate::messages;
#[cfg(feature = "annotate")]
use crate::original;
use crate::readers::Readers;
use crate::rules;
use crate::screen::{BOLD, FAINT, RawForm, Screen, printable, raw};
use crate::source::Source;
use crate::target::Target;
use crate::wrap::indented;
use crate::years::Years;

/// What stands before a place in the text of a report.
const ARROW: &str = "  --> ";

/// Runs the command. Errors are those of the standard output; everything else is shown and counted in the exit code.
pub(crate) fn run(arguments: &Check, screen: &mut Screen) -> io::Result<()> {
    if corpus::is_asked_for(&arguments.input, &arguments.many) {
        return corpus::check::run(arguments, screen);
    }
    let is_alone = arguments.input.files.len() == 1;
    let refusal = match (arguments.to, &arguments.out) {
        (ReportForm::Csv, _) if !is_alone => Some(screen.say(messages::ONE_FILE_FOR_CSV, &[])),
        (to, out) => match (to.made_of_each(), out) {
            (Some(name), None) => Some(screen.say(messages::OUT_NEEDED, &[&name])),
            (None, Some(_)) => Some(screen.say(messages::OUT_FOR_WORKBOOK, &[])),
            _ => None,
        },
    };
    let refusal = refusal.or_else(|| misplaced(arguments, screen));
    if let Some(message) = refusal {
        screen.error(Exit::Failed, &message);
        return Ok(());
    }
    let Some(checker) = checker(arguments, screen) else { return Ok(()) };
    let Some(known) = Known::new(arguments.baseline.as_deref(), screen) else { return Ok(()) };
    let Some(mut written) = Written::new(arguments, screen) else { return Ok(()) };
    if let Some(out) = &arguments.out {
        extract::clean_up(out);
    }
    let Some(inputs) = Inputs::new(&arguments.input, screen) else { return Ok(()) };
    let Some(last_year) = last_year(arguments.last_year.as_deref(), inputs.readers(), screen) else { return Ok(()) };
    // All at once: the document of the year before may come behind the one it is needed for.
    let documents = inputs.all(screen);
    let years = Years::new(documents.iter().map(|document| &document.disclosure));
    let mut fates = Fates::default();
    let mut log = SarifLog::new(&checker, screen.language);
    for document in &documents {
        let before = years.before(&document.disclosure).filter(|_| last_year.is_none());
        let before = before.and_then(|index| documents.get(index));
        let mut report = match last_year.as_ref().or(before.map(|before| &before.disclosure)) {
            None => checker.check(&document.disclosure),
            Some(last_year) => checker.check_after(last_year, &document.disclosure),
        };
        fates.merge(&known.silence(document, &mut report));
        written.add(&Entries::of(document, &report));
        if report.verdict() >= Some(Severity::from(arguments.fail_on)) {
            screen.raise(Exit::Findings);
        }
        let sheets = &document.disclosure.sheets;
        match arguments.to {
            ReportForm::Text => {
                let before = before.map(|before| before.name.as_str());
                let view = View { language: screen.language, width: screen.width };
                text(document, before, &report, arguments, view, &mut screen.out)?;
            }
            ReportForm::Json => {
                let report = as_json(document, before.map(|before| &before.info), &report);
                raw(&if is_alone { format!("{report:#}\n") } else { format!("{report}\n") }, RawForm::Json)?;
            }
            ReportForm::Csv => raw(&to_csv(&report, sheets), RawForm::Lines)?,
            ReportForm::Sarif => {
                let results = sarif(&log, document, &report);
                let uri = uri(&document.path);
                log.add(&SarifDocument { uri: &uri, sheets, lines: &|_| None }, results);
            }
            _ => made(document, &annotations(&checker, &report, screen.language), arguments, screen),
        }
    }
    if arguments.to == ReportForm::Sarif {
        raw(&format!("{:#}\n", log.finish()), RawForm::Json)?;
    }
    known.say(&fates, screen);
    written.finish(screen);
    Ok(())
}

/// The results of a document for a log.
pub(crate) fn sarif(log: &SarifLog<'_>, document: &Document, report: &Report) -> SarifResults {
    let sheets = &document.disclosure.sheets;
    let source = Source::new(&document.content, sheets.is_empty());
    let uri = uri(&document.path);
    log.results(report, &SarifDocument { uri: &uri, sheets, lines: &|place| source.line(place) })
}

/// Why an option does not belong to the form that is asked for.
pub(crate) fn misplaced(arguments: &Check, screen: &Screen) -> Option<String> {
    let is_misplaced = arguments.has_copy() && arguments.to != ReportForm::Xlsx;
    is_misplaced.then(|| screen.say(messages::COPY_FOR_WORKBOOK, &[]))
}

/// Writes the workbook of a document, or its original, with its findings.
fn made(document: &Document, findings: &[Annotation], arguments: &Check, screen: &mut Screen) {
    let Some(out) = &arguments.out else { return };
    let is_input = |path: &Path| extract::is_one_of(&arguments.input.files, path);
    let is_alone = arguments.input.files.len() == 1;
    let target = Target::new(out, &document.info, false, is_alone).replacing(arguments.force, &is_input);
    match write(document, findings, arguments, target, screen.language) {
        Ok((path, remarks)) => {
            let message = counts(&document.name, &path.to_string_lossy(), findings, screen.language);
            screen.remark(&message);
            for remark in remarks {
                let remark = screen.say(messages::ABOUT_FILE, &[&printable(&path.to_string_lossy()), &remark]);
                screen.remark(&remark);
            }
        }
        Err(failure) => screen.error(failure.exit, &failure.message),
    }
}

/// Writes what is made of each document; the file, and what a person should know of it.
pub(crate) fn write(
    document: &Document,
    findings: &[Annotation],
    #[cfg_attr(not(feature = "annotate"), expect(unused_variables))] arguments: &Check,
    target: Target<'_>,
    language: Language,
) -> Result<(PathBuf, Vec<String>), Failure> {
    #[cfg(feature = "annotate")]
    if arguments.is_of_original() {
        let written = original::write(document, findings, arguments.to, target, language)?;
        return Ok((written.path, written.remarks));
    }
    let exporter = AnnotatedXlsxExporter::new(ExportOptions { language, ..ExportOptions::default() }, findings);
    extract::write(document, target, &exporter, language).map(|written| (written.path, Vec::new()))
}

/// How many findings a workbook has, in one line.
fn counts(name: &str, path: &str, findings: &[Annotation], language: Language) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings, infos) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
    messages::CHECKED.fill(language, &[&name, &printable(path), &errors, &warnings, &infos])
}

/// The checker that the command line asks for. `None` if a rule does not exist, which has then been said.
pub(crate) fn checker(arguments: &Check, screen: &mut Screen) -> Option<Checker<'static>> {
    let checker = checker_without(&arguments.without, screen)?;
    // JSON loses nothing, a text says what it was asked for, and no other form of the report has them.
    let has_rounding = arguments.rounding || arguments.to == ReportForm::Json;
    Some(if has_rounding { checker.with_rounding() } else { checker })
}

/// The checker without some rules. `None` if one does not exist, which has then been said.
pub(crate) fn checker_without(without: &[String], screen: &mut Screen) -> Option<Checker<'static>> {
    let mut checker = Checker::new();
    for id in without {
        rules::find(id, screen)?;
        checker = checker.without(id);
    }
    Some(checker)
}

/// The document of the year before, if one is named. `None` if it cannot be read, which has then been said: checking
/// without it would be less than what was asked for.
pub(crate) fn last_year(path: Option<&Path>, readers: &Readers, screen: &mut Screen) -> Option<Option<Disclosure>> {
    match path {
        None => Some(None),
        Some(path) => companion(readers, path, screen).map(Some),
    }
}

/// A report with the names of the document and of the one it was compared with.
pub(crate) fn as_json(document: &Document, before: Option<&DocumentInfo>, report: &Report) -> Value {
    let mut report = json!({ "document": document.info, "report": report });
    if let (Some(before), Some(entry)) = (before, report.as_object_mut()) {
        entry.insert("last_year".to_owned(), json!(before));
    }
    report
}

/// How a report is shown.
#[derive(Clone, Copy)]
pub(crate) struct View {
    /// The language of the words that are ours.
    pub(crate) language: Language,
    /// How many cells a line has, where lines are wrapped.
    pub(crate) width: Option<usize>,
}

/// A report for people. `before` is the name of the document it was compared with.
pub(crate) fn text(
    document: &Document,
    before: Option<&str>,
    report: &Report,
    arguments: &Check,
    view: View,
    out: &mut dyn Write,
) -> io::Result<()> {
    let View { language, width } = view;
    let disclosure = &document.disclosure;
    let source = Source::new(&document.content, disclosure.sheets.is_empty());
    let line = |place: Place| source.line(place);
    let mut shown = TextReport::new(report).language(language).sheets(&disclosure.sheets).lines(&line);
    if let Some(width) = width {
        shown = shown.width(width);
    }
    if arguments.rounding {
        shown = shown.with_rounding();
    }
    if arguments.coverage {
        shown = shown.with_rules();
    }
    writeln!(out, "{BOLD}{}{BOLD:#}", document.name)?;
    if let Some(before) = before {
        let compared = messages::COMPARED.fill(language, &[&before]);
        writeln!(out, "{FAINT}{compared}{FAINT:#}")?;
    }
    for line in shown.to_string().lines() {
        match line.strip_prefix(ARROW) {
            // With the name of the file, in one line, editors and terminals can go there.
            Some(place) => writeln!(out, "{FAINT}{ARROW}{}:{}{FAINT:#}", document.name, printable(place))?,
            None => {
                for line in indented(&printable(line), width) {
                    writeln!(out, "{line}")?;
                }
            }
        }
    }
    writeln!(out)
}

/// A path as a URI: relative to the folder of the run, or absolute where it leads out of that folder.
pub(crate) fn uri(path: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok();
    let leads_out = path.is_absolute() || path.components().any(|part| part == std::path::Component::ParentDir);
    let full = if leads_out { path.canonicalize().ok() } else { None };
    let full = full.as_deref().unwrap_or(path);
    let below = here.as_deref().and_then(|here| full.strip_prefix(here).ok()).unwrap_or(full);
    let below = below.strip_prefix(".").unwrap_or(below);
    match below.is_absolute() {
        false => percent_encoded(below),
        true => {
            let encoded = percent_encoded(below);
            format!("file:///{}", encoded.trim_start_matches('/'))
        }
    }
}

fn percent_encoded(path: &Path) -> String {
    let mut uri = String::new();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(*byte)),
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_valid_uri() {
        assert_eq!(uri(Path::new("./a/2025 馆#1.txt")), "a/2025%20%E9%A6%86%231.txt");
        assert_eq!(uri(Path::new("a:b?.txt")), "a%3Ab%3F.txt");
        let here = std::env::current_dir().unwrap();
        assert_eq!(uri(&here.join("src/check.rs")), "src/check.rs");
        assert!(uri(&here.join("../Cargo.toml")).starts_with("file:///"));
    }
}
