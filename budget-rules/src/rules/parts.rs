//! Wholes and parts inside a table.

use std::collections::BTreeSet;

use budget_model::{Cell, Decimal, Identity, Interval, Placement, Severity, Table};

use crate::book::Book;
use crate::check::{Check, Term};
use crate::figure::FigureId;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct Parts;

static DESCRIPTION: Description = Description {
    id: "parts-do-not-add-up",
    severity: Severity::Error,
    title: Text::new("表内分项之和不等于合计", "the parts of a table do not add up to the whole"),
    message: Text::new(
        "{0}为 {1}，各分项之和为 {2}，相差 {3}",
        "{0} is {1}, its parts add up to {2}: a difference of {3}",
    ),
    explanation: Text::new(
        "表中每个合计数应等于其分项之和：横向（总计＝财政拨款小计＋…，合计＝基本支出＋项目支出），纵向（合计＝Σ类，类＝Σ款，款＝Σ项）。空白按零计。合计有数而分项全部空白的，视为未分列，不检查。归栏不确定的数字，只有其全部可能的栏都属同一合计时才参加横向检查；一行数字无论归入哪些可能的栏都不能相加的，也是问题。",
        "Every whole of a table is the sum of its parts, along columns and along rows. A blank counts as zero. A whole whose \
         parts are all blank is not broken down and not checked. A figure whose column is not certain takes part only where \
         every possible column belongs to the same whole; a row that adds up in none of its possible columns is wrong as well.",
    ),
    example: Text::new("合计 17.50，基本支出 12.00，项目支出 5.00", "total 17.50, basic 12.00, project 5.00"),
};

impl Rule for Parts {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        if book.disclosure().tables.is_empty() {
            sink.not_applicable(super::NO_TABLE);
        }
        let mut parts = Vec::new();
        for (index, table) in book.disclosure().tables.iter().enumerate() {
            let ambiguous = table.ambiguous_count() > 0;
            if ambiguous {
                impossible_rows(book, sink, index, table);
            }
            let mut blocked = false;
            table.each_identity(|identity| {
                match whole_and_parts(book, index, table, identity, ambiguous, &mut parts) {
                    Ok(whole) => {
                        // A whole that is not printed is nothing, and so are its parts.
                        let says_something =
                            whole.is_some() || parts.iter().any(|part| !book.value(part.figure).is_zero());
                        if says_something && !parts.is_empty() {
                            sink.check(Check::sum(whole.as_slice(), &parts));
                        }
                    }
                    Err(Undecided) => blocked = true,
                }
            });
            if blocked {
                sink.blocked(
                    Text::new("“{0}”有归栏不确定的数字", "table {0} has figures whose column is not certain")
                        .filled(&[crate::name::kind_name(table.kind)]),
                );
            }
        }
    }
}

/// A figure may or may not belong to the identity.
struct Undecided;

/// The whole of an identity, if it is printed, and into `parts` its parts.
fn whole_and_parts(
    book: &Book<'_>,
    index: usize,
    table: &Table,
    identity: &Identity,
    ambiguous: bool,
    parts: &mut Vec<Term>,
) -> Result<Option<Term>, Undecided> {
    let (whole_row, whole_column) = identity.whole;
    let certain = |cell: (u32, u16)| certain(book, index, table, cell).map(|id| book.term(id));
    parts.clear();
    parts.extend(identity.parts.iter().filter_map(|part| certain(*part)));
    if ambiguous {
        let in_one_row = identity.parts.iter().all(|(row, _)| *row == whole_row);
        if in_one_row {
            parts.extend(ambiguous_parts(book, index, table, identity)?.into_iter().map(|id| book.term(id)));
        } else {
            let rows = identity.parts.iter().map(|(row, _)| *row).chain([whole_row]);
            let cells = rows.filter_map(|row| table.rows.get(row as usize)).flat_map(|row| &row.cells);
            let undecided = |cell: &Cell| match &cell.placement {
                Placement::Ambiguous { candidates } => candidates.contains(&whole_column),
                _ => false,
            };
            if cells.into_iter().any(undecided) {
                return Err(Undecided);
            }
        }
    }
    Ok(certain(identity.whole))
}

