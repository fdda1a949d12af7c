//! Documents and tables that contradict themselves in most of what can be checked: one finding, not hundreds.
//!
//! Where no sum of a document holds, or a table differs from all others in nearly every figure, no single figure is wrong: columns
//! are not what they seem, or pages of another year or another unit were bound in. Explained figure by figure, that would be
//! pages of findings of which none says so.

use std::collections::{BTreeMap, BTreeSet};

use budget_model::Decimal;

use crate::book::Book;
use crate::check::{Check, Relation};
use crate::checks::Checks;
use crate::defect::Defect;
use crate::figure::{FigureId, Origin, Subject};
use crate::pattern::Pattern;
use crate::prose;
use crate::slip;
use crate::text::Text;

static NO_SUM: Text = Text::new(
    "表内合计多数不成立：可检查的 {0} 处中有 {1} 处不等于分项之和，数字与表不对应（如栏目错位、换页错行），不逐项列出",
    "most sums inside the tables fail: {1} of {0} are not the sum of their parts. The figures do not belong to these tables (columns or rows are displaced), and are not listed one by one",
);

static OTHER: Text = Text::new(
    "{0}与其他各表同口径的数字多数不一致（{1} 处中 {2} 处）：疑为另一年度或另一单位的内容，不逐项列出",
    "{0} and the other tables state most of the same figures differently ({2} of {1}): probably of another year or another unit. They are not listed one by one",
);

static OTHER_YEAR: Text = Text::new(
    "{0}与其他各表同口径的数字多数不一致（{1} 处中 {2} 处）：疑为另一年度的内容（表题为 {3} 年），不逐项列出",
    "{0} and the other tables state most of the same figures differently ({2} of {1}): probably of another year (the title says {3}). They are not listed one by one",
);

/// Sums of a document that can be checked before most of them failing says anything.
const FEWEST_SUMS: usize = 12;

/// Figures that a part of the document states like others, or differently, before most of them differing says anything.
const FEWEST_STATED: usize = 6;

/// The same, where another table is known to differ as a whole.
const FEWEST_BESIDE: usize = 2;

/// Tables that are named, at most.
const MOST_NAMED: usize = 8;

/// What is wrong with a document or with tables as a whole.
pub(crate) fn find(book: &Book<'_>, checks: &Checks, decided: &[bool], failing: &[bool]) -> Vec<Pattern> {
    if failing.iter().filter(|failing| **failing).count() < FEWEST_STATED {
        return Vec::new();
    }
    match no_sum_holds(book, checks, decided, failing) {
        Some(pattern) => vec![pattern],
        None => others(book, checks, decided, failing).into_iter().collect(),
    }
}

/// The table of all figures of a check, where it is a sum inside one.
pub(crate) fn table_of(book: &Book<'_>, check: Check<'_>) -> Option<u32> {
    let table = |id: FigureId| match book.figure(id)?.subject {
        Subject::Cell(cell) => Some(cell.table),
        _ => None,
    };
    let mut figures = check.figures();
    let first = table(figures.next()?)?;
    let several = check.figures().count() > 1;
    (several && check.relation == Relation::Equal && figures.all(|id| table(id) == Some(first))).then_some(first)
}

fn no_sum_holds(book: &Book<'_>, checks: &Checks, decided: &[bool], failing: &[bool]) -> Option<Pattern> {
    let (mut all, mut failed) = (0_usize, Vec::new());
    for ((index, check), (decided, failing)) in checks.from(0).enumerate().zip(decided.iter().zip(failing)) {
        if *decided && table_of(book, check).is_some() {
            all += 1;
            failed.extend(failing.then_some(index));
        }
    }
    let count = failed.len();
    if all < FEWEST_SUMS || 2 * count <= all {
        return None;
    }
    // Whatever else fails follows from it.
    let shows = failed.first().copied();
    let follow = failing.iter().enumerate().filter(|(index, failing)| **failing && Some(*index) != shows);
    Some(Pattern {
        checks: shows.into_iter().chain(follow.map(|(index, _)| index)).collect(),
        suspects: Vec::new(),
        defect: Defect::NoSumHolds,
        severity: None,
        message: &NO_SUM,
        arguments: vec![all.to_string().into(), count.to_string().into()],
    })
}

/// The two parts of the document that a check compares.
fn sides(book: &Book<'_>, check: Check<'_>) -> Option<(Origin, Origin)> {
    let origin = |id: FigureId| book.figure(id).map(|figure| figure.subject.origin());
    let mut figures = check.figures();
    let (one, other) = (figures.next()?, figures.next()?);
    let pair = origin(one).zip(origin(other)).filter(|(one, other)| one != other)?;
    (check.relation == Relation::Equal && figures.next().is_none()).then_some(pair)
}

