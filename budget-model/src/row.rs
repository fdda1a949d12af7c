//! The rows of a table.

use serde::{Deserialize, Serialize};

use crate::words::words;
use crate::{Cell, Code, CodeLevel, Dimensions, Doubts, Label, Meaning, Unread};

/// The side of a table that shows revenue and expenditure next to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// 收入
    Revenue,
    /// 支出
    Expenditure,
}

words! {
    /// The word used in CSV and JSON.
    Side {
        Revenue = "revenue",
        Expenditure = "expenditure",
    }
}

/// What a row is in the arithmetic of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 总计, 合计: the sum of the table (or of one side of it)
    Total,
    /// 类
    Class,
    /// 款
    Group,
    /// 项, or a project under an item
    Item,
    /// 预算单位: a subordinate unit
    Unit,
    /// Anything else, known by its words: 一、本年收入
    Label,
}

words! {
    /// The word used in CSV and JSON.
    Role {
        Total = "total",
        Class = "class",
        Group = "group",
        Item = "item",
        Unit = "unit",
        Label = "label",
    }
}

impl From<CodeLevel> for Role {
    fn from(level: CodeLevel) -> Self {
        match level {
            CodeLevel::Class => Self::Class,
            CodeLevel::Group => Self::Group,
            CodeLevel::Item => Self::Item,
        }
    }
}

/// A row of a table. Blank cells are absent: a blank is not a zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Row {
    /// Revenue or expenditure, in tables with two sides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// The code of the [classification](crate::Table::classification) of the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// The printed name, without white space.
    pub label: Label,
    /// 单位名称, where a column or the group above names the unit (预算单位) of the row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Label>,
    /// 项目名称, in tables of projects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<Label>,
    /// What the row is in the arithmetic of the table.
    pub role: Role,
    /// Index of the row that this one is a part of: a whole is the sum of its parts, column by column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<u32>,
    /// Whether the label is understood: what a row of unknown meaning is a row of is not said, its figures are certain as
    /// printed and have no coordinates.
    #[serde(default, skip_serializing_if = "Meaning::is_known")]
    pub meaning: Meaning,
    /// What the row fixes in the cube, besides its code and project.
    #[serde(flatten)]
    pub dimensions: Dimensions,
    /// What columns of words print besides code and name, in the order of print.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<RowText>,
    /// The printed figures, in the order of print.
    pub cells: Vec<Cell>,
    /// What stands in the row and was not understood. A column with such an entry is neither blank nor zero, and with one
    /// whose column is not known no column without a figure is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<Unread>,
    /// What is in doubt of all figures of the row: mostly which row it is, its code or its name.
    #[serde(default, skip_serializing_if = "Doubts::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<crate::Aspect>"))]
    pub doubts: Doubts,
}

/// What a column of words prints in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RowText {
    /// Index into [`Table::text_columns`](crate::Table::text_columns).
    pub column: u16,
    /// The words.
    pub text: Label,
}

impl RowText {
    /// The words in a column.
    #[must_use]
    pub fn new(column: u16, text: Label) -> Self {
        Self { column, text }
    }
}

impl Row {
    /// A row that has no figures yet and is no part of another.
    #[must_use]
    pub fn new(role: Role, label: Label) -> Self {
        Self {
            side: None,
            code: None,
            label,
            unit: None,
            project: None,
            role,
            part_of: None,
            meaning: Meaning::Known,
            dimensions: Dimensions::default(),
            texts: Vec::new(),
            cells: Vec::new(),
            unread: Vec::new(),
            doubts: Doubts::NONE,
        }
    }

    /// The cell in a column.
    #[must_use]
    pub fn cell(&self, column: u16) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.column == column)
    }

    /// What stands, or may stand, in a column and was not understood.
    #[must_use]
    pub fn unread_at(&self, column: u16) -> Option<&Unread> {
        let known = self.unread.iter().find(|unread| unread.column == Some(column));
        known.or_else(|| self.unread.iter().find(|unread| unread.column.is_none()))
    }
}
