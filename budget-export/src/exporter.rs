//! The trait behind which all formats stand, and the list of those built in.

use std::borrow::Cow;

use budget_model::{Disclosure, Language};

use crate::{Document, ExportError, Omission, OmissionKind, Sink};

/// What an exporter is called and what it makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Descriptor {
    /// The name to choose it by: `csv`.
    pub id: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// One file or several.
    pub output: Output,
}

/// Whether an export is one file or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// One file, named after the document, with this extension (without the dot).
    File(&'static str),
    /// A set of files with fixed names: give each set a folder of its own.
    FileSet,
}

/// What all built-in exporters can be asked to do otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExportOptions {
    /// Leave out the names and telephone numbers of contact persons in performance tables (项目负责人, 联系电话).
    pub redact_contacts: bool,
    /// CSV: put an apostrophe before text that a spreadsheet would take for a formula (`=50%`, `-`, `@…`).
    ///
    /// Off by default: the CSV contract is the text as printed, and quotes alone do not stop a spreadsheet. To undo it,
    /// remove one leading apostrophe. Numbers are never touched. Workbooks and JSON need no guard, there text is text.
    pub guard_formulas: bool,
    /// CSV: begin each file with a byte order mark, which some spreadsheets need to see that the text is UTF-8.
    pub byte_order_mark: bool,
    /// JSON: one line, without indentation.
    pub compact: bool,
    /// Workbooks: in Chinese, the words of lists (sources, measures, kinds of texts, yes and no …) are Chinese labels. In English,
    /// which is the default, they are the words of CSV. CSV and JSON are the same in both.
    pub language: Language,
}

impl ExportOptions {
    /// The disclosure as these options let it out; what is left out goes into the report.
    pub(crate) fn apply<'a>(&self, disclosure: &'a Disclosure, report: &mut Report) -> Cow<'a, Disclosure> {
        let named = |d: &Disclosure| {
            d.performance.iter().filter(|table| table.responsible.is_some() || table.telephone.is_some()).count()
        };
        let contacts = if self.redact_contacts { named(disclosure) } else { 0 };
        if contacts == 0 {
            return Cow::Borrowed(disclosure);
        }
        report.omit(OmissionKind::Contacts, contacts);
        let mut redacted = disclosure.clone();
        for table in &mut redacted.performance {
            table.responsible = None;
            table.telephone = None;
        }
        Cow::Owned(redacted)
    }
}

/// What an export made, and what the format could not carry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The names of the files, in the order in which they were made.
    pub files: Vec<String>,
    /// What is in the document but not in the files.
    pub omissions: Vec<Omission>,
}

impl Report {
    /// Adds to the count of an omission; a count of 0 adds nothing.
    pub(crate) fn omit(&mut self, kind: OmissionKind, count: usize) {
        match self.omissions.iter_mut().find(|omission| omission.kind == kind) {
            _ if count == 0 => {}
            Some(omission) => omission.count += count,
            None => self.omissions.push(Omission { kind, count }),
        }
    }
}

/// Writes a disclosure in some format. A format outside this crate implements it in the same way as those inside.
///
/// Several threads may write documents through one exporter at the same time.
pub trait Exporter: Send + Sync {
    /// What the exporter is called and what it makes.
    fn descriptor(&self) -> Descriptor;

    /// Writes one document. Equal documents make equal bytes.
    ///
    /// # Errors
    ///
    /// A file cannot be written, or the document exceeds a hard limit of the format. Whatever else the format cannot
    /// carry is in the [`Report`].
    fn write(&self, document: Document<'_>, sink: &mut dyn Sink) -> Result<Report, ExportError>;
}

/// The exporters built in, in alphabetical order.
///
/// ```
/// use budget_export::{exporters, ExportOptions, Output};
///
/// for exporter in exporters(ExportOptions::default()) {
///     let descriptor = exporter.descriptor();
///     match descriptor.output {
///         Output::File(extension) => println!("{}: {}, one .{extension} file", descriptor.id, descriptor.title),
///         Output::FileSet => println!("{}: {}, a folder", descriptor.id, descriptor.title),
///     }
/// }
/// ```
#[must_use]
pub fn exporters(options: ExportOptions) -> Vec<Box<dyn Exporter>> {
    vec![
        #[cfg(feature = "csv")]
        Box::new(crate::CsvExporter::new(options)),
        #[cfg(feature = "json")]
        Box::new(crate::JsonExporter::new(options)),
        #[cfg(feature = "xlsx")]
        Box::new(crate::XlsxExporter::new(options)),
    ]
}

/// The built-in exporter with an id. `None` if there is no such exporter, or its feature is off.
#[must_use]
pub fn exporter(id: &str, options: ExportOptions) -> Option<Box<dyn Exporter>> {
    exporters(options).into_iter().find(|exporter| exporter.descriptor().id == id)
}
