//! Which rows of a sheet are which table.

use budget_document::CellValue;

use super::header::{self, Content, Header};
use super::sheet::{Field, Sheet};
use super::{body, caption, code};
use crate::layout::{Layout, TableForm};
use crate::table::declares_empty;
use crate::text::squeeze;

/// The rows of one table.
#[derive(Debug)]
pub(super) struct Region {
    /// Index in [`Layout::tables`].
    pub(super) form: usize,
    /// Row and column of the title; `None` for a table without one.
    pub(super) title: Option<(usize, usize)>,
    /// The first row, and the row behind the last one.
    pub(super) start: usize,
    pub(super) end: usize,
    /// `None` for a table that consists of the sentence that declares it empty.
    pub(super) header: Option<Header>,
}

/// Finds the tables with a title. Titles without a table, as in a list of contents, are not among them.
pub(super) fn find(sheet: &Sheet<'_>, layout: &Layout) -> Vec<Region> {
    let mut titles: Vec<(usize, usize, usize)> = Vec::new();
    for (row, fields) in sheet.rows.iter().enumerate() {
        let title = |field: &Field<'_>| Some((row, field.column, caption::title(&field.folded, layout)?));
        titles.extend(fields.iter().filter(|field| field.folded.ends_with(['表', ')'])).find_map(title));
    }
    let mut regions: Vec<Region> = Vec::new();
    for (index, (row, column, form)) in titles.iter().copied().enumerate() {
        let next = titles.get(index + 1).map_or(sheet.rows.len(), |(next, ..)| *next);
        let end = (row + 1..next).find(|row| ends_table(sheet, *row)).unwrap_or(next);
        let header = layout.tables.get(form).and_then(|form| header::read(sheet, row + 1, end, form));
        if header.is_some() || (stands_alone(sheet, row, column) && is_declared_empty(sheet, row + 1, end)) {
            regions.push(Region { form, title: Some((row, column)), start: row, end, header });
        }
    }
    // Rows right above a title that say who compiled it, in which unit, or its number belong to it, unless the table
    // before it still needs them.
    for index in 0..regions.len() {
        let above = index.checked_sub(1).and_then(|above| regions.get(above));
        let floor = above.map_or(0, |above| above.header.as_ref().map_or(above.start + 1, |header| header.body));
        let is_complete =
            above.is_none_or(|above| above.header.as_ref().is_none_or(|header| !header.captions.is_empty()));
        let Some(region) = regions.get(index) else { continue };
        let mut start = region.start;
        let mut numbered = false;
        // The number stands on top.
        while start > floor && !numbered {
            let fields = sheet.row(start - 1);
            match caption::read(fields) {
                Some(caption) => numbered |= caption.number.is_some(),
                None if fields.is_empty() => {}
                None => break,
            }
            start -= 1;
        }
        if (is_complete || numbered)
            && let Some(region) = regions.get_mut(index)
        {
            region.start = start;
        }
        let start = regions.get(index).map_or(0, |region| region.start);
        if let Some(above) = index.checked_sub(1).and_then(|above| regions.get_mut(above)) {
            above.end = above.end.min(start);
        }
    }
    regions
}

/// The table of a sheet without a title whose form is known from elsewhere.
pub(super) fn of_form(sheet: &Sheet<'_>, layout: &Layout, form: usize) -> Option<Region> {
    let end = sheet.rows.len();
    let header = header::read(sheet, 0, end, layout.tables.get(form)?);
    (header.is_some() || is_declared_empty(sheet, 0, end)).then_some(Region {
        form,
        title: None,
        start: 0,
        end,
        header,
    })
}

/// The table of a sheet without a title, by its header: the only form whose columns are all there.
pub(super) fn by_header(sheet: &Sheet<'_>, layout: &Layout) -> Option<Region> {
    let fits = |form: &TableForm| {
        let header = header::read(sheet, 0, sheet.rows.len(), form)?;
        (form.columns.len() > 2 && header.figure_columns() == form.columns.len()).then_some(header)
    };
    let mut found: Vec<(usize, Header)> =
        layout.tables.iter().enumerate().filter_map(|(index, form)| Some((index, fits(form)?))).collect();
    found.sort_by_key(|(_, header)| std::cmp::Reverse(header.fit));
    if let [(_, first), (_, second), ..] = found.as_slice()
        && first.fit == second.fit
    {
        return None;
    }
    let (form, header) = found.into_iter().next()?;
    Some(Region { form, title: None, start: 0, end: sheet.rows.len(), header: Some(header) })
}

/// Whether a grid without title and header goes on with the rows of the table before it: every row has a figure or a code,
/// and everything stands in a column of its kind.
pub(super) fn goes_on_below(sheet: &Sheet<'_>, header: &Header) -> bool {
    let mut rows = sheet.rows.iter().filter(|fields| !fields.is_empty()).peekable();
    rows.peek().is_some()
        && rows.all(|fields| {
            let content = |field: &Field<'_>| {
                header.columns.iter().find(|column| column.at == field.column).map(|column| column.content)
            };
            let fits = |field: &Field<'_>| match content(field) {
                Some(Content::Figures(_)) => body::is_figure(field) || matches!(field.cell.value, CellValue::Error(_)),
                Some(Content::Code(_)) => code::digits(field).is_some() || !field.is_number(),
                Some(Content::Name | Content::Project) => !field.is_number(),
                _ => false,
            };
            let is_row = |field: &Field<'_>| match content(field) {
                Some(Content::Figures(_)) => body::is_number(field),
                Some(Content::Code(_)) => code::digits(field).is_some(),
                _ => false,
            };
            fields.iter().all(fits) && fields.iter().any(is_row)
        })
}

/// Whether there is nothing but captions next to a title.
fn stands_alone(sheet: &Sheet<'_>, row: usize, column: usize) -> bool {
    let mut beside = sheet.row(row).iter().filter(|field| field.column != column);
    beside.all(|field| caption::read(std::slice::from_ref(field)).is_some())
}

/// Whether one of the rows is the sentence that declares a table empty.
fn is_declared_empty(sheet: &Sheet<'_>, start: usize, end: usize) -> bool {
    (start..end).any(|row| matches!(sheet.row(row), [field] if body::is_note(&squeeze(&field.text())) && declares_empty(&field.folded)))
}

/// A heading that begins something else below the tables of a sheet.
fn ends_table(sheet: &Sheet<'_>, row: usize) -> bool {
    let [field] = sheet.row(row) else { return false };
    let is_part = field.folded.starts_with('第') && field.folded.chars().take(6).any(|character| character == '部');
    is_part || (field.folded.contains("绩效目标表") && field.folded.chars().count() < 40)
}
