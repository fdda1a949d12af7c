//! `.xls`: the records are checked first, then calamine reads them.
//!
//! calamine makes room for what the records announce and for the rectangle around all cells of a sheet, so both are
//! bounded here before it starts. The same pass finds what calamine does not know: hidden rows and columns, comments, and
//! how numbers are shown.

mod formats;

use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read};

use budget_document::{Document, Limits, ReadError, ReadErrorKind};
use calamine::{Reader as _, SheetType, SheetVisible, Xls, XlsError};
use cfb::CompoundFile;

use self::formats::{Formats, Styles};
use crate::book::{Book, Merge, SheetCells};
use crate::hidden::Hidden;
use crate::xlsx::from_data;

pub(crate) fn read(content: &[u8], limits: &Limits) -> Result<Document<'static>, ReadError> {
    let survey = Survey::of(&workbook_stream(content)?, limits)?;
    let mut workbook: Xls<_> = Xls::new(Cursor::new(content)).map_err(failed)?;
    let sheets = workbook.sheets_metadata().to_vec();
    let mut book = Book::new(limits);
    book.expect_sheets(sheets.len())?;
    let mut found = survey.sheets.into_iter();
    for sheet in sheets {
        let at_sheet = |error: ReadError| error.at(format!("sheet {}", sheet.name));
        let Extras { hidden, notes, styles, empty_formulas } = found.next().unwrap_or_default();
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let range = workbook.worksheet_range(&sheet.name).map_err(failed).map_err(at_sheet)?;
        let mut cells = SheetCells::default();
        // Positions in a range count from its first cell.
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let (row, column) = (top.saturating_add(row as u32), left.saturating_add(column as u32));
            let position = u16::try_from(row).ok().zip(u16::try_from(column).ok());
            let style = position.and_then(|position| styles.get(&position)).copied();
            let stored = from_data(value, |number| survey.formats.apply(style, number));
            book.stored(&mut cells, row, column, stored).map_err(at_sheet)?;
        }
        for (row, column) in empty_formulas {
            book.without_result(&mut cells, row.into(), column.into()).map_err(at_sheet)?;
        }
        for (row, column, text) in notes {
            book.note(&mut cells, row, column, text).map_err(at_sheet)?;
        }
        let merges = workbook.merge_cells_by_sheet_name(&sheet.name).map_err(failed).map_err(at_sheet)?;
        let merges = merges.into_iter().map(|range| Merge { first: range.start, last: range.end });
        let hidden = Hidden { sheet: sheet.visible != SheetVisible::Visible, ..hidden };
        book.finish_sheet(sheet.name.clone(), cells, merges, &hidden).map_err(at_sheet)?;
    }
    Ok(book.finish())
}

fn failed(error: XlsError) -> ReadError {
    match &error {
        XlsError::Password => ReadError::new(ReadErrorKind::Encrypted),
        other => malformed(&other.to_string()),
    }
    .caused_by(error)
}

fn malformed(what: &str) -> ReadError {
    ReadError::new(ReadErrorKind::Malformed(what.to_owned()))
}

/// The stream of records inside the compound file.
fn workbook_stream(content: &[u8]) -> Result<Vec<u8>, ReadError> {
    let damaged = |error: std::io::Error| malformed(&format!("the compound file is broken ({error})")).caused_by(error);
    let mut file = CompoundFile::open(Cursor::new(content)).map_err(damaged)?;
    if file.exists("/EncryptedPackage") {
        return Err(ReadError::new(ReadErrorKind::Encrypted));
    }
    let name = ["/Workbook", "/WORKBOOK", "/Book", "/BOOK"].into_iter().find(|name| file.is_stream(name));
    let name = name.ok_or_else(|| malformed("there is no workbook in the compound file"))?;
    let mut stream = Vec::new();
    // A stream cannot be longer than the file it is stored in.
    let reader = file.open_stream(name).map_err(damaged)?;
    reader.take(content.len() as u64).read_to_end(&mut stream).map_err(damaged)?;
    Ok(stream)
}

/// What the records say about the size of the sheets, and what calamine does not read of each.
#[derive(Debug)]
struct Survey {
    /// In the order of the list of sheets.
    sheets: Vec<Extras>,
    formats: Formats,
}

