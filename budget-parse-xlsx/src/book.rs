//! The grids of a workbook as they are read, within limits.

use std::borrow::Cow;

use budget_document::{
    CellValue, Clock, Document, Grid, GridCell, HiddenParts, Limits, Mark, ReadError, ReadErrorKind,
};
use budget_model::{Diagnostic, DiagnosticCode, Place};

use crate::format::Shown;
use crate::hidden::{Hidden, letters};
use crate::number::Stored;

/// A document that grows sheet by sheet.
pub(crate) struct Book {
    document: Document<'static>,
    limits: Limits,
    clock: Clock,
    cells_left: usize,
    text_left: u64,
}

/// The cells of one sheet, in the order of the file.
#[derive(Default)]
pub(crate) struct SheetCells {
    /// Row and column, from 0.
    cells: Vec<(u32, u32, CellValue<'static>)>,
    /// Comments, with row and column.
    notes: Vec<(u32, u32, String)>,
    /// What the reader knows of some cells.
    marks: Vec<(u32, u32, Mark)>,
    /// Formulas whose result is not stored.
    without_result: Vec<(u32, u32)>,
    /// Numbers other than zero that their format does not show.
    not_shown: Vec<(u32, u32)>,
}

/// A merged range of cells, both ends included, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Merge {
    /// First row and column.
    pub(crate) first: (u32, u32),
    /// Last row and column.
    pub(crate) last: (u32, u32),
}

/// Last row and column of any spreadsheet program, from 0.
pub(crate) const LAST_ROW: u32 = 1_048_575;
pub(crate) const LAST_COLUMN: u32 = 16_383;

