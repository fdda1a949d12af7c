//! What a figure measures: an amount, a change of one, a share, a number of things.

use budget_model::Measure;

use super::super::grammar::{Figure, Spanned, Token};
use super::super::vocabulary::{
    BOUNDS, CARRIED_OVER, COMPARED, COUNTED, Direction, LAST_YEAR, OF_A_YEAR, OF_EACH, OF_MONEY, PER, UnitClass,
};
use super::{JOINTS, Walk};

/// The clause around a figure.
pub(super) struct Clause<'t> {
    /// The words in front of it.
    pub(super) words: &'t str,
    /// The noun behind it, empty if there is none.
    pub(super) noun: &'t str,
    /// The word behind it.
    pub(super) next_word: &'t str,
    /// All text behind it.
    pub(super) after: &'t str,
    /// The direction, perhaps that of the figure it is joined to.
    pub(super) direction: Option<(Direction, usize, usize)>,
    pub(super) formula: Formula,
}

impl Walk<'_, '_> {
    /// What a figure measures, and whether the noun behind it rather than the words in front name its subject.
    pub(super) fn measure(&self, figure: &Figure<'_>, clause: &Clause<'_>) -> Option<(Measure, bool)> {
        let &Clause { words, noun, next_word, after, direction, formula } = clause;
        let has_noun = !noun.is_empty();
        if behind_bound(after).is_some() {
            return Some((Measure::Other, false));
        }
        match figure.class {
            Some(UnitClass::Percent) if words.contains('占') && direction.is_none() => Some((Measure::Share, false)),
            // A share that grew by 2 个百分点 did not grow by 2 %.
            Some(UnitClass::Percent) => {
                let is_change = direction.is_some() && !figure.unit.starts_with('个') && !words.contains('占');
                Some((if is_change && !self.other_basis { Measure::YoyPercent } else { Measure::Other }, false))
            }
            Some(UnitClass::Money) if direction.is_some() => {
                Some((if self.other_basis { Measure::Other } else { Measure::YoyChange }, false))
            }
            // 由100万元增加到120万元: of which year is not said.
            Some(UnitClass::Money) if words.ends_with(['由', '从']) => None,
            Some(UnitClass::Money) => {
                let each =
                    figure.unit.contains('/') || is_of_each(words) || (figure.unit == "元" && is_of_each(next_word));
                let measure = if each {
                    Measure::Other
                } else if self.is_prior(words, after) || self.continued_prior(words) {
                    Measure::PriorAmount
                } else {
                    Measure::Amount
                };
                let joined = JOINTS.entries().iter().find_map(|joint| words.strip_prefix(joint)).unwrap_or(words);
                let behind = next_word.starts_with("的") || next_word.starts_with("用于") || joined.is_empty();
                Some((measure, has_noun && behind && !next_word.contains("上年")))
            }
            Some(UnitClass::Area) => {
                Some((if direction.is_some() { Measure::YoyChange } else { Measure::Area }, false))
            }
            Some(UnitClass::Count) => match direction {
                // 增加4个项目 counts the new projects; 增加讲解员1人 is a change.
                Some((_, _, end)) if end == self.clause + words.len() && has_noun => Some((Measure::Count, true)),
                Some(_) => Some((Measure::YoyChange, false)),
                None => Some((Measure::Count, has_noun)),
            },
            // 40*0.19: numbers without a unit state nothing.
            None if formula != Formula::None => None,
            // A number of people or things without a unit stands at the end of its clause: 编制数12.
            None if next_word.is_empty() && !words.is_empty() => {
                let stands_alone = after.is_empty() || after.starts_with(['，', '。', '；', '、', '（', '(', ',', ';']);
                let counts = COUNTED.iter().any(|word| words.contains(word.as_str()))
                    && !OF_MONEY.iter().any(|word| words.contains(word.as_str()));
                let is_count = figure.value.scale() == 0 && figure.length <= LONGEST_COUNT;
                (stands_alone && counts && is_count).then_some((Measure::Count, false))
            }
            None => None,
        }
    }

    fn is_prior(&self, words: &str, after: &str) -> bool {
        if self.setting.carried_over {
            return false;
        }
        let year = self.setting.speaker.year;
        is_of_last_year(words)
            || is_of_year_before(words, year)
            || after.starts_with("的上年结转")
            || self.inherits_prior()
    }

