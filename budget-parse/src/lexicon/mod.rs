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

pub(crate) mod around;
mod cell;
mod classes;
mod column;
pub(crate) mod column_numbers;
mod cut;
pub(crate) mod divisions;
mod files;
pub(crate) mod heading;
mod leaf;
mod meaning;
mod normal;
mod note;
mod row;
mod stated;
pub(crate) mod table_number;
#[cfg(test)]
mod tests;
mod title;
pub(crate) mod units;

pub(crate) use column::{CodeOf, ColumnMeaning, NameOf};
pub(crate) use leaf::Leaf;
pub(crate) use row::RowMeaning;
pub(crate) use stated::Stated;
pub(crate) use title::{Performance, Title};

use std::sync::LazyLock;

use budget_classification::{Class, Dictionary, Name};
use budget_model::{Code, Dimensions, Side, TableKind};

use crate::text::{begins, fold};

/// The words of forms. All functions take text as it is printed, with or without white space.
pub(crate) struct Lexicon;

static FILES: LazyLock<files::Files> = LazyLock::new(files::Files::load);

impl Lexicon {
    /// What a title says of its table; `None` for a text that does not read like the title of one.
    pub(crate) fn title(text: &str) -> Option<Title> {
        title::read(&FILES, text).filter(|_| title::ends_like_a_table(&FILES, text))
    }

    /// As [`title`](Self::title), of a line right above a grid, where a title need not say that it is one of a table:
    /// 收支预算总体情况, which is a heading of prose elsewhere.
    pub(crate) fn title_above_grid(text: &str) -> Option<Title> {
        title::above(&FILES, text)
    }

    /// Whether a folded line of a text is the title of a table, of whatever form: 2026年政府采购预算明细表.
    pub(crate) fn is_title(folded: &str) -> bool {
        title::is_title(&FILES, folded)
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
    pub(crate) fn class_names(code: Code) -> &'static [Name] {
        Dictionary::official().class(code).map_or(&[], Class::names)
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

    /// Whether a label is that of a total: 合计, 支出总计, 总 计; or 小计, that of a group.
    pub(crate) fn is_total(text: &str) -> bool {
        FILES.may_be_total(text) && cell::is_total(&FILES, text, true)
    }

    /// Whether a label is that of the total of a table or of one of its sides.
    pub(crate) fn is_total_of_table(text: &str) -> bool {
        FILES.may_be_total(text) && cell::is_total(&FILES, text, false)
    }

    /// Whether a line begins with the label of the total of a table, whatever white space is inside of it.
    pub(crate) fn begins_with_total(line: &str) -> bool {
        FILES.totals().any(|total| begins(line, total))
    }

    /// 收入总计, which is the total where 本年收入合计 stands above it.
    pub(crate) fn is_grand_total(label: &str) -> bool {
        let grand = &FILES.columns.grand_total;
        !grand.is_empty() && fold(label).contains(grand.as_str())
    }

    /// Whether a label is that of a sum of what stands above it: 本年收入合计, 小计.
    pub(crate) fn ends_like_a_sum(label: &str) -> bool {
        let folded = fold(label);
        FILES.columns.sum_ends.iter().any(|end| folded.ends_with(end.as_str()))
    }

    /// Which of the kinds that government procurement consists of a label names, and nothing beside it: `A-货物` the first.
    pub(crate) fn procurement_kind(label: &str) -> Option<usize> {
        let folded = fold(label);
        let name = folded.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-').trim_end_matches('类');
        FILES.columns.procurement_kinds.iter().position(|kind| kind == name)
    }

    /// Whether the label of a sum stands in a text, as in no name: 商品和服务支出合计.
    pub(crate) fn has_sum(folded: &str) -> bool {
        FILES.columns.sum_ends.iter().any(|end| folded.contains(end.as_str()))
    }

    /// Whether the label of the total of a table stands in a text.
    pub(crate) fn has_total(folded: &str) -> bool {
        FILES.totals().any(|total| folded.contains(total))
    }

    /// Words above the parts of a code: 类款项.
    pub(crate) fn code_columns() -> &'static [String] {
        &FILES.columns.code_columns
    }

