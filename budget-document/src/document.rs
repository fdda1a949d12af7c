//! A document as a reader hands it over.

use budget_model::{Attachment, Diagnostic, HiddenText, UnreadPage};

use crate::{Grid, Line};

/// What a reader makes of its input.
///
/// ```
/// use budget_document::{CellValue, Document, Grid, GridCell, Line};
/// use budget_model::Place;
///
/// let mut document = Document::new();
/// document.push(Line::new("部门收支总表", 1, 1));
/// let place = Place::Text { page: 1, line: 2, column: 1 };
/// document.push(Grid::new(vec![GridCell::new(0, 0, CellValue::text("收入"), place)]));
/// assert_eq!((document.blocks.len(), document.grids().count()), (2, 1));
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Document<'a> {
    /// Lines and grids, in reading order.
    pub blocks: Vec<Block<'a>>,
    /// Names of the sheets that the places of cells refer to.
    pub sheets: Vec<String>,
    /// Text that nobody sees where it stands. A reader never puts it into a line or a cell.
    pub hidden_text: Vec<HiddenText>,
    /// Pages that could not be read.
    pub unread_pages: Vec<UnreadPage>,
    /// Files that it leads to, in reading order; their names stand in lines or cells as well.
    pub attachments: Vec<Attachment>,
    /// What the reader noticed (replaced bytes, hidden sheets).
    pub diagnostics: Vec<Diagnostic>,
}

/// A piece of a document. There are no others, so that nothing is passed over.
#[derive(Clone, Debug)]
pub enum Block<'a> {
    /// A line of text.
    Line(Line<'a>),
    /// A grid of cells. It is large, and lines are many, so it stands in a box.
    Grid(Box<Grid<'a>>),
}

impl<'a> Document<'a> {
    /// A document without anything in it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a line or a grid behind what is there.
    pub fn push(&mut self, block: impl Into<Block<'a>>) {
        self.blocks.push(block.into());
    }

    /// The lines, in reading order.
    pub fn lines(&self) -> impl Iterator<Item = &Line<'a>> {
        self.blocks.iter().filter_map(Block::line)
    }

    /// The grids, in reading order.
    pub fn grids(&self) -> impl Iterator<Item = &Grid<'a>> {
        self.blocks.iter().filter_map(Block::grid)
    }
}

impl<'a> Block<'a> {
    /// The line, if it is one.
    #[must_use]
    pub fn line(&self) -> Option<&Line<'a>> {
        match self {
            Self::Line(line) => Some(line),
            Self::Grid(_) => None,
        }
    }

    /// The grid, if it is one.
    #[must_use]
    pub fn grid(&self) -> Option<&Grid<'a>> {
        match self {
            Self::Grid(grid) => Some(grid),
            Self::Line(_) => None,
        }
    }
}

impl<'a> From<Line<'a>> for Block<'a> {
    fn from(line: Line<'a>) -> Self {
        Self::Line(line)
    }
}

impl<'a> From<Grid<'a>> for Block<'a> {
    fn from(grid: Grid<'a>) -> Self {
        Self::Grid(Box::new(grid))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_costs_little_beside_its_text() {
        assert!(size_of::<Block<'_>>() <= 56, "{}", size_of::<Block<'_>>());
    }
}
