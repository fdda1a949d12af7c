//! A form that no layout names promises nothing: what follows is what the document itself shows.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use budget_model::{
    Amount, Cell, Code, Column, Decimal, Disclosure, Label, Place, Placement, Required, Role, Row, Source, Table,
    TableKind,
};
use budget_rules::{Book, Checker, Defect, Report};
use common::sample::{cell, sample};

const PLACE: Place = Place::Text { page: 9, line: 9_000, column: 1 };

/// The sample in a form that no layout names.
fn unpromised() -> Disclosure {
    let mut disclosure = sample();
    disclosure.required = Required::default();
    disclosure
}

fn table(disclosure: &mut Disclosure, kind: TableKind) -> &mut Table {
    disclosure.tables.iter_mut().find(|table| table.kind == kind).unwrap()
}

fn found(report: &Report, rule: &str) -> usize {
    let shows = |finding: &&budget_rules::Finding| {
        finding.rule == rule || finding.arithmetic.iter().any(|arithmetic| arithmetic.rule == rule)
    };
    report.findings.iter().filter(shows).count()
}

fn check(disclosure: &Disclosure) -> Report {
    Checker::new().check(disclosure)
}

fn says(report: &Report, rule: &str, words: &str) -> bool {
    let of_rule = report.rules.iter().find(|found| found.rule == rule).unwrap();
    of_rule.not_applicable.iter().any(|why| why.in_language(budget_model::Language::Chinese).contains(words))
}

fn row(role: Role, code: u32, name: &str, values: &[i64]) -> Row {
    let mut row = Row::new(role, Label::new(name, PLACE));
    row.code = Code::from_number(code);
    row.cells = (0..)
        .zip(values)
        .map(|(column, value)| {
            Cell::new(column, Amount { value: Decimal::new(*value, 2), place: PLACE }, Placement::Printed)
        })
        .collect();
    row
}

#[test]
fn one_item_that_differs_between_tables_that_agree_is_a_contradiction() {
    let mut disclosure = unpromised();
    *cell(&mut disclosure, TableKind::Expenditure, 2_080_505) += Decimal::ONE_HUNDRED;
    let report = check(&disclosure);
    assert_eq!(found(&report, "statements-differ"), 1, "{:#?}", report.findings);
}

#[test]
fn a_table_that_differs_by_the_same_in_a_part_and_in_all_that_contains_it_is_wrong_or_counts_what_is_printed() {
    // One item of 12.34 more, in all rows above it.
    let more = |disclosure: &mut Disclosure| {
        for code in [2_080_505, 20805, 208, 0] {
            *cell(disclosure, TableKind::Expenditure, code) += Decimal::new(1_234, 2);
        }
    };
    let (mut open, mut promised) = (unpromised(), sample());
    more(&mut open);
    more(&mut promised);
    assert!(found(&check(&promised), "statements-differ") > 0);
    let report = check(&open);
    let carried = report.findings.iter().filter(|finding| finding.defect == Some(Defect::CarriedDifference));
    assert_eq!(carried.count(), 1, "{:#?}", report.findings);
    assert_eq!(found(&report, "difference-unexplained"), 1, "{:#?}", report.findings);
    // Carried over from last year, as another table says.
    let mut last = row(Role::Label, 0, "上年结转", &[1_234]);
    last.dimensions.source = Some(Source::GeneralPublicBudgetCarryOver);
    table(&mut open, TableKind::Overview).rows.push(last);
    let report = check(&open);
    assert_eq!(found(&report, "difference-unexplained"), 0, "{:#?}", report.findings);
    assert_eq!(found(&report, "statements-differ"), 0, "{:#?}", report.findings);
    assert!(says(&report, "statements-differ", "不一定是同一笔钱"));
}

#[test]
fn tables_that_agree_on_little_contradict_nothing() {
    let mut disclosure = unpromised();
    for (index, row) in table(&mut disclosure, TableKind::Expenditure).rows.iter_mut().enumerate() {
        row.cells.iter_mut().for_each(|cell| cell.amount.value += Decimal::from(index + 7));
    }
    assert_eq!(found(&check(&disclosure), "statements-differ"), 0);
}

