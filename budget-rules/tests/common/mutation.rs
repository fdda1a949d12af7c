//! Changing one digit of one figure, and counting whether the change is found.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use budget_model::{Decimal, Disclosure, FigureRef, Measure, Place};
use budget_rules::{Book, Checker, Finding, PerformanceAmount, Report, Subject, Suspect};

/// What became of the changes of one kind of figure.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) changed: usize,
    /// A new finding names the changed figure among those that may be wrong.
    pub(crate) named: usize,
    /// A new finding names it first.
    pub(crate) first: usize,
    /// No new finding names it, although it takes part in a check.
    pub(crate) missed: Vec<String>,
    /// No new finding names it, and it takes part in no check.
    pub(crate) alone: Vec<String>,
}

impl Tally {
    /// Of a hundred figures that take part in a check, how many were named.
    pub(crate) fn named_of_hundred(&self) -> usize {
        (100 * self.named).checked_div(self.changed - self.alone.len()).unwrap_or(100)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (alone, missed) = (self.alone.len(), self.missed.len());
        write!(
            f,
            "{:4} changed, {:4} named, {:4} named first, {missed:3} missed, {alone:3} in no check",
            self.changed, self.named, self.first
        )
    }
}

/// The kind a figure is counted under.
fn kind(disclosure: &Disclosure, subject: Subject) -> &'static str {
    match subject {
        Subject::Cell(_) => "table figures",
        Subject::Fact { fact } => {
            // Figures inside the description of a project are not figures of the budget.
            let fact = &disclosure.facts[fact as usize];
            let in_project = fact.subject.len() > 1
                && disclosure.projects.iter().any(|project| project.name.text == fact.subject[0]);
            match fact.measure {
                _ if in_project => "figures in projects",
                Measure::Amount => "stated amounts",
                Measure::Share => "stated shares",
                Measure::YoyPercent => "stated percentages",
                Measure::YoyChange if fact.unit.as_ref().is_some_and(|unit| unit.in_yuan().is_some()) => {
                    "stated changes"
                }
                _ => "other facts",
            }
        }
        Subject::Project { .. } => "project amounts",
        Subject::Performance { .. } => "performance amounts",
        _ => "other",
    }
}

/// Every figure that is changed, with its place.
fn places(disclosure: &Disclosure) -> Vec<(Subject, Place)> {
    let mut figures = Vec::new();
    for (table, entry) in disclosure.tables.iter().enumerate() {
        for (row, cells) in entry.rows.iter().enumerate() {
            for cell in &cells.cells {
                let subject = Subject::Cell(FigureRef { table: table as u32, row: row as u32, column: cell.column });
                figures.push((subject, cell.amount.place));
            }
        }
    }
    for (fact, entry) in disclosure.facts.iter().enumerate() {
        figures.push((Subject::Fact { fact: fact as u32 }, entry.place));
    }
    for (project, entry) in disclosure.projects.iter().enumerate() {
        figures
            .extend(entry.amount.as_ref().map(|amount| (Subject::Project { project: project as u32 }, amount.place)));
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
            figures
                .extend(printed.map(|printed| (Subject::Performance { table: table as u32, amount }, printed.place)));
        }
    }
    figures
}

/// One digit changed so that rounding does not explain it: not the last of several decimals, and of a percentage, whose
/// base is rounded as well, one of the first two. `nth` chooses among the digits.
fn one_digit_changed(value: Decimal, percent: bool, nth: usize) -> Decimal {
    let printed = value.to_string();
    let digits: Vec<usize> =
        printed.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()).map(|(at, _)| at).collect();
    let leading = digits.iter().take_while(|at| printed.as_bytes()[**at] == b'0').count();
    let all = digits.len() - usize::from(value.scale() > 1);
    let some = if percent && !value.is_zero() { all.min(leading + 2) } else { all };
    let skipped = if percent && leading < some { leading } else { 0 };
    let at = digits[skipped + nth % (some - skipped).max(1)];
    let mut bytes = printed.into_bytes();
    let digit = (bytes[at] - b'0' + 1 + (nth % 4) as u8) % 10;
    bytes[at] = b'0' + if at == digits[0] { digit.max(1) } else { digit };
    let changed: Decimal = String::from_utf8(bytes).unwrap().parse().unwrap();
    if changed == value { value + Decimal::ONE } else { changed }
}

