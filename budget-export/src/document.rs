//! What is exported: a disclosure and the name it goes by.

use budget_model::{Disclosure, Pages};
use serde::{Deserialize, Serialize};

/// The name a document goes by in an export, and the file it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DocumentInfo {
    #[serde(deserialize_with = "read_id")]
    id: String,
    file: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
}

impl DocumentInfo {
    /// A document by its id and the name of its file.
    ///
    /// The id becomes file names and CSV keys, so characters other than letters, digits, `-`, `_` and `.` become `_`, and
    /// an id that does not begin with a letter gets a `d` in front: spreadsheets and CSV readers turn `000` into 0 and
    /// read `-1` as a number or a formula.
    ///
    /// ```
    /// use budget_export::DocumentInfo;
    ///
    /// assert_eq!(DocumentInfo::new("000", "000.txt").id(), "d000");
    /// assert_eq!(DocumentInfo::new("文化馆 2025", "a.txt").id(), "文化馆_2025");
    /// ```
    #[must_use]
    pub fn new(id: &str, file: impl Into<String>) -> Self {
        Self { id: safe_id(id), file: file.into(), sha256: None }
    }

    /// The same document, with the SHA-256 of its file in hexadecimal.
    #[must_use]
    pub fn with_sha256(mut self, sha256: impl Into<String>) -> Self {
        self.sha256 = Some(sha256.into());
        self
    }

    /// The id, never all digits.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name of the file it was read from.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The SHA-256 of that file in hexadecimal, if known.
    #[must_use]
    pub fn sha256(&self) -> Option<&str> {
        self.sha256.as_deref()
    }
}

fn safe_id(id: &str) -> String {
    let mut safe = String::with_capacity(id.len() + 1);
    if !id.starts_with(char::is_alphabetic) {
        safe.push('d');
    }
    safe.extend(id.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' }));
    safe
}

/// An id from a JSON file may be anything, and becomes a file name as well.
fn read_id<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer).map(|id| safe_id(&id))
}

/// A document to export.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// Its name.
    pub info: &'a DocumentInfo,
    /// Its content.
    pub disclosure: &'a Disclosure,
}

/// A document whose records are made, with what is found out about it once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) info: &'a DocumentInfo,
    pub(crate) disclosure: &'a Disclosure,
    pub(crate) pages: Pages<'a>,
}

impl<'a> From<Document<'a>> for Entry<'a> {
    fn from(Document { info, disclosure }: Document<'a>) -> Self {
        Self { info, disclosure, pages: disclosure.pages() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_never_a_number_a_formula_or_a_path() {
        for (given, id) in [
            ("000", "d000"),
            ("", "d"),
            ("2025-文化馆", "d2025-文化馆"),
            ("=1", "d_1"),
            ("../a/b", "d.._a_b"),
            ("a", "a"),
        ] {
            assert_eq!(DocumentInfo::new(given, "").id(), id);
        }
    }
}
