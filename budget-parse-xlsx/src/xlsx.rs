//! `.xlsx` and `.xlsm`: cells by calamine, hidden rows and merged ranges from the markup of the sheets.

use std::collections::HashMap;
use std::io::Cursor;

use budget_document::{CellValue, Document, Limits, ReadError, ReadErrorKind};
use calamine::{Data, DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Style, Xlsx, XlsxError};
use memchr::memmem;
use quick_xml::Reader as XmlReader;
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::archive::{Archive, part_name};
use crate::book::{Book, LAST_COLUMN, LAST_ROW, Merge, SheetCells};
use crate::format::NumberFormat;
use crate::formulas::{self, Blanks};
use crate::hidden::Hidden;
use crate::number::Stored;

pub(crate) fn read(archive: &Archive, limits: &Limits) -> Result<Document<'static>, ReadError> {
    check_strings(archive)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(archive.stored())).map_err(failed)?;
    let sheets = workbook.sheets_metadata().to_vec();
    let mut book = Book::new(limits);
    book.expect_sheets(sheets.len())?;
    let parts = sheet_parts(archive);
    let calculates_on_load = calculates_on_load(archive);
    for sheet in sheets.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let at_sheet = |error: ReadError| error.at(format!("sheet {}", sheet.name));
        let markup = parts.get(&sheet.name).and_then(|part| archive.part(part)).unwrap_or_default();
        let has_formulas = memmem::find(markup, b"<f").is_some() || memmem::find(markup, b":f").is_some();
        let mut cells = SheetCells::default();
        let mut blanks = Blanks::new();
        let mut reader = workbook.worksheet_cells_reader(&sheet.name).map_err(failed).map_err(at_sheet)?;
        let format = |style: &Style| {
            style
                .number_format
                .as_ref()
                .map_or_else(NumberFormat::general, |format| NumberFormat::new(&format.format_code))
        };
        let formats: Vec<NumberFormat> = reader.styles().iter().map(format).collect();
        let general = NumberFormat::general();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(failed).map_err(at_sheet)? {
            let (row, column) = cell.get_position();
            let stored = from_ref(cell.get_value(), formats.get(style).unwrap_or(&general));
            if has_formulas && stored == Stored::Cell(CellValue::Blank) {
                blanks.insert((row, column), !matches!(cell.get_value(), DataRef::Empty));
            }
            book.stored(&mut cells, row, column, stored).map_err(at_sheet)?;
        }
        drop(reader);
        if !blanks.is_empty() {
            let markup = std::str::from_utf8(markup).unwrap_or_default();
            for (row, column) in formulas::without_result(markup, &blanks, calculates_on_load) {
                book.without_result(&mut cells, row, column).map_err(at_sheet)?;
            }
        }
        for (row, column, text) in parts.get(&sheet.name).map(|part| notes(archive, part)).unwrap_or_default() {
            book.note(&mut cells, row, column, text).map_err(at_sheet)?;
        }
        let hidden = Hidden { sheet: sheet.visible != SheetVisible::Visible, ..hidden(markup) };
        book.finish_sheet(sheet.name.clone(), cells, merges(markup), &hidden).map_err(at_sheet)?;
    }
    Ok(book.finish())
}

/// A cell of a workbook as a cell of a grid.
fn from_ref(value: &DataRef<'_>, format: &NumberFormat) -> Stored {
    Stored::Cell(match value {
        DataRef::Int(number) => return Stored::Number((*number).into(), format.show((*number).into())),
        DataRef::Float(number) => return Stored::float(*number, format),
        DataRef::Empty => CellValue::Blank,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text_value(text),
        DataRef::SharedString(text) => text_value(text),
        DataRef::Bool(value) => CellValue::Text(if *value { "TRUE" } else { "FALSE" }.into()),
        DataRef::DateTime(date) => CellValue::Text(date_text(date).into()),
        DataRef::Error(error) => CellValue::Error(error.to_string().into()),
    })
}

/// The same for cells that own their text; `number` says what is shown of a number.
pub(crate) fn from_data(value: &Data, number: impl Fn(f64) -> Stored) -> Stored {
    Stored::Cell(match value {
        Data::Int(integer) => return number(*integer as f64),
        Data::Float(float) => return number(*float),
        Data::Empty => CellValue::Blank,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text_value(text),
        Data::Bool(value) => CellValue::Text(if *value { "TRUE" } else { "FALSE" }.into()),
        Data::DateTime(date) => CellValue::Text(date_text(date).into()),
        Data::Error(error) => CellValue::Error(error.to_string().into()),
    })
}

fn text_value(text: &str) -> CellValue<'static> {
    if text.is_empty() { CellValue::Blank } else { CellValue::Text(text.to_owned().into()) }
}

/// `2025-01-31`, or with a time of day where there is one.
pub(crate) fn date_text(date: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    match (hour, minute, second) {
        (0, 0, 0) if date.is_datetime() => format!("{year:04}-{month:02}-{day:02}"),
        _ if date.is_datetime() => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
        _ => format!("{hour:02}:{minute:02}:{second:02}"),
    }
}

