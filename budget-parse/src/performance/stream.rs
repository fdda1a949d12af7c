//! The characters of a table, with what stands before each, and an account of which were made use of.
//!
//! In the text of a PDF a cell may be wrapped anywhere, so words are looked for character by character across the
//! gaps; the gaps only say where a cell *may* end.

use std::ops::Range;

use budget_document::Line;
use budget_model::{Label, Place};

use super::vocabulary::SCORING;
use crate::consumption::Consumption;
use crate::lexicon::around::overall;
use crate::page_number::is_page_number;
use crate::text::{fold_char, is_space};
use crate::words::{Entry, Words};

/// What stands before a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// White space on the same line.
    Space,
    /// The end of a line.
    Line,
    /// The end of a line and blank lines.
    Blank,
    /// A page break.
    Page,
}

/// A character that is not white space.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub(super) raw: char,
    /// The character as it is compared.
    pub(super) folded: char,
    pub(super) gap: Gap,
    /// Index of the line.
    line: u32,
    /// Offset into the line in bytes.
    at: u32,
    /// Column of the line, from 1. Kept, because counting it again is slow on very long lines.
    column: u32,
    /// Counts page breaks within the table.
    pub(super) page: u32,
    /// Something was made of it.
    is_claimed: bool,
}

/// The characters of a table in the order of print.
pub(super) struct Stream<'a, 'b> {
    lines: &'b [&'b Line<'a>],
    pub(super) glyphs: Vec<Glyph>,
    /// Characters that were taken out, all of them claimed.
    taken: Vec<Glyph>,
    /// Lines that hold the number of a page.
    page_numbers: Vec<usize>,
    /// Whether lines are set apart by blank lines, so that a missing blank line means something.
    pub(super) has_blanks: bool,
}

/// Blank lines above a number that stands alone in the margin between two pages.
const LINES_ABOVE_PAGE_NUMBER: u32 = 3;

impl<'a, 'b> Stream<'a, 'b> {
    /// The characters of `region`, page numbers left out where the layout of the lines shows them.
    pub(super) fn new(lines: &'b [&'b Line<'a>], region: Range<usize>) -> Self {
        // Most characters take three bytes.
        let bytes: usize = lines.get(region.clone()).unwrap_or_default().iter().map(|line| line.text.len()).sum();
        let glyphs = Vec::with_capacity(bytes / 2);
        let mut stream = Self { lines, glyphs, taken: Vec::new(), page_numbers: Vec::new(), has_blanks: false };
        // The last column of a table for a whole department are weights, which look like page numbers.
        let ends_in_weights = lines.get(region.start).is_some_and(|title| title.text.contains(overall()));
        let (mut page, mut broken) = (0, false);
        let mut previous: Option<&Line<'_>> = None;
        for index in region {
            let Some(line) = lines.get(index) else { break };
            let above = previous.replace(line);
            let below = lines.get(index + 1);
            stream.has_blanks |= line.after_blank;
            let new_page = above.is_some_and(|above| above.page != line.page);
            let at_edge = new_page || below.is_some_and(|below| below.page != line.page);
            let lines_above = above.map_or(0, |above| line.number.saturating_sub(above.number).saturating_sub(1));
            let is_apart = lines_above >= LINES_ABOVE_PAGE_NUMBER || (at_edge && !ends_in_weights);
            if is_apart && is_page_number(&line.text) && !below.is_some_and(|below| is_scoring(&below.text)) {
                stream.page_numbers.push(index);
                (page, broken) = (page + u32::from(!broken), true);
                continue;
            }
            if new_page && !broken {
                (page, broken) = (page + 1, true);
            }
            let mut gap = match () {
                () if broken => Gap::Page,
                () if line.after_blank => Gap::Blank,
                () => Gap::Line,
            };
            broken = false;
            let line_index = index as u32;
            for (column, (at, raw)) in (1..).zip(line.text.char_indices()) {
                let folded = match raw {
                    // Nearly all of them.
                    '\u{4e00}'..='\u{9fff}' => raw,
                    _ if is_space(raw) => {
                        gap = gap.max(Gap::Space);
                        continue;
                    }
                    _ => fold_char(raw),
                };
                let at = at as u32;
                stream.glyphs.push(Glyph { raw, folded, gap, line: line_index, at, column, page, is_claimed: false });
                gap = Gap::None;
            }
        }
        stream
    }

