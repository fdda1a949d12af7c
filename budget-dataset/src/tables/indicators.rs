//! `indicators`: one record for each third-level performance indicator.

use budget_export::{FieldKind, Value};
use budget_model::{Indicator, IndicatorNature, IndicatorValue, Operator, Place};

use super::shared::{self, Of, words};
use crate::record::Record;
use crate::table::{Field, OfDocument, Table};

pub(crate) struct Indicators;

pub(crate) struct IndicatorRow<'a> {
    record: &'a Record<'a>,
    table: usize,
    index: usize,
    indicator: &'a Indicator,
}

impl<'a> IndicatorRow<'a> {
    fn achieved<T: Into<Value<'a>>>(&self, of: impl Fn(&'a IndicatorValue) -> T) -> Value<'a> {
        self.indicator.achieved.as_ref().map(of).into()
    }
}

impl Of for IndicatorRow<'_> {
    fn record(&self) -> &Record<'_> {
        self.record
    }

    fn place(&self) -> Option<Place> {
        Some(self.indicator.name.place)
    }
}

const OPERATORS: fn() -> Vec<String> = || words(Operator::ALL, Operator::as_str);
const NATURES: fn() -> Vec<String> = || words(IndicatorNature::ALL, IndicatorNature::as_str);

impl Table for Indicators {
    const NAME: &'static str = "indicators";
    const TITLE: &'static str = "绩效指标";
    const DESCRIPTION: &'static str = "One record for each third-level indicator of a performance table";
    const KEY: &'static [&'static str] = &["indicator"];
    const FIELDS: &'static [Field<Self>] = &[
        shared::document(),
        Field::always("indicator", "编号", "Key of the record", FieldKind::Key, |row| {
            row.record.indicator(row.table, row.index).into()
        }),
        Field::always(
            "project_key",
            "项目编号",
            "The record of projects that it belongs to",
            FieldKind::Text,
            |row| row.record.performance(row.table).into(),
        ),
        shared::entity_id(),
        shared::entity(),
        shared::region_code(),
        shared::year(),
        shared::stage(),
        Field::new("level1", "一级指标", "First level", FieldKind::Text, |row| {
            row.indicator.level1.as_str().into()
        }),
        Field::new("level2", "二级指标", "Second level", FieldKind::Text, |row| {
            row.indicator.level2.as_str().into()
        }),
        Field::new("level3", "三级指标", "Third level: what is measured", FieldKind::Text, |row| {
            row.indicator.name.text.as_str().into()
        }),
        Field::always("levels_certain", "层级确定", "Whether levels 1 and 2 are certain", FieldKind::Flag, |row| {
            row.indicator.levels_certain.into()
        }),
        Field::new("printed", "指标值", "The target as printed", FieldKind::Text, |row| {
            row.indicator.value.raw.text.as_str().into()
        }),
        Field::new("comparison", "运算符", "The direction of the target", FieldKind::Word(OPERATORS), |row| {
            row.indicator.value.operator.map(Operator::as_str).into()
        }),
        Field::new("number", "数值", "The number in the target", FieldKind::Number, |row| {
            row.indicator.value.number.into()
        }),
        Field::new("unit", "单位", "The unit in the target", FieldKind::Text, |row| {
            row.indicator.value.unit.as_deref().into()
        }),
        Field::new("basis", "设定依据", "Basis of the target", FieldKind::Text, |row| {
            row.indicator.basis.as_deref().into()
        }),
        Field::new("last_year", "上年完成值", "What was reached last year, as printed", FieldKind::Text, |row| {
            row.indicator.last_year.as_deref().into()
        }),
        Field::new("weight", "分值权重", "Points for it", FieldKind::Number, |row| row.indicator.weight.into()),
        Field::new("scoring", "赋分规则", "How points are given", FieldKind::Text, |row| {
            row.indicator.scoring.as_deref().into()
        }),
        Field::new("evidence", "佐证资料", "Evidence to show", FieldKind::Text, |row| {
            row.indicator.evidence.as_deref().into()
        }),
        Field::new("activity", "活动", "What of the work of the entity it is about", FieldKind::Text, |row| {
            row.indicator.activity.as_deref().into()
        }),
        Field::new(
            "indicator_nature",
            "指标性质",
            "Measured in words or by a number",
            FieldKind::Word(NATURES),
            |row| row.indicator.nature.map(IndicatorNature::as_str).into(),
        ),
        Field::new("is_core", "是否核心指标", "Whether it is a core indicator", FieldKind::Flag, |row| {
            row.indicator.core.into()
        }),
        Field::new("achieved", "实际完成值", "What was reached, as printed", FieldKind::Text, |row| {
            row.achieved(|value| value.raw.text.as_str())
        }),
        Field::new("achieved_number", "实际完成数值", "The number in it", FieldKind::Number, |row| {
            row.achieved(|value| value.number)
        }),
        Field::new("achieved_unit", "实际完成单位", "The unit in it", FieldKind::Text, |row| {
            row.achieved(|value| value.unit.as_deref())
        }),
        Field::new("score", "得分", "Points that were given", FieldKind::Number, |row| row.indicator.score.into()),
        Field::new("deviation", "偏差原因", "Reasons of a deviation and what is done", FieldKind::Text, |row| {
            row.indicator.deviation.as_deref().into()
        }),
        Field::new("remark", "备注", "The printed remark", FieldKind::Text, |row| {
            row.indicator.remark.as_deref().into()
        }),
        shared::page(),
        shared::place(),
    ];
    type Row<'a> = IndicatorRow<'a>;
}

impl OfDocument for Indicators {
    fn rows<'a>(record: &'a Record<'a>, add: &mut dyn FnMut(IndicatorRow<'a>)) {
        for (table, performance) in record.disclosure.performance.iter().enumerate() {
            for (index, indicator) in performance.indicators.iter().enumerate() {
                add(IndicatorRow { record, table, index, indicator });
            }
        }
    }
}
