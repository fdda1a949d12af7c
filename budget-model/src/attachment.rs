//! Files that a document leads to.

use serde::{Deserialize, Serialize};

use crate::Place;

/// A file that a document leads to, as a web page does to the tables it speaks of. Nothing of it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Attachment {
    /// What the document calls it: `附件1：预算公开表`
    pub name: String,
    /// Where it is, as it is written: `./P020260126.xlsx`
    pub address: String,
    /// Where the document names it.
    pub place: Place,
}

impl Attachment {
    /// A file by the name and address that stand in a document, and where they do.
    #[must_use]
    pub fn new(name: impl Into<String>, address: impl Into<String>, place: Place) -> Self {
        Self { name: name.into(), address: address.into(), place }
    }
}
