//! Column numbers, which many forms print below the words of a header: `※ ※ 1 2 3`, `甲 乙 1 2=3+4 3 4`, `栏次 1 2 3`.
//!
//! Where such a row is not known, its numbers are figures of a row that does not exist. So one place says what it is, for
//! grids and for text.

use super::around::{COLUMN_MARKS, COLUMN_NUMBER_ENDS, COLUMN_NUMBER_FRONTS, COLUMN_NUMBERS};
use crate::text::fold;

/// Whether a word of a header is the name of the row of column numbers, which heads no column.
pub(crate) fn is_name(folded: &str) -> bool {
    COLUMN_NUMBERS.contains(folded)
}

/// Whether a folded line begins with that name: 栏次1.
pub(crate) fn begins_with_name(folded: &str) -> bool {
    COLUMN_NUMBERS.strip_from(folded).is_some()
}

/// Roman numbers of columns; a longer header counts in digits.
const ROMAN: &[&str] =
    &["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI"];

/// No column has a higher number.
const MOST: u32 = 200;

/// How many columns a row of column numbers numbers. `None` if the texts of the row are anything else.
///
/// Blank texts count for nothing. The numbers ascend, from 1 on where the row has nothing but numbers or dashes, and begin
/// again only behind a mark, in a table of two sides.
pub(crate) fn count<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Option<usize> {
    let mut row = NumberRow::default();
    for text in texts {
        let text = text.as_ref();
        if text.chars().next().is_some_and(begins_no_entry) {
            return None;
        }
        let folded = fold(text);
        // ① and (1) may be folded to the same digits or kept.
        row.entry(&folded)?;
    }
    row.count()
}

#[derive(Default)]
struct NumberRow {
    /// ※, 甲, 栏次, which no row of figures has. Dashes, which rows of figures have, are not counted.
    marks: usize,
    numbers: usize,
    last: u32,
    /// Whether every number is the one before plus one, from 1 on.
    is_gapless: bool,
    /// Whether a mark stands right before.
    behind_mark: bool,
    /// The last letter of `A B C`.
    letter: u8,
}

impl NumberRow {
    /// Takes one text; `None` if no row of column numbers has it.
    fn entry(&mut self, text: &str) -> Option<()> {
        if text.is_empty() {
            return Some(());
        }
        // I II III, but no X in place of ※
        let roman = ROMAN.iter().position(|roman| *roman == text).map_or(0, |at| at as u32 + 1);
        let is_next = roman > 0 && roman == self.last + 1;
        if !is_next && is_mark(text) {
            self.marks += 1;
            self.behind_mark = true;
            return Some(());
        }
        if text.chars().all(|character| matches!(character, '-' | '/' | '×' | '_')) {
            return Some(());
        }
        // 0 0 0 0 1 2 3, X X 1 2 3. Behind a number, a zero is a figure.
        if matches!(text, "0" | "X" | "x") && !is_next && self.numbers == 0 {
            return Some(());
        }
        if let [letter @ (b'A'..=b'Z' | b'a'..=b'z')] = text.as_bytes()
            && !is_next
        {
            // A B C 1 2: letters in order stand for columns of words.
            let letter = letter.to_ascii_uppercase();
            // a a a 1 2 3: one letter for all of them.
            let follows = match self.letter {
                0 => letter == b'A',
                last => letter == last + 1 || (letter == last && self.numbers == 0),
            };
            self.letter = letter;
            self.marks += 1;
            self.behind_mark = true;
            return follows.then_some(());
        }
        // 栏次1
        let rest = COLUMN_NUMBER_FRONTS.strip_from(text).map_or(text, |(_, rest)| rest);
        let rest = COLUMN_NUMBER_ENDS.strip_end_of(rest).map_or(rest, |(_, rest)| rest);
        self.marks += usize::from(rest.len() < text.len());
        let number = if is_next { roman } else { numbered(rest, self.last + 1)? };
        let again = self.behind_mark && number == 1;
        if number > MOST || (number <= self.last && !again) {
            return None;
        }
        self.is_gapless = match self.numbers {
            0 => number == 1,
            _ => self.is_gapless && (number == self.last + 1 || again),
        };
        self.numbers += 1;
        self.last = number;
        self.behind_mark = false;
        Some(())
    }

    fn count(&self) -> Option<usize> {
        let is_row = match (self.marks, self.numbers) {
            // A B C D
            // A row of zeros or crosses alone is none.
            (_, 0) => self.letter >= b'C',
            (0, numbers) => self.is_gapless && numbers > 1,
            (_, numbers) => self.is_gapless || numbers > 1,
        };
        is_row.then_some(self.numbers)
    }
}

/// Whether no text of a row of column numbers begins with a character: most names do.
fn begins_no_entry(first: char) -> bool {
    matches!(first, '\u{4e00}'..='\u{9fff}')
        && COLUMN_MARKS.beginning_with(first).next().is_none()
        && COLUMN_NUMBER_FRONTS.beginning_with(first).next().is_none()
}

