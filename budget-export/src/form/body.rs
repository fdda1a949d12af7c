//! The rows of a form.

use std::borrow::Cow;

use budget_model::{Figure, Role, Row, Table};

use super::blocks::{Block, Numbered, code_parts};
use super::{Area, FormCell, FormContent, OfficialForm};
use crate::OmissionKind;

/// Adds the rows of all blocks, side by side.
pub(super) fn add<'t>(form: &mut OfficialForm<'t>, table: &'t Table, blocks: &[Block<'t>]) {
    let count = blocks.iter().map(|block| block.rows.len()).max().unwrap_or(0);
    let indented = of_which(table);
    for index in 0..count {
        let at = form.head_rows + index as u32;
        let gap = if blocks.len() == 2 { FormContent::Gap } else { FormContent::Blank };
        let blank = (0..form.columns.len() as u16).map(|_| gap.clone());
        let mut contents: Vec<_> = blank.collect();
        for block in blocks {
            for content in contents.iter_mut().take(usize::from(block.end())).skip(usize::from(block.left)) {
                *content = FormContent::Blank;
            }
            if let Some(row) = block.rows.get(index).copied().flatten() {
                let is_indented = indented.get(row.0 as usize).copied().unwrap_or(false);
                fill(form, &mut contents, table, block, row, is_indented);
            }
        }
        let cells = (0..).zip(contents).map(|(column, content)| FormCell { area: Area::cell(at, column), content });
        form.rows.push(cells.collect());
    }
}

/// Puts what a row holds into its cells.
fn fill<'t>(
    form: &mut OfficialForm<'t>,
    contents: &mut [FormContent<'t>],
    table: &'t Table,
    block: &Block<'t>,
    (index, row): Numbered<'t>,
    is_indented: bool,
) {
    let code = row.code.map(|code| code.to_string()).unwrap_or_default();
    if block.code_levels > 0 {
        for (column, part) in (block.left..block.name_column()).zip(code_parts(&code)) {
            put(contents, column, FormContent::Code(part.to_owned()));
        }
    }
    put(contents, block.name_column(), name(row, &code, block.code_levels > 0, is_indented));
    for (column, words) in [(block.unit_column(), &row.unit), (block.project_column(), &row.project)] {
        if let Some((column, words)) = column.zip(words.as_ref()) {
            put(contents, column, FormContent::Words(words));
        }
    }
    for text in &row.texts {
        let position = block.texts.binary_search_by_key(&text.column, |(index, _)| *index).ok();
        let column = position.map(|position| block.first_text() + position as u16);
        keep(form, contents, column, FormContent::Words(&text.text));
    }
    let column_of = |column: u16| {
        let position = block.columns.binary_search_by_key(&column, |(index, _)| *index).ok()?;
        Some(block.first_figure() + position as u16)
    };
    for figure in table.figures_in(index) {
        keep(form, contents, column_of(Figure::position(&figure).column), FormContent::Figure(figure));
    }
    for unread in &row.unread {
        // Where its column is not known it is in the list of what was not read alone.
        if let Some(column) = unread.column.and_then(column_of) {
            put(contents, column, FormContent::Unread(unread));
        }
    }
}

fn name<'t>(row: &'t Row, code: &str, has_code_columns: bool, is_indented: bool) -> FormContent<'t> {
    let level = match row.role {
        Role::Group => 1,
        Role::Item => 2,
        Role::Label if is_indented => 1,
        Role::Total | Role::Class | Role::Unit | Role::Label => 0,
    };
    let text = match has_code_columns || code.is_empty() {
        true => Cow::Borrowed(row.label.text.as_str()),
        false => format!("{code} {}", row.label.text).into(),
    };
    FormContent::Name { text, level, is_total: row.role == Role::Total, label: &row.label }
}

/// Puts a content into a cell that is free, and says whether it was.
fn put<'t>(contents: &mut [FormContent<'t>], column: u16, content: FormContent<'t>) -> bool {
    match contents.get_mut(usize::from(column)) {
        Some(free @ FormContent::Blank) => {
            *free = content;
            true
        }
        _ => false,
    }
}

/// The same for what must not be lost without a word.
fn keep<'t>(
    form: &mut OfficialForm<'t>,
    contents: &mut [FormContent<'t>],
    column: Option<u16>,
    content: FormContent<'t>,
) {
    match column {
        None => form.omit(OmissionKind::CellWithoutColumn, 1),
        Some(column) if put(contents, column, content) => {}
        Some(_) => form.omit(OmissionKind::CellRepeated, 1),
    }
}

/// Which rows are an "of which" of the row before them: 其中：公务用车购置费, and those that go on with it as parts of the same whole.
fn of_which(table: &Table) -> Vec<bool> {
    let mut whole = None;
    let mut indented = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let begins = row.label.text.starts_with("其中");
        let goes_on = whole.is_some() && row.part_of == whole;
        whole = if begins || goes_on { row.part_of } else { None };
        indented.push(begins || goes_on);
    }
    indented
}
