//! The ledger: every line of the source is consumed by something in the model, or listed here.

use serde::{Deserialize, Serialize};

use crate::Label;

/// How much of the source is in the model.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Ledger {
    /// Characters of the source that are not white space.
    pub characters: u64,
    /// Those of them that something in the model was made of.
    pub characters_read: u64,
    /// Numbers in the source (runs of digits with separators and decimals).
    pub numbers: u64,
    /// Those of them that something in the model was made of.
    pub numbers_read: u64,
    /// What was not read, in the order of the source.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<Label>,
    /// How many more pieces were not read than are listed. Their characters and numbers are counted above.
    #[serde(skip_serializing_if = "is_zero")]
    pub unlisted: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl Ledger {
    /// Adds the account of another part of the same document.
    pub fn add(&mut self, other: Self) {
        self.characters += other.characters;
        self.characters_read += other.characters_read;
        self.numbers += other.numbers;
        self.numbers_read += other.numbers_read;
        self.unread.extend(other.unread);
        self.unlisted += other.unlisted;
    }
}
