//! The raw document: what a format crate hands over, before anything is understood.
//!
//! A raw document is a sequence of [blocks](Block): lines of text, for formats that have no columns any more, and grids of
//! cells, for formats that do. Both may be mixed (a web page, a Markdown file).

use std::borrow::Cow;

use budget_model::{Decimal, Diagnostic, Place};

/// What a reader makes of its input.
#[derive(Clone, Debug, Default)]
pub struct RawDocument<'a> {
    /// The blocks, in document order.
    pub blocks: Vec<Block<'a>>,
    /// Names of the sheets that cell places refer to.
    pub sheets: Vec<String>,
    /// What the reader noticed (replaced bytes, hidden sheets).
    pub diagnostics: Vec<Diagnostic>,
}

/// A piece of a raw document.
#[derive(Clone, Debug)]
pub enum Block<'a> {
    /// A line of text.
    Line(Line<'a>),
    /// A grid of cells.
    Grid(Grid<'a>),
}

/// A line of text that is not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// The text, without the line end; white space at the start is kept.
    pub text: Cow<'a, str>,
    /// Page, from 1.
    pub page: u32,
    /// Line number in the source, from 1.
    pub number: u32,
    /// Whether blank lines stand before it.
    pub after_blank: bool,
    /// Whether it is the first line of its page.
    pub page_start: bool,
    /// The cell it is a line of, if it comes from a sheet.
    pub cell: Option<Place>,
}

impl Line<'_> {
    /// The place of a byte offset into the text; the cell, if the line comes from one.
    #[must_use]
    pub fn place(&self, offset: usize) -> Place {
        if let Some(cell) = self.cell {
            return cell;
        }
        let column = self.text.char_indices().take_while(|(at, _)| *at < offset).count() as u32 + 1;
        Place::Text { page: self.page, line: self.number, column }
    }
}

/// A grid of cells: a sheet, or a table inside a document.
#[derive(Clone, Debug, Default)]
pub struct Grid<'a> {
    /// The name of the sheet, if the grid is one.
    pub name: Option<Cow<'a, str>>,
    /// Rows of cells; rows may differ in length.
    pub rows: Vec<Vec<GridCell<'a>>>,
    /// Merged ranges, as indices into `rows`.
    pub merges: Vec<Merge>,
    /// Comments on cells.
    pub notes: Vec<Note<'a>>,
    /// What the reader knows of the numbers of some cells: row and column, as indices into `rows`.
    pub marks: Vec<((u32, u32), Mark)>,
    /// What nobody sees who does not look for it.
    pub hidden: HiddenParts,
}

/// What a reader knows of the number of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The cell may show another number.
    Doubtful,
    /// The cell shows fewer digits than it stores, or a multiple; the number is the one that is shown.
    Rounded,
}

/// The hidden parts of a grid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HiddenParts {
    /// Whether all of it is hidden.
    pub all: bool,
    /// Hidden rows, as indices into [`Grid::rows`], in order.
    pub rows: Vec<u32>,
    /// First and last column of each run of hidden columns, from 0.
    pub columns: Vec<(u32, u32)>,
}

/// A comment on a cell of a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note<'a> {
    /// Row and column of the cell, as indices into [`Grid::rows`].
    pub cell: (u32, u32),
    /// The text, as it is.
    pub text: Cow<'a, str>,
}

/// A merged range of cells, both ends included, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    /// First row and column.
    pub first: (u32, u32),
    /// Last row and column.
    pub last: (u32, u32),
}

/// A cell of a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridCell<'a> {
    /// What it holds.
    pub value: CellValue<'a>,
    /// Where it stands.
    pub place: Place,
}

/// What a cell of a grid holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CellValue<'a> {
    /// Nothing.
    #[default]
    Blank,
    /// Text, as it is.
    Text(Cow<'a, str>),
    /// A number, as an exact decimal.
    Number(Decimal),
    /// An error value such as `#REF!`; empty where a formula has no result, or the number of a cell is not shown. Something
    /// stands there that is not known, which the reader reports.
    Error(Cow<'a, str>),
}
