//! The original of a document with its findings in it.

use std::io::Write;
use std::path::{Path, PathBuf};

use budget_annotate::{AnnotateError, AnnotateErrorKind, AnnotateOptions, Annotated, annotate_pdf, annotate_workbook};
use budget_export::{Annotation, Sink};
use budget_model::Language;

use crate::args::ReportForm;
use crate::failure::Failure;
use crate::input::Document;
use crate::messages;
use crate::target::Target;

/// What was written.
pub(crate) struct Written {
    pub(crate) path: PathBuf,
    /// What a person should know of it, in sentences.
    pub(crate) remarks: Vec<String>,
}

/// Writes the original of a document with findings in it.
pub(crate) fn write(
    document: &Document,
    findings: &[Annotation],
    form: ReportForm,
    mut target: Target<'_>,
    language: Language,
) -> Result<Written, Failure> {
    let annotated = annotate(document, findings, form, language)?;
    let name = format!("{}.{}", document.info.id(), extension(&document.path, form));
    let path = target.path(&name);
    let mut file = target.create(&name).map_err(|error| match &target.refused {
        Some(refusal) => refusal.failure(language),
        None => Failure::of_output(&error, &path, language),
    })?;
    let written = file.write_all(&annotated.bytes).and_then(|()| file.commit());
    written.map_err(|error| Failure::of_output(&error, &path, language))?;
    Ok(Written { path, remarks: remarks(&annotated, language) })
}

fn annotate(
    document: &Document,
    findings: &[Annotation],
    form: ReportForm,
    language: Language,
) -> Result<Annotated, Failure> {
    let options = AnnotateOptions { language, ..AnnotateOptions::default() };
    let annotated = match form {
        ReportForm::Pdf => annotate_pdf(&document.content, findings, options),
        _ => annotate_workbook(&document.content, &document.disclosure.sheets, findings, options),
    };
    annotated.map_err(|error| failure(&error, &document.name, form, language))
}

fn failure(error: &AnnotateError, name: &str, form: ReportForm, language: Language) -> Failure {
    let (code, message) = match error.kind() {
        AnnotateErrorKind::Encrypted => ("encrypted", messages::ORIGINAL_ENCRYPTED),
        AnnotateErrorKind::OtherFormat if form == ReportForm::Pdf => ("other-format", messages::ORIGINAL_NO_PDF),
        AnnotateErrorKind::OtherFormat => ("other-format", messages::ORIGINAL_NO_WORKBOOK),
        AnnotateErrorKind::TooLarge => ("too-large", messages::ORIGINAL_TOO_LARGE),
        _ => ("malformed", messages::ORIGINAL_DAMAGED),
    };
    Failure::unwritten(code, message.fill(language, &[&name, error]))
}

/// A workbook with macros keeps the ending that says so.
fn extension(path: &Path, form: ReportForm) -> &'static str {
    let has_macros = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsm"));
    match form {
        ReportForm::Pdf => "pdf",
        _ if has_macros => "xlsm",
        _ => "xlsx",
    }
}

fn remarks(annotated: &Annotated, language: Language) -> Vec<String> {
    let say = |message: messages::Message, count: usize| (count > 0).then(|| message.fill(language, &[&count]));
    let remarks = [
        say(messages::NOT_MARKED, annotated.unmarked),
        say(messages::NOT_ANNOTATED, annotated.omitted),
        say(messages::SIGNED_BEFORE, usize::from(annotated.is_signed)),
    ];
    remarks.into_iter().flatten().collect()
}
