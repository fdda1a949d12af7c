//! The header of a table: which column of the grid is which column of the form.
//!
//! Columns are found by their words alone, never by counting: the words above a column, from the top level to the bottom,
//! are compared with the header words of the form.

use std::collections::HashSet;

use budget_document::CellValue;
use budget_model::{Column, Label, Place, Side, Unit};

use super::caption;
use super::sheet::{Field, Merge, Sheet};
use crate::column_numbers;
use crate::layout::{Shape, TableForm};
use crate::number::{Printed, parse_number, printed};
use crate::text::{fold, squeeze};

/// What a column of the grid holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// 类 (0), 款 (1) or 项 (2) of a code, or all of it.
    Code(u8),
    /// The name of the row.
    Name,
    /// 项目名称
    Project,
    /// Figures of a column of the form.
    Figures(u16),
    /// Nothing that the form has.
    Other,
}

/// A column of the grid.
#[derive(Clone, Debug)]
pub(super) struct GridColumn {
    pub(super) at: usize,
    /// Revenue or expenditure, in a table with two sides.
    pub(super) side: Option<Side>,
    pub(super) content: Content,
    /// The lowest word above it.
    pub(super) label: Label,
    /// All words above it, folded, from the top level to the bottom.
    path: Vec<String>,
}

/// The header of a table.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub(super) columns: Vec<GridColumn>,
    /// The first row of the body.
    pub(super) body: usize,
    /// The rows that make up the header.
    pub(super) rows: Vec<usize>,
    /// Rows inside or above the header that belong to the caption.
    pub(super) captions: Vec<usize>,
    /// A unit in the header words: 预算数（万元）
    pub(super) unit: Option<(Unit, Place)>,
    /// How well the words fit the form; 0 if no figure column does.
    pub(super) fit: i64,
}

/// More columns than any form has; a header that is wider is read up to here.
const MOST_COLUMNS: usize = 512;
/// The parts of a code, as words of a header.
const CODE_PARTS: [&str; 3] = ["类", "款", "项"];
/// Bytes of the longest column number, which explains a sum: `5=6+7+8+9+10+11`.
const MOST_COLUMN_NUMBER: usize = 80;
/// Rows below a title in which the header begins, at the latest.
const LEAD: usize = 24;
/// Rows of a header: four levels, column numbers, and some blank ones.
const MOST_ROWS: usize = 16;

/// Finds the header of a form in the rows from `start` to `end`. `None` if there is none.
pub(super) fn read(sheet: &Sheet<'_>, start: usize, end: usize, form: &TableForm) -> Option<Header> {
    let words = Vocabulary::new(form);
    let mut rows: Vec<usize> = Vec::new();
    let mut captions = Vec::new();
    let mut numbers = Vec::new();
    let mut row = start;
    while row < end && row < start + LEAD + MOST_ROWS && rows.len() < MOST_ROWS {
        let fields = sheet.row(row);
        if fields.is_empty() {
        } else if caption::read(fields).is_some() {
            captions.push(row);
        } else if is_column_numbers(fields) && !rows.is_empty() {
            numbers.push(row);
        } else if words.is_header(fields, |field| rows.iter().any(|above| sheet.shown(*above, field.column).is_some()))
        {
            rows.push(row);
        } else if !rows.is_empty() {
            if !is_unknown_level(sheet, row, end, &words, &rows) {
                break;
            }
            rows.push(row);
        } else if row > start + LEAD || fields.iter().any(Field::is_number) {
            return None;
        }
        row += 1;
    }
    let (first, last) = (*rows.first()?, *rows.last()?);
    let body = numbers.last().map_or(last, |numbers| last.max(*numbers)) + 1;
    captions.retain(|row| *row < body);
    // 类 款 项 栏次 1 2 3: words of the header stand in the row of numbers.
    let is_part = |row: &&usize| sheet.row(**row).iter().any(|field| CODE_PARTS.contains(&field.folded.as_str()));
    rows.extend(numbers.iter().filter(is_part));
    rows.sort_unstable();
    let last = rows.last().copied().unwrap_or(last);
    let mut columns = paths(sheet, &rows, &numbers, last);
    let mut unit = None;
    for column in &mut columns {
        for word in &mut column.path {
            if let Some((plain, found)) = without_unit(word) {
                unit.get_or_insert((found, column.label.place));
                *word = plain;
            }
        }
    }
    let mut header = Header { columns, body, rows, captions, unit, fit: 0 };
    header.rows.extend(numbers);
    header.rows.sort_unstable();
    header.rows.dedup();
    header.rows.retain(|row| (first..body).contains(row));
    header.sides(form);
    header.fit = header.figures(form);
    header.names(form);
    (header.fit > 0).then_some(header)
}

