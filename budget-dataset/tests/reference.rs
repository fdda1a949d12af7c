//! `docs/tables.md` is what the tables say of themselves.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fmt::Write;
use std::path::Path;

use budget_dataset::schemas;
use budget_export::FieldKind;

fn reference() -> String {
    let mut text = String::from(
        "# Tables of a data set\n\nThe columns of every table, made from the descriptions that the files themselves carry (`datapackage.json`). \
         *Always* is never null. `BUDGET_UPDATE_DOCS=1 cargo test -p budget-dataset --test reference` writes it anew.\n",
    );
    for table in schemas() {
        let description = table.description.split_whitespace().collect::<Vec<_>>().join(" ");
        // Writing to a string cannot fail.
        let _ = write!(text, "\n## {} {}\n\n{description}.\n\n", table.name, table.title);
        let _ =
            writeln!(text, "Key: {}.\n", table.key.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", "));
        text.push_str("| column | 名称 | type | always | what it holds |\n| --- | --- | --- | --- | --- |\n");
        for field in &table.fields {
            let kind = match field.kind {
                FieldKind::Word(_) => "word",
                FieldKind::Code => "code",
                FieldKind::Integer => "whole number",
                FieldKind::Number => "decimal",
                FieldKind::Year => "year",
                FieldKind::Flag => "yes or no",
                _ => "text",
            };
            let always = if field.is_required { "yes" } else { "" };
            let words = match field.kind {
                FieldKind::Word(words) if words().len() <= 6 => format!(" ({})", words().join(", ")),
                _ => String::new(),
            };
            let description = field.description.split_whitespace().collect::<Vec<_>>().join(" ");
            let description = (description + &words).replace('|', "\\|");
            let _ = writeln!(text, "| `{}` | {} | {kind} | {always} | {description} |", field.name, field.title);
        }
    }
    text
}

#[test]
fn the_reference_says_what_the_tables_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/tables.md");
    if std::env::var_os("BUDGET_UPDATE_DOCS").is_some() {
        std::fs::write(&path, reference()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == reference(), "docs/tables.md is not up to date: set BUDGET_UPDATE_DOCS");
}

/// The words that SQL has for itself, in PostgreSQL (which DuckDB follows) and in Spark: none of them needs quotes as a column
/// here.
const SQL: &str = "all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate \
    collation column concurrently constraint create cross current_catalog current_date current_role current_schema \
    current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign \
    freeze from full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit \
    localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing position primary \
    references returning right select session_user similar some symmetric system_user table tablesample then to trailing true \
    union unique user using values variadic verbose when where window with anti qualify pivot unpivot summarize describe show \
    row rows range partition index interval map struct time date timestamp";

#[test]
fn no_column_is_a_word_of_sql_and_none_is_there_twice() {
    let words: Vec<&str> = SQL.split_whitespace().collect();
    for table in schemas() {
        let mut names: Vec<&str> = table.fields.iter().map(|field| field.name).collect();
        assert!(names.iter().all(|name| !words.contains(name)), "{}: {names:?}", table.name);
        assert!(table.key.iter().all(|key| names.contains(key)), "{}", table.name);
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "{}", table.name);
    }
}
