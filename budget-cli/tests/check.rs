//! `budget check`, `budget rules` and `budget explain`, as a user runs them.

#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod common;

use common::{TEXT, file, folder, run, run_with_input, sample};
use serde_json::Value;

/// The small disclosure with a total that is 10.00 too large; its other tables are missing.
fn wrong() -> String {
    TEXT.replacen("120.00 100.00 20.00", "120.00 100.00 30.00", 1)
}

const ARITHMETIC: &[&str] = &["check", "a.txt", "--without", "table-missing"];

#[test]
fn a_finding_shows_the_line_and_the_arithmetic_and_the_exit_code_says_so() {
    let here = folder("check");
    file(&here, "a.txt", wrong());
    let ran = run(&here, ARITHMETIC);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    for words in
        ["error[parts-do-not-add-up]", "--> a.txt:9:18", "总计 120.00 100.00 30.00", "^^^^^", "30.00 is not 20.00"]
    {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    let ran = run(&here, &[ARITHMETIC, &["--lang", "zh"]].concat());
    assert!(ran.out.contains("错误[parts-do-not-add-up]"), "{}", ran.out);
}

#[test]
fn a_disclosure_without_findings_ends_with_zero() {
    let here = folder("check-clean");
    file(&here, "a.txt", TEXT);
    let ran = run(&here, ARITHMETIC);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("no findings"), "{}", ran.out);
    let ran = run(&here, &[ARITHMETIC, &["--coverage"]].concat());
    assert!(ran.out.contains("not applicable: ") && !ran.out.contains("table-missing"), "{}", ran.out);
}

#[test]
fn less_serious_findings_can_be_tolerated() {
    let here = folder("fail-on");
    let codes =
        || ["info", "warning", "error"].map(|least| run(&here, &[ARITHMETIC, &["--fail-on", least]].concat()).code);
    // The name of a class that is not the official one: suspicious, but not impossible.
    file(&here, "a.txt", TEXT.replace("文化旅游体育与传媒支出", "文体旅游与传媒支出"));
    assert_eq!(codes(), [1, 1, 0]);
    file(&here, "a.txt", wrong());
    assert_eq!(codes(), [1, 1, 1]);
}

