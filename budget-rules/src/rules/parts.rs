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
        let tables = &book.disclosure().tables;
        let mut left = MOST_PLACEMENTS * 16 + PER_CELL * tables.iter().map(Table::ambiguous_count).sum::<usize>();
        for (index, table) in book.disclosure().tables.iter().enumerate() {
            let grid = Grid::new(book, index, table);
            if grid.is_ambiguous {
                impossible_rows(book, sink, index, table, &mut left);
            }
            let mut blocked = false;
            table.each_identity(|identity| match grid.whole_and_parts(book, identity, &mut parts) {
                Ok(whole) => {
                    // A whole that is not printed is nothing, and so are its parts.
                    let says_something = whole.is_some() || parts.iter().any(|part| !book.value(part.figure).is_zero());
                    if says_something && !parts.is_empty() {
                        sink.check(Check::sum(whole.as_slice(), &parts));
                    }
                }
                Err(Undecided) => blocked = true,
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

/// What stands in a row and column.
#[derive(Clone, Copy, Default)]
struct Spot {
    /// The figure that certainly does.
    certain: Option<FigureId>,
    /// Whether another one may.
    is_possible: bool,
}

/// The figures of a table by row and column.
struct Grid<'a> {
    table: &'a Table,
    index: usize,
    spots: Vec<Spot>,
    /// Whether the column of some figure is not certain.
    is_ambiguous: bool,
}

impl<'a> Grid<'a> {
    fn new(book: &Book<'_>, index: usize, table: &'a Table) -> Self {
        let width = table.columns.len();
        let mut spots = vec![Spot::default(); width * table.rows.len()];
        for ((row, entry), spots) in table.rows.iter().enumerate().zip(spots.chunks_mut(width.max(1))) {
            for (position, cell) in entry.cells.iter().enumerate() {
                let is_certain = cell.placement.is_certain();
                for column in candidates(cell) {
                    let Some(spot) = spots.get_mut(usize::from(*column)) else { continue };
                    if is_certain {
                        spot.certain = spot.certain.or_else(|| book.nth_cell(index, row, position));
                    } else {
                        spot.is_possible = true;
                    }
                }
            }
        }
        Self { table, index, spots, is_ambiguous: table.ambiguous_count() > 0 }
    }

    fn spot(&self, (row, column): (u32, u16)) -> Spot {
        let at = row as usize * self.table.columns.len() + usize::from(column);
        self.spots.get(at).copied().unwrap_or_default()
    }

    /// The whole of an identity, if it is printed, and into `parts` its parts.
    fn whole_and_parts(
        &self,
        book: &Book<'_>,
        identity: &Identity,
        parts: &mut Vec<Term>,
    ) -> Result<Option<Term>, Undecided> {
        let (whole_row, whole_column) = identity.whole;
        let certain = |cell: (u32, u16)| self.spot(cell).certain.map(|id| book.term(id));
        parts.clear();
        parts.extend(identity.parts.iter().filter_map(|part| certain(*part)));
        if self.is_ambiguous {
            if identity.parts.iter().all(|(row, _)| *row == whole_row) {
                self.add_ambiguous_parts(book, identity, parts)?;
            } else {
                let rows = identity.parts.iter().map(|(row, _)| *row).chain([whole_row]);
                if rows.into_iter().any(|row| self.spot((row, whole_column)).is_possible) {
                    return Err(Undecided);
                }
            }
        }
        Ok(certain(identity.whole))
    }

    /// The figures of a row that belong to the parts in whichever of their possible columns they stand.
    fn add_ambiguous_parts(
        &self,
        book: &Book<'_>,
        identity: &Identity,
        parts: &mut Vec<Term>,
    ) -> Result<(), Undecided> {
        let (row, whole) = identity.whole;
        let is_part = |column: &u16| identity.parts.iter().any(|(_, part)| part == column);
        for (position, cell) in self.table.rows.get(row as usize).iter().flat_map(|row| row.cells.iter().enumerate()) {
            let Placement::Ambiguous { candidates } = &cell.placement else { continue };
            if candidates.iter().all(is_part) {
                parts.extend(book.nth_cell(self.index, row as usize, position).map(|id| book.term(id)));
            } else if candidates.iter().any(|column| is_part(column) || *column == whole) {
                return Err(Undecided);
            }
        }
        Ok(())
    }
}

/// Rows whose figures add up in none of their possible columns; `left` is how many placements the whole document may try.
fn impossible_rows(book: &Book<'_>, sink: &mut Sink, index: usize, table: &Table, left: &mut usize) {
    let sums = Sums::new(table);
    for (number, row) in table.rows.iter().enumerate() {
        if row.cells.iter().all(|cell| cell.placement.is_certain()) {
            continue;
        }
        let cells: Vec<_> = row.cells.iter().map(|cell| (candidates(cell), cell.amount.interval())).collect();
        let mut columns = Vec::with_capacity(cells.len());
        let most = MOST_PLACEMENTS.min(*left);
        let mut budget = most;
        let hold = sums.hold_somewhere(&cells, &mut columns, &mut budget);
        *left -= most - budget;
        if hold {
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

/// Figures of a row that are placed to see whether it adds up: beyond that, nothing is said about it.
const MOST_PLACEMENTS: usize = 4096;
/// How many of these each figure adds to what a document may try; most rows add up in the first of their placements.
const PER_CELL: usize = 64;

/// The columns in which a figure may stand.
fn candidates(cell: &Cell) -> &[u16] {
    match &cell.placement {
        Placement::Ambiguous { candidates } => candidates,
        _ => std::slice::from_ref(&cell.column),
    }
}

/// The sums over the columns of a table.
struct Sums {
    /// The column that each is a part of.
    part_of: Vec<Option<u16>>,
    wholes: BTreeSet<u16>,
}

impl Sums {
    fn new(table: &Table) -> Self {
        let part_of: Vec<_> = table.columns.iter().map(|column| column.part_of).collect();
        Self { wholes: part_of.iter().copied().flatten().collect(), part_of }
    }

    /// Whether some placement of the figures, left to right, satisfies every sum.
    fn hold_somewhere(&self, cells: &[(&[u16], Interval)], columns: &mut Vec<u16>, budget: &mut usize) -> bool {
        *budget = budget.saturating_sub(1);
        if *budget == 0 {
            return true;
        }
        let Some((candidates, _)) = cells.get(columns.len()) else { return self.hold(cells, columns) };
        let after = columns.last().copied();
        candidates.iter().filter(|column| after.is_none_or(|last| **column > last)).any(|column| {
            columns.push(*column);
            let holds = self.hold_somewhere(cells, columns, budget);
            columns.pop();
            holds
        })
    }

    fn hold(&self, cells: &[(&[u16], Interval)], columns: &[u16]) -> bool {
        let placed = || cells.iter().map(|(_, interval)| *interval).zip(columns.iter().copied());
        self.wholes.iter().all(|whole| {
            let stated = placed().find(|(_, column)| column == whole).map_or(Interval::ZERO, |(interval, _)| interval);
            let part_of = |column: u16| self.part_of.get(usize::from(column)).copied().flatten();
            let parts = placed().filter(|(_, column)| part_of(*column) == Some(*whole)).map(|(interval, _)| interval);
            parts.reduce(|sum, part| sum + part).is_none_or(|sum| stated.meets(sum))
        })
    }
}