/// What calamine does not read of a sheet.
#[derive(Debug, Default, PartialEq, Eq)]
struct Extras {
    hidden: Hidden,
    /// Comments, with row and column.
    notes: Vec<(u32, u32, String)>,
    styles: Styles,
    /// Formulas whose stored result is an empty text.
    empty_formulas: Vec<(u16, u16)>,
}

/// The text of a comment being read: it belongs to a drawing object, and is cut into several records.
#[derive(Debug, Default)]
struct NoteText {
    object: u16,
    characters_left: usize,
    texts: HashMap<u16, String>,
}

impl NoteText {
    /// TXO: the number of characters to come.
    fn begin(&mut self, data: &[u8]) {
        self.characters_left = word(data, 10).map_or(0, usize::from);
    }

    /// CONTINUE: characters of one byte, or of two.
    fn go_on(&mut self, data: &[u8]) {
        let Some((flags, data)) = data.split_first().filter(|_| self.characters_left > 0) else { return };
        let units: Vec<u16> = match flags & 1 {
            0 => data.iter().take(self.characters_left).map(|byte| u16::from(*byte)).collect(),
            _ => data.chunks_exact(2).take(self.characters_left).filter_map(|unit| word(unit, 0)).collect(),
        };
        self.characters_left -= units.len();
        self.texts.entry(self.object).or_default().push_str(&String::from_utf16_lossy(&units));
    }
}

/// The rectangle around the cells of a sheet.
#[derive(Debug, Default)]
struct Extent {
    rows: Option<(u16, u16)>,
    columns: Option<(u16, u16)>,
    hidden: Hidden,
    /// Row, column and drawing object of each comment.
    notes: Vec<(u16, u16, u16)>,
    texts: NoteText,
    styles: Styles,
    empty_formulas: Vec<(u16, u16)>,
}

impl Extent {
    fn extras(&mut self) -> Extras {
        let texts = &mut self.texts.texts;
        let note = |(row, column, object): &(u16, u16, u16)| {
            Some((u32::from(*row), u32::from(*column), texts.remove(object)?))
        };
        let notes = self.notes.iter().filter_map(note).collect();
        Extras {
            hidden: std::mem::take(&mut self.hidden),
            notes,
            styles: std::mem::take(&mut self.styles),
            empty_formulas: std::mem::take(&mut self.empty_formulas),
        }
    }

    fn include(&mut self, row: u16, column: u16) {
        let wider =
            |range: Option<(u16, u16)>, at: u16| range.map_or((at, at), |(first, last)| (first.min(at), last.max(at)));
        self.rows = Some(wider(self.rows, row));
        self.columns = Some(wider(self.columns, column));
    }

    fn area(&self) -> usize {
        let length = |range: Option<(u16, u16)>| range.map_or(0, |(first, last)| usize::from(last - first) + 1);
        length(self.rows) * length(self.columns)
    }
}

