//! What the document states: its amounts of money by what they are figures of.

use std::ops::Range;

use crate::figure::FigureId;
use crate::key::Key;

/// Figures with equal keys, side by side.
#[derive(Clone, Debug, Default)]
pub struct Statements {
    groups: Vec<Group>,
    figures: Vec<FigureId>,
}

#[derive(Clone, Debug)]
struct Group {
    packed: u64,
    key: Key,
    figures: Range<usize>,
}

impl Statements {
    pub(crate) fn new(stated: impl Iterator<Item = (Key, FigureId)>) -> Self {
        let mut stated: Vec<_> = stated.map(|(key, figure)| (key.packed(), figure, key)).collect();
        stated.sort_unstable_by_key(|(packed, figure, _)| (*packed, *figure));
        let mut groups = Vec::new();
        let mut end = 0;
        for group in stated.chunk_by(|a, b| a.0 == b.0) {
            let start = end;
            end += group.len();
            groups.extend(group.first().map(|(packed, _, key)| Group {
                packed: *packed,
                key: *key,
                figures: start..end,
            }));
        }
        Self { groups, figures: stated.into_iter().map(|(_, figure, _)| figure).collect() }
    }

    /// The figures of one key, in the order of the document; none if nothing states it.
    #[must_use]
    pub fn get(&self, key: Key) -> &[FigureId] {
        let group = self.groups.binary_search_by_key(&key.packed(), |group| group.packed).ok();
        group.and_then(|group| self.groups.get(group)).map_or(&[], |group| self.figures_of(group))
    }

    /// Every key with its figures.
    pub fn iter(&self) -> impl Iterator<Item = (Key, &[FigureId])> {
        self.groups.iter().map(|group| (group.key, self.figures_of(group)))
    }

    fn figures_of(&self, group: &Group) -> &[FigureId] {
        self.figures.get(group.figures.clone()).unwrap_or_default()
    }
}
