//! Lines that can be one table.

use std::collections::HashMap;
use std::ops::Range;

use budget_document::Line;

use super::pieces::{Measured, Piece};

/// More lines of one piece in a row are no part of a table, unless they stand below pieces of its rows.
const MOST_SINGLE: usize = 4;

/// How far above the piece may be that a line of one piece is aligned with.
const LINES_ALIGNED: usize = 12;

/// More rows than a page has; what is longer is read in parts.
const MOST_ROWS: usize = 1_000;

/// The runs of lines that can be one table, in order.
pub(super) fn find(lines: &[Line<'_>], measured: &[Measured]) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut open = Open::default();
    for (index, (line, row)) in lines.iter().zip(measured).enumerate() {
        let begins = line.page_start || row.is_too_wide || open.is_full(index);
        let is_caption = is_caption(&line.text, row);
        if begins || is_caption || (!row.is_row() && open.is_broken_by(row, measured)) {
            runs.extend(std::mem::take(&mut open).close(lines, measured));
        }
        if is_caption {
            // What stands between the caption and the first row of the header belongs to the header.
            open.after_caption = true;
        } else if row.is_row() {
            open.add(index, row);
        } else {
            open.single(index, line, row);
        }
    }
    runs.extend(open.close(lines, measured));
    runs
}

/// A run that may go on.
#[derive(Default)]
struct Open {
    /// The first line, and the last one of several pieces.
    rows: Option<(usize, usize)>,
    has_numbers: bool,
    /// Lines of one piece behind the last row, and those of them that begin where nothing of the rows before does.
    singles: usize,
    unaligned: usize,
    /// Where the pieces of the rows begin, and the last line in which one did.
    begins: HashMap<u32, usize>,
    /// Whether a caption stands right above.
    after_caption: bool,
    /// The first of the lines of one piece between the caption and the first row.
    heading: Option<usize>,
}

impl Open {
    fn add(&mut self, index: usize, row: &Measured) {
        let first = self.rows.map_or(self.heading.unwrap_or(index), |(first, _)| first);
        self.rows = Some((first, index));
        self.has_numbers |= row.has_number();
        (self.singles, self.unaligned) = (0, 0);
        self.begins.extend(row.pieces.iter().map(|piece| (piece.cells.start, index)));
    }

    /// Whether a piece begins where one of the last rows does.
    fn is_aligned(&self, index: usize, piece: &Piece) -> bool {
        self.begins.get(&piece.cells.start).is_some_and(|line| index - line <= LINES_ALIGNED)
    }

    fn single(&mut self, index: usize, line: &Line<'_>, row: &Measured) {
        self.singles += 1;
        match row.pieces.first() {
            // A line of a text, or a row with nothing but its name.
            Some(piece) if self.is_aligned(index, piece) => _ = self.begins.insert(piece.cells.start, index),
            _ => self.unaligned += 1,
        }
        let is_heading = self.rows.is_none() && self.after_caption && !begins_at_the_edge(&line.text);
        if is_heading {
            self.heading = self.heading.or(Some(index));
        } else if self.rows.is_none() {
            (self.heading, self.after_caption) = (None, false);
        }
        if self.unaligned > MOST_SINGLE && self.rows.is_none() {
            self.heading = None;
        }
    }

    fn is_full(&self, index: usize) -> bool {
        self.rows.is_some_and(|(first, _)| index - first >= MOST_ROWS)
    }

    /// Whether a line of one piece ends the run: there are too many of them, or it goes on where the rows above have a gap,
    /// as the title of the next table does (`二、2018 年度…收入预算总表`).
    fn is_broken_by(&self, row: &Measured, measured: &[Measured]) -> bool {
        let Some((_, last)) = self.rows else { return false };
        if self.unaligned >= MOST_SINGLE {
            return true;
        }
        let (Some(above), Some(piece)) = (measured.get(last), row.pieces.first()) else { return false };
        let reaches =
            |gap: (&Piece, &Piece)| piece.cells.start < gap.0.cells.end && piece.cells.end > gap.1.cells.start;
        self.has_numbers && above.gaps().any(reaches)
    }

    /// The lines of the run: those behind its last row that are the rest of a name stay with it.
    fn close(self, lines: &[Line<'_>], measured: &[Measured]) -> Option<Range<usize>> {
        let (first, last) = self.rows?;
        let mut end = last + 1;
        while end <= last + self.singles.min(MOST_SINGLE)
            && let (Some(line), Some(row), Some(above)) = (lines.get(end), measured.get(end), measured.get(last))
            && !line.after_blank
            && row.pieces.first().is_some_and(|piece| is_below_one(piece, above))
        {
            end += 1;
        }
        (self.has_numbers && last > first).then_some(first..end)
    }
}

/// Whether a piece stands below one piece of a row and none of its gaps.
fn is_below_one(piece: &Piece, above: &Measured) -> bool {
    let is_below = |other: &&Piece| piece.cells.start < other.cells.end && piece.cells.end > other.cells.start;
    let next = above.pieces.iter().find(|other| other.cells.start >= piece.cells.end);
    above.pieces.iter().filter(is_below).count() == 1
        && next.is_some_and(|next| piece.cells.end < next.cells.start)
        && !piece.is_number
}

fn begins_at_the_edge(text: &str) -> bool {
    !text.starts_with([' ', '\t', '\u{3000}'])
}

/// A line of a caption is a word, a colon and what it is, without a figure (`编制部门：云溪县文化馆   单位：万元`); alone in its
/// line it stands far to the right (`单位：万元`).
fn is_caption(text: &str, row: &Measured) -> bool {
    let has_colon = |piece: &Piece| {
        let text = text.get(piece.bytes.clone()).unwrap_or_default();
        text.find(['：', ':']).is_some_and(|at| at > 0 && at + 3 < text.len())
    };
    match row.pieces.as_slice() {
        [one] => has_colon(one) && one.cells.start >= ALONE_TO_THE_RIGHT,
        pieces => pieces.iter().any(has_colon) && !row.has_number(),
    }
}

/// From here on a single caption stands to the right.
const ALONE_TO_THE_RIGHT: u32 = 24;
