//! `funds`: money that a performance table divides further.

use budget_export::{FieldKind, Value};
use budget_model::{PerformanceFund, PerformanceTable, Phase, Place};

use super::shared::{self, Of, in_yuan, words};
use crate::record::Record;
use crate::table::{Field, OfDocument, Table};

pub(crate) struct Funds;

pub(crate) struct FundRow<'a> {
    record: &'a Record<'a>,
    table_index: usize,
    table: &'a PerformanceTable,
    /// From 1.
    number: usize,
    fund: &'a PerformanceFund,
}

impl Of for FundRow<'_> {
    fn record(&self) -> &Record<'_> {
        self.record
    }

    fn place(&self) -> Option<Place> {
        Some(self.fund.amount.place)
    }
}

const PHASES: fn() -> Vec<String> = || words(Phase::ALL, Phase::as_str);

impl Table for Funds {
    const NAME: &'static str = "funds";
    const TITLE: &'static str = "绩效资金";
    const DESCRIPTION: &'static str =
        "One record for each amount that a performance table divides further: by phase, period, source or task";
    const KEY: &'static [&'static str] = &["fund"];
    const FIELDS: &'static [Field<Self>] = &[
        shared::document(),
        Field::always("fund", "编号", "Key of the record", FieldKind::Key, |row| {
            format!("{}:f{}", row.record.performance(row.table_index), row.number).into()
        }),
        Field::always(
            "project_key",
            "项目编号",
            "The record of projects that it belongs to",
            FieldKind::Text,
            |row| row.record.performance(row.table_index).into(),
        ),
        shared::entity_id(),
        shared::region_code(),
        shared::year(),
        shared::stage(),
        Field::new("project", "项目名称", "Name of the project", FieldKind::Text, |row| {
            row.table.name.as_ref().map(|name| name.text.as_str()).into()
        }),
        Field::new(
            "fund_path",
            "名目",
            "The words that it is printed under, those of its row and then those of its column, joined by /",
            FieldKind::Text,
            |row| row.fund.path.join("/").into(),
        ),
        Field::new(
            "phase",
            "阶段",
            "How far the budget had come, if a word says so",
            FieldKind::Word(PHASES),
            |row| row.fund.phase.map(Phase::as_str).into(),
        ),
        Field::always("amount", "金额", "The amount in `unit`", FieldKind::Number, |row| {
            row.fund.amount.value.into()
        }),
        Field::new("unit", "单位", "Unit of the amount", FieldKind::Text, |row| row.table.money_unit.as_str().into()),
        Field::new("amount_yuan", "金额（元）", "The amount in yuan", FieldKind::Number, |row| {
            in_yuan(row.fund.amount.value, &row.table.money_unit).map(|yuan| yuan.normalize()).into()
        }),
        Field::new("content", "主要内容", "What the money of its row is for", FieldKind::Text, |row| {
            row.fund.content.as_deref().into()
        }),
        Field::new("outcome", "完成情况", "What became of it", FieldKind::Text, |row| {
            row.fund.outcome.as_deref().into()
        }),
        Field::new("execution_rate", "预算执行率", "Share that was spent, as printed", FieldKind::Text, |row| {
            match &row.fund.execution {
                None => Value::Null,
                Some(execution) => execution.rate.as_deref().into(),
            }
        }),
        shared::page(),
        shared::place(),
    ];
    type Row<'a> = FundRow<'a>;
}

impl OfDocument for Funds {
    fn rows<'a>(record: &'a Record<'a>, add: &mut dyn FnMut(FundRow<'a>)) {
        for (table_index, table) in record.disclosure.performance.iter().enumerate() {
            for (number, fund) in (1..).zip(&table.funds) {
                add(FundRow { record, table_index, table, number, fund });
            }
        }
    }
}
