//! Budget tables: columns, rows, cells, and how each cell got its column.

use serde::{Deserialize, Serialize};

use crate::words::words;
use crate::{
    Amount, Aspect, Code, CodeLevel, Coordinates, Dimensions, Doubts, Interval, Label, Nature, Place, Source, Unit,
};

/// What a table is about, whatever number the form gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// 收支总体情况表: revenue and expenditure at a glance
    Overview,
    /// 收入总体情况表: revenue by source and function
    Income,
    /// 支出总体情况表: expenditure by function, basic and project
    Expenditure,
    /// 财政拨款收支预算总体情况表: appropriations, revenue and expenditure
    Appropriation,
    /// 一般公共预算支出情况表: general public budget by function
    General,
    /// 一般公共预算基本支出情况表: general public budget, basic expenditure by economic class
    GeneralBasic,
    /// 一般公共预算项目支出情况表: general public budget, project by project
    GeneralProject,
    /// 政府性基金预算支出情况表: government-managed fund budget
    Fund,
    /// 国有资本经营预算支出情况表: state capital operations budget
    StateCapital,
    /// “三公”经费支出情况表: travel abroad, receptions, vehicles
    ThreePublic,
    /// 上年结转结余情况明细表: carried over from last year
    Carryover,
}

words! {
    /// The word used in CSV and JSON: `general_basic`.
    TableKind {
        Overview = "overview",
        Income = "income",
        Expenditure = "expenditure",
        Appropriation = "appropriation",
        General = "general",
        GeneralBasic = "general_basic",
        GeneralProject = "general_project",
        Fund = "fund",
        StateCapital = "state_capital",
        ThreePublic = "three_public",
        Carryover = "carryover",
    }
}

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

/// A column of a table, as its layout defines it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Column {
    /// Stable id, the same in every layout: `general-public-budget-own`.
    pub id: String,
    /// Canonical Chinese label: `一般公共预算`.
    pub label: String,
    /// The printed header words, from the top level to the bottom: `财政拨款（补助）`, `一般公共预算`; empty if they are the
    /// label alone. Adjacent columns that share leading words share (merged) header cells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub header: Vec<String>,
    /// Index of the column that this one is a part of: a whole is the sum of its parts, row by row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<u16>,
    /// What the column fixes in the cube.
    #[serde(flatten)]
    pub dimensions: Dimensions,
}

/// What it took to give a figure its column where the source does not show columns.
///
/// Ordered from the least to the most that had to be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The order of print alone: no other column was left.
    Order,
    /// The row must add up (总计 = 小计 + …).
    RowSum,
    /// Only columns that the total row uses can hold money.
    TotalRow,
    /// The rows below must add up to the row above (类 = Σ款 = Σ项).
    Hierarchy,
    /// The same figure stands in another table.
    OtherTable,
    /// The classification defines it: economic classes 301 and 303 are personnel, 302 and 310 operating expenditure.
    Definition,
    /// The explanatory text states the figure.
    Text,
}

words! {
    /// The word used in CSV and JSON.
    Evidence {
        Order = "order",
        RowSum = "row-sum",
        TotalRow = "total-row",
        Hierarchy = "hierarchy",
        OtherTable = "other-table",
        Definition = "definition",
        Text = "text",
    }
}

/// How a figure got its column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "known", rename_all = "kebab-case")]
pub enum Placement {
    /// The source shows the column (a cell of a sheet, a value next to its label).
    Printed,
    /// Nothing else is possible.
    Inferred {
        /// The strongest evidence that was needed.
        by: Evidence,
    },
    /// More than one column is possible.
    Ambiguous {
        /// Every possible column by index, the most plausible (which is also [`Cell::column`]) first.
        candidates: Vec<u16>,
    },
}

impl Placement {
    /// Whether only one column is possible.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        !matches!(self, Self::Ambiguous { .. })
    }
}

/// A printed figure in its column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cell {
    /// Index of the column; the most plausible one if the placement is ambiguous.
    pub column: u16,
    /// The figure, in the unit of the table.
    pub amount: Amount,
    /// How the column is known.
    pub placement: Placement,
    /// What else of this figure is in doubt: mostly its value. An ambiguous column is not repeated here.
    #[serde(default, skip_serializing_if = "Doubts::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Aspect>"))]
    pub doubts: Doubts,
}

