//! Reads the inputs: files and the standard input, with every reader that is compiled in.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use budget_export::DocumentInfo;
use budget_model::{Disclosure, Language};
use budget_parse::{LayoutSet, Limits, ReadError, ReadErrorKind, Registry};
use budget_parse_text::TextReader;
use sha2::{Digest, Sha256};

use crate::args;
use crate::exit::Exit;
use crate::messages::{self, Message};
use crate::screen::{Screen, printable};

/// A disclosure that was read, and the names it goes by.
pub(crate) struct Document {
    /// Id, file name and checksum.
    pub(crate) info: DocumentInfo,
    /// The input as it was given, for messages.
    pub(crate) name: String,
    /// The bytes it was read from.
    pub(crate) content: Vec<u8>,
    /// What was read.
    pub(crate) disclosure: Disclosure,
}

/// The inputs of a run, read one by one.
pub(crate) struct Inputs<'a> {
    files: std::slice::Iter<'a, PathBuf>,
    registry: Registry,
    layouts: Vec<(String, String)>,
    limits: Limits,
    ids: Ids,
}

impl<'a> Inputs<'a> {
    /// Prepares the readers and layouts. `None` if a layout is unusable, which has then been said.
    pub(crate) fn new(arguments: &'a args::Input, screen: &mut Screen) -> Option<Self> {
        let mut layouts = LayoutSet::built_in();
        let limits = Limits::default();
        for path in &arguments.layout {
            let result = read_file(path, limits.input_bytes)
                .map_err(|error| explain_io(&error, path, screen.language))
                .and_then(|bytes| {
                    layouts
                        .add(&String::from_utf8_lossy(&bytes))
                        .map_err(|error| explain(&error, path, screen.language))
                });
            if let Err(problem) = result {
                let message = screen.say(messages::ABOUT_FILE, &[&printable(&path.to_string_lossy()), &problem]);
                screen.error(Exit::Failed, &message);
                return None;
            }
        }
        let names = layouts.layouts().map(|layout| (layout.id.clone(), layout.name.clone())).collect();
        let registry = registry().with_limits(limits).with_layouts(layouts);
        Some(Self { files: arguments.files.iter(), registry, layouts: names, limits, ids: Ids::default() })
    }

    /// The next document that can be read. Those before it that cannot be read have been said.
    pub(crate) fn next(&mut self, screen: &mut Screen) -> Option<Document> {
        loop {
            let path = self.files.next()?;
            match self.read(path, screen.language) {
                Ok(document) => return Some(document),
                Err(problem) => {
                    let name = display_name(path, screen.language);
                    let message = screen.say(messages::ABOUT_FILE, &[&name, &problem]);
                    screen.error(Exit::Unread, &message);
                }
            }
        }
    }

    /// A disclosure that is needed besides the inputs. `None` if it cannot be read, which has then been said.
    pub(crate) fn companion(&self, path: &Path, screen: &mut Screen) -> Option<Disclosure> {
        match self.disclosure(path, screen.language) {
            Ok((_, disclosure)) => Some(disclosure),
            Err(problem) => {
                let name = display_name(path, screen.language);
                let message = screen.say(messages::ABOUT_FILE, &[&name, &problem]);
                screen.error(Exit::Unread, &message);
                None
            }
        }
    }

    /// Every document that can be read.
    pub(crate) fn all(mut self, screen: &mut Screen) -> Vec<Document> {
        std::iter::from_fn(|| self.next(screen)).collect()
    }

    /// The name of a layout, for people.
    pub(crate) fn layout_name(&self, id: &str) -> Option<&str> {
        self.layouts.iter().find(|(known, _)| known == id).map(|(_, name)| name.as_str())
    }

    fn read(&mut self, path: &Path, language: Language) -> Result<Document, String> {
        let stem = if is_stdin(path) { "stdin".into() } else { path.file_stem().unwrap_or_default().to_string_lossy() };
        // Taken before reading, so that ids do not depend on which of the inputs are readable.
        let info = self.ids.unique(&stem, &path.file_name().unwrap_or_default().to_string_lossy());
        let (content, disclosure) = self.disclosure(path, language)?;
        let info = info.with_sha256(hexadecimal(&Sha256::digest(&content)));
        Ok(Document { info, name: display_name(path, language), content, disclosure })
    }

    fn disclosure(&self, path: &Path, language: Language) -> Result<(Vec<u8>, Disclosure), String> {
        let limit = self.limits.input_bytes;
        let content = if is_stdin(path) { bounded(io::stdin().lock(), limit) } else { read_file(path, limit) };
        let content = content.map_err(|error| explain_io(&error, path, language))?;
        let name = path.file_name().filter(|_| !is_stdin(path)).map(|name| name.to_string_lossy());
        let disclosure = self.registry.read(&content, name.as_deref());
        let disclosure = disclosure.map_err(|error| explain(&error, path, language))?;
        Ok((content, disclosure))
    }
}

