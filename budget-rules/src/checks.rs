//! The checks of all rules, their terms in one list: there are more checks than figures, most of them of two terms.

use budget_model::Decimal;

use crate::check::{Check, Expression, Relation, Term};
use crate::report::Form;

/// Checks in the order in which they were handed in.
#[derive(Debug, Default)]
pub(crate) struct Checks {
    terms: Vec<Term>,
    entries: Vec<Entry>,
}

/// A [`Check`] whose terms stand in the list, side by side and up to these ends.
#[derive(Clone, Copy, Debug)]
struct Entry {
    relation: Relation,
    form: Form,
    /// The number that is known exactly, or the scale of a product.
    number: Decimal,
    start: u32,
    found: u32,
    part: u32,
    base: u32,
}

impl Checks {
    /// Room for about this many checks.
    pub(crate) fn with_capacity(checks: usize) -> Self {
        Self { terms: Vec::with_capacity(4 * checks), entries: Vec::with_capacity(checks) }
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn push(&mut self, check: Check<'_>) {
        let (form, number, part, base): (_, _, &[Term], &[Term]) = match check.expected {
            Expression::Sum(parts) => (Form::Sum, Decimal::ZERO, parts, &[]),
            Expression::Percent { part, base } => (Form::Percent, Decimal::ZERO, part, base),
            Expression::Product { factors, scale } => (Form::Product, scale, factors, &[]),
            Expression::Exactly(number) => (Form::Number, number, &[], &[]),
            Expression::Blank => (Form::Blank, Decimal::ZERO, &[], &[]),
        };
        let mut add = |terms: &[Term]| {
            self.terms.extend(terms.iter().copied());
            self.terms.len() as u32
        };
        let start = add(&[]);
        let (found, part, base) = (add(check.found), add(part), add(base));
        self.entries.push(Entry { relation: check.relation, form, number, start, found, part, base });
    }

    pub(crate) fn get(&self, index: usize) -> Option<Check<'_>> {
        self.entries.get(index).map(|entry| self.check(*entry))
    }

    /// The checks from one on.
    pub(crate) fn from(&self, first: usize) -> impl Iterator<Item = Check<'_>> {
        self.entries.iter().skip(first).map(|entry| self.check(*entry))
    }

    fn check(&self, entry: Entry) -> Check<'_> {
        let terms = |from: u32, to: u32| self.terms.get(from as usize..to as usize).unwrap_or_default();
        let part = terms(entry.found, entry.part);
        let expected = match entry.form {
            Form::Sum => Expression::Sum(part),
            Form::Percent => Expression::Percent { part, base: terms(entry.part, entry.base) },
            Form::Product => Expression::Product { factors: part, scale: entry.number },
            Form::Number => Expression::Exactly(entry.number),
            Form::Blank => Expression::Blank,
        };
        Check { found: terms(entry.start, entry.found), relation: entry.relation, expected }
    }
}
