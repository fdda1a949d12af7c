//! A sheet being written: text, figures and merged cells, column widths and row heights that fit Chinese text.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, IgnoreError, Note, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::names::cut;
use super::style::Styles;
use crate::form::Area;
use crate::{OmissionKind, Report};

/// Characters (UTF-16 units) that a cell can hold.
const LONGEST_TEXT: usize = 32_767;
/// The same for a note, which needs some for its author.
const LONGEST_NOTE: usize = 32_000;
/// Digits that a spreadsheet keeps.
const MOST_DIGITS: usize = 15;
/// Height of one line of 10 point text, in points.
const LINE: usize = 14;
/// Height of a row of one line.
const ONE_LINE: usize = LINE + 4;
/// Highest row that Excel allows, in points, to whole lines.
const HIGHEST: usize = 406;
/// A4.
const PAPER: u8 = 9;
/// Characters of the default font that an A4 page in landscape is wide between its margins, printed at 70 %: 272 mm, of which a
/// character takes 1.86 mm at full size. What is wider goes on beside it rather than getting smaller.
const WIDEST: usize = 205;
/// The same for lists, whose columns can be narrowed: where the default font is missing, the one in its place is up to a third wider.
const WIDEST_LIST: usize = 150;
/// The least that a column is narrowed to for the sake of the page.
const NARROWEST: usize = 12;

/// The widths of the lines that a text is printed with; each may be wrapped.
type Lines = Vec<usize>;

pub(super) struct Page<'p> {
    pub(super) sheet: &'p mut Worksheet,
    pub(super) styles: &'p Styles,
    pub(super) report: &'p mut Report,
    /// Column widths in characters of the default font; a Chinese character is two.
    widths: BTreeMap<u16, usize>,
    /// Text that has to fit into rows, known before all widths are.
    wrapped: Vec<(Area, Lines)>,
    /// Rows that are higher than their text needs, in points.
    heights: BTreeMap<u32, usize>,
    /// Columns at the left that are printed on every page.
    repeated: u16,
    /// Whether it is printed on one page, however small.
    is_one_sheet: bool,
}

impl<'p> Page<'p> {
    pub(super) fn new(sheet: &'p mut Worksheet, styles: &'p Styles, report: &'p mut Report) -> Self {
        let (widths, heights) = (BTreeMap::new(), BTreeMap::new());
        Self { sheet, styles, report, widths, wrapped: Vec::new(), heights, repeated: 0, is_one_sheet: false }
    }

    /// Writes text into a cell, or into several merged ones. Text is never taken for a formula.
    pub(super) fn text(&mut self, area: Area, text: &str, format: &Format) -> Result<(), XlsxError> {
        let fitting = cut(text, LONGEST_TEXT);
        self.report.omit(OmissionKind::LongText, usize::from(fitting.len() < text.len()));
        if area.top == area.bottom && area.left == area.right {
            if fitting.is_empty() {
                self.sheet.write_blank(area.top, area.left, format)?;
            } else {
                self.sheet.write_string_with_format(area.top, area.left, fitting, format)?;
            }
        } else {
            self.sheet.merge_range(area.top, area.left, area.bottom, area.right, fitting, format)?;
        }
        self.wrapped.push((area, fitting.lines().map(UnicodeWidthStr::width).collect()));
        Ok(())
    }

    /// Writes a figure with the decimals that it is printed with; as text if a spreadsheet would change it.
    pub(super) fn number(
        &mut self,
        row: u32,
        column: u16,
        figure: &str,
        grouped: bool,
        certain: bool,
    ) -> Result<(), XlsxError> {
        let decimals = figure.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let format = self.styles.number(decimals, grouped, certain);
        match exact(figure) {
            Some(number) => self.sheet.write_number_with_format(row, column, number, &format)?,
            None => self.sheet.write_string_with_format(row, column, figure, &format)?,
        };
        // A separator for every three digits, and some space at both sides.
        self.widen(column, figure.len() + figure.len() / 3 + 2);
        Ok(())
    }

    /// A text that leads to another cell of the workbook.
    pub(super) fn link(&mut self, row: u32, column: u16, to: &str, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_url_with_options(row, column, to, cut(text, LONGEST_TEXT), "", Some(&self.styles.link))?;
        Ok(())
    }

    /// Marks a cell with a note.
    pub(super) fn note(&mut self, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
        let note = Note::new(cut(text, LONGEST_NOTE)).add_author_prefix(false).set_width(280).set_height(120);
        self.sheet.insert_note(row, column, &note)?;
        Ok(())
    }

    /// Text that consists of digits stays text without a warning sign.
    pub(super) fn digits_are_text(&mut self, area: Area) -> Result<(), XlsxError> {
        self.sheet.ignore_error_range(area.top, area.left, area.bottom, area.right, IgnoreError::NumberStoredAsText)?;
        Ok(())
    }

    /// A column is at least so many characters wide.
    pub(super) fn widen(&mut self, column: u16, width: usize) {
        let known = self.widths.entry(column).or_default();
        *known = (*known).max(width);
    }

    /// A column is as wide as a text, within bounds; beyond them the text is wrapped.
    pub(super) fn fit(&mut self, column: u16, text: &str, indent: usize, least: usize, most: usize) {
        self.widen(column, (text.width() + indent + 2).clamp(least, most));
    }

    /// A row is at least so many points high.
    pub(super) fn heighten(&mut self, row: u32, points: usize) {
        self.heights.insert(row, points);
    }

