//! Which tables of two documents belong together.

use budget_model::{Aspect, Disclosure, Table, TableKind, Unit};

use super::figures::{Count, is_settled};
use super::pairing::{Pairing, When};
use super::passed_over::PassedOver;
use super::{Presence, TableChange, rows, text_of};

/// The tables that differ.
pub(super) fn changes(before: &Disclosure, after: &Disclosure, count: &mut Count) -> Vec<TableChange> {
    let (passed_before, passed_after) = (PassedOver::of(before), PassedOver::of(after));
    let one = |index: usize| before.tables.get(index);
    let other = |index: usize| after.tables.get(index);
    let mut pairing = Pairing::new(before.tables.len(), after.tables.len());
    // Those with figures first, so that an empty form beside them does not leave open which is meant.
    for needs_figures in [true, false] {
        let takes_part = |table: &&Table| !needs_figures || has_figures(table);
        let one = |index: usize| one(index).filter(takes_part);
        let other = |index: usize| other(index).filter(takes_part);
        let compiler = |table: &Table| table.compiler.as_ref().map(text_of);
        let full = |table: &Table| (table.kind, compiler(table), title(table));
        pairing.by(|at| one(at).map(full), |at| other(at).map(full), When::AsMany);
        // The same table under another title, `支出总表` and `支出总体情况表`; of a table that nobody knows the title is all
        // there is.
        let known = |table: &Table| (table.kind != TableKind::Other).then(|| (table.kind, compiler(table)));
        pairing.by(|at| one(at).and_then(known), |at| other(at).and_then(known), When::Unique);
        let kind = |table: &Table| (table.kind != TableKind::Other).then_some(table.kind);
        pairing.by(|at| one(at).and_then(kind), |at| other(at).and_then(kind), When::Unique);
    }
    let with_figures = |table: &&Table| has_figures(table);
    let (dropped, added): (Vec<&Table>, Vec<&Table>) = (
        pairing.dropped().filter_map(one).filter(with_figures).collect(),
        pairing.added().filter_map(other).filter(with_figures).collect(),
    );
    let alone = |table: &Table, presence, passed: &PassedOver, others: &[&Table]| {
        let is_vague = |table: &Table| table.kind == TableKind::Other || !is_settled(table.doubts);
        // One of unknown kind, or one of several of a kind, may be a table that the other document has.
        let may_be = |other: &&Table| is_vague(table) || is_vague(other) || table.kind == other.kind;
        let is_clear = !passed.may_hold(None, &table.title) && is_settled(table.doubts) && !others.iter().any(may_be);
        head(table, table, if is_clear { presence } else { Presence::Unclear })
    };
    let mut changes = Vec::new();
    for (partner, index) in pairing.after() {
        let Some(table) = other(index) else { continue };
        match partner.and_then(one) {
            None if !has_figures(table) => {}
            None => changes.push(alone(table, Presence::Added, &passed_before, &dropped)),
            Some(earlier) => {
                let mut change = head(earlier, table, Presence::Both);
                (change.columns, change.rows) = rows::changes(earlier, table, [&passed_before, &passed_after], count);
                if !change.columns.is_empty() || !change.rows.is_empty() || change.units.0 != change.units.1 {
                    changes.push(change);
                }
            }
        }
    }
    changes.extend(dropped.iter().map(|table| alone(table, Presence::Dropped, &passed_after, &added)));
    changes
}

fn has_figures(table: &Table) -> bool {
    table.rows.iter().any(|row| !row.cells.is_empty() || !row.unread.is_empty())
}

fn head(before: &Table, after: &Table, presence: Presence) -> TableChange {
    let unit = |table: &Table| if table.doubts.has(Aspect::Unit) { Unit::Unknown } else { table.unit.clone() };
    TableChange {
        kind: after.kind,
        title: after.title.text.clone(),
        compiler: after.compiler.as_ref().map(|compiler| compiler.text.clone()),
        presence,
        units: (unit(before), unit(after)),
        columns: Vec::new(),
        rows: Vec::new(),
    }
}

/// A title without the year: `2025年部门支出总体情况表`.
fn title(table: &Table) -> String {
    text_of(&table.title).chars().filter(|one| !one.is_numeric()).collect()
}
