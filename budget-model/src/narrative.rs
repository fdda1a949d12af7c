//! What the text says: sections, stated figures, the organisation, projects, glossary, sign-off.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::words::words;
use crate::{Coordinates, Label, Place, Unit};

/// A section of prose, in document order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Section {
    /// Path of the section: part, then the printed ordinals: `3.五.(三)`; `#2` for the second heading that has none.
    pub path: String,
    /// The heading, without its ordinal.
    pub heading: Label,
    /// The unit that it is about, where a heading names one of several: 一、云溪县图书馆
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The paragraphs below it, wrapped lines joined, white space removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paragraphs: Vec<Label>,
}

/// What a stated figure measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// An amount of money of this year.
    Amount,
    /// 占…%: a share of a whole
    Share,
    /// 比上年增加, 减少: change from last year; negative for a decrease
    YoyChange,
    /// 增长, 下降: change from last year in percent; negative for a decrease
    YoyPercent,
    /// An amount of money of last year.
    PriorAmount,
    /// A number of things or people.
    Count,
    /// An area.
    Area,
    /// Anything else: unit prices, thresholds.
    Other,
}

words! {
    /// The word used in CSV and JSON.
    Measure {
        Amount = "amount",
        Share = "share",
        YoyChange = "yoy_change",
        YoyPercent = "yoy_percent",
        PriorAmount = "prior_amount",
        Count = "count",
        Area = "area",
        Other = "other",
    }
}

impl Measure {
    /// Its Chinese name: 占比.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Amount => "金额",
            Self::Share => "占比",
            Self::YoyChange => "增减额",
            Self::YoyPercent => "增减率",
            Self::PriorAmount => "上年数",
            Self::Count => "数量",
            Self::Area => "面积",
            Self::Other => "其他",
        }
    }
}

/// A figure stated in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fact {
    /// Path of the section and numbered paragraph: `3.五.(三).4`.
    pub section: String,
    /// What it is about, from the general to the particular.
    pub subject: Vec<String>,
    /// What it measures.
    pub measure: Measure,
    /// The number as printed, with a sign where the words give one (`减少0.00` is `-0.00`).
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[serde(deserialize_with = "crate::decimal::read")]
    pub value: Decimal,
    /// The printed unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The words it came from, without white space.
    pub quote: String,
    /// 主要原因是…: the reason given for a change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Where the number stood.
    pub place: Place,
    /// What the figure is a figure of, where the text says so: equal coordinates state equal amounts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<Coordinates>,
}

/// The entity that discloses: what it does and how it is organised (part 1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Organisation {
    /// 主要职能: numbered functions, in order.
    pub functions: Vec<Label>,
    /// 下属预算单位: subordinate units by name.
    pub subordinate_units: Vec<Label>,
    /// 内设机构: internal divisions by name.
    pub divisions: Vec<Label>,
}

/// A numbered project of the text (项目支出情况说明).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Project {
    /// Printed order, from 1.
    pub number: u32,
    /// 项目名称
    pub name: Label,
    /// 设立的政策依据
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_basis: Option<Label>,
    /// 预算安排规模
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<StatedAmount>,
    /// 项目承担单位
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_in_charge: Option<Label>,
    /// 资金分配情况
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation: Option<Label>,
    /// 资金执行时间
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Label>,
    /// Further labelled fields (资金来源, 补贴人数, 补贴标准 …), in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<Field>,
}

/// A labelled field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Field {
    /// The label, without the colon.
    pub label: String,
    /// The text after it.
    pub value: Label,
}

/// A number with its own unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StatedAmount {
    /// The number as printed.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[serde(deserialize_with = "crate::decimal::read")]
    pub value: Decimal,
    /// The printed unit.
    pub unit: Unit,
    /// Where the number stood.
    pub place: Place,
}

/// An entry of the glossary (名词解释).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Term {
    /// The term.
    pub term: Label,
    /// Its definition.
    pub definition: Label,
}

/// The name and date at the end of the document (落款).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignOff {
    /// Who signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Label>,
    /// The date as printed, white space removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Label>,
}
