//! What the rules say about real disclosures, and about the sample.

mod common;

use std::path::{Path, PathBuf};

use budget_model::Disclosure;
use budget_rules::{Checker, TextReport};

/// The sample and, if `all`, the real documents: name and bytes.
fn documents() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let seeds = std::env::var_os("BUDGET_SEEDS_DIR").map_or_else(|| root.join("../../shared/seeds"), PathBuf::from);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&seeds).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths.push(root.join("../examples/disclosure.txt"));
    paths.into_iter().map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap())).collect()
}

fn read(bytes: &[u8]) -> Disclosure {
    budget_parse_text::read_text(bytes).unwrap()
}

#[test]
#[ignore = "needs ../shared"]
fn print_findings() {
    for (name, bytes) in documents() {
        let disclosure = read(&bytes);
        let report = Checker::new().check(&disclosure);
        println!("=== {name} {:?} {} facts", disclosure.year, disclosure.facts.len());
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let lines: Vec<&str> = text.lines().collect();
        let line = |place: budget_model::Place| lines.get(place.line() as usize - 1).map(|line| (*line).to_owned());
        println!("{}", TextReport::new(&report).lines(&line).with_rules());
    }
}
