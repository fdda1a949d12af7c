//! Defects that break many checks at once and are one: a column set down one row too high, a row that no total contains, a row
//! that is missing.
//!
//! Explained figure by figure, such a defect would be a page of findings of which each is true and none says what happened.

use std::collections::{BTreeMap, BTreeSet};

use budget_model::{Code, Decimal, FigureRef, Severity, Table};

use crate::book::Book;
use crate::carried;
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
    /// How serious it is, where that is not what the rule says.
    pub(crate) severity: Option<Severity>,
    /// What is said in place of the message of the rule.
    pub(crate) message: &'static Text,
    pub(crate) arguments: Vec<Text>,
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

static WITHHELD: Text = Text::new(
    "{0}比所列各项之和多 {1}，其余各栏相符：有未列出的行（如不予公开的支出），无从核对",
    "{0} is {1} more than the rows below it and the other columns agree: rows are not listed (withheld, for example), and \
     nothing can be said of them",
);

static EXCHANGED: Text = Text::new(
    "{0}中“{1}”与“{2}”两行的数字互换（与{3}对照）",
    "in {0} the figures of {1} and {2} stand in each other's place (see {3})",
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
        let by = evaluation.found.saturating_sub(evaluation.expected).saturating_sub(evaluation.middle);
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
    let has_less = |table: u32| {
        of_whole.iter().any(|((of, _), sums)| *of == table && sums.iter().any(|sum| sum.by < Decimal::ZERO))
    };
    for ((table, _), sums) in &of_whole {
        // Where one whole is more and another less, figures stand in the wrong rows.
        let withheld = || withheld(book, sums).filter(|_| !has_less(*table));
        patterns.extend(left_out(book, sums).or_else(|| missing(book, sums)).or_else(withheld));
    }
    patterns.extend(exchanged(book, checks, &failing));
    let taken: BTreeSet<usize> = patterns.iter().flat_map(|pattern| pattern.checks.iter().copied()).collect();
    let left: Vec<usize> = failing.into_iter().filter(|index| !taken.contains(index)).collect();
    patterns.extend(carried::find(book, checks, &left));
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
            severity: None,
            message: &SHIFTED,
            arguments: vec![
                format!("{}·{name}", printed.title.text).into(),
                label(first).into(),
                label(last).into(),
                of_column.len().to_string().into(),
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
        severity: None,
        message: &LEFT_OUT,
        arguments: vec![whole_name(table, first.whole.row).into(), row_name(entry).into(), amount.to_string().into()],
    })
}

/// A row of another table that is what the whole is more than its parts, in every column where it is.
fn missing(book: &Book<'_>, sums: &[&Sum]) -> Option<Pattern> {
    let first = sums.first().filter(|_| sums.len() > 1 && sums.iter().all(|sum| sum.by > Decimal::ZERO))?;
    let table = book.disclosure().tables.get(first.whole.table as usize)?;
    let known: BTreeSet<_> = table.rows.iter().filter_map(|row| row.code).collect();
    // A row of another classification, or of another class, is none of these.
    let whole = table.rows.get(first.whole.row as usize)?.code;
    let lies_in = |code: Code| {
        let mut above = std::iter::successors(code.parent(), |code| code.parent());
        whole.is_none_or(|whole| above.any(|above| above == whole))
    };
    let alike = book.tables().filter(|(_, other)| other.classification == table.classification);
    let (other, row) = alike.map(|(_, other)| other).find_map(|other| {
        let rows = other.rows.iter().filter(|row| row.code.is_some_and(|code| !known.contains(&code) && lies_in(code)));
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
        severity: None,
        message: &MISSING,
        arguments: vec![
            whole_name(table, first.whole.row).into(),
            row_name(row).into(),
            first.by.normalize().to_string().into(),
            other.title.text.as_str().into(),
        ],
    })
}

/// Amounts in several columns that no row of the document shows.
fn withheld(book: &Book<'_>, sums: &[&Sum]) -> Option<Pattern> {
    let first = sums.first().filter(|_| sums.len() > 1 && sums.iter().all(|sum| sum.by > Decimal::ZERO))?;
    let table = book.disclosure().tables.get(first.whole.table as usize)?;
    // A wrong figure of the whole breaks its own sum along the row.
    let is_code = table.rows.get(first.parts.first()?.row as usize)?.code.is_some();
    if !is_code || !is_consistent(table, sums) {
        return None;
    }
    Some(Pattern {
        checks: sums.iter().map(|sum| sum.check).collect(),
        suspects: suspects(book, sums),
        defect: Defect::RowsWithheld,
        severity: Some(Severity::Info),
        message: &WITHHELD,
        arguments: vec![whole_name(table, first.whole.row).into(), first.by.normalize().to_string().into()],
    })
}

/// Whether what is missing adds up along the row as the columns do.
fn is_consistent(table: &Table, sums: &[&Sum]) -> bool {
    let by = |column: u16| sums.iter().find(|sum| sum.whole.column == column).map_or(Decimal::ZERO, |sum| sum.by);
    let slack = sums.iter().fold(Decimal::ZERO, |slack, sum| slack.saturating_add(sum.slack));
    (0..).zip(table.parts_of_columns()).filter(|(_, parts)| !parts.is_empty()).all(|(whole, parts)| {
        let of_parts = parts.iter().fold(Decimal::ZERO, |sum, part| sum.saturating_add(by(*part)));
        by(whole).saturating_sub(of_parts).abs() <= slack
    })
}

