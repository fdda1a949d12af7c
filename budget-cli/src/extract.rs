//! `budget extract`: writes disclosures in another format.

use std::error::Error;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use budget_export::{Document as Exported, ExportOptions, Exporter, Omission, Output, exporter, to_json};
use budget_model::{Disclosure, Severity};

use crate::args::{Extract, Format};
use crate::exit::Exit;
use crate::input::{Document, Inputs};
use crate::inspect::share;
use crate::messages;
use crate::screen::{Screen, printable};
use crate::target::Target;

/// Runs the command. Errors are those of the standard output; everything else is shown and counted in the exit code.
pub(crate) fn run(arguments: &Extract, screen: &mut Screen) -> io::Result<()> {
    let options = ExportOptions {
        redact_contacts: arguments.redact_contacts,
        guard_formulas: arguments.guard_formulas,
        byte_order_mark: arguments.bom,
        compact: arguments.compact,
    };
    let format = arguments.to.unwrap_or_else(|| format_of(arguments.out.as_deref()));
    let out = arguments.out.as_deref().filter(|out| out.as_os_str() != "-");
    let Some(exporter) = exporter(format.id(), options) else {
        let message = screen.say(messages::FORMAT_OFF, &[&format.id()]);
        screen.error(Exit::Failed, &message);
        return Ok(());
    };
    if out.is_none() && format != Format::Json {
        let message = screen.say(messages::OUT_NEEDED, &[&format.id()]);
        screen.error(Exit::Failed, &message);
        return Ok(());
    }
    let Some(mut inputs) = Inputs::new(&arguments.input, screen) else { return Ok(()) };
    let mut omissions = Vec::new();
    while let Some(document) = inputs.next(screen) {
        let left_out = match out {
            Some(out) => {
                let files = Files { out, force: arguments.force, inputs: &arguments.input.files };
                let written = write(&document, &files, exporter.as_ref(), screen);
                if let Some(written) = written.as_ref().filter(|_| !arguments.quiet) {
                    let found = summary(&document.disclosure, screen);
                    let path = written.path.to_string_lossy();
                    let message = screen.say(messages::EXTRACTED, &[&document.name, &printable(&path), &found]);
                    screen.remark(&message);
                }
                written.map(|written| written.omissions).unwrap_or_default()
            }
            None => print(&document, options, arguments.input.files.len() == 1, screen)?,
        };
        add(&mut omissions, left_out);
    }
    if !omissions.is_empty() && !arguments.quiet {
        let separator = messages::SEPARATOR.text(screen.language);
        let words: Vec<_> = omissions.iter().map(|omission| omission.message(screen.language)).collect();
        let message = screen.say(messages::NOT_CARRIED, &[&format.id(), &words.join(separator)]);
        screen.remark(&message);
    }
    Ok(())
}

/// What the ending of the output says; JSON if it says nothing.
fn format_of(out: Option<&Path>) -> Format {
    let extension = out.and_then(Path::extension).map(|extension| extension.to_ascii_lowercase());
    match extension.as_deref().and_then(|extension| extension.to_str()) {
        Some("xlsx") => Format::Xlsx,
        _ => Format::Json,
    }
}

/// JSON on the standard output. Not through the screen, which would take escape sequences out of it.
fn print(
    document: &Document,
    options: ExportOptions,
    is_alone: bool,
    screen: &mut Screen,
) -> io::Result<Vec<Omission>> {
    let options = ExportOptions { compact: options.compact || !is_alone, ..options };
    let mut json = Vec::new();
    match to_json(exported(document), options, &mut json) {
        Ok(report) => {
            let mut stdout = BufWriter::new(io::stdout().lock());
            stdout.write_all(&json)?;
            stdout.flush()?;
            Ok(report.omissions)
        }
        Err(error) => {
            let message = screen.say(messages::EXPORT_FAILED, &[&document.name, &with_causes(&error)]);
            screen.error(Exit::Failed, &message);
            Ok(Vec::new())
        }
    }
}

/// Where documents are written, as the command line says.
pub(crate) struct Files<'a> {
    /// A file or folder, as `--help` describes it.
    pub(crate) out: &'a Path,
    /// Whether files that exist may be replaced.
    pub(crate) force: bool,
    /// The inputs, which are never replaced.
    pub(crate) inputs: &'a [PathBuf],
}

/// What was written.
pub(crate) struct Written {
    /// The file or the folder.
    pub(crate) path: PathBuf,
    /// What the format could not carry.
    pub(crate) omissions: Vec<Omission>,
}

/// Writes a document. `None` if that failed, which has then been said.
pub(crate) fn write(
    document: &Document,
    files: &Files<'_>,
    exporter: &dyn Exporter,
    screen: &mut Screen,
) -> Option<Written> {
    let is_set = exporter.descriptor().output == Output::FileSet;
    let mut target =
        Target::new(files.out, &document.info, is_set, files.inputs.len() == 1).replacing(files.force, files.inputs);
    match exporter.write(exported(document), &mut target) {
        Ok(report) => {
            let path = match report.files.as_slice() {
                [file] if !is_set => target.path(file),
                _ => target.folder().to_owned(),
            };
            Some(Written { path, omissions: report.omissions })
        }
        Err(error) => {
            let message = match &target.refused {
                Some(refusal) => screen.say(refusal.why, &[&printable(&refusal.path.to_string_lossy())]),
                None => match io_cause(&error) {
                    Some(cause) => {
                        screen.say(messages::CANNOT_WRITE, &[&printable(&target.folder().to_string_lossy()), &cause])
                    }
                    None => screen.say(messages::EXPORT_FAILED, &[&document.name, &with_causes(&error)]),
                },
            };
            screen.error(Exit::Failed, &message);
            None
        }
    }
}

fn exported(document: &Document) -> Exported<'_> {
    Exported { info: &document.info, disclosure: &document.disclosure }
}

/// How much was found, in one line.
fn summary(disclosure: &Disclosure, screen: &Screen) -> String {
    let figures: usize = disclosure.tables.iter().map(|table| table.figure_count()).sum();
    let ambiguous: usize = disclosure.tables.iter().map(|table| table.ambiguous_count()).sum();
    let ledger = &disclosure.ledger;
    let read = share(ledger.numbers_read, ledger.numbers);
    let mut text = screen.say(messages::FOUND, &[&disclosure.tables.len(), &figures, &ambiguous, &read]);
    let counts: Vec<_> = [(Severity::Error, messages::ERRORS), (Severity::Warning, messages::WARNINGS)]
        .into_iter()
        .map(|(severity, name)| {
            (disclosure.diagnostics.iter().filter(|one| one.code.severity() == severity).count(), name)
        })
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| screen.say(messages::COUNT, &[&count, &name.text(screen.language)]))
        .collect();
    if !counts.is_empty() {
        text += &screen.say(messages::AND_DIAGNOSTICS, &[&counts.join(messages::COMMA.text(screen.language))]);
    }
    text
}

fn add(sum: &mut Vec<Omission>, omissions: Vec<Omission>) {
    for omission in omissions {
        match sum.iter_mut().find(|other| other.kind == omission.kind) {
            Some(other) => other.count += omission.count,
            None => sum.push(omission),
        }
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

fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