/// Whether a row between two rows of header words is a level of the header whose words the form does not have: 本年支出
/// above 合计 and 基本支出. It then spans columns, and a row of the body does not.
fn is_unknown_level(sheet: &Sheet<'_>, row: usize, end: usize, words: &Vocabulary, above: &[usize]) -> bool {
    let fields = sheet.row(row);
    let spans = |merge: &Merge| merge.first.1 < merge.last.1 && sheet.at(row, merge.first.1 as usize).is_some();
    let below = |field: &Field<'_>| above.iter().any(|above| sheet.shown(*above, field.column).is_some());
    let next = (row + 1..end).map(|next| sheet.row(next)).find(|fields| !fields.is_empty());
    are_texts(fields)
        && next.is_some_and(|next| words.is_header(next, below))
        && sheet.merges(row, row).iter().any(spans)
}

impl Header {
    /// The header of a table that has none.
    pub(super) fn without_columns(body: usize) -> Self {
        Self { columns: Vec::new(), body, rows: Vec::new(), captions: Vec::new(), unit: None, fit: 0 }
    }

    /// The columns of one side of the table, or all of them.
    pub(super) fn of_side(&self, side: Option<Side>) -> impl Iterator<Item = &GridColumn> {
        self.columns.iter().filter(move |column| column.side == side)
    }

    /// How many columns of the form were found.
    pub(super) fn figure_columns(&self) -> usize {
        let found: HashSet<u16> = self
            .columns
            .iter()
            .filter_map(|column| match column.content {
                Content::Figures(index) => Some(index),
                _ => None,
            })
            .collect();
        found.len()
    }

    /// Whether a row of the body is the header again, printed on top of a new page.
    pub(super) fn is_repeated(&self, fields: &[Field<'_>]) -> bool {
        let repeats = |field: &Field<'_>| {
            let column = self.columns.iter().find(|column| column.at == field.column);
            !field.folded.is_empty() && column.is_some_and(|column| column.path.contains(&field.folded))
        };
        is_column_numbers(fields) || (fields.len() > 1 && fields.iter().all(repeats))
    }

    /// Which columns show revenue and which expenditure.
    fn sides(&mut self, form: &TableForm) {
        if form.shape != Shape::TwoSided {
            return;
        }
        let mut side = Side::Revenue;
        let mut names = 0;
        for column in &mut self.columns {
            // The top level says which side it is; without one, the second column of names begins the second side.
            let top = column.path.split_last().map_or(&[][..], |(_, above)| above);
            if top.iter().any(|word| word.contains("收入")) {
                side = Side::Revenue;
            } else if top.iter().any(|word| word.contains("支出")) && !(names == 0 && side == Side::Revenue) {
                side = Side::Expenditure;
            }
            if column.path.last().is_some_and(|word| is_name(word)) {
                names += 1;
                if names > 1 {
                    side = Side::Expenditure;
                }
            }
            column.side = Some(side);
        }
    }

    /// Gives grid columns the columns of the form that their words fit best; returns how well they fit altogether.
    fn figures(&mut self, form: &TableForm) -> i64 {
        let targets: Vec<Target> = form.columns.iter().map(Target::new).collect();
        let shared = |word: &str| {
            targets.iter().filter(|target| target.words.last().is_some_and(|last| last == word)).count() > 1
        };
        let mut pairs: Vec<(i64, usize, usize)> = Vec::new();
        for (at, column) in self.columns.iter().enumerate() {
            for (index, target) in targets.iter().enumerate() {
                if let Some(score) = target.fit(&column.path, shared) {
                    pairs.push((score, at, index));
                }
            }
        }
        pairs.sort_unstable_by_key(|(score, at, index)| (std::cmp::Reverse(*score), *at, *index));
        let mut total = 0;
        let mut taken: HashSet<(Option<Side>, usize)> = HashSet::new();
        for (score, at, index) in pairs {
            let Some(column) = self.columns.get_mut(at) else { continue };
            if column.content == Content::Other && taken.insert((column.side, index)) {
                column.content = Content::Figures(index as u16);
                total += score;
            }
        }
        // The revenue side has one column of figures, which is the total whatever it is called.
        let total_word = |word: &String| ["预算数", "金额", "合计", "本年预算", "本年预算数"].contains(&word.as_str());
        if form.shape == Shape::TwoSided && !taken.contains(&(Some(Side::Revenue), 0)) {
            let revenue = self.columns.iter_mut().filter(|column| column.side == Some(Side::Revenue));
            if let Some(column) = revenue
                .into_iter()
                .find(|column| column.content == Content::Other && column.path.last().is_some_and(total_word))
            {
                column.content = Content::Figures(0);
            }
        }
        total
    }

