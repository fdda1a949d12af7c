//! The sheet of a budget table, as the official form prints it.

use budget_model::{Aspect, Cell, Doubts, Figure, FigureRef, Placement, Scope, Table};
use rust_xlsxwriter::XlsxError;

use super::annotated::Notes;
use super::page::Page;
use crate::form::{Area, FormCell, FormColumn, FormContent, OfficialForm};

/// The row of a sheet in which the form begins: below number, title and unit.
pub(super) const FIRST_ROW: u32 = 3;
/// The columns of a sheet.
const MOST_COLUMNS: usize = 16_384;

/// Writes the sheet of a table.
pub(super) fn write(
    page: &mut Page<'_>,
    table: &Table,
    form: &OfficialForm<'_>,
    number: u32,
    scope: Scope,
    notes: &Notes,
) -> Result<(), XlsxError> {
    // Before the form leaves out what has no column.
    if table.columns.len() + table.text_columns.len() > MOST_COLUMNS {
        return Err(XlsxError::RowColumnLimitError);
    }
    let last = (form.columns.len() as u16).saturating_sub(1);
    let across = |row: u32| Area { right: last, ..Area::cell(row, 0) };

    let styles = page.styles;
    if let Some(number) = &table.number {
        page.text(across(0), &number.text, &styles.left)?;
    }
    page.text(across(1), &table.title.text, &styles.title)?;
    page.heighten(1, 30);
    unit_line(page, table, scope, last)?;

    for (column, kind) in (0..).zip(&form.columns) {
        match kind {
            FormColumn::Code => page.widen(column, 5),
            FormColumn::Party => page.widen(column, 20),
            FormColumn::Gap => page.widen(column, 2),
            _ => {}
        }
    }
    for cell in &form.head {
        heading(page, form, cell)?;
    }
    let body = FIRST_ROW + form.head_rows;
    let figures = || (0..).zip(&form.columns).filter(|(_, kind)| **kind == FormColumn::Figures);
    let freeze = match figures().next() {
        Some((first, _)) if !form.has_two_sides() && figures().count() > 4 => first,
        _ => 0,
    };
    page.header_ends(body, freeze)?;
    if form.has_two_sides() {
        page.on_one_sheet();
    }
    let bottom = body + (form.rows.len() as u32).saturating_sub(1);
    for (column, _) in (0..).zip(&form.columns).filter(|(_, kind)| **kind == FormColumn::Code) {
        page.digits_are_text(Area { bottom, ..Area::cell(body, column) })?;
    }
    for cell in form.rows.iter().flatten() {
        body_cell(page, cell, |at| notes.of(at.position().of(number)))?;
    }
    let mut row = body + form.rows.len() as u32;
    if let Some(sentence) = &table.declared_empty {
        page.text(across(row), &sentence.text, &styles.sentence)?;
        row += 1;
    }
    for note in &table.notes {
        page.text(across(row), &note.text, &styles.left)?;
        row += 1;
    }
    Ok(())
}

/// The figures of a form, each with its row and column on the sheet.
pub(super) fn positions(form: &OfficialForm<'_>, number: u32) -> impl Iterator<Item = (FigureRef, (u32, u16))> {
    form.rows.iter().flatten().filter_map(move |cell| match &cell.content {
        FormContent::Figure(figure) => {
            Some((figure.position().of(number), (FIRST_ROW + cell.area.top, cell.area.left)))
        }
        _ => None,
    })
}

fn unit_line(page: &mut Page<'_>, table: &Table, scope: Scope, last: u16) -> Result<(), XlsxError> {
    let title = match scope {
        Scope::Department => "编制部门：",
        Scope::Unit | Scope::Own => "编制单位：",
    };
    let compiler = table.compiler.as_ref().map_or_else(String::new, |label| format!("{title}{}", label.text));
    let unit = format!("单位：{}", table.unit);
    let styles = page.styles;
    match last.checked_sub(1) {
        None => page.text(Area::cell(2, 0), &format!("{compiler}　{unit}"), &styles.left),
        Some(middle) => {
            // The unit needs about as much room as one column of figures.
            page.text(Area { right: middle, ..Area::cell(2, 0) }, &compiler, &styles.left)?;
            page.text(Area::cell(2, last), &unit, &styles.right)
        }
    }
}

