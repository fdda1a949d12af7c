//! The reader on invented tables, one trap each, and on the hand-read truth where that is at hand.

use std::borrow::Cow;
use std::path::PathBuf;

use budget_model::{Disclosure, PerformanceKind};

use super::read;
use crate::consumption::Consumption;
use crate::raw::Line;
use crate::text::squeeze;

/// A text as a reader hands it over: a line that begins with a space right behind another begins a page.
fn lines(text: &str, keep_blanks: bool) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut page, mut after_blank) = (1, false);
    for (index, text) in text.lines().enumerate() {
        if text.trim().is_empty() {
            after_blank = keep_blanks;
            continue;
        }
        let page_start = lines.is_empty() || (text.starts_with(' ') && !after_blank);
        page += u32::from(page_start && !lines.is_empty());
        let number = if keep_blanks { index } else { lines.len() } as u32 + 1;
        lines.push(Line { text: Cow::Borrowed(text), page, number, after_blank, page_start, cell: None });
        after_blank = false;
    }
    lines
}

/// Tables from their titles to the next title or to the heading behind the last table.
fn regions(lines: &[&Line<'_>]) -> Vec<std::ops::Range<usize>> {
    let is_title = |line: &str| {
        let line = squeeze(line);
        line.ends_with("绩效目标表") && line.chars().count() <= 12
    };
    let is_heading = |line: &str| line.contains("其他需说明的事项") || line.trim_start().starts_with("第四部分");
    let titles = lines.iter().enumerate().filter(|(_, line)| is_title(&line.text)).map(|(index, _)| index);
    let until = |from: usize| {
        let ends = |line: &&&Line<'_>| is_title(&line.text) || is_heading(&line.text);
        lines.iter().skip(from + 1).position(|line| ends(&line)).map_or(lines.len(), |end| from + 1 + end)
    };
    titles.map(|title| title..until(title)).collect()
}

/// The document, and the share of the characters and numbers of its tables that were not consumed, as text.
fn read_text(text: &str, keep_blanks: bool) -> (Disclosure, Vec<String>) {
    let lines = lines(text, keep_blanks);
    let lines: Vec<&Line<'_>> = lines.iter().collect();
    let regions = regions(&lines);
    let mut disclosure = Disclosure::default();
    let mut consumption = Consumption::new(lines.len());
    for (index, _) in lines.iter().enumerate() {
        if !regions.iter().any(|region| region.contains(&index)) {
            consumption.whole(index);
        }
    }
    read(&lines, &regions, &mut disclosure, &mut consumption);
    let ledger = consumption.ledger(&lines);
    let unread = ledger.unread.iter().map(|label| format!("{}: {}", label.place.line(), label.text)).collect();
    (disclosure, unread)
}

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
fn table_rows(disclosure: &Disclosure) -> Vec<Vec<String>> {
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
fn indicator_rows(disclosure: &Disclosure) -> Vec<Vec<String>> {
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
        for (with, without) in indicator_rows(&with).iter().zip(indicator_rows(&without)) {
            assert_eq!(with, &without, "{id}");
        }
    }
}
