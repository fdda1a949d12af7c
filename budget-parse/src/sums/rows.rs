//! Sums along the rows of a table.

use std::collections::{HashMap, HashSet};

use budget_model::{Amount, Aspect, Code, CodeLevel, Column, Decimal, Role, Row, Table};

use super::{Case, Printed, Promise, Trial, Verdict};
use crate::lexicon::{Lexicon, NameOf};

/// Writes the sums that hold into the rows. `panels` says which part of the table each row belongs to, `index` which of the
/// document's tables it is.
pub(crate) fn establish(table: &mut Table, index: usize, panels: &[u8], printed: &Printed) {
    let mut all: Vec<u8> = panels.to_vec();
    all.sort_unstable();
    all.dedup();
    // That classes are the sums of their groups holds in all parts of a table, or in none.
    let mut coded = Vec::new();
    for panel in all {
        let members: Vec<usize> = (0..table.rows.len()).filter(|index| panels.get(*index) == Some(&panel)).collect();
        let count = |is: &dyn Fn(&Row) -> bool| {
            members.iter().filter_map(|index| table.rows.get(*index)).filter(|row| is(row)).count()
        };
        let most = |is: &dyn Fn(&Row) -> bool| 2 * count(is) >= members.len();
        // 1、一般公共服务支出 below 一、部门预算 names a class, and its ordinal says what it is a part of.
        let is_list =
            || count(&|row| row.code.is_some()) == 0 && most(&|row| crate::grid::has_ordinal(&row.label.text));
        let is_coded = most(&|row| code(row).is_some()) && !is_list();
        // Of two ways to read a list the one that adds up.
        if is_coded {
            coded.extend(by_code(table, &members));
            continue;
        }
        let ranks = crate::grid::ranks(&table.rows);
        let by_names = depths(table, &members, &ranks);
        let hypotheses = [ranks, by_names];
        let tried =
            hypotheses.iter().map(|depths| Tried::new(table, index, by_label(table, &members, depths), printed));
        if let Some(best) = tried.min_by_key(Tried::failed) {
            best.settle(table);
        }
    }
    Tried::new(table, index, coded, printed).settle(table);
}

/// The sums that a row may be the whole of: they are established together or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Level {
    /// The wholes of one role: every class is the sum of its groups.
    Role(Role),
    /// The total of a part of the table, over rows with codes.
    Total(usize),
    /// One row of a list.
    Row(usize),
}

/// A row and the row that may be its whole.
struct Parent {
    row: usize,
    whole: usize,
    level: Level,
}

/// The code of a row, or of the class that its label names.
fn code(row: &Row) -> Option<Code> {
    let named = row.dimensions.function.or(row.dimensions.economic).or(row.dimensions.government_economic);
    row.code.or(named.filter(|_| row.role == Role::Label))
}

/// Codes below the longest code that is printed above them, under units where there are some, under the total.
fn by_code(table: &Table, members: &[usize]) -> Vec<Parent> {
    let row = |index: usize| table.rows.get(index);
    let total = members.iter().copied().find(|index| row(*index).is_some_and(|row| row.role == Role::Total));
    let mut parents = Vec::new();
    let mut unit = None;
    let mut wholes: HashMap<Code, usize> = HashMap::new();
    for index in members.iter().copied().filter(|index| Some(*index) != total) {
        let Some(own) = row(index) else { continue };
        let whole = match code(own) {
            None if own.role == Role::Unit => {
                unit = Some(index);
                wholes.clear();
                total
            }
            None => continue,
            Some(code) => {
                let above = std::iter::successors(code.parent(), |code| code.parent());
                let whole = above.filter_map(|code| wholes.get(&code).copied()).next();
                wholes.insert(code, index);
                whole.or(unit).or(total)
            }
        };
        let Some((whole, role)) = whole.and_then(|whole| Some((whole, row(whole)?.role))) else { continue };
        // Names of classes stand for their codes.
        let role = row(whole).and_then(code).map_or(role, |code| Role::from(code.level()));
        let level = if role == Role::Total { Level::Total(whole) } else { Level::Role(role) };
        parents.push(Parent { row: index, whole, level });
    }
    parents
}