/// Every reader that is compiled in.
fn registry() -> Registry {
    let registry = Registry::new().with_reader(TextReader);
    #[cfg(feature = "xlsx")]
    let registry = registry.with_reader(budget_parse_xlsx::WorkbookReader);
    registry
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The input as it is shown.
fn display_name(path: &Path, language: Language) -> String {
    match is_stdin(path) {
        true => messages::STANDARD_INPUT.text(language).to_owned(),
        false => printable(&path.to_string_lossy()).into_owned(),
    }
}

fn read_file(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    // A folder can be opened on some systems; the error of reading it then says less than this one.
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    bounded(File::open(path)?, limit)
}

/// At most one byte more than the limit: enough for the registry to refuse it, and a device that never ends does.
fn bounded(input: impl Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    input.take(limit as u64 + 1).read_to_end(&mut content)?;
    Ok(content)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn explain_io(error: &io::Error, path: &Path, language: Language) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => messages::NOT_FOUND.text(language).to_owned(),
        io::ErrorKind::PermissionDenied => messages::NO_PERMISSION.text(language).to_owned(),
        io::ErrorKind::IsADirectory => {
            messages::IS_FOLDER.fill(language, &[&printable(&path.join("*.txt").to_string_lossy())])
        }
        _ => messages::CANNOT_READ.fill(language, &[error]),
    }
}

/// Why a file could not be read and what to do, in a language.
fn explain(error: &ReadError, path: &Path, language: Language) -> String {
    let say = |message: Message| message.text(language).to_owned();
    let mut text = match error.kind() {
        ReadErrorKind::Empty => say(messages::EMPTY),
        ReadErrorKind::TooLarge(limit) => messages::TOO_LARGE.fill(language, &[limit]),
        ReadErrorKind::UnknownFormat { looks_like, tried } => {
            let problem = match looks_like {
                Some(format) => messages::LOOKS_LIKE.fill(language, &[&messages::format_name(format, language)]),
                None => say(messages::FORMAT_UNKNOWN),
            };
            let tried: Vec<_> = tried.iter().map(|name| messages::format_name(name, language)).collect();
            let tried = tried.join(messages::COMMA.text(language));
            let mut text = messages::TRIED.fill(language, &[&problem, &tried]);
            if *looks_like == Some("PDF") {
                text += &messages::EXTRACT_TEXT_FIRST.fill(language, &[&printable(&path.to_string_lossy())]);
            } else if cfg!(not(feature = "xlsx")) && looks_like.is_some_and(|format| format.contains("workbook")) {
                text += &messages::FEATURE_OFF.fill(language, &[&"xlsx"]);
            }
            text
        }
        ReadErrorKind::Malformed(what) => messages::DAMAGED.fill(language, &[what]),
        ReadErrorKind::NothingFound => say(messages::NOTHING_FOUND),
        ReadErrorKind::Layout(why) => messages::LAYOUT_UNUSABLE.fill(language, &[&why.trim_end()]),
        _ => error.to_string(),
    };
    if let Some(place) = error.place() {
        text = messages::ABOUT_FILE.fill(language, &[&place, &text]);
    }
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let words = error.to_string();
        if !text.contains(words.trim_end()) {
            text = messages::ABOUT_FILE.fill(language, &[&text, &words]);
        }
        cause = error.source();
    }
    text
}

/// Document ids: each once, whatever the case of its letters, because they become file names.
#[derive(Default)]
struct Ids {
    taken: HashSet<String>,
    next: HashMap<String, u32>,
}

impl Ids {
    fn unique(&mut self, stem: &str, file: &str) -> DocumentInfo {
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

    #[test]
    fn every_format_that_a_message_can_name_has_a_chinese_name() {
        let starts: [&[u8]; 12] = [
            b"%PDF-",
            b"PK\x03\x04",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            b"\x89PNG\r\n\x1A\n",
            b"\xFF\xD8\xFF",
            b"GIF8",
            b"II*\0",
            b"MM\0*",
            b"\x1F\x8B",
            b"Rar!",
            b"7z\xBC\xAF\x27\x1C",
            b"{\\rtf",
        ];
        let signatures = starts.iter().map(|start| budget_parse::signature(start).unwrap());
        for name in signatures.chain(registry().readers().map(|reader| reader.name)).filter(|name| *name != "PDF") {
            assert_ne!(messages::format_name(name, Language::Chinese), name);
        }
    }

    #[test]
    fn input_without_end_is_cut_behind_the_limit() {
        assert_eq!(bounded(io::repeat(b'1'), 10).unwrap().len(), 11);
    }

    #[test]
    fn a_checksum_is_written_in_lower_case_hexadecimal() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(hexadecimal(&Sha256::digest(b"")), empty);
    }
}
