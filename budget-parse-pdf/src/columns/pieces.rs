//! The pieces of a line: what stands between two wide gaps.

use crate::geometry::Area;
use crate::page::Glyph;
use crate::text::is_gap;

/// A gap wider than this parts two cells, in hundredths of an em.
const WIDE: i32 = 100;
/// Most room between the characters of a word that is spaced out (`合    计`), in hundredths of an em.
const SPACED: i32 = 400;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// Digits with signs, or a dash that stands for none.
    Number,
    /// A number with decimals or separators.
    Amount,
}

/// A piece of a line.
#[derive(Clone, Debug)]
pub(super) struct Piece<'g> {
    pub(super) glyphs: Vec<&'g Glyph>,
    pub(super) area: Area,
    pub(super) kind: Kind,
    /// Whether rules say which columns it stands above.
    pub(super) is_ruled: bool,
}

/// The pieces of a line, from left to right.
#[derive(Clone, Debug)]
pub(super) struct Row<'g> {
    pub(super) pieces: Vec<Piece<'g>>,
    pub(super) area: Area,
    /// Height of an em, of its largest glyph.
    pub(super) size: i32,
}

/// Whether a gap parts two cells of a row whose em is this high.
pub(super) fn is_wide_gap(gap: i32, size: i32) -> bool {
    gap * 100 > WIDE * size
}

impl Kind {
    fn of(glyphs: &[&Glyph]) -> Self {
        let is_digit = |character: char| character.is_ascii_digit() || ('０'..='９').contains(&character);
        let is_part = |character: char| matches!(character, '.' | ',' | '，' | '．');
        let is_dash = |character: char| matches!(character, '-' | '−' | '–' | '—' | '－');
        let is_sign = |character: char| is_dash(character) || matches!(character, '%' | '％' | '(' | ')' | '（' | '）');
        let all = |test: &dyn Fn(char) -> bool| glyphs.iter().all(|glyph| test(glyph.character));
        let any = |test: &dyn Fn(char) -> bool| glyphs.iter().any(|glyph| test(glyph.character));
        if all(&is_dash) {
            Self::Number
        } else if !any(&is_digit) || !all(&|character| is_digit(character) || is_part(character) || is_sign(character))
        {
            Self::Text
        } else if any(&is_part) {
            Self::Amount
        } else {
            Self::Number
        }
    }
}

impl<'g> Piece<'g> {
    pub(super) fn of(glyphs: &[&'g Glyph]) -> Option<Self> {
        let area = glyphs.iter().map(|glyph| glyph.area).reduce(|one, other| one.around(&other))?;
        Some(Self { glyphs: glyphs.to_vec(), area, kind: Kind::of(glyphs), is_ruled: false })
    }

    pub(super) fn is_number(&self) -> bool {
        self.kind != Kind::Text
    }

    pub(super) fn middle(&self) -> i32 {
        self.area.center().0
    }

    fn is_one_character(&self) -> bool {
        self.kind == Kind::Text && self.glyphs.len() == 1
    }

    /// The number, if it is one that counts columns.
    fn count(&self) -> Option<u32> {
        let digits: String = self.glyphs.iter().map(|glyph| glyph.character).collect();
        if digits.len() <= 2 { digits.parse().ok() } else { None }
    }

    /// Whether it names something and says what it is: a word, a colon and more (`单位：万元`).
    pub(super) fn is_caption(&self) -> bool {
        let colon = self.glyphs.iter().position(|glyph| matches!(glyph.character, '：' | ':'));
        colon.is_some_and(|at| at > 0 && at + 1 < self.glyphs.len())
    }
}

impl<'g> Row<'g> {
    pub(super) fn of(level: &[&'g Glyph]) -> Self {
        let size = level.iter().map(|glyph| glyph.size).max().unwrap_or(0);
        let words: Vec<&[&'g Glyph]> = level.chunk_by(|left, right| !is_gap(left, right)).collect();
        let is_wide = |left: &[&Glyph], right: &[&Glyph]| match (left.last(), right.first()) {
            (Some(left), Some(right)) => is_wide_gap(right.area.left - left.area.right, size),
            _ => false,
        };
        let has_wide_gap = words.windows(2).any(|pair| matches!(pair, [left, right] if is_wide(left, right)));
        // In a row of a table a figure is a cell even if the next one is near.
        let is_amount = |word: &[&Glyph]| has_wide_gap && Kind::of(word) == Kind::Amount;
        // Digits and marks of different fonts may stand apart.
        let is_one_number = |left: &[&Glyph], right: &[&Glyph]| {
            let is_mark = |glyph: Option<&&Glyph>| glyph.is_some_and(|glyph| matches!(glyph.character, '.' | ','));
            is_mark(left.last()) != is_mark(right.first()) && Kind::of(&[left, right].concat()) == Kind::Amount
        };
        let is_one = |left: &[&Glyph], right: &[&Glyph]| {
            !is_wide(left, right) && (is_one_number(left, right) || !is_amount(left) && !is_amount(right))
        };
        let cells = words.chunk_by(|left, right| is_one(left, right));
        let pieces: Vec<Piece<'g>> = cells.filter_map(|words| Piece::of(&words.concat())).collect();
        let area = pieces.iter().map(|piece| piece.area).reduce(|one, other| one.around(&other)).unwrap_or_default();
        Self { pieces: spaced(pieces, size), area, size }
    }

    pub(super) fn numbers(&self) -> usize {
        self.pieces.iter().filter(|piece| piece.is_number()).count()
    }

    /// Whether it is a row of figures: several numbers, or an amount behind a name.
    pub(super) fn is_of_figures(&self) -> bool {
        let has_amount = self.pieces.iter().skip(1).any(|piece| piece.kind == Kind::Amount);
        (self.numbers() >= 2 || has_amount) && !self.counts_columns()
    }

    /// Whether its numbers count the columns: 1, 2, 3.
    fn counts_columns(&self) -> bool {
        let numbers: Vec<Option<u32>> =
            self.pieces.iter().filter(|piece| piece.is_number()).map(Piece::count).collect();
        let goes_on = |pair: &[Option<u32>]| matches!(pair, [Some(one), Some(other)] if one + 1 == *other);
        numbers.len() >= 2 && numbers.windows(2).all(goes_on)
    }
}

/// Puts the characters of words that are spaced out together.
fn spaced(pieces: Vec<Piece<'_>>, size: i32) -> Vec<Piece<'_>> {
    let has_others = pieces.iter().any(|piece| !piece.is_one_character());
    let mut joined: Vec<Piece<'_>> = Vec::with_capacity(pieces.len());
    let mut is_open = false;
    for piece in pieces {
        let is_one = piece.is_one_character();
        match joined.last_mut() {
            // Three and more are columns with headers of one character (类 款 项).
            Some(last)
                if has_others
                    && is_open
                    && is_one
                    && last.is_one_character()
                    && (piece.area.left - last.area.right) * 100 <= SPACED * size =>
            {
                last.glyphs.extend(&piece.glyphs);
                last.area = last.area.around(&piece.area);
                is_open = false;
            }
            _ => {
                joined.push(piece);
                is_open = is_one;
            }
        }
    }
    joined
}
