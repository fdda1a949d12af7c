//! What a figure measures: an amount, a change of one, a share, a number of things.

use budget_model::Measure;

use super::super::grammar::{Figure, Spanned, Token};
use super::super::vocabulary::{Direction, PER, UnitClass};
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
    /// Whether plain 元 are prices, as the sentence speaks of rates.
    pub(super) prices: bool,
}

impl Walk<'_, '_> {
    /// What a figure measures, and whether the noun behind it rather than the words in front name its subject.
    pub(super) fn measure(&self, figure: &Figure<'_>, clause: &Clause<'_>) -> Option<(Measure, bool)> {
        let &Clause { words, noun, next_word, after, direction, formula, prices } = clause;
        let has_noun = !noun.is_empty();
        if behind_bound(after).is_some() {
            return Some((Measure::Other, false));
        }
        match figure.class {
            Some(UnitClass::Percent) if words.contains('占') => Some((Measure::Share, false)),
            Some(UnitClass::Percent) => {
                Some((if direction.is_some() { Measure::YoyPercent } else { Measure::Other }, false))
            }
            Some(UnitClass::Money) if direction.is_some() => Some((Measure::YoyChange, false)),
            Some(UnitClass::Money) => {
                let price = figure.unit.contains('/')
                    || formula == Formula::Factor
                    || is_of_price(words)
                    || (figure.unit == "元" && (prices || is_of_price(next_word)));
                let measure = if price {
                    Measure::Other
                } else if self.is_prior(words, after) || self.continued_prior(words) {
                    Measure::PriorAmount
                } else {
                    Measure::Amount
                };
                let joined = JOINTS.iter().find_map(|joint| words.strip_prefix(joint)).unwrap_or(words);
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
            None if formula != Formula::None => Some((Measure::Other, false)),
            // A number of people or things without a unit stands at the end of its clause: 编制数12.
            None if next_word.is_empty() && !words.is_empty() => {
                let stands_alone = after.is_empty() || after.starts_with(['，', '。', '；', '、', '（', '(', ',', ';']);
                (stands_alone && words.ends_with(['数', '为', '共', '计'])).then_some((Measure::Count, false))
            }
            None => None,
        }
    }

    fn is_prior(&self, words: &str, after: &str) -> bool {
        if self.setting.carried_over {
            return false;
        }
        let of_last_year = |words: &str| {
            ["上年", "去年", "上一年"].iter().any(|word| {
                let mut years = words.match_indices(['上', '去']).map(|(at, _)| words.split_at_checked(at));
                let first = years.find_map(|split| split.filter(|(_, rest)| rest.starts_with(word)));
                first.is_some_and(|(front, rest)| {
                    !front.ends_with(['比', '较', '与']) && !rest.starts_with("上年结转结余")
                })
            })
        };
        (words.contains('年') && of_last_year(words)) || after.starts_with("的上年结转") || self.inherits_prior()
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

/// Words that make an amount of money a price or rate.
const PRICES: &[&str] = &["标准", "人均", "单价", "各补助"];

/// Whether words speak of a price or rate: 补助标准, 每家. An amount of every year or month is none.
pub(super) fn is_of_price(words: &str) -> bool {
    let of_each = |at: usize| {
        let each = words.get(at + '每'.len_utf8()..).unwrap_or("");
        !each.starts_with(['年', '月', '天', '日', '学', '小']) && PER.strip_from(each).is_some()
    };
    words.char_indices().any(|(at, character)| match character {
        '每' => of_each(at),
        '标' | '人' | '单' | '各' => {
            words.get(at..).is_some_and(|words| PRICES.iter().any(|price| words.starts_with(price)))
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
    const BOUNDS: &[&str] = &["（含）以上", "（含）以下", "及以上", "及以下", "以上", "以下", "以内"];
    BOUNDS.iter().find_map(|bound| after.strip_prefix(bound))
}
