//! Which figure is wrong: from the checks that fail and those that do not.
//!
//! A wrong figure breaks every check that it takes part in; its neighbours break one and satisfy the others. So each
//! figure of a failing check is tried with the value that would repair that check: how many failing checks would hold
//! then, and how many that hold now would fail? The figure with the best balance is named, the checks it repairs are
//! folded under it, and the search goes on with the rest.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use budget_model::Decimal;

use crate::check::{Check, Evaluation, Relation, Values, Verdict};
use crate::figure::{Figure, FigureId};

/// A wrong figure and the failing checks that it explains.
#[derive(Clone, Debug)]
pub(crate) struct Cause {
    /// The figures most likely wrong with the value that would fit, the likeliest first.
    pub(crate) suspects: Vec<(FigureId, Option<Decimal>)>,
    /// The failing checks it explains, by index.
    pub(crate) checks: Vec<usize>,
}

/// Suspects that are named for one finding, at most.
const MOST_SUSPECTS: usize = 5;

/// Repairs that are tried for one figure, at most. A wrong figure needs one; only figures that break many checks in
/// different ways come to the limit, and they are not the cause of all of them.
const MOST_REPAIRS: usize = 6;

/// What a figure would achieve if it were the wrong one. The order is that of plausibility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    /// Failing checks that would hold, minus holding checks that would fail. A limit that is exceeded says little about
    /// which figure is wrong, so it counts only after everything that must be equal.
    balance: i64,
    /// The same for limits.
    limits: i64,
    /// Holding checks that would fail.
    breaks: Reverse<i64>,
    /// The value that fits has the sign of the printed one.
    keeps_sign: bool,
    /// The value that fits could have been mistyped as the printed one.
    mistyped: bool,
    /// Later statements are wrong more often than the tables they speak of.
    later: crate::figure::Subject,
    fit: Decimal,
}

struct Search<'a> {
    figures: &'a [Figure],
    checks: &'a [Check],
    evaluations: &'a [Evaluation],
    /// For each figure of a failing check: every check it takes part in, and its weight if the check is linear.
    uses: HashMap<FigureId, Vec<(usize, Decimal)>>,
    failing: BTreeSet<usize>,
}

/// Explains every failing check.
pub(crate) fn causes(figures: &[Figure], checks: &[Check], evaluations: &[Evaluation]) -> Vec<Cause> {
    let failing: BTreeSet<usize> =
        evaluations.iter().enumerate().filter(|(_, e)| e.verdict.is_violation()).map(|(index, _)| index).collect();
    if failing.is_empty() {
        return Vec::new();
    }
    let mut search = Search { figures, checks, evaluations, uses: uses(checks, &failing), failing };
    let mut standings: BTreeMap<FigureId, Standing> = BTreeMap::new();
    for id in search.uses.keys() {
        if let Some(standing) = search.standing(*id) {
            standings.insert(*id, standing);
        }
    }
    let mut causes = Vec::new();
    while !search.failing.is_empty() {
        let Some((id, best)) = standings.iter().max_by_key(|(_, standing)| **standing).map(|(id, best)| (*id, *best))
        else {
            // No single figure repairs what is left: each check stands for itself.
            causes.extend(search.failing.iter().map(|check| search.unexplained(*check)));
            break;
        };
        let explained = search.repaired(id, best.fit);
        let mut suspects = vec![(id, Some(best.fit))];
        let mut touched = BTreeSet::new();
        for check in &explained {
            search.failing.remove(check);
            touched.extend(search.checks.get(*check).into_iter().flat_map(Check::figures).map(|(figure, _)| figure));
        }
        let mut equals: Vec<_> = touched
            .iter()
            .filter(|other| **other != id)
            .filter_map(|other| Some((standings.get(other)?, *other)))
            .filter(|(standing, _)| standing.balance == best.balance)
            .collect();
        equals.sort_by_key(|(standing, _)| Reverse(**standing));
        suspects
            .extend(equals.into_iter().take(MOST_SUSPECTS - 1).map(|(standing, other)| (other, Some(standing.fit))));
        for figure in touched {
            match search.standing(figure) {
                Some(standing) => standings.insert(figure, standing),
                None => standings.remove(&figure),
            };
        }
        causes.push(Cause { suspects, checks: explained });
    }
    causes
}

fn uses(checks: &[Check], failing: &BTreeSet<usize>) -> HashMap<FigureId, Vec<(usize, Decimal)>> {
    let mut uses: HashMap<FigureId, Vec<(usize, Decimal)>> = HashMap::new();
    for index in failing {
        for (figure, _) in checks.get(*index).into_iter().flat_map(Check::figures) {
            uses.entry(figure).or_default();
        }
    }
    for (index, check) in checks.iter().enumerate() {
        for (figure, weight) in check.weights() {
            if let Some(list) = uses.get_mut(&figure) {
                match list.last_mut() {
                    // A figure that stands in a check twice.
                    Some((last, sum)) if *last == index => *sum = sum.saturating_add(weight),
                    _ => list.push((index, weight)),
                }
            }
        }
    }
    uses
}

