//! Which sums a printed table keeps.
//!
//! What the tree of a header, the charts and the order of print suggest is a hypothesis: 合计 is the sum of 基本支出 and
//! 项目支出, a class that of its groups. It is tried over all rows. *Established*: it holds in the rows that can show it, and
//! a row that breaks it is a finding; so is a run of rows whose wholes slipped by one row. *Contradicted*: this table does not promise it. *Open*: too few rows can show it, or a
//! column of unknown meaning stands among the parts; nothing is concluded.
//!
//! Contradicted and open ones are [counted](budget_model::Unconfirmed). Only established sums are written into the table, as [`part_of`](budget_model::Column::part_of) of its columns and rows.
//! Whoever asks which sums hold asks the table.

mod columns;
mod rows;

use budget_model::{Interval, Unconfirmed};

pub(crate) use columns::establish as establish_columns;
pub(crate) use rows::establish as establish_rows;

/// How often a sum was seen to hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Trial {
    /// Cases with two parts or more that are not zero, which hold.
    shown: usize,
    /// Cases with one such part, which equals the whole.
    single: usize,
    /// Cases that do not hold.
    failed: usize,
    /// Those of them whose whole is what the parts of the next row add up to.
    shifted: usize,
}

/// What a trial says of a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Established,
    Contradicted,
    Open,
}

impl Verdict {
    fn count(self, unconfirmed: &mut Unconfirmed) {
        match self {
            Self::Established => {}
            Self::Contradicted => unconfirmed.contradicted += 1,
            Self::Open => unconfirmed.open += 1,
        }
    }
}

impl Trial {
    /// Takes one case: the whole, the sum of its parts, and how many of them are not zero. `None` where nothing is printed.
    fn take(&mut self, whole: Option<Interval>, parts: Interval, count: usize) {
        let holds = whole.unwrap_or(Interval::ZERO).meets(parts);
        match (holds, whole, count) {
            (true, _, 0) | (_, None, 0) => {}
            (true, _, 1) => self.single += 1,
            (true, ..) => self.shown += 1,
            (false, ..) => self.failed += 1,
        }
    }

    /// Whether the sum holds wherever it can be seen, but for a few cases among many, or for a run of rows whose wholes were
    /// set down one row too high or too low.
    fn is_established(self) -> bool {
        const FEW: usize = 3;
        match self.failed {
            0 => self.shown > 0 || self.single > 1,
            failed => {
                let is_shifted = self.shifted >= FEW
                    && 2 * self.shifted >= failed
                    && self.shown > 0
                    && self.shown + self.single >= FEW;
                is_shifted || self.shown >= FEW && 5 * failed <= self.shown
            }
        }
    }

    fn verdict(self) -> Verdict {
        match (self.is_established(), self.failed) {
            (true, _) => Verdict::Established,
            (false, 0) => Verdict::Open,
            (false, _) => Verdict::Contradicted,
        }
    }
}

#[cfg(test)]
mod tests {
    use budget_model::Decimal;

    use super::*;

    fn trial(cases: &[(i64, &[i64])]) -> Trial {
        let mut trial = Trial::default();
        let printed = |value: i64| Interval::printed(Decimal::new(value, 2));
        for (whole, parts) in cases {
            let sum = parts.iter().fold(Interval::ZERO, |sum, part| sum + printed(*part));
            trial.take(Some(printed(*whole)), sum, parts.iter().filter(|part| **part != 0).count());
        }
        trial
    }

    #[test]
    fn one_case_with_two_parts_shows_a_sum_and_one_with_a_single_part_does_not() {
        assert!(trial(&[(300, &[100, 200])]).is_established());
        assert!(!trial(&[(300, &[300, 0])]).is_established());
        assert!(trial(&[(300, &[300, 0]), (500, &[0, 500])]).is_established());
        assert!(!trial(&[(0, &[0, 0])]).is_established());
    }

    #[test]
    fn a_sum_whose_wholes_stand_in_the_wrong_rows_is_established() {
        let shifted = Trial { shown: 1, single: 9, failed: 18, shifted: 15 };
        assert!(shifted.is_established());
        assert_eq!(Trial { shifted: 2, ..shifted }.verdict(), Verdict::Contradicted);
        assert_eq!(Trial { shown: 0, single: 1, failed: 3, shifted: 3 }.verdict(), Verdict::Contradicted);
        assert_eq!(Trial { single: 1, ..Trial::default() }.verdict(), Verdict::Open);
    }

    #[test]
    fn a_sum_that_mostly_holds_is_established_and_one_that_often_fails_is_not() {
        let good: Vec<(i64, &[i64])> = vec![(300, &[100, 200]); 9];
        let bad: (i64, &[i64]) = (310, &[100, 200]);
        assert!(trial(&[&good[..], &[bad]].concat()).is_established());
        assert!(!trial(&[&good[..3], &[bad]].concat()).is_established());
        // Two cents are rounding.
        assert!(trial(&[(301, &[100, 200])]).is_established());
    }
}
