//! Defects that break many checks at once and are one: a column set down one row too high, a row that no total contains, a row
//! that is missing.
//!
//! Explained figure by figure, such a defect would be a page of findings of which each is true and none says what happened.

use std::collections::{BTreeMap, BTreeSet};

use budget_model::{Decimal, FigureRef, Table};

use crate::book::Book;
use crate::check::{Check, Expression, Relation, Values};
use crate::checks::Checks;
use crate::defect::Defect;
use crate::figure::{FigureId, Subject};
use crate::text::Text;

/// One defect and the failing checks that follow from it.
pub(crate) struct Pattern {
    /// The checks, by index, the one that shows it best first.
    pub(crate) checks: Vec<usize>,
    /// The figures that are wrong, with what each would have to be.
    pub(crate) suspects: Vec<(FigureId, Option<Decimal>)>,
    pub(crate) defect: Defect,
    /// What is said in place of the message of the rule.
    pub(crate) message: &'static Text,
    pub(crate) arguments: Vec<String>,
}

static SHIFTED: Text = Text::new(
    "{0}从“{1}”到“{2}”错开一行：各行的数是相邻一行分项之和（共 {3} 行）",
    "{0} is off by one row from {1} to {2}: each row shows what the parts of the next one add up to ({3} rows)",
);

static LEFT_OUT: Text = Text::new(
    "“{1}”（{2}）没有计入{0}：其余各项之和等于合计",
    "{1} ({2}) is not contained in {0}: the other rows add up to it",
);

static MISSING: Text = Text::new(
    "{0}比所列各项之和多 {2}，缺“{1}”一行（见{3}）",
    "{0} is {2} more than the rows below it: the row {1} is missing (see {3})",
);

/// Rows of a run that is off by one row, at least.
const FEWEST_SHIFTED: usize = 3;

/// A failing sum inside a table.
struct Sum {
    check: usize,
    whole: FigureRef,
    /// The parts, all in one row or all in one column with the whole.
    parts: Vec<FigureRef>,
    /// What the parts add up to.
    expected: Decimal,
    /// What they are less than the whole.
    by: Decimal,
    /// How much of that rounding may be.
    slack: Decimal,
}

impl Sum {
    fn of(check: usize, of: Check<'_>, book: &Book<'_>) -> Option<Self> {
        let Expression::Sum(parts) = of.expected else { return None };
        let cell = |id: FigureId| match book.figure(id)?.subject {
            Subject::Cell(cell) => Some(cell),
            _ => None,
        };
        let [whole] = of.found else { return None };
        let whole = cell(whole.figure).filter(|_| of.relation == Relation::Equal)?;
        let parts: Vec<FigureRef> = parts.iter().map(|part| cell(part.figure)).collect::<Option<_>>()?;
        if parts.iter().any(|part| part.table != whole.table) || parts.contains(&whole) {
            return None;
        }
        let evaluation = of.evaluate(Values { figures: book.figures(), changed: None });
        let by = evaluation.found.saturating_sub(evaluation.expected);
        // In the unit of the table, as it is printed.
        let factor = book.figure(book.cell(whole.table as usize, whole.row, whole.column)?)?.factor;
        let expected = evaluation.expected.checked_div(factor)?;
        let (by, slack) = (by.checked_div(factor)?, evaluation.slack.checked_div(factor)?);
        Some(Self { check, whole, parts, expected, by, slack })
    }

    /// Whether a figure is what the whole is more than its parts, or less if `is_more` is not set.
    fn is_off_by(&self, value: Decimal, is_more: bool) -> bool {
        let by = if is_more { self.by } else { -self.by };
        value.saturating_sub(by).abs() <= self.slack
    }

    fn is_along_row(&self) -> bool {
        self.parts.iter().all(|part| part.row == self.whole.row)
    }

    fn is_along_column(&self) -> bool {
        self.parts.iter().all(|part| part.column == self.whole.column)
    }
}

