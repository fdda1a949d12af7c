//! What the lowest word of a column says of its contents, whatever else is printed above it and whether or not it is known.

use budget_model::Side;

use super::files::{ColumnWords, Files};

/// The lowest word of a column, folded.
#[derive(Clone, Copy)]
pub(crate) struct Leaf<'t> {
    pub(super) files: &'t Files,
    pub(super) word: &'t str,
}

impl Leaf<'_> {
    fn words(&self) -> &ColumnWords {
        &self.files.columns
    }

    /// 类, 款 or 项, by their order.
    pub(crate) fn part(self) -> Option<u8> {
        let at = self.words().code_parts.iter().position(|part| part == self.word)?;
        u8::try_from(at).ok()
    }

    /// 科目编码, 单位代码, 类, 款, 项
    pub(crate) fn is_code(self) -> bool {
        self.part().is_some() || ends(self.word, &self.words().code_ends)
    }

    /// 科目编码科目名称, two words that a page ran together above two columns
    pub(crate) fn may_be_code(self) -> bool {
        has(self.word, &self.words().code_words)
    }

    /// 单位编码, 部门代码, 项目编号: codes that are no classification.
    pub(crate) fn is_other_code(self) -> bool {
        let words = self.words();
        words.other_code_starts.iter().any(|start| self.word.starts_with(start.as_str()))
            && !has(self.word, &words.class_words)
    }

    /// 序号, 备注: columns whose numbers are no money and whose words name no row.
    pub(crate) fn is_counter(self) -> bool {
        ends(self.word, &self.words().counter_ends)
    }

    /// Whether it heads the names of a panel: 项目, 功能科目名称, 支出用途.
    pub(crate) fn heads_names(self) -> bool {
        let words = self.words();
        words.names.iter().any(|name| name == self.word)
            || ends(self.word, &words.name_ends)
            || has(self.word, &words.name_words)
    }

    /// 人数, 采购数量
    pub(crate) fn is_quantity(self) -> bool {
        has(self.word, &self.words().quantity_words)
    }

    /// 收入, 本年支出: names a side of a table and nothing else.
    pub(crate) fn is_side(self) -> bool {
        self.words().sides.iter().any(|side| side == self.word)
    }

    /// 项目名称; in a table of projects 项目 as well.
    pub(crate) fn heads_projects(self, is_of_projects: bool) -> bool {
        let words = self.words();
        words.projects.iter().any(|word| word == self.word)
            || is_of_projects && words.names.iter().any(|word| word == self.word)
    }

    /// 类型, 项目类别: kinds of projects, beside 项目名称.
    pub(crate) fn heads_kinds_of_projects(self) -> bool {
        self.words().kinds_of_projects.iter().any(|word| word == self.word)
    }
}

/// The side that a word names: revenue or expenditure, but not both.
pub(super) fn side(files: &Files, word: &str) -> Option<Side> {
    match (has(word, &files.columns.revenue_words), has(word, &files.columns.expenditure_words)) {
        (true, false) => Some(Side::Revenue),
        (false, true) => Some(Side::Expenditure),
        _ => None,
    }
}

fn ends(word: &str, ends: &[String]) -> bool {
    ends.iter().any(|end| word.ends_with(end.as_str()))
}

fn has(word: &str, words: &[String]) -> bool {
    words.iter().any(|other| word.contains(other.as_str()))
}
