//! Which sources are the same money in one budget.
//!
//! Table 3 shows expenditure from all sources, table 5 expenditure from the general public budget of the year. The form
//! does not promise that they are equal. But where every other source is blank or zero, *everything* and *the general
//! public budget* are the same money, and then they must be. The table of revenue shows, function by function, which
//! sources are used.

use std::collections::HashMap;

use budget_model::{Code, Disclosure, Role, Side, Source, Table, TableKind};

use crate::book::Key;

/// For each function, and for the budget as a whole (`None`), the smallest source that holds all of its money.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    smallest: HashMap<Option<Code>, Source>,
}

impl Sources {
    /// Finds out from the tables of revenue.
    #[must_use]
    pub fn new(disclosure: &Disclosure) -> Self {
        let mut smallest = HashMap::new();
        if let Some(table) = disclosure.table(TableKind::Income) {
            for row in &table.rows {
                if row.role == Role::Unit || row.project.is_some() || (row.code.is_none() && row.role != Role::Total) {
                    continue;
                }
                let used = row.cells.iter().filter(|cell| !cell.amount.value.is_zero()).flat_map(|cell| {
                    let candidates = match &cell.placement {
                        budget_model::Placement::Ambiguous { candidates } => candidates.as_slice(),
                        _ => std::slice::from_ref(&cell.column),
                    };
                    candidates.iter().filter_map(|column| leaf_source(table, *column))
                });
                if let Some(source) = narrowest(used) {
                    smallest.insert(row.code, source);
                }
            }
        }
        if !smallest.contains_key(&None)
            && let Some(source) = disclosure.table(TableKind::Overview).and_then(overview)
        {
            smallest.insert(None, source);
        }
        Self { smallest }
    }

    /// The smallest source that holds all money of a function, or of the whole budget.
    #[must_use]
    pub fn all_of(&self, function: Option<Code>) -> Source {
        let total = self.smallest.get(&None).copied().unwrap_or(Source::All);
        let codes = std::iter::successors(function, |code| code.parent());
        codes.filter_map(|code| self.smallest.get(&Some(code)).copied()).next().map_or(total, |own| {
            // What holds for the whole holds for its parts, even if the row of the part is misprinted.
            if total.contains(own) { own } else { total }
        })
    }

    /// A key with its source replaced by the smallest source that is the same money.
    #[must_use]
    pub fn joined(&self, key: Key) -> Key {
        let smallest = self.all_of(key.function);
        if key.source.contains(smallest) { Key { source: smallest, ..key } } else { key }
    }
}

fn leaf_source(table: &Table, column: u16) -> Option<Source> {
    if table.columns.iter().any(|other| other.part_of == Some(column)) {
        return None;
    }
    table.columns.get(usize::from(column))?.dimensions.source
}

fn overview(table: &Table) -> Option<Source> {
    let revenue = table.rows.iter().enumerate().filter(|(_, row)| row.side == Some(Side::Revenue));
    let leaves = revenue.filter(|(index, row)| row.role != Role::Total && table.is_leaf(*index as u32));
    narrowest(leaves.filter(|(_, row)| row.cells.iter().any(|cell| !cell.amount.value.is_zero())).filter_map(|(_, row)| row.dimensions.source))
}

/// The smallest source that contains all of them; `None` if there are none.
fn narrowest(mut used: impl Iterator<Item = Source>) -> Option<Source> {
    let first = used.next()?;
    Some(used.fold(first, |all, source| {
        // Wholes stand before their parts, so the last one that contains both is the smallest.
        Source::TREE.into_iter().rfind(|whole| whole.contains(all) && whole.contains(source)).unwrap_or(Source::All)
    }))
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
}
