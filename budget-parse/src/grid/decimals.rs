//! Decimals of figures that came as bare numbers.

use std::collections::HashMap;

use budget_model::{Row, Unit};

/// The rows of a table whose decimals may have to be restored.
pub(super) struct Decimals<'t> {
    pub(super) unit: &'t Unit,
    pub(super) rows: &'t mut Vec<Row>,
    /// Whether the reader knew how the numbers of the table are shown.
    pub(super) shown: bool,
}

/// Gives figures that came as bare numbers the decimals they were shown with.
///
/// A cell stores `17` for a figure shown as `17.00`. A reader that knows how numbers are shown adds the zeros, and then the
/// figures of the table are as printed. Those of other tables get the decimals of the figure with the most in the same unit of
/// money, up to two: what is given to the fen is exact to the fen, and where all figures are whole they stay whole.
pub(super) fn restore<'t>(tables: impl Iterator<Item = Decimals<'t>>) {
    let mut tables: Vec<_> = tables.collect();
    let mut scales: HashMap<Unit, u32> = HashMap::new();
    for table in &tables {
        let most =
            table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.amount.value.scale()).max().unwrap_or(0);
        let scale = scales.entry(table.unit.clone()).or_default();
        *scale = u32::max(*scale, most.min(2));
    }
    for table in tables.iter_mut().filter(|table| !table.shown) {
        let scale = scales.get(table.unit).copied().unwrap_or(0);
        for cell in
            table.rows.iter_mut().flat_map(|row| &mut row.cells).filter(|cell| cell.amount.value.scale() < scale)
        {
            cell.amount.value.rescale(scale);
        }
    }
}
