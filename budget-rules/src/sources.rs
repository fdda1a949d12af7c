//! Which sources are the same money in one budget.
//!
//! Table 3 shows expenditure from all sources, table 5 expenditure from the general public budget of the year. The form
//! does not promise that they are equal. But where every other source is blank or zero, *everything* and *the general
//! public budget* are the same money, and then they must be. The table of revenue shows, function by function, which
//! sources are used.

use budget_model::{Aspect, Code, Column, Disclosure, Gaps, Placement, Role, Row, Side, Source, Table, TableKind};

use crate::apart::Apart;
use crate::key::Key;

/// For each function, and for the budget as a whole, the sources that have money.
#[derive(Clone, Debug)]
pub struct Sources {
    /// For every source, the smallest one that holds all its money, in the order of [`Source::TREE`].
    totals: [Source; Source::TREE.len()],
    /// The sources used by each function, sorted.
    used: Vec<(Code, Set)>,
}

impl Sources {
    /// Finds out from the tables of revenue.
    #[must_use]
    pub(crate) fn new(disclosure: &Disclosure, gaps: &Gaps<'_>, apart: &Apart) -> Self {
        let mut used: Vec<(Code, Set)> = Vec::new();
        let mut total = None;
        let find = |kind| {
            let mut tables = disclosure.tables.iter().enumerate();
            tables.find(|(index, table)| table.kind == kind && apart.is_comparable(*index))
        };
        if let Some((index, table)) = find(TableKind::Income) {
            let leaves = leaf_sources(table);
            // Where every column of every row is filled in, a zero is no money; next to blanks it is a little, rounded.
            let is_filled = table.rows.iter().all(|row| row.cells.is_empty() || row.cells.len() == table.columns.len());
            for (number, row) in (0..).zip(&table.rows) {
                let is_named = row.role == Role::Unit || row.unit.is_some() || row.project.is_some();
                if is_named || (row.code.is_none() && row.role != Role::Total) {
                    continue;
                }
                let mut sources = Set::default();
                for cell in row.cells.iter().filter(|cell| !is_filled || !cell.amount.value.is_zero()) {
                    let candidates = match &cell.placement {
                        Placement::Ambiguous { candidates } => candidates.as_slice(),
                        _ => std::slice::from_ref(&cell.column),
                    };
                    let of_column = |column: &u16| leaves.get(usize::from(*column)).copied().flatten();
                    candidates.iter().filter_map(of_column).for_each(|source| sources.insert(source));
                }
                // What was not read may be money of any source, and so may what stands in a column that nobody knows.
                let is_known = |column: u16| table.columns.get(usize::from(column)).is_none_or(Column::is_known);
                let is_read = gaps.in_row(index, number).is_none()
                    && row.cells.iter().all(|cell| {
                        let is_zero = cell.amount.value.is_zero();
                        table.doubts_but_placement(row, cell).without(Aspect::Unit).is_empty()
                            && (is_zero || is_known(cell.column))
                    });
                if !is_read {
                    leaves.iter().copied().flatten().for_each(|source| sources.insert(source));
                }
                match row.code {
                    Some(code) => used.push((code, sources)),
                    None => {
                        total.get_or_insert(sources);
                    }
                }
            }
            // Of two rows of one function, the first counts.
            used.sort_by_key(|(code, _)| *code);
            used.dedup_by_key(|(code, _)| *code);
        }
        let total = match total.filter(|total| *total != Set::default()) {
            Some(total) => total,
            None => {
                let table = find(TableKind::Overview);
                // What was not read may be money of any source.
                let table = table.filter(|(index, _)| gaps.in_table(*index).is_none());
                table.map(|(_, table)| overview(table)).unwrap_or_default()
            }
        };
        Self { totals: Source::TREE.map(|source| total.narrowest(source).unwrap_or(source)), used }
    }

    /// The smallest source that holds all money that a source gives to a function, or to the whole budget: for
    /// [`Source::All`] the general public budget, if nothing else is used.
    #[must_use]
    pub fn smallest(&self, source: Source, function: Option<Code>) -> Source {
        let total = self.totals.get(source as usize).copied().unwrap_or(source);
        let mut codes = std::iter::successors(function, |code| code.parent());
        // What holds for the whole holds for its parts, even if the row of the part is misprinted.
        let own = codes.find_map(|code| self.used_by(code)?.narrowest(source));
        own.filter(|own| total.contains(*own)).unwrap_or(total)
    }

