//! What the tests of fixtures share.

pub mod shown;

use std::path::{Path, PathBuf};

use budget_model::Disclosure;
use budget_parse::{LayoutSet, ReadError, read_document};
use budget_testkit::fixture;

/// Every fixture, in order.
pub fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures").canonicalize().unwrap();
    let forms = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let files = forms.flat_map(|form| std::fs::read_dir(form).unwrap().map(|entry| entry.unwrap().path()));
    let mut all: Vec<PathBuf> = files.filter(|file| file.extension().is_some_and(|ending| ending == "grid")).collect();
    all.sort();
    all
}

/// Reads a fixture.
pub fn read(file: &Path, layouts: &LayoutSet) -> Result<Disclosure, ReadError> {
    let text = std::fs::read_to_string(file).unwrap();
    let document = fixture(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    read_document(&document, layouts)
}

/// No layout that anything fits; a document must have one.
pub fn no_layouts() -> LayoutSet {
    let mut layouts = LayoutSet::empty();
    let toml = "id = \"none\"\nname = \"none\"\nyears = [1, 2]\n[[table]]\nkind = \"table_index\"\ntitles = [\"没有这样的一张表\"]\n\
                shape = \"labelled\"\n[[table.column]]\nid = \"none\"\nlabel = \"没有这样的一栏\"";
    layouts.add(toml).unwrap();
    layouts
}
