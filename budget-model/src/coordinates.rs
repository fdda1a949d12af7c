//! Coordinates: what a figure is a figure *of*.
//!
//! All tables of a disclosure, its text and its performance tables are views of one cube of money. A figure is a sum over
//! a part of that cube, and its coordinates say over which: [`Source`] × [`Nature`] × function × economic class × project
//! × unit × three-public item. An axis without a coordinate is summed over. Revenue and expenditure are the same money
//! seen from two sides (a budget is balanced), so there is no axis for them.

use serde::{Deserialize, Serialize};

use crate::Code;
use crate::words::words;

/// Where the money comes from (资金来源). The sources form a tree: each is the sum of its [parts](Source::parts).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// 收入总计: everything
    #[default]
    All,
    /// 本年收入: money of this year, from all sources
    CurrentYear,
    /// 财政拨款（补助）: appropriations of this year
    Appropriation,
    /// 一般公共预算: the general public budget of this year
    GeneralPublicBudget,
    /// 一般财力: general public budget, own means
    GeneralPublicBudgetOwn,
    /// 上级一般公共预算安排转移支付
    GeneralPublicBudgetTransfer,
    /// 政府性基金预算: the government-managed fund budget of this year
    GovernmentFund,
    /// 政府性基金收入: fund budget, own means
    GovernmentFundOwn,
    /// 上级政府性基金安排转移支付
    GovernmentFundTransfer,
    /// 国有资本经营预算: the state capital operations budget of this year
    StateCapital,
    /// 国有资本经营收入: state capital operations, own means
    StateCapitalOwn,
    /// 上级国有资本经营预算安排转移支付
    StateCapitalTransfer,
    /// 财政专户核拨（教育收费）: special fiscal accounts
    SpecialAccount,
    /// 单位资金: the unit's own funds
    UnitFunds,
    /// 事业收入
    BusinessIncome,
    /// 上级补助收入
    SuperiorSubsidy,
    /// 附属单位上缴收入
    AffiliatePayment,
    /// 事业单位经营收入
    OperatingIncome,
    /// 其他收入, 单位其他资金收入
    OtherIncome,
    /// 上年结转结余: carried over from last year
    CarryOver,
    /// 财政拨款结转: appropriations carried over
    AppropriationCarryOver,
    /// 一般公共预算拨款 carried over
    GeneralPublicBudgetCarryOver,
    /// 政府性基金预算拨款 carried over
    GovernmentFundCarryOver,
    /// 国有资本经营预算拨款 carried over
    StateCapitalCarryOver,
    /// 非财政拨款结转结余: other money carried over
    OtherCarryOver,
    /// 财政专户核拨 carried over
    SpecialAccountCarryOver,
    /// 单位资金 carried over
    UnitFundsCarryOver,
}

impl Source {
    /// The sources this one is the sum of; empty for a source that is not divided further.
    #[must_use]
    pub const fn parts(self) -> &'static [Self] {
        match self {
            Self::All => &[Self::CurrentYear, Self::CarryOver],
            Self::CurrentYear => &[Self::Appropriation, Self::SpecialAccount, Self::UnitFunds],
            Self::Appropriation => &[Self::GeneralPublicBudget, Self::GovernmentFund, Self::StateCapital],
            Self::GeneralPublicBudget => &[Self::GeneralPublicBudgetOwn, Self::GeneralPublicBudgetTransfer],
            Self::GovernmentFund => &[Self::GovernmentFundOwn, Self::GovernmentFundTransfer],
            Self::StateCapital => &[Self::StateCapitalOwn, Self::StateCapitalTransfer],
            Self::UnitFunds => &[
                Self::BusinessIncome,
                Self::SuperiorSubsidy,
                Self::AffiliatePayment,
                Self::OperatingIncome,
                Self::OtherIncome,
            ],
            Self::CarryOver => &[Self::AppropriationCarryOver, Self::OtherCarryOver],
            Self::AppropriationCarryOver => {
                &[Self::GeneralPublicBudgetCarryOver, Self::GovernmentFundCarryOver, Self::StateCapitalCarryOver]
            }
            Self::OtherCarryOver => &[Self::SpecialAccountCarryOver, Self::UnitFundsCarryOver],
            _ => &[],
        }
    }

    /// Whether all of `part` lies in this source (a source contains itself).
    #[must_use]
    pub fn contains(self, part: Self) -> bool {
        // The variants stand in the order of the tree, so what a source contains is a run of them.
        let behind = (part as usize).wrapping_sub(self as usize);
        SOURCE_SIZES.get(self as usize).is_some_and(|size| behind < *size)
    }

    /// How many sources it contains, itself included.
    const fn size(self) -> usize {
        let parts = self.parts();
        let (mut size, mut at) = (1, 0);
        while at < parts.len() {
            size += parts[at].size();
            at += 1;
        }
        size
    }

    /// Every source, wholes before their parts.
    pub const TREE: [Self; 27] = [
        Self::All,
        Self::CurrentYear,
        Self::Appropriation,
        Self::GeneralPublicBudget,
        Self::GeneralPublicBudgetOwn,
        Self::GeneralPublicBudgetTransfer,
        Self::GovernmentFund,
        Self::GovernmentFundOwn,
        Self::GovernmentFundTransfer,
        Self::StateCapital,
        Self::StateCapitalOwn,
        Self::StateCapitalTransfer,
        Self::SpecialAccount,
        Self::UnitFunds,
        Self::BusinessIncome,
        Self::SuperiorSubsidy,
        Self::AffiliatePayment,
        Self::OperatingIncome,
        Self::OtherIncome,
        Self::CarryOver,
        Self::AppropriationCarryOver,
        Self::GeneralPublicBudgetCarryOver,
        Self::GovernmentFundCarryOver,
        Self::StateCapitalCarryOver,
        Self::OtherCarryOver,
        Self::SpecialAccountCarryOver,
        Self::UnitFundsCarryOver,
    ];
}

