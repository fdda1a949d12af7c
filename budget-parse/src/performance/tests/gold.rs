//! The hand-read truth, where that is at hand.

use std::path::PathBuf;

use budget_model::{Disclosure, PerformanceKind};

use super::*;

fn path(variable: &str, default: &str) -> PathBuf {
    let default = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(default);
    std::env::var_os(variable).map_or(default, PathBuf::from)
}

fn seed(id: &str) -> String {
    let directory = path("BUDGET_SEEDS_DIR", "seeds");
    let files = std::fs::read_dir(&directory).expect("the directory of seeds is readable");
    let file = files.filter_map(Result::ok).find(|file| file.file_name().to_string_lossy().starts_with(id));
    std::fs::read_to_string(file.expect("the seed exists").path()).expect("the seed is text")
}

/// The rows of a CSV file without its header.
fn gold(id: &str, name: &str) -> Vec<Vec<String>> {
    let path = path("BUDGET_GOLD_DIR", "gold").join(id).join(name);
    let text = std::fs::read_to_string(path).expect("the gold file is readable");
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    for character in text.chars().filter(|character| !matches!(character, '\r' | '\u{feff}')) {
        let row = rows.last_mut().expect("there is a row");
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            _ => row.last_mut().expect("there is a field").push(character),
        }
    }
    rows.retain(|row| row.len() > 1);
    rows.split_off(1)
}

/// The columns of `performance.csv` behind the document.
pub(super) fn table_rows(disclosure: &Disclosure) -> Vec<Vec<String>> {
    let amount =
        |amount: &Option<budget_model::Amount>| amount.map_or(String::new(), |amount| amount.value.to_string());
    let label = |label: &Option<budget_model::Label>| label.as_ref().map_or(String::new(), |label| label.text.clone());
    let row = |(number, table): (usize, &budget_model::PerformanceTable)| {
        let other = match table.kind {
            PerformanceKind::Project => amount(&table.other),
            PerformanceKind::Overall => {
                let parts = [("upper", &table.from_above), ("own", &table.own_level), ("other", &table.other)];
                parts.map(|(name, part)| format!("{name}={}", amount(part))).join(";")
            }
        };
        vec![
            (number + 1).to_string(),
            table.kind.as_str().to_owned(),
            label(&table.unit),
            label(&table.name),
            label(&table.responsible),
            amount(&table.total),
            amount(&table.fiscal),
            other,
            label(&table.goal),
        ]
    };
    disclosure.performance.iter().enumerate().map(row).collect()
}

/// The columns of `indicators.csv` behind the document, without the notes.
pub(super) fn indicator_rows(disclosure: &Disclosure) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (number, table) in disclosure.performance.iter().enumerate() {
        for (order, indicator) in table.indicators.iter().enumerate() {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let decimal = |value: Option<budget_model::Decimal>| value.map_or(String::new(), |value| value.to_string());
            rows.push(vec![
                (number + 1).to_string(),
                (order + 1).to_string(),
                indicator.level1.clone(),
                indicator.level2.clone(),
                indicator.name.text.clone(),
                indicator.value.raw.text.clone(),
                indicator.value.operator.map_or("", budget_model::Operator::as_str).to_owned(),
                decimal(indicator.value.number),
                text(&indicator.value.unit),
                text(&indicator.basis),
                text(&indicator.last_year),
                decimal(indicator.weight),
                text(&indicator.scoring),
                text(&indicator.evidence),
            ]);
        }
    }
    rows
}

/// Counts and prints the fields that differ.
fn differences(name: &str, read: &[Vec<String>], gold: &[Vec<String>]) -> usize {
    let (mut fields, mut wrong) = (0, 0);
    for (index, gold) in gold.iter().enumerate() {
        let gold = gold.get(1..).unwrap_or_default();
        let empty = Vec::new();
        let read = read.get(index).unwrap_or(&empty);
        // The gold of indicators ends with a column of notes.
        let compared = if name.contains("indicators") { gold.len() - 1 } else { gold.len() };
        for (column, gold) in gold.iter().take(compared).enumerate() {
            fields += 1;
            let read = read.get(column).map_or("", String::as_str);
            if read != gold {
                wrong += 1;
                println!("{name} row {} field {}: read {read:?}, gold {gold:?}", index + 1, column + 1);
            }
        }
    }
    let extra = read.len().abs_diff(gold.len());
    println!("{name}: {} rows read, {} in the gold, {fields} fields compared, {wrong} differ", read.len(), gold.len());
    wrong + extra
}

#[test]
#[ignore = "needs ../shared"]
fn every_field_of_the_gold_is_read_with_and_without_blank_lines() {
    let mut wrong = 0;
    for id in ["000", "003"] {
        let text = seed(id);
        for keep_blanks in [true, false] {
            let (disclosure, unread) = read_text(&text, keep_blanks);
            println!("{id}, blank lines {keep_blanks}: unread {unread:?}");
            wrong += unread.len();
            wrong += differences(&format!("{id} performance"), &table_rows(&disclosure), &gold(id, "performance.csv"));
            wrong +=
                differences(&format!("{id} indicators"), &indicator_rows(&disclosure), &gold(id, "indicators.csv"));
        }
    }
    assert_eq!(wrong, 0, "fields differ from the gold or text is unread");
}

#[test]
#[ignore = "needs ../shared"]
fn every_seed_reads_the_same_with_and_without_blank_lines_and_leaves_nothing_unread() {
    for id in ["000", "001", "002", "003", "004"] {
        let text = seed(id);
        let (with, unread) = read_text(&text, true);
        assert!(unread.is_empty(), "{id}: {unread:?}");
        let (without, unread) = read_text(&text, false);
        assert!(unread.is_empty(), "{id} without blank lines: {unread:?}");
        assert!(!with.performance.is_empty());
        assert_eq!(table_rows(&with), table_rows(&without), "{id}");
        assert_eq!(indicator_rows(&with), indicator_rows(&without), "{id}");
    }
}
