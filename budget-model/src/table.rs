//! Budget tables.

use serde::{Deserialize, Serialize};

use crate::{
    Amount, Aspect, Cell, Classification, Column, Coordinates, Dimensions, Doubts, Interval, Join, Label, Place,
    Position, Role, Row, TableKind, TextColumn, Unconfirmed, Unit,
};

/// A budget table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
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
    /// What the codes of the rows classify.
    #[serde(default, skip_serializing_if = "Classification::is_function")]
    pub classification: Classification,
    /// The columns of figures, left to right.
    pub columns: Vec<Column>,
    /// The columns of words besides code and name, left to right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub text_columns: Vec<TextColumn>,
    /// The rows, in the order of print; in a table with two sides, those of the revenue side first.
    pub rows: Vec<Row>,
    /// The sentence that declares the table empty (…为空表).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_empty: Option<Label>,
    /// Other notes printed with the table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Label>,
    /// The pieces on further pages that were put together to this table, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joins: Vec<Join>,
    /// Sums that the table suggests and does not keep.
    #[serde(default, skip_serializing_if = "Unconfirmed::is_empty")]
    pub unconfirmed: Unconfirmed,
    /// What is in doubt of all figures of the table: their unit, or what the table is about.
    #[serde(default, skip_serializing_if = "Doubts::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Aspect>"))]
    pub doubts: Doubts,
}

/// One accounting identity inside a table: a whole and the parts that must add up to it.
///
/// A whole or part without a cell is blank there.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Identity {
    /// Where the whole stands.
    pub whole: Position,
    /// Where each part stands.
    pub parts: Vec<Position>,
}

impl Table {
    /// A table that has no columns and rows yet.
    #[must_use]
    pub fn new(kind: TableKind, title: Label) -> Self {
        Self {
            kind,
            number: None,
            title,
            compiler: None,
            unit: Unit::Unknown,
            unit_place: None,
            dimensions: Dimensions::default(),
            classification: kind.classification(),
            columns: Vec::new(),
            text_columns: Vec::new(),
            rows: Vec::new(),
            declared_empty: None,
            notes: Vec::new(),
            joins: Vec::new(),
            unconfirmed: Unconfirmed::default(),
            doubts: Doubts::NONE,
        }
    }

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
            .find_map(|found| match &found.unit {
                None => (found.role == Role::Unit).then_some(&found.label),
                named => named.as_ref(),
            })
            .map(|name| name.text.as_str())
    }

    /// What the table, the row and the column of a cell fix in the cube, the code of the row among it. `None` if the row
    /// or column does not exist, if nobody knows what the column is, or if the table does not [show the
    /// budget](TableKind::shows_budget).
    #[must_use]
    pub fn dimensions_at(&self, row: u32, column: u16) -> Option<Dimensions> {
        let row = self.rows.get(row as usize).filter(|row| self.kind.shows_budget() && row.meaning.is_known())?;
        let column = self.columns.get(usize::from(column)).filter(|column| column.is_known())?;
        let mut fixed = self.dimensions.narrowed(row.dimensions).narrowed(column.dimensions);
        let of_row = match self.classification {
            Classification::Function => &mut fixed.function,
            Classification::Economic => &mut fixed.economic,
            Classification::GovernmentEconomic => &mut fixed.government_economic,
        };
        *of_row = row.code.or(*of_row);
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
    /// column does not exist, and as for [`dimensions_at`](Self::dimensions_at).
    #[must_use]
    pub fn coordinates_at(&self, row: u32, column: u16) -> Option<Coordinates> {
        let fixed = self.dimensions_at(row, column)?;
        let project = self.rows.get(row as usize).and_then(|row| row.project.as_ref());
        Some(Coordinates {
            source: fixed.source.unwrap_or_default(),
            nature: fixed.nature.unwrap_or_default(),
            function: fixed.function,
            economic: fixed.economic,
            government_economic: fixed.government_economic,
            three_public: fixed.three_public,
            project: project.map(|label| label.text.clone()),
            unit: self.unit_of(row).map(str::to_owned),
            phase: fixed.phase,
            year: fixed.year,
            flow: fixed.flow,
        })
    }

    /// For each column the columns that add up to it, row by row: none where one of them is of unknown meaning, which leaves
    /// the sum open.
    #[must_use]
    pub fn parts_of_columns(&self) -> Vec<Vec<u16>> {
        let mut columns = vec![Vec::new(); self.columns.len()];
        for (index, column) in (0..).zip(&self.columns) {
            if let Some(list) = column.part_of.and_then(|whole| columns.get_mut(usize::from(whole))) {
                list.push(index);
            }
        }
        let adds_up = |column: &u16| self.columns.get(usize::from(*column)).is_some_and(Column::adds_up);
        for (whole, parts) in (0..).zip(&mut columns) {
            if !adds_up(&whole) || !parts.iter().all(adds_up) {
                parts.clear();
            }
        }
        columns
    }

    /// How many sums are established: columns and rows that others are parts of.
    #[must_use]
    pub fn established_sums(&self) -> usize {
        let mut columns: Vec<u16> = self.columns.iter().filter_map(|column| column.part_of).collect();
        let mut rows: Vec<u32> = self.rows.iter().filter_map(|row| row.part_of).collect();
        columns.sort_unstable();
        columns.dedup();
        rows.sort_unstable();
        rows.dedup();
        columns.len() + rows.len()
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
        let mut identity = Identity { whole: Position::new(0, 0), parts: Vec::new() };
        let columns = self.parts_of_columns();
        let adds_up = |column: &u16| self.columns.get(usize::from(*column)).is_some_and(Column::adds_up);
        for row in 0..self.rows.len() as u32 {
            for (whole, parts) in (0..).zip(&columns).filter(|(_, parts)| !parts.is_empty()) {
                identity.whole = Position::new(row, whole);
                identity.parts.clear();
                identity.parts.extend(parts.iter().map(|part| Position::new(row, *part)));
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
            for column in (0..self.columns.len() as u16).filter(adds_up) {
                identity.whole = Position::new(whole, column);
                identity.parts.clear();
                identity.parts.extend(parts.iter().map(|part| Position::new(*part, column)));
                visit(&identity);
            }
        }
    }

    /// Whether an identity holds within rounding, figures that are in doubt taken as they are read; `true` where nothing is
    /// printed.
    #[must_use]
    pub fn holds(&self, identity: &Identity) -> bool {
        let interval = |at: Position| Some(self.rows.get(at.row as usize)?.cell(at.column)?.amount.interval());
        let parts =
            identity.parts.iter().filter_map(|cell| interval(*cell)).fold(Interval::ZERO, |sum, part| sum + part);
        interval(identity.whole).unwrap_or(Interval::ZERO).meets(parts)
    }
}
