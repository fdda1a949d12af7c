//! Finds the cells of a row: which of its fragments are the name, which the value, the basis, last year's value.
//!
//! A fragment is a run of characters without a gap; a cell is one or more of them. The best of all ways to cut the
//! fragments into cells is found by dynamic programming over columns and fragments, unless an operator and a known basis
//! leave nothing to search. What speaks for a cut: an operator
//! begins a value, a basis is a known word, a unit follows a number, and lines are only broken where the next character
//! would not have fitted into the column.

use std::ops::Range;

use super::stream::{Gap, Glyph, Stream};
use super::value::is_operator;
use super::vocabulary::{BASES, BASIS_ENDS, Column, EFFECTS, LAST_YEAR, QUALITIES, UNITS};

/// The columns that are cut by this module.
pub(super) const CUT: [Column; 4] = [Column::Name, Column::Value, Column::Basis, Column::LastYear];

/// The widest lines seen in the columns of [`CUT`], in half-width characters; 0 if unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Widths([u32; 4]);

/// More fragments than any honest row has; a longer run is not searched.
const LONGEST_ROW: usize = 120;

/// More characters than any honest row has.
const LONGEST_TEXT: usize = 4_000;

/// A run of characters without a gap.
#[derive(Clone, Copy, Debug)]
struct Fragment {
    start: usize,
    end: usize,
    gap: Gap,
    width: u32,
    /// Width of what must stay on one line at its beginning.
    head: u32,
    /// It begins with an operator, and the fragment before is none.
    operator: bool,
    /// It is an operator and nothing else.
    alone: bool,
    /// A Chinese character stands on either side of the gap in front of it.
    between_words: bool,
    open_brackets: i32,
    /// Everything so far is ASCII, one word.
    is_word: bool,
    /// It ends with a word that a basis may end with; known only once [`cut`] has looked.
    ends_basis: bool,
}

impl Fragment {
    fn new(stream: &Stream<'_, '_>, start: usize, glyph: &Glyph, before: Option<&Self>) -> Self {
        let operator = is_operator(glyph.folded);
        let is_han = |at: usize| !stream.folded(at).is_ascii();
        Self {
            start,
            end: start + 1,
            gap: glyph.gap,
            width: width_of(glyph.raw),
            head: width_of(glyph.raw),
            operator: operator && !before.is_some_and(|before| before.alone),
            alone: operator,
            between_words: !glyph.folded.is_ascii() && start.checked_sub(1).is_some_and(is_han),
            open_brackets: bracket(glyph),
            is_word: glyph.raw.is_ascii(),
            ends_basis: false,
        }
    }

    fn add(&mut self, glyph: &Glyph) {
        let width = width_of(glyph.raw);
        self.width += width;
        self.is_word &= glyph.raw.is_ascii();
        self.head += width * u32::from(self.is_word);
        self.end += 1;
        self.alone &= is_operator(glyph.folded);
        self.open_brackets += bracket(glyph);
    }
}

fn bracket(glyph: &Glyph) -> i32 {
    i32::from(glyph.folded == '(') - i32::from(glyph.folded == ')')
}

/// The fragments of a row, cut at gaps and before an operator that is glued to a name. `None` if there are too many.
fn fragments(stream: &Stream<'_, '_>, range: Range<usize>) -> Option<Vec<Fragment>> {
    if range.len() > LONGEST_TEXT {
        return None;
    }
    let mut list: Vec<Fragment> = Vec::with_capacity(16);
    for (at, glyph) in range.clone().zip(stream.glyphs.get(range).unwrap_or_default()) {
        let is_full = list.len() == LONGEST_ROW;
        match list.last_mut() {
            Some(last) if glyph.gap == Gap::None && !is_glued_operator(stream, at, last) => last.add(glyph),
            _ if is_full => return None,
            last => {
                let fragment = Fragment::new(stream, at, glyph, last.as_deref());
                list.push(fragment);
            }
        }
    }
    Some(list)
}

/// Whether an operator begins inside a fragment that a number follows: `满意度>=95%`.
fn is_glued_operator(stream: &Stream<'_, '_>, at: usize, fragment: &Fragment) -> bool {
    if fragment.open_brackets > 0 || !is_operator(stream.folded(at)) || is_operator(stream.folded(at - 1)) {
        return false;
    }
    let next = stream.folded(at + 1);
    next.is_ascii_digit() || is_operator(next)
}

/// Printed width in half-width characters. Punctuation is squeezed or hangs over the edge, so it counts half.
fn width_of(character: char) -> u32 {
    match character {
        '\u{4e00}'..='\u{9fff}' => 2,
        '，' | '。' | '、' | '；' | '：' | '“' | '”' => 1,
        other => 2 - u32::from(other.is_ascii()),
    }
}

fn widest_line(fragments: Option<&[Fragment]>) -> u32 {
    let (mut widest, mut line) = (0, 0);
    for fragment in fragments.unwrap_or_default() {
        line = if fragment.gap <= Gap::Space { line + fragment.width } else { fragment.width };
        widest = u32::max(widest, line);
    }
    widest
}

