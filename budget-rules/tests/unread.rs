//! What was not read, or is in doubt, is never taken for a zero or for a figure; what is wrong is said so that it is true.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use budget_model::{
    Aspect, Decimal, Disclosure, Doubts, Label, Language, Measure, Required, Table, TableKind, Unit, Unread,
};
use budget_rules::{Checker, Finding, Report, TextReport};
use common::mutation::new_findings;
use common::sample::{cell, fact, sample};

fn table(disclosure: &mut Disclosure, kind: TableKind) -> &mut Table {
    disclosure.tables.iter_mut().find(|table| table.kind == kind).unwrap()
}

/// What all rules say of the spoiled sample that they do not say of the sample.
fn spoiled(spoil: impl FnOnce(&mut Disclosure)) -> (Vec<Finding>, Report) {
    let mut disclosure = sample();
    let before = Checker::new().check(&disclosure);
    spoil(&mut disclosure);
    let after = Checker::new().check(&disclosure);
    (new_findings(&before, after.clone()), after)
}

fn says_blocked(report: &Report, words: &str) -> bool {
    report.rules.iter().flat_map(|rule| &rule.blocked).any(|why| why.in_language(Language::Chinese).contains(words))
}

/// Takes the first figure of the first row out and leaves it unread.
fn unread(table: &mut Table, column: bool) {
    let row = &mut table.rows[0];
    let gone = row.cells.remove(0);
    let column = column.then_some(gone.column);
    row.unread.push(Unread::new(column, "#REF!", gone.amount.place));
}

#[test]
fn a_total_that_was_not_read_is_not_zero_and_is_named() {
    for column in [true, false] {
        let (new, report) = spoiled(|d| unread(table(d, TableKind::Expenditure), column));
        assert!(new.is_empty(), "{new:#?}");
        assert!(report.undecided() > 0 && says_blocked(&report, "#REF!"), "{:?}", report.rules[0]);
        let text = TextReport::new(&report).language(Language::English).to_string();
        assert!(text.contains("could not be decided"), "{text}");
    }
}

#[test]
fn a_figure_in_doubt_is_not_compared_and_is_named() {
    for aspect in [Aspect::Value, Aspect::Row] {
        let (new, report) = spoiled(|d| {
            let cell = &mut table(d, TableKind::Expenditure).rows[0].cells[0];
            cell.amount.value += Decimal::ONE_THOUSAND;
            cell.doubts.add(aspect);
        });
        assert!(new.is_empty(), "{new:#?}");
        assert!(says_blocked(&report, "存疑"));
    }
}

#[test]
fn a_table_whose_unit_is_in_doubt_must_add_up_and_is_compared_with_nothing() {
    let in_doubt = |d: &mut Disclosure| {
        let table = table(d, TableKind::General);
        table.unit = Unit::Yuan;
        table.doubts.add(Aspect::Unit);
    };
    let amounts = |found: &&Finding| found.rule != "unit-inconsistent";
    assert_eq!(spoiled(in_doubt).0.iter().find(amounts), None);
    let (new, _) = spoiled(|d| {
        in_doubt(d);
        *cell(d, TableKind::General, 0) += Decimal::from(50);
    });
    assert!(new.iter().any(|found| found.rule == "parts-do-not-add-up"), "{new:#?}");
}

#[test]
fn a_blank_total_is_called_blank_and_no_error() {
    let (new, report) = spoiled(|d| {
        table(d, TableKind::Expenditure).rows[0].cells.remove(0);
    });
    assert!(!new.is_empty() && new.iter().all(|found| found.rule == "whole-left-blank"), "{new:#?}");
    let text = TextReport::new(&report).language(Language::English).to_string();
    assert!(text.contains("blank") && !text.contains(" is 0"), "{text}");
}

#[test]
fn a_table_of_which_nothing_was_understood_is_not_empty() {
    let (new, report) = spoiled(|d| {
        for row in &mut table(d, TableKind::Expenditure).rows {
            let unread = |cell: &budget_model::Cell| {
                Unread::new(Some(cell.column), format!("{}万元", cell.amount.value), cell.amount.place)
            };
            row.unread = row.cells.iter().map(unread).collect();
            row.cells.clear();
        }
    });
    assert!(new.is_empty(), "{new:#?}");
    assert!(says_blocked(&report, "未能读出"));
}

#[test]
fn a_hidden_copy_with_other_figures_is_left_alone() {
    let (new, _) = spoiled(|d| {
        let mut copy = table(d, TableKind::Expenditure).clone();
        copy.doubts = Doubts::of(Aspect::Table);
        copy.rows[0].cells[0].amount.value += Decimal::TEN;
        d.tables.insert(0, copy);
    });
    let others: Vec<_> =
        new.iter().filter(|found| found.suspects.is_empty() && found.severity > budget_model::Severity::Info).collect();
    assert!(others.is_empty(), "{others:#?}");
    assert!(new.iter().all(|found| found.severity == budget_model::Severity::Info), "{new:#?}");
}

