//! Changing markup in few places: the tags are found, and everything between them stays as it is.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::{escape, unescape};
use quick_xml::events::Event;

/// A tag as it stands in the markup.
#[derive(Clone, Debug)]
pub(crate) struct Tag<'m> {
    pub(crate) kind: TagKind,
    /// The name with its prefix.
    pub(crate) name: &'m str,
    pub(crate) text: &'m str,
    pub(crate) span: Range<usize>,
    /// How many elements it stands in, with its own.
    pub(crate) depth: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TagKind {
    Open,
    Empty,
    Close,
}

/// All tags of some markup; none if it is no markup.
pub(crate) fn tags(markup: &str) -> impl Iterator<Item = Option<Tag<'_>>> {
    // Where the reader passes over a mark at the beginning, positions would be told from behind it.
    let shift = if markup.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let markup_behind = markup.get(shift..).unwrap_or_default();
    let mut reader = Reader::from_str(markup_behind);
    let mut depth = 0_usize;
    let mut has_ended = false;
    std::iter::from_fn(move || {
        while !has_ended {
            let start = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let event = reader.read_event();
            let end = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let kind = match event {
                Ok(Event::Start(_)) => TagKind::Open,
                Ok(Event::Empty(_)) => TagKind::Empty,
                Ok(Event::End(_)) => TagKind::Close,
                Ok(Event::Eof) => break,
                Ok(_) => continue,
                Err(_) => {
                    has_ended = true;
                    return Some(None);
                }
            };
            if kind != TagKind::Close {
                depth += 1;
            }
            let span = start + shift..end + shift;
            let text = markup_behind.get(start..end);
            let tag = text.and_then(|text| Some(Tag { kind, name: name_of(text)?, text, span, depth }));
            if kind != TagKind::Open {
                depth = depth.saturating_sub(1);
            }
            return Some(tag);
        }
        None
    })
}

fn name_of(tag: &str) -> Option<&str> {
    let name = tag.trim_start_matches(['<', '/']);
    name.get(..name.find(|character: char| character.is_ascii_whitespace() || matches!(character, '/' | '>'))?)
}

impl<'m> Tag<'m> {
    /// The name without its prefix.
    pub(crate) fn local(&self) -> &'m str {
        self.name.rsplit_once(':').map_or(self.name, |(_, local)| local)
    }

    /// The prefix of the name with its colon, or nothing.
    pub(crate) fn prefix(&self) -> &'m str {
        self.name.get(..self.name.len() - self.local().len()).unwrap_or_default()
    }

    pub(crate) fn is_open(&self) -> bool {
        self.kind != TagKind::Close
    }

    /// An attribute by its name without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let value = self.attributes().find(|(key, _)| key.rsplit(':').next() == Some(name))?.1;
        unescape(self.text.get(value)?).ok().map(|value| value.into_owned())
    }

    /// The tag with an attribute, in the place of that of the same name or behind the name.
    pub(crate) fn with_attribute(&self, name: &str, value: &str) -> String {
        let found = self.attributes().find(|(key, _)| *key == name).map(|(_, span)| span);
        let (span, written) = match found {
            Some(span) => (span, value.to_owned()),
            None => {
                let behind = self.text.len() - self.text.trim_start_matches(['<', '/']).len() + self.name.len();
                (behind..behind, format!(" {name}=\"{value}\""))
            }
        };
        let mut edits = Edits::default();
        edits.replace(span, written);
        edits.apply(self.text)
    }

    /// Names of the attributes, and where in the tag their values stand.
    fn attributes(&self) -> impl Iterator<Item = (&'m str, Range<usize>)> + '_ {
        let text = self.text;
        let mut at = text.find(self.name).unwrap_or(0) + self.name.len();
        std::iter::from_fn(move || {
            let equals = at + text.get(at..)?.find('=')?;
            let name = text.get(at..equals)?.trim();
            let quote = equals + text.get(equals..)?.find(['"', '\''])?;
            let mark = text.get(quote..quote + 1)?;
            let end = quote + 1 + text.get(quote + 1..)?.find(mark)?;
            at = end + 1;
            Some((name, quote + 1..end))
        })
    }
}

/// Changes of a text, from its beginning to its end.
#[derive(Debug, Default)]
pub(crate) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    pub(crate) fn replace(&mut self, span: Range<usize>, text: String) {
        self.0.push((span, text));
    }

    pub(crate) fn insert(&mut self, at: usize, text: String) {
        self.replace(at..at, text);
    }

    /// The text with its changes.
    pub(crate) fn apply(mut self, text: &str) -> String {
        self.0.sort_by_key(|(span, _)| span.start);
        let mut changed = String::with_capacity(text.len() + self.0.iter().map(|(_, text)| text.len()).sum::<usize>());
        let mut at = 0;
        for (span, written) in &self.0 {
            changed.push_str(text.get(at..span.start).unwrap_or_default());
            changed.push_str(written);
            at = span.end;
        }
        changed.push_str(text.get(at..).unwrap_or_default());
        changed
    }

    /// Puts something into an element behind what is in it. `close` is its end, or the whole element where it is empty.
    pub(crate) fn append(&mut self, close: &Tag<'_>, what: &str) {
        match close.kind {
            TagKind::Empty => {
                let open = close.text.trim_end_matches('>').trim_end_matches('/');
                self.replace(close.span.clone(), format!("{open}>{what}</{}>", close.name));
            }
            _ => self.insert(close.span.start, what.to_owned()),
        }
    }
}

/// A text between tags, without the characters that markup cannot have.
pub(crate) fn text(text: &str) -> String {
    let is_allowed = |character: &char| !character.is_control() || matches!(character, '\n' | '\t');
    let allowed: String = text
        .chars()
        .filter(|character| is_allowed(character) && !matches!(character, '\u{FFFE}' | '\u{FFFF}'))
        .collect();
    escape(&allowed).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_where_they_stand_and_changed_in_one_place() {
        let markup =
            "\u{FEFF}<?xml version='1.0'?><x:a q:r = 'B&lt;' s='3'><!-- <c/> --><c />文&amp;<![CDATA[<d>]]></x:a>";
        let found: Vec<Tag<'_>> = tags(markup).flatten().collect();
        assert!(found.iter().all(|tag| markup.get(tag.span.clone()) == Some(tag.text)));
        assert_eq!(
            found.iter().map(|tag| (tag.name, tag.depth)).collect::<Vec<_>>(),
            [("x:a", 1), ("c", 2), ("x:a", 1)]
        );
        let [open, empty, close] = found.as_slice() else { unreachable!() };
        assert_eq!((open.attribute("r").as_deref(), open.prefix(), open.local()), (Some("B<"), "x:", "a"));
        assert_eq!(open.with_attribute("s", "4"), "<x:a q:r = 'B&lt;' s='4'>");
        assert_eq!(empty.with_attribute("s", "4"), "<c s=\"4\" />");
        let mut edits = Edits::default();
        edits.append(close, "<e/>");
        edits.append(empty, "7");
        let changed = markup.replace("<c />", "<c >7</c>").replace("</x:a>", "<e/></x:a>");
        assert_eq!(edits.apply(markup), changed);
    }

    #[test]
    fn what_is_no_markup_is_said_to_be_none() {
        assert!(tags("<a></b>").any(|tag| tag.is_none()));
        assert!(tags("<a").any(|tag| tag.is_none()));
    }
}
