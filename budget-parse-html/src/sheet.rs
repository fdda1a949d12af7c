//! A sheet of an XML workbook and what its cells hold.

use std::borrow::Cow;

use budget_document::{CellValue, Document, Grid, GridCell, HiddenParts, Mark};
use budget_model::{Decimal, Diagnostic, DiagnosticCode, Place};

use crate::shown::{NumberFormat, Shown};

/// A sheet that is being read. Rows and columns count from 0.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    name: String,
    pub(crate) is_hidden: bool,
    pub(crate) hidden_rows: Vec<u32>,
    /// First and last of each run.
    pub(crate) hidden_columns: Vec<(u32, u32)>,
    cells: Vec<SheetCell>,
}

#[derive(Debug)]
struct SheetCell {
    at: (u32, u32),
    size: (u32, u32),
    stored: Stored,
    note: Option<String>,
}

/// What a cell holds and what is known of it.
#[derive(Debug)]
pub(crate) struct Stored {
    value: CellValue<'static>,
    mark: Option<Mark>,
    is_without_result: bool,
}

impl Stored {
    /// The value of a cell by its type: `Number`, `String`, `DateTime`, `Boolean`, `Error`.
    pub(crate) fn of(kind: &str, value: String, format: NumberFormat) -> Self {
        let (value, mark) = match (kind, kind == "Number").1.then(|| decimal(value.trim())).flatten() {
            Some(number) => match format.show(number) {
                Shown::Exact(shown) => (CellValue::Number(shown), None),
                Shown::Rounded(shown) => (CellValue::Number(shown), Some(Mark::Rounded)),
                Shown::Unknown => (CellValue::Number(number), Some(Mark::Doubtful)),
            },
            None => (words(kind, value), None),
        };
        Self { value, mark, is_without_result: false }
    }

    /// A formula whose result is not stored.
    pub(crate) fn without_result() -> Self {
        Self { value: CellValue::Error(Cow::Borrowed("")), mark: None, is_without_result: true }
    }

    pub(crate) fn blank() -> Self {
        Self { value: CellValue::Blank, mark: None, is_without_result: false }
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.value.is_blank()
    }
}

fn words(kind: &str, value: String) -> CellValue<'static> {
    match kind {
        // A date in a column of figures is to be noticed: 2026-01-31T00:00:00.000
        "DateTime" => CellValue::text(value.split('T').next().unwrap_or_default().to_owned()),
        "Error" => CellValue::Error(value.into()),
        "Boolean" => CellValue::text(if value.trim() == "1" { "TRUE" } else { "FALSE" }),
        _ => CellValue::text(value.replace("\r\n", "\n").replace('\r', "\n")),
    }
}

/// A binary number as the decimal it was typed as: noise stands behind the fifteenth digit.
fn decimal(text: &str) -> Option<Decimal> {
    const DIGITS: u32 = 15;
    let number =
        Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).or_else(|_| text.parse()).ok()?;
    let digits = number.mantissa().unsigned_abs().checked_ilog10().map_or(1, |digits| digits + 1);
    let number = if digits > DIGITS { number.round_sf(DIGITS)? } else { number };
    Some(number.normalize())
}

impl Sheet {
    pub(crate) fn new(name: String) -> Self {
        Self { name, ..Self::default() }
    }

    pub(crate) fn add(&mut self, at: (u32, u32), size: (u32, u32), stored: Stored, note: Option<String>) {
        self.cells.push(SheetCell { at, size, stored, note });
    }

    /// Adds the sheet to a document: its cells become a grid, in which blank rows are left out.
    pub(crate) fn finish(mut self, document: &mut Document<'static>) {
        self.cells.sort_by_key(|cell| cell.at);
        let sheet = u16::try_from(document.sheets.len()).unwrap_or(u16::MAX);
        let place = |(row, column): (u32, u32)| Place::Cell { sheet, row: row + 1, column: column + 1 };
        let mut numbers: Vec<u32> = self.cells.iter().map(|cell| cell.at.0).collect();
        numbers.dedup();
        let position = |row: u32| numbers.partition_point(|number| *number < row) as u32;
        let mut reports = Vec::new();
        let mut report = |code, which: &dyn Fn(&SheetCell) -> bool| {
            let mut found = self.cells.iter().filter(|cell| which(cell));
            if let Some(first) = found.next() {
                let more = found.count();
                let more = if more > 0 { format!(" … +{more}") } else { String::new() };
                let argument = format!("{}!{}{more}", self.name, address(first.at));
                reports.push(Diagnostic::new(code, [argument]).at(place(first.at)));
            }
        };
        report(DiagnosticCode::FormulaWithoutResult, &|cell| cell.stored.is_without_result);
        report(DiagnosticCode::DisplayUnknown, &|cell| cell.stored.mark == Some(Mark::Doubtful));
        let is_in_hidden_column =
            |column: u32| self.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column));
        self.hidden_rows.sort_unstable();
        let is_hidden = |cell: &SheetCell| {
            self.is_hidden || self.hidden_rows.binary_search(&cell.at.0).is_ok() || is_in_hidden_column(cell.at.1)
        };
        report(DiagnosticCode::HiddenRead, &is_hidden);
        let hidden = HiddenParts {
            all: self.is_hidden,
            rows: (0..)
                .zip(&numbers)
                .filter(|(_, row)| self.hidden_rows.binary_search(row).is_ok())
                .map(|(at, _)| at)
                .collect(),
            columns: self.hidden_columns.clone(),
        };
        let cell = |cell: SheetCell| {
            let row = position(cell.at.0);
            let height = position(cell.at.0.saturating_add(cell.size.0)) - row;
            let printed =
                GridCell::new(row, cell.at.1, cell.stored.value, place(cell.at)).spanning(height, cell.size.1);
            let printed = cell.stored.mark.into_iter().fold(printed, GridCell::with_mark);
            cell.note.into_iter().filter(|note| !note.is_empty()).fold(printed, |cell, note| cell.with_note(note))
        };
        let cells = self.cells.into_iter().map(cell).collect();
        document.diagnostics.append(&mut reports);
        document.sheets.push(self.name.clone());
        document.push(Grid::new(cells).named(self.name).with_hidden(hidden));
    }
}

/// Row and column as a spreadsheet shows them: `C5`
fn address((row, column): (u32, u32)) -> String {
    let place = Place::Cell { sheet: 0, row: row + 1, column: column + 1 };
    place.describe(&[String::new()]).trim_start_matches('!').to_owned()
}
