//! One check: two sides that must agree, and the arithmetic that says whether rounding explains a difference.
//!
//! Every figure stands for the open interval of the values that print like it. Two sides agree if their intervals
//! overlap. If they only touch, they agree only when every figure lay exactly half way between two printed values and was
//! rounded in different directions; that is reported, but as suspicious rather than as wrong. For two figures of the same
//! precision, and for a sum of one part, this means: they agree if they are equal.

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

/// A product of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// The figures that are multiplied.
    pub factors: Vec<FigureId>,
    /// What the product is multiplied with: the conversion of units.
    pub scale: Decimal,
}

/// What one side of a check is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// A sum of figures.
    Sum(Vec<Term>),
    /// 100 × part ÷ base.
    Percent {
        /// The part.
        part: Vec<Term>,
        /// The base.
        base: Vec<Term>,
    },
    /// A sum of products.
    Products(Vec<Product>),
    /// A number that is known exactly: a count, a prescribed total.
    Exactly(Decimal),
}

impl Expression {
    /// Every figure of the expression.
    pub fn figures(&self) -> impl Iterator<Item = FigureId> + '_ {
        let (sum, base, products): (&[Term], &[Term], &[Product]) = match self {
            Self::Sum(terms) => (terms, &[], &[]),
            Self::Percent { part, base } => (part, base, &[]),
            Self::Products(products) => (&[], &[], products),
            Self::Exactly(_) => (&[], &[], &[]),
        };
        let terms = sum.iter().chain(base).map(|term| term.figure);
        terms.chain(products.iter().flat_map(|product| product.factors.iter().copied()))
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
    /// The largest difference that rounding can explain.
    pub slack: Decimal,
    /// Whether they agree.
    pub verdict: Verdict,
}

/// Two sides that must agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The side that is stated.
    pub found: Vec<Term>,
    /// How it relates to the other side.
    pub relation: Relation,
    /// The side it follows from.
    pub expected: Expression,
}

/// The figures as printed, or with one of them changed.
#[derive(Clone, Copy)]
pub(crate) struct Values<'a> {
    pub(crate) figures: &'a [Figure],
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
            term = term.times(Self::exactly(weight));
        }
        Self { nominal: self.nominal.saturating_add(term.nominal), interval: self.interval + term.interval }
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
        let corners = [
            self.interval.low.checked_div(low)?,
            self.interval.low.checked_div(high)?,
            self.interval.high.checked_div(low)?,
            self.interval.high.checked_div(high)?,
        ];
        Some(Self { nominal: self.nominal.checked_div(other.nominal)?, interval: hull(corners) })
    }
}

fn hull(corners: [Decimal; 4]) -> Interval {
    let [first, rest @ ..] = corners;
    rest.iter().fold(Interval { low: first, high: first }, |hull, corner| Interval {
        low: hull.low.min(*corner),
        high: hull.high.max(*corner),
    })
}

impl Check {
    /// A whole and the parts that must add up to it.
    #[must_use]
    pub fn sum(whole: Vec<Term>, parts: Vec<Term>) -> Self {
        Self { found: whole, relation: Relation::Equal, expected: Expression::Sum(parts) }
    }

