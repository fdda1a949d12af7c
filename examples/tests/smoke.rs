//! Every example runs on its sample and says what it should.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Runs a program; it must succeed.
fn run(program: &str, arguments: &[&Path]) -> Output {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

fn lines(output: &Output) -> Vec<String> {
    String::from_utf8(output.stdout.clone()).unwrap().lines().map(|line| line.trim().to_owned()).collect()
}

#[test]
fn the_json_has_every_table_and_every_number_of_the_sample() {
    let output = run(env!("CARGO_BIN_EXE_text_to_json"), &[&sample("disclosure.txt")]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let disclosure = &json["disclosure"];
    assert_eq!(disclosure["entity"]["text"], "云溪县文化和旅游局");
    assert_eq!(disclosure["tables"].as_array().unwrap().len(), 11);
    assert_eq!(disclosure["projects"].as_array().unwrap().len(), 12);
    assert_eq!(disclosure["performance"].as_array().unwrap().len(), 17);
    assert_eq!(disclosure["ledger"]["numbers_read"], disclosure["ledger"]["numbers"]);
}

#[test]
fn the_workbook_is_a_zip_archive_that_names_the_document() {
    let folder = std::env::temp_dir().join(format!("budget-examples-{}", std::process::id()));
    let output = run(env!("CARGO_BIN_EXE_text_to_workbook"), &[&sample("disclosure.txt"), &folder]);
    let workbook = folder.join("disclosure.xlsx");
    assert_eq!(lines(&output), [workbook.display().to_string()]);
    assert!(std::fs::read(workbook).unwrap().starts_with(b"PK"));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_function_tree_shows_an_item_below_its_group_and_class() {
    let lines = lines(&run(env!("CARGO_BIN_EXE_function_tree"), &[&sample("disclosure.txt")]));
    let at = |line: &str| lines.iter().position(|other| other == line).unwrap_or_else(|| panic!("no line {line}"));
    assert!(at("205 教育支出") < at("20508 进修及培训"));
    assert!(at("20508 进修及培训") < at("2050803 培训支出"));
    // The basic expenditure of this row is printed in the second column or in the third; only the rows above tell.
    assert_eq!(lines[at("2050803 培训支出") + 2], "基本支出 3.88 [by hierarchy]");
    assert!(!lines.iter().any(|line| line.contains("uncertain")));
}

#[test]
fn the_function_tree_of_projects_says_what_is_uncertain() {
    let lines =
        lines(&run(env!("CARGO_BIN_EXE_function_tree"), &[&sample("disclosure.txt"), Path::new("general_project")]));
    let wrapped = lines.iter().find(|line| line.starts_with("商品和服务支出 122.90")).unwrap();
    assert!(wrapped.contains("uncertain: 商品和服务支出 or "), "{wrapped}");
}

/// The later of two years, with the change of the project expenditure that it states.
fn year_after(change: &str) -> String {
    format!(
        "\
第二部分 2025年部门预算公开表
表 3
部门支出总体情况表
编制部门：云溪县文化馆 单位：万元
科目 支出预算
类 款 项
功能分类科目名称 合计 基本支出 项目支出
※ ※ ※ ※ 1 2 3
总计 120.00 100.00 20.00
207 文化旅游体育与传媒支出 120.00 100.00 20.00
207 01 文化和旅游 120.00 100.00 20.00
207 01 09 群众文化 120.00 100.00 20.00
第三部分 2025年部门预算情况说明
一、关于云溪县文化馆2025年支出预算情况说明
云溪县文化馆2025年支出预算120.00万元，其中：
基本支出100.00万元，占83.33%，比上年预算增加5.00万元，增长5.26%，主要原因是人员增加。
项目支出20.00万元，占16.67%，比上年预算增加{change}万元，增长33.33%，主要原因是新增项目。
"
    )
}

/// The year before: its tables alone, with its figures.
fn year_before() -> String {
    let text = year_after("5.00").replace("2025", "2024");
    let tables = text.split("第三部分").next().unwrap_or_default();
    tables.replace("120.00", "110.00").replace("100.00", "95.00").replace("20.00", "15.00")
}

#[test]
fn two_years_are_compared_in_whatever_order_they_are_given() {
    let folder = std::env::temp_dir().join(format!("budget-examples-years-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let [before, after, wrong] = ["2024.txt", "2025.txt", "wrong.txt"].map(|name| folder.join(name));
    std::fs::write(&before, year_before()).unwrap();
    std::fs::write(&after, year_after("5.00")).unwrap();
    std::fs::write(&wrong, year_after("5.50")).unwrap();
    let program = env!("CARGO_BIN_EXE_compare_years");

    let clean = lines(&run(program, &[&after, &before]));
    assert_eq!(clean, ["云溪县文化馆: 2024 and 2025", "2 figures compared"]);

    let differs = lines(&run(program, &[&before, &wrong]));
    assert_eq!(differs.len(), 3, "{differs:?}");
    assert!(differs[2].starts_with("17:") && differs[2].contains("14.5") && differs[2].contains("15"), "{differs:?}");

    let same_year = Command::new(program).args([&after, &wrong]).output().unwrap();
    assert!(!same_year.status.success());
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn tables_in_markdown_are_read_with_the_same_layouts() {
    let lines = lines(&run(env!("CARGO_BIN_EXE_markdown_reader"), &[&sample("disclosure.md")]));
    assert_eq!(
        lines,
        [
            "部门支出总体情况表: 8 rows, 20 figures, 0 uncertain",
            "财政拨款“三公”经费支出情况表: 6 rows, 8 figures, 0 uncertain",
        ]
    );
}
