//! Tables of a wider source that show the same money as one of a narrower source.
//!
//! `财政拨款基本支出表` and `一般公共预算基本支出表` need not be equal: funds may pay for something, too. Where their totals are equal,
//! nothing else does, and every row of one is the row of the other. Forms do not say so; the totals of a document do.

use std::collections::BTreeMap;

use budget_model::{Classification, Decimal, Flow, Nature, Role, Row, Source, Table};

use crate::figure::{Figure, FigureId};
use crate::key::Key;

/// Tables whose totals are compared: one classification, nature and flow, one amount.
type Alike = (u8, Nature, Option<Flow>, Decimal);

/// A total of a table.
struct Total {
    table: usize,
    key: Key,
    figure: FigureId,
}

/// Gives the rows of such tables the narrower source. What is given back are their totals, which state the narrower source beside
/// their own.
pub(crate) fn settle(tables: &[Table], figures: &[Figure<'_>], keys: &mut [Option<Key>]) -> Vec<(Key, FigureId)> {
    let mut alike: BTreeMap<Alike, Vec<Total>> = BTreeMap::new();
    each_row(tables, |table, row, ids| {
        let is_total = is_total(row) && row.side.is_none();
        for id in ids.filter(|_| is_total) {
            let Some((key, figure)) = keys.get(id).copied().flatten().zip(figures.get(id)) else { continue };
            let is_whole = key == Key { source: key.source, nature: key.nature, flow: key.flow, ..Key::TOTAL };
            let worth = figure.value.saturating_mul(figure.factor).normalize();
            if is_whole && !worth.is_zero() {
                let of = tables.get(table).map_or(Classification::Function, |table| table.classification);
                let of_total = alike.entry((of as u8, key.nature, key.flow, worth)).or_default();
                of_total.push(Total { table, key, figure: FigureId(id as u32) });
            }
        }
    });
    let mut narrower: BTreeMap<(usize, Source, Nature), Source> = BTreeMap::new();
    let mut stated = Vec::new();
    for totals in alike.values() {
        for total in totals {
            let others = totals.iter().filter(|other| other.table != total.table).map(|other| other.key.source);
            // A table with a column of the narrower source states it itself.
            let is_own = |source: Source| totals.iter().any(|own| own.table == total.table && own.key.source == source);
            let is_inside = |other: &Source| *other != total.key.source && total.key.source.contains(*other);
            let inside = others.filter(|other| is_inside(other) && !is_own(*other));
            if let Some(source) = inside.min_by_key(|source| source.inside().count_ones()) {
                narrower.insert((total.table, total.key.source, total.key.nature), source);
                stated.push((Key { source, ..total.key }, total.figure));
            }
        }
    }
    each_row(tables, |table, row, ids| {
        for id in ids.filter(|_| !is_total(row)) {
            if let Some(key) = keys.get_mut(id).and_then(Option::as_mut)
                && let Some(source) = narrower.get(&(table, key.source, key.nature))
            {
                key.source = *source;
            }
        }
    });
    stated
}

/// The row of a single unit is a total, too.
fn is_total(row: &Row) -> bool {
    matches!(row.role, Role::Total | Role::Unit)
}

/// Calls `visit` with the table of each row, the row, and the numbers of its figures.
fn each_row<'t>(tables: &'t [Table], mut visit: impl FnMut(usize, &'t Row, std::ops::Range<usize>)) {
    let mut id = 0;
    for (index, table) in tables.iter().enumerate() {
        for row in &table.rows {
            visit(index, row, id..id + row.cells.len());
            id += row.cells.len();
        }
    }
}
