//! Deals what stands behind a page break out to the cells of the row that it cut.
//!
//! The rest of each cut cell follows on the next page, in the order of the columns, and nothing says where one rest ends
//! and the next begins. All ways to divide the fragments are weighed by what each cell then holds: a value and last
//! year's value are a number with a unit, the same unit if they can; a basis is a known word.

use std::ops::Range;

use super::rows::Span;
use super::stream::Stream;
use super::value::{self, is_operator};
use super::vocabulary::{BASES, BASIS_ENDS, LAST_YEAR, UNITS};
use crate::text::fold;

/// More fragments than the rest of any honest row has.
const LONGEST: usize = 24;

/// By how much the best way must be better than the next one to be certain.
const MARGIN: i32 = 2;

/// Deals `rest` out to name, value, basis and last year's value, and says whether there was no doubt about it.
pub(super) fn deal(stream: &Stream<'_, '_>, cells: &mut [Span; 4], rest: Range<usize>) -> bool {
    if rest.is_empty() {
        return true;
    }
    let mut edges = vec![rest.start];
    let mut at = rest.start;
    while at < rest.end && edges.len() <= LONGEST {
        at = stream.fragment_end(at).min(rest.end);
        edges.push(at);
    }
    if at < rest.end {
        let [name, ..] = cells;
        name.tail = rest;
        return false;
    }
    let [name, value, basis, last_year] = cells;
    let parts = Parts { stream, value: Cell::new(stream, value), last_year: Cell::new(stream, last_year) };
    let basis_head = fold(&stream.text(basis.head.clone()));
    let mut best: Option<(i32, [usize; 3])> = None;
    let mut second = i32::MIN;
    for (first, &value_at) in edges.iter().enumerate() {
        let of_name = parts.name(rest.start..value_at);
        for (middle, &basis_at) in edges.iter().enumerate().skip(first) {
            let (of_value, value_unit) = parts.value.with(stream, value_at..basis_at);
            for &last_year_at in edges.iter().skip(middle) {
                let of_basis = basis_score(stream, &basis_head, basis_at..last_year_at);
                let score = of_name + of_value + of_basis + parts.last_year(last_year_at..rest.end, &value_unit);
                match best {
                    Some((found, _)) if found >= score => second = second.max(score),
                    _ => {
                        second = best.map_or(i32::MIN, |(found, _)| found);
                        best = Some((score, [value_at, basis_at, last_year_at]));
                    }
                }
            }
        }
    }
    let Some((score, [value_at, basis_at, last_year_at])) = best else { return true };
    name.tail = rest.start..value_at;
    value.tail = value_at..basis_at;
    basis.tail = basis_at..last_year_at;
    last_year.tail = last_year_at..rest.end;
    second <= score - MARGIN
}

/// The part of a value that stands before the page break.
struct Cell {
    head: String,
}

/// The unit behind the number of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Unit {
    /// A unit that is known.
    Known(String),
    /// A number without a unit that is known.
    None,
    /// No number, so no unit.
    Words,
}

impl Cell {
    fn new(stream: &Stream<'_, '_>, span: &Span) -> Self {
        Self { head: fold(&stream.text(span.head.clone())) }
    }

    /// What the cell is worth with a rest, and the unit it then has.
    fn with(&self, stream: &Stream<'_, '_>, rest: Range<usize>) -> (i32, Unit) {
        let has_rest = !rest.is_empty();
        let text = [self.head.as_str(), &fold(&stream.text(rest))].concat();
        let is_numeric = text.starts_with(|first: char| first.is_ascii_digit() || is_operator(first));
        if !is_numeric {
            // Words: nothing tells whether they are complete.
            return (-i32::from(has_rest), Unit::Words);
        }
        match value::parse(&text) {
            (_, Some(_), Some(unit)) if UNITS.contains(&unit) => (6, Unit::Known(unit)),
            (_, Some(_), unit) => (-3 * i32::from(has_rest && unit.is_some()), Unit::None),
            (_, None, _) if text.contains('年') => (0, Unit::None),
            _ => (-10, Unit::None),
        }
    }
}

struct Parts<'s, 'a, 'b> {
    stream: &'s Stream<'a, 'b>,
    value: Cell,
    last_year: Cell,
}

impl Parts<'_, '_, '_> {
    /// A rest of the name is words.
    fn name(&self, rest: Range<usize>) -> i32 {
        let Some(first) = rest.clone().next().map(|at| self.stream.folded(at)) else { return 0 };
        let has_operator = rest.into_iter().any(|at| is_operator(self.stream.folded(at)));
        -1 - 30 * i32::from(has_operator) - 8 * i32::from(first.is_ascii_digit())
    }

    fn last_year(&self, rest: Range<usize>, value_unit: &Unit) -> i32 {
        if rest.is_empty() && self.last_year.head.is_empty() {
            return 0;
        }
        let text = || [self.last_year.head.as_str(), &fold(&self.stream.text(rest.clone()))].concat();
        match self.last_year.with(self.stream, rest.clone()) {
            (_, unit @ Unit::Known(_)) if unit == *value_unit => 6,
            (_, Unit::Known(_)) => 2,
            (score, Unit::Words) if rest.is_empty() => score,
            (score, Unit::Words) if LAST_YEAR.contains(&text()) => score + 5,
            (score, Unit::Words) => score - 2,
            (score, Unit::None) => score,
        }
    }
}

/// What a basis is worth with a rest.
fn basis_score(stream: &Stream<'_, '_>, head: &str, rest: Range<usize>) -> i32 {
    let is_known = BASES.contains(head);
    if rest.is_empty() {
        let is_half = !is_known && !head.is_empty() && BASES.entries().iter().any(|word| word.starts_with(head));
        return -6 * i32::from(is_half);
    }
    let whole = [head, &fold(&stream.text(rest))].concat();
    let ends = |text: &str| BASIS_ENDS.strip_end_of(text).is_some();
    match () {
        () if BASES.contains(&whole) => 6,
        () if is_known => -10,
        () if ends(&whole) && !ends(head) => 3,
        () => -6,
    }
}
