//! What tables are about.

use serde::{Deserialize, Serialize};

use crate::words::words;

/// What a table is about, whatever number the form gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TableKind {
    /// 收支总体情况表: revenue and expenditure at a glance
    Overview,
    /// 收入总体情况表: revenue by source and function
    Income,
    /// 支出总体情况表: expenditure by function, basic and project
    Expenditure,
    /// 财政拨款收支预算总体情况表: appropriations, revenue and expenditure
    Appropriation,
    /// 一般公共预算支出情况表: general public budget by function
    General,
    /// 一般公共预算基本支出情况表: general public budget, basic expenditure by economic class
    GeneralBasic,
    /// 一般公共预算项目支出情况表: general public budget, project by project
    GeneralProject,
    /// 政府性基金预算支出情况表: government-managed fund budget
    Fund,
    /// 国有资本经营预算支出情况表: state capital operations budget
    StateCapital,
    /// “三公”经费支出情况表: travel abroad, receptions, vehicles
    ThreePublic,
    /// 上年结转结余情况明细表: carried over from last year
    Carryover,
    /// 一般公共预算支出明细表（按支出经济分类科目）: general public budget by economic class
    GeneralEconomic,
    /// 一般公共预算基本支出表（按功能分类科目）: general public budget, basic expenditure by function
    GeneralBasicFunction,
    /// 一般公共预算项目支出表（按经济分类科目）: general public budget, project expenditure by economic class
    GeneralProjectEconomic,
    /// 基本支出预算表: basic expenditure from all sources
    Basic,
    /// 项目支出预算表: projects from all sources
    Project,
    /// 财政拨款支出表: expenditure of appropriations by function
    AppropriationExpenditure,
    /// 财政拨款基本支出表: basic expenditure of appropriations
    AppropriationBasic,
    /// 财政拨款项目支出表: projects of appropriations
    AppropriationProject,
    /// 政府性基金收支表: government-managed fund budget, revenue and expenditure
    FundOverview,
    /// 机关运行经费支出预算表: operating costs of the agency
    AgencyOperation,
    /// 政府采购支出预算表: government procurement
    Procurement,
    /// 政府购买服务支出预算表: services bought
    PurchasedServices,
    /// 培训费明细表: courses of training
    TrainingList,
    /// 会议费明细表: conferences
    ConferenceList,
    /// 项目支出绩效目标表 as a list: goals of projects, one row each
    ProjectGoals,
    /// 所属单位一览表: the units of a department
    UnitList,
    /// 表目录: the list of the tables themselves
    TableIndex,
    /// 收入支出决算总表: final accounts at a glance
    FinalOverview,
    /// 收入决算表: final accounts, revenue
    FinalIncome,
    /// 支出决算表: final accounts, expenditure
    FinalExpenditure,
    /// 财政拨款收入支出决算总表: final accounts, appropriations
    FinalAppropriation,
    /// 一般公共预算财政拨款支出决算表: final accounts, general public budget by function
    FinalGeneral,
    /// 一般公共预算财政拨款基本支出决算表: final accounts, general public budget, basic expenditure by economic class
    FinalGeneralBasic,
    /// 政府性基金预算财政拨款收入支出决算表: final accounts, government-managed fund budget
    FinalFund,
    /// 国有资本经营预算财政拨款支出决算表: final accounts, state capital operations budget
    FinalStateCapital,
    /// 财政拨款“三公”经费支出决算表: final accounts, travel abroad, receptions, vehicles
    FinalThreePublic,
    /// A table with a title of which nobody knows more than that it is one
    Other,
}

words! {
    /// The word used in CSV and JSON: `general_basic`.
    TableKind {
        Overview = "overview",
        Income = "income",
        Expenditure = "expenditure",
        Appropriation = "appropriation",
        General = "general",
        GeneralBasic = "general_basic",
        GeneralProject = "general_project",
        Fund = "fund",
        StateCapital = "state_capital",
        ThreePublic = "three_public",
        Carryover = "carryover",
        GeneralEconomic = "general_economic",
        GeneralBasicFunction = "general_basic_function",
        GeneralProjectEconomic = "general_project_economic",
        Basic = "basic",
        Project = "project",
        AppropriationExpenditure = "appropriation_expenditure",
        AppropriationBasic = "appropriation_basic",
        AppropriationProject = "appropriation_project",
        FundOverview = "fund_overview",
        AgencyOperation = "agency_operation",
        Procurement = "procurement",
        PurchasedServices = "purchased_services",
        TrainingList = "training_list",
        ConferenceList = "conference_list",
        ProjectGoals = "project_goals",
        UnitList = "unit_list",
        TableIndex = "table_index",
        FinalOverview = "final_overview",
        FinalIncome = "final_income",
        FinalExpenditure = "final_expenditure",
        FinalAppropriation = "final_appropriation",
        FinalGeneral = "final_general",
        FinalGeneralBasic = "final_general_basic",
        FinalFund = "final_fund",
        FinalStateCapital = "final_state_capital",
        FinalThreePublic = "final_three_public",
        Other = "other",
    }
}

