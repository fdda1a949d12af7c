//! The same project in the text, in the project table and among the performance tables.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use budget_model::{Label, PerformanceKind, PerformancePurpose, TableKind};

use crate::book::Book;
use crate::figure::{FigureId, PerformanceAmount};
use crate::grid::whole_column;
use crate::words;

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
    plain: Cow<'a, str>,
    figure: Option<FigureId>,
}

fn in_table<'a>(book: &Book<'a>) -> Vec<Statement<'a>> {
    let mut statements = Vec::new();
    for (index, table) in book.tables().filter(|(_, table)| table.kind == TableKind::GeneralProject) {
        let Some(whole) = whole_column(table) else { continue };
        for (row, entry) in table.rows.iter().enumerate() {
            if let Some(name) = &entry.project {
                // l0.00 8.50 1.50: where the first figure was not read, the next one is not the whole.
                let is_read = entry.unread.iter().all(|unread| unread.column.is_some_and(|column| column > whole));
                let figure = book.cell(index, row as u32, whole).filter(|_| is_read);
                statements.push(Statement { name, plain: plain(&name.text), figure });
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
        let is_target = table.kind == PerformanceKind::Project && table.purpose == PerformancePurpose::Targets;
        let name = table.name.as_ref().filter(|_| is_target)?;
        let figure = amount(PerformanceAmount::Fiscal).or_else(|| amount(PerformanceAmount::Total));
        Some(Statement { name, plain: plain(&name.text), figure })
    };
    tables.filter_map(statement).collect()
}

/// The projects of a disclosure.
#[derive(Debug, Default)]
pub(crate) struct Projects<'a> {
    /// By name.
    pub(crate) statements: Vec<ProjectStatements>,
    pub(crate) names: Names<'a>,
}

impl<'a> Projects<'a> {
    pub(crate) fn new(book: &Book<'a>) -> Self {
        let table = in_table(book);
        let mut projects: BTreeMap<&str, ProjectStatements> = BTreeMap::new();
        for statement in &table {
            projects.entry(&statement.plain).or_default().table.extend(statement.figure);
        }
        let known = sorted(&table);
        let mut names = Names::default();
        let (text, performance) = (in_text(book), in_performance(book));
        for (statements, in_text) in [(&text, true), (&performance, false)] {
            let meant = meant(statements, &table);
            names.same += statements.iter().filter(|one| known.binary_search(&&*one.plain).is_ok()).count();
            for statement in statements {
                let row = meant.get(&*statement.plain);
                names.different.extend(row.map(|row| (statement.name, row.name)));
                let project = projects.entry(row.map_or(&*statement.plain, |row| &row.plain)).or_default();
                if in_text { &mut project.text } else { &mut project.performance }.extend(statement.figure);
            }
        }
        Self { statements: projects.into_values().collect(), names }
    }
}

/// Names of projects compared with the project table.
#[derive(Debug, Default)]
pub(crate) struct Names<'a> {
    /// Number of names that the project table has as well.
    pub(crate) same: usize,
    /// Names that differ from the one in the project table.
    pub(crate) different: Vec<(&'a Label, &'a Label)>,
}

/// Names without a namesake that are compared with each other, at most: a document has a few, if any.
const MOST_LEFT_OVER: usize = 64;

/// The row that each statement without a namesake must mean: both are without a namesake and each other's nearest, and
/// most of the shorter name stands in the longer one.
fn meant<'t, 'a>(statements: &'t [Statement<'a>], table: &'t [Statement<'a>]) -> HashMap<&'t str, &'t Statement<'a>> {
    let open = left_over(statements, &sorted(table));
    if open.is_empty() {
        return HashMap::new();
    }
    let free = left_over(table, &sorted(statements));
    let alike = |one: &Pairs, other: &Pairs| one.intersection(other).count();
    let nearest = |own: &Pairs, among: &[(&'t Statement<'a>, Pairs)]| {
        let distances = among.iter().enumerate().map(|(index, (_, pairs))| (index, alike(own, pairs)));
        distances.max_by_key(|(_, alike)| *alike)
    };
    let mut meant = HashMap::new();
    for (index, (statement, own)) in open.iter().enumerate() {
        let Some((row, shared)) = nearest(own, &free) else { continue };
        let Some((row, of_row)) = free.get(row) else { continue };
        let back = nearest(of_row, &open).map(|(back, _)| back);
        if back == Some(index) && 2 * shared > own.len().min(of_row.len()) {
            meant.insert(&*statement.plain, *row);
        }
    }
    meant
}

/// The names of some statements, sorted.
fn sorted<'t>(statements: &'t [Statement<'_>]) -> Vec<&'t str> {
    let mut names: Vec<_> = statements.iter().map(|statement| &*statement.plain).collect();
    names.sort_unstable();
    names
}

/// The statements whose names are not known, one of each name, with the pairs of characters of the name.
fn left_over<'t, 'a>(statements: &'t [Statement<'a>], known: &[&str]) -> Vec<(&'t Statement<'a>, Pairs)> {
    let open = statements.iter().filter(|one| known.binary_search(&&*one.plain).is_err());
    let open: BTreeMap<&str, &Statement<'a>> = open.map(|one| (&*one.plain, one)).collect();
    open.into_values().map(|one| (one, pairs(&one.plain))).take(MOST_LEFT_OVER).collect()
}

type Pairs = HashSet<[char; 2]>;

fn pairs(name: &str) -> Pairs {
    name.chars().zip(name.chars().skip(1)).map(|(a, b)| [a, b]).collect()
}

/// A name without punctuation, brackets and spaces, full-width digits and letters as plain ones.
fn plain(name: &str) -> Cow<'_, str> {
    let plain = words::plain(name);
    if !plain.contains(|c| matches!(c, '！'..='～')) {
        return plain;
    }
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        other => other,
    };
    plain.chars().map(narrow).collect()
}
