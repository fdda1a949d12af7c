//! The upper part of a table: title, fields, goal, and the header of the indicators.

use std::ops::Range;

use budget_model::{Amount, Label, PerformanceDetail, PerformanceKind, PerformanceTable, Place, Unit};

use super::levels;
use super::stream::Stream;
use super::vocabulary::{Column, Field, HEADER, OVERALL_FIELDS, PROJECT_FIELDS, SHARED_FIELDS};
use crate::lexicon::around::{SEALS, overall};
use crate::lexicon::units;
use crate::number::parse_number;
use crate::words::Words;

/// Which columns the table prints behind 三级指标 and 指标值.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Columns(u32);

impl Columns {
    fn of(columns: &[Column]) -> Self {
        Self(columns.iter().fold(0, |set, column| set | 1 << *column as u16))
    }

    pub(super) fn has(self, column: Column) -> bool {
        self.0 & (1 << column as u16) != 0
    }

    fn add(&mut self, column: Column) {
        self.0 |= 1 << column as u16;
    }
}

/// The table without indicators, the columns of its header, and where the indicators begin.
pub(super) fn read(stream: &mut Stream<'_, '_>) -> Option<(PerformanceTable, Columns, usize)> {
    let title_end = stream.line_end(0);
    let title = stream.label(0..title_end)?;
    stream.claim(0..title_end);
    let mut table = empty(title);

    let mut columns = match table.kind {
        PerformanceKind::Overall => Columns::of(&[Column::Basis, Column::Weight]),
        PerformanceKind::Project => {
            Columns::of(&[Column::Basis, Column::LastYear, Column::Weight, Column::Scoring, Column::Evidence])
        }
    };
    let mut body = stream.len();
    let mut head_end = stream.len();
    let headers = headers(stream, title_end);
    if let Some((first, found)) = headers.first() {
        (head_end, body, columns) = (first.start, first.end, *found);
        stream.claim(first.clone());
        let repeated: Vec<_> = headers.iter().skip(1).map(|(range, _)| range.clone()).collect();
        stream.take_out(&repeated);
    } else if let Some(first) = levels::first_label(stream, title_end) {
        (head_end, body) = (first, first);
    }
    fields(stream, title_end..head_end, &mut table);
    Some((table, columns, body))
}

/// A table of which only the title is known, which says what kind of table it is.
pub(crate) fn empty(title: Label) -> PerformanceTable {
    let kind = if title.text.contains(overall()) { PerformanceKind::Overall } else { PerformanceKind::Project };
    PerformanceTable::new(kind, title)
}

/// The headers of the indicator columns: one, and more where it is repeated behind a page break.
fn headers(stream: &Stream<'_, '_>, from: usize) -> Vec<(Range<usize>, Columns)> {
    let mut headers = Vec::new();
    let mut at = from;
    let Some(first) = header_word(Column::Level1).chars().next() else { return headers };
    while let Some(start) = stream.next_cell(at, first) {
        at = start + 1;
        if let Some((end, columns)) = header(stream, start) {
            headers.push((start..end, columns));
            at = end;
        }
    }
    headers
}

/// The first word of the header that announces a column.
fn header_word(of: Column) -> &'static str {
    HEADER.entries().iter().find(|(_, column)| *column == of).map_or("", |(word, _)| word)
}

/// The header that begins at a position: at least the names of the three levels.
///
/// Its cells may be run together, `一级指标二级指标三级指标 指标值`; so the first two words, which no row begins with, end where
/// they end, and further ones count once a cell ends behind them.
fn header(stream: &Stream<'_, '_>, start: usize) -> Option<(usize, Columns)> {
    let second = stream.word(start, header_word(Column::Level1))?;
    let mut at = stream.word(second, header_word(Column::Level2))?;
    let mut columns = Columns::of(&[]);
    // A row may begin with the letters of a header word: words count only if the last of them ends where a cell ends.
    let mut header = (at, columns);
    while let Some(((_, column), end)) = stream.words(at, &HEADER).max_by_key(|(_, end)| *end) {
        columns.add(*column);
        at = end;
        if stream.is_boundary(at) {
            header = (at, columns);
        }
    }
    Some(header)
}

/// A caption of the head: its field, where it begins, and where its value begins.
struct Caption {
    field: Field,
    start: usize,
    end: usize,
    money: Option<Unit>,
}

