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

/// The document with one digit changed of the number at a place; `None` if no number stands there.
fn mutated(text: &str, place: budget_model::Place, nth: usize) -> Option<(String, budget_model::Decimal, String)> {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let line = lines.get_mut(place.line() as usize - 1)?;
    let start: usize = line.chars().take(place.column() as usize - 1).map(char::len_utf8).sum();
    let rest = line.get(start..)?;
    let length = rest.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-')).count();
    let printed = rest.get(..length)?.trim_end_matches(['.', ',', '-']).to_owned();
    let plain: String = printed.chars().filter(|c| *c != ',').collect();
    let value: budget_model::Decimal = plain.parse().ok()?;
    let changed = common::mutation::one_digit_changed(value, nth);
    line.replace_range(start..start + printed.len(), &changed.to_string());
    Some((lines.join("\n"), changed, printed))
}

#[test]
#[ignore = "needs ../shared"]
fn print_mutations() {
    use common::mutation;
    use std::collections::BTreeMap;
    for (name, bytes) in documents() {
        let text = String::from_utf8(bytes).unwrap();
        let disclosure = read(text.as_bytes());
        let checker = mutation::checker();
        let before = checker.check(&disclosure);
        let mut tallies: BTreeMap<&str, mutation::Tally> = BTreeMap::new();
        let mut seen = std::collections::HashSet::new();
        let mut moved = 0;
        let columns = |disclosure: &Disclosure, except: budget_model::Place| -> BTreeMap<budget_model::Place, (String, bool)> {
            let cells = disclosure.tables.iter().flat_map(|table| {
                table.rows.iter().flat_map(move |row| row.cells.iter().map(move |cell| {
                    (cell.amount.place, (table.columns[usize::from(cell.column)].id.clone(), cell.placement.is_certain()))
                }))
            });
            cells.filter(|(place, _)| (place.line(), place.column() > except.column()) != (except.line(), true) && *place != except).collect()
        };
        for (nth, (subject, place)) in mutation::places(&disclosure).into_iter().enumerate() {
            if !seen.insert(place) {
                continue;
            }
            let Some((changed, value, printed)) = mutated(&text, place, nth) else {
                println!("{name}: no number at {place:?} for {subject:?}");
                continue;
            };
            let reread = read(changed.as_bytes());
            moved += usize::from(columns(&disclosure, place) != columns(&reread, place));
            let new = mutation::new_findings(&before, checker.check(&reread));
            let what = format!("{subject:?} {place:?} {printed} -> {value}");
            let is_it = |suspect: &budget_rules::Suspect| {
                suspect.place == place
                    || (matches!(suspect.subject, budget_rules::Subject::Allocation { .. } | budget_rules::Subject::Goal { .. })
                        && suspect.value == value)
            };
            mutation::count(tallies.entry(mutation::kind(&disclosure, subject)).or_default(), &new, &what, is_it);
        }
        println!("{name}: in {moved} changed documents an untouched figure has another column");
        for (kind, tally) in &tallies {
            println!("{name} {kind:20} {tally}");
        }
        for (kind, tally) in &tallies {
            for miss in &tally.missed {
                println!("{name} MISS {kind}: {miss}");
            }
        }
    }
}

#[test]
#[ignore = "needs ../shared"]
fn print_facts() {
    for (name, bytes) in documents() {
        for (index, fact) in read(&bytes).facts.iter().enumerate() {
            println!("{name} {index} {} {} {:?} {} {:?} {}", fact.section, fact.subject.join("/"), fact.measure, fact.value, fact.unit,
                fact.coordinates.as_ref().map(|c| format!("{:?} {:?} {:?} {:?} {:?}", c.source, c.nature, c.function, c.three_public, c.project)).unwrap_or_default());
        }
    }
}
