//! `budget extract`, as a user runs it.

#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod common;

use std::fs;

use common::{TEXT, file, folder, run, run_with_input, sample};
use serde_json::Value;

fn names(folder: &std::path::Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn json_goes_to_the_standard_output_when_no_place_is_given() {
    let here = folder("json-stdout");
    file(&here, "文化馆.txt", TEXT);
    let ran = run(&here, &["extract", "文化馆.txt"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["disclosure"]["entity"]["text"], "云溪县文化馆");
    assert_eq!(json["document"]["id"], "文化馆");
    assert_eq!(json["document"]["file"], "文化馆.txt");
    assert_eq!(json["document"]["sha256"].as_str().unwrap().len(), 64);
}

#[test]
fn the_standard_input_is_read_like_a_file() {
    let here = folder("stdin");
    let ran = run_with_input(&here, &["extract", "-", "--compact"], TEXT.as_bytes());
    assert_eq!((ran.code, ran.out.lines().count()), (0, 1), "{}", ran.err);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["disclosure"]["year"], 2025);
    let ran = run_with_input(&here, &["extract", "-"], b"");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("(standard input): the file is empty"), "{}", ran.err);
}

#[test]
fn several_documents_make_one_line_of_json_each() {
    let here = folder("json-lines");
    fs::create_dir(here.join("b")).unwrap();
    file(&here, "2025.txt", TEXT);
    file(&here.join("b"), "2025.txt", TEXT);
    let ran = run(&here, &["extract", "2025.txt", "b/2025.txt"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ids: Vec<_> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["document"]["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, ["d2025", "d2025-2"]);
}

#[test]
fn one_document_goes_into_the_file_or_folder_that_is_named() {
    let here = folder("one-out");
    file(&here, "a.txt", TEXT);
    fs::create_dir(here.join("there")).unwrap();
    for (arguments, made) in [
        (&["extract", "a.txt", "--out", "b.json"][..], "b.json"),
        (&["extract", "a.txt", "--out", "b.xlsx"], "b.xlsx"),
        (&["extract", "a.txt", "--to", "xlsx", "-o", "there"], "there/a.xlsx"),
        (&["extract", "a.txt", "-o", "new/"], "new/a.json"),
        (&["extract", "a.txt", "-o", "deep/er/c"], "deep/er/c"),
        (&["extract", "a.txt", "--to", "csv", "-o", "set"], "set/tables.csv"),
    ] {
        let ran = run(&here, arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
        assert!(here.join(made).is_file(), "{arguments:?}");
    }
    assert!(fs::read(here.join("b.xlsx")).unwrap().starts_with(b"PK"));
    assert!(names(&here.join("set")).contains(&"datapackage.json".to_owned()));
}

#[test]
fn several_documents_go_into_a_folder_each_under_its_id() {
    let here = folder("several-out");
    file(&here, "a.txt", TEXT);
    file(&here, "b.txt", TEXT);
    assert_eq!(run(&here, &["extract", "a.txt", "b.txt", "--to", "csv", "--out", "sets"]).code, 0);
    assert_eq!(names(&here.join("sets")), ["a", "b"]);
    assert_eq!(run(&here, &["extract", "a.txt", "b.txt", "--to", "xlsx", "--out", "books"]).code, 0);
    assert_eq!(names(&here.join("books")), ["a.xlsx", "b.xlsx"]);
}

#[test]
fn what_was_written_and_what_was_left_out_is_said_unless_quiet() {
    let here = folder("said");
    file(&here, "a.txt", TEXT);
    let ran = run(&here, &["extract", "a.txt", "--to", "xlsx", "--out", "a.xlsx"]);
    assert!(ran.err.contains("a.txt → a.xlsx: 2 tables, "), "{}", ran.err);
    assert!(ran.err.contains("not carried by xlsx: "), "{}", ran.err);
    let ran = run(&here, &["extract", "a.txt", "--to", "xlsx", "--out", "b.xlsx", "--quiet"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn nothing_is_replaced_without_force() {
    let here = folder("force");
    file(&here, "a.txt", TEXT);
    file(&here, "out.json", "mine");
    let ran = run(&here, &["extract", "a.txt", "--out", "out.json"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("out.json: it exists already") && ran.err.contains("--force"), "{}", ran.err);
    assert_eq!(fs::read_to_string(here.join("out.json")).unwrap(), "mine");
    assert_eq!(run(&here, &["extract", "a.txt", "--out", "out.json", "--force"]).code, 0);
    assert!(fs::read_to_string(here.join("out.json")).unwrap().starts_with('{'));

    file(&here, "facts.csv", "mine");
    let ran = run(&here, &["extract", "a.txt", "--to", "csv", "--out", "."]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("facts.csv: it exists already"), "{}", ran.err);
    assert_eq!(names(&here), ["a.txt", "facts.csv", "out.json"], "a set that is refused leaves nothing");
}

#[test]
fn an_input_is_never_replaced() {
    let here = folder("input");
    file(&here, "a.txt", TEXT);
    let ran = run(&here, &["extract", "a.txt", "--out", "a.txt", "--force"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("a.txt: this is an input file"), "{}", ran.err);
    assert_eq!(fs::read_to_string(here.join("a.txt")).unwrap(), TEXT);
}

#[test]
fn an_output_that_cannot_be_is_explained() {
    let here = folder("no-out");
    file(&here, "a.txt", TEXT);
    file(&here, "b.txt", TEXT);
    file(&here, "plain", "");
    fs::create_dir_all(here.join("there/a.json")).unwrap();
    for (arguments, words) in [
        (&["extract", "a.txt", "--to", "csv", "--out", "plain"][..], "plain: this is a file, but a folder is needed"),
        (&["extract", "a.txt", "b.txt", "--out", "plain"], "plain: this is a file, but a folder is needed"),
        (&["extract", "a.txt", "--out", "plain/b.json"], "plain: this is a file, but a folder is needed"),
        (&["extract", "a.txt", "--out", "there"], "a.json: this is a folder"),
        (&["extract", "a.txt", "--to", "csv"], "say where to write it with --out"),
        (&["extract", "a.txt", "--to", "xlsx", "--out", "-"], "say where to write it with --out"),
    ] {
        let ran = run(&here, arguments);
        assert_eq!(ran.code, 3, "{arguments:?}");
        assert!(ran.err.contains(words), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let here = folder("bad-file");
    file(&here, "a.txt", TEXT);
    file(&here, "b.txt", "%PDF-1.7 …");
    file(&here, "c.txt", TEXT);
    let ran = run(&here, &["extract", "a.txt", "b.txt", "missing.txt", "c.txt", "--out", "out"]);
    assert_eq!(ran.code, 2);
    assert_eq!(names(&here.join("out")), ["a.json", "c.json"]);
    assert!(ran.err.contains("b.txt: the file is damaged") && ran.err.contains("missing.txt: "), "{}", ran.err);
}

#[test]
fn a_bad_file_leaves_no_output() {
    let here = folder("bad-alone");
    file(&here, "a.txt", "");
    assert_eq!(run(&here, &["extract", "a.txt", "--to", "csv", "--out", "out"]).code, 2);
    assert_eq!(names(&here), ["a.txt"]);
}

#[test]
fn contact_persons_are_left_out_when_asked() {
    let (here, sample) = (folder("contacts"), sample());
    let persons = |arguments: &[&str]| -> usize {
        let ran = run(&here, &[&["extract", sample.to_str().unwrap()], arguments].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        let json: Value = serde_json::from_str(&ran.out).unwrap();
        let tables = json["disclosure"]["performance"].as_array().unwrap();
        tables.iter().filter(|table| table.get("responsible").is_some() || table.get("telephone").is_some()).count()
    };
    assert!(persons(&[]) > 0);
    assert_eq!(persons(&["--redact-contacts"]), 0);
}

#[test]
fn text_that_looks_like_a_formula_is_guarded_when_asked() {
    let (here, sample) = (folder("guard"), sample());
    let guarded = |out: &str, arguments: &[&str]| -> (bool, bool) {
        let all = [&["extract", sample.to_str().unwrap(), "--to", "csv", "--out", out], arguments].concat();
        assert_eq!(run(&here, &all).code, 0);
        let text = fs::read_to_string(here.join(out).join("indicators.csv")).unwrap();
        (text.contains("'="), text.starts_with('\u{feff}'))
    };
    assert_eq!(guarded("plain", &[]), (false, false));
    assert_eq!(guarded("guarded", &["--guard-formulas", "--bom"]), (true, true));
}
