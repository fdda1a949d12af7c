//! Page numbers as they are printed: `36`, `- 36 -`, `第 1 页，共 17 页`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::lexicon::around::{PAGE_NUMBERS, PAGES_FIRST};
use crate::text::{fold, is_numeral, is_space, trim};

/// Longer lines are no page numbers, in bytes with white space.
const LONGEST_PAGE_NUMBER: usize = 120;

/// `3 / 17`, 第3页共17页.
const MOST_NUMBERS: usize = 2;
const MOST_DIGITS: usize = 4;

/// What a line prints that prints nothing but a page number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PageNumber {
    pub(crate) number: u32,
    /// 共 17 页: how many there are.
    pub(crate) of: Option<u32>,
    /// `- 36 -`, `第 1 页，共 17 页`: nothing else looks like this, while `36` alone may as well be a code or a figure.
    pub(crate) is_marked: bool,
}

impl PageNumber {
    const fn bare(number: u32) -> Self {
        Self { number, of: None, is_marked: false }
    }

    const fn marked(number: u32, of: Option<u32>) -> Self {
        Self { number, of, is_marked: true }
    }
}

/// Whether a line prints nothing but a page number, and how.
pub(crate) fn page_number(text: &str) -> Option<PageNumber> {
    let text = trim(text);
    if text.is_empty() || text.len() > LONGEST_PAGE_NUMBER {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number = number(text)?;
        return (text.len() <= 3 && number > 0).then_some(PageNumber::bare(number));
    }
    // Most lines do not look like one.
    if !may_be_page_number(text) {
        return None;
    }
    let folded = fold(text).to_ascii_lowercase();
    let is_mark = |character: char| {
        matches!(character, '-' | '\u{2212}' | '·' | '•' | '∙' | '・' | '~' | '|' | '_' | '=' | '/' | '[' | ']')
    };
    let inside = folded.trim_matches(is_mark);
    if inside.bytes().all(|byte| byte.is_ascii_digit()) {
        // A mark on one side only may be a sign: -36.
        let both = folded.starts_with(is_mark) && folded.ends_with(is_mark);
        let number = number(inside).filter(|number| (1..=9999).contains(number))?;
        return match both {
            true => Some(PageNumber::marked(number, None)),
            // ３６
            false if inside == folded && number <= 999 => Some(PageNumber::bare(number)),
            false => None,
        };
    }
    let (form, numbers) = form(inside)?;
    if !PAGE_NUMBERS.contains(&form) || (form == "NN" && !inside.contains('/')) {
        return None;
    }
    let (number, of) = match numbers.as_slice() {
        [number] => (*number, None),
        [all, number] if PAGES_FIRST.contains(&form) => (*number, Some(*all)),
        [number, all] => (*number, Some(*all)),
        _ => return None,
    };
    (1..=of.unwrap_or(u32::MAX)).contains(&number).then_some(PageNumber::marked(number, of))
}

/// The Chinese characters of page numbers.
static WORDS: LazyLock<Vec<char>> = LazyLock::new(|| {
    let all = PAGE_NUMBERS.entries().iter().flat_map(|form| form.chars()).filter(|one| !one.is_ascii());
    all.collect::<BTreeSet<_>>().into_iter().collect()
});

/// Whether a line has no other words than page numbers have, no more numbers, and none longer: `208 05 1200.00 1200.00` has more.
fn may_be_page_number(text: &str) -> bool {
    let (mut numbers, mut digits) = (0, 0);
    for character in text.chars() {
        match character {
            '0'..='9' => {
                numbers += usize::from(digits == 0);
                digits += 1;
                if numbers > MOST_NUMBERS || digits > MOST_DIGITS {
                    return false;
                }
            }
            // 1 2 may be 12.
            character if is_space(character) => {}
            '\u{4e00}'..='\u{9fff}' if !WORDS.contains(&character) && !is_numeral(character) => return false,
            _ => digits = 0,
        }
    }
    true
}

