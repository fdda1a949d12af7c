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

use std::collections::HashMap;

use budget_model::{Amount, Decimal, Interval, Table, ThreePublicItem, Unconfirmed};

pub(crate) use columns::establish as establish_columns;
pub(crate) use rows::establish as establish_rows;

/// The numbers that the tables of a document print, and in which of them.
///
/// A sum that can be seen once and does not hold may be one that the form does not promise, or hold a wrong figure. What tells
/// is the figure that would fit: `本年收入合计 16412.71` over parts that add up to 16410.71 is wrong if other tables print
/// 16410.71, and none prints 16412.71.
#[derive(Debug, Default)]
pub(crate) struct Printed(HashMap<Decimal, Origin>);

/// The tables that print a number.
#[derive(Clone, Copy, Debug)]
enum Origin {
    One(usize),
    Several,
}

impl Printed {
    /// The numbers of all tables of a document.
    pub(crate) fn of<'t>(tables: impl Iterator<Item = &'t Table>) -> Self {
        let mut printed = HashMap::new();
        for (index, table) in tables.enumerate() {
            for cell in table.rows.iter().flat_map(|row| &row.cells) {
                printed
                    .entry(cell.amount.value.normalize())
                    .and_modify(|origin| {
                        if !matches!(origin, Origin::One(known) if *known == index) {
                            *origin = Origin::Several;
                        }
                    })
                    .or_insert(Origin::One(index));
            }
        }
        Self(printed)
    }

    fn is_printed(&self, value: Decimal) -> bool {
        self.0.contains_key(&value.normalize())
    }

    /// Whether another table than this one prints a number.
    fn elsewhere(&self, value: Decimal, table: usize) -> bool {
        match self.0.get(&value.normalize()) {
            Some(Origin::One(known)) => *known != table,
            Some(Origin::Several) => true,
            None => false,
        }
    }
}

/// A whole, its parts, and what the rest of the document says of them.
struct Case<'a> {
    whole: Option<Amount>,
    parts: &'a [Amount],
    promise: Promise,
    printed: &'a Printed,
    table: usize,
}

/// What says that a whole has these parts, besides the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Promise {
    None,
    /// A total stands above or below a list.
    List,
    /// The parts have codes below that of the whole, or all that there are below a total.
    Codes,
    /// The whole is nothing but its parts: “三公”经费; goods, works and services.
    Definition,
}

