//! Disclosures that stand in several files of a run: tables in one and text in another, or one document in two forms.
//!
//! Each file stays a document of its own. What is in both would count twice, and what is in one is missing from the other, which is
//! for people to know and not for a program to settle.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use budget_model::{Disclosure, Holds, Scope, Stage};

use crate::messages;
use crate::screen::{Screen, printable};
use crate::years::volume;

/// Most of them that are said one by one.
const MOST_SAID: usize = 20;

/// A file of a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Held {
    name: String,
    holds: Holds,
    scope: Scope,
    /// The name of the entity as this file prints it, without white space.
    entity: String,
}

/// The documents of a run by the key of their entity, year and stage. Nothing else is kept of them.
#[derive(Default)]
pub(super) struct Repeated(Mutex<BTreeMap<(String, u16, Stage), Vec<Held>>>);

impl Repeated {
    /// Adds a document. One that does not say whose it is and of which year is part of no other.
    pub(super) fn add(&self, name: &str, disclosure: &Disclosure) {
        let Some(((entity, stage, scope), year)) = volume(disclosure) else { return };
        let printed = disclosure.entity.iter().flat_map(|label| label.text.chars());
        let held = Held {
            name: name.to_owned(),
            holds: disclosure.holds(),
            scope,
            entity: printed.filter(|c| !c.is_whitespace()).collect(),
        };
        // Nothing is half done where a worker ended.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry((entity, year, stage)).or_default().push(held);
    }

    /// Says which documents stand in several files, in the order of their entities and years.
    pub(super) fn say(&self, screen: &mut Screen) {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut repeated =
            known.iter().flat_map(|((_, year, _), files)| of_one(files).into_iter().map(move |files| (*year, files)));
        for (year, files) in repeated.by_ref().take(MOST_SAID) {
            let holds = |wanted: Holds| files.iter().any(|file| file.holds == wanted);
            let are_parts = holds(Holds::Tables) && holds(Holds::Words) && !holds(Holds::Both);
            let entity = files.first().map_or("", |file| file.entity.as_str());
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
    let tables = |scope: Scope| files.iter().filter(move |file| file.holds != Holds::Words && file.scope == scope);
    let texts = files.iter().filter(|file| file.holds == Holds::Words);
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
