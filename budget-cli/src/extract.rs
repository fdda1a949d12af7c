//! `budget extract`: writes disclosures in another format.

use std::io;
use std::path::{Path, PathBuf};

use budget_export::{Document as Exported, ExportOptions, Exporter, Omission, Output, exporter, to_json};
use budget_model::{Disclosure, Language, Severity};

use crate::args::{Extract, Format};
use crate::corpus;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::input::{Document, Inputs};
use crate::inspect::share;
use crate::messages;
use crate::screen::{RawForm, Screen, printable, raw};
use crate::target::Target;

/// Runs the command. Errors are those of the standard output; everything else is shown and counted in the exit code.
pub(crate) fn run(arguments: &Extract, screen: &mut Screen) -> io::Result<()> {
    let options = ExportOptions {
        redact_contacts: arguments.redact_contacts,
        guard_formulas: arguments.guard_formulas,
        byte_order_mark: arguments.bom,
        compact: arguments.compact,
        language: screen.language,
    };
    if let Some(folder) = &arguments.dataset {
        return match corpus::dataset::format(arguments, folder, screen) {
            Some(format) => corpus::extract::run(arguments, format, options, Some(folder), screen),
            None => Ok(()),
        };
    }
    let format = arguments.to.unwrap_or_else(|| format_of(arguments.out.as_deref()));
    let out = arguments.out.as_deref().filter(|out| out.as_os_str() != "-");
    #[cfg(feature = "parquet")]
    if format == Format::Parquet {
        let message = screen.say(messages::ONLY_FOR_DATASET, &[&format.id()]);
        screen.error(Exit::Failed, &message);
        return Ok(());
    }
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
    if arguments.skip_existing || corpus::is_asked_for(&arguments.input, &arguments.many) {
        return corpus::extract::run(arguments, format, options, out, screen);
    }
    if let Some(out) = out {
        clean_up(out);
    }
    let Some(mut inputs) = Inputs::new(&arguments.input, screen) else { return Ok(()) };
    let is_alone = arguments.input.files.len() == 1;
    let is_input = |path: &Path| is_one_of(&arguments.input.files, path);
    let mut omissions = Vec::new();
    while let Some(document) = inputs.next(screen) {
        let Some(out) = out else {
            add(&mut omissions, &print(&document, options, is_alone, screen)?);
            continue;
        };
        let is_set = exporter.descriptor().output == Output::FileSet;
        let target = Target::new(out, &document.info, is_set, is_alone).replacing(arguments.force, &is_input);
        match write(&document, target, exporter.as_ref(), screen.language) {
            Ok(written) => {
                if !arguments.quiet {
                    let found = summary(&document.disclosure, screen);
                    let path = written.path.to_string_lossy();
                    let message = screen.say(messages::EXTRACTED, &[&document.name, &printable(&path), &found]);
                    screen.remark(&message);
                }
                add(&mut omissions, &written.omissions);
            }
            Err(failure) => screen.error(failure.exit, &failure.message),
        }
    }
    if !arguments.quiet {
        say_omissions(&omissions, format, screen);
    }
    Ok(())
}

/// Says what a format did not carry.
pub(crate) fn say_omissions(omissions: &[Omission], format: Format, screen: &mut Screen) {
    if !omissions.is_empty() {
        let separator = messages::SEPARATOR.text(screen.language);
        let words: Vec<_> = omissions.iter().map(|omission| omission.message(screen.language)).collect();
        let message = screen.say(messages::NOT_CARRIED, &[&format.id(), &words.join(separator)]);
        screen.remark(&message);
    }
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
            raw(&String::from_utf8_lossy(&json), RawForm::Json)?;
            Ok(report.omissions)
        }
        Err(error) => {
            let failure = Failure::of_export(&error, &document.name, Path::new("-"), screen.language);
            screen.error(failure.exit, &failure.message);
            Ok(Vec::new())
        }
    }
}

/// Removes what killed runs left where an output goes: in the folder, or beside the file.
pub(crate) fn clean_up(out: &Path) {
    for folder in [Some(out), out.parent()].into_iter().flatten() {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        // What cannot be removed is in nobody's way.
        let _ = budget_export::remove_left_over(folder);
    }
}

/// Whether a path leads to one of these files.
pub(crate) fn is_one_of(files: &[PathBuf], path: &Path) -> bool {
    path.canonicalize().is_ok_and(|path| files.iter().any(|file| file.canonicalize().is_ok_and(|file| file == path)))
}

/// What was written.
pub(crate) struct Written {
    /// The file or the folder.
    pub(crate) path: PathBuf,
    /// What the format could not carry.
    pub(crate) omissions: Vec<Omission>,
}

/// Writes a document.
pub(crate) fn write(
    document: &Document,
    mut target: Target<'_>,
    exporter: &dyn Exporter,
    language: Language,
) -> Result<Written, Failure> {
    let written = exporter.write(exported(document), &mut target);
    let report = written.map_err(|error| match &target.refused {
        Some(refusal) => refusal.failure(language),
        None => Failure::of_export(&error, &document.name, target.folder(), language),
    })?;
    target.finish().map_err(|error| Failure::of_output(&error, target.folder(), language))?;
    let path = match (exporter.descriptor().output, report.files.as_slice()) {
        (Output::File(_), [file]) => target.path(file),
        _ => target.folder().to_owned(),
    };
    Ok(Written { path, omissions: report.omissions })
}

/// A document as exporters take it.
pub(crate) fn exported(document: &Document) -> Exported<'_> {
    Exported { info: &document.info, disclosure: &document.disclosure }
}

/// How much was found, in one line.
fn summary(disclosure: &Disclosure, screen: &Screen) -> String {
    let figures: usize = disclosure.tables.iter().map(|table| table.figure_count()).sum();
    let certain: usize = disclosure.tables.iter().map(|table| table.certain_count()).sum();
    let ledger = &disclosure.ledger;
    let read = share(ledger.numbers_read, ledger.numbers);
    let mut text = screen.say(messages::FOUND, &[&disclosure.tables.len(), &figures, &(figures - certain), &read]);
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

/// Adds up omissions of the same kind.
pub(crate) fn add(sum: &mut Vec<Omission>, omissions: &[Omission]) {
    for omission in omissions {
        match sum.iter_mut().find(|other| other.kind == omission.kind) {
            Some(other) => other.count += omission.count,
            None => sum.push(*omission),
        }
    }
}
