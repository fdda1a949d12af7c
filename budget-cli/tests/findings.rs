//! What is found in real disclosures, kept outside of this repository: every finding was judged by a person against the page, and
//! what is altered in them is found.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test fails by panicking")]
#![cfg(feature = "pdf")]

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use budget_document::{Block, CellValue, Document, Limits, Reader};
use budget_model::{Decimal, Disclosure, FigureRef, Place, Severity};
use budget_parse::{LayoutSet, read_document};
use budget_rules::{Book, Checker, Finding, Report, Subject};

/// The findings that were judged: fingerprint, rule, verdict, reason.
const JUDGED: &str = include_str!("data/judged.csv");

/// The files that are disclosures, with what the reader of PDF hands over.
fn documents() -> Vec<(String, Vec<u8>)> {
    let folder = std::env::var_os("BUDGET_REAL_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/real"), PathBuf::from)
        .join("pdf");
    let entries =
        std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}; set BUDGET_REAL_DIR", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
        .into_iter()
        .map(|file| (file.file_stem().unwrap().to_string_lossy().into_owned(), std::fs::read(&file).unwrap()))
        .collect()
}

fn printed(bytes: &[u8]) -> Option<Document<'_>> {
    budget_parse_pdf::PdfReader.read(bytes, &Limits::default()).ok()
}

fn read(document: &Document<'_>) -> Option<Disclosure> {
    read_document(document, &LayoutSet::built_in()).ok()
}

#[test]
#[ignore = "needs ../shared"]
fn every_finding_was_judged_to_be_true() {
    let mut rows = csv::Reader::from_reader(JUDGED.as_bytes());
    let judged: BTreeMap<String, String> = rows
        .records()
        .map(|row| {
            let row = row.unwrap();
            assert!(!row[3].is_empty(), "{} has no reason", &row[0]);
            (row[0].to_owned(), row[2].to_owned())
        })
        .collect();
    let mut seen = BTreeSet::new();
    let mut new = Vec::new();
    for (name, bytes) in documents() {
        let Some(disclosure) = printed(&bytes).and_then(|document| read(&document)) else { continue };
        for finding in Checker::new().check(&disclosure).findings {
            if finding.severity == Severity::Info {
                continue;
            }
            let fingerprint = finding.fingerprint.to_string();
            match judged.get(&fingerprint).map(String::as_str) {
                Some("true") => {}
                verdict => new.push(format!("{name} {fingerprint} {verdict:?}: {}", finding.message.zh)),
            }
            seen.insert(fingerprint);
        }
    }
    let lost: Vec<&String> = judged.keys().filter(|fingerprint| !seen.contains(*fingerprint)).collect();
    println!("{} findings, {} judged", seen.len(), judged.len());
    assert!(new.is_empty(), "not judged: look at the pages, then write a verdict: {new:#?}");
    assert!(lost.is_empty(), "judged and not found any more: {lost:?}");
}

/// A figure of a table, where it stands, and its value.
type Target = (FigureRef, Place, Decimal);

/// The certain figures that are not zero.
fn targets(disclosure: &Disclosure) -> Vec<Target> {
    let mut targets = Vec::new();
    for (index, table) in (0..).zip(&disclosure.tables) {
        for (number, row) in (0..).zip(&table.rows) {
            let certain = row.cells.iter().filter(|cell| table.doubts_of(row, cell).is_empty());
            for cell in certain.filter(|cell| !cell.amount.value.is_zero()) {
                let at = FigureRef { table: index, row: number, column: cell.column };
                targets.push((at, cell.amount.place, cell.amount.value));
            }
        }
    }
    targets
}

/// One digit changed, not the last of several decimals.
fn altered(value: Decimal, nth: usize) -> Decimal {
    let mut digits: Vec<u8> = value.abs().to_string().into_bytes();
    let places: Vec<usize> = (0..digits.len()).filter(|at| digits[*at].is_ascii_digit()).collect();
    let at = places[nth % (places.len() - usize::from(value.scale() > 1))];
    digits[at] = b'0' + (digits[at] - b'0' + 1 + (nth % 7) as u8) % 10;
    let changed: Decimal = String::from_utf8(digits).unwrap().parse().unwrap();
    if changed.is_zero() { value + Decimal::ONE } else { changed }
}

/// Writes another number into the cell at a place; whether it was there.
fn write(document: &mut Document<'_>, place: Place, value: Decimal, new: Decimal) -> bool {
    for block in &mut document.blocks {
        let Block::Grid(grid) = block else { continue };
        let Some(at) = grid.cells().iter().position(|cell| cell.place == place) else { continue };
        let Some(CellValue::Text(text)) = grid.values_mut().nth(at) else { continue };
        let plain = text.trim().replace([',', '，'], "");
        if plain.parse() == Ok(value) {
            *text = new.to_string().into();
            return true;
        }
    }
    false
}

fn messages(report: &Report) -> HashSet<String> {
    report.findings.iter().map(|finding| finding.message.zh.to_string()).collect()
}

/// Whether a finding speaks of the figure at a place.
fn speaks_of(finding: &Finding, place: Place) -> bool {
    let contributions = finding.arithmetic.iter().flat_map(|arithmetic| &arithmetic.contributions);
    finding.suspects.iter().any(|suspect| suspect.place == place)
        || finding.places.contains(&place)
        || contributions.into_iter().any(|contribution| contribution.place == place)
}

#[test]
#[ignore = "needs ../shared"]
fn a_figure_altered_on_a_real_page_is_found_where_it_takes_part_in_a_sum() {
    const EACH: usize = 5;
    let checker = Checker::new();
    let (mut tried, mut found, mut missed) = (0, 0, Vec::new());
    for (name, bytes) in documents() {
        let Some(document) = printed(&bytes) else { continue };
        let Some(disclosure) = read(&document) else { continue };
        let targets = targets(&disclosure);
        let covered = checker.covered(&Book::new(&disclosure, None));
        let known = messages(&checker.check(&disclosure));
        for nth in 0..EACH {
            // Spread over the document.
            let Some((at, place, value)) = targets.get((2 * nth + 1) * targets.len() / (2 * EACH)).copied() else {
                continue;
            };
            let mut changed = document.clone();
            let new = altered(value, nth);
            if !covered.contains(&Subject::Cell(at)) || !write(&mut changed, place, value, new) {
                continue;
            }
            tried += 1;
            let report = checker.check(&read(&changed).unwrap());
            let is_new = |finding: &&Finding| !known.contains(finding.message.zh.as_ref());
            if report.findings.iter().filter(is_new).any(|finding| speaks_of(finding, place)) {
                found += 1;
            } else {
                let table = &disclosure.tables[at.table as usize];
                missed.push(format!("{name}: {}: {value} -> {new}", table.title.text));
            }
        }
    }
    println!("{found} of {tried} altered figures found");
    missed.iter().for_each(|miss| println!("missed: {miss}"));
    assert!(100 * found >= 97 * tried, "{found} of {tried}");
}