/// A failing check between two tables, the figure that may be wrong, and the other one.
type End = (usize, FigureRef, FigureRef);

/// Two rows of a table whose figures another table shows in exchange.
fn exchanged(book: &Book<'_>, checks: &Checks, failing: &[usize]) -> Vec<Pattern> {
    /// Differences between tables that are looked at; where there are more, nothing is exchanged.
    const MOST: usize = 200;
    let cell = |id: FigureId| match book.figure(id)?.subject {
        Subject::Cell(cell) => Some(cell),
        _ => None,
    };
    // Of each difference both ends, each once as the one that is wrong.
    let mut ends: Vec<End> = Vec::new();
    for index in failing.iter().copied() {
        let Some(check) = checks.get(index) else { continue };
        let (Expression::Sum([other]), [one]) = (check.expected, check.found) else { continue };
        let Some((one, other)) = cell(one.figure).zip(cell(other.figure)) else { continue };
        if one.table != other.table {
            ends.extend([(index, one, other), (index, other, one)]);
        }
    }
    if ends.len() > MOST {
        return Vec::new();
    }
    let value = |at: FigureRef| {
        let figure = book.figure(book.cell(at.table as usize, at.row, at.column)?)?;
        Some(figure.value.saturating_mul(figure.factor).normalize()).filter(|value| !value.is_zero())
    };
    let mut found: BTreeMap<(u32, u32, u32), Vec<End>> = BTreeMap::new();
    for (at, (first, one, other)) in ends.iter().enumerate() {
        for (second, one_of_other, other_of_other) in ends.iter().skip(at + 1) {
            let is_beside = one.table == one_of_other.table
                && one.column == one_of_other.column
                && one.row != one_of_other.row
                && other.table == other_of_other.table;
            let is_crossed = || {
                value(*one).is_some()
                    && value(*one) == value(*other_of_other)
                    && value(*other).is_some()
                    && value(*other) == value(*one_of_other)
            };
            if is_beside && is_crossed() {
                let (low, high) = (one.row.min(one_of_other.row), one.row.max(one_of_other.row));
                let of_rows = found.entry((one.table, low, high)).or_default();
                of_rows.extend([(*first, *one, *other), (*second, *one_of_other, *other_of_other)]);
            }
        }
    }
    // Which of two tables has them in exchange the other checks say: whatever else the two rows break follows from it.
    let touched = |(table, low, high): (u32, u32, u32)| {
        let is_in = move |at: FigureRef| at.table == table && (at.row == low || at.row == high);
        failing
            .iter()
            .copied()
            .filter(move |index| checks.get(*index).is_some_and(|check| check.figures().filter_map(cell).any(is_in)))
    };
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut groups: Vec<_> = found.into_iter().collect();
    groups.sort_by_key(|(rows, _)| (std::cmp::Reverse(touched(*rows).count()), *rows));
    let mut patterns = Vec::new();
    for ((table, low, high), mut of_rows) in groups {
        of_rows.retain(|(check, ..)| !taken.contains(check));
        let Some((_, _, other)) = of_rows.first().copied() else { continue };
        let tables = &book.disclosure().tables;
        let Some((printed, beside)) = tables.get(table as usize).zip(tables.get(other.table as usize)) else {
            continue;
        };
        let label = |row: u32| printed.rows.get(row as usize).map(row_name).unwrap_or_default();
        let checks: Vec<usize> = touched((table, low, high)).filter(|check| !taken.contains(check)).collect();
        taken.extend(&checks);
        let mut suspects: Vec<(FigureId, Option<Decimal>)> = Vec::new();
        for (_, one, other) in of_rows {
            let id = book.cell(table as usize, one.row, one.column);
            let fit = book.cell(other.table as usize, other.row, other.column).map(|id| book.value(id));
            if let Some(id) = id.filter(|id| suspects.iter().all(|(known, _)| known != id)) {
                suspects.push((id, fit));
            }
        }
        patterns.push(Pattern {
            checks,
            suspects,
            defect: Defect::ExchangedRows,
            severity: None,
            message: &EXCHANGED,
            arguments: vec![
                printed.title.text.as_str().into(),
                label(low).into(),
                label(high).into(),
                beside.title.text.as_str().into(),
            ],
        });
    }
    patterns
}

fn suspects(book: &Book<'_>, sums: &[&Sum]) -> Vec<(FigureId, Option<Decimal>)> {
    let of_sum = |sum: &&Sum| {
        let FigureRef { table, row, column } = sum.whole;
        Some((book.cell(table as usize, row, column)?, Some(sum.expected)))
    };
    sums.iter().filter_map(of_sum).collect()
}

pub(crate) fn row_name(row: &budget_model::Row) -> String {
    format!("{}{}", row.code.map(|code| code.to_string()).unwrap_or_default(), row.label.text)
}

fn whole_name(table: &Table, row: u32) -> String {
    let row = table.rows.get(row as usize).map(row_name).unwrap_or_default();
    format!("{}·{row}", table.title.text)
}