/// How deep the rows of a list stand, where units have lists of their own, and names of classes stand for their codes.
///
/// ```text
/// 云溪县文化馆（本级）   320.00      of which the parts follow
/// 工资福利支出           300.00
/// 基本工资               120.00
/// ```
fn depths(table: &Table, members: &[usize], ranks: &[u8]) -> Vec<u8> {
    /// What has neither an ordinal nor a name that is known.
    const NAMELESS: u8 = 8;
    let mut depths = ranks.to_vec();
    // The class and group that are open.
    let mut open: Option<Code> = None;
    for index in members.iter().copied() {
        let (Some(row), Some(depth)) = (table.rows.get(index), depths.get_mut(index)) else { continue };
        if row.role == Role::Unit {
            (*depth, open) = (0, None);
            continue;
        }
        let names = |of| Lexicon::class_codes(&row.label.text, of);
        let mut codes = names(NameOf::Function);
        if row.side.is_none() {
            codes.extend(names(NameOf::Economic));
        }
        let lies_in = |code: &&Code, whole: Code| {
            std::iter::successors(code.parent(), |code| code.parent()).any(|above| above == whole)
        };
        let above = std::iter::successors(open, |code| code.parent());
        let below = above.into_iter().find_map(|whole| codes.iter().find(|code| lies_in(code, whole)));
        let class = || codes.iter().find(|code| code.level() == CodeLevel::Class);
        let Some(code) = below.or_else(class).copied() else { continue };
        open = Some(code);
        if *depth == NAMELESS {
            *depth = match code.level() {
                CodeLevel::Class => 5,
                CodeLevel::Group => 6,
                _ => 7,
            };
        }
    }
    depths
}

/// Rows of a list: one that stands deeper begins a part; 本年收入合计 sums up what stands above it.
fn by_label(table: &Table, members: &[usize], depths: &[u8]) -> Vec<Parent> {
    let row = |index: usize| table.rows.get(index);
    let mut parents = Vec::new();
    // The rows whose parts come next, by how deep they stand.
    let mut open: Vec<(u8, usize)> = Vec::new();
    // The rows that no sum has taken so far.
    let mut free: Vec<usize> = Vec::new();
    let grand = members.iter().copied().find(|index| row(*index).is_some_and(|row| row.role == Role::Total));
    for index in members.iter().copied() {
        let (Some(own), Some(depth)) = (row(index), depths.get(index).copied()) else { continue };
        if Some(index) == grand {
            continue;
        }
        // 本年收入合计, where 收入总计 is the total
        if Lexicon::ends_like_a_sum(&own.label.text) {
            parents.extend(free.drain(..).map(|part| Parent { row: part, whole: index, level: Level::Row(index) }));
            open.clear();
            free.push(index);
            continue;
        }
        open.retain(|(above, _)| *above < depth);
        match open.last() {
            Some((_, whole)) => parents.push(Parent { row: index, whole: *whole, level: Level::Row(*whole) }),
            None => free.push(index),
        }
        open.push((depth, index));
    }
    if let Some(grand) = grand {
        parents.extend(free.into_iter().map(|part| Parent { row: part, whole: grand, level: Level::Row(grand) }));
    }
    parents
}

/// Which rows may be parts of which, and what the figures say of it.
struct Tried {
    parents: Vec<Parent>,
    trials: HashMap<Level, (Promise, Trial)>,
}

