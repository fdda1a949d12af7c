//! A table: where its cells stand, and whether it is one of data or only holds a page together.

use budget_document::{Limits, ReadError};

use crate::flow::{Aside, Flow, Item};

/// A table that is being read.
#[derive(Debug, Default)]
pub(crate) struct Table {
    cells: Vec<Cell>,
    /// How many rows have begun.
    rows: u32,
    /// The column that the next cell of the row may take.
    column: u32,
    /// For each column the row behind the cell that reaches down in it.
    taken: Vec<u32>,
}

/// A cell with what it holds.
#[derive(Debug)]
struct Cell {
    row: u32,
    column: u32,
    height: u32,
    width: u32,
    items: Vec<Item>,
    is_structured: bool,
}

/// A cell of a table of data.
#[derive(Debug)]
pub(crate) struct PrintedCell {
    /// Row in the grid, from 0.
    pub(crate) row: u32,
    /// Row in the table of the page, from 0; rows above may be none of the grid.
    pub(crate) row_of_table: u32,
    pub(crate) column: u32,
    pub(crate) height: u32,
    pub(crate) width: u32,
    /// Its lines.
    pub(crate) text: String,
    pub(crate) asides: Vec<Aside>,
}

/// As browsers cut them.
const MOST_COLUMNS: u32 = 1_000;
const MOST_ROWS: u32 = 65_534;

impl Table {
    /// Begins a row.
    pub(crate) fn begin_row(&mut self) {
        self.rows = self.rows.saturating_add(1);
        self.column = 0;
    }

    /// Begins a cell: it takes the first columns that no cell above reaches into. `fields` counts what all tables have of rows times
    /// columns, so that spans cost what they take.
    pub(crate) fn begin_cell(
        &mut self,
        rowspan: Option<&str>,
        colspan: Option<&str>,
        fields: &mut usize,
        limits: &Limits,
    ) -> Result<(), ReadError> {
        let row = self.rows.saturating_sub(1);
        let from = self.column;
        while self.taken.get(self.column as usize).is_some_and(|behind| *behind > row) {
            self.column += 1;
        }
        let span = |value: Option<&str>| value.and_then(leading_number);
        let width = span(colspan).filter(|width| *width > 0).unwrap_or(1).min(MOST_COLUMNS);
        // A cell of no rows reaches to the end.
        let height = match span(rowspan) {
            Some(0) => MOST_ROWS,
            height => height.unwrap_or(1).min(MOST_ROWS),
        };
        *fields += (self.column - from + width) as usize;
        limits.check_cells(*fields)?;
        let column = self.column;
        self.column += width;
        if height > 1 {
            let end = self.column as usize;
            if self.taken.len() < end {
                self.taken.resize(end, 0);
            }
            for behind in self.taken.iter_mut().take(end).skip(column as usize) {
                *behind = (*behind).max(row.saturating_add(height));
            }
        }
        self.cells.push(Cell { row, column, height, width, items: Vec::new(), is_structured: false });
        Ok(())
    }

    /// Ends the cell that began last.
    pub(crate) fn end_cell(&mut self, mut flow: Flow) {
        flow.end_paragraph();
        if let Some(cell) = self.cells.last_mut() {
            cell.items = flow.items;
            cell.is_structured = flow.is_structured;
        }
    }

    /// The pieces the table comes to, in reading order: the rows that hold tables are lines and the tables in them; what stands
    /// between such rows is a grid, or lines if it only holds running text.
    pub(crate) fn finish(mut self) -> Vec<Item> {
        let columns = self.cells.iter().map(|cell| cell.column).max().map_or(0, |last| last + 1);
        for cell in &mut self.cells {
            // Beyond the table nothing stands.
            cell.height = cell.height.min(self.rows.saturating_sub(cell.row)).max(1);
            cell.width = cell.width.min(columns.saturating_sub(cell.column)).max(1);
        }
        let mut items = Vec::new();
        let mut piece: Vec<Cell> = Vec::new();
        let mut cells = self.cells.into_iter().peekable();
        while let Some(first) = cells.next() {
            let row = first.row;
            let mut of_row = vec![first];
            while let Some(cell) = cells.next_if(|cell| cell.row == row) {
                of_row.push(cell);
            }
            if of_row.iter().any(Cell::holds_a_table) {
                print(std::mem::take(&mut piece), &mut items);
                items.extend(of_row.into_iter().flat_map(|cell| cell.items));
            } else {
                piece.append(&mut of_row);
            }
        }
        print(piece, &mut items);
        items
    }
}

/// `12` of `12px`
fn leading_number(value: &str) -> Option<u32> {
    let value = value.trim_start();
    let digits = value.find(|character: char| !character.is_ascii_digit()).unwrap_or(value.len());
    let digits = value.get(..digits).filter(|digits| !digits.is_empty())?;
    Some(digits.parse().unwrap_or(u32::MAX))
}

impl Cell {
    fn holds_a_table(&self) -> bool {
        self.items.iter().any(|item| matches!(item, Item::Grid(_) | Item::Set(_)))
    }

    fn lines(&self) -> impl Iterator<Item = &str> {
        self.items.iter().filter_map(|item| match item {
            Item::Line { text, .. } => Some(text.as_str()),
            _ => None,
        })
    }

    /// Whether it holds headings, lists or several paragraphs.
    fn is_running_text(&self) -> bool {
        const FEWEST_LINES: usize = 3;
        const FEWEST_CHARACTERS: usize = 100;
        let characters = || self.lines().map(|line| line.chars().count()).sum::<usize>();
        self.is_structured || self.lines().count() >= FEWEST_LINES && characters() >= FEWEST_CHARACTERS
    }
}

/// Whether cells only hold a page together: one cell, one column, or a few cells one of which is running text.
fn is_layout(cells: &[Cell]) -> bool {
    /// A table of data has as many or more.
    const FEW: usize = 7;
    let mut seen = cells.iter().filter(|cell| cell.lines().next().is_some());
    let Some(first) = seen.next() else { return true };
    let has_columns = seen.clone().any(|cell| cell.column != first.column);
    !has_columns || seen.count() + 1 < FEW && cells.iter().any(Cell::is_running_text)
}

/// Rows without tables in them: a grid, or the lines of their cells.
fn print(cells: Vec<Cell>, items: &mut Vec<Item>) {
    if is_layout(&cells) {
        items.extend(cells.into_iter().flat_map(|cell| cell.items));
        return;
    }
    let first = cells.first().map_or(0, |cell| cell.row);
    let behind = cells.last().map_or(0, |cell| cell.row + 1);
    let cell = |cell: Cell| {
        let text = cell.lines().collect::<Vec<_>>().join("\n");
        let asides = cell.items.into_iter().filter_map(|item| match item {
            Item::Aside(aside) => Some(aside),
            _ => None,
        });
        PrintedCell {
            row: cell.row - first,
            row_of_table: cell.row,
            column: cell.column,
            height: cell.height.min(behind - cell.row),
            width: cell.width,
            text,
            asides: asides.collect(),
        }
    };
    items.push(Item::Grid(cells.into_iter().map(cell).collect()));
}
