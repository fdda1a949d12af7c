//! Figures as integers with their rounding, for fast and exact interval arithmetic.

use budget_model::{Amount, Decimal};

/// A figure in half units of the last digit that a table uses: `value` is the figure, `slack` how far rounding may have
/// moved it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fixed {
    pub(super) value: i64,
    pub(super) slack: i64,
}

impl Fixed {
    pub(super) const ZERO: Self = Self { value: 0, slack: 0 };

    /// The figure at a scale that is at least its own. `None` if it is too large for 64 bits.
    pub(super) fn new(value: Decimal, scale: u32) -> Option<Self> {
        let up = scale.checked_sub(value.scale())?;
        let factor = 10i64.checked_pow(up)?;
        let mantissa = i64::try_from(value.mantissa()).ok()?;
        // Sums of some thousand figures must not overflow either.
        let value = mantissa.checked_mul(factor)?.checked_mul(2)?;
        (value.unsigned_abs() < 1 << 52).then_some(Self { value, slack: factor })
    }

    /// The printed amount at a scale.
    pub(super) fn of(amount: &Amount, scale: u32) -> Option<Self> {
        Self::new(amount.value, scale)
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self { value: self.value.saturating_add(other.value), slack: self.slack.saturating_add(other.slack) }
    }

    pub(super) fn minus(self, other: Self) -> Self {
        Self { value: self.value.saturating_sub(other.value), slack: self.slack.saturating_add(other.slack) }
    }

    /// Whether both can stand for one value.
    pub(super) fn meets(self, other: Self) -> bool {
        self.value.saturating_sub(other.value).unsigned_abs() <= self.slack.saturating_add(other.slack).unsigned_abs()
    }

    /// The same figure at a larger scale.
    pub(super) fn rescaled(self, from: u32, to: u32) -> Option<Self> {
        let factor = 10i64.checked_pow(to.checked_sub(from)?)?;
        Some(Self { value: self.value.checked_mul(factor)?, slack: self.slack.checked_mul(factor)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str) -> Fixed {
        Fixed::new(text.parse().unwrap(), 2).unwrap()
    }

    #[test]
    fn fixed_figures_meet_exactly_where_printed_intervals_do() {
        let sum = fixed("904.93").plus(fixed("5.42"));
        assert!(sum.meets(fixed("910.35")) && sum.meets(fixed("910.36")) && !sum.meets(fixed("910.37")));
        assert!(!fixed("17.00").meets(fixed("17.02")) && fixed("17.0").meets(fixed("17.05")));
    }
}
