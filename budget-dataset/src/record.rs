//! A document as the set takes it: what was read, what was found, and the keys of its records.

use std::fmt::Write;

use budget_model::{Disclosure, FigureRef, Gaps, Pages, entity_name_key};
use budget_rules::{Report, Subject};

/// A document that is to be added to a set.
///
/// Its key is made of the content of its file alone, so that it is the same in every run, whatever else is read.
pub struct Record<'a> {
    pub(crate) path: &'a str,
    pub(crate) sha256: &'a str,
    pub(crate) disclosure: &'a Disclosure,
    pub(crate) report: &'a Report,
    pub(crate) key: String,
    pub(crate) entity_id: Option<String>,
    pub(crate) region_code: Option<String>,
    pub(crate) pages: Pages<'a>,
    pub(crate) gaps: Gaps<'a>,
}

/// Digits of the hash that a key has. Of 200,000 documents two have one key in one of a billion sets.
const KEY_DIGITS: usize = 16;

/// The key of a document by the SHA-256 of its file in hexadecimal: never all digits, which programs take for a number.
#[must_use]
pub fn document_key(sha256: &str) -> String {
    format!("d{}", sha256.get(..KEY_DIGITS).unwrap_or(sha256))
}

impl<'a> Record<'a> {
    /// A document: where its file lies (as it should stand in the set), the SHA-256 of the file in hexadecimal, what was read
    /// of it, and what the rules found. A silenced finding is none.
    #[must_use]
    pub fn new(path: &'a str, sha256: &'a str, disclosure: &'a Disclosure, report: &'a Report) -> Self {
        let region_code = disclosure.region.as_ref().and_then(|region| region.code).map(|code| format!("{code:06}"));
        let entity_id = disclosure.entity.as_ref().map(|entity| entity_name_key(&entity.text));
        let entity_id = entity_id.filter(|name| !name.is_empty());
        Self {
            path,
            sha256,
            disclosure,
            report,
            key: document_key(sha256),
            entity_id: entity_id.map(|name| format!("{}/{name}", region_code.as_deref().unwrap_or("-"))),
            region_code,
            pages: disclosure.pages(),
            gaps: disclosure.gaps(),
        }
    }

    /// The key of the document.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    pub(crate) fn entity(&self) -> Option<&'a str> {
        self.disclosure.entity.as_ref().map(|entity| entity.text.as_str())
    }

    /// `d0123456789abcdef:3:12:5`: table, row and column from 1.
    pub(crate) fn cell(&self, at: FigureRef) -> String {
        let mut key = String::with_capacity(self.key.len() + 16);
        // Writing to a string cannot fail.
        let _ = write!(
            key,
            "{}:{}:{}:{}",
            self.key,
            u64::from(at.table) + 1,
            u64::from(at.row) + 1,
            u32::from(at.column) + 1
        );
        key
    }

    pub(crate) fn statement(&self, fact: usize) -> String {
        format!("{}:f{}", self.key, fact.saturating_add(1))
    }

    pub(crate) fn text_project(&self, project: usize) -> String {
        format!("{}:p{}", self.key, project.saturating_add(1))
    }

    pub(crate) fn performance(&self, table: usize) -> String {
        format!("{}:t{}", self.key, table.saturating_add(1))
    }

    pub(crate) fn indicator(&self, table: usize, indicator: usize) -> String {
        format!("{}:{}", self.performance(table), indicator.saturating_add(1))
    }

    /// The record that a figure of a check stands in.
    pub(crate) fn target(&self, subject: Subject) -> Target {
        match subject {
            Subject::Cell(at) => Target::Cell(self.cell(at)),
            Subject::Fact { fact } => Target::Statement(self.statement(fact as usize)),
            Subject::Project { project } | Subject::Allocation { project, .. } => {
                Target::Project(self.text_project(project as usize))
            }
            Subject::Performance { table, .. } | Subject::Goal { table, .. } => {
                Target::Project(self.performance(table as usize))
            }
            Subject::Indicator { table, indicator } | Subject::Weight { table, indicator } => {
                Target::Indicator(self.indicator(table as usize, indicator as usize))
            }
            Subject::LastYear(_) => Target::Elsewhere,
        }
    }
}

/// The key of a record that a finding speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Cell(String),
    Statement(String),
    Project(String),
    Indicator(String),
    /// In another document.
    Elsewhere,
}
