//! The tables of real disclosures against what a person read in them, cell by cell.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs)]

use std::collections::BTreeSet;
use std::path::PathBuf;

use budget_model::{Disclosure, Placement, Table};
use budget_parse_text::read_text;

fn directory(variable: &str, default: &str) -> PathBuf {
    std::env::var_os(variable)
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(default), PathBuf::from)
}

/// Gold folders with the seed each belongs to (its name begins with the folder's).
fn gold() -> Vec<(String, PathBuf, PathBuf)> {
    let folders = std::fs::read_dir(directory("BUDGET_GOLD_DIR", "gold")).expect("the gold folder must be there");
    let mut gold: Vec<_> = folders
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let name = path.file_name()?.to_str()?.to_owned();
            path.join("tables.csv").is_file().then(|| {
                let seed = seeds().into_iter().find(|seed| seed.0.starts_with(&format!("{name}_")));
                (name.clone(), path, seed.unwrap_or_else(|| panic!("no seed for gold {name}")).1)
            })
        })
        .collect();
    gold.sort();
    assert!(!gold.is_empty(), "the gold folder is empty");
    gold
}

fn seeds() -> Vec<(String, PathBuf)> {
    let folder = std::fs::read_dir(directory("BUDGET_SEEDS_DIR", "seeds")).expect("the seeds folder must be there");
    let mut seeds: Vec<_> = folders_of_text(folder).collect();
    seeds.sort();
    assert!(!seeds.is_empty(), "the seeds folder is empty");
    seeds
}

fn folders_of_text(folder: std::fs::ReadDir) -> impl Iterator<Item = (String, PathBuf)> {
    folder.filter_map(|entry| {
        let path = entry.ok()?.path();
        (path.extension()? == "txt").then(|| (path.file_name().unwrap().to_string_lossy().into_owned(), path.clone()))
    })
}

/// One figure, or one row without figures, as the gold writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    row: [String; 6],
    column: String,
    value: String,
    certain: bool,
    candidates: BTreeSet<String>,
}

fn entries_of(table: &Table) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut numbers = [0; 3];
    for row in &table.rows {
        let number = &mut numbers[row.side.map_or(0, |side| side as usize + 1)];
        *number += 1;
        let key = [
            table.kind.as_str().to_owned(),
            row.side.map_or("", |side| side.as_str()).to_owned(),
            number.to_string(),
            row.code.map(|code| code.to_string()).unwrap_or_default(),
            row.label.text.clone(),
            row.project.as_ref().map(|label| label.text.clone()).unwrap_or_default(),
        ];
        if row.cells.is_empty() {
            let nothing = String::new();
            entries.push(Entry {
                row: key,
                column: nothing.clone(),
                value: nothing,
                certain: true,
                candidates: BTreeSet::new(),
            });
            continue;
        }
        for cell in &row.cells {
            let label = |column: u16| table.columns[usize::from(column)].label.clone();
            let candidates = match &cell.placement {
                Placement::Ambiguous { candidates } => candidates.iter().map(|column| label(*column)).collect(),
                _ => BTreeSet::new(),
            };
            entries.push(Entry {
                row: key.clone(),
                column: label(cell.column),
                value: cell.amount.value.to_string(),
                certain: cell.placement.is_certain(),
                candidates,
            });
        }
    }
    entries
}

fn gold_entries(path: &std::path::Path) -> Vec<Entry> {
    let mut reader = csv::Reader::from_path(path.join("tables.csv")).unwrap();
    let headers = reader.headers().unwrap().clone();
    let at = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let row = ["table", "side", "row_no", "row_code", "row_label", "row_extra"].map(at);
    let (column, value, certainty, candidates) = (at("column"), at("value"), at("certainty"), at("candidates"));
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            Entry {
                row: row.map(|field| record[field].to_owned()),
                column: record[column].to_owned(),
                value: record[value].to_owned(),
                certain: &record[certainty] != "ambiguous",
                candidates: record[candidates].split('|').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            }
        })
        .collect()
}

