//! XML Spreadsheet 2003 (SpreadsheetML): a workbook as one XML file.
//!
//! ```xml
//! <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="表1"><Table>
//! <Row ss:Index="3"><Cell ss:MergeAcross="2"><Data ss:Type="Number">17</Data></Cell></Row></Table></Worksheet></Workbook>
//! ```

use std::collections::HashMap;

use budget_document::{Clock, Document, Limits, ReadError, ReadErrorKind};
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::sheet::{Sheet, Stored};
use crate::shown::NumberFormat;

/// Last row and column of any spreadsheet program, from 0.
const LAST_ROW: u32 = 1_048_575;
const LAST_COLUMN: u32 = 16_383;
/// Events between two looks at the clock.
const EVENTS: usize = 1 << 14;

/// The workbook as it is read.
struct Workbook<'l> {
    document: Document<'static>,
    limits: &'l Limits,
    /// Number formats of styles, by their ids.
    formats: HashMap<String, NumberFormat>,
    style: String,
    sheet: Option<Sheet>,
    /// The next row and column, from 0.
    row: u32,
    column: u32,
    /// The column of the sheet whose width is said next.
    column_said: u32,
    cell: Option<Cell>,
    text: Option<Text>,
    cells: usize,
}

/// A cell that is being read.
#[derive(Default)]
struct Cell {
    row: u32,
    column: u32,
    height: u32,
    width: u32,
    format: NumberFormat,
    is_formula: bool,
    kind: String,
    value: Option<String>,
    note: Option<String>,
}

/// Which text is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Text {
    Value,
    Note,
    Visible,
}

/// Reads a workbook.
pub(crate) fn read(xml: &str, limits: &Limits, clock: &Clock) -> Result<Document<'static>, ReadError> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut workbook = Workbook {
        document: Document::new(),
        limits,
        formats: HashMap::new(),
        style: String::new(),
        sheet: None,
        row: 0,
        column: 0,
        column_said: 0,
        cell: None,
        text: None,
        cells: 0,
    };
    let mut text = String::new();
    for count in 0_usize.. {
        if count % EVENTS == 0 {
            clock.check()?;
        }
        let event = reader.read_event().map_err(|cause| {
            ReadError::new(ReadErrorKind::Malformed("the XML of the workbook is broken".to_owned())).caused_by(cause)
        })?;
        match event {
            Event::Start(tag) => workbook.start(&tag, &mut text)?,
            Event::Empty(tag) => {
                workbook.start(&tag, &mut text)?;
                workbook.end(tag.local_name().as_ref(), &mut text)?;
            }
            Event::End(tag) => workbook.end(tag.local_name().as_ref(), &mut text)?,
            Event::Text(piece) if workbook.text.is_some() => text.push_str(&piece.xml10_content()),
            Event::CData(piece) if workbook.text.is_some() => text.push_str(&piece),
            Event::GeneralRef(entity) if workbook.text.is_some() => {
                // One that the document defines itself stands for nothing: expanding them is what makes small files large.
                match resolve_xml_entity(entity.as_ref()) {
                    Some(known) => text.push_str(known),
                    None => text.extend(entity.resolve_char_ref().ok().flatten()),
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    // A file that was cut off ends within a sheet.
    workbook.end_sheet()?;
    if workbook.document.sheets.is_empty() {
        return Err(ReadError::new(ReadErrorKind::Empty));
    }
    Ok(workbook.document)
}

/// An attribute of a tag, whatever its prefix.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == name)?;
    Some(unescape(&found.value).map_or_else(|_| found.value.to_string(), |value| value.into_owned()))
}

fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name).and_then(|value| value.trim().parse().ok())
}