/// Something that stands in a row and was not understood: an error value, a formula without its result, a token that is no
/// number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unread {
    /// Index of the column, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u16>,
    /// What is printed; empty where nothing is, as in a formula without its result.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// A row of a table. Blank cells are absent: a blank is not a zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Row {
    /// Revenue or expenditure, in tables with two sides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// Function or economic classification code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// The printed name, without white space.
    pub label: Label,
    /// 项目名称, in the project table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<Label>,
    /// What the row is in the arithmetic of the table.
    pub role: Role,
    /// Index of the row that this one is a part of: a whole is the sum of its parts, column by column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<u32>,
    /// What the row fixes in the cube, besides its code and project.
    #[serde(flatten)]
    pub dimensions: Dimensions,
    /// The printed figures, in the order of print.
    pub cells: Vec<Cell>,
    /// What stands in the row and was not understood. A column with such an entry is neither blank nor zero, and with one
    /// whose column is not known no column without a figure is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<Unread>,
    /// What is in doubt of all figures of the row: mostly which row it is, its code or its name.
    #[serde(default, skip_serializing_if = "Doubts::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Aspect>"))]
    pub doubts: Doubts,
}

impl Row {
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

/// A budget table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Table {
    /// What the table is about.
    pub kind: TableKind,
    /// The number printed above the title: `表1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Label>,
    /// The printed title.
    pub title: Label,
    /// 编制部门, 编制单位: who compiled it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compiler: Option<Label>,
    /// The unit of all figures; with a doubt of the [unit](Aspect::Unit) no more than the one that the form has by default.
    pub unit: Unit,
    /// Where the unit is printed; `None` if it was assumed or told from elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_place: Option<Place>,
    /// What the table as a whole fixes in the cube.
    pub dimensions: Dimensions,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// The rows, in the order of print; in a table with two sides, those of the revenue side first.
    pub rows: Vec<Row>,
    /// The sentence that declares the table empty (…为空表).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_empty: Option<Label>,
    /// Other notes printed with the table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Label>,
    /// What is in doubt of all figures of the table: their unit, or what the table is about.
    #[serde(default, skip_serializing_if = "Doubts::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Aspect>"))]
    pub doubts: Doubts,
}

/// One accounting identity inside a table: a whole and the parts that must add up to it.
///
/// A whole or part without a cell is blank there. Both are indices into [`Table::rows`] and [`Table::columns`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Row and column of the whole.
    pub whole: (u32, u16),
    /// Row and column of each part.
    pub parts: Vec<(u32, u16)>,
}

impl Table {
    /// The figure at a row and column, if one is printed there for certain.
    ///
    /// A figure that may be there is no answer: [`Row::cells`] has it, with what is in doubt.
    #[must_use]
    pub fn figure(&self, row: u32, column: u16) -> Option<&Amount> {
        let row = self.rows.get(row as usize)?;
        let cell = row.cell(column)?;
        self.doubts_of(row, cell).is_empty().then_some(&cell.amount)
    }

    /// Everything that is in doubt of a figure: of the table, the row, the cell, and its column where several are possible.
    #[must_use]
    pub fn doubts_of(&self, row: &Row, cell: &Cell) -> Doubts {
        let column = if cell.placement.is_certain() { Doubts::NONE } else { Doubts::of(Aspect::Column) };
        self.doubts_but_placement(row, cell) | column
    }

    /// What is in doubt of a figure besides the choice between its candidates: a doubt of the column means here that none of
    /// them may be right.
    #[must_use]
    pub fn doubts_but_placement(&self, row: &Row, cell: &Cell) -> Doubts {
        self.doubts | row.doubts | cell.doubts
    }

    /// Number of figures of which nothing is in doubt.
    #[must_use]
    pub fn certain_count(&self) -> usize {
        let certain = |row: &Row| row.cells.iter().filter(|cell| self.doubts_of(row, cell).is_empty()).count();
        self.rows.iter().map(certain).sum()
    }

