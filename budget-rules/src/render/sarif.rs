//! Findings in SARIF 2.1.0, which CI systems show beside the file.

use budget_model::{Language, Place, Severity};
use serde_json::{Value, json};

use crate::checker::Checker;
use crate::report::Report;
use crate::rule::Description;

/// A report as a SARIF 2.1.0 log. `uri` is the file that was checked, relative to the root of the repository.
///
/// A place in a sheet has no line, and is a logical location (`表3!D12`).
#[must_use]
pub fn to_sarif(checker: &Checker<'_>, report: &Report, uri: &str, sheets: &[String], language: Language) -> Value {
    let descriptions: Vec<&Description> = checker.descriptions().collect();
    let rules: Vec<Value> = descriptions.iter().map(|description| rule(description, language)).collect();
    let results: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            let location = |place: &Place| location(*place, uri, sheets);
            let locations: Vec<Value> = finding.places.iter().take(1).map(location).collect();
            let related: Vec<Value> = finding.places.iter().skip(1).map(location).collect();
            let mut result = json!({
                "ruleId": finding.rule,
                "level": level(finding.severity),
                "message": { "text": finding.message(language) },
                "locations": locations,
                "properties": { "suspects": finding.suspects, "arithmetic": finding.arithmetic },
            });
            if let Some(fields) = result.as_object_mut() {
                if !related.is_empty() {
                    fields.insert("relatedLocations".to_owned(), related.into());
                }
                if let Some(index) = descriptions.iter().position(|description| description.id == finding.rule) {
                    fields.insert("ruleIndex".to_owned(), index.into());
                }
            }
            result
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "budget",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "artifacts": [{ "location": { "uri": uri } }],
            "results": results,
        }],
    })
}

fn rule(description: &Description, language: Language) -> Value {
    json!({
        "id": description.id,
        "shortDescription": { "text": description.title.in_language(language) },
        "fullDescription": { "text": description.explanation.in_language(language) },
        "defaultConfiguration": { "level": level(description.severity) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn location(place: Place, uri: &str, sheets: &[String]) -> Value {
    match place {
        Place::Text { line, column, .. } => json!({
            "physicalLocation": {
                "artifactLocation": { "uri": uri },
                "region": { "startLine": line.max(1), "startColumn": column.max(1) },
            },
        }),
        Place::Cell { .. } => json!({
            "physicalLocation": { "artifactLocation": { "uri": uri } },
            "logicalLocations": [{ "fullyQualifiedName": place.describe(sheets) }],
        }),
    }
}