fn failed(error: XlsxError) -> ReadError {
    let kind = match &error {
        XlsxError::Password => ReadErrorKind::Encrypted,
        error => ReadErrorKind::Malformed(error.to_string()),
    };
    ReadError::new(kind).caused_by(error)
}

/// The table of texts says how many it holds, and room is made for so many: more than it has bytes cannot be.
fn check_strings(archive: &Archive) -> Result<(), ReadError> {
    const COUNT: &[u8] = b"uniqueCount=";
    for part in archive.names().filter(|name| name.ends_with("sharedstrings.xml")).filter_map(|name| archive.part(name))
    {
        let Some(at) = memmem::find(part, COUNT) else { continue };
        let digits: Vec<u8> =
            part.iter().skip(at + COUNT.len() + 1).copied().take_while(u8::is_ascii_digit).take(20).collect();
        let count = std::str::from_utf8(&digits).ok().and_then(|digits| digits.parse::<usize>().ok());
        if !digits.is_empty() && count.is_none_or(|count| count > part.len()) {
            return Err(ReadError::new(ReadErrorKind::Malformed(
                "the table of texts claims more texts than it holds".to_owned(),
            )));
        }
    }
    Ok(())
}

/// Whether everything is to be calculated when the workbook is opened: what is stored may be out of date.
fn calculates_on_load(archive: &Archive) -> bool {
    let mut found = false;
    elements(archive.text("xl/workbook.xml").unwrap_or_default(), |element| {
        found |= element.local_name().as_ref() == "calcPr"
            && matches!(attribute(element, "fullCalcOnLoad").as_deref(), Some("1" | "true"));
    });
    found
}

/// Which part of the archive holds which sheet.
fn sheet_parts(archive: &Archive) -> HashMap<String, String> {
    let targets: HashMap<String, String> =
        relations(archive, "xl/workbook.xml").into_iter().map(|(id, _, part)| (id, part)).collect();
    let mut parts = HashMap::new();
    elements(archive.text("xl/workbook.xml").unwrap_or_default(), |element| {
        if element.local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (attribute(element, "name"), attribute(element, "id"))
            && let Some(part) = targets.get(&id)
        {
            parts.insert(name, part.clone());
        }
    });
    parts
}

/// What a part of the archive refers to: id, type and part.
pub(crate) fn relations(archive: &Archive, part: &str) -> Vec<(String, String, String)> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let mut relations = Vec::new();
    elements(archive.text(&format!("{folder}/_rels/{file}.rels")).unwrap_or_default(), |element| {
        if element.local_name().as_ref() == "Relationship"
            && let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target"))
        {
            let (mut folder, mut target) = (folder, target.as_str());
            while let Some(above) = target.strip_prefix("../") {
                folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
                target = above;
            }
            let path = if target.starts_with('/') { target.to_owned() } else { format!("{folder}/{target}") };
            relations.push((id, attribute(element, "Type").unwrap_or_default(), part_name(&path)));
        }
    });
    relations
}

/// The comments on a sheet, with row and column.
fn notes(archive: &Archive, sheet: &str) -> Vec<(u32, u32, String)> {
    let Some((_, _, part)) = relations(archive, sheet).into_iter().find(|(_, kind, _)| kind.ends_with("/comments"))
    else {
        return Vec::new();
    };
    let mut notes: Vec<(u32, u32, String)> = Vec::new();
    let mut reader = XmlReader::from_str(archive.text(&part).unwrap_or_default());
    let mut is_text = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) if element.local_name().as_ref() == "comment" => {
                let position = attribute(&element, "ref").and_then(|cell| cell_position(&cell));
                notes.extend(position.map(|(row, column)| (row, column, String::new())));
            }
            Ok(Event::Start(element)) => is_text = element.local_name().as_ref() == "t",
            Ok(Event::End(_)) => is_text = false,
            Ok(Event::Text(text)) if is_text => {
                if let Some((_, _, note)) = notes.last_mut() {
                    note.push_str(&text.xml10_content());
                }
            }
            Ok(Event::GeneralRef(entity)) if is_text => {
                if let Some((_, _, note)) = notes.last_mut() {
                    note.push_str(&entity_text(&entity));
                }
            }
            Ok(Event::Eof) | Err(_) => return notes,
            Ok(_) => {}
        }
    }
}

/// What an entity stands for. One that the document defines itself stands for nothing here: no spreadsheet program writes
/// them, and expanding them is what makes small files large.
pub(crate) fn entity_text(entity: &BytesRef<'_>) -> String {
    match resolve_xml_entity(entity.as_ref()) {
        Some(text) => text.to_owned(),
        None => entity.resolve_char_ref().ok().flatten().map(String::from).unwrap_or_default(),
    }
}

