//! The target of an indicator: operator, number, unit.

use budget_model::{Decimal, Operator};

use crate::number::leading_number;
use crate::text::fold_char;

/// How operators are printed, after folding; the longest first.
const OPERATORS: &[(&str, Operator)] = &[
    (">=", Operator::AtLeast),
    ("<=", Operator::AtMost),
    ("=>", Operator::AtLeast),
    ("=<", Operator::AtMost),
    ("≥", Operator::AtLeast),
    ("≧", Operator::AtLeast),
    ("⩾", Operator::AtLeast),
    ("≤", Operator::AtMost),
    ("≦", Operator::AtMost),
    ("⩽", Operator::AtMost),
    ("=", Operator::Equal),
    (">", Operator::More),
    ("<", Operator::Less),
];

/// Whether a folded character can be part of an operator.
pub(super) fn is_operator(folded: char) -> bool {
    matches!(folded, '<' | '>' | '=' | '≥' | '≤' | '≧' | '≦' | '⩾' | '⩽')
}

/// Splits a value without white space into operator, number and unit. A date or a sentence has none of them.
pub(crate) fn parse(raw: &str) -> (Option<Operator>, Option<Decimal>, Option<String>) {
    let length = raw.find(|character| !is_operator(fold_char(character))).unwrap_or(raw.len());
    let printed = raw.get(..length).filter(|printed| !printed.is_empty());
    let operator = printed.and_then(|printed| {
        let is_printed = |(operator, _): &&(&str, Operator)| operator.chars().eq(printed.chars().map(fold_char));
        OPERATORS.iter().find(is_printed).map(|(_, operator)| *operator)
    });
    if operator.is_none() && length > 0 {
        return (None, None, None);
    }
    let rest = raw.get(length..).unwrap_or_default();
    let Some((number, length)) = leading_number(rest) else { return (operator, None, None) };
    let unit = rest.get(length..).unwrap_or_default();
    // 2025年10月20日, 12月底前
    let is_date = unit.starts_with('年') || (unit.starts_with('月') && unit != "月");
    if !is_unit(unit) || (operator.is_none() && is_date) {
        return (operator, None, None);
    }
    (operator, Some(number), (!unit.is_empty()).then(|| unit.to_owned()))
}

/// Whether what follows a number can be a unit: `60%至80%之间` has none, `元/100人` is one.
fn is_unit(unit: &str) -> bool {
    const LONGEST: usize = 12;
    let head = unit.split_once(['/', '／']).map_or(unit, |(head, _)| head);
    unit.chars().count() <= LONGEST && !head.contains(|character: char| fold_char(character).is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operator_a_number_and_a_unit_are_told_apart_however_they_are_printed() {
        for (raw, operator, number, unit) in [
            ("＞=27.46万人", Operator::AtLeast, "27.46", "万人"),
            ("≥25人", Operator::AtLeast, "25", "人"),
            ("‹=1,200.50元/人/年", Operator::AtMost, "1200.50", "元/人/年"),
            ("=6乡（镇、场）", Operator::Equal, "6", "乡（镇、场）"),
            ("＜2%", Operator::Less, "2", "%"),
        ] {
            let (read, value, of) = parse(raw);
            assert_eq!(read, Some(operator), "{raw}");
            assert_eq!(value.map(|value| value.to_string()).as_deref(), Some(number), "{raw}");
            assert_eq!(of.as_deref(), Some(unit), "{raw}");
        }
    }

    #[test]
    fn a_date_and_a_sentence_are_no_numbers() {
        for raw in ["2025年10月20日", "12月底前", "2022年9月前", "有效减轻", "每季度结束后的10日内", "==5", ""]
        {
            assert_eq!(parse(raw), (None, None, None), "{raw}");
        }
        assert_eq!(parse("=60%至80%之间"), (Some(Operator::Equal), None, None));
    }
}
