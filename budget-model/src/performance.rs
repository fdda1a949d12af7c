//! Performance targets (绩效目标): one table for the entity, one for each project.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::words::words;
use crate::{Amount, Label, Unit};

/// What a performance table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PerformanceKind {
    /// 部门（单位）整体绩效目标表
    Overall,
    /// 项目支出绩效目标表
    Project,
}

words! {
    /// The word used in CSV and JSON.
    PerformanceKind {
        Overall = "overall",
        Project = "project",
    }
}

/// A performance target table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PerformanceTable {
    /// Overall or project.
    pub kind: PerformanceKind,
    /// The printed title.
    pub title: Label,
    /// 预算单位, 部门名称
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Label>,
    /// 项目名称; none in an overall table
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Label>,
    /// 项目负责人, 部门联系人: a person's name
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<Label>,
    /// 联系电话
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<Label>,
    /// The amounts, in this unit.
    pub money_unit: Unit,
    /// 年度预算总额
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Amount>,
    /// 财政拨款
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fiscal: Option<Amount>,
    /// 其他资金
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Amount>,
    /// 上级安排, in an overall table
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_above: Option<Amount>,
    /// 本级安排, in an overall table
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_level: Option<Amount>,
    /// 年度绩效目标, 项目总体目标
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<Label>,
    /// Third-level indicators, in the order of print.
    pub indicators: Vec<Indicator>,
}

/// A third-level indicator (三级指标).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Indicator {
    /// 一级指标
    pub level1: String,
    /// 二级指标
    pub level2: String,
    /// Whether level 1 and 2 follow from the document without choice.
    pub levels_certain: bool,
    /// 三级指标: the name
    pub name: Label,
    /// 指标值
    pub value: IndicatorValue,
    /// 指标值设定依据
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// 上年完成值
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_year: Option<String>,
    /// 分值权重
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::decimal::read_option")]
    pub weight: Option<Decimal>,
    /// 指标赋分规则
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scoring: Option<String>,
    /// 佐证资料
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

/// The direction of an indicator value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Operator {
    /// `>=`, printed as `>=`, `＞=`, `≥` …
    #[serde(rename = ">=")]
    AtLeast,
    /// `<=`, printed as `<=`, `＜=`, `‹=`, `≤` …
    #[serde(rename = "<=")]
    AtMost,
    /// `=`
    #[serde(rename = "=")]
    Equal,
    /// `>`
    #[serde(rename = ">")]
    More,
    /// `<`
    #[serde(rename = "<")]
    Less,
}

words! {
    /// The operator in ASCII.
    Operator {
        AtLeast = ">=",
        AtMost = "<=",
        Equal = "=",
        More = ">",
        Less = "<",
    }
}

/// The target of an indicator: an operator, a number and a unit, or words (`有效减轻`), or a date (`2025年12月10日`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IndicatorValue {
    /// The value as printed, white space removed.
    pub raw: Label,
    /// The operator, if one is printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<Operator>,
    /// The number, if the value is one.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::decimal::read_option")]
    pub number: Option<Decimal>,
    /// The unit behind the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}
