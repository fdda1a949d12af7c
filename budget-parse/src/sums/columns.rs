//! Sums along the columns of a table.

use budget_model::{Amount, Column, Dimensions, Interval, Nature, Table};

use super::{Case, Printed, Promise, Trial, Verdict};
use crate::lexicon::Lexicon;

/// A column that may be the sum of others.
#[derive(Clone, Debug)]
struct Hypothesis {
    /// Which of the sums that the header suggests it is a variant of.
    place: usize,
    whole: usize,
    parts: Vec<usize>,
    /// The columns beside the parts that are taken for none.
    left_out: Vec<usize>,
}

/// A hypothesis with what the rows say of it.
struct Tried {
    hypothesis: Hypothesis,
    promise: Promise,
    trial: Trial,
    slip: Slip,
}

/// Writes the sums that hold into the columns. `panels` says which part of the table each column belongs to, `index` which
/// of the document's tables it is.
pub(crate) fn establish(table: &mut Table, index: usize, panels: &[u8], printed: &Printed) {
    let mut hypotheses = Vec::new();
    let mut all: Vec<u8> = panels.to_vec();
    all.dedup();
    for panel in all {
        let members: Vec<usize> = (0..table.columns.len()).filter(|index| panels.get(*index) == Some(&panel)).collect();
        group(&table.columns, &members, 0, &mut hypotheses);
    }
    let mut tried: Vec<Tried> = Vec::new();
    let mut wholes: Vec<usize> = hypotheses.iter().map(|hypothesis| hypothesis.whole).collect();
    wholes.sort_unstable();
    wholes.dedup();
    for (place, hypothesis) in hypotheses.into_iter().enumerate() {
        for parts in variants(&table.columns, &hypothesis) {
            let left_out = hypothesis.parts.iter().copied().filter(|part| !parts.contains(part)).collect();
            let hypothesis = Hypothesis { place, whole: hypothesis.whole, parts, left_out };
            let is_definition = is_definition(&table.columns, hypothesis.whole, &hypothesis.parts);
            let promise = if is_definition { Promise::Definition } else { Promise::None };
            tried.push(Tried { hypothesis, promise, trial: Trial::default(), slip: Slip::default() });
        }
    }
    let mut of_row: Vec<Option<Amount>> = Vec::new();
    let mut parts: Vec<Amount> = Vec::new();
    for row in &table.rows {
        of_row.clear();
        of_row.resize(table.columns.len(), None);
        for cell in &row.cells {
            if let Some(slot) = of_row.get_mut(usize::from(cell.column)) {
                *slot = Some(cell.amount);
            }
        }
        let at = |column: usize| of_row.get(column).copied().flatten();
        for Tried { hypothesis, promise, trial, slip } in &mut tried {
            parts.clear();
            parts.extend(hypothesis.parts.iter().filter_map(|part| at(*part)));
            let whole = at(hypothesis.whole);
            let fails = trial.take(&Case { whole, parts: &parts, promise: *promise, printed, table: index }).is_some();
            // What stands in a column that was taken for no part may be why.
            let is_there = |column: &usize| at(*column).is_some_and(|amount| !amount.value.is_zero());
            trial.is_refuted |= fails && hypothesis.left_out.iter().any(is_there);
            let sum = parts.iter().fold(Interval::ZERO, |sum, part| sum + part.interval());
            slip.take(whole.map(|whole| whole.interval()), sum);
        }
    }
    // The variant that holds, the one that fails least; wholes in order, so that an inner sum does not take the parts of an
    // outer one. The order of variants is kept among equals.
    tried.sort_by_key(|tried| (tried.hypothesis.place, tried.trial.is_refuted, tried.trial.failed));
    let mut verdicts: Vec<(usize, Verdict)> = wholes.iter().map(|whole| (*whole, Verdict::Open)).collect();
    for Tried { hypothesis, promise, mut trial, slip } in tried {
        trial.shifted = slip.seen();
        let of_whole = verdicts.iter_mut().find(|(whole, _)| *whole == hypothesis.whole).map(|(_, verdict)| verdict);
        if let Some(verdict) = of_whole.filter(|verdict| **verdict != Verdict::Established) {
            *verdict = match trial.verdict_of(promise) {
                Verdict::Open => *verdict,
                decided => decided,
            };
        }
        let is_free = |part: &usize| table.columns.get(*part).is_some_and(|column| column.part_of.is_none());
        let has_parts = table.columns.iter().any(|column| column.part_of.map(usize::from) == Some(hypothesis.whole));
        if trial.verdict_of(promise) == Verdict::Established && !has_parts && hypothesis.parts.iter().all(is_free) {
            for part in hypothesis.parts {
                if let Some(column) = table.columns.get_mut(part) {
                    column.part_of = Some(hypothesis.whole as u16);
                }
            }
        }
    }
    verdicts.iter().for_each(|(_, verdict)| verdict.count(&mut table.unconfirmed));
}

