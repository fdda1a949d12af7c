//! The fields above the indicators: captions with their values beside or below them, and money by source and phase.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use budget_document::CellValue;
use budget_model::{
    Amount, BudgetExecution, Decimal, Label, PerformanceDetail, PerformanceFund, PerformanceKind, PerformanceTable,
    Phase, Unit,
};

use super::super::caption;
use super::super::sheet::{Field as Cell, Sheet};
use crate::lexicon::Lexicon;
use crate::number::parse_number;
use crate::performance::head;
use crate::performance::vocabulary::{
    Column, Field, GRID_FIELDS, HEADER, PHASES, PROJECT_FIELDS, RATES, SCORES, SHARED_FIELDS,
};
use crate::text::{fold, squeeze};

/// What a caption announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Field(Field),
    Phase(Phase),
    /// 执行率
    Rate,
    /// 分值
    Weight,
    /// 得分
    Score,
    /// 小计, 合计 below another word
    Total,
}

impl Word {
    /// Whether amounts stand under it.
    fn is_money(self) -> bool {
        match self {
            Self::Phase(_) | Self::Total => true,
            Self::Field(field) => matches!(
                field,
                Field::Total
                    | Field::Fiscal
                    | Field::Other
                    | Field::FromAbove
                    | Field::OwnLevel
                    | Field::PeriodTotal
                    | Field::Fund
            ),
            Self::Rate | Self::Weight | Self::Score => false,
        }
    }
}

/// A caption and what its cell says beside it.
#[derive(Clone, Debug)]
struct Caption {
    word: Word,
    money: Option<Unit>,
    /// 预算单位：云溪县文化馆
    inline: Option<Label>,
}

/// The word that a folded text is.
fn word(folded: &str, kind: PerformanceKind) -> Option<Word> {
    let phase = || PHASES.find(folded).map(|(_, phase)| Word::Phase(*phase));
    let rate = || RATES.contains(folded).then_some(Word::Rate);
    let own = head::own_fields(kind);
    let field = || {
        let lists = [&*GRID_FIELDS, own, &*SHARED_FIELDS, &*PROJECT_FIELDS];
        let found = lists.into_iter().find_map(|list| list.find(folded));
        found.map(|(_, field)| Word::Field(*field))
    };
    let points = || match HEADER.find(folded)? {
        (_, Column::Weight) => Some(Word::Weight),
        (_, Column::Score) => Some(Word::Score),
        _ => None,
    };
    phase().or_else(rate).or_else(field).or_else(points).or_else(|| Lexicon::is_total(folded).then_some(Word::Total))
}

fn caption(cell: &Cell<'_>, kind: PerformanceKind) -> Option<Caption> {
    let known = |text: &str| word(text, kind).is_some();
    let (text, money) = head::bare(&cell.folded, known);
    if let Some(word) = word(text, kind) {
        return Some(Caption { word, money, inline: None });
    }
    let text = squeeze(&cell.text());
    let (front, value) = text.split_once(['：', ':'])?;
    let front = fold(front);
    let (front, money) = head::bare(&front, known);
    let word = word(front, kind).filter(|word| matches!(word, Word::Field(_)))?;
    Some(Caption { word, money, inline: Some(Label::new(value, cell.place())) })
}

/// How many cells of some rows are captions of fields: a form has several.
pub(super) fn captions(sheet: &Sheet<'_>, rows: Range<usize>) -> usize {
    let field = |cell: &&Cell<'_>| {
        caption(cell, PerformanceKind::Project).is_some_and(|caption| matches!(caption.word, Word::Field(_)))
    };
    rows.flat_map(|row| sheet.row(row)).filter(field).count()
}

/// Whether a row says which project or entity a form is of.
pub(super) fn names(sheet: &Sheet<'_>, row: usize) -> bool {
    let is_name = |cell: &Cell<'_>| {
        caption(cell, PerformanceKind::Project)
            .is_some_and(|caption| matches!(caption.word, Word::Field(Field::Name | Field::Unit | Field::Department)))
    };
    // 项目编码 | … | 项目名称 | …
    let is_field = |cell: &Cell<'_>| {
        caption(cell, PerformanceKind::Project).is_some_and(|caption| matches!(caption.word, Word::Field(_)))
    };
    sheet.row(row).first().is_some_and(is_field) && sheet.row(row).iter().any(is_name)
}

/// Whether the first rows are fields with their values beside them, as in a form of one project or entity, and no header of
/// a list: `部门（单位）名称 | 云溪县文化馆`.
pub(super) fn begins(sheet: &Sheet<'_>) -> bool {
    const FIRST_ROWS: usize = 3;
    const MOST_CELLS: usize = 4;
    (0..sheet.rows.len().min(FIRST_ROWS)).any(|row| {
        let cells = sheet.row(row);
        let pairs = cells.chunks(2).all(|pair| match pair {
            [word, value] => {
                caption(word, PerformanceKind::Project).is_some() && caption(value, PerformanceKind::Project).is_none()
            }
            _ => false,
        });
        pairs && cells.len() <= MOST_CELLS && names(sheet, row)
    })
}

