//! The same project in the text, in the project table and among the performance tables.

use std::collections::{BTreeMap, HashSet};

use budget_model::{PerformanceKind, TableKind};

use crate::book::Book;
use crate::figure::{FigureId, PerformanceAmount};

/// All statements of the amount of one project (or of several that bear the same name).
#[derive(Clone, Debug, Default)]
pub(crate) struct ProjectStatements {
    /// 预算安排规模 in the text.
    pub(crate) text: Vec<FigureId>,
    /// 项目支出合计 in the project table.
    pub(crate) table: Vec<FigureId>,
    /// 财政拨款 (or, where it is not printed, 年度预算总额) of the performance table.
    pub(crate) performance: Vec<FigureId>,
}

/// The projects of a disclosure by name. Names are compared without punctuation; what is then left over on both sides is
/// paired where two names are each other's nearest.
pub(crate) fn projects(book: &Book<'_>) -> Vec<ProjectStatements> {
    let mut names: BTreeMap<String, ProjectStatements> = BTreeMap::new();
    let disclosure = book.disclosure();
    for (index, table) in disclosure.tables.iter().enumerate().filter(|(_, table)| table.kind == TableKind::GeneralProject) {
        for (row, entry) in table.rows.iter().enumerate() {
            if let (Some(name), Some(id)) = (&entry.project, book.cell(index, row as u32, 0)) {
                names.entry(plain(&name.text)).or_default().table.push(id);
            }
        }
    }
    let mut text: Vec<(String, FigureId)> = Vec::new();
    for (index, project) in disclosure.projects.iter().enumerate() {
        text.extend(book.project(index).map(|id| (plain(&project.name.text), id)));
    }
    let mut performance: Vec<(String, FigureId)> = Vec::new();
    for (index, table) in disclosure.performance.iter().enumerate().filter(|(_, table)| table.kind == PerformanceKind::Project) {
        let amount = book.performance(index, PerformanceAmount::Fiscal).or_else(|| book.performance(index, PerformanceAmount::Total));
        if let (Some(name), Some(id)) = (&table.name, amount) {
            performance.push((plain(&name.text), id));
        }
    }
    for (name, id) in matched(&names, text, |project| !project.text.is_empty()) {
        names.entry(name).or_default().text.push(id);
    }
    for (name, id) in matched(&names, performance, |project| !project.performance.is_empty()) {
        names.entry(name).or_default().performance.push(id);
    }
    names.into_values().collect()
}

/// Gives each statement the name of the project that it belongs to.
fn matched(
    names: &BTreeMap<String, ProjectStatements>,
    mut statements: Vec<(String, FigureId)>,
    taken: impl Fn(&ProjectStatements) -> bool,
) -> Vec<(String, FigureId)> {
    let exact: HashSet<String> = statements.iter().map(|(name, _)| name.clone()).collect();
    let free: Vec<(&String, HashSet<[char; 2]>)> = names
        .iter()
        .filter(|(name, project)| !exact.contains(*name) && !taken(project))
        .map(|(name, _)| (name, pairs(name)))
        .collect();
    let open: Vec<(String, HashSet<[char; 2]>)> =
        exact.iter().filter(|name| !names.contains_key(*name)).map(|name| (name.clone(), pairs(name))).collect();
    // A document has tens of projects at most; what is left over on both sides is a few.
    let alike = |a: &HashSet<[char; 2]>, b: &HashSet<[char; 2]>| a.intersection(b).count();
    for (name, own) in &open {
        let Some((nearest, pairs)) = free.iter().max_by_key(|(_, pairs)| alike(own, pairs)) else { continue };
        let back = open.iter().max_by_key(|(_, other)| alike(other, pairs)).map(|(name, _)| name);
        // Most of the shorter name stands in the longer one.
        if back == Some(name) && 2 * alike(own, pairs) > own.len().min(pairs.len()) {
            for (statement, _) in statements.iter_mut().filter(|(statement, _)| statement == name) {
                statement.clone_from(nearest);
            }
        }
    }
    statements
}

fn pairs(name: &str) -> HashSet<[char; 2]> {
    name.chars().zip(name.chars().skip(1)).map(|(a, b)| [a, b]).collect()
}

/// A name without punctuation, brackets and spaces, full-width digits and letters as plain ones.
fn plain(name: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        other => other,
    };
    name.chars().map(narrow).filter(|c| c.is_alphanumeric()).collect()
}