impl Book {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            document: Document::default(),
            limits: *limits,
            clock: limits.clock(),
            cells_left: limits.cells,
            text_left: limits.unpacked_bytes,
        }
    }

    /// Ends reading if there are more sheets than allowed.
    pub(crate) fn expect_sheets(&self, count: usize) -> Result<(), ReadError> {
        let most = self.limits.sheets.min(usize::from(u16::MAX));
        if count > most {
            return Err(ReadError::new(ReadErrorKind::TooLarge(format!("workbook of {count} sheets, at most {most}"))));
        }
        Ok(())
    }

    /// The index of the next sheet.
    pub(crate) fn next_sheet(&self) -> u16 {
        u16::try_from(self.document.sheets.len()).unwrap_or(u16::MAX)
    }

    /// Adds a cell to a sheet; blank ones are left out.
    pub(crate) fn cell(
        &mut self,
        sheet: &mut SheetCells,
        row: u32,
        column: u32,
        value: CellValue<'static>,
    ) -> Result<(), ReadError> {
        let text = match &value {
            CellValue::Blank => return Ok(()),
            CellValue::Text(text) | CellValue::Error(text) => text.len(),
            _ => 0,
        };
        if row > LAST_ROW || column > LAST_COLUMN {
            return Err(ReadError::new(ReadErrorKind::Malformed(format!(
                "a cell in row {}, column {}",
                row + 1,
                column + 1
            ))));
        }
        self.take_text(text)?;
        if sheet.cells.len() >= self.cells_left {
            return Err(self.too_many_cells());
        }
        // Now and then is enough.
        if sheet.cells.len().is_multiple_of(1 << 16) {
            self.clock.check()?;
        }
        sheet.cells.push((row, column, value));
        Ok(())
    }

    /// Adds a cell by what it shows: of a number this is what its format makes of it.
    pub(crate) fn stored(
        &mut self,
        sheet: &mut SheetCells,
        row: u32,
        column: u32,
        stored: Stored,
    ) -> Result<(), ReadError> {
        let (value, shown) = match stored {
            Stored::Cell(value) => return self.cell(sheet, row, column, value),
            Stored::Number(value, shown) => (value, shown),
        };
        let cell = match shown {
            Shown::Number(shown) => {
                if shown != value {
                    sheet.marks.push((row, column, Mark::Rounded));
                }
                CellValue::Number(shown)
            }
            Shown::Text(text) => CellValue::Text(text.into()),
            Shown::Nothing if value.is_zero() => CellValue::Blank,
            Shown::Nothing => {
                sheet.not_shown.push((row, column));
                CellValue::Error(Cow::Borrowed(""))
            }
            Shown::Unknown => {
                sheet.marks.push((row, column, Mark::Doubtful));
                CellValue::Number(value)
            }
        };
        self.cell(sheet, row, column, cell)
    }

    /// Adds a formula whose result is not stored.
    pub(crate) fn without_result(&mut self, sheet: &mut SheetCells, row: u32, column: u32) -> Result<(), ReadError> {
        sheet.without_result.push((row, column));
        self.cell(sheet, row, column, CellValue::Error(Cow::Borrowed("")))
    }

    /// Adds a comment on a cell.
    pub(crate) fn note(
        &mut self,
        sheet: &mut SheetCells,
        row: u32,
        column: u32,
        text: String,
    ) -> Result<(), ReadError> {
        self.take_text(text.len())?;
        sheet.notes.push((row, column, text));
        Ok(())
    }

    fn take_text(&mut self, length: usize) -> Result<(), ReadError> {
        self.text_left = self.text_left.checked_sub(length as u64).ok_or_else(|| {
            ReadError::new(ReadErrorKind::TooLarge(format!(
                "workbook with more than {} bytes of text",
                self.limits.unpacked_bytes
            )))
        })?;
        Ok(())
    }

    fn too_many_cells(&self) -> ReadError {
        ReadError::new(ReadErrorKind::TooLarge(format!("workbook of more than {} cells", self.limits.cells)))
    }

    /// Something to say about the sheet being read.
    fn report(&mut self, code: DiagnosticCode, argument: String, row: u32, column: u32) {
        let place = Place::Cell { sheet: self.next_sheet(), row: row + 1, column: column + 1 };
        self.document.diagnostics.push(Diagnostic::new(code, [argument]).at(place));
    }

    /// Finishes a sheet: its cells become a grid. Blank rows are left out, so that a cell in the last row costs no more than
    /// one in the first.
    pub(crate) fn finish_sheet(
        &mut self,
        name: String,
        mut sheet: SheetCells,
        merges: impl IntoIterator<Item = Merge>,
        hidden: &Hidden,
    ) -> Result<(), ReadError> {
        let index = self.next_sheet();
        // The order of the file may be any; of two cells at one place the first counts.
        if !sheet.cells.is_sorted_by_key(|(row, column, _)| (*row, *column)) {
            sheet.cells.sort_by_key(|(row, column, _)| (*row, *column));
        }
        sheet.cells.dedup_by_key(|(row, column, _)| (*row, *column));
        let mut numbers: Vec<u32> = sheet.cells.iter().map(|(row, ..)| *row).collect();
        numbers.dedup();
        let position = |row: u32| numbers.binary_search(&row).ok().map(|row| row as u32);
        let place = |row: u32, column: u32| Place::Cell { sheet: index, row: row + 1, column: column + 1 };
        let cell = |(row, column, value): (u32, u32, CellValue<'static>)| {
            Some(GridCell::new(position(row)?, column, value, place(row, column)))
        };
        let mut cells: Vec<GridCell<'static>> = sheet.cells.into_iter().filter_map(cell).collect();
        let find = |cells: &[GridCell<'static>], row: u32, column: u32| {
            let row = position(row)?;
            cells.binary_search_by_key(&(row, column), |cell| (cell.row, cell.column)).ok()
        };
        // A comment on a blank cell says nothing about a figure.
        for (row, column, text) in sheet.notes {
            if let Some(cell) = find(&cells, row, column).and_then(|index| cells.get_mut(index)) {
                cell.note = Some(text.into());
            }
        }
        for (row, column, mark) in &sheet.marks {
            if let Some(cell) = find(&cells, *row, *column).and_then(|index| cells.get_mut(index)) {
                cell.mark = Some(*mark);
            }
        }
        let doubtful = sheet.marks.iter().filter(|(.., mark)| *mark == Mark::Doubtful);
        let doubtful: Vec<_> = doubtful.map(|(row, column, _)| (*row, *column)).collect();
        self.report_cells(DiagnosticCode::FormulaWithoutResult, &name, &sheet.without_result);
        self.report_cells(DiagnosticCode::DisplayUnknown, &name, &doubtful);
        self.report_cells(DiagnosticCode::NumberNotShown, &name, &sheet.not_shown);
        for (range, row, column) in hidden.ranges(&name, &numbers, &cells) {
            self.report(DiagnosticCode::HiddenRead, range, row, column);
        }
        let mut blank = Vec::new();
        for Merge { first, last } in merges {
            // A merged range that begins in a row without anything means nothing.
            let Some(row) = position(first.0).filter(|_| first.0 <= last.0 && first.1 <= last.1) else { continue };
            let height = numbers.partition_point(|number| *number <= last.0) as u32 - row;
            let width = last.1 - first.1 + 1;
            match find(&cells, first.0, first.1).and_then(|index| cells.get_mut(index)) {
                Some(cell) if cell.is_merged() => {}
                Some(cell) => (cell.height, cell.width) = (height, width),
                None => {
                    if cells.len() + blank.len() >= self.cells_left {
                        return Err(self.too_many_cells());
                    }
                    let cell = GridCell::new(row, first.1, CellValue::Blank, place(first.0, first.1));
                    blank.push(cell.spanning(height, width));
                }
            }
        }
        cells.extend(blank);
        self.cells_left = self.cells_left.checked_sub(cells.len()).ok_or_else(|| self.too_many_cells())?;
        self.clock.check()?;
        let hidden_rows = numbers.iter().enumerate().filter(|(_, number)| hidden.rows.contains(number));
        let hidden = HiddenParts {
            all: hidden.sheet,
            rows: hidden_rows.map(|(row, _)| row as u32).collect(),
            columns: hidden.columns.clone(),
        };
        self.document.sheets.push(name.clone());
        self.document.push(Grid::new(cells).named(name).with_hidden(hidden));
        Ok(())
    }

    /// One report for the cells of a sheet, which names the first of them.
    fn report_cells(&mut self, code: DiagnosticCode, name: &str, cells: &[(u32, u32)]) {
        const SHOWN: usize = 5;
        let Some((row, column)) = cells.first().copied() else { return };
        let shown = cells.iter().take(SHOWN).map(|(row, column)| format!("{}{}", letters(*column), row + 1));
        let shown: Vec<String> = shown.collect();
        let more = cells.len().saturating_sub(SHOWN);
        let more = if more > 0 { format!(" … +{more}") } else { String::new() };
        self.report(code, format!("{name}!{}{more}", shown.join(" ")), row, column);
    }

    pub(crate) fn finish(self) -> Document<'static> {
        self.document
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> CellValue<'static> {
        CellValue::Text(text.to_owned().into())
    }

    #[test]
    fn cells_keep_their_places_and_blank_rows_take_no_room() {
        let mut book = Book::new(&Limits::default());
        let mut sheet = SheetCells::default();
        book.cell(&mut sheet, LAST_ROW, 2, text("last")).unwrap();
        book.cell(&mut sheet, 4, 0, text("first")).unwrap();
        let merges = [Merge { first: (4, 0), last: (LAST_ROW - 1, 1) }, Merge { first: (7, 0), last: (9, 0) }];
        book.finish_sheet("一".to_owned(), sheet, merges, &Hidden::default()).unwrap();
        let document = book.finish();
        let grid = document.grids().next().unwrap();
        assert_eq!((grid.rows(), grid.columns(), grid.cells().len()), (2, 3, 2));
        assert_eq!(grid.at(1, 2).unwrap().place, Place::Cell { sheet: 0, row: LAST_ROW + 1, column: 3 });
        assert_eq!(grid.at(0, 0).map(|cell| (cell.height, cell.width)), Some((1, 2)));
    }

    #[test]
    fn blank_cells_are_kept_where_they_are_merged_and_count() {
        let book = |cells| {
            let mut book = Book::new(&Limits::default().with_cells(cells));
            let mut sheet = SheetCells::default();
            book.cell(&mut sheet, 0, 60, text("a")).unwrap();
            let merges = [Merge { first: (0, 2), last: (0, 5) }, Merge { first: (0, 8), last: (0, 9) }];
            book.finish_sheet("一".to_owned(), sheet, merges, &Hidden::default()).map(|()| book.finish())
        };
        let document = book(3).unwrap();
        let columns = document.grids().next().unwrap().cells().iter().map(|cell| (cell.column, cell.width));
        assert_eq!(columns.collect::<Vec<_>>(), [(2, 4), (8, 2), (60, 1)]);
        let error = book(2).unwrap_err();
        assert!(matches!(error.kind(), ReadErrorKind::TooLarge(limit) if limit.contains("2 cells")));
    }
}
