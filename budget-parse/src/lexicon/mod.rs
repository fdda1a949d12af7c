//! The lexicon: which words forms are written with, and what a title, a header path or a row label made of them means.
//!
//! Everything that recognises a word of a form asks here. The words are data, `budget-parse/lexicon/*.toml`, written for
//! finance officers; this module cuts a printed text into them and composes what they fix:
//!
//! ```text
//! 财政拨款 / 小计                 → source appropriation; the total of the group above
//! 上年结转结余 / 一般公共预算资金  → source general public budget, carried over
//! 2025年执行数                   → last year, executed (where the table is of 2026)
//! ```
//!
//! No word fixes what a table as a whole is about: `支出总表` has functions and natures in one region, units and sources in
//! another. A cell with a word that is not in the lexicon is not understood, and says which word that is.
#![allow(dead_code, unused_imports, reason = "the table reader that asks is being written")]

mod cell;
mod classes;
mod column;
mod cut;
mod files;
mod meaning;
mod normal;
mod row;
mod stated;
#[cfg(test)]
mod tests;
mod title;

pub(crate) use column::{CodeOf, ColumnMeaning, NameOf};
use files::Notes;
pub(crate) use row::RowMeaning;
pub(crate) use stated::Stated;
pub(crate) use title::{Performance, Title};

use std::sync::LazyLock;

use budget_model::{Code, Side};

/// The words of forms. All functions take text as it is printed, with or without white space.
pub(crate) struct Lexicon;

static FILES: LazyLock<files::Files> = LazyLock::new(files::Files::load);

impl Lexicon {
    /// What a title says of its table; `None` for a text that does not read like the title of one.
    pub(crate) fn title(text: &str) -> Option<Title> {
        title::read(&FILES, text).filter(|_| title::ends_like_a_table(text))
    }

    /// As [`title`](Self::title), of a line right above a grid, where a title need not say that it is one of a table:
    /// 收支预算总体情况, which is a heading of prose elsewhere.
    pub(crate) fn title_above_grid(text: &str) -> Option<Title> {
        title::read(&FILES, text)
    }

    /// Whether all words of a header cell are known.
    pub(crate) fn is_header_word(text: &str) -> bool {
        cell::is_known(&FILES, text)
    }

    /// What the header path of a column means, from the outermost cell to the lowest one; `side` in tables with two sides.
    pub(crate) fn column(path: &[&str], title: &Title, side: Option<Side>) -> ColumnMeaning {
        column::read(&FILES, path, title, side)
    }

    /// What all header paths of one side of a table mean: as [`column`](Self::column), and better where one tells another.
    pub(crate) fn columns(paths: &[Vec<&str>], title: &Title, side: Option<Side>) -> Vec<ColumnMeaning> {
        column::read_all(&FILES, paths, title, side)
    }

    /// The names of a code of any classification, the one in use first.
    pub(crate) fn class_names(code: Code) -> &'static [String] {
        FILES.classes.names(code)
    }

    /// The codes of a classification that have a name, in their order; 行政运行 has many.
    pub(crate) fn class_codes(name: &str, of: NameOf) -> Vec<Code> {
        FILES.classes.codes(name, of)
    }

    /// The official names of the classes of functions (类), folded; a renamed class is there several times.
    pub(crate) fn functions() -> &'static [(u32, String)] {
        FILES.classes.functions()
    }

    /// The official names of the economic groups (款) of 301 to 303, which every unit has, folded.
    pub(crate) fn economic_groups() -> &'static [(u32, String)] {
        FILES.classes.groups()
    }

    /// Words that stand around the rows of tables.
    pub(crate) fn notes() -> &'static Notes {
        &FILES.notes
    }

    /// What the label of a row means below the labels that contain it (outermost first); `names` is what the column of
    /// labels names. `None` if its words are not known.
    pub(crate) fn row(
        label: &str,
        above: &[&str],
        title: &Title,
        side: Option<Side>,
        names: NameOf,
    ) -> Option<RowMeaning> {
        row::read(&FILES, label, above, title, side, names)
    }

    /// What a name in a sentence fixes of its figure in a document of a year; `None` if it is not understood.
    pub(crate) fn stated(name: &str, year: Option<u16>) -> Option<Stated> {
        stated::read(&FILES, name, year)
    }

    /// Whether a label is that of a total: 合计, 支出总计, 总 计.
    pub(crate) fn is_total(text: &str) -> bool {
        cell::is_total(&FILES, text)
    }

    /// Whether a text is a note of a table: 注：…, 此表无数据.
    pub(crate) fn is_note(text: &str) -> bool {
        FILES.is_note(&normal::spelled(text))
    }

    /// Whether a text stands above a table and says who, what unit or which number: 编制部门：…, 单位：万元, 预算01表.
    pub(crate) fn is_caption(text: &str) -> bool {
        FILES.is_caption(text)
    }
}
