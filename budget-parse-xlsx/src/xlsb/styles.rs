//! How the numbers of an `.xlsb` workbook are shown.

use std::collections::HashMap;

use budget_document::{CellValue, ReadError};
use calamine::{ExcelDateTime, ExcelDateTimeType};

use super::records::Records;
use crate::format::{NumberFormat, Shown};
use crate::number::Stored;
use crate::xlsx::date_text;

/// The cell styles of a workbook, as far as they say how numbers are shown.
#[derive(Debug, Default)]
pub(super) struct Styles {
    shown: Vec<Kind>,
    /// Whether days are counted from 1904 on.
    from_1904: bool,
}

/// What the number of a cell is shown as.
#[derive(Clone, Debug, PartialEq)]
enum Kind {
    /// A number.
    Number(NumberFormat),
    /// A date, a time of day or a duration.
    Time(ExcelDateTimeType),
}

impl Styles {
    /// Reads the part of the styles; `from_1904` is said elsewhere.
    pub(super) fn read(part: &[u8], from_1904: bool) -> Result<Self, ReadError> {
        const FORMAT: u16 = 44;
        const STYLE: u16 = 47;
        const BEGIN_CELL_STYLES: u16 = 617;
        const END_CELL_STYLES: u16 = 618;
        let mut styles = Self { shown: Vec::new(), from_1904 };
        let mut formats: HashMap<u16, Kind> = HashMap::new();
        let mut of_cells = false;
        let mut records = Records::of(part);
        while let Some(record) = records.next()? {
            match record.kind {
                FORMAT => drop(formats.insert(record.word(0)?, kind(&record.text(2)?))),
                BEGIN_CELL_STYLES => of_cells = true,
                END_CELL_STYLES => of_cells = false,
                STYLE if of_cells => {
                    let format = record.word(2)?;
                    styles.shown.push(formats.get(&format).cloned().unwrap_or_else(|| built_in(format)));
                }
                _ => {}
            }
        }
        Ok(styles)
    }

    /// A number as a cell of a style shows it.
    pub(super) fn apply(&self, style: u32, number: CellValue<'static>) -> Stored {
        let CellValue::Number(value) = number else { return Stored::Cell(number) };
        match self.shown.get(style as usize) {
            None => Stored::Number(value, Shown::Number(value)),
            Some(Kind::Number(format)) => Stored::Number(value, format.show(value)),
            Some(Kind::Time(kind)) => match value.to_string().parse() {
                Ok(days @ 0.0..3_000_000.0) => {
                    let date = ExcelDateTime::new(days, *kind, self.from_1904);
                    Stored::Cell(CellValue::Text(date_text(&date).into()))
                }
                // A day no calendar has stays a number.
                _ => Stored::Number(value, Shown::Unknown),
            },
        }
    }
}

fn built_in(format: u16) -> Kind {
    match format {
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => Kind::Time(ExcelDateTimeType::DateTime),
        46 => Kind::Time(ExcelDateTimeType::TimeDelta),
        _ => Kind::Number(NumberFormat::built_in(format)),
    }
}

/// What the first part of a number format shows: `yyyy"年"m"月"`, `[h]:mm`, `#,##0.00`.
fn kind(format: &str) -> Kind {
    let mut characters = format.chars();
    while let Some(character) = characters.next() {
        match character.to_ascii_lowercase() {
            ';' => break,
            '"' => characters.by_ref().take_while(|character| *character != '"').for_each(drop),
            '\\' | '_' | '*' => drop(characters.next()),
            '[' => {
                let inside: String = characters.by_ref().take_while(|character| *character != ']').collect();
                if !inside.is_empty()
                    && ['h', 'm', 's'].iter().any(|unit| inside.to_ascii_lowercase().chars().all(|c| c == *unit))
                {
                    return Kind::Time(ExcelDateTimeType::TimeDelta);
                }
            }
            'y' | 'm' | 'd' | 'h' | 's' => return Kind::Time(ExcelDateTimeType::DateTime),
            _ => {}
        }
    }
    Kind::Number(NumberFormat::new(format))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_from_numbers_by_their_format() {
        let (date, duration) = (Kind::Time(ExcelDateTimeType::DateTime), Kind::Time(ExcelDateTimeType::TimeDelta));
        let number = |format| Kind::Number(NumberFormat::new(format));
        for (format, what) in [
            ("yyyy-mm-dd", date.clone()),
            ("[$-804]yyyy\"年\"m\"月\"d\"日\"", date.clone()),
            ("h:mm AM/PM", date),
            ("[hh]:mm", duration),
            ("General", number("General")),
            ("[Red]#,##0.00", number("[Red]#,##0.00")),
            ("\"days\"0.0", number("\"days\"0.0")),
            ("#,##0.00_d;yyyy", number("#,##0.00_d;yyyy")),
        ] {
            assert_eq!(kind(format), what, "{format}");
        }
        assert_eq!((built_in(4), built_in(0)), (number("#,##0.00"), number("General")));
    }
}
