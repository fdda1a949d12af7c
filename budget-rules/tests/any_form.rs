//! Tables that no form of ours has: what is not known, of another year or beside the budget is compared with nothing.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use budget_model::{
    Amount, Cell, Classification, Code, Column, Decimal, Disclosure, Label, Language, Phase, Place, Placement, Role,
    Row, RowText, Source, Stage, Table, TableKind, TextColumn, Unit, YearRef,
};
use budget_rules::{Checker, Finding, Report};
use common::mutation::new_findings;
use common::sample::{cell, sample};

const PLACE: Place = Place::Text { page: 9, line: 9_000, column: 1 };

fn label(text: &str) -> Label {
    Label::new(text, PLACE)
}

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

fn is_not_applicable(report: &Report, rule: &str, words: &str) -> bool {
    let of_rule = report.rules.iter().find(|found| found.rule == rule).unwrap();
    of_rule.not_applicable.iter().any(|why| why.in_language(Language::Chinese).contains(words))
}

fn number(value: i64) -> Amount {
    Amount { value: Decimal::new(value, 2), place: PLACE }
}

/// Adds a column with a figure in every row.
fn add_column(table: &mut Table, column: Column, value: impl Fn(usize) -> i64) {
    let index = table.columns.len() as u16;
    table.columns.push(column);
    for (row, entry) in table.rows.iter_mut().enumerate() {
        entry.cells.push(Cell::new(index, number(value(row)), Placement::Printed));
    }
}

#[test]
fn nothing_is_concluded_from_a_column_that_nobody_knows() {
    for kind in [TableKind::Income, TableKind::Expenditure, TableKind::General] {
        let (new, _) = spoiled(|d| {
            let mut column = Column::unknown("专项核定数", vec!["其中".to_owned(), "专项核定数".to_owned()]);
            add_column(table(d, kind), column.clone(), |row| 1 + 10 * row as i64);
            // Not even where somebody says what it is a part of.
            column.part_of = Some(0);
            add_column(table(d, kind), column, |row| 100_000 + row as i64);
        });
        assert!(new.is_empty(), "{kind:?} {new:#?}");
    }
}

#[test]
fn a_sum_beside_a_column_that_nobody_knows_is_open() {
    let (new, _) = spoiled(|d| {
        let mut column = Column::unknown("其他安排", Vec::new());
        column.part_of = Some(0);
        add_column(table(d, TableKind::Expenditure), column, |_| 0);
        // 项目支出 of the total, which its row would show to be wrong.
        let row = &mut table(d, TableKind::Expenditure).rows[0];
        row.cells.iter_mut().find(|cell| cell.column == 2).unwrap().amount.value += Decimal::ONE_HUNDRED;
    });
    let said: Vec<_> = new.iter().flat_map(|finding| &finding.arithmetic).collect();
    assert!(!said.is_empty(), "the sum over the rows still shows it");
    let along_row = said.iter().find(|sum| sum.contributions.len() == 3 && sum.contributions[0].name.contains("合计"));
    assert!(along_row.is_none(), "{along_row:#?}");
}

#[test]
fn money_that_stands_where_nobody_knows_may_be_of_any_source() {
    // All money of the sample's functions is of few sources, so tables of different sources are compared.
    let wrong = |d: &mut Disclosure| *cell(d, TableKind::General, 0) += Decimal::ONE_THOUSAND;
    let known = spoiled(wrong).1;
    let unknown = spoiled(|d| {
        wrong(d);
        add_column(table(d, TableKind::Income), Column::unknown("来源不详", Vec::new()), |_| 5_000);
    });
    let compared = |report: &Report| report.rules.iter().find(|rule| rule.rule == "statements-differ").unwrap().checked;
    assert!(compared(&unknown.1) < compared(&known));
}

#[test]
fn a_figure_of_last_year_or_a_change_is_compared_with_no_budget() {
    for year in [YearRef::Last, YearRef::Change, YearRef::ChangePercent] {
        for kind in [TableKind::Expenditure, TableKind::General, TableKind::Income] {
            let (new, _) = spoiled(|d| {
                let mut column = Column::new("total-last", "上年预算数");
                column.dimensions.year = Some(year);
                // The rows add up, to something else than this year's.
                let ones: Vec<i64> = leaves_below(table(d, kind));
                add_column(table(d, kind), column, |row| ones[row]);
            });
            assert!(new.is_empty(), "{kind:?} {year:?} {new:#?}");
        }
    }
    let (new, _) = spoiled(|d| {
        let mut column = Column::new("total-executed", "上年执行数");
        column.dimensions.phase = Some(Phase::Executed);
        let ones: Vec<i64> = leaves_below(table(d, TableKind::General));
        add_column(table(d, TableKind::General), column, |row| ones[row]);
    });
    assert!(new.is_empty(), "{new:#?}");
}

