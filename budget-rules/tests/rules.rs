//! Every rule: registered, with a clean, a failing and a not applicable case.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;

use budget_model::{
    Amount, Cell, Column, Decimal, Disclosure, Fact, FigureRef, IndicatorValue, Label, Language, Measure, Placement,
    Role, Row, Source, Table, TableKind, ThreePublicItem, Unit, YearRef,
};
use budget_rules::{Checker, RULES, Report, Subject};
use common::sample::{cell, fact, sample};

/// How the sample is made a clean case of a rule, and how that is spoiled.
struct Case {
    rule: &'static str,
    clean: fn(&mut Disclosure),
    spoil: fn(&mut Disclosure),
}

fn as_it_is(_: &mut Disclosure) {}

fn more(value: &mut Decimal, by: i64) {
    *value += Decimal::from(by);
}

/// Gives the rows of a code of the expenditure table another code.
fn recode(d: &mut Disclosure, from: u32, to: u32) {
    let table = d.tables.iter_mut().find(|table| table.kind == TableKind::Expenditure).unwrap();
    let rows = table.rows.iter_mut().filter(|row| row.code == budget_model::Code::from_number(from));
    rows.for_each(|row| row.code = budget_model::Code::from_number(to));
}

const CASES: &[Case] = &[
    Case { rule: "parts-do-not-add-up", clean: as_it_is, spoil: |d| more(cell(d, TableKind::GeneralBasic, 30_101), 1) },
    Case {
        rule: "statements-differ",
        clean: as_it_is,
        spoil: |d| more(&mut fact(d, "3.一", "收支总预算", Measure::Amount).value, 1),
    },
    Case {
        rule: "whole-left-blank",
        clean: |d| {
            let row = item(d, TableKind::Expenditure);
            row.cells.retain(|cell| cell.column != 0);
            for cell in &mut row.cells {
                cell.placement = Placement::Printed;
                cell.amount.value = Decimal::ZERO;
            }
        },
        spoil: |d| more(&mut item(d, TableKind::Expenditure).cells[0].amount.value, 5),
    },
    Case {
        rule: "blank-elsewhere",
        clean: |d| {
            item(d, TableKind::Expenditure).cells.clear();
            d.tables.retain(|table| table.kind == TableKind::Expenditure);
            let row = d.tables[0].rows.iter().position(|row| row.role == Role::Item).unwrap() as u32;
            let coordinates = d.tables[0].coordinates_at(row, 0);
            d.facts.retain(|fact| fact.measure == Measure::Amount && fact.coordinates.is_some());
            d.facts.truncate(1);
            (d.facts[0].coordinates, d.facts[0].value) = (coordinates, Decimal::ZERO);
        },
        spoil: |d| more(&mut d.facts[0].value, 5),
    },
    Case {
        rule: "row-printed-twice",
        clean: as_it_is,
        spoil: |d| {
            let again = item(d, TableKind::Expenditure).clone();
            let table = d.tables.iter_mut().find(|table| table.kind == TableKind::Expenditure).unwrap();
            table.rows.push(again);
        },
    },
    Case { rule: "tables-do-not-add-up", clean: as_it_is, spoil: |d| more(cell(d, TableKind::General, 0), 1) },
    Case {
        rule: "stated-parts-do-not-add-up",
        clean: as_it_is,
        spoil: |d| more(&mut fact(d, "3.三", "基本支出", Measure::Amount).value, 1),
    },
    Case {
        rule: "share-does-not-follow",
        clean: as_it_is,
        spoil: |d| more(&mut fact(d, "3.三", "基本支出", Measure::Share).value, 1),
    },
    Case {
        rule: "change-percent-does-not-follow",
        clean: as_it_is,
        spoil: |d| more(&mut fact(d, "3.三", "基本支出", Measure::YoyPercent).value, 1),
    },
    Case {
        rule: "percent-of-zero-base",
        clean: |d| d.facts.retain(|fact| fact.measure != Measure::YoyPercent || fact.value != Decimal::ONE_HUNDRED),
        spoil: |d| {
            let amount = fact(d, "3.三", "基本支出", Measure::Amount).value;
            fact(d, "3.三", "基本支出", Measure::YoyChange).value = amount;
        },
    },
    Case {
        rule: "decrease-of-more-than-all",
        clean: as_it_is,
        spoil: |d| {
            let falls = |fact: &&mut Fact| fact.measure == Measure::YoyPercent && fact.value.is_sign_negative();
            d.facts.iter_mut().find(falls).unwrap().value = Decimal::from(-101);
        },
    },
    Case {
        rule: "direction-contradicts-sign",
        clean: as_it_is,
        spoil: |d| {
            let percent = &mut fact(d, "3.三", "基本支出", Measure::YoyPercent).value;
            *percent = -*percent;
        },
    },
    Case {
        rule: "changes-do-not-add-up",
        clean: as_it_is,
        spoil: |d| more(&mut fact(d, "3.三", "基本支出", Measure::YoyChange).value, 1),
    },
    Case {
        rule: "prior-amount-differs",
        clean: |d| {
            let amount = fact(d, "3.三", "基本支出", Measure::Amount).clone();
            let change = fact(d, "3.三", "基本支出", Measure::YoyChange).value;
            let quote = "上年预算数".to_owned();
            d.facts.push(budget_model::Fact {
                measure: Measure::PriorAmount,
                value: amount.value - change,
                quote,
                ..amount
            });
        },
        spoil: |d| more(&mut fact(d, "3.三", "基本支出", Measure::PriorAmount).value, 1),
    },
    Case {
        rule: "increase-exceeds-amount",
        clean: as_it_is,
        spoil: |d| more(&mut fact(d, "3.三", "基本支出", Measure::YoyChange).value, 1_000_000),
    },
    Case {
        rule: "change-does-not-follow-from-years",
        clean: |d| {
            let mut years =
                Table::new(TableKind::ThreePublic, Label::new("“三公”经费两年对比表", d.tables[0].title.place));
            for (id, label, year) in [
                ("prior", "上年预算数", YearRef::Last),
                ("amount", "本年预算数", YearRef::This),
                ("change", "增减额", YearRef::Change),
            ] {
                let mut column = Column::new(id, label);
                column.dimensions.year = Some(year);
                years.columns.push(column);
            }
            let mut row = Row::new(Role::Label, Label::new("公务接待费", years.title.place));
            for (column, value) in (0..).zip([300, 250, -50]) {
                let amount = Amount { value: Decimal::new(value, 2), place: years.title.place };
                row.cells.push(Cell::new(column, amount, Placement::Printed));
            }
            years.rows.push(row);
            d.tables.push(years);
        },
        spoil: |d| more(&mut d.tables.last_mut().unwrap().rows[0].cells[2].amount.value, 3),
    },
    Case {
        rule: "three-public-below-basic",
        clean: as_it_is,
        spoil: |d| more(cell(d, TableKind::GeneralBasic, 30_217), 1_000),
    },
    Case {
        rule: "staff-does-not-add-up",
        clean: as_it_is,
        spoil: |d| more(&mut fact(d, "1.", "实有人数", Measure::Count).value, 1),
    },
    Case {
        rule: "staff-exceeds-posts",
        clean: as_it_is,
        spoil: |d| more(&mut fact(d, "1.", "在职", Measure::Count).value, 1_000),
    },
    Case {
        rule: "division-count-differs",
        clean: as_it_is,
        spoil: |d| more(&mut fact(d, "1.", "科室", Measure::Count).value, 1),
    },
    Case {
        rule: "procurement-does-not-add-up",
        clean: as_it_is,
        spoil: |d| more(&mut fact(d, "3.", "政府采购预算", Measure::Amount).value, 1),
    },
    Case {
        rule: "reserved-procurement-exceeds-total",
        clean: as_it_is,
        spoil: |d| more(&mut fact(d, "3.", "小微企业预留政府采购项目预算", Measure::Amount).value, 10_000),
    },
    Case {
        rule: "vehicles-do-not-add-up",
        clean: as_it_is,
        spoil: |d| more(&mut fact(d, "3.", "车辆", Measure::Count).value, 1),
    },
    Case {
        rule: "project-amounts-differ",
        clean: as_it_is,
        spoil: |d| more(&mut d.projects[0].amount.as_mut().unwrap().value, 1),
    },
    Case {
        rule: "project-has-two-names", clean: as_it_is, spoil: |d| d.projects[0].name.text.push_str("（续建）")
    },
    Case {
        rule: "project-count-differs",
        clean: as_it_is,
        spoil: |d| more(&mut fact(d, "3.", "当年预算安排项目", Measure::Count).value, 1),
    },
    Case {
        rule: "performance-amounts-do-not-add-up",
        clean: as_it_is,
        spoil: |d| more(&mut d.performance[1].total.as_mut().unwrap().value, 1),
    },
    Case {
        rule: "overall-target-differs-from-budget",
        clean: as_it_is,
        spoil: |d| more(&mut d.performance[0].own_level.as_mut().unwrap().value, 1),
    },
    Case {
        rule: "indicator-weights-do-not-add-up",
        clean: as_it_is,
        spoil: |d| more(d.performance[1].indicators[0].weight.as_mut().unwrap(), 1),
    },
    Case {
        rule: "allocation-does-not-add-up",
        clean: |d| d.projects.truncate(1),
        spoil: |d| {
            let project = &mut d.projects[0];
            let amount = project.amount.as_mut().unwrap();
            amount.value = "12.80".parse().unwrap();
            let place = amount.place;
            project.allocation = Some(Label::new("车辆租赁8.20万元，演出用品4.00万元。", place));
        },
    },
    Case {
        rule: "product-does-not-follow",
        clean: |d| {
            let place = d.projects[0].name.place;
            d.projects[0].allocation = Some(Label::new("演出补助2.40万元（20场*1200元/场）。", place));
        },
        spoil: |d| {
            let place = d.projects[0].name.place;
            d.projects[0].allocation = Some(Label::new("演出补助2.60万元（20场*1200元/场）。", place));
        },
    },
    Case {
        rule: "fractional-count",
        clean: as_it_is,
        spoil: |d| fact(d, "1.", "在职", Measure::Count).value = "3.15".parse().unwrap(),
    },
    Case {
        rule: "malformed-value",
        clean: as_it_is,
        spoil: |d| d.performance[1].indicators[0].value.raw.text = "=90%%".to_owned(),
    },
    Case { rule: "goal-differs-from-indicator", clean: |d| goal(d, 95), spoil: |d| goal(d, 90) },
    Case {
        rule: "table-missing",
        clean: as_it_is,
        spoil: |d| d.tables.retain(|table| table.kind != TableKind::Carryover),
    },
    Case {
        rule: "section-missing",
        clean: as_it_is,
        spoil: |d| d.sections.retain(|section| !section.heading.text.contains("政府采购")),
    },
    Case { rule: "table-number-repeated", clean: as_it_is, spoil: |d| d.tables[1].number = d.tables[0].number.clone() },
    Case {
        rule: "empty-table-contradicted",
        clean: |d| {
            let fund = d.tables.iter_mut().find(|table| table.kind == TableKind::Fund).unwrap();
            fund.rows.clear();
            fund.declared_empty = Some(Label::new("政府性基金预算支出情况表为空表。", fund.title.place));
        },
        spoil: |d| {
            let general = d.tables.iter_mut().find(|table| table.kind == TableKind::General).unwrap();
            general.declared_empty = Some(Label::new("此表为空表。", general.title.place));
        },
    },
    Case {
        rule: "empty-table-undeclared",
        clean: |d| {
            let fund = d.tables.iter_mut().find(|table| table.kind == TableKind::Overview).unwrap();
            fund.rows.clear();
            fund.declared_empty = Some(Label::new("收支总体情况表为空表。", fund.title.place));
        },
        spoil: |d| d.tables.iter_mut().for_each(|table| table.declared_empty = None),
    },
    Case {
        rule: "year-inconsistent",
        clean: as_it_is,
        spoil: |d| d.tables[0].title.text = "2019年部门收支总体情况表".to_owned(),
    },
    Case {
        rule: "entity-inconsistent",
        clean: as_it_is,
        spoil: |d| d.tables[0].compiler.as_mut().unwrap().text = "云溪县图书馆".to_owned(),
    },
    Case { rule: "unit-inconsistent", clean: as_it_is, spoil: |d| d.tables[1].unit = Unit::Yuan },
    Case {
        rule: "class-name-unofficial",
        clean: as_it_is,
        spoil: |d| {
            let rows = d.tables.iter_mut().flat_map(|table| &mut table.rows);
            for row in rows.filter(|row| row.code == budget_model::Code::from_number(207)) {
                row.label.text = "文化和体育支出".to_owned();
            }
        },
    },
    Case {
        rule: "code-of-other-years",
        clean: as_it_is,
        spoil: |d| {
            let rows = d.tables.iter_mut().flat_map(|table| &mut table.rows);
            for row in rows.filter(|row| row.code == budget_model::Code::from_number(207)) {
                row.label.text = "文化体育与传媒支出".to_owned();
            }
        },
    },
    Case {
        rule: "name-of-another-code",
        clean: as_it_is,
        spoil: |d| {
            let rows = d.tables.iter_mut().flat_map(|table| &mut table.rows);
            for row in rows.filter(|row| row.code == budget_model::Code::from_number(30_201)) {
                row.label.text = "印刷费".to_owned();
            }
        },
    },
    Case { rule: "lower-level-not-listed", clean: as_it_is, spoil: |d| recode(d, 2_050_302, 2_050_899) },
    Case { rule: "upper-level-not-listed", clean: as_it_is, spoil: |d| recode(d, 20_508, 20_599) },
    Case {
        rule: "code-has-two-names",
        clean: as_it_is,
        spoil: |d| {
            let general = d.tables.iter_mut().find(|table| table.kind == TableKind::General).unwrap();
            general.rows.iter_mut().find(|row| row.code.is_some()).unwrap().label.text = "文化事务".to_owned();
        },
    },
];