impl Tried {
    fn new(table: &Table, index: usize, parents: Vec<Parent>, printed: &Printed) -> Self {
        // Rows that only last year had are not listed, so that its columns need not add up where this year's do.
        let has_own = table.columns.iter().any(|column| column.adds_up() && !column.is_of_other_year());
        let shows = |column: &Column| column.adds_up() && !(has_own && column.is_of_other_year());
        let adds_up: Vec<bool> = table.columns.iter().map(shows).collect();
        let mut parts: HashMap<usize, (Level, Vec<usize>)> = HashMap::new();
        for parent in &parents {
            parts.entry(parent.whole).or_insert_with(|| (parent.level, Vec::new())).1.push(parent.row);
        }
        let placed: HashSet<usize> = parents.iter().flat_map(|parent| [parent.row, parent.whole]).collect();
        let mut trials: HashMap<Level, (Promise, Trial)> = HashMap::new();
        for (whole, (level, rows)) in &parts {
            let mut amounts: Vec<Vec<Amount>> = vec![Vec::new(); adds_up.len()];
            for cell in rows.iter().filter_map(|row| table.rows.get(*row)).flat_map(|row| &row.cells) {
                if let Some(amounts) = amounts.get_mut(usize::from(cell.column)) {
                    amounts.push(cell.amount);
                }
            }
            let Some(whole) = table.rows.get(*whole) else { continue };
            let promise = match level {
                _ if is_definition(table, whole, rows) => Promise::Definition,
                Level::Role(_) | Level::Total(_) => Promise::Codes,
                Level::Row(_) if whole.role == Role::Total => Promise::List,
                Level::Row(_) => Promise::None,
            };
            let (_, trial) = trials.entry(*level).or_insert((promise, Trial::default()));
            let mut failed: Vec<(u16, Decimal)> = Vec::new();
            let before = (trial.shown + trial.single, trial.explained);
            let case = |column: usize| Case {
                whole: whole.cell(column as u16).map(|cell| cell.amount),
                parts: amounts.get(column).map_or(&[], Vec::as_slice),
                promise,
                printed,
                table: index,
            };
            for column in (0..amounts.len()).filter(|column| adds_up.get(*column) == Some(&true)) {
                failed.extend(trial.take(&case(column)).map(|by| (column as u16, by)));
            }
            // The columns together may say what no single one does, if every row between is a part and nothing of them is in doubt.
            let is_complete = trial.shown + trial.single > before.0;
            let is_missing = promise == Promise::Codes && is_missing(table, &failed);
            match failed.is_empty() {
                true => trial.wholes += usize::from(is_complete),
                false if is_missing => trial.incomplete += 1,
                false => trial.broken += 1,
            }
            match failed.as_slice() {
                [] => {}
                _ if promise < Promise::List || has_strays(table, rows, &placed) => {}
                [(column, _)] if case(usize::from(*column)).is_slip(is_complete) => trial.explained = before.1 + 1,
                failed if promise == Promise::Codes && is_complete => {
                    let of_row = |row: &usize| table.rows.get(*row).is_some_and(|row| is_left_out(row, failed));
                    if rows.iter().any(of_row) || is_missing {
                        // One row is one case, in however many columns it has figures.
                        trial.failed = trial.failed.saturating_sub(failed.len() - 1);
                        trial.explained = before.1 + 1;
                    }
                }
                _ => {}
            }
        }
        Self { parents, trials }
    }

    /// How many wholes or roles of wholes do not have these parts.
    fn failed(&self) -> usize {
        self.trials
            .iter()
            .filter(|(level, (promise, trial))| verdict(level, *promise, trial) == Verdict::Contradicted)
            .count()
    }

    /// Writes the sums that hold.
    fn settle(self, table: &mut Table) {
        let verdict = |level: &Level| {
            self.trials.get(level).map_or(Verdict::Open, |(promise, trial)| verdict(level, *promise, trial))
        };
        self.trials.keys().for_each(|level| verdict(level).count(&mut table.unconfirmed));
        for parent in &self.parents {
            let holds = verdict(&parent.level) == Verdict::Established;
            if let Some(row) = table.rows.get_mut(parent.row).filter(|_| holds) {
                row.part_of = Some(parent.whole as u32);
            }
        }
    }
}

