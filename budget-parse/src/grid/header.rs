//! The header of a table: which rows it has, and what each column of the grid prints above its cells.
//!
//! Nothing here knows a form. Header rows are those above the first row of figures in which a word stands above a column of
//! figures; a column is what the document prints, with the words above it from the top level to the bottom.

use std::collections::HashSet;
use std::ops::Range;

use budget_model::{Label, Place, TableKind};

use super::body::{is_blank, is_number};
use super::sheet::{Field, Sheet};
use crate::lexicon::{ColumnMeaning, Lexicon, Title, column_numbers};
use crate::text::{fold, squeeze};
use budget_document::{CellValue, Mark};

/// What a column of the grid holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A part of a code: the run of columns it belongs to, counted in its panel, and the part (类 0, 款 1, 项 2).
    Code { run: u8, part: u8 },
    /// Words: the name of the row, a unit, a project.
    Text,
    /// Figures.
    Figures,
    /// 序号, 行次, 备注: nothing that says what a figure is.
    Counter,
}

/// A column as it is printed.
#[derive(Clone, Debug)]
pub(super) struct PrintedColumn {
    /// The columns of the grid it takes, mostly one.
    pub(super) first: usize,
    pub(super) last: usize,
    /// The words above it, from the top level to the bottom.
    pub(super) path: Vec<Label>,
    pub(super) content: Content,
    /// Whether words of several columns stand in one cell above it, and nobody knows which are its own.
    pub(super) is_mixed: bool,
    /// The part of the table it belongs to: revenue and expenditure stand side by side, each with its own names.
    pub(super) panel: u8,
}

impl PrintedColumn {
    /// The lowest word, folded; empty without one.
    pub(super) fn leaf(&self) -> String {
        self.path.last().map(|label| fold(&label.text)).unwrap_or_default()
    }

    /// All words above it, folded.
    pub(super) fn folded_path(&self) -> Vec<String> {
        self.path.iter().map(|label| fold(&label.text)).collect()
    }
}

/// The header of a table and its columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    pub(super) columns: Vec<PrintedColumn>,
    /// The rows of words.
    pub(super) rows: Vec<usize>,
    /// The first row below it.
    pub(super) body: usize,
}

impl Header {
    /// The columns of a panel.
    pub(super) fn of_panel(&self, panel: u8) -> impl Iterator<Item = &PrintedColumn> {
        self.columns.iter().filter(move |column| column.panel == panel)
    }

    /// How many panels it has.
    pub(super) fn panels(&self) -> u8 {
        self.columns.iter().map(|column| column.panel + 1).max().unwrap_or(0)
    }

    pub(super) fn has_figures(&self) -> bool {
        self.columns.iter().any(|column| column.content == Content::Figures)
    }
}

/// More columns than any form has; a header that is wider is read up to here.
const MOST_COLUMNS: usize = 512;
/// Bytes of the longest column number, which explains a sum: `5=6+7+8+9+10+11`.
const MOST_COLUMN_NUMBER: usize = 80;
/// Rows of a header: five levels and some blank ones.
const MOST_ROWS: usize = 12;

