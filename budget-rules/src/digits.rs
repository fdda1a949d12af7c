//! The verdict of a check from the digits of its figures: whole numbers, where decimals would take ten times as long.

use budget_model::Decimal;

use crate::check::{Check, Expression, Relation, Term, Verdict};
use crate::figure::{Figure, Rounding};

/// Decimals of sums, weights and all, at most. Real figures have two to four.
const MOST_DECIMALS: u32 = 12;

/// Sums from here on are left to decimals.
const LONGEST: i128 = 1 << 100;

/// A sum and the interval that it stands for, in half units of some decimal.
#[derive(Clone, Copy)]
struct Sum {
    nominal: i128,
    slack: i128,
}

impl Sum {
    const ZERO: Self = Self { nominal: 0, slack: 0 };

    /// `None` if the numbers are too long to be sure that nothing overflows.
    fn of(terms: &[Term], figures: &[Figure<'_>], decimals: u32) -> Option<Self> {
        terms.iter().try_fold(Self::ZERO, |sum, term| {
            let figure = figures.get(term.figure.index()).filter(|figure| figure.rounding != Rounding::CutOff)?;
            let (value, weight) = (figure.value, term.weight);
            let weight = in_half_units(weight, decimals.checked_sub(value.scale())?)?;
            let nominal = weight.checked_mul(i64::try_from(value.mantissa()).ok()?.into())?;
            let unit = 10_i128.checked_pow(figure.zeros_of(value))?;
            let slack = if figure.is_exact(value) { 0 } else { (weight.abs() / 2).checked_mul(unit)? };
            let sum = Self { nominal: sum.nominal.checked_add(nominal)?, slack: sum.slack.checked_add(slack)? };
            (sum.nominal.abs() < LONGEST && sum.slack < LONGEST).then_some(sum)
        })
    }

    fn low(self) -> i128 {
        self.nominal - self.slack
    }

    fn high(self) -> i128 {
        self.nominal + self.slack
    }
}

/// A number in half units of some decimal.
fn in_half_units(number: Decimal, decimals: u32) -> Option<i128> {
    let unit = 2 * 10_i128.pow(decimals.checked_sub(number.scale())?);
    unit.checked_mul(i64::try_from(number.mantissa()).ok()?.into())
}

/// Decimals enough for every figure of some sums.
fn decimals(sums: &[&[Term]], figures: &[Figure<'_>]) -> Option<u32> {
    sums.iter().copied().flatten().try_fold(0, |most, term| {
        let decimals = figures.get(term.figure.index())?.value.scale() + term.weight.scale();
        (decimals <= MOST_DECIMALS).then_some(most.max(decimals))
    })
}

/// The verdict on sums and percentages of ordinary length; `None` where it takes [`Check::evaluate`] to tell.
pub(crate) fn verdict(check: Check<'_>, figures: &[Figure<'_>]) -> Option<Verdict> {
    match check.expected {
        Expression::Sum(parts) => {
            let decimals = decimals(&[check.found, parts], figures)?;
            let (found, parts) = (Sum::of(check.found, figures, decimals)?, Sum::of(parts, figures, decimals)?);
            Some(sums(check, found, parts))
        }
        Expression::Exactly(number) => {
            let decimals = decimals(&[check.found], figures)?.max(number.scale());
            let nominal = in_half_units(number, decimals).filter(|_| decimals <= MOST_DECIMALS)?;
            Some(sums(check, Sum::of(check.found, figures, decimals)?, Sum { nominal, slack: 0 }))
        }
        Expression::Blank => {
            let decimals = decimals(&[check.found], figures)?;
            Some(sums(check, Sum::of(check.found, figures, decimals)?, Sum::ZERO))
        }
        Expression::Percent { part, base } => {
            let (of_found, of_share) = (decimals(&[check.found], figures)?, decimals(&[part, base], figures)?);
            let found = Sum::of(check.found, figures, of_found)?;
            let (part, base) = (Sum::of(part, figures, of_share)?, Sum::of(base, figures, of_share)?);
            percent(check, found, 10_i128.pow(of_found), part, base)
        }
        Expression::Product { .. } => None,
    }
}

fn sums(check: Check<'_>, found: Sum, expected: Sum) -> Verdict {
    let gap = match check.relation {
        Relation::Equal => found.low().max(expected.low()).cmp(&found.high().min(expected.high())),
        Relation::AtMost => found.low().cmp(&expected.high()),
        Relation::AtLeast => expected.low().cmp(&found.high()),
    };
    check.judged(found.nominal.cmp(&expected.nominal), gap)
}

/// `unit`: how many whole units of its last decimal are one percent of what is found.
fn percent(check: Check<'_>, found: Sum, unit: i128, mut part: Sum, mut base: Sum) -> Option<Verdict> {
    if base.low() <= 0 && base.high() >= 0 {
        return Some(Verdict::Undetermined);
    }
    if base.nominal < 0 {
        (part.nominal, base.nominal) = (-part.nominal, -base.nominal);
    }
    // Divided by less, what is positive becomes more. Fractions are compared without dividing.
    let low = (part.low(), if part.low() < 0 { base.low() } else { base.high() });
    let high = (part.high(), if part.high() < 0 { base.high() } else { base.low() });
    let compare = |found: i128, (part, base): (i128, i128)| {
        Some(found.checked_mul(base)?.cmp(&part.checked_mul(unit.checked_mul(200)?)?))
    };
    let nominal = compare(found.nominal, (part.nominal, base.nominal))?;
    let (less, more) = (compare(found.low(), high)?, compare(found.high(), low)?.reverse());
    let gap = match check.relation {
        Relation::Equal => {
            let point = low.0.checked_mul(high.1)?.cmp(&high.0.checked_mul(low.1)?);
            less.max(more).max(point).max(found.low().cmp(&found.high()))
        }
        Relation::AtMost => less,
        Relation::AtLeast => more,
    };
    Some(check.judged(nominal, gap))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Values;
    use crate::figure::{FigureId, Subject};
    use budget_model::Place;

    /// Every figure that has one of these forms, at a few magnitudes.
    fn figures() -> Vec<Figure<'static>> {
        let printed = ["0", "0.00", "-0.00", "0.01", "3", "10.00", "10.01", "-9.99", "33.3", "33.33", "50.00", "100"];
        let figure = |(text, counted): (&&str, bool)| Figure {
            subject: Subject::Fact { fact: 0 },
            value: text.parse().unwrap(),
            unit: "万元",
            place: Place::Text { page: 1, line: 1, column: 1 },
            factor: Decimal::ONE,
            zeros: 0,
            doubts: budget_model::Doubts::NONE,
            rounding: if counted { Rounding::Counted } else { Rounding::Nearest },
        };
        printed.iter().zip([false; 12]).chain(printed.iter().zip([true; 12])).map(figure).collect()
    }

