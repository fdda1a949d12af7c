//! Which tables speak for the document as a whole, and which stand beside others of their kind: those of the units of a
//! department, copies, a page printed twice.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use budget_model::{Aspect, Code, Disclosure, Role, Row, Side, Table, TableKind};

use crate::words::plain;

/// What is printed more than once in a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Apart {
    /// Whether the figures of each table are compared with those of other tables and the text.
    comparable: Vec<bool>,
    /// Whether the document is that of several units, so that nobody can say of which of them a sentence speaks.
    several: bool,
    /// Of each table the table before that it is a copy of.
    copies: Vec<Option<usize>>,
    /// Of each table its rows that are printed before as well, with the first of them, in the order of the rows.
    repeated: Vec<Vec<(usize, usize)>>,
    /// Of each table the rows whose code other rows bear as well, whatever tells them apart, sorted.
    divided: Vec<Vec<usize>>,
}

impl Apart {
    pub(crate) fn new(disclosure: &Disclosure) -> Self {
        let tables = &disclosure.tables;
        let is_sure = |table: &Table| !table.doubts.has(Aspect::Table);
        let mut apart = Self {
            comparable: tables.iter().map(is_sure).collect(),
            several: false,
            copies: vec![None; tables.len()],
            repeated: tables.iter().map(repeated).collect(),
            divided: tables.iter().map(divided).collect(),
        };
        let mut kinds: BTreeMap<TableKind, Vec<usize>> = BTreeMap::new();
        for (index, table) in tables.iter().enumerate().filter(|(_, table)| is_sure(table)) {
            let of_kind = kinds.entry(table.kind).or_default();
            // Another copy adds nothing to the first.
            let first = of_kind.iter().copied().find(|first| tables.get(*first).is_some_and(|one| is_copy(one, table)));
            match first {
                Some(first) => {
                    apart.set_apart(index);
                    if let Some(copy) = apart.copies.get_mut(index) {
                        *copy = Some(first);
                    }
                }
                None => of_kind.push(index),
            }
        }
        // Lists beside the budget, and tables that nobody knows, are of no entity.
        kinds.retain(|kind, of_kind| of_kind.len() > 1 && kind.shows_budget());
        let compiler = |index: &usize| tables.get(*index)?.compiler.as_ref().map(|label| plain(&label.text));
        let main = disclosure.entity.as_ref().map(|entity| plain(&entity.text));
        let mut undivided = 0;
        for of_kind in kinds.values() {
            let compilers: BTreeSet<_> = of_kind.iter().filter_map(compiler).collect();
            apart.several |= compilers.len() > 1;
            // The table of the department itself speaks for the document, if there is one.
            let own: Vec<_> = of_kind.iter().filter(|index| main.is_some() && compiler(index) == main).collect();
            let speaks = own.first().filter(|_| own.len() == 1 && compilers.len() > 1).map(|index| **index);
            undivided += usize::from(speaks.is_none());
            of_kind.iter().filter(|index| Some(**index) != speaks).for_each(|index| apart.set_apart(*index));
        }
        apart.several |= undivided > 1;
        if apart.several {
            // Tables that only some of the units have.
            for (index, _) in tables.iter().enumerate() {
                if main.is_some() && compiler(&index).is_some_and(|compiler| Some(compiler) != main) {
                    apart.set_apart(index);
                }
            }
        }
        apart
    }

    fn set_apart(&mut self, table: usize) {
        if let Some(comparable) = self.comparable.get_mut(table) {
            *comparable = false;
        }
    }

    pub(crate) fn is_comparable(&self, table: usize) -> bool {
        self.comparable.get(table) == Some(&true)
    }

    pub(crate) fn has_several(&self) -> bool {
        self.several
    }

    /// The table before that a table is a copy of.
    pub(crate) fn copy_of(&self, table: usize) -> Option<usize> {
        self.copies.get(table).copied().flatten()
    }

    /// The rows of a table that are printed twice: the second and the first of each.
    pub(crate) fn repeated(&self, table: usize) -> &[(usize, usize)] {
        self.repeated.get(table).map_or(&[], Vec::as_slice)
    }

    /// Whether a row of a table is one of two that bear the same code.
    pub(crate) fn is_repeated(&self, table: usize, row: u32) -> bool {
        let row = row as usize;
        self.repeated(table).iter().any(|(again, first)| *again == row || *first == row)
    }

