//! Pairs of things that have the same key in two lists.

use std::collections::BTreeMap;

/// Which things of two lists belong together; found key by key, the strictest first.
pub(super) struct Pairing {
    /// For each of the first list its partner in the second.
    of_before: Vec<Option<usize>>,
    /// For each of the second list its partner in the first.
    of_after: Vec<Option<usize>>,
}

/// When things of one key are paired, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// As many as both lists have: things of this key are alike.
    Any,
    /// If both lists have as many.
    AsMany,
    /// If both lists have one.
    Unique,
}

impl Pairing {
    pub(super) fn new(before: usize, after: usize) -> Self {
        Self { of_before: vec![None; before], of_after: vec![None; after] }
    }

    /// Pairs what has no partner yet and the same key. A thing without a key takes no part.
    pub(super) fn by<K: Ord>(
        &mut self,
        before: impl Fn(usize) -> Option<K>,
        after: impl Fn(usize) -> Option<K>,
        when: When,
    ) {
        let mut groups: BTreeMap<K, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for index in free(&self.of_before) {
            if let Some(key) = before(index) {
                groups.entry(key).or_default().0.push(index);
            }
        }
        for index in free(&self.of_after) {
            if let Some(key) = after(index) {
                groups.entry(key).or_default().1.push(index);
            }
        }
        for (before, after) in groups.into_values() {
            let is_taken = match when {
                When::Any => true,
                When::AsMany => before.len() == after.len(),
                When::Unique => before.len() == 1 && after.len() == 1,
            };
            for (before, after) in before.into_iter().zip(after).filter(|_| is_taken) {
                if let (Some(one), Some(other)) = (self.of_before.get_mut(before), self.of_after.get_mut(after)) {
                    (*one, *other) = (Some(after), Some(before));
                }
            }
        }
    }

    /// The pairs in the order of the second list, with those of it that have no partner.
    pub(super) fn after(&self) -> impl Iterator<Item = (Option<usize>, usize)> {
        self.of_after.iter().enumerate().map(|(after, before)| (*before, after))
    }

    /// What of the first list has no partner.
    pub(super) fn dropped(&self) -> impl Iterator<Item = usize> {
        free(&self.of_before)
    }

    /// What of the second list has no partner.
    pub(super) fn added(&self) -> impl Iterator<Item = usize> {
        free(&self.of_after)
    }
}

fn free(partners: &[Option<usize>]) -> impl Iterator<Item = usize> {
    partners.iter().enumerate().filter(|(_, partner)| partner.is_none()).map(|(index, _)| index)
}
