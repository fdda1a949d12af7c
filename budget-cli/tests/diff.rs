//! `budget diff`, as a user runs it.

#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod common;

use common::{Ran, TEXT, file, folder, run, sample};
use serde_json::Value;

/// Compares two texts.
fn diff(test: &str, before: &str, after: &str, more: &[&str]) -> Ran {
    let here = folder(test);
    file(&here, "a.txt", before);
    file(&here, "b.txt", after);
    run(&here, &[&["diff", "a.txt", "b.txt"], more].concat())
}

#[test]
fn a_document_is_equal_to_itself_whatever_its_format() {
    let here = folder("diff-equal");
    let text = sample();
    let pdf = text.with_extension("pdf");
    let paths = [text.to_str().unwrap(), pdf.to_str().unwrap()];
    for (one, other) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        let ran = run(&here, &["diff", paths[one], paths[other]]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
        assert!(ran.out.contains("no differences"), "{}", ran.out);
    }
    let json: Value = serde_json::from_str(&run(&here, &["diff", paths[0], paths[1], "--to", "json"]).out).unwrap();
    assert_eq!(json["is_equal"], true);
    let certain = json["comparison"]["compared"].as_u64().unwrap() - json["comparison"]["undecided"].as_u64().unwrap();
    assert!(certain > 300, "{certain} figures were compared for certain");
}

#[test]
fn figures_that_changed_are_shown_with_difference_and_percent_totals_first() {
    let after = TEXT.replace("120.00 100.00 20.00", "130.00 110.00 20.00");
    let ran = diff("diff-changed", TEXT, &after, &[]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{}", ran.out);
    let totals = ran.out.find("Totals").unwrap();
    assert!(totals < ran.out.find("2070109").unwrap(), "{}", ran.out);
    assert!(ran.out.contains("120.00") && ran.out.contains("130.00") && ran.out.contains("+10"), "{}", ran.out);
    assert!(ran.out.contains("+8.33"), "{}", ran.out);
    assert!(!ran.out.contains("20.00  20.00"), "what is equal is not shown: {}", ran.out);
    let chinese = diff("diff-changed", TEXT, &after, &["--lang", "zh"]);
    assert!(chinese.out.contains("变动") && chinese.out.contains("差额"), "{}", chinese.out);
}

#[test]
fn rows_are_renamed_added_and_dropped() {
    let more = "207 01 10 文化交流 0.00 0.00 0.00\n";
    let before = TEXT.replacen("表 7\n", "207 01 11 文化创作与保护 3.00 3.00\n表 7\n", 1);
    let named = TEXT.replace("207 01 09 群众文化 ", "207 01 09 群众文化活动 ");
    let after = named.replacen("表 7\n", &format!("{more}表 7\n"), 1);
    let ran = diff("diff-rows", &before, &after, &["--to", "csv"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    let lines: Vec<&str> = ran.out.lines().collect();
    let has = |code: &str, words: &[&str]| {
        lines.iter().any(|line| line.contains(code) && words.iter().all(|word| line.contains(word)))
    };
    assert!(lines[0].starts_with("table,title,table_presence,code,name,"), "{}", lines[0]);
    assert!(has("2070109", &["群众文化活动,群众文化,", ",both,"]), "{}", ran.out);
    // Two tables of one document that do not agree on the name leave it in doubt.
    let doubtful = TEXT.replacen("207 01 09 群众文化 ", "207 01 09 群众文化活动 ", 1);
    let in_doubt = diff("diff-name", TEXT, &doubtful, &[]);
    assert!(in_doubt.code == 0 && in_doubt.out.contains("(was 群众文化)"), "{}", in_doubt.out);
    assert!(has("2070111", &["文化创作与保护"]) && has("2070110", &["文化交流"]), "{}", ran.out);
}

#[test]
fn another_unit_is_compared_in_yuan_and_another_entity_is_said() {
    let yuan = TEXT.replace("单位：万元", "单位：元").replace("120.00", "1200000.00");
    let yuan = yuan.replace("100.00", "1000000.00").replace(" 20.00", " 200000.00");
    let ran = diff("diff-units", TEXT, &yuan, &[]);
    assert!(ran.code == 0 && ran.out.contains("unit: 万元 → 元"), "{}", ran.out);
    let ran = diff("diff-units", TEXT, &yuan.replace("1200000.00 1000000.00", "1200100.00 1000100.00"), &[]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.contains("万元 → 元") && ran.out.contains("+100元"), "{}", ran.out);

    let ran = diff("diff-entity", TEXT, &TEXT.replace("云溪县文化馆", "云溪县图书馆"), &[]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.contains("not of one entity: 云溪县文化馆") && ran.out.contains("云溪县图书馆"), "{}", ran.out);
    let ran = diff("diff-year", TEXT, &TEXT.replace("2025", "2026"), &["--lang", "zh"]);
    assert!(ran.code == 1 && ran.out.contains("年度或阶段不同：2025（预算） → 2026（预算）"), "{}", ran.out);
}

#[test]
fn a_file_that_cannot_be_read_is_no_difference() {
    let here = folder("diff-bad");
    file(&here, "a.txt", TEXT);
    let ran = run(&here, &["diff", "a.txt", "missing.txt"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("missing.txt: "), "{}", ran.err);
    assert_eq!(run(&here, &["diff", "a.txt"]).code, 3);
    assert_eq!(run(&here, &["diff", "a.txt", "a.txt", "a.txt"]).code, 3);
}
