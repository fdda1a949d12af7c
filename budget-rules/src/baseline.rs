//! Baselines: findings that are known, and why they are left alone, in a file kept beside the documents.

use std::fmt::{self, Write};

use serde::Deserialize;
use toml::Spanned;

use crate::fingerprint::Fingerprint;
use crate::report::{Finding, Report, Silence};

/// Findings that are silenced, each with its reason, read from a TOML file.
///
/// ```
/// use budget_rules::{Baseline, Report};
///
/// let baseline = Baseline::read(
///     r#"
///     [[finding]]
///     document = "云溪县文化馆 2025"
///     finding = "00c0ffee00c0ffee"
///     reason = "印刷错误，更正公告已发布"
///     "#,
/// )
/// .unwrap();
/// let mut report = Report::default();
/// let fates = baseline.silence(&mut report, &["云溪县文化馆2025"]);
/// assert_eq!(baseline.stale(&fates).count(), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: Vec<BaselineEntry>,
}

/// One finding of one document that is silenced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineEntry {
    /// The document: its file name, or its entity and year.
    pub document: String,
    /// Which finding.
    pub finding: Fingerprint,
    /// Its rule, if the entry says it.
    pub rule: Option<String>,
    /// Why, and who says so.
    pub silence: Silence,
    /// The line of the file in which the entry begins.
    pub line: usize,
}

/// What became of the entries of a baseline, in their order. Those of several documents are put together with
/// [`merge`](Fates::merge).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fates(Vec<Fate>);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    /// Its document was not checked.
    #[default]
    Unchecked,
    /// Its document was checked, the rule was not.
    Unasked,
    /// Its document does not have the finding.
    Stale,
    /// It silences a finding.
    Used,
}

impl Fates {
    /// Adds what became of the same entries in another document.
    pub fn merge(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), Fate::default());
        }
        for (fate, more) in self.0.iter_mut().zip(&other.0) {
            *fate = (*fate).max(*more);
        }
    }
}

/// What is wrong with a baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub kind: BaselineErrorKind,
}

/// What can be wrong with a baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BaselineErrorKind {
    /// It is no TOML, or has keys that a baseline does not have.
    Toml(String),
    /// An entry gives no reason.
    NoReason,
    /// An entry names no document.
    NoDocument,
    /// `finding` is no fingerprint.
    NoFingerprint,
}

impl fmt::Display for BaselineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match &self.kind {
            BaselineErrorKind::Toml(why) => f.write_str(why),
            BaselineErrorKind::NoReason => f.write_str("the entry gives no reason"),
            BaselineErrorKind::NoDocument => f.write_str("the entry names no document"),
            BaselineErrorKind::NoFingerprint => f.write_str("`finding` has 16 hexadecimal digits"),
        }
    }
}

impl std::error::Error for BaselineError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    finding: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    document: Spanned<String>,
    finding: Spanned<String>,
    rule: Option<String>,
    reason: Option<Spanned<String>>,
    by: Option<String>,
    date: Option<Date>,
}

/// `2025-03-01`, with quotes or as TOML writes dates.
#[derive(Deserialize)]
#[serde(untagged)]
enum Date {
    Text(String),
    Date(toml::value::Datetime),
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it: an entry without a reason silences nothing.
    pub fn read(text: &str) -> Result<Self, Vec<BaselineError>> {
        let line_of = |offset: usize| 1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count();
        let file: File = toml::from_str(text).map_err(|error| {
            let line = line_of(error.span().map_or(0, |span| span.start));
            vec![BaselineError { line, kind: BaselineErrorKind::Toml(error.message().to_owned()) }]
        })?;
        let (mut entries, mut errors) = (Vec::new(), Vec::new());
        for spanned in file.finding {
            let line = line_of(spanned.span().start);
            let entry = spanned.into_inner();
            let mut wrong = |offset: Option<usize>, kind| {
                errors.push(BaselineError { line: offset.map_or(line, line_of), kind });
            };
            if entry.document.get_ref().trim().is_empty() {
                wrong(Some(entry.document.span().start), BaselineErrorKind::NoDocument);
            }
            let reason = entry.reason.as_ref().map_or("", |reason| reason.get_ref().trim());
            if reason.is_empty() {
                wrong(entry.reason.as_ref().map(|reason| reason.span().start), BaselineErrorKind::NoReason);
            }
            let Ok(finding) = entry.finding.get_ref().parse() else {
                wrong(Some(entry.finding.span().start), BaselineErrorKind::NoFingerprint);
                continue;
            };
            let date = entry.date.map(|date| match date {
                Date::Text(text) => text,
                Date::Date(date) => date.to_string(),
            });
            let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
            let silence = Silence { reason: reason.to_owned(), by: filled(entry.by), date: filled(date) };
            let document = entry.document.into_inner();
            entries.push(BaselineEntry { document, finding, rule: filled(entry.rule), silence, line });
        }
        if errors.is_empty() { Ok(Self { entries }) } else { Err(errors) }
    }

    /// The entries, in the order of the file.
    #[must_use]
    pub fn entries(&self) -> &[BaselineEntry] {
        &self.entries
    }

