//! Budget tables in a text whose columns are gone: regions of lines become tables whose figures wait for their columns.

mod broken;
pub(crate) mod classes;
mod classified;
mod flow;
pub(crate) mod hierarchy;
mod names;
mod printed;
mod rows;
mod tokens;
mod wrapped;

use std::collections::HashSet;
use std::ops::Range;

use budget_document::Line;
use budget_model::{Amount, Aspect, Diagnostic, DiagnosticCode, Doubts, Place, Role, Side, Table, TableKind};

use crate::consumption::Consumption;
use crate::layout::{Layout, Shape, TableForm};
use crate::outline::{Region, RegionKind};
use crate::text::has_decimals;
use crate::work::Work;
pub(crate) use flow::numbered_columns;
use names::KnownNames;
use tokens::Token;

/// A table whose figures have no columns yet.
pub(crate) struct UnplacedTable<'l> {
    pub(crate) form: &'l TableForm,
    /// The table; its rows have no cells.
    pub(crate) table: Table,
    /// The figures of each row in the order of print; `None` for a dash.
    pub(crate) figures: Vec<Vec<Option<Amount>>>,
    /// The rows of which a figure could not be read.
    pub(crate) has_unread: Vec<bool>,
    /// The figures whose value is in doubt.
    pub(crate) doubtful: HashSet<Place>,
}

/// Reads all table regions of a document.
pub(crate) fn read<'l>(
    lines: &[&Line<'_>],
    layout: &'l Layout,
    regions: &[Region],
    work: &mut Work,
    diagnostics: &mut Vec<Diagnostic>,
    consumption: &mut Consumption,
) -> Vec<UnplacedTable<'l>> {
    let mut known = KnownNames::default();
    let mut units: HashSet<String> = HashSet::new();
    let mut tables: Vec<(usize, UnplacedTable<'l>)> = Vec::new();
    // Project tables come last: names in other tables tell where a function ends and a project begins. Lists come after
    // them: units named in the project table tell units from projects.
    let turn = |shape: Shape| match shape {
        Shape::Projects => 1,
        Shape::Listed => 2,
        _ => 0,
    };
    // All tables of a document print the same decimals; a narrow table, where most figures are wrapped, could not tell.
    let of_tables = regions.iter().filter(|region| matches!(region.kind, RegionKind::Table { .. }));
    let scale = wrapped::usual_scale(of_tables.filter_map(|region| lines.get(region.lines.clone())));
    for pass in 0..3 {
        for (index, region) in regions.iter().enumerate() {
            let RegionKind::Table { form, title } = region.kind else { continue };
            let Some(form) = layout.tables.get(form).filter(|form| turn(form.shape) == pass) else { continue };
            let table = read_one(
                lines,
                layout,
                form,
                &region.lines,
                title,
                scale,
                &known,
                &units,
                work,
                diagnostics,
                consumption,
            );
            if form.shape == Shape::Classified && form.kind != TableKind::GeneralBasic {
                for row in &table.table.rows {
                    if let Some(code) = row.code {
                        known.add(code, &row.label.text);
                    }
                }
            }
            units.extend(table.table.compiler.iter().map(|label| label.text.clone()));
            units
                .extend(table.table.rows.iter().filter(|row| row.role == Role::Unit).map(|row| row.label.text.clone()));
            tables.push((index, table));
        }
    }
    tables.sort_by_key(|(index, _)| *index);
    tables.into_iter().map(|(_, table)| table).collect()
}

