//! The columns of a table.

use serde::{Deserialize, Serialize};

use crate::words::words;
use crate::{Dimensions, Phase, YearRef};

/// Whether the words of a column header or a row label are understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Meaning {
    /// The column is what its dimensions say.
    #[default]
    Known,
    /// Some word of the header is not known. The figures are certain as printed; what they are figures of is not said, they
    /// have no coordinates, and nothing is concluded from them.
    Unknown,
}

words! {
    /// The word used in CSV and JSON.
    Meaning {
        Known = "known",
        Unknown = "unknown",
    }
}

/// Words of headers that stand above shares.
const SHARES: &[&str] = &["%", "％", "百分比", "占比", "比例", "比重"];

/// A column of figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Column {
    /// Stable id, the same in every form: `general-public-budget-own`; empty for a column of unknown meaning.
    pub id: String,
    /// The Chinese name, no other column of the table has: `一般公共预算`.
    pub label: String,
    /// The printed header words, from the top level to the bottom: `财政拨款（补助）`, `一般公共预算`; empty if they are the
    /// label alone. Adjacent columns that share leading words share (merged) header cells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub header: Vec<String>,
    /// Index of the column that this one is a part of: a whole is the sum of its parts, row by row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<u16>,
    /// Whether the header is understood.
    #[serde(default, skip_serializing_if = "Meaning::is_known")]
    pub meaning: Meaning,
    /// What the column fixes in the cube.
    #[serde(flatten)]
    pub dimensions: Dimensions,
}

impl Meaning {
    /// Whether it is known.
    #[must_use]
    pub fn is_known(&self) -> bool {
        *self == Self::Known
    }
}

impl Column {
    /// A column that is headed by its label and fixes nothing.
    #[must_use]
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            header: Vec::new(),
            part_of: None,
            meaning: Meaning::Known,
            dimensions: Dimensions::default(),
        }
    }

    /// A column of which only the printed header is known.
    #[must_use]
    pub fn unknown(label: impl Into<String>, header: Vec<String>) -> Self {
        Self { header, meaning: Meaning::Unknown, ..Self::new("", label) }
    }

    /// Whether the header is understood.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.meaning.is_known()
    }

    /// Whether its figures may be added up: no shares or percentages, and nothing of unknown meaning.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.is_known() && self.dimensions.year != Some(YearRef::ChangePercent)
    }

    /// Whether its figures are money, as far as the header says: they [add up](Self::adds_up), and no word of it speaks of shares
    /// (占比, 比例, %), which are printed in no unit of money.
    #[must_use]
    pub fn holds_money(&self) -> bool {
        let is_share = |word: &String| SHARES.iter().any(|share| word.contains(share));
        self.adds_up() && !is_share(&self.label) && !self.path().last().is_some_and(is_share)
    }

    /// Whether it shows another year than that of the document, the change from it, or the budget beside what was spent: rows
    /// that only this other year had need not be listed.
    #[must_use]
    pub fn is_of_other_year(&self) -> bool {
        let of_budget = matches!(self.dimensions.phase, Some(Phase::Budget | Phase::AdjustedBudget | Phase::Executed));
        of_budget || matches!(self.dimensions.year, Some(YearRef::Last | YearRef::Change | YearRef::ChangePercent))
    }

    /// The printed header words, from the top level to the bottom.
    #[must_use]
    pub fn path(&self) -> &[String] {
        if self.header.is_empty() { std::slice::from_ref(&self.label) } else { &self.header }
    }
}

/// A column of words: the name of a unit, a second classification, 采购方式 …
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TextColumn {
    /// The printed header words, from the top level to the bottom.
    pub header: Vec<String>,
}

impl TextColumn {
    /// A column under these header words.
    #[must_use]
    pub fn new(header: Vec<String>) -> Self {
        Self { header }
    }
}