/// Reads the rows above the indicators; returns the row behind the last of which something was made.
pub(super) fn read(sheet: &mut Sheet<'_>, rows: Range<usize>, table: &mut PerformanceTable) -> usize {
    let rows = rows.start..rows.end.min(rows.start + MOST_ROWS);
    let mut head = Head { captions: BTreeMap::new(), first: rows.start, used: BTreeSet::new() };
    for row in rows.clone() {
        if let Some(unit) = caption::read(sheet.row(row)).and_then(|caption| caption.unit) {
            table.money_unit = unit.0;
            head.used.extend(sheet.row(row).iter().map(|cell| (row, cell.column)));
            continue;
        }
        for cell in sheet.row(row) {
            if let Some(caption) = caption(cell, table.kind) {
                head.captions.insert((row, cell.column), caption);
            } else if head::is_year(&cell.folded) {
                head.used.insert((row, cell.column));
            }
        }
    }
    head.words(sheet, rows.end, table);
    for row in rows.clone() {
        let before = table.funds.len();
        head.numbers(sheet, row, table);
        if let Some(fund) = table.funds.get_mut(before) {
            head.task(sheet, row, fund);
        }
    }
    let end = head.used.iter().map(|(row, _)| row + 1).max().unwrap_or(rows.start);
    for (row, column) in head.used {
        sheet.take(row, column);
    }
    end
}

/// Takes the rest of a goal that stands at the top of a page, alone in its rows; returns the row behind it.
pub(super) fn goal_goes_on(sheet: &mut Sheet<'_>, rows: Range<usize>, table: &mut PerformanceTable) -> usize {
    let mut end = rows.start;
    for row in rows {
        let (Some(goal), [cell]) = (&mut table.goal, sheet.row(row)) else { break };
        if number(cell).is_some() || caption(cell, table.kind).is_some() {
            break;
        }
        goal.text.push_str(&squeeze(&cell.text()));
        sheet.take_row(row);
        end = row + 1;
    }
    end
}

/// A head has few rows; behind them, nothing is looked for.
const MOST_ROWS: usize = 400;

struct Head {
    captions: BTreeMap<(usize, usize), Caption>,
    first: usize,
    used: BTreeSet<(usize, usize)>,
}

impl Head {
    fn word(&self, row: usize, column: usize) -> Option<Word> {
        self.captions.get(&(row, column)).map(|caption| caption.word)
    }

    /// Fields whose values are words, and the unit of money.
    fn words(&mut self, sheet: &Sheet<'_>, end: usize, table: &mut PerformanceTable) {
        let captions = std::mem::take(&mut self.captions);
        for ((row, column), caption) in &captions {
            self.used.insert((*row, *column));
            if let Some(unit) = &caption.money {
                table.money_unit = unit.clone();
            }
            let Word::Field(field) = caption.word else { continue };
            if let Some(value) = &caption.inline {
                let number = parse_number(&value.text).map(|value_of| Amount { value: value_of, place: value.place });
                if !(value.text.is_empty()
                    || set_text(table, field, &cell_words(sheet, *row, *column), value)
                    || number.is_some_and(|number| set(table, field, number)))
                {
                    self.used.remove(&(*row, *column));
                }
                continue;
            }
            if let Some(value) = value(sheet, &captions, (*row, *column), end) {
                let mut label = value.label();
                let first = (value.cell.row as usize, value.column);
                let rest = rest(sheet, &captions, (*row, *column), first);
                for (row, column) in &rest {
                    label.text.extend(sheet.at(*row, *column).map(|cell| cell.label().text));
                }
                if set_text(table, field, &cell_words(sheet, *row, *column), &label) {
                    self.used.insert(first);
                    self.used.extend(rest);
                }
            }
        }
        self.captions = captions;
    }

