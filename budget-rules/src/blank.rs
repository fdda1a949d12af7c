//! Rows that print a name and no amount.

use budget_model::{Dimensions, Role, Row};

use crate::book::Book;
use crate::key::Key;

/// A row that is blank, and the money that it would be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Blank {
    pub(crate) table: usize,
    pub(crate) row: u32,
    pub(crate) key: Key,
}

/// The blank rows of the tables that speak for the document.
pub(crate) fn rows(book: &Book<'_>) -> Vec<Blank> {
    let mut blanks = Vec::new();
    for (index, table) in book.tables().filter(|(_, table)| table.figure_count() > 0) {
        if !book.apart().is_comparable(index) {
            continue;
        }
        // A name that fixes nothing is no name of the whole.
        let is_named = |row: &Row| row.code.is_some() || row.dimensions != Dimensions::default();
        let rows = (0..).zip(&table.rows).filter(|(_, row)| row.cells.is_empty() && row.role != Role::Total);
        for (row, entry) in rows.filter(|(_, row)| is_named(row)) {
            let key = Key::at(book.disclosure().stage, table, row, 0).filter(|_| entry.doubts.is_empty());
            let Some(key) = key.filter(|_| !book.apart().is_divided(index, row)) else { continue };
            blanks.push(Blank { table: index, row, key: book.sources().joined(key) });
        }
    }
    blanks
}
