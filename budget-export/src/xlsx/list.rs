//! Records as a plain sheet: a header and one row each.

use budget_model::Language;
use rust_xlsxwriter::XlsxError;

use super::page::Page;
use super::words;
use crate::document::Entry;
use crate::form::Area;
use crate::records::{Documents, Field, Resource};
use crate::schema::{FieldKind, Value};

/// Writes a sheet of records, without keys (in a workbook the row is enough) and without columns that are blank throughout.
pub(super) fn write<R: Resource>(
    page: &mut Page<'_>,
    document: Entry<'_>,
    language: Language,
) -> Result<(), XlsxError> {
    let blank = |field: &Field<R>| R::rows(document).all(|record| (field.get)(&record).is_null());
    let shown = |field: &&Field<R>| !matches!(field.kind, FieldKind::Key) && !blank(field);
    let fields: Vec<&Field<R>> = R::FIELDS.iter().filter(shown).collect();
    for (column, field) in (0..).zip(&fields) {
        page.text(Area::cell(0, column), field.title, &page.styles.header)?;
        page.fit(column, field.title, 0, 8, 14);
    }
    page.header_ends(1, 0)?;
    let mut last = 0;
    for (row, record) in (1..).zip(R::rows(document)) {
        for (column, field) in (0..).zip(&fields) {
            put(page, Area::cell(row, column), field, &record, language)?;
        }
        last = row;
    }
    let right = u16::try_from(fields.len()).unwrap_or(u16::MAX).saturating_sub(1);
    page.sheet.autofilter(0, 0, last, right)?;
    page.narrow();
    page.digits_are_text(Area { top: 1, left: 0, bottom: last.max(1), right })
}

fn put<R: Resource>(
    page: &mut Page<'_>,
    at: Area,
    field: &Field<R>,
    record: &R::Row<'_>,
    language: Language,
) -> Result<(), XlsxError> {
    match (field.get)(record) {
        Value::Null => page.text(at, "", &page.styles.name),
        Value::Number(number) => page.number(at.top, at.left, &number.to_string(), true, true),
        Value::Integer(number) => page.number(at.top, at.left, &number.to_string(), false, true),
        Value::Flag(flag) => text(page, at, words::flag(flag, language)),
        Value::Text(word) if language == Language::Chinese && matches!(field.kind, FieldKind::Word(_)) => {
            text(page, at, words::label(field.name, &word))
        }
        Value::Text(value) => text(page, at, &value),
    }
}

fn text(page: &mut Page<'_>, at: Area, value: &str) -> Result<(), XlsxError> {
    page.text(at, value, &page.styles.name)?;
    page.fit(at.left, value, 0, 8, 48);
    Ok(())
}

/// Writes the sheet that names the document and explains the marks.
pub(super) fn about(page: &mut Page<'_>, document: Entry<'_>, language: Language) -> Result<(), XlsxError> {
    let mut row = 0;
    for record in Documents::rows(document) {
        for field in Documents::FIELDS {
            page.text(Area::cell(row, 0), field.title, &page.styles.name)?;
            put(page, Area::cell(row, 1), field, &record, language)?;
            row += 1;
        }
    }
    row += 1;
    page.text(Area::cell(row, 0), "底色 / shaded", &page.styles.ambiguous)?;
    let meaning = "存疑的数字，批注说明何处存疑，归栏不确定的列出全部可能的栏目 / in doubt: the note says of what, and lists all possible columns";
    page.text(Area::cell(row, 1), meaning, &page.styles.name)?;
    page.widen(0, 18);
    page.widen(1, 60);
    Ok(())
}
