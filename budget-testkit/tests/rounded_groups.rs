//! Classes rounded from money, above groups that are sums of rounded items.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use budget_model::{Language, Severity};
use budget_parse::read_document;
use budget_rules::{Checker, Finding};
use budget_testkit::fixture;

#[allow(unreachable_pub, dead_code)]
mod common;

/// Each class is rounded from money of which the items show less: two of them are off by a hundredth.
const DOCUMENT: &str = "\
# Invented figures.
--- p1
云溪县文化和旅游局2025年部门预算公开
--- p2
| 一般公共预算支出表 | < | < | < | < |
| 部门：云溪县文化和旅游局 | | | | 单位：万元 |
| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
| 合计 | < | 72.13 | 72.13 | |
| 205 | 教育支出 | 4.02 | 4.02 | |
| 20502 | 普通教育 | 2.01 | 2.01 | |
| 2050201 | 学前教育 | 2.01 | 2.01 | |
| 20508 | 进修及培训 | 2.00 | 2.00 | |
| 2050803 | 培训支出 | 2.00 | 2.00 | |
| 207 | 文化旅游体育与传媒支出 | 8.05 | 8.05 | |
| 20701 | 文化和旅游 | 4.04 | 4.04 | |
| 2070101 | 行政运行 | 1.01 | 1.01 | |
| 2070104 | 图书馆 | 1.01 | 1.01 | |
| 2070109 | 群众文化 | 1.01 | 1.01 | |
| 2070111 | 文化创作与保护 | 1.01 | 1.01 | |
| 20702 | 文物 | 4.04 | 4.04 | |
| 2070201 | 行政运行 | 1.01 | 1.01 | |
| 2070204 | 文物保护 | 1.01 | 1.01 | |
| 2070205 | 博物馆 | 1.01 | 1.01 | |
| 2070206 | 历史名城与古迹 | 1.01 | 1.01 | |
| 208 | 社会保障和就业支出 | 20.05 | 20.05 | |
| 20805 | 行政事业单位养老支出 | 15.02 | 15.02 | |
| 2080505 | 机关事业单位基本养老保险缴费支出 | 15.02 | 15.02 | |
| 20899 | 其他社会保障和就业支出 | 5.02 | 5.02 | |
| 2089999 | 其他社会保障和就业支出 | 5.02 | 5.02 | |
| 210 | 卫生健康支出 | 10.01 | 10.01 | |
| 21001 | 卫生健康管理事务 | 4.00 | 4.00 | |
| 2100101 | 行政运行 | 4.00 | 4.00 | |
| 21011 | 行政事业单位医疗 | 6.02 | 6.02 | |
| 2101101 | 行政单位医疗 | 6.02 | 6.02 | |
| 221 | 住房保障支出 | 30.00 | 30.00 | |
| 22102 | 住房改革支出 | 30.00 | 30.00 | |
| 2210201 | 住房公积金 | 20.00 | 20.00 | |
| 2210203 | 购房补贴 | 10.00 | 10.00 | |
";

fn found(text: &str) -> Vec<Finding> {
    let read = read_document(&fixture(text).unwrap(), &common::no_layouts()).unwrap();
    let mut found = Checker::new().check(&read).findings;
    found.retain(|finding| finding.rule == "parts-do-not-add-up" && finding.severity > Severity::Info);
    found
}

fn messages(found: &[Finding]) -> Vec<&str> {
    found.iter().map(|finding| finding.message(Language::Chinese)).collect()
}

#[test]
fn a_class_that_the_roundings_of_its_items_explain_is_no_error() {
    // 8.05 above 4.04 and 4.04, which are sums of four items each.
    assert!(found(DOCUMENT).is_empty(), "{:#?}", messages(&found(DOCUMENT)));
}

#[test]
fn more_than_the_roundings_of_its_items_is_an_error() {
    let wrong = DOCUMENT.replace("支出 | 8.05 | 8.05 |", "支出 | 7.95 | 7.95 |").replace("72.13", "72.03");
    assert!(!found(&wrong).is_empty());
}

#[test]
fn where_nothing_else_is_rounded_a_hundredth_is_an_error() {
    let exact =
        [("4.02 | 4.02", "4.01 | 4.01"), ("20.05 | 20.05", "20.04 | 20.04"), ("10.01 | 10.01", "10.02 | 10.02")];
    let exact = exact.iter().fold(DOCUMENT.to_owned(), |text, (rounded, exact)| text.replace(rounded, exact));
    let exact = exact.replace("72.13", "72.12");
    assert!(!found(&exact).is_empty());
}
