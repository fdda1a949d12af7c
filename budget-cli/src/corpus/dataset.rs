//! One set for all documents of a run.

use std::io;
use std::path::Path;

use budget_export::{CsvRows, CsvSet, ExportError, ExportOptions, Omission, OutputFile, Sink, to_json};
use budget_model::Language;

use crate::args::Format;
use crate::extract::exported;
use crate::failure::Failure;
use crate::input::Document;
use crate::screen::{RawForm, raw};
use crate::target::Target;

/// The name of a set of JSON Lines (one document a line) in its folder.
const LINES: &str = "documents.jsonl";

/// A set being written. It appears when it is [finished](Place::finish); dropped before, it leaves nothing.
pub(super) enum Dataset {
    /// CSV files with a `datapackage.json`.
    Csv(Box<CsvSet>),
    /// JSON Lines.
    Lines(Box<dyn OutputFile>),
}

/// One document, ready to be appended to a set.
pub(super) enum Part {
    Csv(CsvRows),
    Line { json: Vec<u8>, omissions: Vec<Omission> },
}

impl Part {
    /// The part of a document; made in parallel.
    pub(super) fn new(
        document: &Document,
        format: Format,
        options: ExportOptions,
        language: Language,
    ) -> Result<Self, Failure> {
        let made = match format {
            Format::Csv => CsvRows::new(exported(document), options).map(Self::Csv),
            _ => {
                let mut json = Vec::new();
                let options = ExportOptions { compact: true, ..options };
                let report = to_json(exported(document), options, &mut json);
                report.map(|report| Self::Line { json, omissions: report.omissions })
            }
        };
        made.map_err(|error| Failure::of_export(&error, &document.name, Path::new(""), language))
    }

    /// Writes the line of a document. (Rows are for several files.)
    pub(super) fn print(&self) -> io::Result<()> {
        match self {
            Self::Csv(_) => Ok(()),
            // JSON is UTF-8.
            Self::Line { json, .. } => raw(&String::from_utf8_lossy(json), RawForm::Json),
        }
    }

    /// What the format does not carry of the document.
    pub(super) fn omissions(&self) -> &[Omission] {
        match self {
            Self::Csv(rows) => rows.omissions(),
            Self::Line { omissions, .. } => omissions,
        }
    }
}

/// Where a set lies and what may be replaced there.
pub(super) struct Place<'a> {
    pub(super) folder: &'a Path,
    pub(super) force: bool,
    pub(super) language: Language,
}

impl Place<'_> {
    /// Begins a set.
    pub(super) fn create(
        &self,
        format: Format,
        options: ExportOptions,
        is_input: &(dyn Fn(&Path) -> bool + Sync),
    ) -> Result<Dataset, Failure> {
        // The folder is there already: it has the log.
        let mut target = Target::folder_of_files(self.folder.to_owned()).replacing(self.force, is_input);
        let made = match format {
            Format::Csv => {
                let set = CsvSet::create(&mut target, options);
                set.map(|set| Dataset::Csv(Box::new(set))).map_err(|error| self.export(&error))
            }
            _ => target.create(LINES).map(Dataset::Lines).map_err(|error| self.output(&error)),
        };
        made.map_err(|failure| target.refused.map_or(failure, |refusal| refusal.failure(self.language)))
    }

    /// Appends a document, made in the format of the set.
    pub(super) fn append(&self, dataset: &mut Dataset, part: &Part) -> Result<(), Failure> {
        match (dataset, part) {
            (Dataset::Csv(set), Part::Csv(rows)) => set.append(rows).map_err(|error| self.export(&error)),
            (Dataset::Lines(file), Part::Line { json, .. }) => {
                file.write_all(json).map_err(|error| self.output(&error))
            }
            (Dataset::Csv(_), Part::Line { .. }) | (Dataset::Lines(_), Part::Csv(_)) => Ok(()),
        }
    }

    /// Shows the set under its names.
    pub(super) fn finish(&self, dataset: Dataset) -> Result<(), Failure> {
        match dataset {
            Dataset::Csv(set) => set.finish().map(|_| ()).map_err(|error| self.export(&error)),
            Dataset::Lines(file) => file.commit().map_err(|error| self.output(&error)),
        }
    }

    fn export(&self, error: &ExportError) -> Failure {
        Failure::of_export(error, &self.folder.to_string_lossy(), self.folder, self.language)
    }

    fn output(&self, error: &io::Error) -> Failure {
        Failure::of_output(error, self.folder, self.language)
    }
}