/// Rows whose figures add up in none of their possible columns.
fn impossible_rows(book: &Book<'_>, sink: &mut Sink, index: usize, table: &Table) {
    for (number, row) in table.rows.iter().enumerate() {
        if row.cells.iter().all(|cell| cell.placement.is_certain()) {
            continue;
        }
        let mut columns = Vec::with_capacity(row.cells.len());
        let mut budget = MOST_PLACEMENTS;
        if adds_up(table, &row.cells, &mut columns, &mut budget) {
            continue;
        }
        let figures: Vec<_> = (0..row.cells.len()).filter_map(|cell| book.nth_cell(index, number, cell)).collect();
        let Some((first, rest)) = figures.split_first() else { continue };
        let rest = rest.iter().fold(Decimal::ZERO, |sum, id| sum.saturating_add(book.value(*id)));
        let printed = book.value(*first);
        let difference = printed.saturating_sub(rest);
        let arguments = [book.name(*first), printed.to_string(), rest.to_string(), difference.to_string()];
        sink.blame(&arguments.each_ref().map(String::as_str), &figures);
    }
}

/// Placements of a row that are tried: beyond that, nothing is said about it.
const MOST_PLACEMENTS: u32 = 4096;

/// Whether some placement of the figures, left to right, satisfies every sum over the columns.
fn adds_up(table: &Table, cells: &[Cell], columns: &mut Vec<u16>, budget: &mut u32) -> bool {
    let Some(cell) = cells.get(columns.len()) else {
        *budget = budget.saturating_sub(1);
        return *budget == 0 || sums_hold(table, cells, columns);
    };
    let candidates = match &cell.placement {
        Placement::Ambiguous { candidates } => candidates.as_slice(),
        _ => std::slice::from_ref(&cell.column),
    };
    let after = columns.last().copied();
    candidates.iter().filter(|column| after.is_none_or(|last| **column > last)).any(|column| {
        columns.push(*column);
        let holds = adds_up(table, cells, columns, budget);
        columns.pop();
        holds
    })
}

fn sums_hold(table: &Table, cells: &[Cell], columns: &[u16]) -> bool {
    let wholes: BTreeSet<u16> = table.columns.iter().filter_map(|column| column.part_of).collect();
    wholes.into_iter().all(|whole| {
        let placed = || cells.iter().zip(columns);
        let stated = placed().find(|(_, column)| **column == whole).map(|(cell, _)| cell.amount.interval());
        let part_of = |column: u16| table.columns.get(usize::from(column)).and_then(|column| column.part_of);
        let mut parts = placed().filter(|(_, column)| part_of(**column) == Some(whole)).peekable();
        let broken_down = parts.peek().is_some();
        let sum = parts.fold(Interval::ZERO, |sum, (cell, _)| sum + cell.amount.interval());
        !broken_down || stated.unwrap_or(Interval::ZERO).meets(sum)
    })
}

fn certain(book: &Book<'_>, index: usize, table: &Table, (row, column): (u32, u16)) -> Option<FigureId> {
    let cell = table
        .rows
        .get(row as usize)?
        .cells
        .iter()
        .position(|cell| cell.column == column && cell.placement.is_certain())?;
    book.nth_cell(index, row as usize, cell)
}

/// The figures of a row that belong to the parts in whichever of their possible columns they stand.
fn ambiguous_parts(
    book: &Book<'_>,
    index: usize,
    table: &Table,
    identity: &Identity,
) -> Result<Vec<FigureId>, Undecided> {
    let (row, whole) = identity.whole;
    let is_part = |column: &u16| identity.parts.iter().any(|(_, part)| part == column);
    let mut inside = Vec::new();
    for (position, cell) in table.rows.get(row as usize).iter().flat_map(|row| row.cells.iter().enumerate()) {
        let Placement::Ambiguous { candidates } = &cell.placement else { continue };
        if candidates.iter().all(is_part) {
            inside.extend(book.nth_cell(index, row as usize, position));
        } else if candidates.iter().any(|column| is_part(column) || *column == whole) {
            return Err(Undecided);
        }
    }
    Ok(inside)
}
