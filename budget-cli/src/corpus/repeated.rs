//! Disclosures that stand in several files of a run: tables in one and text in another, or one document in two forms.
//!
//! Each file stays a document of its own. What is in both would count twice, and what is in one is missing from the other, which is
//! for people to know and not for a program to settle.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use budget_model::{Disclosure, Scope, Stage};

use crate::messages;
use crate::screen::{Screen, printable};
use crate::years::volume;

/// Most of them that are said one by one.
const MOST_SAID: usize = 20;

/// What a document has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Has {
    Tables,
    Text,
    Both,
}

/// A file of a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Held {
    name: String,
    has: Has,
    scope: Scope,
}

/// The documents of a run by entity, year and stage. Nothing else is kept of them.
#[derive(Default)]
pub(super) struct Repeated(Mutex<BTreeMap<(String, u16, Stage), Vec<Held>>>);

impl Repeated {
    /// Adds a document. One that does not say whose it is and of which year is part of no other.
    pub(super) fn add(&self, name: &str, disclosure: &Disclosure) {
        let Some(((entity, stage, scope), year)) = volume(disclosure) else { return };
        let has_tables = !disclosure.tables.is_empty() || !disclosure.performance.is_empty();
        // Headings and notes stand among tables, too.
        let has = match (has_tables, disclosure.facts.is_empty()) {
            (true, true) => Has::Tables,
            (false, _) => Has::Text,
            (true, false) => Has::Both,
        };
        // Nothing is half done where a worker ended.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry((entity, year, stage)).or_default().push(Held { name: name.to_owned(), has, scope });
    }

    /// Says which documents stand in several files, in the order of their entities and years.
    pub(super) fn say(&self, screen: &mut Screen) {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut repeated = known.iter().flat_map(|((entity, year, _), files)| {
            of_one(files).into_iter().map(move |files| (entity.as_str(), *year, files))
        });
        for (entity, year, files) in repeated.by_ref().take(MOST_SAID) {
            let has = |wanted: Has| files.iter().any(|file| file.has == wanted);
            let are_parts = has(Has::Tables) && has(Has::Text) && !has(Has::Both);
            let message = if are_parts { messages::PARTS_OF_ONE } else { messages::FORMS_OF_ONE };
            let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
            let names = names.join(messages::COMMA.text(screen.language));
            let message = screen.say(message, &[&names, &printable(entity), &year]);
            screen.remark(&message);
        }
        let rest = repeated.count();
        if rest > 0 {
            let message = screen.say(messages::MORE_OF_ONE, &[&rest]);
            screen.remark(&message);
        }
    }
}

/// The files that are of one document, where there are several. The tables of a department and of a unit with its name are two
/// documents; of which of them a text is that stands alone is not known.
fn of_one(files: &[Held]) -> Vec<Vec<&Held>> {
    let tables = |scope: Scope| files.iter().filter(move |file| file.has != Has::Text && file.scope == scope);
    let texts = files.iter().filter(|file| file.has == Has::Text);
    let of_scopes: Vec<Vec<&Held>> = Scope::ALL
        .into_iter()
        .map(|scope| tables(scope).collect())
        .filter(|files: &Vec<_>| !files.is_empty())
        .collect();
    let mut groups = match of_scopes.len() {
        0 => vec![texts.collect()],
        1 => of_scopes.into_iter().map(|files| files.into_iter().chain(texts.clone()).collect()).collect(),
        _ => of_scopes,
    };
    groups.retain(|files: &Vec<_>| files.len() > 1);
    groups.iter_mut().for_each(|files| files.sort());
    groups
}
