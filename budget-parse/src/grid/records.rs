//! Sheets of records: what the workbook export of this project adds to the tables of the form.
//!
//! Its list of texts (文字) holds the prose, passage by passage, and is read as the lines it was made of. The lists of
//! performance targets (绩效目标, 绩效指标) are read as what they are. The other lists (正文数字, 项目 …) restate what the
//! prose says; they are made again from it. Words of lists are those of CSV or their Chinese labels.

use super::heading;
use super::sheet::Sheet;
use crate::text::squeeze;

/// What a sheet of records holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Records {
    /// The prose.
    Texts,
    /// Performance tables without their indicators.
    Targets,
    /// Indicators of the performance tables.
    Indicators,
    /// Money of the performance tables, as they divide it.
    Funds,
    /// What is said elsewhere in the workbook.
    Restated,
}

/// The first titles of each list, and what it holds.
const LISTS: &[(&[&str], Records)] = &[
    (&["类别", "所属", "文字"], Records::Texts),
    (&["章节", "事项", "量度", "数值"], Records::Restated),
    (&["表序", "类别"], Records::Targets),
    (&["表序", "序号"], Records::Indicators),
    (&["表序", "资金序号"], Records::Funds),
    (&["序号", "项目名称", "设立的政策依据"], Records::Restated),
    (&["代码", "程度", "说明"], Records::Restated),
    (&["程度", "规则", "问题"], Records::Restated),
    (&["文档"], Records::Restated),
];

/// Whether a sheet is a list of records, by its first row.
pub(super) fn kind(sheet: &Sheet<'_>) -> Option<Records> {
    let titles: Vec<&str> = sheet.rows.first()?.iter().map(|field| field.folded.as_str()).collect();
    LISTS.iter().find(|(list, _)| titles.starts_with(list)).map(|(_, records)| *records)
}

/// What a row of the list of texts stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Passage {
    /// A line of prose.
    Line(String),
    /// Text that was not understood when the list was made, and is not understood now.
    Unread,
    /// A part of another passage, or of a table.
    Restated,
}

/// Reads a row of the list of texts. Headings get the number that their path gives them, `3.五.(二)` → `（二）`.
pub(super) fn passage(sheet: &Sheet<'_>, row: usize) -> Passage {
    let text = |column| sheet.at(row, column).map(|field| field.text());
    let (Some(kind), Some(passage)) = (text(0), text(2)) else { return Passage::Restated };
    match squeeze(&kind).as_str() {
        "paragraph" | "段落" | "sign_off_name" | "落款单位" | "sign_off_date" | "落款日期" => {
            Passage::Line(passage)
        }
        "heading" | "标题" => Passage::Line(heading::of_path(&text(1).unwrap_or_default(), passage)),
        "unread" | "未读" => Passage::Unread,
        _ => Passage::Restated,
    }
}
