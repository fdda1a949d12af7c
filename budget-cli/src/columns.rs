//! Columns that line up on a terminal, where Chinese characters are two cells wide.

use std::io::{self, Write};

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use crate::screen::BOLD;
use crate::wrap::wrapped;

/// Where the text of a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// A piece of text and how it looks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Field {
    text: String,
    style: Style,
}

impl Field {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: Style::new() }
    }

    pub(crate) fn styled(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style }
    }
}

impl<T: Into<String>> From<T> for Field {
    fn from(text: T) -> Self {
        Self::new(text)
    }
}

/// Rows of fields under a header.
pub(crate) struct Columns {
    aligns: Vec<Align>,
    rows: Vec<Vec<Field>>,
    width: Option<usize>,
}

/// Blank cells between two columns.
const GAP: usize = 2;

impl Columns {
    /// No rows yet.
    pub(crate) fn new(aligns: impl IntoIterator<Item = Align>) -> Self {
        Self { aligns: aligns.into_iter().collect(), rows: Vec::new(), width: None }
    }

    /// Columns with a header.
    pub(crate) fn with_header<T: Into<String>>(header: impl IntoIterator<Item = (T, Align)>) -> Self {
        let (names, aligns): (Vec<_>, Vec<_>) =
            header.into_iter().map(|(name, align)| (Field::styled(name, BOLD), align)).unzip();
        Self { aligns, rows: vec![names], width: None }
    }

    /// One more row. Fields beyond the last column are left out.
    pub(crate) fn row(&mut self, fields: impl IntoIterator<Item = Field>) {
        self.rows.push(fields.into_iter().collect());
    }

    /// Wraps the last column where a row is wider than so many cells.
    pub(crate) fn within(mut self, width: Option<usize>) -> Self {
        self.width = width;
        self
    }

    /// Writes the rows, each indented by `indent` cells, without white space at their ends.
    pub(crate) fn write(&self, indent: usize, out: &mut dyn Write) -> io::Result<()> {
        let mut widths = vec![0; self.aligns.len()];
        for row in &self.rows {
            for (width, field) in widths.iter_mut().zip(row) {
                *width = field.text.width().max(*width);
            }
        }
        for row in &self.rows {
            let mut blank = indent;
            let mut at = indent;
            for (index, ((field, width), align)) in row.iter().zip(&widths).zip(&self.aligns).enumerate() {
                let is_last = index + 1 == self.aligns.len();
                let start = at;
                at += width + GAP;
                let padding = width.saturating_sub(field.text.width());
                let (before, after) = if *align == Align::Right { (padding, 0) } else { (0, padding) };
                if field.text.is_empty() {
                    blank += width + GAP;
                    continue;
                }
                let style = field.style;
                if is_last && *align == Align::Left {
                    let parts = wrapped(&field.text, self.width.map(|width| width.saturating_sub(start)));
                    write!(out, "{:blank$}{style}{}{style:#}", "", parts.join(&format!("\n{:start$}", "")))?;
                    continue;
                }
                write!(out, "{:1$}{style}{2}{style:#}", "", blank + before, field.text)?;
                blank = after + GAP;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_column_is_wrapped_below_where_it_begins() {
        let mut columns = Columns::new([Align::Right, Align::Left]);
        columns.row(["12:3".into(), "指标“群众满意度”的上级指标不确定".into()]);
        let mut bytes = Vec::new();
        columns.within(Some(30)).write(2, &mut bytes).unwrap();
        let text = anstream::adapter::strip_str(&String::from_utf8(bytes).unwrap()).to_string();
        assert_eq!(text, "  12:3  指标“群众满意度”的上级\n        指标不确定\n");
    }

    #[test]
    fn figures_line_up_behind_names_of_chinese_and_latin_characters() {
        let mut columns = Columns::with_header([("科目", Align::Left), ("合计", Align::Right), ("注", Align::Left)]);
        columns.row(["工资福利支出".into(), "904.93".into(), "".into()]);
        columns.row(["abc".into(), "5.42".into(), "x".into()]);
        let mut bytes = Vec::new();
        columns.write(1, &mut bytes).unwrap();
        let text = anstream::adapter::strip_str(&String::from_utf8(bytes).unwrap()).to_string();
        assert_eq!(text, " 科目            合计  注\n 工资福利支出  904.93\n abc             5.42  x\n");
    }
}
