//! A disclosure as a workbook: a sheet for each table, with the merged headers of the form, and sheets of text and of
//! performance targets.

mod header;
mod said;
mod targets;

use std::fmt;

use budget_model::{Code, CodeLevel, Decimal, Disclosure, Role, Row, Side, Table, TableKind};
use budget_parse::{Layout, Shape, TableForm};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use crate::config::{Blank, Codes};
use crate::style::Style;
use crate::tables::scope_word;
use crate::text::figure;
use crate::wear::WearKind;
use crate::{Books, Config};
use header::{Block, Header};

/// A workbook could not be written; the cause says why. A configuration made by hand may ask for more rows than a sheet has.
#[derive(Debug)]
pub struct WorkbookError(XlsxError);

impl fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the workbook cannot be written; make the configuration smaller")
    }
}

impl std::error::Error for WorkbookError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> Self {
        Self(error)
    }
}

/// A disclosure as the bytes of an `.xlsx` file: the tables and performance targets in their forms, the text a line a row.
///
/// `expected` is what [`disclosure`](crate::disclosure) makes of the same books and configuration.
///
/// # Errors
///
/// [`WorkbookError`] if there are more rows than a sheet can hold.
///
/// ```
/// use budget_testkit::{Books, Config, disclosure, workbook};
///
/// let config = Config::default();
/// let books = Books::random(7, &config);
/// let bytes = workbook(&disclosure(&books, &config), &books, &config)?;
/// assert!(bytes.starts_with(b"PK"));
/// # Ok::<(), budget_testkit::WorkbookError>(())
/// ```
pub fn workbook(expected: &Disclosure, books: &Books, config: &Config) -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = Workbook::new();
    let Some(layout) = config.form() else { return Ok(workbook.save_to_buffer()?) };
    let cover = workbook.add_worksheet().set_name("封面")?;
    cover.write_string(0, 0, &books.department)?;
    cover.write_string(1, 0, format!("{}年{}预算公开", books.year, scope_word(config.scope)))?;
    said::before(&mut workbook, expected, config)?;
    for (number, table) in (1..).zip(&expected.tables) {
        let Some(form) = layout.table(table.kind) else { continue };
        if config.wear.is_some_and(|wear| wear.kind == WearKind::HiddenCopies) {
            let sheet = workbook.add_worksheet();
            sheet.set_name(format!("{number}旧"))?.set_hidden(true);
            Sheet::new(sheet, &altered(table), form, config).write(&layout, books)?;
        }
        let sheet = workbook.add_worksheet();
        sheet.set_name(format!("{number}"))?;
        Sheet::new(sheet, table, form, config).write(&layout, books)?;
    }
    said::behind(&mut workbook, expected, config)?;
    targets::write(&mut workbook, &expected.performance, books, config)?;
    Ok(workbook.save_to_buffer()?)
}

/// The table with other figures: an older draft of it.
fn altered(table: &Table) -> Table {
    let mut draft = table.clone();
    for cell in draft.rows.iter_mut().flat_map(|row| &mut row.cells) {
        cell.amount.value += Decimal::ONE;
    }
    draft
}

/// A sheet that is being written.
struct Sheet<'s> {
    sheet: &'s mut Worksheet,
    table: &'s Table,
    form: &'s TableForm,
    config: &'s Config,
    style: Style,
    row: u32,
}

impl<'s> Sheet<'s> {
    fn new(sheet: &'s mut Worksheet, table: &'s Table, form: &'s TableForm, config: &'s Config) -> Self {
        Self { sheet, table, form, config, style: Style::of(config), row: 0 }
    }

    fn write(mut self, layout: &Layout, books: &Books) -> Result<(), XlsxError> {
        let header = Header::new(self.form, self.config);
        let last = header.width() - 1;
        if let Some(number) = &self.table.number {
            self.sheet.write_string(self.row, 0, &number.text)?;
            self.row += 1;
        }
        merge(self.sheet, (self.row, 0, self.row, last), &worn(&self.table.title.text, self.config))?;
        let compiler = format!("{}：{}", self.style.compiler(), books.department);
        self.sheet.write_string(self.row + 1, 0, compiler)?;
        let unit = self.form.unit.as_ref().unwrap_or(&layout.unit);
        self.sheet.write_string(self.row + 1, last.max(1), worn(&format!("单位：{unit}"), self.config))?;
        self.row += 2;
        self.row = header.write(self.sheet, self.row)?;

        let sides: &[Option<Side>] = match self.form.shape {
            Shape::TwoSided => &[Some(Side::Revenue), Some(Side::Expenditure)],
            _ => &[None],
        };
        let top = self.row;
        let rows = |side: &Option<Side>| self.table.rows.iter().filter(|row| row.side == *side).collect::<Vec<_>>();
        let height = sides.iter().map(|side| rows(side).len()).max().unwrap_or_default();
        for (side, block) in sides.iter().zip(&header.blocks) {
            let rows = rows(side);
            let gap = height - rows.len();
            for (index, row) in (0..).zip(rows) {
                // Both totals stand in the last row.
                let down = if side.is_some() && row.role == Role::Total { gap } else { 0 };
                self.line(top + index + down as u32, row, block)?;
            }
        }
        self.row = top + height as u32;
        for sentence in self.table.declared_empty.iter().chain(&self.table.notes) {
            merge(self.sheet, (self.row, 0, self.row, last), &sentence.text)?;
            self.row += 1;
        }
        Ok(())
    }

