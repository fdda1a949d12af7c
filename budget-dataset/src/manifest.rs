//! `manifest.jsonl`: how a set was made, what belongs to it, and every document in it, a line each.
//!
//! Everything that is not a record of one document alone is made from it: the tables of documents, entities and failures, and
//! the list of files. So a set can be appended to without reading its tables.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use budget_model::{Holds, Table};
use serde::{Deserialize, Serialize};

use crate::error::{DatasetError, Kind};
use crate::record::Record;

/// Its name in the folder of the set.
pub(crate) const NAME: &str = "manifest.jsonl";

/// Version of the tables and of this file. A set of another version is not appended to.
pub(crate) const VERSION: u32 = 1;

/// A line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Line {
    /// The first one.
    Set(Set),
    Run(Run),
    File(DataFile),
    Document(Box<Document>),
    Failure(Failure),
}

/// What holds for the whole set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Set {
    pub(crate) version: u32,
    pub(crate) format: String,
    pub(crate) by_year: bool,
}

/// A run of the software that added to the set or removed from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Run {
    /// From 1.
    pub(crate) run: u32,
    /// The version of the software.
    pub(crate) software: String,
    /// What it was asked to do otherwise than usual, in its own words: layouts that were added, with the hashes of their files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) options: Vec<String>,
    /// The documents that it removed: key and path.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) removed: Vec<String>,
}

/// A file with records of documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DataFile {
    pub(crate) table: String,
    /// Its path in the folder, with `/`.
    pub(crate) path: String,
    pub(crate) rows: u64,
    pub(crate) sha256: String,
}

/// A document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Document {
    /// The key that the content gives; documents of equal content share it here.
    pub(crate) key: String,
    pub(crate) path: String,
    pub(crate) sha256: String,
    pub(crate) entity_id: Option<String>,
    pub(crate) entity: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) region_code: Option<String>,
    pub(crate) region_is_guess: Option<bool>,
    pub(crate) year: Option<u16>,
    pub(crate) stage: String,
    pub(crate) scope: String,
    pub(crate) unit: String,
    pub(crate) layout: String,
    pub(crate) holds: String,
    pub(crate) tables: u64,
    pub(crate) figures: u64,
    pub(crate) figures_certain: u64,
    pub(crate) statements: u64,
    pub(crate) findings: u64,
    pub(crate) characters: u64,
    pub(crate) characters_read: u64,
    pub(crate) numbers: u64,
    pub(crate) numbers_read: u64,
    pub(crate) unread_pages: u64,
    pub(crate) hidden_lines: u64,
    pub(crate) run: u32,
    /// Which of the files of each table have its records: `1`, `in_year=2025/1`.
    pub(crate) part: String,
}

/// A file of the input that is no document of the set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Where it lies.
    pub path: String,
    /// What is wrong, as a word that does not change: `unknown-format`.
    pub code: String,
    /// What is wrong and what to do.
    pub message: String,
    /// Where in the file, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// `failed`, or `skipped` for what is no disclosure.
    pub outcome: String,
    /// The run that met it; set when it is added.
    #[serde(default)]
    pub(crate) run: u32,
}

impl Failure {
    /// A file that was not read.
    #[must_use]
    pub fn new(path: impl Into<String>, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            code: code.into(),
            message: message.into(),
            outcome: "failed".to_owned(),
            ..Self::default()
        }
    }
}

impl Document {
    pub(crate) fn new(record: &Record<'_>) -> Self {
        let disclosure = record.disclosure;
        let count = |of: fn(&Table) -> usize| disclosure.tables.iter().map(of).sum::<usize>() as u64;
        let region = disclosure.region.as_ref();
        Self {
            key: record.key.clone(),
            path: record.path.to_owned(),
            sha256: record.sha256.to_owned(),
            entity_id: record.entity_id.clone(),
            entity: record.entity().filter(|_| record.entity_id.is_some()).map(str::to_owned),
            region: region.map(|region| region.name.clone()),
            region_code: record.region_code.clone(),
            region_is_guess: region.map(|region| region.is_guess),
            year: disclosure.year,
            stage: disclosure.stage.as_str().to_owned(),
            scope: disclosure.scope.as_str().to_owned(),
            unit: disclosure.unit.as_str().to_owned(),
            layout: disclosure.layout.clone(),
            holds: disclosure.holds().as_str().to_owned(),
            tables: disclosure.tables.len() as u64,
            figures: count(Table::figure_count),
            figures_certain: count(Table::certain_count),
            statements: disclosure.facts.len() as u64,
            findings: record.report.open().count() as u64,
            characters: disclosure.ledger.characters,
            characters_read: disclosure.ledger.characters_read,
            numbers: disclosure.ledger.numbers,
            numbers_read: disclosure.ledger.numbers_read,
            unread_pages: disclosure.unread_pages.len() as u64,
            hidden_lines: disclosure.hidden_text.len() as u64,
            run: 0,
            part: String::new(),
        }
    }

    pub(crate) fn has_figures(&self) -> bool {
        self.holds != Holds::Words.as_str()
    }

    pub(crate) fn has_words(&self) -> bool {
        self.holds != Holds::Tables.as_str()
    }
}

/// Reads the lines of a manifest, the first of which must be that of a set of this version.
pub(crate) struct Reader {
    lines: std::io::Lines<BufReader<File>>,
    path: String,
    number: u64,
}

impl Reader {
    pub(crate) fn open(path: &Path) -> Result<Self, DatasetError> {
        let name = path.to_string_lossy().into_owned();
        let file = File::open(path).map_err(DatasetError::read(&name))?;
        Ok(Self { lines: BufReader::new(file).lines(), path: name, number: 0 })
    }

    fn parse(&mut self, line: std::io::Result<String>) -> Result<Line, DatasetError> {
        self.number += 1;
        let line = line.map_err(DatasetError::read(&self.path))?;
        serde_json::from_str(&line)
            .map_err(|source| Kind::Manifest { path: self.path.clone(), line: self.number, source }.into())
    }
}

impl Iterator for Reader {
    type Item = Result<Line, DatasetError>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.lines.next()?;
        Some(self.parse(line))
    }
}

/// Writes a line.
pub(crate) fn write(out: &mut impl Write, line: &Line) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}