impl Survey {
    fn of(stream: &[u8], limits: &Limits) -> Result<Self, ReadError> {
        let mut sheets: Vec<usize> = Vec::new();
        // By the offset of their first record.
        let mut extents: BTreeMap<usize, Extent> = BTreeMap::new();
        let mut formats = Formats::default();
        let mut current = None;
        let mut depth = 0_usize;
        let mut at = 0;
        while let Some(head) = stream.get(at..at + 4) {
            let kind = word(head, 0).unwrap_or_default();
            let length = usize::from(word(head, 2).unwrap_or_default());
            let Some(data) = stream.get(at + 4..at + 4 + length) else { break };
            let extent = if depth <= 1 { current.and_then(|offset| extents.get_mut(&offset)) } else { None };
            match kind {
                // BOF: sheets follow each other, charts lie inside of them.
                0x0809 => {
                    if depth == 0 {
                        current = Some(at);
                        extents.insert(at, Extent::default());
                    }
                    depth += 1;
                }
                // EOF
                0x000A => depth = depth.saturating_sub(1),
                // FILEPASS
                0x002F if word(data, 0) != Some(0) => return Err(ReadError::new(ReadErrorKind::Encrypted)),
                // BOUNDSHEET: offset of the sheet
                0x0085 => {
                    sheets.push(word(data, 0).map_or(0, usize::from) | word(data, 2).map_or(0, usize::from) << 16)
                }
                // DIMENSIONS: first row, last row + 1, first column, last column + 1
                0x0200 => check_dimensions(data, limits)?,
                // NUMBER, LABEL, BOOLERR, RK, LABELSST, RSTRING, FORMULA
                0x0203 | 0x0204 | 0x0205 | 0x027E | 0x00FD | 0x00D6 | 0x0006 => {
                    if let (Some(extent), Some(row), Some(column)) = (extent, word(data, 0), word(data, 2)) {
                        extent.include(row, column);
                        extent.styles.extend(word(data, 4).map(|style| ((row, column), style)));
                        // FORMULA: the kind of a result that is no number stands in its first byte, 3 for an empty text.
                        if kind == 0x0006 && data.get(6) == Some(&3) && word(data, 12) == Some(u16::MAX) {
                            extent.empty_formulas.push((row, column));
                        }
                    }
                }
                // XF and FORMAT
                0x00E0 => formats.style(data),
                0x041E => formats.format(data),
                // MULRK: row, first column, …, last column
                0x00BD => {
                    let last = length.checked_sub(2).and_then(|last| word(data, last));
                    if let (Some(extent), Some(row), Some(first), Some(last)) =
                        (extent, word(data, 0), word(data, 2), last)
                    {
                        extent.include(row, first);
                        extent.include(row, last);
                        formats::of_row(data, &mut extent.styles);
                    }
                }
                // ROW: a row of no height is hidden
                0x0208 => {
                    if let (Some(extent), Some(row), Some(flags)) = (extent, word(data, 0), word(data, 12))
                        && flags & 0x20 != 0
                    {
                        extent.hidden.rows.insert(u32::from(row));
                    }
                }
                // NOTE: row, column, flags, drawing object
                0x001C => {
                    if let (Some(extent), Some(row), Some(column), Some(object)) =
                        (extent, word(data, 0), word(data, 2), word(data, 6))
                    {
                        extent.notes.push((row, column, object));
                    }
                }
                // OBJ
                0x005D => {
                    if let (Some(extent), Some(object)) = (extent, word(data, 6)) {
                        extent.texts.object = object;
                    }
                }
                // TXO and CONTINUE
                0x01B6 => extent.into_iter().for_each(|extent| extent.texts.begin(data)),
                0x003C => extent.into_iter().for_each(|extent| extent.texts.go_on(data)),
                // COLINFO
                0x007D => {
                    if let (Some(extent), Some(first), Some(last), Some(flags)) =
                        (extent, word(data, 0), word(data, 2), word(data, 8))
                        && flags & 1 != 0
                        && first <= last
                    {
                        extent.hidden.columns.push((u32::from(first), u32::from(last)));
                    }
                }
                _ => {}
            }
            at += 4 + length;
        }
        Ok(Self { sheets: Self::extras(&sheets, extents, limits)?, formats })
    }

    /// What was found of each sheet, in the order of the list of sheets.
    fn extras(
        sheets: &[usize],
        mut extents: BTreeMap<usize, Extent>,
        limits: &Limits,
    ) -> Result<Vec<Extras>, ReadError> {
        if sheets.len() > limits.sheets {
            let limit = format!("workbook of {} sheets, at most {}", sheets.len(), limits.sheets);
            return Err(ReadError::new(ReadErrorKind::TooLarge(limit)));
        }
        let mut area = 0_usize;
        let mut seen: HashMap<usize, ()> = HashMap::new();
        let mut found = Vec::new();
        for offset in sheets {
            let extent = extents
                .get_mut(offset)
                .ok_or_else(|| malformed("a sheet does not begin where the list of sheets says"))?;
            if seen.insert(*offset, ()).is_some() {
                return Err(malformed("two sheets begin at the same place"));
            }
            area = area.saturating_add(extent.area());
            if area > limits.cells {
                let limit = format!("workbook of more than {} cells", limits.cells);
                return Err(ReadError::new(ReadErrorKind::TooLarge(limit)));
            }
            found.push(extent.extras());
        }
        Ok(found)
    }
}

