//! One check: two sides that must agree, and the arithmetic that says whether rounding explains a difference.
//!
//! Every figure stands for the open interval of the values that print like it. Two sides agree if their intervals
//! overlap. If they only touch, they agree only when every figure lay exactly half way between two printed values and was
//! rounded in different directions; that is reported, but as suspicious rather than as wrong. For two figures of the same
//! precision, and for a sum of one part, this means: they agree if they are equal.

use std::cmp::Ordering;

use budget_model::{Decimal, Interval};
use serde::{Deserialize, Serialize};

use crate::figure::{Figure, FigureId};

/// A figure and what it is multiplied with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The figure.
    pub figure: FigureId,
    /// 1 for a part, −1 for what is taken away; includes the conversion of units.
    pub weight: Decimal,
}

/// What one side of a check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expression<'t> {
    /// A sum of figures.
    Sum(&'t [Term]),
    /// 100 × part ÷ base.
    Percent {
        /// The part.
        part: &'t [Term],
        /// The base.
        base: &'t [Term],
    },
    /// A product of figures.
    Product {
        /// The figures that are multiplied; their weights do not count.
        factors: &'t [Term],
        /// What the product is multiplied with: the conversion of units.
        scale: Decimal,
    },
    /// A number that is known exactly: a count, a prescribed total.
    Exactly(Decimal),
    /// Nothing: the place where it would be printed is blank.
    Blank,
}

impl<'t> Expression<'t> {
    /// The figures of the expression: those that are added or multiplied, then those that they are divided by.
    fn terms(self) -> [&'t [Term]; 2] {
        match self {
            Self::Sum(terms) | Self::Product { factors: terms, .. } => [terms, &[]],
            Self::Percent { part, base } => [part, base],
            Self::Exactly(_) | Self::Blank => [&[], &[]],
        }
    }
}

/// How the sides of a check relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Both are equal.
    Equal,
    /// What is found is not more than expected.
    AtMost,
    /// What is found is not less than expected.
    AtLeast,
}

/// The outcome of one check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The printed figures agree.
    Exact,
    /// They differ, and rounding explains it.
    Rounding,
    /// They differ by so much that rounding explains it only if every figure lay half way between two printed values.
    Borderline,
    /// They cannot both be true.
    Violated,
    /// The base of a percentage may be zero: nothing follows.
    Undetermined,
}

impl Verdict {
    /// Whether it is worth a finding.
    #[must_use]
    pub fn is_violation(self) -> bool {
        matches!(self, Self::Borderline | Self::Violated)
    }
}

/// What a check came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// The side that is stated.
    pub found: Decimal,
    /// The side it follows from.
    pub expected: Decimal,
    /// How far a difference may be from [`middle`](Self::middle) for rounding to explain it.
    pub slack: Decimal,
    /// The difference in the middle of those that rounding explains: none, but for figures that are
    /// [cut off](crate::Rounding::CutOff).
    pub middle: Decimal,
    /// Whether they agree.
    pub verdict: Verdict,
}

/// Two sides that must agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check<'t> {
    /// The side that is stated.
    pub found: &'t [Term],
    /// How it relates to the other side.
    pub relation: Relation,
    /// The side it follows from.
    pub expected: Expression<'t>,
}

/// The figures as printed, or with one of them changed.
#[derive(Clone, Copy)]
pub(crate) struct Values<'a> {
    pub(crate) figures: &'a [Figure<'a>],
    pub(crate) changed: Option<(FigureId, Decimal)>,
}

impl Values<'_> {
    fn value(self, id: FigureId) -> Decimal {
        match self.changed {
            Some((changed, value)) if changed == id => value,
            _ => self.figures.get(id.index()).map_or(Decimal::ZERO, |figure| figure.value),
        }
    }

    fn side(self, id: FigureId) -> Side {
        let nominal = self.value(id);
        let interval = self.figures.get(id.index()).map_or(Interval::ZERO, |figure| figure.interval_of(nominal));
        Side { nominal, interval }
    }

    fn sum(self, terms: &[Term]) -> Side {
        terms.iter().fold(Side::ZERO, |side, term| side.plus(self.side(term.figure), term.weight))
    }
}

