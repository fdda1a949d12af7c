//! Sets of columns, and which of them the figures of a row can stand in.

use super::fixed::Fixed;
use crate::work::Work;

/// Most columns of any table.
pub(crate) const MOST_COLUMNS: usize = 16;

/// A set of columns.
pub(super) type Mask = u32;

/// The columns of a mask, left to right.
pub(super) fn columns(mask: Mask) -> impl Iterator<Item = usize> {
    let mut rest = mask;
    std::iter::from_fn(move || {
        let column = rest.trailing_zeros() as usize;
        rest &= rest.checked_sub(1)?;
        Some(column)
    })
}

/// How many columns of a mask stand before a column.
pub(super) fn rank(mask: Mask, column: usize) -> usize {
    (mask & ((1 << column) - 1)).count_ones() as usize
}

/// A set of columns for each figure of a row, in the order of print.
pub(super) type ByFigure = [Mask; MOST_COLUMNS];

/// For each figure of a row, the columns that some option gives it.
pub(super) fn possible_columns(options: &[RowOption]) -> ByFigure {
    let mut possible = [0; MOST_COLUMNS];
    for option in options {
        for (possible, column) in possible.iter_mut().zip(columns(option.mask)) {
            *possible |= 1 << column;
        }
    }
    possible
}

/// What the columns of a table promise: `whole` is the sum of `parts`.
#[derive(Clone, Debug)]
pub(super) struct ColumnSum {
    pub(super) whole: usize,
    pub(super) parts: Mask,
}

/// Something known from elsewhere about a row: the figures in `columns` add up to `value`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct KnownSum {
    pub(super) columns: Mask,
    pub(super) value: Fixed,
}

/// The figures of a row, and the places of dashes between them.
#[derive(Clone, Debug, Default)]
pub(super) struct RowFigures {
    pub(super) figures: Vec<Fixed>,
    /// For each printed mark, whether it is a figure (or a dash).
    pub(super) marks: Vec<bool>,
}

/// One way to give the figures of a row their columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RowOption {
    pub(super) mask: Mask,
    /// Broken promises, weighted; 0 if everything adds up.
    pub(super) cost: u32,
}

/// The weight of a broken promise.
pub(super) const BROKEN: u32 = 2;
/// The weight of a whole without any part: odd, but not a contradiction.
const UNSUPPORTED: u32 = 1;
/// A row with more ways than this is left ambiguous.
pub(super) const MOST_OPTIONS: usize = 20_000;
/// What it costs to make an option, weigh it and keep it.
pub(super) const KEPT: usize = 8;

/// The figure in a column, given the columns of the row's figures.
pub(super) fn figure_at(figures: &[Fixed], mask: Mask, column: usize) -> Fixed {
    if mask & (1 << column) == 0 {
        return Fixed::ZERO;
    }
    figures.get(rank(mask, column)).copied().unwrap_or(Fixed::ZERO)
}

/// The sum of the figures in some columns.
pub(super) fn sum_in(figures: &[Fixed], mask: Mask, wanted: Mask) -> Fixed {
    columns(mask)
        .zip(figures)
        .filter(|(column, _)| wanted & (1 << column) != 0)
        .fold(Fixed::ZERO, |sum, (_, figure)| sum.plus(*figure))
}

/// All ways to put the figures of a row into `allowed` columns in the order of print, the best ones.
///
/// `None` if they are too many, or too much work. Ways that break no promise exclude all others. If every way breaks one, a figure of the row (or one it depends on) is
/// wrong, and the right way may break one promise more than the best: those stay in.
pub(super) fn row_options(
    row: &RowFigures,
    allowed: Mask,
    sums: &[ColumnSum],
    known: &[KnownSum],
    work: &mut Work,
) -> Option<Vec<RowOption>> {
    if row.marks.len() == allowed.count_ones() as usize {
        // Every column is taken: there is one way only.
        let marked = columns(allowed).zip(&row.marks).filter(|(_, is_figure)| **is_figure);
        let mask = marked.fold(0, |mask, (column, _)| mask | 1 << column);
        return Some(vec![RowOption { mask, cost: cost(&row.figures, mask, sums, known) }]);
    }
    let exact = exact_options(row, allowed, sums, known, work)?;
    if !exact.is_empty() {
        return Some(exact);
    }
    if row.marks.len() <= allowed.count_ones() as usize {
        work.take(KEPT * ways(allowed.count_ones() as usize, row.marks.len()).min(MOST_OPTIONS))?;
    }
    let mut options = Vec::new();
    let mut best = u32::MAX;
    let complete = for_each_mask(row, allowed, &mut |mask| {
        let cost = cost(&row.figures, mask, sums, known);
        best = best.min(cost);
        options.push(RowOption { mask, cost });
    });
    if !complete {
        return None;
    }
    let margin = if best == 0 { 0 } else { BROKEN };
    options.retain(|option| option.cost <= best + margin);
    options.sort_by_key(|option| (option.cost, option.mask));
    options.dedup();
    Some(options)
}

