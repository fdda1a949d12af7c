//! The chart of sources (资金来源): where the money comes from.

use serde::{Deserialize, Serialize};

use crate::words::words;

/// Where the money comes from (资金来源).
///
/// The sources form a tree; the last four join money of the year with what was carried over of it, as forms do that do
/// not tell the two apart. [`contains`](Self::contains) says what lies in what. Which of them add up to another depends on
/// what a document prints: [`Chart`](crate::Chart) says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
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
    /// 财政专户管理资金, 财政专户核拨: special fiscal accounts
    SpecialAccount,
    /// 教育收费: fees of education in special fiscal accounts
    SpecialAccountEducation,
    /// 其他专户收入拨款: other money of special fiscal accounts
    SpecialAccountOther,
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
    /// 其他资金: what is neither appropriation nor special account, in forms that do not divide it
    OtherFunds,
    /// 使用非财政拨款结余: balances of other money that are used this year
    BalanceUsed,
    /// 实户资金余额: deposits of the unit that are used this year
    DepositBalance,
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
    /// 财政拨款, this year's together with what was carried over of it
    AppropriationWithCarryOver,
    /// 一般公共预算, this year's together with what was carried over of it
    GeneralPublicBudgetWithCarryOver,
    /// 政府性基金预算, this year's together with what was carried over of it
    GovernmentFundWithCarryOver,
    /// 国有资本经营预算, this year's together with what was carried over of it
    StateCapitalWithCarryOver,
}

words! {
    /// The word used in CSV and JSON: `general-public-budget-own`.
    Source {
        All = "all",
        CurrentYear = "current-year",
        Appropriation = "appropriation",
        GeneralPublicBudget = "general-public-budget",
        GeneralPublicBudgetOwn = "general-public-budget-own",
        GeneralPublicBudgetTransfer = "general-public-budget-transfer",
        GovernmentFund = "government-fund",
        GovernmentFundOwn = "government-fund-own",
        GovernmentFundTransfer = "government-fund-transfer",
        StateCapital = "state-capital",
        StateCapitalOwn = "state-capital-own",
        StateCapitalTransfer = "state-capital-transfer",
        SpecialAccount = "special-account",
        SpecialAccountEducation = "special-account-education",
        SpecialAccountOther = "special-account-other",
        UnitFunds = "unit-funds",
        BusinessIncome = "business-income",
        SuperiorSubsidy = "superior-subsidy",
        AffiliatePayment = "affiliate-payment",
        OperatingIncome = "operating-income",
        OtherIncome = "other-income",
        OtherFunds = "other-funds",
        BalanceUsed = "balance-used",
        DepositBalance = "deposit-balance",
        CarryOver = "carry-over",
        AppropriationCarryOver = "appropriation-carry-over",
        GeneralPublicBudgetCarryOver = "general-public-budget-carry-over",
        GovernmentFundCarryOver = "government-fund-carry-over",
        StateCapitalCarryOver = "state-capital-carry-over",
        OtherCarryOver = "other-carry-over",
        SpecialAccountCarryOver = "special-account-carry-over",
        UnitFundsCarryOver = "unit-funds-carry-over",
        AppropriationWithCarryOver = "appropriation-with-carry-over",
        GeneralPublicBudgetWithCarryOver = "general-public-budget-with-carry-over",
        GovernmentFundWithCarryOver = "government-fund-with-carry-over",
        StateCapitalWithCarryOver = "state-capital-with-carry-over",
    }
}

