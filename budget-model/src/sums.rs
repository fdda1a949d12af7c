//! Sums that a table suggests and does not keep.

use serde::{Deserialize, Serialize};

/// How many sums the header, the charts and the order of print of a table suggest that its figures do not confirm. Those that
/// they confirm are written into the table, as [`Column::part_of`](crate::Column::part_of) and
/// [`Row::part_of`](crate::Row::part_of).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Unconfirmed {
    /// Sums that do not hold: the form does not promise them, and no row that breaks them is wrong for it.
    pub contradicted: u32,
    /// Sums that too few rows can show, or that a column of unknown meaning takes part in; nothing is concluded.
    pub open: u32,
}

impl Unconfirmed {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
