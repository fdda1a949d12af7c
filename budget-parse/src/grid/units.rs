//! Which rows are units: 云溪县文化馆（本级） above the classes of its money.
//!
//! One label column may hold units, classes and projects. A unit is known from a table whose column of names says 单位, or from
//! who compiled the tables; the rows below a unit are of that unit.

use std::collections::HashSet;

use budget_model::{Label, Meaning, Role, Table};

use super::table::Made;
use crate::lexicon::NameOf;
use crate::lexicon::around::OWN_UNITS;
use crate::text::fold;

/// Marks the rows of units in tables that no layout names, and names the unit of the rows below each.
pub(super) fn settle(made: &mut [Made<'_>]) {
    let mut names: HashSet<String> = HashSet::new();
    for made in made.iter() {
        names.extend(made.table.compiler.iter().map(|label| fold(&label.text)));
        let rows = made.table.rows.iter();
        let is_unit = |role: Role| role == Role::Unit && made.names == Some(NameOf::Unit);
        names.extend(rows.filter(|row| is_unit(row.role)).map(|row| fold(&row.label.text)));
    }
    for made in made.iter_mut().filter(|made| made.form.is_none()) {
        let is_unit = |label: &Label| {
            let folded = fold(&label.text);
            names.contains(&folded) || OWN_UNITS.strip_end_of(&folded).is_some()
        };
        below_units(&mut made.table, is_unit);
    }
}

fn below_units(table: &mut Table, is_unit: impl Fn(&Label) -> bool) {
    let mut unit: Option<Label> = None;
    let mut side = None;
    for row in &mut table.rows {
        if row.side != side {
            (side, unit) = (row.side, None);
        }
        let is_name = row.code.is_none() && matches!(row.role, Role::Unit | Role::Label) && !row.label.text.is_empty();
        if is_name && is_unit(&row.label) {
            row.role = Role::Unit;
            row.meaning = Meaning::Known;
            unit = Some(row.label.clone());
        } else if row.role == Role::Total || (is_name && row.role == Role::Unit) {
            // A name that nothing else says to be a unit ends the rows of the unit above it all the same.
            unit = None;
        } else if row.unit.is_none() && row.role != Role::Unit {
            row.unit.clone_from(&unit);
        }
    }
}