    /// Every figure of both sides, with the side: `true` for the stated one.
    pub fn figures(&self) -> impl Iterator<Item = (FigureId, bool)> + '_ {
        let found = self.found.iter().map(|term| (term.figure, true));
        found.chain(self.expected.figures().map(|figure| (figure, false)))
    }

    /// Every figure with its weight in *found minus expected*; the weight means nothing if the check is not linear.
    pub(crate) fn weights(&self) -> impl Iterator<Item = (FigureId, Decimal)> + '_ {
        let found = self.found.iter().map(|term| (term.figure, term.weight));
        let (sum, others): (&[Term], &Expression) = match &self.expected {
            Expression::Sum(terms) => (terms, &Expression::Exactly(Decimal::ZERO)),
            other => (&[], other),
        };
        let sum = sum.iter().map(|term| (term.figure, -term.weight));
        found.chain(sum).chain(others.figures().map(|figure| (figure, Decimal::ZERO)))
    }

    /// What [`evaluate`](Self::evaluate) says, without the slack if the printed figures agree: most checks are sums that
    /// do, and need no intervals.
    pub(crate) fn evaluate_quickly(&self, values: Values<'_>) -> Evaluation {
        let nominal = |terms: &[Term]| {
            terms.iter().fold(Decimal::ZERO, |sum, term| match term.weight {
                one if one == Decimal::ONE => sum.saturating_add(values.value(term.figure)),
                weight => sum.saturating_add(values.value(term.figure).saturating_mul(weight)),
            })
        };
        let (found, expected) = match &self.expected {
            Expression::Sum(terms) => (nominal(&self.found), nominal(terms)),
            Expression::Exactly(number) => (nominal(&self.found), *number),
            _ => return self.evaluate(values),
        };
        if found != expected {
            return self.evaluate(values);
        }
        Evaluation { found, expected, slack: Decimal::ZERO, verdict: Verdict::Exact }
    }

    pub(crate) fn evaluate(&self, values: Values<'_>) -> Evaluation {
        let found = values.sum(&self.found);
        let Some(expected) = self.expected(values) else {
            return Evaluation {
                found: found.nominal,
                expected: Decimal::ZERO,
                slack: Decimal::ZERO,
                verdict: Verdict::Undetermined,
            };
        };
        let width = |interval: Interval| interval.high.saturating_sub(interval.low);
        let slack = width(found.interval).saturating_add(width(expected.interval)) / Decimal::TWO;
        let verdict = self.verdict(found, expected);
        Evaluation { found: found.nominal, expected: expected.nominal, slack, verdict }
    }

    fn expected(&self, values: Values<'_>) -> Option<Side> {
        match &self.expected {
            Expression::Sum(terms) => Some(values.sum(terms)),
            Expression::Percent { part, base } => {
                let share = values.sum(part).divided_by(values.sum(base))?;
                Some(share.times(Side::exactly(Decimal::ONE_HUNDRED)))
            }
            Expression::Products(products) => Some(products.iter().fold(Side::ZERO, |sum, product| {
                let term =
                    product.factors.iter().fold(Side::exactly(product.scale), |term, id| term.times(values.side(*id)));
                Side { nominal: sum.nominal.saturating_add(term.nominal), interval: sum.interval + term.interval }
            })),
            Expression::Exactly(number) => Some(Side::exactly(*number)),
        }
    }

    fn verdict(&self, found: Side, expected: Side) -> Verdict {
        let (less, more) = (found.nominal < expected.nominal, found.nominal > expected.nominal);
        let (wrong, gap) = match self.relation {
            Relation::Equal => (less || more, gap(found.interval, expected.interval)),
            Relation::AtMost => (more, found.interval.low.cmp(&expected.interval.high)),
            Relation::AtLeast => (less, expected.interval.low.cmp(&found.interval.high)),
        };
        if wrong && self.is_count() {
            return Verdict::Violated;
        }
        match (wrong, gap) {
            (false, _) => Verdict::Exact,
            (true, std::cmp::Ordering::Less) => Verdict::Rounding,
            (true, std::cmp::Ordering::Equal) => Verdict::Borderline,
            (true, std::cmp::Ordering::Greater) => Verdict::Violated,
        }
    }

    /// A number that must equal an exactly known one is exact: there is nothing to round.
    fn is_count(&self) -> bool {
        matches!(self.expected, Expression::Exactly(_)) && self.relation == Relation::Equal
    }

    /// Whether every figure counts with a fixed weight, so that a change of one shifts the difference and nothing else.
    pub(crate) fn is_linear(&self) -> bool {
        matches!(self.expected, Expression::Sum(_) | Expression::Exactly(_))
    }

    /// The verdict after the stated side is shifted: what [`evaluate`](Self::evaluate) says of a linear check when one
    /// figure changes and keeps its printed precision.
    pub(crate) fn verdict_shifted(&self, evaluation: &Evaluation, by: Decimal) -> Verdict {
        let difference = evaluation.found.saturating_add(by).saturating_sub(evaluation.expected);
        let (wrong, distance) = match self.relation {
            Relation::Equal => (!difference.is_zero(), difference.abs()),
            Relation::AtMost => (difference > Decimal::ZERO, difference),
            Relation::AtLeast => (difference < Decimal::ZERO, -difference),
        };
        if !wrong {
            return Verdict::Exact;
        }
        if self.is_count() {
            return Verdict::Violated;
        }
        match distance.cmp(&evaluation.slack) {
            std::cmp::Ordering::Less => Verdict::Rounding,
            std::cmp::Ordering::Equal => Verdict::Borderline,
            std::cmp::Ordering::Greater => Verdict::Violated,
        }
    }

    /// The value of one figure for which the sides would agree, at the figure's printed precision.
    ///
    /// `None` if no value does: the figure does not count, or counts on both sides alike.
    pub(crate) fn value_that_fits(&self, figures: &[Figure], id: FigureId) -> Option<Decimal> {
        let values = Values { figures, changed: None };
        let printed = values.value(id);
        let weight = |terms: &[Term]| {
            terms
                .iter()
                .filter(|term| term.figure == id)
                .fold(Decimal::ZERO, |sum, term| sum.saturating_add(term.weight))
        };
        let found = values.sum(&self.found).nominal;
        let by = match &self.expected {
            Expression::Percent { part, base } => {
                // found × (B + b·d) = 100 × (P + p·d), or found is the figure itself.
                let (in_part, in_base) = (weight(part), weight(base));
                let (part, base) = (values.sum(part).nominal, values.sum(base).nominal);
                let hundred = Decimal::ONE_HUNDRED;
                if in_part.is_zero() && in_base.is_zero() {
                    let fit = hundred.checked_mul(part)?.checked_div(base)?;
                    fit.checked_sub(found)?.checked_div(weight(&self.found))?
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
                    Expression::Products(products) => products
                        .iter()
                        .try_fold(Decimal::ZERO, |sum, product| sum.checked_add(slope(product, values, id)?))?,
                    _ => Decimal::ZERO,
                };
                expected.checked_sub(found)?.checked_div(weight(&self.found).checked_sub(slope)?)?
            }
        };
        let mut fit = printed.checked_add(by)?.round_dp(printed.scale());
        fit.rescale(printed.scale());
        Some(fit)
    }
}

