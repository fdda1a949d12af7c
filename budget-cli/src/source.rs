//! The lines of the source, to be shown under a finding.

use std::collections::HashMap;

use budget_document::Limits;
use budget_model::Place;
use budget_parse_text::source_lines;

use crate::screen::printable;

/// The lines of a text by page and number; none for a workbook.
pub(crate) struct Source {
    lines: HashMap<(u32, u32), String>,
}

impl Source {
    /// The lines of a document that was read.
    pub(crate) fn new(content: &[u8], is_text: bool) -> Self {
        let lines = if is_text { source_lines(content, &Limits::default()).unwrap_or_default() } else { Vec::new() };
        let lines = lines.iter().map(|line| ((line.page, line.number), printable(&line.text).into_owned()));
        Self { lines: lines.collect() }
    }

    /// The line at a place of a text.
    pub(crate) fn line(&self, place: Place) -> Option<String> {
        match place {
            Place::Text { page, line, .. } => self.lines.get(&(page, line)).cloned(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_one_line_are_told_apart() {
        let source = Source::new("总计 1\x0c合计 2\n小计 3".as_bytes(), true);
        let line = |page, line| source.line(Place::Text { page, line, column: 1 });
        assert_eq!(line(1, 1).as_deref(), Some("总计 1"));
        assert_eq!(line(2, 1).as_deref(), Some("合计 2"));
        assert_eq!(line(2, 2).as_deref(), Some("小计 3"));
        assert_eq!(line(1, 2), None);
    }
}
