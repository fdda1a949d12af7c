//! A disclosure as text that a person can hold against the printed form.

use std::fmt::Write;

use budget_model::{
    Amount, Column, Dimensions, Disclosure, Doubts, Fact, Indicator, Language, PerformanceTable, Place, Row, Table,
};

/// The tables and diagnostics of a disclosure.
pub fn disclosure(read: &Disclosure) -> String {
    let mut text = String::new();
    if let Some(entity) = &read.entity {
        writeln!(text, "entity {}", entity.text).unwrap();
    }
    let year = read.year.map(|year| year.to_string()).unwrap_or_default();
    writeln!(text, "year {year}, {}", read.stage.as_str()).unwrap();
    for table in &read.tables {
        text += &one(table);
    }
    for table in &read.performance {
        text += &targets(table);
    }
    if !read.facts.is_empty() {
        text += "\nstated\n";
    }
    for fact in &read.facts {
        writeln!(text, "  {}", stated(fact)).unwrap();
    }
    if !read.diagnostics.is_empty() {
        text += "\ndiagnostics\n";
    }
    for found in &read.diagnostics {
        let places: Vec<String> = found.places.iter().map(|at| place(*at)).collect();
        writeln!(text, "  {} {}: {}", found.code.as_str(), places.join(" "), found.message(Language::Chinese)).unwrap();
    }
    text
}

/// A stated figure: what it is about, what it measures, and what it is a figure of.
fn stated(fact: &Fact) -> String {
    let unit = fact.unit.as_ref().map(ToString::to_string).unwrap_or_default();
    let at = fact.coordinates.as_ref().map(|at| {
        let fixed = Dimensions {
            source: Some(at.source),
            nature: Some(at.nature),
            function: at.function,
            economic: at.economic,
            government_economic: at.government_economic,
            three_public: at.three_public,
            phase: at.phase,
            year: at.year,
            flow: at.flow,
        };
        dimensions(fixed)
    });
    let (section, subject) = (&fact.section, fact.subject.join("/"));
    format!("{section} {subject} {} {}{unit}{}", fact.measure.as_str(), fact.value, at.unwrap_or_default())
}

/// A table of performance targets: whose, how much, what for, its indicators.
fn targets(table: &PerformanceTable) -> String {
    let mut text =
        format!("\n{} [targets of {}] in {}\n", table.title.text, table.kind.as_str(), table.money_unit.as_str());
    let labels =
        [("unit", &table.unit), ("name", &table.name), ("department", &table.department), ("goal", &table.goal)];
    for (word, label) in labels {
        text += &label.as_ref().map(|label| format!("  {word} {}\n", label.text)).unwrap_or_default();
    }
    let amounts = [("total", &table.total), ("fiscal", &table.fiscal), ("other", &table.other)];
    for (word, amount) in amounts {
        text += &amount.as_ref().map(|Amount { value, .. }| format!("  {word} {value}\n")).unwrap_or_default();
    }
    for fund in &table.funds {
        writeln!(text, "  fund {} {}", fund.path.join("/"), fund.amount.value).unwrap();
    }
    for Indicator { level1, level2, name, value, weight, remark, .. } in &table.indicators {
        let sign = value.operator.map(|sign| format!(" sign {sign:?}")).unwrap_or_default();
        let number = value.number.map(|number| format!(" number {number}")).unwrap_or_default();
        let unit = value.unit.as_ref().map(|unit| format!(" unit {unit}")).unwrap_or_default();
        let weight = weight.map(|weight| format!(" weight {weight}")).unwrap_or_default();
        let remark = remark.as_ref().map(|remark| format!(" remark {remark}")).unwrap_or_default();
        writeln!(
            text,
            "  {level1} / {level2} / {} | {}{sign}{number}{unit}{weight}{remark}",
            name.text, value.raw.text
        )
        .unwrap();
    }
    text
}

