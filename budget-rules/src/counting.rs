//! Which figures include what was carried over from last year: forms do not agree on it, and a document decides it.
//!
//! `一般公共预算支出表` is of this year's money in one form and of this year's and last year's in another; only where a table
//! prints `上年结转` beside `一般公共预算拨款` is it said which is which. The total of each other table is compared with these
//! figures once, and its figures stand for what fits, or where neither does for what is nearer: one of the totals is wrong then, or
//! counts what is said nowhere, and [`Agreement`](crate::agreement) tells which.

use std::collections::BTreeMap;

use budget_model::{Column, Decimal, Nature, Row, Side, Source, Table};

use crate::figure::Figure;
use crate::key::Key;

/// The money of the budgets that can be carried over, widest last.
const BUDGETS: [Source; 4] =
    [Source::GeneralPublicBudget, Source::GovernmentFund, Source::StateCapital, Source::Appropriation];

/// What the document says of a source where it tells the years apart; `None` if it says two things.
#[derive(Default)]
struct Said(BTreeMap<Source, Option<Decimal>>);

impl Said {
    fn add(&mut self, source: Source, worth: Decimal) {
        self.0.entry(source).and_modify(|known| *known = known.filter(|known| *known == worth)).or_insert(Some(worth));
    }

    fn get(&self, source: Source) -> Option<Decimal> {
        self.0.get(&source).copied().flatten()
    }
}

/// The key of everything from a source.
fn whole(source: Source) -> Key {
    Key { source, ..Key::TOTAL }
}

/// Replaces the sources of the keys, cell by cell in the order of the document, by what the document shows them to be.
pub(crate) fn settle(tables: &[Table], figures: &[Figure<'_>], keys: &mut [Option<Key>]) {
    let worth = |id: usize| figures.get(id).map(|figure| figure.value.saturating_mul(figure.factor).normalize());
    let mut said = Said::default();
    each_cell(tables, |_, id, told| {
        let key = keys.get(id).copied().flatten().filter(|key| *key == whole(key.source));
        let is_told = key.is_some_and(|key| told || Source::CarryOver.contains(key.source));
        if let (Some(key), Some(worth), true) = (key, worth(id), is_told) {
            said.add(key.source, worth);
        }
    });
    let is_carried = |source: Source| match source.carried_over().and_then(|carried| said.get(carried)) {
        Some(carried) => !carried.is_zero(),
        None => said.get(Source::CarryOver).is_some_and(|carried| !carried.is_zero()),
    };
    let open: Vec<Source> = BUDGETS.into_iter().filter(|source| is_carried(*source)).collect();
    if open.is_empty() {
        return;
    }
    // Of each table and source the total that does not say which years it is of.
    let mut totals: BTreeMap<(usize, Source), Decimal> = BTreeMap::new();
    each_cell(tables, |table, id, told| {
        let key = keys.get(id).copied().flatten().filter(|key| !told && *key == whole(key.source));
        if let (Some(key), Some(worth)) = (key.filter(|key| open.contains(&key.source)), worth(id)) {
            totals.entry((table, key.source)).or_insert(worth);
        }
    });
    let counted = |table: usize, source: Source| {
        let total = totals.get(&(table, source)).copied()?;
        let year = said.get(source)?;
        let both = source.carried_over().and_then(|carried| said.get(carried)).map(|carried| carried + year);
        // What fits neither is nearer to one of them, and the rest of the document says whether it is wrong.
        let apart = |amount: Decimal| total.saturating_sub(amount).abs();
        match both {
            Some(both) if apart(both) < apart(year) => source.with_carry_over(),
            _ => Some(source),
        }
    };
    // A table of basic expenditure has no such total; it counts what the table counts that states its total as a column.
    let mut of_nature: BTreeMap<(Source, Nature), Vec<(usize, Decimal)>> = BTreeMap::new();
    each_cell(tables, |table, id, told| {
        let key = keys.get(id).copied().flatten().filter(|key| !told && open.contains(&key.source));
        let of_all = key.filter(|key| *key == Key { nature: key.nature, ..whole(key.source) });
        if let (Some(key), Some(worth)) = (of_all, worth(id)) {
            of_nature.entry((key.source, key.nature)).or_default().push((table, worth));
        }
    });
    let beside = |table: usize, source: Source| {
        let own = of_nature.iter().filter(|((of, _), _)| *of == source);
        own.filter_map(|(_, stated)| {
            let (_, total) = stated.iter().find(|(of, _)| *of == table)?;
            let mut others = stated.iter().filter(|(of, _)| totals.contains_key(&(*of, source)));
            let equal = others.clone().find(|(_, worth)| worth == total);
            counted(equal.or_else(|| others.next())?.0, source)
        })
        .next()
    };
    let mut settled: BTreeMap<(usize, Source), Option<Source>> = BTreeMap::new();
    each_cell(tables, |table, id, told| {
        if let Some(slot) = keys.get_mut(id).filter(|_| !told)
            && let Some(key) = slot.filter(|key| open.contains(&key.source))
        {
            let source = settled
                .entry((table, key.source))
                .or_insert_with(|| counted(table, key.source).or_else(|| beside(table, key.source)));
            *slot = source.map(|source| Key { source, ..key });
        }
    });
}

/// Calls `visit` with the table of each cell, its number, and whether the table tells the years of its source apart.
fn each_cell(tables: &[Table], mut visit: impl FnMut(usize, usize, bool)) {
    let is_carried = |source: Option<Source>| source.is_some_and(|source| Source::CarryOver.contains(source));
    let mut id = 0;
    for (index, table) in tables.iter().enumerate() {
        let by_column = table.columns.iter().any(|column| is_carried(column.dimensions.source));
        let on_side = |side: Option<Side>| {
            table.rows.iter().any(|row: &Row| row.side == side && is_carried(row.dimensions.source))
        };
        let by_row = [None, Some(Side::Revenue), Some(Side::Expenditure)].map(|side| (side, on_side(side)));
        for row in &table.rows {
            let row_tells =
                row.dimensions.source.is_some() && by_row.iter().any(|(side, tells)| *side == row.side && *tells);
            for cell in &row.cells {
                let column = table.columns.get(usize::from(cell.column));
                let column_tells =
                    by_column && column.is_some_and(|column: &Column| column.dimensions.source.is_some());
                visit(index, id, row_tells || column_tells);
                id += 1;
            }
        }
    }
}
