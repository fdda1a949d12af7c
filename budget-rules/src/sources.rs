//! Which sources are the same money in one budget.
//!
//! Table 3 shows expenditure from all sources, table 5 expenditure from the general public budget of the year. The form
//! does not promise that they are equal. But where every other source is blank or zero, *everything* and *the general
//! public budget* are the same money, and then they must be. The table of revenue shows, function by function, which
//! sources are used.

use std::collections::{BTreeMap, HashSet};

use budget_model::{Code, Disclosure, Placement, Role, Row, Side, Source, Table, TableKind};

use crate::key::Key;

/// For each function, and for the budget as a whole, the sources that have money.
#[derive(Clone, Debug)]
pub struct Sources {
    /// For every source, the smallest one that holds all its money, in the order of [`Source::TREE`].
    totals: [Source; Source::TREE.len()],
    used: BTreeMap<Code, Vec<Source>>,
}

impl Sources {
    /// Finds out from the tables of revenue.
    #[must_use]
    pub fn new(disclosure: &Disclosure) -> Self {
        let mut used: BTreeMap<Code, Vec<Source>> = BTreeMap::new();
        let mut total: Vec<Source> = Vec::new();
        if let Some(table) = disclosure.table(TableKind::Income) {
            let leaves: Vec<Option<Source>> =
                (0..table.columns.len() as u16).map(|at| leaf_source(table, at)).collect();
            // Where every column of every row is filled in, a zero is no money; next to blanks it is a little, rounded.
            let is_filled = table.rows.iter().all(|row| row.cells.is_empty() || row.cells.len() == table.columns.len());
            let mut has_total = false;
            for row in &table.rows {
                if row.role == Role::Unit || row.project.is_some() || (row.code.is_none() && row.role != Role::Total) {
                    continue;
                }
                let used_cells = row.cells.iter().filter(|cell| !is_filled || !cell.amount.value.is_zero());
                let sources = used_cells.flat_map(|cell| {
                    let candidates = match &cell.placement {
                        Placement::Ambiguous { candidates } => candidates.as_slice(),
                        _ => std::slice::from_ref(&cell.column),
                    };
                    candidates.iter().filter_map(|column| leaves.get(usize::from(*column)).copied().flatten())
                });
                match row.code {
                    Some(code) => {
                        used.entry(code).or_insert_with(|| sources.collect());
                    }
                    None if !has_total => {
                        has_total = true;
                        total.extend(sources);
                    }
                    None => {}
                }
            }
        }
        if total.is_empty()
            && let Some(table) = disclosure.table(TableKind::Overview)
        {
            total = overview(table);
        }
        Self { totals: Source::TREE.map(|source| narrowest(source, &total).unwrap_or(source)), used }
    }

    /// The smallest source that holds all money that a source gives to a function, or to the whole budget: for
    /// [`Source::All`] the general public budget, if nothing else is used.
    #[must_use]
    pub fn smallest(&self, source: Source, function: Option<Code>) -> Source {
        let total = self.totals.get(source as usize).copied().unwrap_or(source);
        let mut codes = std::iter::successors(function, |code| code.parent());
        // What holds for the whole holds for its parts, even if the row of the part is misprinted.
        let own = codes.find_map(|code| narrowest(source, self.used.get(&code)?));
        own.filter(|own| total.contains(*own)).unwrap_or(total)
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
    let leaves: Vec<_> = leaves.collect();
    let is_filled = leaves.iter().all(|(row, _)| !row.cells.is_empty());
    let is_used = |row: &Row| row.cells.iter().any(|cell| !is_filled || !cell.amount.value.is_zero());
    leaves.iter().filter(|(row, _)| is_used(row)).filter_map(|(row, _)| row.dimensions.source).collect()
}

/// The smallest source that contains all of those used that lie in a whole; `None` if none does.
fn narrowest(whole: Source, used: &[Source]) -> Option<Source> {
    let inside = || used.iter().copied().filter(|part| whole.contains(*part));
    // A source stands before everything it contains: what contains the first and the last contains all between them.
    let (first, last) = (inside().min()?, inside().max()?);
    Source::TREE.iter().take(first as usize + 1).rev().copied().find(|source| source.contains(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_kinds_of_the_general_public_budget_are_the_general_public_budget() {
        let both = [Source::GeneralPublicBudgetOwn, Source::GeneralPublicBudgetTransfer];
        assert_eq!(narrowest(Source::All, &both), Some(Source::GeneralPublicBudget));
        let more = [Source::UnitFunds, Source::GeneralPublicBudgetOwn];
        assert_eq!(narrowest(Source::All, &more), Some(Source::CurrentYear));
        assert_eq!(narrowest(Source::Appropriation, &more), Some(Source::GeneralPublicBudgetOwn));
        let carried = [Source::GeneralPublicBudgetOwn, Source::AppropriationCarryOver];
        assert_eq!(narrowest(Source::All, &carried), Some(Source::All));
        assert_eq!(narrowest(Source::All, &[]), None);
    }
}