    /// Freezes the header and repeats it on every printed page.
    pub(super) fn header_ends(&mut self, first_row: u32, first_column: u16) -> Result<(), XlsxError> {
        self.sheet.set_freeze_panes(first_row, first_column)?;
        self.repeated = first_column;
        if let Some(last) = first_row.checked_sub(1) {
            self.sheet.set_repeat_rows(0, last)?;
        }
        Ok(())
    }

    /// The whole sheet is printed on one page, as its two sides are read together.
    pub(super) fn on_one_sheet(&mut self) {
        self.is_one_sheet = true;
    }

    /// Narrows columns of long texts so that the sheet fits on a page.
    pub(super) fn narrow(&mut self) {
        let mut excess = self.widths.values().sum::<usize>().saturating_sub(WIDEST_LIST);
        while excess > 0 {
            // The widest column gives first, so that many short ones stay as they are.
            let Some(widest) = self.widths.values_mut().max().filter(|width| **width > NARROWEST) else { return };
            *widest -= 1;
            excess -= 1;
        }
    }

    /// Sets widths, heights and the print setup.
    pub(super) fn finish(self) -> Result<(), XlsxError> {
        let Self { sheet, widths, wrapped, heights: least, repeated, is_one_sheet, .. } = self;
        for (column, width) in &widths {
            sheet.set_column_width(*column, u16::try_from(*width).unwrap_or(u16::MAX).min(255))?;
        }
        sheet.set_default_row_height(ONE_LINE as u32);
        for (row, height) in heights(&widths, wrapped, least).into_iter().filter(|(_, height)| *height != ONE_LINE) {
            sheet.set_row_height(row, u32::try_from(height).unwrap_or(u32::MAX))?;
        }
        let across = match is_one_sheet {
            true => 1,
            false => widths.values().sum::<usize>().div_ceil(WIDEST).clamp(1, 9) as u16,
        };
        if let Some(last) = repeated.checked_sub(1).filter(|_| across > 1) {
            sheet.set_repeat_columns(0, last)?;
        }
        sheet
            .set_paper_size(PAPER)
            .set_landscape()
            .set_print_fit_to_pages(across, u16::from(is_one_sheet))
            .set_print_center_horizontally(true)
            .set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3)
            .set_footer("&C第 &P 页，共 &N 页");
        Ok(())
    }
}

/// Row heights that show all wrapped text; text that spans rows needs its height of all of them together.
fn heights(
    widths: &BTreeMap<u16, usize>,
    mut wrapped: Vec<(Area, Lines)>,
    mut heights: BTreeMap<u32, usize>,
) -> BTreeMap<u32, usize> {
    const DEFAULT_WIDTH: usize = 8;
    wrapped.sort_by_key(|(area, _)| area.bottom - area.top);
    for (area, lines) in wrapped {
        let room: usize =
            (area.left..=area.right).map(|column| widths.get(&column).copied().unwrap_or(DEFAULT_WIDTH)).sum();
        // A character less than the column holds: borders take some, and a wide character may not fit at the end.
        let room = room.saturating_sub(2).max(2);
        let lines = lines.into_iter().map(|width| width.div_ceil(room).max(1)).sum::<usize>().max(1);
        let needed = lines * LINE + 4;
        let others: usize = (area.top..area.bottom).map(|row| heights.get(&row).copied().unwrap_or(ONE_LINE)).sum();
        let last = heights.entry(area.bottom).or_insert(ONE_LINE);
        *last = (*last).max(needed.saturating_sub(others)).min(HIGHEST);
    }
    heights
}

/// The number that a spreadsheet holds, if it is exactly the figure: at most 15 digits, and no negative zero.
///
/// This is the only place where a figure becomes a float; a spreadsheet knows nothing else.
fn exact(figure: &str) -> Option<f64> {
    let digits: Vec<u8> = figure.bytes().filter(u8::is_ascii_digit).collect();
    let significant = digits.iter().skip_while(|digit| **digit == b'0').count();
    let negative_zero = significant == 0 && figure.starts_with('-');
    if significant > MOST_DIGITS || negative_zero { None } else { figure.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_a_number_only_where_a_spreadsheet_keeps_it() {
        assert_eq!(exact("17.00").unwrap().to_string(), "17");
        assert_eq!(exact("-0.05").unwrap().to_string(), "-0.05");
        assert_eq!(exact("1234567890123.45").unwrap().to_string(), "1234567890123.45");
        assert!(exact("12345678901234.567").is_none());
        assert!(exact("-0.00").is_none());
        assert!(exact("0.00").is_some());
    }

    #[test]
    fn a_long_text_gets_the_lines_it_needs() {
        let widths = BTreeMap::from([(0, 12), (1, 12)]);
        let heights = |wrapped| heights(&widths, wrapped, BTreeMap::new());
        let one = heights(vec![(Area::cell(0, 0), vec![10])])[&0];
        assert_eq!(heights(vec![(Area::cell(0, 0), vec![30])])[&0], one + 2 * LINE);
        let both = Area { right: 1, ..Area::cell(0, 0) };
        assert_eq!(heights(vec![(both, vec![22])])[&0], one);
        // Each line of its own is wrapped on its own.
        assert_eq!(heights(vec![(Area::cell(0, 0), vec![11, 3])])[&0], one + 2 * LINE);
        let tall = Area { bottom: 1, ..Area::cell(0, 0) };
        assert!(heights(vec![(tall, vec![20])])[&1] <= one);
    }
}
