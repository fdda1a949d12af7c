//! Documents that no reader makes are checked without a panic.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;

use budget_model::{Code, Coordinates, Decimal, Disclosure, Fact, Measure, Placement, Unit};
use budget_rules::{Checker, TextReport, to_csv};
use common::sample::{fact, sample};

fn checked(disclosure: &Disclosure) {
    let report = Checker::new().with_rounding().check_after(disclosure, disclosure);
    assert!(TextReport::new(&report).with_rounding().with_rules().to_string().contains("检查"));
    assert!(to_csv(&report, &[]).starts_with("finding,"));
}

#[test]
fn the_largest_numbers_and_the_smallest() {
    for value in [Decimal::MAX, Decimal::MIN, Decimal::new(1, 28), Decimal::ZERO, Decimal::new(-5, 1)] {
        let mut disclosure = sample();
        let rows = disclosure.tables.iter_mut().flat_map(|table| &mut table.rows);
        rows.flat_map(|row| &mut row.cells).for_each(|cell| cell.amount.value = value);
        disclosure.facts.iter_mut().for_each(|fact| fact.value = value);
        disclosure
            .projects
            .iter_mut()
            .filter_map(|project| project.amount.as_mut())
            .for_each(|amount| amount.value = value);
        for table in &mut disclosure.performance {
            table.total.iter_mut().chain(&mut table.fiscal).for_each(|amount| amount.value = value);
            table.indicators.iter_mut().for_each(|indicator| indicator.weight = Some(value));
        }
        checked(&disclosure);
    }
}

#[test]
fn rows_in_a_circle_and_columns_that_do_not_exist() {
    let mut disclosure = sample();
    for table in &mut disclosure.tables {
        let rows = table.rows.len() as u32;
        for (index, row) in table.rows.iter_mut().enumerate() {
            row.part_of = Some((index as u32 + 1) % (rows + 1));
            for cell in &mut row.cells {
                cell.column = cell.column.wrapping_mul(31).wrapping_add(u16::MAX - 3);
                cell.placement = Placement::Ambiguous { candidates: vec![] };
            }
        }
        table.columns.iter_mut().for_each(|column| column.part_of = Some(u16::MAX));
    }
    checked(&disclosure);
}

#[test]
fn everything_in_another_unit_and_measure() {
    for unit in [Unit::Yuan, Unit::HundredMillionYuan, Unit::Percent, Unit::Other("人".to_owned())] {
        for measure in [Measure::Count, Measure::Share, Measure::YoyChange, Measure::YoyPercent, Measure::PriorAmount] {
            let mut disclosure = sample();
            disclosure.unit = unit.clone();
            for fact in &mut disclosure.facts {
                fact.unit = Some(unit.clone());
                fact.measure = measure;
            }
            disclosure.performance.iter_mut().for_each(|table| table.money_unit = unit.clone());
            checked(&disclosure);
        }
    }
}

/// Quadratic work over so many statements would take minutes.
const MANY: usize = 20_000;

#[test]
fn thousands_of_statements_that_contradict_one_figure() {
    let mut disclosure = sample();
    let stated = disclosure.facts.iter().find(|fact| fact.section.starts_with("3.三") && fact.coordinates.is_some());
    let stated = stated.unwrap().clone();
    disclosure.facts.extend((0..MANY).map(|number| Fact { value: Decimal::from(100_000 + number), ..stated.clone() }));
    let report = Checker::new().check(&disclosure);
    let wrong = report.findings.iter().flat_map(|finding| finding.suspects.first());
    let wrong: BTreeSet<_> = wrong.map(|suspect| suspect.subject).collect();
    assert!(wrong.len() > MANY, "{} figures are named", wrong.len());
}

#[test]
fn one_wrong_figure_from_which_thousands_follow_is_named_once() {
    let mut disclosure = sample();
    let share = fact(&mut disclosure, "3.三", "基本支出", Measure::Share).clone();
    let total = fact(&mut disclosure, "3.三", "支出预算", Measure::Amount).clone();
    for number in 0..MANY as u32 {
        let function = Code::from_number(7_000_000 + number);
        let coordinates = total.coordinates.clone().map(|total| Coordinates { function, ..total });
        let subject = vec![number.to_string()];
        let part = total.value / Decimal::from(4);
        disclosure.facts.push(Fact {
            subject: subject.clone(),
            coordinates: coordinates.clone(),
            value: part,
            ..total.clone()
        });
        disclosure.facts.push(Fact { subject, coordinates, value: Decimal::from(25), ..share.clone() });
    }
    fact(&mut disclosure, "3.三", "支出预算", Measure::Amount).value *= Decimal::TWO;
    let report = Checker::new().without("stated-parts-do-not-add-up").check(&disclosure);
    let finding = report.findings.iter().find(|finding| finding.arithmetic.len() >= MANY).unwrap();
    assert_eq!(finding.suspects[0].fitting, Some(total.value));
}

#[test]
fn nothing_but_empty_parts() {
    let mut disclosure = sample();
    disclosure.tables.iter_mut().for_each(|table| table.columns.clear());
    disclosure.facts.iter_mut().for_each(|fact| fact.subject.clear());
    disclosure.sections.iter_mut().for_each(|section| section.path.clear());
    disclosure.performance.iter_mut().for_each(|table| table.indicators.clear());
    checked(&disclosure);
}