fn on_sheet(area: Area) -> Area {
    Area { top: area.top + FIRST_ROW, bottom: area.bottom + FIRST_ROW, ..area }
}

fn heading(page: &mut Page<'_>, form: &OfficialForm<'_>, cell: &FormCell<'_>) -> Result<(), XlsxError> {
    let area = on_sheet(cell.area);
    match &cell.content {
        FormContent::Heading(words) => {
            page.text(area, words, &page.styles.header)?;
            if area.left == area.right {
                match form.columns.get(usize::from(area.left)) {
                    Some(FormColumn::Name) => page.fit(area.left, words, 0, 20, 44),
                    // Long words are wrapped, into four lines or so.
                    Some(FormColumn::Words | FormColumn::Figures) => page.fit(area.left, words, 0, 12, 14),
                    _ => {}
                }
            }
            Ok(())
        }
        FormContent::ColumnNumber(number) => {
            page.text(area, number, &page.styles.code)?;
            page.digits_are_text(area)
        }
        _ => Ok(()),
    }
}

fn body_cell<'n>(
    page: &mut Page<'_>,
    cell: &FormCell<'_>,
    note: impl Fn(&Figure<'_>) -> Option<&'n str>,
) -> Result<(), XlsxError> {
    let area = on_sheet(cell.area);
    let (row, column) = (area.top, area.left);
    match &cell.content {
        FormContent::Code(part) => page.text(area, part, &page.styles.code),
        FormContent::Name { text, level, is_total, .. } => {
            page.text(area, text, page.styles.name_at(*level, *is_total))?;
            page.fit(column, text, usize::from(*level) * 2, 20, 44);
            Ok(())
        }
        FormContent::Words(label) => {
            page.text(area, &label.text, &page.styles.name)?;
            page.fit(column, &label.text, 0, 8, 40);
            Ok(())
        }
        FormContent::Figure(figure) => {
            let doubts = figure.doubts();
            page.number(row, column, &figure.amount().value.to_string(), true, doubts.is_empty())?;
            // What is in doubt comes first and on lines of its own: that is how a reader tells it from anything else.
            let note = [candidates(figure.table(), figure.cell()), doubtful(doubts), note(figure).map(str::to_owned)];
            let note: Vec<_> = note.into_iter().flatten().collect();
            if note.is_empty() { Ok(()) } else { page.note(row, column, &note.join("\n")) }
        }
        FormContent::Unread(unread) => {
            page.text(area, &unread.text, &page.styles.ambiguous)?;
            page.note(row, column, "此处内容未能读出\nNot read")
        }
        FormContent::Gap => Ok(()),
        FormContent::Heading(_) | FormContent::ColumnNumber(_) | FormContent::Blank => {
            page.sheet.write_blank(row, column, &page.styles.name)?;
            Ok(())
        }
    }
}

/// The note of a figure that is in doubt for more than its column.
fn doubtful(doubts: Doubts) -> Option<String> {
    let others = doubts.without(Aspect::Column);
    let names: Vec<_> = others.iter().map(Aspect::chinese).collect();
    (!others.is_empty())
        .then(|| format!("此数存疑：{}\nIn doubt: {}", names.join("、"), others.to_string().replace('|', ", ")))
}

/// The note of an ambiguous figure.
fn candidates(table: &Table, cell: &Cell) -> Option<String> {
    let Placement::Ambiguous { candidates } = &cell.placement else { return None };
    let labels = |separator: &str| {
        let labels: Vec<_> = candidates
            .iter()
            .filter_map(|index| table.columns.get(usize::from(*index)))
            .map(|column| column.label.as_str())
            .collect();
        labels.join(separator)
    };
    Some(format!("此数归栏不确定，可能的栏目：{}\nColumn uncertain. Candidates: {}", labels("、"), labels(", ")))
}
