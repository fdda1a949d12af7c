//! Random choices that stay the same for a seed.

use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::{Rng, SeedableRng};

/// A stream of random choices.
///
/// The documents of a seed must never change, so the generator is one whose stream its authors promise to keep (`rand_pcg`:
/// PCG is a published algorithm with reference values), and numbers are cut to a range here: the ranges of `rand` may change
/// from version to version.
#[derive(Clone, Debug)]
pub(crate) struct Chance(Pcg64Mcg);

impl Chance {
    /// The stream of a seed for one purpose: streams with other names do not depend on how much this one is used.
    pub(crate) fn new(seed: u64, purpose: &str) -> Self {
        // FNV-1a: fixed for ever, unlike the hashes of the standard library.
        let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let stream = purpose.bytes().fold(0xcbf2_9ce4_8422_2325, hash);
        Self(Pcg64Mcg::seed_from_u64(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ stream))
    }

    /// A number from 0 up to, but not including, `end`; 0 if `end` is 0.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.0.next_u64()) * u128::from(end)) >> 64) as u64
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low).saturating_add(1))
    }

    /// An index into a list of this length; 0 for an empty one.
    pub(crate) fn index(&mut self, len: usize) -> usize {
        self.below(len as u64) as usize
    }

    /// One of a list; `None` for an empty one.
    pub(crate) fn one<'l, T>(&mut self, list: &'l [T]) -> Option<&'l T> {
        list.get(self.index(list.len()))
    }

    /// One word of a list; empty for an empty one.
    pub(crate) fn word(&mut self, list: &[&'static str]) -> &'static str {
        self.one(list).copied().unwrap_or_default()
    }

    /// `true` in so many of a hundred cases.
    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// So many different ones of a list, in the order of the list.
    pub(crate) fn some<'l, T>(&mut self, list: &'l [T], count: usize) -> Vec<&'l T> {
        let mut wanted = count.min(list.len());
        let mut left = list.len();
        let mut chosen = Vec::with_capacity(wanted);
        for entry in list {
            if self.index(left) < wanted {
                chosen.push(entry);
                wanted -= 1;
            }
            left -= 1;
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_of_a_seed_is_the_same_for_ever() {
        let mut chance = Chance::new(7, "test");
        let drawn: Vec<u64> = (0..6).map(|_| chance.below(1000)).collect();
        assert_eq!(drawn, [264, 677, 983, 491, 596, 410]);
    }

    #[test]
    fn some_of_a_list_are_different_and_in_order() {
        let list: Vec<usize> = (0..50).collect();
        let mut chance = Chance::new(1, "test");
        for count in [0, 1, 7, 50, 80] {
            let chosen = chance.some(&list, count);
            assert_eq!(chosen.len(), count.min(50));
            assert!(chosen.is_sorted_by(|one, other| one < other));
        }
    }
}
