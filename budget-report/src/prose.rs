//! The explanatory text with the figures that were read from it.

use std::collections::HashMap;

use budget_model::{Decimal, Disclosure, Fact, Section};
use serde::Serialize;

/// A section as it is shown.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SectionView {
    ordinal: String,
    heading: String,
    /// 3 for a part, 4 for what stands in it, and so on.
    level: usize,
    paragraphs: Vec<Vec<SpanView>>,
}

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct SpanView {
    text: String,
    /// What the figure was read as; empty for words.
    title: String,
}

/// The sections of a document.
pub(crate) fn views(disclosure: &Disclosure) -> Vec<SectionView> {
    let mut facts: HashMap<&str, Vec<&Fact>> = HashMap::new();
    for fact in &disclosure.facts {
        facts.entry(fact.section.as_str()).or_default().push(fact);
    }
    disclosure.sections.iter().map(|section| view(section, disclosure, &facts)).collect()
}

fn view(section: &Section, disclosure: &Disclosure, facts: &HashMap<&str, Vec<&Fact>>) -> SectionView {
    // Facts of numbered paragraphs have the number behind the path of their section.
    let own = facts.get(section.path.as_str()).into_iter().flatten();
    let numbered = (1..=section.paragraphs.len().min(200)).filter_map(|number| {
        let path = format!("{}.{number}", section.path);
        facts.get(path.as_str())
    });
    let own: Vec<&Fact> = own.chain(numbered.flatten()).copied().collect();
    let mut used = vec![false; own.len()];
    let paragraphs = section.paragraphs.iter().map(|paragraph| {
        let mut marks: Vec<(usize, usize, String)> = Vec::new();
        for (fact, used) in own.iter().zip(&mut used).filter(|(_, used)| !**used) {
            if let Some((from, to)) = stated(&paragraph.text, fact) {
                *used = true;
                marks.push((from, to, title(fact, disclosure)));
            }
        }
        spans(&paragraph.text, marks)
    });
    let level = section.path.matches('.').count() + 3;
    let ordinal = section.path.rsplit('.').next().filter(|ordinal| !ordinal.starts_with('#')).unwrap_or_default();
    SectionView {
        ordinal: if section.path.contains('.') { ordinal.to_owned() } else { String::new() },
        heading: section.heading.text.clone(),
        level: level.min(6),
        paragraphs: paragraphs.collect(),
    }
}

/// The words that a figure was read from: before it, the number itself, and behind it.
pub(crate) fn quoted(fact: &Fact) -> (&str, &str, &str) {
    let (from, to) = stated(&fact.quote, fact).unwrap_or((fact.quote.len(), fact.quote.len()));
    let part = |from: usize, to: usize| fact.quote.get(from..to).unwrap_or_default();
    (part(0, from), part(from, to), part(to, fact.quote.len()))
}

/// Where a paragraph states a figure: the bytes of the number in the words that it was read from.
fn stated(paragraph: &str, fact: &Fact) -> Option<(usize, usize)> {
    let quote = fact.quote.as_str();
    let start = paragraph.find(quote).filter(|_| !quote.is_empty())?;
    let wanted = fact.value.abs();
    let bytes = quote.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let is_of_number = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
        let run = bytes.iter().skip(at).take_while(|byte| is_of_number(byte)).count();
        let text = quote.get(at..at + run).unwrap_or_default();
        let number: Option<Decimal> = text.replace(',', "").trim_end_matches('.').parse().ok();
        if number.is_some_and(|number| number == wanted) {
            return Some((start + at, start + at + run));
        }
        at += run.max(1);
    }
    None
}

fn title(fact: &Fact, disclosure: &Disclosure) -> String {
    let subject = fact.subject.join("/");
    format!("{} · {subject} · {}", fact.place.describe(&disclosure.sheets), fact.measure.as_str())
}

/// A paragraph cut at its marks; of marks that overlap the first counts.
fn spans(text: &str, mut marks: Vec<(usize, usize, String)>) -> Vec<SpanView> {
    marks.sort_by_key(|(from, to, _)| (*from, *to));
    let mut spans = Vec::new();
    let mut end = 0;
    let mut push = |text: &str, title: String| {
        if !text.is_empty() {
            spans.push(SpanView { text: text.to_owned(), title });
        }
    };
    for (from, to, title) in marks {
        if from < end {
            continue;
        }
        push(text.get(end..from).unwrap_or_default(), String::new());
        push(text.get(from..to).unwrap_or_default(), title);
        end = to;
    }
    push(text.get(end..).unwrap_or_default(), String::new());
    spans
}

#[cfg(test)]
mod tests {
    use budget_model::{Label, Measure, Place};

    use super::*;

    fn disclosure(paragraph: &str, facts: &[(&str, i64)]) -> Disclosure {
        let place = Place::Text { page: 1, line: 1, column: 1 };
        let fact = |(quote, value): &(&str, i64)| Fact {
            section: "3.一".to_owned(),
            subject: vec!["收入".to_owned()],
            measure: Measure::Amount,
            value: (*value).into(),
            unit: None,
            quote: (*quote).to_owned(),
            reason: None,
            place,
            coordinates: None,
        };
        let section = Section {
            path: "3.一".to_owned(),
            heading: Label::new("收支情况", place),
            unit: None,
            paragraphs: vec![Label::new(paragraph, place)],
        };
        Disclosure { sections: vec![section], facts: facts.iter().map(fact).collect(), ..Disclosure::default() }
    }

    fn marked(paragraph: &str, facts: &[(&str, i64)]) -> Vec<String> {
        let [view] = views(&disclosure(paragraph, facts)).try_into().unwrap();
        assert_eq!(view.paragraphs[0].iter().map(|span| span.text.as_str()).collect::<String>(), paragraph);
        let marked = view.paragraphs[0].iter().filter(|span| !span.title.is_empty());
        marked.map(|span| span.text.clone()).collect()
    }

    #[test]
    fn the_number_of_a_stated_figure_is_marked_and_no_word_is_lost() {
        let paragraph = "2025年收入1,285万元，其中基本支出910万元。";
        let facts = [("收入1,285万元", 1285), ("基本支出910万元", 910), ("没有的话12万元", 12)];
        assert_eq!(marked(paragraph, &facts), ["1,285", "910"]);
    }

    #[test]
    fn a_decrease_is_marked_though_it_is_printed_without_a_sign() {
        assert_eq!(marked("比上年减少12万元", &[("减少12万元", -12)]), ["12"]);
    }
}