/// The first row of an item (项) in a table.
fn item(disclosure: &mut Disclosure, kind: TableKind) -> &mut budget_model::Row {
    let table = disclosure.tables.iter_mut().find(|table| table.kind == kind).unwrap();
    table.rows.iter_mut().find(|row| row.role == Role::Item).unwrap()
}

fn goal(disclosure: &mut Disclosure, percent: i64) {
    let table = &mut disclosure.performance[1];
    let place = table.title.place;
    table.goal = Some(Label::new("丰富群众文化生活，使观众综合满意度达到95%。", place));
    let indicator = &mut table.indicators[0];
    indicator.name.text = "观众综合满意度".to_owned();
    let raw = Label::new(format!(">={percent}%"), place);
    indicator.value = IndicatorValue { raw, operator: None, number: Some(percent.into()), unit: Some("%".to_owned()) };
}

fn alone(id: &str) -> Checker<'static> {
    let rule = RULES.iter().find(|rule| rule.describe().id == id).unwrap_or_else(|| panic!("{id} is not registered"));
    Checker::empty().with_rule(*rule)
}

fn findings(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.message(Language::English)).collect()
}

#[test]
fn every_rule_passes_its_clean_case_and_finds_its_defect() {
    for case in CASES {
        let mut disclosure = sample();
        (case.clean)(&mut disclosure);
        let clean = alone(case.rule).check(&disclosure);
        assert_eq!(findings(&clean), Vec::<&str>::new(), "{} on its clean case", case.rule);
        assert!(clean.checked() > 0, "{} checks nothing in its clean case: {:?}", case.rule, clean.rules);
        (case.spoil)(&mut disclosure);
        let spoiled = alone(case.rule).check(&disclosure);
        assert!(spoiled.findings.iter().any(|finding| finding.rule == case.rule), "{} misses its defect", case.rule);
    }
}

