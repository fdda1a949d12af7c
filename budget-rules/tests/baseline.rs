//! Findings are known again, and silenced with a reason.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;

use budget_model::{Decimal, Disclosure, Language, Place, TableKind};
use budget_rules::{Baseline, Checker, Fingerprint, Report, TextReport, to_baseline, to_csv};
use common::sample::{cell, sample};

/// The sample with one wrong figure.
fn spoiled() -> Disclosure {
    let mut disclosure = sample();
    *cell(&mut disclosure, TableKind::GeneralBasic, 30_101) += Decimal::ONE_HUNDRED;
    disclosure
}

fn fingerprints(report: &Report) -> Vec<Fingerprint> {
    report.findings.iter().map(|finding| finding.fingerprint).collect()
}

fn check(disclosure: &Disclosure) -> Report {
    Checker::new().check(disclosure)
}

#[test]
fn a_fingerprint_stays_when_places_and_tables_move_and_not_when_the_figure_changes() {
    let mut disclosure = spoiled();
    let report = check(&disclosure);
    let known = fingerprints(&report);
    assert!(!known.is_empty());
    assert_eq!(known.iter().collect::<BTreeSet<_>>().len(), known.len(), "each has its own");

    // Three lines more at the beginning.
    let json = serde_json::to_string(&disclosure).unwrap();
    let mut moved: serde_json::Value = serde_json::from_str(&json).unwrap();
    move_lines(&mut moved);
    let moved: Disclosure = serde_json::from_value(moved).unwrap();
    let places = |report: &Report| -> Vec<Option<Place>> {
        report.findings.iter().map(|finding| finding.places.first().copied()).collect()
    };
    assert_ne!(places(&check(&moved)), places(&report));
    assert_eq!(fingerprints(&check(&moved)), known);

    *cell(&mut disclosure, TableKind::GeneralBasic, 30_101) += Decimal::ONE;
    assert_ne!(fingerprints(&check(&disclosure)).first(), known.first());
}

fn move_lines(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => {
            if let Some(line) = fields.get_mut("line").filter(|line| line.is_u64()) {
                *line = (line.as_u64().unwrap() + 3).into();
            }
            fields.values_mut().for_each(move_lines);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(move_lines),
        _ => {}
    }
}

#[test]
fn a_silenced_finding_does_not_count_and_is_listed_with_its_reason() {
    let mut report = check(&spoiled());
    let written = to_baseline(&report, "云溪县文化和旅游局 2025");
    let empty = Baseline::read(&written).unwrap_err();
    assert_eq!(empty.len(), report.findings.len(), "every reason is to be filled in");

    let filled = written.replace("reason = \"\"", "reason = \"=已更正\"");
    let baseline = Baseline::read(&filled).unwrap();
    let fates = baseline.silence(&mut report, &["a.txt", "云溪县文化和旅游局2025"]);
    assert_eq!((report.verdict(), baseline.stale(&fates).count()), (None, 0));
    assert_eq!(report.silenced().count(), report.findings.len());
    let text = TextReport::new(&report).language(Language::English).to_string();
    assert!(text.contains("no findings") && text.contains("(reason: =已更正)"), "{text}");
    assert!(to_csv(&report, &[]).lines().nth(1).unwrap().ends_with(",'=已更正"));
    assert_eq!(to_baseline(&report, "云溪县文化和旅游局 2025"), filled, "a reason that is there is kept");
}

#[test]
fn an_entry_that_matches_nothing_is_stale_unless_its_rule_did_not_run() {
    let report = check(&spoiled());
    let filled = to_baseline(&report, "a.txt").replace("reason = \"\"", "reason = \"已更正\"");
    let baseline = Baseline::read(&filled).unwrap();
    let mut clean = check(&sample());
    let before = clean.findings.len();
    let fates = baseline.silence(&mut clean, &["a.txt"]);
    assert_eq!(baseline.stale(&fates).count(), report.findings.len() - before);
    let mut asked_nothing = Checker::empty().check(&sample());
    let fates = baseline.silence(&mut asked_nothing, &["a.txt"]);
    assert_eq!(baseline.stale(&fates).count(), 0);
}