/// A number and the interval it stands for.
#[derive(Clone, Copy)]
struct Side {
    nominal: Decimal,
    interval: Interval,
}

impl Side {
    const ZERO: Self = Self { nominal: Decimal::ZERO, interval: Interval::ZERO };

    fn exactly(nominal: Decimal) -> Self {
        Self { nominal, interval: Interval { low: nominal, high: nominal } }
    }

    fn plus(self, mut term: Self, weight: Decimal) -> Self {
        if weight != Decimal::ONE {
            term = term.scaled(weight);
        }
        Self { nominal: self.nominal.saturating_add(term.nominal), interval: self.interval + term.interval }
    }

    /// How far the middle of the interval is above the number.
    fn off_centre(self) -> Decimal {
        let Interval { low, high } = self.interval;
        (low.saturating_add(high) / Decimal::TWO).saturating_sub(self.nominal)
    }

    fn scaled(self, by: Decimal) -> Self {
        let Interval { low, high } = self.interval;
        let (low, high) = if by.is_sign_negative() { (high, low) } else { (low, high) };
        let interval = Interval { low: low.saturating_mul(by), high: high.saturating_mul(by) };
        Self { nominal: self.nominal.saturating_mul(by), interval }
    }

    fn times(self, other: Self) -> Self {
        let corners = [
            self.interval.low.saturating_mul(other.interval.low),
            self.interval.low.saturating_mul(other.interval.high),
            self.interval.high.saturating_mul(other.interval.low),
            self.interval.high.saturating_mul(other.interval.high),
        ];
        Self { nominal: self.nominal.saturating_mul(other.nominal), interval: hull(corners) }
    }

    /// `None` if the divisor may be zero.
    fn divided_by(self, other: Self) -> Option<Self> {
        let Interval { low, high } = other.interval;
        if low <= Decimal::ZERO && high >= Decimal::ZERO {
            return None;
        }
        // Divided by less, what is positive becomes more; divided by what is negative, the ends change places.
        let (least, most) = if high < Decimal::ZERO {
            (self.interval.high, self.interval.low)
        } else {
            (self.interval.low, self.interval.high)
        };
        let interval = Interval {
            low: least.checked_div(if least.is_sign_negative() { low } else { high })?,
            high: most.checked_div(if most.is_sign_negative() { high } else { low })?,
        };
        Some(Self { nominal: self.nominal.checked_div(other.nominal)?, interval })
    }
}

fn hull(corners: [Decimal; 4]) -> Interval {
    let [first, rest @ ..] = corners;
    rest.iter().fold(Interval { low: first, high: first }, |hull, corner| Interval {
        low: hull.low.min(*corner),
        high: hull.high.max(*corner),
    })
}

impl<'t> Check<'t> {
    /// A whole and the parts that must add up to it.
    #[must_use]
    pub fn sum(whole: &'t [Term], parts: &'t [Term]) -> Self {
        Self { found: whole, relation: Relation::Equal, expected: Expression::Sum(parts) }
    }

