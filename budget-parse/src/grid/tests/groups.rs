//! What rows mean by the rows above them.

use budget_model::{Code, Nature, Source, Table};

use super::{grid, one};

/// The table without its title row, whose columns no layout has.
fn table(text: &'static str) -> Table {
    one(grid(0, text)).0
}

#[test]
fn a_label_above_the_first_of_a_list_is_the_group_of_the_list_and_a_total_is_in_none() {
    let table = table(
        "财政拨款收支总表
单位：万元
收入||支出|
项目|预算数|项目|预算数
一、一般公共预算资金|=10.00|一、一般公共服务支出|=12.00
二、国有资本经营预算资金||二、外交支出|
本年收入合计|=10.00|本年支出合计|=12.00
上年结转结余|=2.00|年终结转结余|
一、一般公共预算拨款|=2.00||
二、国有资本经营预算拨款|||
收入总计|=12.00|支出总计|=12.00",
    );
    let source = |label: &str, nth: usize| {
        let mut rows = table.rows.iter().filter(|row| row.label.text.contains(label));
        rows.nth(nth).unwrap().dimensions.source
    };
    assert_eq!(source("一般公共预算资金", 0), Some(Source::GeneralPublicBudget));
    assert_eq!(source("一般公共预算拨款", 0), Some(Source::GeneralPublicBudgetCarryOver));
    assert_eq!(source("国有资本经营预算拨款", 0), Some(Source::StateCapitalCarryOver));
    assert_ne!(source("本年收入合计", 0), Some(Source::StateCapital));
    assert_ne!(source("收入总计", 0), Some(Source::StateCapitalCarryOver));
    let natures: Vec<_> =
        table.rows.iter().filter(|row| row.label.text == "支出总计").map(|row| row.dimensions.nature).collect();
    assert!(!natures.contains(&Some(Nature::CarryForward)), "{natures:?}");
}

#[test]
fn a_code_in_brackets_is_the_code_of_its_row() {
    let table = table(
        "一般公共预算基本支出情况表
单位：万元
项目|预算数
[301]工资福利支出|=5.00
[30101]基本工资|=5.00
合计|=5.00",
    );
    assert_eq!(table.rows.iter().find_map(|row| row.code), Code::from_number(301), "{:#?}", table.rows);
}

#[test]
fn the_codes_of_units_classify_nothing() {
    let table = table(
        "收入总表
单位：元
单位编码|单位名称|合计|一般公共预算拨款|事业收入
|合计|=30.00|=20.00|=10.00
201|云溪县文化馆|=30.00|=20.00|=10.00",
    );
    assert!(table.rows.iter().all(|row| row.code.is_none()), "{:#?}", table.rows);
}