#[test]
fn a_total_with_last_years_carry_over_is_told_by_the_table_that_prints_both_years() {
    let document = |total: i64| {
        let mut revenue = Table::new(TableKind::Appropriation, Label::new("财政拨款收支总表", PLACE));
        revenue.columns.push(Column::new("amount", "预算数"));
        for (name, source, value) in [
            ("一般公共预算拨款", Source::GeneralPublicBudget, 10_000),
            ("上年结转", Source::GeneralPublicBudgetCarryOver, 2_000),
        ] {
            let mut row = row(Role::Label, 0, name, &[value]);
            row.dimensions.source = Some(source);
            revenue.rows.push(row);
        }
        let mut general = Table::new(TableKind::General, Label::new("一般公共预算支出表", PLACE));
        general.dimensions.source = Some(Source::GeneralPublicBudget);
        general.columns.push(Column::new("total", "合计"));
        general.rows = vec![row(Role::Total, 0, "合计", &[total]), row(Role::Class, 201, "一般公共服务支出", &[total])];
        Disclosure { tables: vec![revenue, general], ..Disclosure::default() }
    };
    let source = |total: i64| {
        let disclosure = document(total);
        let book = Book::new(&disclosure, None);
        let keys = [0, 1].map(|row| book.cell_key(book.cell(1, row, 0).unwrap()).map(|key| key.source));
        assert_eq!(keys[0], keys[1]);
        keys[0]
    };
    assert_eq!(source(10_000), Some(Source::GeneralPublicBudget));
    assert_eq!(source(12_000), Some(Source::GeneralPublicBudgetWithCarryOver));
    // What fits neither is compared with the nearer one.
    assert_eq!(source(10_400), Some(Source::GeneralPublicBudget));
    assert_eq!(source(11_900), Some(Source::GeneralPublicBudgetWithCarryOver));
}

#[test]
fn labels_that_are_projects_are_no_names_of_codes() {
    let mut disclosure = unpromised();
    let mut projects = Table::new(TableKind::Project, Label::new("云溪县文化馆项目支出表", PLACE));
    projects.columns.push(Column::new("total", "金额"));
    projects.rows = vec![
        row(Role::Item, 2_070_109, "馆舍修缮", &[100]),
        row(Role::Item, 2_070_109, "乐器购置", &[200]),
        row(Role::Item, 2_070_109, "下乡演出", &[300]),
    ];
    disclosure.tables.push(projects);
    let report = check(&disclosure);
    assert_eq!(found(&report, "code-has-two-names"), 0, "{:#?}", report.findings);
    assert_eq!(found(&report, "row-printed-twice"), 0);
}

#[test]
fn a_form_that_declares_no_table_empty_is_not_asked_for_the_sentence() {
    let mut disclosure = unpromised();
    for table in &mut disclosure.tables {
        table.declared_empty = None;
    }
    for section in &mut disclosure.sections {
        section.paragraphs.retain(|paragraph| !paragraph.text.contains("空表"));
    }
    let fund = table(&mut disclosure, TableKind::Fund);
    fund.rows.clear();
    assert_eq!(found(&check(&disclosure), "empty-table-undeclared"), 0);
    disclosure.required = sample().required;
    assert_eq!(found(&check(&disclosure), "empty-table-undeclared"), 1);
}

#[test]
fn totals_that_no_parts_confirm_are_counted_once() {
    let mut disclosure = unpromised();
    let expenditure = table(&mut disclosure, TableKind::Expenditure);
    expenditure.columns.iter_mut().for_each(|column| column.part_of = None);
    let report = check(&disclosure);
    assert!(says(&report, "parts-do-not-add-up", "没有被其分项印证"), "{:#?}", report.rules[0]);
    assert!(!says(&check(&sample()), "parts-do-not-add-up", "没有被其分项印证"));
}
