//! Performance targets (绩效目标) on a sheet in the printed form: a title, fields, and indicators below a header.
//!
//! Here the columns are there, and merged cells say which rows a level covers, so nothing has to be cut or guessed. A form
//! may stand alone on its sheet or with others above and below. The words are those of the forms in a text.

use std::ops::Range;

use budget_document::CellValue;
use budget_model::{
    Amount, Decimal, Diagnostic, DiagnosticCode, Indicator, IndicatorValue, Label, PerformanceKind, PerformanceTable,
    Place, Unit,
};

use super::caption;
use super::sheet::{Field, Sheet};
use crate::number::parse_number;
use crate::outline::is_performance_title;
use crate::performance::vocabulary::{Field as Caption, HEADER, SHARED_FIELDS};
use crate::performance::{Column, head, value};
use crate::text::{fold, squeeze};

/// The rows of the forms that begin between two rows: each from its title to the next one's. A title without a header of
/// indicators below it is no form.
pub(super) fn find(sheet: &Sheet<'_>, rows: Range<usize>) -> Vec<Range<usize>> {
    let titles: Vec<usize> = rows.clone().filter(|row| title(sheet, *row).is_some()).collect();
    let ends = titles.iter().skip(1).copied().chain([rows.end]);
    let forms = titles.iter().zip(ends).map(|(start, end)| *start..end);
    forms.filter(|form| Headings::find(sheet, form).is_some()).collect()
}

/// The title of a form, which stands alone or beside a caption.
fn title<'s, 'g>(sheet: &'s Sheet<'g>, row: usize) -> Option<&'s Field<'g>> {
    let (title, beside): (Vec<_>, Vec<_>) =
        sheet.row(row).iter().partition(|field| is_performance_title(&field.folded));
    let alone = beside.into_iter().all(|field| caption::read(std::slice::from_ref(field)).is_some());
    title.first().copied().filter(|_| alone)
}

/// Reads a form; returns the row behind its last indicator as well.
pub(super) fn read(
    sheet: &mut Sheet<'_>,
    rows: Range<usize>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(PerformanceTable, usize)> {
    let headings = Headings::find(sheet, &rows)?;
    let mut table = head::empty(title(sheet, rows.start)?.label());
    sheet.take_row(rows.start);
    for row in rows.start + 1..headings.row {
        fields(sheet, row, &mut table);
    }
    for (column, _) in headings.columns.iter().filter(|(_, heading)| heading.is_some()) {
        sheet.take(headings.row, *column);
    }
    let mut levels = [None, None];
    let mut end = headings.row + 1;
    for row in headings.row + 1..rows.end {
        let Some(indicator) = headings.indicator(sheet, row, &mut levels) else {
            // What stands below the indicators is something else; a blank row ends nothing.
            if sheet.row(row).is_empty() {
                continue;
            }
            break;
        };
        end = row + 1;
        let at = indicator.name.place;
        if !indicator.levels_certain {
            let name = [indicator.name.text.as_str()];
            diagnostics.push(Diagnostic::new(DiagnosticCode::IndicatorLevelUncertain, name).at(at));
        }
        if indicator.name.text.is_empty() || indicator.value.raw.text.is_empty() {
            let name = [indicator.name.text.as_str()];
            diagnostics.push(Diagnostic::new(DiagnosticCode::IndicatorIncomplete, name).at(at));
        }
        table.indicators.push(indicator);
    }
    if table.indicators.is_empty() {
        let name = [table.title.text.as_str()];
        diagnostics.push(Diagnostic::new(DiagnosticCode::IndicatorIncomplete, name).at(table.title.place));
    }
    Some((table, end))
}

/// Reads a row of the head: captions, each with its value in the same cell or in the next one.
fn fields(sheet: &mut Sheet<'_>, row: usize, table: &mut PerformanceTable) {
    let mut used = Vec::new();
    let mut waiting: Option<Caption> = None;
    for field in sheet.row(row) {
        if let Some(found) = captioned(field, table.kind) {
            used.push(field.column);
            if let Some(unit) = found.money {
                table.money_unit = unit;
            }
            waiting = match found.inline {
                Some(value) if set(table, found.caption, value.clone(), parse_number(&value.text)) => None,
                _ => Some(found.caption),
            };
        } else if let Some(caption) = waiting.take() {
            let number = match &field.cell.value {
                CellValue::Number(number) => Some(*number),
                _ => parse_number(&squeeze(&field.text())),
            };
            if set(table, caption, field.label(), number) {
                used.push(field.column);
            }
        } else if head::is_year(&field.folded) {
            used.push(field.column);
        }
    }
    for column in used {
        sheet.take(row, column);
    }
}

/// A caption and what its cell says beside it.
struct Captioned {
    caption: Caption,
    money: Option<Unit>,
    /// 预算单位：云溪县文化馆
    inline: Option<Label>,
}

fn captioned(field: &Field<'_>, kind: PerformanceKind) -> Option<Captioned> {
    let own = head::own_fields(kind);
    let find = |folded: &str| {
        let known = SHARED_FIELDS.find(folded).or_else(|| own.find(folded));
        known.map(|(_, caption)| *caption)
    };
    let bare = |text: &str| {
        let text = text.trim_end_matches(':');
        let mut brackets = head::BRACKETS.into_iter().chain([("", None)]);
        let found = brackets.find_map(|(bracket, money)| Some((text.strip_suffix(bracket)?, money)));
        found.and_then(|(word, money)| Some((find(word)?, money)))
    };
    if let Some((caption, money)) = bare(&field.folded) {
        return Some(Captioned { caption, money, inline: None });
    }
    let text = squeeze(&field.text());
    let (front, value) = text.split_once(['：', ':'])?;
    let (caption, money) = bare(&fold(front))?;
    Some(Captioned { caption, money, inline: Some(Label::new(value, field.place())) })
}

/// Sets the field that a caption announces, and says whether there is one that the value fits.
fn set(table: &mut PerformanceTable, caption: Caption, value: Label, number: Option<Decimal>) -> bool {
    let amount = number.map(|number| Amount { value: number, place: value.place });
    let (label, money) = match caption {
        Caption::Unit => (Some(&mut table.unit), None),
        Caption::Name => (Some(&mut table.name), None),
        Caption::Responsible => (Some(&mut table.responsible), None),
        Caption::Telephone => (Some(&mut table.telephone), None),
        Caption::Goal => (Some(&mut table.goal), None),
        Caption::Total => (None, Some(&mut table.total)),
        Caption::Fiscal => (None, Some(&mut table.fiscal)),
        Caption::Other => (None, Some(&mut table.other)),
        Caption::FromAbove => (None, Some(&mut table.from_above)),
        Caption::OwnLevel => (None, Some(&mut table.own_level)),
        Caption::Caption | Caption::Unmodelled => (None, None),
    };
    match (label, money, amount) {
        (Some(label), ..) if label.is_none() && !value.text.is_empty() => *label = Some(value),
        (_, Some(money), Some(amount)) if money.is_none() => *money = Some(amount),
        _ => return false,
    }
    true
}

/// What a column of the indicators holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heading {
    First,
    Second,
    Cell(Column),
}

