//! Performance targets (绩效目标表) and self-evaluations (绩效自评表) in grids, in any form.
//!
//! A form is recognised by its title or by the header of its indicators. There are two kinds: one sheet a project, with fields
//! above the indicators, and a list of projects, each merged over the rows of its indicators. Both go on over pages, with the
//! header repeated or without. The columns are there, and merged cells say which rows a level covers, so nothing is guessed;
//! a level or a project whose cell is not on the page stays open. The words are those of the forms in a text.

mod columns;
mod head;
mod list;
mod plan;
mod rows;
mod told;

use std::ops::Range;

use budget_model::{
    Amount, Diagnostic, DiagnosticCode, Label, PerformanceKind, PerformancePurpose, PerformanceTable, Place, Unit,
};

use self::columns::Columns;
use self::plan::Form;
use self::rows::Levels;
use super::header::is_column_numbers;
use super::sheet::{Field, Sheet};
use crate::lexicon::{Lexicon, Performance, around};
use crate::performance::vocabulary::{Column, SCORES};

/// The forms of a document, read page by page.
#[derive(Debug, Default)]
pub(super) struct Targets {
    tables: Vec<PerformanceTable>,
    /// The first table of each form, and whether the form has columns of levels.
    forms: Vec<(usize, bool)>,
    /// The form that the last page ended in.
    open: Option<Open>,
}

/// A form that may go on.
#[derive(Debug)]
struct Open {
    page: usize,
    title: Label,
    kind: PerformanceKind,
    purpose: PerformancePurpose,
    unit: Unit,
    /// The table that has this one's fields: they are printed once above two blocks of indicators.
    same: Option<PerformanceTable>,
    /// `None` where only fields were read yet.
    columns: Option<Columns>,
    levels: Levels,
    is_list: bool,
    list: list::Place,
    /// The first table of this form.
    first: usize,
}