fn fields(stream: &mut Stream<'_, '_>, head: Range<usize>, table: &mut PerformanceTable) {
    let own = own_fields(table.kind);
    let mut captions: Vec<Caption> = Vec::new();
    // The fields that were found, as bits.
    let mut seen = 0_u32;
    let mut at = head.start;
    while at < head.end {
        let in_goal = captions.last().is_some_and(|last| last.field == Field::Goal);
        // Text of a goal may begin a line with any word; only the captions of the amounts end it.
        let ends_goal = |found: &Caption| {
            stream.is_line_start(found.start)
                && found.field == Field::Caption
                && (found.money.is_some() || caption(stream, found.end, own).is_some())
        };
        let repeats = |field: Field| matches!(field, Field::Caption | Field::Detail);
        let is_new = |found: &Caption| repeats(found.field) || seen & (1 << found.field as u32) == 0;
        match caption(stream, at, own).filter(|found| found.end <= head.end) {
            Some(found) if is_new(&found) && (!in_goal || ends_goal(&found)) => {
                at = found.end;
                seen |= 1 << found.field as u32;
                captions.push(found);
            }
            _ => at = stream.fragment_end(at),
        }
    }
    let first = captions.first().map_or(head.end, |caption| caption.start);
    claim_year(stream, head.start..first);
    let ends: Vec<usize> = captions.iter().skip(1).map(|caption| caption.start).chain([head.end]).collect();
    for (caption, end) in captions.into_iter().zip(ends) {
        let value = caption.end..end;
        if matches!(caption.field, Field::Content | Field::Outcome) {
            continue;
        }
        stream.claim(caption.start..caption.end);
        if let Some(unit) = caption.money {
            table.money_unit = unit;
        }
        let read = match caption.field {
            Field::Unit => set(&mut table.unit, stream.label(value.clone())),
            Field::Name => set(&mut table.name, stream.label(value.clone())),
            Field::Responsible => set(&mut table.responsible, stream.label(value.clone())),
            Field::Telephone => set(&mut table.telephone, stream.label(value.clone())),
            Field::Goal => set(&mut table.goal, stream.label(value.clone())),
            Field::Total => set(&mut table.total, amount(stream, value.clone())),
            Field::Fiscal => set(&mut table.fiscal, amount(stream, value.clone())),
            Field::Other => set(&mut table.other, amount(stream, value.clone())),
            Field::FromAbove => set(&mut table.from_above, amount(stream, value.clone())),
            Field::OwnLevel => set(&mut table.own_level, amount(stream, value.clone())),
            Field::Department => set(&mut table.department, stream.label(value.clone())),
            Field::Achievement => set(&mut table.achievement, stream.label(value.clone())),
            Field::Detail => {
                let text = stream.label(value.clone());
                let printed = stream.text(caption.start..caption.end);
                let caption = printed.trim_end_matches([':', '：']);
                table.details.extend(text.map(|text| PerformanceDetail::new(caption, text)));
                true
            }
            Field::PeriodTotal | Field::Fund | Field::Caption | Field::Content | Field::Outcome => false,
        };
        if read {
            stream.claim(value);
        }
    }
}

/// Sets a field if there is a value, and says whether there was.
fn set<T>(field: &mut Option<T>, value: Option<T>) -> bool {
    let found = value.is_some();
    *field = value.or(field.take());
    found
}

fn amount(stream: &Stream<'_, '_>, range: Range<usize>) -> Option<Amount> {
    let place: Place = stream.place(range.start)?;
    Some(Amount { value: parse_number(&stream.text(range))?, place })
}

/// The bracket that a folded text begins with, of those that may stand behind a caption, and the unit of money that it says:
/// （万元）, （单位：元）, （盖章）.
fn bracket(folded: &str) -> Option<(&str, Option<Unit>)> {
    let inside = folded.strip_prefix('(')?;
    let (inside, _) = inside.split_once(')')?;
    let bracket = folded.get(..inside.len() + 2)?;
    if SEALS.contains(inside) {
        return Some((bracket, None));
    }
    let unit = units::find(bracket)?.unit;
    (unit != Unit::Unknown).then_some((bracket, Some(unit)))
}

/// A caption without its colon and what stands in brackets behind it, and the unit of money that it says: 全年预算数（A）,
/// 项目总额（万元）. A bracket that belongs to a word stays: 其中（财政拨款）.
pub(crate) fn bare(folded: &str, is_known: impl Fn(&str) -> bool) -> (&str, Option<Unit>) {
    let text = folded.trim_end_matches(':');
    let last = text.rfind('(').filter(|_| text.ends_with(')')).and_then(|at| text.split_at_checked(at));
    if let Some((before, behind)) = last
        && let Some((_, unit)) = bracket(behind).filter(|(bracket, _)| *bracket == behind)
    {
        return (before.trim_end_matches(':'), unit);
    }
    let short = last.map(|(before, _)| before);
    (short.filter(|short| !is_known(text) && is_known(short)).unwrap_or(text), None)
}

/// The captions that only tables of a kind have.
pub(crate) fn own_fields(kind: PerformanceKind) -> &'static Words<(&'static str, Field)> {
    match kind {
        PerformanceKind::Project => &PROJECT_FIELDS,
        PerformanceKind::Overall => &OVERALL_FIELDS,
    }
}

/// Characters of the longest bracket behind a caption: （金额单位：人民币百万元）.
const LONGEST_BRACKET: usize = 16;

/// The longest caption at a position, with the bracket (`（万元）`, `（盖章）`) and the colon behind it.
fn caption(stream: &Stream<'_, '_>, start: usize, own: &'static Words<(&'static str, Field)>) -> Option<Caption> {
    let found = stream.words(start, &SHARED_FIELDS).chain(stream.words(start, own));
    let (&(_, field), mut end) = found.max_by_key(|(_, end)| *end)?;
    let mut money = None;
    let behind: String = (end..end + LONGEST_BRACKET).map(|at| stream.folded(at)).collect();
    if let Some((bracket, unit)) = bracket(&behind)
        && let Some(behind) = stream.word(end, bracket)
    {
        (end, money) = (behind, unit);
    }
    let colon = stream.word(end, ":");
    end = colon.unwrap_or(end);
    (colon.is_some() || stream.is_boundary(end) || stream.folded(end).is_ascii_digit()).then_some(Caption {
        field,
        start,
        end,
        money,
    })
}

fn claim_year(stream: &mut Stream<'_, '_>, range: Range<usize>) {
    let folded: String = range.clone().map(|at| stream.folded(at)).collect();
    if is_year(&folded) {
        stream.claim(range);
    }
}

/// Whether a folded text is the year below the title, `（2025年）`, which the disclosure itself has.
pub(crate) fn is_year(folded: &str) -> bool {
    let year = folded.trim_matches(['(', ')']).trim_end_matches('度').strip_suffix('年');
    year.is_some_and(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))
}
