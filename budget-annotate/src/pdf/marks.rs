//! Which places of which pages are marked, and for which annotation.

use std::collections::{BTreeMap, HashSet};

use budget_export::Annotation;
use budget_model::Place;

use super::view::Seen;

/// So many places of one annotation are marked.
const MOST_PLACES: usize = 100;

/// A place that is marked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    /// Index of the annotation.
    pub(crate) index: usize,
    pub(crate) seen: Seen,
    /// Whether it is the first place of the annotation, which carries the whole note.
    pub(crate) is_first: bool,
}

/// The marks of each page, in the order of the annotations.
pub(crate) fn by_page(annotations: &[Annotation]) -> BTreeMap<u32, Vec<Mark>> {
    let mut pages: BTreeMap<u32, Vec<Mark>> = BTreeMap::new();
    for (index, annotation) in annotations.iter().enumerate() {
        let mut known = HashSet::new();
        for place in &annotation.places {
            let Place::Page { page, top, left, bottom, right } = *place else { continue };
            let seen = Seen { left, top, right: right.max(left), bottom: bottom.max(top) };
            if known.len() < MOST_PLACES && known.insert((page, seen)) {
                pages.entry(page).or_default().push(Mark { index, seen, is_first: known.len() == 1 });
            }
        }
    }
    pages
}
