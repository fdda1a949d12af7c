//! How the numbers of an `.xlsb` workbook are shown.

use std::collections::HashMap;

use budget_parse::{CellValue, ReadError};
use calamine::{ExcelDateTime, ExcelDateTimeType};

use super::records::Records;
use crate::number;
use crate::xlsx::date_text;

/// The cell styles of a workbook, as far as they say how numbers are shown.
#[derive(Debug, Default)]
pub(super) struct Styles {
    shown: Vec<Shown>,
    /// Whether days are counted from 1904 on.
    from_1904: bool,
}

/// What the number of a cell is shown as.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Shown {
    /// A number with at least so many decimals.
    Number(u32),
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
        let mut formats: HashMap<u16, Shown> = HashMap::new();
        let mut of_cells = false;
        let mut records = Records::of(part);
        while let Some(record) = records.next()? {
            match record.kind {
                FORMAT => drop(formats.insert(record.word(0)?, shown(&record.text(2)?))),
                BEGIN_CELL_STYLES => of_cells = true,
                END_CELL_STYLES => of_cells = false,
                STYLE if of_cells => {
                    let format = record.word(2)?;
                    styles.shown.push(formats.get(&format).copied().unwrap_or_else(|| built_in(format)));
                }
                _ => {}
            }
        }
        Ok(styles)
    }

    /// A number as a cell of a style shows it.
    pub(super) fn apply(&self, style: u32, number: CellValue<'static>) -> CellValue<'static> {
        let CellValue::Number(value) = number else { return number };
        match self.shown.get(style as usize).copied().unwrap_or(Shown::Number(0)) {
            Shown::Number(decimals) => CellValue::Number(number::shown(value, decimals)),
            // A day no calendar has stays a number.
            Shown::Time(kind) => match value.to_string().parse() {
                Ok(days @ 0.0..3_000_000.0) => {
                    CellValue::Text(date_text(&ExcelDateTime::new(days, kind, self.from_1904)).into())
                }
                _ => CellValue::Number(value),
            },
        }
    }
}

fn built_in(format: u16) -> Shown {
    match format {
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => Shown::Time(ExcelDateTimeType::DateTime),
        46 => Shown::Time(ExcelDateTimeType::TimeDelta),
        _ => Shown::Number(number::built_in_decimals(format)),
    }
}

/// What the first part of a number format shows: `yyyy"年"m"月"`, `[h]:mm`, `#,##0.00`.
fn shown(format: &str) -> Shown {
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
                    return Shown::Time(ExcelDateTimeType::TimeDelta);
                }
            }
            'y' | 'm' | 'd' | 'h' | 's' => return Shown::Time(ExcelDateTimeType::DateTime),
            _ => {}
        }
    }
    Shown::Number(number::decimals(format))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_from_numbers_by_their_format() {
        let (date, duration) = (Shown::Time(ExcelDateTimeType::DateTime), Shown::Time(ExcelDateTimeType::TimeDelta));
        for (format, what) in [
            ("yyyy-mm-dd", date),
            ("[$-804]yyyy\"年\"m\"月\"d\"日\"", date),
            ("h:mm AM/PM", date),
            ("[hh]:mm", duration),
            ("General", Shown::Number(0)),
            ("[Red]#,##0.00", Shown::Number(2)),
            ("\"days\"0.0", Shown::Number(1)),
            ("#,##0.00_d;yyyy", Shown::Number(2)),
        ] {
            assert_eq!(shown(format), what, "{format}");
        }
        assert_eq!((built_in(14), built_in(4), built_in(0)), (date, Shown::Number(2), Shown::Number(0)));
    }
}
