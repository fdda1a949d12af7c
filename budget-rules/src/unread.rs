//! What stands in the tables and the text and was not read: of a sum over it nothing can be said.

use budget_model::{Diagnostic, DiagnosticCode, Disclosure, Label, Place, Role, Side, Table, Unread};

/// Diagnostics that say of a place that a figure may stand there which is in no cell.
const CODES: &[DiagnosticCode] = &[
    DiagnosticCode::NumberNotUnderstood,
    DiagnosticCode::FiguresBeyondColumns,
    DiagnosticCode::ErrorCell,
    DiagnosticCode::FormulaWithoutResult,
];

/// What was not read of one table.
#[derive(Clone, Debug, Default)]
struct OfTable {
    /// Of each row something that stands in it besides what [`Row::unread`](budget_model::Row::unread) says.
    in_rows: Vec<Option<Label>>,
    /// Of each row something unread that may be one of its parts: a row that was lost below or beside it.
    below: Vec<Option<Label>>,
    /// Anything of it.
    first: Option<Label>,
}

/// What was not read of all tables of a disclosure.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gaps {
    tables: Vec<OfTable>,
    /// Where the sections of the text and the performance tables begin, in order, each with what of it was not read.
    lists: Vec<(Line, Option<Label>)>,
}

/// A position in reading order: sheet (0 in a text), page or block, and line or row in it.
type Line = (u32, u32);

fn line(place: Place) -> Line {
    match place {
        // The lines of a text are counted over all pages.
        Place::Text { line, .. } => (0, line),
        Place::Cell { sheet, row, .. } => (u32::from(sheet) + 1, row),
        Place::Page { page, top, .. } => (page, u32::from(top)),
        Place::Block { block, row, .. } => (block, row),
        place => (0, place.line()),
    }
}

impl Gaps {
    pub(crate) fn new(disclosure: &Disclosure) -> Self {
        let mut gaps = Self { tables: vec![OfTable::default(); disclosure.tables.len()], lists: lists(disclosure) };
        // Where a table begins, or something that is none.
        let mut starts: Vec<(Line, Option<usize>)> = Vec::new();
        starts
            .extend(disclosure.tables.iter().enumerate().map(|(index, table)| (line(table.title.place), Some(index))));
        starts.extend(disclosure.sections.iter().map(|section| (line(section.heading.place), None)));
        starts.extend(disclosure.performance.iter().map(|table| (line(table.title.place), None)));
        starts.sort_unstable();
        let mut unread: Vec<Vec<Label>> = vec![Vec::new(); disclosure.tables.len()];
        for (code, label) in disclosure.diagnostics.iter().flat_map(places) {
            let at = line(label.place);
            if let Some((_, first)) = list_at(&gaps.lists, at).and_then(|list| gaps.lists.get_mut(list)) {
                first.get_or_insert_with(|| label.clone());
            }
            let before = starts.partition_point(|(start, _)| *start <= at);
            let Some((start, Some(table))) = before.checked_sub(1).and_then(|last| starts.get(last)).copied() else {
                continue;
            };
            // The table cut itself is named at its title: what follows its last row is lost.
            let is_inside = start.0 == at.0 && (at > start || code == DiagnosticCode::TableCut);
            if let Some(labels) = unread.get_mut(table).filter(|_| is_inside) {
                labels.push(label);
            }
        }
        for ((table, of_table), labels) in disclosure.tables.iter().zip(&mut gaps.tables).zip(unread) {
            if !labels.is_empty() {
                *of_table = OfTable::new(table, labels);
            }
        }
        gaps
    }

    /// What stands, or may stand, in a row and column where no figure was read.
    pub(crate) fn at(&self, tables: &[Table], table: usize, row: u32, column: u16) -> Option<Label> {
        let known = tables.get(table)?.rows.get(row as usize)?.unread_at(column).map(label);
        known.or_else(|| self.tables.get(table)?.in_rows.get(row as usize)?.clone())
    }

    /// Anything in a row that was not read.
    pub(crate) fn in_row(&self, tables: &[Table], table: usize, row: u32) -> Option<Label> {
        let known = tables.get(table)?.rows.get(row as usize)?.unread.first().map(label);
        known.or_else(|| self.tables.get(table)?.in_rows.get(row as usize)?.clone())
    }

    /// Something unread that may be a part of a row, being no cell of a row that was read.
    pub(crate) fn below(&self, table: usize, row: u32) -> Option<&Label> {
        self.tables.get(table)?.below.get(row as usize)?.as_ref()
    }

    /// A number that was not read in the section of the text, or the performance table, that a place is in.
    pub(crate) fn in_list(&self, place: Place) -> Option<&Label> {
        self.lists.get(list_at(&self.lists, line(place))?)?.1.as_ref()
    }

