//! `budget inspect`, as a user runs it.

#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod common;

use std::fs;
use std::io::Read;
use std::process::Stdio;

use common::{TEXT, budget, file, folder, run, run_with_input, sample};

#[test]
fn what_was_found_is_shown_in_both_languages() {
    let here = folder("inspect");
    file(&here, "a.txt", TEXT);
    let english = run(&here, &["inspect", "a.txt"]);
    assert_eq!((english.code, english.err.as_str()), (0, ""));
    for words in
        ["云溪县文化馆", "2025 budget", "xinjiang-2025", "部门支出总体情况表", "expenditure", "Diagnostics", "% "]
    {
        assert!(english.out.contains(words), "{words}: {}", english.out);
    }
    let chinese = run(&here, &["inspect", "a.txt", "--lang", "zh"]);
    for words in ["云溪县文化馆", "2025 预算", "部门支出总体情况表", "存疑", "诊断", "个警告"] {
        assert!(chinese.out.contains(words), "{words}: {}", chinese.out);
    }
}

#[test]
#[cfg(feature = "html")]
fn a_page_is_read_and_the_files_it_leads_to_are_listed() {
    let here = folder("page");
    let files = "<p><a href='./1.pdf'>附件1</a></p>";
    let table = "<p>表3 部门支出总体情况表</p><p>编制部门：云溪县文化馆 单位：万元</p><table><tr><td>科目编码<td>科目名称<td>合计\
                 <td>基本支出<td>项目支出<tr><td><td>总计<td>3.00<td>2.00<td>1.00<tr><td>207<td>文化旅游体育与传媒支出<td>3.00<td>2.00<td>1.00</table>";
    file(&here, "a.xls", format!("<html><h1>云溪县文化馆2025年部门预算</h1>{table}{files}"));
    let ran = run(&here, &["inspect", "a.xls"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    for words in ["云溪县文化馆", "expenditure", "Files the page leads to (1, not read)", "附件1", "./1.pdf"] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    file(&here, "b.html", format!("<html>{files}"));
    let ran = run(&here, &["inspect", "b.html", "--lang", "zh"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("它链接到 1 个文件：附件1；"), "{}", ran.err);
}

#[test]
fn the_language_is_that_of_the_locale() {
    let here = folder("locale");
    let error = |variables: &[(&str, &str)]| {
        let mut command = budget(&here);
        command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env_remove("LANG").envs(variables.iter().copied());
        String::from_utf8(command.args(["inspect", "none.txt"]).output().unwrap().stderr).unwrap()
    };
    assert_eq!(error(&[("LANG", "zh_CN.UTF-8")]), "错误：none.txt：文件不存在；请检查文件名\n");
    assert_eq!(
        error(&[("LANG", "zh_CN.UTF-8"), ("LC_MESSAGES", "zh_TW")]),
        "错误：none.txt：文件不存在；请检查文件名\n"
    );
    let english = "error: none.txt: there is no such file; check the name\n";
    assert_eq!(error(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")]), english);
    assert_eq!(error(&[("LANG", "en_US.UTF-8")]), english);
}

#[test]
fn the_rows_of_a_table_are_printed_and_uncertain_figures_marked() {
    let here = folder("table");
    file(&here, "a.txt", TEXT);
    let ran = run(&here, &["inspect", "a.txt", "--table", "general_project"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("?20.00") && ran.out.contains("may belong to"), "{}", ran.out);
    assert!(ran.out.contains("非遗传承活动经费") && !ran.out.contains("部门支出总体情况表"), "{}", ran.out);
    let ran = run(&here, &["inspect", "a.txt", "--tables"]);
    assert!(ran.out.contains("非遗传承活动经费") && ran.out.contains("部门支出总体情况表"), "{}", ran.out);
    let ran = run(&here, &["inspect", "a.txt", "--table", "fund"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("a.txt: it has no table fund; it has: expenditure, general_project"), "{}", ran.err);
}

#[test]
fn what_was_not_read_is_listed_with_its_place() {
    let here = folder("unread");
    file(&here, "a.txt", TEXT.replacen('\n', "\n77.70 88.80 99.90\n", 1));
    let ran = run(&here, &["inspect", "a.txt", "--unread"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "a.txt:2:1: 77.70 88.80 99.90\n"), "{}", ran.err);
    assert!(run(&here, &["inspect", "a.txt"]).out.contains("not read: 1 places; --unread lists them"));
    file(&here, "b.txt", TEXT);
    let ran = run(&here, &["inspect", "b.txt", "--unread"]);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", "b.txt: everything was read\n"));
}

#[test]
fn the_sample_of_the_workspace_is_read_completely() {
    let ran = run(&folder("sample"), &["inspect", sample().to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.out.matches("  100 %  ").count(), 2, "{}", ran.out);
}

#[test]
fn content_decides_what_a_file_is_and_the_error_says_what_to_do() {
    let here = folder("formats");
    for (name, content, words) in [
        ("a.pdf", &b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"[..], &["the file is damaged", "pages"][..]),
        ("b.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", &["the file is damaged"]),
        ("c.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &["an image (perhaps a scan)"]),
        ("d.bin", b"\x01\x02\x03\x04\x05\x06\x07\x08", &["the format is not known", "tried: "]),
        ("page.pdf", b"<!DOCTYPE html><html><p>404</html>", &["no budget table", "is this the right document?"]),
        ("rows.csv", b"name,sum,rest\n1,2,3\n4,5,6\n", &["a CSV or TSV file", ".xlsx"]),
        ("a.json", b"{\"a\": 1}", &["a JSON file"]),
        ("e.txt", b"", &["the file is empty"]),
        ("f.txt", b" \r\n\t\n", &["the file is empty"]),
        ("g.txt", "云溪县文化馆开放时间".as_bytes(), &["no budget table", "is this the right document?"]),
    ] {
        file(&here, name, content);
        let ran = run(&here, &["inspect", name]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{name}");
        assert!(ran.err.starts_with(&format!("error: {name}: ")), "{}", ran.err);
        for word in words {
            assert!(ran.err.contains(word), "{word}: {}", ran.err);
        }
    }
    let ran = run(&here, &["inspect", "--lang", "zh", "c.png"]);
    assert!(ran.err.contains("这是图片（可能是扫描件），不能读取"), "{}", ran.err);
}

#[cfg(not(feature = "xlsx"))]
#[test]
fn a_workbook_names_the_feature_that_is_compiled_out() {
    let here = folder("feature-off");
    file(&here, "a.xlsx", b"PK\x03\x04\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x0f\0\0\0xl/workbook.xml");
    let ran = run(&here, &["inspect", "a.xlsx"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("a.xlsx: ") && ran.err.contains("compiled without the feature `xlsx`"), "{}", ran.err);
}

#[cfg(feature = "xlsx")]
#[test]
fn a_workbook_that_was_extracted_is_read_again() {
    let here = folder("workbook");
    file(&here, "a.txt", TEXT);
    assert_eq!(run(&here, &["extract", "a.txt", "--out", "a.xlsx"]).code, 0);
    let ran = run(&here, &["inspect", "a.xlsx", "--table", "expenditure"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("群众文化") && ran.out.contains("120.00"), "{}", ran.out);
}

#[cfg(feature = "xlsx")]
#[test]
fn a_damaged_workbook_is_an_error_that_names_the_file() {
    let here = folder("workbook-damaged");
    let workbook = [b"PK\x03\x04".as_slice(), b"[Content_Types].xml xl/workbook.xml and nothing else"].concat();
    file(&here, "a.xlsx", workbook);
    let ran = run(&here, &["inspect", "a.xlsx"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.starts_with("error: a.xlsx: "), "{}", ran.err);
}

#[test]
fn a_folder_is_not_a_file() {
    let here = folder("folder");
    fs::create_dir(here.join("all")).unwrap();
    let ran = run(&here, &["inspect", "all"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("all: this is a folder"), "{}", ran.err);
}

/// The form of 2025 with a table under another title.
const LAYOUT: &str = r#"
id = "yunxi"
name = "云溪县"
extends = "xinjiang-2025"
years = [2025, 2025]

[[table]]
kind = "expenditure"
titles = ["支出安排总表"]
shape = "classified"
column = [
    { id = "total", label = "合计", nature = "all" },
    { id = "basic", label = "基本支出", part_of = "total", nature = "basic" },
    { id = "project", label = "项目支出", part_of = "total", nature = "project" },
]
"#;

#[test]
fn a_layout_can_be_added_and_a_bad_one_is_explained_with_its_place() {
    let here = folder("layout");
    file(&here, "a.txt", TEXT.replace("部门支出总体情况表", "部门支出安排总表"));
    assert!(run(&here, &["inspect", "a.txt"]).out.contains("[table-unknown]"));
    file(&here, "yunxi.toml", LAYOUT);
    let ran = run(&here, &["inspect", "a.txt", "--layout", "yunxi.toml"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("云溪县 [yunxi]") && ran.out.contains("部门支出安排总表"), "{}", ran.out);

    file(&here, "bad.toml", "id = \"x\"\nname = 3\n");
    let ran = run(&here, &["inspect", "a.txt", "--layout", "bad.toml"]);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""));
    assert!(ran.err.contains("bad.toml: the layout cannot be used: line 2: "), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    file(&here, "years.toml", LAYOUT.replace("[2025, 2025]", "[2099, 2000]"));
    let ran = run(&here, &["inspect", "a.txt", "--layout", "years.toml"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("years = [2099, 2000] ends before it begins"), "{}", ran.err);
    let ran = run(&here, &["inspect", "a.txt", "--layout", "none.toml"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("none.toml: there is no such file"), "{}", ran.err);
}

#[test]
fn colour_is_for_terminals_only() {
    let here = folder("colour");
    assert!(!run_with_input(&here, &["inspect", "-"], TEXT.as_bytes()).out.contains('\u{1b}'));
    file(&here, "a.txt", TEXT);
    let forced =
        budget(&here).args(["inspect", "a.txt"]).env("CLICOLOR_FORCE", "1").env_remove("NO_COLOR").output().unwrap();
    assert!(String::from_utf8(forced.stdout).unwrap().contains('\u{1b}'));
}

#[test]
fn a_document_cannot_drive_the_terminal() {
    let here = folder("escape");
    let ran =
        run_with_input(&here, &["inspect", "-", "--tables"], TEXT.replace("群众文化", "群众\u{1b}[2J文化").as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.out.contains('\u{1b}'));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let here = folder("pipe");
    let sample = sample();
    for arguments in [&["inspect", "--tables"][..], &["extract"]] {
        let mut child = budget(&here)
            .args(arguments)
            .args([&sample; 20])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 16];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let ended = child.wait_with_output().unwrap();
        assert_eq!((ended.status.code(), String::from_utf8(ended.stderr).unwrap()), (Some(0), String::new()));
    }
}

#[test]
fn mistakes_in_the_command_line_have_their_own_exit_code() {
    let here = folder("usage");
    for arguments in
        [&[][..], &["inspect"], &["extract", "a.txt", "--to", "pdf"], &["inspect", "a.txt", "--table", "x"]]
    {
        let ran = run(&here, arguments);
        assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{arguments:?}");
        assert!(!ran.err.is_empty());
    }
}

#[test]
fn the_help_says_what_the_exit_codes_mean() {
    let here = folder("help");
    for arguments in [&["--help"][..], &["extract", "--help"], &["inspect", "-h"]] {
        for (language, usage, codes) in [("en", "Usage: budget", "Exit codes"), ("zh", "用法：budget", "退出码")]
        {
            let ran = run(&here, &[arguments, &["--lang", language]].concat());
            assert_eq!(ran.code, 0, "{}", ran.err);
            assert!(ran.out.contains(usage) && ran.out.contains(codes), "{}", ran.out);
            for code in ["\n  0  ", "\n  1  ", "\n  2  ", "\n  3  "] {
                assert!(ran.out.contains(code), "{}", ran.out);
            }
        }
    }
    assert!(run(&here, &["extract", "--help"]).out.contains("Where --out writes:"));
    assert!(run(&here, &["--version"]).out.starts_with("budget "));
}
