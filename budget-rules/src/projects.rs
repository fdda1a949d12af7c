//! The same project in the text, in the project table and among the performance tables.

use std::collections::{BTreeMap, HashSet};

use budget_model::{Label, PerformanceKind, TableKind};

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

/// A statement of a project's amount, by name.
struct Statement<'a> {
    name: &'a Label,
    plain: String,
    figure: Option<FigureId>,
}

fn in_table<'a>(book: &Book<'a>) -> Vec<Statement<'a>> {
    let mut statements = Vec::new();
    let tables = book.disclosure().tables.iter().enumerate();
    for (index, table) in tables.filter(|(_, table)| table.kind == TableKind::GeneralProject) {
        for (row, entry) in table.rows.iter().enumerate() {
            if let Some(name) = &entry.project {
                statements.push(Statement { name, plain: plain(&name.text), figure: book.cell(index, row as u32, 0) });
            }
        }
    }
    statements
}

fn in_text<'a>(book: &Book<'a>) -> Vec<Statement<'a>> {
    let projects = book.disclosure().projects.iter().enumerate();
    let statement = |(index, project): (usize, &'a budget_model::Project)| Statement {
        name: &project.name,
        plain: plain(&project.name.text),
        figure: book.project(index),
    };
    projects.map(statement).collect()
}

fn in_performance<'a>(book: &Book<'a>) -> Vec<Statement<'a>> {
    let tables = book.disclosure().performance.iter().enumerate();
    let statement = |(index, table): (usize, &'a budget_model::PerformanceTable)| {
        let amount = |amount| book.performance(index, amount);
        let name = table.name.as_ref().filter(|_| table.kind == PerformanceKind::Project)?;
        let figure = amount(PerformanceAmount::Fiscal).or_else(|| amount(PerformanceAmount::Total));
        Some(Statement { name, plain: plain(&name.text), figure })
    };
    tables.filter_map(statement).collect()
}

/// The projects of a disclosure by name.
pub(crate) fn projects(book: &Book<'_>) -> Vec<ProjectStatements> {
    let table = in_table(book);
    let mut projects: BTreeMap<&str, ProjectStatements> = BTreeMap::new();
    for statement in &table {
        projects.entry(&statement.plain).or_default().table.extend(statement.figure);
    }
    let (text, performance) = (in_text(book), in_performance(book));
    for statement in &text {
        let other = nearest(statement, &text, &table).map_or(statement, |row| row);
        projects.entry(&other.plain).or_default().text.extend(statement.figure);
    }
    for statement in &performance {
        let other = nearest(statement, &performance, &table).map_or(statement, |row| row);
        projects.entry(&other.plain).or_default().performance.extend(statement.figure);
    }
    projects.into_values().collect()
}

/// Names of projects compared with the project table.
#[derive(Debug, Default)]
pub(crate) struct Names<'a> {
    /// Number of names that the project table has as well.
    pub(crate) same: usize,
    /// Names that differ from the one in the project table.
    pub(crate) different: Vec<(&'a Label, &'a Label)>,
}

/// Which projects have another name in the project table.
pub(crate) fn renamed<'a>(book: &Book<'a>) -> Names<'a> {
    let table = in_table(book);
    let mut names = Names::default();
    for others in [in_text(book), in_performance(book)] {
        names.same += others.iter().filter(|other| table.iter().any(|row| row.plain == other.plain)).count();
        for statement in &others {
            if let Some(row) = nearest(statement, &others, &table) {
                names.different.push((statement.name, row.name));
            }
        }
    }
    names
}

/// The row that a statement without a namesake must mean: both are without a namesake and each other's nearest, and most
/// of the shorter name stands in the longer one. A document has tens of projects at most, and few without a namesake.
fn nearest<'t, 'a>(
    statement: &Statement<'a>,
    others: &[Statement<'a>],
    table: &'t [Statement<'a>],
) -> Option<&'t Statement<'a>> {
    let has_namesake =
        |one: &Statement<'_>, among: &[Statement<'_>]| among.iter().any(|other| other.plain == one.plain);
    if has_namesake(statement, table) {
        return None;
    }
    let own = pairs(&statement.plain);
    let alike = |one: &HashSet<[char; 2]>, other: &Statement<'_>| one.intersection(&pairs(&other.plain)).count();
    let free = table.iter().filter(|row| !has_namesake(row, others));
    let row = free.max_by_key(|row| alike(&own, row))?;
    let of_row = pairs(&row.plain);
    let open = others.iter().filter(|other| !has_namesake(other, table));
    let back = open.max_by_key(|other| alike(&of_row, other))?;
    let most = 2 * alike(&own, row) > own.len().min(of_row.len());
    (back.plain == statement.plain && most).then_some(row)
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
