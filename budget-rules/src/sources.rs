//! Which sources are the same money in one budget.
//!
//! Table 3 shows expenditure from all sources, table 5 expenditure from the general public budget of the year. The form
//! does not promise that they are equal. But where every other source is blank or zero, *everything* and *the general
//! public budget* are the same money, and then they must be. The table of revenue shows, function by function, which
//! sources are used.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use budget_model::{Code, Disclosure, Placement, Role, Side, Source, Table, TableKind};

use crate::book::Key;

/// For each function, and for the budget as a whole (`None`), the sources that have money.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    used: BTreeMap<Option<Code>, Vec<Source>>,
}

impl Sources {
    /// Finds out from the tables of revenue.
    #[must_use]
    pub fn new(disclosure: &Disclosure) -> Self {
        let mut used: BTreeMap<Option<Code>, Vec<Source>> = BTreeMap::new();
        if let Some(table) = disclosure.table(TableKind::Income) {
            for row in &table.rows {
                if row.role == Role::Unit || row.project.is_some() || (row.code.is_none() && row.role != Role::Total) {
                    continue;
                }
                let sources = row.cells.iter().filter(|cell| !cell.amount.value.is_zero()).flat_map(|cell| {
                    let candidates = match &cell.placement {
                        Placement::Ambiguous { candidates } => candidates.as_slice(),
                        _ => std::slice::from_ref(&cell.column),
                    };
                    candidates.iter().filter_map(|column| leaf_source(table, *column))
                });
                used.entry(row.code).or_insert_with(|| sources.collect());
            }
        }
        if used.get(&None).is_none_or(Vec::is_empty)
            && let Some(table) = disclosure.table(TableKind::Overview)
        {
            used.insert(None, overview(table));
        }
        Self { used }
    }

    /// The smallest source that holds all money that a source gives to a function, or to the whole budget: for
    /// [`Source::All`] the general public budget, if nothing else is used.
    #[must_use]
    pub fn smallest(&self, source: Source, function: Option<Code>) -> Source {
        let of = |code: Option<Code>| {
            let used = self.used.get(&code)?;
            narrowest(used.iter().copied().filter(|part| contains(source, *part)))
        };
        let total = of(None).unwrap_or(source);
        let codes = std::iter::successors(function, |code| code.parent());
        match codes.map(Some).find_map(of) {
            // What holds for the whole holds for its parts, even if the row of the part is misprinted.
            Some(own) if contains(total, own) => own,
            _ => total,
        }
    }

    /// A key with its source replaced by the smallest source that is the same money.
    #[must_use]
    pub fn joined(&self, key: Key) -> Key {
        Key { source: self.smallest(key.source, key.function), ..key }
    }
}

fn leaf_source(table: &Table, column: u16) -> Option<Source> {
    if table.columns.iter().any(|other| other.part_of == Some(column)) {
        return None;
    }
    table.columns.get(usize::from(column))?.dimensions.source
}

fn overview(table: &Table) -> Vec<Source> {
    let wholes: HashSet<u32> = table.rows.iter().filter_map(|row| row.part_of).collect();
    let revenue = table.rows.iter().zip(0..).filter(|(row, _)| row.side == Some(Side::Revenue));
    let leaves = revenue.filter(|(row, index)| row.role != Role::Total && !wholes.contains(index));
    let used = leaves.filter(|(row, _)| row.cells.iter().any(|cell| !cell.amount.value.is_zero()));
    used.filter_map(|(row, _)| row.dimensions.source).collect()
}

/// The whole that each source is a part of, by its position in [`Source::TREE`]: this is asked for every figure.
static WHOLES: LazyLock<[Option<Source>; Source::TREE.len()]> =
    LazyLock::new(|| Source::TREE.map(|part| Source::TREE.into_iter().find(|whole| whole.parts().contains(&part))));

/// A source and every whole that it lies in, from the smallest to the largest.
fn upwards(source: Source) -> impl Iterator<Item = Source> {
    std::iter::successors(Some(source), |source| WHOLES.get(*source as usize).copied().flatten())
}

/// Whether all of `part` lies in `whole`: [`Source::contains`], upwards.
fn contains(whole: Source, part: Source) -> bool {
    upwards(part).any(|source| source == whole)
}

/// The smallest source that contains all of them; `None` if there are none.
fn narrowest(mut used: impl Iterator<Item = Source>) -> Option<Source> {
    let first = used.next()?;
    Some(used.fold(first, |all, part| upwards(all).find(|whole| contains(*whole, part)).unwrap_or(Source::All)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_kinds_of_the_general_public_budget_are_the_general_public_budget() {
        let both = [Source::GeneralPublicBudgetOwn, Source::GeneralPublicBudgetTransfer];
        assert_eq!(narrowest(both.into_iter()), Some(Source::GeneralPublicBudget));
        let more = [Source::GeneralPublicBudgetOwn, Source::UnitFunds];
        assert_eq!(narrowest(more.into_iter()), Some(Source::CurrentYear));
        let carried = [Source::GeneralPublicBudgetOwn, Source::AppropriationCarryOver];
        assert_eq!(narrowest(carried.into_iter()), Some(Source::All));
        assert_eq!(narrowest(std::iter::empty()), None);
    }

    #[test]
    fn going_upwards_finds_the_same_wholes() {
        for (position, whole) in Source::TREE.into_iter().enumerate() {
            assert_eq!(whole as usize, position);
            for part in Source::TREE {
                assert_eq!(contains(whole, part), whole.contains(part), "{whole:?} {part:?}");
            }
        }
    }
}