    /// Codes and names among the columns that hold no figures.
    fn names(&mut self, form: &TableForm) {
        let mut named: HashSet<Option<Side>> = HashSet::new();
        let mut code_words: HashSet<(Option<Side>, String)> = HashSet::new();
        let mut next_part = 0;
        for column in self.columns.iter_mut().filter(|column| column.content == Content::Other) {
            let Some(word) = column.path.last() else { continue };
            column.content = match word.as_str() {
                "类" => Content::Code(0),
                "款" => Content::Code(1),
                "项" => Content::Code(2),
                word if word.ends_with("编码") || word.ends_with("代码") => {
                    // One merged word over several columns: 类, 款, 项 without words of their own.
                    next_part = if code_words.insert((column.side, word.to_owned())) { 0 } else { next_part + 1 };
                    Content::Code(u8::min(next_part, 2))
                }
                "项目名称" if matches!(form.shape, Shape::Projects) => Content::Project,
                word if is_name(word) && named.insert(column.side) => Content::Name,
                "项目" if matches!(form.shape, Shape::Projects) => Content::Project,
                _ => Content::Other,
            };
        }
    }
}

/// The header words of a form.
struct Vocabulary {
    words: HashSet<String>,
    labels: HashSet<String>,
}

impl Vocabulary {
    fn new(form: &TableForm) -> Self {
        let of_columns =
            form.columns.iter().flat_map(|column| column.header.iter().chain([&column.label])).map(|word| fold(word));
        let labels =
            form.rows.iter().flat_map(|row| &row.labels).chain(&form.revenue_total).chain(&form.expenditure_total);
        Self {
            words: form.words.iter().cloned().chain(of_columns).chain(["类", "款", "项"].map(str::to_owned)).collect(),
            labels: labels.map(|label| fold(label)).chain(["合计", "总计"].map(str::to_owned)).collect(),
        }
    }

    /// Whether a row is one of header words. `below` says whether a header word stands above a cell already.
    fn is_header(&self, fields: &[Field<'_>], below: impl Fn(&Field<'_>) -> bool) -> bool {
        let is_word = |field: &Field<'_>| {
            self.words.contains(&field.folded)
                || without_unit(&field.folded).is_some_and(|(word, _)| self.words.contains(&word))
        };
        let mut words = 0;
        let mut labels = 0;
        for field in fields {
            words += usize::from(is_word(field));
            // 合计 and 一般公共预算 are header words and row labels.
            labels += usize::from(self.labels.contains(&field.folded) && below(field));
        }
        words > 0 && labels < fields.len() && are_texts(fields)
    }
}

