//! What was read of a file, in words that a test can compare.

use budget_document::{CellValue, Document, Grid, Limits, Reader};
use budget_parse_pdf::PdfReader;

/// What was read of a file.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// Lines without the blanks before them.
    pub(crate) lines: Vec<String>,
    /// Rows of each grid: its cells between strokes.
    pub(crate) grids: Vec<Vec<String>>,
    /// Reason and text.
    pub(crate) hidden: Vec<String>,
    /// Page and reason.
    pub(crate) unread: Vec<String>,
    /// Code and arguments.
    pub(crate) said: Vec<String>,
}

impl Seen {
    /// Reads a file that can be read.
    pub(crate) fn of(content: &[u8]) -> Self {
        Self::of_document(&PdfReader.read(content, &Limits::default()).unwrap())
    }

    pub(crate) fn of_document(document: &Document<'_>) -> Self {
        Self {
            lines: document.lines().map(|line| line.text.trim_start().to_owned()).collect(),
            grids: document.grids().map(rows).collect(),
            hidden: document
                .hidden_text
                .iter()
                .map(|text| format!("{}: {}", text.reason.as_str(), text.text))
                .collect(),
            unread: document
                .unread_pages
                .iter()
                .map(|page| format!("{}: {}", page.page, page.reason.as_str()))
                .collect(),
            said: document
                .diagnostics
                .iter()
                .map(|said| format!("{}: {}", said.code.as_str(), said.arguments.join(" | ")))
                .collect(),
        }
    }

    /// The rows of the only grid.
    pub(crate) fn grid(&self) -> &[String] {
        assert_eq!(self.grids.len(), 1, "{self:#?}");
        &self.grids[0]
    }

    /// Whether something of this kind was said.
    pub(crate) fn says(&self, code: &str) -> bool {
        self.said.iter().any(|said| said.starts_with(code))
    }
}

/// Rows of a grid. A cell that is merged is named once, and `<` or `^` stand where it goes on.
fn rows(grid: &Grid<'_>) -> Vec<String> {
    let field = |row: u32, column: u32| {
        let holder = grid.cells().iter().find(|cell| cell.rows().contains(&row) && cell.columns().contains(&column));
        match holder {
            None => String::new(),
            Some(cell) if cell.row < row => "^".to_owned(),
            Some(cell) if cell.column < column => "<".to_owned(),
            Some(cell) => match &cell.value {
                CellValue::Text(text) => text.replace('\n', "/"),
                CellValue::Blank => String::new(),
                value => format!("{value:?}"),
            },
        }
    };
    (0..grid.rows())
        .map(|row| (0..grid.columns()).map(|column| field(row, column)).collect::<Vec<_>>().join("|"))
        .collect()
}
