//! The words that these texts are made of, from the lexicon: `budget-parse/lexicon/prose.toml`.

use std::sync::LazyLock;

use budget_model::{Nature, Phase, Source, ThreePublicItem};
use serde::Deserialize;

use crate::words::{Words, lists_of};

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Topic {
    /// 主要职能
    Functions,
    /// 机构设置及人员情况
    Structure,
    /// 预算编制说明: all of the budget in one section
    Compilation,
    /// 收支预算情况的总体说明
    Overview,
    /// 收入预算情况说明
    Income,
    /// 支出预算情况说明
    Expenditure,
    /// 财政拨款收支预算情况的总体说明
    Appropriation,
    /// 财政拨款支出预算情况说明
    AppropriationUse,
    /// 一般公共预算当年拨款情况说明
    General,
    /// 一般公共预算当年拨款规模变化情况
    GeneralChange,
    /// 一般公共预算当年拨款结构情况
    GeneralShares,
    /// 一般公共预算当年拨款具体使用情况
    GeneralUse,
    /// 一般公共预算基本支出情况说明
    Basic,
    /// 一般公共预算项目支出情况说明
    Projects,
    /// 政府性基金预算拨款情况说明
    Fund,
    /// 国有资本经营预算拨款情况说明
    StateCapital,
    /// “三公”经费预算情况说明
    ThreePublic,
    /// 上年结转结余预算情况说明
    CarryOver,
    /// 其他重要事项的情况说明
    OtherMatters,
    /// 机关运行经费情况
    OperatingCosts,
    /// 政府采购情况
    Procurement,
    /// 国有资产占用使用情况
    Assets,
    /// 预算绩效情况
    Performance,
    /// 其他需说明的事项
    Remarks,
    /// 名词解释
    Glossary,
    /// Anything else.
    Other,
}

/// A field of a project that has a place of its own in the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ProjectField {
    PolicyBasis,
    Amount,
    UnitInCharge,
    Allocation,
    Period,
    Further,
}

/// More or less than last year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Direction {
    Up,
    Down,
    /// 增减, 增加（减少）: the sign of the figure says.
    Either,
}

/// The class of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum UnitClass {
    Money,
    Percent,
    Area,
    Count,
}

/// The file, as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    topics: Vec<TopicEntry>,
    heading_ends: Vec<String>,
    continuations: Vec<String>,
    announcements: Vec<String>,
    not_a_label: Vec<String>,
    name_label: String,
    field_labels: Vec<(String, ProjectField)>,
    expected_fields: Vec<(String, ProjectField)>,
    directions: Vec<(String, Direction)>,
    of_change: Vec<String>,
    up_to: Vec<char>,
    unchanged: Vec<String>,
    nothing_planned: Vec<String>,
    other_bases: Vec<String>,
    last_year: Vec<String>,
    compared: Vec<char>,
    of_a_year: Vec<String>,
    carried_over: Vec<String>,
    counted: Vec<String>,
    of_money: Vec<String>,
    units: Vec<(String, UnitClass)>,
    not_a_unit: Vec<(String, String)>,
    per: Vec<String>,
    sources: Vec<(String, Source)>,
    whole: Vec<String>,
    sides: Vec<String>,
    speakers: Vec<String>,
    compiled: Vec<(String, Source)>,
    natures: Vec<(String, Nature)>,
    three_public: Vec<(String, ThreePublicItem)>,
    before: Vec<String>,
    after: Vec<String>,
    comparisons: Vec<String>,
    generic: Vec<String>,
    levels: Vec<String>,
    noun_ends: Vec<String>,
    totals: Vec<String>,
    sums: Vec<String>,
    of_the_year: Vec<String>,
    divided_by: Vec<String>,
    headed: Vec<String>,
    completed: Vec<String>,
    phases: Vec<(String, Phase)>,
    attributes: Vec<String>,
    of_each: Vec<String>,
    bounds: Vec<String>,
    joints: Vec<String>,
    divisions: Vec<String>,
}

/// The words of a heading that make it one of a topic, and what the topic fixes of the figures below.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TopicEntry {
    pub(super) words: Vec<String>,
    pub(super) topic: Topic,
    pub(super) source: Option<Source>,
    pub(super) nature: Option<Nature>,
}

/// A file that does not parse has no words here, and fails the test `the_file_parses`.
static FILE: LazyLock<File> = LazyLock::new(|| parsed().unwrap_or_default());

fn parsed() -> Result<File, toml::de::Error> {
    toml::from_str(include_str!("../../lexicon/prose.toml"))
}

