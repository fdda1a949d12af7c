//! The figures of a table by row and column, and what can be said of the sums over them.

use std::collections::BTreeMap;

use budget_model::{Cell, Column, Identity, Label, Placement, Position, Row, Table};

use crate::book::Book;
use crate::check::Term;
use crate::figure::FigureId;
use crate::key::Key;

/// Why nothing is said of an identity.
pub(crate) enum Undecided {
    /// A figure may or may not belong to it.
    Column(FigureId),
    /// Something in one of its places was not read.
    Unread(Label),
}

/// What stands in a row and column.
#[derive(Clone, Copy, Default)]
struct Spot {
    /// The figure that certainly does.
    certain: Option<FigureId>,
    /// Another one that may.
    possible: Option<FigureId>,
}

/// The figures of a table by row and column. A table may have many places and few figures: only those with one are kept.
pub(crate) struct Grid<'a, 'b> {
    book: &'b Book<'a>,
    table: &'a Table,
    index: usize,
    /// The places where a figure stands or may stand, row by row, each with its column.
    spots: Vec<(u16, Spot)>,
    /// Where the places of each row end.
    ends: Vec<usize>,
    /// Which columns have a figure in some row.
    used: Vec<bool>,
}

impl<'a, 'b> Grid<'a, 'b> {
    pub(crate) fn new(book: &'b Book<'a>, index: usize, table: &'a Table) -> Self {
        let width = table.columns.len();
        let mut spots: Vec<(u16, Spot)> = Vec::with_capacity(table.figure_count());
        let mut ends = Vec::with_capacity(table.rows.len());
        let mut used = vec![false; width];
        let mut of_row: BTreeMap<u16, Spot> = BTreeMap::new();
        for (row, entry) in table.rows.iter().enumerate() {
            for (position, cell) in entry.cells.iter().enumerate() {
                let id = book.nth_cell(index, row, position);
                for column in candidates(cell) {
                    let Some(used) = used.get_mut(usize::from(*column)) else { continue };
                    *used = true;
                    let spot = of_row.entry(*column).or_default();
                    let stands = if cell.placement.is_certain() { &mut spot.certain } else { &mut spot.possible };
                    *stands = stands.or(id);
                }
            }
            spots.extend(std::mem::take(&mut of_row));
            ends.push(spots.len());
        }
        Self { book, table, index, spots, ends, used }
    }

    /// Whether the column of some figure is not certain.
    pub(crate) fn is_ambiguous(&self) -> bool {
        self.table.ambiguous_count() > 0
    }

    fn spot(&self, at: Position) -> Spot {
        let row = at.row as usize;
        let start = row.checked_sub(1).map_or(Some(0), |above| self.ends.get(above).copied());
        let spots = start.zip(self.ends.get(row)).and_then(|(start, end)| self.spots.get(start..*end));
        let spots = spots.unwrap_or_default();
        let found = spots.binary_search_by_key(&at.column, |(column, _)| *column).ok();
        found.and_then(|at| spots.get(at)).map(|(_, spot)| *spot).unwrap_or_default()
    }

    /// The whole of an identity, if it is printed, and into `parts` its parts.
    pub(crate) fn whole_and_parts(
        &self,
        identity: &Identity,
        parts: &mut Vec<Term>,
    ) -> Result<Option<Term>, Undecided> {
        let certain = |at: Position| self.spot(at).certain.map(|id| self.book.term(id));
        parts.clear();
        parts.extend(identity.parts.iter().filter_map(|part| certain(*part)));
        if is_along_row(identity) {
            self.add_ambiguous_parts(identity, parts)?;
        } else {
            let rows = rows_of(identity);
            let mut possible = rows.filter_map(|row| self.spot(Position { row, ..identity.whole }).possible);
            if let Some(figure) = possible.next() {
                return Err(Undecided::Column(figure));
            }
        }
        let whole = certain(identity.whole);
        if whole.is_none() && parts.is_empty() {
            return Ok(None);
        }
        // A place without a figure is blank only if nothing stands in it.
        let blank = identity.parts.iter().chain([&identity.whole]).filter(|at| certain(**at).is_none());
        match blank.copied().find_map(|at| self.book.unread_at(self.index, at.row, at.column)) {
            Some(label) => Err(Undecided::Unread(label)),
            None => Ok(whole),
        }
    }