#[expect(clippy::too_many_arguments, reason = "one call, and each argument is a different thing")]
fn read_one<'l>(
    lines: &[&Line<'_>],
    layout: &Layout,
    form: &'l TableForm,
    region: &Range<usize>,
    title: usize,
    scale: u32,
    known: &KnownNames,
    units: &HashSet<String>,
    work: &mut Work,
    diagnostics: &mut Vec<Diagnostic>,
    consumption: &mut Consumption,
) -> UnplacedTable<'l> {
    // A table in whole yuan may stand beside one in 万元.
    let prints_decimals = lines.get(region.clone()).unwrap_or_default().iter().any(|line| has_decimals(&line.text));
    let scale = if prints_decimals { scale } else { 0 };
    let flow = flow::flow(lines, region.clone(), title, form, scale, consumption);
    let mut body = match form.shape {
        Shape::Classified | Shape::Projects | Shape::Listed => classified::read(&flow, form.shape, lines, known),
        Shape::TwoSided | Shape::Labelled | Shape::SingleRow => printed::read(&flow, form, lines),
    };
    // Figures of a row that has more of them than the table has columns get no cell, so they are not read.
    let columns =
        |side| if form.shape == Shape::TwoSided && side == Some(Side::Revenue) { 1 } else { form.columns.len() };
    let beyond =
        body.rows.iter().filter(|row| row.figures.len() > columns(row.side)).flat_map(|row| &row.figures).flatten();
    let beyond: HashSet<Place> = beyond.map(|amount| amount.place).collect();
    for (line, span, place) in &body.used {
        if !beyond.contains(place) {
            consumption.part(*line, span.clone());
        }
    }
    if let Some(count) =
        flow.numbered_columns.filter(|count| *count != form.columns.len() && form.shape != Shape::TwoSided)
    {
        diagnostics.push(
            Diagnostic::new(
                DiagnosticCode::ColumnCountDiffers,
                [flow.title.text.clone(), count.to_string(), form.columns.len().to_string()],
            )
            .at(flow.title.place),
        );
    }
    for row in body.uncertain_names.iter().filter_map(|row| body.rows.get(*row)) {
        let project = row.project.as_ref().map_or("", |label| label.text.as_str());
        diagnostics.push(
            Diagnostic::new(DiagnosticCode::NameSplitUncertain, [row.label.text.as_str(), project]).at(row.label.place),
        );
    }
    for row in std::mem::take(&mut body.uncertain_names) {
        if let Some(row) = body.rows.get_mut(row) {
            row.doubts.add(Aspect::Row);
        }
    }
    // The two sides are two lists that happen to be printed next to each other.
    body.rows.sort_by_key(|row| row.side);
    let mut rows: Vec<_> = body.rows.iter().map(rows::Draft::to_row).collect();
    let first_figure: Vec<_> =
        body.rows.iter().map(|row| row.figures.iter().flatten().next().map(|amount| amount.value)).collect();
    let compiler = flow.compiler.as_ref().map(|label| label.text.as_str());
    let is_unit = |name: &str| units.contains(name) || compiler == Some(name);
    hierarchy::assign_parts(form, &mut rows, &is_unit, &first_figure, &flow.title, work, diagnostics);
    let assumed = || form.unit.clone().unwrap_or_else(|| layout.unit.clone());
    let (unit, unit_place) = flow.unit.map_or_else(|| (assumed(), None), |(unit, place)| (unit, Some(place)));
    // 408.04元 in a table in 万元 is not what it should be, whichever of both is.
    let is_doubtful = |token: &&Token<'_>| token.is_doubtful || token.unit.as_ref().is_some_and(|own| *own != unit);
    let doubtful = flow.lines.iter().flatten().filter(is_doubtful).map(|token| token.place).collect();
    let mut doubts = Doubts::NONE;
    let is_other_width = flow.numbered_columns.is_some_and(|count| count != form.columns.len());
    if flow.has_unknown_header || (is_other_width && form.shape != Shape::TwoSided) {
        doubts.add(Aspect::Column);
    }
    // 14,770 with its .36 on the next line, among those of other columns.
    let is_decimals = |token: &Token<'_>| matches!(token.kind, tokens::TokenKind::Text(text) if is_decimals(text));
    if flow.lines.iter().flatten().any(is_decimals) {
        doubts.add(Aspect::Value);
    }
    let mut table = Table::new(form.kind, flow.title);
    table.number = flow.number;
    table.compiler = flow.compiler;
    table.unit = unit;
    table.unit_place = unit_place;
    table.dimensions = form.dimensions;
    table.columns.clone_from(&form.columns);
    table.rows = rows;
    table.declared_empty = body.declared_empty;
    table.notes = body.notes;
    table.doubts = doubts;
    let has_unread = body.rows.iter().map(|row| !row.unread.is_empty()).collect();
    let figures = body.rows.into_iter().map(|row| row.figures).collect();
    UnplacedTable { form, table, figures, has_unread, doubtful }
}

/// Whether a token is no more than the decimals of a figure: `.36`.
fn is_decimals(text: &str) -> bool {
    text.strip_prefix('.').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}