    fn line(&mut self, at: u32, row: &Row, block: &Block) -> Result<(), XlsxError> {
        let mut label = row.label.text.clone();
        if let Some(code) = row.code {
            if block.codes == 0 {
                label = format!("{code} {label}");
            }
            let digits = code.to_string();
            let parts: Vec<&str> = match self.config.sheets.codes {
                Codes::Joined => vec![&digits],
                Codes::Levels => [0..3, 3..5, 5..7].into_iter().filter_map(|part| digits.get(part)).collect(),
            };
            for (column, part) in (block.left..block.name).zip(parts) {
                self.sheet.write_string(at, column, part)?;
            }
        }
        if row.code.is_none() && block.codes > 0 && row.role == Role::Total && self.config.sheets.totals_span_codes {
            merge(self.sheet, (at, block.left, at, block.name), &worn(&label, self.config))?;
        } else {
            let indent = match row.code.map(Code::level) {
                Some(CodeLevel::Group) => "  ",
                Some(CodeLevel::Item) => "    ",
                _ => "",
            };
            self.sheet.write_string(at, block.name, worn(&format!("{indent}{label}"), self.config))?;
        }
        if let Some(project) = &row.project {
            self.sheet.write_string(at, block.name + 1, &project.text)?;
        }
        self.figures(at, row, block)
    }

    fn figures(&mut self, at: u32, row: &Row, block: &Block) -> Result<(), XlsxError> {
        let habits = &self.config.habits;
        for column in 0..block.columns {
            let target = block.first_figure + column;
            match row.cell(column) {
                None if habits.blank == Blank::Dash && self.table.declared_empty.is_none() => {
                    self.sheet.write_string(at, target, "-")?;
                }
                None => {}
                Some(cell) => write_amount(self.sheet, (at, target), cell.amount.value, self.config)?,
            }
        }
        Ok(())
    }
}

/// A text as it arrives in a cell.
fn worn(text: &str, config: &Config) -> String {
    config.wear.map_or_else(|| text.to_owned(), |wear| wear.of_words(text))
}

/// Writes an amount as a number that is shown with its decimals, or as text if the habits say so.
fn write_amount(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: Decimal,
    config: &Config,
) -> Result<(), XlsxError> {
    let separators = config.habits.separators;
    if config.sheets.numbers_are_text {
        sheet.write_string(row, column, figure(value, separators))?;
        return Ok(());
    }
    if config.wear.is_some_and(|wear| wear.kind == WearKind::Scaled) {
        // Stored in a unit ten thousand times as small, shown with a point in the middle.
        let stored: f64 = (value * Decimal::from(10_000)).to_string().parse().unwrap_or_default();
        sheet.write_number_with_format(row, column, stored, &Format::new().set_num_format("0!.0000"))?;
        return Ok(());
    }
    let mut format = if separators { "#,##0" } else { "0" }.to_owned();
    if value.scale() > 0 {
        format.push('.');
        format.extend(std::iter::repeat_n('0', value.scale() as usize));
    }
    // A sheet stores a binary number; the shortest decimal that makes it is the amount again.
    let number: f64 = value.to_string().parse().unwrap_or_default();
    sheet.write_number_with_format(row, column, number, &Format::new().set_num_format(format))?;
    Ok(())
}

/// Writes a text into a cell or, where it is larger than one, into a merged area: top, left, bottom, right.
fn merge(sheet: &mut Worksheet, area: (u32, u16, u32, u16), text: &str) -> Result<(), XlsxError> {
    let (top, left, bottom, right) = area;
    if top == bottom && left == right {
        sheet.write_string(top, left, text)?;
    } else {
        sheet.merge_range(top, left, bottom, right, text, &Format::new())?;
    }
    Ok(())
}

/// Whether a kind of table has economic codes, which have two levels.
fn is_economic(kind: TableKind) -> bool {
    kind == TableKind::GeneralBasic
}