/// A table: what it is, its columns, its rows.
pub fn one(table: &Table) -> String {
    let mut text = format!("\n{} [{}]", table.title.text, table.kind.as_str());
    let word = |name: &str, value: Option<&str>| value.map(|value| format!(" {name} {value}")).unwrap_or_default();
    text += &word("number", table.number.as_ref().map(|label| label.text.as_str()));
    text += &word("compiler", table.compiler.as_ref().map(|label| label.text.as_str()));
    let unit = if table.unit_place.is_some() { "unit" } else { "assumed unit" };
    writeln!(text, " {unit} {}{}{}", table.unit.as_str(), dimensions(table.dimensions), doubts(table.doubts)).unwrap();
    for (index, column) in table.columns.iter().enumerate() {
        writeln!(text, "  {index} {}", self::column(column)).unwrap();
    }
    for (index, column) in table.text_columns.iter().enumerate() {
        writeln!(text, "  text {index} {}", column.header.join("/")).unwrap();
    }
    for (index, row) in table.rows.iter().enumerate() {
        writeln!(text, "  {index:2} {}", self::row(table, row)).unwrap();
    }
    for note in table.declared_empty.iter().chain(&table.notes) {
        writeln!(text, "  note {}", note.text).unwrap();
    }
    text
}

fn column(column: &Column) -> String {
    let id = if column.is_known() { column.id.as_str() } else { "?" };
    let part_of = column.part_of.map(|whole| format!(" part of {whole}")).unwrap_or_default();
    format!("{id} <{}>{part_of}{}", column.path().join("/"), dimensions(column.dimensions))
}

fn row(table: &Table, row: &Row) -> String {
    let mut text = String::new();
    text += &row.side.map(|side| format!("{}: ", side.as_str())).unwrap_or_default();
    text += &row.code.map(|code| format!("{code} ")).unwrap_or_default();
    write!(text, "{} ({})", row.label.text, row.role.as_str()).unwrap();
    text += &row.project.as_ref().map(|label| format!(" project {}", label.text)).unwrap_or_default();
    text += &row.unit.as_ref().map(|label| format!(" unit {}", label.text)).unwrap_or_default();
    for printed in &row.texts {
        write!(text, " text {}={}", printed.column, printed.text.text).unwrap();
    }
    text += &row.part_of.map(|whole| format!(" part of {whole}")).unwrap_or_default();
    if !row.meaning.is_known() {
        text += " ?";
    }
    text += &dimensions(row.dimensions);
    text += &doubts(row.doubts);
    text.push_str(" |");
    for cell in &row.cells {
        let id = table.columns.get(usize::from(cell.column)).map_or("", |column| column.id.as_str());
        let id = if id.is_empty() { format!("#{}", cell.column) } else { id.to_owned() };
        let open = if cell.placement.is_certain() { "" } else { "~" };
        write!(text, " {id}{open}={}{}", cell.amount.value, doubts(cell.doubts)).unwrap();
    }
    for unread in &row.unread {
        write!(text, " unread {}", unread.text).unwrap();
    }
    text
}

fn dimensions(fixed: Dimensions) -> String {
    let axes = [
        fixed.source.map(|at| format!("source {at:?}")),
        fixed.nature.map(|at| format!("nature {at:?}")),
        fixed.function.map(|at| at.to_string()),
        fixed.economic.map(|at| at.to_string()),
        fixed.government_economic.map(|at| at.to_string()),
        fixed.three_public.map(|at| at.as_str().to_owned()),
        fixed.phase.map(|at| at.as_str().to_owned()),
        fixed.year.map(|at| at.as_str().to_owned()),
        fixed.flow.map(|at| at.as_str().to_owned()),
    ];
    let axes: Vec<String> = axes.into_iter().flatten().collect();
    if axes.is_empty() { String::new() } else { format!(" {{{}}}", axes.join(", ")) }
}

fn doubts(doubts: Doubts) -> String {
    let all: Vec<&str> = doubts.iter().map(|aspect| aspect.as_str()).collect();
    if all.is_empty() { String::new() } else { format!(" !{}", all.join(",")) }
}

fn place(place: Place) -> String {
    match place {
        Place::Cell { sheet, row, column } => format!("p{}:{row}:{column}", sheet + 1),
        other => format!("{other:?}"),
    }
}
