//! The figures stated in the text: what each is about, and which of them speak of the same thing.

use std::collections::HashMap;
use std::ops::Range;

use budget_model::{Disclosure, Fact, Measure};

use crate::key::Key;
use crate::topic::{Topic, Topics};

/// What is known of one fact.
#[derive(Clone, Copy, Debug)]
struct About {
    topic: Option<Topic>,
    key: Option<Key>,
    /// Index of the subject, for figures of money and shares of it.
    subject: Option<usize>,
}

/// The first fact of each measure about one subject in one paragraph, by the number of the measure.
type Subject = [Option<u32>; Measure::Other as usize + 1];

/// A topic, a measure, and what it is a measure of ([`Key::packed`]).
type Stated = (Option<Topic>, Measure, u128);

/// Every fact with what it is about.
#[derive(Debug)]
pub(crate) struct Facts {
    about: Vec<About>,
    subjects: Vec<Subject>,
    /// The first fact with these coordinates in a section of this topic, sorted.
    by_key: Vec<(Stated, u32)>,
    /// Facts that follow each other in sections of one topic.
    runs: Vec<(Option<Topic>, Range<u32>)>,
}

impl Facts {
    pub(crate) fn new(disclosure: &Disclosure, topics: &Topics<'_>) -> Self {
        let mut facts = Self {
            about: Vec::with_capacity(disclosure.facts.len()),
            subjects: Vec::new(),
            by_key: Vec::new(),
            runs: Vec::new(),
        };
        let mut known: HashMap<(&str, &[String]), usize> = HashMap::with_capacity(disclosure.facts.len());
        let mut before: Option<(&Fact, About)> = None;
        for (index, fact) in (0..).zip(&disclosure.facts) {
            // An amount, its share and its change follow each other.
            let section = before.filter(|(before, _)| before.section == fact.section);
            let topic = section.map_or_else(|| topics.of(&fact.section), |(_, about)| about.topic);
            let mut about = About { topic, key: None, subject: None };
            if is_of_money(fact) {
                let same =
                    section.filter(|(before, _)| before.subject == fact.subject).and_then(|(_, about)| about.subject);
                let subject = same.unwrap_or_else(|| {
                    *known.entry((&fact.section, &fact.subject)).or_insert_with(|| {
                        facts.subjects.push(Subject::default());
                        facts.subjects.len() - 1
                    })
                });
                about.subject = Some(subject);
                if let Some(first) = facts.subjects.get_mut(subject).and_then(|s| s.get_mut(fact.measure as usize)) {
                    first.get_or_insert(index);
                }
                about.key = fact.coordinates.as_ref().and_then(|at| Key::of(disclosure.stage, at));
            }
            facts.about.push(about);
            match facts.runs.last_mut() {
                Some((last, run)) if *last == topic => run.end = index + 1,
                _ => facts.runs.push((topic, index..index + 1)),
            }
            before = Some((fact, about));
        }
        facts.give_keys_to_prior_amounts(disclosure);
        let keyed = (0..).zip(&disclosure.facts).zip(&facts.about);
        facts.by_key = keyed
            .filter_map(|((index, fact), about)| Some(((about.topic, fact.measure, about.key?.packed()), index)))
            .collect();
        facts.by_key.sort_unstable();
        facts.by_key.dedup_by_key(|(key, _)| *key);
        facts
    }

    /// Last year's amount is no figure of this budget and has no coordinates; it is the amount before of what its subject is.
    fn give_keys_to_prior_amounts(&mut self, disclosure: &Disclosure) {
        let prior = disclosure.facts.iter().enumerate().filter(|(_, fact)| fact.measure == Measure::PriorAmount);
        for (index, _) in prior.filter(|(_, fact)| fact.coordinates.is_none()) {
            let mut same = [Measure::Amount, Measure::YoyChange, Measure::YoyPercent].into_iter();
            let key = same.find_map(|measure| self.key(self.same_subject(index, measure)?));
            if let Some(about) = self.about.get_mut(index) {
                about.key = key;
            }
        }
    }

    pub(crate) fn topic(&self, fact: usize) -> Option<Topic> {
        self.about.get(fact)?.topic
    }

    /// The facts in the sections of one topic.
    pub(crate) fn of_topic(&self, topic: Topic) -> impl Iterator<Item = usize> {
        let runs = self.runs.iter().filter(move |(found, _)| *found == Some(topic));
        runs.flat_map(|(_, run)| run.clone()).map(|fact| fact as usize)
    }

    pub(crate) fn key(&self, fact: usize) -> Option<Key> {
        self.about.get(fact)?.key
    }

    /// The first fact of a section with these coordinates.
    pub(crate) fn stated(&self, topic: Option<Topic>, key: Key, measure: Measure) -> Option<usize> {
        let found = self.by_key.binary_search_by_key(&(topic, measure, key.packed()), |(key, _)| *key).ok()?;
        self.by_key.get(found).map(|(_, fact)| *fact as usize)
    }

    fn same_subject(&self, fact: usize, measure: Measure) -> Option<usize> {
        let subject = self.subjects.get(self.about.get(fact)?.subject?)?;
        subject.get(measure as usize).copied().flatten().map(|fact| fact as usize)
    }

    /// The fact of another measure about the same subject: in the same paragraph, or else of the same coordinates in the
    /// same section.
    pub(crate) fn related(&self, fact: usize, measure: Measure) -> Option<usize> {
        self.same_subject(fact, measure).or_else(|| self.stated(self.topic(fact), self.key(fact)?, measure))
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
