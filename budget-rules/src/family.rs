//! Families: the figures that a section of the text lists along one axis, which together are a whole.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use budget_model::{Chart, CodeLevel, Measure, Nature, Source, ThreePublicItem};

use crate::book::Book;
use crate::check::Term;
use crate::key::Key;
use crate::topic::Topic;

/// The axis along which a section lists figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Axis {
    Source,
    Nature,
    BasicNature,
    Function(CodeLevel),
    ThreePublic,
    /// One numbered paragraph each, whatever it names.
    Paragraph,
}

/// Facts that together are the whole `base`.
#[derive(Clone, Debug)]
pub(crate) struct Family {
    pub(crate) base: Key,
    pub(crate) topic: Topic,
    pub(crate) axis: Axis,
    /// Indices of facts, with their keys.
    pub(crate) members: Vec<(usize, Key)>,
    /// Facts that are listed with the members but whose name no table knows: functions that had money last year.
    pub(crate) unnamed: Vec<usize>,
}

impl Family {
    /// Whether the section lists every part that the axis has, so that nothing can be missing from their sum: 基本支出 alone is
    /// not all expenditure. Sources and functions are as many as the section says.
    pub(crate) fn is_complete(&self, chart: &Chart) -> bool {
        let has_nature = |nature| self.members.iter().any(|(_, key)| key.nature == nature);
        let has_item = |item: &ThreePublicItem| self.members.iter().any(|(_, key)| key.three_public == Some(*item));
        match self.axis {
            // What all expenditure is divided into is said by the tables of the document alone.
            Axis::Nature => match chart.natures(self.base.source, Nature::All) {
                [] => false,
                parts => parts.iter().all(|part| has_nature(*part)),
            },
            Axis::BasicNature => Nature::Basic.parts().iter().all(|part| has_nature(*part)),
            Axis::ThreePublic => ThreePublicItem::All.parts().iter().all(|part| match part.parts() {
                [] => has_item(part),
                leaves => leaves.iter().all(has_item),
            }),
            Axis::Source | Axis::Function(_) | Axis::Paragraph => true,
        }
    }

    pub(crate) fn terms(&self, book: &Book<'_>) -> Vec<Term> {
        let members = self.members.iter().map(|(index, _)| index).chain(&self.unnamed);
        members.map(|index| book.term(book.fact(*index))).collect()
    }
}

/// The families of one measure, section by section.
pub(crate) fn families(book: &Book<'_>, measure: Measure) -> Vec<Family> {
    let mut families: BTreeMap<(Topic, Axis, Key), Vec<(usize, Key)>> = BTreeMap::new();
    for (index, _, key) in book.keyed(measure) {
        let Some(topic) = book.fact_topic(index) else { continue };
        if let Some((axis, base)) = place(topic, key) {
            let members = families.entry((topic, axis, base)).or_default();
            members.push((index, key));
        }
    }
    let family = |((topic, axis, base), members)| Family { base, topic, axis, members, unnamed: Vec::new() };
    let mut families: Vec<_> = families.into_iter().map(family).collect();
    for family in &mut families {
        let sources: BTreeSet<Source> = family.members.iter().map(|(_, key)| key.source).collect();
        let inside = |key: Key| sources.iter().any(|other| *other != key.source && other.contains(key.source));
        let mut seen = BTreeSet::new();
        family.members.retain(|(_, key)| seen.insert(*key) && !inside(*key));
        if family.axis == Axis::Nature {
            // 事业单位经营支出 that is counted in 基本支出 as well is no part beside it.
            let parts = book.chart().natures(family.base.source, Nature::All);
            family.members.retain(|(_, key)| parts.is_empty() || parts.contains(&key.nature));
        }
        if family.axis == Axis::Function(CodeLevel::Item) {
            family.unnamed = unnamed(book, measure, family);
        }
    }
    families.extend(LISTS.iter().filter_map(|(topic, base)| paragraphs(book, measure, *topic, *base)));
    families
}

/// Sections that list the parts of one whole in numbered paragraphs, by names that no table need know.
const LISTS: &[(Topic, Key)] = &[
    (Topic::CarryOver, Key { source: Source::CarryOver, ..Key::TOTAL }),
    (Topic::Fund, Key { source: Source::GovernmentFund, ..Key::TOTAL }),
    (Topic::StateCapital, Key { source: Source::StateCapital, ..Key::TOTAL }),
];

/// The first figure of each numbered paragraph (`3.十一.2`) of a section.
fn paragraphs(book: &Book<'_>, measure: Measure, topic: Topic, base: Key) -> Option<Family> {
    let mut sections: Vec<&str> = Vec::new();
    let mut unnamed = Vec::new();
    for (index, fact) in book.facts_of(topic).filter(|(_, fact)| fact.measure == measure) {
        if book.fact_key(index).is_some() {
            continue;
        }
        let numbered = fact.section.rsplit('.').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
        let money = fact.unit.as_ref().is_some_and(|unit| unit.in_yuan().is_some());
        if numbered && money && sections.last() != Some(&fact.section.as_str()) {
            sections.push(&fact.section);
            unnamed.push(index);
        }
    }
    (!unnamed.is_empty()).then(|| Family { base, topic, axis: Axis::Paragraph, members: Vec::new(), unnamed })
}

/// Facts of the same list (`3.五.(三).4` beside `3.五.(三).5`) and of the same depth whose function no table knows.
fn unnamed(book: &Book<'_>, measure: Measure, family: &Family) -> Vec<usize> {
    let facts = &book.disclosure().facts;
    let list = |index: usize| {
        let fact = facts.get(index)?;
        Some((fact.section.rsplit_once('.')?.0, fact.subject.len()))
    };
    let Some(own) = family.members.first().and_then(|(index, _)| list(*index)) else { return Vec::new() };
    let stated = book.facts().filter(|(index, fact)| fact.measure == measure && book.fact_key(*index).is_none());
    let stated = stated.filter(|(_, fact)| fact.unit.as_ref().is_some_and(|unit| unit.in_yuan().is_some()));
    let stated = stated.filter(|(index, _)| list(*index) == Some(own));
    let mut subjects = HashSet::new();
    let first_of_subject = stated.filter(|(_, fact)| subjects.insert(&fact.subject));
    first_of_subject.map(|(index, _)| index).collect()
}

fn place(topic: Topic, key: Key) -> Option<(Axis, Key)> {
    if let Some(item) = key.three_public {
        let leaf = item.parts().is_empty();
        let base = Key { three_public: Some(ThreePublicItem::All), ..key };
        return (topic == Topic::ThreePublic && leaf).then_some((Axis::ThreePublic, base));
    }
    if key.economic.is_some() {
        return None;
    }
    match (topic, key.function, key.nature) {
        (Topic::Income, None, Nature::All) if key != Key::TOTAL => Some((Axis::Source, Key::TOTAL)),
        (Topic::Appropriation | Topic::General, Some(code), Nature::All) => {
            Some((Axis::Function(code.level()), Key { function: None, ..key }))
        }
        (
            Topic::Expenditure | Topic::General | Topic::Fund | Topic::StateCapital,
            None,
            Nature::Basic
            | Nature::Project
            | Nature::OperatingBusiness
            | Nature::ToSuperior
            | Nature::ToAffiliate
            | Nature::Reserve
            | Nature::CarryForward,
        ) => Some((Axis::Nature, Key { nature: Nature::All, ..key })),
        (Topic::GeneralBasic, None, Nature::Personnel | Nature::Operating) => {
            Some((Axis::BasicNature, Key { nature: Nature::Basic, ..key }))
        }
        _ => None,
    }
}
