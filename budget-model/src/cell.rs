//! Figures in their columns, and how each got there.

use serde::{Deserialize, Serialize};

use crate::words::words;
use crate::{Amount, Doubts, Place};

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
#[non_exhaustive]
pub struct Cell {
    /// Index of the column; the most plausible one if the placement is ambiguous.
    pub column: u16,
    /// The figure, in the unit of the table.
    pub amount: Amount,
    /// How the column is known.
    pub placement: Placement,
    /// What else of this figure is in doubt: mostly its value. An ambiguous column is not repeated here.
    #[serde(default, skip_serializing_if = "Doubts::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<crate::Aspect>"))]
    pub doubts: Doubts,
}

impl Cell {
    /// A figure of which nothing but, perhaps, the column is in doubt.
    #[must_use]
    pub fn new(column: u16, amount: Amount, placement: Placement) -> Self {
        Self { column, amount, placement, doubts: Doubts::NONE }
    }
}

/// Something that stands in a row and was not understood: an error value, a formula without its result, a token that is no
/// number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Unread {
    /// Index of the column, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u16>,
    /// What is printed; empty where nothing is, as in a formula without its result.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

impl Unread {
    /// A text that was not understood; `column` where it is known.
    #[must_use]
    pub fn new(column: Option<u16>, text: impl Into<String>, place: Place) -> Self {
        Self { column, text: text.into(), place }
    }
}