impl TableKind {
    /// The official name, short: 收支总体情况表.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Overview => "收支总体情况表",
            Self::Income => "收入总体情况表",
            Self::Expenditure => "支出总体情况表",
            Self::Appropriation => "财政拨款收支预算总体情况表",
            Self::General => "一般公共预算支出情况表",
            Self::GeneralBasic => "一般公共预算基本支出情况表",
            Self::GeneralProject => "一般公共预算项目支出情况表",
            Self::Fund => "政府性基金预算支出情况表",
            Self::StateCapital => "国有资本经营预算支出情况表",
            Self::ThreePublic => "“三公”经费支出情况表",
            Self::Carryover => "上年结转结余情况明细表",
            Self::GeneralEconomic => "一般公共预算支出明细表（按经济分类科目）",
            Self::GeneralBasicFunction => "一般公共预算基本支出情况表（按功能分类科目）",
            Self::GeneralProjectEconomic => "一般公共预算项目支出情况表（按经济分类科目）",
            Self::Basic => "基本支出预算表",
            Self::Project => "项目支出预算表",
            Self::AppropriationExpenditure => "财政拨款支出预算表",
            Self::AppropriationBasic => "财政拨款基本支出预算表",
            Self::AppropriationProject => "财政拨款项目支出预算表",
            Self::FundOverview => "政府性基金预算收支表",
            Self::AgencyOperation => "机关运行经费支出预算表",
            Self::Procurement => "政府采购支出预算表",
            Self::PurchasedServices => "政府购买服务支出预算表",
            Self::TrainingList => "培训费明细表",
            Self::ConferenceList => "会议费明细表",
            Self::ProjectGoals => "项目支出绩效目标表",
            Self::UnitList => "所属单位一览表",
            Self::TableIndex => "表目录",
            Self::FinalOverview => "收入支出决算总表",
            Self::FinalIncome => "收入决算表",
            Self::FinalExpenditure => "支出决算表",
            Self::FinalAppropriation => "财政拨款收入支出决算总表",
            Self::FinalGeneral => "一般公共预算财政拨款支出决算表",
            Self::FinalGeneralBasic => "一般公共预算财政拨款基本支出决算表",
            Self::FinalFund => "政府性基金预算财政拨款收入支出决算表",
            Self::FinalStateCapital => "国有资本经营预算财政拨款支出决算表",
            Self::FinalThreePublic => "财政拨款“三公”经费支出决算表",
            Self::Other => "其他表",
        }
    }

    /// Whether it shows the budget itself. Lists beside it (what is bought, courses, goals, units) and tables that nobody knows
    /// count something else, and their figures have no coordinates.
    #[must_use]
    pub const fn shows_budget(self) -> bool {
        !matches!(
            self,
            Self::Procurement
                | Self::PurchasedServices
                | Self::TrainingList
                | Self::ConferenceList
                | Self::ProjectGoals
                | Self::UnitList
                | Self::TableIndex
                | Self::Other
        )
    }

    /// Whether it is a table of final accounts (决算).
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(
            self,
            Self::FinalOverview
                | Self::FinalIncome
                | Self::FinalExpenditure
                | Self::FinalAppropriation
                | Self::FinalGeneral
                | Self::FinalGeneralBasic
                | Self::FinalFund
                | Self::FinalStateCapital
                | Self::FinalThreePublic
        )
    }

    /// What the codes of its rows classify, where the table itself does not say otherwise.
    #[must_use]
    pub const fn classification(self) -> Classification {
        match self {
            Self::GeneralBasic
            | Self::GeneralEconomic
            | Self::GeneralProjectEconomic
            | Self::Basic
            | Self::AppropriationBasic
            | Self::AgencyOperation
            | Self::FinalGeneralBasic => Classification::Economic,
            _ => Classification::Function,
        }
    }
}

/// What the codes of rows classify.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Classification {
    /// 支出功能分类: 2xx
    #[default]
    Function,
    /// 部门预算支出经济分类: 3xx
    Economic,
    /// 政府预算支出经济分类: 5xx
    GovernmentEconomic,
}

words! {
    /// The word used in CSV and JSON.
    Classification {
        Function = "function",
        Economic = "economic",
        GovernmentEconomic = "government-economic",
    }
}

impl Classification {
    pub(crate) fn is_function(&self) -> bool {
        *self == Self::Function
    }
}
