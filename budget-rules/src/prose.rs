//! Numbers inside a sentence: what stands before them, their unit, and how they are joined.

use budget_model::{Decimal, Label};

/// A number found in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number<'t> {
    /// The number as printed.
    pub value: Decimal,
    /// The unit directly behind it, `万元`, `人`, `元/人/年`; empty if there is none.
    pub unit: &'t str,
    /// Byte offset of its first digit.
    pub start: usize,
    /// Byte offset behind its unit.
    pub end: usize,
}

/// Units of money, of shares and of rounded numbers.
const AMOUNTS: &[&str] = &["亿元", "万元", "千元", "元", "％", "万人次", "万人", "万"];

/// What a price can be of, besides what is counted: 元/年, 元/平方米.
const PER: &[&str] = &["年", "平方米", "亩", "公里", "村", "班", "床", "学期", "课时", "吨"];

/// Spans of time, which can be halved.
const TIMES: &[&str] = &["月", "个月", "天"];

/// Units in which things are counted one by one.
const COUNTED: &[&str] = &[
    "人",
    "名",
    "位",
    "人次",
    "辆",
    "台",
    "套",
    "台（套）",
    "个",
    "家",
    "户",
    "场",
    "场次",
    "次",
    "件",
    "份",
    "张",
    "条",
    "起",
    "批",
    "处",
];

/// Whether a unit is one in which things are counted, so that a number of them is whole and not rounded.
pub(crate) fn is_counted(unit: &str) -> bool {
    COUNTED.contains(&unit)
}

/// The length of the longest word of some lists that a text begins with.
fn longest(text: &str, lists: &[&[&str]]) -> Option<usize> {
    // Most words differ in the last byte of their first character, and are not compared.
    let third = text.as_bytes().get(2);
    let begins = |word: &&&str| word.as_bytes().get(2) == third && text.starts_with(**word);
    lists.iter().flat_map(|list| list.iter()).filter(begins).map(|word| word.len()).max()
}

/// The unit that a text begins with: `元/人/年`; empty if it begins with none.
fn unit_of(text: &str) -> &str {
    let first = match text.starts_with('%') {
        true => Some(1),
        false => longest(text, &[AMOUNTS, COUNTED, TIMES, &["平方米", "项"]]),
    };
    let Some(mut end) = first else { return "" };
    while let Some(rest) = text.get(end..).and_then(|rest| rest.strip_prefix('/'))
        && let Some(length) = longest(rest, &[COUNTED, TIMES, PER])
    {
        end += 1 + length;
    }
    text.get(..end).unwrap_or_default()
}

/// The numbers of a sentence, left to right. Dates, document numbers and ordinals are numbers too; a rule chooses by unit.
#[must_use]
pub fn numbers(text: &str) -> Vec<Number<'_>> {
    let bytes = text.as_bytes();
    let mut numbers = Vec::new();
    let mut at = 0;
    while let Some(start) = next_digit(bytes, at) {
        let mut end = start;
        let digit = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_digit);
        while digit(end) || (matches!(bytes.get(end), Some(b'.' | b',')) && digit(end + 1) && end > start) {
            end += 1;
        }
        let printed = text.get(start..end).unwrap_or_default();
        let rest = text.get(end..).unwrap_or_default();
        let unit = unit_of(rest);
        at = end + unit.len();
        let value = match printed.contains(',') {
            true => Decimal::from_str_exact(&printed.replace(',', "")),
            false => Decimal::from_str_exact(printed),
        };
        if let Ok(value) = value {
            numbers.push(Number { value, unit, start, end: at });
        }
    }
    numbers
}

/// The next digit from an offset on. Most of a text is none, so that it is looked at in blocks.
fn next_digit(bytes: &[u8], from: usize) -> Option<usize> {
    const BLOCK: usize = 32;
    let rest = bytes.get(from..)?;
    let has_digit =
        |block: &[u8]| block.iter().map(|byte| u8::from(byte.is_ascii_digit())).fold(0, |any, is| any | is) > 0;
    let start = BLOCK * rest.chunks(BLOCK).position(has_digit)?;
    let found = rest.get(start..)?.iter().position(u8::is_ascii_digit)?;
    Some(from + start + found)
}

/// A few characters around an offset, to name a number in a long text.
pub(crate) fn around(text: &Label, offset: u32) -> String {
    let offset = offset as usize;
    let before = text.text.get(..offset).unwrap_or_default().chars().rev().take(12);
    let mut before: Vec<char> = before.take_while(|c| !matches!(c, '，' | '。' | '；' | ',' | ';' | '：')).collect();
    while before.len() == 12 && before.last().is_some_and(|c| c.is_ascii_digit() || *c == '.') {
        before.pop();
    }
    let after = text.text.get(offset..).unwrap_or_default().chars().take(10);
    let after = after.take_while(|c| !matches!(c, '，' | '。' | '；' | ';' | '（' | '(' | '、'));
    before.into_iter().rev().chain(after).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_the_longest_unit_that_follows() {
        let units: Vec<_> = numbers("辅导1,240人，标准315.50元/人/年，共39.12万元，占5%")
            .into_iter()
            .map(|number| (number.value.to_string(), number.unit))
            .collect();
        let expected = [("1240", "人"), ("315.50", "元/人/年"), ("39.12", "万元"), ("5", "%")];
        assert_eq!(units, expected.map(|(value, unit)| (value.to_owned(), unit)));
    }

    #[test]
    fn a_full_stop_behind_a_number_is_not_a_decimal_point() {
        assert_eq!(numbers("共3.").first().map(|number| number.value.to_string()).as_deref(), Some("3"));
        assert_eq!(numbers("1.5.2").len(), 0);
    }

    #[test]
    fn the_words_around_a_number_stop_at_punctuation() {
        let place = budget_model::Place::Text { page: 1, line: 1, column: 1 };
        let label = Label::new("其中：演出费8.6万元；其他", place);
        let offset = label.text.find('8').unwrap() as u32;
        assert_eq!(around(&label, offset), "演出费8.6万元");
    }
}
