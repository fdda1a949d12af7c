//! `budget check` with originals that get their findings, as a user runs it.

#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod common;

use std::path::Path;

use common::{Ran, TEXT, content, file, folder, names, run, sample};
use serde_json::Value;

/// The invented disclosure as a PDF, under this name in a folder; its bytes.
fn pdf(folder: &Path, name: &str) -> Vec<u8> {
    let bytes = std::fs::read(sample().with_extension("pdf")).unwrap();
    file(folder, name, &bytes);
    bytes
}

/// A workbook whose total is 10.00 too large, under this name in a folder.
fn workbook(folder: &Path, name: &str) {
    file(folder, "a.txt", TEXT.replacen("120.00 100.00 20.00", "120.00 100.00 30.00", 1));
    let ran = run(folder, &["extract", "a.txt", "--to", "xlsx", "--out", name]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    std::fs::remove_file(folder.join("a.txt")).unwrap();
}

fn findings(folder: &Path, path: &str) -> Vec<Value> {
    let report: Value = serde_json::from_str(&run(folder, &["check", path, "--to", "json"]).out).unwrap();
    report["report"]["findings"].as_array().unwrap().iter().map(|finding| finding["message"].clone()).collect()
}

fn count(bytes: &[u8], words: &str) -> usize {
    bytes.windows(words.len()).filter(|window| *window == words.as_bytes()).count()
}

fn check(folder: &Path, arguments: &[&str]) -> Ran {
    run(folder, &[&["check"], arguments].concat())
}

#[test]
fn a_pdf_is_written_again_with_its_findings_behind_the_bytes_it_had() {
    let here = folder("annotate-pdf");
    let original = pdf(&here, "a.pdf");
    let ran = check(&here, &["a.pdf", "--to", "pdf", "--out", "b.pdf", "--lang", "zh", "--fail-on", "error"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert!(ran.err.contains("a.pdf → b.pdf：错误 0，警告 0，提示 "), "{}", ran.err);
    let annotated = std::fs::read(here.join("b.pdf")).unwrap();
    assert!(annotated.starts_with(&original) && count(&annotated, "/Subtype /Highlight") > 0);
    let found = findings(&here, "a.pdf");
    assert_eq!(count(&annotated, "/Subtype /Link ") - count(&original, "/Subtype /Link "), found.len());
    assert_eq!(findings(&here, "b.pdf"), found, "what was appended changes nothing");

    let again = check(&here, &["a.pdf", "--to", "pdf", "--out", "b.pdf"]);
    assert!(again.code == 3 && again.err.contains("--force"), "{}", again.err);
    let over = check(&here, &["a.pdf", "--to", "pdf", "--out", "a.pdf", "--force"]);
    assert!(over.code == 3 && over.err.contains("input file"), "{}", over.err);
    assert_eq!(std::fs::read(here.join("a.pdf")).unwrap(), original);
}

#[test]
fn silenced_findings_are_not_in_the_original() {
    let here = folder("annotate-baseline");
    let original = pdf(&here, "a.pdf");
    assert_eq!(check(&here, &["a.pdf", "--write-baseline", "known.toml"]).code, 0);
    let known = std::fs::read_to_string(here.join("known.toml")).unwrap();
    file(&here, "known.toml", known.replace("reason = \"\"", "reason = \"已核实\""));
    let ran = check(&here, &["a.pdf", "--baseline", "known.toml", "--to", "pdf", "--out", "b.pdf"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let annotated = std::fs::read(here.join("b.pdf")).unwrap();
    assert!(annotated.starts_with(&original) && count(&annotated, "/Subtype /Highlight") == 0);
}

#[test]
fn a_workbook_gets_comments_in_its_own_cells() {
    let here = folder("annotate-xlsx");
    workbook(&here, "a.xlsx");
    let ran =
        check(&here, &["a.xlsx", "--to", "xlsx", "--in-place-copy", "--out", "b.xlsx", "--without", "table-missing"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{}", ran.err);
    assert!(ran.err.contains("a.xlsx → b.xlsx: 1 errors"), "{}", ran.err);
    assert_eq!(findings(&here, "b.xlsx"), findings(&here, "a.xlsx"));
    assert!(count(&std::fs::read(here.join("b.xlsx")).unwrap(), "xl/comments1.xml") > 0);
}

#[test]
fn what_has_no_original_of_that_form_is_told_what_to_do() {
    let here = folder("annotate-refused");
    file(&here, "a.txt", TEXT);
    pdf(&here, "a.pdf");
    let refused = [
        (&["a.txt", "--to", "pdf", "--out", "b.pdf"][..], "this is no PDF"),
        (&["a.txt", "--to", "xlsx", "--in-place-copy", "--out", "b.xlsx"], "no .xlsx or .xlsm workbook"),
        (&["a.pdf", "--to", "xlsx", "--in-place-copy", "--out", "b.xlsx"], "use --to pdf for a PDF"),
        (&["a.pdf", "--to", "pdf", "--in-place-copy", "--out", "b.pdf"], "--in-place-copy is for --to xlsx"),
        (&["a.pdf", "--in-place-copy"], "--in-place-copy is for --to xlsx"),
        (&["a.pdf", "--to", "pdf"], "say where to write it with --out"),
        (&[".", "--to", "pdf"], "which folder to write to"),
        (&[".", "--to", "json", "--in-place-copy"], "--in-place-copy is for --to xlsx"),
    ];
    for (arguments, words) in refused {
        let ran = check(&here, arguments);
        assert!(ran.code == 3 && ran.err.contains(words), "{arguments:?}: {}", ran.err);
    }
    assert_eq!(names(&here), ["a.pdf", "a.txt"]);
}

#[test]
fn several_originals_go_into_a_folder_and_those_of_a_folder_keep_their_names() {
    let here = folder("annotate-many");
    for name in ["in/2025/a.pdf", "in/b.pdf"] {
        std::fs::create_dir_all(here.join(name).parent().unwrap()).unwrap();
        pdf(&here, name);
    }
    let ran = check(&here, &["in/2025/a.pdf", "in/b.pdf", "--to", "pdf", "--out", "some"]);
    assert!(ran.code < 2, "{}", ran.err);
    assert_eq!(content(&here.join("some")).into_keys().collect::<Vec<_>>(), ["a.pdf", "b.pdf"]);

    file(&here, "in/c.txt", TEXT);
    let ran = check(&here, &["in", "--to", "pdf", "--out", "all"]);
    assert_eq!(ran.code, 3, "the text has no original that could be annotated: {}", ran.err);
    assert_eq!(content(&here.join("all")).into_keys().collect::<Vec<_>>(), ["2025/a.pdf", "b.pdf", "failures.csv"]);
    let failures = std::fs::read_to_string(here.join("all/failures.csv")).unwrap();
    assert!(failures.contains("c.txt") && failures.contains("other-format"), "{failures}");
}