/// [`Source::size`] of every source, in the order of [`Source::TREE`].
const SOURCE_SIZES: [usize; Source::TREE.len()] = {
    let mut sizes = [0; Source::TREE.len()];
    let mut at = 0;
    while at < sizes.len() {
        sizes[at] = Source::TREE[at].size();
        at += 1;
    }
    sizes
};

/// What kind of expenditure the money is for (支出性质).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Nature {
    /// 合计: everything
    #[default]
    All,
    /// 基本支出: basic expenditure
    Basic,
    /// 人员经费: personnel
    Personnel,
    /// 公用经费: operating
    Operating,
    /// 项目支出: project expenditure
    Project,
}

impl Nature {
    /// The natures this one is the sum of.
    #[must_use]
    pub fn parts(self) -> &'static [Self] {
        match self {
            Self::All => &[Self::Basic, Self::Project],
            Self::Basic => &[Self::Personnel, Self::Operating],
            _ => &[],
        }
    }

    /// Whether all of `part` lies in this nature (a nature contains itself).
    #[must_use]
    pub fn contains(self, part: Self) -> bool {
        self == part || self.parts().iter().any(|child| child.contains(part))
    }

    /// Every nature, wholes before their parts.
    pub const TREE: [Self; 5] = [Self::All, Self::Basic, Self::Personnel, Self::Operating, Self::Project];
}

/// An item of the “三公” expenditure (three public expenses).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ThreePublicItem {
    /// “三公”经费合计
    All,
    /// 因公出国（境）费: travel abroad
    TravelAbroad,
    /// 公务接待费: official receptions
    Reception,
    /// 公务用车购置及运行费: official vehicles
    Vehicles,
    /// 公务用车购置费: purchase of vehicles
    VehiclePurchase,
    /// 公务用车运行费: running of vehicles
    VehicleRunning,
    /// 机关运行经费: operation of the agency, which some forms print next to the three; no part of them
    AgencyOperation,
}

words! {
    /// The word used in CSV and JSON: `travel-abroad`.
    ThreePublicItem {
        All = "all",
        TravelAbroad = "travel-abroad",
        Reception = "reception",
        Vehicles = "vehicles",
        VehiclePurchase = "vehicle-purchase",
        VehicleRunning = "vehicle-running",
        AgencyOperation = "agency-operation",
    }
}

impl ThreePublicItem {
    /// The items this one is the sum of.
    #[must_use]
    pub fn parts(self) -> &'static [Self] {
        match self {
            Self::All => &[Self::TravelAbroad, Self::Reception, Self::Vehicles],
            Self::Vehicles => &[Self::VehiclePurchase, Self::VehicleRunning],
            _ => &[],
        }
    }
}

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
    /// 经济分类
    #[serde(skip_serializing_if = "Option::is_none")]
    pub economic: Option<Code>,
    /// “三公”经费 item
    #[serde(skip_serializing_if = "Option::is_none")]
    pub three_public: Option<ThreePublicItem>,
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
            three_public: other.three_public.or(self.three_public),
        }
    }
}

/// The coordinates of one figure: two figures with equal coordinates state the same amount.
///
/// Made by [`Table::coordinates`](crate::Table::coordinates). `None` on an axis means *summed over everything*; source and
/// nature have a whole of their own ([`Source::All`], [`Nature::All`]).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Coordinates {
    /// 资金来源
    pub source: Source,
    /// 支出性质
    pub nature: Nature,
    /// 功能分类
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub function: Option<Code>,
    /// 经济分类
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub economic: Option<Code>,
    /// “三公”经费 item
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub three_public: Option<ThreePublicItem>,
    /// 项目名称
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// 预算单位, in tables that list several
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_is_reached_from_all_exactly_once() {
        fn walk(source: Source, seen: &mut Vec<Source>) {
            seen.push(source);
            source.parts().iter().for_each(|part| walk(*part, seen));
        }
        let mut seen = Vec::new();
        walk(Source::All, &mut seen);
        assert_eq!(seen, Source::TREE);
    }

    #[test]
    fn a_source_contains_itself_and_what_its_parts_contain() {
        fn reached(from: Source, part: Source) -> bool {
            from == part || from.parts().iter().any(|child| reached(*child, part))
        }
        for whole in Source::TREE {
            for part in Source::TREE {
                assert_eq!(whole.contains(part), reached(whole, part), "{whole:?} {part:?}");
            }
        }
        assert!(Source::TREE.iter().enumerate().all(|(index, source)| *source as usize == index));
    }

    #[test]
    fn carry_over_is_not_money_of_the_year() {
        assert!(Source::All.contains(Source::GeneralPublicBudgetCarryOver));
        assert!(!Source::Appropriation.contains(Source::AppropriationCarryOver));
        assert!(!Source::GeneralPublicBudget.contains(Source::GeneralPublicBudgetCarryOver));
    }
}