/// Reads the header at the top of `rows`, the rows of a table that hold cells.
pub(super) fn read(sheet: &Sheet<'_>, rows: &[usize]) -> Header {
    let first = rows.iter().position(|row| begins_body(sheet, *row)).unwrap_or(rows.len());
    let width = width(sheet, rows);
    // 云溪县文化馆2026年没有使用“三公”经费，本表为空表。 is merged over all columns and shows none.
    let of_columns = |rows: &[usize]| -> Vec<usize> {
        let rows: Vec<usize> = rows.iter().copied().filter(|row| !is_sentence(sheet, *row)).collect();
        let below: Vec<usize> = rows.iter().copied().filter(|row| !is_column_numbers(sheet.row(*row))).collect();
        // Of an empty table the row of column numbers may show which columns are of words: ※ 1 2 3, not 栏次 1 2 3.
        let is_mark = |field: &Field<'_>| !field.is_number() && !field.folded.chars().any(char::is_alphanumeric);
        let is_marked = |row: &usize| sheet.row(*row).first().is_some_and(is_mark);
        if below.is_empty() { rows.into_iter().filter(is_marked).collect() } else { below }
    };
    let figures = figure_tracks(sheet, &of_columns(rows.get(first..).unwrap_or_default()), width);
    let mut header = Header::default();
    let mut count = 0;
    for (index, row) in rows.iter().enumerate().take(first.min(MOST_ROWS)) {
        if !header.rows.is_empty() && is_column_numbers(sheet.row(*row)) {
            // 类 款 项 栏次 1 2 3: words of the header stand in the row of numbers.
            if sheet.row(*row).iter().any(|field| Lexicon::leaf(&field.folded).part().is_some()) {
                header.rows.push(*row);
            }
            count = index + 1;
            continue;
        }
        let stands_above = |track: &Range<usize>| {
            track.clone().any(|column| {
                let shown = sheet.shown(*row, column);
                shown.is_some_and(|field| !field.folded.is_empty() && !is_number(field))
            })
        };
        let is_header = if figures.is_empty() {
            index == 0 || (sheet.row(*row).len() > 1 && !begins_list(sheet, *row, &header))
        } else {
            figures.iter().any(stands_above)
        };
        if !is_header || is_row_of_body(sheet, *row, &header) {
            break;
        }
        header.rows.push(*row);
        count = index + 1;
    }
    header.body = rows.get(count).copied().unwrap_or_else(|| rows.last().map_or(0, |row| row + 1));
    let body = of_columns(rows.get(count..).unwrap_or_default());
    header.columns = columns(sheet, &header.rows, &body, width);
    panels(&mut header.columns);
    code_runs(&mut header.columns);
    header
}

/// A row below the header without figures: 注：… below that of an empty table.
fn is_row_of_body(sheet: &Sheet<'_>, row: usize, header: &Header) -> bool {
    !header.rows.is_empty() && is_sentence(sheet, row)
}

/// A note alone in its row.
fn is_sentence(sheet: &Sheet<'_>, row: usize) -> bool {
    matches!(sheet.row(row), [field] if !is_number(field) && Lexicon::is_note(&field.text()))
}

/// Whether a row below the words of a header begins the list of a blank form: 一、财政拨款收入, 收入总计.
fn begins_list(sheet: &Sheet<'_>, row: usize, header: &Header) -> bool {
    let Some(first) = sheet.row(row).first().filter(|_| !header.rows.is_empty()) else { return false };
    let is_below = header.rows.iter().any(|above| sheet.at(*above, first.column).is_some());
    let are_totals = || sheet.row(row).iter().all(|field| Lexicon::is_total(&field.folded));
    is_below && (super::meaning::has_ordinal(&first.label().text) || are_totals())
}

/// Whether a row has a figure, or a name with its code: no header has.
fn begins_body(sheet: &Sheet<'_>, row: usize) -> bool {
    sheet.row(row).iter().any(|field| {
        is_number(field)
            || super::code::leading(&squeeze(&field.text())).is_some()
            || super::code::digits(field).is_some_and(|digits| digits.len() >= 3)
    })
}

fn width(sheet: &Sheet<'_>, rows: &[usize]) -> usize {
    let last = |row: &usize| sheet.row(*row).iter().map(|field| sheet.right_end(*row, field.column)).max();
    rows.iter().filter_map(last).max().map_or(0, |last| last + 1).min(MOST_COLUMNS)
}

/// How often figures and other texts begin in each column of the grid.
fn counts(sheet: &Sheet<'_>, body: &[usize], width: usize) -> Vec<Count> {
    let mut counts = vec![Count::default(); width];
    // A dash says of a column neither that it has words nor that it has figures.
    let cells = body
        .iter()
        .flat_map(|row| sheet.row(*row))
        .filter(|field| !matches!(field.cell.value, CellValue::Error(_)) && !is_blank(field));
    for field in cells {
        if let Some(count) = counts.get_mut(field.column) {
            count.figures += usize::from(is_number(field));
            let is_code = super::code::digits(field).is_some_and(|digits| digits.len() > 1);
            count.codes += usize::from(is_code && !field.text().contains(['.', ',', '，', '．']));
            count.texts += 1;
        }
    }
    counts
}

#[derive(Clone, Copy, Default)]
struct Count {
    figures: usize,
    /// Figures that are nothing but a few digits.
    codes: usize,
    /// All cells.
    texts: usize,
}

impl Count {
    fn are_figures(self) -> bool {
        self.figures > 0 && 10 * self.figures >= 6 * self.texts
    }

