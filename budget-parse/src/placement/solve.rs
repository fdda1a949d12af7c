//! The columns of one table: what is possible for each figure, from the table alone or with what is known from others.

use std::rc::Rc;

use budget_model::{Evidence, Placement};

use super::fixed::Fixed;
use super::group::{Member, Outcome, consistent};
use super::options::{
    ByFigure, ColumnSum, KnownSum, MOST_COLUMNS, Mask, RowFigures, RowOption, columns, possible_columns, rank,
    row_options, sum_in,
};
use super::patterns::Patterns;
use crate::work::Work;

/// A table with figures but without columns.
pub(super) struct Problem<'p> {
    /// Number of columns.
    pub(super) columns: usize,
    /// Decimals at which figures are compared.
    pub(super) scale: u32,
    pub(super) weights: &'p [u32],
    pub(super) sums: Vec<ColumnSum>,
    pub(super) rows: Vec<ProblemRow>,
}

impl Problem<'_> {
    /// Takes in what other tables say about the rows; `false` if that is nothing new.
    pub(super) fn learn(&mut self, known: Vec<Vec<KnownSum>>) -> bool {
        let mut is_new = false;
        for (row, known) in self.rows.iter_mut().zip(known) {
            is_new |= row.known != known;
            row.known = known;
        }
        is_new
    }
}

/// A row of a problem.
pub(super) struct ProblemRow {
    pub(super) figures: RowFigures,
    /// Index of the row this one is a part of.
    pub(super) part_of: Option<usize>,
    /// The total of the table: all other rows use its columns only.
    pub(super) is_total: bool,
    /// What other tables say about the row.
    pub(super) known: Vec<KnownSum>,
}

/// For each figure of a row: its column and how it is known; empty if nothing could be placed.
pub(super) type Placed = Vec<(u16, Placement)>;

/// What came of a table.
#[derive(Debug, Default)]
pub(super) struct Solution {
    pub(super) rows: Vec<Placed>,
    /// A search was given up.
    pub(super) limited: bool,
    /// Rows whose figures contradict each other or their parts.
    pub(super) contradictions: Vec<usize>,
}

/// The options of every row under one choice for the total row.
struct Branch {
    /// The masks of the total row that lead to the same branch.
    masks: Vec<Mask>,
    rows: Vec<Rc<[RowOption]>>,
    cost: u32,
    limited: bool,
    contradictions: Vec<usize>,
    /// For each row and figure, the first kind of evidence that left one column (of the total's columns).
    evidence: Vec<[Option<Evidence>; MOST_COLUMNS]>,
}

impl Branch {
    /// For each position among the columns of the total row, the columns it is under any of the masks.
    fn columns_by_position(&self) -> Vec<Mask> {
        let mut union: Vec<Mask> = Vec::new();
        for mask in &self.masks {
            union.resize(union.len().max(mask.count_ones() as usize), 0);
            for (union, column) in union.iter_mut().zip(columns(*mask)) {
                *union |= 1 << column;
            }
        }
        union
    }
}

/// Places the figures of a table. `patterns` are those met when it was solved before, with less known. `None` if it is too
/// much work.
pub(super) fn solve(problem: &Problem<'_>, patterns: &mut Patterns, work: &mut Work) -> Option<Solution> {
    let all: Mask = (1u32 << problem.columns) - 1;
    let total = problem.rows.iter().position(|row| row.is_total && !row.figures.figures.is_empty());
    let most_marks = problem.rows.iter().map(|row| row.figures.marks.len()).max().unwrap_or(0);
    let total_options = total
        .filter(|total| problem.rows.get(*total).is_some_and(|row| row.figures.marks.len() >= most_marks))
        .and_then(|total| {
            let row = problem.rows.get(total)?;
            let alone = patterns.options(&row.figures, all, &problem.sums, work);
            Some((total, with_what_is_known(problem, row, all, alone, work)?))
        })
        .filter(|(_, options)| !options.is_empty());
    let mut branches: Vec<Branch> = match &total_options {
        // Without a total row that covers all others, any column can hold money.
        None => vec![branch(problem, total, vec![all], (all, 0), patterns, work)?],
        Some((total, options)) => by_signature(problem, options, work)?
            .into_iter()
            .map(|(masks, cost)| {
                let first = masks.first().copied().unwrap_or(all);
                branch(problem, Some(*total), masks, (first, cost), patterns, work)
            })
            .collect::<Option<_>>()?,
    };
    // The cost of a branch in which a search was given up may be more than what was found, so it excludes no other.
    if let Some(best) = branches.iter().filter(|branch| !branch.limited).map(|branch| branch.cost).min() {
        let margin = if best == 0 { 0 } else { super::options::BROKEN };
        branches.retain(|branch| branch.cost <= best + margin);
    }
    branches.sort_by_key(|branch| branch.cost);
    Some(combine(problem, &branches, total_options.is_some(), work))
}

