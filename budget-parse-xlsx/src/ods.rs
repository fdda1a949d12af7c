//! `.ods`: the cells are read from the markup itself, which has the exact decimals, the merged ranges, and how each number
//! is shown.

use std::collections::HashSet;

use budget_document::{CellValue, Document, Limits, ReadError, ReadErrorKind};
use memchr::memmem;
use quick_xml::Reader as XmlReader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use crate::archive::Archive;
use crate::book::{Book, LAST_COLUMN, LAST_ROW, Merge, SheetCells};
use crate::format::{self, Shown};
use crate::hidden::Hidden;
use crate::number::{self, Stored};
use crate::xlsx::entity_text;

pub(crate) fn read(archive: &Archive, limits: &Limits) -> Result<Document<'static>, ReadError> {
    let manifest = archive.part("meta-inf/manifest.xml").unwrap_or_default();
    if memmem::find(manifest, b"encryption-data").is_some() {
        return Err(ReadError::new(ReadErrorKind::Encrypted));
    }
    let markup = archive.text("content.xml").ok_or_else(|| malformed("there is no content in the document"))?;
    let mut reader = SheetsReader {
        book: Book::new(limits),
        hidden_styles: HashSet::new(),
        style: String::new(),
        sheet: None,
        depth: 0,
        aside: 0,
        in_note: false,
    };
    let mut xml = XmlReader::from_str(markup);
    xml.config_mut().check_end_names = false;
    loop {
        let position = xml.buffer_position();
        let broken = |error: quick_xml::Error| {
            malformed(&format!("broken markup at byte {position} of the content")).caused_by(error)
        };
        match xml.read_event().map_err(broken)? {
            Event::Start(element) => reader.start(&element)?,
            Event::Empty(element) => {
                reader.start(&element)?;
                reader.end(element.name().as_ref())?;
            }
            Event::End(element) => reader.end(element.name().as_ref())?,
            Event::Text(text) => reader.text(&text.xml10_content()),
            Event::GeneralRef(entity) => reader.text(&entity_text(&entity)),
            Event::Eof => break,
            _ => {}
        }
    }
    if reader.sheet.is_some() {
        return Err(malformed("the content ends inside a sheet"));
    }
    Ok(reader.book.finish())
}

fn malformed(what: &str) -> ReadError {
    ReadError::new(ReadErrorKind::Malformed(what.to_owned()))
}

struct SheetsReader {
    book: Book,
    /// Names of table styles that hide their sheet.
    hidden_styles: HashSet<String>,
    /// The style being defined.
    style: String,
    sheet: Option<Sheet>,
    /// How many tables are open: those inside of a cell are not read.
    depth: usize,
    /// How many drawings are open: their text is not that of the cell.
    aside: usize,
    /// Whether a comment is open.
    in_note: bool,
}

#[derive(Default)]
struct Sheet {
    name: String,
    cells: SheetCells,
    merges: Vec<Merge>,
    hidden: Hidden,
    /// The row and column that come next, from 0.
    row: u32,
    column: u32,
    row_repeats: u32,
    row_cells: Vec<OdsCell>,
    cell: Option<OdsCell>,
    /// The next column that has a definition.
    defined: u32,
}

#[derive(Clone, Default)]
struct OdsCell {
    column: u32,
    repeats: u32,
    kind: String,
    value: Option<String>,
    has_formula: bool,
    is_error: bool,
    text: String,
    paragraphs: usize,
    /// The comment on it.
    note: String,
}

