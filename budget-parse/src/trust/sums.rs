//! What the sums of a table say of the order of its text.

use std::collections::HashSet;

use budget_model::{Role, Table};

/// A table is confirmed by no fewer sums than this.
const FEWEST_SUMS: usize = 4;

/// Wrong figures that a table in order may have: as many sums without a figure in common that do not hold.
const MOST_WRONG: usize = 2;

/// What became of the sums of a table.
#[derive(Default)]
struct Outcome {
    /// Sums with at least two printed figures in them that hold.
    held: usize,
    /// Sums that do not hold and have no figure in common: no fewer figures than this are wrong or not where they belong.
    broken: usize,
    /// Rows that are in a sum over rows that holds.
    confirmed: HashSet<u32>,
}

impl Outcome {
    fn of(table: &Table) -> Self {
        let mut outcome = Self::default();
        let mut blamed: HashSet<(u32, u16)> = HashSet::new();
        table.each_identity(|identity| {
            let printed = |(row, column): &(u32, u16)| {
                table.rows.get(*row as usize).is_some_and(|row| row.cell(*column).is_some())
            };
            let cells: Vec<(u32, u16)> =
                std::iter::once(&identity.whole).chain(&identity.parts).filter(|cell| printed(cell)).copied().collect();
            if cells.len() < 2 && (cells.is_empty() || table.holds(identity)) {
                return;
            }
            if table.holds(identity) {
                outcome.held += 1;
                let over_rows = identity.parts.iter().any(|(row, _)| *row != identity.whole.0);
                if over_rows {
                    outcome.confirmed.extend(cells.iter().map(|(row, _)| *row));
                }
            } else if !cells.iter().any(|cell| blamed.contains(cell)) {
                outcome.broken += 1;
                blamed.extend(cells);
            }
        });
        outcome
    }
}

/// Whether the sums of a table show that every figure stands in its row: all of them hold, and each row is in one.
pub(super) fn confirm(table: &Table) -> bool {
    let outcome = Outcome::of(table);
    let with_figures = (0..).zip(&table.rows).filter(|(_, row)| !row.cells.is_empty());
    outcome.held >= FEWEST_SUMS
        && outcome.broken == 0
        && table.rows.iter().any(|row| row.role == Role::Total)
        && with_figures.map(|(index, _)| index).all(|row: u32| outcome.confirmed.contains(&row))
}

/// Whether the sums do not hold throughout: more of them than a few wrong figures explain, and more than hold.
pub(super) fn contradict(table: &Table) -> bool {
    let outcome = Outcome::of(table);
    outcome.broken > MOST_WRONG && outcome.broken > outcome.held
}
