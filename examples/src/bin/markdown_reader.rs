//! Adds a format: a reader for Markdown, in which budget tables are pipe tables.
//!
//! ```sh
//! cargo run -p budget-examples --bin markdown_reader -- examples/disclosure.md
//! ```
//!
//! A reader recognises structure only, here lines and grids of cells. Titles, columns and amounts are found by the
//! layouts afterwards, so that a new format knows every form at once.

use std::borrow::Cow;
use std::error::Error;

use budget_model::Place;
use budget_parse::{
    Block, CellValue, Confidence, Descriptor, Grid, GridCell, Limits, Line, RawDocument, ReadError, ReadErrorKind,
    Reader, Registry,
};
use budget_parse_text::TextReader;

struct MarkdownReader;

impl Reader for MarkdownReader {
    fn descriptor(&self) -> Descriptor {
        Descriptor { id: "markdown", name: "Markdown", extensions: &["md", "markdown"] }
    }

    // Content decides, the extension is a hint: a row of dashes below a row of cells is found in Markdown only.
    fn probe(&self, content: &[u8], extension: Option<&str>) -> Confidence {
        let Ok(text) = std::str::from_utf8(content) else { return Confidence::No };
        let named = extension.is_some_and(|extension| self.descriptor().extensions.contains(&extension));
        match text.lines().any(is_delimiter) {
            true => Confidence::Certain,
            false if named => Confidence::Possible,
            false => Confidence::No,
        }
    }

    fn read<'a>(&self, content: &'a [u8], limits: &Limits) -> Result<RawDocument<'a>, ReadError> {
        let text = std::str::from_utf8(content)
            .map_err(|cause| ReadError::new(ReadErrorKind::Malformed("not UTF-8".to_owned())).caused_by(cause))?;
        let mut raw = RawDocument::default();
        let mut after_blank = true;
        let mut cells = 0;
        for (number, line) in (1u32..).zip(text.lines()) {
            // Documents come from the web, so every reader keeps to the limits it is given.
            if number as usize > limits.lines || cells > limits.cells {
                return Err(ReadError::new(ReadErrorKind::TooLarge(format!("line {number}"))));
            }
            if is_delimiter(line) {
                after_blank = false;
            } else if line.trim_start().starts_with('|') {
                let row = row(line, number);
                cells += row.len();
                // Rows directly below each other are one grid; anything else between them begins another one.
                match raw.blocks.last_mut() {
                    Some(Block::Grid(grid)) if !after_blank => grid.rows.push(row),
                    _ => raw.blocks.push(Block::Grid(Grid { rows: vec![row], ..Grid::default() })),
                }
                after_blank = false;
            } else if line.trim().is_empty() {
                after_blank = true;
            } else {
                let text = Cow::Borrowed(line.trim_start_matches(['#', ' ']));
                let first = raw.blocks.is_empty();
                raw.blocks.push(Block::Line(Line {
                    text,
                    page: 1,
                    number,
                    after_blank,
                    page_start: first,
                    cell: None,
                }));
                after_blank = false;
            }
        }
        Ok(raw)
    }
}

/// `| --- | ---: |`
fn is_delimiter(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|') && line.contains("---") && line.chars().all(|character| "|-: ".contains(character))
}

/// The cells of a row, each with its place, counted from 1 as a person would.
fn row(line: &str, number: u32) -> Vec<GridCell<'_>> {
    let mut cells = Vec::new();
    let mut column = line.chars().take_while(|character| *character != '|').count() as u32 + 2;
    for text in line.trim().trim_start_matches('|').trim_end_matches('|').split('|') {
        let content = text.trim();
        // Numbers stay text here: the layouts know which columns hold amounts, and how amounts are written.
        let value = if content.is_empty() { CellValue::Blank } else { CellValue::Text(Cow::Borrowed(content)) };
        let indent = text.chars().take_while(|character| character.is_whitespace()).count() as u32;
        cells.push(GridCell { value, place: Place::Text { page: 1, line: number, column: column + indent } });
        column += text.chars().count() as u32 + 1;
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