/// How fast a product grows with one of its factors.
fn slope(product: &Product, values: Values<'_>, id: FigureId) -> Option<Decimal> {
    let position = product.factors.iter().position(|factor| *factor == id);
    let Some(position) = position else { return Some(Decimal::ZERO) };
    let others = product.factors.iter().enumerate().filter(|(index, _)| *index != position);
    others.map(|(_, factor)| values.value(*factor)).try_fold(product.scale, Decimal::checked_mul)
}

fn gap(one: Interval, other: Interval) -> std::cmp::Ordering {
    one.low.max(other.low).cmp(&one.high.min(other.high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Subject;
    use budget_model::{Place, Unit};

    fn figures(values: &[&str]) -> Vec<Figure> {
        let place = Place::Text { page: 1, line: 1, column: 1 };
        let figure = |(index, text): (usize, &&str)| Figure {
            subject: Subject::Fact { fact: index as u32 },
            value: text.parse().unwrap(),
            unit: Unit::TenThousandYuan,
            place,
            factor: Decimal::ONE,
            counted: false,
        };
        values.iter().enumerate().map(figure).collect()
    }

    fn term(id: u32) -> Term {
        Term { figure: FigureId(id), weight: Decimal::ONE }
    }

    fn verdict(check: &Check, values: &[&str]) -> Verdict {
        check.evaluate(Values { figures: &figures(values), changed: None }).verdict
    }

    #[test]
    fn a_sum_of_one_part_must_be_printed_alike() {
        let check = Check::sum(vec![term(0)], vec![term(1)]);
        assert_eq!(verdict(&check, &["12.30", "12.30"]), Verdict::Exact);
        assert_eq!(verdict(&check, &["12.3", "12.34"]), Verdict::Rounding);
        assert_eq!(verdict(&check, &["12.30", "12.31"]), Verdict::Borderline);
        assert_eq!(verdict(&check, &["12.30", "12.32"]), Verdict::Violated);
    }

    #[test]
    fn rounding_explains_as_much_as_the_terms_were_rounded() {
        let check = Check::sum(vec![term(0)], vec![term(1), term(2)]);
        assert_eq!(verdict(&check, &["10.01", "5.00", "5.00"]), Verdict::Rounding);
        assert_eq!(verdict(&check, &["10.02", "5.00", "5.00"]), Verdict::Violated);
    }

    #[test]
    fn a_percentage_follows_from_its_part_and_base() {
        let expected = Expression::Percent { part: vec![term(1)], base: vec![term(2)] };
        let check = Check { found: vec![term(0)], relation: Relation::Equal, expected };
        assert_eq!(verdict(&check, &["25.00", "50.00", "200.00"]), Verdict::Exact);
        assert_eq!(verdict(&check, &["33.4", "1", "3"]), Verdict::Rounding);
        assert_eq!(verdict(&check, &["25.10", "50.00", "200.00"]), Verdict::Violated);
        assert_eq!(verdict(&check, &["25.10", "50.00", "0.00"]), Verdict::Undetermined);
    }

    #[test]
    fn the_value_that_fits_is_found_on_every_side() {
        let figures = figures(&["25.00", "50.00", "300.00"]);
        let expected = Expression::Percent { part: vec![term(1)], base: vec![term(2)] };
        let check = Check { found: vec![term(0)], relation: Relation::Equal, expected };
        let fits: Vec<_> =
            (0..3).map(|id| check.value_that_fits(&figures, FigureId(id)).unwrap().to_string()).collect();
        assert_eq!(fits, ["16.67", "75.00", "200.00"]);
    }

    #[test]
    fn the_largest_numbers_do_not_overflow() {
        let most = Decimal::MAX.to_string();
        let product = Product { factors: vec![FigureId(0), FigureId(1)], scale: Decimal::MAX };
        let check =
            Check { found: vec![term(2)], relation: Relation::Equal, expected: Expression::Products(vec![product]) };
        let figures = figures(&[&most, &most, &most]);
        check.evaluate(Values { figures: &figures, changed: None });
        assert_eq!(check.value_that_fits(&figures, FigureId(0)), None);
    }
}