impl Case<'_> {
    fn sum(&self) -> Decimal {
        self.parts.iter().fold(Decimal::ZERO, |sum, part| sum.saturating_add(part.value))
    }

    fn difference(&self) -> Decimal {
        self.whole.map_or(Decimal::ZERO, |whole| whole.value).saturating_sub(self.sum())
    }

    /// Whether it is a wrong figure that makes a sum fail, and not the sum that is none, by what other tables print.
    fn is_explained(&self) -> bool {
        self.promise == Promise::Definition
            || self.whole.is_some_and(|whole| self.is_contradicted_elsewhere(whole.value, self.sum()))
    }

    /// Whether the difference is no amount that the document prints: rows that are left out, or counted twice, would differ by
    /// one. A list without codes may have rows below rows that nobody told apart; there the difference must be one of a digit.
    /// So it must where the whole is more and no other column shows that the parts are all there: rows are withheld.
    fn is_slip(&self, is_complete: bool) -> bool {
        const FEWEST: usize = 3;
        let Some(whole) = self.whole.map(|whole| whole.value) else { return false };
        let is_less = self.difference().is_sign_negative();
        let by = self.difference().abs().normalize();
        let parts = self.parts.iter().filter(|part| !part.value.is_zero()).count();
        let scale = self.parts.iter().map(|part| part.value.scale()).max().unwrap_or_default();
        // What rounding of the parts' own parts may come to.
        let rounding = Decimal::new(parts as i64, scale);
        let is_digit =
            by.mantissa().unsigned_abs() < 10 || self.is_power_of_ten(whole) || is_less && self.is_exchange(whole);
        parts >= FEWEST
            && (is_digit || self.promise == Promise::Codes && (is_complete || is_less))
            && by > rounding
            && by < whole
            && !self.printed.is_printed(by)
    }

    /// Whether the sum would hold if one figure were ten, a hundred or a thousand times as much or as little.
    fn is_power_of_ten(&self, whole: Decimal) -> bool {
        /// 50.00 for 5.00 may be anything, 44.00 for 4.40 hardly.
        const FEWEST_DIGITS: u128 = 10;
        let powers = [10, 100, 1_000].map(Decimal::from);
        let is_slip = |printed: Decimal, fit: Decimal| {
            fit > Decimal::ZERO
                && significant(printed) >= FEWEST_DIGITS
                && powers
                    .iter()
                    .any(|power| printed.checked_mul(*power) == Some(fit) || fit.checked_mul(*power) == Some(printed))
        };
        let by = self.difference();
        is_slip(whole, self.sum()) || self.parts.iter().any(|part| is_slip(part.value, part.value.saturating_add(by)))
    }

    /// Whether the sum would hold if two neighbouring digits of one figure were exchanged.
    fn is_exchange(&self, whole: Decimal) -> bool {
        let by = self.difference();
        are_exchanged(whole, self.sum())
            || self.parts.iter().any(|part| are_exchanged(part.value, part.value.saturating_add(by)))
    }

    /// A number and those that rounding of so many parts may have made of it, the nearest first.
    fn within_rounding(&self, value: Decimal) -> impl Iterator<Item = Decimal> {
        const MOST: usize = 5;
        let farthest = self.parts.len().div_ceil(2).min(MOST) as i64;
        let steps = std::iter::once(0).chain((1..=farthest).flat_map(|step| [step, -step]));
        steps.map(move |step| value.saturating_add(Decimal::new(step, value.scale())))
    }

    /// Whether one of the figures is not what other tables say it is: another value of it would fit, and they print that one
    /// and not this one.
    fn is_contradicted_elsewhere(&self, whole: Decimal, sum: Decimal) -> bool {
        let is_meant = |printed: Decimal, fit: Decimal| {
            let is_known = |fit: Decimal| fit != printed && self.printed.elsewhere(fit, self.table);
            fit > Decimal::ZERO
                && is_long(fit)
                && !self.printed.elsewhere(printed, self.table)
                && self.within_rounding(fit).any(is_known)
        };
        let by = whole.saturating_sub(sum);
        is_meant(whole, sum) || self.parts.iter().any(|part| is_meant(part.value, part.value.saturating_add(by)))
    }
}

/// Whether items are all that another one consists of; a total that names none is that of “三公”经费 if it has their parts.
fn are_all_parts(whole: Option<ThreePublicItem>, parts: &mut dyn Iterator<Item = Option<ThreePublicItem>>) -> bool {
    let wanted = whole.unwrap_or(ThreePublicItem::All).parts();
    let parts: Vec<Option<ThreePublicItem>> = parts.collect();
    !wanted.is_empty() && parts.len() == wanted.len() && wanted.iter().all(|item| parts.contains(&Some(*item)))
}

/// Whether a number has so many digits that it does not stand somewhere by chance.
fn is_long(value: Decimal) -> bool {
    value.normalize().mantissa().unsigned_abs() >= 1_000
}

/// The digits of a number without the zeros behind them: 44 of 4.40, 5 of 50.00.
fn significant(value: Decimal) -> u128 {
    let mut digits = value.mantissa().unsigned_abs();
    while digits > 0 && digits.is_multiple_of(10) {
        digits /= 10;
    }
    digits
}

/// Whether two numbers differ in two neighbouring digits that stand in exchange.
fn are_exchanged(printed: Decimal, fit: Decimal) -> bool {
    let mut places = Vec::new();
    let (mut one, mut other) = (printed, fit);
    let scale = one.scale().max(other.scale());
    one.rescale(scale);
    other.rescale(scale);
    let (mut one, mut other) = (one.mantissa(), other.mantissa());
    while (one > 0 || other > 0) && one >= 0 && other >= 0 {
        places.push((one % 10, other % 10));
        (one, other) = (one / 10, other / 10);
    }
    let differ: Vec<usize> = (0..places.len()).filter(|at| places.get(*at).is_some_and(|(a, b)| a != b)).collect();
    let [low, high] = differ[..] else { return false };
    // 50.00 and 05.00 are a power of ten.
    if places.last().is_none_or(|(a, b)| *a == 0 || *b == 0) {
        return false;
    }
    let digits = |at: usize| places.get(at).copied().unwrap_or_default();
    high == low + 1 && digits(low).0 == digits(high).1 && digits(low).1 == digits(high).0
}

