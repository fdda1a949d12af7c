//! A list of projects: each has its name, money and goal in cells that are merged over the rows of its indicators.

use std::ops::Range;

use budget_model::{Amount, Label, PerformanceDetail, PerformanceFund, PerformanceKind, PerformanceTable};

use super::super::sheet::Sheet;
use super::columns::{Columns, ProjectColumn};
use super::head;
use crate::number::parse_number;
use crate::performance::vocabulary::Field;
use crate::text::squeeze;

/// Where in a list of projects the rows are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// Whether the row before belongs to a project whose cells are merged over it.
    is_covered: bool,
    /// Whether a row of this page was read.
    is_inside: bool,
    /// Whether the list merges the cells of its projects.
    is_merged: bool,
}

impl Place {
    /// Before the rows of a page.
    pub(super) fn begin(&mut self, sheet: &Sheet<'_>, columns: &Columns, body: Range<usize>) {
        (self.is_covered, self.is_inside) = (false, false);
        let merges = sheet.merges(body.start, body.end.saturating_sub(1));
        self.is_merged |= columns.projects().any(|column| {
            merges.iter().any(|merge| column.below.contains(&(merge.first.1 as usize)) && merge.last.0 > merge.first.0)
        });
    }

    /// What a row says of the project that it belongs to: a new one, if it is of one.
    ///
    /// A page cuts the merged cells, and what is left of a project on the next page may have no name; it goes on until the
    /// next cell that is not empty. The goal of a cut cell stands half on each page.
    pub(super) fn row(
        &mut self,
        sheet: &mut Sheet<'_>,
        columns: &Columns,
        row: usize,
        open: Option<&mut PerformanceTable>,
        title: &Label,
    ) -> Option<PerformanceTable> {
        let own: Vec<(ProjectColumn, usize, Label)> = columns
            .projects()
            .filter_map(|column| {
                let cell = sheet.row(row).iter().find(|cell| column.below.contains(&cell.column))?;
                Some((column, cell.column, Label::new(squeeze(&cell.text()), cell.place())))
            })
            .collect();
        let is_goal = |(column, ..): &(ProjectColumn, usize, Label)| {
            matches!(column.field, Field::Goal | Field::Achievement | Field::Detail | Field::Content | Field::Outcome)
        };
        let covers = columns.projects().any(|column| sheet.is_merged(row, column.below.start));
        let begins_blank = columns
            .projects()
            .any(|column| sheet.merges(row, row).iter().any(|merge| column.below.contains(&(merge.first.1 as usize))));
        let was = *self;
        self.is_covered = covers;
        self.is_inside = true;
        let is_new = match &own[..] {
            [] if !was.is_inside => open.is_none(),
            [] if begins_blank => true,
            // The rows behind a merged cell are of a project whose cells are on the next page.
            [] => was.is_covered && !covers,
            // The rest of a goal.
            own if own.iter().all(is_goal) => was.is_inside || open.is_none(),
            _ => true,
        };
        if !own.is_empty() && self.is_merged && !covers {
            // A project of one row.
            self.is_covered = true;
        }
        let mut fresh = is_new.then(|| PerformanceTable::new(PerformanceKind::Project, title.clone()));
        let table = match &mut fresh {
            Some(fresh) => fresh,
            None => open?,
        };
        for (ProjectColumn { field, word, .. }, column, label) in own {
            let amount = parse_number(&label.text).map(|value| Amount { value, place: label.place });
            let is_read = match (field, &mut table.goal) {
                (Field::Goal, Some(goal)) if !is_new => {
                    goal.text.push_str(&label.text);
                    true
                }
                (Field::Detail | Field::Content | Field::Outcome, _) => {
                    match table.details.iter_mut().find(|detail| detail.caption == word) {
                        Some(detail) => detail.text.text.push_str(&label.text),
                        None => table.details.push(PerformanceDetail::new(word, label)),
                    }
                    true
                }
                // 财政拨款 | 财政专户拨款 | 其他资金: what has no field of its own
                (Field::Fund, _) => {
                    table.funds.extend(amount.map(|amount| PerformanceFund::new(vec![word.to_owned()], amount)));
                    amount.is_some()
                }
                _ => {
                    head::set_label(table, field, &label)
                        || amount.is_some_and(|amount| head::set(table, field, amount))
                }
            };
            if is_read {
                sheet.take(row, column);
            }
        }
        fresh
    }
}
