//! Documents of which a part belongs elsewhere: it is said, and nothing is merged.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use budget_model::{Disclosure, Language};
use budget_parse::read_document;
use budget_testkit::fixture;

#[allow(unreachable_pub, dead_code)]
mod common;

/// A table of expenditure of an entity and a year.
fn table(page: usize, title: &str, entity: &str, total: &str) -> String {
    format!(
        "--- p{page}\n{title}\n| 部门：{entity} | | | 单位：万元 |\n| 科目编码 | 科目名称 | 合计 | 基本支出 |\n\
         | 合计 | < | {total} | {total} |\n| 207 | 文化旅游体育与传媒支出 | {total} | {total} |\n\
         | 20701 | 文化和旅游 | {total} | {total} |\n| 2070109 | 群众文化 | {total} | {total} |\n"
    )
}

fn read(pages: &[String]) -> Disclosure {
    read_document(&fixture(&pages.concat()).unwrap(), &common::no_layouts()).unwrap()
}

fn said(read: &Disclosure, code: &str) -> Vec<String> {
    let found = read.diagnostics.iter().filter(|found| found.code.as_str() == code);
    found.map(|found| found.message(Language::English)).collect()
}

#[test]
fn a_table_of_another_entity_is_said_and_kept() {
    let own = |page, title| table(page, title, "云溪县文化馆", "12.00");
    let read = read(&[
        own(1, "2025年部门支出总表"),
        own(2, "2025年一般公共预算支出表"),
        table(3, "2025年政府性基金预算支出表", "云溪县图书馆", "7.00"),
    ]);
    assert_eq!(read.entity.as_ref().unwrap().text, "云溪县文化馆");
    assert_eq!(said(&read, "entity-differs").len(), 1, "{:?}", read.diagnostics);
    assert_eq!(read.tables.len(), 3);
}

#[test]
fn a_unit_of_the_department_is_no_other_entity() {
    let units = "--- p3\n2025年部门收入总表\n| 单位：万元 | | |\n| 单位名称 | 合计 | 财政拨款 |\n| 合计 | 19.00 | 19.00 |\n\
                 | 云溪县文化馆 | 12.00 | 12.00 |\n| 云溪县图书馆 | 7.00 | 7.00 |\n";
    let read = read(&[
        table(1, "2025年部门支出总表", "云溪县文化和旅游局", "19.00"),
        table(2, "2025年一般公共预算支出表", "云溪县文化和旅游局", "19.00"),
        units.to_owned(),
        table(4, "2025年支出总表", "云溪县图书馆", "7.00"),
    ]);
    assert_eq!(said(&read, "entity-differs"), Vec::<String>::new());
}

#[test]
fn two_years_and_two_stages_in_one_file_are_said() {
    let own = |page, title| table(page, title, "云溪县文化馆", "12.00");
    let read = read(&[
        own(1, "2025年部门支出总表"),
        own(2, "2025年一般公共预算支出表"),
        own(3, "2025年政府性基金预算支出表"),
        table(4, "2024年支出决算表", "云溪县文化馆", "11.00"),
        table(5, "2024年一般公共预算财政拨款支出决算表", "云溪县文化馆", "11.00"),
    ]);
    assert_eq!(said(&read, "year-differs").len(), 1, "{:?}", read.diagnostics);
    assert_eq!(said(&read, "stage-differs").len(), 1, "{:?}", read.diagnostics);
    assert_eq!(read.tables.len(), 5);
}

#[test]
fn a_table_that_is_printed_twice_is_said_and_not_merged() {
    let own = |page| table(page, "2025年部门支出总表", "云溪县文化馆", "12.00");
    let read = read(&[own(1), table(2, "2025年一般公共预算支出表", "云溪县文化馆", "12.00"), own(3)]);
    assert_eq!(said(&read, "table-repeated").len(), 1, "{:?}", read.diagnostics);
    assert_eq!(read.tables.len(), 3);
}

#[test]
fn a_cover_that_names_another_entity_is_said() {
    let own = |page, title| table(page, title, "云溪县文化馆", "12.00");
    let cover = "--- p1\n云溪县卫生健康局2025年部门预算公开\n";
    let read = read(&[cover.to_owned(), own(2, "2025年部门支出总表"), own(3, "2025年一般公共预算支出表")]);
    assert_eq!(said(&read, "entity-differs").len(), 1, "{:?}", read.diagnostics);
}