/// Calls `visit` for every element; broken markup ends it.
fn elements(markup: &str, mut visit: impl FnMut(&BytesStart<'_>)) {
    let mut reader = XmlReader::from_str(markup);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => visit(&element),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// An attribute by its name without prefix.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    unescape(&found.value).ok().map(|value| value.into_owned())
}

/// Merged ranges: `<mergeCell ref="A1:C3"/>`. In well-formed markup, `<` begins a tag and nothing else.
fn merges(markup: &[u8]) -> Vec<Merge> {
    let ends = |byte: u8| matches!(byte, b'<' | b':');
    memmem::find_iter(markup, b"mergeCell ")
        .filter(|at| at.checked_sub(1).and_then(|before| markup.get(before)).copied().is_some_and(ends))
        .filter_map(|at| {
            let (first, last) = tag_attribute(markup, at, b" ref=\"")?.split_once(':')?;
            let ((top, left), (bottom, right)) = (cell_position(first)?, cell_position(last)?);
            Some(Merge { first: (top, left), last: (bottom, right) })
        })
        .collect()
}

/// Hidden rows and columns: `<row r="5" hidden="1">`, `<col min="3" max="4" hidden="1">`.
fn hidden(markup: &[u8]) -> Hidden {
    const LONGEST_TAG: usize = 1024;
    let mut hidden = Hidden::default();
    for at in memmem::find_iter(markup, b" hidden=\"") {
        let before = markup.get(at.saturating_sub(LONGEST_TAG)..at).unwrap_or_default();
        let Some(tag) = memchr::memrchr(b'<', before).map(|tag| at - before.len() + tag) else { continue };
        if !matches!(tag_attribute(markup, tag, b" hidden=\""), Some("1" | "true")) {
            continue;
        }
        let number = |name: &[u8]| tag_attribute(markup, tag, name)?.parse::<u32>().ok()?.checked_sub(1);
        let name =
            markup.get(tag + 1..at).unwrap_or_default().split(u8::is_ascii_whitespace).next().unwrap_or_default();
        match name.rsplit(|byte| *byte == b':').next() {
            Some(b"row") => hidden.rows.extend(number(b" r=\"").filter(|row| *row <= LAST_ROW)),
            Some(b"col") => {
                if let (Some(first), Some(last)) = (number(b" min=\""), number(b" max=\""))
                    && first <= last
                {
                    hidden.columns.push((first, last.min(LAST_COLUMN)));
                }
            }
            _ => {}
        }
    }
    hidden
}

/// The value of an attribute of the tag at `at`; `name` is written with the space before it and `="` behind it.
fn tag_attribute<'m>(markup: &'m [u8], at: usize, name: &[u8]) -> Option<&'m str> {
    const LONGEST_TAG: usize = 2048;
    let tag = markup.get(at..)?;
    let tag = tag.get(..tag.len().min(LONGEST_TAG))?;
    let tag = tag.get(..memchr::memchr(b'>', tag)?)?;
    let value = tag.get(memmem::find(tag, name)? + name.len()..)?;
    std::str::from_utf8(value.get(..memchr::memchr(b'"', value)?)?).ok()
}

/// `C12` as row 11, column 2. `None` beyond the last row or column.
pub(crate) fn cell_position(text: &str) -> Option<(u32, u32)> {
    let text = text.trim_start_matches('$');
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = text.split_at_checked(letters)?;
    if letters == 0 || letters > 3 {
        return None;
    }
    let column =
        column.bytes().fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1) - 1;
    let row = row.trim_start_matches('$').parse::<u32>().ok()?.checked_sub(1)?;
    (row <= LAST_ROW && column <= LAST_COLUMN).then_some((row, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_ranges_are_found_in_the_markup() {
        let markup = br#"<sheetData><c t="inlineStr"><is><t>mergeCell ref="A9:B9"</t></is></c></sheetData>
            <mergeCells count="2"><mergeCell ref="A1:C1"/><x:mergeCell xr:uid="{}" ref="$B$2:XFD1048576"></x:mergeCell>
            <mergeCell ref="A0:B1"/><mergeCell ref="A1"/></mergeCells>"#;
        assert_eq!(
            merges(markup),
            [Merge { first: (0, 0), last: (0, 2) }, Merge { first: (1, 1), last: (LAST_ROW, LAST_COLUMN) }]
        );
    }

    #[test]
    fn hidden_rows_and_columns_are_found_in_the_markup() {
        let markup = br#"<cols><col min="2" max="3" width="9" hidden="1"/><col min="5" max="5" hidden="0"/></cols>
            <row r="4" spans="1:3" hidden="1"><c r="A4"/></row><x:row hidden="true" r="5"/><row r="6" hidden="false"/>"#;
        assert_eq!(hidden(markup), Hidden { sheet: false, rows: [3, 4].into(), columns: vec![(1, 2)] });
        assert_eq!(hidden(b" hidden=\"1\" hidden=\"1"), Hidden::default());
    }

    #[test]
    fn positions_beyond_the_sheet_are_none() {
        assert_eq!(cell_position("AA10"), Some((9, 26)));
        for text in ["", "A", "1", "A0", "XFE1", "A1048577", "ABCD1", "A99999999999"] {
            assert_eq!(cell_position(text), None, "{text}");
        }
    }
}
