//! Large grids: bounded, reported, and nothing certain that is a guess.

use std::borrow::Cow;

use budget_document::{CellValue, Grid, GridCell};
use budget_model::{DiagnosticCode, Meaning, Place, Table};

use super::one;

/// A grid of a title, a header and `rows` rows of figures below `columns` columns.
fn large(rows: u32, columns: u32, word: impl Fn(u32) -> String) -> Grid<'static> {
    let cell = |row: u32, column: u32, value| {
        GridCell::new(row, column, value, Place::Cell { sheet: 0, row: row + 1, column: column + 1 })
    };
    let text = |text: String| CellValue::Text(Cow::Owned(text));
    let mut cells = vec![cell(0, 0, text("项目支出预算表".into())), cell(1, 0, text("单位：万元".into()))];
    cells.extend([cell(2, 0, text("科目编码".into())), cell(2, 1, text("科目名称".into()))]);
    cells.extend((2..columns).map(|column| cell(2, column, text(word(column)))));
    for row in 3..rows + 3 {
        cells.push(cell(row, 0, text(format!("{}", 2_070_100 + row % 99))));
        cells.push(cell(row, 1, text("群众文化".into())));
        cells.extend((2..columns).map(|column| cell(row, column, CellValue::Number((row * column % 997).into()))));
    }
    Grid::new(cells)
}

/// The figures that have coordinates.
fn placed(table: &Table) -> usize {
    (0..)
        .zip(&table.rows)
        .map(|(row, entry)| entry.cells.iter().filter(|cell| table.coordinates(row, cell).is_some()).count())
        .sum()
}

#[test]
fn two_hundred_columns_of_words_nobody_knows_are_kept_as_printed_and_reported_once() {
    let (table, diagnostics) = one(large(2_000, 200, |column| format!("第{column}号口袋")));
    assert_eq!((table.rows.len(), table.columns.len()), (2_000, 198));
    assert!(table.columns.iter().all(|column| column.meaning == Meaning::Unknown));
    assert_eq!((table.figure_count(), placed(&table)), (396_000, 0));
    let unknown = diagnostics.iter().filter(|found| found.code == DiagnosticCode::ColumnUnknown).count();
    assert_eq!(unknown, 1);
    assert_eq!(table.established_sums(), 0);
}

#[test]
fn two_hundred_columns_of_the_same_words_add_up_to_nothing() {
    let words = ["合计", "基本支出", "项目支出", "一般公共预算"];
    let (table, _) = one(large(300, 200, |column| words[column as usize % 4].to_owned()));
    assert_eq!(table.columns.len(), 198);
    assert_eq!(table.established_sums(), 0);
    assert!(table.unconfirmed.contradicted + table.unconfirmed.open > 0);
}

#[test]
fn many_rows_are_read_in_one_table() {
    let (table, _) =
        one(large(20_000, 6, |column| ["合计", "基本支出", "项目支出", "备注"][column as usize - 2].to_owned()));
    assert_eq!(table.rows.len(), 20_000);
}
