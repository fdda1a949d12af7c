//! The rows below a header, as they are printed.

use std::collections::{HashMap, HashSet};

use budget_model::{Amount, Aspect, Code, Decimal, Doubts, Label, Place, Unit};

use super::code;
use super::header::{Content, Header, PrintedColumn, is_column_numbers, is_repeated};
use super::sheet::{Field, Sheet};
use crate::characters::normalised;
use crate::lexicon::Lexicon;
use crate::number::{Printed, in_cell};
use crate::text::{fold, is_space, squeeze};
use budget_document::{CellValue, Mark};

/// A printed row of one panel.
#[derive(Clone, Debug)]
pub(super) struct PrintedRow {
    pub(super) panel: u8,
    pub(super) code: Option<Code>,
    /// The name of the row; `None` where none is printed.
    pub(super) label: Option<Label>,
    /// The index of the column that the name stands in.
    pub(super) label_column: Option<usize>,
    /// What else is printed in words, by the index of its column.
    pub(super) texts: Vec<(usize, Label)>,
    pub(super) figures: Vec<PrintedFigure>,
    /// What stands in a column of figures and is none.
    pub(super) unread: Vec<(usize, Label)>,
    pub(super) doubts: Doubts,
    /// Where the row begins.
    pub(super) place: Place,
}

/// Words of a row, by the index of their column.
type ColumnText = (usize, Label);

/// A printed figure, by the index of its column.
#[derive(Clone, Debug)]
pub(super) struct PrintedFigure {
    pub(super) column: usize,
    pub(super) amount: Amount,
    /// The unit printed behind it.
    pub(super) unit: Option<Unit>,
    pub(super) doubts: Doubts,
    /// The comment on its cell.
    pub(super) note: Option<String>,
}

/// What was read below a header.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) rows: Vec<PrintedRow>,
    pub(super) declared_empty: Option<Label>,
    pub(super) notes: Vec<Label>,
    /// Whether the reader of the format knows how numbers are shown: one came with zeros behind its point, or with fewer
    /// digits than are stored.
    pub(super) shows_decimals: bool,
}

/// The codes that rows below go on from, by panel and run of code columns; they are kept over pages.
pub(super) type OpenCodes = HashMap<(u8, u8), Code>;

/// Reads rows of a table. `header` may be that of an earlier page.
pub(super) fn read(sheet: &mut Sheet<'_>, header: &Header, rows: &[usize], open: &mut OpenCodes) -> Body {
    let mut body = Body::default();
    for row in rows.iter().copied() {
        let fields = sheet.row(row);
        if fields.is_empty() {
            continue;
        }
        if is_column_numbers(fields) || is_repeated(header, fields) || fields.iter().all(is_filler) {
            sheet.take_row(row);
            continue;
        }
        if note(sheet, row, &mut body) {
            continue;
        }
        let before = body.rows.len();
        for panel in 0..header.panels() {
            let read = RowReader { sheet, header, row, panel }.read(open);
            let Some((printed, taken, shows_decimals)) = read else { continue };
            body.shows_decimals |= shows_decimals;
            taken.into_iter().for_each(|column| sheet.take(row, column));
            let beside = body.rows.get_mut(before..).and_then(<[PrintedRow]>::last_mut);
            match beside.filter(|left| is_total_beside(left, &printed)) {
                Some(left) => left.figures = printed.figures,
                None => body.rows.push(printed),
            }
        }
    }
    body
}

/// Whether a total stands in one list and its figure in the next one, which has no name for it.
///
/// ```text
/// 功能分类            金额     支出用途          金额
/// 二十、其他支出               三、机动经费      12.00
/// 当年支出小计                                  320.00
/// ```
fn is_total_beside(left: &PrintedRow, right: &PrintedRow) -> bool {
    let is_nameless = right.label.is_none() && right.code.is_none() && right.texts.is_empty();
    let is_total = |label: &Label| Lexicon::is_total(&label.text) || Lexicon::ends_like_a_sum(&label.text);
    left.panel + 1 == right.panel && is_nameless && left.figures.is_empty() && left.label.as_ref().is_some_and(is_total)
}