    /// Number of printed figures.
    #[must_use]
    pub fn figure_count(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).sum()
    }

    /// Number of figures with more than one possible column.
    #[must_use]
    pub fn ambiguous_count(&self) -> usize {
        self.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.placement.is_certain()).count()
    }

    /// Whether any row is a part of this one.
    #[must_use]
    pub fn is_leaf(&self, row: u32) -> bool {
        !self.rows.iter().any(|other| other.part_of == Some(row))
    }

    /// How many rows this one is a part of, directly and indirectly: 0 for a total.
    #[must_use]
    pub fn level(&self, row: u32) -> u32 {
        let up = |row: u32| self.rows.get(row as usize).and_then(|row| row.part_of);
        // Bounded, so that a document made by hand with a cycle of rows ends as well.
        std::iter::successors(up(row), |row| up(*row)).take(self.rows.len()).count() as u32
    }

    /// The name of the unit (预算单位) that a row belongs to, in tables that list several.
    #[must_use]
    pub fn unit_of(&self, row: u32) -> Option<&str> {
        let entry = |index: u32| self.rows.get(index as usize);
        // Bounded like `level`.
        std::iter::successors(entry(row), |below| entry(below.part_of?))
            .take(self.rows.len() + 1)
            .find(|found| found.role == Role::Unit)
            .map(|found| found.label.text.as_str())
    }

    /// What the table, the row and the column of a cell fix in the cube, the code of the row among it. `None` if the row
    /// or column does not exist.
    #[must_use]
    pub fn dimensions_at(&self, row: u32, column: u16) -> Option<Dimensions> {
        let row = self.rows.get(row as usize)?;
        let column = self.columns.get(usize::from(column))?;
        let mut fixed = self.dimensions.narrowed(row.dimensions).narrowed(column.dimensions);
        match self.kind {
            TableKind::GeneralBasic => fixed.economic = row.code.or(fixed.economic),
            _ => fixed.function = row.code.or(fixed.function),
        }
        Some(fixed)
    }

    /// What a figure of a row is a figure of. `None` if anything of it is in doubt, or if it is not a figure of that row:
    /// equal coordinates must state equal amounts, and those of a guess would not.
    #[must_use]
    pub fn coordinates(&self, row: u32, cell: &Cell) -> Option<Coordinates> {
        let printed = self.rows.get(row as usize)?;
        self.doubts_of(printed, cell).is_empty().then(|| self.coordinates_at(row, cell.column)).flatten()
    }

    /// What a figure at a position would be a figure of, whether or not one stands there for certain. `None` if the row or
    /// column does not exist.
    #[must_use]
    pub fn coordinates_at(&self, row: u32, column: u16) -> Option<Coordinates> {
        let fixed = self.dimensions_at(row, column)?;
        let project = self.rows.get(row as usize).and_then(|row| row.project.as_ref());
        Some(Coordinates {
            source: fixed.source.unwrap_or(Source::All),
            nature: fixed.nature.unwrap_or(Nature::All),
            function: fixed.function,
            economic: fixed.economic,
            three_public: fixed.three_public,
            project: project.map(|label| label.text.clone()),
            unit: self.unit_of(row).map(str::to_owned),
        })
    }

    /// Every identity that the form of the table promises: wholes and parts along columns, then along rows.
    pub fn identities(&self) -> impl Iterator<Item = Identity> + '_ {
        let mut all = Vec::new();
        self.each_identity(|identity| all.push(identity.clone()));
        all.into_iter()
    }

    /// Calls `visit` with every identity of [`identities`](Self::identities), in the same order and without an allocation
    /// for each: there are more identities than figures.
    pub fn each_identity(&self, mut visit: impl FnMut(&Identity)) {
        let mut identity = Identity { whole: (0, 0), parts: Vec::new() };
        let mut columns = vec![Vec::new(); self.columns.len()];
        for (index, column) in self.columns.iter().enumerate() {
            if let Some(list) = column.part_of.and_then(|whole| columns.get_mut(usize::from(whole))) {
                list.push(index as u16);
            }
        }
        for row in 0..self.rows.len() as u32 {
            for (whole, parts) in (0..).zip(&columns).filter(|(_, parts)| !parts.is_empty()) {
                identity.whole = (row, whole);
                identity.parts.clear();
                identity.parts.extend(parts.iter().map(|part| (row, *part)));
                visit(&identity);
            }
        }
        let mut rows = vec![Vec::new(); self.rows.len()];
        for (index, row) in self.rows.iter().enumerate() {
            if let Some(list) = row.part_of.and_then(|whole| rows.get_mut(whole as usize)) {
                list.push(index as u32);
            }
        }
        for (whole, parts) in (0..).zip(&rows).filter(|(_, parts)| !parts.is_empty()) {
            for column in 0..self.columns.len() as u16 {
                identity.whole = (whole, column);
                identity.parts.clear();
                identity.parts.extend(parts.iter().map(|part| (*part, column)));
                visit(&identity);
            }
        }
    }

    /// Whether an identity holds within rounding, figures that are in doubt taken as they are read; `true` where nothing is
    /// printed.
    #[must_use]
    pub fn holds(&self, identity: &Identity) -> bool {
        let interval = |(row, column): (u32, u16)| Some(self.rows.get(row as usize)?.cell(column)?.amount.interval());
        let parts =
            identity.parts.iter().filter_map(|cell| interval(*cell)).fold(Interval::ZERO, |sum, part| sum + part);
        interval(identity.whole).unwrap_or(Interval::ZERO).meets(parts)
    }
}
