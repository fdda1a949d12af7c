//! The document that the pieces of pages come to: every paragraph and every table gets its number.

use budget_document::{CellValue, Clock, Document, Grid, GridCell, Limits, Line, ReadError, Track};
use budget_model::{Attachment, HiddenReason, HiddenText, Place};

use crate::flow::{Aside, Item};
use crate::lattice::{self, Piece, Ruled};
use crate::set_page::{Placed, SetPage};
use crate::table::PrintedCell;

/// A document that grows page by page.
pub(crate) struct Assembly<'l> {
    pub(crate) document: Document<'static>,
    limits: &'l Limits,
    clock: &'l Clock,
    /// Number of the paragraph or table that was added last.
    block: u32,
    lines: u32,
    page: u32,
    starts_page: bool,
    cells: usize,
    fields: usize,
}

impl<'l> Assembly<'l> {
    pub(crate) fn new(limits: &'l Limits, clock: &'l Clock) -> Self {
        let document = Document::new();
        Self { document, limits, clock, block: 0, lines: 0, page: 1, starts_page: true, cells: 0, fields: 0 }
    }

    /// Adds the pieces of a page.
    pub(crate) fn add(&mut self, items: Vec<Item>) -> Result<(), ReadError> {
        let mut is_set = false;
        for item in items {
            match item {
                Item::Line { text, begins, column } => {
                    self.block += u32::from(begins || self.block == 0);
                    let place = Place::Block { block: self.block, row: 0, column };
                    self.line(text, begins, place)?;
                }
                Item::Grid(cells) => self.grid(cells)?,
                Item::Set(page) => {
                    // What stands above the first page is on it.
                    if is_set {
                        (self.page, self.starts_page) = (self.page + 1, true);
                    }
                    is_set = true;
                    self.set_page(*page)?;
                }
                Item::Aside(aside) => self.aside(aside, Place::Block { block: self.block.max(1), row: 0, column: 1 }),
            }
        }
        Ok(())
    }

    fn line(&mut self, text: String, after_blank: bool, place: Place) -> Result<(), ReadError> {
        self.lines += 1;
        self.limits.check_lines(self.lines as usize)?;
        let starts_page = std::mem::take(&mut self.starts_page);
        let line = Line::new(text, self.page, self.lines).after_blank(after_blank && self.lines > 1);
        self.document.push(line.page_start(starts_page).at(place));
        Ok(())
    }

    fn take_cells(&mut self, cells: usize) -> Result<(), ReadError> {
        self.cells += cells;
        self.limits.check_cells(self.cells)?;
        self.clock.check()
    }

    fn grid(&mut self, cells: Vec<PrintedCell>) -> Result<(), ReadError> {
        self.block += 1;
        self.take_cells(cells.len())?;
        let mut printed = Vec::with_capacity(cells.len());
        for cell in cells {
            let place = Place::Block { block: self.block, row: cell.row_of_table + 1, column: cell.column + 1 };
            cell.asides.into_iter().for_each(|aside| self.aside(aside, place));
            let value = CellValue::text(cell.text);
            printed.push(GridCell::new(cell.row, cell.column, value, place).spanning(cell.height, cell.width));
        }
        self.document.push(Grid::new(printed));
        Ok(())
    }

    fn set_page(&mut self, page: SetPage) -> Result<(), ReadError> {
        for piece in lattice::pieces(page, &mut self.fields, self.limits)? {
            match piece {
                Piece::Line(line) => {
                    let place = self.place(&line);
                    self.line(line.text, false, place)?;
                }
                Piece::Ruled(ruled) => self.ruled(ruled)?,
            }
        }
        Ok(())
    }

    fn ruled(&mut self, ruled: Ruled) -> Result<(), ReadError> {
        self.take_cells(ruled.cells.len())?;
        let tracks = |edges: &[i32]| -> Vec<Track> {
            edges.windows(2).map(|pair| Track::new(positive(pair.first()), positive(pair.last()))).collect()
        };
        let cell = |cell: lattice::RuledCell| {
            let whole = cell.lines.iter().map(|line| self.place(line)).reduce(around);
            let corner = || {
                let (left, top) = (ruled.columns.get(cell.column), ruled.rows.get(cell.row));
                let (right, bottom) =
                    (ruled.columns.get(cell.column + cell.width), ruled.rows.get(cell.row + cell.height));
                self.page_box(top, left, bottom, right)
            };
            let text: Vec<&str> = cell.lines.iter().map(|line| line.text.as_str()).collect();
            let (row, column) = (cell.row as u32, cell.column as u32);
            let value = CellValue::text(text.join("\n"));
            GridCell::new(row, column, value, whole.unwrap_or_else(corner))
                .spanning(cell.height as u32, cell.width as u32)
        };
        let cells = ruled.cells.into_iter().map(cell).collect();
        let grid = Grid::new(cells).on_page(self.page);
        let (rows, columns) = (tracks(&ruled.rows), tracks(&ruled.columns));
        self.document.push(grid.with_row_tracks(rows).with_column_tracks(columns));
        Ok(())
    }

    fn place(&self, text: &Placed) -> Place {
        self.page_box(Some(&text.top), Some(&text.left), Some(&text.bottom()), Some(&text.right()))
    }

    fn page_box(&self, top: Option<&i32>, left: Option<&i32>, bottom: Option<&i32>, right: Option<&i32>) -> Place {
        let side = |side: Option<&i32>| u16::try_from(positive(side)).unwrap_or(u16::MAX);
        Place::Page { page: self.page, top: side(top), left: side(left), bottom: side(bottom), right: side(right) }
    }

    fn aside(&mut self, aside: Aside, place: Place) {
        match aside {
            Aside::Attachment { name, address } => {
                self.document.attachments.push(Attachment::new(name, address, place));
            }
            Aside::Hidden(text) => {
                self.document.hidden_text.push(HiddenText::new(text, HiddenReason::Invisible, place));
            }
        }
    }
}

/// A place on the page; what lies beyond its edge lies at it.
fn positive(place: Option<&i32>) -> u32 {
    place.map_or(0, |place| u32::try_from(*place).unwrap_or(0))
}

/// The box around two boxes of a page.
fn around(one: Place, other: Place) -> Place {
    match (one, other) {
        (
            Place::Page { page, top, left, bottom, right },
            Place::Page { top: other_top, left: other_left, bottom: other_bottom, right: other_right, .. },
        ) => Place::Page {
            page,
            top: top.min(other_top),
            left: left.min(other_left),
            bottom: bottom.max(other_bottom),
            right: right.max(other_right),
        },
        _ => one,
    }
}
