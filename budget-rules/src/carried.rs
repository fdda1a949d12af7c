//! One figure that two parts of a document state differently, and everything that differs by the same amount: what contains it, and
//! the columns beside it.

use std::collections::{BTreeMap, BTreeSet};

use budget_model::Decimal;

use crate::book::Book;
use crate::check::Expression;
use crate::checks::Checks;
use crate::defect::Defect;
use crate::figure::{FigureId, Origin, Subject};
use crate::key::Key;
use crate::pattern::Pattern;
use crate::slip;
use crate::text::Text;

static CARRIED: Text = Text::new(
    "{0}为 {1}，{2}为 {3}，相差 {4}；同一差额共见于 {5} 处（上级科目、合计或其他栏），应是一处有误",
    "{0} is {1}, {2} is {3}: a difference of {4}, as in {5} places in all (what contains it, and other columns): one of them is wrong",
);

/// Contradictions that are looked at; where there are more, a table as a whole is another one.
const MOST: usize = 400;

/// A figure of one part of the document that contradicts one of another part.
#[derive(Clone, Copy)]
struct End {
    check: usize,
    figure: FigureId,
    other: FigureId,
    key: Key,
    origin: Origin,
}

/// The contradictions that are one figure's, of those among `failing`.
pub(crate) fn find(book: &Book<'_>, checks: &Checks, failing: &[usize]) -> Vec<Pattern> {
    let mut by_amount: BTreeMap<Decimal, Vec<[End; 2]>> = BTreeMap::new();
    for index in failing.iter().copied() {
        let Some(check) = checks.get(index) else { continue };
        let (Expression::Sum([other]), [one]) = (check.expected, check.found) else { continue };
        let end = |figure: FigureId, other: FigureId| {
            let subject = book.figure(figure)?.subject;
            let key = match subject {
                Subject::Cell(_) => book.cell_key(figure),
                Subject::Fact { fact } => book.fact_key(fact as usize),
                _ => None,
            };
            Some(End { check: index, figure, other, key: key?, origin: subject.origin() })
        };
        let Some((one, other)) = end(one.figure, other.figure).zip(end(other.figure, one.figure)) else { continue };
        let by = book.worth(one.figure).saturating_sub(book.worth(other.figure)).abs().normalize();
        // A unit that is not the one printed is told by its factor.
        let is_power = slip::power(book.worth(one.figure), book.worth(other.figure)).is_some();
        // An item that is all of its group is a sum of one part.
        let is_part = one.origin == other.origin && one.key != other.key;
        if !is_power && !is_part {
            by_amount.entry(by).or_default().push([one, other]);
        }
    }
    if by_amount.values().map(Vec::len).sum::<usize>() > MOST {
        return Vec::new();
    }
    by_amount.values().filter_map(|ends| pattern(book, ends)).collect()
}

fn pattern(book: &Book<'_>, ends: &[[End; 2]]) -> Option<Pattern> {
    // The part of the document that contradicts all others; of two that contradict each other either may be wrong.
    let is_in_all = |origin: &Origin| ends.iter().all(|ends| ends.iter().any(|end| end.origin == *origin));
    let odd: BTreeSet<Origin> = ends.iter().flatten().map(|end| end.origin).filter(is_in_all).collect();
    let mut lowest: Vec<End> = Vec::new();
    for origin in &odd {
        let own: Vec<End> = ends.iter().flatten().filter(|end| end.origin == *origin).copied().collect();
        let is_lowest = |end: &&End| !own.iter().any(|other| other.key != end.key && end.key.contains(other.key));
        lowest.push(*own.iter().find(is_lowest)?);
    }
    let first = lowest.first().filter(|_| ends.len() > 1)?;
    let mut checks: Vec<usize> = ends.iter().flatten().map(|end| end.check).collect();
    checks.sort_unstable_by_key(|check| (*check != first.check, *check));
    checks.dedup();
    let (value, other) = (book.value(first.figure), book.value(first.other));
    let by = book.worth(first.figure).saturating_sub(book.worth(first.other)).abs();
    let arguments = vec![
        book.name(first.figure),
        value.normalize().to_string().into(),
        book.name(first.other),
        other.normalize().to_string().into(),
        by.normalize().to_string().into(),
        checks.len().to_string().into(),
    ];
    let suspects = lowest.iter().map(|end| (end.figure, fitting(book, end))).collect();
    Some(Pattern { checks, suspects, defect: Defect::CarriedDifference, severity: None, message: &CARRIED, arguments })
}

/// What a figure would have to be, in its own unit and as exactly as it is printed.
fn fitting(book: &Book<'_>, end: &End) -> Option<Decimal> {
    let mut fitting = book.worth(end.other).checked_div(book.term(end.figure).weight)?;
    fitting.rescale(book.value(end.figure).scale());
    Some(fitting)
}