    pub(super) fn len(&self) -> usize {
        self.glyphs.len()
    }

    /// The character at a position, as it is compared; NUL behind the end.
    pub(super) fn folded(&self, at: usize) -> char {
        self.glyphs.get(at).map_or('\0', |glyph| glyph.folded)
    }

    /// What stands before a position; a page break at the end.
    pub(super) fn gap(&self, at: usize) -> Gap {
        self.glyphs.get(at).map_or(Gap::Page, |glyph| glyph.gap)
    }

    /// The page of a position, counted within the table.
    pub(super) fn page(&self, at: usize) -> u32 {
        self.glyphs.get(at).or(self.glyphs.last()).map_or(0, |glyph| glyph.page)
    }

    /// Whether a cell may begin or end at a position.
    pub(super) fn is_boundary(&self, at: usize) -> bool {
        self.gap(at) != Gap::None
    }

    /// Whether a line begins at a position.
    pub(super) fn is_line_start(&self, at: usize) -> bool {
        self.gap(at) > Gap::Space
    }

    /// The next boundary behind a position.
    pub(super) fn fragment_end(&self, at: usize) -> usize {
        let behind = self.glyphs.get(at + 1..).unwrap_or_default();
        behind.iter().position(|glyph| glyph.gap != Gap::None).map_or(self.len(), |length| at + 1 + length)
    }

    /// Where the next cell may begin that has a character at its beginning.
    pub(super) fn next_cell(&self, from: usize, first: char) -> Option<usize> {
        let behind = self.glyphs.get(from..)?;
        let found = behind.iter().position(|glyph| glyph.folded == first && glyph.gap != Gap::None)?;
        Some(from + found)
    }

