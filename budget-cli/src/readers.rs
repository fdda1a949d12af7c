//! Every reader and layout that is at hand, and how files get to them.

use std::fmt::Write;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use budget_export::DocumentInfo;
use budget_model::{Disclosure, Language};
use budget_parse::{LayoutSet, Limits, Registry};
use budget_parse_text::TextReader;
use sha2::{Digest, Sha256};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::input::{Document, display_name, is_stdin};
use crate::messages;
use crate::screen::{Screen, printable};

/// The readers and layouts of a run; made once, used by every thread.
pub(crate) struct Readers {
    registry: Registry,
    layouts: Vec<(String, String)>,
    limits: Limits,
    language: Language,
}

impl Readers {
    /// The readers that are compiled in and the layouts built in, with those of these files. `None` if a layout is
    /// unusable, which has then been said.
    pub(crate) fn new(layout_files: &[PathBuf], screen: &mut Screen) -> Option<Self> {
        let mut layouts = LayoutSet::built_in();
        let limits = Limits::default();
        let language = screen.language;
        for path in layout_files {
            let result = read_file(path, limits.input_bytes)
                .map_err(|error| Failure::of_input(&error, path, language))
                .and_then(|bytes| {
                    layouts
                        .add(&String::from_utf8_lossy(&bytes))
                        .map_err(|error| Failure::of_content(&error, path, language))
                });
            if let Err(failure) = result {
                let name = path.to_string_lossy();
                let message = screen.say(messages::ABOUT_FILE, &[&printable(&name), &failure.text(language)]);
                screen.error(Exit::Failed, &message);
                return None;
            }
        }
        let names = layouts.layouts().map(|layout| (layout.id.clone(), layout.name.clone())).collect();
        let registry = registry().with_limits(limits).with_layouts(layouts);
        Some(Self { registry, layouts: names, limits, language })
    }

    /// The language of what is said about files.
    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// The bounds of reading.
    #[cfg(any(feature = "pdf", feature = "serve"))]
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The name of a layout, for people.
    pub(crate) fn layout_name(&self, id: &str) -> Option<&str> {
        self.layouts.iter().find(|(known, _)| known == id).map(|(_, name)| name.as_str())
    }

    /// Reads a file, or the standard input if the path is `-`.
    pub(crate) fn document(&self, path: &Path, info: DocumentInfo) -> Result<Document, Failure> {
        let content = self.content(path)?;
        let info = info.with_sha256(sha256(&content));
        self.document_of(path, info, content)
    }

    /// The document of content that is read already.
    pub(crate) fn document_of(&self, path: &Path, info: DocumentInfo, content: Vec<u8>) -> Result<Document, Failure> {
        let disclosure = self.disclosure(path, &content)?;
        Ok(Document { info, path: path.to_owned(), name: display_name(path, self.language), content, disclosure })
    }

    /// The bytes of a file.
    pub(crate) fn content(&self, path: &Path) -> Result<Vec<u8>, Failure> {
        let limit = self.limits.input_bytes;
        let content = if is_stdin(path) { bounded(io::stdin().lock(), limit) } else { read_file(path, limit) };
        content.map_err(|error| Failure::of_input(&error, path, self.language))
    }

    /// What the content of a file says.
    pub(crate) fn disclosure(&self, path: &Path, content: &[u8]) -> Result<Disclosure, Failure> {
        let name = path.file_name().filter(|_| !is_stdin(path)).map(|name| name.to_string_lossy());
        let disclosure = self.registry.read(content, name.as_deref());
        disclosure.map_err(|error| Failure::of_content(&error, path, self.language))
    }
}

/// Every reader that is compiled in.
fn registry() -> Registry {
    let registry = Registry::new().with_reader(TextReader);
    #[cfg(feature = "html")]
    let registry = registry.with_reader(budget_parse_html::HtmlReader);
    #[cfg(feature = "pdf")]
    let registry = registry.with_reader(budget_parse_pdf::PdfReader);
    #[cfg(feature = "docx")]
    let registry = registry.with_reader(budget_parse_docx::WordReader);
    #[cfg(feature = "xlsx")]
    let registry = registry.with_reader(budget_parse_xlsx::WorkbookReader);
    registry
}

/// The bytes of a file, up to a limit.
pub(crate) fn read_file(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
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

/// The SHA-256 of a file in hexadecimal.
pub(crate) fn sha256(content: &[u8]) -> String {
    hexadecimal(&Sha256::digest(content))
}

/// Bytes in hexadecimal.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reader_has_a_chinese_name() {
        for reader in registry().readers() {
            assert_ne!(messages::format_name(reader.name, Language::Chinese), reader.name);
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
