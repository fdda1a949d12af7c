//! A megabyte that repeats one thing, ten thousand rows, projects or headings: hostile or large, and read whole.
//!
//! A reader that compared each with each would take minutes here. Time itself is not measured: machines are busy.

#![allow(clippy::unwrap_used, missing_docs)]

use budget_model::DiagnosticCode;
use budget_parse_text::read_text;

/// What one part of the document is filled with.
const FILLINGS: &[&str] = &[
    "1",
    "（",
    "、",
    "０",
    "1.5 ",
    "0 ",
    "增加3.00万元，",
    "演出费：",
    "按照 ",
    "辅导场次 ＞=1400场次 计划标准 1350场次 10 按照完成比例赋分 工作资料 ",
    "辅导场次 ＞=1400场次 计划标准 1350场次 10 按照完成比例赋分 工作资料\n",
];

const TABLE: &str = "第二部分 2025年部门预算公开表\n表 3\n部门支出总体情况表\n编制部门：云溪县文化馆 单位：万元\n科目 支出预算\n\
    类 款 项\n功能分类科目名称 合计 基本支出 项目支出\n※ ※ ※ ※ 1 2 3\n总计 120.00 100.00 20.00\n\
    207 文化旅游体育与传媒支出 120.00 100.00 20.00\n";
const PROSE: &str =
    "第三部分 2025年部门预算情况说明\n一、关于云溪县文化馆 2025年收支预算情况的总体说明\n收支总预算 120.00万元。\n";
const TARGETS: &str = "十二、其他重要事项的情况说明\n（四）预算绩效情况\n 项目支出绩效目标表\n（2025年）\n预算单位 云溪县文化馆\n\
    项目名称 演出经费 项目负责人 苏某\n项目资金(万元) 年度预算总额 20.00\n其中：财政拨款 20.00 其他资金 0.00\n\
    项目总体目标 演出。\n一级指标 二级指标 三级指标 指标值 指标值设置依据 上年完成值 指标分值权重 指标赋分规则 佐证资料\n\
    产出指标 数量指标\n";
const END: &str = "\n（五）其他需说明的事项\n无。\n第四部分 名词解释\n一、财政拨款：指拨款。\n";

#[test]
fn a_megabyte_of_one_thing_in_the_prose_or_in_a_performance_table_is_read() {
    for filling in FILLINGS {
        for before in [&[TABLE, PROSE][..], &[TABLE, PROSE, TARGETS]] {
            let filled = filling.repeat((1 << 20) / filling.len());
            let disclosure = read_text([&before.concat(), filled.as_str(), END].concat().as_bytes()).unwrap();
            assert_eq!(disclosure.tables[0].figure_count(), 6, "{filling:?} in {:?}", before.last());
            assert!(disclosure.ledger.characters > filled.len() as u64 / 4);
        }
    }
}

const INCOME: &str = "第二部分 2025年部门预算公开表\n表 2\n部门收入总体情况表\n编制部门：云溪县文化馆 单位：万元\n";
const PROJECTS: &str =
    "第二部分 2025年部门预算公开表\n表 7\n一般公共预算项目支出情况表\n编制部门：云溪县文化馆 单位：万元\n";
const MANY: usize = 10_000;

/// Lines made of their number, behind each other.
fn many(line: impl Fn(usize) -> String) -> String {
    (0..MANY).map(line).collect()
}

#[test]
fn ten_thousand_equal_rows_under_one_total_are_placed_or_left_open() {
    // The figures of a row fit into many of the twelve columns, and every row is like every other.
    let rows = many(|row| format!("\n{} 一般公共服务支出 1.00 1.00\n", 201 + row % 700));
    let text = format!("{INCOME}\n总计 20000.00 10000.00 10000.00\n{rows}");
    let disclosure = read_text(text.as_bytes()).unwrap();
    assert_eq!(disclosure.tables[0].figure_count(), 2 * MANY + 3);
}

#[test]
fn ten_thousand_projects_of_one_item_are_read_with_their_descriptions() {
    let rows = many(|row| format!("\n207 01 11 文化创作与保护 皮影戏记录项目{row} 1.00 0.40 0.60\n"));
    let descriptions = many(|row| format!("（一）项目名称：皮影戏记录项目{row}\n预算安排规模：1.00万元\n"));
    let text = format!(
        "{PROJECTS}\n总计 10000.00 4000.00 6000.00\n\n207 01 11 文化创作与保护 10000.00 4000.00 6000.00\n{rows}\n\
         第三部分 2025年部门预算情况说明\n七、关于云溪县文化馆 2025年项目支出情况说明\n{descriptions}"
    );
    let disclosure = read_text(text.as_bytes()).unwrap();
    assert_eq!(disclosure.tables[0].figure_count(), 3 * MANY + 6);
    assert_eq!(disclosure.projects.len(), MANY);
}

#[test]
fn ten_thousand_pages_that_repeat_the_header_are_one_table() {
    let header = "编制部门：云溪县文化馆 单位：万元\n科目 支出预算\n类 款 项\n功能分类科目名称 合计 基本支出 项目支出\n※ ※ ※ ※ 1 2 3\n";
    let pages = many(|page| format!(" {header}\n205 {:02} 教育支出 2.00 1.00 1.00\n", page % 99));
    let disclosure = read_text([TABLE, &pages].concat().as_bytes()).unwrap();
    assert_eq!(disclosure.tables[0].figure_count(), 3 * MANY + 6);
}

#[test]
fn ten_thousand_statements_under_as_many_headings_are_read() {
    let sentence = |number: usize| format!("基本支出 {number}.00万元，比上年预算增加 15.77万元，增长 1.24%。\n");
    let sections = many(|section| format!("一、关于云溪县文化馆 2025年支出预算情况说明\n{}", sentence(section)));
    let disclosure = read_text([TABLE, PROSE, &sections].concat().as_bytes()).unwrap();
    assert!(disclosure.facts.len() > 3 * MANY, "{}", disclosure.facts.len());
}

#[test]
fn ten_thousand_figures_in_a_row_are_reported_and_ten_thousand_lines_of_a_name_are_joined() {
    let figures = [TABLE, "208 社会保障和就业支出 ", &many(|_| "1.00 ".to_owned()), "\n"].concat();
    let disclosure = read_text(figures.as_bytes()).unwrap();
    assert!(disclosure.diagnostics.iter().any(|found| found.code == DiagnosticCode::FiguresBeyondColumns));
    let name = [TABLE, "208 社会保障\n", &many(|_| "和就业\n".to_owned()), "支出 1.00 1.00\n"].concat();
    let disclosure = read_text(name.as_bytes()).unwrap();
    assert_eq!(disclosure.tables[0].rows.last().map(|row| row.label.text.chars().count()), Some(3 * MANY + 6));
}

#[test]
fn ten_thousand_figures_of_the_largest_size_overflow_no_sum() {
    let largest = "220000000000.00";
    let rows = many(|row| format!("\n{} 一般公共服务支出 {largest} {largest}\n", 201 + row % 29));
    let disclosure = read_text(format!("{INCOME}\n总计 {largest} {largest}\n{rows}").as_bytes()).unwrap();
    assert_eq!(disclosure.tables[0].figure_count(), 2 * MANY + 2);
}