    /// A row that may be missing among the parts of an identity, or be there twice.
    pub(crate) fn lost_part(&self, identity: &Identity) -> Option<Label> {
        let again = || {
            let mut rows = rows_of(identity);
            let row = rows.find(|row| self.book.apart().is_repeated(self.index, *row))?;
            self.table.rows.get(row as usize).map(|row| row.label.clone())
        };
        let lost = || {
            // Beside a row that was misread: its figures may be those of the lines around it.
            let mut rows = rows_of(identity);
            rows.find_map(|row| self.book.unread_below(self.index, row).cloned())
        };
        match is_along_row(identity) {
            true => lost(),
            false => again().or_else(lost).or_else(|| self.left_out(identity.whole.row)),
        }
    }

    /// A row whose code lies in that of a whole and that is no part of it, where nobody promises the sum.
    fn left_out(&self, whole: u32) -> Option<Label> {
        if self.book.agreement().is_promised() {
            return None;
        }
        let part_of = |row: u32| self.table.rows.get(row as usize)?.part_of;
        let own = self.table.rows.get(whole as usize)?;
        let code = own.code?;
        let lies_in = |row: &Row| {
            let above = std::iter::successors(row.code?.parent(), |code| code.parent());
            above.into_iter().any(|above| above == code).then_some(())
        };
        let mut rows = (0..).zip(&self.table.rows).filter(|(_, row)| row.unit == own.unit && row.side == own.side);
        let found = rows.find(|(index, row)| {
            const DEEPEST: usize = 8;
            let mut wholes = std::iter::successors(part_of(*index), |row| part_of(*row)).take(DEEPEST);
            lies_in(row).is_some() && !wholes.any(|row| row == whole)
        });
        found.map(|(_, row)| row.label.clone())
    }

    /// Whether a figure was to be expected where the whole of an identity is blank: its row has other figures, and its
    /// column has some elsewhere.
    pub(crate) fn expects_whole(&self, identity: &Identity) -> bool {
        let Position { row, column } = identity.whole;
        let has_figures = self.table.rows.get(row as usize).is_some_and(|row| !row.cells.is_empty());
        has_figures && self.used.get(usize::from(column)) == Some(&true)
    }

    /// The figures of a row that belong to the parts in whichever of their possible columns they stand.
    fn add_ambiguous_parts(&self, identity: &Identity, parts: &mut Vec<Term>) -> Result<(), Undecided> {
        let Position { row, column: whole } = identity.whole;
        let is_part = |column: &u16| identity.parts.iter().any(|part| part.column == *column);
        for (position, cell) in self.table.rows.get(row as usize).iter().flat_map(|row| row.cells.iter().enumerate()) {
            let Placement::Ambiguous { candidates } = &cell.placement else { continue };
            let Some(figure) = self.book.nth_cell(self.index, row as usize, position) else { continue };
            if candidates.iter().all(is_part) {
                parts.push(self.book.term(figure));
            } else if candidates.iter().any(|column| is_part(column) || *column == whole) {
                return Err(Undecided::Column(figure));
            }
        }
        Ok(())
    }
}

fn is_along_row(identity: &Identity) -> bool {
    identity.parts.iter().all(|part| part.row == identity.whole.row)
}

/// The rows of the parts and of the whole.
fn rows_of(identity: &Identity) -> impl Iterator<Item = u32> {
    identity.parts.iter().chain([&identity.whole]).map(|at| at.row)
}

/// The column that shows all of a row, for the budget of the year: the first that is no part of another.
pub(crate) fn whole_column(table: &Table) -> Option<u16> {
    let is_whole = |column: &Column| column.is_known() && column.part_of.is_none();
    let mut columns = (0..).zip(&table.columns);
    columns.find(|(_, column)| is_whole(column) && Key::fixed(column.dimensions).is_some()).map(|(index, _)| index)
}

/// The columns in which a figure may stand.
pub(crate) fn candidates(cell: &Cell) -> &[u16] {
    match &cell.placement {
        Placement::Ambiguous { candidates } => candidates,
        _ => std::slice::from_ref(&cell.column),
    }
}