impl Source {
    /// The official name: 一般公共预算. Money of two years says so, as in 一般公共预算（含上年结转）; carry-over ends in 结转.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::All => "收入总计",
            Self::CurrentYear => "本年收入",
            Self::Appropriation => "财政拨款（补助）",
            Self::GeneralPublicBudget => "一般公共预算",
            Self::GeneralPublicBudgetOwn => "一般财力",
            Self::GeneralPublicBudgetTransfer => "上级一般公共预算安排转移支付",
            Self::GovernmentFund => "政府性基金预算",
            Self::GovernmentFundOwn => "政府性基金收入",
            Self::GovernmentFundTransfer => "上级政府性基金安排转移支付",
            Self::StateCapital => "国有资本经营预算",
            Self::StateCapitalOwn => "国有资本经营收入",
            Self::StateCapitalTransfer => "上级国有资本经营预算安排转移支付",
            Self::SpecialAccount => "财政专户管理资金",
            Self::SpecialAccountEducation => "教育收费",
            Self::SpecialAccountOther => "其他专户收入拨款",
            Self::UnitFunds => "单位资金",
            Self::BusinessIncome => "事业收入",
            Self::SuperiorSubsidy => "上级补助收入",
            Self::AffiliatePayment => "附属单位上缴收入",
            Self::OperatingIncome => "事业单位经营收入",
            Self::OtherIncome => "其他收入",
            Self::OtherFunds => "其他资金",
            Self::BalanceUsed => "使用非财政拨款结余",
            Self::DepositBalance => "实户资金余额",
            Self::CarryOver => "上年结转结余",
            Self::AppropriationCarryOver => "财政拨款结转",
            Self::GeneralPublicBudgetCarryOver => "一般公共预算拨款结转",
            Self::GovernmentFundCarryOver => "政府性基金预算拨款结转",
            Self::StateCapitalCarryOver => "国有资本经营预算拨款结转",
            Self::OtherCarryOver => "非财政拨款结转结余",
            Self::SpecialAccountCarryOver => "财政专户核拨结转",
            Self::UnitFundsCarryOver => "单位资金结转",
            Self::AppropriationWithCarryOver => "财政拨款（含上年结转）",
            Self::GeneralPublicBudgetWithCarryOver => "一般公共预算（含上年结转）",
            Self::GovernmentFundWithCarryOver => "政府性基金预算（含上年结转）",
            Self::StateCapitalWithCarryOver => "国有资本经营预算（含上年结转）",
        }
    }

    /// The sources this one is the sum of, where a document prints all of them that are not [optional](Self::is_optional);
    /// empty for a source that is not divided further.
    #[must_use]
    pub const fn parts(self) -> &'static [Self] {
        match self {
            Self::All => &[Self::CurrentYear, Self::BalanceUsed, Self::DepositBalance, Self::CarryOver],
            Self::CurrentYear => &[Self::Appropriation, Self::SpecialAccount, Self::UnitFunds, Self::OtherFunds],
            Self::Appropriation => &[Self::GeneralPublicBudget, Self::GovernmentFund, Self::StateCapital],
            Self::GeneralPublicBudget => &[Self::GeneralPublicBudgetOwn, Self::GeneralPublicBudgetTransfer],
            Self::GovernmentFund => &[Self::GovernmentFundOwn, Self::GovernmentFundTransfer],
            Self::StateCapital => &[Self::StateCapitalOwn, Self::StateCapitalTransfer],
            Self::SpecialAccount => &[Self::SpecialAccountEducation, Self::SpecialAccountOther],
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
            Self::AppropriationWithCarryOver => &[Self::Appropriation, Self::AppropriationCarryOver],
            Self::GeneralPublicBudgetWithCarryOver => &[Self::GeneralPublicBudget, Self::GeneralPublicBudgetCarryOver],
            Self::GovernmentFundWithCarryOver => &[Self::GovernmentFund, Self::GovernmentFundCarryOver],
            Self::StateCapitalWithCarryOver => &[Self::StateCapital, Self::StateCapitalCarryOver],
            _ => &[],
        }
    }

    /// Whether only some forms print this source. Where a document does not, it has no such money, or counts it elsewhere.
    #[must_use]
    pub const fn is_optional(self) -> bool {
        matches!(
            self,
            Self::BalanceUsed
                | Self::DepositBalance
                | Self::OtherFunds
                | Self::SpecialAccountEducation
                | Self::SpecialAccountOther
        )
    }

    /// The same money, carried over from last year (`一般公共预算拨款` under `上年结转`): for appropriations, special
    /// accounts, the unit's own funds and all money of the year.
    #[must_use]
    pub const fn carried_over(self) -> Option<Self> {
        Some(match self {
            Self::CurrentYear => Self::CarryOver,
            Self::Appropriation => Self::AppropriationCarryOver,
            Self::GeneralPublicBudget => Self::GeneralPublicBudgetCarryOver,
            Self::GovernmentFund => Self::GovernmentFundCarryOver,
            Self::StateCapital => Self::StateCapitalCarryOver,
            Self::SpecialAccount => Self::SpecialAccountCarryOver,
            Self::UnitFunds => Self::UnitFundsCarryOver,
            _ => return None,
        })
    }

    /// This money of the year together with what was carried over of it; of all money of the year it is all there is.
    #[must_use]
    pub const fn with_carry_over(self) -> Option<Self> {
        Some(match self {
            Self::Appropriation => Self::AppropriationWithCarryOver,
            Self::GeneralPublicBudget => Self::GeneralPublicBudgetWithCarryOver,
            Self::GovernmentFund => Self::GovernmentFundWithCarryOver,
            Self::StateCapital => Self::StateCapitalWithCarryOver,
            _ => return None,
        })
    }

    /// Whether all of `part` lies in this source (a source contains itself).
    #[must_use]
    pub const fn contains(self, part: Self) -> bool {
        self.inside() & 1 << part as u64 != 0
    }

    /// What lies in this source, itself included: one bit each, in the order of [`TREE`](Self::TREE).
    #[must_use]
    pub const fn inside(self) -> u64 {
        INSIDE[self as usize]
    }

    /// Every source, in the order of declaration: wholes before their parts, those that join two years at the end.
    pub const TREE: [Self; 36] = Self::ALL;
}

