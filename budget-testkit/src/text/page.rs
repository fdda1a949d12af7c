//! Pages, lines and the cells of a row.

use crate::config::{Habits, PageBreak, PageNumbers, Spacing};

/// A cell: its lines, of which there are several where it was wrapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell(Vec<String>);

impl Cell {
    pub(super) fn whole(text: impl Into<String>) -> Self {
        Self(vec![text.into()])
    }

    /// A cell of so many characters a line.
    pub(super) fn wrapped(text: &str, width: Option<usize>) -> Self {
        let characters: Vec<char> = text.chars().collect();
        let width = width.unwrap_or(usize::MAX).max(1);
        Self(characters.chunks(width).map(|line| line.iter().collect()).collect())
    }

    /// The first line indented.
    pub(super) fn indented(mut self, indent: &str) -> Self {
        if let Some(first) = self.0.first_mut() {
            first.insert_str(0, indent);
        }
        self
    }

    /// The last line goes on with other words.
    pub(super) fn followed_by(mut self, words: &str) -> Self {
        if let Some(last) = self.0.last_mut() {
            last.push_str(words);
        }
        self
    }
}

/// The text so far.
pub(super) struct Pages<'h> {
    habits: &'h Habits,
    text: String,
    page: usize,
    rows: usize,
    /// Nothing stands on the page yet.
    at_start: bool,
}

impl<'h> Pages<'h> {
    pub(super) fn new(habits: &'h Habits) -> Self {
        Self { habits, text: String::new(), page: 1, rows: 0, at_start: true }
    }

    /// A line of its own.
    pub(super) fn line(&mut self, text: &str) {
        if !self.at_start && self.habits.spacing == Spacing::Lines {
            self.text.push('\n');
        }
        self.close_line(text);
    }

    /// A line that stands as high as the one before, or nearly: there is no empty line between them.
    fn line_beside(&mut self, text: &str) {
        self.close_line(text);
    }

    fn close_line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
        self.at_start = false;
    }

    /// Whether nothing was printed so far.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// A sentence in lines of so many characters, digits being half as wide as others: a number is not divided, and no line
    /// begins with a mark that closes.
    pub(super) fn paragraph(&mut self, text: &str, width: Option<usize>) {
        let is_number = |character: char| character.is_ascii_digit() || matches!(character, '.' | ',' | '%');
        let mut line = String::new();
        let (mut length, mut last) = (0, ' ');
        for character in text.chars() {
            let holds = is_number(last) && is_number(character) || "，。；：、）”》%".contains(character);
            if width.is_some_and(|width| length >= 2 * width) && !holds {
                self.line(line.trim());
                line.clear();
                length = 0;
            }
            line.push(character);
            (length, last) = (length + if character.is_ascii() { 1 } else { 2 }, character);
        }
        self.line(line.trim());
    }

    /// Cells next to each other: those that were not wrapped share lines, the others have lines of their own.
    pub(super) fn row(&mut self, cells: &[Cell]) {
        self.rows += 1;
        self.cells(cells);
    }

    /// The same for cells that are no row of the table.
    pub(super) fn cells(&mut self, cells: &[Cell]) {
        let mut shared: Vec<&str> = Vec::new();
        // A line begins a row, or stands behind a wrapped cell, with an empty line in front of it.
        let mut is_first = true;
        let mut after_wrapped = false;
        for cell in cells {
            match cell.0.as_slice() {
                [one] => shared.push(one),
                lines => {
                    if !shared.is_empty() {
                        let text = std::mem::take(&mut shared).join(" ");
                        if is_first {
                            self.line(&text)
                        } else {
                            self.line_beside(&text)
                        }
                        is_first = false;
                        after_wrapped = false;
                    }
                    for (index, line) in lines.iter().enumerate() {
                        if is_first || after_wrapped || index > 0 {
                            self.line(line)
                        } else {
                            self.line_beside(line)
                        }
                        is_first = false;
                    }
                    after_wrapped = true;
                }
            }
        }
        if !shared.is_empty() {
            let text = shared.join(" ");
            if is_first { self.line(&text) } else { self.line_beside(&text) }
        }
    }

    /// Whether no more rows fit on the page.
    pub(super) fn is_full(&self) -> bool {
        self.habits.page_rows.is_some_and(|rows| self.rows >= rows)
    }

    /// Ends the page, with its number.
    pub(super) fn end_page(&mut self) {
        let number = match self.habits.page_numbers {
            PageNumbers::None => None,
            PageNumbers::Dashed => Some(format!("- {} -", self.page)),
            PageNumbers::Plain => Some(self.page.to_string()),
        };
        if let Some(number) = number {
            if self.habits.spacing == Spacing::Lines {
                self.text.push_str("\n\n\n");
            }
            self.close_line(&number);
        }
        self.text.push(match self.habits.page_break {
            PageBreak::FormFeed => '\x0c',
            PageBreak::Space => ' ',
        });
        self.page += 1;
        self.rows = 0;
        self.at_start = true;
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_cells_have_empty_lines_inside_and_none_beside() {
        let habits = Habits::default();
        let mut pages = Pages::new(&habits);
        pages.row(&[Cell::whole("总计"), Cell::whole("1.00")]);
        let cells = [Cell::whole("205"), Cell::wrapped("四个字符", Some(2)), Cell::wrapped("一二三", Some(2))];
        pages.row(&[cells.as_slice(), &[Cell::whole("2.00"), Cell::whole("3.00")]].concat());
        assert_eq!(pages.finish(), "总计 1.00\n\n205\n四个\n\n字符\n\n一二\n\n三\n2.00 3.00\n");
    }

    #[test]
    fn lines_are_wrapped_by_width_and_never_inside_a_number_or_before_a_closing_mark() {
        let habits = Habits { spacing: Spacing::None, ..Habits::default() };
        let mut pages = Pages::new(&habits);
        pages.paragraph("本年收入1,234.56万元，增长5.00%，主要原因是人员增加。", Some(5));
        assert_eq!(pages.finish(), "本年收入1,234.56\n万元，增长\n5.00%，主要\n原因是人员\n增加。\n");
    }

    #[test]
    fn a_page_ends_with_its_number_and_a_form_feed_or_a_space() {
        let end = |page_break, page_numbers, spacing| {
            let habits = Habits { page_break, page_numbers, spacing, ..Habits::default() };
            let mut pages = Pages::new(&habits);
            pages.line("上");
            pages.end_page();
            pages.line("下");
            pages.finish()
        };
        assert_eq!(end(PageBreak::FormFeed, PageNumbers::None, Spacing::Lines), "上\n\x0c下\n");
        assert_eq!(end(PageBreak::Space, PageNumbers::Dashed, Spacing::Lines), "上\n\n\n\n- 1 -\n 下\n");
        assert_eq!(end(PageBreak::Space, PageNumbers::Plain, Spacing::None), "上\n1\n 下\n");
    }
}
