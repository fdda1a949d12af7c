//! The rows below a header.

use std::collections::HashMap;

use budget_model::{
    Amount, Aspect, Cell, Code, Decimal, Doubts, Label, Place, Placement, Role, Row, Side, Unit, Unread,
};

use super::caption::{self, Caption};
use super::code;
use super::header::{Content, GridColumn, Header};
use super::sheet::{Field, Sheet};
use crate::characters::normalised;
use crate::layout::{Shape, TableForm};
use crate::number::{Printed, in_cell};
use crate::raw::{CellValue, Mark, Merge};
use crate::table::declares_empty;
use crate::text::{fold, squeeze};

/// What was read below a header.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) rows: Vec<Row>,
    /// 编制部门 and 单位 printed below the header.
    pub(super) caption: Caption,
    pub(super) declared_empty: Option<Label>,
    pub(super) notes: Vec<Label>,
    /// Whether a number came with zeros behind its point, or with fewer digits than are stored: then the reader knows how
    /// numbers are shown.
    /// The units printed behind figures.
    pub(super) stated_units: Vec<(Place, Unit)>,
    /// Whether a number came with zeros behind its point, which only a reader that knows how numbers are shown adds.
    pub(super) shows_decimals: bool,
}

/// Reads the rows from the header to `end`.
pub(super) fn read(sheet: &mut Sheet<'_>, header: &Header, end: usize, form: &TableForm) -> Body {
    let mut reader = BodyReader { sheet, header, form, body: Body::default(), above: None };
    for row in header.body..end {
        reader.row(row);
    }
    reader.body
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

struct BodyReader<'s, 'g, 'h> {
    sheet: &'s mut Sheet<'g>,
    header: &'h Header,
    form: &'h TableForm,
    body: Body,
    /// The code of the row above.
    above: Option<Code>,
}

