//! What a document is, and its totals.

use budget_export::DocumentInfo;
use budget_model::{Disclosure, Language, Nature, Scope, Source, Stage, ThreePublicItem};
use serde::Serialize;

use crate::money::{Amounts, Money};
use crate::shown::{in_ten_thousand, percent};
use crate::words::Words;

/// The head of a report.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CoverView {
    /// 云溪县文化馆 2025年部门预算
    pub(crate) title: String,
    entity: String,
    year: Option<u16>,
    stage: &'static str,
    scope: &'static str,
    region: String,
    region_is_guess: bool,
    file: String,
    sha256: String,
    totals: Vec<TotalView>,
}

/// A total.
#[derive(Clone, Debug, Serialize)]
struct TotalView {
    name: String,
    value: String,
    /// What it is of all expenditure.
    share: String,
}

impl CoverView {
    pub(crate) fn of(info: &DocumentInfo, disclosure: &Disclosure, amounts: &Amounts, words: Words) -> Self {
        let stage = match disclosure.stage {
            Stage::Budget => words.of("budget"),
            Stage::Final => words.of("final_accounts"),
        };
        let scope = match disclosure.scope {
            Scope::Department => words.of("department"),
            Scope::Unit => words.of("single_unit"),
            Scope::Own => words.of("own_unit"),
        };
        let entity = entity(info, disclosure);
        let year = disclosure.year.map_or_else(String::new, |year| match words.language {
            Language::Chinese => format!("{year}年"),
            Language::English => format!("{year} "),
        });
        let region = disclosure.region.as_ref();
        Self {
            title: format!("{entity} {year}{stage}"),
            entity,
            year: disclosure.year,
            stage,
            scope,
            region: region.map(|region| region.name.clone()).unwrap_or_default(),
            region_is_guess: region.is_some_and(|region| region.is_guess),
            file: info.file().to_owned(),
            sha256: info.sha256().unwrap_or_default().to_owned(),
            totals: totals(amounts, disclosure.stage, words),
        }
    }
}

/// The name of the entity, or of the file where none is found.
pub(crate) fn entity(info: &DocumentInfo, disclosure: &Disclosure) -> String {
    disclosure.entity.as_ref().map_or_else(|| info.file().to_owned(), |label| label.text.clone())
}

fn totals(amounts: &Amounts, stage: Stage, words: Words) -> Vec<TotalView> {
    let spent = amounts.expenditure(Nature::All, None);
    let of = |name: &str, money: Option<Money>, whole: Option<Money>| {
        let money = money?;
        let share = whole.map(|whole| percent(money.yuan, whole.yuan)).unwrap_or_default();
        Some(TotalView { name: words.of(name).to_owned(), value: in_ten_thousand(money.yuan), share })
    };
    let all = [
        of("total_revenue", amounts.revenue(Source::All), None),
        of(if stage == Stage::Final { "spent" } else { "total_expenditure" }, spent, None),
        of("basic_expenditure", amounts.expenditure(Nature::Basic, None), spent),
        of("project_expenditure", amounts.expenditure(Nature::Project, None), spent),
        of("three_public", amounts.three_public(ThreePublicItem::All, false), spent),
    ];
    all.into_iter().flatten().collect()
}