/// Whether wholes stand in the row above or below their parts.
#[derive(Debug, Default)]
struct Slip {
    /// The whole and the sum of the row before.
    before: Option<(Interval, Interval)>,
    /// Different amounts that stand one row too high, and too low.
    high: Vec<Interval>,
    low: Vec<Interval>,
}

impl Slip {
    /// Different amounts that are looked at.
    const MOST: usize = 64;

    fn take(&mut self, whole: Option<Interval>, sum: Interval) {
        let whole = whole.unwrap_or(Interval::ZERO);
        if let Some((last_whole, last_sum)) = self.before.replace((whole, sum))
            && !whole.meets(sum)
            && !last_whole.meets(last_sum)
        {
            note(&mut self.high, last_whole, sum);
            note(&mut self.low, whole, last_sum);
        }
    }

    /// How many different amounts stand one row beside their parts, all on the same side.
    fn seen(&self) -> usize {
        self.high.len().max(self.low.len())
    }
}

fn note(seen: &mut Vec<Interval>, whole: Interval, sum: Interval) {
    let is_new = whole.meets(sum) && !whole.meets(Interval::ZERO) && seen.iter().all(|other| !other.meets(whole));
    if is_new && seen.len() < Slip::MOST {
        seen.push(whole);
    }
}

/// The sums of columns that share their upper header words, the first `depth` of them; returns the columns that stand for
/// all of them in a sum above.
fn group(columns: &[Column], members: &[usize], depth: usize, found: &mut Vec<Hypothesis>) -> Vec<usize> {
    /// Levels of a header.
    const MOST_DEPTH: usize = 12;
    let path = |index: usize| columns.get(index).map(Column::path).unwrap_or_default();
    let is_whole = |index: &usize| match path(*index).get(depth..) {
        // 财政拨款 with a column of its own, beside those below it
        Some([]) => depth > 0,
        Some([last]) => Lexicon::is_total(last),
        _ => false,
    };
    let whole = members.iter().copied().find(is_whole);
    let mut parts: Vec<usize> = Vec::new();
    let mut rest = members.iter().copied().filter(|index| Some(*index) != whole).peekable();
    while let Some(first) = rest.next() {
        let word = path(first).get(depth);
        let mut below = vec![first];
        while let Some(next) = rest.next_if(|next| word.is_some() && path(*next).get(depth) == word) {
            below.push(next);
        }
        if below.len() == 1 || depth >= MOST_DEPTH {
            parts.extend(below);
        } else {
            parts.extend(group(columns, &below, depth + 1, found));
        }
    }
    let parts = nested(columns, &parts, found);
    match whole {
        Some(whole) => {
            let of = |index: usize| columns.get(index).map(|column| (column.dimensions.year, column.dimensions.phase));
            let parts: Vec<usize> = parts.into_iter().filter(|part| of(*part) == of(whole)).collect();
            if parts.len() > 1 {
                found.push(Hypothesis { place: 0, whole, parts, left_out: Vec::new() });
            }
            vec![whole]
        }
        None => parts,
    }
}

