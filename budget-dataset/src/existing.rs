//! The set that is in a folder already, as its manifest knows it.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use crate::error::{DatasetError, Kind};
use crate::folder::Folder;
use crate::manifest::{self, DataFile, Line, Reader, Run, Set};
use crate::standing::content;

/// What a manifest says of the set that is there.
#[derive(Default)]
pub(crate) struct Existing {
    pub(crate) set: Option<Set>,
    pub(crate) runs: Vec<Run>,
    pub(crate) files: Vec<DataFile>,
    pub(crate) contents: HashMap<u64, Arc<str>>,
    pub(crate) known: HashSet<u64>,
}

impl Existing {
    /// Reads the manifest of a set of this version.
    pub(crate) fn read(folder: &Folder) -> Result<Self, DatasetError> {
        let path = folder.path(manifest::NAME);
        let mut old = Self::default();
        let mut names: HashSet<Arc<str>> = HashSet::new();
        for line in Reader::open(&path)? {
            match line? {
                Line::Set(set) if set.version != manifest::VERSION => {
                    let (found, known) = (set.version, manifest::VERSION);
                    return Err(Kind::OtherVersion { found, known }.into());
                }
                Line::Set(set) => old.set = Some(set),
                Line::Run(run) => old.runs.push(run),
                Line::File(file) => old.files.push(file),
                Line::Document(document) => {
                    let part: Arc<str> = document.part.as_str().into();
                    let part = names.get(&part).cloned().unwrap_or(part);
                    names.insert(Arc::clone(&part));
                    old.contents.entry(content(&document.key)).or_insert(part);
                    old.known.insert(file_id(&document.path, &document.key));
                }
                Line::Failure(_) => {}
            }
        }
        Ok(old)
    }

    pub(crate) fn files_of_set(self) -> Vec<String> {
        self.files.into_iter().map(|file| file.path).chain([manifest::NAME.to_owned()]).collect()
    }
}

/// A file by its path and content, as a number: some bytes a file, however many there are.
pub(crate) fn file_id(path: &str, key: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    (path, key).hash(&mut hasher);
    hasher.finish()
}

/// The format of the set in a folder, by its name: `parquet`. `None` if there is no set.
#[must_use]
pub fn format_of(folder: &Path) -> Option<String> {
    let mut lines = Reader::open(&folder.join(manifest::NAME)).ok()?;
    match lines.next()?.ok()? {
        Line::Set(set) => Some(set.format),
        _ => None,
    }
}
