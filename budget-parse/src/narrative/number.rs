//! Numbers as sentences print them: `4,105.36`, `2，032．21`, `10-20`; what is not well-formed is not understood as a whole.

use std::borrow::Cow;

use budget_model::Decimal;

use super::prose::Gap;
use crate::parse_number;

/// What the digits at the beginning of a text are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Printed {
    /// A number.
    Number(Decimal),
    /// A number with a comma of which nobody can say whether it separates thousands or clauses: `37，214`. As clauses it ends
    /// at the comma.
    Ambiguous { number: Decimal, length: usize },
    /// Digits that are no number: `1,23.4.5`, `1'000.00`, or part of a code: `62.9km`, `1O0.00`.
    Malformed,
}

/// Longest number in characters; more digits than a decimal holds are none.
pub(super) const LONGEST_NUMBER: usize = 64;

/// The number that a text begins with, whose first character is a digit, and its length. A number is never a part of a longer
/// run of digits and marks.
pub(super) fn printed(text: &str) -> (Printed, usize) {
    let length = run(text);
    let digits = text.get(..length).unwrap_or("");
    let behind = text.get(length..).unwrap_or("");
    let code = code(behind);
    if code > 0 {
        return (Printed::Malformed, length + code);
    }
    let wide_comma = digits.find('，');
    if let Some(number) = number(digits) {
        // 车辆编制数37，214人: two clauses; 2，032.21万元: a number, as decimals say.
        return match wide_comma {
            Some(comma) if !digits.contains(['.', '．']) => {
                let first = digits.get(..comma).and_then(self::number);
                (first.map_or(Printed::Malformed, |number| Printed::Ambiguous { number, length: comma }), length)
            }
            _ => (Printed::Number(number), length),
        };
    }
    match wide_comma.and_then(|comma| Some((number(digits.get(..comma)?)?, comma))) {
        Some((number, comma)) => (Printed::Number(number), comma),
        None => (Printed::Malformed, length),
    }
}

/// The length of the digits that a text begins with and of the marks between them.
fn run(text: &str) -> usize {
    let mut length = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if is_digit(character) {
            length = at + character.len_utf8();
        } else if !(is_inner_mark(character) && characters.peek().is_some_and(|(_, next)| is_digit(*next))) {
            break;
        }
    }
    length
}

/// The length of what stands behind digits and makes them a code or a damaged number: `O0.00` of `1O0.00`, `,l31.23` of
/// `2,l31.23`, a footnote.
fn code(behind: &str) -> usize {
    if behind.starts_with(|next: char| matches!(next, '①'..='⑳')) {
        return behind.chars().next().map_or(0, char::len_utf8);
    }
    let goes_on = behind
        .starts_with(|next: char| next.is_ascii_alphabetic() || matches!(next, 'Ａ'..='Ｚ' | 'ａ'..='ｚ'))
        || behind.strip_prefix(is_inner_mark).is_some_and(|rest| damaged(rest) > 0);
    if goes_on { letters_and_digits(behind, char::is_ascii_alphanumeric) } else { 0 }
}

/// The length of the number with a letter for its first digit that a text begins with: `l31.23`, `O.58`, `lO人`; 0 if it is none.
pub(super) fn damaged(text: &str) -> usize {
    if !text.starts_with(is_like_digit) {
        return 0;
    }
    let length = letters_and_digits(text, |character| character.is_ascii_digit() || is_like_digit(*character));
    let has_digit = text.get(..length).is_some_and(|number| number.contains(is_digit));
    let ends = !text.get(length..).is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_alphabetic()));
    if has_digit && ends { length } else { 0 }
}

/// Letters that text recognition reads for 0 and 1.
pub(super) fn is_like_digit(character: char) -> bool {
    matches!(character, 'O' | 'o' | 'l' | 'I')
}

/// The length of the letters and digits that a text begins with and of the marks between them.
fn letters_and_digits(text: &str, is_one: impl Fn(&char) -> bool) -> usize {
    let is_one = |character: char| is_digit(character) || is_one(&character);
    let mut length = 0;
    let mut characters = text.char_indices().take(LONGEST_NUMBER).peekable();
    while let Some((at, character)) = characters.next() {
        if is_one(character) {
            length = at + character.len_utf8();
        } else if matches!(character, 'Ａ'..='Ｚ' | 'ａ'..='ｚ') && at == 0 {
            length = character.len_utf8();
        } else if !(is_inner_mark(character) && characters.peek().is_some_and(|(_, next)| is_one(*next))) {
            break;
        }
    }
    length
}

