//! Which rows of a text are certain, and what stands between them without being one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use budget_model::{Aspect, DiagnosticCode, Disclosure, Stage, Table};
use budget_parse_text::read_text;

const HEAD: &str = "第二部分 2025年部门预算公开表\n表 3\n部门支出总体情况表\n编制部门：云溪县文化馆 单位：万元\n\
                    科目 支出预算\n类 款 项\n功能分类科目名称 合计 基本支出 项目支出\n";

fn read(body: &str) -> Disclosure {
    read_text(format!("{HEAD}{body}").as_bytes()).unwrap()
}

/// Code, name, the first figure, and whether all figures of the row are certain.
fn rows(table: &Table) -> Vec<(String, String, String, bool)> {
    let rows = table.rows.iter().map(|row| {
        let code = row.code.map(|code| code.to_string()).unwrap_or_default();
        let figure = row.cells.first().map(|cell| cell.amount.value.to_string()).unwrap_or_default();
        let certain = row.cells.iter().all(|cell| table.doubts_of(row, cell).is_empty());
        (code, row.label.text.clone(), figure, certain)
    });
    rows.collect()
}

const BODY: &str = "※ ※ ※ ※ 1 2 3\n总计 120.00 100.00 20.00\n207 文化旅游体育与传媒支出 120.00 100.00 20.00\n\
                    207 01 文化和旅游 120.00 100.00 20.00\n207 01 09 群众文\n化 120.00 100.00 20.00\n";

#[test]
fn furniture_between_the_lines_of_a_row_changes_nothing() {
    let plain = rows(&read(BODY).tables[0]);
    assert!(plain.len() == 4 && plain.iter().all(|row| row.3), "{plain:?}");
    for mark in ["第 1 页，共 17 页", "第1页/共17页", "- 1 -", "1 / 17", "Page 1 of 17", "第十页", "·1·", "P1"]
    {
        let body =
            BODY.replace("群众文\n", &format!("群众文\n{mark}\n")).replace("207 01 文", &format!("{mark}\n207 01 文"));
        let document = read(&body);
        assert_eq!(rows(&document.tables[0]), plain, "{mark}");
        let unread: Vec<_> = document.ledger.unread.iter().map(|label| label.text.as_str()).collect();
        assert!(unread.is_empty(), "{mark}: {unread:?}");
    }
}

#[test]
fn rows_of_column_numbers_are_no_rows() {
    let plain = rows(&read(BODY).tables[0]);
    for numbers in [
        "甲 乙 丙 丁 1 2 3",
        "** ** 1 2 3",
        "- - - - 1 2 3",
        "栏次 1 2 3",
        "A B 1 2 3",
        "（1） （2） （3）",
        "１ ２ ３",
        "甲\n乙\n丙\n丁\n1\n2\n3",
        "栏次\n1\n2\n3",
    ] {
        assert_eq!(rows(&read(&BODY.replace("※ ※ ※ ※ 1 2 3", numbers)).tables[0]), plain, "{numbers}");
    }
}

fn spaced(rows: &str) -> Vec<(String, String, String, bool)> {
    let document = read(&format!("※ ※ ※ ※ 1 2 3\n          总计        120.00   100.00   20.00\n{rows}"));
    self::rows(&document.tables[0])
}

#[test]
fn a_name_around_the_line_of_its_figures_is_in_doubt() {
    let rows = spaced(
        "207       文化旅游体育与传媒支出       120.00   100.00   20.00\n            文化和旅\n20701                     70.00   60.00   10.00\n\
         \x20           游\n20702     文物        50.00   40.00   10.00\n",
    );
    let certain: Vec<_> = rows.iter().filter(|row| row.3).map(|row| row.1.as_str()).collect();
    assert_eq!(certain, ["总计"], "{rows:?}");
}

#[test]
fn a_broken_code_is_in_doubt() {
    let rows = spaced(
        "207             文化旅游体育与传媒支出   120.00   100.00   20.00\n      01        文化和旅游    120.00   100.00   20.00\n\
         \x20           09  群众文化    120.00   100.00   20.00\n",
    );
    for row in rows.iter().filter(|row| row.1.contains("群众文化") || row.1.contains("文化和旅游")) {
        assert!(!row.3, "{row:?}");
    }
    assert_eq!(rows.iter().filter(|row| row.3).count(), 2, "{rows:?}");
}

#[test]
fn a_table_that_the_layout_lacks_ends_the_one_before() {
    let more = "部门政府购买服务支出表\n编制部门：云溪县文化馆 单位：万元\n项目 合计\n总计 7.00\n";
    let document = read(&format!("{BODY}{more}"));
    assert_eq!(rows(&document.tables[0]), rows(&read(BODY).tables[0]));
    assert!(document.diagnostics.iter().any(|diagnostic| diagnostic.code == DiagnosticCode::TableUnknown));
}

#[test]
fn a_header_with_words_of_another_form_puts_the_columns_in_doubt() {
    let text = format!("{HEAD}{BODY}").replace("合计 基本支出", "合计 人员经费 公用经费");
    let document = read_text(text.as_bytes()).unwrap();
    assert!(document.tables[0].doubts.has(Aspect::Column) && document.tables[0].certain_count() == 0);
}

#[test]
fn labels_on_two_sides_are_told_apart_by_the_gap_between_them() {
    let text = "2026年预算单位财政拨款收支预算总表\n编制单位：云溪区文化馆                单位：元\n\
                \x20   财政拨款收入                  财政拨款支出\n\
                \x20  项目         预算数          项目     合计       一般公共预算    政府性基金预算 国有资本经营预算\n\
                一、一般公共预算      26,900,000 一、社会保障和就业支出    4,900,000     4,900,000\n\
                二、政府性基金预算                 二、卫生健康支出    22,000,000    22,000,000\n\
                \x20  收入总计       26,900,000       支出总计    26,900,000    26,900,000\n";
    let document = read_text(text.as_bytes()).unwrap();
    let rows = rows(&document.tables[0]);
    let of = |name: &str| rows.iter().find(|row| row.1.contains(name)).unwrap().2.clone();
    assert_eq!((of("政府性基金"), of("卫生健康支出")), (String::new(), "22000000".to_owned()));
}

#[test]
fn final_accounts_are_told_by_their_title_and_lack_no_table_of_a_budget() {
    let text = "云溪县档案馆2023年度部门决算公开说明\n第一部分 单位概况\n一、主要职能\n负责档案工作。\n第二部分 部门决算情况说明\n\
                一、收入支出决算总体情况说明\n2023年度收入总计434.72万元，支出总计434.72万元。\n收入支出决算总表\n公开01表\n\
                部门：云溪县档案馆 金额单位：万元\n项目 行次 决算数 项目 行次 决算数\n栏次 1 栏次 2\n\
                一、一般公共预算财政拨款收入 1 434.72 一、一般公共服务支出 32 434.72\n";
    let document = read_text(text.as_bytes()).unwrap();
    assert_eq!((document.stage, document.year), (Stage::Final, Some(2023)));
    assert_eq!(document.entity.unwrap().text, "云溪县档案馆");
    let of = |code| document.diagnostics.iter().filter(|diagnostic| diagnostic.code == code).count();
    assert_eq!((of(DiagnosticCode::TableMissing), of(DiagnosticCode::FormUnknown)), (0, 1));
    assert!(document.tables.is_empty() && document.facts.iter().all(|fact| fact.place.line() < 8));
}
