//! Changing one digit of one figure, and counting whether the change is found.

use std::collections::HashSet;
use std::fmt;

use budget_model::{Decimal, Disclosure, Measure, Place};
use budget_rules::{Checker, Finding, PerformanceAmount, Report, Subject, Suspect};

/// What became of the changes of one kind of figure.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) changed: usize,
    /// Some finding is new.
    pub(crate) found: usize,
    /// A new finding names the changed figure among those that may be wrong.
    pub(crate) named: usize,
    /// A new finding names it first.
    pub(crate) first: usize,
    /// What was not named.
    pub(crate) missed: Vec<String>,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |part: usize| 100.0 * part as f64 / self.changed.max(1) as f64;
        let (found, named, first) = (share(self.found), share(self.named), share(self.first));
        write!(f, "{:5} changed, {found:5.1} % found, {named:5.1} % named, {first:5.1} % first", self.changed)
    }
}

/// The kind a figure is counted under.
pub(crate) fn kind(disclosure: &Disclosure, subject: Subject) -> &'static str {
    match subject {
        Subject::Cell { .. } => "table figures",
        Subject::Fact { fact } => {
            // Figures inside the description of a project are not figures of the budget.
            let fact = &disclosure.facts[fact as usize];
            let in_project = fact.subject.len() > 1 && disclosure.projects.iter().any(|project| project.name.text == fact.subject[0]);
            match fact.measure {
                _ if in_project => "figures in projects",
                Measure::Amount => "stated amounts",
                Measure::Share => "stated shares",
                Measure::YoyChange | Measure::YoyPercent if fact.unit.as_ref().is_some_and(|u| u.in_yuan().is_some() || u.as_str() == "%") => "stated changes",
                _ => "other facts",
            }
        }
        Subject::Project { .. } => "project amounts",
        Subject::Performance { .. } => "performance amounts",
        _ => "other",
    }
}

/// Every figure that is changed, with its value.
pub(crate) fn figures(disclosure: &Disclosure) -> Vec<(Subject, Decimal)> {
    let mut figures = Vec::new();
    for (table, entry) in disclosure.tables.iter().enumerate() {
        for (row, cells) in entry.rows.iter().enumerate() {
            for cell in &cells.cells {
                let subject = Subject::Cell { table: table as u32, row: row as u32, column: cell.column };
                figures.push((subject, cell.amount.value));
            }
        }
    }
    for (fact, entry) in disclosure.facts.iter().enumerate() {
        figures.push((Subject::Fact { fact: fact as u32 }, entry.value));
    }
    for (project, entry) in disclosure.projects.iter().enumerate() {
        figures.extend(entry.amount.as_ref().map(|amount| (Subject::Project { project: project as u32 }, amount.value)));
    }
    for (table, entry) in disclosure.performance.iter().enumerate() {
        let amounts = [
            (PerformanceAmount::Total, entry.total),
            (PerformanceAmount::Fiscal, entry.fiscal),
            (PerformanceAmount::Other, entry.other),
            (PerformanceAmount::FromAbove, entry.from_above),
            (PerformanceAmount::OwnLevel, entry.own_level),
        ];
        for (amount, printed) in amounts {
            figures.extend(printed.map(|printed| (Subject::Performance { table: table as u32, amount }, printed.value)));
        }
    }
    figures
}

/// Every figure that is changed, with its place.
pub(crate) fn places(disclosure: &Disclosure) -> Vec<(Subject, Place)> {
    let place = |subject: Subject| match subject {
        Subject::Cell { table, row, column } => {
            disclosure.tables[table as usize].rows[row as usize].cell(column).unwrap().amount.place
        }
        Subject::Fact { fact } => disclosure.facts[fact as usize].place,
        Subject::Project { project } => disclosure.projects[project as usize].amount.as_ref().unwrap().place,
        Subject::Performance { table, amount } => {
            let table = &disclosure.performance[table as usize];
            let printed = match amount {
                PerformanceAmount::Total => table.total,
                PerformanceAmount::Fiscal => table.fiscal,
                PerformanceAmount::Other => table.other,
                PerformanceAmount::FromAbove => table.from_above,
                PerformanceAmount::OwnLevel => table.own_level,
            };
            printed.unwrap().place
        }
        other => panic!("{other:?} is not changed"),
    };
    figures(disclosure).into_iter().map(|(subject, _)| (subject, place(subject))).collect()
}

