//! Chinese labels of the words of lists. A reader of these workbooks takes either.

use budget_model::{
    Flow, IndicatorNature, Language, Measure, Nature, PerformanceKind, PerformancePurpose, Phase, Scope, Severity,
    Source, Stage, TableKind, ThreePublicItem, YearRef,
};

/// What the list of texts calls its passages.
const PASSAGES: [(&str, &str); 15] = [
    ("table_number", "表号"),
    ("table_title", "表名"),
    ("table_compiler", "编制单位"),
    ("table_empty", "空表说明"),
    ("table_note", "表注"),
    ("heading", "标题"),
    ("paragraph", "段落"),
    ("function", "主要职能"),
    ("subordinate_unit", "下属单位"),
    ("division", "内设机构"),
    ("term", "名词"),
    ("definition", "名词解释"),
    ("sign_off_name", "落款单位"),
    ("sign_off_date", "落款日期"),
    ("unread", "未读"),
];

/// The label of a word of a field. A word without one is shown as it is: codes, and signs.
pub(super) fn label<'w>(field: &str, word: &'w str) -> &'w str {
    let found = match field.trim_start_matches("guess_") {
        "source" => find(&Source::TREE, Source::as_str, Source::chinese, word),
        // Of spending, or of an indicator.
        "nature" => find(&Nature::TREE, Nature::as_str, Nature::chinese, word)
            .or_else(|| find(&IndicatorNature::ALL, IndicatorNature::as_str, IndicatorNature::chinese, word)),
        "three_public" => find(&ThreePublicItem::ALL, ThreePublicItem::as_str, ThreePublicItem::chinese, word),
        "phase" => find(&Phase::ALL, Phase::as_str, Phase::chinese, word),
        "year" => find(&YearRef::ALL, YearRef::as_str, YearRef::chinese, word),
        "flow" => find(&Flow::ALL, Flow::as_str, Flow::chinese, word),
        "table" => find(&TableKind::ALL, TableKind::as_str, TableKind::chinese, word),
        "measure" => find(&Measure::ALL, Measure::as_str, Measure::chinese, word),
        "severity" => find(&Severity::ALL, Severity::as_str, |one| one.name(Language::Chinese), word),
        "stage" => find(&Stage::ALL, Stage::as_str, Stage::chinese, word),
        "scope" => find(&Scope::ALL, Scope::as_str, Scope::chinese, word),
        "purpose" => find(&PerformancePurpose::ALL, PerformancePurpose::as_str, PerformancePurpose::chinese, word),
        "kind" => find(&PerformanceKind::ALL, PerformanceKind::as_str, PerformanceKind::chinese, word)
            .or_else(|| PASSAGES.iter().find(|(id, _)| *id == word).map(|(_, label)| *label)),
        _ => None,
    };
    found.unwrap_or(word)
}

/// Yes or no.
pub(super) fn flag(flag: bool, language: Language) -> &'static str {
    match (language, flag) {
        (Language::Chinese, true) => "是",
        (Language::Chinese, false) => "否",
        (Language::English, true) => "true",
        (Language::English, false) => "false",
    }
}

fn find<T: Copy>(
    all: &[T],
    id: impl Fn(T) -> &'static str,
    label: impl Fn(T) -> &'static str,
    word: &str,
) -> Option<&'static str> {
    all.iter().copied().find(|value| id(*value) == word).map(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{
        Diagnostics, Documents, Facts, Field, Indicators, Passages, PerformanceFunds, PerformanceTables, Projects,
        Resource,
    };
    use crate::schema::FieldKind;

    fn unlabelled<R: Resource>() -> Vec<String> {
        let words = |field: &Field<R>| match field.kind {
            FieldKind::Word(words) => words().into_iter().filter(|word| label(field.name, word) == word).collect(),
            _ => Vec::new(),
        };
        R::FIELDS.iter().filter(|field| !matches!(field.name, "code" | "operator")).flat_map(words).collect()
    }

    #[test]
    fn every_word_of_a_list_has_a_label() {
        for words in [
            unlabelled::<Facts>(),
            unlabelled::<Projects>(),
            unlabelled::<PerformanceTables>(),
            unlabelled::<Indicators>(),
            unlabelled::<PerformanceFunds>(),
            unlabelled::<Diagnostics>(),
            unlabelled::<Passages>(),
            unlabelled::<Documents>(),
        ] {
            assert_eq!(words, [""; 0]);
        }
    }
}