/// How often a sum was seen to hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Trial {
    /// Cases with two parts or more that are not zero, which hold.
    shown: usize,
    /// Cases with one such part, which equals the whole.
    single: usize,
    /// Cases that do not hold.
    failed: usize,
    /// Those of them in which other tables say which figure is wrong.
    explained: usize,
    /// Those of them whose whole is what the parts of the next row add up to.
    shifted: usize,
    /// Wholes of which every case holds.
    wholes: usize,
    /// Wholes that are more than their parts by amounts that add up along the row: a part is missing.
    incomplete: usize,
    /// Wholes that fail in another way.
    broken: usize,
    /// Whether a case fails where something stands that was taken for no part: a column of unknown meaning.
    is_refuted: bool,
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
    /// Takes one case; by how much the whole is more than its parts, where that is more than rounding.
    fn take(&mut self, case: &Case<'_>) -> Option<Decimal> {
        let sum = case.parts.iter().fold(Interval::ZERO, |sum, part| sum + part.interval());
        let holds = case.whole.map_or(Interval::ZERO, |whole| whole.interval()).meets(sum);
        let count = case.parts.iter().filter(|part| !part.value.is_zero()).count();
        match (holds, case.whole, count) {
            (true, _, 0) | (_, None, 0) => {}
            (true, _, 1) => self.single += 1,
            (true, ..) => self.shown += 1,
            (false, ..) => {
                self.failed += 1;
                self.explained += usize::from(case.is_explained());
                return Some(case.difference());
            }
        }
        None
    }

    /// Whether the sum holds wherever it can be seen, but for a few cases among many; for cases of which the document says which
    /// figure is wrong; or for a run of rows whose wholes were set down one row too high or too low.
    fn is_established(self) -> bool {
        const FEW: usize = 3;
        /// Cases that hold for each that does not, where many do not, and where one or two do not.
        const EACH: usize = 4;
        const EACH_OF_TWO: usize = 2;
        let held = self.shown + self.single;
        if self.is_refuted {
            return false;
        }
        if self.failed == 0 {
            return self.shown > 0 || self.single > 1;
        }
        let is_shifted = self.shifted >= FEW && 2 * self.shifted >= self.failed && self.shown > 0 && held >= FEW;
        let mostly = |failed: usize, held: usize| EACH * failed <= held || failed <= 2 && EACH_OF_TWO * failed <= held;
        // A part that is missing is one case, in however many columns it had figures.
        let is_mostly = mostly(self.failed, held)
            || self.broken == 0 && self.incomplete > 0 && mostly(self.incomplete, self.wholes);
        let is_explained = self.failed == self.explained && self.failed <= held + 1;
        is_shifted || is_mostly || is_explained
    }

    /// What the trial says of a sum that something else promises as well: a definition holds if it is seen once.
    fn verdict_of(self, promise: Promise) -> Verdict {
        let is_seen = promise == Promise::Definition && self.failed == 0 && self.single > 0;
        if is_seen { Verdict::Established } else { self.verdict() }
    }

    fn verdict(self) -> Verdict {
        match (self.is_established(), self.failed) {
            (true, _) => Verdict::Established,
            (false, 0) if !self.is_refuted => Verdict::Open,
            (false, _) => Verdict::Contradicted,
        }
    }
}

#[cfg(test)]
mod tests {
    use budget_model::Place;

    use super::*;

    fn amount(value: i64) -> Amount {
        Amount { value: Decimal::new(value, 2), place: Place::Text { page: 1, line: 1, column: 1 } }
    }

    fn trial(cases: &[(i64, &[i64])]) -> Trial {
        trial_beside(cases, &Printed::default())
    }