/// The header of the indicators.
struct Headings {
    row: usize,
    /// Where each column begins, from left to right; `None` for one that the forms do not know.
    columns: Vec<(usize, Option<Heading>)>,
}

impl Headings {
    /// The first row of a form that has the three levels and the value.
    fn find(sheet: &Sheet<'_>, rows: &Range<usize>) -> Option<Self> {
        let heading = |field: &Field<'_>| {
            let (word, column) = HEADER.find(&field.folded)?;
            let level = if *word == "一级指标" { Heading::First } else { Heading::Second };
            Some(column.map_or(level, Heading::Cell))
        };
        rows.clone().find_map(|row| {
            let columns: Vec<_> = sheet.row(row).iter().map(|field| (field.column, heading(field))).collect();
            let wanted = [Heading::First, Heading::Second, Heading::Cell(Column::Name), Heading::Cell(Column::Value)];
            let has_all =
                wanted.iter().all(|wanted| columns.iter().any(|(_, heading)| heading.as_ref() == Some(wanted)));
            has_all.then_some(Self { row, columns })
        })
    }

    /// The columns of the sheet that are below a heading, which may be wider than one.
    fn below(&self, heading: Heading) -> Option<Range<usize>> {
        let index = self.columns.iter().position(|(_, other)| *other == Some(heading))?;
        let (start, _) = self.columns.get(index)?;
        Some(*start..self.columns.get(index + 1).map_or(usize::MAX, |(next, _)| *next))
    }

    /// The cell below a heading; of several next to each other (`≥`, `90`, `%`) the text together.
    fn cell(&self, sheet: &mut Sheet<'_>, row: usize, column: Column) -> Option<Label> {
        let below = self.below(Heading::Cell(column))?;
        let fields: Vec<&Field<'_>> = sheet.row(row).iter().filter(|field| below.contains(&field.column)).collect();
        let place = fields.first()?.place();
        let text: String = fields.iter().map(|field| squeeze(&field.text())).collect();
        let taken: Vec<usize> = fields.iter().map(|field| field.column).collect();
        for column in taken {
            sheet.take(row, column);
        }
        Some(Label::new(text, place))
    }

    /// The label of a level that covers a row: its own, that of a merged cell, or the one above where cells are left blank.
    fn level(&self, sheet: &mut Sheet<'_>, row: usize, heading: Heading, above: &mut Option<String>) -> bool {
        let Some(column) = self.below(heading).map(|below| below.start) else { return false };
        let is_own = sheet.at(row, column).is_some();
        if let Some(shown) = sheet.shown(row, column) {
            *above = Some(squeeze(&shown.text()));
        }
        sheet.take(row, column);
        is_own
    }

    /// The indicator of a row; `None` if it has neither name nor value.
    fn indicator(
        &self,
        sheet: &mut Sheet<'_>,
        row: usize,
        [first, second]: &mut [Option<String>; 2],
    ) -> Option<Indicator> {
        let below = |column| self.below(Heading::Cell(column)).unwrap_or_default();
        let has = |column| sheet.row(row).iter().any(|field| below(column).contains(&field.column));
        if !has(Column::Name) && !has(Column::Value) {
            return None;
        }
        if self.level(sheet, row, Heading::First, first) {
            // A new first level has its own second levels.
            *second = None;
        }
        self.level(sheet, row, Heading::Second, second);
        let (name, raw) = (self.cell(sheet, row, Column::Name), self.cell(sheet, row, Column::Value));
        let place: Place = name.as_ref().or(raw.as_ref())?.place;
        let or_blank = |label: Option<Label>| label.unwrap_or_else(|| Label::new("", place));
        let raw = or_blank(raw);
        let (operator, number, unit) = value::parse(&raw.text);
        let mut text = |column| self.cell(sheet, row, column).map(|label| label.text);
        Some(Indicator {
            level1: first.clone().unwrap_or_default(),
            level2: second.clone().unwrap_or_default(),
            levels_certain: first.is_some() && second.is_some(),
            name: or_blank(name),
            value: IndicatorValue { raw, operator, number, unit },
            basis: text(Column::Basis),
            last_year: text(Column::LastYear),
            weight: text(Column::Weight).and_then(|weight| parse_number(&weight)),
            scoring: text(Column::Scoring),
            evidence: text(Column::Evidence),
        })
    }
}