/// Whether a line prints nothing but a page number: `36`, `- 36 -`, `第 1 页，共 17 页`.
#[must_use]
pub fn is_page_number(text: &str) -> bool {
    page_number(text).is_some()
}

/// The words of a folded text with `N` for each number, and the numbers. `None` if it has other characters, or more
/// numbers than a page number has.
fn form(folded: &str) -> Option<(String, Vec<u32>)> {
    let (mut form, mut numbers) = (String::new(), Vec::new());
    let mut rest = folded;
    while let Some(first) = rest.chars().next() {
        let is_digit = |character: char| character.is_ascii_digit() || is_numeral(character);
        let digits = rest.find(|character| !is_digit(character)).unwrap_or(rest.len());
        if let (Some(run), Some(behind)) = (rest.get(..digits).filter(|run| !run.is_empty()), rest.get(digits..)) {
            numbers.push(number(run)?);
            form.push('N');
            rest = behind;
        } else {
            match first {
                'a'..='z' | '\u{4e00}'..='\u{9fff}' => form.push(first),
                ',' | '，' | '/' | ';' | ':' | '|' | '.' | '(' | ')' | '-' | '、' => {}
                _ => return None,
            }
            rest = rest.get(first.len_utf8()..)?;
        }
        if numbers.len() > MOST_NUMBERS || form.len() > LONGEST_PAGE_NUMBER {
            return None;
        }
    }
    Some((form, numbers))
}

/// A number of a page, in digits or Chinese numerals: 17, 十七.
fn number(text: &str) -> Option<u32> {
    if text.len() <= MOST_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    if text.chars().count() > 5 {
        return None;
    }
    let (mut sum, mut digit) = (0, None);
    for character in text.chars() {
        match character {
            '十' => sum += digit.take().unwrap_or(1) * 10,
            '百' => sum += digit.take().unwrap_or(1) * 100,
            _ => {
                digit = Some(
                    "〇一二三四五六七八九"
                        .chars()
                        .position(|other| other == if character == '零' { '〇' } else { character })?
                        as u32,
                )
            }
        }
    }
    Some(sum + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_by_their_form() {
        for text in [
            "第 1 页，共 17 页",
            "第1页/共17页",
            "第1页 共17页",
            "- 1 -",
            "－1－",
            "— 1 —",
            "1 / 17",
            "1/17",
            "Page 1 of 17",
            "第十页",
            "第 ３ 页",
            "共17页，第1页",
            "·1·",
            "P1",
            "p. 12",
            "第二十一页 共三十页",
            "页码：3/17",
            "第 3/17 页",
        ] {
            assert!(page_number(text).is_some_and(|number| number.is_marked), "{text}");
        }
        for text in ["36", " 7 ", "１２"] {
            assert!(page_number(text).is_some_and(|number| !number.is_marked), "{text}");
        }
        for text in [
            "",
            "0",
            "-36",
            "36-",
            "12345",
            "2025",
            "0.5",
            "- 0.50 -",
            "17/1",
            "第3条",
            "第一部分",
            "一",
            "三、其他",
            "30人",
            "-",
            "208 05",
            "(1)",
            "12页",
            "共 3 家",
            "第 5 页，共 2 页",
            "Page",
            "1/2/3",
            "一十",
        ] {
            assert_eq!(page_number(text), None, "{text}");
        }
    }

    #[test]
    fn the_number_and_the_count_are_those_that_the_words_say() {
        let said = |text| page_number(text).map(|found| (found.number, found.of));
        assert_eq!(said("第 3 页，共 17 页"), Some((3, Some(17))));
        assert_eq!(said("共17页，第3页"), Some((3, Some(17))));
        assert_eq!(said("— 12 —"), Some((12, None)));
        assert_eq!(said("第二十一页"), Some((21, None)));
    }
}