lists_of! {
    words:
    /// How headings end.
    pub(super) HEADING_ENDS = heading_ends;
    /// What continues a paragraph, even after a full stop at the end of a line.
    pub(super) CONTINUATIONS = continuations;
    /// Words before a colon at the end of a line that announce paragraphs of their own.
    pub(super) ANNOUNCEMENTS = announcements;
    /// Words before a colon that belong to a sentence, not to a field.
    pub(super) NOT_A_LABEL = not_a_label;
    /// Words between 增减 and its figure.
    pub(super) OF_CHANGE = of_change;
    /// Words behind the name of an item that has no money: 公务接待费未安排.
    pub(super) NOTHING_PLANNED = nothing_planned;
    /// Names of the year before.
    pub(super) LAST_YEAR = last_year;
    /// What makes of a year, or of last year, one that amounts are stated for: 2024年预算数, 上年执行数.
    pub(super) OF_A_YEAR = of_a_year;
    /// What a price can be per: 元/人/年.
    pub(super) PER = per;
    /// Words that introduce a name and are no part of it.
    pub(super) BEFORE = before;
    /// Words between a name and its figure.
    pub(super) AFTER = after;
    /// Where a comparison starts: the name is before it.
    pub(super) COMPARISONS = comparisons;
    /// Words that name nothing by themselves.
    pub(super) GENERIC = generic;
    /// What says which level of the classification a name is of.
    pub(super) LEVELS = levels;
    /// Where the noun behind a count ends: 2个科室的经费.
    pub(super) NOUN_ENDS = noun_ends;
    /// Words before the sum of everything that was named.
    pub(super) TOTALS = totals;
    /// What makes the sum of a side of it: 支出合计.
    pub(super) SUMS = sums;
    /// What says that the money is of the year alone: 本年支出.
    pub(super) OF_THE_YEAR = of_the_year;
    /// What says how money is divided in front of a colon, and names none of it: 按支出功能分类：
    pub(super) DIVIDED_BY = divided_by;
    /// Behind what a heading names: 公务接待费支出情况说明.
    pub(super) HEADED = headed;
    /// How much of what was planned is done: 完成年初预算的108%.
    pub(super) COMPLETED = completed;
    /// Attributes of a subject that have amounts of their own: 车辆价值12万元.
    pub(super) ATTRIBUTES = attributes;
    /// Words that make an amount of money one of each, with 每人 and the like.
    pub(super) OF_EACH = of_each;
    /// What follows a bound: 50万元以上大型设备.
    pub(super) BOUNDS = bounds;
    /// What joins a figure to the one before it.
    pub(super) JOINTS = joints;
    /// What internal divisions are called.
    pub(super) DIVISIONS = divisions;
    /// The two sides of a budget.
    pub(super) SIDES = sides;
    /// What the entity calls itself.
    pub(super) SPEAKERS = speakers;
    /// What all the money that a section is about is called: 收支总预算.
    pub(super) WHOLE = whole;
}

lists_of! {
    tables:
    /// Labels of a project's fields, longer ones before those they start with.
    pub(super) FIELD_LABELS: ProjectField = field_labels;
    /// Words that say in which direction a figure changed.
    pub(super) DIRECTIONS: Direction = directions;
    /// Units, the frequent ones first, but longer ones before those they start with.
    pub(super) UNITS: UnitClass = units;
    /// Names of sources of money.
    pub(super) SOURCES: Source = sources;
    /// What the explanation of the whole budget (预算编制说明) speaks of; other sources by their own names.
    pub(super) COMPILED: Source = compiled;
    /// Names of kinds of expenditure.
    pub(super) NATURES: Nature = natures;
    /// What the amounts of final accounts are amounts of, longer ones before those they end with.
    pub(super) PHASES: Phase = phases;
    /// Names of the “三公” items.
    pub(super) THREE_PUBLIC: ThreePublicItem = three_public;
}

lists_of! {
    lists:
    /// Topics by words of the heading; the first line all of whose words occur decides.
    pub(super) TOPICS: TopicEntry = topics;
    /// Fields that every project has, with the words a message names them by.
    pub(super) EXPECTED_FIELDS: (String, ProjectField) = expected_fields;
    /// What makes a level of what follows a direction: 增加到120万元, 下降为5%.
    pub(super) UP_TO: char = up_to;
    /// Words that say that nothing changed.
    pub(super) UNCHANGED: String = unchanged;
    /// What a figure is compared with that is no figure of last year: 比年初预算减少.
    pub(super) OTHER_BASES: String = other_bases;
    /// What stands before last year in a comparison.
    pub(super) COMPARED: char = compared;
    /// What is carried over from last year is money of this year: 上年结转12万元.
    pub(super) CARRIED_OVER: String = carried_over;
    /// Words of a number of people or things that has no unit: 编制数12.
    pub(super) COUNTED: String = counted;
    /// Words of money, of which a number without a unit says nothing.
    pub(super) OF_MONEY: String = of_money;
    /// Words that look like units but are not before these characters: 12本年收入, 3家具, 5部门.
    pub(super) NOT_A_UNIT: (String, String) = not_a_unit;
}

/// The words of [`TOPICS`].
pub(super) static TOPIC_WORDS: LazyLock<Words<&'static str>> = LazyLock::new(|| {
    let mut words: Vec<&str> = FILE.topics.iter().flat_map(|entry| &entry.words).map(String::as_str).collect();
    words.sort_unstable();
    words.dedup();
    Words::loaded(words)
});

/// The label of a project's name.
pub(super) fn name_label() -> &'static str {
    &FILE.name_label
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses() {
        let file = parsed().unwrap();
        assert!(!file.topics.is_empty() && !file.name_label.is_empty());
    }

    #[test]
    fn no_word_hides_behind_a_shorter_one_before_it() {
        fn check<'w>(words: impl Iterator<Item = &'w String>) {
            let words: Vec<&String> = words.collect();
            for (at, word) in words.iter().enumerate() {
                let hidden = words.iter().skip(at + 1).find(|later| later.starts_with(word.as_str()));
                assert_eq!(hidden, None, "{word}");
            }
        }
        check(FILE.field_labels.iter().map(|(word, _)| word));
        check(FILE.units.iter().map(|(word, _)| word));
        check(FILE.per.iter());
        check(FILE.of_a_year.iter());
        check(FILE.directions.iter().map(|(word, _)| word));
    }
}
