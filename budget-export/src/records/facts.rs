//! `facts.csv`: one record per figure stated in the text.

use budget_model::{Coordinates, Fact, Measure, Place};

use super::{Field, FieldKind, Located, Resource, Value, joined, shared, words};
use crate::document::Entry;

pub(crate) struct Facts;

pub(crate) struct FactRow<'a> {
    document: Entry<'a>,
    number: usize,
    fact: &'a Fact,
}

impl Located for FactRow<'_> {
    fn document(&self) -> Entry<'_> {
        self.document
    }

    fn place(&self) -> Option<Place> {
        Some(self.fact.place)
    }

    fn coordinates(&self) -> Option<&Coordinates> {
        self.fact.coordinates.as_ref()
    }
}

impl Resource for Facts {
    const NAME: &'static str = "facts";
    const SHEET: &'static str = "正文数字";
    const DESCRIPTION: &'static str = "One record per figure stated in the text outside tables";
    const FIELDS: &'static [Field<Self>] = &[
        Field::new("fact", "编号", "Key of the record", FieldKind::Key, |at| {
            Value::from(format!("{}:f{}", at.document.info.id(), at.number))
        }),
        shared::doc(),
        Field::new("section", "章节", "Path of the section", FieldKind::Text, |at| Value::from(&at.fact.section)),
        Field::new("subject", "事项", "What it is about, path joined by /", FieldKind::Text, |at| {
            joined(&at.fact.subject, "/")
        }),
        Field::new("measure", "量度", "What it measures", FieldKind::Word(|| words(Measure::ALL)), |at| {
            Value::from(at.fact.measure.as_str())
        }),
        Field::new("value", "数值", "The number; year-on-year decreases are negative", FieldKind::Number, |at| {
            Value::from(at.fact.value)
        }),
        Field::new("unit", "单位", "Printed unit", FieldKind::Text, |at| {
            Value::from(at.fact.unit.as_ref().map(budget_model::Unit::as_str))
        }),
        Field::new("quote", "原文", "The words it came from, without white space", FieldKind::Text, |at| {
            Value::from(&at.fact.quote)
        }),
        Field::new("reason", "主要原因", "The reason given for a change", FieldKind::Text, |at| {
            Value::from(at.fact.reason.as_deref())
        }),
        shared::source(),
        shared::nature(),
        shared::function(),
        shared::economic(),
        shared::government_economic(),
        shared::three_public(),
        shared::project(),
        shared::budget_unit(),
        shared::phase(),
        shared::year(),
        shared::flow(),
        shared::page(),
        shared::line(),
        shared::position(),
        shared::sheet(),
    ];
    type Row<'a> = FactRow<'a>;

    fn rows<'a>(document: Entry<'a>) -> Box<dyn Iterator<Item = FactRow<'a>> + 'a> {
        let facts = document.disclosure.facts.iter().zip(1..);
        Box::new(facts.map(move |(fact, number)| FactRow { document, number, fact }))
    }
}