#[test]
fn one_bad_file_does_not_stop_the_others_and_outweighs_findings() {
    let here = folder("check-bad");
    file(&here, "a.txt", wrong());
    let ran = run(&here, &["check", "missing.txt", "a.txt"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("missing.txt: ") && ran.out.contains("parts-do-not-add-up"), "{} {}", ran.err, ran.out);
}

#[test]
fn reports_are_made_for_programs() {
    let here = folder("check-forms");
    file(&here, "a.txt", wrong());
    file(&here, "文化馆.txt", wrong());
    let json: Value = serde_json::from_str(&run(&here, &[ARITHMETIC, &["--to", "json"]].concat()).out).unwrap();
    assert_eq!(json["document"]["file"], "a.txt");
    assert_eq!(json["report"]["findings"][0]["rule"], "parts-do-not-add-up");

    let several = run(&here, &["check", "a.txt", "文化馆.txt", "--to", "json"]).out;
    assert_eq!(several.lines().filter(|line| serde_json::from_str::<Value>(line).is_ok()).count(), 2);

    let sarif: Value =
        serde_json::from_str(&run(&here, &["check", "a.txt", "文化馆.txt", "--to", "sarif"]).out).unwrap();
    let runs = sarif["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 1);
    assert_eq!(runs[0]["artifacts"][1]["location"]["uri"], "%E6%96%87%E5%8C%96%E9%A6%86.txt");
    let wrong =
        runs[0]["results"].as_array().unwrap().iter().find(|one| one["ruleId"] == "parts-do-not-add-up").unwrap();
    let region = &wrong["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region.to_string(), r#"{"endColumn":23,"endLine":9,"startColumn":18,"startLine":9}"#);

    let csv = run(&here, &[ARITHMETIC, &["--to", "csv"]].concat()).out;
    assert!(csv.starts_with("finding,rule,") && csv.contains("parts-do-not-add-up"), "{csv}");
    let ran = run(&here, &["check", "a.txt", "文化馆.txt", "--to", "csv"]);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""));
    assert!(ran.err.contains("one file"), "{}", ran.err);
}

#[test]
fn last_year_takes_part_and_must_be_readable() {
    let (here, sample) = (folder("last-year"), sample());
    let sample = sample.to_str().unwrap();
    file(&here, "a.txt", TEXT);
    let coverage = |arguments: &[&str]| run(&here, &[&["check", sample, "--coverage"], arguments].concat());
    assert!(coverage(&[]).out.contains("last year's document was not given"));
    let ran = coverage(&["--last-year", "a.txt"]);
    assert!(ran.code < 2 && !ran.out.contains("last year's document was not given"), "{}", ran.out);
    let ran = coverage(&["--last-year", "missing.txt"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("missing.txt: there is no such file"), "{}", ran.err);
}

/// What the disclosure of 2025 says about its project expenditure, which grew by so much and so many percent.
fn with_change(change: &str, percent: &str) -> String {
    format!(
        "{TEXT}第三部分 2025年部门预算情况说明
一、关于云溪县文化馆2025年支出预算情况说明
云溪县文化馆2025年支出预算120.00万元，其中：
基本支出100.00万元，占83.33%，比上年预算增加5.00万元，增长5.26%，主要原因是人员增加。
项目支出20.00万元，占16.67%，比上年预算增加{change}万元，增长{percent}%，主要原因是新增项目。
"
    )
}

const ACROSS_YEARS: &[&str] = &["--without", "table-missing", "--without", "section-missing"];

#[test]
fn documents_of_one_entity_are_compared_with_the_year_before_and_those_of_others_are_not() {
    let here = folder("years");
    let before = TEXT.replace("2025", "2024").replace("120.00", "110.00").replace("100.00", "95.00");
    let before = before.replace("20.00", "15.00");
    file(&here, "2024.txt", &before);
    file(&here, "other.txt", before.replace("云溪县文化馆", "云溪县图书馆"));
    file(&here, "2025.txt", with_change("5.00", "33.33"));
    file(&here, "wrong.txt", with_change("5.50", "37.93"));
    let check = |files: &[&str]| run(&here, &[&["check"], files, ACROSS_YEARS].concat());

    // The later one may come first.
    let ran = check(&["2025.txt", "2024.txt"]);
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    assert_eq!(ran.out.matches("last year's document: 2024.txt").count(), 1, "{}", ran.out);

    let ran = check(&["2024.txt", "wrong.txt"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.contains("warning[last-year-differs]") && ran.out.contains("--> wrong.txt:27:"), "{}", ran.out);

    let ran = check(&["other.txt", "wrong.txt"]);
    assert!(!ran.out.contains("last-year-differs") && !ran.out.contains("last year's document"), "{}", ran.out);

    let json = run(&here, &[&["check", "2024.txt", "wrong.txt", "--to", "json"], ACROSS_YEARS].concat()).out;
    let lines: Vec<Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0].get("last_year"), None);
    assert_eq!(lines[1]["last_year"]["file"], "2024.txt");
}

#[test]
fn a_workbook_with_findings_is_read_like_the_document_it_was_made_of() {
    let here = folder("check-xlsx");
    file(&here, "a.txt", wrong());
    let ran = run(&here, &[ARITHMETIC, &["--to", "xlsx", "--out", "a.xlsx", "--lang", "zh"]].concat());
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{}", ran.err);
    assert!(ran.err.contains("a.txt → a.xlsx：错误 "), "{}", ran.err);

    let findings = |path: &str| -> Vec<(Value, Value)> {
        let out = run(&here, &["check", path, "--without", "table-missing", "--to", "json"]).out;
        let report: Value = serde_json::from_str(&out).unwrap();
        let findings = report["report"]["findings"].as_array().unwrap().clone();
        findings.into_iter().map(|finding| (finding["rule"].clone(), finding["message"].clone())).collect()
    };
    assert!(!findings("a.txt").is_empty());
    assert_eq!(findings("a.xlsx"), findings("a.txt"));
    // The sheet of findings and their notes are understood as such.
    let unread = run(&here, &["inspect", "a.xlsx", "--unread"]).out;
    assert!(!unread.contains("检查结果"), "{unread}");

    let again = run(&here, &[ARITHMETIC, &["--to", "xlsx", "--out", "a.xlsx"]].concat());
    assert_eq!(again.code, 3, "nothing is replaced without --force");
    let forced = run(&here, &[ARITHMETIC, &["--to", "xlsx", "--out", "a.xlsx", "--force"]].concat());
    assert_eq!(forced.code, 1, "{}", forced.err);
    for arguments in [&["--to", "xlsx"][..], &["--out", "b.xlsx"]] {
        assert_eq!(run(&here, &[ARITHMETIC, arguments].concat()).code, 3);
    }
}

#[test]
fn the_standard_input_can_be_checked() {
    let ran = run_with_input(&folder("check-stdin"), &["check", "-"], wrong().as_bytes());
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.out.contains("(standard input)"), "{}", ran.out);
}

