//! `budget check`: whether disclosures agree with themselves.

use std::io::{self, BufWriter, Write};

use budget_export::{AnnotatedXlsxExporter, Annotation, ExportOptions};
use budget_model::{Place, Severity};
use budget_rules::{Checker, Report, TextReport, to_csv, to_sarif};
use serde_json::{Value, json};

use crate::annotations::annotations;
use crate::args::{Check, Format, ReportForm};
use crate::exit::Exit;
use crate::extract::{self, Files};
use crate::input::{Document, Inputs};
use crate::messages;
use crate::rules;
use crate::screen::{BOLD, FAINT, Screen, printable};
use crate::source::Source;
use crate::years::Years;

/// What stands before a place in the text of a report.
const ARROW: &str = "  --> ";

/// Runs the command. Errors are those of the standard output; everything else is shown and counted in the exit code.
pub(crate) fn run(arguments: &Check, screen: &mut Screen) -> io::Result<()> {
    let is_alone = arguments.input.files.len() == 1;
    let refusal = match (arguments.to, &arguments.out) {
        (ReportForm::Csv, _) if !is_alone => Some(screen.say(messages::ONE_FILE_FOR_CSV, &[])),
        (ReportForm::Xlsx, None) => Some(screen.say(messages::OUT_NEEDED, &[&Format::Xlsx.id()])),
        (to, Some(_)) if to != ReportForm::Xlsx => Some(screen.say(messages::OUT_FOR_WORKBOOK, &[])),
        _ => None,
    };
    if let Some(message) = refusal {
        screen.error(Exit::Failed, &message);
        return Ok(());
    }
    let mut checker = Checker::new();
    for id in &arguments.without {
        if rules::find(id, screen).is_none() {
            return Ok(());
        }
        checker = checker.without(id);
    }
    let Some(inputs) = Inputs::new(&arguments.input, screen) else { return Ok(()) };
    let last_year = match &arguments.last_year {
        None => None,
        // Checking without it would be less than what was asked for.
        Some(path) => match inputs.companion(path, screen) {
            None => return Ok(()),
            some => some,
        },
    };
    // All at once: the document of the year before may come behind the one it is needed for.
    let documents = inputs.all(screen);
    let years = Years::new(documents.iter().map(|document| &document.disclosure));
    let mut log: Option<Value> = None;
    for document in &documents {
        let before = years.before(&document.disclosure).filter(|_| last_year.is_none());
        let before = before.and_then(|index| documents.get(index));
        let report = match last_year.as_ref().or(before.map(|before| &before.disclosure)) {
            None => checker.check(&document.disclosure),
            Some(last_year) => checker.check_after(last_year, &document.disclosure),
        };
        if report.verdict() >= Some(Severity::from(arguments.fail_on)) {
            screen.raise(Exit::Findings);
        }
        let sheets = &document.disclosure.sheets;
        match arguments.to {
            ReportForm::Text => text(document, before, &report, arguments, screen)?,
            ReportForm::Json => {
                let mut report = json!({ "document": document.info, "report": report });
                if let (Some(before), Some(entry)) = (before, report.as_object_mut()) {
                    entry.insert("last_year".to_owned(), json!(before.info));
                }
                raw(&if is_alone { format!("{report:#}\n") } else { format!("{report}\n") })?;
            }
            ReportForm::Csv => raw(&to_csv(&report, sheets))?,
            ReportForm::Sarif => {
                let one = to_sarif(&checker, &report, &uri(&document.name), sheets, screen.language);
                merge(&mut log, one);
            }
            ReportForm::Xlsx => workbook(document, &annotations(&checker, &report, screen.language), arguments, screen),
        }
    }
    log.map_or(Ok(()), |log| raw(&format!("{log:#}\n")))
}

/// Writes the workbook of a document with its findings.
fn workbook(document: &Document, findings: &[Annotation], arguments: &Check, screen: &mut Screen) {
    let Some(out) = &arguments.out else { return };
    let exporter = AnnotatedXlsxExporter::new(ExportOptions::default(), findings);
    let files = Files { out, force: arguments.force, inputs: &arguments.input.files };
    if let Some(written) = extract::write(document, &files, &exporter, screen) {
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        let (errors, warnings, infos) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
        let path = written.path.to_string_lossy();
        let message = screen.say(messages::CHECKED, &[&document.name, &printable(&path), &errors, &warnings, &infos]);
        screen.remark(&message);
    }
}

fn text(
    document: &Document,
    before: Option<&Document>,
    report: &Report,
    arguments: &Check,
    screen: &mut Screen,
) -> io::Result<()> {
    let disclosure = &document.disclosure;
    let source = Source::new(&document.content, disclosure.sheets.is_empty());
    let line = |place: Place| source.line(place);
    let mut shown = TextReport::new(report).language(screen.language).sheets(&disclosure.sheets).lines(&line);
    if arguments.rounding {
        shown = shown.with_rounding();
    }
    if arguments.coverage {
        shown = shown.with_rules();
    }
    writeln!(screen.out, "{BOLD}{}{BOLD:#}", document.name)?;
    if let Some(before) = before {
        let compared = screen.say(messages::COMPARED, &[&before.name]);
        writeln!(screen.out, "{FAINT}{compared}{FAINT:#}")?;
    }
    for line in shown.to_string().lines() {
        match line.strip_prefix(ARROW) {
            // With the name of the file, editors and terminals can go there.
            Some(place) => writeln!(screen.out, "{FAINT}{ARROW}{}:{}{FAINT:#}", document.name, printable(place))?,
            None => writeln!(screen.out, "{}", printable(line))?,
        }
    }
    writeln!(screen.out)
}

/// On the standard output as it is. Not through the screen, which would take escape sequences out of it.
fn raw(text: &str) -> io::Result<()> {
    let mut stdout = BufWriter::new(io::stdout().lock());
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

/// One log with the runs of both.
fn merge(log: &mut Option<Value>, mut one: Value) {
    let runs = log.as_mut().and_then(|log| log.get_mut("runs")).and_then(Value::as_array_mut);
    match (runs, one.get_mut("runs").and_then(Value::as_array_mut)) {
        (Some(runs), Some(more)) => runs.append(more),
        _ => *log = Some(one),
    }
}

/// A path as a relative URI.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
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
        assert_eq!(uri("a/2025 馆.txt"), "a/2025%20%E9%A6%86.txt");
    }

    #[test]
    fn the_runs_of_all_documents_are_in_one_log() {
        let mut log = None;
        for run in 1..=3 {
            merge(&mut log, json!({ "version": "2.1.0", "runs": [run] }));
        }
        assert_eq!(log, Some(json!({ "version": "2.1.0", "runs": [1, 2, 3] })));
    }
}
