//! Printed ordinals in front of headings and paragraphs: `一、` `（一）` `1、` `1.` `1．` `（1）`.

use crate::text::fold_char;

/// The depth that an ordinal's form stands for in these documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OrdinalStyle {
    /// 一、
    Section,
    /// （一）
    Subsection,
    /// 1、 1. 1．
    Item,
    /// （1）
    Subitem,
}

/// An ordinal at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ordinal<'t> {
    pub(super) style: OrdinalStyle,
    /// The number itself: `一`, `12`.
    pub(super) number: &'t str,
    /// Bytes that the ordinal takes, brackets and separator included.
    pub(super) length: usize,
}

impl Ordinal<'_> {
    /// The ordinal as an element of a section path, the same for all ways of printing it: `五`, `(三)`, `4`.
    pub(super) fn path_element(&self) -> String {
        match self.style {
            OrdinalStyle::Section | OrdinalStyle::Item => self.number.chars().map(fold_char).collect(),
            OrdinalStyle::Subsection | OrdinalStyle::Subitem => {
                let number: String = self.number.chars().map(fold_char).collect();
                format!("({number})")
            }
        }
    }
}

/// Whether a character is a Chinese numeral of an ordinal: 一 … 十 百.
pub(super) fn is_chinese_numeral(character: char) -> bool {
    matches!(character, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百')
}

fn is_digit(character: char) -> bool {
    matches!(character, '0'..='9' | '０'..='９')
}

/// The ordinal that a text (without white space) starts with.
pub(super) fn leading_ordinal(text: &str) -> Option<Ordinal<'_>> {
    let first = text.chars().next()?;
    let (inner, open) = match first {
        '(' | '（' => (text.get(first.len_utf8()..)?, true),
        _ => (text, false),
    };
    let kind = inner.chars().next()?;
    let belongs: fn(char) -> bool = match kind {
        _ if is_chinese_numeral(kind) => is_chinese_numeral,
        _ if is_digit(kind) => is_digit,
        _ => return None,
    };
    let digits = inner.len() - inner.trim_start_matches(belongs).len();
    let (number, rest) = inner.split_at_checked(digits)?;
    if number.chars().count() > LONGEST {
        return None;
    }
    let closer = rest.chars().next()?;
    let chinese = is_chinese_numeral(kind);
    let style = match (open, closer) {
        (true, ')' | '）') if chinese => OrdinalStyle::Subsection,
        (true, ')' | '）') => OrdinalStyle::Subitem,
        (false, '、' | '.' | '．') if chinese => OrdinalStyle::Section,
        (false, '、') => OrdinalStyle::Item,
        (false, '.' | '．') if !is_decimals(rest.get(closer.len_utf8()..)?) => OrdinalStyle::Item,
        _ => return None,
    };
    Some(Ordinal { style, number, length: text.len() - rest.len() + closer.len_utf8() })
}

/// Whether what stands behind a point makes a decimal number of it, and not `1.2023年…`.
fn is_decimals(rest: &str) -> bool {
    let after = rest.trim_start_matches(is_digit);
    let digits = rest.len() - after.len();
    digits > 0 && !(after.starts_with('年') && rest.starts_with(['1', '2', '１', '２']) && digits >= 4)
}

/// Longest number of an ordinal in characters: `二十三`, `100`.
const LONGEST: usize = 3;

/// 第三部分 → 3
pub(super) fn part_number(numeral: &str) -> u32 {
    if let Ok(number) = numeral.parse() {
        return number;
    }
    const DIGITS: &str = "一二三四五六七八九";
    let digit = |character: char| DIGITS.chars().position(|digit| digit == character).map_or(0, |at| at as u32 + 1);
    let numeral = numeral.trim_matches(|character| !is_chinese_numeral(character));
    match numeral.split_once('十') {
        Some((tens, ones)) => tens.chars().next().map_or(1, digit) * 10 + ones.chars().next().map_or(0, digit),
        None => numeral.chars().next().map_or(0, digit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(OrdinalStyle, String)> {
        leading_ordinal(text).map(|ordinal| (ordinal.style, ordinal.path_element()))
    }

    #[test]
    fn every_printed_style_is_known() {
        for (text, style, element) in [
            ("一、主要职能", OrdinalStyle::Section, "一"),
            ("十二.其他", OrdinalStyle::Section, "十二"),
            ("（三）内设机构", OrdinalStyle::Subsection, "(三)"),
            ("(十一)其他", OrdinalStyle::Subsection, "(十一)"),
            ("1、教育支出", OrdinalStyle::Item, "1"),
            ("12.车辆", OrdinalStyle::Item, "12"),
            ("３．车辆", OrdinalStyle::Item, "3"),
            ("3、2025年", OrdinalStyle::Item, "3"),
            ("1．2023年补助", OrdinalStyle::Item, "1"),
            ("（10）其他", OrdinalStyle::Subitem, "(10)"),
        ] {
            assert_eq!(read(text), Some((style, element.to_owned())), "{text}");
        }
    }

    #[test]
    fn figures_years_and_names_are_no_ordinals() {
        for text in [
            "",
            "2.23%，主要",
            "（2024）31号",
            "（项）：",
            "十五五规划",
            "1805万元",
            "（",
            "一",
            "一般公共预算",
            "2025、2026年",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn numerals_of_parts_are_read() {
        for (numeral, number) in [("三", 3), ("十", 10), ("十二", 12), ("4", 4), ("", 0)] {
            assert_eq!(part_number(numeral), number, "{numeral}");
        }
    }
}