impl Search<'_> {
    fn uses_of(&self, id: FigureId) -> &[(usize, Decimal)] {
        self.uses.get(&id).map_or(&[], Vec::as_slice)
    }

    fn verdict_with(&self, index: usize, weight: Decimal, id: FigureId, value: Decimal) -> Option<Verdict> {
        let (check, evaluation) = (self.checks.get(index)?, self.evaluations.get(index)?);
        let printed = self.figures.get(id.index())?.value;
        Some(if check.is_linear() {
            check.verdict_shifted(evaluation, value.saturating_sub(printed).saturating_mul(weight))
        } else {
            check.evaluate(Values { figures: self.figures, changed: Some((id, value)) }).verdict
        })
    }

    fn repaired(&self, id: FigureId, value: Decimal) -> Vec<usize> {
        let failing = self.uses_of(id).iter().filter(|(index, _)| self.failing.contains(index));
        failing
            .filter(|(index, weight)| self.verdict_with(*index, *weight, id, value).is_some_and(|v| !v.is_violation()))
            .map(|(index, _)| *index)
            .collect()
    }

    fn fit(&self, index: usize, weight: Decimal, id: FigureId) -> Option<Decimal> {
        let (check, evaluation) = (self.checks.get(index)?, self.evaluations.get(index)?);
        if !check.is_linear() {
            return check.value_that_fits(self.figures, id);
        }
        let printed = self.figures.get(id.index())?.value;
        let by = evaluation.expected.checked_sub(evaluation.found)?.checked_div(weight)?;
        let mut fit = printed.checked_add(by)?.round_dp(printed.scale());
        fit.rescale(printed.scale());
        Some(fit)
    }

    /// The best that one figure achieves; `None` if no value of it repairs anything.
    fn standing(&self, id: FigureId) -> Option<Standing> {
        let figure = self.figures.get(id.index())?;
        let mut fits: Vec<Decimal> = Vec::new();
        for (index, weight) in self.uses_of(id).iter().filter(|(index, _)| self.failing.contains(index)) {
            if fits.len() == MOST_REPAIRS {
                break;
            }
            if let Some(fit) = self.fit(*index, *weight, id).filter(|fit| *fit != figure.value && !fits.contains(fit)) {
                fits.push(fit);
            }
        }
        fits.into_iter().filter_map(|fit| self.standing_with(id, figure, fit)).max()
    }

    fn standing_with(&self, id: FigureId, figure: &Figure, fit: Decimal) -> Option<Standing> {
        let (mut fixes, mut breaks, mut limits) = (0, 0, (0, 0));
        for (index, weight) in self.uses_of(id) {
            let Some(evaluation) = self.evaluations.get(*index) else { continue };
            let fails_now = evaluation.verdict.is_violation();
            if evaluation.verdict == Verdict::Undetermined || (fails_now && !self.failing.contains(index)) {
                continue;
            }
            let fails_then = self.verdict_with(*index, *weight, id, fit)?.is_violation();
            let is_limit = self.checks.get(*index)?.relation != Relation::Equal;
            let (fixed, broken) = if is_limit { (&mut limits.0, &mut limits.1) } else { (&mut fixes, &mut breaks) };
            *fixed += i64::from(fails_now && !fails_then);
            *broken += i64::from(!fails_now && fails_then);
        }
        (fixes + limits.0 > 0).then(|| Standing {
            balance: fixes - breaks,
            limits: limits.0 - limits.1,
            breaks: Reverse(breaks),
            keeps_sign: fit.is_sign_negative() == figure.value.is_sign_negative()
                || fit.is_zero()
                || figure.value.is_zero(),
            mistyped: is_mistyping(figure.value, fit),
            later: figure.subject,
            fit,
        })
    }

    fn unexplained(&self, check: usize) -> Cause {
        let stated = self.checks.get(check).into_iter().flat_map(Check::figures).take(MOST_SUSPECTS);
        Cause { suspects: stated.map(|(figure, _)| (figure, None)).collect(), checks: vec![check] }
    }
}

/// Whether one number becomes the other by one slip: a digit changed, left out or added, or two neighbours exchanged.
pub(crate) fn is_mistyping(one: Decimal, other: Decimal) -> bool {
    let (one, other) = (one.abs().mantissa().to_string(), other.abs().mantissa().to_string());
    let (short, long) =
        if one.len() <= other.len() { (one.as_bytes(), other.as_bytes()) } else { (other.as_bytes(), one.as_bytes()) };
    let same_start = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let same_end = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 => {
            let differ = short.len().saturating_sub(same_start + same_end);
            let exchanged = short.get(same_start..same_start + 2).zip(long.get(same_start..same_start + 2));
            differ <= 1 || (differ == 2 && exchanged.is_some_and(|(a, b)| a.iter().rev().eq(b.iter())))
        }
        1 => same_start + same_end >= short.len(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_of_the_hand_is_recognised() {
        let slip = |a: &str, b: &str| is_mistyping(a.parse().unwrap(), b.parse().unwrap());
        assert!(slip("412.57", "462.57"));
        assert!(slip("412.57", "412.75"));
        assert!(slip("412.57", "12.57"));
        assert!(!slip("412.57", "431.57"));
        assert!(!slip("412.57", "2.57"));
    }
}
