//! What of a figure is not certain.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One of the things that are said of a figure, each of which may be in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Aspect {
    /// The number: `1 234.50` may be one figure or two.
    Value,
    /// The row: its code, its name, or which figures belong to it.
    Row,
    /// The column.
    Column,
    /// The unit of money.
    Unit,
    /// The table: what it is about, or whether the figure is one of its figures at all.
    Table,
}

impl Aspect {
    /// Every aspect, in the order in which they are listed.
    pub const ALL: [Self; 5] = [Self::Value, Self::Row, Self::Column, Self::Unit, Self::Table];

    /// The word used in CSV and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Row => "row",
            Self::Column => "column",
            Self::Unit => "unit",
            Self::Table => "table",
        }
    }

    /// The Chinese name, as comments in workbooks say it.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Value => "数值",
            Self::Row => "行",
            Self::Column => "归栏",
            Self::Unit => "单位",
            Self::Table => "表",
        }
    }
}

/// The [aspects](Aspect) of a figure that are in doubt. A figure is certain when there are none.
///
/// A table, a row and a cell each carry the doubts that hold for everything inside them;
/// [`Table::doubts_of`](crate::Table::doubts_of) puts them together.
///
/// ```
/// use budget_model::{Aspect, Doubts};
///
/// let doubts = Doubts::of(Aspect::Row) | Doubts::of(Aspect::Unit);
/// assert!(!doubts.is_empty() && doubts.has(Aspect::Unit));
/// assert_eq!(doubts.to_string(), "row|unit");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Doubts(u8);

impl Doubts {
    /// No doubt.
    pub const NONE: Self = Self(0);

    /// One aspect is in doubt.
    #[must_use]
    pub const fn of(aspect: Aspect) -> Self {
        Self(1 << aspect as u8)
    }

    /// Whether nothing is in doubt.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0 == 0
    }

    /// Whether an aspect is in doubt.
    #[must_use]
    pub const fn has(self, aspect: Aspect) -> bool {
        self.0 & Self::of(aspect).0 != 0
    }

    /// An aspect is in doubt from now on.
    pub fn add(&mut self, aspect: Aspect) {
        *self |= Self::of(aspect);
    }

    /// These doubts without one aspect: something has settled it.
    #[must_use]
    pub const fn without(self, aspect: Aspect) -> Self {
        Self(self.0 & !Self::of(aspect).0)
    }

    /// The aspects in doubt, in the order of [`Aspect::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Aspect> {
        Aspect::ALL.into_iter().filter(move |aspect| self.has(*aspect))
    }
}

impl std::ops::BitOr for Doubts {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl std::ops::BitOrAssign for Doubts {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl fmt::Debug for Doubts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// The words of the aspects, joined by `|`; nothing where there is no doubt.
impl fmt::Display for Doubts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, aspect) in self.iter().enumerate() {
            if index > 0 {
                f.write_str("|")?;
            }
            f.write_str(aspect.as_str())?;
        }
        Ok(())
    }
}

impl Serialize for Doubts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Doubts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let aspects = Vec::<Aspect>::deserialize(deserializer)?;
        Ok(aspects.into_iter().fold(Self::NONE, |doubts, aspect| doubts | Self::of(aspect)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_aspect_has_a_bit_of_its_own() {
        let mut all = Doubts::NONE;
        for aspect in Aspect::ALL {
            assert!(!all.has(aspect));
            all.add(aspect);
        }
        assert_eq!(all.iter().collect::<Vec<_>>(), Aspect::ALL);
        assert_eq!(all.without(Aspect::Column).to_string(), "value|row|unit|table");
    }
}
