//! The looks of cells.

use std::borrow::Cow;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, FormatUnderline};

const FONT: &str = "宋体";
/// Marks a figure with more than one possible column.
const AMBIGUOUS: &str = "FFEB9C";
/// The colour of links in spreadsheets.
const LINK: &str = "0563C1";

/// Decimals of nearly all figures; formats for others are made when they are needed.
const MOST_DECIMALS: usize = 4;
/// Level of the names that are indented most.
const DEEPEST: u8 = 2;

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
    /// Figures of few decimals: four for each number of them, by grouping and certainty.
    numbers: Vec<Format>,
    /// Names in the grid: two for each level, plain and bold.
    names: Vec<Format>,
    /// A text that leads to another cell.
    pub(super) link: Format,
    /// A sentence over the width of the grid.
    pub(super) sentence: Format,
    /// A sample of the mark for ambiguous figures.
    pub(super) ambiguous: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        let name = grid().set_text_wrap();
        let name_at = |level: u8, bold: bool| {
            let name = if level > 0 { name.clone().set_indent(level) } else { name.clone() };
            if bold { name.set_bold() } else { name }
        };
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
            names: (0..=DEEPEST).flat_map(|level| [false, true].map(|bold| name_at(level, bold))).collect(),
            name,
            numbers: (0..=MOST_DECIMALS)
                .flat_map(|decimals| {
                    [(false, false), (false, true), (true, false), (true, true)]
                        .map(|(grouped, certain)| number(decimals, grouped, certain))
                })
                .collect(),
            link: grid().set_text_wrap().set_font_color(LINK).set_underline(FormatUnderline::Single),
            sentence: grid().set_text_wrap(),
            ambiguous: grid().set_background_color(AMBIGUOUS),
        }
    }

    /// A name, indented by its level, up to [`DEEPEST`].
    pub(super) fn name_at(&self, level: u8, bold: bool) -> &Format {
        self.names.get(usize::from(level) * 2 + usize::from(bold)).unwrap_or(&self.name)
    }

    /// A figure with so many decimals.
    pub(super) fn number(&self, decimals: usize, grouped: bool, certain: bool) -> Cow<'_, Format> {
        let known = self.numbers.get(decimals * 4 + usize::from(grouped) * 2 + usize::from(certain));
        known.map_or_else(|| Cow::Owned(number(decimals, grouped, certain)), Cow::Borrowed)
    }
}

fn plain() -> Format {
    Format::new().set_font_name(FONT).set_font_size(10).set_align(FormatAlign::VerticalCenter)
}

fn grid() -> Format {
    plain().set_border(FormatBorder::Thin)
}

fn number(decimals: usize, grouped: bool, certain: bool) -> Format {
    let mut format = String::from(if grouped { "#,##0" } else { "0" });
    if decimals > 0 {
        format.push('.');
        format.extend(std::iter::repeat_n('0', decimals));
    }
    let number = grid().set_align(FormatAlign::Right).set_num_format(format);
    if certain { number } else { number.set_background_color(AMBIGUOUS) }
}