    /// Anything of a table that was not read.
    pub(crate) fn in_table(&self, tables: &[Table], table: usize) -> Option<Label> {
        let known = tables.get(table)?.rows.iter().find_map(|row| row.unread.first()).map(label);
        known.or_else(|| self.tables.get(table)?.first.clone())
    }
}

/// Where the sections of the text (`3.五` with all below it), the performance tables and the tables begin.
fn lists(disclosure: &Disclosure) -> Vec<(Line, Option<Label>)> {
    let mut last = "";
    let mut starts = Vec::new();
    for section in &disclosure.sections {
        let elements = section.path.match_indices('.').nth(1).map_or(section.path.len(), |(at, _)| at);
        let own = section.path.get(..elements).unwrap_or(&section.path);
        if own != last {
            starts.push(section.heading.place);
        }
        last = own;
    }
    starts.extend(disclosure.performance.iter().map(|table| table.title.place));
    starts.extend(disclosure.tables.iter().map(|table| table.title.place));
    let mut lists: Vec<_> = starts.into_iter().map(|start| (line(start), None)).collect();
    lists.sort_by_key(|(start, _)| *start);
    lists
}

/// The list that a line is in.
fn list_at(lists: &[(Line, Option<Label>)], at: Line) -> Option<usize> {
    let list = lists.partition_point(|(start, _)| *start <= at).checked_sub(1)?;
    // What stands in a sheet is in no list of another one.
    lists.get(list).filter(|(start, _)| start.0 == at.0).map(|_| list)
}

fn label(unread: &Unread) -> Label {
    Label::new(unread.text.as_str(), unread.place)
}

/// The places that a diagnostic calls unread, with what stands there.
fn places(diagnostic: &Diagnostic) -> impl Iterator<Item = (DiagnosticCode, Label)> + '_ {
    let code = diagnostic.code;
    let is_unread = CODES.contains(&code) || code == DiagnosticCode::TableCut;
    let text = diagnostic.arguments.last().map_or("", String::as_str);
    diagnostic.places.iter().filter(move |_| is_unread).map(move |place| (code, Label::new(text, *place)))
}

impl OfTable {
    fn new(table: &Table, labels: Vec<Label>) -> Self {
        let rows = table.rows.len();
        let mut own = Self { in_rows: vec![None; rows], below: vec![None; rows], first: labels.first().cloned() };
        let mut sides: Vec<Option<Side>> = table.rows.iter().map(|row| row.side).collect();
        sides.sort_unstable();
        sides.dedup();
        for side in sides {
            own.add_side(table, side, &labels);
        }
        own
    }

    /// Finds the row that each label stands in, or the rows that it stands between, among the rows of one side.
    fn add_side(&mut self, table: &Table, side: Option<Side>, labels: &[Label]) {
        let rows = table.rows.iter().enumerate().filter(|(_, row)| row.side == side);
        let mut spans: Vec<(Line, Line, usize)> = rows
            .map(|(index, row)| {
                let lines = row.cells.iter().map(|cell| line(cell.amount.place)).chain([line(row.label.place)]);
                let (first, last) =
                    lines.fold(((u32::MAX, u32::MAX), (0, 0)), |(first, last), at| (at.min(first), at.max(last)));
                (first, last, index)
            })
            .collect();
        spans.sort_unstable();
        for label in labels {
            let at = line(label.place);
            let behind = spans.partition_point(|(first, ..)| *first <= at);
            let before = behind.checked_sub(1).and_then(|last| spans.get(last));
            if let Some((.., row)) = before.filter(|(_, last, _)| *last >= at) {
                set(&mut self.in_rows, *row, label);
                continue;
            }
            // The label of a table that is cut stands at its title, before all rows; what is lost stands behind them.
            let is_title = line(table.title.place) == at;
            let neighbours = match is_title {
                true => [spans.last(), None],
                false => [before, spans.get(behind)],
            };
            for (.., row) in neighbours.into_iter().flatten() {
                let up = |row: &usize| table.rows.get(*row)?.part_of.map(|whole| whole as usize);
                // Bounded, so that a document made by hand with a cycle of rows ends as well.
                for whole in std::iter::successors(Some(*row), up).take(MOST_LEVELS) {
                    set(&mut self.below, whole, label);
                }
                let totals =
                    table.rows.iter().enumerate().filter(|(_, row)| row.role == Role::Total && row.side == side);
                totals.for_each(|(total, _)| set(&mut self.below, total, label));
            }
        }
    }
}

/// Levels of wholes above a row, at most. Forms have five.
const MOST_LEVELS: usize = 16;

fn set(rows: &mut [Option<Label>], row: usize, label: &Label) {
    if let Some(row) = rows.get_mut(row).filter(|row| row.is_none()) {
        *row = Some(label.clone());
    }
}
