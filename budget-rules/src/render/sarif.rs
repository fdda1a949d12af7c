//! Findings in SARIF 2.1.0, which CI systems show beside the file.

use std::collections::HashMap;

use budget_model::{Language, Place, Severity};
use serde_json::{Map, Value, json};

use crate::checker::Checker;
use crate::report::{Finding, Report};
use crate::rule::Description;

/// The name of the fingerprints: what they are made of may change with the number.
const FINGERPRINT: &str = "budgetFinding/v2";
/// Most characters that a figure or word is marked over.
const LONGEST_MARK: usize = 200;

/// A log being made: one run, whatever the number of documents.
///
/// ```
/// use budget_model::{Disclosure, Language};
/// use budget_rules::{Checker, SarifDocument, SarifLog};
///
/// let checker = Checker::new();
/// let report = checker.check(&Disclosure::default());
/// let document = SarifDocument { uri: "2025/a.txt", sheets: &[], lines: &|_| None };
/// let mut log = SarifLog::new(&checker, Language::English);
/// let results = log.results(&report, &document);
/// log.add(&document, results);
/// assert_eq!(log.finish()["runs"].as_array().map(Vec::len), Some(1));
/// ```
#[derive(Debug)]
pub struct SarifLog<'c> {
    descriptions: Vec<&'c Description>,
    language: Language,
    artifacts: Vec<Value>,
    results: Vec<Value>,
}

/// A document that was checked.
pub struct SarifDocument<'a> {
    /// The file: a URI relative to the root of the repository, or absolute.
    pub uri: &'a str,
    /// Its sheets, where it is a workbook.
    pub sheets: &'a [String],
    /// The line of the source at a place, where there is one: it says where a figure ends.
    pub lines: &'a dyn Fn(Place) -> Option<String>,
}

/// What one document adds to a log; made by [`SarifLog::results`].
#[derive(Clone, Debug)]
pub struct SarifResults(Vec<Value>);

impl<'c> SarifLog<'c> {
    /// An empty log.
    #[must_use]
    pub fn new(checker: &'c Checker<'_>, language: Language) -> Self {
        Self { descriptions: checker.descriptions().collect(), language, artifacts: Vec::new(), results: Vec::new() }
    }

    /// The results of a report, each finding once. May be made in parallel.
    #[must_use]
    pub fn results(&self, report: &Report, document: &SarifDocument<'_>) -> SarifResults {
        let mut results: Vec<Value> = Vec::with_capacity(report.findings.len());
        let mut seen: HashMap<_, Vec<usize>> = HashMap::new();
        for finding in &report.findings {
            let result = self.result(finding, document);
            let same = seen.entry(finding.fingerprint).or_default();
            if !same.iter().any(|index| results.get(*index) == Some(&result)) {
                same.push(results.len());
                results.push(result);
            }
        }
        SarifResults(results)
    }

    /// Adds what a document has.
    pub fn add(&mut self, document: &SarifDocument<'_>, results: SarifResults) {
        self.artifacts.push(json!({ "location": artifact(document.uri) }));
        self.results.extend(results.0);
    }

    /// The log.
    #[must_use]
    pub fn finish(self) -> Value {
        let rules: Vec<Value> = self.descriptions.iter().map(|description| rule(description, self.language)).collect();
        json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "budget",
                    "version": env!("CARGO_PKG_VERSION"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "informationUri": env!("CARGO_PKG_REPOSITORY"),
                    "rules": rules,
                } },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {
                    "%SRCROOT%": { "description": { "text": "The folder that the paths begin in." } },
                },
                "artifacts": self.artifacts,
                "results": self.results,
            }],
        })
    }

    fn result(&self, finding: &Finding, document: &SarifDocument<'_>) -> Value {
        let mut result = Map::new();
        result.insert("ruleId".to_owned(), finding.rule.as_str().into());
        if let Some(index) = self.descriptions.iter().position(|description| description.id == finding.rule) {
            result.insert("ruleIndex".to_owned(), index.into());
        }
        result.insert("level".to_owned(), level(finding.severity).into());
        result.insert("message".to_owned(), json!({ "text": finding.message(self.language) }));
        // A finding about the whole document stands at its beginning: every result needs a line.
        let first = finding.places.first();
        let main = first.map_or_else(|| whole(document.uri), |place| location(*place, finding, document));
        result.insert("locations".to_owned(), json!([main]));
        let mut related: Vec<Value> = Vec::new();
        for place in finding.places.iter().skip(1) {
            let mut location = location(*place, finding, document);
            if let Some(fields) = location.as_object_mut() {
                fields.insert("message".to_owned(), json!({ "text": name_at(*place, finding, document.sheets) }));
            }
            if !related.contains(&location) {
                related.push(location);
            }
        }
        if !related.is_empty() {
            result.insert("relatedLocations".to_owned(), related.into());
        }
        result.insert("partialFingerprints".to_owned(), json!({ FINGERPRINT: finding.fingerprint }));
        if let Some(silence) = &finding.silenced {
            let suppression = json!({ "kind": "external", "status": "accepted", "justification": silence.reason });
            result.insert("suppressions".to_owned(), json!([suppression]));
        }
        result
            .insert("properties".to_owned(), json!({ "suspects": finding.suspects, "arithmetic": finding.arithmetic }));
        result.into()
    }
}