#[test]
fn what_last_year_printed_is_compared_with_what_this_year_says() {
    let this = sample();
    let mut last = sample();
    let key = |disclosure: &mut Disclosure, measure| fact(disclosure, "3.三", "基本支出", measure).value;
    let basic = key(&mut this.clone(), Measure::Amount) - key(&mut this.clone(), Measure::YoyChange);
    last.tables.retain(|table| table.kind == TableKind::Expenditure);
    last.tables[0].rows.truncate(1);
    last.tables[0].rows[0].cells.retain(|cell| cell.column == 1);
    last.tables[0].rows[0].cells[0].amount.value = basic;
    let report = alone("last-year-differs").check_after(&last, &this);
    assert_eq!((findings(&report), report.checked()), (Vec::new(), 1));
    more(&mut last.tables[0].rows[0].cells[0].amount.value, 1);
    let report = alone("last-year-differs").check_after(&last, &this);
    assert_eq!(report.findings.len(), 1);
}

#[test]
fn what_the_text_calls_last_years_amount_is_compared_with_what_last_year_printed() {
    let mut last = sample();
    last.tables.retain(|table| table.kind == TableKind::Expenditure);
    let printed = last.tables[0].rows[0].cells.iter().find(|cell| cell.column == 1).unwrap().amount.value;
    let mut this = sample();
    let amount = fact(&mut this, "3.三", "基本支出", Measure::Amount).clone();
    this.facts.retain(|fact| fact.measure == Measure::Amount);
    // The text of this year does not say of what budget it is a figure, only that it is about the same.
    this.facts.push(Fact { measure: Measure::PriorAmount, value: printed, coordinates: None, ..amount });
    let report = alone("last-year-differs").check_after(&last, &this);
    assert_eq!((findings(&report), report.checked()), (Vec::new(), 1));
    more(&mut this.facts.last_mut().unwrap().value, 1);
    assert_eq!(alone("last-year-differs").check_after(&last, &this).findings.len(), 1);
}