/// The same disclosure with another value of one figure.
pub(crate) fn with(disclosure: &Disclosure, subject: Subject, value: Decimal) -> Disclosure {
    let mut changed = disclosure.clone();
    match subject {
        Subject::Cell { table, row, column } => {
            let cells = &mut changed.tables[table as usize].rows[row as usize].cells;
            cells.iter_mut().find(|cell| cell.column == column).unwrap().amount.value = value;
        }
        Subject::Fact { fact } => changed.facts[fact as usize].value = value,
        Subject::Project { project } => changed.projects[project as usize].amount.as_mut().unwrap().value = value,
        Subject::Performance { table, amount } => {
            let table = &mut changed.performance[table as usize];
            let printed = match amount {
                PerformanceAmount::Total => &mut table.total,
                PerformanceAmount::Fiscal => &mut table.fiscal,
                PerformanceAmount::Other => &mut table.other,
                PerformanceAmount::FromAbove => &mut table.from_above,
                PerformanceAmount::OwnLevel => &mut table.own_level,
            };
            printed.as_mut().unwrap().value = value;
        }
        other => panic!("{other:?} is not changed"),
    }
    changed
}

/// One digit changed, never the last one of several decimals: rounding must not explain the change. `nth` chooses which.
pub(crate) fn one_digit_changed(value: Decimal, nth: usize) -> Decimal {
    let printed = value.to_string();
    let digits: Vec<usize> = printed.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()).map(|(at, _)| at).collect();
    let keep = usize::from(value.scale() > 1);
    let at = digits[nth % (digits.len() - keep).max(1)];
    let mut bytes = printed.into_bytes();
    let digit = (bytes[at] - b'0' + 1 + (nth % 4) as u8) % 10;
    bytes[at] = b'0' + if at == digits[0] { digit.max(1) } else { digit };
    let changed: Decimal = String::from_utf8(bytes).unwrap().parse().unwrap();
    if changed == value { value + Decimal::ONE } else { changed }
}

/// A finding without what a change elsewhere may alter.
fn identity(finding: &Finding) -> (String, Vec<Place>, String) {
    (finding.rule.clone(), finding.suspects.iter().map(|suspect| suspect.place).collect(), finding.message.en.to_string())
}

/// The findings that are not in the report of the unchanged document.
pub(crate) fn new_findings(before: &Report, after: Report) -> Vec<Finding> {
    let known: HashSet<_> = before.findings.iter().map(identity).collect();
    after.findings.into_iter().filter(|finding| !known.contains(&identity(finding))).collect()
}

/// Counts one change.
pub(crate) fn count(tally: &mut Tally, new: &[Finding], name: &str, is_it: impl Fn(&Suspect) -> bool) {
    let names = |finding: &&Finding| finding.suspects.iter().any(&is_it);
    let first = new.iter().any(|finding| finding.suspects.first().is_some_and(&is_it));
    let named = new.iter().any(|finding| names(&finding));
    tally.changed += 1;
    tally.found += usize::from(!new.is_empty());
    tally.named += usize::from(named);
    tally.first += usize::from(first);
    if !first {
        let why = match (new.first(), named) {
            (None, _) => "no finding".to_owned(),
            (Some(_), true) => "not first".to_owned(),
            (Some(finding), false) => format!("{} names {}", finding.rule, finding.suspects.first().map_or("nothing", |s| &s.name)),
        };
        tally.missed.push(format!("{name}: {why}"));
    }
}

/// The rules that all tests use.
pub(crate) fn checker() -> Checker<'static> {
    Checker::new()
}
