//! What is found in real disclosures, kept outside of this repository: every finding was judged by a person against the page, and
//! what is altered in them is found.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test fails by panicking")]
#![cfg(feature = "pdf")]

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use budget_document::{Block, CellValue, Document, GridCell, Limits, Reader};
use budget_model::{Decimal, Disclosure, FigureRef, Place, Severity, Table, Unit};
use budget_parse::{LayoutSet, read_document};
use budget_rules::{Book, Checker, Defect, Finding, Report, Subject};

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

/// Figures of a table that nothing is a part of, with what they are parts of: the rows and the columns above each, itself first.
fn leaves(table: &Table) -> Vec<(Vec<usize>, Vec<u16>)> {
    const MOST_LEVELS: usize = 8;
    let is_whole_row = |row: usize| table.rows.iter().any(|other| other.part_of == Some(row as u32));
    let is_whole_column = |column: u16| table.columns.iter().any(|other| other.part_of == Some(column));
    let is_of_year = |column: u16| {
        let column = &table.columns[usize::from(column)];
        column.adds_up() && !column.is_of_other_year()
    };
    let mut leaves = Vec::new();
    for (index, row) in table.rows.iter().enumerate() {
        if row.part_of.is_none() || is_whole_row(index) {
            continue;
        }
        let above = |row: &usize| table.rows[*row].part_of.map(|whole| whole as usize);
        let rows: Vec<usize> = std::iter::successors(Some(index), above).take(MOST_LEVELS).collect();
        for cell in row.cells.iter().filter(|cell| !cell.amount.value.is_zero()) {
            if !is_whole_column(cell.column) && is_of_year(cell.column) {
                let above = |column: &u16| table.columns[usize::from(*column)].part_of;
                let columns = std::iter::successors(Some(cell.column), above).take(MOST_LEVELS).collect();
                leaves.push((rows.clone(), columns));
            }
        }
    }
    leaves
}

#[test]
#[ignore = "needs ../shared"]
fn a_figure_altered_with_all_that_contains_it_is_one_finding_where_another_table_states_it() {
    const EACH: usize = 2;
    let checker = Checker::new();
    let (mut tried, mut found, mut once) = (0, 0, 0);
    for (_, bytes) in documents() {
        let Some(disclosure) = printed(&bytes).and_then(|document| read(&document)) else { continue };
        let known = messages(&checker.check(&disclosure));
        for (index, table) in disclosure.tables.iter().enumerate().filter(|(_, table)| table.kind.shows_budget()) {
            let leaves = leaves(table);
            for nth in (0..EACH).filter(|_| leaves.len() > EACH) {
                let (rows, columns) = &leaves[(2 * nth + 1) * leaves.len() / (2 * EACH)];
                let mut changed = disclosure.clone();
                // 12.34万元, which no document prints.
                let more = if table.unit == Unit::Yuan { Decimal::from(123_400) } else { Decimal::new(1_234, 2) };
                for row in rows {
                    let cells = &mut changed.tables[index].rows[*row].cells;
                    for cell in cells.iter_mut().filter(|cell| columns.contains(&cell.column)) {
                        cell.amount.value += more;
                    }
                }
                let report = checker.check(&changed);
                let new = report.findings.iter().filter(|finding| !known.contains(finding.message.zh.as_ref()));
                let new = new.filter(|finding| finding.severity > Severity::Info).count();
                (tried, found, once) = (tried + 1, found + usize::from(new > 0), once + usize::from(new == 1));
            }
        }
    }
    println!("{found} of {tried} figures altered with all that contains them found, {once} by one finding");
    // Of the others nothing else in the document speaks.
    assert!(100 * found >= 75 * tried && 100 * once >= 95 * found, "{found} of {tried}, {once} once");
}

#[test]
#[ignore = "needs ../shared"]
fn a_row_that_is_left_out_of_a_real_table_is_said_to_be_missing() {
    const EACH: usize = 4;
    let checker = Checker::new();
    let (mut tried, mut found, mut missed) = (0, 0, Vec::new());
    for (name, bytes) in documents() {
        let Some(document) = printed(&bytes) else { continue };
        let Some(disclosure) = read(&document) else { continue };
        let known = messages(&checker.check(&disclosure));
        let tables = disclosure.tables.iter().filter(|table| table.kind.shows_budget());
        // Rows of several figures with a code, of a table that adds up.
        let rows: Vec<_> = tables
            .flat_map(|table| &table.rows)
            .filter(|row| row.code.is_some() && row.part_of.is_some() && row.cells.len() > 1)
            .collect();
        for nth in 0..EACH.min(rows.len() / EACH) {
            let row = rows[(2 * nth + 1) * rows.len() / (2 * EACH)];
            let mut changed = document.clone();
            if !blank(&mut changed, row.cells[0].amount.place) {
                continue;
            }
            tried += 1;
            let report = checker.check(&read(&changed).unwrap());
            let is_it = |finding: &&Finding| {
                let is_missing = matches!(finding.defect, Some(Defect::RowMissing | Defect::RowsWithheld));
                is_missing && !known.contains(finding.message.zh.as_ref())
            };
            match report.findings.iter().find(is_it) {
                Some(_) => found += 1,
                None => missed.push(format!("{name}: {}", row.label.text)),
            }
        }
    }
    println!("{found} of {tried} rows left out are said to be missing");
    missed.iter().for_each(|miss| println!("missed: {miss}"));
    assert!(100 * found >= 85 * tried, "{found} of {tried}");
}

/// Empties the row of the grid that a place stands in; not where a cell spans it and others.
fn blank(document: &mut Document<'_>, place: Place) -> bool {
    for block in &mut document.blocks {
        let Block::Grid(grid) = block else { continue };
        let Some(row) = grid.cells().iter().find(|cell| cell.place == place).map(|cell| cell.row) else { continue };
        let covers = |cell: &GridCell<'_>| cell.row <= row && row < cell.row + cell.height;
        if grid.cells().iter().any(|cell| cell.height > 1 && covers(cell)) {
            return false;
        }
        let of_row: Vec<bool> = grid.cells().iter().map(covers).collect();
        for (value, is_of_row) in grid.values_mut().zip(of_row) {
            if is_of_row {
                *value = CellValue::text("");
            }
        }
        return true;
    }
    false
}