    /// Every figure of both sides, the stated ones first.
    pub fn figures(self) -> impl Iterator<Item = FigureId> + 't {
        self.found.iter().chain(self.expected.terms().into_iter().flatten()).map(|term| term.figure)
    }

    /// Every figure with its weight in *found minus expected*; the weight means nothing if the check is not linear.
    pub(crate) fn weights(self) -> impl Iterator<Item = (FigureId, Decimal)> + 't {
        let found = self.found.iter().map(|term| (term.figure, term.weight));
        found.chain(self.expected.terms().into_iter().flatten().map(|term| (term.figure, -term.weight)))
    }

    /// Whether both sides are sums of figures of one precision that agree as printed. Most checks do, and nothing more
    /// needs to be known of them.
    pub(crate) fn agrees_as_printed(self, figures: &[Figure<'_>]) -> bool {
        let parts = match self.expected {
            Expression::Sum(parts) => parts,
            Expression::Exactly(number) if number.is_zero() => &[],
            Expression::Blank => &[],
            _ => return false,
        };
        let mut scale = None;
        let mut sum = |terms: &[Term]| {
            terms.iter().try_fold(0_i128, |sum, term| {
                let value = figures.get(term.figure.index())?.value;
                let (digits, weight) = (value.mantissa(), term.weight.mantissa());
                if digits == 0 {
                    return Some(sum);
                }
                let plain = weight.abs() == 1
                    && term.weight.scale() == 0
                    && value.scale() == *scale.get_or_insert(value.scale());
                plain.then(|| sum + digits * weight)
            })
        };
        sum(self.found).zip(sum(parts)).is_some_and(|(found, expected)| found == expected)
    }

    pub(crate) fn evaluate(self, values: Values<'_>) -> Evaluation {
        let found = values.sum(self.found);
        let Some(expected) = self.expected(values) else {
            return Evaluation {
                found: found.nominal,
                expected: Decimal::ZERO,
                slack: Decimal::ZERO,
                middle: Decimal::ZERO,
                verdict: Verdict::Undetermined,
            };
        };
        let width = |interval: Interval| interval.high.saturating_sub(interval.low);
        let slack = width(found.interval).saturating_add(width(expected.interval)) / Decimal::TWO;
        let verdict = self.verdict(found, expected);
        let middle = match self.is_linear() {
            true => expected.off_centre().saturating_sub(found.off_centre()),
            false => Decimal::ZERO,
        };
        Evaluation { found: found.nominal, expected: expected.nominal, slack, middle, verdict }
    }

    fn expected(self, values: Values<'_>) -> Option<Side> {
        match self.expected {
            Expression::Sum(terms) => Some(values.sum(terms)),
            Expression::Percent { part, base } => {
                let share = values.sum(part).divided_by(values.sum(base))?;
                Some(share.scaled(Decimal::ONE_HUNDRED))
            }
            Expression::Product { factors, scale } => {
                Some(factors.iter().fold(Side::exactly(scale), |product, term| product.times(values.side(term.figure))))
            }
            Expression::Exactly(number) => Some(Side::exactly(number)),
            Expression::Blank => Some(Side::ZERO),
        }
    }

    fn verdict(self, found: Side, expected: Side) -> Verdict {
        let gap = match self.relation {
            Relation::Equal => gap(found.interval, expected.interval),
            Relation::AtMost => found.interval.low.cmp(&expected.interval.high),
            Relation::AtLeast => expected.interval.low.cmp(&found.interval.high),
        };
        self.judged(found.nominal.cmp(&expected.nominal), gap)
    }

    /// The verdict from how the found side compares with the expected one, and whether their intervals overlap (less),
    /// touch, or leave a gap.
    pub(crate) fn judged(self, nominal: Ordering, gap: Ordering) -> Verdict {
        let wrong = match self.relation {
            Relation::Equal => nominal.is_ne(),
            Relation::AtMost => nominal.is_gt(),
            Relation::AtLeast => nominal.is_lt(),
        };
        if wrong && self.is_count() {
            return Verdict::Violated;
        }
        match (wrong, gap) {
            (false, _) => Verdict::Exact,
            (true, Ordering::Less) => Verdict::Rounding,
            (true, Ordering::Equal) => Verdict::Borderline,
            (true, Ordering::Greater) => Verdict::Violated,
        }
    }

    /// A number that must equal an exactly known one is exact: there is nothing to round.
    fn is_count(self) -> bool {
        matches!(self.expected, Expression::Exactly(_)) && self.relation == Relation::Equal
    }

    /// Whether every figure counts with a fixed weight, so that a change of one shifts the difference and nothing else.
    pub(crate) fn is_linear(self) -> bool {
        matches!(self.expected, Expression::Sum(_) | Expression::Exactly(_) | Expression::Blank)
    }

    /// The verdict after the stated side is shifted: what [`evaluate`](Self::evaluate) says of a linear check when one
    /// figure changes and keeps its printed precision.
    pub(crate) fn verdict_shifted(self, evaluation: &Evaluation, by: Decimal) -> Verdict {
        let difference = evaluation.found.saturating_add(by).saturating_sub(evaluation.expected);
        let from_middle = difference.saturating_sub(evaluation.middle);
        let (wrong, distance) = match self.relation {
            Relation::Equal => (!difference.is_zero(), from_middle.abs()),
            Relation::AtMost => (difference > Decimal::ZERO, from_middle),
            Relation::AtLeast => (difference < Decimal::ZERO, -from_middle),
        };
        if !wrong {
            return Verdict::Exact;
        }
        if self.is_count() {
            return Verdict::Violated;
        }
        match distance.cmp(&evaluation.slack) {
            Ordering::Less => Verdict::Rounding,
            Ordering::Equal => Verdict::Borderline,
            Ordering::Greater => Verdict::Violated,
        }
    }

    /// The value of one figure for which the sides would agree, at the figure's printed precision.
    ///
    /// `None` if no value does: the figure does not count, or counts on both sides alike.
    pub(crate) fn value_that_fits(self, figures: &[Figure<'_>], id: FigureId) -> Option<Decimal> {
        let values = Values { figures, changed: None };
        let printed = values.value(id);
        let weight = |terms: &[Term]| {
            terms
                .iter()
                .filter(|term| term.figure == id)
                .fold(Decimal::ZERO, |sum, term| sum.saturating_add(term.weight))
        };
        let found = values.sum(self.found).nominal;
        let by = match self.expected {
            Expression::Percent { part, base } => {
                // found × (B + b·d) = 100 × (P + p·d), or found is the figure itself.
                let (in_part, in_base) = (weight(part), weight(base));
                let (part, base) = (values.sum(part).nominal, values.sum(base).nominal);
                let hundred = Decimal::ONE_HUNDRED;
                if in_part.is_zero() && in_base.is_zero() {
                    let fit = hundred.checked_mul(part)?.checked_div(base)?;
                    fit.checked_sub(found)?.checked_div(weight(self.found))?
                } else {
                    let above = hundred.checked_mul(part)?.checked_sub(found.checked_mul(base)?)?;
                    let below = found.checked_mul(in_base)?.checked_sub(hundred.checked_mul(in_part)?)?;
                    above.checked_div(below)?
                }
            }
            expression => {
                let expected = self.expected(values)?.nominal;
                let slope = match expression {
                    Expression::Sum(terms) => weight(terms),
                    Expression::Product { factors, scale } => slope(factors, scale, values, id)?,
                    _ => Decimal::ZERO,
                };
                expected.checked_sub(found)?.checked_div(weight(self.found).checked_sub(slope)?)?
            }
        };
        let mut fit = printed.checked_add(by)?.round_dp(printed.scale());
        fit.rescale(printed.scale());
        Some(fit)
    }
}

/// How fast a product grows with one of its factors.
fn slope(factors: &[Term], scale: Decimal, values: Values<'_>, id: FigureId) -> Option<Decimal> {
    let Some(position) = factors.iter().position(|factor| factor.figure == id) else { return Some(Decimal::ZERO) };
    let others = factors.iter().enumerate().filter(|(index, _)| *index != position);
    others.map(|(_, factor)| values.value(factor.figure)).try_fold(scale, Decimal::checked_mul)
}

fn gap(one: Interval, other: Interval) -> Ordering {
    one.low.max(other.low).cmp(&one.high.min(other.high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Subject;
    use budget_model::Place;

    fn figures(values: &[&str]) -> Vec<Figure<'static>> {
        let place = Place::Text { page: 1, line: 1, column: 1 };
        let figure = |(index, text): (usize, &&str)| Figure {
            subject: Subject::Fact { fact: index as u32 },
            value: text.parse().unwrap(),
            unit: "万元",
            place,
            factor: Decimal::ONE,
            zeros: 0,
            doubts: budget_model::Doubts::NONE,
            rounding: crate::figure::Rounding::Nearest,
        };
        values.iter().enumerate().map(figure).collect()
    }

    fn term(id: u32) -> Term {
        Term { figure: FigureId(id), weight: Decimal::ONE }
    }

    fn verdict(check: &Check<'_>, values: &[&str]) -> Verdict {
        check.evaluate(Values { figures: &figures(values), changed: None }).verdict
    }

    #[test]
    fn a_sum_of_one_part_must_be_printed_alike() {
        let (whole, parts) = ([term(0)], [term(1)]);
        let check = Check::sum(&whole, &parts);
        assert_eq!(verdict(&check, &["12.30", "12.30"]), Verdict::Exact);
        assert_eq!(verdict(&check, &["12.3", "12.34"]), Verdict::Rounding);
        assert_eq!(verdict(&check, &["12.30", "12.31"]), Verdict::Borderline);
        assert_eq!(verdict(&check, &["12.30", "12.32"]), Verdict::Violated);
    }

    #[test]
    fn rounding_explains_as_much_as_the_terms_were_rounded() {
        let (whole, parts) = ([term(0)], [term(1), term(2)]);
        let check = Check::sum(&whole, &parts);
        assert_eq!(verdict(&check, &["10.01", "5.00", "5.00"]), Verdict::Rounding);
        assert_eq!(verdict(&check, &["10.02", "5.00", "5.00"]), Verdict::Violated);
    }

    #[test]
    fn a_percentage_follows_from_its_part_and_base() {
        let expected = Expression::Percent { part: &[term(1)], base: &[term(2)] };
        let check = Check { found: &[term(0)], relation: Relation::Equal, expected };
        assert_eq!(verdict(&check, &["25.00", "50.00", "200.00"]), Verdict::Exact);
        assert_eq!(verdict(&check, &["33.4", "1", "3"]), Verdict::Rounding);
        assert_eq!(verdict(&check, &["25.10", "50.00", "200.00"]), Verdict::Violated);
        assert_eq!(verdict(&check, &["25.10", "50.00", "0.00"]), Verdict::Undetermined);
    }

    #[test]
    fn the_value_that_fits_is_found_on_every_side() {
        let figures = figures(&["25.00", "50.00", "300.00"]);
        let expected = Expression::Percent { part: &[term(1)], base: &[term(2)] };
        let check = Check { found: &[term(0)], relation: Relation::Equal, expected };
        let fits: Vec<_> =
            (0..3).map(|id| check.value_that_fits(&figures, FigureId(id)).unwrap().to_string()).collect();
        assert_eq!(fits, ["16.67", "75.00", "200.00"]);
    }

    #[test]
    fn a_quotient_spans_what_its_ends_give() {
        let ends = [(-30, -10), (-20, 40), (10, 50), (0, 20), (-20, 0)];
        let side = |(low, high): (i64, i64)| {
            let [low, high] = [low, high].map(|end| Decimal::new(end, 1));
            Side { nominal: low, interval: Interval { low, high } }
        };
        for part in ends {
            for base in [(10, 25), (-40, -16)] {
                let (part, base) = (side(part), side(base));
                let Interval { low, high } = part.divided_by(base).unwrap().interval;
                let (part, base) = (part.interval, base.interval);
                let corners =
                    hull([part.low / base.low, part.low / base.high, part.high / base.low, part.high / base.high]);
                assert_eq!((low, high), (corners.low, corners.high));
            }
            assert!(side(part).divided_by(side((-1, 1))).is_none());
        }
    }

    #[test]
    fn the_largest_numbers_do_not_overflow() {
        let most = Decimal::MAX.to_string();
        let product = Expression::Product { factors: &[term(0), term(1)], scale: Decimal::MAX };
        let check = Check { found: &[term(2)], relation: Relation::Equal, expected: product };
        let figures = figures(&[&most, &most, &most]);
        check.evaluate(Values { figures: &figures, changed: None });
        assert_eq!(check.value_that_fits(&figures, FigureId(0)), None);
    }
}
