//! Which totals of two tables are the same money in every form.
//!
//! What else equal coordinates promise depends on the form, and the document decides it ([`Agreement`](crate::agreement)). These
//! pairs of tables were found to state one total in every disclosure that prints both, over ten regions and ten years; those of
//! final accounts are of the one form that the Ministry of Finance prescribes for all regions (部门决算公开 01–08 表).

use budget_model::TableKind::{
    self, AppropriationBasic, Basic, Expenditure, FinalAppropriation, FinalExpenditure, FinalFund, FinalGeneral,
    FinalGeneralBasic, FinalIncome, FinalOverview, FinalStateCapital, General, GeneralBasic, GeneralEconomic,
    GeneralProjectEconomic,
};

use crate::key::Key;

/// Two tables whose totals of equal coordinates are equal, and what is equal.
const SAME_TOTALS: &[(TableKind, TableKind)] = &[
    // 一般公共预算支出按功能分类 = 按经济分类
    (General, GeneralEconomic),
    // 一般公共预算支出表的项目支出 = 一般公共预算项目支出表（经济分类）合计
    (General, GeneralProjectEconomic),
    // 财政拨款基本支出 = 一般公共预算基本支出, where both are printed
    (AppropriationBasic, GeneralBasic),
    // 支出总表的基本支出 = 基本支出表合计
    (Expenditure, Basic),
    // 总表本年收入合计 = 收入决算表合计
    (FinalOverview, FinalIncome),
    // 总表本年支出合计 = 支出决算表合计
    (FinalOverview, FinalExpenditure),
    // 总表一般公共预算财政拨款收入 = 财政拨款总表一般公共预算财政拨款收入
    (FinalOverview, FinalAppropriation),
    // 收入决算表财政拨款收入 = 财政拨款总表本年收入合计
    (FinalIncome, FinalAppropriation),
    // 财政拨款总表一般公共预算支出 = 一般公共预算支出决算表合计
    (FinalAppropriation, FinalGeneral),
    // 财政拨款总表政府性基金收入、支出、结转结余 = 政府性基金收支决算表合计
    (FinalAppropriation, FinalFund),
    (FinalAppropriation, FinalStateCapital),
    // 一般公共预算支出决算表基本支出 = 基本支出决算表合计
    (FinalGeneral, FinalGeneralBasic),
];

/// Whether every form promises that two tables state the same total.
pub(crate) fn are_same(one: TableKind, other: TableKind) -> bool {
    SAME_TOTALS.contains(&(one, other)) || SAME_TOTALS.contains(&(other, one))
}

/// Whether a figure is a total, and not one of a class or an item.
pub(crate) fn is_total(key: Key) -> bool {
    Key { source: key.source, nature: key.nature, flow: key.flow, ..Key::TOTAL } == key
}
