//! The parts of a workbook. Those that are not changed are copied as they are packed.

use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::error::Kind;

/// Bytes that the parts that are read may unpack to.
const MOST: u64 = 256 << 20;

/// A package that is being changed.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// By name in lower case, with strokes as in an address.
    names: HashMap<String, usize>,
    changed: BTreeMap<usize, String>,
    added: Vec<(String, String)>,
    room: u64,
}

/// The error for a part that cannot be followed.
pub(crate) fn broken(part: &str) -> Kind {
    Kind::Part { part: part.to_owned(), source: None }
}

fn unread(part: &str) -> impl Fn(ZipError) -> Kind {
    move |error| Kind::Part { part: part.to_owned(), source: Some(error.into()) }
}

fn key(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}

impl<'a> Package<'a> {
    pub(crate) fn open(content: &'a [u8]) -> Result<Self, Kind> {
        let mut archive = ZipArchive::new(Cursor::new(content)).map_err(unread("the archive"))?;
        let (mut names, mut packed) = (HashMap::new(), 0_u64);
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(unread("the archive"))?;
            if entry.encrypted() {
                return Err(Kind::Encrypted);
            }
            packed = packed.saturating_add(entry.compressed_size());
            if let Ok(name) = entry.name() {
                names.entry(key(&name)).or_insert(index);
            }
        }
        // Entries may share their bytes, and would each be copied.
        if packed > content.len() as u64 {
            return Err(broken("the archive"));
        }
        Ok(Self { archive, names, changed: BTreeMap::new(), added: Vec::new(), room: MOST })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.contains_key(&key(name)) || self.added.iter().any(|(added, _)| key(added) == key(name))
    }

    /// Whether a part stands in some folder.
    pub(crate) fn has_below(&self, folder: &str) -> bool {
        self.names.keys().any(|name| name.starts_with(folder))
    }

    /// A part as text, if it is there.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, Kind> {
        let Some(index) = self.names.get(&key(name)).copied() else { return Ok(None) };
        let entry = self.archive.by_index(index).map_err(unread(name))?;
        let mut bytes = Vec::new();
        let read = entry.take(self.room.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|error| unread(name)(ZipError::Io(error)))?;
        self.room = self.room.checked_sub(bytes.len() as u64).ok_or(Kind::TooLarge("its sheets unpack to too much"))?;
        String::from_utf8(bytes).map(Some).map_err(|_| broken(name))
    }

    /// Gives a part another content; one that is not there is added.
    pub(crate) fn set(&mut self, name: &str, text: String) {
        match self.names.get(&key(name)) {
            Some(index) => drop(self.changed.insert(*index, text)),
            None => self.added.push((name.trim_start_matches('/').to_owned(), text)),
        }
    }

    /// A name that no part has: the first of `before` + number + `behind`.
    pub(crate) fn free_name(&self, before: &str, behind: &str) -> String {
        let names = (1_u32..).map(|number| format!("{before}{number}{behind}"));
        names.into_iter().find(|name| !self.has(name)).unwrap_or_default()
    }

    /// The archive.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, Kind> {
        let failed = unread("the archive");
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        // Nothing depends on the clock.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        for index in 0..self.archive.len() {
            let entry = self.archive.by_index_raw(index).map_err(&failed)?;
            match self.changed.get(&index) {
                None => writer.raw_copy_file(entry).map_err(&failed)?,
                Some(text) => {
                    let name = entry.name().map_err(&failed)?.into_owned();
                    writer.start_file(name, options).map_err(&failed)?;
                    writer.write_all(text.as_bytes()).map_err(|error| failed(ZipError::Io(error)))?;
                }
            }
        }
        for (name, text) in &self.added {
            writer.start_file(name.as_str(), options).map_err(&failed)?;
            writer.write_all(text.as_bytes()).map_err(|error| failed(ZipError::Io(error)))?;
        }
        Ok(writer.finish().map_err(&failed)?.into_inner())
    }
}
