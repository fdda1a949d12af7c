//! What the words of a table mean, by the lexicon.

use budget_model::{Column, Side, Table};

use crate::lexicon::{Lexicon, Title};

/// What a title says of its table.
pub(super) fn title(text: &str) -> Option<Title> {
    Lexicon::built_in().title(text)
}

/// A column, by the words above it from the top level to the bottom.
pub(super) fn column(path: &[String], _words: Option<&Title>, _side: Option<Side>) -> Column {
    let label = path.last().cloned().unwrap_or_default();
    Column::unknown(label, path.to_vec())
}

/// What the rows of a table fix, by their labels.
pub(super) fn rows(_table: &mut Table, _words: Option<&Title>) {}
