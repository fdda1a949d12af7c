//! What is ours is in the language that was asked for; the words of the document stay as they are.

#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod common;

use std::path::Path;

use common::{file, folder, run, sample};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

/// The sample with a total that its parts and the text contradict.
fn altered(here: &Path) {
    let text = std::fs::read_to_string(sample()).unwrap();
    file(here, "a.txt", text.replacen("2032.21", "2032.91", 1).replacen("109.50", "190.50", 1));
}

/// Every text of a document, the longest first.
fn words_of_document(here: &Path) -> Vec<String> {
    fn collect(value: &Value, words: &mut Vec<String>) {
        match value {
            Value::String(text) if !text.is_ascii() => words.push(text.clone()),
            Value::Array(values) => values.iter().for_each(|value| collect(value, words)),
            Value::Object(fields) => fields.values().for_each(|value| collect(value, words)),
            _ => {}
        }
    }
    let ran = run(here, &["extract", "a.txt", "--to", "json"]);
    let mut words = Vec::new();
    collect(&serde_json::from_str(&ran.out).unwrap(), &mut words);
    words.sort_by_key(|text| std::cmp::Reverse(text.len()));
    words.dedup();
    words
}

/// What is left of an output without the words of the document, its lines and what stands in square brackets.
fn own_words(output: &str, document: &[String]) -> String {
    let is_of_source = |line: &&str| {
        line.trim_start().split_once(" | ").is_some_and(|(number, _)| number.chars().all(|c| c.is_ascii_digit()))
    };
    let lines: Vec<&str> = output.lines().filter(|line| !is_of_source(line) && !line.starts_with("  --> ")).collect();
    let mut text = lines.join("\n").replace("a.txt", "");
    for words in document {
        text = text.replace(words, "");
    }
    let mut own = String::new();
    let mut depth = 0_usize;
    for character in text.chars() {
        match character {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => own.push(character),
            _ => {}
        }
    }
    own
}

const COMMANDS: &[&[&str]] =
    &[&["check", "a.txt", "--rounding"], &["inspect", "a.txt", "--all"], &["inspect", "a.txt", "--tables"]];

#[test]
fn in_english_no_punctuation_of_ours_is_chinese() {
    let here = folder("english");
    altered(&here);
    let document = words_of_document(&here);
    for command in COMMANDS {
        let ran = run(&here, command);
        let own = own_words(&ran.out, &document);
        // The name of a layout is the name of a form.
        for line in own.lines().filter(|line| !line.starts_with("Layout ")) {
            assert!(!line.contains(['（', '）', '，', '：', '；', '、', '。']), "{command:?}: {line}");
            let is_ours = ["正文", "绩效表", "占比", "增减", "权重", "上年数"].iter().any(|word| line.contains(word));
            assert!(!is_ours, "{command:?}: {line}");
        }
    }
}

#[test]
fn in_chinese_no_word_of_ours_is_english() {
    let here = folder("chinese");
    altered(&here);
    let document = words_of_document(&here);
    for command in COMMANDS {
        let ran = run(&here, &[*command, &["--lang", "zh"]].concat());
        let own = own_words(&ran.out, &document);
        for line in own.lines() {
            let mut words = line.split(|c: char| !c.is_ascii_alphabetic() && c != '-');
            assert!(!words.any(|word| word.len() > 1 && !word.starts_with('-')), "{command:?}: {line}");
            assert!(!line.contains(": ") && !line.ends_with(':'), "{command:?}: {line}");
        }
    }
}

#[test]
fn lines_are_wrapped_to_the_columns_that_the_environment_names_and_else_not() {
    let here = folder("wrapped");
    altered(&here);
    for command in COMMANDS {
        let whole = run(&here, command).out;
        let wrapped = common::budget(&here).args(*command).env("COLUMNS", "60").output().unwrap();
        let wrapped = String::from_utf8(wrapped.stdout).unwrap();
        if command[0] == "check" {
            assert!(wrapped.lines().count() > whole.lines().count(), "{command:?}");
            let is_too_wide = |line: &&str| line.width() > 60 && !line.starts_with("  --> ");
            assert_eq!(wrapped.lines().find(is_too_wide), None);
            let marks = |text: &str| text.lines().filter(|line| line.contains("^")).count();
            assert_eq!(marks(&wrapped), marks(&whole));
        }
    }
}

#[test]
fn an_explanation_shows_a_message_as_it_would_read() {
    let here = folder("explained");
    for (language, message) in [
        ("en", "Message: 表3支出总体情况表·2070109群众文化·合计 is 17.5, its parts add up to 17: a difference of 0.5"),
        ("zh", "报告：表3支出总体情况表·2070109群众文化·合计为 17.5，各分项之和为 17，相差 0.5"),
    ] {
        let ran = run(&here, &["explain", "parts-do-not-add-up", "--lang", language]);
        assert!(ran.out.contains(message), "{}", ran.out);
    }
}