/// Whether there is no number and no code in a row.
fn are_texts(fields: &[Field<'_>]) -> bool {
    fields.iter().all(|field| {
        let is_code = field.folded.len() >= 3 && field.folded.bytes().take(3).all(|byte| byte.is_ascii_digit());
        !field.is_number() && !is_code && !is_figure(&field.folded)
    })
}

/// A figure, with all that may stand around it: `404.17万元`. (1) and 2- number words.
fn is_figure(folded: &str) -> bool {
    match printed(folded) {
        Printed::Figure(value, _) => value.scale() > 0 || parse_number(folded).is_some(),
        Printed::Damaged => folded.contains('.'),
        Printed::Blank | Printed::Words => false,
    }
}

/// A row of ※ and 1, 2, 3 under the header. A number of a column may be shown as `1.00`, like the figures below it.
pub(super) fn is_column_numbers(fields: &[Field<'_>]) -> bool {
    let text = |field: &Field<'_>| match field.cell.value {
        CellValue::Number(number) => number.normalize().to_string(),
        _ => field.text(),
    };
    let are_short = fields.iter().all(|field| field.is_number() || field.folded.len() <= MOST_COLUMN_NUMBER);
    are_short && column_numbers::count(fields.iter().map(text)).is_some()
}

/// The columns below the header rows and the words above each.
fn paths(sheet: &Sheet<'_>, rows: &[usize], numbers: &[usize], last: usize) -> Vec<GridColumn> {
    let Some(first) = rows.first().copied() else { return Vec::new() };
    let depth = last + 1 - first;
    let width = rows.iter().filter_map(|row| sheet.row(*row).last()).map(|field| field.column + 1).max().unwrap_or(0);
    let merges = sheet.merges(first, last);
    let reach = merges.iter().map(|merge| merge.last.1 as usize + 1).max().unwrap_or(0);
    let width = width.max(reach).min(MOST_COLUMNS);
    // Which cell is shown where; a merged cell is shown everywhere.
    let mut shown: Vec<Vec<Option<&Field<'_>>>> = vec![vec![None; width]; depth];
    for row in rows {
        for field in sheet.row(*row) {
            if numbers.contains(row) && !CODE_PARTS.contains(&field.folded.as_str()) {
                continue;
            }
            if let Some(slot) = shown.get_mut(row - first).and_then(|slots| slots.get_mut(field.column)) {
                *slot = Some(field);
            }
        }
    }
    for merge in merges {
        let (top, left) = (merge.first.0 as usize, merge.first.1 as usize);
        let Some(field) = sheet.at(top, left).filter(|_| rows.contains(&top) && !numbers.contains(&top)) else {
            continue;
        };
        for slots in shown.iter_mut().take((merge.last.0 as usize + 1).saturating_sub(first)).skip(top - first) {
            for slot in slots.iter_mut().take(merge.last.1 as usize + 1).skip(left) {
                slot.get_or_insert(field);
            }
        }
    }
    if merges.is_empty() {
        spread(&mut shown);
    }
    let mut columns = Vec::new();
    for at in 0..width {
        let mut path: Vec<String> = Vec::new();
        let mut lowest: Option<&Field<'_>> = None;
        for field in shown.iter().filter_map(|slots| slots.get(at).copied().flatten()) {
            if lowest.is_none_or(|above| !std::ptr::eq(above, field)) && !field.folded.is_empty() {
                path.push(field.folded.clone());
                lowest = Some(field);
            }
        }
        let Some(lowest) = lowest else { continue };
        columns.push(GridColumn {
            at,
            side: None,
            content: Content::Other,
            label: Label::new(squeeze(&lowest.text()), lowest.place()),
            path,
        });
    }
    columns
}

/// In a grid without merged cells, a word of an upper level stands once above all columns it is for: it is shown above
/// the blank ones to its right too, where a lower level has a word.
fn spread(shown: &mut [Vec<Option<&Field<'_>>>]) {
    for level in 0..shown.len().saturating_sub(1) {
        let (upper, lower) = shown.split_at_mut(level + 1);
        let Some(upper) = upper.last_mut() else { continue };
        let mut left = None;
        for (at, slot) in upper.iter_mut().enumerate() {
            if slot.is_some() {
                left = *slot;
            } else if lower.iter().any(|below| below.get(at).copied().flatten().is_some()) {
                *slot = left;
            }
        }
    }
}

/// The words by which a column of the form is known.
struct Target {
    /// From the top level to the bottom, folded.
    words: Vec<String>,
    label: String,
}

impl Target {
    fn new(column: &Column) -> Self {
        let words = if column.header.is_empty() {
            vec![fold(&column.label)]
        } else {
            column.header.iter().map(|word| fold(word)).collect()
        };
        Self { words, label: fold(&column.label) }
    }

    /// How well the words above a grid column fit; `None` if they do not.
    fn fit(&self, path: &[String], shared: impl Fn(&str) -> bool) -> Option<i64> {
        let (lowest, above) = path.split_last()?;
        let (last, uppers) = self.words.split_last()?;
        // 301工资福利支出
        let lowest = lowest.trim_start_matches(|character: char| character.is_ascii_digit());
        let joined = above.last().map(|upper| format!("{upper}{lowest}"));
        let base = if lowest == last {
            100
        } else if lowest == self.label {
            90
        } else if joined.is_some_and(|joined| joined == *last || joined == self.label) {
            80
        } else {
            return None;
        };
        let hits = uppers.iter().filter(|upper| above.contains(upper)).count() as i64;
        let missing = uppers.len() as i64 - hits;
        // 小计 below 财政拨款 and 小计 below 非财政拨款 are told apart by what stands above, or not at all.
        if missing > 0 && (shared(last) || shared(lowest)) {
            return None;
        }
        Some(base + 20 * hits - 5 * missing - (above.len() as i64 - hits))
    }
}

/// A header word of a column of names.
fn is_name(word: &str) -> bool {
    ["名称", "科目", "项目", "分类", "内容", "单位"].iter().any(|end| word.ends_with(end))
}

/// 预算数(万元) as 预算数 and 万元.
fn without_unit(word: &str) -> Option<(String, Unit)> {
    let (plain, inside) = word.strip_suffix(')')?.rsplit_once('(')?;
    let inside = inside.rsplit_once(':').map_or(inside, |(_, unit)| unit);
    Some((plain.to_owned(), caption::money(inside)?)).filter(|(plain, _)| !plain.is_empty())
}