impl SheetsReader {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let attribute = |name: &str| {
            let found = element.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
            unescape(&found.value).ok().map(|value| value.into_owned())
        };
        let count = |name: &str| attribute(name).and_then(|count| count.parse::<u32>().ok()).unwrap_or(1).max(1);
        match element.name().as_ref() {
            "style:style" => self.style = attribute("style:name").unwrap_or_default(),
            "style:table-properties" if attribute("table:display").as_deref() == Some("false") => {
                self.hidden_styles.insert(std::mem::take(&mut self.style));
            }
            "table:table" => {
                self.depth += 1;
                if self.depth == 1 {
                    self.book.expect_sheets(usize::from(self.book.next_sheet()) + 1)?;
                    let is_hidden =
                        attribute("table:style-name").is_some_and(|style| self.hidden_styles.contains(&style));
                    let hidden = Hidden { sheet: is_hidden, ..Hidden::default() };
                    self.sheet =
                        Some(Sheet { name: attribute("table:name").unwrap_or_default(), hidden, ..Sheet::default() });
                }
            }
            "office:annotation" => self.in_note = true,
            "table:shapes" | "draw:frame" => self.aside += 1,
            _ if self.depth != 1 || self.aside > 0 => {}
            name => {
                let Some(sheet) = &mut self.sheet else { return Ok(()) };
                let is_hidden = || matches!(attribute("table:visibility").as_deref(), Some("collapse" | "filter"));
                match name {
                    "table:table-column" => {
                        let first = sheet.defined;
                        sheet.defined = first.saturating_add(count("table:number-columns-repeated"));
                        if is_hidden() && first <= LAST_COLUMN {
                            sheet.hidden.columns.push((first, (sheet.defined - 1).min(LAST_COLUMN)));
                        }
                    }
                    "table:table-row" => {
                        sheet.column = 0;
                        sheet.row_repeats = count("table:number-rows-repeated");
                        sheet.row_cells.clear();
                        if is_hidden() {
                            let last = sheet.row.saturating_add(sheet.row_repeats - 1).min(LAST_ROW);
                            sheet.hidden.rows.extend(sheet.row..=last);
                        }
                    }
                    "table:table-cell" | "table:covered-table-cell" => {
                        let (rows, columns) =
                            (count("table:number-rows-spanned"), count("table:number-columns-spanned"));
                        if rows > 1 || columns > 1 {
                            let first = (sheet.row, sheet.column);
                            let last = (
                                first.0.saturating_add(rows - 1).min(LAST_ROW),
                                first.1.saturating_add(columns - 1).min(LAST_COLUMN),
                            );
                            sheet.merges.push(Merge { first, last });
                        }
                        let value = [
                            "office:value",
                            "office:date-value",
                            "office:time-value",
                            "office:boolean-value",
                            "office:string-value",
                        ];
                        sheet.cell = Some(OdsCell {
                            column: sheet.column,
                            repeats: count("table:number-columns-repeated"),
                            kind: attribute("office:value-type").unwrap_or_default(),
                            value: value.iter().find_map(|name| attribute(name)),
                            has_formula: attribute("table:formula").is_some(),
                            is_error: attribute("calcext:value-type").as_deref() == Some("error"),
                            ..OdsCell::default()
                        });
                    }
                    "text:p" => {
                        if let Some(cell) = &mut sheet.cell {
                            if self.in_note {
                                if !cell.note.is_empty() {
                                    cell.note.push('\n');
                                }
                                return Ok(());
                            }
                            if cell.paragraphs > 0 {
                                cell.text.push('\n');
                            }
                            cell.paragraphs += 1;
                        }
                    }
                    "text:s" => {
                        let spaces = count("text:c").min(1_000) as usize;
                        self.text(&" ".repeat(spaces));
                    }
                    "text:tab" => self.text("\t"),
                    "text:line-break" => self.text("\n"),
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "table:table" => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0
                    && let Some(sheet) = self.sheet.take()
                {
                    let name = sheet.name.clone();
                    self.book
                        .finish_sheet(sheet.name, sheet.cells, sheet.merges, &sheet.hidden)
                        .map_err(|error| error.at(format!("sheet {name}")))?;
                }
            }
            "office:annotation" => self.in_note = false,
            "table:shapes" | "draw:frame" => self.aside = self.aside.saturating_sub(1),
            _ if self.depth != 1 || self.aside > 0 => {}
            "table:table-cell" | "table:covered-table-cell" => {
                if let Some(sheet) = &mut self.sheet
                    && let Some(cell) = sheet.cell.take()
                {
                    sheet.column = sheet.column.saturating_add(cell.repeats);
                    sheet.row_cells.push(cell);
                }
            }
            "table:table-row" => {
                let Some(sheet) = &mut self.sheet else { return Ok(()) };
                for cell in std::mem::take(&mut sheet.row_cells) {
                    let stored = cell.value();
                    let is_blank = stored == Stored::Cell(CellValue::Blank);
                    if is_blank && cell.has_formula {
                        self.book.without_result(&mut sheet.cells, sheet.row, cell.column)?;
                    }
                    if is_blank {
                        continue;
                    }
                    if !cell.note.is_empty() {
                        self.book.note(&mut sheet.cells, sheet.row, cell.column, cell.note.clone())?;
                    }
                    for row in sheet.row..sheet.row.saturating_add(sheet.row_repeats) {
                        for column in cell.column..cell.column.saturating_add(cell.repeats) {
                            self.book.stored(&mut sheet.cells, row, column, stored.clone())?;
                        }
                    }
                }
                sheet.row = sheet.row.saturating_add(sheet.row_repeats);
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.depth == 1
            && self.aside == 0
            && let Some(cell) = self.sheet.as_mut().and_then(|sheet| sheet.cell.as_mut())
        {
            if self.in_note {
                cell.note.push_str(text);
            } else if cell.paragraphs > 0 {
                cell.text.push_str(text);
            }
        }
    }
}

impl OdsCell {
    fn value(&self) -> Stored {
        let text = || if self.text.is_empty() { CellValue::Blank } else { CellValue::Text(self.text.clone().into()) };
        if self.is_error {
            return Stored::Cell(CellValue::Error(self.text.clone().into()));
        }
        Stored::Cell(match (self.kind.as_str(), &self.value) {
            ("float" | "currency" | "percentage", Some(value)) => return self.number(value),
            ("date", Some(value)) => {
                CellValue::Text(value.strip_suffix("T00:00:00").unwrap_or(value).to_owned().into())
            }
            ("time" | "boolean", Some(value)) => CellValue::Text(value.clone().into()),
            ("string", Some(value)) if self.text.is_empty() && !value.is_empty() => {
                CellValue::Text(value.clone().into())
            }
            _ => text(),
        })
    }

    /// The stored number and what is shown of it, which is in the file.
    fn number(&self, value: &str) -> Stored {
        let value = match value.parse::<f64>().map(number::exact) {
            Ok(Ok(exact)) => exact,
            Ok(Err(text)) => return Stored::Cell(CellValue::Text(text.into())),
            Err(_) => return Stored::Cell(CellValue::Text(value.to_owned().into())),
        };
        // Without a text, or in a column too narrow for it, the number is all there is.
        let is_all = self.paragraphs == 0 || (!self.text.is_empty() && self.text.chars().all(|mark| mark == '#'));
        Stored::Number(value, if is_all { Shown::Number(value) } else { format::shown(&self.text, value, true) })
    }
}
