//! The head of a form.

use super::blocks::{Block, levels};
use super::{Area, FormCell, FormContent, OfficialForm};

/// Adds the head of all blocks, and the numbers of the columns below it.
pub(super) fn add<'t>(form: &mut OfficialForm<'t>, blocks: &[Block<'t>]) {
    let depth = blocks.iter().map(Block::header_levels).max().unwrap_or(1) as u32;
    for block in blocks {
        words(form, block, depth - 1);
    }
    if let [revenue, _] = blocks {
        let gap = Area { bottom: depth - 1, ..Area::cell(0, revenue.end()) };
        form.head.push(FormCell { area: gap, content: FormContent::Gap });
    }
    form.head_rows = depth;
    // Only tables with one block number their columns.
    if let [block] = blocks {
        numbers(form, block, depth);
        form.head_rows += 1;
    }
    form.head.sort_by_key(|cell| (cell.area.top, cell.area.left));
}

fn words<'t>(form: &mut OfficialForm<'t>, block: &Block<'t>, bottom: u32) {
    let mut top = 0;
    let last = block.end().saturating_sub(1);
    let mut put = |area: Area, text: &'static str| form.head.push(heading(area, text));
    if let Some(title) = block.title {
        put(Area { top, left: block.left, bottom: top, right: last }, title);
        top += 1;
    }
    if block.code_levels > 0 {
        let right = block.name_column() - 1;
        put(Area { top, left: block.left, bottom: bottom - 1, right }, block.code_title);
        for (column, level) in (block.left..=right).zip(["类", "款", "项"]) {
            put(Area::cell(bottom, column), level);
        }
    }
    let down = |column: u16| Area { top, bottom, ..Area::cell(top, column) };
    put(down(block.name_column()), block.name_title);
    for (column, title) in [(block.unit_column(), "单位名称"), (block.project_column(), "项目名称")] {
        if let Some(column) = column {
            put(down(column), title);
        }
    }
    let texts: Vec<_> = (block.first_text()..).zip(block.texts.iter().map(|(_, header)| *header)).collect();
    shared(form, &texts, top, bottom);
    let figures: Vec<_> =
        (block.first_figure()..).zip(block.columns.iter().map(|(_, column)| levels(column.path()))).collect();
    shared(form, &figures, top, bottom);
}

/// Adjacent columns that share their leading words share a cell; the last word of a column reaches down to the bottom.
fn shared<'t>(form: &mut OfficialForm<'t>, words: &[(u16, &'t [String])], top: u32, bottom: u32) {
    // A column of words may have no header at all.
    for (column, _) in words.iter().filter(|(_, levels)| levels.is_empty()) {
        form.head.push(FormCell { area: Area { bottom, ..Area::cell(top, *column) }, content: FormContent::Blank });
    }
    for (level, row) in (top..=bottom).enumerate() {
        let mut rest = words;
        while let Some(((column, levels), others)) = rest.split_first() {
            rest = others;
            let Some(word) = levels.get(level) else { continue };
            if level + 1 == levels.len() {
                form.head.push(heading(Area { bottom, ..Area::cell(row, *column) }, word));
                continue;
            }
            let shares = |(_, other): &(u16, &[String])| {
                other.len() > level + 1 && other.starts_with(levels.get(..=level).unwrap_or_default())
            };
            let shared = rest.iter().take_while(|other| shares(other)).count();
            let right = column.saturating_add(shared as u16);
            form.head.push(heading(Area { right, ..Area::cell(row, *column) }, word));
            rest = rest.get(shared..).unwrap_or_default();
        }
    }
}

/// The row of ※ and column numbers.
fn numbers(form: &mut OfficialForm<'_>, block: &Block<'_>, row: u32) {
    let marks = (block.left..block.first_figure()).map(|column| (column, "※".to_owned()));
    let numbers =
        (block.first_figure()..block.end()).zip(1..).map(|(column, number)| (column, i32::to_string(&number)));
    for (column, text) in marks.chain(numbers) {
        form.head.push(FormCell { area: Area::cell(row, column), content: FormContent::ColumnNumber(text) });
    }
}

fn heading(area: Area, text: &str) -> FormCell<'_> {
    FormCell { area, content: FormContent::Heading(text.into()) }
}