#[test]
fn a_change_in_people_is_not_compared_with_money() {
    let mut disclosure = sample();
    let amount = fact(&mut disclosure, "3.三", "基本支出", Measure::Amount).clone();
    disclosure.facts = vec![amount.clone()];
    let people = Some(Unit::from("人"));
    let change = Decimal::from(1_000_000);
    disclosure.facts.push(Fact {
        measure: Measure::YoyChange,
        value: change,
        unit: people,
        coordinates: None,
        ..amount
    });
    assert_eq!(alone("increase-exceeds-amount").check(&disclosure).checked(), 0);
    disclosure.facts[1].unit = disclosure.facts[0].unit.clone();
    assert_eq!(alone("increase-exceeds-amount").check(&disclosure).findings.len(), 1);
}

#[test]
fn a_three_public_figure_of_one_source_is_compared_with_that_source() {
    let mut disclosure = sample();
    let table = disclosure.tables.iter_mut().find(|table| table.kind == TableKind::ThreePublic).unwrap();
    let (column, source) = (0..)
        .zip(&table.columns)
        .find_map(|(index, column)| Some((index, column.dimensions.source.filter(|source| *source != Source::All)?)))
        .unwrap();
    let total = table.rows.iter_mut().find(|row| row.role == Role::Total).unwrap();
    total.cells.iter_mut().for_each(|cell| cell.placement = Placement::Printed);
    let (all, printed) = (total.cell(0).unwrap().amount.value, total.cell(column).unwrap().amount.value);
    assert_ne!(all, printed, "the sample has three public expenses from two sources");
    let is_total = |fact: &&Fact| {
        let item = fact.coordinates.as_ref().and_then(|coordinates| coordinates.three_public);
        fact.measure == Measure::Amount && item == Some(ThreePublicItem::All)
    };
    let mut of_source = disclosure.facts.iter().find(is_total).unwrap().clone();
    of_source.value = printed;
    of_source.coordinates.as_mut().unwrap().source = source;
    disclosure.facts.push(of_source);
    assert_eq!(findings(&alone("statements-differ").check(&disclosure)), Vec::<&str>::new());
    more(&mut disclosure.facts.last_mut().unwrap().value, 1);
    assert_eq!(alone("statements-differ").check(&disclosure).findings.len(), 1);
}

