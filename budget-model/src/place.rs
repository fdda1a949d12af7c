//! Where something stood in the source.

use serde::{Deserialize, Serialize};

/// The place of a figure, label or sentence in its source, counted from 1 as a person would.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "in", rename_all = "kebab-case")]
pub enum Place {
    /// A character of a text: page, line and column (in characters).
    Text {
        /// Page, from 1.
        page: u32,
        /// Line of the whole text, from 1.
        line: u32,
        /// Column in characters, from 1.
        column: u32,
    },
    /// A cell of a sheet.
    Cell {
        /// Index into [`Disclosure::sheets`](crate::Disclosure::sheets).
        sheet: u16,
        /// Row, from 1.
        row: u32,
        /// Column, from 1 (`A` is 1).
        column: u32,
    },
}

impl Place {
    /// The page, where the source has pages.
    #[must_use]
    pub fn page(self) -> Option<u32> {
        match self {
            Self::Text { page, .. } => Some(page),
            Self::Cell { .. } => None,
        }
    }

    /// The line of a text, or the row of a sheet.
    #[must_use]
    pub fn line(self) -> u32 {
        match self {
            Self::Text { line, .. } => line,
            Self::Cell { row, .. } => row,
        }
    }

    /// The column of a line (in characters) or of a sheet.
    #[must_use]
    pub fn column(self) -> u32 {
        match self {
            Self::Text { column, .. } | Self::Cell { column, .. } => column,
        }
    }

    /// The place in words: `12:5` (line and column) in a text, `表3!D12` in a workbook.
    ///
    /// `sheets` are the sheet names of the document; a sheet without a name is written as `#n`.
    #[must_use]
    pub fn describe(self, sheets: &[String]) -> String {
        match self {
            Self::Text { line, column, .. } => format!("{line}:{column}"),
            Self::Cell { sheet, row, column } => {
                let letters = column_letters(column);
                match sheets.get(usize::from(sheet)) {
                    Some(name) => format!("{name}!{letters}{row}"),
                    None => format!("#{sheet}!{letters}{row}"),
                }
            }
        }
    }
}

/// `1` → `A`, `27` → `AA`: the letters a spreadsheet shows above a column.
fn column_letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(char::from(b'A' + (column % 26) as u8));
        column /= 26;
    }
    letters.iter().rev().collect()
}

/// A piece of text as printed (white space inside removed) and where it stood.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Label {
    /// The text; lines that were wrapped are joined.
    pub text: String,
    /// Where its first character stood.
    pub place: Place,
}

impl Label {
    /// A label from its text and place.
    #[must_use]
    pub fn new(text: impl Into<String>, place: Place) -> Self {
        Self { text: text.into(), place }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_described_as_a_spreadsheet_shows_it() {
        let sheets = vec!["表3".to_owned()];
        let at = |column| Place::Cell { sheet: 0, row: 12, column }.describe(&sheets);
        assert_eq!(at(4), "表3!D12");
        assert_eq!(at(26), "表3!Z12");
        assert_eq!(at(27), "表3!AA12");
        assert_eq!(at(703), "表3!AAA12");
    }
}
