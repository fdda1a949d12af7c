//! The prose as one text without white space, with a way back to lines and columns.
//!
//! A printed line ends where the page ends, in the middle of words and of numbers; joining the lines without white space
//! undoes that. Every other module works on offsets into the joined text.

use std::cell::Cell;
use std::ops::Range;

use budget_document::Line;
use budget_model::{Label, Place};

use super::ordinal::{OrdinalStyle, leading_ordinal};
use crate::page_number::is_page_number;
use crate::text::is_space;

/// Lines joined without white space.
pub(super) struct Prose<'a> {
    /// All lines, one after the other.
    pub(super) text: String,
    /// The lines in it, in order.
    pub(super) spans: Vec<Span>,
    /// Indices of the lines that print nothing but a page number; they are in no span.
    pub(super) page_numbers: Vec<usize>,
    lines: &'a [&'a Line<'a>],
    /// The runs of characters between white space, in order.
    runs: Vec<Run>,
    /// Where the last place was found.
    found: Cell<Found>,
}

/// Characters of a line without white space between them.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// Offset of the first one in [`Prose::text`].
    start: usize,
    /// Index of the line.
    line: usize,
    /// Offset of the first one in the line.
    byte: usize,
}

/// A character of a line: its byte and column.
#[derive(Clone, Copy, Debug)]
struct Found {
    line: usize,
    byte: usize,
    column: u32,
}

/// A line inside [`Prose::text`].
#[derive(Clone, Debug)]
pub(super) struct Span {
    /// Offset of its first character.
    pub(super) start: usize,
    /// Index of the line.
    pub(super) line: usize,
    /// Display width, a Chinese character counting as two.
    pub(super) width: usize,
    /// Whether something other than prose stands before it.
    pub(super) after_gap: bool,
    /// Display width of the white space before it.
    leading: usize,
    /// Whether it is indented like the first line of a paragraph.
    pub(super) indented: bool,
    /// The number of the part that it heads without saying so.
    pub(super) part: Option<u32>,
    /// Whether it is a line of a table that nobody recognised: cells with wide gaps between them, and no sentence.
    pub(super) tabular: bool,
}

impl<'a> Prose<'a> {
    /// Joins the lines of some regions.
    pub(super) fn new(lines: &'a [&'a Line<'a>], regions: &[Range<usize>]) -> Self {
        let all = || regions.iter().flat_map(|region| lines.get(region.clone()).unwrap_or(&[]));
        let mut prose = Self {
            text: String::with_capacity(all().map(|line| line.text.len()).sum()),
            spans: Vec::with_capacity(all().count()),
            page_numbers: Vec::new(),
            lines,
            runs: Vec::with_capacity(2 * all().count()),
            found: Cell::new(Found { line: 0, byte: 0, column: 1 }),
        };
        for region in regions {
            let mut after_gap = true;
            for index in region.clone() {
                let Some(line) = lines.get(index) else { break };
                if is_page_number(&line.text) && !prose.ends_inside_number() {
                    prose.page_numbers.push(index);
                    continue;
                }
                let start = prose.text.len();
                let (mut width, mut leading) = (0, 0);
                let (mut run, mut at) = (0, 0);
                let mut gaps = Gaps::default();
                while let Some((columns, length, is_space)) = measure(&line.text, at) {
                    width += columns;
                    gaps.take(columns, is_space, line.text.as_bytes().get(at) == Some(&b'\t'));
                    if is_space {
                        prose.push(index, &line.text, run..at);
                        run = at + length;
                        leading += if prose.text.len() == start { columns } else { 0 };
                    }
                    at += length;
                }
                prose.push(index, &line.text, run..at);
                if prose.text.len() > start {
                    prose.spans.push(Span {
                        start,
                        line: index,
                        width,
                        after_gap,
                        leading,
                        indented: false,
                        part: None,
                        tabular: gaps.divide_cells(prose.text.get(start..).unwrap_or("")),
                    });
                    after_gap = false;
                }
            }
        }
        prose.fill_tables();
        prose.find_indents();
        prose
    }

    /// Tells the lines that are indented from those at the left margin, which need not be the edge of the page.
    fn find_indents(&mut self) {
        let mut leading: Vec<usize> = self.spans.iter().filter(|span| !span.tabular).map(|span| span.leading).collect();
        leading.sort_unstable();
        let Some(margin) = leading.get(leading.len() / 10).copied() else { return };
        for span in &mut self.spans {
            span.indented = span.leading >= margin + INDENT;
        }
    }

