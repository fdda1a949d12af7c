//! Which figure is wrong: from the checks that fail and those that do not.
//!
//! A wrong figure breaks every check that it takes part in; its neighbours break one and satisfy the others. So each
//! figure of a failing check is tried with the value that would repair that check: how many failing checks would hold
//! then, and how many that hold now would fail? The figure with the best balance is named, the checks it repairs are
//! folded under it, and the search goes on with the rest.
//!
//! The work grows with the number of figures in checks: a figure is measured by a bounded number of them
//! ([`MOST_USES`]), and one that takes part in more is measured again only when it comes first and named a few times at most.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

use budget_model::Decimal;

use crate::check::{Check, Evaluation, Relation, Values, Verdict};
use crate::checks::Checks;
use crate::defect::{Defect, is_long};
use crate::figure::{Figure, FigureId};

/// A wrong figure and the failing checks that it explains.
#[derive(Clone, Debug)]
pub(crate) struct Cause {
    /// The figures most likely wrong with the value that would fit, the likeliest first.
    pub(crate) suspects: Vec<(FigureId, Option<Decimal>)>,
    /// Whether the other checks say that the first is likelier than the others.
    pub(crate) is_decided: bool,
    /// The failing checks it explains, by index.
    pub(crate) checks: Vec<usize>,
}

/// Suspects that are named for one finding, at most.
const MOST_SUSPECTS: usize = 5;

/// Repairs that are tried for one figure at a time, at most, and causes that a figure in many checks is named for. A wrong
/// figure needs one; only figures that break many checks in different ways come to the limit, and they are not the cause of
/// all of them.
const MOST_REPAIRS: usize = 6;

/// Failing checks by which a figure is measured, and checks that hold, at most. In real disclosures no figure takes part in
/// as many.
const MOST_USES: usize = 256;

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
    /// The value that fits is printed elsewhere in the document.
    is_known: bool,
    /// Something is printed: a zero is seldom a slip of the hand.
    is_amount: bool,
    /// The value that fits has the sign of the printed one.
    keeps_sign: bool,
    /// The value that fits could have been mistyped as the printed one.
    mistyped: bool,
    /// Later statements are wrong more often than the tables they speak of.
    later: crate::figure::Subject,
    fit: Decimal,
}

/// A check in which a figure of a failing check takes part.
#[derive(Clone, Copy)]
struct Use {
    figure: FigureId,
    /// Whether the check holds as printed.
    holds: bool,
    check: usize,
    /// The figure's weight, if the check is linear.
    weight: Decimal,
}

struct Search<'a> {
    figures: &'a [Figure<'a>],
    checks: &'a Checks,
    /// The long numbers that are printed.
    printed: HashSet<Decimal>,
    /// What each check came to; none of checks in which no suspect takes part.
    evaluations: Vec<Option<Evaluation>>,
    /// By figure, failing checks before those that hold.
    uses: Vec<Use>,
    /// Behind each use in a failing check the next one that may be in a check that is not explained.
    next: Vec<usize>,
    /// Which checks fail and are not explained.
    failing: Vec<bool>,
}

/// The figures of failing checks by what they achieve.
#[derive(Default)]
struct Standings {
    by_figure: BTreeMap<FigureId, Standing>,
    in_order: BTreeSet<(Standing, FigureId)>,
}

impl Standings {
    fn set(&mut self, id: FigureId, standing: Option<Standing>) {
        let before = match standing {
            Some(standing) => self.by_figure.insert(id, standing),
            None => self.by_figure.remove(&id),
        };
        if let Some(before) = before {
            self.in_order.remove(&(before, id));
        }
        self.in_order.extend(standing.map(|standing| (standing, id)));
    }

    fn best(&self) -> Option<(FigureId, Standing)> {
        self.in_order.last().map(|(standing, id)| (*id, *standing))
    }
}