#[test]
fn nothing_falls_by_more_than_all_of_it() {
    let found = |amount: i64, change: i64, percent: i64| {
        let mut disclosure = sample();
        let values = [(Measure::Amount, amount), (Measure::YoyChange, change), (Measure::YoyPercent, percent)];
        for (measure, value) in values {
            fact(&mut disclosure, "3.三", "基本支出", measure).value = Decimal::new(value, 2);
        }
        alone("decrease-of-more-than-all").check(&disclosure).findings.len()
    };
    assert_eq!(found(0, -1, -45_100), 1);
    assert_eq!(found(0, -1, -10_000), 0);
    // A few yuan are printed as nothing, and may have grown threefold.
    assert_eq!(found(0, 0, 30_000), 0);
    // That the directions differ is another rule's finding.
    assert_eq!(found(500, 200, -45_100), 0);
}

#[test]
fn no_rule_calls_an_empty_document_checked() {
    for rule in Checker::new().check(&Disclosure::default()).rules {
        assert_eq!(rule.checked, 0, "{}", rule.rule);
        assert!(!rule.not_applicable.is_empty(), "{} does not say why it does not apply", rule.rule);
    }
}

/// Rules that need last year's document, final accounts (`budget-testkit/tests/final_accounts.rs`) or a form that no layout names
/// (`unpromised.rs`).
const OF_OTHER_DOCUMENTS: [&str; 4] =
    ["last-year-differs", "balances-do-not-close", "execution-does-not-follow", "difference-unexplained"];