/// For each row the number of rows below it that have no parts: figures that add up.
fn leaves_below(table: &Table) -> Vec<i64> {
    (0..table.rows.len() as u32).map(|row| count(table, row)).collect()
}

/// Replaces the figures by others that add up: all basic expenditure.
fn recount(table: &mut Table) {
    for (row, count) in leaves_below(table).into_iter().enumerate() {
        table.rows[row].cells = [0, 1].map(|column| Cell::new(column, number(count), Placement::Printed)).into();
    }
}

fn count(table: &Table, row: u32) -> i64 {
    if table.is_leaf(row) { 1 } else { table.children(row).map(|(part, _)| count(table, part)).sum() }
}

#[test]
fn sums_of_last_year_are_checked_among_themselves() {
    let (new, _) = spoiled(|d| {
        let mut column = Column::new("total-last", "上年预算数");
        column.dimensions.year = Some(YearRef::Last);
        let ones: Vec<i64> = leaves_below(table(d, TableKind::General));
        add_column(table(d, TableKind::General), column, |row| ones[row] + if row == 0 { 1000 } else { 0 });
    });
    assert!(new.iter().all(|finding| finding.rule == "parts-do-not-add-up") && !new.is_empty(), "{new:#?}");
}

#[test]
fn nothing_is_concluded_from_a_table_that_nobody_knows() {
    let (new, _) = spoiled(|d| {
        let mut other = table(d, TableKind::Expenditure).clone();
        other.kind = TableKind::Other;
        other.title = label("2019年重点工作情况表");
        for cell in other.rows.iter_mut().flat_map(|row| &mut row.cells) {
            cell.amount.value += Decimal::from(7);
        }
        other.rows.push(other.rows[1].clone());
        d.tables.push(other);
        let mut empty = Table::new(TableKind::Other, label("其他事项表"));
        empty.unit = Unit::Yuan;
        d.tables.push(empty);
    });
    assert!(new.is_empty(), "{new:#?}");
    let mut only = sample();
    only.tables.retain(|table| table.kind == TableKind::Expenditure);
    only.tables[0].kind = TableKind::Other;
    let report = Checker::new().check(&only);
    assert!(is_not_applicable(&report, "parts-do-not-add-up", "没有这些表"));
}

#[test]
fn lists_beside_the_budget_add_up_by_themselves_and_are_compared_with_nothing() {
    for kind in [TableKind::Procurement, TableKind::PurchasedServices, TableKind::TrainingList] {
        let (new, _) = spoiled(|d| {
            for _ in 0..2 {
                let mut list = Table::new(kind, label("采购明细表"));
                list.unit = Unit::Yuan;
                list.unit_place = Some(PLACE);
                list.columns = vec![Column::new("total", "合计")];
                let mut total = Row::new(Role::Total, label("合计"));
                total.cells = vec![Cell::new(0, number(300), Placement::Printed)];
                let mut part = Row::new(Role::Label, label("打印设备"));
                part.part_of = Some(0);
                part.cells = total.cells.clone();
                list.rows = vec![total, part];
                d.tables.push(list);
                // A second one lists something else.
                d.tables.last_mut().unwrap().rows[1].label = label(&format!("设备{}", d.tables.len()));
            }
            d.tables.push(Table::new(TableKind::UnitList, label("所属单位一览表")));
        });
        assert!(new.is_empty(), "{kind:?} {new:#?}");
    }
}

#[test]
fn rows_of_one_code_that_other_words_tell_apart_are_neither_repeated_nor_the_code() {
    let divide = |by_unit: bool| {
        spoiled(|d| {
            let table = table(d, TableKind::General);
            table.text_columns = vec![TextColumn::new(vec!["资金性质".to_owned()])];
            let at = (0..table.rows.len()).find(|row| table.is_leaf(*row as u32)).unwrap();
            let mut half = table.rows[at].clone();
            for cell in &mut half.cells {
                cell.amount.value = Decimal::ZERO;
            }
            match by_unit {
                true => half.unit = Some(label("云溪县图书馆")),
                false => half.texts = vec![RowText::new(0, label("专项"))],
            }
            table.rows.push(half);
        })
        .0
    };
    assert!(divide(true).is_empty(), "{:#?}", divide(true));
    assert!(divide(false).is_empty(), "{:#?}", divide(false));
}

