//! Axes of a figure that a header fixes.

use serde::Deserialize;

/// The stage of the year's money that a figure belongs to (阶段).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Phase {
    /// 年初预算数
    Budget,
    /// 全年预算数, 调整预算数
    AdjustedBudget,
    /// 执行数
    Executed,
    /// 决算数
    Final,
}

/// The year of a figure, from that of its table (年度).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum YearRef {
    /// 本年
    This,
    /// 上年
    Last,
    /// 增减额
    Change,
    /// 增减%
    ChangePercent,
}

/// The direction of money (收支流向).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Flow {
    /// 收入
    Revenue,
    /// 支出
    Expenditure,
    /// 年初结转和结余
    Opening,
    /// 年末结转和结余
    Closing,
    /// 结余分配
    Distribution,
}
