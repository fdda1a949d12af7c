//! `budget extract` and `budget check` over folders and lists, as a user runs them.

#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::{TEXT, content, file, folder, run, run_with_input};
use serde_json::Value;

/// A tree with good and bad files; two of the good ones have one name.
fn tree(test: &str) -> std::path::PathBuf {
    let here = folder(test);
    for folder in ["in/2024", "in/2025/深"] {
        fs::create_dir_all(here.join(folder)).unwrap();
    }
    let library = TEXT.replace("云溪县文化馆", "云溪县图书馆");
    file(&here, "in/2024/文化馆.txt", TEXT.replace("2025", "2024"));
    file(&here, "in/2025/文化馆.txt", TEXT);
    file(&here, "in/2025/深/图书馆.txt", library);
    file(&here, "in/2025/空.txt", "");
    file(&here, "in/2025/坏.txt", "云溪县的一封来信\n");
    file(&here, "in/scan.pdf", "%PDF-1.7 …");
    file(&here, "in/noise", [0, 159, 1, 150, 7].repeat(100));
    here
}

fn names(folder: &Path) -> Vec<String> {
    content(folder).into_keys().collect()
}

/// The log as path and code.
fn failures(out: &Path) -> Vec<(String, String)> {
    let log = fs::read_to_string(out.join("failures.csv")).unwrap();
    let mut records = csv::Reader::from_reader(log.as_bytes());
    assert_eq!(records.headers().unwrap(), vec!["path", "code", "message", "place", "outcome"]);
    records.records().map(|record| record.unwrap()).map(|record| (record[0].to_owned(), record[1].to_owned())).collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(path, code)| ((*path).to_owned(), (*code).to_owned())).collect()
}

const BAD: &[(&str, &str)] = &[
    ("in/2025/坏.txt", "nothing-found"),
    ("in/2025/空.txt", "empty"),
    ("in/noise", "unknown-format"),
    ("in/scan.pdf", "damaged"),
];

