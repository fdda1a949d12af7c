//! What stands in the tables and the text and was not read: of a sum over it nothing can be said.

use std::collections::HashSet;

use crate::{Diagnostic, DiagnosticCode, Disclosure, Label, Place, Role, Side, Table, Unread};

/// Diagnostics that say of a place that a figure may stand there which is in no cell.
const CODES: &[DiagnosticCode] = &[
    DiagnosticCode::NumberNotUnderstood,
    DiagnosticCode::FiguresBeyondColumns,
    DiagnosticCode::ErrorCell,
    DiagnosticCode::FormulaWithoutResult,
];

/// Levels of wholes above a row, at most. Forms have five.
const MOST_LEVELS: usize = 16;

/// A place of a table that was not read and that no row lists as [unread](crate::Row::unread).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap<'g> {
    /// What stands there, as far as it is known, and where. The gap of a table that is cut stands at its title.
    pub label: &'g Label,
    /// The rows that it stands in, by index: one, or one of each side that has a row there. None where it stands between rows.
    pub rows: &'g [u32],
    /// The rows that it may be a part of, by index and in their order: if it stands between rows, the one before and the one
    /// behind with all that they are parts of, and the totals of their side.
    pub wholes: Vec<u32>,
}

/// What was not read of a document.
///
/// Its tables are asked by row and column, or [listed](Self::of_table); a row, a section or a table of which nothing is said here was
/// read as a whole.
///
/// ```
/// use budget_model::Disclosure;
///
/// /// Whether the table of this index was read as a whole.
/// fn is_whole(disclosure: &Disclosure, table: usize) -> bool {
///     disclosure.gaps().in_table(table).is_none()
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Gaps<'d> {
    tables: &'d [Table],
    /// In the order of the tables.
    of_tables: Vec<OfTable>,
    /// Where the sections of the text and the performance tables begin, in order, each with what of it was not read.
    lists: Vec<(Line, Option<Label>)>,
}

/// What was not read of one table, besides what its rows say.
#[derive(Clone, Debug, Default)]
struct OfTable {
    /// In the order of the diagnostics, each place once.
    found: Vec<Found>,
    /// The totals of each side.
    totals: Vec<Vec<u32>>,
    /// Of each row the first that stands in it, by index.
    in_rows: Vec<Option<u32>>,
    /// Of each row the first that may be one of its parts: a row that was lost below or beside it.
    below: Vec<Option<u32>>,
}

/// One place that was not read.
#[derive(Clone, Debug)]
struct Found {
    label: Label,
    /// The rows that it stands in.
    rows: Vec<u32>,
    /// The rows beside it with their wholes, where it stands between rows.
    beside: Vec<u32>,
    /// The sides between whose rows it stands, by index into the totals.
    between: Vec<usize>,
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
    }
}

impl Disclosure {
    /// What stands in its tables and its text and was not read. This looks at all rows and diagnostics.
    #[must_use]
    pub fn gaps(&self) -> Gaps<'_> {
        Gaps::new(self)
    }
}

