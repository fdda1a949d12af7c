//! What is read from the prose and the performance tables of the sample, as text to be compared with it by eye.

#![allow(clippy::unwrap_used, missing_docs)]

use std::fmt::Write as _;

use budget_model::{Amount, Coordinates, Disclosure, Indicator, Label, PerformanceTable};
use budget_parse_text::read_text;

const SAMPLE: &str = include_str!("../../examples/disclosure.txt");

fn sample() -> Disclosure {
    read_text(SAMPLE.as_bytes()).unwrap()
}

fn text(label: &Option<Label>) -> &str {
    label.as_ref().map_or("–", |label| &label.text)
}

fn amount(amount: Option<Amount>) -> String {
    amount.map_or("–".to_owned(), |amount| amount.value.to_string())
}

/// The axes on which coordinates say anything: `source=all nature=basic`.
fn short(coordinates: &Coordinates) -> String {
    let value = serde_json::to_value(coordinates).unwrap();
    let axes = value.as_object().unwrap().iter().filter(|(_, at)| !at.is_null());
    let axis = |(name, at): (&String, &serde_json::Value)| match at.as_str() {
        Some(text) => format!("{name}={text}"),
        None => format!("{name}={at}"),
    };
    axes.map(axis).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_stated_figures_of_the_sample() {
    let mut shown = String::new();
    for fact in sample().facts {
        let unit = fact.unit.as_ref().map_or("", |unit| unit.as_str());
        let subject = fact.subject.join("/");
        let at = fact.coordinates.as_ref().map(short).unwrap_or_default();
        let measure = fact.measure.as_str();
        writeln!(shown, "{} | {subject} | {measure} | {} {unit} | {at}", fact.section, fact.value).unwrap();
        if let Some(reason) = &fact.reason {
            writeln!(shown, "    {reason}").unwrap();
        }
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn the_sections_of_the_sample() {
    let mut shown = String::new();
    for section in sample().sections {
        writeln!(shown, "{} {} ({})", section.path, section.heading.text, section.paragraphs.len()).unwrap();
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn the_projects_of_the_sample() {
    let mut shown = String::new();
    for project in sample().projects {
        let amount = project.amount.as_ref().map(|amount| format!("{}{}", amount.value, amount.unit));
        writeln!(shown, "{}. {}", project.number, project.name.text).unwrap();
        writeln!(shown, "  basis: {}", text(&project.policy_basis)).unwrap();
        writeln!(shown, "  amount: {}", amount.as_deref().unwrap_or("–")).unwrap();
        writeln!(shown, "  in charge: {}", text(&project.unit_in_charge)).unwrap();
        writeln!(shown, "  allocation: {}", text(&project.allocation)).unwrap();
        writeln!(shown, "  period: {}", text(&project.period)).unwrap();
        for field in &project.further {
            writeln!(shown, "  {}: {}", field.label, field.value.text).unwrap();
        }
    }
    insta::assert_snapshot!(shown);
}

fn head(table: &PerformanceTable) -> String {
    let parts = [table.total, table.fiscal, table.other, table.from_above, table.own_level].map(amount);
    format!(
        "{} | {} | {} | {} | {} {} ({})\n  {}",
        table.kind.as_str(),
        text(&table.unit),
        text(&table.name),
        text(&table.responsible),
        text(&table.telephone),
        parts.join(" "),
        table.money_unit,
        text(&table.goal),
    )
}

fn row(indicator: &Indicator) -> String {
    let optional = |text: &Option<String>| text.clone().unwrap_or("–".to_owned());
    let value = &indicator.value;
    let operator = value.operator.map_or("", |operator| operator.as_str());
    let number = value.number.map_or(String::new(), |number| number.to_string());
    [
        &format!("{}{}", indicator.level1, if indicator.levels_certain { "" } else { "?" }),
        &indicator.level2,
        &indicator.name.text,
        &format!("{} [{operator} {number} {}]", value.raw.text, value.unit.as_deref().unwrap_or_default()),
        &optional(&indicator.basis),
        &optional(&indicator.last_year),
        &indicator.weight.map_or("–".to_owned(), |weight| weight.to_string()),
        &optional(&indicator.scoring),
        &optional(&indicator.evidence),
    ]
    .map(String::as_str)
    .join(" | ")
}

#[test]
fn the_performance_tables_of_the_sample() {
    let mut shown = String::new();
    for table in sample().performance {
        writeln!(shown, "{}", head(&table)).unwrap();
        for indicator in &table.indicators {
            writeln!(shown, "    {}", row(indicator)).unwrap();
        }
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn the_organisation_glossary_and_sign_off_of_the_sample() {
    let sample = sample();
    let mut shown = String::new();
    let lists = [
        ("function", &sample.organisation.functions),
        ("unit", &sample.organisation.subordinate_units),
        ("division", &sample.organisation.divisions),
    ];
    for (kind, labels) in lists {
        for label in labels {
            writeln!(shown, "{kind} | {}", label.text).unwrap();
        }
    }
    for term in &sample.glossary {
        writeln!(shown, "term | {} | {}", term.term.text, term.definition.text).unwrap();
    }
    let sign_off = sample.sign_off.unwrap();
    writeln!(shown, "signed | {} | {}", text(&sign_off.name), text(&sign_off.date)).unwrap();
    insta::assert_snapshot!(shown);
}

#[test]
fn what_the_reader_of_the_sample_noticed() {
    let shown: String =
        sample().diagnostics.iter().map(|found| format!("{}: {found}\n", found.code.as_str())).collect();
    insta::assert_snapshot!(shown);
}