#[test]
fn every_rule_has_its_cases_and_its_own_name() {
    let registered: Vec<&str> = RULES.iter().map(|rule| rule.describe().id).collect();
    let distinct: BTreeSet<&str> = registered.iter().copied().collect();
    assert_eq!(distinct.len(), registered.len());
    let cases: BTreeSet<&str> = CASES.iter().map(|case| case.rule).chain(OF_OTHER_DOCUMENTS).collect();
    assert_eq!(cases, distinct);
    for id in registered {
        assert!(id.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase())), "{id}");
    }
}

#[test]
fn one_wrong_figure_gives_one_finding_that_names_it_first() {
    let mut disclosure = sample();
    let checker = Checker::new();
    let before = checker.check(&disclosure);
    let table = disclosure.tables.iter().position(|table| table.kind == TableKind::General).unwrap();
    let row = disclosure.tables[table].rows.iter().position(|row| row.role == budget_model::Role::Item).unwrap();
    let changed = &mut disclosure.tables[table].rows[row].cells[0];
    let column = changed.column;
    more(&mut changed.amount.value, 30);
    let new = common::mutation::new_findings(&before, checker.check(&disclosure));
    assert_eq!(new.len(), 1, "{new:#?}");
    let subject = Subject::Cell(FigureRef { table: table as u32, row: row as u32, column });
    assert_eq!(new[0].suspects[0].subject, subject);
    assert!(new[0].arithmetic.len() > 2, "its consequences are folded under it");
}

#[test]
fn a_report_survives_json() {
    let mut disclosure = sample();
    more(cell(&mut disclosure, TableKind::General, 0), 1);
    let report = Checker::new().check(&disclosure);
    let json = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
}

#[test]
fn a_unit_price_is_no_part_of_an_allocation() {
    let checked = |amount: &str, allocation: &str| {
        let mut disclosure = sample();
        let project = &mut disclosure.projects[0];
        project.amount.as_mut().unwrap().value = amount.parse().unwrap();
        let place = project.name.place;
        project.allocation = Some(Label::new(allocation, place));
        disclosure.projects.truncate(1);
        let report = Checker::new().check(&disclosure);
        let rule = report.rules.iter().find(|rule| rule.rule == "allocation-does-not-add-up").unwrap();
        (rule.checked, rule.violated)
    };
    // The price is explained by the amount behind or before it, and the rest adds up.
    assert_eq!(checked("46.00", "文化馆20.00万元，文化站13家，每家2.00万元，合计26.00万元。"), (1, 0));
    assert_eq!(checked("21.60", "助学金16.10万元，学生70人，每人2300元；奖学金5.50万元。"), (1, 0));
    assert_eq!(checked("24.00", "12家经营主体各补助1.50万元，合计18.00万元；培训6.00万元。"), (1, 0));
    // One slip in a sum that is complete.
    assert_eq!(checked("46.00", "文化馆20.00万元，文化站13家，每家2.00万元，合计28.00万元。"), (1, 1));
    // One name with one amount is all that the project goes to, unless the words leave it open.
    assert_eq!(checked("46.00", "委托业务费38.00万元。"), (1, 1));
    assert_eq!(checked("46.00", "委托业务费46.00万元。"), (0, 0));
    assert_eq!(checked("46.00", "其中委托业务费38.00万元。"), (0, 0));
    assert_eq!(checked("46.00", "委托业务费38.00万元，用于系统维护。"), (0, 0));
    // A name that ends like a subsidy is no unit price.
    assert_eq!(checked("46.00", "其他对个人和家庭的补助20.00万元，费用补贴28.00万元。"), (1, 1));
    // One part is all of it, the others are zero.
    assert_eq!(checked("0.90", "委托业务费0.00万元，福利费0.90万元，离休费0.00万元。"), (0, 0));
    // What ten villages get is not stated: the two amounts are not all there is, however near they are to the project.
    assert_eq!(checked("10.00", "10个驻点村每村工作经费0.85万元，意外保险1.00万元，慰问补助8.00万元。"), (0, 0));
}

#[test]
fn a_decrease_that_a_form_prints_without_its_sign_is_no_error() {
    let case = CASES.iter().find(|case| case.rule == "change-does-not-follow-from-years").unwrap();
    let mut disclosure = sample();
    (case.clean)(&mut disclosure);
    let change = &mut disclosure.tables.last_mut().unwrap().rows[0].cells[2].amount.value;
    *change = -*change;
    let findings = Checker::new().check(&disclosure).findings;
    assert!(findings.iter().all(|finding| finding.rule != case.rule), "{findings:#?}");
}
