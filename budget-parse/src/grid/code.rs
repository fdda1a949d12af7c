//! Classification codes in cells: in one column or in three, as text or as numbers.

use budget_document::CellValue;
use budget_model::{Code, CodeLevel};

use super::sheet::Field;
use crate::text::fold_char;

/// The digits of a cell that is nothing but a code or a part of one. `None` for anything else.
pub(super) fn digits(field: &Field<'_>) -> Option<String> {
    let text = match &field.cell.value {
        CellValue::Number(number) if number.fract().is_zero() && !number.is_sign_negative() => {
            number.trunc().normalize().to_string()
        }
        CellValue::Text(text) => {
            text.chars().map(fold_char).filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\'' | '.')).collect()
        }
        _ => return None,
    };
    (!text.is_empty() && text.len() <= 7 && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

/// Whether a cell is a code that is longer than any of a classification.
pub(super) fn is_long(field: &Field<'_>) -> bool {
    let CellValue::Text(text) = &field.cell.value else { return false };
    let folded: String = text.chars().map(fold_char).filter(|c| !c.is_whitespace()).collect();
    folded.len() > 7 && folded.bytes().all(|byte| byte.is_ascii_digit())
}

/// Puts the parts of a code together: 类, 款 and 项, each of which may be blank.
///
/// A part is either its own digits (`5` or `05` below `205`) or the whole code down to its level (`20505`). What stands left
/// of the first part is that of the row above, in a form that prints it only once.
pub(super) fn join(parts: &[Option<String>; 3], above: Option<Code>) -> Option<Code> {
    let first = parts.iter().position(Option::is_some)?;
    let mut code = String::new();
    if first > 0 {
        let level = if first == 1 { CodeLevel::Class } else { CodeLevel::Group };
        code = std::iter::successors(above, |code| code.parent())
            .find(|code| code.level() == level)
            .map(|code| code.to_string())
            .unwrap_or_default();
    }
    for part in parts.iter().skip(first) {
        let Some(part) = part else { break };
        match part.len() {
            // The code as a whole; an upper part in front of it must agree.
            3 | 5 | 7 if part.starts_with(&code) => code.clone_from(part),
            1 | 2 if !code.is_empty() => code.push_str(&format!("{part:0>2}")),
            _ => return None,
        }
    }
    // A blank in the middle, as in 205, blank, 05, is no code.
    let last = parts.iter().rposition(Option::is_some)?;
    let whole = parts.iter().skip(first).take(last + 1 - first).all(Option::is_some);
    code.parse().ok().filter(|_| whole)
}

/// A code in front of a name: `201 一般公共服务支出`, `[201]一般公共服务支出`.
pub(super) fn leading(text: &str) -> Option<(Code, &str)> {
    let bracket = |open: char, close: char| {
        let (digits, name) = text.strip_prefix(open)?.split_once(close)?;
        let code = digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        Some((code, name.trim_start()))
    };
    if let Some(found) = bracket('[', ']').or_else(|| bracket('【', '】')) {
        return Some(found);
    }
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, name) = text.split_at_checked(length)?;
    let code = digits.parse().ok()?;
    let name = name.trim_start_matches(|character: char| character.is_whitespace() || matches!(character, '-' | '、'));
    // 2025年, 301个 and 201.5 are no codes in front of a name.
    (!name.starts_with(['年', '个', '人', '.', ',', '%'])).then_some((code, name))
}

#[cfg(test)]
mod tests {
    use budget_model::{Decimal, Place};

    use super::*;
    use budget_document::GridCell;

    fn joined(parts: [&str; 3], above: Option<&str>) -> Option<String> {
        let parts = parts.map(|part| Some(part.to_owned()).filter(|part| !part.is_empty()));
        join(&parts, above.and_then(|code| code.parse().ok())).map(|code| code.to_string())
    }

    #[test]
    fn the_parts_of_a_code_stand_in_three_columns_or_in_one() {
        assert_eq!(joined(["205", "", ""], None).as_deref(), Some("205"));
        assert_eq!(joined(["205", "2", "5"], None).as_deref(), Some("2050205"));
        assert_eq!(joined(["205", "02", "05"], None).as_deref(), Some("2050205"));
        assert_eq!(joined(["205", "20502", "2050205"], None).as_deref(), Some("2050205"));
        assert_eq!(joined(["2050205", "", ""], None).as_deref(), Some("2050205"));
    }

    #[test]
    fn a_part_that_is_printed_once_counts_for_the_rows_below() {
        assert_eq!(joined(["", "02", ""], Some("205")).as_deref(), Some("20502"));
        assert_eq!(joined(["", "", "05"], Some("2050299")).as_deref(), Some("2050205"));
        assert_eq!(joined(["", "", "05"], Some("205")), None);
        assert_eq!(joined(["", "02", ""], None), None);
    }

    #[test]
    fn what_is_no_code_is_none() {
        assert_eq!(joined(["205", "", "05"], None), None);
        assert_eq!(joined(["20", "", ""], None), None);
        assert_eq!(joined(["205", "20602", ""], None), None);
        assert_eq!(joined(["", "", ""], Some("205")), None);
    }

    #[test]
    fn digits_may_be_text_or_a_number() {
        let place = Place::Cell { sheet: 0, row: 1, column: 1 };
        let read = |value| {
            digits(&Field { column: 0, cell: &GridCell::new(0, 0, value, place), folded: String::new(), used: false })
        };
        assert_eq!(read(CellValue::Number(Decimal::new(500, 2))).as_deref(), Some("5"));
        assert_eq!(read(CellValue::Text(" ０５".into())).as_deref(), Some("05"));
        assert_eq!(read(CellValue::Number(Decimal::new(55, 1))), None);
        assert_eq!(read(CellValue::Text("合计".into())), None);
    }

    #[test]
    fn a_code_may_stand_in_front_of_the_name() {
        assert_eq!(
            leading("201一般公共服务支出").map(|(code, name)| (code.to_string(), name)),
            Some(("201".into(), "一般公共服务支出"))
        );
        assert_eq!(
            leading("[31099]其他资本性支出").map(|(code, name)| (code.to_string(), name)),
            Some(("31099".into(), "其他资本性支出"))
        );
        assert_eq!(leading("2025年项目"), None);
        assert_eq!(leading("一般公共服务支出"), None);
    }
}
