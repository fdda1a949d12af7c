//! Real disclosures, kept outside of this repository, by way of the text that `pdftotext` makes of them: no certain figure of
//! theirs may be wrong, in the order of the columns or out of order.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test fails by panicking")]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the real files and of the yardstick.
fn real() -> PathBuf {
    std::env::var_os("BUDGET_REAL_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/real"), PathBuf::from)
}

/// The numbers of the files whose truth is known, and the files.
fn documents() -> Vec<(String, PathBuf)> {
    let folder = real().join("pdf");
    let entries =
        std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}; set BUDGET_REAL_DIR", folder.display()));
    let number = |path: PathBuf| {
        let number = path.file_stem()?.to_str()?.rsplit_once('-')?.1.to_owned();
        real().join("truth").join(&number).with_extension("json").exists().then_some((number, path))
    };
    let mut documents: Vec<_> = entries.filter_map(|entry| number(entry.ok()?.path())).collect();
    documents.sort();
    assert!(!documents.is_empty(), "no document in {}", folder.display());
    documents
}

/// Extracts all documents through the text that `pdftotext` makes of them and holds them against the truth.
fn hold(test: &str, options: &[&str]) {
    let here = common::folder(test);
    for (number, pdf) in documents() {
        let text = here.join(&number).with_extension("txt");
        let made = Command::new("pdftotext").args(options).arg(&pdf).arg(&text).status();
        assert!(made.is_ok_and(|status| status.success()), "pdftotext, of poppler-utils, makes the texts");
        let out = here.join("out").join(&number);
        let ran =
            common::budget(&here).args(["extract", "--to", "csv", "--out"]).arg(&out).arg(&text).output().unwrap();
        // A text without any table that is known is refused, which is no wrong figure.
        assert!(matches!(ran.status.code(), Some(0 | 2)), "{number}: {ran:?}");
    }
    let mut compare = Command::new("python3");
    compare.arg(real().join("compare.py")).arg(real().join("truth")).arg(here.join("out"));
    let compared = compare.env("V", "2").output().unwrap();
    let report = String::from_utf8_lossy(&compared.stdout).into_owned();
    let column = |name: &str| report.lines().next()?.split('\t').position(|title| title == name);
    let all = report.lines().find_map(|line| line.strip_prefix("ALL\t").map(|_| line.split('\t').collect::<Vec<_>>()));
    let (Some(wrong), Some(right), Some(all)) = (column("sure wrong"), column("right"), all) else {
        panic!("the yardstick says: {report}{}", String::from_utf8_lossy(&compared.stderr))
    };
    println!("{test}: {} amounts right, {} certain and wrong", all[right], all[wrong]);
    assert_eq!(all[wrong], "0", "{report}");
}

#[test]
#[ignore = "needs the real files of ../shared, pdftotext and python3"]
fn no_certain_figure_of_a_text_with_columns_is_wrong() {
    hold("real-layout", &["-layout"]);
}

#[test]
#[ignore = "needs the real files of ../shared, pdftotext and python3"]
fn no_certain_figure_of_a_text_out_of_order_is_wrong() {
    hold("real-raw", &[]);
}
