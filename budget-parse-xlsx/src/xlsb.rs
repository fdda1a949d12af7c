//! `.xlsb`: binary records in an archive, read as they are specified in [MS-XLSB].
//!
//! calamine knows neither merged ranges nor hidden rows of this format, passes over formulas whose result is an error, and
//! believes the length of every record; all of it is in the same records as the cells.

mod records;
mod sheet;
mod styles;

use std::collections::HashMap;

use budget_document::{Document, Limits, ReadError};

use self::records::{Records, malformed};
use self::styles::Styles;
use crate::archive::Archive;
use crate::book::{Book, SheetCells};
use crate::hidden::Hidden;
use crate::xlsx::relations;

const WORKBOOK: &str = "xl/workbook.bin";

/// What the sheets of a workbook refer to.
#[derive(Debug, Default)]
struct Texts {
    shared: Vec<String>,
    styles: Styles,
}

/// A sheet as the workbook lists it.
#[derive(Debug, PartialEq, Eq)]
struct Listed {
    name: String,
    relation: String,
    is_hidden: bool,
}

pub(crate) fn read(archive: &Archive, limits: &Limits) -> Result<Document<'static>, ReadError> {
    let part = archive.part(WORKBOOK).ok_or_else(|| malformed("there is no list of sheets in the workbook"))?;
    let (sheets, from_1904) = workbook(part)?;
    let mut book = Book::new(limits);
    book.expect_sheets(sheets.len())?;
    let targets: HashMap<String, (String, String)> =
        relations(archive, WORKBOOK).into_iter().map(|(id, kind, part)| (id, (kind, part))).collect();
    let part =
        |end: &str| targets.values().find(|(kind, _)| kind.ends_with(end)).and_then(|(_, part)| archive.part(part));
    let styles = Styles::read(part("/styles").unwrap_or_default(), from_1904)?;
    let texts = Texts { shared: shared_texts(part("/sharedStrings").unwrap_or_default())?, styles };
    for listed in sheets {
        let at_sheet = |error: ReadError| error.at(format!("sheet {}", listed.name));
        // Charts and macros are no sheets of cells.
        let Some((_, part)) = targets.get(&listed.relation).filter(|(kind, _)| kind.ends_with("/worksheet")) else {
            continue;
        };
        let content = archive.part(part).ok_or_else(|| malformed("the sheet is missing")).map_err(at_sheet)?;
        let mut cells = SheetCells::default();
        let frame = sheet::read(content, &texts, &mut book, &mut cells).map_err(at_sheet)?;
        let comments = relations(archive, part).into_iter().find(|(_, kind, _)| kind.ends_with("/comments"));
        let comments = comments.and_then(|(_, _, part)| archive.part(&part)).unwrap_or_default();
        for (row, column, text) in sheet::comments(comments).map_err(at_sheet)? {
            book.note(&mut cells, row, column, text).map_err(at_sheet)?;
        }
        let hidden = Hidden { sheet: listed.is_hidden, ..frame.hidden };
        book.finish_sheet(listed.name.clone(), cells, frame.merges, &hidden).map_err(at_sheet)?;
    }
    Ok(book.finish())
}

/// The list of sheets, and whether days are counted from 1904 on.
fn workbook(part: &[u8]) -> Result<(Vec<Listed>, bool), ReadError> {
    const PROPERTIES: u16 = 153;
    const SHEET: u16 = 156;
    const NO_RELATION: u32 = u32::MAX;
    let mut sheets = Vec::new();
    let mut from_1904 = false;
    let mut records = Records::of(part);
    while let Some(record) = records.next()? {
        match record.kind {
            PROPERTIES => from_1904 = record.int(0)? & 1 != 0,
            // State, number, relation, name.
            SHEET if record.int(8)? != NO_RELATION => sheets.push(Listed {
                is_hidden: record.int(0)? != 0,
                relation: record.text(8)?,
                name: record.text(record.behind_text(8)?)?,
            }),
            _ => {}
        }
    }
    Ok((sheets, from_1904))
}

/// The texts that cells share.
fn shared_texts(part: &[u8]) -> Result<Vec<String>, ReadError> {
    const TEXT: u16 = 19;
    let mut texts = Vec::new();
    let mut records = Records::of(part);
    while let Some(record) = records.next()? {
        if record.kind == TEXT {
            // Behind a byte of flags; formats inside the text and its reading stand behind it.
            texts.push(record.text(1)?);
        }
    }
    Ok(texts)
}
