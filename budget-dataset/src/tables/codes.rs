//! `codes`: what the codes and words of the other tables mean.

use budget_classification::{Class, Dictionary};
use budget_export::{FieldKind, Reference, Value};
use budget_model::{Classification, Flow, Language, Nature, Phase, Source, TableKind, ThreePublicItem, YearRef};
use budget_rules::Checker;

use super::shared;
use crate::table::{Field, Rows, Table};

pub(crate) struct Codes;

/// A code or word of one chart.
pub(crate) struct CodeRow<'a> {
    chart: &'static str,
    code: Value<'a>,
    name: Value<'a>,
    parent: Value<'a>,
    level: Option<usize>,
    class: Option<&'a Class>,
}

const CHARTS: fn() -> Vec<String> = || {
    let charts = [
        "function",
        "economic",
        "economic_gov",
        "source",
        "nature",
        "item",
        "flow",
        "phase",
        "year_ref",
        "table_kind",
        "rule",
    ];
    charts.map(str::to_owned).into()
};

impl Table for Codes {
    const NAME: &'static str = "codes";
    const TITLE: &'static str = "代码";
    const DESCRIPTION: &'static str = "One record for each code of a classification and each word of a coordinate. A printed \
        code that is not listed has no record";
    const KEY: &'static [&'static str] = &["chart", "code"];
    const REFERENCES: &'static [Reference] = &[];
    const FIELDS: &'static [Field<Self>] = &[
        Field::always("chart", "代码表", "The column of figures that has it", FieldKind::Word(CHARTS), |row| {
            row.chart.into()
        }),
        Field::always("code", "代码", "The code or word", FieldKind::Text, |row| row.code.clone()),
        Field::always("name", "名称", "Official term", FieldKind::Text, |row| row.name.clone()),
        Field::new("parent", "上级代码", "The code that contains it", FieldKind::Text, |row| row.parent.clone()),
        Field::new("level", "级次", "1 class, 2 group, 3 item of a classification", FieldKind::Integer, |row| {
            row.level.into()
        }),
        Field::new("first_year", "启用年度", "First year of this name, if known", FieldKind::Year, |row| {
            row.class.and_then(|class| class.names().first()?.from()).into()
        }),
        Field::new("last_year", "停用年度", "Last year of a code that was given up", FieldKind::Year, |row| {
            row.class.and_then(Class::until).into()
        }),
        Field::new(
            "other_names",
            "其他名称",
            "Names of other editions and short forms, joined by |",
            FieldKind::Text,
            |row| {
                let names = row.class.map_or(&[][..], Class::names);
                names.iter().skip(1).map(|name| name.text()).collect::<Vec<_>>().join("|").into()
            },
        ),
    ];
    type Row<'a> = CodeRow<'a>;
}

impl Codes {
    /// Every code and word, chart after chart.
    pub(crate) fn rows() -> Rows<'static> {
        let mut rows = Vec::new();
        for class in Dictionary::official().classes() {
            let chart = match class.classification() {
                Classification::Function => "function",
                Classification::Economic => "economic",
                Classification::GovernmentEconomic => "economic_gov",
                _ => continue,
            };
            let code = class.code();
            rows.push(CodeRow {
                chart,
                code: shared::code(Some(code)),
                name: class.names().first().map(|name| name.text()).into(),
                parent: shared::code(code.parent()),
                // 201, 20101, 2010101
                level: Some(code.to_string().len().saturating_sub(1) / 2),
                class: Some(class),
            });
        }
        let mut word = |chart, code: &'static str, name: &'static str, parent: Option<&'static str>| {
            let (code, name, parent) = (code.into(), name.into(), parent.into());
            rows.push(CodeRow { chart, code, name, parent, level: None, class: None });
        };
        for source in Source::TREE {
            let parent = Source::TREE.into_iter().find(|whole| whole.parts().contains(&source));
            word("source", source.as_str(), source.chinese(), parent.map(Source::as_str));
        }
        for nature in Nature::TREE {
            let parent = Nature::TREE.into_iter().find(|whole| whole.parts().contains(&nature));
            word("nature", nature.as_str(), nature.chinese(), parent.map(Nature::as_str));
        }
        for item in ThreePublicItem::ALL {
            let parent = ThreePublicItem::ALL.into_iter().find(|whole| whole.parts().contains(&item));
            word("item", item.as_str(), item.chinese(), parent.map(ThreePublicItem::as_str));
        }
        Flow::ALL.into_iter().for_each(|flow| word("flow", flow.as_str(), flow.chinese(), None));
        Phase::ALL.into_iter().for_each(|phase| word("phase", phase.as_str(), phase.chinese(), None));
        YearRef::ALL.into_iter().for_each(|year| word("year_ref", year.as_str(), year.chinese(), None));
        TableKind::ALL.into_iter().for_each(|kind| word("table_kind", kind.as_str(), kind.chinese(), None));
        for rule in Checker::new().descriptions() {
            let name = rule.title.in_language(Language::Chinese).to_owned().into();
            rows.push(CodeRow {
                chart: "rule",
                code: rule.id.into(),
                name,
                parent: Value::Null,
                level: None,
                class: None,
            });
        }
        Rows::new::<Self>(rows)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_code_is_there_once_with_a_name_and_a_parent_that_is_there() {
        let rows = Codes::rows();
        let keys: HashSet<String> =
            (0..rows.len()).map(|row| format!("{:?} {:?}", rows.value(row, 0), rows.value(row, 1))).collect();
        assert_eq!(keys.len(), rows.len());
        for row in 0..rows.len() {
            let [chart, code, name, parent] = [0, 1, 2, 3].map(|column| rows.value(row, column));
            assert!(!name.is_null(), "{chart:?} {code:?}");
            assert!(parent.is_null() || keys.contains(&format!("{chart:?} {parent:?}")), "{chart:?} {code:?}");
        }
    }
}