    /// Whether a span is the first line of its page.
    pub(super) fn begins_page(&self, span: usize) -> bool {
        self.spans.get(span).and_then(|span| self.lines.get(span.line)).is_some_and(|line| line.page_start)
    }

    /// Takes the few lines between two lines of a table (`占地面积` / `（平方米）`) for lines of it.
    fn fill_tables(&mut self) {
        let mut last = None;
        for at in 0..self.spans.len() {
            let Some(span) = self.spans.get(at) else { break };
            if span.after_gap {
                last = None;
            }
            if span.tabular {
                let between = last.map_or(at..at, |last| last + 1..at);
                let is_cell = |at: usize| {
                    let line = self.slice(at..at + 1);
                    let heads = leading_ordinal(line).is_some_and(|ordinal| ordinal.style <= OrdinalStyle::Subsection);
                    !heads && !line.ends_with('。') && !line.contains('，')
                };
                if between.len() <= MOST_BETWEEN && between.clone().all(is_cell) {
                    for span in self.spans.get_mut(between).unwrap_or_default() {
                        span.tabular = true;
                    }
                }
                last = Some(at);
            }
        }
    }

    /// What white space stands inside a piece of the text, given by its offsets: where, and of which kind.
    pub(super) fn gaps(&self, piece: Range<usize>) -> impl Iterator<Item = (usize, Gap)> {
        let first = self.runs.partition_point(|run| run.start <= piece.start).max(1);
        (first..self.runs.len()).map_while(move |index| {
            let (run, before) = (self.runs.get(index)?, self.runs.get(index - 1)?);
            if run.start >= piece.end {
                return None;
            }
            let bytes = run.byte.saturating_sub(before.byte + (run.start - before.start));
            let gap = match (run.line == before.line, bytes) {
                (false, _) => Gap::Line,
                (true, 0..=3) => Gap::Blank,
                (true, _) => Gap::Wide,
            };
            Some((run.start, gap))
        })
    }

    /// Says which lines head parts without a number; the lines are in order.
    pub(super) fn number_parts(&mut self, parts: &[(usize, usize)]) {
        for (line, number) in parts {
            if let Ok(span) = self.spans.binary_search_by_key(line, |span| span.line)
                && let Some(span) = self.spans.get_mut(span)
            {
                span.part = Some(*number as u32);
            }
        }
    }

    /// Appends a piece of a line that has no white space in it.
    fn push(&mut self, line: usize, text: &str, piece: Range<usize>) {
        if let Some(run) = text.get(piece.clone()).filter(|run| !run.is_empty()) {
            self.runs.push(Run { start: self.text.len(), line, byte: piece.start });
            self.text.push_str(run);
        }
    }

    /// Whether the text so far ends with an unfinished number, which a line of digits alone would complete.
    fn ends_inside_number(&self) -> bool {
        let mut backwards = self.text.bytes().rev();
        let mut next = || backwards.next().unwrap_or(b' ');
        match next() {
            b'.' | b',' => next().is_ascii_digit(),
            last => last.is_ascii_digit() && next() == b'.' && next().is_ascii_digit(),
        }
    }

    /// The text of spans (by index).
    pub(super) fn slice(&self, spans: Range<usize>) -> &str {
        let start = self.spans.get(spans.start).map_or(self.text.len(), |span| span.start);
        let end = self.spans.get(spans.end).map_or(self.text.len(), |span| span.start);
        self.text.get(start..end).unwrap_or("")
    }

    /// The place of an offset into the text.
    ///
    /// Looking for offsets in ascending order takes one pass over the text, however long its lines are.
    pub(super) fn place(&self, offset: usize) -> Place {
        let after = self.runs.partition_point(|run| run.start <= offset);
        let run = after.checked_sub(1).and_then(|index| self.runs.get(index));
        let Some((run, line)) = run.and_then(|run| Some((run, self.lines.get(run.line)?))) else {
            return Place::Text { page: 1, line: 1, column: 1 };
        };
        if let Some(cell) = line.origin {
            return cell;
        }
        let byte = run.byte + (offset - run.start);
        let from = Some(self.found.get()).filter(|found| found.line == run.line && found.byte <= byte);
        let from = from.unwrap_or(Found { line: run.line, byte: 0, column: 1 });
        let column = from.column + line.text.get(from.byte..byte).unwrap_or("").chars().count() as u32;
        self.found.set(Found { line: run.line, byte, column });
        Place::Text { page: line.page, line: line.number, column }
    }

