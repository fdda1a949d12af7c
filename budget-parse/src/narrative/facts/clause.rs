//! What a clause says besides its figures: what it is about, what it compares with, what was not understood in it.

use super::super::grammar::{Figure, Spanned, Token};
use super::super::names::{compared, name};
use super::super::vocabulary::{
    Direction, LAST_YEAR, NATURES, NOTHING_PLANNED, OF_CHANGE, OTHER_BASES, SOURCES, THREE_PUBLIC, UNCHANGED, UP_TO,
    UnitClass,
};
use super::measure::Formula;
use super::{LONGEST_CLAUSE, Walk};
use budget_model::Measure;

impl<'a> Walk<'a, '_> {
    /// Makes what a clause without figures is about the current subject: 因公出国（境）费与上年持平，增长 0.00%.
    pub(super) fn name_by_clause(&mut self, end: usize) {
        let words = self.slice(self.clause, end);
        let stated = self.conjunct.is_some_and(|before| before.end == self.clause);
        if stated
            || self.reason.is_some()
            || !self.brackets.is_empty()
            || words.is_empty()
            || words.len() > LONGEST_CLAUSE
        {
            return;
        }
        let words = words.strip_prefix("其中").unwrap_or(words);
        let is_flat = UNCHANGED.iter().any(|flat| words.contains(flat.as_str())) || self.direction.is_some();
        let front = compared(words).filter(|front| is_flat && !front.is_empty());
        let item = || {
            let behind = SOURCES.behind(words).chain(NATURES.behind(words)).chain(THREE_PUBLIC.behind(words));
            let mut planned = behind.filter(|rest| NOTHING_PLANNED.strip_from(rest).is_some());
            planned.next().and_then(|rest| words.get(..words.len() - rest.len()))
        };
        let Some(front) = front.or_else(item) else { return };
        let named = name(front, self.setting.speaker);
        if !named.is_empty() {
            self.subjects.current = self.names.part(self.subjects.whole, named);
            self.subject_facts = self.facts.len();
        }
    }

    /// Digits that are no figure: what stands in front of them is spoken of nevertheless, and nothing joins it to the next one.
    pub(super) fn no_figure(&mut self, class: Option<UnitClass>, token: &Spanned<'a>) {
        self.name_by_words(token.start, class.or(Some(UnitClass::Money)), Measure::Amount);
        self.once = None;
        if class == Some(UnitClass::Money) {
            self.unread.push(self.start + token.start);
        }
        self.begin_clause(token.end);
    }

    /// A number that states nothing: 政府性基金预算为0 names what the next clause goes on about; a number in a name does not.
    pub(super) fn pass_over(&mut self, class: Option<UnitClass>, token: &Spanned<'a>, formula: Formula) {
        let behind = self.slice(token.end, self.text.len());
        let ends = behind.is_empty() || behind.starts_with(['，', '。', '；']);
        let words = self.slice(self.clause, token.start);
        if ends
            && class.is_none()
            && formula == Formula::None
            && self.direction.is_none()
            && words.ends_with(['为', '是', '数'])
        {
            self.name_by_words(token.start, Some(UnitClass::Money), Measure::Amount);
            self.once = None;
            self.begin_clause(token.end);
        }
    }

    /// The direction that brackets hold alone: 较上年（减少）0.73万元.
    pub(super) fn bracketed_direction(
        &self,
        tokens: &[Spanned<'_>],
        close: usize,
    ) -> Option<(Direction, usize, usize)> {
        let at = close.checked_sub(1)?;
        let inside = tokens.get(at)?;
        let opens = matches!(tokens.get(at.checked_sub(1)?)?.token, Token::Mark('（' | '('));
        match inside.token {
            Token::Direction(direction) if opens => Some((direction, inside.start, tokens.get(close)?.end)),
            _ => None,
        }
    }

    /// Whether the figure at an offset is one of a change in a direction, not the level it leads to: 增加到120万元.
    pub(super) fn leads_to(&self, direction: Direction, from: usize, to: usize) -> bool {
        let mut between = self.slice(from, to);
        if direction == Direction::Either {
            while let Some((_, rest)) = OF_CHANGE.strip_from(between) {
                between = rest;
            }
            return between.is_empty();
        }
        !between.starts_with(*UP_TO)
    }

    /// Keeps in mind what the sentence compares with.
    pub(super) fn compare(&mut self, words: &str) {
        if words.len() > LONGEST_CLAUSE {
            return;
        }
        if LAST_YEAR.entries().iter().any(|year| words.contains(year)) || words.contains("同比") {
            self.other_basis = false;
        } else if OTHER_BASES.iter().any(|basis| words.contains(basis.as_str())) {
            self.other_basis = true;
        }
    }

    /// Posts have the unit that the sentence counts people in: 编制数12，实有人数14人.
    pub(super) fn give_unit(&mut self, figure: &Figure<'_>) {
        if !matches!(figure.unit, "人" | "名") {
            return;
        }
        let counted = self.facts.get_mut(self.sentence.1..).unwrap_or_default();
        for fact in counted.iter_mut().rev().take(MOST_POSTS) {
            if fact.measure == Measure::Count
                && fact.unit.is_none()
                && fact.subject.iter().any(|name| name.contains("编制"))
            {
                fact.unit = figure.model_unit();
            }
        }
    }
}

/// Most figures of a sentence that are looked at for posts.
const MOST_POSTS: usize = 4;
