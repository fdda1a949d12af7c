//! `columns`: the printed headers of the budget tables, and what they mean.

use budget_export::{FieldKind, Value};
use budget_model::{Column, Place, Side, Table as BudgetTable, YearRef};

use super::shared::{self, Axes, Of};
use crate::record::Record;
use crate::table::{Field, OfDocument, Table};

pub(crate) struct Columns;

pub(crate) struct ColumnRow<'a> {
    record: &'a Record<'a>,
    table_no: usize,
    table: &'a BudgetTable,
    column_no: usize,
    column: &'a Column,
}

impl Of for ColumnRow<'_> {
    fn record(&self) -> &Record<'_> {
        self.record
    }

    fn place(&self) -> Option<Place> {
        Some(self.table.title.place)
    }

    /// What table and column fix, whatever the row: no project, unit or code.
    fn axes(&self) -> Option<Axes<'_>> {
        let fixed = self.table.dimensions.narrowed(self.column.dimensions);
        let is_known = self.column.is_known() && self.table.kind.shows_budget() && self.table.doubts.is_empty();
        is_known.then(|| fixed.into())
    }
}

impl Table for Columns {
    const NAME: &'static str = "columns";
    const TITLE: &'static str = "栏目";
    const DESCRIPTION: &'static str =
        "One record for each column of figures of a budget table: what its header prints and what it means";
    const KEY: &'static [&'static str] = &["document", "table_no", "column_no"];
    const FIELDS: &'static [Field<Self>] = &[
        shared::document(),
        Field::always("table_no", "表序", "Order of the table in the document, from 1", FieldKind::Integer, |row| {
            row.table_no.into()
        }),
        Field::always("column_no", "栏序", "Order of the column in the table, from 1", FieldKind::Integer, |row| {
            row.column_no.into()
        }),
        shared::entity_id(),
        shared::region_code(),
        shared::year(),
        shared::stage(),
        Field::always("table_kind", "表种", "What the table is about", FieldKind::Word(shared::TABLE_KINDS), |row| {
            row.table.kind.as_str().into()
        }),
        Field::new("table_title", "表名", "Printed title of the table", FieldKind::Text, |row| {
            row.table.title.text.as_str().into()
        }),
        Field::new("unit", "单位", "Unit of the column; null if it is not known", FieldKind::Text, |row| {
            let is_open = row.table.doubts.has(budget_model::Aspect::Unit);
            match row.column.dimensions.year {
                _ if is_open => Value::Null,
                Some(YearRef::ChangePercent) => "%".into(),
                _ => row.table.unit.as_str().into(),
            }
        }),
        Field::new(
            "column_id",
            "栏目标识",
            "Name of what the column means, the same in every form; null if nobody knows",
            FieldKind::Text,
            |row| row.column.id.as_str().into(),
        ),
        Field::new("column_label", "栏目", "Name of the column, unique in its table", FieldKind::Text, |row| {
            row.column.label.as_str().into()
        }),
        Field::new(
            "header",
            "表头",
            "Printed header words above the column, from the top, joined by /",
            FieldKind::Text,
            |row| row.column.path().join("/").into(),
        ),
        Field::always(
            "is_understood",
            "含义已知",
            "Whether the words of the header are known; if not, its figures are of nobody knows what",
            FieldKind::Flag,
            |row| row.column.is_known().into(),
        ),
        Field::new(
            "whole_column",
            "上级栏",
            "column_no of the column that this one is a part of",
            FieldKind::Integer,
            |row| row.column.part_of.map(|whole| u32::from(whole) + 1).into(),
        ),
        Field::always(
            "has_sides",
            "分收支两侧",
            "Whether the table shows revenue and expenditure side by side",
            FieldKind::Flag,
            |row| row.table.rows.iter().any(|other| other.side == Some(Side::Revenue)).into(),
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
        shared::item(),
        shared::page(),
        shared::place(),
    ];
    type Row<'a> = ColumnRow<'a>;
}

impl OfDocument for Columns {
    fn rows<'a>(record: &'a Record<'a>, add: &mut dyn FnMut(ColumnRow<'a>)) {
        for (table_no, table) in (1..).zip(&record.disclosure.tables) {
            for (column_no, column) in (1..).zip(&table.columns) {
                add(ColumnRow { record, table_no, table, column_no, column });
            }
        }
    }
}