    /// Whether a header with these words ends here, in a table of two sides.
    pub(crate) fn ends_header_of_sides(folded: &str) -> bool {
        FILES.columns.last_of_sides.iter().any(|words| folded.contains(words.as_str()))
    }

    /// Whether a word of a header heads amounts and says nothing else of them: 金额, 预算数, 合计.
    pub(crate) fn is_bare_amount(word: &str) -> bool {
        let meaning = column::read(&FILES, &[word], &Title::unknown(TableKind::Other), None);
        matches!(meaning, ColumnMeaning::Figure { dimensions, .. } if dimensions == Dimensions::default())
    }

    /// Whether a word or label says that it is a part of what stands beside it: 其中：中央补助.
    pub(crate) fn is_of_which(text: &str) -> bool {
        FILES.is_of_which(text)
    }

    /// Whether a text is a note of a table or a sentence: 注：…, 此表无数据, 本表为空表。
    pub(crate) fn is_note(text: &str) -> bool {
        note::is_note(&fold(text))
    }

    /// Whether a text begins like a note: 注：, 说明：.
    pub(crate) fn begins_note(text: &str) -> bool {
        around::NOTE_STARTS.strip_from(&fold(text)).is_some()
    }

    /// Whether a sentence says that its table is empty on purpose.
    pub(crate) fn declares_empty(sentence: &str) -> bool {
        note::declares_empty(&fold(sentence))
    }

    /// Whether a text stands above a table and says who, what unit or which number: 编制部门：…, 单位：万元, 预算01表.
    pub(crate) fn is_caption(text: &str) -> bool {
        let folded = fold(text);
        let begins = |words: &crate::words::Words<&'static str>| words.strip_from(&folded).is_some();
        units::caption_line(text).is_some()
            || folded.contains(':')
                && (begins(&around::COMPILERS) || begins(&around::UNIT_WORDS) || begins(&around::CAPTIONS))
            || table_number::is_number(&folded)
            || table_number::is_annex(&folded)
    }

    /// Whether a folded text is a title, perhaps behind the number of its table, an entity, a year, 部门 or 单位.
    pub(crate) fn is_title_of(text: &str, title: &str) -> bool {
        text.strip_suffix(title).is_some_and(|front| title::stands_in_front(&FILES, front))
    }

    /// Whether a folded text is the title of a table of performance targets.
    pub(crate) fn is_title_of_targets(folded: &str) -> bool {
        title::is_of_targets(&FILES, folded)
    }

    /// Whether a folded text is a title or heading of the document that says its year, by what stands behind the year.
    pub(crate) fn is_of_year(folded: &str, behind: &str) -> bool {
        title::is_of_year(folded, behind)
    }

    /// A folded title without what says that its table goes on from another page, and whether it says so.
    pub(crate) fn without_continuation(folded: &str) -> (&str, bool) {
        title::without_continuation(folded)
    }

    /// What the lowest word of a column says of its contents.
    pub(crate) fn leaf(folded: &str) -> Leaf<'_> {
        Leaf { files: &FILES, word: folded }
    }

    /// The side of a table that a word of a header names.
    pub(crate) fn side(folded: &str) -> Option<Side> {
        leaf::side(&FILES, folded)
    }

    /// Whether a word in front of a colon says whose the table or document is: 编制部门, 部门名称.
    pub(crate) fn is_name_caption(word: &str) -> bool {
        around::COMPILERS.contains(word)
    }

    /// Whether a text ends as the name of an entity does: 局, 文化馆.
    pub(crate) fn ends_as_entity(text: &str) -> bool {
        FILES.ends_as_entity(text)
    }

    /// Words of a form that stand around the name of an entity: 部门, 年度, 本级.
    pub(crate) fn front_words() -> impl Iterator<Item = &'static str> {
        FILES.front_words.iter().map(String::as_str)
    }
}