/// The patterns among failing checks.
pub(crate) fn find(book: &Book<'_>, checks: &Checks, failing: &[bool]) -> Vec<Pattern> {
    let failing: Vec<usize> = (0..).zip(failing).filter(|(_, failing)| **failing).map(|(index, _)| index).collect();
    let sums: Vec<Sum> = failing.iter().copied().filter_map(|index| Sum::of(index, checks.get(index)?, book)).collect();
    let mut patterns = shifted(book, &sums);
    for pattern in &mut patterns {
        // Whatever else the figures of the run break follows from it.
        let wrong: BTreeSet<FigureId> = pattern.suspects.iter().map(|(id, _)| *id).collect();
        let known: BTreeSet<usize> = pattern.checks.iter().copied().collect();
        let follows = failing.iter().copied().filter(|index| {
            !known.contains(index)
                && checks.get(*index).is_some_and(|check| check.figures().any(|id| wrong.contains(&id)))
        });
        pattern.checks.extend(follows);
    }
    let taken: BTreeSet<usize> = patterns.iter().flat_map(|pattern| pattern.checks.iter().copied()).collect();
    let mut of_whole: BTreeMap<(u32, u32), Vec<&Sum>> = BTreeMap::new();
    for sum in sums.iter().filter(|sum| sum.is_along_column() && !taken.contains(&sum.check)) {
        of_whole.entry((sum.whole.table, sum.whole.row)).or_default().push(sum);
    }
    for sums in of_whole.values() {
        patterns.extend(left_out(book, sums).or_else(|| missing(book, sums)));
    }
    patterns
}

/// Runs of rows whose whole is what the parts of the row above or below add up to.
fn shifted(book: &Book<'_>, sums: &[Sum]) -> Vec<Pattern> {
    let mut of_column: BTreeMap<(u32, u16), Vec<&Sum>> = BTreeMap::new();
    for sum in sums.iter().filter(|sum| sum.is_along_row()) {
        of_column.entry((sum.whole.table, sum.whole.column)).or_default().push(sum);
    }
    let mut patterns = Vec::new();
    for ((table, column), of_column) in of_column {
        let printed = |row: Option<u32>| Some(book.value(book.cell(table as usize, row?, column)?));
        let is_next = |sum: &&&Sum, up: bool| {
            let row = sum.whole.row;
            let beside = if up { row.checked_sub(1) } else { row.checked_add(1) };
            printed(beside).is_some_and(|value| value.normalize() == sum.expected.normalize() && !value.is_zero())
        };
        let count = |up: bool| of_column.iter().filter(|sum| is_next(sum, up)).count();
        let up = count(true) >= count(false);
        let seen: Vec<&&Sum> = of_column.iter().filter(|sum| is_next(sum, up)).collect();
        if seen.len() < FEWEST_SHIFTED || 2 * seen.len() < of_column.len() {
            continue;
        }
        let rows = || of_column.iter().map(|sum| sum.whole.row);
        let (Some(first), Some(last)) = (rows().min(), rows().max()) else { continue };
        let mut checks: Vec<usize> = of_column.iter().map(|sum| sum.check).collect();
        // The sums down the column follow from it.
        let below = sums.iter().filter(|sum| sum.is_along_column() && !sum.is_along_row());
        let below = below.filter(|sum| (sum.whole.table, sum.whole.column) == (table, column));
        checks.extend(below.map(|sum| sum.check));
        let suspects = of_column.iter().filter_map(|sum| {
            let id = book.cell(table as usize, sum.whole.row, column)?;
            Some((id, Some(sum.expected)))
        });
        let Some((printed, name)) = book
            .disclosure()
            .tables
            .get(table as usize)
            .and_then(|printed| Some((printed, printed.columns.get(usize::from(column))?.label.clone())))
        else {
            continue;
        };
        let label = |row: u32| printed.rows.get(row as usize).map(row_name).unwrap_or_default();
        patterns.push(Pattern {
            suspects: suspects.collect(),
            defect: Defect::ShiftedColumn,
            message: &SHIFTED,
            arguments: vec![
                format!("{}·{name}", printed.title.text),
                label(first),
                label(last),
                of_column.len().to_string(),
            ],
            checks,
        });
    }
    patterns
}

