//! What rules say about themselves, in both languages.

#![allow(clippy::unwrap_used)]

use budget_rules::{RULES, reference};

#[test]
fn both_languages_of_a_message_use_the_same_arguments() {
    for rule in RULES {
        let description = rule.describe();
        let (zh, en) = (&description.message.zh, &description.message.en);
        for argument in ["{0}", "{1}", "{2}", "{3}"] {
            assert_eq!(zh.contains(argument), en.contains(argument), "{} {argument}", description.id);
        }
        for text in [&description.title, &description.explanation, &description.example] {
            assert!(!text.zh.is_empty() && !text.en.is_empty(), "{}", description.id);
        }
    }
}

#[test]
fn the_reference_of_the_rules_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.md");
    let written = std::fs::read_to_string(path).unwrap();
    assert!(written == reference(), "run `cargo run -p budget-rules --example rules > budget-rules/docs/rules.md`");
}

#[test]
fn the_message_of_every_example_is_filled_in_both_languages() {
    for rule in RULES.iter().map(|rule| rule.describe()) {
        let message = rule.example_message();
        for text in [&message.zh, &message.en] {
            assert!(!text.contains('{'), "{}: {text}", rule.id);
        }
        let mark = format!("{{{}}}", rule.example_arguments.len());
        assert!(!rule.message.zh.contains(&mark) && !rule.example_arguments.is_empty(), "{}", rule.id);
    }
}
