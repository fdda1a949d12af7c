//! One figure of a consistent disclosure altered: how often the rules find it, by the kind of figure.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use budget_model::{Decimal, Disclosure, Fact, Measure, Severity};
use budget_parse_text::read_text;
use budget_rules::Checker;
use budget_testkit::{Books, Config, Habits, disclosure, text};

/// Alterations of each kind; `BUDGET_RANDOM_CASES` asks for more.
const CASES: usize = 125;

/// A disclosure with a text, printed plainly.
fn consistent(seed: u64) -> (Disclosure, Books, Config) {
    let habits = Habits { text_width: Some(40), ..Habits::default() };
    let config = Config { prose: true, habits, ..Config::random_of("xinjiang-2025", seed) };
    let books = Books::random(seed, &config);
    (disclosure(&books, &config), books, config)
}

fn is_found(altered: &Disclosure, books: &Books, config: &Config) -> bool {
    let read = read_text(text(altered, books, config).as_bytes()).unwrap();
    let report = Checker::new().check(&read);
    // Without the change there would be none: `properties.rs` sees to that.
    report.findings.iter().any(|finding| finding.severity >= Severity::Warning)
}

/// The share of altered figures that are found, in percent. `alter` changes one figure and is given a number that varies.
fn share(kind: &str, alter: impl Fn(&mut Disclosure, usize) -> bool) -> usize {
    let cases = std::env::var("BUDGET_RANDOM_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    let (mut altered, mut found) = (0, 0);
    for seed in 0.. {
        if altered == cases {
            break;
        }
        let (mut disclosure, books, config) = consistent(seed);
        if alter(&mut disclosure, 7919 * (seed as usize + 1)) {
            altered += 1;
            found += usize::from(is_found(&disclosure, &books, &config));
        }
    }
    println!("{kind}: {found} of {altered} altered figures found");
    100 * found / altered
}

/// Alters a figure of the text of one of these measures.
fn alter_stated(disclosure: &mut Disclosure, number: usize, measures: &[Measure]) -> bool {
    let facts: Vec<&Fact> = disclosure.facts.iter().filter(|fact| measures.contains(&fact.measure)).collect();
    let Some(fact) = facts.get(number % facts.len().max(1)).copied().cloned() else { return false };
    let unit = fact.unit.as_ref().map_or("", |unit| unit.as_str());
    let figure = fact.quote.strip_suffix(unit).unwrap();
    let words = figure.trim_end_matches(|character: char| character.is_ascii_digit() || ".,".contains(character));
    let more = fact.value.abs() + difference(number, fact.value.scale());
    // A paragraph with an ordinal has it as the last step of its path.
    let section = disclosure.sections.iter_mut().rfind(|section| {
        let below = fact.section.strip_prefix(&section.path);
        below.is_some_and(|rest| rest.trim_start_matches(|step: char| step == '.' || step.is_ascii_digit()).is_empty())
    });
    let ordinal = fact.section.rsplit('.').next().filter(|step| step.parse::<u32>().is_ok()).unwrap_or_default();
    let paragraphs = section.unwrap().paragraphs.iter_mut();
    let mut stating = paragraphs.filter(|paragraph| paragraph.text.contains(&fact.quote));
    let paragraph = stating.find(|paragraph| paragraph.text.starts_with(ordinal)).unwrap();
    paragraph.text = paragraph.text.replacen(&fact.quote, &format!("{words}{more}{unit}"), 1);
    true
}

/// More than rounding can explain, printed with as many decimals.
fn difference(number: usize, scale: u32) -> Decimal {
    let mut difference = Decimal::from(1 + number % 500);
    difference.rescale(scale);
    difference
}

#[test]
fn most_altered_figures_of_tables_are_found() {
    let found = share("figures of tables", |disclosure, number| {
        let rows = disclosure.tables.iter_mut().flat_map(|table| &mut table.rows);
        let mut cells: Vec<_> = rows.flat_map(|row| &mut row.cells).collect();
        let index = number % cells.len();
        let value = &mut cells[index].amount.value;
        *value += difference(number, value.scale());
        true
    });
    assert!(found >= 98, "{found} %");
}

#[test]
fn most_altered_amounts_of_the_text_are_found() {
    let found = share("amounts of the text", |disclosure, number| alter_stated(disclosure, number, &[Measure::Amount]));
    // The value of the furniture, what is reserved for small enterprises, an allocation: some are stated once.
    assert!(found >= 80, "{found} %");
}

#[test]
fn most_altered_changes_are_found() {
    let found =
        share("changes from last year", |disclosure, number| alter_stated(disclosure, number, &[Measure::YoyChange]));
    assert!(found >= 90, "{found} %");
}

#[test]
fn most_altered_percentages_are_found() {
    let found = share("shares and percentages of change", |disclosure, number| {
        alter_stated(disclosure, number, &[Measure::Share, Measure::YoyPercent])
    });
    assert!(found >= 90, "{found} %");
}

#[test]
fn most_altered_amounts_and_weights_of_performance_tables_are_found() {
    let found = share("amounts and weights of performance tables", |disclosure, number| {
        let tables = disclosure.performance.iter_mut();
        let mut figures: Vec<&mut Decimal> = Vec::new();
        for table in tables {
            let amounts =
                [&mut table.total, &mut table.fiscal, &mut table.other, &mut table.from_above, &mut table.own_level];
            figures.extend(amounts.into_iter().flatten().map(|amount| &mut amount.value));
            figures.extend(table.indicators.iter_mut().filter_map(|indicator| indicator.weight.as_mut()));
        }
        let index = number % figures.len();
        let scale = figures[index].scale();
        *figures[index] += difference(number, scale);
        true
    });
    assert!(found >= 95, "{found} %");
}
