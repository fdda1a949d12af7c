//! The grids of a workbook as they are read, within limits.

use std::borrow::Cow;

use budget_model::{Diagnostic, DiagnosticCode, Place};
use budget_parse::{
    Block, CellValue, Grid, GridCell, HiddenParts, Limits, Mark, Merge, Note, RawDocument, ReadError, ReadErrorKind,
};

use crate::format::Shown;
use crate::hidden::{Hidden, letters};
use crate::number::Stored;

/// A raw document that grows sheet by sheet.
pub(crate) struct Book {
    document: RawDocument<'static>,
    limits: Limits,
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

/// Last row and column of any spreadsheet program, from 0.
pub(crate) const LAST_ROW: u32 = 1_048_575;
pub(crate) const LAST_COLUMN: u32 = 16_383;

impl Book {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            document: RawDocument::default(),
            limits: *limits,
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
            CellValue::Number(_) => 0,
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
        // The number and the width of each row, so that it gets its room at once.
        let mut numbers: Vec<u32> = Vec::new();
        let mut rows: Vec<Vec<GridCell<'static>>> = Vec::new();
        for of_row in sheet.cells.chunk_by(|(row, ..), (next, ..)| row == next) {
            let Some((row, column, _)) = of_row.last() else { continue };
            let width = *column as usize + 1;
            self.cells_left = self.cells_left.checked_sub(width).ok_or_else(|| self.too_many_cells())?;
            numbers.push(*row);
            rows.push(Vec::with_capacity(width));
        }
        let mut filling = rows.iter_mut();
        let mut current: Option<(u32, &mut Vec<GridCell<'static>>)> = None;
        for (row, column, value) in sheet.cells {
            if current.as_ref().is_none_or(|(number, _)| *number != row) {
                current = filling.next().map(|cells| (row, cells));
            }
            let Some((_, cells)) = &mut current else { break };
            let place = |column: u32| Place::Cell { sheet: index, row: row + 1, column: column + 1 };
            let blank = |column: u32| GridCell { value: CellValue::Blank, place: place(column) };
            cells.extend((cells.len() as u32..column).map(blank));
            cells.push(GridCell { value, place: place(column) });
        }
        let doubtful = sheet.marks.iter().filter(|(.., mark)| *mark == Mark::Doubtful);
        let doubtful: Vec<_> = doubtful.map(|(row, column, _)| (*row, *column)).collect();
        self.report_cells(DiagnosticCode::FormulaWithoutResult, &name, &sheet.without_result);
        self.report_cells(DiagnosticCode::DisplayUnknown, &name, &doubtful);
        self.report_cells(DiagnosticCode::NumberNotShown, &name, &sheet.not_shown);
        for (range, row, column) in hidden.ranges(&name, &numbers, &rows) {
            self.report(DiagnosticCode::HiddenRead, range, row, column);
        }
        let position = |row: u32| numbers.partition_point(|number| *number < row) as u32;
        // A merged range without a cell that holds anything means nothing.
        let merges = merges
            .into_iter()
            .filter(|merge| merge.first.0 <= merge.last.0 && merge.first.1 <= merge.last.1)
            .filter_map(|merge| {
                numbers.binary_search(&merge.first.0).ok()?;
                let last = position(merge.last.0.saturating_add(1)).checked_sub(1)?;
                Some(Merge { first: (position(merge.first.0), merge.first.1), last: (last, merge.last.1) })
            });
        let merges = merges.collect();
        // A comment on a blank cell says nothing about a figure.
        let notes = sheet.notes.into_iter().filter_map(|(row, column, text)| {
            let row = numbers.binary_search(&row).ok()? as u32;
            Some(Note { cell: (row, column), text: Cow::Owned(text) })
        });
        let notes = notes.collect();
        let mark =
            |(row, column, mark): (u32, u32, Mark)| Some(((numbers.binary_search(&row).ok()? as u32, column), mark));
        let marks = sheet.marks.into_iter().filter_map(mark).collect();
        let hidden_rows = numbers.iter().enumerate().filter(|(_, number)| hidden.rows.contains(number));
        let hidden = HiddenParts {
            all: hidden.sheet,
            rows: hidden_rows.map(|(row, _)| row as u32).collect(),
            columns: hidden.columns.clone(),
        };
        self.document.sheets.push(name.clone());
        let name = Some(Cow::Owned(name));
        self.document.blocks.push(Block::Grid(Grid { name, rows, merges, notes, marks, hidden }));
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

    pub(crate) fn finish(self) -> RawDocument<'static> {
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
        let [Block::Grid(grid)] = document.blocks.as_slice() else { panic!() };
        assert_eq!(grid.rows.iter().map(Vec::len).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(grid.rows[1][2].place, Place::Cell { sheet: 0, row: LAST_ROW + 1, column: 3 });
        assert_eq!(grid.merges, [Merge { first: (0, 0), last: (0, 1) }]);
    }

    #[test]
    fn cells_far_to_the_right_count_for_the_blank_ones_before_them() {
        let mut book = Book::new(&Limits { cells: 100, ..Limits::default() });
        let mut sheet = SheetCells::default();
        book.cell(&mut sheet, 0, 60, text("a")).unwrap();
        book.cell(&mut sheet, 1, 60, text("b")).unwrap();
        let error = book.finish_sheet("一".to_owned(), sheet, [], &Hidden::default()).unwrap_err();
        assert!(matches!(error.kind(), ReadErrorKind::TooLarge(limit) if limit.contains("100 cells")));
    }
}
