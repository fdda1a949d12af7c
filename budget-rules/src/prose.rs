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

/// Units that a number can carry, the longest of those that begin alike first.
const UNITS: &[&str] = &[
    "元/人/年", "元/人/月", "元/人/天", "元/人·年", "元/人次", "元/人", "元/人*年", "元/月", "元/年", "元/天", "元/套", "元/台", "元/份",
    "元/次", "元/件", "元/起", "元/户", "元/家", "元/个", "元/平方米", "元", "万元/年", "万元/月", "万元/人", "万元/次", "万元/套", "万元",
    "亿元", "千元", "万人次", "万人", "万", "人次", "人", "名", "位", "个月", "个", "月", "次", "场次", "场", "套", "台", "份", "张", "件",
    "家", "户", "条", "辆", "起", "平方米", "天", "批", "处", "项", "%", "％",
];

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
        let unit = UNITS.iter().filter(|unit| rest.starts_with(**unit)).max_by_key(|unit| unit.len()).copied().unwrap_or("");
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
        let units: Vec<_> = numbers("补助1,811人，标准826.40元/人/年，共149.66万元，占5%")
            .into_iter()
            .map(|number| (number.value.to_string(), number.unit))
            .collect();
        let expected = [("1811", "人"), ("826.40", "元/人/年"), ("149.66", "万元"), ("5", "%")];
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
