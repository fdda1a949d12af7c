//! A column of changes is this year's column less last year's.

use std::collections::HashMap;

use budget_model::{Decimal, Dimensions, Severity, Table, YearRef};

use crate::book::Book;
use crate::check::{Check, Expression, Relation};
use crate::figure::FigureId;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct ChangeColumn;

static DESCRIPTION: Description = Description {
    id: "change-does-not-follow-from-years",
    severity: Severity::Error,
    title: Text::new("表中增减额（率）不等于两年之差", "a change in a table is not the difference of the two years"),
    message: Text::new(
        "{0}为 {1}，按本年数和上年数计算为 {2}，相差 {3}",
        "{0} is {1}; this year and last year give {2}: a difference of {3}",
    ),
    explanation: Text::new(
        "并列本年、上年和增减的表，增减额应等于本年数减上年数，增减%应等于增减额除以上年数（按列、按行排列的都算）。空白按零计。减少额不印负号的表式不检查该项。一张表中不符的多于相符的，是另一种口径，不作检查。",
        "In a table that shows this year, last year and the change side by side or one below the other, the change is the \
         difference and the percentage its share of last year. A blank counts as zero. A decrease printed without its sign is \
         left alone. Where more cases of a table fail than hold, \
         it counts something else and nothing is said.",
    ),
    example: Text::new("上年 14.30，本年 12.50，增减 -1.50", "last year 14.30, this year 12.50, change -1.50"),
    example_arguments: &[
        Text::same("支出总体情况表·总计·增减"),
        Text::same("-1.5"),
        Text::same("-1.8"),
        Text::same("0.3"),
    ],
};

/// The figures of one thing in two years.
#[derive(Clone, Copy, Default)]
struct Years {
    this: Option<FigureId>,
    last: Option<FigureId>,
    change: Option<FigureId>,
    percent: Option<FigureId>,
}

impl Rule for ChangeColumn {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let mut any = false;
        for (index, table) in book.tables() {
            let of_table: Vec<Years> = years(book, index, table);
            let (mut held, mut failed) = (0_usize, 0_usize);
            for years in &of_table {
                each_check(book, *years, |check| {
                    let counted = if super::is_violated(book, check) { &mut failed } else { &mut held };
                    *counted += usize::from(!is_without_sign(book, *years));
                });
            }
            any |= held + failed > 0;
            if failed > held.max(1) {
                let why = Text::new(
                    "“{0}”的增减多数不等于本年数减上年数，不作检查",
                    "most changes of {0} are not the difference of its years, so they are not checked",
                );
                sink.not_applicable(why.filled(&[&table.title.text]));
                continue;
            }
            let signed = of_table.into_iter().filter(|years| !is_without_sign(book, *years));
            signed.for_each(|years| each_check(book, years, |check| sink.check(check)));
        }
        if !any {
            sink.not_applicable(Text::new("没有并列本年、上年和增减的表", "no table shows two years and the change"));
        }
    }
}

/// The figures of a table that are of one thing but for the year.
fn years(book: &Book<'_>, index: usize, table: &Table) -> Vec<Years> {
    let is_change = |year: Option<YearRef>| matches!(year, Some(YearRef::Change | YearRef::ChangePercent));
    let by_column = table.columns.iter().any(|column| is_change(column.dimensions.year));
    if !by_column && !table.rows.iter().any(|row| is_change(row.dimensions.year)) {
        return Vec::new();
    }
    let mut found: Vec<Years> = Vec::new();
    let mut places: HashMap<(Option<usize>, Option<&str>, Dimensions), usize> = HashMap::new();
    for (number, row) in table.rows.iter().enumerate() {
        for (position, cell) in row.cells.iter().enumerate().filter(|(_, cell)| cell.placement.is_certain()) {
            let Some(column) = table.columns.get(usize::from(cell.column)).filter(|column| column.is_known()) else {
                continue;
            };
            let dimensions = column.dimensions.narrowed(row.dimensions);
            // Where the years are rows, these have the names of years, and only their unit tells them apart.
            let at = by_column.then_some(number);
            let unit = if by_column { None } else { table.unit_of(number as u32) };
            let key = (at, unit, Dimensions { year: None, ..dimensions });
            let place = *places.entry(key).or_insert(found.len());
            if place == found.len() {
                found.push(Years::default());
            }
            let Some(years) = found.get_mut(place) else { continue };
            let slot = match dimensions.year {
                None | Some(YearRef::This) => &mut years.this,
                Some(YearRef::Last) => &mut years.last,
                Some(YearRef::Change) => &mut years.change,
                Some(YearRef::ChangePercent) => &mut years.percent,
                _ => continue,
            };
            // Of two figures for one place nobody can say which is meant.
            *slot = if slot.is_none() { book.nth_cell(index, number, position) } else { None };
        }
    }
    found
}

/// Whether a decrease is printed without its sign, as some forms do.
fn is_without_sign(book: &Book<'_>, years: Years) -> bool {
    let Years { this: Some(this), last: Some(last), change: Some(change), .. } = years else { return false };
    let by = book.value(last).saturating_sub(book.value(this));
    by > Decimal::ZERO && by.normalize() == book.value(change).normalize()
}

fn each_check(book: &Book<'_>, years: Years, mut visit: impl FnMut(Check<'_>)) {
    let Years { this, last, change, percent } = years;
    if let Some(change) = change
        && (this.is_some() || last.is_some())
    {
        let parts: Vec<_> =
            this.map(|this| book.term(this)).into_iter().chain(last.map(|last| book.minus(last))).collect();
        visit(Check::sum(&[book.term(change)], &parts));
    }
    if let (Some(change), Some(last), Some(percent)) = (change, last, percent) {
        let expected = Expression::Percent { part: &[book.term(change)], base: &[book.term(last)] };
        visit(Check { found: &[book.term(percent)], relation: Relation::Equal, expected });
    }
}
