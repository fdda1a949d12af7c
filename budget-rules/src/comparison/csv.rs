//! Differences as CSV.

use budget_model::Place;

use super::{Comparison, FigureChange, Presence, Printed, RowChange, TableChange};
use crate::render::csv::{guarded, push};

const HEADER: &str = "table,title,table_presence,code,name,renamed_from,project,unit_name,row_presence,column,column_name,\
                      column_presence,before,before_unit,after,after_unit,certain,difference,difference_unit,percent,\
                      before_place,after_place";

pub(super) fn write(comparison: &Comparison, sheets_before: &[String], sheets_after: &[String]) -> String {
    let mut csv = format!("{HEADER}\r\n");
    let mut line = |fields: Vec<String>| {
        let mut fields = fields;
        fields.resize(HEADER.split(',').count(), String::new());
        push(&mut csv, &fields);
    };
    for table in &comparison.tables {
        if table.rows.is_empty() && table.columns.is_empty() {
            line(of_table(table));
        }
        for column in &table.columns {
            let mut fields = of_table(table);
            fields.resize(9, String::new());
            fields.extend([guarded(&column.id), guarded(&column.label), presence(column.presence)]);
            line(fields);
        }
        for row in &table.rows {
            let of_row: Vec<String> = of_table(table).into_iter().chain(of_row(row)).collect();
            if row.figures.is_empty() {
                let mut fields = of_row.clone();
                fields.resize(16, String::new());
                fields.push(row.is_certain().to_string());
                line(fields);
            }
            for figure in &row.figures {
                let mut fields = of_row.clone();
                fields.extend(of_figure(figure, table, sheets_before, sheets_after));
                line(fields);
            }
        }
    }
    csv
}

fn of_table(table: &TableChange) -> Vec<String> {
    vec![table.kind.as_str().to_owned(), guarded(&table.title), presence(table.presence)]
}

fn of_row(row: &RowChange) -> [String; 6] {
    let text = |text: &Option<String>| text.as_deref().map(guarded).unwrap_or_default();
    [
        row.code.map(|code| code.to_string()).unwrap_or_default(),
        guarded(&row.name),
        text(&row.renamed_from),
        text(&row.project),
        text(&row.unit),
        presence(row.presence),
    ]
}

fn of_figure(figure: &FigureChange, table: &TableChange, before: &[String], after: &[String]) -> [String; 13] {
    let value = |printed: &Option<Printed>| printed.as_ref().map(|one| one.value.to_string()).unwrap_or_default();
    let place = |printed: &Option<Printed>, sheets: &[String]| {
        let place: Option<Place> = printed.as_ref().map(|one| one.place);
        place.map(|place| guarded(&place.describe(sheets))).unwrap_or_default()
    };
    [
        guarded(&figure.column),
        guarded(&figure.label),
        presence(Presence::Both),
        value(&figure.before),
        guarded(table.units.0.as_str()),
        value(&figure.after),
        guarded(table.units.1.as_str()),
        figure.is_certain.to_string(),
        figure.difference.map(|value| value.to_string()).unwrap_or_default(),
        guarded(figure.unit.as_str()),
        figure.percent.map(|value| value.to_string()).unwrap_or_default(),
        place(&figure.before, before),
        place(&figure.after, after),
    ]
}

fn presence(presence: Presence) -> String {
    match presence {
        Presence::Both => "both",
        Presence::Added => "added",
        Presence::Dropped => "dropped",
        Presence::Unclear => "unclear",
    }
    .to_owned()
}
