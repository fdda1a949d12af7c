//! Sums whose parts stand in one table and whose whole stands in another.

use std::collections::{BTreeMap, BTreeSet};

use budget_model::{Chart, Classification, Column, Nature, Role, Severity, Source, Stage, Table, TableKind};

use crate::book::Book;
use crate::check::{Check, Term};
use crate::key::Key;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct SourceSums;

static DESCRIPTION: Description = Description {
    id: "tables-do-not-add-up",
    severity: Severity::Error,
    title: Text::new("表间分项之和不等于合计", "the parts in one table do not add up to the whole in another"),
    message: Text::new(
        "{0}为 {1}，另一表中的分项之和为 {2}，相差 {3}",
        "{0} is {1}, its parts in another table add up to {2}: a difference of {3}",
    ),
    explanation: Text::new(
        "收入总表逐科目按来源分列，一般公共预算（本级财力＋上级转移支付）等合计在其他表中；项目支出表逐项目分列，科目的项目支出合计在一般公共预算支出表中。一般公共预算表不含上年结转。表中没有这样的合计时不适用。",
        "The table of revenue lists sources function by function, their sums stand in other tables; the project table lists \
         projects, their sum for a function stands in the table of the general public budget.",
    ),
    example: Text::new(
        "收入总表 207 一般公共预算 80.00、上级转移支付 6.20；一般公共预算支出表 207 合计 82.60",
        "revenue 207: own 80.00, transfers 6.20; general public budget 207: 82.60",
    ),
    example_arguments: &[
        Text::same("表5一般公共预算支出情况表·207文化旅游体育与传媒支出·合计"),
        Text::same("82.6"),
        Text::same("86.2"),
        Text::same("-3.6"),
    ],
};

impl Rule for SourceSums {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn holds_in(&self, stage: Stage) -> bool {
        stage == Stage::Budget
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        for (index, table) in book.tables().filter(|(index, _)| book.apart().is_comparable(*index)) {
            match table.kind {
                TableKind::Income if table.classification == Classification::Function => {
                    by_source(book, sink, index, table)
                }
                TableKind::GeneralProject if table.classification == Classification::Function => {
                    by_project(book, sink, index, table)
                }
                _ => {}
            }
        }
        if !sink.has_checks() {
            sink.not_applicable(Text::new("没有跨表的合计", "no whole stands in another table than its parts"));
        }
    }
}

/// Statements of one whole that a sum is compared with; they are compared with each other as well.
const MOST_WHOLES: usize = 8;

/// Compares the sum of parts with each table or sentence that states the whole.
fn compare(book: &Book<'_>, sink: &mut Sink, key: Key, parts: &[Term]) {
    for whole in book.statements().get(key).iter().take(MOST_WHOLES) {
        let whole = [book.term(*whole)];
        let check = Check::sum(&whole, parts);
        match book.agreement().is_promised() || !super::is_violated(book, check) {
            true => sink.check(check),
            false => sink.not_applicable(Text::new(
                "版式未知，表间的合计没有全部成立，不作判断",
                "the form is not known, and not all sums across tables hold: nothing is concluded",
            )),
        }
    }
}

fn by_source(book: &Book<'_>, sink: &mut Sink, index: usize, table: &Table) {
    // Columns of another year, and those that nobody knows, are no parts.
    let source = |column: &Column| Key::fixed(column.dimensions).and(column.dimensions.source);
    let columns: Vec<Option<Source>> =
        table.columns.iter().map(|column| source(column).filter(|_| column.is_known())).collect();
    let printed: BTreeSet<Source> = columns.iter().copied().flatten().collect();
    for whole in Source::TREE.into_iter().filter(|whole| !printed.contains(whole)) {
        let Some(cover) = cover(book.chart(), whole, &printed) else { continue };
        for (number, row) in table.rows.iter().enumerate() {
            if row.role == Role::Unit || row.unit.is_some() || row.cells.iter().any(|cell| !cell.placement.is_certain())
            {
                continue;
            }
            let key = Key { source: whole, function: row.code, ..Key::TOTAL };
            // Where a source holds all money, it is compared directly.
            if book.statements().get(key).is_empty() || book.sources().joined(key) != key {
                continue;
            }
            let mut cells = (0..row.cells.len()).filter_map(|cell| book.nth_cell(index, number, cell));
            if !cells.any(|id| book.cell_key(id).is_some()) {
                continue; // A row of one of several units.
            }
            let is_part = |column: u16| {
                columns.get(usize::from(column)).copied().flatten().is_some_and(|source| cover.contains(&source))
            };
            let cells = row.cells.iter().enumerate().filter(|(_, cell)| is_part(cell.column));
            let parts: Vec<_> =
                cells.filter_map(|(position, _)| Some(book.term(book.nth_cell(index, number, position)?))).collect();
            if let Some(unread) = book.unread_in_row(index, number as u32) {
                sink.unread(book, index, &unread);
            } else if !parts.is_empty() {
                compare(book, sink, key, &parts);
            }
        }
    }
}

/// The printed sources that together are `whole`; `None` if some part of it is not printed.
fn cover(chart: &Chart, whole: Source, printed: &BTreeSet<Source>) -> Option<Vec<Source>> {
    if printed.contains(&whole) {
        return Some(vec![whole]);
    }
    let covers: Option<Vec<_>> = chart.sources(whole).map(|part| cover(chart, part, printed)).collect();
    covers.map(|covers| covers.concat()).filter(|cover| !cover.is_empty())
}

fn by_project(book: &Book<'_>, sink: &mut Sink, index: usize, table: &Table) {
    // A row that was not read may be a project of any function, and one that is there twice counts once.
    if let Some(unread) = book.unread_in_table(index) {
        sink.unread(book, index, &unread);
        return;
    }
    if let Some((again, _)) = book.apart().repeated(index).first() {
        table.rows.get(*again).iter().for_each(|row| sink.unread(book, index, &row.label));
        return;
    }
    // `None` where the total of a project is not certain: what of it belongs to the sum cannot be said.
    let Some(whole) = crate::grid::whole_column(table) else { return };
    let mut functions: BTreeMap<budget_model::Code, Option<Vec<Term>>> = BTreeMap::new();
    for (number, row) in table.rows.iter().enumerate() {
        let total = row.cells.iter().position(|cell| cell.column == whole && cell.placement.is_certain());
        if let (Some(code), true, false) = (row.code, row.project.is_some(), row.cells.is_empty()) {
            let parts = functions.entry(code).or_insert_with(|| Some(Vec::new()));
            let term = total.and_then(|total| book.nth_cell(index, number, total)).map(|id| book.term(id));
            match (parts.as_mut(), term) {
                (Some(parts), Some(term)) => parts.push(term),
                _ => *parts = None,
            }
        }
    }
    for (code, parts) in functions.into_iter().filter_map(|(code, parts)| Some((code, parts?))) {
        let source = table.dimensions.source.unwrap_or(Source::GeneralPublicBudget);
        let key = Key { source, nature: Nature::Project, function: Some(code), ..Key::TOTAL };
        compare(book, sink, book.sources().joined(key), &parts);
    }
}