    /// The end of the line that a position is on.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let behind = self.glyphs.get(at + 1..).unwrap_or_default();
        behind.iter().position(|glyph| glyph.gap > Gap::Space).map_or(self.len(), |length| at + 1 + length)
    }

    /// The end of `word` if it stands at a position, whatever gaps are inside.
    #[inline]
    pub(super) fn word(&self, at: usize, word: &str) -> Option<usize> {
        let (end, whole) = self.prefix(at, word);
        whole.then_some(end)
    }

    /// The words of a list that stand at a position, with their ends.
    #[inline]
    pub(super) fn words<E: Entry>(
        &self,
        at: usize,
        words: &'static Words<E>,
    ) -> impl Iterator<Item = (&'static E, usize)> {
        words.candidates(self.folded(at)).filter_map(move |entry| Some((entry, self.word(at, entry.word())?)))
    }

    /// How far `word` is printed from a position on, and whether all of it is.
    pub(super) fn prefix(&self, at: usize, word: &str) -> (usize, bool) {
        let mut end = at;
        for character in word.chars() {
            if self.folded(end) != character {
                return (end, false);
            }
            end += 1;
        }
        (end, true)
    }

    /// The end of the longest of `words` that stands at a position and ends at a boundary.
    pub(super) fn longest(&self, at: usize, words: &'static Words<&'static str>) -> Option<usize> {
        self.words(at, words).map(|(_, end)| end).filter(|end| self.is_boundary(*end)).max()
    }

    /// Whether a range ends with one of `words`.
    pub(super) fn ends_with(&self, range: Range<usize>, words: &'static Words<&'static str>) -> bool {
        let Some(last) = range.end.checked_sub(1).map(|last| self.folded(last)) else { return false };
        words.last_candidates(last).any(|word| {
            let start = range.end.checked_sub(word.chars().count());
            start.is_some_and(|start| start >= range.start && self.word(start, word).is_some())
        })
    }

    /// The text of a range, without white space.
    pub(super) fn text(&self, range: Range<usize>) -> String {
        let glyphs = self.glyphs.get(range.start..range.end.min(self.len())).unwrap_or_default();
        let mut text = String::with_capacity(3 * glyphs.len());
        for fragment in glyphs.chunk_by(|_, next| next.gap == Gap::None) {
            text.push_str(self.printed(fragment));
        }
        text
    }

    /// The text of characters without gaps, as it is printed.
    fn printed(&self, glyphs: &[Glyph]) -> &str {
        let (Some(first), Some(last)) = (glyphs.first(), glyphs.last()) else { return "" };
        let line = self.lines.get(first.line as usize).map_or("", |line| line.text.as_ref());
        line.get(first.at as usize..last.at as usize + last.raw.len_utf8()).unwrap_or("")
    }

    /// The text of a range and its place; `None` if the range is empty.
    pub(super) fn label(&self, range: Range<usize>) -> Option<Label> {
        let place = self.place(range.start)?;
        (!range.is_empty()).then(|| Label::new(self.text(range), place))
    }

    /// The place of a character.
    pub(super) fn place(&self, at: usize) -> Option<Place> {
        let glyph = self.glyphs.get(at)?;
        let line = self.lines.get(glyph.line as usize)?;
        let text = Place::Text { page: line.page, line: line.number, column: glyph.column };
        Some(line.origin.unwrap_or(text))
    }

    /// Something was made of the characters of a range.
    pub(super) fn claim(&mut self, range: Range<usize>) {
        for glyph in self.glyphs.get_mut(range).unwrap_or_default() {
            glyph.is_claimed = true;
        }
    }

    /// Claims ranges, which are in order, and takes them out; what follows each stands behind a page break.
    pub(super) fn take_out(&mut self, ranges: &[Range<usize>]) {
        let mut remaining = ranges.iter();
        let Some(mut range) = remaining.next() else { return };
        for range in ranges {
            self.claim(range.clone());
        }
        let mut index = 0;
        let taken = &mut self.taken;
        self.glyphs.retain_mut(|glyph| {
            if index == range.end {
                glyph.gap = Gap::Page;
                range = remaining.next().unwrap_or(range);
            }
            let keep = !range.contains(&index);
            if !keep {
                // What stood between two of them stays, so they are not side by side.
                glyph.gap = if index == range.start { Gap::Page } else { glyph.gap };
                taken.push(*glyph);
            }
            index += 1;
            keep
        });
    }

    /// Whether the line that begins at a position holds a number and nothing else.
    pub(super) fn is_lone_number(&self, at: usize) -> bool {
        let end = self.fragment_end(at);
        self.is_line_start(at)
            && self.is_line_start(end)
            && end - at <= 4
            && (at..end).all(|at| self.folded(at).is_ascii_digit())
    }

    /// Tells the ledger what was claimed.
    pub(super) fn settle(self, consumption: &mut Consumption) {
        for index in self.page_numbers {
            consumption.whole(index);
        }
        let together = |one: &Glyph, next: &Glyph| {
            one.line == next.line && one.is_claimed == next.is_claimed && next.gap <= Gap::Space
        };
        for piece in self.taken.chunk_by(together).chain(self.glyphs.chunk_by(together)) {
            let (Some(first), Some(last)) = (piece.first(), piece.last()) else { continue };
            if !first.is_claimed {
                continue;
            }
            let bytes = first.at as usize..last.at as usize + last.raw.len_utf8();
            let text = self.lines.get(first.line as usize).map_or("", |line| line.text.as_ref());
            let outside = [text.get(..bytes.start), text.get(bytes.end..)];
            if outside.into_iter().flatten().all(|text| text.chars().all(is_space)) {
                consumption.whole(first.line as usize);
            } else {
                consumption.part(first.line as usize, bytes);
            }
        }
    }
}

/// Whether a line begins with a scoring rule, so that a number above it is a weight.
fn is_scoring(text: &str) -> bool {
    const ENOUGH: usize = 4;
    let text = text.trim_start();
    let Some(first) = text.chars().next() else { return false };
    SCORING.beginning_with(first).any(|word| {
        let end = word.char_indices().nth(ENOUGH).map_or(word.len(), |(end, _)| end);
        word.get(..end).is_some_and(|beginning| text.starts_with(beginning))
    })
}
