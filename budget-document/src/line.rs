//! A line of text.

use std::borrow::Cow;

use budget_model::Place;

/// A line of text that is not blank.
///
/// ```
/// use budget_document::Line;
/// use budget_model::Place;
///
/// let line = Line::new("  收入 17.00", 2, 40).after_blank(true);
/// assert_eq!(line.place("  收入 ".len()), Place::Text { page: 2, line: 40, column: 6 });
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Line<'a> {
    /// The text, without the line end; white space at the start is kept.
    pub text: Cow<'a, str>,
    /// Page, from 1; a format without pages has one.
    pub page: u32,
    /// Number of the line in the source, from 1, growing with the reading order.
    pub number: u32,
    /// Whether white space stands before it that is more than the end of a line.
    pub after_blank: bool,
    /// Whether it is the first line of its page.
    pub page_start: bool,
    /// Where it stands, if its number and characters do not say it: the cell it is a line of, the box on a page, the paragraph.
    pub origin: Option<Place>,
}

impl<'a> Line<'a> {
    /// A line directly below the one before it.
    #[must_use]
    pub fn new(text: impl Into<Cow<'a, str>>, page: u32, number: u32) -> Self {
        Self { text: text.into(), page, number, after_blank: false, page_start: false, origin: None }
    }

    /// The same line, with white space before it or without.
    #[must_use]
    pub fn after_blank(mut self, is_after: bool) -> Self {
        self.after_blank = is_after;
        self
    }

    /// The same line as the first of its page, or as another one.
    #[must_use]
    pub fn page_start(mut self, is_first: bool) -> Self {
        self.page_start = is_first;
        self
    }

    /// The same line at a place of the source that has no lines.
    #[must_use]
    pub fn at(mut self, origin: Place) -> Self {
        self.origin = Some(origin);
        self
    }

    /// Whether it is a line of a cell of a sheet.
    #[must_use]
    pub fn is_of_cell(&self) -> bool {
        matches!(self.origin, Some(Place::Cell { .. }))
    }

    /// The place of a byte offset into the text; the origin, if the line has one.
    #[must_use]
    pub fn place(&self, offset: usize) -> Place {
        if let Some(origin) = self.origin {
            return origin;
        }
        let column = self.text.char_indices().take_while(|(at, _)| *at < offset).count() as u32 + 1;
        Place::Text { page: self.page, line: self.number, column }
    }
}
