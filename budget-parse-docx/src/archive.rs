//! The parts of a document: a ZIP archive, of which only what is read is unpacked, within a limit.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use budget_document::{Limits, ReadError, ReadErrorKind};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::markup::{self, Bounds, Element, Step, Visitor};

/// An archive, and how much may still be unpacked of it.
pub(crate) struct Archive<'c> {
    zip: ZipArchive<Cursor<&'c [u8]>>,
    /// By name in lower case.
    parts: HashMap<String, usize>,
    left: u64,
    most: u64,
}

/// What a part refers to.
pub(crate) struct Relation {
    /// The last word of its type, in lower case: `officedocument`, `styles`.
    pub(crate) kind: String,
    /// The part, by its name in lower case.
    pub(crate) part: String,
}

impl<'c> Archive<'c> {
    pub(crate) fn open(content: &'c [u8], limits: &Limits) -> Result<Self, ReadError> {
        let mut zip = ZipArchive::new(Cursor::new(content)).map_err(damaged)?;
        let mut parts = HashMap::new();
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(damaged)?;
            if let Ok(name) = entry.name() {
                // Of two parts with the same name the first counts.
                parts.entry(part_name(&name)).or_insert(index);
            }
        }
        Ok(Self { zip, parts, left: limits.unpacked_bytes, most: limits.unpacked_bytes })
    }

    /// A part as text, by its name in lower case; `None` if there is none.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let Some(index) = self.parts.get(name) else { return Ok(None) };
        let entry = self.zip.by_index(*index).map_err(damaged)?;
        let mut bytes = Vec::new();
        // The size that an archive declares may lie, so unpacking stops at the limit; reading to the end compares the checksum.
        entry
            .take(self.left.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(ZipError::Io(error)))?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or_else(|| {
            let limit = format!("Word document of more than {} bytes unpacked", self.most);
            ReadError::new(ReadErrorKind::TooLarge(limit))
        })?;
        decoded(bytes).map(Some).ok_or_else(|| {
            ReadError::new(ReadErrorKind::Malformed("its text is neither UTF-8 nor UTF-16".to_owned())).at(name)
        })
    }

    /// What a part refers to; the empty name stands for the whole archive.
    pub(crate) fn relations(&mut self, part: &str, bounds: &Bounds) -> Result<Vec<Relation>, ReadError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = part_name(&format!("{folder}/_rels/{file}.rels"));
        let mut relations = Relations { folder, found: Vec::new() };
        if let Some(text) = self.text(&name)? {
            markup::walk(&text, &name, bounds, &mut relations)?;
        }
        Ok(relations.found)
    }
}

struct Relations<'f> {
    folder: &'f str,
    found: Vec<Relation>,
}

impl Visitor for Relations<'_> {
    fn begin(&mut self, element: &Element<'_>) -> Result<Step, ReadError> {
        let is_inside = |mode: Option<String>| !mode.is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
        if element.name == "Relationship"
            && let (Some(kind), Some(target)) = (element.attribute("Type"), element.attribute("Target"))
            && is_inside(element.attribute("TargetMode"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_lowercase();
            self.found.push(Relation { kind, part: resolved(self.folder, &target) });
        }
        Ok(Step::Into)
    }
}

/// `../media/a.xml`, seen from `word/sub`, is `word/media/a.xml`.
fn resolved(mut folder: &str, target: &str) -> String {
    let mut target = target.trim_start_matches("./");
    while let Some(above) = target.strip_prefix("../") {
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        target = above;
    }
    if target.starts_with('/') { part_name(target) } else { part_name(&format!("{folder}/{target}")) }
}

/// Names are compared without case, and some programs write backslashes.
fn part_name(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// The text of a part, which is UTF-8, or UTF-16 with its mark.
fn decoded(bytes: Vec<u8>) -> Option<String> {
    let wide = |unit: fn([u8; 2]) -> u16, bytes: &[u8]| {
        let units = bytes.chunks_exact(2).filter_map(|pair| Some(unit(pair.try_into().ok()?)));
        char::decode_utf16(units).collect::<Result<String, _>>().ok()
    };
    match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => wide(u16::from_le_bytes, rest),
        [0xFE, 0xFF, rest @ ..] => wide(u16::from_be_bytes, rest),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        _ => String::from_utf8(bytes).ok(),
    }
}

fn damaged(error: ZipError) -> ReadError {
    let kind = match &error {
        ZipError::UnsupportedArchive(what) if what.contains("assword") => ReadErrorKind::Encrypted,
        _ => ReadErrorKind::Malformed("the Word document is incomplete or broken; get the file again".to_owned()),
    };
    ReadError::new(kind).caused_by(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_seen_from_the_folder_of_its_part() {
        assert_eq!(resolved("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolved("word/sub", "../Media/a.xml"), "word/media/a.xml");
        assert_eq!(resolved("", "word\\document.xml"), "word/document.xml");
        assert_eq!(resolved("word", "/Other/b.xml"), "other/b.xml");
        assert_eq!(resolved("word", "../../../c.xml"), "c.xml");
    }

    #[test]
    fn a_part_in_utf_16_is_read() {
        let bytes = |mark: [u8; 2], unit: fn(u16) -> [u8; 2]| {
            mark.into_iter().chain("收入".encode_utf16().flat_map(unit)).collect::<Vec<u8>>()
        };
        assert_eq!(decoded(bytes([0xFF, 0xFE], u16::to_le_bytes)).as_deref(), Some("收入"));
        assert_eq!(decoded(bytes([0xFE, 0xFF], u16::to_be_bytes)).as_deref(), Some("收入"));
        assert_eq!(decoded(vec![0xB1, 0xED]), None);
    }
}
