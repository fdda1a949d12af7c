//! The page that lists several documents.

use std::collections::BTreeMap;

use budget_export::{DocumentInfo, ExportError, Sink};
use budget_model::{Disclosure, Language, Nature, Severity, Source};
use serde::Serialize;

use crate::cover::entity;
use crate::findings::{Checked, counts};
use crate::money::Amounts;
use crate::report::{file_name, render, write};
use crate::shown::in_ten_thousand;
use crate::words::Words;

/// Findings that the page lists.
const MOST_FINDINGS: usize = 2000;

/// The page that lists several documents, with their totals and all their findings.
///
/// ```
/// use budget_export::{DocumentInfo, MemorySink};
/// use budget_model::{Disclosure, Language};
/// use budget_report::{Index, IndexEntry};
///
/// let info = DocumentInfo::new("2025-文化馆", "文化馆.txt");
/// let mut index = Index::new(Language::Chinese);
/// index.add(IndexEntry::new(&info, &Disclosure::default(), None, Language::Chinese));
/// let mut sink = MemorySink::default();
/// index.write(&mut sink)?;
/// # Ok::<(), budget_export::ExportError>(())
/// ```
#[derive(Debug)]
pub struct Index {
    words: Words,
    entries: Vec<IndexEntry>,
    not_read: Vec<(String, String)>,
}

/// What the page says of one document.
#[derive(Clone, Debug, Serialize)]
pub struct IndexEntry {
    href: String,
    entity: String,
    year: Option<u16>,
    stage: &'static str,
    region: String,
    file: String,
    revenue: String,
    expenditure: String,
    tables: usize,
    checked: u32,
    counts: [usize; 3],
    findings: Vec<IndexFinding>,
}

/// A finding of one of the documents.
#[derive(Clone, Debug, Serialize)]
struct IndexFinding {
    severity: &'static str,
    severity_name: &'static str,
    rank: u8,
    title: String,
    message: String,
    href: String,
    entity: String,
}

impl IndexEntry {
    /// What is said of a document that [`HtmlReport`](crate::HtmlReport) writes.
    #[must_use]
    pub fn new(
        info: &DocumentInfo,
        disclosure: &Disclosure,
        checked: Option<&Checked<'_>>,
        language: Language,
    ) -> Self {
        let amounts = Amounts::of(disclosure);
        let words = Words { language };
        let shown =
            |money: Option<crate::money::Money>| money.map(|money| in_ten_thousand(money.yuan)).unwrap_or_default();
        let (href, entity) = (file_name(info), entity(info, disclosure));
        let findings = checked.into_iter().flat_map(Checked::shown).zip(1..).map(|(finding, number)| IndexFinding {
            severity: finding.severity.as_str(),
            severity_name: finding.severity.name(language),
            rank: rank(finding.severity),
            title: checked
                .and_then(|checked| checked.rule(&finding.rule))
                .map_or_else(|| finding.rule.clone(), |rule| rule.title.in_language(language).to_owned()),
            message: finding.message(language).to_owned(),
            href: format!("{}#f{number}", in_url(&href)),
            entity: entity.clone(),
        });
        Self {
            href: in_url(&href),
            findings: findings.collect(),
            entity,
            year: disclosure.year,
            stage: match disclosure.stage {
                budget_model::Stage::Budget => words.of("budget"),
                budget_model::Stage::Final => words.of("final_accounts"),
            },
            region: disclosure.region.as_ref().map(|region| region.name.clone()).unwrap_or_default(),
            file: info.file().to_owned(),
            revenue: shown(amounts.revenue(Source::All)),
            expenditure: shown(amounts.expenditure(Nature::All, None)),
            tables: disclosure.tables.len(),
            checked: checked.map_or(0, |checked| checked.report.checked()),
            counts: checked.map_or([0; 3], |checked| counts(checked.report).map(|(_, count)| count)),
        }
    }
}

/// Errors come first.
fn rank(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    }
}

/// The name of a file as an address relative to the page: ids hold letters, digits, `-`, `_` and `.` alone.
fn in_url(name: &str) -> String {
    let mut url = String::from("./");
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => url.push(char::from(byte)),
            _ => url += &format!("%{byte:02X}"),
        }
    }
    url
}

impl Index {
    /// The name of the file, which stands beside those of the documents.
    pub const FILE: &'static str = "index.html";

    /// An index of nothing.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { words: Words { language }, entries: Vec::new(), not_read: Vec::new() }
    }

    /// Adds a document.
    pub fn add(&mut self, entry: IndexEntry) {
        self.entries.push(entry);
    }

    /// Adds a file that could not be read, and why.
    pub fn add_unread(&mut self, file: impl Into<String>, why: impl Into<String>) {
        self.not_read.push((file.into(), why.into()));
    }

    /// The page.
    ///
    /// # Errors
    ///
    /// None that a document could cause; that a template fails is an error of this crate.
    pub fn page(&self) -> Result<String, ExportError> {
        let mut findings: Vec<&IndexFinding> = self.entries.iter().flat_map(|entry| &entry.findings).collect();
        findings.sort_by_key(|finding| finding.rank);
        let more_findings = findings.len().saturating_sub(MOST_FINDINGS);
        findings.truncate(MOST_FINDINGS);
        let mut counts = [0; 3];
        for entry in &self.entries {
            counts.iter_mut().zip(entry.counts).for_each(|(sum, count)| *sum += count);
        }
        let names = ["error", "warning", "info"];
        let view = View {
            words: self.words.all(),
            entries: &self.entries,
            counts: names.into_iter().zip(counts).collect(),
            findings,
            more_findings,
            not_read: &self.not_read,
            page_style: "",
        };
        render("index.html", &view, Self::FILE)
    }

    /// Writes the page beside those of the documents.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn write(&self, sink: &mut dyn Sink) -> Result<(), ExportError> {
        write(Self::FILE, &self.page()?, sink)
    }
}

/// Everything that the template shows.
#[derive(Serialize)]
struct View<'a> {
    words: BTreeMap<&'static str, &'static str>,
    entries: &'a [IndexEntry],
    counts: Vec<(&'static str, usize)>,
    findings: Vec<&'a IndexFinding>,
    more_findings: usize,
    not_read: &'a [(String, String)],
    page_style: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_an_address() {
        assert_eq!(in_url("d馆-1.html"), "./d%E9%A6%86-1.html");
    }
}
