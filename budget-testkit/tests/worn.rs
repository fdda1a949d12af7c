//! Generated disclosures that suffered on their way to the reader: nothing may be certain and wrong, nothing may be lost in
//! silence, and a consistent document stays without errors.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs)]

use budget_model::{Disclosure, Language, Severity, Table};
use budget_parse::Registry;
use budget_parse_text::TextReader;
use budget_parse_xlsx::WorkbookReader;
use budget_rules::Checker;
use budget_testkit::{Books, Config, Wear, WearKind, certain_and_wrong, disclosure, text, workbook};

/// Documents of each kind of wear.
fn cases() -> u64 {
    std::env::var("BUDGET_WORN_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(12)
}

fn read(content: &[u8]) -> Option<Disclosure> {
    Registry::new().with_reader(TextReader).with_reader(WorkbookReader).read(content, None).ok()
}

/// What was read of a document, plain and worn.
struct Trial {
    seed: u64,
    kind: WearKind,
    expected: Disclosure,
    plain: Disclosure,
    worn: Option<Disclosure>,
    content: Vec<u8>,
}

fn trials(kinds: &[WearKind], write: fn(&Disclosure, &Books, &Config) -> Vec<u8>) -> impl Iterator<Item = Trial> {
    kinds.iter().flat_map(move |kind| (0..cases()).map(move |seed| (*kind, seed))).map(move |(kind, seed)| {
        let mut config = Config::random(seed);
        let books = Books::random(seed, &config);
        let expected = disclosure(&books, &config);
        let plain = read(&write(&expected, &books, &config)).unwrap();
        config.wear = Some(Wear { kind, seed });
        let content = write(&expected, &books, &config);
        Trial { seed, kind, expected, plain, worn: read(&content), content }
    })
}

fn texts() -> impl Iterator<Item = Trial> {
    trials(&WearKind::OF_TEXTS, |expected, books, config| text(expected, books, config).into_bytes())
}

fn workbooks() -> impl Iterator<Item = Trial> {
    trials(&WearKind::OF_WORKBOOKS, |expected, books, config| workbook(expected, books, config).unwrap())
}

fn certain(disclosure: &Disclosure) -> usize {
    disclosure.tables.iter().map(Table::certain_count).sum()
}

/// Holds every trial against the books; prints what each kind of wear costs.
fn hold(trials: impl Iterator<Item = Trial>) {
    let mut failures: Vec<String> = Vec::new();
    let mut costs: Vec<(WearKind, usize, usize)> = Vec::new();
    for trial in trials {
        let name = format!("{:?} {}", trial.kind, trial.seed);
        if let Some(folder) = std::env::var_os("BUDGET_WORN_OUT") {
            let path = std::path::Path::new(&folder).join(name.replace(' ', "-"));
            std::fs::write(path, &trial.content).unwrap();
        }
        let before = certain(&trial.plain);
        let after = trial.worn.as_ref().map_or(0, certain);
        match costs.last_mut() {
            Some((kind, plain, worn)) if *kind == trial.kind => (*plain, *worn) = (*plain + before, *worn + after),
            _ => costs.push((trial.kind, before, after)),
        }
        // An error of the whole document is a report, too.
        let Some(worn) = &trial.worn else { continue };
        failures.extend(certain_and_wrong(&trial.expected, worn).iter().map(|wrong| format!("{name}: {wrong}")));
        if after < before && worn.diagnostics.is_empty() {
            failures.push(format!("{name}: {after} of {before} figures are certain, and nothing says why"));
        }
        let report = Checker::new().check(worn);
        let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error);
        failures.extend(errors.map(|error| format!("{name}: {}", error.message(Language::English))));
    }
    for (kind, plain, worn) in costs {
        println!("{kind:?}: {worn} figures certain, {plain} without wear");
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn a_worn_text_has_no_certain_figure_that_is_wrong_and_no_error() {
    hold(texts());
}

#[test]
fn a_worn_workbook_has_no_certain_figure_that_is_wrong_and_no_error() {
    hold(workbooks());
}