/// A part without which the whole is right in every column.
fn left_out(book: &Book<'_>, sums: &[&Sum]) -> Option<Pattern> {
    let first = sums.first()?;
    let table = book.disclosure().tables.get(first.whole.table as usize)?;
    let is_it = |row: &u32| {
        table.rows.get(*row as usize).is_some_and(|row| {
            let of_column = |column: u16| sums.iter().find(|sum| sum.whole.column == column);
            let fits = |cell: &budget_model::Cell| match of_column(cell.column) {
                Some(sum) => !cell.amount.value.is_zero() && sum.is_off_by(cell.amount.value, false),
                None => cell.amount.value.is_zero(),
            };
            row.cells.iter().all(fits) && sums.iter().all(|sum| row.cell(sum.whole.column).is_some())
        })
    };
    // One figure that is wrong differs in one column; a row of one figure says no more.
    let mut rows = first.parts.iter().map(|part| part.row).filter(is_it);
    let row = rows.next().filter(|_| rows.next().is_none() && sums.len() > 1)?;
    let entry = table.rows.get(row as usize)?;
    let amount = entry.cell(first.whole.column)?.amount.value;
    Some(Pattern {
        checks: sums.iter().map(|sum| sum.check).collect(),
        suspects: suspects(book, sums),
        defect: Defect::RowLeftOut,
        message: &LEFT_OUT,
        arguments: vec![whole_name(table, first.whole.row), row_name(entry), amount.to_string()],
    })
}

/// A row of another table that is what the whole is more than its parts, in every column where it is.
fn missing(book: &Book<'_>, sums: &[&Sum]) -> Option<Pattern> {
    let first = sums.first().filter(|_| sums.len() > 1 && sums.iter().all(|sum| sum.by > Decimal::ZERO))?;
    let table = book.disclosure().tables.get(first.whole.table as usize)?;
    let known: BTreeSet<_> = table.rows.iter().filter_map(|row| row.code).collect();
    let (other, row) = book.tables().find_map(|(_, other)| {
        let rows = other.rows.iter().filter(|row| row.code.is_some_and(|code| !known.contains(&code)));
        let mut rows = rows.filter(|row| {
            let has = |sum: &&Sum| row.cells.iter().any(|cell| sum.is_off_by(cell.amount.value, true));
            sums.iter().all(has)
        });
        Some((other, rows.next()?))
    })?;
    Some(Pattern {
        checks: sums.iter().map(|sum| sum.check).collect(),
        suspects: suspects(book, sums),
        defect: Defect::RowMissing,
        message: &MISSING,
        arguments: vec![
            whole_name(table, first.whole.row),
            row_name(row),
            first.by.normalize().to_string(),
            other.title.text.clone(),
        ],
    })
}

fn suspects(book: &Book<'_>, sums: &[&Sum]) -> Vec<(FigureId, Option<Decimal>)> {
    let of_sum = |sum: &&Sum| {
        let FigureRef { table, row, column } = sum.whole;
        Some((book.cell(table as usize, row, column)?, Some(sum.expected)))
    };
    sums.iter().filter_map(of_sum).collect()
}

fn row_name(row: &budget_model::Row) -> String {
    format!("{}{}", row.code.map(|code| code.to_string()).unwrap_or_default(), row.label.text)
}

fn whole_name(table: &Table, row: u32) -> String {
    let row = table.rows.get(row as usize).map(row_name).unwrap_or_default();
    format!("{}·{row}", table.title.text)
}