/// All ways that break no promise, found column by column: a part of a blank whole can only be nothing, and where the parts
/// of a whole end, they must add up to it. None if there are too many; `None` if it is too much work.
fn exact_options(
    row: &RowFigures,
    allowed: Mask,
    sums: &[ColumnSum],
    known: &[KnownSum],
    work: &mut Work,
) -> Option<Vec<RowOption>> {
    let mut found = Vec::new();
    let slack = row.figures.iter().map(|figure| figure.slack).fold(0, i64::saturating_add);
    let ends = sums.iter().fold(0, |ends, sum| ends | last(sum.parts));
    let mut walk = ExactWalk { row, allowed, sums, known, found: &mut found, ends, slack, steps: MOST_OPTIONS };
    walk.step(0, 0, 0, 0);
    let (left, is_complete) = (walk.steps, walk.steps > 0);
    work.take(MOST_OPTIONS - left)?;
    Some(if is_complete { found } else { Vec::new() })
}

struct ExactWalk<'w> {
    row: &'w RowFigures,
    allowed: Mask,
    sums: &'w [ColumnSum],
    known: &'w [KnownSum],
    found: &'w mut Vec<RowOption>,
    /// The columns that are the last part of a whole.
    ends: Mask,
    /// The rounding of all figures of the row together.
    slack: i64,
    /// What is left before the search is given up.
    steps: usize,
}

impl ExactWalk<'_> {
    /// Decides `column`, with the marks before `mark` placed in `mask` (`figure` of them being figures).
    fn step(&mut self, column: u32, mark: usize, figure: usize, mask: Mask) {
        self.steps = self.steps.saturating_sub(1);
        if self.steps == 0 {
            return;
        }
        let before: Mask = 1u32.checked_shl(column).unwrap_or(0) >> 1;
        for sum in self.sums.iter().filter(|sum| self.ends & before != 0 && last(sum.parts) == before) {
            let parts = mask & sum.parts;
            let has_whole = mask & (1 << sum.whole) != 0;
            if has_whole || parts != 0 {
                let whole = figure_at(&self.row.figures, mask, sum.whole);
                if parts == 0 || !whole.meets(sum_in(&self.row.figures, mask, sum.parts)) {
                    return;
                }
            }
        }
        let left = self.row.marks.len() - mark;
        let is_open = |sum: &ColumnSum| {
            mask & (1 << sum.whole | sum.parts) != 0 && Mask::BITS - sum.parts.leading_zeros() > column
        };
        if left == 0 && !self.sums.iter().any(is_open) {
            if self.known.iter().all(|known| sum_in(&self.row.figures, mask, known.columns).meets(known.value)) {
                self.found.push(RowOption { mask, cost: 0 });
            }
            return;
        }
        if column >= Mask::BITS || (self.allowed >> column).count_ones() < left as u32 || self.allowed >> column == 0 {
            // The columns end; what is left to check are wholes whose parts were not allowed.
            if left == 0 && column < Mask::BITS {
                self.step(column + 1, mark, figure, mask);
            }
            return;
        }
        if let Some(is_figure) = self.row.marks.get(mark).filter(|_| self.allowed & (1 << column) != 0) {
            let whole_is_blank = |sum: &ColumnSum| sum.parts & (1 << column) != 0 && mask & (1 << sum.whole) == 0;
            // Rounding of the row's figures together is the most that can hide in a blank.
            let is_nothing = self.row.figures.get(figure).is_some_and(|figure| figure.value.abs() <= self.slack);
            if !is_figure {
                self.step(column + 1, mark + 1, figure, mask);
            } else if is_nothing || !self.sums.iter().any(whole_is_blank) {
                self.step(column + 1, mark + 1, figure + 1, mask | 1 << column);
            }
        }
        self.step(column + 1, mark, figure, mask);
    }
}

/// The last column of a set.
fn last(set: Mask) -> Mask {
    set.checked_ilog2().map_or(0, |column| 1 << column)
}

fn cost(figures: &[Fixed], mask: Mask, sums: &[ColumnSum], known: &[KnownSum]) -> u32 {
    let mut cost = 0;
    for sum in sums {
        let has_whole = mask & (1 << sum.whole) != 0;
        let has_parts = mask & sum.parts != 0;
        cost += match (has_whole, has_parts) {
            (false, false) => 0,
            (true, false) => UNSUPPORTED,
            _ => {
                let whole = figure_at(figures, mask, sum.whole);
                if whole.meets(sum_in(figures, mask, sum.parts)) { 0 } else { BROKEN }
            }
        };
    }
    for known in known {
        if !sum_in(figures, mask, known.columns).meets(known.value) {
            cost += BROKEN;
        }
    }
    cost
}

