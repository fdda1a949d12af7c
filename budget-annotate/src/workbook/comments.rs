//! The comments of a sheet with more of them.

use std::collections::{BTreeMap, HashMap};

use super::markup::{Edits, Tag, TagKind, tags, text};
use super::package::broken;
use super::sheet::{Cell, name, position};
use crate::error::Kind;
use crate::note::AUTHOR;

/// Comments as they are after some were added.
pub(crate) struct Comments {
    pub(crate) markup: String,
    /// The cells that had none before.
    pub(crate) new: Vec<Cell>,
}

/// A part without comments, in a namespace.
pub(crate) fn empty(namespace: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{namespace}\"><authors/><commentList/></comments>"
    )
}

/// Where the text of a comment ends.
#[derive(Default)]
struct Known<'m> {
    /// The end of its last piece of text.
    piece: Option<Tag<'m>>,
    whole: Option<Tag<'m>>,
}

/// Adds comments to a part. What a cell says already is kept, and what is new stands below it.
pub(crate) fn with_more(markup: &str, part: &str, more: &BTreeMap<Cell, String>) -> Result<Comments, Kind> {
    let (mut authors, mut list, mut prefix) = (None, None, "");
    let mut count_of_authors = 0_usize;
    let mut known: HashMap<Cell, Known<'_>> = HashMap::new();
    let mut current = None;
    for tag in tags(markup) {
        let tag = tag.ok_or_else(|| broken(part))?;
        match (tag.depth, tag.local()) {
            (1, _) => prefix = tag.prefix(),
            (2, "authors") if tag.kind != TagKind::Open => authors = Some(tag),
            (2, "commentList") if tag.kind != TagKind::Open => list = Some(tag),
            (3, "author") if tag.kind != TagKind::Open => count_of_authors += 1,
            (3, "comment") if tag.is_open() => {
                current = tag.attribute("ref").and_then(|cell| position(&cell));
                known.extend(current.map(|cell| (cell, Known::default())));
            }
            (depth, local) => {
                if let Some(known) = current.and_then(|cell| known.get_mut(&cell)) {
                    match (depth, local) {
                        (4, "text") if tag.kind != TagKind::Open => known.whole = Some(tag),
                        (5 | 6, "t") if tag.kind == TagKind::Close => known.piece = Some(tag),
                        _ => {}
                    }
                }
            }
        }
    }
    let (Some(authors), Some(list)) = (authors, list) else { return Err(broken(part)) };
    let mut edits = Edits::default();
    let (mut written, mut new) = (String::new(), Vec::new());
    for (cell, note) in more {
        let run =
            |note: &str| format!("<{prefix}r><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}r>", text(note));
        match known.get(cell) {
            Some(Known { piece: Some(piece), .. }) => edits.insert(piece.span.start, text(&format!("\n\n{note}"))),
            Some(Known { whole: Some(whole), .. }) => edits.append(whole, &run(note)),
            // A comment without a text.
            Some(_) => {}
            None => {
                written += &format!(
                    "<{prefix}comment ref=\"{}\" authorId=\"{count_of_authors}\"><{prefix}text>{}</{prefix}text></{prefix}comment>",
                    name(*cell),
                    run(note)
                );
                new.push(*cell);
            }
        }
    }
    if !new.is_empty() {
        edits.append(&authors, &format!("<{prefix}author>{AUTHOR}</{prefix}author>"));
        edits.append(&list, &written);
    }
    Ok(Comments { markup: edits.apply(markup), new })
}