/// A sentence below the rows, alone in its row.
fn note(sheet: &mut Sheet<'_>, row: usize, body: &mut Body) -> bool {
    let [field] = sheet.row(row) else { return false };
    if field.is_number() || !Lexicon::is_note(&field.text()) {
        return false;
    }
    let label = field.label();
    if body.declared_empty.is_none() && Lexicon::declares_empty(&label.text) {
        body.declared_empty = Some(label);
    } else {
        body.notes.push(label);
    }
    sheet.take_row(row);
    true
}

struct RowReader<'s, 'g, 'h> {
    sheet: &'s Sheet<'g>,
    header: &'h Header,
    row: usize,
    panel: u8,
}

/// What a cell in a column of figures says.
#[derive(Debug, PartialEq, Eq)]
enum Figure {
    /// Nothing: blank, or a dash.
    Blank,
    /// A number, the unit printed behind it, and whether blanks inside it leave its value in doubt.
    Number {
        value: Decimal,
        unit: Option<Unit>,
        is_doubtful: bool,
    },
    NotUnderstood,
}

impl RowReader<'_, '_, '_> {
    /// The row, the columns of the grid that it took, and whether a number says how numbers are shown.
    fn read(&self, open: &mut OpenCodes) -> Option<(PrintedRow, Vec<usize>, bool)> {
        let mut taken = Vec::new();
        let mut seen: HashSet<Place> = HashSet::new();
        let mut codes: Vec<(u8, [Option<String>; 3])> = Vec::new();
        let mut texts: Vec<(usize, Label)> = Vec::new();
        let mut figures = Vec::new();
        let mut unread: Vec<(usize, Label)> = Vec::new();
        let mut doubts = Doubts::NONE;
        let mut shows_decimals = false;
        let mut place = None;
        let mut overflow: Option<String> = None;
        let columns = self.header.columns.iter().enumerate().filter(|(_, column)| column.panel == self.panel);
        for (index, column) in columns {
            match column.content {
                Content::Counter => {
                    taken.extend(self.own(column).map(|field| field.column));
                }
                Content::Figures => {
                    for field in self.own(column) {
                        place = place.or(Some(field.place()));
                        match figure(field) {
                            Figure::Blank => taken.push(field.column),
                            Figure::Number { value, unit, is_doubtful } => {
                                taken.push(field.column);
                                let (printed, shows) = self.figure(index, field, value, unit, is_doubtful);
                                shows_decimals |= shows;
                                figures.push(printed);
                            }
                            Figure::NotUnderstood => match self.overflow(field, index, !texts.is_empty()) {
                                Some((words, number)) => {
                                    taken.push(field.column);
                                    overflow = Some(words);
                                    figures.extend(number);
                                }
                                None => unread.push((index, field.label())),
                            },
                        }
                    }
                }
                Content::Code { run, part } => {
                    let Some(field) = self.shown(column) else { continue };
                    match code::digits(field).filter(|_| (column.first..=column.last).contains(&field.column)) {
                        Some(digits) => {
                            place = place.or(Some(field.place()));
                            taken.extend(self.is_own(field).then_some(field.column));
                            if codes.last().is_none_or(|(last, _)| *last != run) {
                                codes.push((run, [None, None, None]));
                            }
                            if let Some(slot) = codes.last_mut().and_then(|(_, parts)| parts.get_mut(usize::from(part)))
                            {
                                *slot = Some(digits);
                            }
                        }
                        // 合计, merged over the columns of codes and names
                        None if is_error(field) => doubts.add(Aspect::Row),
                        None if !is_number(field) && seen.insert(field.place()) => {
                            taken.extend(self.is_own(field).then_some(field.column));
                            texts.push((index, field.label()));
                        }
                        // 530128210000000021011, the code of a project
                        None if code::is_long(field) && seen.insert(field.place()) => {
                            taken.extend(self.is_own(field).then_some(field.column));
                            texts.push((index, field.label()));
                        }
                        None => {}
                    }
                }
                Content::Text => {
                    let Some(field) = self.shown(column) else { continue };
                    if is_error(field) {
                        // #REF! in place of a name is none.
                        doubts.add(Aspect::Row);
                    }
                    let is_own = self.is_own(field);
                    if (is_own || !is_number(field)) && figure(field) != Figure::Blank && seen.insert(field.place()) {
                        place = place.or(is_own.then(|| field.place()));
                        taken.extend(is_own.then_some(field.column));
                        texts.push((index, field.label()));
                    }
                }
            }
        }
        if let Some(words) = overflow
            && let Some((_, last)) = texts.last_mut()
        {
            // A name whose end another program put into the next cell; the end may be longer.
            last.text.push_str(&words);
            doubts.add(Aspect::Row);
        }
        let code = self.code(&codes, open, &mut texts, &mut doubts);
        let (label, texts) = self.label(texts);
        let label_column = label.as_ref().map(|(column, _)| *column);
        let label = label.map(|(_, label)| label);
        let (code, label) = match (code, label) {
            // 2013801-行政运行, [2013801]行政运行
            (None, Some(label)) => match code::leading(&label.text) {
                Some((leading, name)) => (Some(leading), Some(Label::new(name, label.place))),
                None => (None, Some(label)),
            },
            other => other,
        };
        if label.is_none() && code.is_none() && figures.is_empty() && unread.is_empty() {
            return None;
        }
        if self.sheet.is_hidden_row(self.row) {
            doubts.add(Aspect::Table);
        }
        let place = place.or(label.as_ref().map(|label| label.place))?;
        let panel = self.panel;
        Some((
            PrintedRow { panel, code, label, label_column, texts, figures, unread, doubts, place },
            taken,
            shows_decimals,
        ))
    }

    /// The cells of the row in a column.
    fn own(&self, column: &PrintedColumn) -> impl Iterator<Item = &Field<'_>> {
        let fields = self.sheet.row(self.row);
        let start = fields.partition_point(|field| field.column < column.first);
        fields.iter().skip(start).take_while(move |field| field.column <= column.last)
    }

    /// The cell that is shown in a column.
    fn shown(&self, column: &PrintedColumn) -> Option<&Field<'_>> {
        self.own(column).next().or_else(|| self.sheet.shown(self.row, column.first))
    }

    fn is_own(&self, field: &Field<'_>) -> bool {
        self.sheet.at(self.row, field.column).is_some_and(|own| own.place() == field.place())
    }

    fn figure(
        &self,
        index: usize,
        field: &Field<'_>,
        value: Decimal,
        unit: Option<Unit>,
        is_doubtful: bool,
    ) -> (PrintedFigure, bool) {
        let mark = self.sheet.mark(self.row, field.column);
        let shows = mark == Some(Mark::Rounded) || (field.is_number() && value.normalize().scale() < value.scale());
        let mut doubts = self.merge_doubts(field.column);
        if is_doubtful || mark == Some(Mark::Doubtful) {
            doubts.add(Aspect::Value);
        }
        if self.sheet.is_hidden_column(field.column) {
            doubts.add(Aspect::Table);
        }
        let note = self.sheet.note(self.row, field.column).map(str::to_owned);
        let amount = Amount { value, place: field.place() };
        (PrintedFigure { column: index, amount, unit, doubts, note }, shows)
    }

    /// Words that ran over from the name on the left into a cell of figures, and the figure behind them: `助 4.82`, where
    /// the name `（3）对个人和家庭的补` stands in the cell before.
    fn overflow(&self, field: &Field<'_>, index: usize, has_name: bool) -> Option<(String, Option<PrintedFigure>)> {
        const MOST: usize = 8;
        let is_behind_name = index.checked_sub(1).and_then(|before| self.header.columns.get(before));
        if !has_name
            || is_behind_name.is_none_or(|before| before.content != Content::Text || before.panel != self.panel)
        {
            return None;
        }
        let CellValue::Text(text) = &field.cell.value else { return None };
        let text = crate::text::trim(text);
        let (words, number) = match text.rsplit_once(is_space) {
            Some((words, number)) => match printed_figure(number) {
                Figure::Number { value, unit, .. } => (words, Some((value, unit))),
                _ => (text, None),
            },
            None => (text, None),
        };
        let words = squeeze(words);
        if words.is_empty() || words.chars().count() > MOST || words.chars().any(|c| c.is_ascii_digit()) {
            return None;
        }
        let number = number.map(|(value, unit)| {
            let amount = Amount { value, place: field.place() };
            PrintedFigure { column: index, amount, unit, doubts: Doubts::of(Aspect::Row), note: None }
        });
        Some((words, number))
    }

    /// The first run of code columns that are of a classification: 135, the code of a department, reads like one of a class.
    fn own_run(&self) -> Option<u8> {
        let columns = self
            .header
            .columns
            .iter()
            .filter(|column| column.panel == self.panel && !Lexicon::leaf(&column.leaf()).is_other_code());
        columns
            .filter_map(|column| match column.content {
                Content::Code { run, .. } => Some(run),
                _ => None,
            })
            .next()
    }

    /// The code of the row: that of its own run of code columns. Other codes are texts of the row.
    fn code(
        &self,
        codes: &[(u8, [Option<String>; 3])],
        open: &mut OpenCodes,
        texts: &mut Vec<(usize, Label)>,
        doubts: &mut Doubts,
    ) -> Option<Code> {
        let mut own = None;
        let own_run = self.own_run();
        for (run, parts) in codes {
            let above = open.get(&(self.panel, *run)).copied();
            let joined = code::join(parts, above);
            if let Some(code) = joined {
                open.insert((self.panel, *run), code);
            }
            let text =
                joined.map_or_else(|| parts.iter().flatten().cloned().collect::<String>(), |code| code.to_string());
            let is_of_run = |content: Content| matches!(content, Content::Code { run: other, .. } if other == *run);
            let columns = || {
                self.header
                    .columns
                    .iter()
                    .enumerate()
                    .filter(|(_, column)| column.panel == self.panel && is_of_run(column.content))
            };
            match joined {
                Some(code) if Some(*run) == own_run && own.is_none() => own = Some(code),
                _ => {
                    // 125001, the code of a unit; the second classification of the row
                    let Some((index, column)) = columns().next() else { continue };
                    let Some(field) =
                        columns().find_map(|(_, column)| self.own(column).next()).or_else(|| self.shown(column))
                    else {
                        continue;
                    };
                    let is_divided = parts.iter().flatten().count() > 1 || columns().count() > 1;
                    if joined.is_none() && is_divided {
                        doubts.add(Aspect::Row);
                    }
                    texts.push((index, Label::new(text, field.place())));
                }
            }
        }
        own
    }

    /// The name of the row among its texts, and the others: the first behind the code, codes of units last.
    fn label(&self, mut texts: Vec<ColumnText>) -> (Option<ColumnText>, Vec<ColumnText>) {
        let columns = &self.header.columns;
        let is_code =
            |index: usize| columns.get(index).is_some_and(|column| matches!(column.content, Content::Code { .. }));
        // 125001, A02061800: no name
        let digits = |label: &Label| label.text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let own_run = self.own_run();
        let code = columns.iter().position(|column| {
            let is_own = matches!(column.content, Content::Code { run, .. } if Some(run) == own_run);
            column.panel == self.panel && is_own
        });
        // 特定目标类 in 类型, beside the 项目名称 of the row
        let leaf = |index: usize| columns.get(index).map(PrintedColumn::leaf).unwrap_or_default();
        let has_project = texts.iter().any(|(index, _)| Lexicon::leaf(&leaf(*index)).heads_projects(false));
        let is_kind = |index: usize| has_project && Lexicon::leaf(&leaf(index)).heads_kinds_of_projects();
        texts.sort_by_cached_key(|(index, label)| {
            let is_before = code.is_some_and(|code| *index < code);
            (is_code(*index) && digits(label), is_before, is_kind(*index), *index)
        });
        let is_name = texts.first().is_some_and(|(index, label)| !(is_code(*index) && digits(label)));
        if !is_name {
            return (None, texts);
        }
        let label = texts.remove(0);
        texts.sort_by_key(|(index, _)| *index);
        (Some(label), texts)
    }

    /// A figure in a merged cell belongs to all its columns and rows, or to one of them that nothing tells.
    fn merge_doubts(&self, column: usize) -> Doubts {
        let begins = |merge: &&super::sheet::Merge| merge.first.1 as usize == column;
        let Some(merge) = self.sheet.merges(self.row, self.row).iter().find(begins) else { return Doubts::NONE };
        let mut doubts = Doubts::NONE;
        let reach = merge.last.1 as usize;
        let covers =
            |other: &PrintedColumn| other.content == Content::Figures && other.first > column && other.first <= reach;
        if self.header.columns.iter().any(covers) {
            doubts.add(Aspect::Column);
        }
        let below = self.row + 1..=(merge.last.0 as usize).min(self.row + MOST_MERGED_ROWS);
        if below.into_iter().any(|below| !self.sheet.row(below).is_empty()) {
            doubts.add(Aspect::Row);
        }
        doubts
    }
}

