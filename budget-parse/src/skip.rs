//! What lies among disclosures and is none: passed over and counted, unless somebody named it.

use std::path::Path;

use budget_model::{Disclosure, Language};

use crate::{ReadError, ReadErrorKind};

/// Why a file that was found in a folder, and that nobody named, is passed over.
///
/// ```
/// use std::path::Path;
/// use budget_parse::Skip;
///
/// assert_eq!(Skip::of_name(Path::new("in/~$预算公开.xlsx")), Some(Skip::Lock));
/// assert_eq!(Skip::of_name(Path::new("in/预算公开.xlsx")), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Skip {
    /// `.DS_Store`, `._a.xlsx`, `Thumbs.db`
    Hidden,
    /// `~$a.xlsx`, `.~lock.a.ods#`: an editor has the file open
    Lock,
    /// `.rs`, `.md`: source trees are full of words and tables
    Source,
    /// An image, an archive, a program
    OtherKind,
    /// Nothing of a disclosure was found
    NothingFound,
    /// A few lines like those of a disclosure: a test, a note, an example
    TooLittle,
}

/// Endings of files that people write programs and their documentation in.
const SOURCES: &[&str] = &[
    "adoc", "asm", "bat", "c", "cc", "cfg", "cmake", "cpp", "cs", "css", "diff", "go", "gradle", "h", "hpp", "ini",
    "ipynb", "java", "jl", "js", "json", "jsonl", "jsx", "kt", "less", "lock", "lua", "m", "markdown", "md", "mjs",
    "php", "pl", "proto", "ps1", "py", "pyi", "r", "rb", "rs", "rst", "sarif", "scala", "scss", "sh", "sql", "svg",
    "swift", "tex", "toml", "ts", "tsx", "vue", "yaml", "yml", "zig",
];

impl Skip {
    /// The reason that the name of a file gives.
    #[must_use]
    pub fn of_name(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        if name.starts_with("~$") || name.starts_with(".~lock.") {
            Some(Self::Lock)
        } else if name.starts_with('.') || matches!(&*name, "Thumbs.db" | "desktop.ini" | "Icon\r") {
            Some(Self::Hidden)
        } else if ending.is_some_and(|ending| SOURCES.contains(&ending.as_str())) {
            Some(Self::Source)
        } else {
            None
        }
    }

    /// The reason that an error of reading gives. A document that cannot be read, or was damaged, is none.
    #[must_use]
    pub fn of_error(error: &ReadError, path: &Path) -> Option<Self> {
        match error.kind() {
            ReadErrorKind::UnknownFormat { .. } => Some(Self::OtherKind),
            ReadErrorKind::NoReader { kind, inside: None } if !kind.may_hold_a_disclosure() => Some(Self::OtherKind),
            ReadErrorKind::NothingFound => Some(Self::NothingFound),
            // An empty text is what an extractor makes of a scan; other empty files mean nothing.
            ReadErrorKind::Empty if !has_ending_of_a_document(path) => Some(Self::NothingFound),
            _ => None,
        }
    }

    /// Whether too little was found to take a file for a disclosure that nobody said is one: a note with three lines like
    /// those of a table. A disclosure says whose it is or of which year, and has several tables.
    #[must_use]
    pub fn of_content(disclosure: &Disclosure) -> Option<Self> {
        const LEAST: usize = 12;
        let figures: usize = disclosure.tables.iter().map(|table| table.figure_count()).sum();
        let found = figures
            + 2 * (disclosure.tables.len() + disclosure.performance.len())
            + disclosure.facts.len()
            + disclosure.sections.len();
        let is_named = disclosure.year.is_some() || disclosure.entity.is_some() || disclosure.tables.len() > 2;
        (found < LEAST || !is_named).then_some(Self::TooLittle)
    }

    /// What it is called in lists, whatever the language; it does not change.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hidden => "hidden-file",
            Self::Lock => "lock-file",
            Self::Source => "source-file",
            Self::OtherKind => "unknown-format",
            Self::NothingFound => "nothing-found",
            Self::TooLittle => "too-little",
        }
    }

    /// What such files are, for people: 隐藏文件, "hidden files".
    #[must_use]
    pub fn name(self, language: Language) -> &'static str {
        let (chinese, english) = match self {
            Self::Hidden => ("隐藏文件", "hidden files"),
            Self::Lock => ("编辑软件的锁文件", "lock files of an editor"),
            Self::Source => ("源代码或说明文件", "source code or documentation"),
            Self::OtherKind => ("其他种类的文件", "files of other kinds"),
            Self::NothingFound => ("没有预算公开内容的文件", "files with nothing of a disclosure"),
            Self::TooLittle => ("内容太少，不像预算公开的文件", "files with too little to be a disclosure"),
        };
        match language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }
}

fn has_ending_of_a_document(path: &Path) -> bool {
    const ENDINGS: [&str; 14] =
        ["txt", "text", "xlsx", "xlsm", "xlsb", "xls", "ods", "docx", "docm", "pdf", "html", "htm", "mht", "mhtml"];
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_that_a_file_is_no_disclosure() {
        for (name, skip) in [
            ("in/._预算公开.xlsx", Some(Skip::Hidden)),
            (".DS_Store", Some(Skip::Hidden)),
            ("~$预算公开.xlsx", Some(Skip::Lock)),
            (".~lock.a.ods#", Some(Skip::Lock)),
            ("src/lib.RS", Some(Skip::Source)),
            ("README.md", Some(Skip::Source)),
            ("2025.预算公开", None),
            ("预算公开.docx", None),
            ("预算公开.docm", None),
            ("~$预算公开.docx", Some(Skip::Lock)),
            ("a.txt", None),
            ("page.htm", None),
            ("sheets.xml", None),
            ("a", None),
        ] {
            assert_eq!(Skip::of_name(Path::new(name)), skip, "{name}");
        }
    }

    #[test]
    fn nothing_is_too_little() {
        assert_eq!(Skip::of_content(&Disclosure::default()), Some(Skip::TooLittle));
    }
}