impl Targets {
    /// Reads the forms of a page; returns their rows.
    pub(super) fn page(
        &mut self,
        sheet: &mut Sheet<'_>,
        page: usize,
        above: Option<&Label>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Range<usize>> {
        let before = self.open.take().filter(|open| open.page + 1 == page);
        let forms = plan::forms(sheet, before.as_ref().map(|open| open.columns.as_ref()), above.is_some());
        let mut open = before;
        let mut read = Vec::new();
        for (index, form) in forms.into_iter().enumerate() {
            let mut now = match open.take().filter(|_| form.continues) {
                Some(open) => open,
                None => {
                    let title = form.title.and_then(|row| plan::title(sheet, row));
                    self.begin(sheet, &form, title.or_else(|| above.filter(|_| index == 0).cloned()))
                }
            };
            now.page = page;
            let end = self.form(sheet, &form, &mut now, diagnostics);
            read.push(form.rows.start..end);
            self.open = (form.rows.end >= sheet.rows.len()).then_some(now);
        }
        read
    }

    /// The tables, when all pages are read.
    pub(super) fn finish(mut self, diagnostics: &mut Vec<Diagnostic>) -> Vec<PerformanceTable> {
        let ends: Vec<usize> = self.forms.iter().skip(1).map(|(first, _)| *first).chain([self.tables.len()]).collect();
        for ((first, has_levels), end) in self.forms.iter().zip(ends) {
            settle(self.tables.get_mut(*first..end).unwrap_or_default(), *has_levels, diagnostics);
        }
        for table in self.tables.iter().filter(|table| table.indicators.is_empty() && !is_blank(table)) {
            let missing = Diagnostic::new(DiagnosticCode::IndicatorIncomplete, [table.title.text.as_str()]);
            diagnostics.push(missing.at(table.title.place));
        }
        // A form that an entity has nothing to fill into.
        self.tables.retain(|table| !is_blank(table));
        self.tables
    }

    fn begin(&mut self, sheet: &Sheet<'_>, form: &Form, title: Option<Label>) -> Open {
        self.forms.push((self.tables.len(), false));
        let first = form.rows.clone().find_map(|row| sheet.row(row).first());
        let place = first.map_or(Place::Text { page: 1, line: 1, column: 1 }, Field::place);
        // 长期绩效指标 and 年度绩效指标, one below the other, are of one project.
        let same = self.tables.last().filter(|_| title.is_none() && form.is_below).cloned();
        let title = title.or(same.as_ref().map(|table| table.title.clone())).unwrap_or_else(|| Label::new("", place));
        let meaning = Lexicon::title(&title.text).and_then(|title| title.performance);
        let is_overall = meaning == Some(Performance::Overall) || title.text.contains(around::overall());
        let is_evaluation = meaning == Some(Performance::Evaluation);
        Open {
            page: 0,
            title,
            kind: if is_overall { PerformanceKind::Overall } else { PerformanceKind::Project },
            purpose: if is_evaluation { PerformancePurpose::SelfEvaluation } else { PerformancePurpose::Targets },
            unit: Unit::Unknown,
            columns: None,
            levels: Levels::default(),
            same,
            is_list: false,
            list: list::Place::default(),
            first: self.tables.len(),
        }
    }

    /// Reads a form, or what of it is on a page; returns the row behind it.
    fn form(
        &mut self,
        sheet: &mut Sheet<'_>,
        form: &Form,
        open: &mut Open,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> usize {
        let mut end = form.rows.start;
        let mut start = form.rows.start;
        if let Some(title) = form.title {
            sheet.take_row(title);
            (start, end) = (title + 1, title + 1);
        }
        let header = form.columns.as_ref().map_or(form.rows.end, |columns| columns.rows.start);
        open.is_list |= form.columns.as_ref().is_some_and(Columns::is_list);
        let is_list = open.is_list;
        if is_list {
            let mut unit = PerformanceTable::new(open.kind, open.title.clone());
            if !form.continues {
                head::read(sheet, start..header, &mut unit);
            }
            if unit.money_unit != Unit::Unknown {
                open.unit = unit.money_unit;
            }
            if let Some(unit) = form.columns.as_ref().and_then(|columns| columns.money.clone()) {
                open.unit = unit;
            }
        } else {
            if !form.continues || self.tables.len() == open.first {
                let mut table = PerformanceTable::new(open.kind, open.title.clone());
                table.purpose = open.purpose;
                if let Some(same) = open.same.take() {
                    (table.unit, table.name, table.department) = (same.unit, same.name, same.department);
                    table.money_unit = same.money_unit;
                }
                self.tables.push(table);
            }
            if let Some(table) = self.tables.last_mut() {
                if form.continues && open.columns.is_none() {
                    start = head::goal_goes_on(sheet, start..header, table);
                    end = end.max(start);
                }
                end = end.max(head::read(sheet, start..header, table));
            }
        }
        let Some(columns) = &form.columns else { return end };
        let mut columns = columns.clone();
        if let Some(before) = open.columns.as_ref().filter(|_| form.continues) {
            columns.complete(before);
        }
        if let Some((_, has_levels)) = self.forms.last_mut() {
            *has_levels |= columns.has(Column::Level1) || columns.has(Column::Level2);
        }
        if columns.has(Column::Achieved) || columns.has(Column::Score) {
            open.purpose = PerformancePurpose::SelfEvaluation;
            self.tables
                .get_mut(open.first..)
                .unwrap_or_default()
                .iter_mut()
                .for_each(|table| table.purpose = open.purpose);
        }
        columns.take(sheet);
        end = end.max(columns.rows.end);
        let body = columns.rows.end..form.rows.end;
        open.levels.begin(sheet, &columns, body.clone());
        open.list.begin(sheet, &columns, body.clone());
        for row in body {
            // 1 2 3 …, below the words of the header
            if is_column_numbers(sheet.row(row)) {
                sheet.take_row(row);
                continue;
            }
            // 附件2 | 单位：元, above the next title
            if sheet.row(row).iter().all(|field| Lexicon::is_caption(&field.text())) {
                continue;
            }
            if self.row(sheet, &columns, row, is_list, open, diagnostics) {
                end = row + 1;
            }
        }
        open.columns = Some(columns);
        end
    }

    /// Reads a row below the header; `false` if nothing was made of it.
    fn row(
        &mut self,
        sheet: &mut Sheet<'_>,
        columns: &Columns,
        row: usize,
        is_list: bool,
        open: &mut Open,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> bool {
        if let Some(first) = sheet.row(row).first()
            && SCORES.contains(&first.folded)
        {
            return self.score(sheet, columns, row);
        }
        if columns.is_told() {
            return self.told(sheet, columns, row, open);
        }
        let indicator = rows::read(sheet, columns, row, &mut open.levels);
        if is_list && (indicator.is_some() || sheet.row(row).len() > 1) {
            let is_goal_on = self.tables.len() > open.first;
            let current = if is_goal_on { self.tables.last_mut() } else { None };
            if let Some(mut fresh) = open.list.row(sheet, columns, row, current, &open.title) {
                (fresh.purpose, fresh.money_unit) = (open.purpose, open.unit.clone());
                self.tables.push(fresh);
            }
        }
        let Some(indicator) = indicator else {
            // 产出指标 | 数量指标, and nothing filled in
            return !is_list && rows::is_levels(sheet, row);
        };
        if indicator.name.text.is_empty() || indicator.value.raw.text.is_empty() {
            let name = [indicator.name.text.as_str()];
            diagnostics.push(Diagnostic::new(DiagnosticCode::IndicatorIncomplete, name).at(indicator.name.place));
        }
        let Some(table) = self.tables.last_mut() else { return false };
        table.indicators.push(indicator);
        true
    }

    /// A project of a list whose indicators are told in one cell. The totals of the list are no projects.
    fn told(&mut self, sheet: &mut Sheet<'_>, columns: &Columns, row: usize, open: &mut Open) -> bool {
        let Some(cell) = columns.fields(sheet, row, Column::Name).next().map(Field::label) else { return false };
        let found = told::indicators(&cell);
        let Some(column) = columns.fields(sheet, row, Column::Name).next().map(|field| field.column) else {
            return false;
        };
        let Some(mut fresh) = open.list.row(sheet, columns, row, None, &open.title) else { return false };
        (fresh.purpose, fresh.money_unit) = (open.purpose, open.unit.clone());
        if !found.is_empty() {
            sheet.take(row, column);
        }
        fresh.indicators = found;
        self.tables.push(fresh);
        true
    }

    /// 总分 | 100 | 99.5
    fn score(&mut self, sheet: &mut Sheet<'_>, columns: &Columns, row: usize) -> bool {
        let place = columns.fields(sheet, row, Column::Score).next().map(Field::place);
        let score = rows::number(sheet, columns, row, Column::Score);
        let weight = rows::number(sheet, columns, row, Column::Weight);
        if let (Some(table), Some(place), Some(value)) = (self.tables.last_mut(), place, score) {
            table.score = Some(Amount { value, place });
        }
        if let Some(first) = sheet.row(row).first().map(|field| field.column).filter(|_| score.or(weight).is_some()) {
            sheet.take(row, first);
        }
        score.or(weight).is_some()
    }
}

/// Whether nothing is filled into a form.
fn is_blank(table: &PerformanceTable) -> bool {
    table.indicators.is_empty()
        && table.name.is_none()
        && table.goal.is_none()
        && table.total.is_none()
        && table.funds.is_empty()
}

/// Says which levels are uncertain. Where no indicator of a form has any, and no column for them, the form prints none, and
/// nothing is uncertain about them.
fn settle(tables: &mut [PerformanceTable], has_levels: bool, diagnostics: &mut Vec<Diagnostic>) {
    let indicators = || tables.iter().flat_map(|table| &table.indicators);
    let prints_levels = has_levels || indicators().any(|indicator| indicator.levels_certain);
    for indicator in tables.iter_mut().flat_map(|table| &mut table.indicators) {
        indicator.levels_certain |= !prints_levels;
        if !indicator.levels_certain {
            let name = [indicator.name.text.as_str()];
            let uncertain = Diagnostic::new(DiagnosticCode::IndicatorLevelUncertain, name);
            diagnostics.push(uncertain.at(indicator.name.place));
        }
    }
}
