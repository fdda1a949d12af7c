//! Performance target tables (绩效目标表).
//!
//! A table is read in three steps, none of which needs the lines to be spaced in a certain way: its [head](head) by
//! captions, its [rows](rows) by what ends a row, and the [cells](cells) of each row by the best of all ways to cut it. Only
//! then, when the whole document is known, the [levels](levels) of merged labels are settled.

mod cells;
pub(crate) mod head;
mod levels;
mod remainder;
mod rows;
mod stream;
#[cfg(test)]
mod tests;
pub(crate) mod value;
pub(crate) mod vocabulary;

use std::ops::Range;

use budget_document::Line;
use budget_model::{
    Decimal, Diagnostic, DiagnosticCode, Disclosure, Indicator, IndicatorValue, Label, PerformanceTable,
};

use self::head::Columns;
use self::levels::{Habit, LevelRow};
use self::rows::{Row, Span};
use self::stream::Stream;
use self::vocabulary::Column;
use crate::consumption::Consumption;
use crate::number::parse_number;

/// Reads the performance tables of a document, one a region, into the disclosure.
pub(crate) fn read(
    lines: &[&Line<'_>],
    regions: &[Range<usize>],
    disclosure: &mut Disclosure,
    consumption: &mut Consumption,
) {
    let mut tables: Vec<(PerformanceTable, Vec<LevelRow>, Habit)> = Vec::with_capacity(regions.len());
    let mut document = Habit::default();
    for region in regions {
        let mut stream = Stream::new(lines, region.clone());
        let Some((mut table, columns, body)) = head::read(&mut stream) else { continue };
        let mut levels = Vec::new();
        for row in rows::read(&mut stream, body, columns) {
            let Some(indicator) = indicator(&mut stream, &row) else { continue };
            report_gaps(&indicator, columns, &mut disclosure.diagnostics);
            if !row.rest_is_certain {
                let name = [shortened(&indicator.name.text)];
                let uncertain = Diagnostic::new(DiagnosticCode::IndicatorRestUncertain, name);
                disclosure.diagnostics.push(uncertain.at(indicator.name.place));
            }
            levels.push(level_row(row, &indicator));
            table.indicators.push(indicator);
        }
        if table.indicators.is_empty() {
            let missing = Diagnostic::new(DiagnosticCode::IndicatorIncomplete, [table.title.text.as_str()]);
            disclosure.diagnostics.push(missing.at(table.title.place));
        }
        let habit = Habit::of(&levels);
        document.add(habit);
        stream.settle(consumption);
        tables.push((table, levels, habit));
    }
    for (mut table, rows, habit) in tables {
        let levels = levels::resolve(&rows, table.kind, habit.or(document));
        for (indicator, levels) in table.indicators.iter_mut().zip(levels) {
            (indicator.level1, indicator.level2) = (levels.first, levels.second);
            indicator.levels_certain = levels.certain;
            if !levels.certain {
                let name = [indicator.name.text.as_str()];
                let uncertain = Diagnostic::new(DiagnosticCode::IndicatorLevelUncertain, name);
                disclosure.diagnostics.push(uncertain.at(indicator.name.place));
            }
        }
        disclosure.performance.push(table);
    }
}

fn level_row(row: Row, indicator: &Indicator) -> LevelRow {
    let hundredths = indicator.weight.and_then(|weight| weight.checked_mul(Decimal::ONE_HUNDRED));
    LevelRow {
        labels: row.labels,
        page: row.page,
        weight: hundredths.and_then(|weight| u32::try_from(weight).ok()).unwrap_or(0),
        text: indicator.name.text.clone(),
    }
}

/// An indicator of the cells of a row, its levels still open. `None` if the row is empty.
fn indicator(stream: &mut Stream<'_, '_>, row: &Row) -> Option<Indicator> {
    let [name, value, basis, last_year] = &row.cells;
    let weight = Span::from(row.weight.clone());
    let spans = [name, value, basis, last_year, &weight, &row.scoring, &row.evidence];
    let starts = spans.iter().filter(|span| !span.is_empty()).map(|span| span.head.start);
    let place = starts.chain(row.body.clone().next()).find_map(|start| stream.place(start))?;
    for span in spans {
        stream.claim(span.head.clone());
        stream.claim(span.tail.clone());
    }
    let label = |span: &Span| Label::new(span.text(stream), stream.place(span.head.start).unwrap_or(place));
    let text = |span: &Span| (!span.is_empty()).then(|| span.text(stream));
    let raw = label(value);
    let (operator, number, unit) = value::parse(&raw.text);
    let mut indicator = Indicator::new(label(name), IndicatorValue { raw, operator, number, unit });
    indicator.basis = text(basis);
    indicator.last_year = text(last_year);
    indicator.weight = text(&weight).and_then(|weight| parse_number(&weight));
    indicator.scoring = text(&row.scoring);
    indicator.evidence = text(&row.evidence);
    Some(indicator)
}

/// A name as messages show it: the beginning of one that is longer than any honest name.
fn shortened(name: &str) -> &str {
    const LONGEST: usize = 60;
    name.char_indices().nth(LONGEST).and_then(|(end, _)| name.get(..end)).unwrap_or(name)
}

/// Reports the cells that a row lacks although its table has the column; last year's value and evidence may be blank.
fn report_gaps(indicator: &Indicator, columns: Columns, diagnostics: &mut Vec<Diagnostic>) {
    let filled = [
        (Column::Name, !indicator.name.text.is_empty()),
        (Column::Value, !indicator.value.raw.text.is_empty()),
        (Column::Basis, indicator.basis.is_some() || !columns.has(Column::Basis)),
        (Column::Weight, indicator.weight.is_some() || !columns.has(Column::Weight)),
        (Column::Scoring, indicator.scoring.is_some() || !columns.has(Column::Scoring)),
    ];
    let missing: Vec<&str> =
        filled.iter().filter(|(_, filled)| !filled).map(|(column, _)| rows::caption(*column)).collect();
    if !missing.is_empty() {
        let text = format!("{}（{}）", shortened(&indicator.name.text), missing.join("、"));
        diagnostics.push(Diagnostic::new(DiagnosticCode::IndicatorIncomplete, [text]).at(indicator.name.place));
    }
}
