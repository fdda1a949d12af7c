//! What is certain of tables whose columns are kept by blanks.
//!
//! Nothing rules such a table: a name may lack a line, a figure may be cut or run together with the next one. So a row is
//! certain only if its name is complete, the name of its class or a label that is known, and a figure only if a sum that the
//! table keeps confirms it where it stands.

use std::collections::HashSet;

use budget_model::{Aspect, Role, Row, Table};

use super::fragments::is_complete;
use crate::lexicon::Title;

/// Marks what nothing confirms.
pub(super) fn give(table: &mut Table, title: Option<&Title>) {
    let mut confirmed: HashSet<(u32, u16)> = HashSet::new();
    table.each_identity(|identity| {
        let whole = table.rows.get(identity.whole.row as usize).and_then(|row| row.cell(identity.whole.column));
        // Zeros add up wherever they stand.
        if whole.is_some_and(|cell| !cell.amount.value.is_zero()) && table.holds(identity) {
            let cells = identity.parts.iter().chain([&identity.whole]);
            confirmed.extend(cells.map(|at| (at.row, at.column)));
        }
    });
    let known: Vec<bool> = table.columns.iter().map(budget_model::Column::is_known).collect();
    for (index, row) in (0..).zip(&mut table.rows) {
        if !has_name(row, title) {
            row.doubts.add(Aspect::Row);
        }
        for cell in &mut row.cells {
            let is_known = known.get(usize::from(cell.column)) == Some(&true);
            if !is_known || !confirmed.contains(&(index, cell.column)) {
                cell.doubts.add(Aspect::Value);
            }
        }
    }
}

fn has_name(row: &Row, title: Option<&Title>) -> bool {
    match row.role {
        // A name that other tables confirm.
        Role::Unit => row.meaning.is_known() && !row.label.text.is_empty(),
        _ => is_complete(row.code, &row.label, title),
    }
}
