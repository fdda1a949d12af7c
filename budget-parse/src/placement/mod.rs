//! Placement: every figure of a text gets its column back by arithmetic.
//!
//! In the text of a PDF the columns are gone; what remains is the order of the figures in a row and that they must add up.
//! The columns of a figure are narrowed down by, in this order: the order of print, the sums of the row, the columns that
//! the total row uses, the sums of the hierarchy, and what other tables state. All comparisons are between intervals of
//! printed precision. A figure is placed for certain only when nothing else is possible; otherwise all columns that are
//! possible are kept, the most plausible first.
//!
//! A wrong figure breaks sums. Then no placement satisfies everything, and the placements that break the fewest sums
//! remain, together with those that break one more in the row itself; what they agree on is certain, the rest is not.

mod fixed;
mod group;
mod knowledge;
mod options;
mod patterns;
mod positions;
mod search;
mod solve;
mod steps;
mod sweep;

use std::collections::HashSet;

use budget_model::{
    Amount, Aspect, Cell, Classification, Diagnostic, DiagnosticCode, Evidence, Fact, Placement, Role, Row, Side, Table,
};

pub(crate) use options::MOST_COLUMNS;

use crate::layout::{Shape, TableForm};
use crate::table::UnplacedTable;
use crate::work::Work;
use fixed::Fixed;
use knowledge::{Knowledge, table_scale};
use options::{ColumnSum, Mask, RowFigures, columns};
use patterns::Patterns;
use solve::{Placed, Problem, ProblemRow, Solution, by_order, given_up, solve};

/// Rounds in which tables learn from each other.
const ROUNDS: usize = 4;

/// The figures of all tables, kept so that what is read later can still help to place them.
pub(crate) struct Placing<'l> {
    sources: Vec<Figures<'l>>,
}

/// Gives the figures of all tables their columns, from the tables alone.
pub(crate) fn place<'l>(
    tables: Vec<UnplacedTable<'l>>,
    work: &mut Work,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Table>, Placing<'l>) {
    let mut placing = Placing { sources: Vec::with_capacity(tables.len()) };
    let mut placed = Vec::with_capacity(tables.len());
    for UnplacedTable { form, mut table, figures, has_unread, doubtful } in tables {
        direct(&mut table, form, &figures, diagnostics);
        let is_doubtful =
            |row: &Vec<Option<Amount>>| row.iter().flatten().any(|amount| doubtful.contains(&amount.place));
        let unsure: Vec<bool> =
            figures.iter().zip(has_unread).map(|(row, has_unread)| has_unread || is_doubtful(row)).collect();
        let problem = problem(&table, form, &figures, &unsure);
        let mut patterns = Patterns::default();
        let solution = work.with_half(|work| solve(&problem, &mut patterns, work));
        let solution = solution.unwrap_or_else(|| given_up(&problem));
        let Solution { rows, limited, contradictions } = solution;
        write(&mut table, &figures, rows, None);
        let beyond = by_order_alone(&mut table, form, &figures);
        for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if doubtful.contains(&cell.amount.place) {
                cell.doubts.add(Aspect::Value);
            }
        }
        placed.push(table);
        placing.sources.push(Figures { rows: figures, problem, patterns, limited, beyond, contradictions });
    }
    placing.learn(&mut placed, &[], Evidence::OtherTable, work);
    (placed, placing)
}

