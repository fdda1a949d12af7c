//! Reports for people and for other programs.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use budget_model::{Disclosure, Language, Place, TableKind};
use budget_rules::{Checker, Report, SarifDocument, SarifLog, TextReport, to_csv};
use common::sample::{cell, sample};

/// The sample with one wrong figure, and what all rules say.
fn spoiled() -> (Disclosure, Report) {
    let mut disclosure = sample();
    *cell(&mut disclosure, TableKind::GeneralBasic, 30_101) += budget_model::Decimal::ONE_HUNDRED;
    let report = Checker::new().check(&disclosure);
    (disclosure, report)
}

#[test]
fn the_text_shows_the_line_with_the_figure_marked_under_chinese_words() {
    let (_, report) = spoiled();
    let place = report.findings[0].places[0];
    let Place::Text { column, .. } = place else { panic!("a text has lines") };
    let words = "基".repeat(column as usize - 1);
    let line = |_| Some(format!("{words}612.50 1.00"));
    let text = TextReport::new(&report).lines(&line).to_string();
    let shown: Vec<&str> = text.lines().skip_while(|line| !line.contains("612.50")).take(2).collect();
    let indent = shown[1].split('|').nth(1).unwrap().chars().take_while(|c| *c == ' ').count();
    assert_eq!(indent - 1, 2 * (column as usize - 1), "a Chinese character is two columns wide:\n{text}");
    assert!(shown[1].ends_with("^^^^^^") && !shown[1].ends_with("^^^^^^^"), "{text}");
}

#[test]
fn the_text_is_in_the_language_asked_for() {
    let (_, report) = spoiled();
    let say = |language| TextReport::new(&report).language(language).with_rounding().with_rules().to_string();
    let (zh, en) = (say(Language::Chinese), say(Language::English));
    assert!(zh.contains("最可能有误") && zh.contains("不适用") && !zh.contains("most likely wrong"));
    assert!(en.contains("most likely wrong") && en.contains("not applicable") && !en.contains("最可能有误"));
}

#[test]
fn csv_has_one_row_for_each_figure_of_a_finding() {
    let (disclosure, report) = spoiled();
    let csv = to_csv(&report, &disclosure.sheets);
    let rows: Vec<&str> = csv.lines().collect();
    let figures: usize = report
        .findings
        .iter()
        .map(|finding| finding.arithmetic.iter().map(|check| check.contributions.len()).sum::<usize>().max(1))
        .sum();
    assert_eq!(rows.len(), figures + 1);
    assert!(rows[0].starts_with("finding,rule,severity,"));
    assert!(rows[1].starts_with("1,parts-do-not-add-up,error,"), "{}", rows[1]);
}

/// The log of a report about one document, as often as asked.
fn log(checker: &Checker<'_>, report: &Report, uris: &[&str]) -> serde_json::Value {
    let mut log = SarifLog::new(checker, Language::English);
    for uri in uris {
        let document = SarifDocument { uri, sheets: &[], lines: &|_| None };
        let results = log.results(report, &document);
        log.add(&document, results);
    }
    log.finish()
}

#[test]
fn sarif_has_one_run_with_what_its_schema_and_github_ask_for() {
    let (_, report) = spoiled();
    let checker = Checker::new();
    let log = log(&checker, &report, &["a/budget.txt", "b/%E9%A6%86.txt"]);
    assert_eq!((&log["version"], log["runs"].as_array().unwrap().len()), (&"2.1.0".into(), 1));
    let run = &log["runs"][0];
    assert_eq!(run["artifacts"].as_array().unwrap().len(), 2);
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        for text in [&rule["shortDescription"]["text"], &rule["fullDescription"]["text"], &rule["help"]["text"]] {
            assert!(text.as_str().is_some_and(|text| !text.is_empty()), "{rule}");
        }
    }
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 2 * report.findings.len());
    let mut fingerprints = std::collections::HashSet::new();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let location = &result["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["uriBaseId"], "%SRCROOT%");
        let region = &location["region"];
        assert!(region["startLine"].as_u64().unwrap() >= 1 && region["endLine"] == region["startLine"], "{region}");
        if region["startColumn"].is_u64() {
            assert!(region["endColumn"].as_u64() > region["startColumn"].as_u64(), "{region}");
        }
        for related in result["relatedLocations"].as_array().into_iter().flatten() {
            assert!(related["message"]["text"].is_string(), "{related}");
        }
        let fingerprint = result["partialFingerprints"]["budgetFinding/v2"].as_str().unwrap();
        assert!(fingerprints.insert((location["artifactLocation"]["uri"].as_str().unwrap(), fingerprint)));
    }
}

#[test]
fn a_fingerprint_stays_while_lines_move_and_one_finding_is_one_result() {
    let (_, report) = spoiled();
    let checker = Checker::new();
    let of = |report: &Report| -> Vec<serde_json::Value> {
        let log = log(&checker, report, &["a.txt"]);
        let results = log["runs"][0]["results"].as_array().unwrap().clone();
        results.into_iter().map(|result| result["partialFingerprints"].clone()).collect()
    };
    let mut moved = report.clone();
    for place in moved.findings.iter_mut().flat_map(|finding| &mut finding.places) {
        if let Place::Text { line, .. } = place {
            *line += 3;
        }
    }
    assert_eq!(of(&moved), of(&report));
    let mut twice = report.clone();
    twice.findings.extend(report.findings.clone());
    assert_eq!(of(&twice), of(&report));
}

#[test]
fn the_end_of_a_figure_is_that_of_its_word_in_the_source() {
    let (_, report) = spoiled();
    let checker = Checker::new();
    let Place::Text { column, .. } = report.findings[0].places[0] else { panic!("a text has lines") };
    let line = |_| Some(format!("{}612.50 1.00", "基".repeat(column as usize - 1)));
    let document = SarifDocument { uri: "a.txt", sheets: &[], lines: &line };
    let mut log = SarifLog::new(&checker, Language::Chinese);
    let results = log.results(&report, &document);
    log.add(&document, results);
    let region = &log.finish()["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startColumn"], column);
    assert_eq!(region["endColumn"], column + 6);
}
