//! The indicators below a header.

use budget_model::{Decimal, Indicator, IndicatorValue, Label, Operator};

use super::super::sheet::Sheet;
use super::columns::{Columns, Means};
use crate::number::parse_number;
use crate::performance::value;
use crate::performance::vocabulary::{Column, HEADER, LEVELS, Level, NATURES, NO, SIGNS, YES, level_suffix};
use crate::text::{fold, squeeze};

/// A label of a level that covers the rows below it.
#[derive(Clone, Debug, Default)]
pub(super) struct Carried {
    text: Option<String>,
    /// Printed on this page, or merged over the row.
    is_certain: bool,
}

/// What is known of the rows so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Levels {
    carried: [Carried; 2],
    /// Whether labels are merged over their rows, so that a cell which is left blank says nothing.
    is_merged: [bool; 2],
}

const LEVEL_COLUMNS: [Column; 2] = [Column::Level1, Column::Level2];

impl Levels {
    /// Before the rows of a page; labels of the page before may go on.
    pub(super) fn begin(&mut self, sheet: &Sheet<'_>, columns: &Columns, body: std::ops::Range<usize>) {
        let merges = sheet.merges(body.start, body.end.saturating_sub(1));
        for ((column, carried), is_merged) in LEVEL_COLUMNS.into_iter().zip(&mut self.carried).zip(&mut self.is_merged)
        {
            carried.is_certain = false;
            let below = columns.range(Means::Cell(column)).unwrap_or_default();
            *is_merged |=
                merges.iter().any(|merge| below.contains(&(merge.first.1 as usize)) && merge.last.0 > merge.first.0);
        }
    }

    /// Reads the labels of a row; a new first level has its own second levels.
    fn read(&mut self, sheet: &mut Sheet<'_>, columns: &Columns, row: usize) {
        for (index, column) in LEVEL_COLUMNS.into_iter().enumerate() {
            let Some(below) = columns.range(Means::Cell(column)) else { continue };
            let own = sheet.row(row).iter().find(|field| below.contains(&field.column)).map(|field| field.column);
            let (shown, is_covered) = match own {
                Some(column) => (sheet.at(row, column).map(|field| squeeze(&field.text())), true),
                None => (
                    sheet.shown(row, below.start).map(|field| squeeze(&field.text())),
                    sheet.is_merged(row, below.start),
                ),
            };
            if let Some(column) = own {
                sheet.take(row, column);
            }
            let is_merged = self.is_merged.get(index).copied().unwrap_or(false);
            let next = match shown {
                Some(text) => Carried { text: Some(text), is_certain: true },
                // The label stands in another part of the merged cell, on the page before or behind.
                None if is_covered => Carried::default(),
                None if is_merged && self.carried.get(index).is_some_and(|carried| carried.is_certain) => {
                    Carried::default()
                }
                None => continue,
            };
            if own.is_some() && index == 0 {
                self.carried = [next, Carried::default()];
            } else if let Some(carried) = self.carried.get_mut(index) {
                *carried = next;
            }
        }
    }
}

