//! Documents that people write and read: pages of grids and lines in a small text format.
//!
//! ```text
//! # 云溪县文化馆: a comment
//! --- p1
//! 部门收入总表
//! | 科目编码 | 科目名称 | 合计 | 财政拨款 | <            |
//! | ^        | ^        | ^    | 小计     | 其中：一般公共预算 |
//! | 207      | 文化旅游体育与传媒支出 | 12.00 | =10.00 | 10.00 |
//! ```
//!
//! A line that begins with `---` begins a page, with its name behind it. Lines that begin with `|` are rows of a grid, all other
//! lines are text; a text between two grids of a page parts them. `<` is merged with the cell on its left, `^` with that
//! above it, `=10.00` is a number (any other cell is a text), `!` begins an error value, and `\n` in a cell is the end of a line.

use budget_document::{CellValue, Document, Grid, GridCell, Line};
use budget_model::Place;

/// A line of a fixture that cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixtureError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: &'static str,
}

impl std::fmt::Display for FixtureError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for FixtureError {}

/// Reads a document in the format above.
///
/// # Errors
///
/// A merge that has nothing to be merged with.
pub fn fixture(text: &str) -> Result<Document<'static>, FixtureError> {
    let mut reading = Reading::default();
    for (index, line) in text.lines().enumerate() {
        reading.line = index + 1;
        if line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix("---") {
            reading.close();
            reading.page(name.trim());
        } else if let Some(row) = line.strip_prefix('|') {
            reading.row(row.trim_end().strip_suffix('|').unwrap_or(row))?;
        } else {
            reading.text(line);
        }
    }
    reading.close();
    Ok(reading.document)
}

#[derive(Default)]
struct Reading {
    document: Document<'static>,
    /// The line of the file, from 1.
    line: usize,
    pages: u32,
    /// Lines and rows of the page so far.
    lines: u32,
    is_after_blank: bool,
    cells: Vec<GridCell<'static>>,
    /// Which cell is shown at each place of the row above.
    above: Vec<usize>,
    rows: u32,
}

impl Reading {
    fn page(&mut self, name: &str) {
        self.pages += 1;
        self.lines = 0;
        let name = if name.is_empty() { format!("p{}", self.pages) } else { name.to_owned() };
        self.document.sheets.push(name);
    }

    fn text(&mut self, line: &str) {
        self.close();
        if self.pages == 0 {
            self.page("");
        }
        if line.trim().is_empty() {
            self.is_after_blank = true;
            return;
        }
        self.lines += 1;
        let line = Line::new(line.to_owned(), self.pages, self.lines)
            .page_start(self.lines == 1)
            .after_blank(std::mem::take(&mut self.is_after_blank));
        self.document.push(line);
    }

    fn row(&mut self, row: &str) -> Result<(), FixtureError> {
        if self.pages == 0 {
            self.page("");
        }
        self.lines += 1;
        let error = |what| FixtureError { line: self.line, what };
        let mut shown: Vec<usize> = Vec::new();
        for (column, text) in row.split('|').enumerate() {
            let text = text.trim_matches(' ');
            match text {
                "<" => {
                    let left = *shown.last().ok_or_else(|| error("nothing stands on the left of `<`"))?;
                    let cell = self.cells.get_mut(left).ok_or_else(|| error("nothing stands on the left of `<`"))?;
                    if cell.row == self.rows {
                        cell.width = cell.width.max(column as u32 - cell.column + 1);
                    }
                    shown.push(left);
                }
                "^" => {
                    let above = *self.above.get(column).ok_or_else(|| error("nothing stands above `^`"))?;
                    let cell = self.cells.get_mut(above).ok_or_else(|| error("nothing stands above `^`"))?;
                    cell.height = self.rows - cell.row + 1;
                    shown.push(above);
                }
                _ => {
                    shown.push(self.cells.len());
                    let (row, column) = (self.rows, column as u32);
                    let sheet = self.pages.saturating_sub(1) as u16;
                    let place = Place::Cell { sheet, row: self.lines, column: column + 1 };
                    let value = value(text).ok_or_else(|| error("no number stands behind `=`"))?;
                    self.cells.push(GridCell::new(row, column, value, place));
                }
            }
        }
        self.above = shown;
        self.rows += 1;
        Ok(())
    }

    fn close(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        self.above.clear();
        self.rows = 0;
        if let (false, Some(name)) = (cells.is_empty(), self.document.sheets.last().cloned()) {
            self.document.push(Grid::new(cells).named(name).on_page(self.pages));
        }
    }
}

fn value(text: &str) -> Option<CellValue<'static>> {
    Some(match (text.strip_prefix('='), text.strip_prefix('!')) {
        (Some(number), _) => CellValue::Number(number.parse().ok()?),
        (_, Some(error)) => CellValue::Error(error.to_owned().into()),
        _ if text.is_empty() => CellValue::Blank,
        _ => CellValue::text(text.replace("\\n", "\n")),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_a_fixture_are_merged_cells() {
        let document = fixture("--- p1\n表\n| 科目 | < | 合计 |\n| 类 | 款 | ^ |\n| 2 | =3.50 | |").unwrap();
        let grid = document.grids().next().unwrap();
        let ranges: Vec<_> = grid.cells().iter().map(|cell| (cell.row, cell.column, cell.height, cell.width)).collect();
        assert_eq!(ranges, [(0, 0, 1, 2), (0, 2, 2, 1), (1, 0, 1, 1), (1, 1, 1, 1), (2, 0, 1, 1), (2, 1, 1, 1)]);
        assert_eq!(fixture("| < |").unwrap_err().line, 1);
    }
}