/// Cuts a row whose edges an operator and a known basis behind it fix, which most rows have, and learns from it how wide
/// the columns are.
pub(super) fn cut_plain(
    stream: &Stream<'_, '_>,
    row: Range<usize>,
    has: impl Fn(Column) -> bool,
    widths: &mut Widths,
) -> Option<[Range<usize>; 4]> {
    let list = fragments(stream, row.clone())?;
    let value = list.iter().position(|fragment| fragment.operator).filter(|value| *value > 0)?;
    let [name_width, value_width, ..] = &mut widths.0;
    *name_width = u32::max(*name_width, widest_line(list.get(..value)));

    let behind = || list.iter().enumerate().skip(value + 1);
    let mut bases = behind().filter_map(|(index, at)| Some((index, stream.longest(at.start, &BASES)?)));
    let (basis, basis_end) = match bases.next() {
        Some(found) => found,
        None if has(Column::Basis) => return None,
        None => (list.len(), row.end),
    };
    *value_width = u32::max(*value_width, widest_line(list.get(value..basis)));

    let is_only = bases.next().is_none() && !behind().take(basis - value - 1).any(|(_, fragment)| fragment.operator);
    let is_glued = list.get(value).is_none_or(|fragment| fragment.gap == Gap::None);
    let is_short = basis_end < row.end && !has(Column::LastYear);
    let at = |index: usize| list.get(index).map_or(row.end, |fragment| fragment.start);
    let cells = [at(0)..at(value), at(value)..at(basis), at(basis)..basis_end, basis_end..row.end];
    (is_only && !is_glued && !is_short).then_some(cells)
}

/// Cuts any row into the columns of [`CUT`]; a column that `has` denies stays empty. `None` if the row is too long.
pub(super) fn cut(
    stream: &Stream<'_, '_>,
    row: Range<usize>,
    has: impl Fn(Column) -> bool,
    widths: &Widths,
) -> Option<[Range<usize>; 4]> {
    let mut list = fragments(stream, row.clone())?;
    for fragment in list.iter_mut().filter(|_| has(Column::Basis)) {
        fragment.ends_basis = stream.ends_with(0..fragment.end, &BASIS_ENDS);
    }
    let count = list.len();
    let at = |index: usize| list.get(index).map_or(row.end, |fragment| fragment.start);
    // best[c][j]: the best score of the first j fragments in the columns before c, and where column c - 1 began.
    let mut best = vec![(i32::MIN, 0_usize); (CUT.len() + 1) * (count + 1)];
    let index = |column: usize, fragment: usize| column * (count + 1) + fragment;
    if let Some(origin) = best.get_mut(0) {
        origin.0 = 0;
    }
    for (number, column) in CUT.into_iter().enumerate() {
        for start in 0..=count {
            let Some(&(before, _)) = best.get(index(number, start)) else { continue };
            if before == i32::MIN {
                continue;
            }
            let mut relax = |end: usize, score: i32| {
                if let Some(entry) = best.get_mut(index(number + 1, end)).filter(|entry| entry.0 < before + score) {
                    *entry = (before + score, start);
                }
            };
            relax(start, empty_score(column, has(column)));
            let Some((first, rest)) = list.get(start..).and_then(<[_]>::split_first).filter(|_| has(column)) else {
                continue;
            };
            let limit = widths.0.get(number).copied().unwrap_or(0);
            let mut cell = Cell::new(stream, first, limit, column);
            // The last cell ends where the row ends.
            let may_end = |end: usize| column != Column::LastYear || end == count;
            if may_end(start + 1) {
                relax(start + 1, cell.score(first));
            }
            for (end, fragment) in (start + 2..).zip(rest) {
                cell.grow(fragment);
                if may_end(end) {
                    relax(end, cell.score(fragment));
                }
            }
        }
    }
    let mut cells = [const { 0..0 }; 4];
    let mut end = count;
    for (number, cell) in cells.iter_mut().enumerate().rev() {
        let start = best.get(index(number + 1, end)).map_or(end, |(_, start)| *start);
        *cell = at(start)..at(end);
        end = start;
    }
    Some(cells)
}

/// What an empty cell costs. Only last year's value is blank as a rule.
fn empty_score(column: Column, expected: bool) -> i32 {
    match column {
        _ if !expected => 0,
        Column::Name => -40,
        Column::Value => -25,
        Column::Basis => -10,
        _ => 0,
    }
}

/// A cell that grows by one fragment at a time.
struct Cell<'s, 'a, 'b> {
    stream: &'s Stream<'a, 'b>,
    column: Column,
    start: usize,
    begins_with_operator: bool,
    /// Widest line of the column; 0 if unknown.
    limit: u32,
    /// Where a word ends that the column is known to hold, if one begins here.
    known: Option<usize>,
    /// What the beginning of the cell is worth.
    beginning: i32,
    line: u32,
    widest: u32,
    /// The least width that a line would have had with the first word of the next line.
    shortest_break: u32,
    score: i32,
    operators: i32,
    open_brackets: i32,
}