    /// Inside 上年有…4.70万元（其中：…） everything is of last year.
    fn inherits_prior(&self) -> bool {
        !self.brackets.is_empty()
            && self.facts.last().is_some_and(|fact| {
                fact.measure == Measure::PriorAmount && self.names.begin(self.subjects.whole, &fact.subject)
            })
    }

    fn continued_prior(&self, words: &str) -> bool {
        self.conjunct
            .is_some_and(|before| before.prior && before.end == self.clause && words.starts_with(['和', '、', '及']))
    }
}

/// Longest number of people or things without a unit; a longer one is a code.
const LONGEST_COUNT: usize = 5;

/// Whether words name last year as that of the amount behind them: 上年预算数, 比上年的. What is carried over from it is no amount
/// of it.
fn is_of_last_year(words: &str) -> bool {
    let years = words.char_indices().filter_map(|(at, first)| {
        let (year, _) =
            LAST_YEAR.beginning_with(first).find_map(|year| Some((*year, words.get(at..)?.strip_prefix(year)?)))?;
        Some((words.get(..at)?, words.get(at + year.len()..)?))
    });
    years.take(MOST_YEARS).any(|(front, rest)| {
        let carried = CARRIED_OVER.iter().any(|carried| rest.starts_with(carried.as_str()));
        // 与上年持平为5万元 states this year's.
        !carried && (!front.ends_with(*COMPARED) || is_all_of_a_year(rest))
    })
}

/// Whether words name a year before that of the document as that of the amount behind them: 2024年预算数为.
fn is_of_year_before(words: &str, year: Option<u16>) -> bool {
    let Some(year) = year else { return false };
    words.match_indices('年').take(MOST_YEARS).any(|(at, mark)| {
        let printed = words.get(at.saturating_sub(4)..at).and_then(|digits| digits.parse::<u16>().ok());
        let rest = words.get(at + mark.len()..).unwrap_or("");
        printed.is_some_and(|printed| printed < year && year - printed < 10)
            && !rest.is_empty()
            && is_all_of_a_year(rest)
    })
}

fn is_all_of_a_year(mut rest: &str) -> bool {
    while let Some((_, shorter)) = OF_A_YEAR.strip_from(rest) {
        rest = shorter;
    }
    rest.is_empty()
}

/// Most years of a clause that are looked at.
const MOST_YEARS: usize = 8;

/// Whether words speak of what each gets: 人均补助标准, 每家. An amount of every year or month is none.
fn is_of_each(words: &str) -> bool {
    let of_each = |at: usize| {
        let each = words.get(at + '每'.len_utf8()..).unwrap_or("");
        !each.starts_with(['年', '月', '天', '日', '学', '小']) && PER.strip_from(each).is_some()
    };
    words.char_indices().any(|(at, character)| match character {
        '每' => of_each(at),
        '人' | '户' | '各' => {
            words.get(at..).is_some_and(|words| OF_EACH.entries().iter().any(|each| words.starts_with(each)))
        }
        _ => false,
    })
}

/// The part a figure has in a formula such as 5人*10元/人=50元.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Formula {
    None,
    Factor,
    Result,
}

impl Formula {
    pub(super) fn around(tokens: &[Spanned<'_>], index: usize) -> Self {
        let mark = |index: Option<usize>| match index.and_then(|index| tokens.get(index)).map(|token| &token.token) {
            Some(Token::Mark(mark)) => *mark,
            _ => ' ',
        };
        let before = mark(index.checked_sub(1));
        let behind = mark(Some(index + 1));
        let multiplies = |mark: char| matches!(mark, '*' | '×' | '＊' | '+' | '＋' | '÷');
        if multiplies(before) || multiplies(behind) {
            Self::Factor
        } else if matches!(before, '=' | '＝') {
            Self::Result
        } else {
            Self::None
        }
    }
}

/// What follows a bound: 大型设备 after the 50万元 of 50万元以上大型设备. `None` if the figure is no bound.
pub(super) fn behind_bound(after: &str) -> Option<&str> {
    BOUNDS.entries().iter().find_map(|bound| after.strip_prefix(bound))
}