impl BodyReader<'_, '_, '_> {
    fn row(&mut self, row: usize) {
        let fields = self.sheet.row(row);
        if fields.is_empty() {
            return;
        }
        if self.header.is_repeated(fields) || fields.iter().all(is_filler) {
            return self.sheet.take_row(row);
        }
        if let Some(caption) = caption::read(fields) {
            self.body.caption.complete(caption);
            return self.sheet.take_row(row);
        }
        if self.note(row) {
            return;
        }
        if self.form.shape == Shape::TwoSided {
            self.side_row(row, Side::Revenue);
            self.side_row(row, Side::Expenditure);
        } else {
            self.plain_row(row);
        }
    }

    /// A sentence below the table, alone in its row.
    fn note(&mut self, row: usize) -> bool {
        let [field] = self.sheet.row(row) else { return false };
        if field.is_number() || !is_note(&squeeze(&field.text())) {
            return false;
        }
        let label = field.label();
        if self.body.declared_empty.is_none() && declares_empty(&label.text) {
            self.body.declared_empty = Some(label);
        } else {
            self.body.notes.push(label);
        }
        self.sheet.take_row(row);
        true
    }

    /// One side of a row of a two-sided table.
    fn side_row(&mut self, row: usize, side: Side) {
        let code = self.code(row, Some(side));
        let name = self.shown(row, Some(side), Content::Name).or_else(|| self.misplaced_name(row, Some(side)));
        let Figures { cells, unread } = self.cells(row, Some(side));
        let Some((label, at)) = name else {
            // Figures without a name are left unread.
            return;
        };
        let doubts = self.row_doubts(row, Some(side), code.is_some(), at);
        let folded = fold(&label.text);
        let (total, other) = match side {
            Side::Revenue => (&self.form.revenue_total, &self.form.expenditure_total),
            Side::Expenditure => (&self.form.expenditure_total, &self.form.revenue_total),
        };
        let is = |total: &Option<String>| total.as_ref().is_some_and(|total| fold(total) == folded);
        let is_total = is(total) || (total.is_none() && is_total(&folded)) || (is(other) && is_total(&folded));
        self.sheet.take(row, at);
        let (code, label) = match code::leading(&label.text) {
            Some((leading, name)) if code.is_none() => (Some(leading), Label::new(name, label.place)),
            _ => (code, label),
        };
        let role = match code {
            _ if is_total => Role::Total,
            Some(code) => Role::from(code.level()),
            None => Role::Label,
        };
        let mut made = Row::new(role, label);
        made.side = Some(side);
        (made.code, made.cells, made.unread, made.doubts) = (code, cells, unread, doubts);
        self.push(row, made);
    }

    fn plain_row(&mut self, row: usize) {
        let code = self.code(row, None);
        let Figures { cells, unread } = self.cells(row, None);
        let mut name = self.shown(row, None, Content::Name);
        if name.is_none() {
            // 合计, merged over the columns of codes and names.
            name = self.misplaced_name(row, None).filter(|_| code.is_none());
        }
        let project = self.shown(row, None, Content::Project);
        let shape = self.form.shape;
        let doubts = self.row_doubts(row, None, code.is_some(), name.as_ref().map_or(usize::MAX, |(_, at)| *at));
        let Some((label, at)) = name else {
            let unread_place = unread.first().map(|unread| unread.place);
            match (shape, cells.first().map(|cell| cell.amount.place).or(unread_place)) {
                (Shape::SingleRow, Some(place)) => {
                    let mut made = Row::new(Role::Total, Label::new("", place));
                    (made.cells, made.unread, made.doubts) = (cells, unread, doubts);
                    self.push(row, made);
                }
                // A code without a name still is a row.
                (_, place) if code.is_some() => {
                    let place = place.or(self.sheet.row(row).first().map(Field::place));
                    let Some((code, place)) = code.zip(place) else { return };
                    let mut made = Row::new(Role::from(code.level()), Label::new("", place));
                    made.code = Some(code);
                    (made.cells, made.unread, made.doubts) = (cells, unread, doubts);
                    self.push(row, made);
                }
                _ => {}
            }
            return;
        };
        // 201 一般公共服务支出, in one column
        let (code, label) = match code::leading(&label.text) {
            Some((leading, name)) if code.is_none() && !matches!(shape, Shape::Listed | Shape::Labelled) => {
                (Some(leading), Label::new(name, label.place))
            }
            _ => (code, label),
        };
        let role = match (code, shape) {
            (Some(code), _) => Role::from(code.level()),
            (None, Shape::SingleRow) => Role::Total,
            (None, _) if is_total(&fold(&label.text)) => Role::Total,
            (None, Shape::Labelled | Shape::Listed | Shape::TwoSided) => Role::Label,
            // A name without code or figures in a table of codes is no row.
            (None, Shape::Classified | Shape::Projects) if cells.is_empty() && unread.is_empty() => return,
            (None, Shape::Classified | Shape::Projects) => Role::Unit,
        };
        self.sheet.take(row, at);
        let project = project.map(|(label, at)| {
            self.sheet.take(row, at);
            label
        });
        let mut made = Row::new(role, label);
        made.project = project;
        (made.code, made.cells, made.unread, made.doubts) = (code, cells, unread, doubts);
        self.push(row, made);
    }

    /// Adds a row; its figures and codes are read.
    fn push(&mut self, row: usize, made: Row) {
        for column in self.header.of_side(made.side) {
            let understood = match column.content {
                Content::Figures(_) => {
                    self.sheet.at(row, column.at).is_some_and(|field| figure(field) != Figure::NotUnderstood)
                }
                Content::Code(_) => made.code.is_some(),
                _ => false,
            };
            if understood {
                self.sheet.take(row, column.at);
            }
        }
        if made.code.is_some() {
            self.above = made.code;
        }
        self.body.rows.push(made);
    }

    /// The code of a row.
    fn code(&self, row: usize, side: Option<Side>) -> Option<Code> {
        let mut parts = [None, None, None];
        for column in self.header.of_side(side) {
            if let Content::Code(part) = column.content
                && let Some(field) = self.sheet.shown(row, column.at)
                && let Some(slot) = parts.get_mut(usize::from(part))
            {
                *slot = code::digits(field);
            }
        }
        code::join(&parts, self.above)
    }

    /// The text of a column and where it stands.
    fn shown(&self, row: usize, side: Option<Side>, content: Content) -> Option<(Label, usize)> {
        let column = self.header.of_side(side).find(|column| column.content == content)?;
        let field = self.sheet.shown(row, column.at)?;
        Some((field.label(), column.at)).filter(|(label, _)| !label.text.is_empty())
    }

    /// A name that stands in a column of codes or projects, or left of the first column.
    fn misplaced_name(&self, row: usize, side: Option<Side>) -> Option<(Label, usize)> {
        let takes = |column: &&GridColumn| matches!(column.content, Content::Code(_) | Content::Project);
        let column = self.header.of_side(side).filter(takes).find(|column| {
            self.sheet.at(row, column.at).is_some_and(|field| !field.is_number() && code::digits(field).is_none())
        })?;
        self.sheet.at(row, column.at).map(|field| (field.label(), column.at))
    }

    /// What is in doubt of a row: whether it is printed at all, and a code or name that is not understood. `name` is the
    /// column its name stands in.
    fn row_doubts(&self, row: usize, side: Option<Side>, has_code: bool, name: usize) -> Doubts {
        let mut doubts = Doubts::NONE;
        if self.sheet.is_hidden_row(row) {
            doubts.add(Aspect::Table);
        }
        let is_error = |field: &Field<'_>| matches!(field.cell.value, CellValue::Error(_));
        // #REF! in place of a name is none.
        if self.sheet.at(row, name).is_some_and(is_error) {
            doubts.add(Aspect::Row);
        }
        for column in self.header.of_side(side).filter(|column| column.at != name) {
            let Some(field) = self.sheet.at(row, column.at) else { continue };
            let is_error = is_error(field);
            let is_unclear = match column.content {
                // 2O8 or 205.02 where a code should be; a dash is none.
                Content::Code(_) => is_error || (!has_code && figure(field) != Figure::Blank),
                Content::Name | Content::Project => is_error,
                Content::Figures(_) | Content::Other => false,
            };
            if is_unclear {
                doubts.add(Aspect::Row);
            }
        }
        doubts
    }

    /// The figures of a row, and what stands among them and is none.
    fn cells(&mut self, row: usize, side: Option<Side>) -> Figures {
        let mut figures = Figures::default();
        for column in self.header.of_side(side) {
            let Some(field) = self.sheet.at(row, column.at) else { continue };
            let index = match column.content {
                Content::Figures(index) => index,
                // Money in a column that the form does not have is money of the row all the same.
                Content::Other if is_number(field) && !is_counter(&column.label.text) => {
                    figures.unread.push(Unread::new(None, field.label().text, field.place()));
                    continue;
                }
                _ => continue,
            };
            match figure(field) {
                Figure::Number { value, unit, is_doubtful } => {
                    self.body.stated_units.extend(unit.map(|unit| (field.place(), unit)));
                    let mark = self.sheet.mark(row, column.at);
                    self.body.shows_decimals |=
                        mark == Some(Mark::Rounded) || (field.is_number() && value.normalize().scale() < value.scale());
                    let note = self.sheet.note(row, column.at);
                    let candidates = note
                        .and_then(|note| candidates(note, self.form))
                        .filter(|candidates| candidates.contains(&index));
                    let placement =
                        candidates.map_or(Placement::Printed, |candidates| Placement::Ambiguous { candidates });
                    let mut doubts = self.merge_doubts(row, column.at) | note.map_or(Doubts::NONE, noted_doubts);
                    if is_doubtful || mark == Some(Mark::Doubtful) {
                        doubts.add(Aspect::Value);
                    }
                    if self.sheet.is_hidden_column(column.at) {
                        doubts.add(Aspect::Table);
                    }
                    let amount = Amount { value, place: field.place() };
                    let mut cell = Cell::new(index, amount, placement);
                    cell.doubts = doubts;
                    figures.cells.push(cell);
                }
                Figure::NotUnderstood => {
                    let text = field.label().text;
                    figures.unread.push(Unread::new(Some(index), text, field.place()));
                }
                Figure::Blank => {}
            }
        }
        figures
    }

    /// A figure in a merged cell belongs to all its columns and rows, or to one of them that nothing tells.
    fn merge_doubts(&self, row: usize, column: usize) -> Doubts {
        let begins = |merge: &&Merge| merge.first.1 as usize == column;
        let Some(merge) = self.sheet.merges(row, row).iter().find(begins) else { return Doubts::NONE };
        let mut doubts = Doubts::NONE;
        let covers = |other: &GridColumn| {
            matches!(other.content, Content::Figures(_)) && other.at > column && other.at <= merge.last.1 as usize
        };
        if self.header.columns.iter().any(covers) {
            doubts.add(Aspect::Column);
        }
        let below = row + 1..=(merge.last.0 as usize).min(row + MOST_MERGED_ROWS);
        if below.into_iter().any(|below| !self.sheet.row(below).is_empty()) {
            doubts.add(Aspect::Row);
        }
        doubts
    }
}

