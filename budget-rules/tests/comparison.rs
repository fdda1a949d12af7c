//! Two versions of one disclosure are compared table by table and row by row.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use budget_model::{
    Amount, Aspect, Cell, Column, Decimal, Disclosure, Doubts, Label, Place, Placement, Role, Row, Table, TableKind,
    Unit, UnreadPage, UnreadReason,
};
use budget_rules::{Comparison, Presence, RowChange};
use common::sample::{cell, sample};

const PLACE: Place = Place::Text { page: 1, line: 1, column: 1 };

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A row of two columns; an empty text is a blank.
fn row(code: &str, name: &str, figures: [&str; 2]) -> Row {
    let mut row = Row::new(if code.is_empty() { Role::Total } else { Role::Item }, Label::new(name, PLACE));
    row.code = code.parse().ok();
    for (column, figure) in (0..).zip(figures).filter(|(_, figure)| !figure.is_empty()) {
        row.cells.push(Cell::new(column, Amount { value: decimal(figure), place: PLACE }, Placement::Printed));
    }
    row
}

fn document(rows: Vec<Row>) -> Disclosure {
    let mut table = Table::new(TableKind::Expenditure, Label::new("支出总表", PLACE));
    table.unit = Unit::TenThousandYuan;
    table.columns = vec![Column::new("total", "合计"), Column::new("project", "项目支出")];
    table.rows = rows;
    Disclosure { tables: vec![table], ..Disclosure::default() }
}

fn rows_of(before: Vec<Row>, after: Vec<Row>) -> (Comparison, Vec<RowChange>) {
    let comparison = Comparison::new(&document(before), &document(after));
    let rows = comparison.tables.iter().flat_map(|table| table.rows.clone()).collect();
    (comparison, rows)
}

#[test]
fn a_document_is_equal_to_itself_and_one_changed_figure_is_one_difference() {
    let before = sample();
    let comparison = Comparison::new(&before, &before);
    assert!(comparison.is_equal() && comparison.tables.is_empty() && comparison.compared > 300);
    let mut after = before.clone();
    *cell(&mut after, TableKind::GeneralBasic, 30_101) += Decimal::ONE_HUNDRED;
    let comparison = Comparison::new(&before, &after);
    assert!(!comparison.is_equal());
    assert_eq!((comparison.tables.len(), comparison.totals().figures), (1, 1));
    let figure = &comparison.tables[0].rows[0].figures[0];
    assert_eq!((figure.difference, figure.is_certain), (Some(Decimal::ONE_HUNDRED), true));
    let json = serde_json::to_string(&comparison).unwrap();
    assert_eq!(serde_json::from_str::<Comparison>(&json).unwrap(), comparison);
}

#[test]
fn rows_are_paired_by_code_else_by_name_and_totals_come_first() {
    let before = vec![
        row("", "总计", ["30.00", "5.00"]),
        row("2070104", "图书馆", ["10.00", ""]),
        row("2070109", "群众文化", ["20.00", "5.00"]),
        row("2070111", "文化创作与保护", ["0.00", ""]),
        row("2070113", "旅游宣传", ["", ""]),
    ];
    let after = vec![
        row("2070109", "群众文化", ["20.00", "6.00"]),
        row("2070104", "公共图书馆", ["10.00", ""]),
        row("2070110", "文化交流", ["1.00", ""]),
        row("", "合计", ["31.00", "6.00"]),
    ];
    let (comparison, rows) = rows_of(before, after);
    let shown: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.presence, row.figures.len())).collect();
    let expected = [
        ("合计", Presence::Both, 2),
        ("群众文化", Presence::Both, 1),
        ("公共图书馆", Presence::Both, 0),
        ("文化交流", Presence::Added, 1),
        ("文化创作与保护", Presence::Dropped, 1),
    ];
    assert_eq!(shown, expected, "a row without figures is not compared");
    assert_eq!(rows[2].renamed_from.as_deref(), Some("图书馆"));
    assert_eq!(rows[1].figures[0].percent, Some(decimal("20")));
    let totals = comparison.totals();
    assert_eq!((totals.figures, totals.rows_added, totals.rows_dropped), (3, 1, 1));
}

