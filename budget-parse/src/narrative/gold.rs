//! The prose of the real documents against what a careful reader found in it.

use std::path::PathBuf;
use std::str::FromStr as _;

use budget_document::Line;
use budget_model::{Decimal, Disclosure, Fact};

use super::testing::lines_of;
use crate::consumption::Consumption;
use crate::layout::LayoutSet;
use crate::outline::{RegionKind, outline};

fn directory(variable: &str, default: &str) -> PathBuf {
    let fallback = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(default);
    std::env::var_os(variable).map_or_else(fallback, PathBuf::from)
}

fn seed(document: &str) -> String {
    let directory = directory("BUDGET_SEEDS_DIR", "seeds");
    let entries = std::fs::read_dir(&directory).expect("the seeds are there");
    let names = entries.map(|entry| entry.expect("readable directory").path());
    let is_it = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(document));
    let path = names.into_iter().find(is_it).expect("the seed is there");
    std::fs::read_to_string(path).expect("the seed is UTF-8")
}

/// Reads the prose of a document, without its tables; with the numbers of the ledger over the prose.
fn read(document: &str, year: u16, blank_lines: bool) -> Disclosure {
    let text = seed(document);
    let mut lines = lines_of(&text);
    for line in &mut lines {
        line.after_blank &= blank_lines;
    }
    let lines: Vec<&Line<'_>> = lines.iter().collect();
    let layouts = LayoutSet::built_in();
    let outline = outline(&lines, &layouts, Some(year)).expect("a layout fits");
    let mut consumption = Consumption::new(lines.len());
    let is_prose = |kind: &RegionKind| matches!(kind, RegionKind::Prose);
    let mut prose = Vec::new();
    for region in &outline.regions {
        if is_prose(&region.kind) {
            prose.push(region.lines.clone());
        } else {
            region.lines.clone().for_each(|line| consumption.whole(line));
        }
    }
    let mut disclosure = Disclosure { year: Some(year), ..Disclosure::default() };
    let form = super::Form { sections: &outline.layout.sections, parts: &outline.parts };
    super::read(&lines, &prose, form, &mut disclosure, &mut consumption);
    disclosure.ledger = consumption.ledger(&lines);
    disclosure
}

/// The records of a CSV file of the gold.
fn records(document: &str, file: &str) -> Vec<Vec<String>> {
    let path = directory("BUDGET_GOLD_DIR", "gold").join(document).join(file);
    let text = std::fs::read_to_string(path).expect("the gold is there");
    let mut records = Vec::new();
    let (mut record, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut characters = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            '\r' if !quoted => {}
            other => cell.push(other),
        }
    }
    records.remove(0);
    records
}

fn matches(gold: &[String], fact: &Fact) -> bool {
    let [_, section, _, measure, value, unit, _] = gold else { return false };
    let section_fits = fact.section.starts_with(section.as_str()) || section.starts_with(&fact.section);
    let printed = fact.unit.as_ref().map_or("", |unit| unit.as_str());
    section_fits
        && fact.measure.as_str() == measure
        && Decimal::from_str(value).is_ok_and(|value| value == fact.value)
        // The unit of 编制数 is that of the people counted in the same sentence; one gold leaves it empty.
        && (printed == unit || printed.is_empty() || unit.is_empty())
}

/// Figures of the gold that were not found, and figures found that are not in the gold.
fn compare(document: &str, facts: &[Fact]) -> (usize, Vec<String>, Vec<String>) {
    let gold = records(document, "facts.csv");
    let mut taken = vec![false; facts.len()];
    let mut missing = Vec::new();
    for record in &gold {
        let found = facts.iter().enumerate().position(|(index, fact)| !taken[index] && matches(record, fact));
        match found {
            Some(index) => taken[index] = true,
            None => missing.push(record[1..].join(" | ")),
        }
    }
    let extra = facts.iter().zip(&taken).filter(|(_, taken)| !**taken).map(|(fact, _)| show(fact)).collect();
    (gold.len(), missing, extra)
}

fn show(fact: &Fact) -> String {
    let unit = fact.unit.as_ref().map_or("", |unit| unit.as_str());
    let subject = fact.subject.join("/");
    format!("{} | {subject} | {} | {} | {unit} | {}", fact.section, fact.measure.as_str(), fact.value, fact.quote)
}

#[test]
#[ignore = "needs ../shared"]
fn the_figures_of_the_gold_are_found_and_no_others() {
    for (document, year) in [("000", 2025), ("003", 2022)] {
        let disclosure = read(document, year, true);
        let (count, missing, extra) = compare(document, &disclosure.facts);
        println!("{document}: {count} figures, {} missing, {} extra", missing.len(), extra.len());
        missing.iter().for_each(|line| println!("  missing {line}"));
        extra.iter().for_each(|line| println!("  extra   {line}"));
        assert!(missing.len() * 100 <= count * 3, "more than 3 % of the figures of {document} are missing");
        assert!(extra.len() * 100 <= count * 3, "too many figures of {document} are not in the gold");
    }
}

#[test]
#[ignore = "needs ../shared"]
fn the_projects_of_the_gold_are_read_field_by_field() {
    for (document, year) in [("000", 2025), ("003", 2022)] {
        let disclosure = read(document, year, true);
        let text =
            |label: &Option<budget_model::Label>| label.as_ref().map_or(String::new(), |label| label.text.clone());
        let read: Vec<Vec<String>> = disclosure
            .projects
            .iter()
            .map(|project| {
                let extra: Vec<String> =
                    project.further.iter().map(|field| format!("{}={}", field.label, field.value.text)).collect();
                vec![
                    project.number.to_string(),
                    project.name.text.clone(),
                    text(&project.policy_basis),
                    project.amount.as_ref().map_or(String::new(), |amount| amount.value.to_string()),
                    text(&project.unit_in_charge),
                    text(&project.allocation),
                    text(&project.period),
                    extra.join(" || "),
                ]
            })
            .collect();
        let gold: Vec<Vec<String>> =
            records(document, "projects.csv").into_iter().map(|record| record[1..].to_vec()).collect();
        assert_eq!(read, gold, "{document}");
    }
}

#[test]
#[ignore = "needs ../shared"]
fn all_prose_is_read_with_and_without_blank_lines() {
    for (document, year) in [("000", 2025), ("001", 2025), ("002", 2025), ("003", 2022), ("004", 2024)] {
        let disclosure = read(document, year, true);
        let ledger = &disclosure.ledger;
        println!(
            "{document}: {} facts, {} sections, {} unread",
            disclosure.facts.len(),
            disclosure.sections.len(),
            ledger.unread.len()
        );
        assert_eq!(ledger.unread, [], "{document}");
        let without = read(document, year, false);
        assert_eq!(without, disclosure, "{document}");
    }
}