    fn trial_beside(cases: &[(i64, &[i64])], printed: &Printed) -> Trial {
        let mut trial = Trial::default();
        for (whole, parts) in cases {
            let parts: Vec<Amount> = parts.iter().copied().map(amount).collect();
            let promise = Promise::None;
            trial.take(&Case { whole: Some(amount(*whole)), parts: &parts, promise, printed, table: 0 });
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
        let shifted = Trial { shown: 1, single: 9, failed: 18, shifted: 15, ..Trial::default() };
        assert!(shifted.is_established());
        assert_eq!(Trial { shifted: 2, ..shifted }.verdict(), Verdict::Contradicted);
        assert_eq!(Trial { single: 1, failed: 3, shifted: 3, ..Trial::default() }.verdict(), Verdict::Contradicted);
        assert_eq!(Trial { single: 1, ..Trial::default() }.verdict(), Verdict::Open);
    }

    #[test]
    fn a_sum_that_mostly_holds_is_established_and_one_that_often_fails_is_not() {
        let good: Vec<(i64, &[i64])> = vec![(300, &[100, 200]); 9];
        let bad: (i64, &[i64]) = (310, &[100, 200]);
        assert!(trial(&[&good[..], &[bad]].concat()).is_established());
        assert!(trial(&[&good[..2], &[bad]].concat()).is_established());
        assert!(!trial(&[&good[..1], &[bad]].concat()).is_established());
        assert!(!trial(&[&good[..9], &[bad; 3]].concat()).is_established());
        // Two cents are rounding.
        assert!(trial(&[(301, &[100, 200])]).is_established());
    }

    #[test]
    fn a_sum_seen_once_fails_by_a_wrong_figure_where_other_tables_print_the_one_that_fits() {
        let printed = |values: &[i64]| {
            let each = values.iter().map(|value| (Decimal::new(*value, 2).normalize(), Origin::One(1)));
            Printed(each.collect())
        };
        let case: (i64, &[i64]) = (1_641_271, &[1_640_071, 1_000]);
        assert!(!trial(&[case]).is_established());
        // The sum of the parts is the total elsewhere; or a part has another digit there.
        assert!(trial_beside(&[case], &printed(&[1_641_071])).is_established());
        assert!(trial_beside(&[case], &printed(&[1_641_271, 1_640_271])).is_established());
        // What is printed stands elsewhere as well, or the number is too short to mean anything.
        assert!(!trial_beside(&[case], &printed(&[1_641_071, 1_641_271, 1_640_071])).is_established());
        assert!(!trial_beside(&[(300, &[250, 20])], &printed(&[270])).is_established());
    }

    #[test]
    fn a_total_of_codes_that_is_off_by_no_printed_amount_is_wrong() {
        let is_slip = |whole: i64, promise: Promise, is_complete: bool, others: &[i64]| {
            let each = others.iter().map(|value| (Decimal::new(*value, 2).normalize(), Origin::One(0)));
            let printed = Printed(each.collect());
            let parts = [30_000, 20_000, 10_000].map(amount);
            Case { whole: Some(amount(whole)), parts: &parts, promise, printed: &printed, table: 0 }
                .is_slip(is_complete)
        };
        assert!(is_slip(61_234, Promise::Codes, true, &[]));
        // 12.34 may be a row that was left out, here or, if no column shows that all are there, everywhere.
        assert!(!is_slip(61_234, Promise::Codes, true, &[1_234]));
        assert!(!is_slip(61_234, Promise::Codes, false, &[]));
        assert!(is_slip(58_766, Promise::Codes, false, &[]));
        // In a list without codes it may be anything, but for a single digit.
        assert!(!is_slip(61_234, Promise::List, true, &[]));
        assert!(is_slip(60_700, Promise::List, false, &[]));
        // A few cents are rounding of what the parts themselves consist of.
        assert!(!is_slip(60_003, Promise::Codes, true, &[]));
    }

    #[test]
    fn a_list_is_off_by_a_slip_where_two_digits_in_exchange_or_a_lost_zero_account_for_it() {
        let is_slip = |parts: &[i64], whole: i64| {
            let parts: Vec<Amount> = parts.iter().copied().map(amount).collect();
            let printed = Printed::default();
            let whole = Some(amount(whole));
            Case { whole, parts: &parts, promise: Promise::List, printed: &printed, table: 0 }.is_slip(false)
        };
        // 420.00 where 402.00 is meant
        assert!(is_slip(&[42_000, 20_000, 10_000], 70_200));
        // What the whole is more may be a row that is not listed.
        assert!(!is_slip(&[40_200, 20_000, 10_000], 72_000));
        assert!(!is_slip(&[42_000, 20_000, 10_000], 70_500));
        // 44.00 where 4.40 is meant; 50.00 for 5.00 may be anything else.
        assert!(is_slip(&[4_400, 20_000, 10_000], 30_440));
        assert!(is_slip(&[440, 20_000, 10_000], 34_400));
        assert!(!is_slip(&[5_000, 21_000, 10_000], 31_500));
    }
}