/// Calls `visit` with every mask; `false` if there are too many.
fn for_each_mask(row: &RowFigures, allowed: Mask, visit: &mut impl FnMut(Mask)) -> bool {
    let places: Vec<usize> = columns(allowed).collect();
    let marks = row.marks.len();
    if marks > places.len() {
        return true;
    }
    if ways(places.len(), marks) > MOST_OPTIONS {
        return false;
    }
    // Indices into `places`, strictly increasing: the usual odometer over combinations.
    let mut chosen: Vec<usize> = (0..marks).collect();
    loop {
        let taken = chosen.iter().zip(&row.marks).filter(|(_, is_figure)| **is_figure);
        visit(taken.filter_map(|(place, _)| places.get(*place)).fold(0, |mask, column| mask | 1 << column));
        let Some(position) =
            (0..marks).rev().find(|at| chosen.get(*at).is_some_and(|place| *place < places.len() - marks + at))
        else {
            return true;
        };
        let Some(start) = chosen.get(position).map(|place| place + 1) else { return true };
        for (offset, place) in chosen.iter_mut().skip(position).enumerate() {
            *place = start + offset;
        }
    }
}

/// Binomial coefficient, saturating.
fn ways(n: usize, k: usize) -> usize {
    (0..k.min(n - k)).fold(1usize, |ways, step| ways.saturating_mul(n - step) / (step + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plenty() -> Work {
        Work::units(1_000_000)
    }

    fn row(figures: &[i64]) -> RowFigures {
        let figures: Vec<_> = figures.iter().map(|value| Fixed { value: value * 2, slack: 1 }).collect();
        RowFigures { marks: vec![true; figures.len()], figures }
    }

    #[test]
    fn every_combination_is_visited_once() {
        let mut seen = Vec::new();
        assert!(for_each_mask(&row(&[1, 1]), 0b1111, &mut |mask| seen.push(mask)));
        seen.sort_unstable();
        assert_eq!(seen, [0b0011, 0b0101, 0b0110, 0b1001, 0b1010, 0b1100]);
        assert_eq!(ways(12, 6), 924);
    }

    #[test]
    fn only_ways_that_add_up_remain() {
        let sums = [ColumnSum { whole: 0, parts: 0b110 }];
        let masks = |figures: &[i64]| -> Vec<Mask> {
            row_options(&row(figures), 0b111, &sums, &[], &mut plenty())
                .unwrap()
                .iter()
                .map(|option| option.mask)
                .collect()
        };
        assert_eq!(masks(&[17, 17]), [0b011, 0b101]);
        assert_eq!(masks(&[20, 17, 3]), [0b111]);
        // A wrong figure leaves all ways that are equally wrong.
        assert_eq!(masks(&[17, 71]), [0b011, 0b101, 0b110]);
    }

    #[test]
    fn walking_the_columns_finds_the_same_ways_as_trying_all() {
        // 总计 = 小计 + two others, 小计 = three parts; figures chosen so that many ways add up.
        let sums = [ColumnSum { whole: 0, parts: 0b110_0010 }, ColumnSum { whole: 1, parts: 0b001_1100 }];
        let mut compared = 0;
        for pattern in 0..5i64.pow(4) {
            let digits = [pattern % 5, pattern / 5 % 5, pattern / 25 % 5, pattern / 125];
            for count in 1..=4 {
                let row = row(&digits[..count]);
                let exact: Vec<Mask> = exact_options(&row, 0b111_1111, &sums, &[], &mut plenty())
                    .unwrap()
                    .iter()
                    .map(|option| option.mask)
                    .collect();
                let mut all = Vec::new();
                for_each_mask(&row, 0b111_1111, &mut |mask| {
                    if cost(&row.figures, mask, &sums, &[]) == 0 {
                        all.push(mask);
                    }
                });
                let mut exact = exact;
                exact.sort_unstable();
                all.sort_unstable();
                assert_eq!(exact, all, "{digits:?}");
                compared += all.len();
            }
        }
        assert!(compared > 100);
    }

    #[test]
    fn a_known_figure_decides_between_equal_ways() {
        let sums = [ColumnSum { whole: 0, parts: 0b110 }];
        let known = [KnownSum { columns: 0b100, value: Fixed { value: 34, slack: 1 } }];
        let options = row_options(&row(&[17, 17]), 0b111, &sums, &known, &mut plenty()).unwrap();
        assert_eq!(options, [RowOption { mask: 0b101, cost: 0 }]);
    }

    #[test]
    fn a_dash_takes_a_column_but_no_figure() {
        let mut figures = row(&[20, 17]);
        figures.marks = vec![true, false, true];
        let options = row_options(&figures, 0b111, &[], &[], &mut plenty()).unwrap();
        assert_eq!(options, [RowOption { mask: 0b101, cost: 0 }]);
    }
}
