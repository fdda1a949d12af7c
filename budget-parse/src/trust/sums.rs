//! What the sums of a table over its rows say of the order of its text.
//!
//! Sums along a row say nothing here: the figures of a row stay together when they are read into another one.

use std::collections::{BTreeMap, HashSet};

use budget_model::{Cell, Classification, Code, Decimal, Identity, Placement, Position, Role, Row, Table, TableKind};

use crate::layout::Shape;

/// A table is confirmed by no fewer rows with parts than this.
const FEWEST_WHOLES: usize = 2;

/// As many rows with parts, none of them and of their parts in common, do not add up by mistake.
const MISTAKES: usize = 3;

/// As many rows of a code that stands in other tables may have another figure there by mistake.
const UNSUPPORTED: usize = 2;

/// What became of the rows that have parts.
#[derive(Default)]
struct Outcome {
    /// Rows that are the sum of their parts in every column.
    held: usize,
    /// Rows that are not, of which no two have a row in common: a wrong row breaks the sums above and below it.
    broken: usize,
    /// Rows in a sum that holds.
    confirmed: HashSet<u32>,
}

impl Outcome {
    fn of(table: &Table, shape: Shape) -> Self {
        // For each row with parts: whether all columns hold, and the rows with figures in the sums.
        let mut wholes: BTreeMap<u32, (bool, HashSet<u32>)> = BTreeMap::new();
        table.each_identity(|identity| {
            let Some(cells) = over_rows(table, identity, shape) else { return };
            let entry = wholes.entry(identity.whole.row).or_insert((true, HashSet::new()));
            entry.0 &= table.holds(identity);
            entry.1.extend(cells);
        });
        let mut outcome = Self::default();
        let mut blamed: HashSet<u32> = HashSet::new();
        for (holds, rows) in wholes.into_values() {
            if holds {
                outcome.held += 1;
                outcome.confirmed.extend(rows);
            } else if rows.is_disjoint(&blamed) {
                outcome.broken += 1;
                blamed.extend(rows);
            }
        }
        outcome
    }
}

/// The rows with figures of a sum over rows that says something.
fn over_rows(table: &Table, identity: &Identity, shape: Shape) -> Option<Vec<u32>> {
    if identity.parts.iter().all(|part| part.row == identity.whole.row) {
        return None;
    }
    let mut cells = std::iter::once(&identity.whole).chain(&identity.parts);
    if cells.any(|at| table.rows.get(at.row as usize).is_some_and(|row| is_open(row, at.column))) {
        return None;
    }
    let printed = |at: &&Position| table.rows.get(at.row as usize).is_some_and(|row| row.cell(at.column).is_some());
    let cells = std::iter::once(&identity.whole).chain(&identity.parts).filter(printed);
    let rows: Vec<u32> = cells.map(|at| at.row).collect();
    // A form that prints its rows may leave all parts of a figure blank; where rows are printed for their figures, a sum
    // without parts is none.
    let enough = if shape == Shape::Classified { 1 } else { 2 };
    (rows.len() >= enough).then_some(rows)
}

/// Whether a figure of a row may or may not stand in a column: a sum over that column is one of guesses.
fn is_open(row: &Row, column: u16) -> bool {
    row.cells.iter().any(|cell| match &cell.placement {
        Placement::Ambiguous { candidates } => cell.column == column || candidates.contains(&column),
        _ => false,
    })
}

/// Whether the sums of a table show that every figure stands in its row: all of them hold, and each row is in one.
pub(super) fn confirm(table: &Table, shape: Shape) -> bool {
    let outcome = Outcome::of(table, shape);
    let mut with_figures = (0u32..).zip(&table.rows).filter(|(_, row)| !row.cells.is_empty());
    outcome.held >= FEWEST_WHOLES
        && outcome.broken == 0
        && table.rows.iter().any(|row| row.role == Role::Total)
        && with_figures.all(|(index, _)| outcome.confirmed.contains(&index))
}

/// Whether figures stand in rows that are not theirs: more sums are broken than mistakes explain, or where as many are as
/// hold, the other tables have other figures at the codes of this one. A table with more sums that hold has a wrong figure
/// where one does not.
pub(super) fn contradict(table: &Table, shape: Shape, stated: &Stated) -> bool {
    let outcome = Outcome::of(table, shape);
    outcome.broken >= MISTAKES
        || outcome.broken + 1 >= MISTAKES && outcome.broken >= outcome.held
        || outcome.broken > 0 && outcome.broken >= outcome.held && stated.contradict(table)
}

/// The figures of each function code, and the tables they stand in.
pub(super) struct Stated(BTreeMap<Code, Vec<(TableKind, Decimal)>>);

impl Stated {
    /// All figures of the tables.
    pub(super) fn of(tables: &[Table]) -> Self {
        let mut stated: BTreeMap<Code, Vec<(TableKind, Decimal)>> = BTreeMap::new();
        for table in tables.iter().filter(|table| table.classification == Classification::Function) {
            for (code, of_code) in by_code(table) {
                stated.entry(code).or_default().extend(of_code.figures().map(|figure| (table.kind, figure)));
            }
        }
        Self(stated)
    }

    /// Whether at most codes of a table no figure is one that any other table has at that code. A table of projects and one
    /// of all expenditure share a column, whichever it is.
    fn contradict(&self, table: &Table) -> bool {
        if table.classification != Classification::Function {
            return false;
        }
        let (mut supported, mut unsupported) = (0, 0);
        for (code, of_code) in by_code(table) {
            let mut elsewhere =
                self.0.get(&code).into_iter().flatten().filter(|(kind, _)| *kind != table.kind).peekable();
            if elsewhere.peek().is_none() {
                // A two-sided form prints all classes; a figure at one that no other table has is not its own.
                unsupported += usize::from(of_code.is_two_sided);
            } else if elsewhere.any(|(_, other)| of_code.figures().any(|figure| figure == *other)) {
                supported += 1;
            } else {
                unsupported += 1;
            }
        }
        unsupported >= UNSUPPORTED && unsupported > supported
    }
}

/// The figures that a table has at one code.
#[derive(Default)]
struct OfCode {
    in_rows: Vec<Decimal>,
    /// Of each column what its rows come to: units and projects share a code, `2101599 … 103.00` and `2101599 … 44.00`, and
    /// other tables print them in one row.
    columns: BTreeMap<u16, Decimal>,
    is_two_sided: bool,
}

impl OfCode {
    fn figures(&self) -> impl Iterator<Item = Decimal> + '_ {
        self.in_rows.iter().chain(self.columns.values()).map(Decimal::normalize)
    }
}

/// The codes of a table that have figures.
fn by_code(table: &Table) -> BTreeMap<Code, OfCode> {
    let mut codes: BTreeMap<Code, OfCode> = BTreeMap::new();
    for row in &table.rows {
        let Some(code) = function(row) else { continue };
        for (cell, figure) in row.cells.iter().filter_map(|cell| Some((cell, in_yuan(table, cell)?))) {
            let of_code = codes.entry(code).or_default();
            of_code.is_two_sided |= row.side.is_some();
            of_code.in_rows.push(figure);
            let sum = of_code.columns.entry(cell.column).or_default();
            *sum = sum.saturating_add(figure);
        }
    }
    codes
}

/// A figure, comparable with those of tables in other units.
fn in_yuan(table: &Table, cell: &Cell) -> Option<Decimal> {
    cell.amount.value.checked_mul(table.unit.in_yuan().unwrap_or(Decimal::ONE))
}

/// The function code of a row, printed or by its numbered name.
fn function(row: &Row) -> Option<Code> {
    row.code.or(row.dimensions.function)
}
