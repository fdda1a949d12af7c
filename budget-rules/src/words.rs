//! Facts found by the words of their subject.

use std::borrow::Cow;

use budget_model::{Fact, Measure};

use crate::book::Book;
use crate::check::Term;
use crate::topic::Topic;

/// The letters and digits of a name: names are compared without punctuation, brackets and spaces.
pub(crate) fn plain(name: &str) -> Cow<'_, str> {
    if name.chars().all(counts) { Cow::Borrowed(name) } else { name.chars().filter(|c| counts(*c)).collect() }
}

/// Whether a character counts in a name.
pub(crate) fn counts(c: char) -> bool {
    // Nearly every character is one of these, and what they are is not looked up.
    matches!(c, '一'..='鿿') || c.is_alphanumeric()
}

/// What a fact is about, without the word 价值 that tells the value of a thing from the thing.
pub(crate) fn subject(fact: &Fact) -> &[String] {
    match fact.subject.split_last() {
        Some((last, above)) if last == "价值" => above,
        _ => &fact.subject,
    }
}

/// The facts of a topic and measure, with their subjects.
pub(crate) fn facts<'b>(
    book: &'b Book<'_>,
    topic: Topic,
    measure: Measure,
) -> impl Iterator<Item = (usize, &'b Fact, &'b [String])> + 'b {
    let facts = book.facts_of(topic).filter(move |(_, fact)| fact.measure == measure);
    facts.map(|(index, fact)| (index, fact, subject(fact)))
}

/// The first fact of a topic whose whole subject is told by its last word.
pub(crate) fn find(book: &Book<'_>, topic: Topic, measure: Measure, is: impl Fn(&str) -> bool) -> Option<usize> {
    facts(book, topic, measure)
        .find(|(.., subject)| subject.last().is_some_and(|last| is(last)))
        .map(|(index, ..)| index)
}

/// A fact as a term of a sum.
pub(crate) fn term(book: &Book<'_>, fact: usize) -> Term {
    book.term(book.fact(fact))
}

/// Whether a fact is about projects that are not published.
pub(crate) fn is_undisclosed(subject: &[String]) -> bool {
    const WORDS: &[&str] = &["涉密", "敏感", "不公开", "未公开", "不予公开"];
    subject.iter().any(|part| part.contains("项目") && WORDS.iter().any(|word| part.contains(word)))
}

/// The first fact, of the number or the amount of projects whose performance tables are not published.
pub(crate) fn undisclosed(book: &Book<'_>, measure: Measure) -> Option<usize> {
    // What has a place in the budget is disclosed.
    let mut facts = book.facts().filter(|(index, fact)| fact.measure == measure && book.fact_key(*index).is_none());
    facts.find(|(_, fact)| is_undisclosed(&fact.subject)).map(|(index, _)| index)
}
