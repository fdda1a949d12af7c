//! A table while it is read, and the grid that it becomes.

use std::collections::HashMap;

use budget_document::{CellValue, Grid, GridCell, ReadError, ReadErrorKind};
use budget_model::Place;

use crate::paragraph::{Piece, Printed};

/// A table that is open.
#[derive(Debug)]
pub(crate) struct Table {
    block: u32,
    /// The row that is open, or the next one.
    row: u32,
    /// Column behind the last cell of the row, from 0.
    column: u32,
    /// Where the cells of the row begin.
    row_begin: usize,
    pub(crate) is_row_deleted: bool,
    cells: Vec<TableCell>,
    pub(crate) cell: Merging,
}

/// How a cell is merged with those before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Merging {
    pub(crate) width: u32,
    pub(crate) vertical: Option<Merge>,
    pub(crate) horizontal: Option<Merge>,
}

/// The part of a cell in a merged range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Merge {
    /// A range begins.
    Restart,
    /// The range of the cell before it goes on.
    Continue,
}

#[derive(Debug)]
struct TableCell {
    row: u32,
    column: u32,
    height: u32,
    merging: Merging,
    content: Vec<Piece>,
}

/// Most columns of a table: those of a sheet, far more than Word has.
const COLUMNS: u32 = 16_384;

impl Default for Merging {
    fn default() -> Self {
        Self { width: 1, vertical: None, horizontal: None }
    }
}

impl Merge {
    /// `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`
    pub(crate) fn of(value: Option<&str>) -> Self {
        if value == Some("restart") { Self::Restart } else { Self::Continue }
    }
}

impl Table {
    pub(crate) fn new(block: u32) -> Self {
        Self {
            block,
            row: 0,
            column: 0,
            row_begin: 0,
            is_row_deleted: false,
            cells: Vec::new(),
            cell: Merging::default(),
        }
    }

    pub(crate) fn begin_row(&mut self) {
        self.column = 0;
        self.row_begin = self.cells.len();
        self.is_row_deleted = false;
    }

    /// Leaves out columns before the first cell of the row.
    pub(crate) fn skip_columns(&mut self, columns: u32) {
        self.column = self.column.saturating_add(columns);
    }

    /// The place of the cell that begins.
    pub(crate) fn begin_cell(&mut self) -> Place {
        self.cell = Merging::default();
        self.place(self.row, self.column)
    }

    fn place(&self, row: u32, column: u32) -> Place {
        Place::Block { block: self.block, row: row.saturating_add(1), column: column.saturating_add(1) }
    }

    pub(crate) fn end_cell(&mut self, content: Vec<Piece>) -> Result<(), ReadError> {
        let mut merging = std::mem::take(&mut self.cell);
        merging.width = merging.width.max(1);
        let (row, column) = (self.row, self.column);
        self.column = column.saturating_add(merging.width);
        if self.column > COLUMNS {
            let what = format!("table {} has more than {COLUMNS} columns", self.block);
            return Err(ReadError::new(ReadErrorKind::Malformed(what)));
        }
        self.cells.push(TableCell { row, column, height: 1, merging, content });
        Ok(())
    }

    pub(crate) fn end_row(&mut self) {
        if self.is_row_deleted {
            self.cells.truncate(self.row_begin);
        } else {
            self.row = self.row.saturating_add(1);
        }
    }

    /// What the table becomes: its grid with the grids of its cells behind it, or the content of its cells where it was
    /// only there to set other tables. Lines under a merged cell, which nobody sees, are handed to `covered`.
    pub(crate) fn finish(mut self, mut covered: impl FnMut(Printed)) -> Vec<Piece> {
        merge(&mut self.cells, &mut covered);
        if is_for_layout(&self.cells) {
            return self.cells.into_iter().flat_map(|cell| cell.content).collect();
        }
        let mut inner = Vec::new();
        let mut cells = Vec::with_capacity(self.cells.len());
        for cell in std::mem::take(&mut self.cells) {
            let mut text = String::new();
            for piece in cell.content {
                match piece {
                    Piece::Line(line) => {
                        if !text.is_empty() {
                            text.push('\n');
                        }
                        text.push_str(&line.text);
                    }
                    Piece::Grid(_) => inner.push(piece),
                }
            }
            let value = if text.is_empty() { CellValue::Blank } else { CellValue::Text(text.into()) };
            let place = self.place(cell.row, cell.column);
            cells.push(GridCell::new(cell.row, cell.column, value, place).spanning(cell.height, cell.merging.width));
        }
        let grid = Grid::new(cells);
        let own = (!grid.cells().is_empty()).then(|| Piece::Grid(Box::new(grid)));
        own.into_iter().chain(inner).collect()
    }
}

/// Makes merged ranges of the cells that go on with the one to the left or above.
fn merge(cells: &mut Vec<TableCell>, covered: &mut impl FnMut(Printed)) {
    let mut merged: Vec<TableCell> = Vec::with_capacity(cells.len());
    // By column, the cell from which a range may go on below.
    let mut open: HashMap<u32, usize> = HashMap::new();
    let mut cover = |content: Vec<Piece>| {
        content.into_iter().for_each(|piece| {
            if let Piece::Line(line) = piece {
                covered(line);
            }
        });
    };
    let mut last_of_row: Option<usize> = None;
    for cell in cells.drain(..) {
        let has_grid = cell.content.iter().any(|piece| matches!(piece, Piece::Grid(_)));
        let left = last_of_row.and_then(|left| merged.get_mut(left)).filter(|left| left.row == cell.row);
        if cell.merging.horizontal == Some(Merge::Continue)
            && !has_grid
            && let Some(left) = left
        {
            left.merging.width = left.merging.width.saturating_add(cell.merging.width);
            cover(cell.content);
            continue;
        }
        // Word goes on with a range only where both edges are those of the cell above.
        let above = open.get(&cell.column).and_then(|above| merged.get_mut(*above)).filter(|above| {
            above.row.saturating_add(above.height) == cell.row && above.merging.width == cell.merging.width
        });
        if cell.merging.vertical == Some(Merge::Continue)
            && !has_grid
            && let Some(above) = above
        {
            above.height += 1;
            cover(cell.content);
            last_of_row = None;
            continue;
        }
        if cell.merging.vertical.is_some() {
            open.insert(cell.column, merged.len());
        } else {
            open.remove(&cell.column);
        }
        last_of_row = Some(merged.len());
        merged.push(cell);
    }
    *cells = merged;
}

/// Whether a table only sets others: it holds tables, and no row has two cells with text side by side unless one of them is
/// a table.
fn is_for_layout(cells: &[TableCell]) -> bool {
    let has_grid = |cell: &TableCell| cell.content.iter().any(|piece| matches!(piece, Piece::Grid(_)));
    cells.iter().any(has_grid)
        && cells
            .chunk_by(|cell, next| cell.row == next.row)
            .all(|row| row.iter().any(has_grid) || row.iter().filter(|cell| !cell.content.is_empty()).count() < 2)
}