fn verdict(level: &Level, promise: Promise, trial: &Trial) -> Verdict {
    match level {
        Level::Role(_) | Level::Total(_) => trial.verdict_of(promise),
        // One row of a list shows its sum once; the other columns repeat it. Where it holds in one of them, its parts are known.
        Level::Row(_) if trial.failed == 0 && trial.shown + trial.single > 0 => Verdict::Established,
        Level::Row(_) if trial.shown >= trial.failed && trial.shown > 0 => Verdict::Established,
        Level::Row(_) => trial.verdict_of(promise),
    }
}

/// Whether a row among the parts of a whole has no place in the list, or a figure of them is in doubt.
fn has_strays(table: &Table, parts: &[usize], placed: &HashSet<usize>) -> bool {
    let (Some(first), Some(last)) = (parts.iter().min(), parts.iter().max()) else { return true };
    // The row before the first part is the whole, or a row that stands between.
    let from = first.saturating_sub(1);
    (from..=*last).filter_map(|index| Some((index, table.rows.get(index)?))).any(|(index, row)| {
        let is_stray = !row.cells.is_empty() && !placed.contains(&index);
        is_stray || row.cells.iter().any(|cell| !table.doubts_but_placement(row, cell).without(Aspect::Unit).is_empty())
    })
}

/// Whether a row is what the parts are more than the whole: no total contains it.
fn is_left_out(row: &Row, failed: &[(u16, Decimal)]) -> bool {
    let is_less = |column: u16| failed.iter().find(|(of, _)| *of == column).map_or(Decimal::ZERO, |(_, by)| -*by);
    row.cells.iter().all(|cell| cell.amount.value == is_less(cell.column))
        && failed.iter().all(|(column, _)| row.cell(*column).is_some_and(|cell| !cell.amount.value.is_zero()))
}

/// Whether the whole is more in several columns, and these add up along the row: a row is missing, here or everywhere.
fn is_missing(table: &Table, failed: &[(u16, Decimal)]) -> bool {
    let by = |column: u16| failed.iter().find(|(of, _)| *of == column).map_or(Decimal::ZERO, |(_, by)| *by);
    let is_sum = |(whole, parts): (u16, Vec<u16>)| {
        let of_parts = parts.iter().fold(Decimal::ZERO, |sum, part| sum.saturating_add(by(*part)));
        // Each is known to half a unit of the last digit and a little more.
        let unit = Decimal::new(1, failed.iter().map(|(_, by)| by.scale()).max().unwrap_or_default());
        parts.is_empty() || by(whole).saturating_sub(of_parts).abs() <= unit.saturating_mul(Decimal::TEN)
    };
    let columns = table.parts_of_columns();
    failed.len() > 1
        && failed.iter().all(|(_, by)| *by > Decimal::ZERO)
        && columns.iter().any(|parts| !parts.is_empty())
        && (0..).zip(columns).all(is_sum)
}

/// Whether a row is by definition the sum of these rows: “三公”经费, 公务用车购置及运行维护费; 合计 over A-货物 and C-服务, as
/// procurement has no fourth kind.
fn is_definition(table: &Table, whole: &Row, rows: &[usize]) -> bool {
    let label = |row: &usize| table.rows.get(*row).map_or("", |row| row.label.text.as_str());
    let kinds: Option<HashSet<usize>> = rows.iter().map(|row| Lexicon::procurement_kind(label(row))).collect();
    if whole.role == Role::Total && kinds.is_some_and(|kinds| kinds.len() > 1 && kinds.len() == rows.len()) {
        return true;
    }
    let item = |row: &usize| table.rows.get(*row).and_then(|row| row.dimensions.three_public);
    super::are_all_parts(whole.dimensions.three_public, &mut rows.iter().map(item))
}
