//! Which files a run over many files reads, and in which order.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Component, Path, PathBuf};

use budget_model::Language;
use walkdir::WalkDir;

use crate::failure::Failure;
use crate::input::is_stdin;
use crate::messages;
use crate::screen::printable;
use budget_parse::Skip;

/// A file to read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Whether it was named and not found in a folder: then it must be a disclosure.
    pub(crate) is_named: bool,
    /// What its outputs are called: its name below the folder that was read, or as it was given, unlike that of any other
    /// file on any system.
    pub(crate) name: String,
}

/// The files of a run in the order of their paths, each once.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// The files. This list, and later the ids of the documents, is all that grows with the number of files.
    pub(crate) found: Vec<Found>,
    /// What could not be looked into.
    pub(crate) failures: Vec<(PathBuf, Failure)>,
    /// What is passed over because of its name.
    pub(crate) skipped: Vec<(PathBuf, Skip)>,
    /// Symbolic links that were not followed.
    pub(crate) links: usize,
    /// Pipes, sockets and devices.
    pub(crate) others: usize,
    /// Paths are shown and mirrored from here on.
    base: PathBuf,
}

impl Files {
    /// The files that are named, and those in the folders that are named.
    ///
    /// `out`, the folder of the output, is not looked into. Links to folders and files are followed where they are named,
    /// and elsewhere if `follow` says so; a link that leads back to a folder above itself is a failure.
    pub(crate) fn find(named: &[PathBuf], follow: bool, out: Option<&Path>, language: Language) -> Self {
        let mut files = Self::default();
        if let [folder] = named
            && folder.is_dir()
        {
            files.base.clone_from(folder);
        }
        let out = out.and_then(|out| out.canonicalize().ok());
        for path in named {
            let path = path.strip_prefix(".").ok().filter(|path| !path.as_os_str().is_empty()).unwrap_or(path);
            if path.is_dir() {
                files.walk(path, follow, out.as_deref(), language);
            } else {
                files.found.push(Found { path: path.to_owned(), is_named: true, name: String::new() });
            }
        }
        // A file that is named and also found in a folder counts as named.
        files.found.sort_by(|one, other| one.path.cmp(&other.path).then(other.is_named.cmp(&one.is_named)));
        files.found.dedup_by(|later, first| later.path == first.path);
        files.name_apart();
        let is_found = |path: &PathBuf| files.found.binary_search_by(|found| found.path.cmp(path)).is_ok();
        files.skipped.retain(|(path, _)| !is_found(path));
        files.skipped.sort();
        files.skipped.dedup();
        files
    }

    fn walk(&mut self, folder: &Path, follow: bool, out: Option<&Path>, language: Language) {
        let is_out = |path: &Path| out.is_some() && path.canonicalize().ok().as_deref() == out;
        let walk = WalkDir::new(folder).follow_links(follow).into_iter();
        // Hidden folders are those of programs: `.git`, `.venv`.
        let is_hidden = |name: &OsStr| name.as_encoded_bytes().starts_with(b".");
        for entry in walk.filter_entry(|entry| {
            !entry.file_type().is_dir() || entry.depth() == 0 || !is_hidden(entry.file_name()) && !is_out(entry.path())
        }) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    let path = entry.into_path();
                    match Skip::of_name(&path) {
                        Some(skip) => self.skipped.push((path, skip)),
                        None => self.found.push(Found { path, is_named: false, name: String::new() }),
                    }
                }
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if entry.path_is_symlink() => self.links += 1,
                Ok(_) => self.others += 1,
                Err(error) => {
                    let path = error.path().unwrap_or(folder).to_owned();
                    let failure = match error.loop_ancestor() {
                        Some(above) => {
                            let above = above.to_string_lossy();
                            Failure::unread("link-loop", messages::LINK_LOOP.fill(language, &[&printable(&above)]))
                        }
                        None => Failure::of_input(&io::Error::from(error), &path, language),
                    };
                    self.failures.push((path, failure));
                }
            }
        }
        self.failures.sort_by(|(one, _), (other, _)| one.cmp(other));
    }

    /// Gives every file a name of its own, whatever the case of its letters: of `x/a.txt` and `../x/a.txt`, or of `a.txt`
    /// and `A.txt`, the later one becomes `x/a-2.txt`.
    fn name_apart(&mut self) {
        let (mut taken, mut next) = (HashSet::new(), HashMap::new());
        let names: Vec<String> = self.found.iter().map(|file| clean(&self.shown(&file.path))).collect();
        for (file, name) in self.found.iter_mut().zip(names) {
            file.name.clone_from(&name);
            while !taken.insert(file.name.to_lowercase()) {
                let number = next.entry(name.to_lowercase()).or_insert(1_usize);
                *number += 1;
                file.name = numbered(&name, *number);
            }
        }
    }

    /// The name of a file below the folder that was read, or as it was given, without what leads out of a folder, with the
    /// same separator on every system.
    pub(crate) fn shown(&self, path: &Path) -> String {
        let path = path.strip_prefix(&self.base).unwrap_or(path);
        let parts: Vec<String> = path
            .components()
            .filter_map(|component| match component {
                Component::Normal(part) => Some(readable(part)),
                _ => None,
            })
            .collect();
        parts.join("/")
    }

    /// Whether the output would be written among the files that were read.
    pub(crate) fn is_read_folder(named: &[PathBuf], out: &Path) -> bool {
        let Ok(out) = out.canonicalize() else { return false };
        named.iter().any(|path| path.is_dir() && path.canonicalize().is_ok_and(|path| path == out))
    }
}

/// A name as text. Bytes that are no text are shown as `%FF`, so that names that differ stay different.
pub(crate) fn readable(name: &OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| text += &format!("%{byte:02X}"));
    }
    text
}

/// A name that files can have on every system.
fn clean(name: &str) -> String {
    name.replace(|one: char| one.is_control() || matches!(one, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'), "_")
}

/// `2025/a.txt` as `2025/a-2.txt`.
fn numbered(name: &str, number: usize) -> String {
    let file = name.rfind('/').map_or(0, |at| at + 1);
    match name.rfind('.').filter(|at| *at > file) {
        Some(at) => format!("{}-{number}{}", name.get(..at).unwrap_or(name), name.get(at..).unwrap_or_default()),
        None => format!("{name}-{number}"),
    }
}

/// The paths in a list, one a line. Empty lines mean nothing.
pub(crate) fn read_list(list: &Path) -> io::Result<Vec<PathBuf>> {
    let input: Box<dyn BufRead> =
        if is_stdin(list) { Box::new(io::stdin().lock()) } else { Box::new(BufReader::new(fs::File::open(list)?)) };
    let mut paths = Vec::new();
    for line in input.split(b'\n') {
        let line = line?;
        let line = line.strip_suffix(b"\r").unwrap_or(&line);
        let line = line.strip_prefix("\u{feff}".as_bytes()).filter(|_| paths.is_empty()).unwrap_or(line);
        if !line.is_empty() {
            paths.push(path_of(line)?);
        }
    }
    Ok(paths)
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> io::Result<PathBuf> {
    use std::os::unix::ffi::OsStrExt;
    Ok(std::ffi::OsStr::from_bytes(bytes).into())
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> io::Result<PathBuf> {
    let text = std::str::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    Ok(text.into())
}
