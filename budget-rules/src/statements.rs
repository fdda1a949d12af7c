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
    packed: u128,
    key: Key,
    figures: Range<usize>,
}

impl Statements {
    pub(crate) fn new(stated: impl Iterator<Item = (Key, FigureId)>) -> Self {
        let mut keys = Vec::new();
        let mut sorted: Vec<(u128, u32, u32)> = Vec::new();
        for (key, FigureId(figure)) in stated {
            sorted.push((key.packed(), figure, keys.len() as u32));
            keys.push(key);
        }
        sorted.sort_unstable();
        let mut groups = Vec::new();
        let mut end = 0;
        for group in sorted.chunk_by(|(one, ..), (other, ..)| one == other) {
            let start = end;
            end += group.len();
            let first = group.first().and_then(|(.., position)| keys.get(*position as usize));
            groups.extend(first.map(|key| Group { packed: key.packed(), key: *key, figures: start..end }));
        }
        Self { groups, figures: sorted.into_iter().map(|(_, figure, _)| FigureId(figure)).collect() }
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