/// Tables whose figures differ from those of others in most cases.
fn others(book: &Book<'_>, checks: &Checks, decided: &[bool], failing: &[bool]) -> Option<Pattern> {
    let mut compared: Vec<(usize, Origin, Origin, bool)> = Vec::new();
    // Whatever contradicts one figure contradicts one.
    let mut seen: BTreeSet<(FigureId, Origin, Origin)> = BTreeSet::new();
    for ((index, check), (decided, failing)) in checks.from(0).enumerate().zip(decided.iter().zip(failing)) {
        let is_zero = check.figures().all(|id| book.value(id).is_zero());
        if let Some((one, other)) = sides(book, check).filter(|_| *decided && !is_zero) {
            // A unit that is not the one printed is told by its factor.
            let with = check.figures().last().filter(|with| seen.insert((*with, one, other)));
            if with.is_some() && !(*failing && is_power(book, check)) {
                compared.push((index, one, other, *failing));
            }
        }
    }
    let mut taken: Vec<Origin> = Vec::new();
    let mut folded: Vec<usize> = Vec::new();
    let mut counted = 0;
    while taken.len() < MOST_NAMED {
        let mut counts: BTreeMap<Origin, (usize, usize)> = BTreeMap::new();
        for (_, one, other, failing) in &compared {
            for origin in [one, other] {
                let (all, failed) = counts.entry(*origin).or_default();
                *all += 1;
                *failed += usize::from(*failing);
            }
        }
        // Beside a table that is of another year, others of it may show little.
        let fewest = if taken.is_empty() { FEWEST_STATED } else { FEWEST_BESIDE };
        let is_other = |(all, failed): &(usize, usize)| *failed >= fewest && 2 * failed > *all;
        let worst = counts
            .into_iter()
            .filter(|(origin, counts)| matches!(origin, Origin::Table(_) | Origin::Text) && is_other(counts))
            .max_by_key(|(origin, (all, failed))| (1_000 * failed / all.max(&1), *failed, std::cmp::Reverse(*origin)));
        let Some((origin, _)) = worst else { break };
        taken.push(origin);
        let (own, rest) = compared.into_iter().partition(|(_, one, other, _)| *one == origin || *other == origin);
        compared = rest;
        let own: Vec<(usize, Origin, Origin, bool)> = own;
        counted += own.len();
        folded.extend(own.into_iter().filter(|(.., failing)| *failing).map(|(index, ..)| index));
    }
    if taken.is_empty() {
        return None;
    }
    let years = years(book, &taken);
    let message = if years.zh.is_empty() { &OTHER } else { &OTHER_YEAR };
    let arguments = vec![names(book, &taken), counted.to_string().into(), folded.len().to_string().into(), years];
    // What these tables state is compared with nothing else either.
    let is_taken = |id: FigureId| book.figure(id).is_some_and(|figure| taken.contains(&figure.subject.origin()));
    let follows = checks.from(0).enumerate().zip(failing).filter(|((_, check), failing)| {
        let mut origins = check.figures().filter_map(|id| book.figure(id)).map(|figure| figure.subject.origin());
        let first = origins.next();
        **failing && check.figures().any(is_taken) && origins.any(|origin| Some(origin) != first)
    });
    folded.extend(follows.map(|((index, _), _)| index));
    folded.sort_unstable();
    folded.dedup();
    Some(Pattern {
        checks: folded,
        suspects: Vec::new(),
        defect: Defect::OtherTable,
        severity: None,
        message,
        arguments,
    })
}

/// Whether one side is a power of ten of the other.
fn is_power(book: &Book<'_>, check: Check<'_>) -> bool {
    let values: Vec<Decimal> = check.figures().map(|id| book.worth(id)).collect();
    matches!(values[..], [one, other] if slip::power(one, other).is_some())
}

fn names(book: &Book<'_>, origins: &[Origin]) -> Text {
    let name = |origin: &Origin| match origin {
        Origin::Table(table) => {
            let table = book.disclosure().tables.get(*table as usize)?;
            Some(Text::from(format!("“{}”", table.title.text)))
        }
        _ => Some(Text::new("正文", "the text")),
    };
    Text::list(origins.iter().filter_map(name))
}

/// The years that the titles of tables name, where they are not that of the document: `2023、2024`.
fn years(book: &Book<'_>, origins: &[Origin]) -> Text {
    let own = book.disclosure().year.map(u32::from);
    let mut found: Vec<u32> = Vec::new();
    for origin in origins {
        let Origin::Table(table) = origin else { continue };
        let Some(title) = book.disclosure().tables.get(*table as usize).map(|table| table.title.text.as_str()) else {
            continue;
        };
        let named = prose::numbers(title).into_iter().filter_map(|number| {
            let digits = title.get(number.start..number.start + 4)?;
            title.get(number.start + 4..)?.starts_with('年').then(|| digits.parse().ok()).flatten()
        });
        found.extend(named.filter(|year| Some(*year) != own));
    }
    found.sort_unstable();
    found.dedup();
    Text::list(found.iter().map(|year| Text::from(year.to_string())))
}