/// Reads the indicator of a row; `None` if it has none.
pub(super) fn read(sheet: &mut Sheet<'_>, columns: &Columns, row: usize, levels: &mut Levels) -> Option<Indicator> {
    levels.read(sheet, columns, row);
    let has = |column| columns.fields(sheet, row, column).next().is_some();
    let (has_name, has_value) = (has(Column::Name), has(Column::Value));
    // A page without a header has text beside the table in any column.
    let is_alone = sheet.row(row).len() < 2;
    if !(has_name || has_value) || (is_alone && !(has_name && columns.has(Column::Level1) && !columns.rows.is_empty()))
    {
        return None;
    }
    if columns.rows.is_empty() && !(has_name && has_value) {
        return None;
    }
    let name = take(sheet, columns, row, Column::Name);
    let target = take(sheet, columns, row, Column::Value);
    let place = name.as_ref().or(target.as_ref())?.place;
    let or_blank = |label: Option<Label>| label.unwrap_or_else(|| Label::new("", place));
    let signs = take(sheet, columns, row, Column::Sign);
    let unit = columns.fields(sheet, row, Column::Unit).next().map(|field| squeeze(&field.text()));
    let target = or_blank(target);
    let has_number = value::parse(&target.text).1.or_else(|| parse_number(&target.text)).is_some();
    // 持续提升 | 年: the unit of words says nothing, and is kept.
    let of_words = unit.clone().filter(|_| !has_number);
    let unit = unit.filter(|_| has_number);
    take(sheet, columns, row, Column::Unit);
    let mut indicator = Indicator::new(or_blank(name), composed(target, signs.as_ref(), unit));
    indicator.value.unit = indicator.value.unit.or(of_words);
    // 指标性质 ≥ and 指标属性 定量指标 stand in two columns.
    let nature = |text: &str| NATURES.find(&fold(text)).map(|(_, nature)| *nature);
    indicator.nature = signs.and_then(|signs| nature(&signs.text));
    for below in columns.further(Column::Sign) {
        let Some(field) = sheet.row(row).iter().find(|field| below.contains(&field.column)) else { continue };
        if let Some(found) = nature(&squeeze(&field.text())) {
            indicator.nature = indicator.nature.or(Some(found));
            sheet.take(row, field.column);
        }
    }
    let mut text = |column| take(sheet, columns, row, column).map(|label| label.text);
    indicator.activity = text(Column::Activity);
    indicator.basis = text(Column::Basis);
    indicator.last_year = text(Column::LastYear);
    indicator.scoring = text(Column::Scoring);
    indicator.evidence = text(Column::Evidence);
    indicator.deviation = text(Column::Deviation);
    indicator.remark = text(Column::Remark);
    text(Column::Counter);
    indicator.weight = number(sheet, columns, row, Column::Weight);
    indicator.score = number(sheet, columns, row, Column::Score);
    indicator.achieved = take(sheet, columns, row, Column::Achieved).map(|label| composed(label, None, None));
    indicator.core = core(sheet, columns, row);
    level(&mut indicator, columns, levels);
    take_side(sheet, columns, row);
    Some(indicator)
}

/// Whether nothing but labels of levels stands in a row.
pub(super) fn is_levels(sheet: &Sheet<'_>, row: usize) -> bool {
    let is_level = |folded: &str| LEVELS.contains(folded.strip_suffix(level_suffix()).unwrap_or(folded));
    !sheet.row(row).is_empty() && sheet.row(row).iter().all(|field| field.used && is_level(&field.folded))
}

/// The levels of an indicator: those of its columns, or in front of its name.
fn level(indicator: &mut Indicator, columns: &Columns, levels: &Levels) {
    let has_column = columns.has(Column::Level1) || columns.has(Column::Level2);
    // 产出指标数量指标演出场次, on every page of a form that has no columns for them
    if !has_column && let Some((first, second, name)) = split(&indicator.name.text) {
        indicator.level1 = first.to_owned();
        indicator.level2 = second.to_owned();
        indicator.name.text = name.to_owned();
        indicator.levels_certain = true;
    } else if has_column || columns.rows.is_empty() {
        let [first, second] = &levels.carried;
        let (text, points) = without_points(first.text.as_deref().unwrap_or_default());
        indicator.level1 = text.to_owned();
        indicator.level1_weight = points;
        indicator.level2 = second.text.clone().unwrap_or_default();
        indicator.levels_certain = [first, second].iter().all(|level| level.is_certain && level.text.is_some());
    }
}

/// A level that prints its points: 产出指标（50分）.
fn without_points(text: &str) -> (&str, Option<Decimal>) {
    let end = text
        .find(|character: char| character.is_ascii_digit() || matches!(character, '(' | '（'))
        .unwrap_or(text.len());
    let (front, behind) = text.split_at(end);
    let digits = fold(behind);
    let digits = digits.trim_matches(['(', ')']).trim_end_matches(['分', '%']);
    match parse_number(digits) {
        Some(points) if LEVELS.contains(front.strip_suffix(level_suffix()).unwrap_or(front)) => (front, Some(points)),
        _ => (text, None),
    }
}

