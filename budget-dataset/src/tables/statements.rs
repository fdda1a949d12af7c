//! `statements`: one record for each figure that the text states.

use budget_export::FieldKind;
use budget_model::{Fact, Measure, Place};

use super::shared::{self, Axes, Of, half_unit_in_yuan, in_yuan, words};
use crate::record::Record;
use crate::table::{Field, OfDocument, Table};

pub(crate) struct Statements;

pub(crate) struct StatementRow<'a> {
    record: &'a Record<'a>,
    index: usize,
    fact: &'a Fact,
}

impl Of for StatementRow<'_> {
    fn record(&self) -> &Record<'_> {
        self.record
    }

    fn place(&self) -> Option<Place> {
        Some(self.fact.place)
    }

    fn axes(&self) -> Option<Axes<'_>> {
        self.fact.coordinates.as_ref().map(Axes::from)
    }
}

const MEASURES: fn() -> Vec<String> = || words(Measure::ALL, Measure::as_str);

impl Table for Statements {
    const NAME: &'static str = "statements";
    const TITLE: &'static str = "文字中的数字";
    const DESCRIPTION: &'static str = "One record for each figure stated in the explanatory text";
    const KEY: &'static [&'static str] = &["statement"];
    const FIELDS: &'static [Field<Self>] = &[
        shared::document(),
        Field::always("statement", "编号", "Key of the record", FieldKind::Key, |row| {
            row.record.statement(row.index).into()
        }),
        shared::entity_id(),
        shared::entity(),
        shared::region(),
        shared::region_code(),
        shared::year(),
        shared::stage(),
        Field::new(
            "section",
            "章节",
            "Path of the section: part, then the printed ordinals",
            FieldKind::Text,
            |row| row.fact.section.as_str().into(),
        ),
        Field::new(
            "subject",
            "主题",
            "What it is about, from the general to the particular, joined by /",
            FieldKind::Text,
            |row| row.fact.subject.join("/").into(),
        ),
        Field::always(
            "measure",
            "指标",
            "amount of this year, share in %, change from last year (yoy_change, yoy_percent), amount of last year \
                (prior_amount), count, area or other",
            FieldKind::Word(MEASURES),
            |row| row.fact.measure.as_str().into(),
        ),
        Field::always("value", "数值", "The number in `unit`; negative for a decrease", FieldKind::Number, |row| {
            row.fact.value.into()
        }),
        Field::always("decimals", "小数位数", "Decimals that are printed", FieldKind::Integer, |row| {
            row.fact.value.scale().into()
        }),
        Field::new("unit", "单位", "Printed unit", FieldKind::Text, |row| {
            row.fact.unit.as_ref().map(|unit| unit.as_str()).into()
        }),
        Field::new(
            "value_yuan",
            "金额（元）",
            "The number in yuan; null if it is no money",
            FieldKind::Number,
            |row| {
                let yuan = row.fact.unit.as_ref().and_then(|unit| in_yuan(row.fact.value, unit));
                yuan.map(|yuan| yuan.normalize()).into()
            },
        ),
        Field::new(
            "half_unit_yuan",
            "半个末位（元）",
            "Half of its last printed decimal in yuan",
            FieldKind::Number,
            |row| {
                let half = row.fact.unit.as_ref().and_then(|unit| half_unit_in_yuan(row.fact.value, unit));
                half.map(|half| half.normalize()).into()
            },
        ),
        shared::year_ref(),
        shared::money_year(),
        shared::phase(),
        shared::flow(),
        shared::source(),
        shared::nature(),
        shared::function(),
        shared::economic(),
        shared::economic_gov(),
        shared::project(),
        shared::budget_unit(),
        shared::item(),
        Field::new("quote", "原文", "The words it came from, without white space", FieldKind::Text, |row| {
            row.fact.quote.as_str().into()
        }),
        Field::new("reason", "原因", "The reason given for a change", FieldKind::Text, |row| {
            row.fact.reason.as_deref().into()
        }),
        shared::page(),
        shared::line(),
        shared::across(),
        shared::sheet(),
        shared::place(),
    ];
    type Row<'a> = StatementRow<'a>;
}

impl OfDocument for Statements {
    fn rows<'a>(record: &'a Record<'a>, add: &mut dyn FnMut(StatementRow<'a>)) {
        for (index, fact) in record.disclosure.facts.iter().enumerate() {
            add(StatementRow { record, index, fact });
        }
    }
}
