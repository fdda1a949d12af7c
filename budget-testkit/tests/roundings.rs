//! Ways of printing money that are no errors: classes rounded from money above groups of rounded items, figures cut to ten digits,
//! figures rounded in one table and not in another, figures that are cut off.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use budget_model::{Decimal, Language, Severity};
use budget_parse::read_document;
use budget_rules::{Checker, Defect, Finding};
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

/// A group and its items.
type Group = (&'static str, &'static [&'static str]);

/// Classes of a department, their groups and items; each item has money in two tables.
const ITEMS: &[(&str, &[Group])] = &[
    ("205 | 教育支出", &[("20508 | 进修及培训", &["2050803 | 培训支出"])]),
    (
        "207 | 文化旅游体育与传媒支出",
        &[
            (
                "20701 | 文化和旅游",
                &[
                    "2070101 | 行政运行",
                    "2070102 | 一般行政管理事务",
                    "2070104 | 图书馆",
                    "2070105 | 文化展示及纪念机构",
                    "2070107 | 艺术表演团体",
                    "2070109 | 群众文化",
                    "2070111 | 文化创作与保护",
                    "2070112 | 文化和旅游市场管理",
                ],
            ),
            ("20702 | 文物", &["2070201 | 行政运行", "2070204 | 文物保护", "2070205 | 博物馆"]),
        ],
    ),
    (
        "208 | 社会保障和就业支出",
        &[(
            "20805 | 行政事业单位养老支出",
            &["2080501 | 行政单位离退休", "2080502 | 事业单位离退休", "2080505 | 机关事业单位基本养老保险缴费支出"],
        )],
    ),
    ("221 | 住房保障支出", &[("22102 | 住房改革支出", &["2210201 | 住房公积金", "2210203 | 购房补贴"])]),
];

/// A table of basic and project expenditure; `money` is that of the number of an item, `print` how a sum is printed.
fn table(title: &str, money: impl Fn(usize) -> [Decimal; 2], print: impl Fn(Decimal) -> String) -> String {
    let line = |name: &str, items: std::ops::Range<usize>| {
        let of = |kind: usize| items.clone().map(|item| money(item)[kind]).sum::<Decimal>();
        let (basic, project) = (of(0), of(1));
        format!("| {name} | {} | {} | {} |\n", print(basic + project), print(basic), print(project))
    };
    let (mut lines, mut item) = (String::new(), 0);
    for (class, groups) in ITEMS {
        let of_class: usize = groups.iter().map(|(_, items)| items.len()).sum();
        lines += &line(class, item..item + of_class);
        for (group, items) in *groups {
            lines += &line(group, item..item + items.len());
            for name in *items {
                lines += &line(name, item..item + 1);
                item += 1;
            }
        }
    }
    let total = line("合计 | <", 0..item);
    let head =
        "| 部门：云溪县文化和旅游局 | | | | 单位：万元 |\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n";
    format!("| {title} | < | < | < | < |\n{head}{total}{lines}")
}

fn document(first: &str, second: &str) -> String {
    format!("# Invented figures.\n--- p1\n云溪县文化和旅游局2025年部门预算公开\n--- p2\n{first}--- p3\n{second}")
}

/// Money of an item in 万元, to the fen.
fn to_the_fen(item: usize) -> [Decimal; 2] {
    let item = item as i64;
    [Decimal::new(912_345_678 + item * 1_000_301_003, 6), Decimal::new(8_765_432 + item * 70_412_707, 6)]
}

/// As a spreadsheet shows a number in a cell of no format: ten significant digits, and no zeros at the end.
fn ten_digits(value: Decimal) -> String {
    value.round_sf(10).unwrap().normalize().to_string()
}

fn rounded(value: Decimal) -> String {
    let half = Decimal::new(5, 3);
    format!("{:.2}", (value + half).trunc_with_scale(2))
}

fn cut_off(value: Decimal) -> String {
    format!("{:.2}", value.trunc_with_scale(2))
}

/// What is found besides notes, and the notes of figures that are cut off.
fn found_in(text: &str) -> (Vec<Finding>, Vec<Finding>) {
    let read = read_document(&fixture(text).unwrap(), &common::no_layouts()).unwrap();
    let figures: usize = read.tables.iter().map(budget_model::Table::figure_count).sum();
    assert_eq!(figures, 2 * 3 * 27, "all figures are read");
    let report = Checker::new().check(&read);
    let sums = report.rules.iter().find(|rule| rule.rule == "parts-do-not-add-up").unwrap();
    assert!(sums.checked > 80, "{}", sums.checked);
    let (notes, found): (Vec<_>, Vec<_>) =
        report.findings.into_iter().partition(|finding| finding.severity <= Severity::Info);
    (found, notes.into_iter().filter(|note| note.defect == Some(Defect::Truncated)).collect())
}

const EXPENDITURE: &str = "部门支出总表";
const GENERAL: &str = "一般公共预算支出表";

#[test]
fn figures_cut_to_ten_digits_are_no_finding() {
    let text = document(&table(EXPENDITURE, to_the_fen, ten_digits), &table(GENERAL, to_the_fen, ten_digits));
    // Sums above 10,000 lose digits that their parts have.
    let total = text.lines().find(|line| line.contains("| 合计 | < |")).unwrap();
    assert!(total.len() < text.lines().find(|line| line.contains("2050803")).unwrap().len() + 8, "{total}");
    let (found, notes) = found_in(&text);
    assert!(found.is_empty() && notes.is_empty(), "{:#?}", messages(&found));
}

#[test]
fn figures_rounded_in_one_table_and_not_in_another_are_no_finding() {
    let exact = |value: Decimal| value.normalize().to_string();
    for (first, second) in [(true, false), (false, true)] {
        let print = |title: &str, is_exact: bool| match is_exact {
            true => table(title, to_the_fen, exact),
            false => table(title, to_the_fen, rounded),
        };
        let (found, notes) = found_in(&document(&print(EXPENDITURE, first), &print(GENERAL, second)));
        assert!(found.is_empty() && notes.is_empty(), "{:#?}", messages(&found));
    }
}

/// Money of an item in 万元 whose fourth decimals are lost.
fn with_ends(item: usize) -> [Decimal; 2] {
    let item = item as i64;
    [Decimal::new(1_234_599 + item * 70_300, 4), Decimal::new(345_679 + item * 90_700, 4)]
}

#[test]
fn a_document_that_cuts_its_figures_off_is_told_so_once() {
    let text = document(&table(EXPENDITURE, with_ends, cut_off), &table(GENERAL, with_ends, cut_off));
    let (found, notes) = found_in(&text);
    assert!(found.is_empty(), "{:#?}", messages(&found));
    assert_eq!(notes.len(), 1, "{:#?}", messages(&notes));
    assert!(notes[0].message(Language::Chinese).contains("截去尾数"));
    // Without the rest of what follows, which is more than cut ends explain.
    let wrong = text.replacen("2070104 | 图书馆 | ", "2070104 | 图书馆 | 9", 1);
    assert_ne!(wrong, text);
    let (found, notes) = found_in(&wrong);
    assert_eq!((found.len(), notes.len()), (1, 1), "{:#?} {:#?}", messages(&found), messages(&notes));
}

#[test]
fn a_document_that_rounds_is_not_said_to_cut_off() {
    let text = document(&table(EXPENDITURE, with_ends, rounded), &table(GENERAL, with_ends, rounded));
    let (found, notes) = found_in(&text);
    assert!(found.is_empty() && notes.is_empty(), "{:#?}", messages(&found));
}
