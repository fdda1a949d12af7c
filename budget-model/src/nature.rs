//! The chart of natures (支出性质): what kind of expenditure the money is for.

use serde::{Deserialize, Serialize};

use crate::words::words;

/// What kind of expenditure the money is for (支出性质).
///
/// 合计 = 基本支出 + 项目支出 is no definition: forms print other kinds beside the two, and count them in or not. What a
/// document adds up is said by the columns it prints; [`Chart`](crate::Chart) knows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Nature {
    /// 合计, 支出总计: everything
    #[default]
    All,
    /// 本年支出合计: what is spent this year, where 结转下年 stands beside it
    CurrentYear,
    /// 基本支出: basic expenditure
    Basic,
    /// 人员经费: personnel
    Personnel,
    /// 公用经费: operating
    Operating,
    /// 项目支出: project expenditure
    Project,
    /// 事业单位经营支出: business operations of the unit
    OperatingBusiness,
    /// 上缴上级支出: paid to the superior unit
    ToSuperior,
    /// 对附属单位补助支出: subsidies to affiliated units
    ToAffiliate,
    /// 单位预留机动经费: kept in reserve
    Reserve,
    /// 结转下年, 年终结转结余: carried forward to the next year
    CarryForward,
}

words! {
    /// The word used in CSV and JSON: `operating-business`.
    Nature {
        All = "all",
        CurrentYear = "current-year",
        Basic = "basic",
        Personnel = "personnel",
        Operating = "operating",
        Project = "project",
        OperatingBusiness = "operating-business",
        ToSuperior = "to-superior",
        ToAffiliate = "to-affiliate",
        Reserve = "reserve",
        CarryForward = "carry-forward",
    }
}

impl Nature {
    /// The official name: 基本支出.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::All => "合计",
            Self::CurrentYear => "本年支出合计",
            Self::Basic => "基本支出",
            Self::Personnel => "人员经费",
            Self::Operating => "公用经费",
            Self::Project => "项目支出",
            Self::OperatingBusiness => "事业单位经营支出",
            Self::ToSuperior => "上缴上级支出",
            Self::ToAffiliate => "对附属单位补助支出",
            Self::Reserve => "单位预留机动经费",
            Self::CarryForward => "结转下年",
        }
    }

    /// The natures this one is the sum of by definition.
    #[must_use]
    pub const fn parts(self) -> &'static [Self] {
        match self {
            Self::Basic => &[Self::Personnel, Self::Operating],
            _ => &[],
        }
    }

    /// Whether all of `part` lies in this nature (a nature contains itself).
    #[must_use]
    pub const fn contains(self, part: Self) -> bool {
        match self {
            Self::All => true,
            Self::CurrentYear => !matches!(part, Self::All | Self::CarryForward),
            Self::Basic => matches!(part, Self::Basic | Self::Personnel | Self::Operating),
            _ => self as usize == part as usize,
        }
    }

    /// Every nature, in the order of declaration: wholes before their parts.
    pub const TREE: [Self; 11] = Self::ALL;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wholes_stand_before_what_they_contain() {
        for (index, whole) in Nature::TREE.iter().enumerate() {
            assert_eq!(*whole as usize, index);
            assert!(whole.contains(*whole) && whole.parts().iter().all(|part| whole.contains(*part)));
            assert!(Nature::TREE.iter().take(index).all(|before| !whole.contains(*before)), "{whole:?}");
        }
    }
}
