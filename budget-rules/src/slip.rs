//! Slips of units: two statements of one figure of which one is ten, a hundred … ten thousand times the other.
//!
//! A table whose caption says 元 over figures in 万元 contradicts everything else the document says. That is one defect, and
//! the amount by which each figure differs says nothing.

use std::collections::BTreeMap;

use budget_model::Decimal;

use crate::cause::Cause;
use crate::check::{Check, Expression, Relation, Values};
use crate::checks::Checks;
use crate::figure::{Figure, FigureId, Origin};
use crate::text::Text;

/// Powers of ten by which units of money differ, and decimal points slip.
const POWERS: &[u32] = &[1, 2, 3, 4, 8];

/// What is said of a slip, in place of the message of the rule.
pub(crate) static MESSAGE: Text = Text::new(
    "{0}为 {1}，应与之相等的{2}为 {3}，二者相差 {4} 倍，可能是单位或小数点有误（同样的共 {5} 处）",
    "{0} is {1}, and {2}, which should equal it, is {3}: they differ by a factor of {4}, probably a slip of the unit or of the \
     decimal point (so {5} times)",
);

/// Failing checks whose sides differ by one power of ten.
pub(crate) struct Slip {
    /// The checks, by index.
    pub(crate) checks: Vec<usize>,
    /// How many times the larger side is the smaller one.
    pub(crate) factor: u32,
}

/// A part of the document, whether its figures are the larger ones, and the power of ten.
type Side = (Origin, bool, u32);

/// Divides what failing checks are explained by into slips and other causes.
pub(crate) fn divide(causes: Vec<Cause>, checks: &Checks, figures: &[Figure<'_>]) -> (Vec<Slip>, Vec<Cause>) {
    let sides_of = |cause: &Cause| {
        let sides = cause.checks.iter().map(|index| sides(checks.get(*index)?, figures));
        sides.collect::<Option<Vec<[Side; 2]>>>()
    };
    let mut open = Vec::new();
    let mut others = Vec::new();
    for cause in causes {
        match sides_of(&cause) {
            Some(sides) => open.push((cause, sides)),
            None => others.push(cause),
        }
    }
    let mut slips = Vec::new();
    // The part of the document that most of them have in common is the one that slipped. There are no more parts than
    // tables, and each is taken once.
    while !open.is_empty() {
        let mut counts: BTreeMap<Side, usize> = BTreeMap::new();
        open.iter()
            .flat_map(|(_, sides)| sides.iter().flatten())
            .for_each(|side| *counts.entry(*side).or_default() += 1);
        let Some((common, _)) = counts.into_iter().max_by_key(|(side, count)| (*count, std::cmp::Reverse(*side)))
        else {
            break;
        };
        let has_common = |sides: &Vec<[Side; 2]>| sides.iter().any(|pair| pair.contains(&common));
        let (taken, left): (Vec<_>, Vec<_>) = open.into_iter().partition(|(_, sides)| has_common(sides));
        open = left;
        let mut of_slip: Vec<usize> = taken.into_iter().flat_map(|(cause, _)| cause.checks).collect();
        of_slip.sort_unstable();
        slips.push(Slip { checks: of_slip, factor: 10_u32.saturating_pow(common.2) });
    }
    (merged(slips), others)
}

/// Where a whole table is in another unit, everything that differs by the same factor is: half of the tables in 元, half in 万元.
fn merged(slips: Vec<Slip>) -> Vec<Slip> {
    const FEWEST: usize = 3;
    let mut merged: Vec<Slip> = Vec::new();
    let widespread: Vec<u32> =
        slips.iter().filter(|slip| slip.checks.len() >= FEWEST).map(|slip| slip.factor).collect();
    for slip in slips {
        match merged.iter_mut().find(|known| known.factor == slip.factor && widespread.contains(&slip.factor)) {
            Some(known) => known.checks.extend(slip.checks),
            None => merged.push(slip),
        }
    }
    merged
}

/// The two parts of the document that a check compares, if one states a power of ten times the other.
fn sides(check: Check<'_>, figures: &[Figure<'_>]) -> Option<[Side; 2]> {
    let Expression::Sum(parts) = check.expected else { return None };
    let (found, expected) = (origin(check.found.iter().map(|term| term.figure), figures)?, {
        origin(parts.iter().map(|term| term.figure), figures)?
    });
    if check.relation != Relation::Equal || found == expected {
        return None;
    }
    let evaluation = check.evaluate(Values { figures, changed: None });
    let power = power(evaluation.found, evaluation.expected)?;
    let is_larger = evaluation.found.abs() > evaluation.expected.abs();
    Some([(found, is_larger, power), (expected, !is_larger, power)])
}

/// The part of the document that all figures stand in.
fn origin(mut ids: impl Iterator<Item = FigureId>, figures: &[Figure<'_>]) -> Option<Origin> {
    let of = |id: FigureId| figures.get(id.index()).map(|figure| figure.subject.origin());
    let first = of(ids.next()?)?;
    ids.all(|id| of(id) == Some(first)).then_some(first)
}

/// The power of ten that one number is of the other, within the rounding of four digits, or of the last digit of the smaller one.
pub(crate) fn power(one: Decimal, other: Decimal) -> Option<u32> {
    if one.is_zero() || other.is_zero() || one.is_sign_negative() != other.is_sign_negative() {
        return None;
    }
    let (one, other) = (one.abs(), other.abs());
    let (large, small) = (one.max(other), one.min(other));
    POWERS.iter().copied().find(|power| {
        let scaled = small.checked_mul(Decimal::from(10_u64.pow(*power)));
        let distance = scaled.and_then(|scaled| large.checked_sub(scaled)).map(|distance| distance.abs());
        // 28.08 for 280.76: what was moved was rounded; and what would fit is itself off by a last digit where parts are.
        let digits = small.mantissa().unsigned_abs();
        let halves = match digits {
            1_000.. => 2,
            100.. => 1,
            _ => 0,
        };
        let most = Decimal::try_new(5 * halves, small.scale() + 1).ok();
        let most = most.and_then(|most| most.checked_mul(Decimal::from(10_u64.pow(*power))));
        let is_rounding = distance.zip(most).is_some_and(|(distance, most)| distance <= most);
        let is_near = distance
            .and_then(|distance| distance.checked_mul(Decimal::from(10_000)))
            .is_some_and(|distance| distance <= large);
        is_near || is_rounding
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_of_ten_is_told_from_any_other_factor() {
        let power = |one: &str, other: &str| power(one.parse().unwrap(), other.parse().unwrap());
        assert_eq!(power("20322105.37", "2032.21"), Some(4));
        assert_eq!(power("12.5", "125"), Some(1));
        assert_eq!(power("2032.21", "2032.21"), None);
        assert_eq!(power("2132.21", "203.22"), None);
        assert_eq!(power("-10", "1"), None);
        assert_eq!(power("0", "0"), None);
    }
}