#[test]
fn one_row_more_among_rows_of_one_name_does_not_shift_the_others() {
    let rows = |figures: &[&'static str]| -> Vec<Row> {
        figures.iter().map(|figure| row("2070109", "群众文化", [figure, ""])).collect()
    };
    let (_, changes) = rows_of(rows(&["1.00", "2.00", "3.00"]), rows(&["3.00", "1.00", "9.00", "2.00"]));
    assert_eq!(changes.len(), 1);
    assert_eq!(
        (changes[0].presence, changes[0].figures[0].after.as_ref().unwrap().value),
        (Presence::Added, decimal("9.00"))
    );
}

#[test]
fn a_figure_in_doubt_is_shown_and_decides_nothing() {
    let before = vec![row("", "总计", ["30.00", "5.00"])];
    let mut after = vec![row("", "总计", ["31.00", "5.00"])];
    after[0].cells[0].doubts = Doubts::of(Aspect::Value);
    let (comparison, rows) = rows_of(before.clone(), after);
    assert!(comparison.is_equal());
    assert_eq!((comparison.undecided, rows[0].figures[0].is_certain, rows[0].figures[0].difference), (1, false, None));

    // A place is not blank for certain if a figure of the row may stand there.
    let mut after = vec![row("", "总计", ["30.00", ""])];
    after[0].cells[0].placement = Placement::Ambiguous { candidates: vec![0, 1] };
    assert!(rows_of(before.clone(), after).0.is_equal());
    // Nor is a row gone if its table may be on a page that was not read.
    let mut incomplete = document(Vec::new());
    incomplete.unread_pages.push(UnreadPage::new(2, UnreadReason::Image));
    assert!(Comparison::new(&document(before), &incomplete).is_equal());
}

#[test]
fn units_and_decimals_are_compared_within_what_is_printed() {
    let before = document(vec![row("", "总计", ["30.12", "0.00"])]);
    let mut after = document(vec![row("", "总计", ["301234.56", ""])]);
    after.tables[0].unit = Unit::Yuan;
    let comparison = Comparison::new(&before, &after);
    assert!(comparison.is_equal(), "{:?}", comparison.tables);
    *after.tables[0].rows[0].cells.first_mut().map(|cell| &mut cell.amount.value).unwrap() = decimal("301250.01");
    let figure = Comparison::new(&before, &after).tables[0].rows[0].figures[0].clone();
    assert_eq!((figure.difference, figure.unit), (Some(decimal("50.01")), Unit::Yuan));
    // Of an unknown unit, nothing is known.
    after.tables[0].unit = Unit::Unknown;
    let comparison = Comparison::new(&before, &after);
    assert!(comparison.is_equal() && comparison.undecided == 1);
    // `17.3` and `17.30` are the same number, `17.3` and `17.34` may be.
    let versions = [["17.3", ""], ["17.30", ""], ["17.34", ""]];
    let of = |figures| document(vec![row("", "总计", figures)]);
    assert!(Comparison::new(&of(versions[0]), &of(versions[1])).is_equal());
    assert!(Comparison::new(&of(versions[0]), &of(versions[2])).is_equal());
    assert!(!Comparison::new(&of(versions[1]), &of(versions[2])).is_equal());
}

#[test]
fn tables_are_paired_by_kind_and_compiler() {
    let compiled = |by: &str, figure: &'static str| {
        let mut table = document(vec![row("", "总计", [figure, ""])]).tables.remove(0);
        table.compiler = Some(Label::new(by, PLACE));
        table
    };
    let of = |tables: Vec<Table>| Disclosure { tables, ..Disclosure::default() };
    let before = of(vec![compiled("云溪县文化馆", "1.00"), compiled("云溪县图书馆", "2.00")]);
    let after = of(vec![compiled("云溪县图书馆", "2.00"), compiled("云溪县文化馆", "1.00")]);
    assert!(Comparison::new(&before, &after).is_equal());
    let after = of(vec![compiled("云溪县图书馆", "2.00")]);
    let comparison = Comparison::new(&before, &after);
    assert_eq!((comparison.tables.len(), comparison.tables[0].presence), (1, Presence::Dropped));
    assert_eq!(comparison.tables[0].compiler.as_deref(), Some("云溪县文化馆"));
}