pub(super) fn is_digit(character: char) -> bool {
    matches!(character, '0'..='9' | '０'..='９')
}

fn is_inner_mark(character: char) -> bool {
    matches!(character, ',' | '，' | '.' | '．' | '\'' | '’' | '‘' | '`' | '·')
}

/// Digits in groups of three and decimals, with one kind of comma.
fn number(digits: &str) -> Option<Decimal> {
    if digits.chars().count() > LONGEST_NUMBER || (digits.contains(',') && digits.contains('，')) {
        return None;
    }
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    let plain = if is_plain {
        Cow::Borrowed(digits)
    } else {
        Cow::Owned(digits.chars().map(|mark| if mark == '．' { '.' } else { mark }).collect())
    };
    parse_number(&plain)
}

/// Whether white space inside a number, given by its offsets in it, can be there by the way of printing: at the end of a line,
/// beside a mark (`2, 032.21`, `1,863 .69`), before a group of thousands (`1 234.50`) or digits that are none by themselves
/// (`4 08.04`). Else it stands between two numbers.
pub(super) fn is_one_number(number: &str, gaps: impl Iterator<Item = (usize, Gap)>) -> bool {
    gaps.into_iter().all(|(at, gap)| {
        let (before, behind) = (number.get(..at).unwrap_or(""), number.get(at..).unwrap_or(""));
        let has_decimals = before.rsplit_once(['.', '．']).is_some_and(|(_, decimals)| decimals.len() >= 2);
        let beside_mark = !before.ends_with(is_digit) || !behind.starts_with(is_digit);
        match gap {
            Gap::Wide => false,
            Gap::Line => beside_mark || !has_decimals,
            Gap::Blank if beside_mark => true,
            Gap::Blank => {
                let group = behind.chars().take_while(|next| is_digit(*next)).count();
                let is_rest = behind.starts_with('0') && group > 1;
                !has_decimals && before.chars().count() <= 3 && (group == 3 || is_rest)
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match printed(text) {
            (Printed::Number(number), length) => format!("{number} {length}"),
            (Printed::Ambiguous { number, length }, whole) => format!("{number} {length} of {whole}"),
            (Printed::Malformed, length) => format!("- {length}"),
        }
    }

    #[test]
    fn a_number_is_the_whole_run_of_digits_or_none() {
        for (text, expected) in [
            ("4,105.36万元", "4105.36 8"),
            ("2,032．21万元", "2032.21 10"),
            ("2，032.21万元", "2032.21 10"),
            ("37，214人", "37 2 of 8"),
            ("37，实有", "37 2"),
            ("12，34.5万元", "12 2"),
            ("12.主要", "12 2"),
            ("12,34万元", "- 5"),
            ("1.2.3万元", "- 5"),
            ("1'000.00万元", "- 8"),
            ("1O0.00万元", "- 6"),
            ("2,l31.23万元", "- 8"),
            ("2l,831.43万元", "- 9"),
            ("25.O4%", "- 5"),
            ("62.9km", "- 6"),
            ("197.29①万元", "- 9"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn blanks_are_inside_a_number_or_between_two() {
        let one = |number: &str, at, gap| is_one_number(number, std::iter::once((at, gap)));
        assert!(one("1234.50", 1, Gap::Blank) && one("408.04", 1, Gap::Blank) && one("2,032.21", 2, Gap::Blank));
        assert!(one("1,863.69", 5, Gap::Blank) && one("120.50", 2, Gap::Line));
        assert!(!one("12.5034.00", 5, Gap::Blank) && !one("1234", 2, Gap::Blank) && !one("1234.50", 1, Gap::Wide));
        assert!(!one("1863.6912", 7, Gap::Line));
    }

    proptest::proptest! {
        #[test]
        fn any_digits_have_an_end(text in "[0-9][0-9.,，．'a元]{0,80}") {
            let (_, length) = printed(&text);
            assert!(length > 0 && text.is_char_boundary(length));
        }
    }
}