/// The document with one digit changed of the number at a place; `None` if no number stands there.
fn changed_at(text: &str, place: Place, percent: bool, nth: usize) -> Option<(String, Decimal, Decimal)> {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let line = lines.get_mut(place.line() as usize - 1)?;
    let start: usize = line.chars().take(place.column() as usize - 1).map(char::len_utf8).sum();
    let rest = line.get(start..)?;
    let length = rest.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-')).count();
    let printed = rest.get(..length)?.trim_end_matches(['.', ',', '-']).to_owned();
    let value: Decimal = printed.replace(',', "").parse().ok()?;
    let changed = one_digit_changed(value, percent, nth);
    line.replace_range(start..start + printed.len(), &changed.to_string());
    Some((lines.join("\n"), value, changed))
}

/// The columns of all figures except the one at a place, and of what stands behind it in the line (which may move).
fn columns(disclosure: &Disclosure, except: Place) -> BTreeMap<Place, (String, bool)> {
    let mut columns = BTreeMap::new();
    for table in &disclosure.tables {
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            let place = cell.amount.place;
            if place.line() != except.line() || place.column() < except.column() {
                columns
                    .insert(place, (table.columns[usize::from(cell.column)].id.clone(), cell.placement.is_certain()));
            }
        }
    }
    columns
}

/// What became of changing figures of a document, and in how many of the changed documents another figure moved.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) kinds: BTreeMap<&'static str, Tally>,
    pub(crate) moved: Vec<String>,
    pub(crate) unread: Vec<String>,
}

/// Changes every figure of a document in turn (or every `step`th), reads the changed document, and checks it.
pub(crate) fn change_each(text: &str, step: usize) -> Outcome {
    let read = |text: &str| budget_parse_text::read_text(text.as_bytes()).unwrap();
    let disclosure = read(text);
    let checker = Checker::new();
    let before = checker.check(&disclosure);
    let covered = checker.covered(&Book::new(&disclosure, None));
    let mut outcome = Outcome::default();
    let mut seen = HashSet::new();
    let places = places(&disclosure);
    for (nth, (subject, place)) in places.iter().copied().enumerate().filter(|(nth, _)| nth % step == 0) {
        // The amount of a project is read as a fact as well.
        if !seen.insert(place) {
            continue;
        }
        let kind = kind(&disclosure, subject);
        let percent = kind == "stated shares" || kind == "stated percentages";
        let Some((changed, value, now)) = changed_at(text, place, percent, nth) else {
            outcome.unread.push(format!("{subject:?} {place:?}"));
            continue;
        };
        let what = format!("{subject:?} {place:?} {value} -> {now}");
        let reread = read(&changed);
        if columns(&disclosure, place) != columns(&reread, place) {
            outcome.moved.push(what.clone());
        }
        let new = new_findings(&before, checker.check(&reread));
        let is_it = |suspect: &Suspect| {
            let in_prose = matches!(suspect.subject, Subject::Allocation { .. } | Subject::Goal { .. });
            suspect.place == place || (in_prose && suspect.value == now)
        };
        let tally = outcome.kinds.entry(kind).or_default();
        tally.changed += 1;
        let named = new.iter().any(|finding| finding.suspects.iter().any(is_it));
        tally.named += usize::from(named);
        tally.first += usize::from(new.iter().any(|finding| finding.suspects.first().is_some_and(is_it)));
        let same_place =
            || places.iter().filter(|(_, other)| *other == place).any(|(subject, _)| covered.contains(subject));
        match (named, new.first()) {
            (true, _) => {}
            (false, _) if !same_place() => tally.alone.push(what),
            (false, None) => tally.missed.push(format!("{what}: no finding")),
            (false, Some(finding)) => tally.missed.push(format!("{what}: {}", finding.message.en)),
        }
    }
    outcome
}

/// A finding without what a change elsewhere may alter.
fn identity(finding: &Finding) -> (String, Vec<Place>, String) {
    (
        finding.rule.clone(),
        finding.suspects.iter().map(|suspect| suspect.place).collect(),
        finding.message.en.to_string(),
    )
}

/// The findings that are not in the report of the unchanged document.
pub(crate) fn new_findings(before: &Report, after: Report) -> Vec<Finding> {
    let known: HashSet<_> = before.findings.iter().map(identity).collect();
    after.findings.into_iter().filter(|finding| !known.contains(&identity(finding))).collect()
}