/// What the order of print alone says, where looking further is too much work.
pub(super) fn given_up(problem: &Problem<'_>) -> Solution {
    let place = |row: &ProblemRow| -> Placed {
        let count = row.figures.figures.len();
        let place = |figure: usize| {
            let candidates: Vec<u16> =
                columns(by_order(problem.columns, count, figure)).map(|column| column as u16).collect();
            let placement = match candidates.len() {
                1 => Placement::Inferred { by: Evidence::Order },
                _ => Placement::Ambiguous { candidates },
            };
            (figure as u16, placement)
        };
        (0..count).map(place).collect()
    };
    Solution { rows: problem.rows.iter().map(place).collect(), limited: true, contradictions: Vec::new() }
}

/// Masks of the total row that differ only in columns that play the same part are one branch.
///
/// Two masks do if their columns have the same sums among each other and nothing is known about either. `None` if there are
/// too many to compare.
fn by_signature(problem: &Problem<'_>, options: &[RowOption], work: &mut Work) -> Option<Vec<(Vec<Mask>, u32)>> {
    let known = problem.rows.iter().flat_map(|row| &row.known).fold(0, |known, sum| known | sum.columns);
    let named = problem.sums.iter().fold(known, |named, sum| named | 1 << sum.whole);
    // What a column is a part of, and which column it is, if that is of any importance.
    let part = |column: usize| {
        let whole = problem.sums.iter().find(|sum| sum.parts & (1 << column) != 0).map(|sum| sum.whole);
        (whole, (named & (1 << column) != 0).then_some(column))
    };
    let parts: Vec<_> = (0..problem.columns).map(part).collect();
    let alike = |one: Mask, other: Mask| {
        one.count_ones() == other.count_ones()
            && columns(one).zip(columns(other)).all(|(one, other)| parts.get(one) == parts.get(other))
    };
    let mut groups: Vec<(Vec<Mask>, u32)> = Vec::new();
    for option in options {
        work.take(1 + groups.len())?;
        let same = |(masks, cost): &&mut (Vec<Mask>, u32)| {
            *cost == option.cost && masks.first().is_some_and(|first| alike(*first, option.mask))
        };
        match groups.iter_mut().find(same) {
            Some((masks, _)) => masks.push(option.mask),
            None => groups.push((vec![option.mask], option.cost)),
        }
    }
    Some(groups)
}

/// What it costs to keep a row of a branch.
const BRANCH_ROW: usize = 16;

/// Solves the rows of a table inside the columns that the total row uses. `None` if it is too much work.
fn branch(
    problem: &Problem<'_>,
    total: Option<usize>,
    masks: Vec<Mask>,
    (used, total_cost): (Mask, u32),
    patterns: &mut Patterns,
    work: &mut Work,
) -> Option<Branch> {
    work.take(BRANCH_ROW * problem.rows.len())?;
    let all: Mask = (1u32 << problem.columns) - 1;
    let fixed = total.filter(|_| masks.len() > 1 || used != all || problem.rows.iter().any(|row| row.is_total));
    let mut branch = Branch {
        masks,
        rows: Vec::new(),
        cost: total_cost,
        limited: false,
        contradictions: Vec::new(),
        evidence: Vec::new(),
    };
    let empty: Rc<[RowOption]> = Rc::new([RowOption { mask: 0, cost: 0 }]);
    for (index, row) in problem.rows.iter().enumerate() {
        let count = row.figures.figures.len();
        let is_fixed = fixed == Some(index) && used.count_ones() as usize == count;
        if is_fixed {
            branch.rows.push(Rc::new([RowOption { mask: used, cost: total_cost }]));
            branch.evidence.push([None; MOST_COLUMNS]);
            continue;
        }
        if count == 0 {
            branch.rows.push(Rc::clone(&empty));
            branch.evidence.push([None; MOST_COLUMNS]);
            continue;
        }
        let alone = patterns.options(&row.figures, used, &problem.sums, work);
        branch.evidence.push(early_evidence(problem, row, used, alone.as_deref().unwrap_or_default(), patterns, work));
        match with_what_is_known(problem, row, used, alone, work) {
            Some(options) => {
                // They are gone through once more when the branches are put together.
                work.take(options.len())?;
                let cost = options.first().map_or(0, |option| option.cost);
                if cost > 0 {
                    branch.contradictions.push(index);
                }
                branch.cost += cost;
                branch.rows.push(options);
            }
            None => {
                branch.limited = true;
                branch.rows.push(Rc::new([]));
            }
        }
    }
    let broken = propagate(problem, used, &mut branch.rows, &mut branch.limited, &mut branch.contradictions, work);
    branch.cost += broken * super::options::BROKEN;
    Some(branch)
}

