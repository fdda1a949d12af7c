//! The page `docs/regions.md`: what is read of the real disclosures, by region and form. It is made of the files and of their truth,
//! and this test fails when it is stale.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use budget_model::{Coordinates, Decimal, Disclosure, Fact, Interval, Measure, Table, TableKind};
use serde_json::Value;

/// Between these lines of the page stands what is measured; the rest is written by hand.
const BEGIN: &str = "<!-- measured: budget-cli/tests/regions.rs -->\n";
const END: &str = "<!-- end of what is measured -->\n";

/// The folder of the real files and of the yardstick.
fn real() -> PathBuf {
    std::env::var_os("BUDGET_REAL_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/real"), PathBuf::from)
}

/// What is read of the documents of a region in one form.
#[derive(Default)]
struct Read {
    files: usize,
    pages: u64,
    kinds: BTreeMap<&'static str, usize>,
    targets: usize,
    indicators: usize,
    columns: (usize, usize),
    rows: (usize, usize),
    facts: [usize; 4],
    numbers: (u64, u64),
    characters: (u64, u64),
    findings: (usize, usize),
    /// Amounts of the truth, right, unsure, certain and wrong.
    scores: [usize; 4],
}

#[test]
#[ignore = "needs the real files of ../shared and python3; BUDGET_UPDATE_DOCS=1 writes the page anew"]
fn the_page_of_regions_says_what_is_read_now() {
    let here = common::folder("regions");
    let mut read: BTreeMap<(String, String), Read> = BTreeMap::new();
    let mut groups: BTreeMap<String, (String, String)> = BTreeMap::new();
    for (region, number, pdf) in documents() {
        let json = here.join(&number).with_extension("json");
        let ran =
            common::budget(&here).args(["extract", "--to", "json", "--out"]).arg(&json).arg(&pdf).output().unwrap();
        assert!(ran.status.success(), "{number}: {ran:?}");
        let bytes = std::fs::read(&json).unwrap();
        let (_, document) = budget_export::from_json(&bytes).unwrap();
        let tables = here.join("out").join(&number);
        let ran =
            common::budget(&here).args(["extract", "--to", "csv", "--out"]).arg(&tables).arg(&pdf).output().unwrap();
        assert!(ran.status.success(), "{number}: {ran:?}");
        let checked = common::budget(&here).args(["check", "--to", "json"]).arg(&pdf).output().unwrap();
        let report: Value = serde_json::from_slice(&checked.stdout).unwrap_or_default();
        let form = format!("{} {}", document.year.unwrap_or_default(), document.stage.as_str());
        groups.insert(number, (region.clone(), form.clone()));
        let group = read.entry((region, form)).or_default();
        group.add(&document, pages(&serde_json::from_slice(&bytes).unwrap()), &report);
    }
    score(&here.join("out"), &groups, &mut read);
    let measured = page(&read);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/regions.md");
    let now = std::fs::read_to_string(&file).unwrap();
    let (before, rest) = now.split_once(BEGIN).unwrap();
    let (old, after) = rest.split_once(END).unwrap();
    if std::env::var_os("BUDGET_UPDATE_DOCS").is_some() {
        std::fs::write(&file, format!("{before}{BEGIN}{measured}{END}{after}")).unwrap();
    } else {
        assert_eq!(old, measured, "docs/regions.md is stale; BUDGET_UPDATE_DOCS=1 writes it anew");
    }
}

/// Region, number and file of the documents whose truth is known.
fn documents() -> Vec<(String, String, PathBuf)> {
    let entries = std::fs::read_dir(real().join("pdf")).unwrap();
    let named = |path: PathBuf| {
        let (region, number) = path.file_stem()?.to_str()?.rsplit_once('-')?;
        let is_known = real().join("truth").join(number).with_extension("json").exists();
        is_known.then(|| (region.to_owned(), number.to_owned(), path.clone()))
    };
    let mut documents: Vec<_> = entries.filter_map(|entry| named(entry.ok()?.path())).collect();
    documents.sort();
    documents
}

/// The last page that anything of a document names.
fn pages(json: &Value) -> u64 {
    match json {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| if name == "page" { value.as_u64().unwrap_or(0) } else { pages(value) })
            .max()
            .unwrap_or(0),
        Value::Array(items) => items.iter().map(pages).max().unwrap_or(0),
        _ => 0,
    }
}

impl Read {
    fn add(&mut self, document: &Disclosure, pages: u64, report: &Value) {
        self.files += 1;
        self.pages += pages;
        for table in &document.tables {
            *self.kinds.entry(table.kind.as_str()).or_default() += 1;
            if table.kind != TableKind::Other {
                let known = table.columns.iter().filter(|column| column.is_known()).count();
                self.columns.0 += table.columns.len() - known;
                self.columns.1 += table.columns.len();
                self.rows.0 += table.rows.iter().filter(|row| !row.meaning.is_known()).count();
                self.rows.1 += table.rows.len();
            }
        }
        self.targets += document.performance.len();
        self.indicators += document.performance.iter().map(|table| table.indicators.len()).sum::<usize>();
        let stated = stated(&document.tables);
        let is_amount = |fact: &&Fact| {
            fact.measure == Measure::Amount && fact.unit.as_ref().is_some_and(|unit| unit.in_yuan().is_some())
        };
        for fact in document.facts.iter().filter(is_amount) {
            self.facts[0] += 1;
            let Some(coordinates) = &fact.coordinates else { continue };
            self.facts[1] += 1;
            let Some(amounts) = stated.iter().find(|(other, _)| other == coordinates).map(|(_, amounts)| amounts)
            else {
                continue;
            };
            self.facts[2] += 1;
            self.facts[3] += usize::from(agrees(fact, amounts));
        }
        let ledger = &document.ledger;
        self.numbers = (self.numbers.0 + ledger.numbers_read, self.numbers.1 + ledger.numbers);
        self.characters = (self.characters.0 + ledger.characters_read, self.characters.1 + ledger.characters);
        let findings = report["report"]["findings"].as_array().cloned().unwrap_or_default();
        let errors = findings.iter().filter(|finding| finding["severity"] == "error").count();
        self.findings = (self.findings.0 + errors, self.findings.1 + findings.len() - errors);
    }
}

