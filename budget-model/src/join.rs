//! How the pieces of a table over several pages were put together.

use serde::{Deserialize, Serialize};

use crate::Place;
use crate::words::words;

/// A piece of a table that goes on from the page or sheet before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Join {
    /// Where the piece begins.
    pub place: Place,
    /// What says that it is a piece of this table, and which column is which.
    pub by: JoinBy,
    /// Whether the columns of the piece are certain; where they are not, those of its figures are in doubt.
    pub is_certain: bool,
}

impl Join {
    /// A piece that begins at a place.
    #[must_use]
    pub const fn new(place: Place, by: JoinBy, is_certain: bool) -> Self {
        Self { place, by, is_certain }
    }
}

/// What says that a piece goes on with a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum JoinBy {
    /// The same header (表头) is printed again.
    Header,
    /// Some of the header is printed again: its lower levels, or all but a column without words.
    PartOfHeader,
    /// No header is printed, and the columns stand where they stand on the page before.
    Tracks,
    /// No header is printed, and there is nothing but the order of the columns.
    ColumnOrder,
    /// More columns of the same rows: codes and names of the rows are printed again and are the same, row by row.
    RowLabels,
}

words! {
    /// The word used in JSON: `part_of_header`.
    JoinBy {
        Header = "header",
        PartOfHeader = "part_of_header",
        Tracks = "tracks",
        ColumnOrder = "column_order",
        RowLabels = "row_labels",
    }
}
