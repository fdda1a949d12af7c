//! Numbers of tables: 表1, 附表三, 预算01表, 公开03表, 表12-1.

use super::around::{ANNEXES, NUMBER_FRONTS};
use crate::text::is_numeral;

/// What stands between a number and what it numbers.
const MARKS: [char; 6] = [':', '：', '.', '．', '、', ' '];
/// Digits of a number before 表: 公开03表.
const MOST_DIGITS: usize = 2;

/// The number of a table in front of its title, and the title: `表1`, `公开03表：`, `预算01表`, `附表3`; an ordinal in front of
/// both (`一、`, `附件2：`) is left out.
pub(crate) fn in_front(text: &str) -> (Option<&str>, &str) {
    let mut rest = text;
    // 附件2：一、, (一), 3.
    for _ in 0..2 {
        let bare = rest.trim_start_matches(['(', '（']);
        let digits = bare.trim_start_matches(is_digit);
        let is_ordinal = digits.len() < bare.len() && digits.starts_with(['、', '.', '．', ')', '）', ' ']);
        if let Some((_, behind)) = ANNEXES.strip_from(rest) {
            rest = behind.trim_start_matches(is_digit).trim_start_matches(MARKS);
        } else if is_ordinal {
            rest = digits.trim_start_matches(['、', '.', '．', ')', '）', ' ']);
        }
    }
    match behind(rest) {
        Some(title) => (rest.get(..rest.len() - title.len()), title.trim_start_matches(MARKS)),
        None => (None, rest),
    }
}

/// Whether a text is the number of a table and nothing else.
pub(crate) fn is_number(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '（', '）', ':', '：', '.', '、']);
    // 公开7
    let is_short = || {
        NUMBER_FRONTS.strip_from(bare).is_some_and(|(_, digits)| {
            (1..=MOST_DIGITS).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    behind(bare).is_some_and(str::is_empty) || is_short()
}

/// Whether a text is the number of an annex and nothing else: 附件1.
pub(crate) fn is_annex(text: &str) -> bool {
    ANNEXES.strip_from(text.trim_end_matches(MARKS)).is_some_and(|(_, number)| number.chars().all(is_digit))
}

/// What stands behind the number that a text begins with.
fn behind(text: &str) -> Option<&str> {
    let of_front = |text: &'_ str| -> Option<usize> {
        let behind = text.strip_prefix(':').unwrap_or(text);
        // 表1, 表一, 公开表5
        let numbered = behind.strip_prefix('表')?;
        let digits = numbered.trim_start_matches(is_digit);
        let number = numbered.get(..numbered.len() - digits.len())?;
        // 表一般公共预算支出 numbers nothing, and neither does 表2026年
        let is_word = number.ends_with('一') && digits.starts_with('般');
        let is_year = number.len() == 4 && digits.starts_with('年');
        if number.is_empty() || is_word || is_year {
            return None;
        }
        // 表12-1
        let part = digits.strip_prefix('-').map(|part| part.trim_start_matches(|c: char| c.is_ascii_digit()));
        Some(part.unwrap_or(digits).len())
    };
    let before_the_word = |text: &'_ str| -> Option<usize> {
        // 03表, 3号表
        let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_short = (1..=MOST_DIGITS).contains(&(text.len() - digits.len()));
        let digits = digits.strip_prefix('号').unwrap_or(digits);
        Some(digits.strip_prefix('表').filter(|_| is_short)?.len())
    };
    let fronts = NUMBER_FRONTS.behind(text);
    let length = of_front(text)
        .or_else(|| fronts.into_iter().find_map(|rest| of_front(rest).or_else(|| before_the_word(rest))))?;
    text.get(text.len() - length..)
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || is_numeral(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_in_front_of_its_title() {
        for (text, number, title) in [
            ("表1收支总表", Some("表1"), "收支总表"),
            ("附表三：收支总表", Some("附表三"), "收支总表"),
            ("预算01表 收支总表", Some("预算01表"), "收支总表"),
            ("公开表5收支总表", Some("公开表5"), "收支总表"),
            ("附件2：公开03表收支总表", Some("公开03表"), "收支总表"),
            ("一、表12-1收支总表", Some("表12-1"), "收支总表"),
            ("收支总表", None, "收支总表"),
            ("表一般公共预算支出", None, "表一般公共预算支出"),
            ("预算表2026年", None, "预算表2026年"),
        ] {
            assert_eq!(in_front(text), (number, title), "{text}");
        }
    }

    #[test]
    fn a_number_alone_is_told_from_words() {
        for text in ["表1", "表十一", "附表3", "预算01表", "公开07表", "财决公开01表", "公开7", "(表三)", "表3:"]
        {
            assert!(is_number(text), "{text}");
        }
        for text in ["表", "公开表", "收支总表", "2026年", "附件1", "预算2026", "01表", ""] {
            assert!(!is_number(text), "{text}");
        }
        assert!(is_annex("附件1") && !is_annex("附件1收支总表"));
    }
}