#[test]
fn every_rule_is_listed_and_can_be_explained() {
    let here = folder("rules");
    let list = run(&here, &["rules"]);
    assert_eq!(list.code, 0, "{}", list.err);
    let ids: Vec<_> = list.out.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    assert!(ids.contains(&"parts-do-not-add-up"));
    let ran = run(&here, &[&["explain"], ids.as_slice()].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for id in ids {
        assert!(ran.out.lines().any(|line| line.starts_with(id)), "{id}");
    }
    assert!(run(&here, &["rules", "--lang", "zh"]).out.contains("表内分项之和不等于合计"));
    assert!(run(&here, &["rules", "--markdown"]).out.starts_with("# Rules"));
}

#[test]
fn a_rule_that_does_not_exist_is_refused_with_those_like_it() {
    let here = folder("no-rule");
    file(&here, "a.txt", TEXT);
    for arguments in [&["explain", "parts-wrong"][..], &["check", "a.txt", "--without", "parts-wrong"]] {
        let ran = run(&here, arguments);
        assert_eq!((ran.code, ran.out.as_str()), (3, ""));
        assert!(ran.err.contains("no rule parts-wrong (perhaps parts-do-not-add-up"), "{}", ran.err);
    }
}

#[test]
fn what_a_baseline_silences_does_not_count_and_is_said_with_its_reason() {
    let here = folder("baseline");
    file(&here, "a.txt", wrong());
    let ran = run(&here, &[ARITHMETIC, &["--write-baseline", "known.toml"]].concat());
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("known.toml: 1 entries written, 1 of them"), "{}", ran.err);
    let with_baseline = |more: &[&str]| run(&here, &[ARITHMETIC, &["--baseline", "known.toml"], more].concat());
    // An empty reason is none.
    let ran = with_baseline(&[]);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""));
    assert!(ran.err.contains("known.toml: line 6: ") && ran.err.contains("reason"), "{}", ran.err);
    assert!(with_baseline(&["--lang", "zh"]).err.contains("第 6 行：没有写明理由"));

    let written = std::fs::read_to_string(here.join("known.toml")).unwrap();
    assert!(written.contains("document = \"云溪县文化馆 2025\"\nrule = \"parts-do-not-add-up\"\n"), "{written}");
    file(&here, "known.toml", written.replace("reason = \"\"", "reason = \"已更正\""));
    let ran = with_baseline(&[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("no findings") && ran.out.contains("(reason: 已更正)"), "{}", ran.out);
    let json: Value = serde_json::from_str(&with_baseline(&["--to", "json"]).out).unwrap();
    let finding = &json["report"]["findings"][0];
    assert_eq!(finding["silenced"]["reason"], "已更正");
    let sarif: Value = serde_json::from_str(&with_baseline(&["--to", "sarif"]).out).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["suppressions"][0]["justification"], "已更正");
    assert_eq!(result["partialFingerprints"]["budgetFinding/v2"], finding["fingerprint"]);
    assert!(with_baseline(&["--to", "csv"]).out.lines().nth(1).unwrap().ends_with(",已更正"));

    // Many files at once know it as well, and a new baseline keeps the reason.
    let ran = with_baseline(&["--jobs", "2", "--write-baseline", "new.toml"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.err.contains("new.toml: 1 entries written, 0 of them"), "{}", ran.err);
    assert!(std::fs::read_to_string(here.join("new.toml")).unwrap().contains("reason = \"已更正\""));
    // Nothing that exists is replaced.
    assert_eq!(with_baseline(&["--write-baseline", "new.toml"]).code, 3);
}

#[test]
fn an_entry_of_a_baseline_that_matches_nothing_is_said() {
    let here = folder("baseline-stale");
    file(&here, "a.txt", TEXT);
    let entry = |document: &str| {
        format!("[[finding]]\ndocument = \"{document}\"\nfinding = \"00c0ffee00c0ffee\"\nreason = \"已更正\"\n")
    };
    file(&here, "known.toml", entry("a.txt") + &entry("b.txt"));
    for jobs in [&[][..], &["--jobs", "1"]] {
        let ran = run(&here, &[ARITHMETIC, &["--baseline", "known.toml"], jobs].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(
            ran.err.contains("known.toml: line 1: a.txt does not have the finding 00c0ffee00c0ffee"),
            "{}",
            ran.err
        );
        assert!(ran.err.contains("known.toml: 1 entries are of documents that were not checked"), "{}", ran.err);
    }
    assert_eq!(run(&here, &[ARITHMETIC, &["--baseline", "missing.toml"]].concat()).code, 2);
}
