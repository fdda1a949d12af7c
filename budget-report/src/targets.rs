//! Performance targets (绩效目标) as they are shown. Names and telephone numbers of persons are left out.

use budget_model::{Amount, Disclosure, PerformancePurpose, PerformanceTable};
use serde::Serialize;

use crate::shown::grouped;
use crate::words::Words;

/// A table of targets.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TargetsView {
    title: String,
    name: String,
    unit: String,
    is_evaluation: bool,
    goal: String,
    achievement: String,
    money_unit: String,
    money: Vec<(String, String)>,
    score: Option<String>,
    indicators: Vec<IndicatorView>,
}

/// An indicator.
#[derive(Clone, Debug, Serialize)]
struct IndicatorView {
    level1: String,
    level2: String,
    name: String,
    value: String,
    weight: String,
    achieved: String,
    score: String,
    place: String,
}

/// The tables of a document.
pub(crate) fn views(disclosure: &Disclosure, words: Words) -> Vec<TargetsView> {
    disclosure.performance.iter().map(|table| view(table, disclosure, words)).collect()
}

fn view(table: &PerformanceTable, disclosure: &Disclosure, words: Words) -> TargetsView {
    let text = |label: Option<&budget_model::Label>| label.map(|label| label.text.clone()).unwrap_or_default();
    let named = [
        ("fund_total", &table.total),
        ("fund_fiscal", &table.fiscal),
        ("fund_other", &table.other),
        ("fund_from_above", &table.from_above),
        ("fund_own_level", &table.own_level),
    ];
    let amount = |amount: &Amount| grouped(&amount.value.to_string());
    let named =
        named.into_iter().filter_map(|(name, value)| Some((words.of(name).to_owned(), amount(value.as_ref()?))));
    let funds = table.funds.iter().map(|fund| (fund.path.join(" / "), amount(&fund.amount)));
    TargetsView {
        title: table.title.text.clone(),
        name: text(table.name.as_ref()),
        unit: text(table.unit.as_ref()),
        is_evaluation: table.purpose == PerformancePurpose::SelfEvaluation,
        goal: text(table.goal.as_ref()),
        achievement: text(table.achievement.as_ref()),
        money_unit: table.money_unit.to_string(),
        money: named.chain(funds).collect(),
        score: table.score.as_ref().map(|score| score.value.to_string()),
        indicators: table
            .indicators
            .iter()
            .map(|indicator| IndicatorView {
                level1: indicator.level1.clone(),
                level2: indicator.level2.clone(),
                name: indicator.name.text.clone(),
                value: indicator.value.raw.text.clone(),
                weight: indicator.weight.map(|weight| weight.to_string()).unwrap_or_default(),
                achieved: indicator.achieved.as_ref().map(|value| value.raw.text.clone()).unwrap_or_default(),
                score: indicator.score.map(|score| score.to_string()).unwrap_or_default(),
                place: indicator.name.place.describe(&disclosure.sheets),
            })
            .collect(),
    }
}
