//! What the rules say about two real disclosures.

mod common;

use budget_model::Language;
use budget_rules::Checker;
use common::gold;

#[test]
#[ignore = "needs ../shared"]
fn print_findings() {
    for (document, form) in [("000", "xinjiang-2025"), ("003", "xinjiang-2022")] {
        let disclosure = gold::disclosure(document, form);
        let report = Checker::new().check(&disclosure);
        println!("=== {document}: {} cases", report.checked());
        for rule in &report.rules {
            println!("{:40} {:4} {:3} {:?} {:?}", rule.rule, rule.checked, rule.violated,
                rule.not_applicable.iter().map(|t| t.en.as_ref()).collect::<Vec<_>>(), rule.blocked.iter().map(|t| t.en.as_ref()).collect::<Vec<_>>());
        }
        for finding in &report.findings {
            println!("{:?} {} {} [{} checks]", finding.severity, finding.rule, finding.message(Language::Chinese), finding.arithmetic.len());
            for suspect in &finding.suspects {
                println!("      ? {} {} -> {:?}", suspect.name, suspect.value, suspect.fitting);
            }
        }
        println!("rounding: {}", report.rounding.len());
    }
}

#[test]
#[ignore = "needs ../shared"]
fn print_mutations() {
    use common::mutation;
    use std::collections::BTreeMap;
    for (document, form) in [("000", "xinjiang-2025"), ("003", "xinjiang-2022")] {
        let disclosure = gold::disclosure(document, form);
        let checker = mutation::checker();
        let before = checker.check(&disclosure);
        let mut tallies: BTreeMap<&str, mutation::Tally> = BTreeMap::new();
        for (nth, (subject, value)) in mutation::figures(&disclosure).into_iter().enumerate() {
            let changed = mutation::one_digit_changed(value, nth);
            let after = checker.check(&mutation::with(&disclosure, subject, changed));
            let new = mutation::new_findings(&before, after);
            let name = format!("{subject:?} {value} -> {changed}");
            mutation::count(tallies.entry(mutation::kind(&disclosure, subject)).or_default(), &new, &name, |s, _| s == subject);
        }
        for (kind, tally) in &tallies {
            println!("{document} {kind:20} {tally}");
        }
        for (kind, tally) in &tallies {
            for miss in &tally.missed {
                println!("{document} MISS {kind}: {miss}");
            }
        }
    }
}
