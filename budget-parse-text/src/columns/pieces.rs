//! The pieces of a line, measured.

use std::ops::Range;

use budget_document::text::is_space;

/// How many cells a full-width character takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Metric {
    /// As many as any other: Poppler counts characters.
    Single,
    /// Two, as on a terminal.
    Double,
}

/// A piece of a line: what stands between two gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The cells it takes.
    pub(super) cells: Range<u32>,
    /// Its bytes in the line.
    pub(super) bytes: Range<usize>,
    /// Whether it is a number (or a code): digits with signs.
    pub(super) is_number: bool,
    /// Whether it is a number with decimals or separators.
    pub(super) is_amount: bool,
    /// The number, if it is one of at most two digits.
    pub(super) count: Option<u32>,
    /// Where the words in it end, which have one blank behind: the cell of the blank and the byte where the next one begins.
    pub(super) blanks: Vec<(u32, usize)>,
    /// The characters of a word that is spaced out (`合    计`), as pieces; else none.
    pub(super) spaced: Vec<Piece>,
}

/// The pieces of a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Measured {
    pub(super) pieces: Vec<Piece>,
    /// Whether it is wider than any table.
    pub(super) is_too_wide: bool,
}

/// Wider lines are no lines of a table.
const WIDEST: u32 = 2_000;

/// Whether two blanks stand between words. Blanks at the beginning are an indentation.
pub(super) fn has_gap(text: &str) -> bool {
    let mut rest = text.as_bytes();
    // How many blanks the last word has behind it; none before the first word.
    let mut blanks = None;
    while let Some((first, behind)) = rest.split_first() {
        (rest, blanks) = match first {
            b' ' => (behind, blanks.map(|blanks| blanks + 1)),
            b'\t' => (behind, blanks.map(|blanks| blanks + 2)),
            0xe3 if rest.starts_with("\u{3000}".as_bytes()) => {
                (rest.get(3..).unwrap_or_default(), blanks.map(|blanks| blanks + 1))
            }
            _ if blanks.is_some_and(|blanks| blanks > 1) => return true,
            _ => (behind, Some(0)),
        };
    }
    false
}

/// How many edges of pieces stand below those of the line before. The first piece of a line does not count: indentation is the same in
/// all metrics.
pub(super) fn aligned(lines: impl Iterator<Item = Measured>) -> usize {
    let edges = |line: &Measured| -> Vec<u32> {
        line.pieces.iter().skip(1).flat_map(|piece| [2 * piece.cells.start, 2 * piece.cells.end + 1]).collect()
    };
    let mut count = 0;
    let mut before: Vec<u32> = Vec::new();
    for line in lines.filter(Measured::is_row) {
        let mut edges = edges(&line);
        edges.sort_unstable();
        count += edges.iter().filter(|edge| before.binary_search(edge).is_ok()).count();
        before = edges;
    }
    count
}

/// Whether lines keep their columns: where they do not, numbers that stand beside each other are a blank apart. Which words count is
/// given: figures, or amounts alone.
pub(super) fn keep_columns<'t>(lines: impl Iterator<Item = &'t str>, counts: fn(&str) -> bool) -> bool {
    let (mut tight, mut apart) = (0, 0);
    for line in lines {
        let (more_tight, more_apart) = numbers(line, counts);
        (tight, apart) = (tight + more_tight, apart + more_apart);
        if tight + apart > MOST_NUMBERS {
            break;
        }
    }
    tight * MOST_TIGHT <= apart
}

/// How many numbers are a blank apart from the next one, and how many have a gap behind them.
fn numbers(line: &str, counts: fn(&str) -> bool) -> (usize, usize) {
    let (mut tight, mut apart) = (0, 0);
    let (mut was_number, mut blanks) = (false, 0);
    for word in line.split([' ', '\t', '\u{3000}']) {
        if word.is_empty() {
            blanks += 1;
            continue;
        }
        let is_number = counts(word);
        if was_number && is_number {
            *(if blanks == 0 { &mut tight } else { &mut apart }) += 1;
        }
        (was_number, blanks) = (is_number, 0);
    }
    (tight, apart)
}

/// Of so many numbers one may be a blank apart from the next, where wide columns leave no room.
const MOST_TIGHT: usize = 4;

/// So many numbers tell it.
const MOST_NUMBERS: usize = 400;

/// Whether a character takes two columns of a terminal.
fn is_wide(character: char) -> bool {
    matches!(character,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3fffd}')
        // In Chinese fonts these are as wide as ideographs.
        || matches!(character, '“' | '”' | '‘' | '’' | '—' | '…' | '※' | '①'..='⑳')
}

/// Marks that are not seen take no room.
fn is_without_width(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}')
}

