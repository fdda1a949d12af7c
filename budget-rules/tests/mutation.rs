//! One changed digit is found: in the sample, and in real disclosures.

mod common;

use std::path::{Path, PathBuf};

use common::mutation::{Outcome, change_each};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Shows what was missed (`--nocapture`), and fails if it was too much.
fn judge(name: &str, outcome: &Outcome) {
    for (kind, tally) in &outcome.kinds {
        println!("{name}: {kind:20} {tally}");
    }
    for (kind, tally) in &outcome.kinds {
        tally.missed.iter().for_each(|miss| println!("{name}: missed, {kind}: {miss}"));
        tally.alone.iter().for_each(|miss| println!("{name}: in no check, {kind}: {miss}"));
    }
    outcome.moved.iter().for_each(|what| println!("{name}: another figure moved after {what}"));
    assert!(outcome.unread.is_empty(), "{name}: no number at {:?}", outcome.unread);
    let tables = &outcome.kinds["table figures"];
    assert!(tables.alone.is_empty(), "{name}: table figures in no check: {:?}", tables.alone);
    for (kind, least) in [
        ("table figures", 99),
        ("performance amounts", 99),
        ("project amounts", 99),
        ("stated amounts", 95),
        ("stated shares", 95),
        ("stated changes", 95),
        // One that a reason repeats (因此“三公”经费预算下降60.00%) stands in checks of its direction only.
        ("stated percentages", 90),
    ] {
        let named = outcome.kinds.get(kind).map_or(100, |tally| tally.named_of_hundred());
        assert!(named >= least, "{name}: {named} % of the changed {kind} were named");
    }
}

#[test]
fn one_changed_digit_of_the_sample_is_named() {
    let text = std::fs::read_to_string(Path::new(ROOT).join("../examples/disclosure.txt")).unwrap();
    // Every eleventh figure: all of them take a minute without optimisation.
    judge("sample", &change_each(&text, 11));
}

#[test]
#[ignore = "needs ../shared"]
fn one_changed_digit_of_a_real_disclosure_is_named() {
    let seeds =
        std::env::var_os("BUDGET_SEEDS_DIR").map_or_else(|| Path::new(ROOT).join("../../shared/seeds"), PathBuf::from);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&seeds).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    assert!(!paths.is_empty(), "no documents in {}", seeds.display());
    paths.push(Path::new(ROOT).join("../examples/disclosure.txt"));
    std::thread::scope(|threads| {
        for path in &paths {
            threads.spawn(move || {
                let name = path.file_stem().unwrap().to_string_lossy();
                judge(&name, &change_each(&std::fs::read_to_string(path).unwrap(), 1));
            });
        }
    });
}