/// Columns side by side of which one contains others by the charts: 财政拨款, 一般公共预算, 政府性基金. Returns those that no
/// other contains.
fn nested(columns: &[Column], parts: &[usize], found: &mut Vec<Hypothesis>) -> Vec<usize> {
    let dimensions =
        |index: usize| columns.get(index).filter(|column| column.adds_up()).map(|column| column.dimensions);
    let mut inside: Vec<Option<usize>> = vec![None; parts.len()];
    for (at, part) in parts.iter().enumerate() {
        let Some(own) = dimensions(*part) else { continue };
        // The smallest one that contains it.
        let mut best: Option<(usize, Dimensions)> = None;
        for (other_at, other) in parts.iter().enumerate().filter(|(other_at, _)| *other_at != at) {
            let Some(other) = dimensions(*other).filter(|other| contains(*other, own)) else { continue };
            if best.is_none_or(|(_, smallest)| contains(smallest, other)) {
                best = Some((other_at, other));
            }
        }
        if let Some(slot) = inside.get_mut(at) {
            *slot = best.map(|(at, _)| at);
        }
    }
    for (at, whole) in parts.iter().enumerate() {
        let own: Vec<usize> =
            parts.iter().zip(&inside).filter(|(_, inside)| **inside == Some(at)).map(|(part, _)| *part).collect();
        if own.len() > 1 {
            found.push(Hypothesis { place: 0, whole: *whole, parts: own, left_out: Vec::new() });
        }
    }
    let has_parts = |at: usize| inside.iter().filter(|inside| **inside == Some(at)).count() > 1;
    let is_top = |inside: &Option<usize>| inside.is_none_or(|at| !has_parts(at));
    parts.iter().zip(&inside).filter(|(_, inside)| is_top(inside)).map(|(part, _)| *part).collect()
}

/// Whether a column is money of another by the charts, and is the same on all other axes.
fn contains(whole: Dimensions, part: Dimensions) -> bool {
    if whole == part {
        return false;
    }
    let source = match (whole.source, part.source) {
        (Some(whole), Some(part)) => whole.contains(part),
        (whole, part) => whole == part,
    };
    let nature = match (whole.nature, part.nature) {
        (Some(whole), Some(part)) => whole.contains(part),
        (whole, part) => whole == part,
    };
    let item = match (whole.three_public, part.three_public) {
        (Some(whole), Some(part)) => whole == part || whole.parts().contains(&part),
        // 总计 beside 因公出国（境）费
        (whole, part) => whole == part || whole.is_none(),
    };
    let others = |dimensions: Dimensions| {
        (
            dimensions.function,
            dimensions.economic,
            dimensions.government_economic,
            dimensions.phase,
            dimensions.year,
            dimensions.flow,
        )
    };
    source && nature && item && others(whole) == others(part)
}

/// The sets of parts that are tried, in order: all of them; all but those that some forms count inside the others (其中,
/// 事业单位经营支出, 上缴上级支出, 对附属单位补助支出). Columns of unknown meaning are no parts, if the others add up without them:
/// 扣除基建项目后预算数.
fn variants(columns: &[Column], hypothesis: &Hypothesis) -> Vec<Vec<usize>> {
    let column = |index: usize| columns.get(index);
    let is_money = |index: &usize| column(*index).is_some_and(Column::adds_up);
    if !is_money(&hypothesis.whole) {
        return Vec::new();
    }
    let is_of_which = |index: &usize| {
        column(*index).is_some_and(|column| {
            let is_other = matches!(
                column.dimensions.nature,
                Some(Nature::OperatingBusiness | Nature::ToSuperior | Nature::ToAffiliate)
            );
            is_other || column.path().iter().any(|word| Lexicon::is_of_which(word))
        })
    };
    let known: Vec<usize> = hypothesis.parts.iter().copied().filter(is_money).collect();
    let without: Vec<usize> = known.iter().copied().filter(|part| !is_of_which(part)).collect();
    let mut variants = Vec::new();
    if known.len() > 1 {
        variants.push(known);
    }
    if without.len() > 1 && variants.first().is_some_and(|known| without.len() < known.len()) {
        variants.push(without);
    }
    variants
}

/// Whether a whole is by definition the sum of these parts: “三公”经费, 公务用车购置及运行维护费.
fn is_definition(columns: &[Column], whole: usize, parts: &[usize]) -> bool {
    let item = |index: usize| columns.get(index).and_then(|column| column.dimensions.three_public);
    super::are_all_parts(item(whole), &mut parts.iter().map(|part| item(*part)))
}