impl<'s, 'a, 'b> Cell<'s, 'a, 'b> {
    fn new(stream: &'s Stream<'a, 'b>, first: &Fragment, limit: u32, column: Column) -> Self {
        let start = first.start;
        let (known, beginning) = match column {
            Column::Name => (None, 0),
            Column::Value if first.operator => (None, 30),
            Column::Value => (None, value_beginning(stream, start)),
            Column::Basis => (stream.longest(start, &BASES), 0),
            _ => (stream.longest(start, &LAST_YEAR), if last_year_begins(stream, start) { 3 } else { -3 }),
        };
        // A cell that begins a line is as likely as one that does not, except where blank lines tell them apart.
        let edge = match first.gap {
            Gap::None => 10,
            Gap::Space if !first.between_words => 1,
            Gap::Blank | Gap::Page => 1,
            _ => 0,
        };
        let mut cell = Self {
            stream,
            column,
            start,
            begins_with_operator: first.operator,
            limit,
            known,
            beginning,
            line: first.width,
            widest: first.width,
            shortest_break: u32::MAX,
            score: -edge,
            operators: i32::from(first.operator),
            open_brackets: first.open_brackets,
        };
        cell.punish_width(first);
        cell
    }

    /// A line that is wider than any of its column belongs to another column. Values are too short to show a width.
    fn punish_width(&mut self, fragment: &Fragment) {
        self.score -= 4 * i32::from(self.column == Column::Name && self.limit > 0 && fragment.width > self.limit + 1);
    }

    /// Takes in the next fragment.
    fn grow(&mut self, fragment: &Fragment) {
        self.operators += i32::from(fragment.operator);
        self.open_brackets += fragment.open_brackets;
        let fits = self.line + fragment.head + 1 < self.limit;
        self.punish_width(fragment);
        self.score -= match fragment.gap {
            Gap::None => 10,
            // White space between two Chinese characters is the edge of a cell; beside a number it is typography.
            Gap::Space => 8 * i32::from(fragment.between_words),
            Gap::Line if self.stream.has_blanks => 3 + 4 * i32::from(fits),
            Gap::Line | Gap::Blank => 4 * i32::from(fits),
            Gap::Page => 0,
        };
        if fragment.gap > Gap::Space && fragment.gap != Gap::Page {
            self.shortest_break = self.shortest_break.min(self.line + fragment.head);
        }
        self.line = if fragment.gap <= Gap::Space { self.line + fragment.width } else { fragment.width };
        self.widest = self.widest.max(self.line);
    }

    /// How well the fragments up to `last` make a cell.
    fn score(&self, last: &Fragment) -> i32 {
        let open = -6 * i32::from(self.open_brackets != 0);
        let content = match self.column {
            Column::Name => open - 30 * self.operators,
            Column::Value if self.begins_with_operator => {
                self.beginning + open - 20 * (self.operators - 1) + number_and_unit(self.stream, self.start..last.end)
            }
            Column::Value => self.beginning + open - 20 * self.operators,
            Column::Basis if self.known == Some(last.end) => 20,
            Column::Basis if last.ends_basis => 6 - 20 * self.operators,
            Column::Basis => -6 - 20 * self.operators,
            _ if self.known == Some(last.end) => 8,
            _ => self.beginning,
        };
        // What would have fitted beside a line of the same cell was not wrapped below it.
        let own_width = -4 * i32::from(self.shortest_break.saturating_add(1) < self.widest && self.widest > self.limit);
        self.score + content + own_width
    }
}

/// What the beginning of a value in words is worth.
fn value_beginning(stream: &Stream<'_, '_>, start: usize) -> i32 {
    // 持续提升 is a value, 持续性 is the end of a name.
    let is_value = |end: usize| stream.folded(end) != '性';
    let begins = |words| stream.words(start, words).any(|(_, end)| is_value(end));
    match (start..).take_while(|at| stream.folded(*at).is_ascii_digit()).count() {
        4 if stream.folded(start + 4) == '年' => 8,
        0 if begins(&QUALITIES) => 7,
        0 if begins(&EFFECTS) => 5,
        0 => 0,
        _ => 2,
    }
}

/// Whether last year's value may begin so: a number, or a word as values have it.
fn last_year_begins(stream: &Stream<'_, '_>, start: usize) -> bool {
    let first = stream.folded(start);
    first.is_ascii_digit() || is_operator(first) || stream.words(start, &QUALITIES).next().is_some()
}

/// What follows the operator is worth: digits, then a unit.
fn number_and_unit(stream: &Stream<'_, '_>, range: Range<usize>) -> i32 {
    let is_number = |at: &usize| matches!(stream.folded(*at), '0'..='9' | '.' | ',');
    let number = (range.start..range.end).find(|at| !is_operator(stream.folded(*at))).unwrap_or(range.end);
    let unit = (number..range.end).find(|at| !is_number(at)).unwrap_or(range.end);
    if unit == number {
        return -10;
    }
    match range.end - unit {
        0 => -3,
        _ if stream.words(unit, &UNITS).any(|(_, end)| end == range.end) => 4,
        _ if (unit..range.end).any(|at| stream.folded(at).is_ascii_digit()) => -6,
        length => -(length.saturating_sub(5).min(20) as i32),
    }
}
