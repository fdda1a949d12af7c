//! A small writer of Word documents: the lines and grids of any document.

use std::fmt::Write;

use budget_document::{Block, CellValue, Document, Grid};

/// The body of a document: its lines as paragraphs, its grids as tables with merged cells.
pub(crate) fn body(document: &Document<'_>) -> String {
    let mut body = String::new();
    for block in &document.blocks {
        match block {
            Block::Line(line) => body.push_str(&super::p(&escaped(&line.text))),
            Block::Grid(grid) => body.push_str(&table(grid)),
        }
    }
    body
}

pub(crate) fn table(grid: &Grid<'_>) -> String {
    let mut markup = String::from("<w:tbl>");
    // Of a column, the rows to which a merged cell reaches, and its width.
    let mut open = vec![(0_u32, 1_u32); grid.columns() as usize];
    for row in 0..grid.rows() {
        markup.push_str("<w:tr>");
        let mut column = 0;
        while column < grid.columns() {
            let (end, width) = open[column as usize];
            if end > row {
                markup.push_str(&cell(width, "<w:vMerge/>", ""));
                column += width;
                continue;
            }
            let found = grid.at(row, column);
            let (height, width) = found.map_or((1, 1), |cell| (cell.height, cell.width));
            let merge = if height > 1 { r#"<w:vMerge w:val="restart"/>"# } else { "" };
            if height > 1 {
                open[column as usize] = (row + height, width);
            }
            let text = found.map_or(String::new(), |cell| match &cell.value {
                CellValue::Text(text) => text.to_string(),
                CellValue::Number(number) => number.to_string(),
                _ => String::new(),
            });
            markup.push_str(&cell(width, merge, &text));
            column += width;
        }
        markup.push_str("</w:tr>");
    }
    markup.push_str("</w:tbl>");
    markup
}

fn cell(width: u32, merge: &str, text: &str) -> String {
    let mut markup = format!(r#"<w:tc><w:tcPr><w:gridSpan w:val="{width}"/>{merge}</w:tcPr>"#);
    for line in text.split('\n') {
        let _ = write!(markup, "{}", super::p(&escaped(line)));
    }
    markup + "</w:tc>"
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
