//! A grid of cells.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::{CellValue, GridCell, Mark};

/// A grid of cells: a sheet, or a table inside a document.
///
/// Cells do not overlap (those that a damaged file has under a merged range are [covered](Mark::Covered)), stand in the order of
/// rows and then of columns, and hold something unless they are merged: a blank cell of several rows or columns shows the
/// structure of its table, any other blank one is left out. Rows in which nothing stands may be left out of the count; the places
/// of cells know the rows of the source.
///
/// ```
/// use budget_document::{CellValue, Grid, GridCell, Track};
/// use budget_model::Place;
///
/// let place = Place::Page { page: 3, top: 900, left: 700, bottom: 1000, right: 2500 };
/// let cells = vec![
///     GridCell::new(1, 1, CellValue::text("17.00"), place),
///     GridCell::new(0, 0, CellValue::text("支出"), place).spanning(1, 2),
///     GridCell::new(1, 0, CellValue::Blank, place),
/// ];
/// let grid = Grid::new(cells).on_page(3).with_column_tracks(vec![Track::new(700, 1600), Track::new(1600, 2500)]);
/// assert_eq!((grid.rows(), grid.columns()), (2, 2));
/// assert_eq!(grid.cells().len(), 2);
/// assert_eq!(grid.at(1, 1).map(|cell| &cell.value), Some(&CellValue::text("17.00")));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Grid<'a> {
    name: Option<Cow<'a, str>>,
    page: Option<u32>,
    cells: Vec<GridCell<'a>>,
    rows: u32,
    columns: u32,
    row_tracks: Vec<Track>,
    column_tracks: Vec<Track>,
    hidden: HiddenParts,
    is_set_by_blanks: bool,
}

/// The room of a row or column, in tenths of a point from the upper left corner of its page.
///
/// In a text a half-width character counts for 5 points, which is about what it takes in print, so that one tolerance does for
/// all formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Track {
    /// Upper or left edge.
    pub from: u32,
    /// Lower or right edge.
    pub to: u32,
}

/// The hidden parts of a grid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HiddenParts {
    /// Whether all of it is hidden.
    pub all: bool,
    /// Hidden rows, from 0, in order.
    pub rows: Vec<u32>,
    /// First and last column of each run of hidden columns, from 0.
    pub columns: Vec<(u32, u32)>,
}

impl Track {
    /// What a half-width character of a text counts for.
    pub const CHARACTER: u32 = 50;

    /// A track from edge to edge.
    #[must_use]
    pub const fn new(from: u32, to: u32) -> Self {
        Self { from, to }
    }
}

impl HiddenParts {
    /// Whether a row is hidden.
    #[must_use]
    pub fn has_row(&self, row: u32) -> bool {
        self.rows.binary_search(&row).is_ok()
    }

    /// Whether a column is hidden.
    #[must_use]
    pub fn has_column(&self, column: u32) -> bool {
        self.columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
    }
}

impl<'a> Grid<'a> {
    /// A grid of some cells, in any order.
    ///
    /// Of two cells at one place the first counts. Blank cells of one row and column are left out. A range that runs into one
    /// that begins before it (in the order of rows, then of columns) is no range, and a cell under such a range is covered.
    #[must_use]
    pub fn new(mut cells: Vec<GridCell<'a>>) -> Self {
        let position = |cell: &GridCell<'_>| (cell.row, cell.column);
        cells.retain(|cell| cell.is_merged() || !cell.value.is_blank());
        if !cells.is_sorted_by_key(position) {
            cells.sort_by_key(position);
        }
        cells.dedup_by_key(|cell| (cell.row, cell.column));
        if cells.iter().any(GridCell::is_merged) {
            part(&mut cells);
        }
        let rows = cells.iter().map(|cell| cell.rows().end).max().unwrap_or(0);
        let columns = cells.iter().map(|cell| cell.columns().end).max().unwrap_or(0);
        Self { cells, rows, columns, ..Self::default() }
    }

