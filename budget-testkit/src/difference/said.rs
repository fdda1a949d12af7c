//! What the text says: figures, projects, targets.

use std::collections::BTreeMap;
use std::fmt::Debug;

use budget_model::{Disclosure, Fact, Indicator, Label, PerformanceTable, Project, TableKind};
use budget_parse::text::fold;

use super::Comparison;

pub(super) fn compare(expected: &Disclosure, read: &Disclosure, comparison: &mut Comparison) {
    facts(expected, read, comparison);
    let headings = |disclosure: &Disclosure| {
        let heading = |section: &budget_model::Section| format!("{} {}", section.path, fold(&section.heading.text));
        // What stands in front of the first part is a cover.
        disclosure.sections.iter().filter(|section| section.path != "0").map(heading).collect()
    };
    in_order("sections", headings(expected), headings(read), comparison);
    let names = |labels: &[Label]| labels.iter().map(|label| label.text.clone()).collect::<Vec<_>>();
    let (ours, theirs) = (&expected.organisation, &read.organisation);
    in_order("functions", names(&ours.functions), names(&theirs.functions), comparison);
    in_order("units", names(&ours.subordinate_units), names(&theirs.subordinate_units), comparison);
    in_order("divisions", names(&ours.divisions), names(&theirs.divisions), comparison);
    in_order("projects", shown(&expected.projects, project), shown(&read.projects, project), comparison);
    comparison.projects += expected.projects.len();
    let term = |term: &budget_model::Term| format!("{}：{}", term.term.text, term.definition.text);
    in_order("glossary", shown(&expected.glossary, term), shown(&read.glossary, term), comparison);
    let heads = |disclosure: &Disclosure| shown(&disclosure.performance, head);
    in_order("performance", heads(expected), heads(read), comparison);
    for (ours, theirs) in expected.performance.iter().zip(&read.performance) {
        // Levels that the reader is not sure of are not compared.
        let sure: Vec<bool> = theirs.indicators.iter().map(|indicator| indicator.levels_certain).collect();
        let all = |table: &PerformanceTable| {
            let is_sure = sure.iter().copied().chain(std::iter::repeat(true));
            table.indicators.iter().zip(is_sure).map(|(one, sure)| indicator(one, sure)).collect()
        };
        in_order(&head(ours), all(ours), all(theirs), comparison);
        comparison.indicators += ours.indicators.len();
    }
    if !expected.sections.is_empty() {
        let sign_off = |disclosure: &Disclosure| {
            disclosure.sign_off.as_ref().map(|sign_off| {
                [&sign_off.name, &sign_off.date].map(|label| label.as_ref().map(|label| label.text.clone()))
            })
        };
        comparison.equal(None, "", "sign-off", &show(&sign_off(expected)), &show(&sign_off(read)));
    }
}

/// The figures of each section, in order.
fn facts(expected: &Disclosure, read: &Disclosure, comparison: &mut Comparison) {
    let known = |name: &str| {
        let table = read.table(TableKind::GeneralProject);
        table.is_some_and(|table| {
            table.rows.iter().any(|row| row.project.as_ref().is_some_and(|project| fold(&project.text) == fold(name)))
        })
    };
    let describe = |fact: &Fact| {
        // A project whose name the reader of the table is not sure of has no coordinates.
        let at = fact.coordinates.as_ref().filter(|at| at.project.as_ref().is_none_or(|name| known(name)));
        let unit = fact.unit.as_ref().map_or("", |unit| unit.as_str());
        let reason = fact.reason.as_deref().unwrap_or_default();
        format!("{} {} {}{unit} {reason} {at:?}", fact.subject.join("/"), fact.measure.as_str(), fact.value)
    };
    let mut sections: BTreeMap<&str, [Vec<String>; 2]> = BTreeMap::new();
    for (side, facts) in [(0, &expected.facts), (1, &read.facts)] {
        for fact in facts {
            let lists = sections.entry(&fact.section).or_default();
            if let Some(list) = lists.get_mut(side) {
                list.push(describe(fact));
            }
        }
    }
    for (section, [ours, theirs]) in sections {
        comparison.facts += ours.len();
        in_order(section, ours, theirs, comparison);
    }
}

fn show(value: &dyn Debug) -> String {
    format!("{value:?}")
}

fn shown<T>(all: &[T], one: impl Fn(&T) -> String) -> Vec<String> {
    all.iter().map(one).collect()
}

fn project(project: &Project) -> String {
    let text = |label: &Option<Label>| label.as_ref().map_or(String::new(), |label| label.text.clone());
    let amount = project.amount.as_ref().map(|amount| format!("{}{}", amount.value, amount.unit));
    let further: Vec<&String> = project.further.iter().map(|field| &field.label).collect();
    let labels =
        [&project.policy_basis, &project.unit_in_charge, &project.allocation, &project.period].map(text).join(" ");
    format!("{} {} {amount:?} {labels} {further:?}", project.number, project.name.text)
}

/// Everything of a performance table but its indicators.
fn head(table: &PerformanceTable) -> String {
    let labels = [&table.unit, &table.name, &table.responsible, &table.telephone, &table.goal];
    let labels = labels.map(|label| label.as_ref().map_or("", |label| &label.text)).join(" ");
    let amounts = [&table.total, &table.fiscal, &table.other, &table.from_above, &table.own_level];
    let amounts = amounts.map(|amount| amount.as_ref().map_or(String::new(), |amount| amount.value.to_string()));
    format!("{} {labels} {} {}", fold(&table.title.text), table.money_unit, amounts.join(" "))
}

fn indicator(indicator: &Indicator, with_levels: bool) -> String {
    let levels = if with_levels { [indicator.level1.as_str(), &indicator.level2] } else { ["", ""] }.join(" ");
    let value = &indicator.value;
    let operator = value.operator.map_or("", |operator| operator.as_str());
    let words = [&indicator.basis, &indicator.last_year, &indicator.scoring, &indicator.evidence];
    let words = words.map(|word| word.as_deref().unwrap_or_default()).join(" ");
    let (raw, number, unit) = (&value.raw.text, value.number, &value.unit);
    let name = &indicator.name.text;
    format!("{levels} {name} {raw} {operator} {number:?} {unit:?} {:?} {words}", indicator.weight)
}

/// Two lists that should be equal: the first entries that are not, and what is too many.
fn in_order(what: &str, expected: Vec<String>, found: Vec<String>, comparison: &mut Comparison) {
    let mut theirs = found.into_iter();
    for ours in expected {
        let other = theirs.next().unwrap_or_else(|| "nothing".to_owned());
        if ours != other {
            comparison.differ(None, what, "text", &ours, &other);
        }
    }
    for other in theirs {
        comparison.differ(None, what, "text", "nothing", &other);
    }
}