    fn term(id: u32, weight: Decimal) -> Term {
        Term { figure: FigureId(id), weight }
    }

    #[test]
    fn digits_and_decimals_say_the_same() {
        let figures = figures();
        let mut seen = Vec::new();
        for id in 0..24_u32.pow(3) {
            let (one, other, third) = (id % 24, id / 24 % 24, id / 576);
            let weight =
                [Decimal::ONE, Decimal::NEGATIVE_ONE, Decimal::new(1, 4)].into_iter().cycle().nth(id as usize % 7);
            let weight = weight.unwrap_or_default();
            let found = [term(one, Decimal::ONE)];
            let (parts, base) = ([term(other, weight), term(third, Decimal::ONE)], [term(third, weight)]);
            let percent = Expression::Percent { part: &parts[..1], base: &base };
            let number =
                Expression::Exactly([Decimal::ZERO, Decimal::new(3331, 2), -Decimal::ONE_HUNDRED][id as usize % 3]);
            for expected in [Expression::Sum(&parts), percent, number] {
                for relation in [Relation::Equal, Relation::AtMost, Relation::AtLeast] {
                    let check = Check { found: &found, relation, expected };
                    let evaluated = check.evaluate(Values { figures: &figures, changed: None }).verdict;
                    assert_eq!(verdict(check, &figures), Some(evaluated), "{check:?}");
                    seen.extend((!seen.contains(&evaluated)).then_some(evaluated));
                }
            }
        }
        assert_eq!(seen.len(), 5);
    }

    #[test]
    fn numbers_that_are_too_long_are_left_to_decimals() {
        let mut figures = figures();
        let long = |figure: &mut Figure<'_>, value| figure.value = value;
        for value in [Decimal::MAX, Decimal::new(1, 20)] {
            figures.iter_mut().for_each(|figure| long(figure, value));
            let (whole, parts) = ([term(0, Decimal::ONE)], [term(1, Decimal::ONE)]);
            assert_eq!(verdict(Check::sum(&whole, &parts), &figures), None);
        }
    }
}
