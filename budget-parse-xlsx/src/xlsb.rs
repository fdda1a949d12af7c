//! `.xlsb`: cells by calamine, which knows neither hidden rows nor merged ranges of this format.

use std::io::Cursor;

use budget_parse::{Limits, RawDocument, ReadError, ReadErrorKind};
use calamine::{Reader as _, SheetType, SheetVisible, Xlsb, XlsbError};

use crate::archive::Archive;
use crate::book::{Book, SheetCells};
use crate::hidden::Hidden;
use crate::xlsx::from_ref;

pub(crate) fn read(archive: &Archive, limits: &Limits) -> Result<RawDocument<'static>, ReadError> {
    let mut workbook: Xlsb<_> = Xlsb::new(Cursor::new(archive.stored())).map_err(failed)?;
    let sheets = workbook.sheets_metadata().to_vec();
    let mut book = Book::new(limits);
    book.expect_sheets(sheets.len())?;
    for sheet in sheets.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let at_sheet = |error: ReadError| error.at(format!("sheet {}", sheet.name));
        let mut cells = SheetCells::default();
        let mut reader = workbook.worksheet_cells_reader(&sheet.name).map_err(failed).map_err(at_sheet)?;
        while let Some(cell) = reader.next_cell().map_err(failed).map_err(at_sheet)? {
            let (row, column) = cell.get_position();
            book.cell(&mut cells, row, column, from_ref(cell.get_value(), 0)).map_err(at_sheet)?;
        }
        let hidden = Hidden { sheet: sheet.visible != SheetVisible::Visible, ..Hidden::default() };
        book.finish_sheet(sheet.name.clone(), cells, [], &hidden).map_err(at_sheet)?;
    }
    Ok(book.finish())
}

fn failed(error: XlsbError) -> ReadError {
    let kind = match &error {
        XlsbError::Password => ReadErrorKind::Encrypted,
        error => ReadErrorKind::Malformed(error.to_string()),
    };
    ReadError::new(kind).caused_by(error)
}