impl std::fmt::Debug for SarifDocument<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SarifDocument").field("uri", &self.uri).finish_non_exhaustive()
    }
}

fn rule(description: &Description, language: Language) -> Value {
    let text = |text: &crate::Text| text.in_language(language).to_owned();
    let help = format!("{}\n\n{}", text(&description.explanation), text(&description.example));
    let markdown = format!("{}\n\n```text\n{}\n```\n", text(&description.explanation), text(&description.example));
    json!({
        "id": description.id,
        "name": description.id,
        "shortDescription": { "text": text(&description.title) },
        "fullDescription": { "text": text(&description.explanation) },
        "help": { "text": help, "markdown": markdown },
        "defaultConfiguration": { "level": level(description.severity) },
        "properties": { "tags": ["budget"], "problem.severity": severity(description.severity) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// The word that GitHub has for it.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "recommendation",
    }
}

fn artifact(uri: &str) -> Value {
    match uri.starts_with("file:") {
        true => json!({ "uri": uri }),
        false => json!({ "uri": uri, "uriBaseId": "%SRCROOT%" }),
    }
}

fn whole(uri: &str) -> Value {
    json!({ "physicalLocation": { "artifactLocation": artifact(uri), "region": { "startLine": 1, "endLine": 1 } } })
}

/// A place. The lines of a sheet are its rows; its cell, like every place that is not of a text, is a logical location as well
/// (`表3!D12`, `p7@72.0,310.5`).
fn location(place: Place, finding: &Finding, document: &SarifDocument<'_>) -> Value {
    let (line, column) = (place.line().max(1), place.column().max(1));
    let length = match place {
        Place::Text { .. } => length(place, finding, document).max(1),
        _ => 1,
    };
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": artifact(document.uri),
            "region": {
                "startLine": line,
                "startColumn": column,
                "endLine": line,
                "endColumn": usize::try_from(column).unwrap_or(usize::MAX).saturating_add(length),
            },
        },
    });
    if !matches!(place, Place::Text { .. })
        && let Some(fields) = location.as_object_mut()
    {
        let cell = json!([{ "fullyQualifiedName": place.describe(document.sheets), "kind": "element" }]);
        fields.insert("logicalLocations".to_owned(), cell);
    }
    location
}

/// How many characters stand at a place: those of the source up to a space, else those of the figure there.
fn length(place: Place, finding: &Finding, document: &SarifDocument<'_>) -> usize {
    if let Some(line) = (document.lines)(place) {
        let behind = line.chars().skip(place.column().saturating_sub(1) as usize);
        return behind.take_while(|one| !one.is_whitespace()).take(LONGEST_MARK).count();
    }
    let suspects = finding.suspects.iter().map(|suspect| (suspect.place, suspect.value));
    let figures =
        finding.arithmetic.iter().flat_map(|check| &check.contributions).map(|entry| (entry.place, entry.value));
    suspects.chain(figures).find(|(at, _)| *at == place).map_or(1, |(_, value)| value.to_string().len())
}

/// What stands at a place: the name of the figure, else the place itself.
fn name_at(place: Place, finding: &Finding, sheets: &[String]) -> String {
    let suspects = finding.suspects.iter().map(|suspect| (suspect.place, &suspect.name));
    let figures =
        finding.arithmetic.iter().flat_map(|check| &check.contributions).map(|entry| (entry.place, &entry.name));
    let found = suspects.chain(figures).find(|(at, name)| *at == place && !name.is_empty());
    found.map_or_else(|| place.describe(sheets), |(_, name)| name.clone())
}
