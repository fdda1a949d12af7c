//! Tables without the places they were read from, to compare documents in different formats.

use budget_model::{Disclosure, Placement, Side, Table};
use budget_parse::Registry;
use budget_parse_text::TextReader;
use budget_parse_xlsx::WorkbookReader;

/// Reads a text or a workbook.
pub(crate) fn read(content: &[u8]) -> Disclosure {
    let registry = Registry::new().with_reader(TextReader).with_reader(WorkbookReader);
    registry.read(content, None).unwrap()
}

/// Everything a table says, a line for each row: first those without a side, then revenue, then expenditure.
pub(crate) fn plain(table: &Table) -> Vec<String> {
    let text = |label: &Option<budget_model::Label>| label.as_ref().map_or(String::new(), |label| label.text.clone());
    let notes: Vec<&str> = table.notes.iter().map(|note| note.text.as_str()).collect();
    let columns: Vec<&str> = table.columns.iter().map(|column| column.id.as_str()).collect();
    let mut lines = vec![format!(
        "{:?} {} {} by {} in {} {:?}; empty: {}; notes: {notes:?}; columns: {columns:?}",
        table.kind,
        text(&table.number),
        table.title.text,
        text(&table.compiler),
        table.unit,
        table.dimensions,
        text(&table.declared_empty),
    )];
    for side in [None, Some(Side::Revenue), Some(Side::Expenditure)] {
        for row in table.rows.iter().filter(|row| row.side == side) {
            let whole = row.part_of.and_then(|whole| table.rows.get(whole as usize));
            let whole = whole.map(|whole| (whole.code, whole.label.text.as_str()));
            let cell = |cell: &budget_model::Cell| {
                let candidates = match &cell.placement {
                    Placement::Ambiguous { candidates } => format!(" of {candidates:?}"),
                    Placement::Printed | Placement::Inferred { .. } => String::new(),
                };
                format!("{}={}{candidates}", cell.column, cell.amount.value)
            };
            let cells: Vec<String> = row.cells.iter().map(cell).collect();
            lines.push(format!(
                "{side:?} {:?} {} [{}] {:?} in {whole:?} {:?}: {}",
                row.code,
                row.label.text,
                text(&row.project),
                row.role,
                row.dimensions,
                cells.join(" ")
            ));
        }
    }
    lines
}

/// Both documents say the same in their tables.
pub(crate) fn assert_same_tables(left: &Disclosure, right: &Disclosure) {
    for (left, right) in left.tables.iter().zip(&right.tables) {
        let (left, right) = (plain(left), plain(right));
        for (left, right) in left.iter().zip(&right) {
            assert_eq!(left, right);
        }
        assert_eq!(left.len(), right.len(), "{}", left[0]);
    }
    assert_eq!(left.tables.len(), right.tables.len());
}