impl<'d> Gaps<'d> {
    /// Finds out where the diagnostics of a document point to.
    #[must_use]
    pub fn new(disclosure: &'d Disclosure) -> Self {
        let tables = disclosure.tables.as_slice();
        let mut lists = lists(disclosure);
        // Where a table begins, or something that is none.
        let mut starts: Vec<(Line, Option<usize>)> = Vec::new();
        starts.extend(tables.iter().enumerate().map(|(index, table)| (line(table.title.place), Some(index))));
        starts.extend(disclosure.sections.iter().map(|section| (line(section.heading.place), None)));
        starts.extend(disclosure.performance.iter().map(|table| (line(table.title.place), None)));
        starts.sort_unstable();
        let mut unread: Vec<Vec<Label>> = vec![Vec::new(); tables.len()];
        for (code, label) in disclosure.diagnostics.iter().flat_map(places) {
            let at = line(label.place);
            if let Some((_, first)) = list_at(&lists, at).and_then(|list| lists.get_mut(list)) {
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
        let of_table = |(table, labels): (&Table, Vec<Label>)| match labels.is_empty() {
            true => OfTable::default(),
            false => OfTable::new(table, labels),
        };
        Self { tables, of_tables: tables.iter().zip(unread).map(of_table).collect(), lists }
    }

    /// What stands, or may stand, in a row and column where no figure was read.
    #[must_use]
    pub fn at(&self, table: usize, row: u32, column: u16) -> Option<Label> {
        let known = self.tables.get(table)?.rows.get(row as usize)?.unread_at(column).map(label);
        known.or_else(|| self.of_tables.get(table)?.in_row(row).cloned())
    }

    /// Anything in a row that was not read.
    #[must_use]
    pub fn in_row(&self, table: usize, row: u32) -> Option<Label> {
        let known = self.tables.get(table)?.rows.get(row as usize)?.unread.first().map(label);
        known.or_else(|| self.of_tables.get(table)?.in_row(row).cloned())
    }

    /// Something unread that may be a part of a row, being no cell of a row that was read.
    #[must_use]
    pub fn below(&self, table: usize, row: u32) -> Option<&Label> {
        self.of_tables.get(table)?.below(row)
    }

    /// A number that was not read in the section of the text, or the performance table, that a place is in.
    #[must_use]
    pub fn in_list(&self, place: Place) -> Option<&Label> {
        self.lists.get(list_at(&self.lists, line(place))?)?.1.as_ref()
    }

    /// Anything of a table that was not read.
    #[must_use]
    pub fn in_table(&self, table: usize) -> Option<Label> {
        let known = self.tables.get(table)?.rows.iter().find_map(|row| row.unread.first()).map(label);
        known.or_else(|| Some(self.of_tables.get(table)?.found.first()?.label.clone()))
    }

    /// The places of a table that were not read, each once, in the order in which they were found. Those that a row
    /// [lists itself](crate::Row::unread), with their columns, are not repeated.
    pub fn of_table(&self, table: usize) -> impl Iterator<Item = Gap<'_>> {
        let rows = self.tables.get(table).into_iter().flat_map(|table| &table.rows);
        let known: HashSet<Place> = rows.flat_map(|row| &row.unread).map(|unread| unread.place).collect();
        let gaps = self.of_tables.get(table).into_iter().flat_map(OfTable::gaps);
        gaps.filter(move |gap| !known.contains(&gap.label.place))
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
        let mut seen = HashSet::new();
        let labels = labels.into_iter().filter(|label| seen.insert(label.place));
        let found = |label| Found { label, rows: Vec::new(), beside: Vec::new(), between: Vec::new() };
        let mut own = Self {
            found: labels.map(found).collect(),
            totals: Vec::new(),
            in_rows: vec![None; rows],
            below: vec![None; rows],
        };
        let mut sides: Vec<Option<Side>> = table.rows.iter().map(|row| row.side).collect();
        sides.sort_unstable();
        sides.dedup();
        for side in sides {
            own.add_side(table, side);
        }
        own
    }

    /// Finds the row that each label stands in, or the rows that it stands between, among the rows of one side.
    fn add_side(&mut self, table: &Table, side: Option<Side>) {
        let rows = || (0_u32..).zip(&table.rows).filter(move |(_, row)| row.side == side);
        let mut spans: Vec<(Line, Line, u32)> = rows()
            .map(|(index, row)| {
                let lines = row.cells.iter().map(|cell| line(cell.amount.place)).chain([line(row.label.place)]);
                let (first, last) =
                    lines.fold(((u32::MAX, u32::MAX), (0, 0)), |(first, last), at| (at.min(first), at.max(last)));
                (first, last, index)
            })
            .collect();
        spans.sort_unstable();
        let totals: Vec<u32> = rows().filter(|(_, row)| row.role == Role::Total).map(|(index, _)| index).collect();
        let own = self.totals.len();
        let mut is_first = true;
        for (index, found) in (0_u32..).zip(&mut self.found) {
            let at = line(found.label.place);
            let behind = spans.partition_point(|(first, ..)| *first <= at);
            let before = behind.checked_sub(1).and_then(|last| spans.get(last));
            if let Some((.., row)) = before.filter(|(_, last, _)| *last >= at) {
                found.rows.push(*row);
                set(&mut self.in_rows, *row, index);
                continue;
            }
            // The label of a table that is cut stands at its title, before all rows; what is lost stands behind them.
            let is_title = line(table.title.place) == at;
            let neighbours = match is_title {
                true => [spans.last(), None],
                false => [before, spans.get(behind)],
            };
            for (.., row) in neighbours.into_iter().flatten() {
                let exists = |row: &u32| (*row as usize) < table.rows.len();
                let up = |row: &u32| table.rows.get(*row as usize)?.part_of.filter(exists);
                // Bounded, so that a document made by hand with a cycle of rows ends as well.
                for whole in std::iter::successors(Some(*row), up).take(MOST_LEVELS) {
                    found.beside.push(whole);
                    set(&mut self.below, whole, index);
                }
            }
            found.between.push(own);
            // All totals have the same first one.
            if is_first {
                totals.iter().for_each(|total| set(&mut self.below, *total, index));
                is_first = false;
            }
        }
        self.totals.push(totals);
    }

    fn in_row(&self, row: u32) -> Option<&Label> {
        self.label(*self.in_rows.get(row as usize)?)
    }

    fn below(&self, row: u32) -> Option<&Label> {
        self.label(*self.below.get(row as usize)?)
    }

    fn label(&self, found: Option<u32>) -> Option<&Label> {
        self.found.get(found? as usize).map(|found| &found.label)
    }

    fn gaps(&self) -> impl Iterator<Item = Gap<'_>> {
        self.found.iter().map(|found| {
            let totals = found.between.iter().filter_map(|side| self.totals.get(*side)).flatten();
            let mut wholes: Vec<u32> = found.beside.iter().chain(totals).copied().collect();
            wholes.sort_unstable();
            wholes.dedup();
            Gap { label: &found.label, rows: &found.rows, wholes }
        })
    }
}

fn set(rows: &mut [Option<u32>], row: u32, found: u32) {
    if let Some(row) = rows.get_mut(row as usize) {
        row.get_or_insert(found);
    }
}

#[cfg(test)]
mod tests;
