//! Where an entity is: the division that its name begins with, or that the document names. A file name says nothing here.

use std::collections::HashMap;

use budget_document::Line;
use budget_model::{Disclosure, Place, Region};

use crate::lexicon::divisions::{self, Named};
use crate::text::squeeze;

/// Lines of the document that are looked through for places.
const MOST_LINES: usize = 20_000;
/// Lines of the cover.
const COVER: usize = 12;
/// Longer lines are sentences.
const LONGEST_TITLE: usize = 40;
/// A place that the text names fewer times says nothing of the entity.
const FEWEST: usize = 2;

/// The region of the entity of a document.
pub(crate) fn region(document: &Disclosure, lines: &[&Line<'_>]) -> Option<Region> {
    let entity = document.entity.as_ref();
    let named = entity.and_then(|entity| Some((divisions::in_name(&squeeze(&entity.text))?, entity.place)));
    // 云溪省云溪市 above the title, where the entity is 统计局
    let cover = || {
        let titles = lines.iter().take(COVER).map(|line| (squeeze(&line.text), line.place(0)));
        let titles = titles.filter(|(text, _)| text.chars().count() <= LONGEST_TITLE);
        titles
            .into_iter()
            .find_map(|(text, place)| Some((divisions::in_name(&text).filter(|named| !named.is_short)?, place)))
    };
    let found = named.clone().filter(|(named, _)| named.code.is_some() && !named.is_short);
    if let Some((named, place)) = found.or_else(cover).filter(|(named, _)| named.code.is_some()) {
        return Some(Region::new(named.name, named.code, false, place));
    }
    let counts = counts(document, lines);
    match named.or_else(cover) {
        Some((named, place)) if named.code.is_none() => Some(one_of(&named, place, &counts)),
        Some((named, place)) => Some(Region::new(named.name, named.code, true, place)),
        None => most(&counts),
    }
}

/// How often the document names each place, and where first.
fn counts(document: &Disclosure, lines: &[&Line<'_>]) -> HashMap<u32, (usize, Place)> {
    let mut counts: HashMap<u32, (usize, Place)> = HashMap::new();
    let mut add = |text: &str, place: Place| {
        for code in divisions::in_text(text).into_iter().filter_map(|named| named.code) {
            counts.entry(code).or_insert((0, place)).0 += 1;
        }
    };
    for line in lines.iter().take(MOST_LINES) {
        add(&squeeze(&line.text), line.place(0));
    }
    for label in document.tables.iter().filter_map(|table| table.compiler.as_ref()) {
        add(&label.text, label.place);
    }
    counts
}

/// One of several divisions of a name: that whose city or province the document names, if it names those of one only.
fn one_of(named: &Named, place: Place, counts: &HashMap<u32, (usize, Place)>) -> Region {
    let is_said = |code: &u32| counts.keys().any(|other| other != code && divisions::contains(*other, *code));
    let said: Vec<u32> = divisions::of_name(&named.name).into_iter().filter(is_said).collect();
    match said.as_slice() {
        [only] => Region::new(divisions::full_name(*only), Some(*only), true, place),
        _ => Region::new(named.name.clone(), None, true, place),
    }
}

/// The place that is named most, with the places within it; none if another is named as often.
fn most(counts: &HashMap<u32, (usize, Place)>) -> Option<Region> {
    let mut best: Vec<(usize, u32, Place)> =
        counts.iter().map(|(code, (count, place))| (*count, *code, *place)).collect();
    best.sort_unstable_by_key(|(count, code, _)| (std::cmp::Reverse(*count), *code));
    let (count, code, place) = *best.first()?;
    let is_tied = best.get(1).is_some_and(|(second, ..)| 2 * second > count);
    (count >= FEWEST && !is_tied).then(|| Region::new(divisions::full_name(code), Some(code), true, place))
}
