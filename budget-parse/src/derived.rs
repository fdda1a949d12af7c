//! A layout derived from a document whose columns are there: what its tables print, as the TOML of a layout.
//!
//! The text of the same form has no columns; with the layout it can be read. A person looks through it first: what one
//! document prints may be less than the form has.

use std::collections::HashSet;
use std::fmt::Write;

use budget_model::{Column, Dimensions, Disclosure, Meaning, Role, Row, Side, Table, TableKind, Unit};
use serde::Serialize;

use crate::lexicon::around::OF_WHOM;
use crate::text::behind_year;

/// The TOML of a layout that has the tables of a document; `None` if it has no table that can be described.
///
/// A table with a column of unknown meaning, and a second one of a kind, are left out, which a comment says.
#[must_use]
pub fn derived_layout(read: &Disclosure, id: &str, name: &str) -> Option<String> {
    let unit = usual_unit(read);
    let first = read.year.unwrap_or(2000);
    let mut text = format!(
        "# Derived from one document: look through titles, columns and printed rows before you use it.\n\
         id = {}\nname = {}\nyears = [{first}, 2099]\n",
        quoted(id),
        quoted(name)
    );
    if unit != Unit::Unknown {
        let _ = writeln!(text, "unit = {}", quoted(unit.as_str()));
    }
    let mut kinds: HashSet<TableKind> = HashSet::new();
    let before = text.len();
    let mut left_out = String::new();
    for table in &read.tables {
        let why = match () {
            () if table.title.text.is_empty() => "it has no title",
            () if table.columns.is_empty() => "it shows no columns",
            () if table.columns.len() > crate::placement::MOST_COLUMNS => "it has more columns than a layout may have",
            () if !table.columns.iter().all(is_described) => "a column is of unknown meaning",
            () if !kinds.insert(table.kind) => "another table of its kind stands before it",
            () => {
                describe(&mut text, table, &unit);
                continue;
            }
        };
        let _ = writeln!(left_out, "\n# Left out: {}: {why}.", one_line(&table.title.text));
    }
    (text.len() > before).then(|| text + &left_out)
}

/// Whether a layout can say what a column is.
fn is_described(column: &Column) -> bool {
    column.meaning == Meaning::Known && !column.id.is_empty() && column.dimensions.function.is_none()
}

fn usual_unit(read: &Disclosure) -> Unit {
    let printed = || read.tables.iter().filter(|table| table.unit_place.is_some()).map(|table| &table.unit);
    let count = |unit: &Unit| printed().filter(|other| *other == unit).count();
    printed().max_by_key(|unit| count(unit)).cloned().unwrap_or_default()
}

fn describe(text: &mut String, table: &Table, usual: &Unit) {
    let shape = shape(table);
    let _ = writeln!(
        text,
        "\n[[table]]\nkind = {}\ntitles = [{}]\nshape = \"{shape}\"",
        quoted(table.kind.as_str()),
        quoted(bare_title(&table.title.text))
    );
    if table.unit_place.is_some() && table.unit != *usual {
        let _ = writeln!(text, "unit = {}", quoted(table.unit.as_str()));
    }
    let words: Vec<String> =
        table.text_columns.iter().flat_map(|column| &column.header).map(|word| quoted(word)).collect();
    if !words.is_empty() {
        let _ = writeln!(text, "words = [{}]", unique(words).join(", "));
    }
    fixed(
        text,
        "",
        &Dimensions { source: table.dimensions.source, nature: table.dimensions.nature, ..Dimensions::default() },
    );
    for column in &table.columns {
        let _ = writeln!(text, "\n[[table.column]]\nid = {}\nlabel = {}", quoted(&column.id), quoted(&column.label));
        if column.path() != std::slice::from_ref(&column.label) {
            let header: Vec<String> = column.path().iter().map(|word| quoted(word)).collect();
            let _ = writeln!(text, "header = [{}]", header.join(", "));
        }
        // A whole stands before its parts in a layout.
        let own = table.columns.iter().position(|other| std::ptr::eq(other, column)).unwrap_or(0);
        let whole = column.part_of.map(usize::from).filter(|whole| *whole < own);
        if let Some(whole) = whole.and_then(|whole| table.columns.get(whole)) {
            let _ = writeln!(text, "part_of = {}", quoted(&whole.id));
        }
        fixed(text, "", &column.dimensions);
    }
    match shape {
        "two-sided" => {
            side(text, table, Side::Revenue, "revenue");
            side(text, table, Side::Expenditure, "expenditure");
        }
        "labelled" => printed_rows(text, "labels", None, table.rows.iter().enumerate().map(|row| (table, row))),
        _ => {}
    }
}