impl Placing<'_> {
    /// Places what the tables left open with the help of the figures that the text states.
    pub(crate) fn with_text(&mut self, tables: &mut [Table], facts: &[Fact], work: &mut Work) {
        self.learn(tables, facts, Evidence::Text, work);
    }

    /// Lets tables with open figures learn from what is certain elsewhere, in rounds.
    fn learn(&mut self, tables: &mut [Table], facts: &[Fact], evidence: Evidence, work: &mut Work) {
        for _ in 0..ROUNDS {
            if tables.iter().all(|table| table.ambiguous_count() == 0) {
                break;
            }
            let mut changed = false;
            let knowledge = Knowledge::of(tables, facts);
            for (table, source) in tables.iter_mut().zip(&mut self.sources) {
                let before = table.ambiguous_count();
                if before == 0 || !source.problem.learn(knowledge.of_rows(table, source.problem.scale)) {
                    continue;
                }
                let solved = work.with_half(|work| solve(&source.problem, &mut source.patterns, work));
                let Some(solution) = solved else {
                    // What was found before still holds.
                    source.limited = true;
                    continue;
                };
                (source.limited, source.contradictions) = (solution.limited, solution.contradictions);
                write(table, &source.rows, solution.rows, Some(evidence));
                changed |= table.ambiguous_count() < before;
            }
            if !changed {
                break;
            }
        }
    }

    /// Says where placement met its limits or contradictions.
    pub(crate) fn report(&self, tables: &[Table], diagnostics: &mut Vec<Diagnostic>) {
        for (table, source) in tables.iter().zip(&self.sources) {
            source.tell(table, diagnostics);
        }
    }
}

/// The figures of a table, row by row, in the order of print, and what is known of their columns.
struct Figures<'l> {
    rows: Vec<Vec<Option<Amount>>>,
    problem: Problem<'l>,
    patterns: Patterns,
    /// The last search was given up.
    limited: bool,
    /// Figures were too large for the arithmetic.
    beyond: bool,
    /// Rows whose figures contradict each other or their parts.
    contradictions: Vec<usize>,
}

impl Figures<'_> {
    fn tell(&self, table: &Table, diagnostics: &mut Vec<Diagnostic>) {
        let title = table.title.text.as_str();
        if self.limited || self.beyond {
            diagnostics.push(Diagnostic::new(DiagnosticCode::PlacementLimit, [title]).at(table.title.place));
        }
        if table.ambiguous_count() > 0 {
            for row in self.contradictions.iter().filter_map(|row| table.rows.get(*row)) {
                let diagnostic =
                    Diagnostic::new(DiagnosticCode::PlacementContradiction, [title, row.label.text.as_str()]);
                diagnostics.push(diagnostic.at(row.label.place));
            }
        }
    }
}

/// Whether the figures of a row stand next to their label, in the first column.
fn is_direct(form: &TableForm, side: Option<Side>) -> bool {
    form.columns.len() == 1 || (form.shape == Shape::TwoSided && side == Some(Side::Revenue))
}

/// Most figures of a row that are listed one by one where it has more than the table has columns; their number is said.
const MOST_BEYOND: usize = 64;

/// Places figures that have one column only, and reports rows with more figures than columns.
fn direct(table: &mut Table, form: &TableForm, figures: &[Vec<Option<Amount>>], diagnostics: &mut Vec<Diagnostic>) {
    let width = table.columns.len();
    for (row, figures) in table.rows.iter_mut().zip(figures) {
        let columns = if is_direct(form, row.side) { 1 } else { width };
        if figures.len() > columns {
            let listed = || figures.iter().flatten().take(MOST_BEYOND);
            let mut beyond: Vec<String> = listed().map(|amount| amount.value.to_string()).collect();
            if figures.iter().flatten().nth(MOST_BEYOND).is_some() {
                beyond.push("…".to_owned());
            }
            let arguments = [row.label.text.clone(), figures.len().to_string(), columns.to_string(), beyond.join(" ")];
            let mut diagnostic = Diagnostic::new(DiagnosticCode::FiguresBeyondColumns, arguments);
            diagnostic.places.extend(listed().map(|amount| amount.place));
            diagnostics.push(diagnostic);
        } else if columns == 1 {
            row.cells = figures
                .iter()
                .flatten()
                .map(|amount| Cell::new(0, *amount, Placement::Inferred { by: Evidence::Order }))
                .collect();
        }
    }
}