/// The announced size of a sheet may be larger than its cells need, but not larger than a sheet can be.
fn check_dimensions(data: &[u8], limits: &Limits) -> Result<(), ReadError> {
    let wide = |at: usize| Some(usize::from(word(data, at)?) | usize::from(word(data, at + 2)?) << 16);
    let sizes = if data.len() >= 14 {
        [wide(0), wide(4), word(data, 8).map(usize::from), word(data, 10).map(usize::from)]
    } else {
        [0, 2, 4, 6].map(|at| word(data, at).map(usize::from))
    };
    let [Some(top), Some(bottom), Some(left), Some(right)] = sizes else {
        return Err(malformed("a sheet without its dimensions"));
    };
    let area =
        bottom.saturating_sub(top).saturating_add(1).saturating_mul(right.saturating_sub(left).saturating_add(1));
    if bottom > 65_536 || right > 256 || area > limits.cells.saturating_mul(8) {
        return Err(malformed("the announced dimensions of a sheet are larger than a sheet can be"));
    }
    Ok(())
}

fn word(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A record of words.
    fn record(kind: u16, words: &[u16]) -> Vec<u8> {
        let length = words.len() as u16 * 2;
        [kind, length].iter().chain(words).flat_map(|word| word.to_le_bytes()).collect()
    }

    /// A workbook of one sheet with these records.
    fn stream(records: &[Vec<u8>]) -> Vec<u8> {
        let globals =
            |offset: u16| [record(0x0809, &[0x0600, 5]), record(0x0085, &[offset, 0, 0]), record(0x000A, &[])].concat();
        let offset = globals(0).len() as u16;
        [globals(offset), record(0x0809, &[0x0600, 0x10]), records.concat(), record(0x000A, &[])].concat()
    }

    #[test]
    fn hidden_rows_and_columns_are_found_in_the_records() {
        let row = |row: u16, flags: u16| record(0x0208, &[row, 0, 4, 255, 0, 0, flags, 15]);
        let stream = stream(&[
            row(3, 0x20),
            row(4, 0),
            record(0x007D, &[1, 2, 9, 15, 1]),
            record(0x0203, &[4, 0, 15, 0, 0, 0, 0]),
        ]);
        let survey = Survey::of(&stream, &Limits::default()).unwrap();
        let hidden = Hidden { sheet: false, rows: [3].into(), columns: vec![(1, 2)] };
        let styles = Styles::from([((4, 0), 15)]);
        assert_eq!(survey.sheets, [Extras { hidden, styles, ..Extras::default() }]);
    }

    #[test]
    fn comments_are_put_together_from_their_records() {
        let object = record(0x005D, &[0x15, 0x12, 0x19, 7]);
        let text = record(0x01B6, &[0, 0, 0, 0, 0, 4, 0, 0, 0]);
        let first = [vec![0x3C, 0, 5, 0, 1], "此数".encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
        let second = [0x3C, 0, 3, 0, 0, b'o', b'k'].to_vec();
        let stream = stream(&[
            object,
            text,
            first,
            second,
            record(0x003C, &[1, 2]),
            record(0x001C, &[4, 2, 0, 7]),
            record(0x001C, &[5, 2, 0, 8]),
        ]);
        let survey = Survey::of(&stream, &Limits::default()).unwrap();
        assert_eq!(survey.sheets, [Extras { notes: vec![(4, 2, "此数ok".to_owned())], ..Extras::default() }]);
    }

    #[test]
    fn a_rectangle_of_too_many_cells_is_refused() {
        let corners = [record(0x0203, &[0, 0, 15, 0, 0, 0, 0]), record(0x0203, &[65_535, 65_535, 15, 0, 0, 0, 0])];
        let error = Survey::of(&stream(&corners), &Limits::default()).unwrap_err();
        assert!(matches!(error.kind(), ReadErrorKind::TooLarge(_)));
    }

    #[test]
    fn dimensions_no_sheet_can_have_are_refused() {
        let dimensions = [record(0x0200, &[0, 0, 0, 0x7FFF, 0, 0xFFFF, 0])];
        let error = Survey::of(&stream(&dimensions), &Limits::default()).unwrap_err();
        assert!(matches!(error.kind(), ReadErrorKind::Malformed(_)));
    }

    #[test]
    fn an_encrypted_stream_is_said_to_be_one() {
        let error = Survey::of(&stream(&[record(0x002F, &[1, 1, 1])]), &Limits::default()).unwrap_err();
        assert_eq!(error.kind(), &ReadErrorKind::Encrypted);
    }
}
