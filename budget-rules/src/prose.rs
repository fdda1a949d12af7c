//! Numbers inside a sentence: what stands before them, their unit, and how they are joined.

use budget_model::{Decimal, Label};

/// A number found in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The number as printed.
    pub value: Decimal,
    /// The unit directly behind it, `万元`, `人`, `元/人/年`; empty if there is none.
    pub unit: String,
    /// Byte offset of its first digit.
    pub start: usize,
    /// Byte offset behind its unit.
    pub end: usize,
}

/// Units of money, of shares and of rounded numbers.
const AMOUNTS: &[&str] = &["亿元", "万元", "千元", "元", "%", "％", "万人次", "万人", "万"];

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

/// The unit that a text begins with: `元/人/年`; empty if it begins with none.
fn unit_of(text: &str) -> &str {
    let longest = |text: &str, lists: &[&[&str]]| {
        let words = lists.iter().flat_map(|list| list.iter());
        words.filter(|word| text.starts_with(**word)).map(|word| word.len()).max()
    };
    let Some(mut end) = longest(text, &[AMOUNTS, COUNTED, TIMES, &["平方米", "项"]]) else { return "" };
    while let Some(rest) = text.get(end..).and_then(|rest| rest.strip_prefix('/'))
        && let Some(length) = longest(rest, &[COUNTED, TIMES, PER])
    {
        end += 1 + length;
    }
    text.get(..end).unwrap_or_default()
}

/// The numbers of a sentence, left to right. Dates, document numbers and ordinals are numbers too; a rule chooses by unit.
#[must_use]
pub fn numbers(text: &str) -> Vec<Number> {
    let bytes = text.as_bytes();
    let mut numbers = Vec::new();
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_digit)) {
        let start = at + found;
        let mut end = start;
        let digit = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_digit);
        while digit(end) || (matches!(bytes.get(end), Some(b'.' | b',')) && digit(end + 1) && end > start) {
            end += 1;
        }
        let printed: String = text.get(start..end).unwrap_or_default().chars().filter(|c| *c != ',').collect();
        let rest = text.get(end..).unwrap_or_default();
        let unit = unit_of(rest);
        at = end + unit.len();
        if let Ok(value) = Decimal::from_str_exact(&printed) {
            numbers.push(Number { value, unit: unit.to_owned(), start, end: at });
        }
    }
    numbers
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
        assert_eq!(units, expected.map(|(value, unit)| (value.to_owned(), unit.to_owned())));
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
