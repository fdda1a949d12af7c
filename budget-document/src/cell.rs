//! A cell of a grid.

use std::borrow::Cow;

use budget_model::{Decimal, Place};

use crate::text::is_space;

/// A cell of a grid: one that holds something, or a merged range, which is one cell of several rows or columns.
///
/// ```
/// use budget_document::{CellValue, GridCell};
/// use budget_model::Place;
///
/// let place = Place::Cell { sheet: 0, row: 4, column: 3 };
/// let header = GridCell::new(3, 2, CellValue::text("财政拨款"), place).spanning(1, 4);
/// assert_eq!(header.columns(), 2..6);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GridCell<'a> {
    /// First row, from 0.
    pub row: u32,
    /// First column, from 0.
    pub column: u32,
    /// How many rows it takes, at least 1.
    pub height: u32,
    /// How many columns it takes, at least 1.
    pub width: u32,
    /// What it holds.
    pub value: CellValue<'a>,
    /// Where it stands.
    pub place: Place,
    /// What the reader knows of what it holds.
    pub mark: Option<Mark>,
    /// The comment on it.
    pub note: Option<Box<str>>,
}

/// What a cell of a grid holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum CellValue<'a> {
    /// Nothing.
    #[default]
    Blank,
    /// Text, as it is; its lines end with `\n`.
    Text(Cow<'a, str>),
    /// A number, as an exact decimal, with the decimals that are shown.
    Number(Decimal),
    /// An error value such as `#REF!`; empty where a formula has no result, or the number of a cell is not shown. Something
    /// stands there that is not known, which the reader reports.
    Error(Cow<'a, str>),
}

/// What a reader knows of what a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mark {
    /// The cell may show another number.
    Doubtful,
    /// The cell shows fewer digits than it stores, or a multiple; the number is the one that is shown.
    Rounded,
    /// The cell of a header may reach over more columns than it says: where it ends is not printed.
    MayReachFurther,
    /// The cell of a header holds words of several columns that could not be told apart.
    Mixed,
    /// The cell lies under a merged range that begins above it or to its left: nobody sees what it holds.
    Covered,
}

impl<'a> GridCell<'a> {
    /// A cell of one row and one column.
    #[must_use]
    pub fn new(row: u32, column: u32, value: CellValue<'a>, place: Place) -> Self {
        Self { row, column, height: 1, width: 1, value, place, mark: None, note: None }
    }

    /// The same cell over several rows and columns; at least one of each.
    #[must_use]
    pub fn spanning(mut self, height: u32, width: u32) -> Self {
        self.height = height.max(1);
        self.width = width.max(1);
        self
    }

    /// The same cell with what the reader knows of it.
    #[must_use]
    pub fn with_mark(mut self, mark: Mark) -> Self {
        self.mark = Some(mark);
        self
    }

    /// The same cell with a comment on it.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<Box<str>>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// The rows it takes.
    #[must_use]
    pub fn rows(&self) -> std::ops::Range<u32> {
        self.row..self.row.saturating_add(self.height)
    }

    /// The columns it takes.
    #[must_use]
    pub fn columns(&self) -> std::ops::Range<u32> {
        self.column..self.column.saturating_add(self.width)
    }

    /// Whether it takes more than one row or column.
    #[must_use]
    pub fn is_merged(&self) -> bool {
        self.height > 1 || self.width > 1
    }

    /// Whether nobody sees it: it lies under a merged range.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        self.mark == Some(Mark::Covered)
    }
}

impl<'a> CellValue<'a> {
    /// A text.
    #[must_use]
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// Whether nothing is seen: nothing is there, or a text of white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Blank => true,
            Self::Text(text) => text.chars().all(is_space),
            Self::Number(_) | Self::Error(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_stays_small() {
        assert!(size_of::<GridCell<'_>>() <= 88, "{}", size_of::<GridCell<'_>>());
    }
}
