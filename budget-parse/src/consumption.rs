//! Keeps account of which characters of the source something in the model was made of.

use std::ops::Range;

use budget_model::{Label, Ledger};

use crate::raw::Line;
use crate::text::is_space;

/// What has been consumed of each line of a document.
///
/// Whoever makes something of a line says so here; what nobody claimed ends up in the [`Ledger`] as unread.
#[derive(Clone, Debug)]
pub(crate) struct Consumption {
    lines: Vec<LineUse>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum LineUse {
    Untouched,
    Parts(Vec<Range<usize>>),
    Whole,
}

impl Consumption {
    /// Nothing consumed of `lines` lines.
    pub(crate) fn new(lines: usize) -> Self {
        Self { lines: vec![LineUse::Untouched; lines] }
    }

    /// All of a line (by index) is consumed.
    pub(crate) fn whole(&mut self, line: usize) {
        if let Some(line) = self.lines.get_mut(line) {
            *line = LineUse::Whole;
        }
    }

    /// A byte range of a line (by index) is consumed.
    pub(crate) fn part(&mut self, line: usize, range: Range<usize>) {
        match self.lines.get_mut(line) {
            Some(entry @ LineUse::Untouched) => *entry = LineUse::Parts(vec![range]),
            Some(LineUse::Parts(parts)) => parts.push(range),
            _ => {}
        }
    }

    /// The ledger over the lines of the document.
    pub(crate) fn ledger(&self, lines: &[&Line<'_>]) -> Ledger {
        let mut ledger = Ledger::default();
        for (line, used) in lines.iter().zip(&self.lines) {
            // Parts in order, so that one pass over the line sees each of them once.
            let mut parts = match used {
                LineUse::Parts(parts) => parts.clone(),
                LineUse::Untouched | LineUse::Whole => Vec::new(),
            };
            parts.sort_unstable_by_key(|part| part.start);
            let mut parts = parts.into_iter().peekable();
            let mut read_to = 0;
            let mut is_read = |at: usize| {
                while let Some(part) = parts.next_if(|part| part.start <= at) {
                    read_to = read_to.max(part.end);
                }
                *used == LineUse::Whole || at < read_to
            };
            let mut previous_digit = false;
            let mut unread: Option<Range<usize>> = None;
            for (at, character) in line.text.char_indices() {
                let read = is_read(at);
                if !is_space(character) {
                    ledger.characters += 1;
                    ledger.characters_read += u64::from(read);
                    if !read {
                        let end = at + character.len_utf8();
                        unread = Some(unread.map_or(at..end, |range| range.start..end));
                    }
                }
                // A number is a run of digits; separators and points inside it do not start another one.
                let digit = character.is_ascii_digit();
                if digit && !previous_digit {
                    ledger.numbers += 1;
                    ledger.numbers_read += u64::from(read);
                }
                previous_digit = digit || (previous_digit && matches!(character, ',' | '.' | '，'));
            }
            if let Some(text) = unread.clone().and_then(|range| line.text.get(range)) {
                let start = unread.map_or(0, |range| range.start);
                ledger.unread.push(Label::new(text, line.place(start)));
            }
        }
        ledger
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn line(text: &str) -> Line<'_> {
        Line { text: Cow::Borrowed(text), page: 1, number: 1, after_blank: false, page_start: true, cell: None }
    }

    #[test]
    fn what_nobody_claims_is_listed_with_its_place() {
        let first = line("收入 7,332.07");
        let second = line("页脚 12");
        let lines = [&first, &second];
        let mut consumption = Consumption::new(2);
        consumption.part(0, 0..first.text.len());
        let ledger = consumption.ledger(&lines);
        assert_eq!((ledger.characters, ledger.characters_read), (14, 10));
        assert_eq!((ledger.numbers, ledger.numbers_read), (2, 1));
        assert_eq!(ledger.unread.len(), 1);
        assert_eq!(ledger.unread[0].text, "页脚 12");
    }
}