#[test]
fn classes_of_the_government_are_no_functions_and_no_classes_of_departments() {
    let (new, report) = spoiled(|d| {
        let mut table = Table::new(TableKind::GeneralEconomic, label("一般公共预算支出明细表"));
        table.classification = Classification::GovernmentEconomic;
        table.unit = d.unit.clone();
        table.columns = vec![Column::new("total", "合计")];
        // 201 and 301 are codes of the other two classifications.
        for (code, name) in [(201, "机关工资"), (301, "机关福利")] {
            let mut row = Row::new(Role::Class, label(name));
            row.code = Code::from_number(code);
            row.cells = vec![Cell::new(0, number(code.into()), Placement::Printed)];
            table.rows.push(row);
        }
        d.tables.push(table);
    });
    assert!(new.is_empty(), "{new:#?}");
    assert!(report.rules.iter().find(|rule| rule.rule == "statements-differ").unwrap().checked > 0);
}

#[test]
fn the_whole_of_a_project_stands_in_the_first_column_of_this_year() {
    let (new, _) = spoiled(|d| {
        let projects = table(d, TableKind::GeneralProject);
        let mut last = Column::new("total-last", "上年预算数");
        last.dimensions.year = Some(YearRef::Last);
        projects.columns.insert(0, last);
        for column in &mut projects.columns {
            column.part_of = column.part_of.map(|whole| whole + 1);
        }
        for row in &mut projects.rows {
            for cell in &mut row.cells {
                cell.column += 1;
                if let Placement::Ambiguous { candidates } = &mut cell.placement {
                    candidates.iter_mut().for_each(|column| *column += 1);
                }
            }
            row.cells.insert(0, Cell::new(0, number(1), Placement::Printed));
        }
        // All rows are parts of the total and of each other; last year's add up to nothing.
        for (row, ones) in leaves_below(projects).into_iter().enumerate() {
            projects.rows[row].cells[0].amount = number(ones);
        }
    });
    assert!(new.is_empty(), "{new:#?}");
}

#[test]
fn last_years_money_does_not_contradict_that_a_table_is_empty() {
    let kind = TableKind::Fund;
    let fill = |year: Option<YearRef>| {
        spoiled(|d| {
            let fund = table(d, kind);
            let mut column = Column::new("amount-of-year", "数");
            column.dimensions.year = year;
            column.dimensions.source = Some(Source::GovernmentFund);
            fund.columns.push(column);
            let mut row = Row::new(Role::Total, label("合计"));
            row.cells = vec![Cell::new(fund.columns.len() as u16 - 1, number(500), Placement::Printed)];
            fund.rows = vec![row];
            fund.declared_empty = Some(label("本表为空表。"));
        })
        .0
    };
    let contradicts = |new: &[Finding]| new.iter().any(|finding| finding.rule == "empty-table-contradicted");
    assert!(!contradicts(&fill(Some(YearRef::Last))) && contradicts(&fill(None)));
}

#[test]
fn in_final_accounts_rules_of_budgets_say_that_they_do_not_apply() {
    let (new, report) = spoiled(|d| {
        d.stage = Stage::Final;
        // Revenue and expenditure differ by what is carried over at the end of the year.
        recount(table(d, TableKind::Expenditure));
    });
    assert!(new.is_empty(), "{new:#?}");
    for rule in ["last-year-differs", "tables-do-not-add-up"] {
        assert!(is_not_applicable(&report, rule, "决算"), "{rule}");
    }
    let sums = report.rules.iter().find(|rule| rule.rule == "parts-do-not-add-up").unwrap();
    assert!(sums.checked > 0 && sums.not_applicable.is_empty());
    let (new, _) = spoiled(|d| {
        d.stage = Stage::Final;
        *cell(d, TableKind::Expenditure, 0) += Decimal::ONE_THOUSAND;
    });
    assert!(new.iter().any(|finding| finding.rule == "parts-do-not-add-up"), "{new:#?}");
}

#[test]
fn final_accounts_of_the_year_before_are_no_budget_of_it() {
    let mut last = sample();
    last.stage = Stage::Final;
    let report = Checker::new().check_after(&last, &sample());
    assert!(is_not_applicable(&report, "last-year-differs", "不是预算"));
}

#[test]
fn a_table_of_final_accounts_in_a_budget_is_of_another_year_and_compared_with_nothing() {
    let (new, _) = spoiled(|d| {
        let mut table = table(d, TableKind::Expenditure).clone();
        table.kind = TableKind::FinalExpenditure;
        table.title = label("2019年支出决算表");
        table.number = Some(label("公开03表"));
        recount(&mut table);
        d.tables.push(table);
    });
    assert!(new.is_empty(), "{new:#?}");
}