    fn used_by(&self, function: Code) -> Option<Set> {
        let found = self.used.binary_search_by_key(&function, |(code, _)| *code).ok()?;
        self.used.get(found).map(|(_, used)| *used)
    }

    /// A key with its source replaced by the smallest source that is the same money.
    #[must_use]
    pub fn joined(&self, key: Key) -> Key {
        Key { source: self.smallest(key.source, key.function), ..key }
    }
}

/// The source of each column that is not divided into others.
fn leaf_sources(table: &Table) -> Vec<Option<Source>> {
    let is_of_year = |column: &Column| column.is_known() && Key::fixed(column.dimensions).is_some();
    let source = |column: &Column| column.dimensions.source.filter(|_| is_of_year(column));
    let mut leaves: Vec<_> = table.columns.iter().map(source).collect();
    for whole in table.columns.iter().filter_map(|column| column.part_of) {
        if let Some(leaf) = leaves.get_mut(usize::from(whole)) {
            *leaf = None;
        }
    }
    leaves
}

fn overview(table: &Table) -> Set {
    let mut wholes = vec![false; table.rows.len()];
    for whole in table.rows.iter().filter_map(|row| row.part_of) {
        if let Some(is_whole) = wholes.get_mut(whole as usize) {
            *is_whole = true;
        }
    }
    let revenue = table.rows.iter().zip(&wholes).filter(|(row, _)| row.side == Some(Side::Revenue));
    let leaves = || revenue.clone().filter(|(row, is_whole)| row.role != Role::Total && !**is_whole);
    let is_filled = leaves().all(|(row, _)| !row.cells.is_empty());
    let is_used = |row: &Row| row.cells.iter().any(|cell| !is_filled || !cell.amount.value.is_zero());
    let mut used = Set::default();
    let sources = leaves().filter(|(row, _)| is_used(row)).filter_map(|(row, _)| row.dimensions.source);
    sources.for_each(|source| used.insert(source));
    used
}

/// A set of sources, one bit each in the order of [`Source::TREE`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Set(u64);

impl Set {
    fn insert(&mut self, source: Source) {
        self.0 |= 1 << source as u64;
    }

    /// The smallest source that contains all of those used that lie in a whole; `None` if none does.
    fn narrowest(self, whole: Source) -> Option<Source> {
        let inside = self.0 & whole.inside();
        let holds_all = |source: &Source| inside & !source.inside() == 0;
        (inside != 0).then(|| NARROW_FIRST.iter().copied().find(holds_all))?
    }
}

/// Every source, those that hold fewer others first.
const NARROW_FIRST: [Source; Source::TREE.len()] = {
    let mut sorted = Source::TREE;
    let mut at = 1;
    while at < sorted.len() {
        let mut to = at;
        while to > 0 && sorted[to - 1].inside().count_ones() > sorted[to].inside().count_ones() {
            sorted.swap(to - 1, to);
            to -= 1;
        }
        at += 1;
    }
    sorted
};

#[cfg(test)]
mod tests {
    use super::*;

    fn narrowest(whole: Source, used: &[Source]) -> Option<Source> {
        let mut set = Set::default();
        used.iter().for_each(|source| set.insert(*source));
        set.narrowest(whole)
    }

    #[test]
    fn two_kinds_of_the_general_public_budget_are_the_general_public_budget() {
        let both = [Source::GeneralPublicBudgetOwn, Source::GeneralPublicBudgetTransfer];
        assert_eq!(narrowest(Source::All, &both), Some(Source::GeneralPublicBudget));
        let more = [Source::UnitFunds, Source::GeneralPublicBudgetOwn];
        assert_eq!(narrowest(Source::All, &more), Some(Source::CurrentYear));
        assert_eq!(narrowest(Source::Appropriation, &more), Some(Source::GeneralPublicBudgetOwn));
        let carried = [Source::GeneralPublicBudgetOwn, Source::AppropriationCarryOver];
        assert_eq!(narrowest(Source::All, &carried), Some(Source::AppropriationWithCarryOver));
        assert_eq!(narrowest(Source::All, &[Source::UnitFunds, Source::AppropriationCarryOver]), Some(Source::All));
        assert_eq!(narrowest(Source::All, &[]), None);
    }
}