    /// Silences the findings of a report that the baseline knows, and says what became of each entry. `names` are those that
    /// the document goes by; white space does not count.
    pub fn silence(&self, report: &mut Report, names: &[&str]) -> Fates {
        let mut fate = |entry: &BaselineEntry| {
            if !names.iter().any(|name| is_same(name, &entry.document)) {
                return Fate::Unchecked;
            }
            let mut is_used = false;
            for finding in report.findings.iter_mut().filter(|finding| finding.fingerprint == entry.finding) {
                finding.silenced = Some(entry.silence.clone());
                is_used = true;
            }
            if is_used {
                return Fate::Used;
            }
            let was_asked = |rule: &str| report.rules.iter().any(|done| done.rule == rule);
            if entry.rule.as_deref().is_none_or(was_asked) { Fate::Stale } else { Fate::Unasked }
        };
        Fates(self.entries.iter().map(&mut fate).collect())
    }

    /// The entries whose documents were checked and do not have the finding any more.
    pub fn stale<'b>(&'b self, fates: &'b Fates) -> impl Iterator<Item = &'b BaselineEntry> {
        self.of(fates, Fate::Stale)
    }

    /// The entries whose documents were not checked.
    pub fn unchecked<'b>(&'b self, fates: &'b Fates) -> impl Iterator<Item = &'b BaselineEntry> {
        self.of(fates, Fate::Unchecked)
    }

    fn of<'b>(&'b self, fates: &'b Fates, fate: Fate) -> impl Iterator<Item = &'b BaselineEntry> {
        let fates = fates.0.iter().copied().chain(std::iter::repeat(Fate::default()));
        self.entries.iter().zip(fates).filter(move |(_, found)| *found == fate).map(|(entry, _)| entry)
    }
}

fn is_same(one: &str, other: &str) -> bool {
    let characters = |text: &'_ str| text.chars().filter(|one| !one.is_whitespace()).collect::<Vec<_>>();
    characters(one) == characters(other)
}

/// The entries of a baseline for all findings of a report, as TOML. Those that are silenced keep their reason, the others
/// have an empty one that a person must fill in.
#[must_use]
pub fn to_baseline(report: &Report, document: &str) -> String {
    let mut toml = String::new();
    for finding in &report.findings {
        // Writing to a string cannot fail.
        let _ = entry(finding, document, &mut toml);
    }
    toml
}

fn entry(finding: &Finding, document: &str, toml: &mut String) -> fmt::Result {
    // A comment is one line; a message is, but for words of a document made by hand.
    let comment: String = finding.message.zh.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
    writeln!(toml, "[[finding]]\n# {comment}")?;
    let mut line = |key: &str, value: &str| writeln!(toml, "{key} = {}", quoted(value));
    line("document", document)?;
    line("rule", &finding.rule)?;
    line("finding", &finding.fingerprint.to_string())?;
    let silence = finding.silenced.as_ref();
    line("reason", silence.map_or("", |silence| &silence.reason))?;
    for (key, value) in
        [("by", silence.and_then(|one| one.by.as_ref())), ("date", silence.and_then(|one| one.date.as_ref()))]
    {
        if let Some(value) = value {
            line(key, value)?;
        }
    }
    writeln!(toml)
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for one in text.chars() {
        match one {
            '"' | '\\' => quoted.extend(['\\', one]),
            // Writing to a string cannot fail.
            one if one.is_control() => drop(write!(quoted, "\\u{:04X}", u32::from(one))),
            one => quoted.push(one),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_without_a_reason_is_an_error_that_says_its_line() {
        let text = "\n[[finding]]\ndocument = \"a.txt\"\nfinding = \"00c0ffee00c0ffee\"\nreason = \" \"\n\
                    [[finding]]\ndocument = \"a.txt\"\nfinding = \"c0ffee\"\n";
        let errors: Vec<_> = Baseline::read(text).unwrap_err().into_iter().map(|one| (one.line, one.kind)).collect();
        let expected =
            [(5, BaselineErrorKind::NoReason), (6, BaselineErrorKind::NoReason), (8, BaselineErrorKind::NoFingerprint)];
        assert_eq!(errors, expected);
        let unknown = Baseline::read("[[finding]]\ndocument = \"a\"\nfinding = \"x\"\nreson = \"y\"\n").unwrap_err();
        assert!(matches!(unknown[..], [BaselineError { line: 4, kind: BaselineErrorKind::Toml(_) }]), "{unknown:?}");
    }

    #[test]
    fn what_is_quoted_is_read_back() {
        for text in ["", "云溪县\"文化馆\" 2025", "a\\b\u{1}\n\tc\u{7f}"] {
            let file: toml::Table = toml::from_str(&format!("a = {}", quoted(text))).unwrap();
            assert_eq!(file["a"].as_str(), Some(text));
        }
    }

    #[test]
    fn entries_of_documents_that_were_not_checked_are_not_stale() {
        let text = "[[finding]]\ndocument = \"a.txt\"\nfinding = \"00c0ffee00c0ffee\"\nreason = \"已更正\"\ndate = 2025-03-01\n";
        let baseline = Baseline::read(text).unwrap();
        assert_eq!(baseline.entries()[0].silence.date.as_deref(), Some("2025-03-01"));
        let mut fates = baseline.silence(&mut Report::default(), &["b.txt"]);
        assert_eq!((baseline.stale(&fates).count(), baseline.unchecked(&fates).count()), (0, 1));
        fates.merge(&baseline.silence(&mut Report::default(), &["a. txt"]));
        assert_eq!((baseline.stale(&fates).count(), baseline.unchecked(&fates).count()), (1, 0));
    }
}
