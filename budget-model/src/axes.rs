//! The axes along which forms show more than one budget: phase, year and flow.

use serde::{Deserialize, Serialize};

use crate::words::words;

/// How far a budget has come (预算数, 调整预算数, 执行数, 决算数).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Phase {
    /// 预算数, 年初预算数: as approved
    Budget,
    /// 调整预算数, 全年预算数: as adjusted in the year
    AdjustedBudget,
    /// 执行数, 预计执行数: as executed
    Executed,
    /// 决算数: of the final accounts
    Final,
}

words! {
    /// The word used in CSV and JSON.
    Phase {
        Budget = "budget",
        AdjustedBudget = "adjusted-budget",
        Executed = "executed",
        Final = "final",
    }
}

impl Phase {
    /// The official name: 预算数.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Budget => "预算数",
            Self::AdjustedBudget => "调整预算数",
            Self::Executed => "执行数",
            Self::Final => "决算数",
        }
    }
}

/// Which year a figure is of, seen from the year of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum YearRef {
    /// 本年: the year of the document
    This,
    /// 上年: the year before
    Last,
    /// 增减变化金额: this year less the year before
    Change,
    /// 增减%: the change as a share of the year before
    ChangePercent,
}

words! {
    /// The word used in CSV and JSON.
    YearRef {
        This = "this",
        Last = "last",
        Change = "change",
        ChangePercent = "change-percent",
    }
}

impl YearRef {
    /// The official name: 增减变化金额.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::This => "本年",
            Self::Last => "上年",
            Self::Change => "增减变化金额",
            Self::ChangePercent => "增减%",
        }
    }
}

/// Whether money comes in, goes out, or is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Flow {
    /// 收入
    Revenue,
    /// 支出
    Expenditure,
    /// 年初结转和结余: the balance at the beginning of the year
    Opening,
    /// 年末结转和结余: the balance at its end
    Closing,
    /// 结余分配: the distribution of a surplus
    Distribution,
}

words! {
    /// The word used in CSV and JSON.
    Flow {
        Revenue = "revenue",
        Expenditure = "expenditure",
        Opening = "opening",
        Closing = "closing",
        Distribution = "distribution",
    }
}

impl Flow {
    /// The official name: 年初结转和结余.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Revenue => "收入",
            Self::Expenditure => "支出",
            Self::Opening => "年初结转和结余",
            Self::Closing => "年末结转和结余",
            Self::Distribution => "结余分配",
        }
    }
}
