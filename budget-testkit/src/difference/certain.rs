//! What is certain and wrong, whatever else was lost or is in doubt.

use std::collections::HashMap;

use budget_model::{Decimal, Disclosure, Row, Side, Table, TableKind};
use budget_parse::text::fold;

use super::Difference;

/// Where a figure stands: table, side, code, name and project, column.
type Position = (TableKind, Option<Side>, String, String, String);

/// The figures that are certain in what was read and do not stand there in what should have been read.
///
/// For documents that suffered on their way: what was lost or is in doubt is no difference, and neither is a figure of a
/// table that is read in another order. Amounts are compared in yuan, so that a figure in the wrong unit is a difference.
///
/// ```
/// use budget_testkit::{Books, Config, certain_and_wrong, disclosure};
///
/// let config = Config::default();
/// let expected = disclosure(&Books::random(7, &config), &config);
/// assert_eq!(certain_and_wrong(&expected, &expected), []);
/// ```
#[must_use]
pub fn certain_and_wrong(expected: &Disclosure, read: &Disclosure) -> Vec<Difference> {
    let mut known: HashMap<Position, Vec<Option<Decimal>>> = HashMap::new();
    for table in &expected.tables {
        for (row, cell) in table.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row, cell))) {
            known.entry(position(table, row, cell.column)).or_default().push(in_yuan(table, cell.amount.value));
        }
    }
    let mut wrong = Vec::new();
    for table in &read.tables {
        for (row, cell) in table.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row, cell))) {
            if !table.doubts_of(row, cell).is_empty() {
                continue;
            }
            let position = position(table, row, cell.column);
            let values = known.get(&position).map_or(&[][..], Vec::as_slice);
            let value = in_yuan(table, cell.amount.value);
            if value.is_none() || !values.contains(&value) {
                let (kind, _, code, name, column) = position;
                let values: Vec<_> = values.iter().flatten().map(|value| format!("{} 元", value.normalize())).collect();
                wrong.push(Difference {
                    table: Some(kind),
                    row: format!("{code} {name}"),
                    column,
                    expected: if values.is_empty() { "nothing".to_owned() } else { values.join(" or ") },
                    found: format!("{} {}", cell.amount.value, table.unit),
                });
            }
        }
    }
    wrong
}

fn position(table: &Table, row: &Row, column: u16) -> Position {
    let code = row.code.map(|code| code.to_string()).unwrap_or_default();
    let project = row.project.as_ref().map_or("", |project| &project.text);
    let column = table.columns.get(usize::from(column)).map(|column| column.id.clone()).unwrap_or_default();
    (table.kind, row.side, code, fold(&row.label.text) + &fold(project), column)
}

fn in_yuan(table: &Table, value: Decimal) -> Option<Decimal> {
    table.unit.in_yuan().and_then(|unit| value.checked_mul(unit))
}