/// Rows of a merged cell that are looked at.
const MOST_MERGED_ROWS: usize = 100;

/// What stands in the columns of figures of a row.
#[derive(Debug, Default)]
struct Figures {
    cells: Vec<Cell>,
    unread: Vec<Unread>,
}

/// Columns whose numbers are no money.
pub(super) fn is_counter(word: &str) -> bool {
    ["序号", "行次", "栏次", "编号", "年度", "年份", "备注"].iter().any(|counter| word.ends_with(counter))
}

/// What the comment on a figure says is in doubt, as the workbook export of this project writes it.
fn noted_doubts(note: &str) -> Doubts {
    let names = note.lines().find_map(|line| line.trim().strip_prefix("此数存疑："));
    let is_named =
        |aspect: &Aspect| names.into_iter().flat_map(|names| names.split('、')).any(|name| name == aspect.chinese());
    Aspect::ALL.into_iter().filter(is_named).fold(Doubts::NONE, |doubts, aspect| doubts | Doubts::of(aspect))
}

/// The columns that the comment on a figure calls possible, as the workbook export of this project writes it.
///
/// `None` if it is any other comment, or names columns that the form does not have.
fn candidates(note: &str, form: &TableForm) -> Option<Vec<u16>> {
    // On a line of its own; results of a check, which may follow, quote anything.
    let labels = note.lines().find_map(|line| line.trim().strip_prefix("此数归栏不确定，可能的栏目："))?.split('、');
    let index = |label: &str| {
        form.columns.iter().position(|column| fold(&column.label) == fold(label)).map(|index| index as u16)
    };
    labels.map(index).collect()
}

