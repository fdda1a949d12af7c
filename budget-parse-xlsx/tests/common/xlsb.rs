//! A writer of `.xlsb` workbooks after [MS-XLSB]: as much of the format as the sheets of a form need.

use budget_document::{CellValue, Document, Grid};
use budget_model::Place;

use super::{Merge, merges, notes, zip};

/// A sheet to be written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) is_hidden: bool,
    pub(crate) hidden_rows: Vec<u32>,
    /// First and last column of each run.
    pub(crate) hidden_columns: Vec<(u32, u32)>,
    /// Row, column, value and number format, in order of rows.
    pub(crate) cells: Vec<(u32, u32, Stored, &'static str)>,
    pub(crate) merges: Vec<Merge>,
    /// Row, column and text of the comments.
    pub(crate) comments: Vec<(u32, u32, String)>,
}

/// The value of a cell as the format stores it.
#[derive(Clone, Debug)]
pub(crate) enum Stored {
    Blank,
    /// A number in 30 bits and two flags.
    Short(u32),
    Real(f64),
    Inline(&'static str),
    Rich(&'static str),
    Shared(String),
    Flag(bool),
    Error(u8),
    FormulaText(&'static str),
    FormulaNumber(f64),
    FormulaFlag(bool),
    FormulaError(u8),
}

/// A record: a number, a length, and so many bytes.
pub(crate) fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let kind = if kind < 128 { vec![kind as u8] } else { vec![(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8] };
    let mut length = data.len();
    let mut bytes = kind;
    while length >= 128 {
        bytes.push((length & 0x7F) as u8 | 0x80);
        length >>= 7;
    }
    bytes.push(length as u8);
    bytes.extend_from_slice(data);
    bytes
}

fn ints(ints: &[u32]) -> Vec<u8> {
    ints.iter().flat_map(|int| int.to_le_bytes()).collect()
}

fn text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let bytes = units.iter().flat_map(|unit| unit.to_le_bytes());
    (units.len() as u32).to_le_bytes().into_iter().chain(bytes).collect()
}

/// A text that may have formats inside, and has none.
fn rich(content: &str) -> Vec<u8> {
    [vec![0], text(content)].concat()
}

/// A workbook of these sheets.
pub(crate) fn write(sheets: &[Sheet]) -> Vec<u8> {
    let mut shared: Vec<String> = Vec::new();
    let mut formats: Vec<&'static str> = vec!["General"];
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    let mut list = Vec::new();
    let mut relations = String::new();
    for (number, sheet) in (1..).zip(sheets) {
        list.push(record(
            156,
            &[ints(&[u32::from(sheet.is_hidden), number]), text(&format!("rId{number}")), text(&sheet.name)].concat(),
        ));
        relations.push_str(&relation(number, "worksheet", &format!("worksheets/sheet{number}.bin")));
        parts.push((format!("xl/worksheets/sheet{number}.bin"), sheet.part(&mut shared, &mut formats)));
        if !sheet.comments.is_empty() {
            let markup = relation(1, "comments", &format!("../comments{number}.bin"));
            parts.push((format!("xl/worksheets/_rels/sheet{number}.bin.rels"), relationships(&markup)));
            parts.push((format!("xl/comments{number}.bin"), sheet.comments_part()));
        }
    }
    let count = sheets.len() as u32;
    relations.push_str(&relation(count + 1, "sharedStrings", "sharedStrings.bin"));
    relations.push_str(&relation(count + 2, "styles", "styles.bin"));
    let list = [record(143, &[]), list.concat(), record(144, &[])].concat();
    parts.push((
        "xl/workbook.bin".to_owned(),
        [record(131, &[]), record(153, &ints(&[0, 0, 0])), list, record(157, &[0; 26]), record(132, &[])].concat(),
    ));
    parts.push(("xl/_rels/workbook.bin.rels".to_owned(), relationships(&relations)));
    parts.push(("xl/sharedStrings.bin".to_owned(), shared_part(&shared)));
    parts.push(("xl/styles.bin".to_owned(), styles_part(&formats)));
    parts.push(("_rels/.rels".to_owned(), relationships(&relation(1, "officeDocument", "xl/workbook.bin"))));
    parts.push(("[Content_Types].xml".to_owned(), content_types(sheets.len())));
    zip(&parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect::<Vec<_>>())
}

/// The sheets of a document, to be written in this format. What was hidden is not in the document.
pub(crate) fn sheets_of(document: &Document<'_>) -> Vec<Sheet> {
    let grid = |(grid, name): (&Grid<'_>, &String)| {
        let place = |place: Place| match place {
            Place::Cell { row, column, .. } => (row - 1, column - 1),
            place => panic!("a cell at {place:?}"),
        };
        let row = |row: u32| {
            let above = grid.cells().iter().rev().find(|cell| cell.row <= row).unwrap();
            place(above.place).0 + row - above.row
        };
        let cells = grid.cells().iter().map(|cell| {
            let (row, column) = place(cell.place);
            let (stored, format) = match &cell.value {
                CellValue::Text(text) => (Stored::Shared(text.to_string()), "@"),
                CellValue::Number(number) => {
                    let format = ["General", "0.0", "#,##0.00"][number.scale() as usize];
                    (Stored::Real(number.to_string().parse().unwrap()), format)
                }
                CellValue::Error(error) => panic!("{error}"),
                _ => (Stored::Blank, "General"),
            };
            (row, column, stored, format)
        });
        Sheet {
            name: name.clone(),
            cells: cells.collect(),
            merges: merges(grid)
                .iter()
                .map(|merge| Merge {
                    first: (row(merge.first.0), merge.first.1),
                    last: (row(merge.last.0), merge.last.1),
                })
                .collect(),
            comments: notes(grid).into_iter().map(|(cell, text)| (row(cell.0), cell.1, text.to_owned())).collect(),
            ..Sheet::default()
        }
    };
    document.grids().zip(&document.sheets).map(grid).collect()
}

impl Sheet {
    fn part(&self, shared: &mut Vec<String>, formats: &mut Vec<&'static str>) -> Vec<u8> {
        let mut part = vec![record(129, &[]), record(148, &ints(&[0, 1_048_575, 0, 16_383]))];
        if !self.hidden_columns.is_empty() {
            part.push(record(390, &[]));
            for (first, last) in &self.hidden_columns {
                part.push(record(60, &[ints(&[*first, *last, 2304, 0]), vec![1, 0]].concat()));
            }
            part.push(record(391, &[]));
        }
        part.push(record(145, &[]));
        for of_row in self.cells.chunk_by(|(row, ..), (next, ..)| row == next) {
            let row = of_row[0].0;
            let hidden = u8::from(self.hidden_rows.contains(&row)) << 4;
            part.push(record(0, &[ints(&[row, 0]), vec![0x2C, 1, 0, hidden, 0], ints(&[0])].concat()));
            for (_, column, stored, format) in of_row {
                let style = formats.iter().position(|known| known == format).unwrap_or_else(|| {
                    formats.push(format);
                    formats.len() - 1
                });
                part.push(stored.record(*column, style as u32, shared));
            }
        }
        part.push(record(146, &[]));
        if !self.merges.is_empty() {
            part.push(record(177, &ints(&[self.merges.len() as u32])));
            for merge in &self.merges {
                part.push(record(176, &ints(&[merge.first.0, merge.last.0, merge.first.1, merge.last.1])));
            }
            part.push(record(178, &[]));
        }
        part.push(record(130, &[]));
        part.concat()
    }

    fn comments_part(&self) -> Vec<u8> {
        let mut part =
            vec![record(628, &[]), record(630, &[]), record(632, &text("")), record(631, &[]), record(633, &[])];
        for (row, column, content) in &self.comments {
            part.push(record(635, &[ints(&[0, *row, *row, *column, *column]), vec![0; 16]].concat()));
            part.push(record(637, &rich(content)));
            part.push(record(636, &[]));
        }
        part.extend([record(634, &[]), record(629, &[])]);
        part.concat()
    }
}

impl Stored {
    fn record(&self, column: u32, style: u32, shared: &mut Vec<String>) -> Vec<u8> {
        // Flags, a formula of one token, which is its result, and no more.
        let formula = |token: &[u8]| [&[0; 2], &(token.len() as u32).to_le_bytes()[..], token, &[0; 4]].concat();
        let (kind, value) = match self {
            Self::Blank => (1, Vec::new()),
            Self::Short(bits) => (2, bits.to_le_bytes().to_vec()),
            Self::Error(code) => (3, vec![*code]),
            Self::Flag(flag) => (4, vec![u8::from(*flag)]),
            Self::Real(number) => (5, number.to_le_bytes().to_vec()),
            Self::Inline(content) => (6, text(content)),
            Self::Shared(content) => {
                let index = shared.iter().position(|known| known == content).unwrap_or_else(|| {
                    shared.push(content.clone());
                    shared.len() - 1
                });
                (7, (index as u32).to_le_bytes().to_vec())
            }
            Self::FormulaText(content) => (8, [text(content), formula(&text_token(content))].concat()),
            Self::FormulaNumber(number) => {
                (9, [&number.to_le_bytes()[..], &formula(&[&[0x1F][..], &number.to_le_bytes()].concat())].concat())
            }
            Self::FormulaFlag(flag) => (10, [&[u8::from(*flag)][..], &formula(&[0x1D, u8::from(*flag)])].concat()),
            Self::FormulaError(code) => (11, [&[*code][..], &formula(&[0x1C, *code])].concat()),
            Self::Rich(content) => (62, rich(content)),
        };
        record(kind, &[ints(&[column, style]), value].concat())
    }
}

/// A text in a formula, which counts its units in two bytes.
fn text_token(content: &str) -> Vec<u8> {
    let mut token = text(content);
    token.drain(2..4);
    [vec![0x17], token].concat()
}

fn shared_part(shared: &[String]) -> Vec<u8> {
    let texts: Vec<u8> = shared.iter().flat_map(|text| record(19, &rich(text))).collect();
    let count = shared.len() as u32;
    [record(159, &ints(&[count, count])), texts, record(160, &[])].concat()
}

/// A style for each number format.
fn styles_part(formats: &[&str]) -> Vec<u8> {
    const FIRST: u16 = 164;
    let count = ints(&[formats.len() as u32]);
    let of_formats: Vec<u8> = (FIRST..)
        .zip(formats)
        .flat_map(|(number, format)| record(44, &[number.to_le_bytes().to_vec(), text(format)].concat()))
        .collect();
    let style = |parent: u16, format: u16| {
        let [font, fill, border] = [0_u16; 3];
        let words = [parent, format, font, fill, border, 0, 0x1010, 0];
        record(47, &words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<_>>())
    };
    let of_cells: Vec<u8> = (FIRST..).zip(formats).flat_map(|(number, _)| style(0, number)).collect();
    [
        record(278, &[]),
        [record(615, &count), of_formats, record(616, &[])].concat(),
        [record(626, &ints(&[1])), style(u16::MAX, 0), record(627, &[])].concat(),
        [record(617, &count), of_cells, record(618, &[])].concat(),
        record(279, &[]),
    ]
    .concat()
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

fn relation(number: u32, kind: &str, target: &str) -> String {
    format!(r#"<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
}

fn relationships(relations: &str) -> Vec<u8> {
    format!(r#"<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>"#).into_bytes()
}

fn content_types(sheets: usize) -> Vec<u8> {
    let part = |name: &str, kind: &str| {
        format!(r#"<Override PartName="/xl/{name}.bin" ContentType="application/vnd.ms-excel.{kind}"/>"#)
    };
    let mut parts = part("workbook", "sheet.binary.macroEnabled.main");
    parts.push_str(&part("sharedStrings", "sharedStrings"));
    parts.push_str(&part("styles", "styles"));
    for number in 1..=sheets {
        parts.push_str(&part(&format!("worksheets/sheet{number}"), "worksheet"));
        parts.push_str(&part(&format!("comments{number}"), "comments"));
    }
    let rels = r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#;
    format!(r#"<Types xmlns="{PACKAGE}/content-types">{rels}{parts}</Types>"#).into_bytes()
}
