//! Keeps account of which characters of the source something in the model was made of.

use std::ops::Range;

use budget_document::Line;
use budget_model::{Label, Ledger};

use crate::text::{is_space, trim_end, trim_start};

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
            Some(entry @ LineUse::Untouched) => {
                let mut parts = Vec::with_capacity(8);
                parts.push(range);
                *entry = LineUse::Parts(parts);
            }
            Some(LineUse::Parts(parts)) => parts.push(range),
            _ => {}
        }
    }

    /// The ledger over the lines of the document.
    pub(crate) fn ledger(&self, lines: &[&Line<'_>]) -> Ledger {
        let mut ledger = Ledger::default();
        let mut parts: Vec<Range<usize>> = Vec::new();
        for (line, used) in lines.iter().zip(&self.lines) {
            parts.clear();
            match used {
                LineUse::Untouched => {}
                LineUse::Parts(claimed) => parts.extend_from_slice(claimed),
                LineUse::Whole => parts.push(0..line.text.len()),
            }
            // In order, so that one pass over the line sees each of them once.
            parts.sort_unstable_by_key(|part| part.start);
            add_line(&mut ledger, line, &parts);
        }
        ledger
    }
}

/// Takes what is identified, though nothing of the model is made of it, for read: entries of a list of tables, a title or
/// caption that a page repeats.
pub(crate) fn held(ledger: &mut Ledger, is_identified: impl Fn(&str) -> bool) {
    let Ledger { unread, characters_read, numbers_read, .. } = ledger;
    unread.retain(|label| {
        let is_held = is_identified(&label.text);
        if is_held {
            let count = count(&label.text, &mut false);
            *characters_read += count.characters;
            *numbers_read += count.numbers;
        }
        !is_held
    });
}

/// Most pieces that are listed one by one. A document of which more is not understood is none that anybody reads through.
const MOST_UNREAD: usize = 10_000;
/// The ledger over lines that carry nothing of the document: all of them are accounted for.
pub(crate) fn furniture<'l>(lines: impl Iterator<Item = &'l Line<'l>>) -> Ledger {
    let mut ledger = Ledger::default();
    for line in lines {
        add_line(&mut ledger, line, std::slice::from_ref(&(0..line.text.len())));
    }
    ledger
}

/// Adds a line of which `parts`, in order of their starts, were read.
fn add_line(ledger: &mut Ledger, line: &Line<'_>, parts: &[Range<usize>]) {
    let mut in_number = false;
    let mut unread: Option<Range<usize>> = None;
    let mut at = 0;
    let mut add = |range: Range<usize>, is_read: bool| {
        let text = line.text.get(range.clone()).unwrap_or_default();
        let count = count(text, &mut in_number);
        ledger.characters += count.characters;
        ledger.numbers += count.numbers;
        if is_read {
            ledger.characters_read += count.characters;
            ledger.numbers_read += count.numbers;
        } else if count.characters > 0 {
            let start = range.start + text.len() - trim_start(text).len();
            let end = range.start + trim_end(text).len();
            unread = Some(unread.take().map_or(start, |before| before.start)..end);
        }
    };
    for part in parts {
        // Parts may overlap.
        if part.start > at {
            add(at..part.start, false);
        }
        let start = part.start.max(at);
        at = part.end.max(at);
        add(start..at, true);
    }
    if at < line.text.len() {
        add(at..line.text.len(), false);
    }
    if let Some(range) = unread
        && let Some(text) = line.text.get(range.clone())
    {
        if ledger.unread.len() < MOST_UNREAD {
            ledger.unread.push(Label::new(text, line.place(range.start)));
        } else {
            ledger.unlisted += 1;
        }
    }
}

/// What stands in a piece of text.
#[derive(Default)]
struct Count {
    /// Characters that are not white space.
    characters: u64,
    /// Runs of digits that begin in it.
    numbers: u64,
}

/// Counts a piece of a line. `in_number` says whether a number goes on from the piece before, and is updated.
fn count(text: &str, in_number: &mut bool) -> Count {
    let bytes = text.as_bytes();
    let mut count = Count::default();
    let mut at = 0;
    // By bytes, because every character of a document passes here.
    while let Some(byte) = bytes.get(at) {
        match byte {
            // Nearly all Chinese characters, three bytes each; none of them is white space.
            0xe4..=0xe9 => {
                count.characters += 1;
                *in_number = false;
                at += 3;
            }
            b'0'..=b'9' => {
                count.characters += 1;
                count.numbers += u64::from(!*in_number);
                *in_number = true;
                at += 1;
            }
            b' ' => {
                *in_number = false;
                at += 1;
            }
            b'!'..=b'~' => {
                count.characters += 1;
                *in_number &= matches!(byte, b',' | b'.');
                at += 1;
            }
            _ => {
                let Some(character) = text.get(at..).and_then(|text| text.chars().next()) else { break };
                count.characters += u64::from(!is_space(character));
                // Separators and points inside a number do not start another one.
                *in_number &= matches!(character, ',' | '.' | '，');
                at += character.len_utf8();
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line<'_> {
        Line::new(text, 1, 1).page_start(true)
    }

    #[test]
    fn what_is_not_listed_any_more_is_still_counted() {
        let lines = vec![line("页脚 12"); MOST_UNREAD + 3];
        let lines: Vec<_> = lines.iter().collect();
        let ledger = Consumption::new(lines.len()).ledger(&lines);
        assert_eq!((ledger.unread.len(), ledger.unlisted), (MOST_UNREAD, 3));
        assert_eq!((ledger.numbers, ledger.numbers_read), (MOST_UNREAD as u64 + 3, 0));
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