    /// The same grid with the name of its sheet.
    #[must_use]
    pub fn named(mut self, name: impl Into<Cow<'a, str>>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The same grid on a page.
    #[must_use]
    pub fn on_page(mut self, page: u32) -> Self {
        self.page = Some(page);
        self
    }

    /// The same grid with the positions of its rows. Rows without cells at the end count, too.
    #[must_use]
    pub fn with_row_tracks(mut self, tracks: Vec<Track>) -> Self {
        self.rows = self.rows.max(u32::try_from(tracks.len()).unwrap_or(u32::MAX));
        self.row_tracks = tracks;
        self
    }

    /// The same grid with the positions of its columns. Columns without cells at the end count, too.
    #[must_use]
    pub fn with_column_tracks(mut self, tracks: Vec<Track>) -> Self {
        self.columns = self.columns.max(u32::try_from(tracks.len()).unwrap_or(u32::MAX));
        self.column_tracks = tracks;
        self
    }

    /// The same grid with hidden parts.
    #[must_use]
    pub fn with_hidden(mut self, mut hidden: HiddenParts) -> Self {
        hidden.rows.sort_unstable();
        self.hidden = hidden;
        self
    }

    /// The same grid as one whose columns are kept by blanks: nothing rules them.
    #[must_use]
    pub fn set_by_blanks(mut self) -> Self {
        self.is_set_by_blanks = true;
        self
    }

    /// The name of the sheet, if the grid is one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The page, from 1, if the source has pages.
    #[must_use]
    pub fn page(&self) -> Option<u32> {
        self.page
    }

    /// The cells, by row and then by column.
    #[must_use]
    pub fn cells(&self) -> &[GridCell<'a>] {
        &self.cells
    }

    /// What the cells hold, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut CellValue<'a>> {
        self.cells.iter_mut().map(|cell| &mut cell.value)
    }

    /// How many rows it has. A sheet may have a million of them: go by cells, not by positions.
    #[must_use]
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// How many columns it has.
    #[must_use]
    pub fn columns(&self) -> u32 {
        self.columns
    }

    /// Where the rows stand, one for each, or none where that is not known.
    #[must_use]
    pub fn row_tracks(&self) -> &[Track] {
        &self.row_tracks
    }

    /// Where the columns stand, one for each, or none where that is not known.
    #[must_use]
    pub fn column_tracks(&self) -> &[Track] {
        &self.column_tracks
    }

    /// What nobody sees who does not look for it.
    #[must_use]
    pub fn hidden(&self) -> &HiddenParts {
        &self.hidden
    }

    /// Whether its columns are told from the blanks between words, of a text or of a page without rules. Extractors move words to make room for others, so that a figure may
    /// stand beside its header and below the next one: which header is whose is likely then, and certain only where something else
    /// says so.
    #[must_use]
    pub fn is_set_by_blanks(&self) -> bool {
        self.is_set_by_blanks
    }

    /// The cells that begin in a row, by column.
    #[must_use]
    pub fn row(&self, row: u32) -> &[GridCell<'a>] {
        let begin = self.cells.partition_point(|cell| cell.row < row);
        let end = self.cells.partition_point(|cell| cell.row <= row);
        self.cells.get(begin..end).unwrap_or_default()
    }

    /// The cell that begins at a position.
    #[must_use]
    pub fn at(&self, row: u32, column: u32) -> Option<&GridCell<'a>> {
        let cells = self.row(row);
        cells.binary_search_by_key(&column, |cell| cell.column).ok().and_then(|index| cells.get(index))
    }
}