/// How the rows are made, by what they have.
fn shape(table: &Table) -> &'static str {
    let has = |test: fn(&Row) -> bool| table.rows.iter().any(test);
    match () {
        () if has(|row| row.side.is_some()) => "two-sided",
        () if has(|row| row.project.is_some()) => "projects",
        () if has(|row| row.code.is_some()) => "classified",
        // An empty table shows by its columns of words that it would have rows.
        () if table.rows.iter().all(|row| row.cells.is_empty()) && !table.text_columns.is_empty() => "classified",
        () if table.rows.len() <= 1 && !has(|row| !row.label.text.is_empty()) => "single-row",
        () if has(|row| row.role == Role::Label && row.meaning == Meaning::Known) => "labelled",
        () => "listed",
    }
}

fn side(text: &mut String, table: &Table, side: Side, key: &str) {
    let total = table.rows.iter().find(|row| row.side == Some(side) && row.role == Role::Total);
    let total = total.map(|row| row.label.text.as_str()).filter(|label| !label.is_empty());
    // What the money is spent on differs from document to document; where it comes from is printed in every copy.
    let is_printed = |row: &Row| side == Side::Revenue && row.side == Some(side);
    let rows = table.rows.iter().enumerate().filter(|(_, row)| is_printed(row)).map(|row| (table, row));
    printed_rows(text, key, total, rows);
}

fn printed_rows<'t>(
    text: &mut String,
    key: &str,
    total: Option<&str>,
    rows: impl Iterator<Item = (&'t Table, (usize, &'t Row))>,
) {
    let _ = writeln!(text, "\n[table.{key}]");
    if let Some(total) = total {
        let _ = writeln!(text, "total = {}", quoted(total));
    }
    let mut lines = String::new();
    for (table, (index, row)) in rows.filter(|(_, (_, row))| row.role != Role::Total && !row.label.text.is_empty()) {
        // The total itself is above level 1.
        let has_total = table.rows.iter().any(|other| other.side == row.side && other.role == Role::Total);
        let level = (table.level(index as u32) + u32::from(!has_total)).clamp(1, 9);
        let mut entry = format!("level = {level}, label = {}", quoted(&row.label.text));
        for (key, value) in
            [("source", word(row.dimensions.source)), ("three_public", word(row.dimensions.three_public))]
        {
            if let Some(value) = value {
                let _ = write!(entry, ", {key} = {}", quoted(&value));
            }
        }
        let _ = writeln!(lines, "    {{ {entry} }},");
    }
    if !lines.is_empty() {
        let _ = writeln!(text, "rows = [\n{lines}]");
    }
}

/// The axes that are fixed, one a line.
fn fixed(text: &mut String, indent: &str, fixed: &Dimensions) {
    let axes = [
        ("source", word(fixed.source)),
        ("nature", word(fixed.nature)),
        ("economic", fixed.economic.map(|code| code.to_string())),
        ("government_economic", fixed.government_economic.map(|code| code.to_string())),
        ("three_public", word(fixed.three_public)),
        ("phase", word(fixed.phase)),
        ("year", word(fixed.year)),
        ("flow", word(fixed.flow)),
    ];
    for (key, value) in axes.into_iter().filter_map(|(key, value)| Some((key, value?))) {
        let _ = writeln!(text, "{indent}{key} = {}", quoted(&value));
    }
}

/// The word that a value is written with.
fn word<T: Serialize>(value: Option<T>) -> Option<String> {
    toml::Value::try_from(value?).ok()?.as_str().map(str::to_owned)
}

/// A title without the year and 部门 or 单位 in front, which may differ from document to document.
fn bare_title(title: &str) -> &str {
    let digits = title.trim_start_matches(|character: char| character.is_ascii_digit());
    let rest = behind_year(digits).filter(|_| digits.len() < title.len());
    let rest = rest.unwrap_or(title);
    let bare = OF_WHOM.strip_from(rest).map_or(rest, |(_, bare)| bare);
    if bare.chars().count() > 3 { bare } else { title }
}

fn unique(words: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    words.into_iter().filter(|word| seen.insert(word.clone())).collect()
}

fn one_line(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).collect()
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if control.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", control as u32);
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use budget_model::{Label, Place};

    use super::*;
    use crate::LayoutSet;

    #[test]
    fn what_is_derived_is_a_layout_whatever_words_it_has() {
        let mut table = Table::new(
            TableKind::Income,
            Label::new("2026年部门收入\"总\\表", Place::Text { page: 1, line: 1, column: 1 }),
        );
        table.columns = vec![Column::new("total", "合计\n\"全部\"")];
        let read = Disclosure { tables: vec![table.clone(), table], ..Disclosure::default() };
        let toml = derived_layout(&read, "x", "云溪县").unwrap();
        LayoutSet::empty().add(&toml).unwrap();
        assert!(toml.contains("Left out"), "{toml}");
        assert!(derived_layout(&Disclosure::default(), "x", "x").is_none());
    }
}