impl Workbook<'_> {
    fn start(&mut self, tag: &BytesStart<'_>, text: &mut String) -> Result<(), ReadError> {
        match tag.local_name().as_ref() {
            "Style" => self.style = attribute(tag, "ID").unwrap_or_default(),
            "NumberFormat" => {
                let format = NumberFormat::of(&attribute(tag, "Format").unwrap_or_default());
                self.formats.insert(self.style.clone(), format);
            }
            "Worksheet" => {
                self.end_sheet()?;
                let most = self.limits.sheets.min(usize::from(u16::MAX));
                if self.document.sheets.len() >= most {
                    return Err(ReadError::new(ReadErrorKind::TooLarge(format!(
                        "workbook of more than {most} sheets"
                    ))));
                }
                self.sheet = Some(Sheet::new(attribute(tag, "Name").unwrap_or_default()));
                (self.row, self.column, self.column_said) = (0, 0, 0);
            }
            "Column" => {
                let first = number(tag, "Index").map_or(self.column_said, |index| index.saturating_sub(1));
                let last = first.saturating_add(number(tag, "Span").unwrap_or(0)).min(LAST_COLUMN);
                self.column_said = last + 1;
                let is_hidden = attribute(tag, "Hidden").as_deref() == Some("1");
                if let Some(sheet) = self.sheet.as_mut().filter(|_| is_hidden && first <= last) {
                    sheet.hidden_columns.push((first, last));
                }
            }
            "Row" => {
                self.row = number(tag, "Index").map_or(self.row, |index| index.saturating_sub(1));
                self.column = 0;
                if let Some(sheet) = self.sheet.as_mut().filter(|_| attribute(tag, "Hidden").as_deref() == Some("1")) {
                    sheet.hidden_rows.push(self.row);
                }
                // Rows that are alike are written once, if they are blank.
                self.row = self.row.saturating_add(number(tag, "Span").unwrap_or(0));
            }
            "Cell" => {
                self.column = number(tag, "Index").map_or(self.column, |index| index.saturating_sub(1));
                if self.row > LAST_ROW || self.column > LAST_COLUMN {
                    let place = format!("a cell in row {}, column {}", self.row + 1, self.column + 1);
                    return Err(ReadError::new(ReadErrorKind::Malformed(place)));
                }
                let format = attribute(tag, "StyleID").and_then(|style| self.formats.get(&style).copied());
                let (across, down) = (number(tag, "MergeAcross").unwrap_or(0), number(tag, "MergeDown").unwrap_or(0));
                self.cell = Some(Cell {
                    row: self.row,
                    column: self.column,
                    height: down.min(LAST_ROW - self.row) + 1,
                    width: across.min(LAST_COLUMN - self.column) + 1,
                    format: format.or_else(|| self.formats.get("Default").copied()).unwrap_or_default(),
                    is_formula: attribute(tag, "Formula").is_some(),
                    ..Cell::default()
                });
            }
            "Comment" => self.begin(Text::Note, text),
            "Data" if self.text != Some(Text::Note) => {
                if let Some(cell) = &mut self.cell {
                    cell.kind = attribute(tag, "Type").unwrap_or_default();
                    self.begin(Text::Value, text);
                }
            }
            "Visible" => self.begin(Text::Visible, text),
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, kind: Text, text: &mut String) {
        self.text = Some(kind);
        text.clear();
    }

    fn end(&mut self, name: &str, text: &mut String) -> Result<(), ReadError> {
        match (name, self.text) {
            ("Data", Some(Text::Value)) => {
                self.text = None;
                self.cell.iter_mut().for_each(|cell| cell.value = Some(std::mem::take(text)));
            }
            ("Comment", Some(Text::Note)) => {
                self.text = None;
                self.cell.iter_mut().for_each(|cell| cell.note = Some(text.trim().to_owned()));
            }
            ("Visible", Some(Text::Visible)) => {
                self.text = None;
                // `SheetHidden`, `SheetVeryHidden`
                self.sheet.iter_mut().for_each(|sheet| sheet.is_hidden = text.trim().ends_with("Hidden"));
            }
            ("Cell", _) => self.end_cell()?,
            ("Row", _) => self.row = self.row.saturating_add(1),
            ("Worksheet", _) => self.end_sheet()?,
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), ReadError> {
        self.text = None;
        let Some(cell) = self.cell.take() else { return Ok(()) };
        self.column = cell.column.saturating_add(cell.width);
        let stored = match cell.value {
            Some(value) => Stored::of(&cell.kind, value, cell.format),
            None if cell.is_formula => Stored::without_result(),
            None => Stored::blank(),
        };
        if stored.is_blank() && cell.height == 1 && cell.width == 1 {
            return Ok(());
        }
        self.cells += 1;
        self.limits.check_cells(self.cells)?;
        if let Some(sheet) = &mut self.sheet {
            sheet.add((cell.row, cell.column), (cell.height, cell.width), stored, cell.note);
        }
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<(), ReadError> {
        self.end_cell()?;
        if let Some(sheet) = self.sheet.take() {
            sheet.finish(&mut self.document);
        }
        Ok(())
    }
}
