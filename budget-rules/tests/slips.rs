//! One slip of the hand is one finding that says what happened to the figure.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod common;

use budget_model::{Decimal, Disclosure, Language, Required, Row, Severity, TableKind};
use budget_rules::{Checker, Defect, Finding};
use common::mutation::new_findings;
use common::sample::sample;

/// What is found in the sample, in its form or in one that no layout names, after a change of a table of it.
fn found(of_form: bool, kind: TableKind, change: impl Fn(&mut Vec<Row>)) -> Vec<Finding> {
    let mut plain = sample();
    if !of_form {
        plain.required = Required::default();
    }
    let before = Checker::new().check(&plain);
    let mut disclosure: Disclosure = plain.clone();
    change(&mut disclosure.tables.iter_mut().find(|table| table.kind == kind).unwrap().rows);
    let mut found = new_findings(&before, Checker::new().check(&disclosure));
    found.retain(|finding| finding.severity > Severity::Info);
    found
}

fn messages(found: &[Finding]) -> Vec<String> {
    let said = |finding: &Finding| {
        let fitting = finding.suspects.first().and_then(|suspect| suspect.fitting);
        format!("{} {:?} {} {fitting:?}", finding.rule, finding.defect, finding.message(Language::Chinese))
    };
    found.iter().map(said).collect()
}

/// Items with a longer figure in the first column, none of them alone in its group.
fn items(rows: &[Row]) -> Vec<usize> {
    let is_long = |row: &Row| row.cell(0).is_some_and(|cell| cell.amount.value > Decimal::TEN);
    let is_leaf = |at: usize| rows.iter().all(|row| row.part_of != Some(at as u32));
    (0..rows.len()).filter(|at| is_leaf(*at) && is_long(&rows[*at]) && rows[*at].code.is_some()).step_by(2).collect()
}

/// One figure of the first column changed: one finding, and what it says.
fn one(defect: Defect, change: impl Fn(&mut Vec<Row>, usize) -> bool) {
    let mut tried = 0;
    for kind in [TableKind::Expenditure, TableKind::General, TableKind::GeneralBasic] {
        let rows = sample().tables.into_iter().find(|table| table.kind == kind).unwrap().rows;
        for at in items(&rows) {
            for of_form in [true, false] {
                if !change(&mut rows.clone(), at) {
                    continue;
                }
                let found = found(of_form, kind, |rows| _ = change(rows, at));
                tried += 1;
                assert_eq!(found.len(), 1, "{defect:?} {kind:?} {at} {of_form} {:#?}", messages(&found));
                assert_eq!(found[0].defect, Some(defect), "{kind:?} {at} {of_form} {:#?}", messages(&found));
            }
        }
    }
    assert!(tried > 6, "{tried}");
}

fn set(rows: &mut [Row], at: usize, to: impl Fn(Decimal) -> Decimal) -> bool {
    let cell = rows[at].cells.iter_mut().find(|cell| cell.column == 0).unwrap();
    let before = cell.amount.value;
    cell.amount.value = to(before);
    cell.amount.value != before
}

#[test]
fn a_figure_in_yuan_among_those_in_ten_thousands_is_a_power_of_ten() {
    one(Defect::PowerOfTen, |rows, at| set(rows, at, |value| value * Decimal::from(10_000)));
    one(Defect::PowerOfTen, |rows, at| set(rows, at, |value| (value / Decimal::from(10)).round_dp(2)));
}

#[test]
fn a_lost_last_zero_is_a_power_of_ten() {
    one(Defect::PowerOfTen, |rows, at| {
        let value = rows[at].cell(0).unwrap().amount.value;
        value.mantissa() % 10 == 0 && set(rows, at, |value| value / Decimal::TEN)
    });
}

#[test]
fn exchanged_digits_are_said_to_be_exchanged() {
    one(Defect::ExchangedDigits, |rows, at| {
        set(rows, at, |value| {
            let mut digits = value.to_string().into_bytes();
            if digits[0] == digits[1] || digits[1] == b'.' || digits[1] == b'0' {
                return value;
            }
            digits.swap(0, 1);
            String::from_utf8(digits).unwrap().parse().unwrap()
        })
    });
}

#[test]
fn a_figure_copied_from_the_row_above_is_said_to_be_a_copy() {
    one(Defect::CopiedFigure, |rows, at| {
        let above = at.checked_sub(1).and_then(|above| rows[above].cell(0)).map(|cell| cell.amount.value);
        let is_long = |value: &Decimal| value.normalize().mantissa().abs() > 1_000;
        let own = rows[at].cell(0).unwrap().amount.value;
        let Some(above) = above.filter(is_long) else { return false };
        // A copy that looks like a slip of the hand is called that.
        let (one, other) = (above.to_string(), own.to_string());
        one.len() == other.len()
            && one.bytes().zip(other.bytes()).filter(|(one, other)| one != other).count() > 2
            && set(rows, at, |_| above)
    });
}

#[test]
fn a_row_in_another_unit_is_one_finding() {
    for factor in [Decimal::from(10_000), Decimal::new(1, 4)] {
        for kind in [TableKind::Expenditure, TableKind::General] {
            let rows = sample().tables.into_iter().find(|table| table.kind == kind).unwrap().rows;
            for at in items(&rows) {
                for of_form in [true, false] {
                    let found = found(of_form, kind, |rows| {
                        rows[at].cells.iter_mut().for_each(|cell| cell.amount.value *= factor);
                    });
                    assert_eq!(found.len(), 1, "{kind:?} {at} {factor} {of_form} {:#?}", messages(&found));
                    assert_eq!(found[0].defect, Some(Defect::PowerOfTen), "{:#?}", messages(&found));
                }
            }
        }
    }
}
