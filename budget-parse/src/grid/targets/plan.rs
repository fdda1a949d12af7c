//! Where on a page the forms are.

use std::ops::Range;

use budget_model::{Label, TableKind};

use super::super::preface::{self, RowKind, Title};
use super::super::sheet::Sheet;
use super::columns::Columns;
use super::head;
use crate::lexicon::Lexicon;
use crate::text::squeeze;

/// A form, or what of it is on a page.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) rows: Range<usize>,
    pub(super) title: Option<usize>,
    /// `None` where the indicators are on the next page.
    pub(super) columns: Option<Columns>,
    /// It began on the page before.
    pub(super) continues: bool,
    /// A header right below the indicators of another, without fields of its own.
    pub(super) is_below: bool,
}

/// What is found in a row.
enum Mark {
    Title,
    /// The title of a table of another kind.
    OtherTitle,
    Header(Columns),
}

/// The forms of a page. `before` is what is known of the columns of the form that the page before ended in.
/// `is_titled` says that the title of one stands above the grid.
pub(super) fn forms(sheet: &Sheet<'_>, before: Option<Option<&Columns>>, is_titled: bool) -> Vec<Form> {
    let count = sheet.rows.len();
    let marks = marks(sheet);
    if is_titled && marks.is_empty() && head::begins(sheet) {
        // The indicators are on the next page.
        let is_head = head::captions(sheet, 0..count) >= FEWEST_CAPTIONS;
        let form = Form { rows: 0..count, title: None, columns: None, continues: false, is_below: false };
        return is_head.then_some(form).into_iter().collect();
    }
    let mut forms: Vec<Form> = Vec::new();
    // A title without a header yet; and where the page is free.
    let mut title: Option<usize> = None;
    let mut free = 0;
    let mut may_go_on = before.is_some();
    for (row, mark) in marks {
        let begin = match &mark {
            Mark::Header(_) => title.or_else(|| begin(sheet, free, row)),
            Mark::Title | Mark::OtherTitle => Some(row),
        };
        let continues = begin.is_none() && may_go_on;
        let start = begin.unwrap_or(if may_go_on { free } else { row });
        if let Some(title) = title.filter(|_| !matches!(mark, Mark::Header(_))) {
            forms.extend(head_only(sheet, title..row));
        } else if may_go_on && start > free {
            forms.extend(before.flatten().and_then(|columns| without_header(sheet, columns, free..start)));
        } else if let Some(last) = forms.last_mut().filter(|last| last.rows.end == count) {
            last.rows.end = start;
        }
        may_go_on = false;
        match mark {
            Mark::Title => (title, free) = (Some(row), row),
            Mark::OtherTitle => (title, free) = (None, row + 1),
            Mark::Header(columns) => {
                free = columns.rows.end;
                let is_below = begin.is_none() && !continues && forms.last().is_some_and(|last| last.rows.end == start);
                forms.push(Form {
                    rows: start..count,
                    title: title.take(),
                    columns: Some(columns),
                    continues,
                    is_below,
                });
            }
        }
    }
    if let Some(title) = title {
        forms.extend(head_only(sheet, title..count));
    } else if may_go_on && count > 0 {
        forms.extend(before.flatten().and_then(|columns| without_header(sheet, columns, 0..count)));
    }
    forms
}

fn marks(sheet: &Sheet<'_>) -> Vec<(usize, Mark)> {
    let mut marks = Vec::new();
    let mut row = 0;
    while row < sheet.rows.len() {
        if let Some(columns) = Columns::read(sheet, row) {
            let end = columns.rows.end;
            marks.push((row, Mark::Header(columns)));
            row = end;
            continue;
        }
        match kind(sheet, row) {
            Some(true) => marks.push((row, Mark::Title)),
            Some(false) => marks.push((row, Mark::OtherTitle)),
            None => {}
        }
        row += 1;
    }
    marks
}

/// Whether a row is the title of such a form, or of another table.
fn kind(sheet: &Sheet<'_>, row: usize) -> Option<bool> {
    if title(sheet, row).is_some() {
        return Some(true);
    }
    let RowKind::Title(Title { label, .. }) = preface::row(sheet, row, false) else { return None };
    let of = Lexicon::title(&label.text)?;
    (!matches!(of.kind, TableKind::Other | TableKind::ProjectGoals)).then_some(false)
}

/// The title of a form, which stands alone or beside captions.
pub(super) fn title(sheet: &Sheet<'_>, row: usize) -> Option<Label> {
    let is_title = |text: &str| Lexicon::title(text).is_some_and(|title| title.performance.is_some());
    if let RowKind::Title(title) = preface::row(sheet, row, false) {
        return Some(title.label).filter(|label| is_title(&label.text));
    }
    // The name of a long project is in it.
    const LONGEST: usize = 120;
    let [field] = sheet.row(row) else { return None };
    let text = squeeze(&field.text());
    (text.chars().count() <= LONGEST && is_title(&text)).then(|| field.label())
}

/// Where the fields of a form without a title begin, between a row and its header.
fn begin(sheet: &Sheet<'_>, free: usize, header: usize) -> Option<usize> {
    let is_caption = |row: &usize| matches!(preface::row(sheet, *row, false), RowKind::Caption(_));
    let first = (free..header).find(|row| head::names(sheet, *row));
    let above = (free..first.unwrap_or(header)).rev().take_while(is_caption).last();
    above.or(first)
}

/// A head has so many captions of fields.
const FEWEST_CAPTIONS: usize = 2;

/// A title with fields and no indicators, which are on the next page.
fn head_only(sheet: &Sheet<'_>, rows: Range<usize>) -> Option<Form> {
    let is_head = head::captions(sheet, rows.start + 1..rows.end) >= FEWEST_CAPTIONS;
    is_head.then_some(Form { title: Some(rows.start), rows, columns: None, continues: false, is_below: false })
}

/// Rows of a page that go on below the header of the page before.
fn without_header(sheet: &Sheet<'_>, columns: &Columns, rows: Range<usize>) -> Option<Form> {
    let columns = columns.on_page(sheet, rows.clone())?;
    Some(Form { rows, title: None, columns: Some(columns), continues: true, is_below: false })
}
