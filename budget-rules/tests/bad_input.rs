//! Documents that contradict themselves throughout: one finding that says so, not hundreds that do not.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod common;

use budget_model::{
    Amount, Cell, Decimal, Disclosure, Language, Placement, Required, Severity, Table, TableKind, Unit,
};
use budget_rules::{Checker, Defect, Finding};
use common::mutation::new_findings;
use common::sample::sample;

/// What is found that the sample does not have, notes left out.
fn new(disclosure: &Disclosure, of_form: bool) -> Vec<Finding> {
    let mut plain = sample();
    if !of_form {
        plain.required = Required::default();
    }
    let before = Checker::new().check(&plain);
    let mut found = new_findings(&before, Checker::new().check(disclosure));
    found.retain(|finding| finding.severity > Severity::Info);
    found
}

fn messages(found: &[Finding]) -> Vec<String> {
    found
        .iter()
        .map(|finding| format!("{} {:?} {}", finding.rule, finding.defect, finding.message(Language::Chinese)))
        .collect()
}

/// The sample, spoiled, in its form and in one that no layout names.
fn both(spoil: impl Fn(&mut Disclosure)) -> [Vec<Finding>; 2] {
    [true, false].map(|of_form| {
        let mut disclosure = sample();
        if !of_form {
            disclosure.required = Required::default();
        }
        spoil(&mut disclosure);
        new(&disclosure, of_form)
    })
}

/// Changes every figure of the tables of which this is said.
fn change(disclosure: &mut Disclosure, of: impl Fn(TableKind) -> bool, to: impl Fn(usize, Decimal) -> Decimal) {
    let tables = disclosure.tables.iter_mut().filter(|table| of(table.kind));
    let cells = tables.flat_map(|table| &mut table.rows).flat_map(|row| &mut row.cells);
    for (nth, cell) in cells.enumerate() {
        cell.amount.value = to(nth, cell.amount.value);
    }
}

#[test]
fn a_table_in_another_unit_than_its_caption_says_is_one_finding() {
    for kind in [TableKind::Expenditure, TableKind::General, TableKind::Income] {
        let [of_form, open] = both(|disclosure| {
            let table = disclosure.tables.iter_mut().find(|table| table.kind == kind).unwrap();
            table.unit = Unit::Yuan;
        });
        println!("{kind:?} {:#?} {:#?}", messages(&of_form), messages(&open));
        assert_eq!(of_form.len(), 1, "{kind:?} {:#?}", messages(&of_form));
        assert_eq!(of_form[0].defect, Some(Defect::PowerOfTen));
        assert!(open.len() <= 1, "{kind:?} {:#?}", messages(&open));
    }
}

#[test]
fn half_of_the_tables_in_another_unit_than_their_captions_say_is_one_finding() {
    let others = [TableKind::General, TableKind::GeneralBasic, TableKind::Expenditure, TableKind::ThreePublic];
    let [of_form, open] = both(|disclosure| {
        disclosure
            .tables
            .iter_mut()
            .filter(|table| others.contains(&table.kind))
            .for_each(|table| table.unit = Unit::Yuan);
    });
    assert_eq!(of_form.len(), 1, "{:#?}", messages(&of_form));
    assert!(open.len() <= 1, "{:#?}", messages(&open));
}

#[test]
fn a_document_whose_every_sum_fails_is_one_finding() {
    let [of_form, open] = both(|disclosure| {
        change(disclosure, |_| true, |nth, value| value + Decimal::from(3 + (nth * nth * 7919) % 1_000));
    });
    assert_eq!(of_form.len(), 1, "{:#?}", messages(&of_form));
    assert_eq!(of_form[0].defect, Some(Defect::NoSumHolds));
    assert!(open.len() <= 1, "{:#?}", messages(&open));
}

/// Other figures that add up: everything is basic expenditure.
fn recount(table: &mut Table) {
    fn count(table: &Table, row: u32) -> i64 {
        if table.is_leaf(row) { 12_345 } else { table.children(row).map(|(part, _)| count(table, part)).sum() }
    }
    let counts: Vec<i64> = (0..table.rows.len() as u32).map(|row| count(table, row)).collect();
    for (row, count) in table.rows.iter_mut().zip(counts) {
        let place = row.label.place;
        let amount = Amount { value: Decimal::new(count, 2), place };
        row.cells = [0, 1].map(|column| Cell::new(column, amount, Placement::Printed)).into();
    }
}

#[test]
fn tables_of_another_year_among_those_of_this_one_are_one_finding() {
    let last = [TableKind::Expenditure, TableKind::General];
    let [of_form, open] = both(|disclosure| {
        disclosure.tables.iter_mut().filter(|table| last.contains(&table.kind)).for_each(recount);
    });
    assert_eq!(of_form.len(), 1, "{:#?}", messages(&of_form));
    assert_eq!(of_form[0].defect, Some(Defect::OtherTable));
    assert!(open.len() <= 1, "{:#?}", messages(&open));
}