/// The ways to place a row that go with what is known of it, of the ways there are `alone`.
fn with_what_is_known(
    problem: &Problem<'_>,
    row: &ProblemRow,
    used: Mask,
    alone: Option<Rc<[RowOption]>>,
    work: &mut Work,
) -> Option<Rc<[RowOption]>> {
    if row.known.is_empty() {
        return alone;
    }
    work.take(alone.as_ref().map_or(0, |options| options.len()) * (1 + row.known.len()))?;
    let figures = &row.figures.figures;
    let fits = |option: &&RowOption| {
        option.cost == 0 && row.known.iter().all(|known| sum_in(figures, option.mask, known.columns).meets(known.value))
    };
    let alone = alone.unwrap_or_default();
    match alone.iter().filter(fits).count() {
        0 => row_options(&row.figures, used, &problem.sums, &row.known, work).map(Rc::from),
        all if all == alone.len() => Some(alone),
        _ => Some(alone.iter().filter(fits).copied().collect()),
    }
}

/// What settles each figure of a row before any other row is looked at. `under_total` are the ways to place the row in the
/// columns of the total row.
fn early_evidence(
    problem: &Problem<'_>,
    row: &ProblemRow,
    used: Mask,
    under_total: &[RowOption],
    patterns: &mut Patterns,
    work: &mut Work,
) -> [Option<Evidence>; MOST_COLUMNS] {
    let all: Mask = (1u32 << problem.columns) - 1;
    if row.figures.marks.len() == problem.columns {
        return [Some(Evidence::Order); MOST_COLUMNS];
    }
    if work.take(under_total.len()).is_none() {
        return [None; MOST_COLUMNS];
    }
    let under_total = possible_columns(under_total);
    let is_settled = |possible: Mask| possible.count_ones() == 1;
    // What is open in fewer columns is open in more.
    let anywhere = match used != all && under_total.into_iter().any(is_settled) {
        true => possible_columns(&patterns.options(&row.figures, all, &problem.sums, work).unwrap_or_default()),
        false => under_total,
    };
    let mut evidence = [None; MOST_COLUMNS];
    for (evidence, (under_total, anywhere)) in evidence.iter_mut().zip(under_total.into_iter().zip(anywhere)) {
        let by = if is_settled(anywhere) { Evidence::RowSum } else { Evidence::TotalRow };
        *evidence = is_settled(under_total).then_some(by);
    }
    evidence
}