/// Whether a cell in a column of figures is understood.
pub(super) fn is_figure(field: &Field<'_>) -> bool {
    figure(field) != Figure::NotUnderstood
}

/// Whether a cell holds a figure.
pub(super) fn is_number(field: &Field<'_>) -> bool {
    matches!(figure(field), Figure::Number { .. })
}

fn figure(field: &Field<'_>) -> Figure {
    match &field.cell.value {
        CellValue::Blank => Figure::Blank,
        CellValue::Number(number) => Figure::Number { value: *number, unit: None, is_doubtful: false },
        CellValue::Error(_) => Figure::NotUnderstood,
        CellValue::Text(text) => printed_figure(text),
    }
}

/// A figure that is stored as text, with all that people write around it.
fn printed_figure(text: &str) -> Figure {
    if fold(text).chars().all(|character| matches!(character, '-' | '/' | '\\' | '_' | '.' | '…' | '无')) {
        return Figure::Blank;
    }
    match in_cell(&normalised(text)) {
        // A percentage is no amount.
        (Printed::Figure(_, Some(Unit::Percent)) | Printed::Damaged | Printed::Words, _) => Figure::NotUnderstood,
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

/// 合计, 总计, 本年支出合计 …
fn is_total(folded: &str) -> bool {
    let front = folded.strip_suffix("合计").or(folded.strip_suffix("总计"));
    front.is_some_and(|front| matches!(front, "" | "支出" | "收入" | "本年支出" | "本年收入" | "本部门" | "本单位"))
}

/// A note or a sentence, not the name of a row.
pub(super) fn is_note(text: &str) -> bool {
    let begins = ["备注", "注：", "注:", "注1", "说明：", "说明:", "★"].iter().any(|word| text.starts_with(word));
    begins || text.ends_with('。') || (text.chars().count() > 12 && declares_empty(text))
}

/// The rows of a table whose decimals may have to be restored.
pub(super) struct Decimals<'t> {
    pub(super) unit: &'t Unit,
    pub(super) rows: &'t mut Vec<Row>,
    /// Whether the reader knew how the numbers of the table are shown.
    pub(super) shown: bool,
}

/// Gives figures that came as bare numbers the decimals they were shown with.
///
/// A cell stores `17` for a figure shown as `17.00`. A reader that knows how numbers are shown adds the zeros, and then the
/// figures of the table are as printed. Those of other tables get the decimals of the figure with the most in the same unit of
/// money, up to two: what is given to the fen is exact to the fen, and where all figures are whole they stay whole.
pub(super) fn restore_decimals<'t>(tables: impl Iterator<Item = Decimals<'t>>) {
    let mut tables: Vec<_> = tables.collect();
    let mut scales: HashMap<Unit, u32> = HashMap::new();
    for table in &tables {
        let most =
            table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.amount.value.scale()).max().unwrap_or(0);
        let scale = scales.entry(table.unit.clone()).or_default();
        *scale = u32::max(*scale, most.min(2));
    }
    for table in tables.iter_mut().filter(|table| !table.shown) {
        let scale = scales.get(table.unit).copied().unwrap_or(0);
        for cell in
            table.rows.iter_mut().flat_map(|row| &mut row.cells).filter(|cell| cell.amount.value.scale() < scale)
        {
            cell.amount.value.rescale(scale);
        }
    }
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

    #[test]
    fn totals_are_told_from_names() {
        assert!(
            is_total("合计")
                && is_total("总计")
                && is_total("本年支出合计")
                && !is_total("项目合计")
                && !is_total("小计")
        );
    }
}