    /// The amounts of a row.
    fn numbers(&mut self, sheet: &Sheet<'_>, row: usize, table: &mut PerformanceTable) {
        let cells = sheet.row(row);
        for (index, cell) in cells.iter().enumerate() {
            if self.captions.contains_key(&(row, cell.column)) || self.used.contains(&(row, cell.column)) {
                continue;
            }
            let above = self.above(sheet, row, cell.column);
            let left = index.checked_sub(1).and_then(|left| cells.get(left));
            let left_word = left.and_then(|left| self.word(row, left.column));
            let label = cells.iter().take(index).find(|cell| number(cell).is_none());
            let is_used = match above.last().map(|(word, _)| *word) {
                Some(word @ (Word::Rate | Word::Weight | Word::Score)) if label.is_some() => {
                    is_blank(cell)
                        || label.is_some_and(|label| {
                            let is_whole = self.word(row, label.column) == Some(Word::Field(Field::Total))
                                || SCORES.contains(&label.folded)
                                || Lexicon::is_total(&label.folded);
                            let of = if is_whole { Some(&mut table.execution) } else { of_source(table, label) };
                            of.is_some_and(|execution| set_execution(execution, word, cell))
                        })
                }
                _ => match number(cell) {
                    Some(value) => {
                        let amount = Amount { value, place: cell.place() };
                        self.amount(
                            sheet,
                            row,
                            left.filter(|_| left_word.is_some_and(|word| word.is_money() && word != Word::Total)),
                            label,
                            &above,
                            amount,
                            table,
                        )
                    }
                    None => is_blank(cell) && !above.is_empty(),
                },
            };
            if is_used {
                self.used.insert((row, cell.column));
                if let Some(label) = label.filter(|label| !above.is_empty() && self.word(row, label.column).is_none()) {
                    self.used.insert((row, label.column));
                }
            }
        }
    }

    /// What the money of a row is for, and what became of it: `任务名称 | 主要内容 | 完成情况 | 全年预算数 | …`.
    fn task(&mut self, sheet: &Sheet<'_>, row: usize, fund: &mut PerformanceFund) {
        for cell in sheet.row(row) {
            let place = (row, cell.column);
            if self.used.contains(&place) || self.captions.contains_key(&place) {
                continue;
            }
            let above = (self.first..row).rev().find_map(|upper| {
                let cell = sheet.at(upper, cell.column)?;
                self.word(upper, cell.column)
            });
            let text = match above {
                Some(Word::Field(Field::Content)) => &mut fund.content,
                Some(Word::Field(Field::Outcome)) => &mut fund.outcome,
                _ => continue,
            };
            *text = Some(squeeze(&cell.text()));
            self.used.insert(place);
        }
    }

    /// The captions above a cell, from the top, as far as they are of money or points.
    fn above(&self, sheet: &Sheet<'_>, row: usize, column: usize) -> Vec<(Word, String)> {
        let mut above: Vec<(Word, String)> = Vec::new();
        let mut last = None;
        for upper in self.first..row {
            let Some(cell) = sheet.shown(upper, column) else { continue };
            let at = cell.cell.row as usize;
            if last == Some((at, cell.column)) {
                continue;
            }
            last = Some((at, cell.column));
            match self.word(at, cell.column) {
                Some(word) if word.is_money() || matches!(word, Word::Rate | Word::Weight | Word::Score) => {
                    above.push((word, squeeze(&cell.text())));
                }
                // 目标 stands over another block.
                Some(_) => above.clear(),
                None => {}
            }
        }
        above
    }

    /// An amount beside its caption, or below the head of its column.
    #[expect(clippy::too_many_arguments, reason = "what a number stands beside and below")]
    fn amount(
        &self,
        sheet: &Sheet<'_>,
        row: usize,
        beside: Option<&Cell<'_>>,
        label: Option<&Cell<'_>>,
        above: &[(Word, String)],
        amount: Amount,
        table: &mut PerformanceTable,
    ) -> bool {
        let phase = above.iter().find_map(|(word, _)| match word {
            Word::Phase(phase) => Some(*phase),
            _ => None,
        });
        let mut path: Vec<String> = above.iter().map(|(_, text)| text.clone()).collect();
        match (beside, label) {
            (Some(beside), _) if phase.is_none() => {
                let field = match self.word(row, beside.column) {
                    Some(Word::Field(field)) => field,
                    _ => Field::Fund,
                };
                let period = (self.first..row).find_map(|upper| {
                    let is_period = self.word(upper, beside.column) == Some(Word::Field(Field::PeriodTotal));
                    sheet.at(upper, beside.column).filter(|_| is_period)
                });
                if period.is_none() && set(table, field, amount) {
                    return true;
                }
                path = period.into_iter().chain([beside]).map(|cell| squeeze(&cell.text())).collect();
            }
            (_, Some(label)) if !path.is_empty() => path.insert(0, squeeze(&label.text())),
            (_, None) if !path.is_empty() => {
                let words: Vec<Word> =
                    above.iter().map(|(word, _)| *word).filter(|word| *word != Word::Total).collect();
                if let [Word::Field(field)] = words.as_slice()
                    && set(table, *field, amount)
                {
                    return true;
                }
            }
            _ => return false,
        }
        let mut fund = PerformanceFund::new(path, amount);
        fund.phase = phase;
        table.funds.push(fund);
        true
    }
}

