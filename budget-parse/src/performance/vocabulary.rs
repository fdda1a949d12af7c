//! The words that performance tables use, from the lexicon: `budget-parse/lexicon/performance.toml`. Compared as folded text.

use std::sync::LazyLock;

use budget_model::{IndicatorNature, Operator, Phase};
use serde::Deserialize;

use crate::words::lists_of;

/// A level of the indicator tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Level {
    First,
    Second,
    /// Printed on both levels (`满意度指标`); the neighbours tell.
    Either,
}

/// A column of the indicators; the first of them in the order of print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Column {
    Name,
    Value,
    Basis,
    LastYear,
    Weight,
    Scoring,
    Evidence,
    /// 一级指标
    Level1,
    /// 二级指标
    Level2,
    /// 绩效指标, beside the block of indicators or above their names
    Side,
    /// 指标性质: ≤, ≥, ＝ or 定性
    Sign,
    /// 计量单位
    Unit,
    /// 实际完成值
    Achieved,
    /// 得分
    Score,
    /// 偏差原因分析及改进措施
    Deviation,
    /// 备注
    Remark,
    /// 是否核心
    Core,
    /// 活动, 任务名称
    Activity,
    /// 序号
    Counter,
}

/// A field of the head of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Field {
    Unit,
    Name,
    Responsible,
    Telephone,
    Department,
    Total,
    Fiscal,
    Other,
    FromAbove,
    OwnLevel,
    /// 实施期资金总额: of more than the year
    PeriodTotal,
    /// Money that is kept under its printed words.
    Fund,
    Goal,
    /// 实际完成情况
    Achievement,
    /// A caption without a value of its own.
    Caption,
    /// A field that is kept under its caption.
    Detail,
    /// 主要内容 of the money in its row
    Content,
    /// 完成情况 of the money in its row
    Outcome,
}

/// The file, as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    levels: Vec<(String, Level)>,
    level_suffix: String,
    costs: String,
    parents: Vec<(String, String)>,
    topics: Vec<(String, Vec<String>)>,
    header: Vec<(String, Column)>,
    signs: Vec<(String, Operator)>,
    natures: Vec<(String, IndicatorNature)>,
    yes: Vec<String>,
    no: Vec<String>,
    shared_fields: Vec<(String, Field)>,
    project_fields: Vec<(String, Field)>,
    overall_fields: Vec<(String, Field)>,
    grid_fields: Vec<(String, Field)>,
    phases: Vec<(String, Phase)>,
    rates: Vec<String>,
    scores: Vec<String>,
    scoring: Vec<String>,
    scoring_ends: Vec<String>,
    evidence: Vec<String>,
    evidence_ends: Vec<String>,
    bases: Vec<String>,
    basis_ends: Vec<String>,
    last_year: Vec<String>,
    qualities: Vec<String>,
    effects: Vec<String>,
    units: Vec<String>,
}

/// A file that does not parse has no words here, and fails the test `the_file_parses`.
static FILE: LazyLock<File> = LazyLock::new(|| parsed().unwrap_or_default());

fn parsed() -> Result<File, toml::de::Error> {
    toml::from_str(include_str!("../../lexicon/performance.toml"))
}

lists_of! {
    words:
    /// 是
    pub(crate) YES = yes;
    /// 否
    pub(crate) NO = no;
    /// 执行率
    pub(crate) RATES = rates;
    /// The row of the sum of weights and scores: 总分.
    pub(crate) SCORES = scores;
    /// 指标赋分规则
    pub(crate) SCORING = scoring;
    /// How any other scoring rule ends.
    pub(crate) SCORING_ENDS = scoring_ends;
    /// 佐证资料
    pub(crate) EVIDENCE = evidence;
    /// How any other evidence ends.
    pub(crate) EVIDENCE_ENDS = evidence_ends;
    /// 指标值设定依据
    pub(crate) BASES = bases;
    /// How any other basis ends.
    pub(crate) BASIS_ENDS = basis_ends;
    /// Values of last year that are words.
    pub(crate) LAST_YEAR = last_year;
    /// How a value in words begins.
    pub(crate) QUALITIES = qualities;
    /// Words that are a value, but begin an indicator's name as often.
    pub(crate) EFFECTS = effects;
    /// Units that a number may stand with, to tell a unit from the next cell.
    pub(crate) UNITS = units;
}

lists_of! {
    tables:
    /// Labels of the first and second level. Every one may also be printed with [`level_suffix`] behind it.
    pub(crate) LEVELS: Level = levels;
    /// Labels of the header, and the column that each announces.
    pub(crate) HEADER: Column = header;
    /// What a cell of signs says.
    pub(crate) SIGNS: Operator = signs;
    /// 定性, 定量
    pub(crate) NATURES: IndicatorNature = natures;
    /// Fields that both kinds of table have.
    pub(crate) SHARED_FIELDS: Field = shared_fields;
    /// Fields of a project table.
    pub(crate) PROJECT_FIELDS: Field = project_fields;
    /// Fields of a table for a whole department or unit.
    pub(crate) OVERALL_FIELDS: Field = overall_fields;
    /// Fields and heads of columns in grids, where cells say what belongs together; they go before the others.
    pub(crate) GRID_FIELDS: Field = grid_fields;
    /// Heads of columns of money.
    pub(crate) PHASES: Phase = phases;
}

/// What may follow a label of a level: 指标.
pub(crate) fn level_suffix() -> &'static str {
    &FILE.level_suffix
}

/// 成本, which is a first level where costs are divided and a second level where they are not.
pub(super) fn costs() -> &'static str {
    &FILE.costs
}

/// The first level that a second level belongs to in a project table.
pub(super) fn parent(second: &str) -> Option<&'static str> {
    FILE.parents.iter().find(|(word, _)| word == second).map(|(_, parent)| parent.as_str())
}

/// Words of an indicator's name and value that speak for a second level, the strongest first.
pub(super) fn topics() -> impl Iterator<Item = (&'static str, &'static [String])> {
    FILE.topics.iter().map(|(topic, words)| (topic.as_str(), words.as_slice()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses() {
        assert_eq!(parsed().err().map(|error| error.to_string()), None);
    }

    #[test]
    fn no_word_of_a_list_with_values_is_there_twice() {
        let file = parsed().unwrap();
        let lists: [Vec<&str>; 4] = [
            file.header.iter().map(|(word, _)| word.as_str()).collect(),
            file.grid_fields.iter().map(|(word, _)| word.as_str()).collect(),
            file.levels.iter().map(|(word, _)| word.as_str()).collect(),
            file.signs.iter().map(|(word, _)| word.as_str()).collect(),
        ];
        for list in lists {
            for (at, word) in list.iter().enumerate() {
                assert!(!list.get(..at).unwrap().contains(word), "{word}");
            }
        }
    }
}