/// The levels in front of a name, without a column of their own: 产出指标质量指标来信扫描完成率.
fn split(name: &str) -> Option<(&str, &str, &str)> {
    let level = |text: &str, wanted: Level, needs_suffix: bool| {
        let fits = |(_, level): &(&str, Level)| *level == wanted || *level == Level::Either;
        let first = text.chars().next()?;
        let ends = LEVELS.beginning_with(first).filter(|entry| fits(entry)).filter_map(|(word, _)| {
            let behind = text.strip_prefix(word)?;
            match behind.strip_prefix(level_suffix()) {
                Some(behind) => Some(text.len() - behind.len()),
                None => (!needs_suffix).then_some(word.len()),
            }
        });
        ends.max()
    };
    let (first, rest) = name.split_at_checked(level(name, Level::First, true)?)?;
    let (second, rest) = rest.split_at_checked(level(rest, Level::Second, false)?)?;
    (!rest.is_empty()).then_some((first, second, rest))
}

/// The operator of a cell of signs: `≥`; `Some(None)` for 定性 and 定量.
pub(super) fn sign(folded: &str) -> Option<Option<Operator>> {
    let operator = SIGNS.find(folded).map(|(_, operator)| Some(*operator));
    operator.or_else(|| NATURES.contains(folded).then_some(None))
}

/// A value of its sign, its number or words, and its unit, which may stand in columns of their own.
pub(super) fn composed(mut raw: Label, signs: Option<&Label>, unit: Option<String>) -> IndicatorValue {
    let printed = raw.text.clone();
    let (mut operator, mut number, mut of) = value::parse(&printed);
    let (sign, text) = signs.map_or((None, ""), |signs| (sign(&fold(&signs.text)).flatten(), signs.text.as_str()));
    if let Some(sign) = sign
        && operator.is_none()
    {
        operator = Some(sign);
        raw.text = [text, &raw.text].concat();
    }
    if let Some(unit) = unit {
        // 2022 in the column of values and 年 in that of units is no date.
        if of.is_none() && number.or_else(|| parse_number(&printed)).is_some() {
            number = number.or_else(|| parse_number(&printed));
            of = Some(unit.clone());
        }
        raw.text.push_str(&unit);
    }
    IndicatorValue { raw, operator, number, unit: of }
}

/// The cell below a heading; of several next to each other (`≥`, `90`, `%`) the text together.
fn take(sheet: &mut Sheet<'_>, columns: &Columns, row: usize, column: Column) -> Option<Label> {
    let mut place = None;
    let mut text = String::new();
    let mut taken = Vec::new();
    for field in columns.fields(sheet, row, column) {
        place = place.or(Some(field.place()));
        text.push_str(&squeeze(&field.text()));
        taken.push(field.column);
    }
    for column in taken {
        sheet.take(row, column);
    }
    place.map(|place| Label::new(text, place))
}

/// A number below a heading; what is none stays unread.
pub(super) fn number(sheet: &mut Sheet<'_>, columns: &Columns, row: usize, column: Column) -> Option<Decimal> {
    let text: String = columns.fields(sheet, row, column).map(|field| squeeze(&field.text())).collect();
    let number = parse_number(text.trim_end_matches(['分', '%']))?;
    take(sheet, columns, row, column)?;
    Some(number)
}

/// 绩效指标, beside the levels.
fn take_side(sheet: &mut Sheet<'_>, columns: &Columns, row: usize) {
    let first = columns.headings.first().map_or(0, |heading| heading.start);
    let is_side = |folded: &str| matches!(HEADER.find(folded), Some((_, Column::Side)));
    let side = sheet.row(row).first().filter(|field| is_side(&field.folded)).map(|field| field.column);
    let below = columns.range(Means::Cell(Column::Side)).unwrap_or_default();
    if let Some(column) = side.filter(|column| *column < first || below.contains(column)) {
        sheet.take(row, column);
    }
}

fn core(sheet: &mut Sheet<'_>, columns: &Columns, row: usize) -> Option<bool> {
    let text: String = columns.fields(sheet, row, Column::Core).map(|field| squeeze(&field.text())).collect();
    let core = YES.contains(text.as_str()).then_some(true).or_else(|| NO.contains(text.as_str()).then_some(false))?;
    take(sheet, columns, row, Column::Core)?;
    Some(core)
}
