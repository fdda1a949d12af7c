//! Coordinates: what a figure is a figure *of*.
//!
//! All tables of a disclosure, its text and its performance tables are views of one cube of money. A figure is a sum over
//! a part of that cube, and its coordinates say over which: [`Source`] × [`Nature`] × function × economic class of the
//! department × economic class of the government × project × unit × three-public item. An axis without a coordinate is
//! summed over. Forms that show more than one budget, or balances beside it, add [`Phase`], [`YearRef`] and [`Flow`];
//! without them a figure is of the budget and the year of its document, where revenue and expenditure are the same money
//! seen from two sides.

use serde::{Deserialize, Serialize};

use crate::{Code, Flow, Nature, Phase, Source, ThreePublicItem, YearRef};

/// The part of the cube that a table, one of its columns or one of its rows fixes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Dimensions {
    /// 资金来源
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// 支出性质
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nature: Option<Nature>,
    /// 功能分类
    #[serde(skip_serializing_if = "Option::is_none")]
    pub function: Option<Code>,
    /// 部门预算支出经济分类: 3xx
    #[serde(skip_serializing_if = "Option::is_none")]
    pub economic: Option<Code>,
    /// 政府预算支出经济分类: 5xx
    #[serde(skip_serializing_if = "Option::is_none")]
    pub government_economic: Option<Code>,
    /// “三公”经费 item
    #[serde(skip_serializing_if = "Option::is_none")]
    pub three_public: Option<ThreePublicItem>,
    /// 预算数, 调整预算数, 执行数, 决算数
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// 本年, 上年, 增减
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<YearRef>,
    /// 收入, 支出, 年初结转, 年末结转, 结余分配
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flow: Option<Flow>,
}

impl Dimensions {
    /// These dimensions, with those that `other` fixes in place of their own.
    #[must_use]
    pub fn narrowed(self, other: Self) -> Self {
        Self {
            source: other.source.or(self.source),
            nature: other.nature.or(self.nature),
            function: other.function.or(self.function),
            economic: other.economic.or(self.economic),
            government_economic: other.government_economic.or(self.government_economic),
            three_public: other.three_public.or(self.three_public),
            phase: other.phase.or(self.phase),
            year: other.year.or(self.year),
            flow: other.flow.or(self.flow),
        }
    }
}

/// The coordinates of one figure: two figures with equal coordinates state the same amount.
///
/// Made by [`Table::coordinates`](crate::Table::coordinates). `None` on an axis means *summed over everything*; source and
/// nature have a whole of their own ([`Source::All`], [`Nature::All`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Coordinates {
    /// 资金来源
    pub source: Source,
    /// 支出性质
    pub nature: Nature,
    /// 功能分类
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub function: Option<Code>,
    /// 部门预算支出经济分类
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub economic: Option<Code>,
    /// 政府预算支出经济分类
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub government_economic: Option<Code>,
    /// “三公”经费 item
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub three_public: Option<ThreePublicItem>,
    /// 项目名称
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// 预算单位, in tables that list several
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// 预算数, 执行数, 决算数 …; `None` is the budget or the final accounts, whichever the document is
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// 本年, 上年, 增减; `None` is the year of the document
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<YearRef>,
    /// 收入, 支出, 年初结转 …; `None` where the table does not tell them apart
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow: Option<Flow>,
}

impl Coordinates {
    /// Everything: the total of the budget.
    pub const TOTAL: Self = Self {
        source: Source::All,
        nature: Nature::All,
        function: None,
        economic: None,
        government_economic: None,
        three_public: None,
        project: None,
        unit: None,
        phase: None,
        year: None,
        flow: None,
    };
}