    /// A piece of the text, given as a slice of it, as a label.
    pub(super) fn label(&self, offset: usize, text: &str) -> Label {
        Label::new(text, self.place(offset))
    }
}

/// White space inside a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// The end of a line.
    Line,
    /// One blank, perhaps of full width, or two.
    Blank,
    /// More than that, as between cells.
    Wide,
}

/// The white space between the pieces of a line.
#[derive(Default)]
struct Gaps {
    /// Columns of the white space just read; none are counted before the first piece.
    open: usize,
    started: bool,
    /// Gaps of [`WIDE`] columns or more, and of [`VERY_WIDE`] ones.
    wide: usize,
    very_wide: usize,
}

/// Columns between cells; justified sentences have less.
const WIDE: usize = 3;

/// Columns that no blank to be filled in leaves inside a sentence: `预算     12.5 万元`.
const VERY_WIDE: usize = 6;

/// Most lines between two lines of a table that belong to it.
const MOST_BETWEEN: usize = 3;

impl Gaps {
    fn take(&mut self, columns: usize, is_space: bool, is_tab: bool) {
        if is_space {
            self.open += if is_tab { WIDE } else { columns };
            return;
        }
        if self.started {
            self.wide += usize::from(self.open >= WIDE);
            self.very_wide += usize::from(self.open >= VERY_WIDE);
        }
        self.started = true;
        self.open = 0;
    }

    /// Whether the gaps divide a line, given without its white space, into cells of a table:
    /// `201   一般公共服务支出      12.50`. A sentence with blanks that were filled in has a comma or full stop.
    fn divide_cells(&self, text: &str) -> bool {
        let is_sentence = text.contains(['，', '。', '；']);
        let numbers = || text.bytes().any(|byte| byte.is_ascii_digit());
        if is_sentence { self.very_wide >= 2 } else { self.wide >= 2 || (self.wide == 1 && numbers()) }
    }
}

/// The columns and bytes of the character at an offset, and whether it is white space.
fn measure(text: &str, at: usize) -> Option<(usize, usize, bool)> {
    match text.as_bytes().get(at)? {
        b'!'..=b'~' => Some((1, 1, false)),
        // Nearly all Chinese characters, and no white space.
        0xe4..=0xe9 => Some((2, 3, false)),
        _ => {
            let character = text.get(at..)?.chars().next()?;
            Some((if character.is_ascii() { 1 } else { 2 }, character.len_utf8(), is_space(character)))
        }
    }
}

/// Columns of white space that indent a paragraph: one Chinese character at least.
const INDENT: usize = 2;

#[cfg(test)]
mod tests {
    use super::super::testing::lines_of;
    use super::*;

    #[test]
    fn an_offset_leads_back_to_line_and_column() {
        let lines = lines_of("收支总预算 12\n0.50 万元。\n- 16 -\n支出 预算");
        let lines: Vec<&Line<'_>> = lines.iter().collect();
        let prose = Prose::new(&lines, std::slice::from_ref(&(0..lines.len())));
        assert_eq!(prose.text, "收支总预算120.50万元。支出预算");
        assert_eq!(prose.page_numbers, [2]);
        let place = |text: &str| {
            let place = prose.place(prose.text.find(text).unwrap());
            (place.line(), place.column())
        };
        assert_eq!(place("120.50"), (1, 7));
        assert_eq!(place("0.50"), (2, 1));
        assert_eq!(place("万元"), (2, 6));
        assert_eq!(place("支出预算"), (4, 1));
        assert_eq!(place("预算120"), (1, 4));
    }

    #[test]
    fn digits_that_finish_a_number_are_no_page_number() {
        let lines = lines_of("预算数为 122.9\n0\n万元。\n12");
        let lines: Vec<&Line<'_>> = lines.iter().collect();
        let prose = Prose::new(&lines, std::slice::from_ref(&(0..lines.len())));
        assert_eq!(prose.text, "预算数为122.90万元。");
        assert_eq!(prose.page_numbers, [3]);
    }
}
