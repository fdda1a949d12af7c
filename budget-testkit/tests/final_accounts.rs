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
    let rules = [
        "statements-differ",
        "balances-do-not-close",
        "three-public-below-basic",
        "parts-do-not-add-up",
        "share-does-not-follow",
        "change-percent-does-not-follow",
        "execution-does-not-follow",
    ];
    for rule in rules {
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

#[test]
fn a_grand_total_is_the_total_of_the_year_and_the_balance() {
    let found = spoiled(
        "| 年初结转和结余 | 25.40 | 年末结转和结余 | 22.10 |",
        "| 年初结转和结余 | 25.40 | 年末结转和结余 | 21.20 |",
    );
    only(&found, "balances-do-not-close");
    assert_eq!(found[0].suspects[0].fitting, Some("22.10".parse().unwrap()));
    let found = spoiled(
        "| 年初财政拨款结转和结余 | 12.00 | 年末财政拨款结转和结余 | 6.00 | 2.00 | 4.00 | |",
        "| 年初财政拨款结转和结余 | 13.00 | 年末财政拨款结转和结余 | 6.00 | 2.00 | 4.00 | |",
    );
    only(&found, "balances-do-not-close");
}

#[test]
fn totals_that_every_form_promises_are_compared_where_little_else_is() {
    // The table of basic expenditure adds up to another amount than the column of basic expenditure.
    let found = spoiled(
        "| 合计 | < | 963.00 | 813.00 | 150.00 |\n| 301 | 工资福利支出 | 780.00 | 780.00 | |\n| 30101 | 基本工资 | 300.00 | 300.00 | |",
        "| 合计 | < | 973.00 | 823.00 | 150.00 |\n| 301 | 工资福利支出 | 790.00 | 790.00 | |\n| 30101 | 基本工资 | 310.00 | 310.00 | |",
    );
    assert!(found.iter().any(|finding| finding.rule == "statements-differ"), "{:#?}", messages(&found));
}

#[test]
fn what_the_text_states_is_compared_with_the_figure_of_its_coordinates() {
    for (passage, with) in [
        ("其他收入4.30万元，占", "其他收入4.80万元，占"),
        ("基本支出1033.10万元，占", "基本支出1038.10万元，占"),
        ("支出决算为640.00万元，完成", "支出决算为650.00万元，完成"),
        ("社会保障和就业支出130.60万元，占", "社会保障和就业支出136.60万元，占"),
        ("2023年度财政拨款收入总计、支出总计均为1242.00万元", "2023年度财政拨款收入总计、支出总计均为1252.00万元"),
    ] {
        let found = spoiled(passage, with);
        only(&found, "statements-differ");
    }
}

#[test]
fn shares_changes_and_percentages_of_execution_follow_from_their_amounts() {
    only(&spoiled("事业收入80.50万元，占6.12%", "事业收入80.50万元，占6.21%"), "share-does-not-follow");
    only(&spoiled("各增加46.40万元，增长3.57%", "各增加46.40万元，增长3.75%"), "change-percent-does-not-follow");
    only(&spoiled("完成年初预算的103.23%", "完成年初预算的130.23%"), "execution-does-not-follow");
    only(
        &spoiled("支出决算为5.00万元，完成预算的83.33%", "支出决算为5.00万元，完成预算的33.33%"),
        "execution-does-not-follow",
    );
    // The planned amount of an item is in no table, and is wrong by its percentage alone.
    only(&spoiled("年初预算为620.00万元", "年初预算为260.00万元"), "execution-does-not-follow");
}