/// Removes options that no choice for the related rows goes with; returns how many column sums are broken.
fn propagate(
    problem: &Problem<'_>,
    used: Mask,
    rows: &mut [Rc<[RowOption]>],
    limited: &mut bool,
    contradictions: &mut Vec<usize>,
    work: &mut Work,
) -> u32 {
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); problem.rows.len()];
    for (index, row) in problem.rows.iter().enumerate() {
        if let Some(list) = row.part_of.and_then(|whole| parts.get_mut(whole)) {
            list.push(index);
        }
    }
    let mut broken_in: Vec<u32> = vec![0; problem.rows.len()];
    let mut waiting: Vec<bool> = parts.iter().map(|parts| !parts.is_empty()).collect();
    for _ in 0..MOST_PASSES {
        if work.take(problem.rows.len()).is_none() {
            *limited = true;
            break;
        }
        let mut changed = false;
        for whole in 0..problem.rows.len() {
            if !waiting.get(whole).copied().unwrap_or(false) {
                continue;
            }
            if let Some(flag) = waiting.get_mut(whole) {
                *flag = false;
            }
            let Some(children) = parts.get(whole) else { continue };
            let (Some(problem_row), Some(options)) = (problem.rows.get(whole), rows.get(whole)) else { continue };
            // A row without options was too large to list, a row without figures says nothing about its parts.
            if options.is_empty() || problem_row.figures.figures.is_empty() {
                continue;
            }
            if let [option] = &**options
                && adds_up(problem, rows, (&problem_row.figures, option), children)
            {
                set(&mut broken_in, whole, 0);
                continue;
            }
            let members: Option<Vec<Member<'_>>> = children
                .iter()
                .map(|child| {
                    let options = rows.get(*child).filter(|options| !options.is_empty())?;
                    Some(Member { figures: &problem.rows.get(*child)?.figures, options })
                })
                .collect();
            let Some(members) = members else { continue };
            let settled = options.len() == 1 && members.iter().all(|member| member.options.len() == 1);
            let outcome = consistent(&Member { figures: &problem_row.figures, options }, &members, used, work);
            let supports = match outcome {
                Outcome::Possible(supports) => {
                    set(&mut broken_in, whole, 0);
                    supports
                }
                Outcome::Broken { broken, supports } => {
                    set(&mut broken_in, whole, broken);
                    supports
                }
                Outcome::TooLarge => {
                    *limited = true;
                    continue;
                }
                Outcome::Silent => {
                    set(&mut broken_in, whole, used.count_ones());
                    continue;
                }
            };
            if settled {
                continue;
            }
            let mut keep = |row: usize, flags: &[bool]| {
                let Some(options) = rows.get_mut(row) else { return };
                if flags.contains(&false) {
                    let kept = options.iter().zip(flags).filter(|(_, kept)| **kept).map(|(option, _)| *option);
                    *options = kept.collect();
                    changed = true;
                    for other in [Some(row), problem.rows.get(row).and_then(|row| row.part_of)].into_iter().flatten() {
                        if let Some(flag) =
                            waiting.get_mut(other).filter(|_| parts.get(other).is_some_and(|parts| !parts.is_empty()))
                        {
                            *flag = true;
                        }
                    }
                }
            };
            keep(whole, &supports.whole);
            for (child, flags) in children.iter().zip(&supports.parts) {
                keep(*child, flags);
            }
        }
        if !changed {
            break;
        }
    }
    contradictions.extend(broken_in.iter().enumerate().filter(|(_, broken)| **broken > 0).map(|(row, _)| row));
    contradictions.sort_unstable();
    contradictions.dedup();
    broken_in.iter().sum()
}

/// Whether the parts of a whole have one option each and add up in every column: most groups of most tables.
fn adds_up(
    problem: &Problem<'_>,
    rows: &[Rc<[RowOption]>],
    (whole, option): (&RowFigures, &RowOption),
    parts: &[usize],
) -> bool {
    let mut rest = [Fixed::ZERO; MOST_COLUMNS];
    let mut take = |figures: &RowFigures, option: &RowOption, with: fn(Fixed, Fixed) -> Fixed| {
        for (column, figure) in columns(option.mask).zip(&figures.figures) {
            if let Some(rest) = rest.get_mut(column) {
                *rest = with(*rest, *figure);
            }
        }
    };
    take(whole, option, Fixed::plus);
    for part in parts {
        let (Some(row), Some([option])) = (problem.rows.get(*part), rows.get(*part).map(|options| &**options)) else {
            return false;
        };
        take(&row.figures, option, Fixed::minus);
    }
    rest.iter().all(|rest| rest.meets(Fixed::ZERO))
}

/// Passes over all groups; each pass settles at least one level of the hierarchy, which has six at most.
const MOST_PASSES: usize = 12;

fn set(list: &mut [u32], index: usize, value: u32) {
    if let Some(entry) = list.get_mut(index) {
        *entry = value;
    }
}

