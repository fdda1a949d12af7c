//! Classes whose groups are rounded sums themselves: the class is rounded from money, each group is the sum of rounded items.

use std::collections::HashMap;

use budget_model::{Decimal, Identity, Table};

use crate::book::Book;
use crate::check::{Check, Evaluation, Values, Verdict};
use crate::grid::Grid;

/// What is known of the roundings of a table.
pub(super) struct RoundedGroups<'t> {
    table: &'t Table,
    /// Whether rows of this table are off by roundings.
    rounds: bool,
    /// How many figures each row is the sum of, by column, where the table divides it.
    leaves: HashMap<u16, Vec<usize>>,
}

/// Fewest rows that only rounding makes the sums of others, before a table is known to round.
const FEWEST: usize = 2;
/// Classes have groups and items; nothing is divided further than this.
const DEEPEST: usize = 16;

impl<'t> RoundedGroups<'t> {
    pub(super) fn of(book: &Book<'_>, table: &'t Table, grid: &Grid<'_, '_>) -> Self {
        let (mut rounded, mut parts) = (Vec::new(), Vec::new());
        table.each_identity(|identity| {
            let row = identity.whole.row;
            let is_over_rows = identity.parts.iter().any(|part| part.row != row);
            if is_over_rows
                && rounded.len() < FEWEST
                && !rounded.contains(&row)
                && let Ok(Some(whole)) = grid.whole_and_parts(identity, &mut parts)
            {
                let check = Check::sum(std::slice::from_ref(&whole), &parts);
                rounded.extend(Some(row).filter(|_| evaluate(book, check).verdict == Verdict::Rounding));
            }
        });
        Self { table, rounds: rounded.len() >= FEWEST, leaves: HashMap::new() }
    }

    /// Whether the roundings of what the parts are sums of explain why they do not add up: 3.04, with parts 1.51 and 1.51 of
    /// several items each.
    pub(super) fn explain(&mut self, book: &Book<'_>, identity: &Identity, check: Check<'_>, parts: usize) -> bool {
        if !self.rounds {
            return false;
        }
        let (table, column) = (self.table, identity.whole.column);
        let leaves = self.leaves.entry(column).or_insert_with(|| leaves(table, column));
        let printed = identity
            .parts
            .iter()
            .filter(|part| table.rows.get(part.row as usize).is_some_and(|row| row.cell(part.column).is_some()));
        let terms: usize = printed.map(|part| leaves.get(part.row as usize).map_or(1, |count| (*count).max(1))).sum();
        let Evaluation { found, expected, slack, .. } = evaluate(book, check);
        let apart = found.saturating_sub(expected).abs();
        let many = |count: usize| Decimal::from(count as u64 + 1);
        terms > parts && apart.saturating_mul(many(parts)) <= slack.saturating_mul(many(terms))
    }
}

fn evaluate(book: &Book<'_>, check: Check<'_>) -> Evaluation {
    check.evaluate(Values { figures: book.figures(), changed: None })
}

/// How many printed figures of a column that are not divided further each row is the sum of.
fn leaves(table: &Table, column: u16) -> Vec<usize> {
    let mut divided = vec![false; table.rows.len()];
    let is_printed = |row: &budget_model::Row| row.cell(column).is_some();
    for row in table.rows.iter().filter(|row| is_printed(row)) {
        if let Some(whole) = row.part_of.and_then(|whole| divided.get_mut(whole as usize)) {
            *whole = true;
        }
    }
    let mut leaves = vec![0; table.rows.len()];
    for (row, is_divided) in table.rows.iter().zip(&divided).filter(|(row, _)| is_printed(row)) {
        let above = std::iter::successors(row.part_of, |whole| table.rows.get(*whole as usize)?.part_of);
        for whole in above.take(DEEPEST).take_while(|_| !is_divided) {
            if let Some(count) = leaves.get_mut(whole as usize) {
                *count += 1;
            }
        }
    }
    leaves
}
