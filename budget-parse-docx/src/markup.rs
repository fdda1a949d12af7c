//! XML without recursion: elements are told to a visitor, with their namespace and never with their prefix.

use std::cell::Cell;

use budget_document::{Clock, Limits, ReadError, ReadErrorKind};
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

/// A namespace that matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// What a document is made of, of either edition (transitional, strict).
    Word,
    /// `AlternateContent`
    Compatibility,
    /// Formulas
    Math,
    /// All others: drawings, the lists of a package.
    Other,
}

/// The begin of an element.
pub(crate) struct Element<'e> {
    pub(crate) space: Space,
    /// Its name without prefix.
    pub(crate) name: &'e str,
    start: &'e BytesStart<'e>,
}

/// Whether the content of an element is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// It is, and its end will be told.
    Into,
    /// It is passed over, with its end.
    Over,
}

/// What is done with the elements of a part.
pub(crate) trait Visitor {
    fn begin(&mut self, element: &Element<'_>) -> Result<Step, ReadError>;
    fn text(&mut self, _text: &str) {}
    fn end(&mut self) -> Result<(), ReadError> {
        Ok(())
    }
}

/// The limits of a document and the clock that began with it.
pub(crate) struct Bounds {
    pub(crate) limits: Limits,
    clock: Clock,
    events: Cell<u32>,
}

impl Bounds {
    pub(crate) fn new(limits: &Limits) -> Self {
        /// How deep the XML library counts.
        const DEEPEST: usize = 60_000;
        Self { limits: limits.with_depth(limits.depth.min(DEEPEST)), clock: limits.clock(), events: Cell::new(0) }
    }

    fn check(&self, depth: usize) -> Result<(), ReadError> {
        self.limits.check_depth(depth)?;
        self.events.set(self.events.get().wrapping_add(1));
        // Now and then is enough.
        if self.events.get().is_multiple_of(1 << 14) { self.clock.check() } else { Ok(()) }
    }
}

impl Element<'_> {
    /// An attribute by its name without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let found = self.start.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
        unescape(&found.value).ok().map(|value| value.into_owned())
    }

    /// Its `val`.
    pub(crate) fn value(&self) -> Option<String> {
        self.attribute("val")
    }

    /// Its `val` as a number.
    pub(crate) fn number(&self) -> Option<u32> {
        self.value()?.trim().parse().ok()
    }

    /// Whether a property is on: `<w:vanish/>`, `<w:vanish w:val="1"/>`.
    pub(crate) fn is_on(&self) -> bool {
        !matches!(self.value().as_deref(), Some("0" | "false" | "off"))
    }
}

/// Tells a visitor the elements and texts of a part.
pub(crate) fn walk(markup: &str, part: &str, bounds: &Bounds, visitor: &mut impl Visitor) -> Result<(), ReadError> {
    let malformed = |what: &str| ReadError::new(ReadErrorKind::Malformed(what.to_owned())).at(part);
    let mut reader = NsReader::from_str(markup);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0_usize;
    // The depth of the element that is passed over.
    let mut over: Option<usize> = None;
    loop {
        let (space, event) =
            reader.read_resolved_event().map_err(|error| malformed("its XML is broken").caused_by(error))?;
        match event {
            Event::Start(start) => {
                depth += 1;
                bounds.check(depth)?;
                let name = start.local_name();
                let element = Element { space: space_of(&space), name: name.as_ref(), start: &start };
                if over.is_none() && visitor.begin(&element)? == Step::Over {
                    over = Some(depth);
                }
            }
            Event::End(_) => {
                match over {
                    None => visitor.end()?,
                    Some(at) if at == depth => over = None,
                    Some(_) => {}
                }
                depth = depth.saturating_sub(1);
            }
            Event::Text(text) if over.is_none() => visitor.text(&text.xml10_content()),
            Event::CData(text) if over.is_none() => visitor.text(&text.xml10_content()),
            Event::GeneralRef(entity) if over.is_none() => visitor.text(&entity_text(&entity)),
            // No part of a package may have one, and entities that it defines are what makes small files large.
            Event::DocType(_) => return Err(malformed("it has a document type definition")),
            Event::Eof if depth > 0 => return Err(malformed("its XML ends early")),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn space_of(space: &ResolveResult<'_>) -> Space {
    const SPACES: &[(&str, Space)] = &[
        ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", Space::Word),
        ("http://purl.oclc.org/ooxml/wordprocessingml/main", Space::Word),
        ("http://schemas.openxmlformats.org/markup-compatibility/2006", Space::Compatibility),
        ("http://schemas.openxmlformats.org/officeDocument/2006/math", Space::Math),
        ("http://purl.oclc.org/ooxml/officeDocument/math", Space::Math),
    ];
    let ResolveResult::Bound(Namespace(name)) = space else { return Space::Other };
    SPACES.iter().find(|(known, _)| known == name).map_or(Space::Other, |(_, space)| *space)
}

/// What an entity stands for; one that is not of XML itself stands for nothing.
fn entity_text(entity: &BytesRef<'_>) -> String {
    match resolve_xml_entity(entity.as_ref()) {
        Some(text) => text.to_owned(),
        None => entity.resolve_char_ref().ok().flatten().map(String::from).unwrap_or_default(),
    }
}
