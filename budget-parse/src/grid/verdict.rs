//! What is certain of tables whose columns are kept by blanks: nothing.
//!
//! Nothing rules such a table: a name may lack a line, and an extractor may have moved a column of figures below the words of
//! the next one, in which all sums along the rows hold as well. So its figures are where they are likely, and the table is in
//! doubt as a whole.

use budget_model::{Aspect, Diagnostic, DiagnosticCode, Role, Row, Table};

use super::fragments::is_complete;
use crate::lexicon::Title;

/// Marks the table, and the rows whose name is not complete: not that of the class, and no label that is known.
pub(super) fn give(table: &mut Table, title: Option<&Title>, diagnostics: &mut Vec<Diagnostic>) {
    for row in table.rows.iter_mut().filter(|row| !has_name(row, title)) {
        row.doubts.add(Aspect::Row);
    }
    table.doubts.add(Aspect::Table);
    if table.figure_count() > 0 {
        let unconfirmed = Diagnostic::new(DiagnosticCode::ColumnsUnruled, [table.title.text.as_str()]);
        diagnostics.push(unconfirmed.at(table.title.place));
    }
}

fn has_name(row: &Row, title: Option<&Title>) -> bool {
    match row.role {
        // A name that other tables confirm.
        Role::Unit => row.meaning.is_known() && !row.label.text.is_empty(),
        _ => is_complete(row.code, &row.label, title),
    }
}
