//! Final accounts: what their tables and their text promise each other, and what is found where one figure of them is wrong.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs)]

use budget_model::{Disclosure, Language, Severity, Stage};
use budget_parse::read_document;
use budget_rules::{Checker, Defect, Finding, Report};
use budget_testkit::fixture;

#[allow(unreachable_pub, dead_code)]
mod common;

/// The final accounts of an invented unit, which agree with themselves.
const DOCUMENT: &str = include_str!("final_accounts/document.grid");

fn read(text: &str) -> Disclosure {
    let read = read_document(&fixture(text).unwrap(), &common::no_layouts()).unwrap();
    assert_eq!(read.stage, Stage::Final);
    read
}

fn check(text: &str) -> Report {
    Checker::new().check(&read(text))
}

/// What is found where a passage of the document is another one.
fn spoiled(passage: &str, with: &str) -> Vec<Finding> {
    assert_eq!(DOCUMENT.matches(passage).count(), 1, "{passage}");
    let mut found = check(&DOCUMENT.replace(passage, with)).findings;
    found.retain(|finding| finding.severity > Severity::Info);
    found
}

fn messages(found: &[Finding]) -> Vec<String> {
    found.iter().map(|finding| format!("{} {}", finding.rule, finding.message(Language::Chinese))).collect()
}

/// The only finding, and whether it is shown by a rule.
fn only(found: &[Finding], rule: &str) {
    assert_eq!(found.len(), 1, "{:#?}", messages(found));
    let shown = found[0].arithmetic.iter().any(|arithmetic| arithmetic.rule == rule);
    assert!(found[0].rule == rule || shown, "{:#?}", messages(found));
}

#[test]
fn final_accounts_that_agree_with_themselves_have_no_finding() {
    let report = check(DOCUMENT);
    assert!(report.findings.is_empty(), "{:#?}", messages(&report.findings));
    let checked = |rule: &str| report.rules.iter().find(|found| found.rule == rule).unwrap().checked;
    for rule in ["statements-differ", "balances-do-not-close", "three-public-below-basic", "parts-do-not-add-up"] {
        assert!(checked(rule) > 0, "{rule} {report:#?}");
        println!("{rule} {}", checked(rule));
    }
}

#[test]
fn two_classes_in_exchange_between_tables_of_appropriations_are_one_finding() {
    let found = spoiled(
        "| | | 四、卫生健康支出 | 60.10 | 60.10 | | |\n| | | 五、住房保障支出 | 52.30 | 52.30 | | |",
        "| | | 四、卫生健康支出 | 52.30 | 52.30 | | |\n| | | 五、住房保障支出 | 60.10 | 60.10 | | |",
    );
    only(&found, "statements-differ");
    assert_eq!(found[0].defect, Some(Defect::ExchangedRows));
}

#[test]
fn opening_balance_and_revenue_are_expenditure_and_closing_balance() {
    let found = spoiled(
        "| 229 | 其他支出 | 2.00 | 30.00 | 28.00 | | 28.00 | 4.00 |",
        "| 229 | 其他支出 | 2.00 | 30.00 | 28.00 | | 28.00 | 3.00 |",
    );
    only(&found, "balances-do-not-close");
    assert_eq!(found[0].suspects[0].fitting, Some("4.00".parse().unwrap()));
    // A table in which it never holds leaves something out.
    let never = DOCUMENT.replace(" 28.00 | | 28.00 | 4.00 |", " 28.00 | | 28.00 | 1.00 |");
    let report = check(&never);
    assert!(messages(&report.findings).iter().all(|message| !message.contains("balances")), "{report:#?}");
}

#[test]
fn the_planned_column_of_the_three_public_expenses_adds_up_like_the_final_one() {
    let found = spoiled("| 预算数 | 6.00 | | 5.00 | | 5.00 | 1.00 |", "| 预算数 | 6.60 | | 5.00 | | 5.00 | 1.00 |");
    only(&found, "parts-do-not-add-up");
    let found = spoiled("| 决算数 | 5.00 | | 4.50 | | 4.50 | 0.50 |", "| 决算数 | 4.80 | | 4.50 | | 4.50 | 0.30 |");
    only(&found, "three-public-below-basic");
}
