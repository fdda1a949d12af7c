//! Disclosures that no reader makes are written without a panic, and their JSON reads back as the same.
//!
//! `BUDGET_FUZZ_CASES` sets the number of random cases; coverage-guided fuzzing is in `fuzz/`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod sample;

use budget_export::{Document, DocumentInfo, ExportOptions, MemorySink, exporters, from_json, to_json};
use budget_model::Disclosure;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

/// All values inside a value, itself first.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

/// The n-th value inside a value, itself being the first.
fn nth<'v>(value: &'v mut Value, n: &mut usize) -> Option<&'v mut Value> {
    if *n == 0 {
        return Some(value);
    }
    *n -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| nth(item, n)),
        Value::Object(fields) => fields.values_mut().find_map(|field| nth(field, n)),
        _ => None,
    }
}

/// What a value can be exchanged for.
fn other() -> impl Strategy<Value = Value> {
    prop_oneof![
        prop::sample::select(vec![
            "",
            "=1+1",
            "总计",
            "0.00",
            "-79228162514264337593543950335",
            "2010101",
            "\u{0}\n\""
        ])
        .prop_map(Value::from),
        prop::sample::select(vec![0_u64, 1, 7, 65_535, 1_048_576, 4_294_967_295]).prop_map(Value::from),
        Just(Value::Null),
        Just(Value::Array(Vec::new())),
    ]
}

fn written(disclosure: &Disclosure) {
    let info = DocumentInfo::new("any", "any.json");
    let document = Document { info: &info, disclosure };
    for exporter in exporters(ExportOptions::default()) {
        // A workbook has limits that a disclosure has not.
        let _ = exporter.write(document, &mut MemorySink::default());
    }
    let mut json = Vec::new();
    to_json(document, ExportOptions::default(), &mut json).unwrap();
    assert_eq!(from_json(&json).unwrap(), (info, disclosure.clone()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("BUDGET_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(128)
    ))]

    #[test]
    fn any_change_of_a_disclosure_is_written_and_read_back(
        exchanged in prop::collection::vec((any::<Index>(), other()), 1..4),
        moved in prop::collection::vec((any::<Index>(), any::<Index>()), 0..4),
    ) {
        let mut value = serde_json::to_value(sample::disclosure()).unwrap();
        // A change that makes it no disclosure at all is taken back, so that the others count.
        let mut change = |at: Index, new: Value| {
            let mut changed = value.clone();
            let size = count(&changed);
            *nth(&mut changed, &mut at.index(size)).unwrap() = new;
            if serde_json::from_value::<Disclosure>(changed.clone()).is_ok() {
                value = changed;
            }
        };
        for (at, new) in exchanged {
            change(at, new);
        }
        for (from, to) in moved {
            let mut whole = serde_json::to_value(sample::disclosure()).unwrap();
            let size = count(&whole);
            let part = nth(&mut whole, &mut from.index(size)).unwrap().clone();
            change(to, part);
        }
        written(&serde_json::from_value(value).unwrap());
    }
}