/// The value of a caption: beside it, or below it where another caption stands beside it.
fn value<'s, 'g>(
    sheet: &'s Sheet<'g>,
    captions: &BTreeMap<(usize, usize), Caption>,
    (row, column): (usize, usize),
    end: usize,
) -> Option<&'s Cell<'g>> {
    let is_caption = |row, column| captions.contains_key(&(row, column));
    let next = sheet.row(row).iter().find(|cell| cell.column > column);
    if let Some(next) = next.filter(|next| !is_caption(row, next.column)) {
        return Some(next);
    }
    let below = sheet.at(row, column)?.cell.rows().end as usize;
    let value = sheet.at(below, column).filter(|_| below < end && !is_caption(below, column))?;
    let before = sheet.row(below).iter().rev().find(|cell| cell.column < column);
    before.is_none_or(|before| !is_caption(below, before.column)).then_some(value)
}

/// The caption that a cell prints, without its colon and what stands behind it.
fn cell_words(sheet: &Sheet<'_>, row: usize, column: usize) -> String {
    let text = sheet.at(row, column).map(|cell| squeeze(&cell.text())).unwrap_or_default();
    text.split(['：', ':']).next().unwrap_or_default().to_owned()
}

/// What of a text stands below its first cell, where its caption is merged over further rows: 年度总体目标.
fn rest(
    sheet: &Sheet<'_>,
    captions: &BTreeMap<(usize, usize), Caption>,
    caption: (usize, usize),
    first: (usize, usize),
) -> Vec<(usize, usize)> {
    let end = sheet.at(caption.0, caption.1).map_or(0, |cell| cell.cell.rows().end as usize);
    let cells = (first.0 + 1..end).map(|row| (row, first.1));
    let is_text = |(row, column): &(usize, usize)| {
        sheet.at(*row, *column).is_some_and(|cell| number(cell).is_none() && sheet.row(*row).len() == 1)
            && !captions.contains_key(&(*row, *column))
    };
    if first.0 == caption.0 { cells.take_while(is_text).collect() } else { Vec::new() }
}

/// The number of a cell that is one.
fn number(cell: &Cell<'_>) -> Option<Decimal> {
    match &cell.cell.value {
        CellValue::Number(number) => Some(*number),
        _ => parse_number(&squeeze(&cell.text())),
    }
}

/// A dash that stands for nothing.
fn is_blank(cell: &Cell<'_>) -> bool {
    matches!(cell.folded.as_str(), "-" | "—" | "--" | "——" | "/")
}

/// What was spent of a source, behind its amounts: `其中：当年财政拨款 | 352.74 | 352.66 | — | 99.98% | —`.
fn of_source<'t>(table: &'t mut PerformanceTable, label: &Cell<'_>) -> Option<&'t mut Option<BudgetExecution>> {
    let source = squeeze(&label.text());
    let fund = table.funds.iter_mut().rev().find(|fund| fund.path.first() == Some(&source))?;
    Some(&mut fund.execution)
}

fn set_execution(execution: &mut Option<BudgetExecution>, word: Word, cell: &Cell<'_>) -> bool {
    let execution = execution.get_or_insert_with(BudgetExecution::default);
    match word {
        Word::Rate if execution.rate.is_none() => execution.rate = Some(squeeze(&cell.text())),
        Word::Weight if execution.weight.is_none() => execution.weight = number(cell),
        Word::Score if execution.score.is_none() => execution.score = number(cell),
        _ => return false,
    }
    true
}

/// Sets a field whose value is a text, and says whether it is one.
pub(super) fn set_label(table: &mut PerformanceTable, field: Field, value: &Label) -> bool {
    let label = match field {
        Field::Unit => &mut table.unit,
        Field::Name => &mut table.name,
        Field::Responsible => &mut table.responsible,
        Field::Telephone => &mut table.telephone,
        Field::Department => &mut table.department,
        Field::Goal => &mut table.goal,
        Field::Achievement => &mut table.achievement,
        _ => return false,
    };
    let is_new = label.is_none() && !value.text.is_empty();
    if is_new {
        *label = Some(value.clone());
    }
    is_new
}

/// Sets a field whose value is a text, or keeps the text under its caption; says whether the field is of either kind.
fn set_text(table: &mut PerformanceTable, field: Field, caption: &str, value: &Label) -> bool {
    if field == Field::Detail {
        table.details.push(PerformanceDetail::new(caption, value.clone()));
        return true;
    }
    set_label(table, field, value)
}

/// Sets a field whose value is an amount, and says whether it is one.
pub(super) fn set(table: &mut PerformanceTable, field: Field, amount: Amount) -> bool {
    let money = match field {
        Field::Total => &mut table.total,
        Field::Fiscal => &mut table.fiscal,
        Field::Other => &mut table.other,
        Field::FromAbove => &mut table.from_above,
        Field::OwnLevel => &mut table.own_level,
        _ => return false,
    };
    let is_new = money.is_none();
    if is_new {
        *money = Some(amount);
    }
    is_new
}
