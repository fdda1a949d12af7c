//! Forms that no file of the repository has: words of the official terms in new combinations.

use super::*;

fn ids(title_text: &str, paths: &[&[&str]]) -> Vec<String> {
    paths.iter().map(|path| id(title_text, path)).collect()
}

/// Units in the rows, natures under sources.
#[test]
fn sources_over_natures() {
    let title = "2026年云溪县本级部门支出预算汇总表";
    assert_eq!(super::title(title).kind, TableKind::Expenditure);
    let paths: &[&[&str]] = &[
        &["预算单位", "单位编码"],
        &["预算单位", "单位名称"],
        &["支出合计"],
        &["财政拨款", "一般公共预算资金", "人员经费"],
        &["财政拨款", "一般公共预算资金", "公用经费"],
        &["财政拨款", "一般公共预算资金", "项目经费"],
        &["财政拨款", "政府性基金预算资金"],
        &["财政专户管理资金"],
        &["单位资金", "合计"],
        &["单位资金", "其中：事业单位经营收入"],
        &["结转下年"],
    ];
    assert_eq!(
        ids(title, paths),
        [
            "Code(Unit, None)",
            "Name(Unit)",
            "total",
            "general-public-budget-personnel",
            "general-public-budget-operating",
            "general-public-budget-project",
            "government-fund",
            "special-account",
            "unit-funds",
            "operating-income",
            "carry-forward",
        ]
    );
}

/// Years over carry-overs, with shares.
#[test]
fn years_over_sources_of_two_years() {
    let title = "部门收入预算总体情况表";
    let paths: &[&[&str]] = &[
        &["上年预算数", "合计"],
        &["2026年预算数", "本年收入", "财政拨款收入"],
        &["2026年预算数", "上年结转和结余", "财政拨款结转"],
        &["2026年预算数", "上年结转和结余", "非财政拨款结转结余"],
        &["2026年预算数", "使用非财政拨款结余"],
        &["2026年预算数比上年预算数", "增减额"],
        &["2026年预算数比上年预算数", "增减幅度"],
        &["占比（%）"],
    ];
    assert_eq!(
        ids(title, paths),
        [
            "prior-total",
            "appropriation",
            "appropriation-carry-over",
            "other-carry-over",
            "balance-used",
            "change",
            "percent change-percent",
            "percent amount",
        ]
    );
}

/// Phases of final accounts beside each other, balances at both ends.
#[test]
fn phases_and_balances() {
    let title = "一般公共预算财政拨款收入支出决算表";
    assert_eq!(super::title(title).kind, TableKind::FinalGeneral);
    let paths: &[&[&str]] = &[
        &["支出功能分类", "类"],
        &["支出功能分类", "科目名称"],
        &["年初财政拨款结转和结余"],
        &["本年收入"],
        &["本年支出", "年初预算数"],
        &["本年支出", "全年预算数"],
        &["本年支出", "决算数", "项目支出"],
        &["结余分配"],
        &["年末结转和结余"],
    ];
    assert_eq!(
        ids(title, paths),
        [
            "Code(Function, Some(0))",
            "Name(Function)",
            "opening",
            "revenue",
            "budget-expenditure",
            "adjusted-budget-expenditure",
            "expenditure-project",
            "distribution",
            "closing",
        ]
    );
}
