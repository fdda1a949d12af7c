//! The reason of a change: 主要原因是….

use budget_model::Measure;

use super::super::grammar::{Spanned, Token};
use super::super::names::{name, same};
use super::super::subjects::Subjects;
use super::super::vocabulary::{DIRECTIONS, NATURES, SIDES, SOURCES, THREE_PUBLIC};
use super::Walk;

/// A reason that is being given.
pub(super) struct Reason {
    start: usize,
    first_fact: usize,
    subject_facts: usize,
    subjects: Subjects,
}

impl Walk<'_, '_> {
    pub(super) fn open_reason(&mut self, start: usize) {
        let subjects = self.subjects;
        if self.is_of_something_else() {
            self.subject_facts = self.facts.len();
        }
        self.deepen(subjects.current);
        self.reason = Some(Reason { start, first_fact: self.facts.len(), subject_facts: self.subject_facts, subjects });
        self.begin_clause(start);
    }

    /// 收入预算减少的主要原因是…: whether a sentence without figures names what its reason explains, and no figure before it does.
    fn is_of_something_else(&self) -> bool {
        let Some((_, direction, _)) = self.direction.filter(|_| self.sentence.1 == self.facts.len()) else {
            return false;
        };
        let named = name(self.slice(self.clause, direction), self.setting.speaker);
        !named.is_empty() && !same(named, self.names.last(self.subjects.current))
    }

    /// Gives the reason that ends at an offset to the changes it explains.
    pub(super) fn end_reason(&mut self, end: usize) {
        let Some(reason) = self.reason.take() else { return };
        let words = self.slice(reason.start, end).trim_start_matches(['：', ':']).trim_end_matches(['；', '，', '。']);
        let first = reason.subject_facts.max(reason.first_fact.saturating_sub(MOST_EXPLAINED));
        let about = self.facts.get_mut(first..reason.first_fact).unwrap_or_default();
        let changes = about.iter().any(|fact| is_change(fact.measure));
        for fact in about.iter_mut().filter(|fact| !changes || is_change(fact.measure)) {
            if fact.reason.is_none() && !words.is_empty() {
                fact.reason = Some(words.to_owned());
            }
        }
        self.subjects = reason.subjects;
        self.subject_facts = reason.subject_facts;
    }

    /// A reason may have semicolons; it ends where the next source, kind or item of the budget is named.
    pub(super) fn end_reason_before_sibling(&mut self, token: &Spanned<'_>) {
        if self.reason.is_none() || !self.brackets.is_empty() {
            return;
        }
        let rest = self.slice(token.end, self.text.len());
        let goes_on = |rest: &str| {
            DIRECTIONS.strip_from(rest).is_some() || rest.starts_with(|character: char| character.is_ascii_digit())
        };
        if SOURCES.behind(rest).chain(NATURES.behind(rest)).chain(THREE_PUBLIC.behind(rest)).any(goes_on) {
            self.end_reason(token.start);
        } else if SIDES.behind(rest).any(goes_on) || self.setting.speaker.begins(rest) {
            // …；本部门当年预算支出3万元: a new sentence but for its mark
            self.end_reason(token.start);
            self.listed = None;
            self.subjects = Subjects::of(self.base);
        }
    }
}

/// Most figures that one reason explains: amount, share, change, change in percent and the like.
const MOST_EXPLAINED: usize = 8;

/// Where the reason begins that a word states: 主要原因是… or 主要原因：…, as an offset into the word.
pub(super) fn stated_reason(word: &str, next: Option<&Spanned<'_>>) -> Option<usize> {
    const REASON: &str = "原因";
    let at = word
        .match_indices('原')
        .map(|(at, _)| at)
        .find(|at| word.get(*at..).is_some_and(|at| at.starts_with(REASON)))?;
    let named = at + REASON.len();
    let behind = word.get(named..)?;
    let colon = || next.is_some_and(|next| matches!(next.token, Token::Mark('：' | ':')));
    match behind {
        _ if behind.starts_with(['是', '为']) => Some(named + '是'.len_utf8()),
        "" if colon() => Some(named),
        _ => None,
    }
}

fn is_change(measure: Measure) -> bool {
    matches!(measure, Measure::YoyChange | Measure::YoyPercent)
}
