//! Reports for people and for other programs.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use budget_model::{Disclosure, Language, Place, TableKind};
use budget_rules::{Checker, Report, TextReport, to_csv, to_sarif};
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

#[test]
fn sarif_names_the_rule_and_the_line() {
    let (disclosure, report) = spoiled();
    let checker = Checker::new();
    let log = to_sarif(&checker, &report, "budget.txt", &disclosure.sheets, Language::English);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let result = &run["results"][0];
    let index = result["ruleIndex"].as_u64().unwrap() as usize;
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startLine"], report.findings[0].places[0].line());
    assert_eq!(run["results"].as_array().unwrap().len(), report.findings.len());
}