impl Piece {
    /// The cells that it takes for sure. Where rows are set one by one, what stands in one column is a cell or two apart
    /// (`632,065.70 一、…` above `0.00 三、…`), so that the ends of longer pieces count for nothing.
    pub(super) fn core(&self) -> Range<u32> {
        core(&self.cells)
    }

    /// Its cells, cut where a corridor goes through a blank.
    pub(super) fn cut(&self, corridors: &[u32]) -> Vec<Range<u32>> {
        let mut cuts: Vec<Range<u32>> = Vec::new();
        let mut begin = self.cells.start;
        for (blank, _) in self.blanks.iter().filter(|(blank, _)| corridors.binary_search(blank).is_ok()) {
            cuts.push(begin..*blank);
            begin = blank + 1;
        }
        cuts.push(begin..self.cells.end);
        cuts
    }
}

pub(super) fn core(cells: &Range<u32>) -> Range<u32> {
    let slack = match cells.end - cells.start {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    };
    cells.start + slack..cells.end - slack
}

impl Measured {
    pub(super) fn new(text: &str, metric: Metric) -> Self {
        let mut words: Vec<(Range<u32>, Range<usize>)> = Vec::new();
        let mut at = 0;
        let mut in_word = false;
        for (byte, character) in text.char_indices() {
            let end = byte + character.len_utf8();
            let width = match character {
                _ if is_without_width(character) => 0,
                // To the next stop; never less than a gap.
                '\t' => (8 - at % 8).max(2),
                _ if metric == Metric::Double && is_wide(character) => 2,
                _ => 1,
            };
            if width > 0 && is_space(character) {
                in_word = false;
            } else if in_word {
                if let Some((cells, bytes)) = words.last_mut() {
                    (cells.end, bytes.end) = (at + width, end);
                }
            } else if width > 0 {
                words.push((at..at + width, byte..end));
                in_word = true;
            }
            at += width;
            if at > WIDEST {
                return Self { is_too_wide: true, ..Self::default() };
            }
        }
        // One blank, though an ideographic one may take two cells, parts words and not pieces.
        let is_joined =
            |left: &Range<usize>, right: &Range<usize>| text.get(left.end..right.start).is_some_and(is_one_blank);
        let has_gap = words.windows(2).any(|two| matches!(two, [left, right] if !is_joined(&left.1, &right.1)));
        // In a row, an amount is a piece even if the next one is only a blank away: `98,098.87 一、一般公共服务支出`.
        let is_amount = |bytes: &Range<usize>| has_gap && text.get(bytes.clone()).is_some_and(is_amount);
        let mut pieces: Vec<Piece> = Vec::new();
        for (cells, bytes) in words {
            match pieces.last_mut() {
                Some(last) if is_joined(&last.bytes, &bytes) && !is_amount(&bytes) && !is_amount(&last.bytes) => {
                    last.blanks.push((last.cells.end, bytes.start));
                    (last.cells.end, last.bytes.end) = (cells.end, bytes.end);
                }
                _ => pieces.push(Piece {
                    cells,
                    bytes,
                    is_number: false,
                    is_amount: false,
                    count: None,
                    blanks: Vec::new(),
                    spaced: Vec::new(),
                }),
            }
        }
        for piece in &mut pieces {
            let word = text.get(piece.bytes.clone()).unwrap_or_default();
            piece.is_number = is_number(word);
            piece.is_amount = self::is_amount(word);
            piece.count = Some(word).filter(|word| word.len() <= 2).and_then(|word| word.parse().ok());
        }
        Self { pieces: spaced(pieces, text), is_too_wide: false }
    }

    /// Whether it has more than one piece.
    pub(super) fn is_row(&self) -> bool {
        self.pieces.len() > 1
    }

    pub(super) fn has_number(&self) -> bool {
        self.pieces.iter().any(|piece| piece.is_number)
    }

    /// Whether it counts the columns: `1  2  3`.
    pub(super) fn counts_columns(&self) -> bool {
        let counted: Vec<u32> = self.pieces.iter().filter_map(|piece| piece.count).collect();
        counted.len() > 1
            && counted.len() == self.pieces.iter().filter(|piece| piece.is_number).count()
            && counted.windows(2).all(|two| matches!(two, [left, right] if left + 1 == *right))
    }

    /// The gaps between its pieces.
    pub(super) fn gaps(&self) -> impl Iterator<Item = (&Piece, &Piece)> {
        self.pieces.iter().zip(self.pieces.iter().skip(1))
    }
}

fn is_one_blank(gap: &str) -> bool {
    let mut characters = gap.chars().filter(|character| !is_without_width(*character));
    characters.next().is_some_and(|blank| blank != '\t') && characters.next().is_none()
}

