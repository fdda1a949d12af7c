//! ZIP archives, unpacked within a limit before anything else looks at them.

use std::collections::HashSet;
use std::io::{Cursor, Read};

use budget_document::{Limits, ReadError, ReadErrorKind};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::stored::{Parts, Stored};

/// The parts of a workbook, unpacked.
pub(crate) struct Archive {
    /// The parts as an archive without compression.
    stored: Vec<u8>,
    /// By name in lower case.
    parts: Parts,
}

impl Archive {
    /// Unpacks the parts that a workbook is read from: no pictures, no macros.
    ///
    /// The sizes that the archive declares are checked first, and since they may lie, unpacking stops at the limit too.
    pub(crate) fn unpack(content: &[u8], limits: &Limits) -> Result<Self, ReadError> {
        let mut archive = ZipArchive::new(Cursor::new(content)).map_err(damaged)?;
        let too_large = || {
            let limit = format!("workbook of more than {} bytes unpacked", limits.unpacked_bytes);
            ReadError::new(ReadErrorKind::TooLarge(limit))
        };
        let mut wanted: Vec<(usize, String)> = Vec::new();
        let mut declared: u64 = 0;
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(damaged)?;
            let Ok(name) = entry.name().map(|name| part_name(&name)) else { continue };
            if entry.is_file() && is_read(&name) {
                if entry.encrypted() {
                    return Err(ReadError::new(ReadErrorKind::Encrypted));
                }
                declared = declared.saturating_add(entry.size());
                wanted.push((index, name));
            }
        }
        if declared > limits.unpacked_bytes {
            return Err(too_large());
        }
        let mut left = limits.unpacked_bytes;
        let mut stored = Stored::with_capacity(usize::try_from(declared).unwrap_or(0));
        // Of two parts with the same name the first counts.
        let mut names = HashSet::new();
        wanted.retain(|(_, name)| names.insert(name.clone()));
        for (index, name) in wanted {
            let entry = archive.by_index(index).map_err(damaged)?;
            let checksum = entry.crc32();
            let content = stored.begin(&name);
            // Reading to the end compares the checksum.
            entry.take(left.saturating_add(1)).read_to_end(content).map_err(|error| damaged(ZipError::Io(error)))?;
            let part = stored.end(name, checksum).ok_or_else(too_large)?;
            left = left.checked_sub(part.len() as u64).ok_or_else(too_large)?;
        }
        let (stored, parts) = stored.finish().ok_or_else(too_large)?;
        Ok(Self { stored, parts })
    }

    /// A part by its name in lower case.
    pub(crate) fn part(&self, name: &str) -> Option<&[u8]> {
        self.stored.get(self.parts.get(name)?.clone())
    }

    /// The names of all parts.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.keys().map(String::as_str)
    }

    /// A part as text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let part = self.part(name)?;
        std::str::from_utf8(part.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(part)).ok()
    }

    /// The same parts as an archive without compression, for a library that unpacks without a limit.
    pub(crate) fn stored(&self) -> &[u8] {
        &self.stored
    }
}

/// Names are compared without case, and some programs write backslashes.
pub(crate) fn part_name(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}

fn is_read(name: &str) -> bool {
    const SKIPPED: &[&str] =
        &["xl/media/", "xl/drawings/", "xl/charts/", "xl/embeddings/", "xl/printersettings/", "xl/vbaproject.bin"];
    let is_markup = name == "mimetype" || [".xml", ".rels", ".bin"].iter().any(|end| name.ends_with(end));
    is_markup && !SKIPPED.iter().any(|skipped| name.starts_with(skipped))
}

/// The error for an archive that cannot be read.
pub(crate) fn damaged(error: ZipError) -> ReadError {
    let kind = match &error {
        ZipError::UnsupportedArchive(what) if what.contains("assword") => ReadErrorKind::Encrypted,
        _ => ReadErrorKind::Malformed(
            "the ZIP archive of the workbook is incomplete or broken; get the file again".to_owned(),
        ),
    };
    ReadError::new(kind).caused_by(error)
}
