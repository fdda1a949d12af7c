//! Words around tables, from `budget-parse/lexicon/around.toml`. Compared as folded text.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::words::lists_of;

/// The file, as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    note_starts: Vec<String>,
    empty_words: Vec<String>,
    empty_sentences: Vec<String>,
    compilers: Vec<String>,
    either: String,
    unit_words: Vec<String>,
    captions: Vec<String>,
    seals: Vec<String>,
    money: Vec<String>,
    currencies: Vec<String>,
    behind_money: Vec<String>,
    not_exact: Vec<String>,
    own_units: Vec<String>,
    foreign: Vec<String>,
    number_fronts: Vec<String>,
    annexes: Vec<String>,
    continued: Vec<String>,
    target_fronts: Vec<String>,
    target_title: String,
    performance: Vec<String>,
    overall: String,
    contents: Vec<String>,
    contents_heads: Vec<String>,
    explanation_starts: Vec<String>,
    explanation_ends: Vec<String>,
    remarks: Vec<String>,
    budgets: Vec<String>,
    accounts: Vec<String>,
    of_whom: Vec<String>,
    documents: Vec<String>,
    of_a_unit: Vec<String>,
    column_marks: Vec<String>,
    column_numbers: Vec<String>,
    column_number_fronts: Vec<String>,
    column_number_ends: Vec<String>,
    page_numbers: Vec<String>,
    pages_first: Vec<String>,
    no_name: Vec<String>,
    around: Vec<String>,
    of_tables: Vec<String>,
}

/// A file that does not parse has no words here, and fails the test `the_file_parses`.
static FILE: LazyLock<File> = LazyLock::new(|| parsed().unwrap_or_default());

fn parsed() -> Result<File, toml::de::Error> {
    toml::from_str(include_str!("../../lexicon/around.toml"))
}

lists_of! {
    words:
    /// How notes begin.
    pub(super) NOTE_STARTS = note_starts;
    /// Words with which a table says that it is empty on purpose.
    pub(super) EMPTY_WORDS = empty_words;
    /// Words that say so in a sentence.
    pub(super) EMPTY_SENTENCES = empty_sentences;
    /// Words in front of who compiled a table: 编制部门：…
    pub(crate) COMPILERS = compilers;
    /// Words in front of a unit: 金额单位：…
    pub(crate) UNIT_WORDS = unit_words;
    /// Other captions.
    pub(super) CAPTIONS = captions;
    /// What stands in brackets behind a caption: （盖章）.
    pub(crate) SEALS = seals;
    /// Names of units of money.
    pub(super) MONEY = money;
    /// What stands in front of one: 人民币.
    pub(crate) CURRENCIES = currencies;
    /// What goes on behind one: 元至角分.
    pub(super) BEHIND_MONEY = behind_money;
    /// Words around a figure that is not exactly what is printed.
    pub(crate) NOT_EXACT = not_exact;
    /// What stands behind the name of a unit that is one of several.
    pub(crate) OWN_UNITS = own_units;
    /// Units that the model has no name for.
    pub(super) FOREIGN = foreign;
    /// What stands in front of the number of a table.
    pub(super) NUMBER_FRONTS = number_fronts;
    /// What stands in front of the number of an annex.
    pub(super) ANNEXES = annexes;
    /// 续表
    pub(super) CONTINUED = continued;
    /// What stands in front of [`target_title`].
    pub(super) TARGET_FRONTS = target_fronts;
    /// Words that titles of performance tables have.
    pub(super) PERFORMANCE = performance;
    /// 目录
    pub(crate) CONTENTS = contents;
    /// The words above a list of tables.
    pub(crate) CONTENTS_HEADS = contents_heads;
    /// How the heading of an explanation begins: 关于.
    pub(super) EXPLANATION_STARTS = explanation_starts;
    /// How it ends: 说明.
    pub(super) EXPLANATION_ENDS = explanation_ends;
    /// Both words of 其他需说明的事项.
    pub(super) REMARKS = remarks;
    /// 预算
    pub(crate) BUDGETS = budgets;
    /// 决算
    pub(crate) ACCOUNTS = accounts;
    /// 部门, 单位
    pub(crate) OF_WHOM = of_whom;
    /// What 预算 or 决算 is followed by at the end of a title.
    pub(crate) DOCUMENTS = documents;
    /// Words of titles of a unit.
    pub(crate) OF_A_UNIT = of_a_unit;
    /// What fills the columns that have no number.
    pub(super) COLUMN_MARKS = column_marks;
    /// What only a row of column numbers is called.
    pub(super) COLUMN_NUMBERS = column_numbers;
    /// What stands in front of the number of a column.
    pub(super) COLUMN_NUMBER_FRONTS = column_number_fronts;
    /// What stands behind it.
    pub(super) COLUMN_NUMBER_ENDS = column_number_ends;
    /// The words of page numbers.
    pub(crate) PAGE_NUMBERS = page_numbers;
    /// Those in which the number of all pages stands first.
    pub(crate) PAGES_FIRST = pages_first;
    /// Words that no name of a row has.
    pub(crate) NO_NAME = no_name;
    /// Words that stand above a table or in its header and in no name.
    pub(crate) AROUND = around;
    /// Words that a running head or foot does not have.
    pub(crate) OF_TABLES = of_tables;
}

/// 单位, which is followed by who compiled a table or by the unit.
pub(crate) fn either() -> &'static str {
    &FILE.either
}

/// 绩效目标表
pub(super) fn target_title() -> &'static str {
    &FILE.target_title
}

/// 整体, in titles of performance tables.
pub(crate) fn overall() -> &'static str {
    &FILE.overall
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses() {
        assert_eq!(parsed().err().map(|error| error.to_string()), None);
    }

    #[test]
    fn no_word_hides_behind_a_shorter_one_before_it() {
        for list in [&FILE.compilers, &FILE.unit_words, &FILE.money, &FILE.number_fronts] {
            for (at, word) in list.iter().enumerate() {
                let hidden = list.iter().skip(at + 1).find(|later| later.starts_with(word.as_str()));
                assert_eq!(hidden, None, "{word}");
            }
        }
    }
}