/// Rows of a merged cell that are looked at.
const MOST_MERGED_ROWS: usize = 100;

fn is_error(field: &Field<'_>) -> bool {
    matches!(field.cell.value, CellValue::Error(_))
}

/// Whether a cell holds a figure.
pub(super) fn is_number(field: &Field<'_>) -> bool {
    matches!(figure(field), Figure::Number { .. })
}

/// Whether a cell says that there is no figure: a dash.
pub(super) fn is_blank(field: &Field<'_>) -> bool {
    figure(field) == Figure::Blank
}

fn figure(field: &Field<'_>) -> Figure {
    match &field.cell.value {
        CellValue::Blank => Figure::Blank,
        CellValue::Number(number) => Figure::Number { value: *number, unit: None, is_doubtful: false },
        CellValue::Error(_) => Figure::NotUnderstood,
        CellValue::Text(text) => printed_figure(text),
        // What a later version of the contract adds is not understood here.
        _ => Figure::NotUnderstood,
    }
}

/// A figure that is stored as text, with all that people write around it.
fn printed_figure(text: &str) -> Figure {
    if fold(text).chars().all(|character| matches!(character, '-' | '/' | '\\' | '_' | '.' | '…' | '无')) {
        return Figure::Blank;
    }
    match in_cell(&normalised(text)) {
        (Printed::Damaged | Printed::Words, _) => Figure::NotUnderstood,
        (Printed::Figure(value, unit), is_doubtful) => Figure::Number { value, unit, is_doubtful },
        (Printed::Blank, _) => Figure::Blank,
    }
}

/// `…` where a blank form leaves room for more rows.
fn is_filler(field: &Field<'_>) -> bool {
    matches!(field.cell.value, CellValue::Text(_))
        && field
            .text()
            .chars()
            .all(|character| character.is_whitespace() || matches!(character, '…' | '.' | '。' | '·'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_as_text_are_read_as_people_write_them() {
        let number = |text: &str| match printed_figure(text) {
            Figure::Number { value, .. } => Some(value.to_string()),
            _ => None,
        };
        for (text, value) in [
            ("7,332.07", "7332.07"),
            ("１，２３４．５０", "1234.50"),
            (" 17.00 ", "17.00"),
            ("(3.10)", "-3.10"),
            ("－0.5", "-0.5"),
            ("0", "0"),
            ("¥12", "12"),
        ] {
            assert_eq!(number(text).as_deref(), Some(value), "{text}");
        }
        for blank in ["-", "—", "——", "/", " "] {
            assert_eq!(printed_figure(blank), Figure::Blank, "{blank}");
        }
        for other in ["待定", "12万3", "1.2.3", "2025-01-01"] {
            assert_eq!(printed_figure(other), Figure::NotUnderstood, "{other}");
        }
    }
}