    fn plus(self, other: Self) -> Self {
        Self { figures: self.figures + other.figures, codes: self.codes + other.codes, texts: self.texts + other.texts }
    }
}

/// The tracks of a body: runs of grid columns that most rows have under one cell. Double borders and frames that another
/// program cut leave more columns in a grid than the table has.
fn tracks(sheet: &Sheet<'_>, rows: &[usize], body: &[usize], width: usize) -> Vec<Range<usize>> {
    // How many cells begin in a column, and how many reach over its left border.
    let mut begins = vec![0usize; width];
    let mut reaches = vec![0usize; width];
    for row in body {
        for field in sheet.row(*row) {
            let end = sheet.right_end(*row, field.column).min(width.saturating_sub(1));
            begins.get_mut(field.column).into_iter().for_each(|count| *count += 1);
            // 合计 may be merged over all columns of words.
            if Lexicon::is_total(&field.folded) {
                continue;
            }
            let over = reaches.iter_mut().take(end + 1).skip(field.column + 1);
            over.for_each(|count| *count += 1);
        }
    }
    let mut is_header_begin = vec![false; width];
    for row in rows {
        for field in sheet.row(*row) {
            is_header_begin.get_mut(field.column).into_iter().for_each(|begin| *begin = true);
        }
    }
    let mut tracks: Vec<Range<usize>> = Vec::new();
    for at in 0..width {
        let (begin, reach) = (begins.get(at).copied().unwrap_or(0), reaches.get(at).copied().unwrap_or(0));
        let is_border = if begin == 0 { reach == 0 && is_header_begin.get(at) == Some(&true) } else { begin >= reach };
        match tracks.last_mut() {
            Some(last) if !is_border => last.end = at + 1,
            _ => tracks.push(at..at + 1),
        }
    }
    tracks
}

/// The tracks in which mostly figures stand.
fn figure_tracks(sheet: &Sheet<'_>, body: &[usize], width: usize) -> Vec<Range<usize>> {
    let counts = counts(sheet, body, width);
    let of = |track: &Range<usize>| {
        counts.get(track.clone()).unwrap_or_default().iter().fold(Count::default(), |sum, count| sum.plus(*count))
    };
    let mut tracks = tracks(sheet, &[], body, width);
    tracks.retain(|track| of(track).are_figures());
    tracks
}

/// The columns below the header rows, with the words above each.
fn columns(sheet: &Sheet<'_>, rows: &[usize], body: &[usize], width: usize) -> Vec<PrintedColumn> {
    // Which cell is shown where; a merged cell is shown everywhere it reaches.
    let is_word = |row: usize, field: &&Field<'_>| {
        !is_column_numbers(sheet.row(row)) || Lexicon::leaf(&field.folded).part().is_some()
    };
    let mut shown: Vec<Vec<Option<&Field<'_>>>> = rows
        .iter()
        .map(|row| (0..width).map(|column| sheet.shown(*row, column).filter(|field| is_word(*row, field))).collect())
        .collect();
    spread(sheet, rows, &mut shown);
    let counts = counts(sheet, body, width);
    let is_set_by_blanks = sheet.grid.is_set_by_blanks();
    let mut columns: Vec<PrintedColumn> = Vec::new();
    let mut above: Vec<Place> = Vec::new();
    let mut count_above = Count::default();
    for track in tracks(sheet, rows, body, width) {
        let own = counts.get(track.clone()).unwrap_or_default();
        let count = own.iter().fold(Count::default(), |sum, count| sum.plus(*count));
        let mut path: Vec<Label> = Vec::new();
        let mut cells: Vec<Place> = Vec::new();
        let mut last_extent: Option<(usize, u32)> = None;
        let mut is_mixed = false;
        for level in &shown {
            let field =
                level.get(track.clone()).unwrap_or_default().iter().flatten().find(|field| !field.folded.is_empty());
            let Some(field) = field else { continue };
            if cells.last() == Some(&field.place()) {
                continue;
            }
            // 合计 below 科目编码 and 科目名称 begins the rows, though a form prints words of its header beside it.
            let are_words = |label: &Label| {
                let leaf = fold(&label.text);
                Lexicon::leaf(&leaf).is_code() || count.figures == 0 && Lexicon::leaf(&leaf).heads_names()
            };
            if Lexicon::is_total(&field.folded) && path.last().is_some_and(are_words) {
                continue;
            }
            is_mixed |= field.cell.mark == Some(Mark::Mixed);
            // Lines of one cell, where nothing rules the rows: 财政专户管 / 理资金收入.
            let extent = (field.column, field.cell.columns().end);
            match path.last_mut().filter(|_| is_set_by_blanks && last_extent == Some(extent)) {
                Some(last) => last.text.push_str(&field.label().text),
                None => path.push(field.label()),
            }
            last_extent = Some(extent);
            cells.push(field.place());
        }
        let last_column = track.end.saturating_sub(1);
        if count.texts == 0 && (path.is_empty() || cells == above) {
            // A blank border column, or one more column below a merged word.
            if let Some(last) = columns.last_mut().filter(|_| !path.is_empty()) {
                last.last = last_column;
            }
            continue;
        }
        let content = content(&path, count);
        if cells == above
            && !path.is_empty()
            && content == Content::Figures
            && let Some(last) = columns.last_mut()
            && (count_above.texts == 0
                || (last.content == Content::Figures && !both(sheet, body, last.first..last.last + 1, track.clone())))
        {
            // One printed column that the grid divides: a figure may stand in either of its halves.
            last.last = last_column;
            last.content = Content::Figures;
            count_above = count_above.plus(count);
            continue;
        }
        (above, count_above) = (cells, count);
        columns.push(PrintedColumn { first: track.start, last: last_column, path, content, is_mixed, panel: 0 });
    }
    columns
}

