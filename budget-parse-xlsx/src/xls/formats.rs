//! How the numbers of an `.xls` workbook are shown, which calamine does not tell.

use std::collections::HashMap;

use super::word;
use crate::format::NumberFormat;
use crate::number::Stored;

/// The cell styles of a workbook, as far as they say how numbers are shown.
#[derive(Debug, Default)]
pub(super) struct Formats {
    /// The number format of each style.
    styles: Vec<u16>,
    /// The formats that the workbook defines.
    defined: HashMap<u16, NumberFormat>,
}

impl Formats {
    /// XF: font, number format, …
    pub(super) fn style(&mut self, data: &[u8]) {
        self.styles.push(word(data, 2).unwrap_or_default());
    }

    /// FORMAT: number, and its code as text of one or two bytes a character.
    pub(super) fn format(&mut self, data: &[u8]) {
        let (Some(format), Some(length), Some(flags)) = (word(data, 0), word(data, 2), data.get(4)) else { return };
        let text = data.get(5..).unwrap_or_default();
        let units: Vec<u16> = match flags & 1 {
            0 => text.iter().map(|byte| u16::from(*byte)).collect(),
            _ => text.chunks_exact(2).filter_map(|unit| word(unit, 0)).collect(),
        };
        // Versions before 97 store the code in another way.
        if units.len() == usize::from(length) {
            self.defined.insert(format, NumberFormat::new(&String::from_utf16_lossy(&units)));
        }
    }

    /// What a number is in a style.
    pub(super) fn apply(&self, style: Option<u16>, number: f64) -> Stored {
        let format = style.and_then(|style| self.styles.get(usize::from(style))).copied().unwrap_or_default();
        match self.defined.get(&format) {
            Some(defined) => Stored::float(number, defined),
            None => Stored::float(number, &NumberFormat::built_in(format)),
        }
    }
}

/// The styles of the cells of a sheet that may hold numbers, by row and column.
pub(super) type Styles = HashMap<(u16, u16), u16>;

/// MULRK: row, first column, then a style and a number for each cell, last column.
pub(super) fn of_row(data: &[u8], styles: &mut Styles) {
    let (Some(row), Some(first)) = (word(data, 0), word(data, 2)) else { return };
    let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or_default().chunks_exact(6);
    for (column, cell) in (first..=u16::MAX).zip(cells) {
        styles.extend(word(cell, 0).map(|style| ((row, column), style)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Shown;

    #[test]
    fn a_style_shows_the_decimals_of_its_format() {
        let mut formats = Formats::default();
        formats.format(&[&[164, 0, 8, 0, 0], b"#,##0.00".as_slice()].concat());
        formats.format(&[165, 0, 3, 0, 1, b'0', 0, b'.', 0, b'0', 0]);
        formats.format(&[166, 0, 9, 0, 0, b'0']);
        for format in [0, 4, 164, 165, 166] {
            formats.style(&[0, 0, format, 0]);
        }
        let shown = |style| match formats.apply(Some(style), 3.0) {
            Stored::Number(_, Shown::Number(shown)) => shown.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!((0..6).map(shown).collect::<Vec<_>>(), ["3", "3.00", "3.00", "3.0", "3", "3"]);
    }

    #[test]
    fn several_numbers_of_one_record_have_a_style_each() {
        let mut styles = Styles::new();
        of_row(&[2, 0, 3, 0, 21, 0, 0, 0, 0, 0, 22, 0, 0, 0, 0, 0, 4, 0], &mut styles);
        assert_eq!(styles, Styles::from([((2, 3), 21), ((2, 4), 22)]));
    }
}
