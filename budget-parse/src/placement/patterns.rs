//! Rows by pattern: the ways to place rows of as many figures differ only in which sums of the figures hold.

use std::rc::Rc;

use super::fixed::Fixed;
use super::options::{ColumnSum, KEPT, MOST_OPTIONS, Mask, RowFigures, RowOption, columns, rank, row_options};
use crate::work::Work;

/// A promise of the columns, in terms of the figures of a row in the order of print.
#[derive(PartialEq, Eq)]
struct FigureSum {
    whole: usize,
    /// A set of indices of figures.
    parts: u32,
}

impl FigureSum {
    fn holds(&self, figures: &[Fixed]) -> bool {
        let parts = columns(self.parts).filter_map(|figure| figures.get(figure));
        let sum = parts.fold(Fixed::ZERO, |sum, figure| sum.plus(*figure));
        figures.get(self.whole).is_some_and(|whole| whole.meets(sum))
    }
}

/// The ways to place a row that ask for the same sums.
struct Ways {
    sums: Vec<FigureSum>,
    options: Rc<[RowOption]>,
}

/// All ways to place so many figures in allowed columns.
struct Pattern {
    figures: usize,
    allowed: Mask,
    ways: Vec<Ways>,
}

/// The patterns of the rows of a table met so far.
#[derive(Default)]
pub(super) struct Patterns {
    seen: Vec<Pattern>,
}

impl Patterns {
    /// [`row_options`] without anything known from elsewhere. `sums` are those of the table.
    pub(super) fn options(
        &mut self,
        row: &RowFigures,
        allowed: Mask,
        sums: &[ColumnSum],
        work: &mut Work,
    ) -> Option<Rc<[RowOption]>> {
        if let Some(options) = self.exact(row, allowed, sums, work) {
            return Some(options);
        }
        row_options(row, allowed, sums, &[], work).map(Rc::from)
    }

    /// The ways that break no promise; `None` if there are none, or if the row has blanks that are marked or figures that
    /// rounding can hide, or if it is too much work.
    fn exact(
        &mut self,
        row: &RowFigures,
        allowed: Mask,
        sums: &[ColumnSum],
        work: &mut Work,
    ) -> Option<Rc<[RowOption]>> {
        let slack = row.figures.iter().map(|figure| figure.slack).fold(0, i64::saturating_add);
        if row.marks.len() != row.figures.len()
            || row.figures.iter().any(|figure| figure.value.saturating_abs() <= slack)
        {
            return None;
        }
        let count = row.figures.len();
        work.take(1 + self.seen.len())?;
        let known = self.seen.iter().position(|seen| seen.figures == count && seen.allowed == allowed);
        let pattern = match known {
            Some(index) => self.seen.get(index)?,
            None => {
                self.seen.push(Pattern { figures: count, allowed, ways: ways(sums, count, allowed, work)? });
                self.seen.last()?
            }
        };
        work.take(pattern.ways.len())?;
        let mut holding = pattern.ways.iter().filter(|ways| ways.sums.iter().all(|sum| sum.holds(&row.figures)));
        let first = Rc::clone(&holding.next()?.options);
        let mut others = holding.peekable();
        if others.peek().is_none() {
            return Some(first);
        }
        let options: Vec<RowOption> =
            first.iter().chain(others.flat_map(|ways| ways.options.iter())).copied().collect();
        work.take(KEPT * options.len())?;
        Some(options.into())
    }
}

/// All ways to place figures that are not nothing, by the sums they ask for; none if they are too many. `None` if it is too
/// much work.
fn ways(sums: &[ColumnSum], figures: usize, allowed: Mask, work: &mut Work) -> Option<Vec<Ways>> {
    let mut walk = Walk { sums, allowed, found: Vec::new(), asked: Vec::new(), steps: MOST_OPTIONS };
    walk.step(0, figures as u32, 0);
    work.take(KEPT * (MOST_OPTIONS - walk.steps))?;
    if walk.steps == 0 {
        return Some(Vec::new());
    }
    Some(walk.found.into_iter().map(|(sums, options)| Ways { sums, options: options.into() }).collect())
}

struct Walk<'w> {
    sums: &'w [ColumnSum],
    allowed: Mask,
    found: Vec<(Vec<FigureSum>, Vec<RowOption>)>,
    /// Room for the sums that one way asks for.
    asked: Vec<FigureSum>,
    /// What is left before the walk is given up.
    steps: usize,
}

impl Walk<'_> {
    /// Places the `left` figures that do not stand in `mask` yet, in columns from `column` on.
    fn step(&mut self, column: u32, left: u32, mask: Mask) {
        self.steps = self.steps.saturating_sub(1);
        if self.steps == 0 {
            return;
        }
        if left == 0 {
            self.keep(mask);
            return;
        }
        let rest = self.allowed.checked_shr(column).unwrap_or(0);
        if rest.count_ones() < left {
            return;
        }
        let column = column + rest.trailing_zeros();
        let bit = 1 << column;
        // A part of a blank whole can only be nothing.
        if !self.sums.iter().any(|sum| sum.parts & bit != 0 && mask & (1 << sum.whole) == 0) {
            self.step(column + 1, left - 1, mask | bit);
        }
        self.step(column + 1, left, mask);
    }

    fn keep(&mut self, mask: Mask) {
        self.asked.clear();
        for sum in self.sums.iter().filter(|sum| mask & (1 << sum.whole) != 0) {
            let parts = columns(mask & sum.parts).fold(0, |parts, column| parts | 1 << rank(mask, column));
            if parts == 0 {
                return;
            }
            self.asked.push(FigureSum { whole: rank(mask, sum.whole), parts });
        }
        let option = RowOption { mask, cost: 0 };
        match self.found.iter_mut().find(|(of, _)| *of == self.asked) {
            Some((_, options)) => options.push(option),
            None => self.found.push((std::mem::take(&mut self.asked), vec![option])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_any_figures_have_the_ways_that_trying_all_finds() {
        // 总计 = 小计 + two others, 小计 = three parts; figures chosen so that many ways add up.
        let sums = [ColumnSum { whole: 0, parts: 0b110_0010 }, ColumnSum { whole: 1, parts: 0b001_1100 }];
        let mut patterns = Patterns::default();
        let mut work = Work::units(100_000_000);
        let mut compared = 0;
        for pattern in 0..5i64.pow(4) {
            let digits = [pattern % 5, pattern / 5 % 5, pattern / 25 % 5, pattern / 125];
            for count in 1..=4 {
                let figures: Vec<_> =
                    digits[..count].iter().map(|value| Fixed { value: value * 20, slack: 1 }).collect();
                let row = RowFigures { marks: vec![true; count], figures };
                let sorted = |options: &[RowOption]| {
                    let mut masks: Vec<Mask> = options.iter().map(|option| option.mask).collect();
                    masks.sort_unstable();
                    masks
                };
                let by_pattern = patterns.options(&row, 0b111_1111, &sums, &mut work).unwrap();
                let tried = row_options(&row, 0b111_1111, &sums, &[], &mut work).unwrap();
                assert_eq!(sorted(&by_pattern), sorted(&tried), "{digits:?}");
                compared += tried.len();
            }
        }
        assert!(compared > 100);
    }
}