#[test]
fn a_page_that_is_printed_twice_is_one_finding() {
    let (new, _) = spoiled(|d| {
        let table = table(d, TableKind::Expenditure);
        let again: Vec<_> = table.rows.iter().skip(1).take(6).cloned().collect();
        table.rows.extend(again);
    });
    let rules: Vec<_> = new.iter().map(|found| found.rule.as_str()).collect();
    assert_eq!(rules, ["row-printed-twice"], "{new:#?}");
}

#[test]
fn the_tables_of_several_units_are_not_compared_with_each_other() {
    let (new, report) = spoiled(|d| {
        for kind in [TableKind::Expenditure, TableKind::Income] {
            let mut other = table(d, kind).clone();
            for cell in other.rows.iter_mut().flat_map(|row| &mut row.cells) {
                cell.amount.value *= Decimal::TWO;
            }
            other.number = None;
            other.compiler.as_mut().unwrap().text = "云溪县图书馆".to_owned();
            d.tables.push(other);
        }
    });
    assert!(!new.iter().any(|found| found.rule == "statements-differ"), "{new:#?}");
    assert!(says_blocked(&report, "并列"));
}

#[test]
fn a_table_in_another_unit_than_it_says_is_one_slip() {
    let (new, report) = spoiled(|d| {
        for cell in table(d, TableKind::General).rows.iter_mut().flat_map(|row| &mut row.cells) {
            cell.amount.value *= Decimal::from(10_000);
        }
    });
    let slips: Vec<_> = new.iter().filter(|found| found.message.en.contains("factor of 10000")).collect();
    assert_eq!(slips.len(), 1, "{new:#?}");
    assert!(slips[0].message.zh.contains("单位") && !slips[0].is_decided);
    assert!(TextReport::new(&report).to_string().contains("无从断定"));
}

#[test]
fn where_nothing_decides_which_of_two_figures_is_wrong_both_are_named() {
    // Two sentences about the same, and nothing else.
    let mut disclosure = sample();
    let amount = fact(&mut disclosure, "3.三", "支出预算", Measure::Amount).clone();
    let mut other = amount.clone();
    other.value += Decimal::ONE;
    disclosure.tables.clear();
    disclosure.performance.clear();
    disclosure.facts = vec![amount, other];
    let report = Checker::new().check(&disclosure);
    let finding = report.findings.iter().find(|found| found.rule == "statements-differ").unwrap();
    assert!(!finding.is_decided && finding.suspects.len() == 2, "{finding:#?}");
    let text = TextReport::new(&report).language(Language::English).to_string();
    assert!(text.contains("nothing says which") && !text.contains("most likely wrong"), "{text}");
}

#[test]
fn too_many_people_do_not_make_the_posts_wrong() {
    let (new, _) = spoiled(|d| fact(d, "1.", "在职", Measure::Count).value += Decimal::ONE_THOUSAND);
    let finding = new.iter().find(|found| found.rule == "staff-exceeds-posts").unwrap();
    assert!(finding.suspects.is_empty(), "{finding:#?}");
}

#[test]
fn arithmetic_is_a_sentence() {
    let (_, report) = spoiled(|d| *cell(d, TableKind::GeneralBasic, 30_101) += Decimal::ONE);
    for language in [Language::Chinese, Language::English] {
        let text = TextReport::new(&report).language(language).with_rounding().to_string();
        assert!(!text.contains(['≠', '≰', '≱']), "{text}");
    }
    let text = TextReport::new(&report).language(Language::English).to_string();
    assert!(text.contains(" is not ") && text.contains("a difference of"), "{text}");
}

#[test]
fn nothing_is_required_by_a_form_that_is_not_known() {
    let (new, _) = spoiled(|d| {
        d.required = Required::default();
        d.tables.retain(|table| table.kind != TableKind::Carryover);
        d.sections.retain(|section| !section.heading.text.contains("政府采购"));
    });
    assert!(!new.iter().any(|found| found.rule.ends_with("-missing")), "{new:#?}");
}

#[test]
fn a_title_whose_table_was_not_read_is_not_a_missing_table() {
    let (new, report) = spoiled(|d| {
        let gone = d.tables.iter().position(|table| table.kind == TableKind::Carryover).unwrap();
        let title = d.tables.remove(gone).title;
        d.ledger.unread.push(Label::new(title.text, title.place));
    });
    assert!(!new.iter().any(|found| found.rule == "table-missing"), "{new:#?}");
    assert!(says_blocked(&report, "有标题"));
}

#[test]
fn figures_turned_from_wan_into_yuan_are_as_rounded_as_before() {
    let (new, report) = spoiled(|d| {
        d.unit = Unit::Yuan;
        for table in &mut d.tables {
            table.unit = Unit::Yuan;
            for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                cell.amount.value = (cell.amount.value * Decimal::from(10_000)).round();
            }
        }
    });
    let sums: Vec<_> = new.iter().filter(|found| found.rule == "parts-do-not-add-up").collect();
    assert!(sums.is_empty(), "{sums:#?}");
    assert!(report.checked() > 500);
}