/// What the tables state, in yuan, with the interval of what prints so.
fn stated(tables: &[Table]) -> Vec<(Coordinates, Vec<Interval>)> {
    let mut stated: Vec<(Coordinates, Vec<Interval>)> = Vec::new();
    for table in tables {
        let Some(factor) = table.unit.in_yuan() else { continue };
        for (index, row) in (0..).zip(&table.rows) {
            for cell in &row.cells {
                let Some(coordinates) = table.coordinates(index, cell) else { continue };
                let amount = interval(cell.amount.value, factor);
                match stated.iter_mut().find(|(other, _)| *other == coordinates) {
                    Some((_, amounts)) => amounts.push(amount),
                    None => stated.push((coordinates, vec![amount])),
                }
            }
        }
    }
    stated
}

fn interval(value: Decimal, factor: Decimal) -> Interval {
    let printed = Interval::printed(value);
    Interval { low: printed.low * factor, high: printed.high * factor }
}

/// Whether a stated amount and one of the tables meet.
fn agrees(fact: &Fact, amounts: &[Interval]) -> bool {
    let factor = fact.unit.as_ref().and_then(budget_model::Unit::in_yuan).unwrap_or_default();
    let own = interval(fact.value, factor);
    amounts.iter().any(|amount| own.meets(*amount))
}

/// Adds what the yardstick says of each document.
fn score(out: &Path, groups: &BTreeMap<String, (String, String)>, read: &mut BTreeMap<(String, String), Read>) {
    let mut compare = Command::new("python3");
    compare.arg(real().join("compare.py")).arg(real().join("truth")).arg(out).args(["--by", "doc"]);
    let report = String::from_utf8(compare.output().unwrap().stdout).unwrap();
    let mut lines = report.lines();
    let titles: Vec<&str> = lines.next().unwrap().split('\t').collect();
    for line in lines {
        let fields: Vec<&str> = line.split('\t').collect();
        let Some((_, group)) = groups.iter().find(|(number, _)| fields[0].contains(number.as_str())) else { continue };
        let value = |title: &str| -> usize {
            let at = titles.iter().position(|other| *other == title).unwrap();
            fields.get(at).and_then(|text| text.parse().ok()).unwrap_or(0)
        };
        let scores = [value("cells"), value("right"), value("unsure"), value("sure wrong")];
        let group = read.get_mut(group).unwrap();
        group.scores.iter_mut().zip(scores).for_each(|(sum, one)| *sum += one);
    }
}

/// The measured part of the page.
fn page(read: &BTreeMap<(String, String), Read>) -> String {
    // Rounded to a hundredth of a percent.
    let share = |(part, whole): (u64, u64)| {
        let hundredths = (part * 20_000 / whole.max(1)).div_ceil(2);
        format!("{}.{:02} %", hundredths / 100, hundredths % 100)
    };
    let mut text = String::new();
    let head = |text: &mut String, titles: &[&str]| {
        writeln!(text, "| {} |", titles.join(" | ")).unwrap();
        writeln!(text, "| --- | --- |{}", " --: |".repeat(titles.len() - 2)).unwrap();
    };
    writeln!(text, "\n## Amounts, columns, rows\n").unwrap();
    head(
        &mut text,
        &[
            "region",
            "form",
            "files",
            "pages",
            "amounts",
            "right",
            "unsure",
            "certain, not as the truth",
            "unknown columns",
            "unknown rows",
        ],
    );
    for ((region, form), of) in read {
        let [cells, right, unsure, wrong] = of.scores;
        let (columns, rows) = (of.columns, of.rows);
        writeln!(
            text,
            "| {region} | {form} | {} | {} | {cells} | {right} | {unsure} | {wrong} | {} of {} | {} of {} |",
            of.files, of.pages, columns.0, columns.1, rows.0, rows.1
        )
        .unwrap();
    }
    writeln!(text, "\n## Text, targets, ledger, findings\n").unwrap();
    head(
        &mut text,
        &[
            "region",
            "form",
            "stated amounts",
            "with coordinates",
            "stated in a table too",
            "agreeing",
            "target tables",
            "indicators",
            "numbers read",
            "characters read",
            "errors",
            "other findings",
        ],
    );
    for ((region, form), of) in read {
        let [stated, resolved, both, agreeing] = of.facts;
        let (errors, others) = of.findings;
        let (numbers, characters) = (share(of.numbers), share(of.characters));
        writeln!(
            text,
            "| {region} | {form} | {stated} | {resolved} | {both} | {agreeing} | {} | {} | {numbers} | {characters} | {errors} | {others} |",
            of.targets, of.indicators
        )
        .unwrap();
    }
    writeln!(text, "\n## Tables by kind\n\n| region | form | tables |\n| --- | --- | --- |").unwrap();
    for ((region, form), of) in read {
        let kinds: Vec<String> = of.kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        writeln!(text, "| {region} | {form} | {} |", kinds.join(", ")).unwrap();
    }
    text.push('\n');
    text
}
