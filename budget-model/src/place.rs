//! Where something stood in the source.
//!
//! A document has hundreds of thousands of places, so a place takes 16 bytes whatever it is of.

use serde::{Deserialize, Serialize};

/// The place of a figure, label or sentence in its source, counted from 1 as a person would.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "in", rename_all = "kebab-case")]
#[non_exhaustive]
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
    /// A box on a page that is set (PDF, OFD), in tenths of a point from the upper left corner of the page as it is seen.
    Page {
        /// Page, from 1.
        page: u32,
        /// Upper edge.
        top: u16,
        /// Left edge.
        left: u16,
        /// Lower edge.
        bottom: u16,
        /// Right edge.
        right: u16,
    },
    /// A paragraph or table of a document without lines or pages (Word, a web page).
    Block {
        /// Number of the paragraph or table in the order of the document, from 1; what stands inside a table has numbers of
        /// its own only where it is a table again.
        block: u32,
        /// Row of the table, from 1; 0 in a paragraph.
        row: u32,
        /// Column of the table, or character of the paragraph, from 1.
        column: u32,
    },
}

impl Place {
    /// The page, where the source has pages.
    #[must_use]
    pub const fn page(self) -> Option<u32> {
        match self {
            Self::Text { page, .. } | Self::Page { page, .. } => Some(page),
            Self::Cell { .. } | Self::Block { .. } => None,
        }
    }

    /// How far down it stands: the line of a text, the row of a sheet, the upper edge on a page (in tenths of a point), the
    /// number of a block.
    #[must_use]
    pub const fn line(self) -> u32 {
        match self {
            Self::Text { line, .. } => line,
            Self::Cell { row, .. } => row,
            Self::Page { top, .. } => top as u32,
            Self::Block { block, .. } => block,
        }
    }

    /// How far to the right it stands: the column of a line (in characters), of a sheet or of a table, the left edge on a page
    /// (in tenths of a point).
    #[must_use]
    pub const fn column(self) -> u32 {
        match self {
            Self::Text { column, .. } | Self::Cell { column, .. } | Self::Block { column, .. } => column,
            Self::Page { left, .. } => left as u32,
        }
    }

    /// The place in words: `12:5` (line and column) in a text, `表3!D12` in a workbook, `p7@72.0,310.5` (points from the left
    /// and from above) on a page, `¶12:5` in a paragraph, `¶12!D3` in a table of a document.
    ///
    /// `sheets` are the sheet names of the document; a sheet without a name is written as `#n`.
    ///
    /// ```
    /// use budget_model::Place;
    ///
    /// let cell = Place::Page { page: 7, top: 3105, left: 720, bottom: 3210, right: 1305 };
    /// assert_eq!(cell.describe(&[]), "p7@72.0,310.5");
    /// ```
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
            Self::Page { page, top, left, .. } => {
                format!("p{page}@{}.{},{}.{}", left / 10, left % 10, top / 10, top % 10)
            }
            Self::Block { block, row: 0, column } => format!("¶{block}:{column}"),
            Self::Block { block, row, column } => format!("¶{block}!{}{row}", column_letters(column)),
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
    #[test]
    fn boxes_and_blocks_are_described_in_points_and_numbers() {
        assert_eq!(
            Place::Page { page: 2, top: 5, left: 60000, bottom: 9, right: 60001 }.describe(&[]),
            "p2@6000.0,0.5"
        );
        assert_eq!(Place::Block { block: 12, row: 0, column: 5 }.describe(&[]), "¶12:5");
        assert_eq!(Place::Block { block: 12, row: 3, column: 4 }.describe(&[]), "¶12!D3");
    }

    #[test]
    fn places_of_a_page_are_in_reading_order() {
        let place = |page, top, left| Place::Page { page, top, left, bottom: top + 90, right: left + 10 };
        assert!(place(1, 500, 20) < place(1, 600, 10));
        assert!(place(1, 500, 10) < place(1, 500, 20) && place(1, 900, 900) < place(2, 0, 0));
    }

    #[test]
    fn a_place_stays_small() {
        assert_eq!(size_of::<Place>(), 16);
        assert_eq!(size_of::<Option<Place>>(), 16);
    }
}