/// Explains the checks that are `failing`; others that fail are explained already.
pub(crate) fn causes(figures: &[Figure<'_>], checks: &Checks, verdicts: &[Verdict], failing: Vec<bool>) -> Vec<Cause> {
    if !failing.contains(&true) {
        return Vec::new();
    }
    let mut search = Search::new(figures, checks, verdicts, failing);
    let mut standings = Standings::default();
    let suspects: Vec<FigureId> =
        search.uses.chunk_by(|a, b| a.figure == b.figure).flat_map(<[Use]>::first).map(|used| used.figure).collect();
    for id in suspects {
        standings.set(id, search.standing(id));
    }
    let mut named: BTreeMap<FigureId, usize> = BTreeMap::new();
    let mut causes = Vec::new();
    while let Some((id, best)) = standings.best() {
        if search.is_in_many_checks(id) {
            let standing = search.standing(id).filter(|_| named.get(&id).is_none_or(|times| *times < MOST_REPAIRS));
            if standing != Some(best) {
                standings.set(id, standing);
                continue;
            }
            *named.entry(id).or_default() += 1;
        }
        let explained = search.repaired(id, best.fit);
        let mut suspects = vec![(id, Some(best.fit))];
        let mut touched = BTreeSet::new();
        for check in &explained {
            if let Some(failing) = search.failing.get_mut(*check) {
                *failing = false;
            }
            touched.extend(search.checks.get(*check).into_iter().flat_map(Check::figures));
        }
        let mut equals: Vec<_> = touched
            .iter()
            .filter(|other| **other != id)
            .filter_map(|other| Some((standings.by_figure.get(other)?, *other)))
            .filter(|(standing, _)| standing.balance == best.balance)
            .collect();
        equals.sort_by_key(|(standing, _)| Reverse(**standing));
        // Whose value fits and who says it later are hints in which order to look, and decide nothing.
        let evidence = |standing: &Standing| (standing.balance, standing.limits, standing.breaks, standing.is_known);
        let is_alone = equals.iter().all(|(standing, _)| evidence(standing) < evidence(&best));
        let is_decided = is_alone && best.balance > 0;
        suspects
            .extend(equals.into_iter().take(MOST_SUSPECTS - 1).map(|(standing, other)| (other, Some(standing.fit))));
        for figure in touched {
            if !search.is_in_many_checks(figure) {
                standings.set(figure, search.standing(figure));
            }
        }
        causes.push(Cause { suspects, is_decided, checks: explained });
    }
    // No single figure repairs what is left: each check stands for itself.
    let left = search.failing.iter().enumerate().filter(|(_, failing)| **failing);
    causes.extend(left.map(|(check, _)| search.unexplained(check)));
    causes
}

/// The uses of every figure of a failing check, by figure, failing checks before those that hold.
fn uses(figures: usize, checks: &Checks, verdicts: &[Verdict]) -> Vec<Use> {
    let mut suspected = vec![false; figures];
    let wrong = checks.from(0).zip(verdicts).filter(|(_, verdict)| verdict.is_violation());
    for figure in wrong.flat_map(|(check, _)| check.figures()) {
        if let Some(suspected) = suspected.get_mut(figure.index()) {
            *suspected = true;
        }
    }
    let mut uses = Vec::new();
    for ((index, check), verdict) in checks.from(0).enumerate().zip(verdicts) {
        // A check that could not be decided is no evidence.
        if *verdict == Verdict::Undetermined {
            continue;
        }
        let weights = check.weights().filter(|(figure, _)| suspected.get(figure.index()) == Some(&true));
        uses.extend(weights.map(|(figure, weight)| Use {
            figure,
            holds: !verdict.is_violation(),
            check: index,
            weight,
        }));
    }
    uses.sort_unstable_by_key(|used| (used.figure, used.holds, used.check));
    uses.dedup_by(|again, first| {
        let same = (again.figure, again.check) == (first.figure, first.check);
        if same {
            first.weight = first.weight.saturating_add(again.weight);
        }
        same
    });
    uses
}

impl<'a> Search<'a> {
    fn new(figures: &'a [Figure<'a>], checks: &'a Checks, verdicts: &[Verdict], failing: Vec<bool>) -> Self {
        let uses = uses(figures.len(), checks, verdicts);
        let mut evaluations = vec![None; checks.len()];
        for used in &uses {
            // What rounding allows is needed of every check that a repair could break.
            if let (Some(evaluation @ None), Some(check)) = (evaluations.get_mut(used.check), checks.get(used.check)) {
                *evaluation = Some(check.evaluate(Values { figures, changed: None }));
            }
        }
        let next = (1..=uses.len()).collect();
        let printed = figures.iter().map(|figure| figure.value.normalize()).filter(|value| is_long(*value)).collect();
        Self { figures, checks, printed, evaluations, uses, next, failing }
    }

    /// Where the uses of a figure stand: those in checks that fail as printed, then those in checks that hold.
    fn ranges(&self, id: FigureId) -> [Range<usize>; 2] {
        let behind = |figure, holds| self.uses.partition_point(|used| (used.figure, used.holds) <= (figure, holds));
        let start = self.uses.partition_point(|used| used.figure < id);
        let middle = behind(id, false);
        [start..middle, middle..behind(id, true)]
    }

    /// Whether a number is printed, or one that differs from it in the last digit as rounding may have made it.
    fn is_known(&self, value: Decimal) -> bool {
        let near = [0, 1, -1].map(|step| value.saturating_add(Decimal::new(step, value.scale())));
        is_long(value) && near.iter().any(|value| self.printed.contains(&value.normalize()))
    }

    fn is_in_many_checks(&self, id: FigureId) -> bool {
        self.ranges(id).iter().map(Range::len).sum::<usize>() > MOST_USES
    }

    fn fails(&self, used: &Use) -> bool {
        self.failing.get(used.check) == Some(&true)
    }

    /// The first uses of a figure in checks that fail and are not explained, and in checks that hold.
    fn uses_of(&mut self, id: FigureId) -> Vec<Use> {
        let [failing, holding] = self.ranges(id);
        let mut found = Vec::new();
        let (mut last, mut at) = (failing.start, failing.start);
        while let Some(used) = self.uses.get(at).copied().filter(|_| at < failing.end && found.len() < MOST_USES) {
            if self.fails(&used) {
                self.pass_over(last, at);
                last = at;
                found.push(used);
            }
            at = self.next.get(at).copied().unwrap_or(failing.end);
        }
        self.pass_over(last, at);
        found.extend(self.uses.get(holding).into_iter().flatten().take(MOST_USES));
        found
    }

    /// What lies between two uses is not looked at any more.
    fn pass_over(&mut self, from: usize, to: usize) {
        if let Some(next) = self.next.get_mut(from).filter(|_| from < to) {
            *next = to;
        }
    }

    fn evaluation(&self, used: &Use) -> Option<&Evaluation> {
        self.evaluations.get(used.check)?.as_ref()
    }

    fn verdict_with(&self, used: &Use, value: Decimal) -> Option<Verdict> {
        let (check, evaluation) = (self.checks.get(used.check)?, self.evaluation(used)?);
        let printed = self.figures.get(used.figure.index())?.value;
        Some(if check.is_linear() {
            check.verdict_shifted(evaluation, value.saturating_sub(printed).saturating_mul(used.weight))
        } else {
            check.evaluate(Values { figures: self.figures, changed: Some((used.figure, value)) }).verdict
        })
    }

    fn repaired(&self, id: FigureId, value: Decimal) -> Vec<usize> {
        let [failing, _] = self.ranges(id);
        let uses = self.uses.get(failing).unwrap_or_default().iter().filter(|used| self.fails(used));
        let holds = |used: &&Use| self.verdict_with(used, value).is_some_and(|verdict| !verdict.is_violation());
        uses.filter(holds).map(|used| used.check).collect()
    }

    fn fit(&self, used: &Use) -> Option<Decimal> {
        let (check, evaluation) = (self.checks.get(used.check)?, self.evaluation(used)?);
        if !check.is_linear() {
            return check.value_that_fits(self.figures, used.figure);
        }
        let printed = self.figures.get(used.figure.index())?.value;
        let by = evaluation.expected.checked_sub(evaluation.found)?.checked_div(used.weight)?;
        let mut fit = printed.checked_add(by)?.round_dp(printed.scale());
        fit.rescale(printed.scale());
        Some(fit)
    }

    /// The best that one figure achieves; `None` if no value of it repairs anything.
    fn standing(&mut self, id: FigureId) -> Option<Standing> {
        let figure = self.figures.get(id.index())?;
        let uses = self.uses_of(id);
        let mut fits: Vec<Decimal> = Vec::new();
        for used in uses.iter().filter(|used| self.fails(used)) {
            if fits.len() == MOST_REPAIRS {
                break;
            }
            if let Some(fit) = self.fit(used).filter(|fit| *fit != figure.value && !fits.contains(fit)) {
                fits.push(fit);
            }
        }
        fits.into_iter().filter_map(|fit| self.standing_with(&uses, figure, fit)).max()
    }

    fn standing_with(&self, uses: &[Use], figure: &Figure<'_>, fit: Decimal) -> Option<Standing> {
        let (mut fixes, mut breaks, mut limits) = (0, 0, (0, 0));
        for used in uses {
            let Some(evaluation) = self.evaluation(used).filter(|e| e.verdict != Verdict::Undetermined) else {
                continue;
            };
            let fails_now = evaluation.verdict.is_violation();
            let fails_then = self.verdict_with(used, fit)?.is_violation();
            let is_limit = self.checks.get(used.check)?.relation != Relation::Equal;
            let (fixed, broken) = if is_limit { (&mut limits.0, &mut limits.1) } else { (&mut fixes, &mut breaks) };
            *fixed += i64::from(fails_now && !fails_then);
            *broken += i64::from(!fails_now && fails_then);
        }
        (fixes + limits.0 > 0).then(|| Standing {
            balance: fixes - breaks,
            limits: limits.0 - limits.1,
            breaks: Reverse(breaks),
            is_known: self.is_known(fit),
            is_amount: !figure.value.is_zero(),
            keeps_sign: fit.is_sign_negative() == figure.value.is_sign_negative()
                || fit.is_zero()
                || figure.value.is_zero(),
            mistyped: Defect::of(figure.value, fit).is_some(),
            later: figure.subject,
            fit,
        })
    }

    fn unexplained(&self, check: usize) -> Cause {
        let stated = self.checks.get(check).into_iter().flat_map(Check::figures).take(MOST_SUSPECTS);
        Cause { suspects: stated.map(|figure| (figure, None)).collect(), is_decided: false, checks: vec![check] }
    }
}
