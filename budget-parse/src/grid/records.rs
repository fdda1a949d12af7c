//! Sheets of records: what the workbook export of this project adds to the tables of the form.
//!
//! Its list of texts (文字) holds the prose, passage by passage, and is read as the lines it was made of. The other lists
//! (正文数字, 项目 …) restate what the prose says; they are made again from it.

use super::sheet::Sheet;
use crate::text::squeeze;

/// What a sheet of records holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Records {
    /// The prose.
    Texts,
    /// What is said elsewhere in the workbook.
    Restated,
}

/// The first titles of each list, and what it holds.
const LISTS: &[(&[&str], Records)] = &[
    (&["类别", "所属", "文字"], Records::Texts),
    (&["章节", "事项", "量度", "数值"], Records::Restated),
    (&["序号", "项目名称", "设立的政策依据"], Records::Restated),
    (&["文档"], Records::Restated),
];

/// Whether a sheet is a list of records, by its first row.
pub(super) fn kind(sheet: &Sheet<'_>) -> Option<Records> {
    let titles: Vec<&str> = sheet.rows.first()?.iter().map(|field| field.folded.as_str()).collect();
    LISTS.iter().find(|(list, _)| titles.starts_with(list)).map(|(_, records)| *records)
}

/// A row of the list of texts as a line: headings get the number that their path gives them, `3.五.(二)` → `（二）`. `None`
/// for passages that are a part of others or of tables.
pub(super) fn line(sheet: &Sheet<'_>, row: usize) -> Option<String> {
    let text = |column| sheet.at(row, column).map(|field| field.text());
    let passage = text(2)?;
    match squeeze(&text(0)?).as_str() {
        "paragraph" | "unread" => Some(passage),
        "heading" => {
            let path = text(1).unwrap_or_default();
            let number = path.rsplit('.').next().unwrap_or_default();
            Some(match number.parse::<usize>() {
                Ok(0) => passage,
                Ok(part) => format!("第{}部分 {passage}", ["一", "二", "三", "四", "五", "六"].get(part - 1)?),
                Err(_) if number.starts_with('(') => format!("（{}）{passage}", number.trim_matches(['(', ')'])),
                Err(_) => format!("{number}、{passage}"),
            })
        }
        _ => None,
    }
}