/// Digits with signs: an amount, a share, a code.
pub(super) fn is_number(text: &str) -> bool {
    let mut digits = 0;
    for character in text.chars() {
        match character {
            '0'..='9' | '０'..='９' => digits += 1,
            ',' | '.' | '-' | '%' | '(' | ')' | '，' | '．' | '－' | '％' | '−' | '（' | '）' | '+' => {}
            _ => return false,
        }
    }
    digits > 0
}

/// A number with decimals or separators.
pub(super) fn is_amount(text: &str) -> bool {
    let is_digit = |character: char| matches!(character, '0'..='9' | '０'..='９');
    is_number(text) && text.contains(['.', ',', '．', '，']) && text.ends_with(is_digit)
}

/// A number that is no part of a code: one of more than three characters.
pub(super) fn is_figure(text: &str) -> bool {
    is_number(text) && text.chars().count() > 3
}

/// Most blanks between the characters of a word that is spaced out.
const WIDEST_SPACING: u32 = 8;

/// Puts words together that are spaced out, `合    计`: single ideographs with gaps of about one width between them.
fn spaced(pieces: Vec<Piece>, text: &str) -> Vec<Piece> {
    let is_single = |piece: &Piece| {
        let mut characters = text.get(piece.bytes.clone()).unwrap_or_default().chars();
        characters.next().is_some_and(is_wide) && characters.next().is_none()
    };
    let gap = |left: &Piece, right: &Piece| right.cells.start.saturating_sub(left.cells.end);
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        if is_single(&piece)
            && let Some(last) = joined.last_mut()
        {
            let end = last.spaced.last().cloned().or_else(|| is_single(last).then(|| last.clone()));
            // The spacing of a word is even.
            let spacing = last.spaced.get(..2).and_then(|two| Some(gap(two.first()?, two.last()?)));
            if let Some(end) = end
                && gap(&end, &piece) <= WIDEST_SPACING
                && spacing.is_none_or(|spacing| spacing.abs_diff(gap(&end, &piece)) <= 1)
            {
                if last.spaced.is_empty() {
                    last.spaced.push(end);
                }
                (last.cells.end, last.bytes.end) = (piece.cells.end, piece.bytes.end);
                last.spaced.push(piece);
                continue;
            }
        }
        joined.push(piece);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, metric: Metric) -> Vec<(String, u32, u32)> {
        let measured = Measured::new(text, metric);
        let piece = |piece: &Piece| (text[piece.bytes.clone()].to_owned(), piece.cells.start, piece.cells.end);
        measured.pieces.iter().map(piece).collect()
    }

    #[test]
    fn pieces_have_gaps_of_two_blanks_between_them() {
        assert_eq!(
            shown("  201 一般公共   13.00\t- x", Metric::Double),
            [("201 一般公共".into(), 2, 14), ("13.00".into(), 17, 22), ("- x".into(), 24, 27)]
        );
        assert_eq!(shown("一般　公共  1", Metric::Single), [("一般　公共".into(), 0, 5), ("1".into(), 7, 8)]);
    }

    #[test]
    fn a_word_that_is_spaced_out_is_one_piece() {
        assert_eq!(shown("合    计    5.00", Metric::Double), [("合    计".into(), 0, 8), ("5.00".into(), 12, 16)]);
        assert_eq!(Measured::new("科   目   名   称", Metric::Single).pieces.len(), 1);
        // Uneven gaps are those of columns.
        assert_eq!(Measured::new("类  款       项", Metric::Double).pieces.len(), 2);
        assert_eq!(Measured::new("类                款", Metric::Double).pieces.len(), 2);
    }

    #[test]
    fn numbers_are_digits_with_signs() {
        for number in ["13,907.78", "-0.5", "100%", "2010101", "（3.00）", "１２"] {
            assert!(is_number(number), "{number}");
        }
        for other in ["-", "2026 年", "301工资", "", "1 2"] {
            assert!(!is_number(other), "{other}");
        }
    }

    #[test]
    fn the_metric_is_that_in_which_pieces_stand_below_each_other() {
        let aligned = |text: &[&str], metric| super::aligned(text.iter().map(|text| Measured::new(text, metric)));
        let counted = ["201       一般公共服务支出      13,907.78", "20101     人大事务          13,907.78"];
        assert!(aligned(&counted, Metric::Single) > aligned(&counted, Metric::Double));
        let drawn = ["201       一般公共服务支出      13,907.78", "20101     人大事务              13,907.78"];
        assert!(aligned(&drawn, Metric::Single) < aligned(&drawn, Metric::Double));
    }
}
