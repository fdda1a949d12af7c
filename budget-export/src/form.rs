//! A budget table as the official form prints it: what stands in which cell, for every format that draws tables.

mod blocks;
mod body;
mod head;

use std::borrow::Cow;

use budget_model::{Figure, Label, Table, Unread};

use crate::{Omission, OmissionKind};
use blocks::Block;

/// A rectangle of cells; rows and columns are counted from 0, and both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its first row.
    pub top: u32,
    /// Its first column.
    pub left: u16,
    /// Its last row.
    pub bottom: u32,
    /// Its last column.
    pub right: u16,
}

impl Area {
    /// One cell.
    #[must_use]
    pub const fn cell(row: u32, column: u16) -> Self {
        Self { top: row, left: column, bottom: row, right: column }
    }
}

/// A budget table laid out as its form: codes by 类, 款, 项 in columns of their own, header words that are shared in one cell, and
/// revenue beside expenditure where a table has two sides.
///
/// ```
/// use budget_export::{FormContent, OfficialForm};
/// use budget_model::Table;
///
/// /// The figures of each row, as they stand side by side.
/// fn figures(table: &Table) -> Vec<Vec<String>> {
///     let figure = |content: &FormContent<'_>| match content {
///         FormContent::Figure(figure) => Some(figure.amount().value.to_string()),
///         _ => None,
///     };
///     let form = OfficialForm::of(table);
///     form.rows.iter().map(|row| row.iter().filter_map(|cell| figure(&cell.content)).collect()).collect()
/// }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OfficialForm<'t> {
    /// What its columns are for, from the left.
    pub columns: Vec<FormColumn>,
    /// The number of rows of the head.
    pub head_rows: u32,
    /// The cells of the head, row by row; together they cover it.
    pub head: Vec<FormCell<'t>>,
    /// The rows below the head. Each has a cell for every column.
    pub rows: Vec<Vec<FormCell<'t>>>,
    /// What of the table has no cell.
    pub omissions: Vec<Omission>,
}

/// What a column of a form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormColumn {
    /// One level of a code: 类, 款 or 项.
    Code,
    /// The names of rows.
    Name,
    /// 单位名称 or 项目名称
    Party,
    /// Words besides code and name.
    Words,
    /// Figures.
    Figures,
    /// Nothing: it parts revenue from expenditure.
    Gap,
}

/// A cell of a form.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FormCell<'t> {
    /// The cells that it takes, rows counted from the first of the head.
    pub area: Area,
    /// What stands in it.
    pub content: FormContent<'t>,
}

/// What stands in a cell of a form.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum FormContent<'t> {
    /// Words of the head.
    Heading(Cow<'t, str>),
    /// ※ and the number of a column, in the last row of the head.
    ColumnNumber(String),
    /// A part of a code: `201`, `32`, `99`.
    Code(String),
    /// The name of a row, with its code in front where codes have no columns.
    Name {
        /// The name.
        text: Cow<'t, str>,
        /// How far it is indented.
        level: u8,
        /// Whether it is the row of a total.
        is_total: bool,
        /// The name as it is printed.
        label: &'t Label,
    },
    /// The name of a unit or a project, or other words.
    Words(&'t Label),
    /// A figure.
    Figure(Figure<'t>),
    /// Something that was not understood.
    Unread(&'t Unread),
    /// Nothing.
    Blank,
    /// Nothing, between the two sides.
    Gap,
}

impl<'t> OfficialForm<'t> {
    /// The form of a table.
    #[must_use]
    pub fn of(table: &'t Table) -> Self {
        let blocks = blocks::of(table);
        let width = blocks.last().map_or(0, Block::end);
        let mut columns = vec![FormColumn::Gap; usize::from(width)];
        blocks.iter().for_each(|block| block.name_columns(&mut columns));
        let mut form = Self { columns, head_rows: 0, head: Vec::new(), rows: Vec::new(), omissions: Vec::new() };
        if let [_, _] = blocks.as_slice() {
            form.omit(OmissionKind::RowWithoutSide, table.rows.iter().filter(|row| row.side.is_none()).count());
        }
        head::add(&mut form, &blocks);
        body::add(&mut form, table, &blocks);
        form
    }

    /// Whether revenue and expenditure stand side by side.
    #[must_use]
    pub fn has_two_sides(&self) -> bool {
        self.columns.contains(&FormColumn::Gap)
    }

    fn omit(&mut self, kind: OmissionKind, count: usize) {
        match self.omissions.iter_mut().find(|omission| omission.kind == kind) {
            _ if count == 0 => {}
            Some(omission) => omission.count += count,
            None => self.omissions.push(Omission { kind, count }),
        }
    }
}
