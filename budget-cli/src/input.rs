//! The inputs of a run: files and the standard input.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use budget_export::DocumentInfo;
use budget_model::{Disclosure, Language};

use crate::args;
use crate::failure::Failure;
use crate::messages;
use crate::readers::Readers;
use crate::screen::{Screen, printable};

/// A disclosure that was read, and the names it goes by.
pub(crate) struct Document {
    /// Id, file name and checksum.
    pub(crate) info: DocumentInfo,
    /// The input as it was given.
    pub(crate) path: PathBuf,
    /// The same for messages.
    pub(crate) name: String,
    /// The bytes it was read from.
    pub(crate) content: Vec<u8>,
    /// What was read.
    pub(crate) disclosure: Disclosure,
}

/// The inputs of a run, read one by one.
pub(crate) struct Inputs<'a> {
    files: std::slice::Iter<'a, PathBuf>,
    readers: Readers,
    ids: Ids,
}

impl<'a> Inputs<'a> {
    /// Prepares the readers and layouts. `None` if a layout is unusable, which has then been said.
    pub(crate) fn new(arguments: &'a args::Input, screen: &mut Screen) -> Option<Self> {
        let readers = Readers::new(&arguments.layout, screen)?;
        Some(Self { files: arguments.files.iter(), readers, ids: Ids::default() })
    }

    /// The next document that can be read. Those before it that cannot be read have been said.
    pub(crate) fn next(&mut self, screen: &mut Screen) -> Option<Document> {
        loop {
            let path = self.files.next()?;
            let stem =
                if is_stdin(path) { "stdin".into() } else { path.file_stem().unwrap_or_default().to_string_lossy() };
            // Taken before reading, so that ids do not depend on which of the inputs are readable.
            let info = self.ids.unique(&stem, &path.file_name().unwrap_or_default().to_string_lossy());
            match self.readers.document(path, info) {
                Ok(document) => return Some(document),
                Err(failure) => say(&failure, path, screen),
            }
        }
    }

    /// Every document that can be read.
    pub(crate) fn all(mut self, screen: &mut Screen) -> Vec<Document> {
        std::iter::from_fn(|| self.next(screen)).collect()
    }

    /// The readers.
    pub(crate) fn readers(&self) -> &Readers {
        &self.readers
    }
}

/// A disclosure that is needed besides the inputs. `None` if it cannot be read, which has then been said.
pub(crate) fn companion(readers: &Readers, path: &Path, screen: &mut Screen) -> Option<Disclosure> {
    match readers.content(path).and_then(|content| readers.disclosure(path, &content)) {
        Ok(disclosure) => Some(disclosure),
        Err(failure) => {
            say(&failure, path, screen);
            None
        }
    }
}

/// Says why something about an input failed.
pub(crate) fn say(failure: &Failure, path: &Path, screen: &mut Screen) {
    let name = display_name(path, screen.language);
    let message = screen.say(messages::ABOUT_FILE, &[&name, &failure.text(screen.language)]);
    screen.error(failure.exit, &message);
}

/// Whether the path stands for the standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The input as it is shown.
pub(crate) fn display_name(path: &Path, language: Language) -> String {
    match is_stdin(path) {
        true => messages::STANDARD_INPUT.text(language).to_owned(),
        false => printable(&path.to_string_lossy()).into_owned(),
    }
}

/// Document ids: each once, whatever the case of its letters, because they become file names.
#[derive(Default)]
pub(crate) struct Ids {
    taken: HashSet<String>,
    next: HashMap<String, u32>,
}

impl Ids {
    /// The document of a file, with an id made of `stem`.
    pub(crate) fn unique(&mut self, stem: &str, file: &str) -> DocumentInfo {
        let info = DocumentInfo::new(stem, file);
        if self.taken.insert(info.id().to_lowercase()) {
            return info;
        }
        loop {
            let number = self.next.entry(info.id().to_lowercase()).or_insert(1);
            *number += 1;
            let numbered = DocumentInfo::new(&format!("{stem}-{number}"), file);
            if self.taken.insert(numbered.id().to_lowercase()) {
                return numbered;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_one_name_get_ids_of_their_own() {
        let mut ids = Ids::default();
        let given = ["文化馆", "文化馆", "2025", "文化馆-2", "A", "a", "文化馆"];
        let unique: Vec<_> = given.iter().map(|stem| ids.unique(stem, "").id().to_owned()).collect();
        assert_eq!(unique, ["文化馆", "文化馆-2", "d2025", "文化馆-2-2", "A", "a-2", "文化馆-3"]);
    }
}
