//! A sheet of an `.xlsb` workbook: its cells, merged ranges, hidden rows and columns, and comments.

use budget_document::{CellValue, ReadError};
use budget_model::Decimal;

use super::Texts;
use super::records::{Record, Records, cut_short, malformed};
use crate::book::{Book, LAST_COLUMN, LAST_ROW, Merge, SheetCells};
use crate::hidden::Hidden;
use crate::number::{self, Stored};

/// A row begins: its number, …, flags.
const ROW: u16 = 0;
const END_CELLS: u16 = 146;
/// A run of columns.
const COLUMNS: u16 = 60;
const MERGE: u16 = 176;
/// A formula whose result is text.
const FORMULA_TEXT: u16 = 8;
const COMMENT: u16 = 635;
const COMMENT_TEXT: u16 = 637;

/// What a sheet consists of besides its cells.
#[derive(Debug, Default)]
pub(super) struct Frame {
    pub(super) merges: Vec<Merge>,
    pub(super) hidden: Hidden,
}

/// Reads the part of a sheet.
pub(super) fn read(part: &[u8], texts: &Texts, book: &mut Book, cells: &mut SheetCells) -> Result<Frame, ReadError> {
    let mut frame = Frame::default();
    let mut records = Records::of(part);
    let mut row = 0;
    let mut is_whole = false;
    while let Some(record) = records.next()? {
        match record.kind {
            ROW => {
                row = record.int(0)?;
                if record.byte(11)? & 0x10 != 0 {
                    frame.hidden.rows.insert(row);
                }
            }
            END_CELLS => is_whole = true,
            COLUMNS => {
                let (first, last) = (record.int(0)?, record.int(4)?.min(LAST_COLUMN));
                if record.word(16)? & 1 != 0 && first <= last {
                    frame.hidden.columns.push((first, last));
                }
            }
            MERGE => frame.merges.push(range(&record, 0)?),
            _ if !is_whole => {
                if let Some(stored) = value(&record, texts)? {
                    let column = record.int(0)?;
                    // Formulas whose result is an empty text were never calculated, or show nothing.
                    if record.kind == FORMULA_TEXT && stored == Stored::Cell(CellValue::Blank) {
                        book.without_result(cells, row, column)?;
                    } else {
                        book.stored(cells, row, column, stored)?;
                    }
                }
            }
            _ => {}
        }
    }
    if is_whole { Ok(frame) } else { Err(cut_short()) }
}

/// The value of a cell; `None` for a record that is no cell, or a blank one.
fn value(record: &Record<'_>, texts: &Texts) -> Result<Option<Stored>, ReadError> {
    // Column, style, value. The result of a formula stands where the value of another cell does.
    const VALUE: usize = 8;
    let shown = |number: CellValue<'static>| Ok(Some(texts.styles.apply(record.int(4)? & 0x00FF_FFFF, number)));
    let text = |text: String| if text.is_empty() { CellValue::Blank } else { CellValue::Text(text.into()) };
    Ok(Some(Stored::Cell(match record.kind {
        2 => return shown(short_number(record.int(VALUE)?)),
        3 | 11 => CellValue::Error(error(record.byte(VALUE)?).into()),
        4 | 10 => CellValue::Text(if record.byte(VALUE)? != 0 { "TRUE" } else { "FALSE" }.into()),
        5 | 9 => return shown(float(record.float(VALUE)?)),
        6 | FORMULA_TEXT => text(record.text(VALUE)?),
        7 => {
            let shared = texts.shared.get(record.int(VALUE)? as usize);
            text(shared.ok_or_else(|| malformed("a cell refers to a text that is not there"))?.clone())
        }
        // Text with formats inside, which stand behind it.
        62 => text(record.text(VALUE + 1)?),
        _ => return Ok(None),
    })))
}

fn float(number: f64) -> CellValue<'static> {
    number::exact(number).map_or_else(|text| CellValue::Text(text.into()), CellValue::Number)
}

/// A number in 30 bits: an integer or the upper half of a binary number, perhaps of hundredths.
fn short_number(bits: u32) -> CellValue<'static> {
    let number = if bits & 2 == 0 {
        float(f64::from_bits(u64::from(bits & !3) << 32))
    } else {
        CellValue::Number(Decimal::from(bits.cast_signed() >> 2))
    };
    match number {
        CellValue::Number(value) if bits & 1 != 0 => {
            CellValue::Number(value.checked_mul(Decimal::new(1, 2)).unwrap_or(value).normalize())
        }
        number => number,
    }
}

fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        _ => "#ERROR!",
    }
}

/// A range: first row, last row, first column, last column.
fn range(record: &Record<'_>, at: usize) -> Result<Merge, ReadError> {
    let [top, bottom, left, right] = [record.int(at)?, record.int(at + 4)?, record.int(at + 8)?, record.int(at + 12)?];
    Ok(Merge { first: (top, left), last: (bottom.min(LAST_ROW), right.min(LAST_COLUMN)) })
}

/// Reads the part of the comments on a sheet: row, column and text of each.
pub(super) fn comments(part: &[u8]) -> Result<Vec<(u32, u32, String)>, ReadError> {
    let mut comments: Vec<(u32, u32, String)> = Vec::new();
    let mut records = Records::of(part);
    while let Some(record) = records.next()? {
        match record.kind {
            COMMENT => {
                let (row, column) = range(&record, 4)?.first;
                comments.push((row, column, String::new()));
            }
            COMMENT_TEXT => {
                if let Some((_, _, text)) = comments.last_mut() {
                    text.push_str(&record.text(1)?);
                }
            }
            _ => {}
        }
    }
    Ok(comments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_are_integers_or_fractions_perhaps_of_hundredths() {
        let upper_half = |number: f64| (number.to_bits() >> 32) as u32;
        for (bits, shown) in [
            (17 << 2 | 2, "17"),
            ((-17_i32 << 2).cast_unsigned() | 2, "-17"),
            (733_207 << 2 | 3, "7332.07"),
            (1700 << 2 | 3, "17"),
            (upper_half(0.5), "0.5"),
            (upper_half(3_145_728.0) | 1, "31457.28"),
            (upper_half(-25.0) | 1, "-0.25"),
        ] {
            let CellValue::Number(number) = short_number(bits) else { panic!("{bits:X}") };
            assert_eq!(number.to_string(), shown, "{bits:X}");
        }
        assert!(matches!(short_number(upper_half(f64::INFINITY)), CellValue::Text(_)));
    }
}
