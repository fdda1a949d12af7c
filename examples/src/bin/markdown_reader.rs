//! Adds a format: a reader for Markdown, in which budget tables are pipe tables.
//!
//! ```sh
//! cargo run -p budget-examples --bin markdown_reader -- examples/disclosure.md
//! ```
//!
//! A reader recognises structure only, here lines and grids of cells. Titles, columns and amounts are found afterwards, so that
//! a new format knows every form at once. It depends on `budget-document`, which is small, and on nothing that knows budgets.

use std::error::Error;

use budget_document::{
    CellValue, Confidence, Descriptor, Document, Grid, GridCell, Limits, Line, ReadError, ReadErrorKind, Reader,
};
use budget_model::Place;
use budget_parse::Registry;
use budget_parse_text::TextReader;

struct MarkdownReader;

impl Reader for MarkdownReader {
    fn descriptor(&self) -> Descriptor {
        Descriptor::new("markdown", "Markdown", &["md", "markdown"])
    }

    // Content decides, the extension is a hint: a row of dashes below a row of cells is found in Markdown only.
    fn probe(&self, content: &[u8], extension: Option<&str>) -> Confidence {
        let Ok(text) = std::str::from_utf8(content) else { return Confidence::No };
        let named = self.descriptor().has_extension(extension);
        match text.lines().any(is_delimiter) {
            true => Confidence::Certain,
            false if named => Confidence::Possible,
            false => Confidence::No,
        }
    }

    fn read<'a>(&self, content: &'a [u8], limits: &Limits) -> Result<Document<'a>, ReadError> {
        let text = std::str::from_utf8(content)
            .map_err(|cause| ReadError::new(ReadErrorKind::Malformed("not UTF-8".to_owned())).caused_by(cause))?;
        let mut document = Document::new();
        // The cells of the grid that is being read, and how many rows it has.
        let (mut cells, mut rows) = (Vec::new(), 0);
        let mut count = 0;
        let mut after_blank = true;
        for (number, line) in (1u32..).zip(text.lines()) {
            // Documents come from the web, so every reader keeps to the limits it is given.
            limits.check_lines(number as usize)?;
            limits.check_cells(count)?;
            let is_row = line.trim_start().starts_with('|');
            // Rows directly below each other are one grid; anything else between them begins another one.
            if !is_row && !cells.is_empty() {
                document.push(Grid::new(std::mem::take(&mut cells)).on_page(1));
                rows = 0;
            }
            if is_delimiter(line) {
                after_blank = false;
            } else if is_row {
                cells.extend(row(line, rows, number));
                count += line.matches('|').count();
                rows += 1;
                after_blank = false;
            } else if line.trim().is_empty() {
                after_blank = true;
            } else {
                let text = line.trim_start_matches(['#', ' ']);
                let is_first = document.blocks.is_empty();
                document.push(Line::new(text, 1, number).after_blank(after_blank).page_start(is_first));
                after_blank = false;
            }
        }
        document.push(Grid::new(cells).on_page(1));
        Ok(document)
    }
}

/// `| --- | ---: |`
fn is_delimiter(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|') && line.contains("---") && line.chars().all(|character| "|-: ".contains(character))
}

/// The cells of a row, each with its place, counted from 1 as a person would. Blank ones are left out by the grid.
fn row(line: &str, row: u32, number: u32) -> Vec<GridCell<'_>> {
    let mut cells = Vec::new();
    let mut character = line.chars().take_while(|character| *character != '|').count() as u32 + 2;
    for (column, text) in (0..).zip(line.trim().trim_start_matches('|').trim_end_matches('|').split('|')) {
        // Numbers stay text here: which columns hold amounts, and how amounts are written, is found out later.
        let value = CellValue::text(text.trim());
        let indent = text.chars().take_while(|character| character.is_whitespace()).count() as u32;
        let place = Place::Text { page: 1, line: number, column: character + indent };
        cells.push(GridCell::new(row, column, value, place));
        character += text.chars().count() as u32 + 1;
    }
    cells
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("give a Markdown file with the tables of a disclosure")?;
    // The reader stands next to those of the format crates; the registry asks each how sure it is of the content.
    let registry = Registry::new().with_reader(TextReader).with_reader(MarkdownReader);
    let disclosure = registry.read(&std::fs::read(&path)?, Some(&path))?;
    for table in &disclosure.tables {
        let (figures, uncertain) = (table.figure_count(), table.ambiguous_count());
        println!("{}: {} rows, {figures} figures, {uncertain} uncertain", table.title.text, table.rows.len());
        for identity in table.identities().filter(|identity| !table.holds(identity)) {
            println!("  does not add up: row {}, column {}", identity.whole.row + 1, identity.whole.column + 1);
        }
    }
    Ok(())
}