/// The arithmetic of a table. Rows with a figure that is not known for sure take no part in it, nor do the sums that they are
/// a part of.
fn problem<'l>(table: &Table, form: &'l TableForm, figures: &[Vec<Option<Amount>>], unsure: &[bool]) -> Problem<'l> {
    let is_unsure = |row: usize| unsure.get(row).copied().unwrap_or(false);
    let open: HashSet<u32> = table
        .rows
        .iter()
        .enumerate()
        .filter(|(index, _)| is_unsure(*index))
        .flat_map(|(index, row)| [Some(index as u32), row.part_of])
        .flatten()
        .collect();
    let scale = table_scale(figures.iter().flatten().flatten());
    let width = table.columns.len();
    let mut parts: Vec<Mask> = vec![0; width];
    for (part, column) in table.columns.iter().enumerate() {
        if let Some(parts) = column.part_of.and_then(|whole| parts.get_mut(usize::from(whole))) {
            *parts |= 1 << part;
        }
    }
    let sums = parts.into_iter().enumerate().filter(|(_, parts)| *parts != 0);
    let sums = sums.map(|(whole, parts)| ColumnSum { whole, parts }).collect();
    let row = |(index, (row, figures)): (usize, (&Row, &Vec<Option<Amount>>))| {
        let fits = !is_unsure(index) && figures.len() <= width && !is_direct(form, row.side);
        let fixed: Option<Vec<Fixed>> = figures.iter().flatten().map(|amount| Fixed::of(amount, scale)).collect();
        let figures = match fixed {
            Some(fixed) if fits => RowFigures { figures: fixed, marks: figures.iter().map(Option::is_some).collect() },
            _ => RowFigures::default(),
        };
        ProblemRow {
            figures,
            part_of: row.part_of.filter(|whole| !open.contains(whole)).map(|whole| whole as usize),
            is_total: !is_unsure(index) && row.role == Role::Total && row.side != Some(Side::Revenue),
            known: Vec::new(),
        }
    };
    let rows = table.rows.iter().zip(figures).enumerate().map(row).collect();
    Problem { columns: width, scale, weights: &form.weights, sums, rows }
}

/// Writes a solution into the table. Figures that were certain before stay as they are; `evidence` names what was added.
fn write(table: &mut Table, figures: &[Vec<Option<Amount>>], solution: Vec<Placed>, evidence: Option<Evidence>) {
    for ((row, figures), placed) in table.rows.iter_mut().zip(figures).zip(solution) {
        if placed.is_empty() {
            // Placed already, too large for the arithmetic, or more figures than columns.
            continue;
        }
        let before = std::mem::replace(&mut row.cells, Vec::with_capacity(placed.len()));
        let mut before = before.into_iter();
        for (amount, (column, placement)) in figures.iter().flatten().zip(placed) {
            if let Some(cell) = before.next().filter(|cell| cell.placement.is_certain()) {
                row.cells.push(cell);
                continue;
            }
            let placement = match (placement, evidence) {
                // Rows of economic classes stand in no other table; what settles them is the definition of the class.
                (Placement::Inferred { .. }, Some(_))
                    if table.classification != Classification::Function && row.code.is_some() =>
                {
                    Placement::Inferred { by: Evidence::Definition }
                }
                (Placement::Inferred { .. }, Some(by)) => Placement::Inferred { by },
                (placement, _) => placement,
            };
            row.cells.push(Cell::new(column, *amount, placement));
        }
    }
}

/// Places rows with figures too large for the arithmetic by the order of print; says whether there are any.
fn by_order_alone(table: &mut Table, form: &TableForm, figures: &[Vec<Option<Amount>>]) -> bool {
    let width = table.columns.len();
    let mut any = false;
    for (row, figures) in table.rows.iter_mut().zip(figures) {
        if !row.cells.is_empty() || figures.len() > width || is_direct(form, row.side) {
            continue;
        }
        let marks = figures.iter().enumerate().filter_map(|(mark, figure)| Some((mark, figure.as_ref()?)));
        row.cells.extend(marks.map(|(mark, amount)| {
            any = true;
            let candidates: Vec<u16> =
                columns(by_order(width, figures.len(), mark)).map(|column| column as u16).collect();
            let column = candidates.first().copied().unwrap_or(0);
            let placement = match candidates.len() {
                1 => Placement::Inferred { by: Evidence::Order },
                _ => Placement::Ambiguous { candidates },
            };
            Cell::new(column, *amount, placement)
        }));
    }
    any
}
