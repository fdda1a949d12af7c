//! What a page or a cell holds, in reading order.

use crate::line::Setting;
use crate::set_page::SetPage;
use crate::table::PrintedCell;

/// A piece of a page or of a cell.
#[derive(Debug)]
pub(crate) enum Item {
    /// A line of text.
    Line {
        text: String,
        /// Whether a paragraph begins with it.
        begins: bool,
        /// The character of its paragraph that it begins with, from 1.
        column: u32,
    },
    /// A table of data.
    Grid(Vec<PrintedCell>),
    /// A page on which everything is placed.
    Set(Box<SetPage>),
    /// What belongs to the place, and is not read there.
    Aside(Aside),
}

/// What is no part of the text.
#[derive(Debug)]
pub(crate) enum Aside {
    Attachment { name: String, address: String },
    Hidden(String),
}

/// The lines and tables of a page or a cell while it is being read.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    pub(crate) items: Vec<Item>,
    line: Setting,
    /// The printed number of an item, which stands before its first line.
    marker: Option<String>,
    /// Characters of the paragraph that are printed.
    printed: u32,
    /// What stands in the line that is being read.
    asides: Vec<Aside>,
    /// Whether it has a heading or a list, as running text has.
    pub(crate) is_structured: bool,
}

impl Flow {
    /// Adds text of the source.
    pub(crate) fn push(&mut self, source: &str, keeps_blanks: bool) {
        if self.marker.is_some() && !source.chars().all(budget_document::text::is_space) {
            self.print_marker();
        }
        if !keeps_blanks {
            return self.line.push(source);
        }
        for (index, line) in source.split('\n').enumerate() {
            if index > 0 {
                self.end_line();
            }
            self.line.push_as_it_is(line.trim_end_matches('\r'));
        }
    }

    fn print_marker(&mut self) {
        if let Some(marker) = self.marker.take() {
            let is_chinese = marker.ends_with('、');
            self.line.push_as_it_is(&marker);
            if !is_chinese {
                self.line.push_as_it_is(" ");
            }
        }
    }

    /// The next line begins with the number of an item.
    pub(crate) fn mark(&mut self, marker: Option<String>) {
        self.marker = marker;
    }

    /// Adds what is no part of the text, behind the line that is being read.
    pub(crate) fn set_aside(&mut self, aside: Aside) {
        self.asides.push(aside);
    }

    /// Ends a line within its paragraph: `<br>`
    pub(crate) fn end_line(&mut self) {
        let text = self.line.take();
        if !text.is_empty() {
            let (begins, column) = (self.printed == 0, self.printed.saturating_add(1));
            self.printed = self.printed.saturating_add(text.chars().count() as u32);
            self.items.push(Item::Line { text, begins, column });
        }
        self.items.extend(self.asides.drain(..).map(Item::Aside));
    }

    /// Ends a paragraph.
    pub(crate) fn end_paragraph(&mut self) {
        self.end_line();
        self.printed = 0;
    }

    /// Adds what stands behind the text so far.
    pub(crate) fn add(&mut self, items: Vec<Item>) {
        self.end_paragraph();
        if self.items.is_empty() {
            self.items = items;
        } else {
            self.items.extend(items);
        }
    }
}