    /// Whether other rows of the table bear the code of a row: none of them is the row of the code.
    pub(crate) fn is_divided(&self, table: usize, row: u32) -> bool {
        let of_table = self.divided.get(table).map_or(&[][..], Vec::as_slice);
        of_table.binary_search(&(row as usize)).is_ok() || self.is_repeated(table, row)
    }
}

/// Whether two tables of a kind state the same figures in the same rows, and some at all.
fn is_copy(one: &Table, other: &Table) -> bool {
    let same = |(a, b): (&Row, &Row)| {
        let values = |row: &Row| row.cells.iter().map(|cell| (cell.column, cell.amount.value)).collect::<Vec<_>>();
        a.code == b.code && a.label.text == b.label.text && values(a) == values(b)
    };
    one.figure_count() > 0
        && (one.unit == other.unit && one.rows.len() == other.rows.len())
        && one.rows.iter().zip(&other.rows).all(same)
}

/// What a row of a classification is the row of: its code, side and unit, and what it fixes besides.
type Position<'a> = (Option<Side>, Code, Option<&'a str>, Option<&'a str>, [u64; 3]);

/// What tells a row of a classification from the others: besides, the words that other columns print, and its project.
type Identity<'a> = (Position<'a>, Option<&'a str>, Vec<&'a str>);

/// Tables that list projects or what was carried over, with one code for several rows, which their names tell apart.
fn is_list(kind: TableKind) -> bool {
    use TableKind::{AppropriationProject, Carryover, GeneralProject, GeneralProjectEconomic, Project, ThreePublic};
    matches!(kind, GeneralProject | GeneralProjectEconomic | Project | AppropriationProject | Carryover | ThreePublic)
}

/// The rows that have a code, with what each is the row of.
fn positions(table: &Table) -> impl Iterator<Item = (usize, &Row, Position<'_>)> {
    let is_list = is_list(table.kind);
    let mut unit = None;
    table.rows.iter().enumerate().filter_map(move |(index, row)| {
        if row.role == Role::Unit {
            unit = Some(row.label.text.as_str());
        }
        let own = row.unit.as_ref().map(|unit| unit.text.as_str());
        let name = is_list.then_some(row.label.text.as_str());
        let fixed = [row.dimensions.function, row.dimensions.economic, row.dimensions.government_economic]
            .map(|code| code.map_or(0, |code| u64::from(code.number())));
        Some((index, row, (row.side, row.code?, own.or(unit), name, fixed)))
    })
}

/// The rows whose code, second classifications and unit other rows have as well, though a project or words tell them apart.
fn divided(table: &Table) -> Vec<usize> {
    // The names of these rows are all that their figures are known by.
    if matches!(table.kind, TableKind::GeneralProject | TableKind::Carryover | TableKind::ThreePublic) {
        return Vec::new();
    }
    let mut seen: BTreeMap<Position<'_>, Vec<usize>> = BTreeMap::new();
    for (index, row, (side, code, unit, _, fixed)) in positions(table) {
        if row.project.is_none() {
            seen.entry((side, code, unit, None, fixed)).or_default().push(index);
        }
    }
    let mut divided: Vec<usize> = seen.into_values().filter(|rows| rows.len() > 1).flatten().collect();
    divided.sort_unstable();
    divided
}

/// Rows of a classification that bear the code of a row before, and nothing that tells them from it.
fn repeated(table: &Table) -> Vec<(usize, usize)> {
    let is_list = is_list(table.kind);
    let mut first: BTreeMap<Identity<'_>, usize> = BTreeMap::new();
    let mut repeated = Vec::new();
    for (index, row, position) in positions(table) {
        let project = row.project.as_ref().map(|project| project.text.as_str());
        let texts = row.texts.iter().map(|text| text.text.text.as_str()).collect();
        let values = |row: &Row| row.cells.iter().map(|cell| (cell.column, cell.amount.value)).collect::<Vec<_>>();
        match first.entry((position, project, texts)) {
            Entry::Vacant(entry) => {
                entry.insert(index);
            }
            Entry::Occupied(entry) => {
                let before = table.rows.get(*entry.get());
                // A list may hold two projects of one name.
                let is_same = before.is_some_and(|before| !row.cells.is_empty() && values(before) == values(row));
                if !is_list || is_same {
                    repeated.push((index, *entry.get()));
                }
            }
        }
    }
    repeated
}
