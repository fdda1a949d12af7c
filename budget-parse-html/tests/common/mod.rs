//! What a page is read as, in short.
#![allow(dead_code)]

use budget_document::{CellValue, Document, Limits, Reader};
use budget_parse_html::HtmlReader;

pub(crate) fn read(page: &[u8]) -> Document<'_> {
    HtmlReader.read(page, &Limits::default()).unwrap()
}

/// Lines as they are, grids as `0,0 收入 1x2 | 0,2 支出`: row, column, text, and height and width of what spans.
pub(crate) fn seen(document: &Document<'_>) -> Vec<String> {
    let grid = |grid: &budget_document::Grid<'_>| {
        let cell = |cell: &budget_document::GridCell<'_>| {
            let text = match &cell.value {
                CellValue::Text(text) => text.to_string(),
                CellValue::Number(number) => format!("={number}"),
                other => format!("{other:?}"),
            };
            let span = if cell.is_merged() { format!(" {}x{}", cell.height, cell.width) } else { String::new() };
            format!("{},{} {text}{span}", cell.row, cell.column)
        };
        grid.cells().iter().map(cell).collect::<Vec<_>>().join(" | ")
    };
    let block = |block: &budget_document::Block<'_>| match (block.line(), block.grid()) {
        (Some(line), _) => line.text.to_string(),
        (None, found) => found.map(grid).unwrap_or_default(),
    };
    document.blocks.iter().map(block).collect()
}

pub(crate) fn of(page: &str) -> Vec<String> {
    seen(&read(page.as_bytes()))
}
