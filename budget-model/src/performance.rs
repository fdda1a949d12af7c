//! Performance targets (绩效目标): one table for the entity, one for each project.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::words::words;
use crate::{Amount, Label, Phase, Unit};

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

impl PerformanceKind {
    /// Its Chinese name: 整体, 项目.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Overall => "整体",
            Self::Project => "项目",
        }
    }
}

/// Whether a performance table sets targets or says what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PerformancePurpose {
    /// 绩效目标表: what is to be reached
    #[default]
    Targets,
    /// 绩效自评表: what was reached, with scores
    SelfEvaluation,
}

words! {
    /// The word used in CSV and JSON.
    PerformancePurpose {
        Targets = "targets",
        SelfEvaluation = "self-evaluation",
    }
}

impl PerformancePurpose {
    /// Its Chinese name: 绩效目标, 自评.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Targets => "绩效目标",
            Self::SelfEvaluation => "自评",
        }
    }
}

impl PerformancePurpose {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    fn is_targets(&self) -> bool {
        *self == Self::Targets
    }
}

/// A performance table: targets (绩效目标表), or what became of them (绩效自评表).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PerformanceTable {
    /// Overall or project.
    pub kind: PerformanceKind,
    /// Targets or self-evaluation.
    #[serde(default, skip_serializing_if = "PerformancePurpose::is_targets")]
    pub purpose: PerformancePurpose,
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
    /// 主管部门
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<Label>,
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
    /// Money that the table divides further than the fields above, as printed: by phase, period, source or task.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub funds: Vec<PerformanceFund>,
    /// What the form prints besides: 项目代码, 项目概况, 起止时间, 实施期目标.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<PerformanceDetail>,
    /// 年度绩效目标, 项目总体目标
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<Label>,
    /// 实际完成情况: what became of the goal, in a self-evaluation
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub achievement: Option<Label>,
    /// 预算执行率 and its points, in a self-evaluation
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub execution: Option<BudgetExecution>,
    /// 总分, the score in all, in a self-evaluation
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Amount>,
    /// Third-level indicators, in the order of print.
    pub indicators: Vec<Indicator>,
}

impl PerformanceTable {
    /// A table of which nothing but the title is known.
    #[must_use]
    pub fn new(kind: PerformanceKind, title: Label) -> Self {
        Self {
            kind,
            purpose: PerformancePurpose::Targets,
            title,
            unit: None,
            name: None,
            responsible: None,
            telephone: None,
            department: None,
            money_unit: Unit::Unknown,
            total: None,
            fiscal: None,
            other: None,
            from_above: None,
            own_level: None,
            funds: Vec::new(),
            details: Vec::new(),
            goal: None,
            achievement: None,
            execution: None,
            score: None,
            indicators: Vec::new(),
        }
    }
}

/// A text of a performance table under the caption that it is printed under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PerformanceDetail {
    /// 项目概况, without a colon
    pub caption: String,
    /// What stands beside it.
    pub text: Label,
}

impl PerformanceDetail {
    /// A text and its caption.
    #[must_use]
    pub fn new(caption: impl Into<String>, text: Label) -> Self {
        Self { caption: caption.into(), text }
    }
}

/// An amount of a performance table under the words that it is printed under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PerformanceFund {
    /// The words of its row, then those of its column from the top: `年度资金总额`, `全年执行数`.
    pub path: Vec<String>,
    /// 年初预算数, 全年预算数, 全年执行数, where one of the words says so
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// The amount, in the unit of the table.
    pub amount: Amount,
    /// 主要内容: what the money of its row is for
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// 完成情况: what became of it
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// 执行率 and its points that are printed behind the amount for this source alone
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub execution: Option<BudgetExecution>,
}

impl PerformanceFund {
    /// An amount of no certain phase.
    #[must_use]
    pub fn new(path: Vec<String>, amount: Amount) -> Self {
        Self { path, phase: None, amount, content: None, outcome: None, execution: None }
    }
}

/// The share of the budget, or of one of its sources, that was spent, which a self-evaluation gives points for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BudgetExecution {
    /// 执行率, as printed
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<String>,
    /// 分值
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::decimal::read_option")]
    pub weight: Option<Decimal>,
    /// 得分
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::decimal::read_option")]
    pub score: Option<Decimal>,
}

/// How an indicator is measured (指标性质).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum IndicatorNature {
    /// 定性: in words
    Qualitative,
    /// 定量: by a number
    Quantitative,
}

words! {
    /// The word used in CSV and JSON.
    IndicatorNature {
        Qualitative = "qualitative",
        Quantitative = "quantitative",
    }
}

impl IndicatorNature {
    /// Its Chinese name: 定性, 定量.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Qualitative => "定性",
            Self::Quantitative => "定量",
        }
    }
}

/// A third-level indicator (三级指标).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Indicator {
    /// 一级指标
    pub level1: String,
    /// 二级指标
    pub level2: String,
    /// Whether level 1 and 2 follow from the document without choice; both are empty in forms that print no levels.
    pub levels_certain: bool,
    /// The points of the first level, where they stand beside its name: 产出指标（50分）
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::decimal::read_option")]
    pub level1_weight: Option<Decimal>,
    /// 活动, 任务: what of the entity's work the indicator is about
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// 三级指标: the name
    pub name: Label,
    /// 指标值
    pub value: IndicatorValue,
    /// 指标性质, where the form says it
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nature: Option<IndicatorNature>,
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
    /// 是否核心指标
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub core: Option<bool>,
    /// 实际完成值, in a self-evaluation
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub achieved: Option<IndicatorValue>,
    /// 得分, in a self-evaluation
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::decimal::read_option")]
    pub score: Option<Decimal>,
    /// 偏差原因分析及改进措施, in a self-evaluation
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deviation: Option<String>,
    /// 备注
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

impl Indicator {
    /// An indicator whose levels are not known yet.
    #[must_use]
    pub fn new(name: Label, value: IndicatorValue) -> Self {
        Self {
            level1: String::new(),
            level2: String::new(),
            levels_certain: false,
            level1_weight: None,
            activity: None,
            name,
            value,
            nature: None,
            basis: None,
            last_year: None,
            weight: None,
            scoring: None,
            evidence: None,
            core: None,
            achieved: None,
            score: None,
            deviation: None,
            remark: None,
        }
    }
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
