//! What all searches of a document together may cost.
//!
//! Each search has limits of its own, but nothing bounds how many of them a document asks for: 400 bytes of figures without
//! names can ask for thousands. So a document has one budget, which grows with its length, and every search pays from it.
//! What cannot be paid for is given up: nothing is excluded then, and the table says so.

/// What is left. A unit is about what it costs to look at one way of placing a row: ten nanoseconds.
#[derive(Debug)]
pub(crate) struct Work {
    left: u64,
}

impl Work {
    /// What any document may cost, however short: some milliseconds.
    const BASE: u64 = 1_000_000;
    /// What each byte adds. Tables of ordinary documents take one to five.
    const EACH_BYTE: u64 = 48;

    /// The work for a document of so many bytes.
    pub(crate) fn of(bytes: usize) -> Self {
        Self { left: Self::BASE.saturating_add(Self::EACH_BYTE.saturating_mul(bytes as u64)) }
    }

    /// So many units and no more.
    #[cfg(test)]
    pub(crate) fn units(left: u64) -> Self {
        Self { left }
    }

    /// What is left.
    #[cfg(test)]
    pub(crate) fn left(&self) -> u64 {
        self.left
    }

    /// Pays for something before it is done. `None` if it cannot be paid for: then nothing is left for anything else.
    pub(crate) fn take(&mut self, units: usize) -> Option<()> {
        let left = self.left.checked_sub(units as u64);
        self.left = left.unwrap_or(0);
        left.map(|_| ())
    }

    /// Does something with half of what is left, so that one part of a document cannot use up the work for all others.
    pub(crate) fn with_half<R>(&mut self, part: impl FnOnce(&mut Self) -> R) -> R {
        let reserve = self.left / 2;
        self.left -= reserve;
        let result = part(self);
        self.left += reserve;
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_paid_for_leaves_nothing_for_anything_else() {
        let mut work = Work::units(10);
        assert_eq!(work.take(7), Some(()));
        assert_eq!(work.take(4), None);
        assert_eq!(work.take(1), None);
    }

    #[test]
    fn a_part_that_uses_up_its_half_leaves_the_other_half() {
        let mut work = Work::units(10);
        assert_eq!(work.with_half(|half| half.take(6)), None);
        assert_eq!(work.left(), 5);
    }
}