#[test]
#[ignore = "needs ../shared"]
fn every_cell_of_the_gold_is_read_or_declared_ambiguous() {
    for (name, path, seed) in gold() {
        let disclosure = read_text(&std::fs::read(&seed).unwrap()).unwrap();
        let ours: Vec<Entry> = disclosure.tables.iter().flat_map(entries_of).collect();
        let gold = gold_entries(&path);
        let mut certain = 0;
        let mut ambiguous = 0;
        for (ours, gold) in ours.iter().zip(&gold) {
            assert_eq!(ours.row, gold.row, "{name}: row");
            assert_eq!(ours.value, gold.value, "{name}: value in {:?}", gold.row);
            if gold.certain {
                assert!(ours.certain, "{name}: ambiguous but decidable: {ours:?}");
            }
            if ours.certain {
                assert_eq!(ours.column, gold.column, "{name}: wrong and certain: {ours:?}");
                certain += usize::from(!gold.value.is_empty());
            } else {
                assert!(
                    ours.candidates.contains(&gold.column),
                    "{name}: truth not among the candidates: {ours:?} {gold:?}"
                );
                assert_eq!(ours.candidates, gold.candidates, "{name}: candidates of {ours:?}");
                ambiguous += 1;
            }
        }
        assert_eq!(ours.len(), gold.len(), "{name}: number of entries");
        println!(
            "gold {name}: {certain} figures certain, {ambiguous} ambiguous, {} rows and figures equal",
            gold.len()
        );
    }
}

/// What a reader sees of the tables, without places.
fn without_places(disclosure: &Disclosure) -> Vec<Entry> {
    disclosure.tables.iter().flat_map(entries_of).collect()
}

#[test]
#[ignore = "needs ../shared"]
fn the_tables_do_not_depend_on_blank_lines_line_ends_or_encoding() {
    for (name, seed) in seeds() {
        let text = std::fs::read_to_string(&seed).unwrap();
        let expected = without_places(&read_text(text.as_bytes()).unwrap());
        let dense: String =
            text.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("{line}\n")).collect();
        let variants: [(&str, Vec<u8>); 5] = [
            ("without blank lines", dense.into_bytes()),
            ("CR LF", text.replace('\n', "\r\n").into_bytes()),
            ("BOM", format!("\u{feff}{text}").into_bytes()),
            ("UTF-16", format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()),
            ("GB18030", encoding_rs::GB18030.encode(&text).0.into_owned()),
        ];
        for (variant, bytes) in variants {
            let ours = without_places(&read_text(&bytes).unwrap());
            for (ours, expected) in ours.iter().zip(&expected) {
                assert_eq!(ours, expected, "{name} {variant}");
            }
            assert_eq!(ours.len(), expected.len(), "{name} {variant}");
        }
    }
}

#[test]
#[ignore = "needs ../shared"]
fn only_economic_columns_of_projects_are_undecided_and_no_number_of_a_table_is_lost() {
    for (name, seed) in seeds() {
        let disclosure = read_text(&std::fs::read(&seed).unwrap()).unwrap();
        for table in &disclosure.tables {
            for cell in table.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.placement.is_certain()) {
                let column = &table.columns[usize::from(cell.column)];
                assert!(column.dimensions.economic.is_some(), "{name} {}: {cell:?}", table.title.text);
            }
        }
        let lost: Vec<_> = disclosure
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.code == budget_model::DiagnosticCode::NumberNotUnderstood)
            .map(|diagnostic| diagnostic.to_string())
            .collect();
        assert!(lost.is_empty(), "{name}: {lost:?}");
        let figures: usize = disclosure.tables.iter().map(Table::figure_count).sum();
        let open: usize = disclosure.tables.iter().map(Table::ambiguous_count).sum();
        println!("{name}: {figures} figures, {open} ambiguous");
    }
}
