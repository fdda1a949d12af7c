//! Facts that speak of the same thing: the amount, share, change and percentage of one subject.

use std::collections::{BTreeMap, HashMap};

use budget_model::{Fact, Measure};

use crate::book::{Book, Key};
use crate::topic::Topic;

/// Finds the amount, change … that a fact belongs to.
#[derive(Debug, Default)]
pub(crate) struct Related<'a> {
    by_subject: HashMap<(&'a str, &'a [String], Measure), usize>,
    by_key: BTreeMap<(Option<Topic>, Key, Measure), usize>,
}

impl<'a> Related<'a> {
    pub(crate) fn new(book: &Book<'a>) -> Self {
        let count = book.disclosure().facts.len();
        let mut related = Self { by_subject: HashMap::with_capacity(count), by_key: BTreeMap::new() };
        for (index, fact) in book.facts() {
            if !is_of_money(fact) {
                continue;
            }
            related.by_subject.entry((&fact.section, &fact.subject, fact.measure)).or_insert(index);
            if let Some(key) = book.fact_key(index) {
                related.by_key.entry((book.fact_topic(index), key, fact.measure)).or_insert(index);
            }
        }
        related
    }

    /// The first fact of a section with these coordinates.
    pub(crate) fn stated(&self, topic: Topic, key: Key, measure: Measure) -> Option<usize> {
        self.by_key.get(&(Some(topic), key, measure)).copied()
    }

    /// The fact of another measure about the same subject: in the same paragraph, or else of the same coordinates in the
    /// same section.
    pub(crate) fn find(&self, book: &Book<'a>, index: usize, measure: Measure) -> Option<usize> {
        let fact = book.disclosure().facts.get(index)?;
        let same_words = self.by_subject.get(&(fact.section.as_str(), fact.subject.as_slice(), measure));
        let same_key = || self.by_key.get(&(book.fact_topic(index), book.fact_key(index)?, measure));
        same_words.or_else(same_key).copied()
    }
}

/// A change in the number of people is a change as well, but not of money.
fn is_of_money(fact: &Fact) -> bool {
    match fact.measure {
        Measure::Share | Measure::YoyPercent => true,
        Measure::Amount | Measure::YoyChange | Measure::PriorAmount => {
            fact.unit.as_ref().is_some_and(|unit| unit.in_yuan().is_some())
        }
        Measure::Count | Measure::Area | Measure::Other => false,
    }
}
