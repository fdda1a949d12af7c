//! Where an entity is.

use serde::{Deserialize, Serialize};

use crate::Place;

/// The administrative division (行政区划) of an entity: that which its name, the cover or the text names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Region {
    /// Its full name from the province down, as far as it is known: 江苏省苏州市昆山市.
    pub name: String,
    /// Its code of six digits in GB/T 2260; `None` if several divisions have the name.
    pub code: Option<u32>,
    /// Whether nothing prints that it is the region of the entity: it is told from a short name, from the place that the text
    /// names most, or from one of several divisions of the same name.
    pub is_guess: bool,
    /// Where the name is printed.
    pub place: Place,
}

impl Region {
    /// A region that a text names.
    #[must_use]
    pub fn new(name: impl Into<String>, code: Option<u32>, is_guess: bool, place: Place) -> Self {
        Self { name: name.into(), code, is_guess, place }
    }
}
