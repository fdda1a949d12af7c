//! The looks of cells.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

const FONT: &str = "宋体";
/// Marks a figure with more than one possible column.
const AMBIGUOUS: &str = "FFEB9C";

pub(super) struct Styles {
    /// The title of a table.
    pub(super) title: Format,
    /// A line outside the grid, aligned left.
    pub(super) left: Format,
    /// A line outside the grid, aligned right.
    pub(super) right: Format,
    /// A header cell.
    pub(super) header: Format,
    /// A centred cell of the grid: a code.
    pub(super) code: Format,
    /// A name in the grid.
    pub(super) name: Format,
    /// A figure; the number format is added.
    number: Format,
    /// A sentence over the width of the grid.
    pub(super) sentence: Format,
    /// A sample of the mark for ambiguous figures.
    pub(super) ambiguous: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        let plain = || Format::new().set_font_name(FONT).set_font_size(10).set_align(FormatAlign::VerticalCenter);
        let grid = || plain().set_border(FormatBorder::Thin);
        Self {
            title: Format::new()
                .set_font_name(FONT)
                .set_font_size(16)
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            left: plain().set_text_wrap(),
            right: plain().set_align(FormatAlign::Right),
            header: grid().set_align(FormatAlign::Center).set_text_wrap(),
            code: grid().set_align(FormatAlign::Center),
            name: grid().set_text_wrap(),
            number: grid().set_align(FormatAlign::Right),
            sentence: grid().set_text_wrap(),
            ambiguous: grid().set_background_color(AMBIGUOUS),
        }
    }

    /// A name, indented by its level.
    pub(super) fn name_at(&self, level: u8, bold: bool) -> Format {
        let name = if level > 0 { self.name.clone().set_indent(level) } else { self.name.clone() };
        if bold { name.set_bold() } else { name }
    }

    /// A figure with so many decimals.
    pub(super) fn number(&self, decimals: usize, grouped: bool, certain: bool) -> Format {
        let mut format = String::from(if grouped { "#,##0" } else { "0" });
        if decimals > 0 {
            format.push('.');
            format.extend(std::iter::repeat_n('0', decimals));
        }
        let number = self.number.clone().set_num_format(format);
        if certain { number } else { number.set_background_color(AMBIGUOUS) }
    }
}
