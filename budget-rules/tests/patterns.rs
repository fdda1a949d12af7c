//! One defect that breaks many sums is one finding, and it says what happened.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use budget_model::{Code, Disclosure, Language, Role, Table, TableKind};
use budget_rules::{Checker, Finding};
use common::sample::sample;

fn table(disclosure: &mut Disclosure, kind: TableKind) -> &mut Table {
    disclosure.tables.iter_mut().find(|table| table.kind == kind).unwrap()
}

/// The only finding that the sample did not have before it was altered.
fn only(disclosure: &Disclosure) -> Finding {
    let before = Checker::new().check(&sample()).findings;
    let mut findings = Checker::new().check(disclosure).findings;
    findings.retain(|finding| before.iter().all(|known| known.message != finding.message));
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings.remove(0)
}

#[test]
fn a_column_off_by_one_row_is_one_finding_with_what_each_figure_would_have_to_be() {
    let mut disclosure = sample();
    let rows = &mut table(&mut disclosure, TableKind::GeneralBasic).rows;
    let with_total: Vec<usize> =
        (0..rows.len()).filter(|row| rows[*row].role == Role::Group && rows[*row].cell(0).is_some()).collect();
    let (first, run) = with_total[with_total.len() - 8..].split_first().unwrap();
    let printed: Vec<_> = run.iter().map(|row| rows[*row].cells[0].amount.value).collect();
    for (row, value) in std::iter::once(first).chain(run).zip(printed) {
        rows[*row].cells[0].amount.value = value;
    }
    let finding = only(&disclosure);
    assert!(finding.message(Language::Chinese).contains("错开一行"), "{}", finding.message(Language::Chinese));
    assert!(finding.suspects.len() >= 5 && finding.suspects.iter().all(|suspect| suspect.fitting.is_some()));
}

#[test]
fn a_class_that_no_total_contains_is_named() {
    let mut disclosure = sample();
    let general = table(&mut disclosure, TableKind::General);
    let class = general.rows.iter().position(|row| row.role == Role::Class).unwrap();
    let mut extra = general.rows[class].clone();
    extra.code = Code::from_number(222);
    extra.label.text = "粮油物资储备支出".to_owned();
    for cell in &mut extra.cells {
        cell.amount.value += budget_model::Decimal::ONE;
    }
    // Of the parts nothing is printed, so nothing more is wrong.
    extra.cells.truncate(2);
    let total = extra.cells[0].amount;
    extra.cells[1].amount = total;
    general.rows.push(extra);
    let finding = only(&disclosure);
    assert!(finding.message(Language::Chinese).contains("没有计入"), "{}", finding.message(Language::Chinese));
    assert_eq!(finding.arithmetic.len(), 2);
}

#[test]
fn a_class_that_only_another_table_shows_is_missing() {
    let mut disclosure = sample();
    let expenditure = table(&mut disclosure, TableKind::Expenditure);
    let last = expenditure.rows.iter().rposition(|row| row.role == Role::Class).unwrap();
    expenditure.rows.truncate(last);
    let finding = only(&disclosure);
    assert!(finding.message(Language::Chinese).contains("缺“"), "{}", finding.message(Language::Chinese));
}

#[test]
fn two_rows_in_each_others_place_are_one_finding() {
    let mut disclosure = sample();
    let expenditure = table(&mut disclosure, TableKind::Expenditure);
    let items: Vec<usize> =
        (0..expenditure.rows.len()).filter(|row| expenditure.rows[*row].role == Role::Item).collect();
    // Two items of one group, so that no sum shows it.
    let (one, other) = items
        .windows(2)
        .map(|pair| (pair[0], pair[1]))
        .find(|(one, other)| {
            let [one, other] = [one, other].map(|row| &expenditure.rows[*row]);
            one.part_of == other.part_of && one.cells[0].amount.value != other.cells[0].amount.value
        })
        .unwrap();
    let cells = expenditure.rows[one].cells.clone();
    expenditure.rows[one].cells = std::mem::replace(&mut expenditure.rows[other].cells, cells);
    let finding = only(&disclosure);
    assert!(finding.message(Language::Chinese).contains("互换"), "{}", finding.message(Language::Chinese));
}

#[test]
fn money_of_a_total_that_no_row_shows_is_a_note() {
    let mut disclosure = sample();
    for (kind, columns) in [(TableKind::Expenditure, 3), (TableKind::General, 3)] {
        for row in &mut table(&mut disclosure, kind).rows {
            if row.role == Role::Total {
                for cell in row.cells.iter_mut().filter(|cell| cell.column < columns && cell.column != 1) {
                    cell.amount.value += budget_model::Decimal::new(12_345, 2);
                }
            }
        }
    }
    let before = Checker::new().check(&sample()).findings;
    let mut findings = Checker::new().check(&disclosure).findings;
    findings.retain(|finding| before.iter().all(|known| known.message != finding.message));
    let notes = findings.iter().filter(|finding| finding.message(Language::Chinese).contains("有未列出的行"));
    assert!(notes.clone().count() > 0, "{findings:#?}");
    assert!(notes.into_iter().all(|finding| finding.severity == budget_model::Severity::Info));
}