/// Parts cells that overlap. They are in order, each at a place of its own.
fn part(cells: &mut Vec<GridCell<'_>>) {
    // The merged ranges that are open, by their first column: the column and the row behind them. Their columns do not meet.
    let mut open: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    for cell in cells.iter_mut() {
        let columns = cell.columns();
        // Of the ranges that meet these columns, those that ended above are done with: each is taken out once.
        let first = open.range(..=columns.start).next_back().map_or(columns.start, |(column, _)| *column);
        let mut meets = false;
        let mut ended = Vec::new();
        for (column, (behind, below)) in open.range(first..columns.end) {
            if *below <= cell.row {
                ended.push(*column);
            } else if *behind > columns.start {
                meets = true;
                if *column <= columns.start {
                    cell.mark = Some(Mark::Covered);
                }
                break;
            }
        }
        for column in ended {
            open.remove(&column);
        }
        if meets {
            (cell.height, cell.width) = (1, 1);
        } else if cell.is_merged() {
            open.insert(columns.start, (columns.end, cell.rows().end));
        }
    }
    cells.retain(|cell| cell.is_merged() || !cell.value.is_blank());
}

#[cfg(test)]
mod tests {
    use budget_model::Place;

    use super::*;

    fn cell(row: u32, column: u32, text: &'static str) -> GridCell<'static> {
        GridCell::new(row, column, CellValue::text(text), Place::Cell { sheet: 0, row: row + 1, column: column + 1 })
    }

    #[test]
    fn cells_come_out_in_order_whatever_their_order() {
        let grid =
            Grid::new(vec![cell(2, 1, "三"), cell(0, 3, "二"), cell(0, 0, "一"), cell(0, 3, "再"), cell(1, 1, " ")]);
        let seen: Vec<_> = grid.cells().iter().map(|cell| (cell.row, cell.column, cell.value.clone())).collect();
        let expected = [(0, 0, "一"), (0, 3, "二"), (2, 1, "三")];
        assert_eq!(seen, expected.map(|(row, column, text)| (row, column, CellValue::text(text))));
        assert_eq!((grid.rows(), grid.columns()), (3, 4));
        assert_eq!(grid.row(0).len(), 2);
        assert!(grid.row(1).is_empty() && grid.at(0, 1).is_none());
    }

    #[test]
    fn blank_cells_are_kept_where_they_are_merged() {
        let grid = Grid::new(vec![cell(0, 0, "").spanning(2, 1), cell(0, 1, ""), cell(0, 2, "").spanning(0, 0)]);
        assert_eq!(grid.cells().len(), 1);
        assert_eq!((grid.rows(), grid.columns()), (2, 1));
    }

    #[test]
    fn what_lies_under_a_merged_range_is_covered() {
        let grid = Grid::new(vec![
            cell(0, 0, "合计").spanning(2, 3),
            cell(1, 1, "17.00"),
            cell(1, 2, "").spanning(1, 4),
            cell(2, 1, "18.00"),
        ]);
        let covered: Vec<_> = grid.cells().iter().map(|cell| (cell.value.clone(), cell.is_covered())).collect();
        let text = CellValue::text;
        assert_eq!(covered, [(text("合计"), false), (text("17.00"), true), (text("18.00"), false)]);
    }

    #[test]
    fn a_range_that_runs_into_another_is_none() {
        let grid = Grid::new(vec![
            cell(0, 2, "政府性基金").spanning(4, 2),
            cell(1, 0, "一般公共预算").spanning(2, 3),
            cell(1, 1, "项目"),
            cell(4, 0, "总计").spanning(1, 4),
        ]);
        let spans: Vec<_> = grid.cells().iter().map(|cell| (cell.height, cell.width, cell.is_covered())).collect();
        assert_eq!(spans, [(4, 2, false), (1, 1, false), (1, 1, false), (1, 4, false)]);
    }

    #[test]
    fn a_hundred_thousand_ranges_are_parted_in_no_time() {
        let cells = (0..100_000).map(|row| cell(row, row % 7, "一").spanning(u32::MAX, 3)).collect();
        let grid = Grid::new(cells);
        assert!(grid.cells().iter().filter(|cell| cell.is_merged()).count() < 5);
    }
}