/// Whether a row has cells in both tracks.
fn both(sheet: &Sheet<'_>, body: &[usize], left: Range<usize>, right: Range<usize>) -> bool {
    let has = |row: usize, track: &Range<usize>| sheet.row(row).iter().any(|field| track.contains(&field.column));
    body.iter().any(|row| has(*row, &left) && has(*row, &right))
}

/// In a grid without merged cells, a word of an upper level stands once above all columns it is for: it is shown above
/// the blank ones to its right too, where a lower level has a word, if it has one below itself.
fn spread<'s, 'g>(sheet: &Sheet<'g>, rows: &[usize], shown: &mut [Vec<Option<&'s Field<'g>>>]) {
    for level in 0..shown.len().saturating_sub(1) {
        let (upper, lower) = shown.split_at_mut(level + 1);
        let (Some(upper), Some(row)) = (upper.last_mut(), rows.get(level)) else { continue };
        let has_below = |at: usize, own: Option<&Field<'_>>| {
            lower.iter().any(|below| {
                below.get(at).copied().flatten().is_some_and(|field| own.is_none_or(|own| own.place() != field.place()))
            })
        };
        let mut left: Option<&'s Field<'g>> = None;
        for (at, slot) in upper.iter_mut().enumerate() {
            if slot.is_some() {
                left = slot.filter(|field| has_below(at, Some(field)));
            } else if has_below(at, None) && !sheet.is_merged(*row, at) {
                *slot = left;
            } else {
                left = None;
            }
        }
    }
}

/// What a column holds: its cells say it, and its words where it has none or where they say money.
fn content(path: &[Label], count: Count) -> Content {
    let leaf = path.last().map(|label| fold(&label.text)).unwrap_or_default();
    let word = Lexicon::leaf(&leaf);
    if word.is_counter() {
        return Content::Counter;
    }
    if word.is_code() {
        return Content::Code { run: 0, part: 0 };
    }
    // Below no word, a column of nothing but short digits is one of codes.
    if path.is_empty() && count.codes > 0 && count.codes == count.texts {
        return Content::Code { run: 0, part: 0 };
    }
    // 科目编码科目名称, two words that a page ran together above two columns
    if word.may_be_code() && count.codes > 0 && 10 * count.codes >= 8 * count.texts {
        return Content::Code { run: 0, part: 0 };
    }
    if count.are_figures() {
        return Content::Figures;
    }
    let words: Vec<&str> = path.iter().map(|label| label.text.as_str()).collect();
    let meaning = Lexicon::column(&words, &Title::unknown(TableKind::Other), None);
    let is_money = matches!(meaning, ColumnMeaning::Figure { .. } | ColumnMeaning::Percent { .. });
    match meaning {
        // 待定 among figures
        _ if count.texts > 0 => {
            if is_money && count.figures > 0 {
                Content::Figures
            } else {
                Content::Text
            }
        }
        ColumnMeaning::Code(..) => Content::Code { run: 0, part: 0 },
        ColumnMeaning::Name(_) | ColumnMeaning::Text => Content::Text,
        ColumnMeaning::Counter => Content::Counter,
        // 科目名称, 项目名称 of an empty table
        _ if !is_money && word.heads_names() => Content::Text,
        _ => Content::Figures,
    }
}

