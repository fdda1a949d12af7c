//! Keys: what a figure is a figure of, small enough to be compared in one step.

use std::cmp::Ordering;

use budget_model::{Code, Coordinates, Dimensions, Nature, Source, Table, ThreePublicItem};

/// What a figure is a figure of: [`Coordinates`] without project and unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// 资金来源
    pub source: Source,
    /// 支出性质
    pub nature: Nature,
    /// 功能分类
    pub function: Option<Code>,
    /// 经济分类
    pub economic: Option<Code>,
    /// “三公”经费 item
    pub three_public: Option<ThreePublicItem>,
}

impl Key {
    /// Everything: the total of the budget.
    pub const TOTAL: Self =
        Self { source: Source::All, nature: Nature::All, function: None, economic: None, three_public: None };

    /// The key of coordinates; `None` if they name a project or a unit, which are compared by name.
    #[must_use]
    pub fn of(coordinates: &Coordinates) -> Option<Self> {
        (coordinates.project.is_none() && coordinates.unit.is_none()).then_some(Self {
            source: coordinates.source,
            nature: coordinates.nature,
            function: coordinates.function,
            economic: coordinates.economic,
            three_public: coordinates.three_public,
        })
    }

    /// The key of a cell; `None` if the cell does not exist, or its row names a project or belongs to a unit.
    #[must_use]
    pub fn at(table: &Table, row: u32, column: u16) -> Option<Self> {
        (table.rows.get(row as usize)?.project.is_none() && table.unit_of(row).is_none())
            .then(|| table.dimensions_at(row, column).map(Self::from))?
    }

    /// The fields one after the other, each in the bits that it needs: a code has at most seven digits, which are 24 bits.
    pub(crate) fn packed(self) -> u64 {
        let code = |code: Option<Code>| code.map_or(0, |code| u64::from(code.number()));
        let item = self.three_public.map_or(0, |item| item as u64 + 1);
        (((self.source as u64) << 3 | self.nature as u64) << 24 | code(self.function)) << 28
            | code(self.economic) << 4
            | item
    }
}

impl From<Dimensions> for Key {
    fn from(fixed: Dimensions) -> Self {
        Self {
            source: fixed.source.unwrap_or_default(),
            nature: fixed.nature.unwrap_or_default(),
            function: fixed.function,
            economic: fixed.economic,
            three_public: fixed.three_public,
        }
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        self.packed().cmp(&other.packed())
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_ordered_field_by_field() {
        let code = |number| Code::from_number(number);
        let mut keys = Vec::new();
        for source in [Source::All, Source::CurrentYear, Source::UnitFundsCarryOver] {
            for nature in Nature::TREE {
                for function in [None, code(100), code(9_999_999)] {
                    for economic in [None, code(301), code(9_999_999)] {
                        for three_public in [None, Some(ThreePublicItem::All), Some(ThreePublicItem::AgencyOperation)] {
                            keys.push(Key { source, nature, function, economic, three_public });
                        }
                    }
                }
            }
        }
        assert!(keys.is_sorted_by(|one, other| one < other));
    }
}