/// The columns of every figure over all branches.
fn combine(problem: &Problem<'_>, branches: &[Branch], has_total: bool, work: &mut Work) -> Solution {
    let mut solution = Solution {
        limited: branches.iter().any(|branch| branch.limited),
        contradictions: branches.first().map(|branch| branch.contradictions.clone()).unwrap_or_default(),
        rows: Vec::with_capacity(problem.rows.len()),
    };
    let Some(best) = branches.first() else { return solution };
    let weight = |mask: Mask| -> u64 {
        columns(mask)
            .map(|column| u64::from(problem.weights.get(column).copied().unwrap_or(1)))
            .fold(1, u64::saturating_mul)
    };
    let plausible_mask =
        best.masks.iter().copied().max_by_key(|mask| (weight(*mask), std::cmp::Reverse(*mask))).unwrap_or(0);
    let first_mask = best.masks.first().copied().unwrap_or(0);
    let choice = plausible_choice(problem, best, plausible_mask, first_mask, work);
    let columns_of: Vec<Vec<Mask>> = branches.iter().map(Branch::columns_by_position).collect();
    for (index, row) in problem.rows.iter().enumerate() {
        let count = row.figures.figures.len();
        let mut placed = Placed::with_capacity(count);
        let mut possible_here: ByFigure = [0; MOST_COLUMNS];
        for (branch, columns_of) in branches.iter().zip(&columns_of) {
            let from = branch.masks.first().copied().unwrap_or(0);
            match branch.rows.get(index).filter(|options| !options.is_empty()) {
                // The columns are those of the only branch.
                Some(options) if branches.len() == 1 && branch.masks.len() == 1 => {
                    possible_here = possible_columns(options);
                }
                Some(options) => {
                    for (possible, here) in possible_here.iter_mut().zip(possible_columns(options)) {
                        let positions = columns(here).map(|column| columns_of.get(rank(from, column)));
                        *possible |= positions.flatten().fold(0, |set, columns| set | columns);
                    }
                }
                None => {
                    for (figure, possible) in possible_here.iter_mut().enumerate().take(count) {
                        *possible = by_order(problem.columns, count, figure);
                    }
                    break;
                }
            }
        }
        for (figure, possible) in possible_here.into_iter().enumerate().take(count) {
            let chosen = choice
                .get(index)
                .and_then(|mask| columns(*mask).nth(figure))
                .map(|column| translated(column, first_mask, plausible_mask).trailing_zeros() as usize)
                .filter(|column| possible & (1 << column) != 0)
                .unwrap_or(possible.trailing_zeros() as usize);
            let placement = if possible.count_ones() == 1 {
                let early = best.evidence.get(index).and_then(|row| row.get(figure).copied().flatten());
                let by = early.unwrap_or(if row.is_total && has_total {
                    total_evidence(problem, row)
                } else {
                    Evidence::Hierarchy
                });
                Placement::Inferred { by }
            } else {
                let others = columns(possible).filter(|column| *column != chosen).map(|column| column as u16);
                Placement::Ambiguous { candidates: std::iter::once(chosen as u16).chain(others).collect() }
            };
            placed.push((chosen as u16, placement));
        }
        solution.rows.push(placed);
    }
    solution
}

fn total_evidence(problem: &Problem<'_>, row: &ProblemRow) -> Evidence {
    if row.figures.marks.len() == problem.columns { Evidence::Order } else { Evidence::RowSum }
}

/// A column of one mask as the column at the same position of another.
fn translated(column: usize, from: Mask, to: Mask) -> Mask {
    if from == to || from.count_ones() != to.count_ones() {
        return 1 << column;
    }
    columns(to).nth(rank(from, column)).map_or(0, |column| 1 << column)
}

/// The columns that the order of print alone leaves for the n-th of `count` figures.
pub(super) fn by_order(columns: usize, count: usize, figure: usize) -> Mask {
    let last = columns.saturating_sub(count - figure);
    (figure..=last).filter(|column| *column < columns).fold(0, |mask, column| mask | 1 << column)
}

/// One choice for every row that goes together, the most plausible first where several do.
fn plausible_choice(problem: &Problem<'_>, branch: &Branch, to: Mask, from: Mask, work: &mut Work) -> Vec<Mask> {
    let mut rows = branch.rows.clone();
    let weight = |mask: Mask| -> u64 {
        columns(mask)
            .map(|column| {
                let column = translated(column, from, to).trailing_zeros() as usize;
                u64::from(problem.weights.get(column).copied().unwrap_or(1))
            })
            .fold(1, u64::saturating_mul)
    };
    let open = rows.iter().filter(|options| options.len() > 1).count();
    let (mut limited, mut contradictions) = (false, Vec::new());
    for index in 0..rows.len() {
        let Some(options) = rows.get_mut(index).filter(|options| options.len() > 1) else { continue };
        let order = |option: &&RowOption| (option.cost, std::cmp::Reverse(weight(option.mask)), option.mask);
        let Some(first) = options.iter().min_by_key(order).copied() else { continue };
        *options = Rc::new([first]);
        // Settling one row settles others with it; in very open tables each row is settled on its own.
        if open <= MOST_SETTLED {
            propagate(problem, from, &mut rows, &mut limited, &mut contradictions, work);
        }
    }
    rows.iter().map(|options| options.first().map_or(0, |option| option.mask)).collect()
}

/// Most open rows that are settled one after the other.
const MOST_SETTLED: usize = 32;

#[cfg(test)]
mod tests;
