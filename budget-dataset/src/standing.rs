//! Which documents count: one of an entity, year, stage and scope for its figures, and one for its words.
//!
//! What else there is of it is another version, the same under another spelling, or a copy; it stays in the set, and views
//! leave it out.

use std::collections::HashMap;

use crate::entities::Entities;
use crate::manifest::Document;

/// What documents of one disclosure have in common.
type Group = (String, u16, String, String);

/// The documents of a set by what they disclose. Nothing else is kept of them.
#[derive(Default)]
pub(crate) struct Standings {
    groups: HashMap<Group, Best>,
    /// How many documents of each content there were so far.
    copies: HashMap<u64, u32>,
    next: u32,
}

#[derive(Default)]
struct Best {
    figures: Option<Candidate>,
    words: Option<Candidate>,
    versions: u32,
}

/// A document that may count; the greatest does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    /// A later run has the later version.
    run: u32,
    has_both: bool,
    certain: u64,
    /// Of equals the first.
    earlier: std::cmp::Reverse<u32>,
}

/// How a document stands in the set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Its key in the set: that of its content, with a number behind it if it is a copy.
    pub(crate) key: String,
    pub(crate) duplicate_of: Option<String>,
    pub(crate) counted_as: Option<String>,
    pub(crate) version_count: u32,
    pub(crate) counts_figures: bool,
    pub(crate) counts_words: bool,
    pub(crate) set_aside: Option<&'static str>,
}

/// Why a document does not count.
pub(crate) const SET_ASIDE: [&str; 4] = ["same-content", "other-version", "other-spelling", "no-entity-or-year"];

/// Keys of contents as numbers: 8 bytes a document, however many there are.
pub(crate) fn content(key: &str) -> u64 {
    u64::from_str_radix(key.trim_start_matches('d'), 16).unwrap_or_else(|_| {
        // A key of another making.
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        hasher.finish()
    })
}

fn group(document: &Document, entities: &Entities) -> Option<Group> {
    let entity = entities.counted_as(document.entity_id.as_deref()?);
    Some((entity.to_owned(), document.year?, document.stage.clone(), document.scope.clone()))
}

impl Standings {
    /// Adds a document, in the order in which they are [asked for](Self::standings).
    pub(crate) fn add(&mut self, document: &Document, entities: &Entities) {
        let number = self.next;
        self.next += 1;
        let copies = self.copies.entry(content(&document.key)).or_default();
        *copies += 1;
        if *copies > 1 {
            return;
        }
        let Some(group) = group(document, entities) else { return };
        let best = self.groups.entry(group).or_default();
        best.versions += 1;
        let candidate = Candidate {
            run: document.run,
            has_both: document.has_figures() && document.has_words(),
            certain: document.figures_certain,
            earlier: std::cmp::Reverse(number),
        };
        if document.has_figures() {
            best.figures = best.figures.max(Some(candidate));
        }
        if document.has_words() {
            best.words = best.words.max(Some(candidate));
        }
    }

    /// How documents stand, which are asked for in the order in which they were added.
    pub(crate) fn standings<'a>(&'a self, entities: &'a Entities) -> impl FnMut(&Document) -> Standing + 'a {
        let mut number = 0;
        let mut seen: HashMap<u64, u32> = HashMap::new();
        move |document| {
            let this = std::cmp::Reverse(number);
            number += 1;
            let copy = seen.entry(content(&document.key)).or_default();
            *copy += 1;
            let group = group(document, entities);
            let best = group.as_ref().and_then(|group| self.groups.get(group));
            let is = |candidate: Option<Candidate>| candidate.is_some_and(|candidate| candidate.earlier == this);
            let (counts_figures, counts_words) =
                (best.is_some_and(|best| is(best.figures)), best.is_some_and(|best| is(best.words)));
            let counted_as = group.map(|(entity, ..)| entity);
            let set_aside = match () {
                () if *copy > 1 => Some("same-content"),
                () if counts_figures || counts_words => None,
                () if counted_as.is_none() => Some("no-entity-or-year"),
                () if counted_as != document.entity_id => Some("other-spelling"),
                () => Some("other-version"),
            };
            Standing {
                key: if *copy > 1 { format!("{}-{copy}", document.key) } else { document.key.clone() },
                duplicate_of: (*copy > 1).then(|| document.key.clone()),
                counted_as,
                version_count: best.map_or(0, |best| best.versions),
                counts_figures,
                counts_words,
                set_aside,
            }
        }
    }
}