/// [`Source::inside`] of every source.
const INSIDE: [u64; Source::TREE.len()] = {
    let mut all = [0; Source::TREE.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = reached(Source::TREE[at]);
        at += 1;
    }
    // What joins two years lies in everything, and one budget with its carry-over in all appropriations with theirs.
    let joined = Source::AppropriationWithCarryOver as usize;
    while at > joined {
        at -= 1;
        all[joined] |= 1 << at;
    }
    all[Source::All as usize] |= all[joined];
    all
};

const fn reached(whole: Source) -> u64 {
    let parts = whole.parts();
    let (mut set, mut at) = (1 << whole as u64, 0);
    while at < parts.len() {
        set |= reached(parts[at]);
        at += 1;
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_of_one_year_is_reached_from_all_exactly_once() {
        fn walk(source: Source, seen: &mut Vec<Source>) {
            seen.push(source);
            source.parts().iter().for_each(|part| walk(*part, seen));
        }
        let mut seen = Vec::new();
        walk(Source::All, &mut seen);
        let joined = seen.len();
        seen.extend([Source::Appropriation, Source::GeneralPublicBudget].map(|of| of.with_carry_over().unwrap()));
        seen.extend([Source::GovernmentFund, Source::StateCapital].map(|of| of.with_carry_over().unwrap()));
        assert_eq!(seen, Source::TREE);
        assert_eq!(Source::TREE[joined], Source::AppropriationWithCarryOver);
        assert!(Source::TREE.iter().enumerate().all(|(index, source)| *source as usize == index));
    }

    #[test]
    fn a_source_contains_itself_and_what_its_parts_contain() {
        for whole in Source::TREE {
            assert!(whole.contains(whole) && Source::All.contains(whole), "{whole:?}");
            for part in whole.parts() {
                assert!(whole.contains(*part) && !part.contains(whole), "{whole:?} {part:?}");
                assert!(Source::TREE.iter().all(|inner| !part.contains(*inner) || whole.contains(*inner)), "{part:?}");
            }
        }
    }

    #[test]
    fn carry_over_is_not_money_of_the_year() {
        assert!(Source::All.contains(Source::GeneralPublicBudgetCarryOver));
        assert!(!Source::Appropriation.contains(Source::AppropriationCarryOver));
        assert!(!Source::GeneralPublicBudget.contains(Source::GeneralPublicBudgetCarryOver));
        let both = Source::GeneralPublicBudgetWithCarryOver;
        assert!(both.contains(Source::GeneralPublicBudgetCarryOver) && both.contains(Source::GeneralPublicBudgetOwn));
        assert!(Source::AppropriationWithCarryOver.contains(both) && !Source::CurrentYear.contains(both));
    }
}
