//! `unread`: what stands in a document and is in no other table.

use std::collections::HashSet;

use budget_export::{FieldKind, Value};
use budget_model::{HiddenText, Label, Place, Unread as UnreadCell, UnreadPage};

use super::shared::{self, Of};
use crate::record::Record;
use crate::table::{Field, OfDocument, Table};

pub(crate) struct Unread;

pub(crate) struct UnreadRow<'a> {
    record: &'a Record<'a>,
    /// From 1.
    number: usize,
    what: What<'a>,
}

#[derive(Clone)]
enum What<'a> {
    /// A piece of the source that nothing was made of.
    Text(&'a Label),
    /// What stands in a row of a table where a figure may be.
    Cell {
        table: usize,
        row: usize,
        cell: &'a UnreadCell,
    },
    /// What was lost of a table: the row that it stands in, or the one below or beside which it may be a row.
    Gap {
        table: usize,
        row: Option<u32>,
        label: &'a Label,
    },
    /// A row that is a part of a sum and prints no figure: it is blank, or its figures were lost.
    Blank {
        table: usize,
        row: usize,
        label: &'a Label,
    },
    Page(UnreadPage),
    Hidden(&'a HiddenText),
}

impl UnreadRow<'_> {
    fn at(&self) -> (Option<usize>, Option<u64>, Option<u32>) {
        match &self.what {
            What::Cell { table, row, cell } => {
                (Some(table + 1), Some(*row as u64 + 1), cell.column.map(|column| u32::from(column) + 1))
            }
            What::Gap { table, row, .. } => (Some(table + 1), row.map(|row| u64::from(row) + 1), None),
            What::Blank { table, row, .. } => (Some(table + 1), Some(*row as u64 + 1), None),
            _ => (None, None, None),
        }
    }
}

impl Of for UnreadRow<'_> {
    fn record(&self) -> &Record<'_> {
        self.record
    }

    fn place(&self) -> Option<Place> {
        match &self.what {
            What::Text(label) => Some(label.place),
            What::Gap { label, .. } | What::Blank { label, .. } => Some(label.place),
            What::Cell { cell, .. } => Some(cell.place),
            What::Page(_) => None,
            What::Hidden(hidden) => Some(hidden.place),
        }
    }
}

const KINDS: fn() -> Vec<String> = || ["text", "cell", "gap", "blank-row", "page", "hidden"].map(str::to_owned).into();

impl Table for Unread {
    const NAME: &'static str = "unread";
    const TITLE: &'static str = "未读内容";
    const DESCRIPTION: &'static str = "One record for each thing that stands in a document and is in no other table: text \
        that nothing was made of, a cell that was not understood, what was lost of a table (gap), a row that is a part of a sum \
        and prints no figure (blank-row), a page that was not read, text that nobody sees";
    const KEY: &'static [&'static str] = &["unread"];
    const FIELDS: &'static [Field<Self>] = &[
        shared::document(),
        Field::always("unread", "编号", "Key of the record", FieldKind::Key, |row| {
            format!("{}:u{}", row.record.key, row.number).into()
        }),
        shared::entity_id(),
        shared::region_code(),
        shared::year(),
        shared::stage(),
        Field::always("unread_kind", "类别", "What was not read", FieldKind::Word(KINDS), |row| {
            match row.what {
                What::Text(_) => "text",
                What::Cell { .. } => "cell",
                What::Gap { .. } => "gap",
                What::Blank { .. } => "blank-row",
                What::Page(_) => "page",
                What::Hidden(_) => "hidden",
            }
            .into()
        }),
        Field::new("reason", "原因", "Why a page was not read, or why nobody sees a text", FieldKind::Text, |row| {
            match &row.what {
                What::Page(page) => page.reason.as_str().into(),
                What::Hidden(hidden) => hidden.reason.as_str().into(),
                _ => Value::Null,
            }
        }),
        Field::new("words", "内容", "What stands there", FieldKind::Text, |row| match &row.what {
            What::Text(label) => label.text.as_str().into(),
            What::Gap { label, .. } | What::Blank { label, .. } => label.text.as_str().into(),
            What::Cell { cell, .. } => cell.text.as_str().into(),
            What::Page(_) => Value::Null,
            What::Hidden(hidden) => hidden.text.as_str().into(),
        }),
        Field::new("table_no", "表序", "The table that it stands in, from 1", FieldKind::Integer, |row| {
            row.at().0.into()
        }),
        Field::new(
            "row_no",
            "行序",
            "The row that it stands in; of a gap the row that it may be a part of; null for all rows of the table",
            FieldKind::Integer,
            |row| row.at().1.into(),
        ),
        Field::new(
            "column_no",
            "栏序",
            "The column that it stands in; null if it may be any",
            FieldKind::Integer,
            |row| row.at().2.into(),
        ),
        Field::new("page", "页", "Page, or number of the sheet in a workbook, from 1", FieldKind::Integer, |row| {
            match row.what {
                What::Page(page) => page.page.into(),
                _ => row.place().and_then(|place| row.record.pages.of(place)).into(),
            }
        }),
        shared::line(),
        shared::across(),
        shared::sheet(),
        shared::place(),
    ];
    type Row<'a> = UnreadRow<'a>;
}

impl OfDocument for Unread {
    fn rows<'a>(record: &'a Record<'a>, add: &mut dyn FnMut(UnreadRow<'a>)) {
        let disclosure = record.disclosure;
        let mut number = 0;
        let mut add = |what| {
            number += 1;
            add(UnreadRow { record, number, what });
        };
        disclosure.unread_pages.iter().for_each(|page| add(What::Page(*page)));
        for (table, of) in disclosure.tables.iter().enumerate() {
            let wholes: HashSet<u32> = of.rows.iter().filter_map(|row| row.part_of).collect();
            for (row, of) in of.rows.iter().enumerate() {
                let has_parts = u32::try_from(row).is_ok_and(|row| wholes.contains(&row));
                if of.cells.is_empty() && of.code.is_some() && of.part_of.is_some() && !has_parts {
                    add(What::Blank { table, row, label: &of.label });
                }
                of.unread.iter().for_each(|cell| add(What::Cell { table, row, cell }));
            }
            for gap in record.gaps.of_table(table) {
                let of_rows = if gap.rows.is_empty() { gap.wholes.as_slice() } else { gap.rows };
                let of_rows = of_rows.iter().map(|row| Some(*row));
                // One that is of no row may be of any.
                let of_all = gap.rows.is_empty() && gap.wholes.is_empty();
                let rows = of_rows.chain(of_all.then_some(None));
                rows.for_each(|row| add(What::Gap { table, row, label: gap.label }));
            }
        }
        disclosure.ledger.unread.iter().for_each(|label| add(What::Text(label)));
        disclosure.hidden_text.iter().for_each(|hidden| add(What::Hidden(hidden)));
    }
}