#[test]
fn outputs_mirror_the_tree_and_bad_files_are_listed_with_codes() {
    let here = tree("mirror");
    let ran = run(&here, &["extract", "in", "--out", "out"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
    assert_eq!(
        names(&here.join("out")),
        ["2024/文化馆.txt.json", "2025/文化馆.txt.json", "2025/深/图书馆.txt.json", "failures.csv"]
    );
    assert_eq!(failures(&here.join("out")), pairs(BAD));
    assert!(ran.err.contains("out: 3 documents written, 2 failed, 2 skipped as no disclosures (1 files of other kinds, 1 files with nothing"), "{}", ran.err);
    assert!(ran.err.contains("in/2025/空.txt: the file is empty"), "{}", ran.err);
    assert!(ran.err.contains("in/scan.pdf: the file is damaged"), "{}", ran.err);
    assert!(!ran.err.contains("in/noise"), "what is no disclosure is no mistake in a folder: {}", ran.err);
    let json: Value = serde_json::from_slice(&content(&here.join("out"))["2025/深/图书馆.txt.json"]).unwrap();
    assert_eq!(json["document"]["file"], "2025/深/图书馆.txt");
    assert_eq!(json["document"]["id"], "d2025_深_图书馆.txt");

    let ran = run(&here, &["extract", "in", "--out", "集", "--to", "csv", "--lang", "zh"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("集：3 个已写出的文件、2 个失败的文件"), "{}", ran.err);
    assert!(here.join("集/2024/文化馆.txt.csv/datapackage.json").is_file());
}

#[test]
fn a_list_is_read_like_the_files_in_it_and_there_a_bad_format_is_an_error() {
    let here = tree("list");
    let list = "./in/2025/文化馆.txt\r\nin/scan.pdf\n\nin/2024\nin/2024/文化馆.txt\nin/none.txt\n";
    let ran = run_with_input(&here, &["extract", "--files-from", "-", "--out", "out"], list.as_bytes());
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert_eq!(
        names(&here.join("out")),
        ["failures.csv", "in/2024/文化馆.txt.json", "in/2025/文化馆.txt.json"],
        "paths as given, each once"
    );
    assert_eq!(failures(&here.join("out")), pairs(&[("in/none.txt", "not-found"), ("in/scan.pdf", "damaged")]));
    assert!(ran.err.contains("in/scan.pdf: the file is damaged"), "{}", ran.err);

    let ran = run(&here, &["extract", "--files-from", "none", "--out", "out2"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("none: there is no such file"), "{}", ran.err);
    let ran =
        run(&here.join("in"), &["extract", "2024/文化馆.txt", "../in/2024/文化馆.txt", "--jobs", "1", "--out", "../o"]);
    assert_eq!((ran.code, names(&here.join("o")).len()), (0, 3), "{}", ran.err);
    file(&here, "in/文化馆.txt", TEXT);
    let ran =
        run(&here.join("in/2024"), &["extract", "文化馆.txt", "../文化馆.txt", "--jobs", "1", "--out", "../../p"]);
    assert_eq!(names(&here.join("p")), ["failures.csv", "文化馆-2.txt.json", "文化馆.txt.json"], "{}", ran.err);
}

#[test]
fn nothing_is_replaced_without_force_and_a_run_goes_on_where_it_stopped() {
    let here = tree("again");
    let extract = |more: &[&str]| run(&here, &[&["extract", "in", "--out", "out"], more].concat());
    extract(&[]);
    let complete = content(&here.join("out"));
    let ran = extract(&[]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("out/failures.csv: it exists already"), "{}", ran.err);

    fs::remove_file(here.join("out/failures.csv")).unwrap();
    fs::remove_file(here.join("out/2025/文化馆.txt.json")).unwrap();
    file(&here, "out/2024/文化馆.txt.json", "mine");
    let ran = extract(&["--skip-existing"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("out: 1 documents written, 2 there already, 2 failed"), "{}", ran.err);
    assert_eq!(fs::read_to_string(here.join("out/2024/文化馆.txt.json")).unwrap(), "mine");

    fs::remove_file(here.join("out/failures.csv")).unwrap();
    assert_eq!(extract(&[]).code, 3, "the outputs of the documents are not replaced either");
    assert_eq!(failures(&here.join("out"))[0], ("in/2024/文化馆.txt".to_owned(), "exists".to_owned()));
    assert_eq!(fs::read_to_string(here.join("out/2024/文化馆.txt.json")).unwrap(), "mine");

    assert_eq!(extract(&["--force"]).code, 2);
    assert_eq!(content(&here.join("out")), complete);
    assert_eq!(extract(&["--force", "--skip-existing"]).code, 3, "one contradicts the other");
}

#[test]
fn an_input_is_not_replaced_and_outputs_are_not_read() {
    let here = folder("corpus-input");
    fs::create_dir(here.join("in")).unwrap();
    file(&here, "in/a", TEXT);
    file(&here, "in/a.json", TEXT);
    let list = "a\na.json\n";
    let ran =
        run_with_input(&here.join("in"), &["extract", "--files-from", "-", "--out", ".", "--force"], list.as_bytes());
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("a.json: this is an input file"), "{}", ran.err);
    assert_eq!(fs::read_to_string(here.join("in/a.json")).unwrap(), TEXT);

    let ran = run(&here, &["extract", "in", "--out", "in", "--force"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("the folder of the output is the one that is read"), "{}", ran.err);

    fs::remove_file(here.join("in/a.json.json")).unwrap();
    fs::remove_file(here.join("in/failures.csv")).unwrap();
    assert_eq!(run(&here, &["extract", "in", "--out", "in/out"]).code, 0);
    let ran = run(&here, &["extract", "in", "--out", "in/out", "--skip-existing"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.err.contains("in/out: 0 documents written, 1 there already, 1 skipped as no disclosures"),
        "{}",
        ran.err
    );
}

#[test]
fn an_output_that_cannot_be_is_explained_before_anything_is_read() {
    let here = tree("corpus-no-out");
    file(&here, "plain", "");
    for (arguments, words) in [
        (&["extract", "in", "--out", "plain"][..], "plain: this is a file, but a folder is needed"),
        (&["extract", "in", "--out", "plain/deeper"], "plain: this is a file, but a folder is needed"),
        (&["extract", "in", "--to", "csv"], "say where to write it with --out"),
        (&["extract", "in", "--to", "xlsx", "--dataset", "o"], "--dataset is for csv, parquet and json"),
        (&["extract", "in", "--dataset", "plain/deeper"], "plain/deeper: cannot be written"),
        (&["extract", "in", "--dataset", "o", "--append"], "o: there is no data set"),
        (&["extract", "in", "--dataset", "o", "--append", "--to", "json"], "has no tables to add to"),
        (&["extract", "in", "-", "--out", "o"], "the standard input cannot be one of many files"),
        (&["check", "in", "--to", "csv", "--out", "plain"], "plain: it exists already"),
    ] {
        let ran = run(&here, arguments);
        assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{arguments:?}");
        assert!(ran.err.contains(words) && !ran.err.contains("空.txt"), "{arguments:?}: {}", ran.err);
    }
    fs::create_dir(here.join("empty")).unwrap();
    let ran = run(&here, &["extract", "empty", "--out", "o"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("there is no file to read"), "{}", ran.err);
}

#[test]
fn a_data_set_is_the_same_whatever_the_number_of_threads() {
    let here = tree("threads");
    for number in 0..40 {
        file(&here, &format!("in/2024/{number}.txt"), format!("{TEXT}{}", "第四部分 附录\n".repeat(number % 7 * 50)));
    }
    for (format, file) in [("csv", "figures.csv"), ("json", "documents.jsonl")] {
        let mut sets = Vec::new();
        for jobs in ["1", "2", "5"] {
            let out = format!("{format}-{jobs}");
            let ran = run(&here, &["extract", "in", "--dataset", &out, "--to", format, "--jobs", jobs]);
            assert_eq!(ran.code, 2, "{}", ran.err);
            sets.push(content(&here.join(out)));
        }
        assert!(sets[0][file].len() > 10_000);
        assert!(sets.iter().all(|set| *set == sets[0]), "{format}");
    }
    let documents = fs::read_to_string(here.join("csv-2/documents.csv")).unwrap();
    let mut records = csv::Reader::from_reader(documents.as_bytes());
    let files: Vec<_> = records.records().map(|record| record.unwrap()[1].to_owned()).collect();
    let mut sorted = files.clone();
    sorted.sort_by(|one, other| Path::new(one).cmp(Path::new(other)));
    assert_eq!((files.len(), &files), (43, &sorted));

    let lines = run(&here, &["extract", "in", "--jobs", "2"]).out;
    assert_eq!(lines.as_bytes(), fs::read(here.join("json-1/documents.jsonl")).unwrap(), "and without --out");
}

/// The outcome of each file in the log.
fn outcomes(out: &Path) -> BTreeMap<String, String> {
    let log = fs::read_to_string(out.join("failures.csv")).unwrap();
    let mut records = csv::Reader::from_reader(log.as_bytes());
    records.records().map(|record| record.unwrap()).map(|record| (record[0].to_owned(), record[4].to_owned())).collect()
}

#[test]
fn what_is_no_disclosure_is_passed_over_in_a_folder_and_tried_where_it_is_named() {
    let here = folder("no-disclosures");
    for folder in ["in/src", "in/.git"] {
        fs::create_dir_all(here.join(folder)).unwrap();
    }
    let few = "表 3\n部门支出总体情况表\n总计 120.00 100.00 20.00\n207 文化 120.00 100.00 20.00\n";
    file(&here, "in/a.txt", TEXT);
    file(&here, "in/src/lib.rs", format!("const TEXT: &str = \"\n{TEXT}\";\n"));
    file(&here, "in/README.md", TEXT);
    file(&here, "in/few.txt", few);
    file(&here, "in/letter.txt", "云溪县的一封来信\n");
    file(&here, "in/._a.xlsx", b"\0\x05\x16\x07\0\x02\0\0Mac OS X");
    file(&here, "in/~$a.xlsx", b"\x05admin");
    file(&here, "in/.DS_Store", b"\0\0\0\x01Bud1");
    file(&here, "in/.git/a.txt", TEXT);
    file(&here, "in/photo.jpg", b"\xff\xd8\xff\xe0");
    file(&here, "in/bad.xlsx", b"PK\x03\x04[Content_Types].xml xl/workbook.xml and nothing else");
    file(&here, "in/page.xls", "<html><table><tr><td>部门预算</td></tr></table></html>");
    let ran = run(&here, &["extract", "in", "--out", "out", "--skipped"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert_eq!(names(&here.join("out")), ["a.txt.json", "failures.csv"]);
    let outcomes = outcomes(&here.join("out"));
    let of = |outcome: &str| -> Vec<&str> {
        outcomes.iter().filter(|(_, of)| *of == outcome).map(|(path, _)| path.as_str()).collect()
    };
    assert_eq!(of("failed"), ["in/bad.xlsx"]);
    assert_eq!(
        of("skipped"),
        [
            "in/.DS_Store",
            "in/._a.xlsx",
            "in/README.md",
            "in/few.txt",
            "in/letter.txt",
            "in/page.xls",
            "in/photo.jpg",
            "in/src/lib.rs",
            "in/~$a.xlsx"
        ]
    );
    assert!(
        ran.err.contains("9 skipped as no disclosures (2 hidden files, 1 lock files of an editor, 2 source"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("in/few.txt: skipped: ") && ran.err.contains("in/page.xls: skipped: "), "{}", ran.err);
    let named = run(&here, &["extract", "in/few.txt", "in/README.md", "--jobs", "1", "--out", "named"]);
    assert_eq!((named.code, names(&here.join("named")).len()), (0, 3), "{}", named.err);
}

#[test]
fn a_log_for_ci_covers_a_folder_in_one_run() {
    let here = tree("sarif-tree");
    file(&here, "in/2025/文化馆.txt", TEXT.replacen("120.00 100.00 20.00", "120.00 100.00 30.00", 1));
    let ran = run(&here, &["check", "in", "--to", "sarif"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    let log: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    let uris: Vec<_> =
        log["runs"][0]["artifacts"].as_array().unwrap().iter().map(|one| &one["location"]["uri"]).collect();
    assert_eq!(uris.len(), 3);
    assert_eq!(uris[0], "in/2024/%E6%96%87%E5%8C%96%E9%A6%86.txt");
    assert!(!log["runs"][0]["results"].as_array().unwrap().is_empty());
    assert_eq!(run(&here, &["check", "in", "--to", "sarif", "--jobs", "1"]).out, ran.out);
    run(&here, &["check", "in", "--to", "sarif", "--out", "log.sarif"]);
    assert_eq!(fs::read_to_string(here.join("log.sarif")).unwrap(), ran.out);
}

/// The folder stays behind for a look: `target/tmp/frictionless`.
#[test]
#[ignore = "needs frictionless"]
fn frictionless_accepts_a_data_set_of_a_tree() {
    let here = tree("frictionless");
    assert_eq!(run(&here, &["extract", "in", "--dataset", "set"]).code, 2);
    let validate = std::process::Command::new("frictionless")
        .args(["validate", "datapackage.json"])
        .current_dir(here.join("set"))
        .output();
    let output = validate.expect("frictionless is on the path: pip install frictionless");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn reports_of_a_tree_are_in_the_order_of_the_paths_and_compare_years() {
    let here = tree("check-tree");
    let wrong = TEXT.replacen("120.00 100.00 20.00", "120.00 100.00 30.00", 1);
    file(&here, "in/2025/深/图书馆.txt", wrong.replace("云溪县文化馆", "云溪县图书馆"));
    let check = |more: &[&str]| run(&here, &[&["check", "in", "--without", "table-missing"], more].concat());

    let ran = check(&[]);
    assert_eq!(ran.code, 2, "a bad file outweighs findings: {}", ran.err);
    let order: Vec<_> = ran.out.lines().filter(|line| line.starts_with("in/")).collect();
    assert_eq!(order, ["in/2024/文化馆.txt", "in/2025/文化馆.txt", "in/2025/深/图书馆.txt"]);
    assert_eq!(ran.out.matches("last year's document: in/2024/文化馆.txt").count(), 1, "{}", ran.out);
    assert!(ran.err.contains("3 documents checked, 1 with findings, 2 failed"), "{}", ran.err);

    let json = check(&["--to", "json", "--jobs", "1"]).out;
    let lines: Vec<Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[1]["last_year"]["file"], "2024/文化馆.txt");
    assert_eq!(lines[2]["report"]["findings"][0]["rule"], "parts-do-not-add-up");
    assert_eq!(check(&["--to", "json", "--jobs", "2"]).out, json);

    let csv = check(&["--to", "csv"]).out;
    let mut records = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(records.headers().unwrap()[0], *"file");
    assert!(records.records().all(|record| record.unwrap()[0] == *"in/2025/深/图书馆.txt"));

    assert_eq!(check(&["--to", "csv", "--out", "report.csv"]).out, "");
    assert_eq!(fs::read_to_string(here.join("report.csv")).unwrap(), csv);
    assert_eq!(check(&["--to", "csv", "--out", "report.csv"]).code, 3);
    assert_eq!(check(&["--to", "csv", "--out", "report.csv", "--force"]).code, 2);
    check(&["--out", "report.txt"]);
    assert_eq!(fs::read_to_string(here.join("report.txt")).unwrap(), ran.out);

    check(&["--to", "xlsx", "--out", "books"]);
    assert_eq!(failures(&here.join("books")), pairs(BAD));
    assert!(here.join("books/2025/深/图书馆.txt.xlsx").is_file());

    let ran = run(&here, &["check", "in/2025/文化馆.txt", "in/2024", "--last-year", "none.txt"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
}

#[test]
fn a_disclosure_in_several_files_is_said_and_never_merged() {
    let here = folder("several-files");
    fs::create_dir(here.join("in")).unwrap();
    // Parts: the tables alone, and the text alone.
    let text = "云溪县文化馆2025年部门预算\n第一部分 部门概况\n一、主要职责\n负责群众文化工作。\n\
        第三部分 2025年部门预算情况说明\n一、支出预算总体情况说明\n\
        2025年支出预算120.00万元，其中基本支出100.00万元，项目支出20.00万元。\n\
        二、收入预算总体情况说明\n2025年收入预算120.00万元，其中一般公共预算拨款收入120.00万元。\n\
        三、“三公”经费预算情况说明\n2025年“三公”经费预算3.00万元，其中因公出国（境）费0.00万元，公务接待费1.00万元，\
        公务用车运行维护费2.00万元，比2024年减少1.00万元。\n\
        四、机关运行经费安排情况说明\n2025年机关运行经费预算10.00万元，比2024年减少1.00万元。\n\
        五、政府采购安排情况说明\n2025年政府采购预算2.00万元，其中货物1.00万元，服务1.00万元。\n";
    file(&here, "in/文化馆-表格.txt", TEXT);
    file(&here, "in/文化馆-说明.txt", text);
    // Two forms: a text, and the workbook made of it. Another year and another entity are documents of their own.
    let library = TEXT.replace("云溪县文化馆", "云溪县图书馆");
    file(&here, "in/图书馆.txt", &library);
    let ran = run(&here, &["extract", "in/图书馆.txt", "--to", "xlsx", "--out", "in/图书馆.xlsx"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    file(&here, "in/图书馆-2024.txt", library.replace("2025", "2024"));
    let forms = "in/图书馆.txt, in/图书馆.xlsx: of one entity and year, 云溪县图书馆 2025";
    let parts = "in/文化馆-表格.txt, in/文化馆-说明.txt: the tables and the text of one disclosure, 云溪县文化馆 2025";

    let extracted = run(&here, &["extract", "in", "--to", "json", "--dataset", "out"]);
    let checked = run(&here, &["check", "in"]);
    for ran in [&extracted, &checked] {
        assert_eq!((ran.err.matches(forms).count(), ran.err.matches(parts).count()), (1, 1), "{}", ran.err);
    }
    let lines = fs::read_to_string(here.join("out/documents.jsonl")).unwrap();
    assert_eq!(lines.lines().count(), 5, "each file is a document");
    assert!(!run(&here, &["extract", "in", "--out", "quiet", "--quiet"]).err.contains("of one"));
}
