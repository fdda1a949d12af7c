//! Lines and documents of a megabyte that repeat one thing: hostile, and read in time that grows with their length.

#![allow(clippy::unwrap_used, missing_docs)]

use std::time::{Duration, Instant};

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

/// The time for the prose or the performance table of a document that is filled up to a length in bytes.
fn time(before: &[&str], filling: &str, length: usize) -> Duration {
    let filled = filling.repeat(length / filling.len());
    let text = [&before.concat(), filled.as_str(), END].concat();
    let start = Instant::now();
    let disclosure = read_text(text.as_bytes()).unwrap();
    assert_eq!(disclosure.tables.len(), 1);
    start.elapsed()
}

#[test]
fn a_megabyte_of_one_thing_takes_a_time_in_proportion_to_its_length() {
    for filling in FILLINGS {
        for before in [&[TABLE, PROSE][..], &[TABLE, PROSE, TARGETS]] {
            let (short, long) = (time(before, filling, 1 << 17), time(before, filling, 1 << 20));
            // Eight times the length; sixty-four times the time would be quadratic.
            let limit = Duration::from_millis(200) + 24 * short;
            assert!(long < limit, "{filling:?} in {:?}: {short:?}, then {long:?}", before.last());
        }
    }
}
