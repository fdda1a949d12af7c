//! `views.sql`: the tables of a set and the questions that are asked of them, in the SQL of DuckDB.

use budget_export::{FieldKind, TableSchema};

use crate::format::TableFormat;

/// Its name in the folder of the set.
pub(crate) const NAME: &str = "views.sql";

/// The views over the tables, the same for every set.
const VIEWS: &str = include_str!("views.sql");

/// A text in quotes.
#[must_use]
pub(crate) fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The type of a column in DuckDB.
pub(crate) fn column_type(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Integer => "BIGINT",
        FieldKind::Year => "INTEGER",
        FieldKind::Number => "DECIMAL(38,10)",
        FieldKind::Flag => "BOOLEAN",
        _ => "VARCHAR",
    }
}

/// The file: each table over its files by name, so that what a killed run left is never read, and the views.
pub(crate) fn views<F: TableFormat>(format: &F, tables: &[(TableSchema, Vec<String>)]) -> String {
    let mut sql = String::new();
    for (table, files) in tables {
        let relation = format.relation(table, files);
        let description = table.description.split_whitespace().collect::<Vec<_>>().join(" ");
        sql.push_str(&format!(
            "-- {} {}\n-- {description}.\nCREATE OR REPLACE VIEW {} AS FROM {relation};\n\n",
            table.name, table.title, table.name
        ));
    }
    let (head, body) = VIEWS.split_once("-- === tables ===\n").unwrap_or(("", VIEWS));
    format!("{head}{sql}{body}")
}