/// A column of codes or names behind columns of figures begins another panel.
fn panels(columns: &mut [PrintedColumn]) {
    let mut panel = 0u8;
    let mut has_figures = false;
    for column in columns.iter_mut() {
        match column.content {
            Content::Figures => {
                has_figures |= !Lexicon::leaf(&column.leaf()).is_quantity();
            }
            Content::Code { .. } | Content::Text if has_figures && !column.path.is_empty() => {
                let is_code = matches!(column.content, Content::Code { .. });
                if is_code || Lexicon::leaf(&column.leaf()).heads_names() {
                    panel = panel.saturating_add(1);
                    has_figures = false;
                }
            }
            _ => {}
        }
        column.panel = panel;
    }
    // Codes without a word of their own stand in front of the names of their panel.
    for index in (1..columns.len()).rev() {
        let Some(next) = columns.get(index).map(|column| column.panel) else { continue };
        if let Some(column) = columns.get_mut(index - 1)
            && column.path.is_empty()
            && matches!(column.content, Content::Code { .. })
            && column.panel < next
        {
            column.panel = next;
        }
    }
    if !has_figures && panel > 0 {
        // Words on the right, without figures of their own, say more of the last panel.
        columns.iter_mut().filter(|column| column.panel == panel).for_each(|column| column.panel -= 1);
    }
}

/// Columns of codes next to each other are the parts of one code: 类, 款 and 项, or one merged word above all three.
fn code_runs(columns: &mut [PrintedColumn]) {
    let mut run = 0u8;
    let mut part = 0u8;
    let mut before: Option<(u8, Vec<String>)> = None;
    let mut panel = 0;
    for column in columns {
        if column.panel != panel {
            (panel, run, before) = (column.panel, 0, None);
        }
        let Content::Code { .. } = column.content else {
            if before.take().is_some() {
                run = run.saturating_add(1);
            }
            continue;
        };
        let path = column.folded_path();
        let leaf = path.last().cloned().unwrap_or_default();
        let above: Vec<String> = path.iter().take(path.len().saturating_sub(1)).cloned().collect();
        let is_part = before.as_ref().is_some_and(|(_, last)| {
            let last_above: Vec<String> = last.iter().take(last.len().saturating_sub(1)).cloned().collect();
            last_above == above && Lexicon::leaf(&leaf).part() != Some(0)
        });
        if is_part {
            part = (part + 1).min(2);
        } else {
            if before.is_some() {
                run = run.saturating_add(1);
            }
            part = 0;
        }
        part = Lexicon::leaf(&leaf).part().unwrap_or(part);
        column.content = Content::Code { run, part };
        before = Some((run, path));
    }
}

/// A row of ※ and 1, 2, 3 under the header. A number of a column may be shown as `1.00`, like the figures below it.
pub(super) fn is_column_numbers(fields: &[Field<'_>]) -> bool {
    let text = |field: &Field<'_>| match field.cell.value {
        CellValue::Number(number) => number.normalize().to_string(),
        _ => field.text(),
    };
    let are_short = fields.iter().all(|field| field.is_number() || field.folded.len() <= MOST_COLUMN_NUMBER);
    // ** ** **, where no column is numbered
    let are_marks = fields.len() > 1
        && fields.iter().all(|field| field.folded.len() > 1 && field.folded.bytes().all(|byte| byte == b'*'));
    are_marks || (are_short && column_numbers::count(fields.iter().map(text)).is_some())
}

/// Whether a row repeats the words of a header, as on top of a new page.
pub(super) fn is_repeated(header: &Header, fields: &[Field<'_>]) -> bool {
    if fields.len() < 2 {
        return false;
    }
    let words: HashSet<String> = header.columns.iter().flat_map(PrintedColumn::folded_path).collect();
    fields.iter().all(|field| !field.folded.is_empty() && words.contains(&field.folded))
}