fn is_mark(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')']);
    COLUMN_MARKS.contains(bare)
        || (!bare.is_empty() && bare.chars().all(|character| matches!(character, '*' | '＊' | '※')))
}

/// The number of a column: `1`, `(1)`, `①`, `1=2+3`, `2+3=1`; `next` for a sum without its own number, `(3-2)/2`.
fn numbered(text: &str, next: u32) -> Option<u32> {
    if let Some(number) = plain(text) {
        return Some(number);
    }
    let is_operator =
        |character: char| matches!(character, '+' | '-' | '−' | '*' | '/' | '×' | '÷' | '(' | ')' | '%' | '…' | '~');
    // 2+3, (①-②)/②×100%, but no date.
    let is_sum = |text: &str| {
        text.split(is_operator).all(|term| term.is_empty() || plain(term).is_some())
            && text.split(is_operator).any(|term| !term.is_empty())
    };
    if let Some((left, right)) = text.split_once('=') {
        return match (plain(left), plain(right)) {
            (Some(number), _) if is_sum(right) => Some(number),
            (_, Some(number)) if is_sum(left) => Some(number),
            _ => None,
        };
    }
    let has_operator = text.chars().skip(1).any(|character| matches!(character, '+' | '-' | '−' | '/' | '÷'));
    (has_operator && is_sum(text)).then_some(next)
}

/// `1`, `(1)`, `[1]`, `1.`, `①`
fn plain(text: &str) -> Option<u32> {
    let bare = text.trim_matches(['(', ')', '[', ']', '〔', '〕', '【', '】']);
    let bare = bare.strip_suffix(['.', '、']).unwrap_or(bare);
    let mut characters = bare.chars();
    if let (Some(only), None) = (characters.next(), characters.next())
        && let Some(number) = circled(only)
    {
        return Some(number);
    }
    let is_number = !bare.is_empty() && bare.len() <= 3 && !bare.starts_with('0');
    if is_number && bare.bytes().all(|byte| byte.is_ascii_digit()) { bare.parse().ok() } else { None }
}

/// ①, ⑴ and ⒈ as 1.
fn circled(character: char) -> Option<u32> {
    let from =
        |first: char| (u32::from(character)).checked_sub(u32::from(first)).filter(|at| *at < 20).map(|at| at + 1);
    let roman = || from('Ⅰ').filter(|number| *number <= 12);
    from('①').or_else(|| from('⑴')).or_else(|| from('⒈')).or_else(roman)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(row: &str) -> Option<usize> {
        count(row.split(' '))
    }

    #[test]
    fn column_numbers_come_with_marks_of_many_kinds() {
        for (row, numbers) in [
            ("※ ※ ※ ※ 1 2 3", 3),
            ("* * 1 2", 2),
            ("** ** 1 2 3 **", 3),
            ("甲 乙 丙 丁 1 2 3", 3),
            ("- - - - 1 2 3", 3),
            ("— —— 1 2", 2),
            ("栏次 1 2 3", 3),
            ("栏次 7 8 9", 3),
            ("栏次1 2 3", 3),
            ("栏次 1 栏次 2 3 4", 4),
            ("甲 1 乙 1 2", 3),
            ("A B C 1 2", 2),
            ("a b c d", 0),
            ("a a a 1 2 3", 3),
            ("X X X 1 2 3", 3),
            ("序 序 序 序 1 2 3", 3),
            ("0 0 0 1 2 3", 3),
            ("栏 次 1 2 3", 3),
            ("Ⅰ Ⅱ Ⅲ", 3),
            ("I II III IV", 4),
            ("※ I II III IV V VI VII VIII IX X XI", 11),
            ("(1) (2) (3)", 3),
            ("（１） （２）", 2),
            ("① ② ③", 3),
            ("1 2=3+4 3 4", 4),
            ("①=②+③ ② ③", 3),
            ("1 2 (2-1)/1×100% 4", 4),
            ("类 款 项 栏次 1 2", 2),
            ("1 2 3", 3),
            ("第1栏 第2栏", 2),
            ("栏次 1", 1),
        ] {
            assert_eq!(of(row), Some(numbers), "{row}");
        }
    }

    #[test]
    fn rows_of_figures_and_codes_are_none() {
        for row in [
            "",
            "1",
            "- 1",
            "- - 7 8",
            "合计 1 2 3",
            "2 3 4",
            "1 3 2",
            "1 2 2",
            "1.00 2.00",
            "205 08 03",
            "※",
            "项 目",
            "类 款 项",
            "- - -",
            "A C",
            "0 0 0",
            "1 0 2",
            "X X",
            "0 5 7",
            "1 2=三+四",
            "-1 2 3",
            "一 1 2",
        ] {
            assert_eq!(of(row), None, "{row}");
        }
    }
}
