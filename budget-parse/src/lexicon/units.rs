//! The phrases that state a unit of money, wherever they stand: `单位：万元`, `（元）`, `金额单位：人民币元`.
//!
//! `单位：云溪县文化馆` names the compiler instead, so a phrase is one of a unit only if all of its value is.

use budget_model::Unit;

use super::around::{BEHIND_MONEY, COMPILERS, CURRENCIES, FOREIGN, MONEY, UNIT_WORDS, either};
use crate::text::{fold, fold_char, is_space};

/// A unit that is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// The unit; unknown if a unit is printed that is none of these.
    pub(crate) unit: Unit,
    /// Where the phrase begins, in bytes.
    pub(crate) start: usize,
}

/// The unit that a value is, with what may stand around it: `万元`, `人民币元`, `元（保留两位小数）`, `元，人`. `None` if it is
/// something else, such as a name.
pub(crate) fn money(text: &str) -> Option<Unit> {
    let folded: Vec<char> = text.chars().filter(|character| !is_space(*character)).map(fold_char).collect();
    money_of(&folded)
}

/// Whether a value is the beginning of a unit, the rest of which stands somewhere else: 万.
pub(crate) fn is_cut(text: &str) -> bool {
    let folded = fold(text);
    !folded.is_empty() && MONEY.entries().iter().any(|unit| *unit != folded && unit.starts_with(folded.as_str()))
}

fn money_of(text: &[char]) -> Option<Unit> {
    let text: String = text.iter().collect();
    let text = text.trim_matches(['(', ')', '[', ']', ':', ',', ';', '。', '、', '.']);
    let bare = CURRENCIES.strip_from(text).map_or(text, |(_, behind)| behind);
    let bare = bare.trim_start_matches(|character| "(:".contains(character));
    // 万美元
    let of_many = bare.strip_prefix('万').and_then(|rest| FOREIGN.strip_from(rest));
    if let Some((name, _)) = FOREIGN.strip_from(bare).or(of_many) {
        let short = bare.chars().count() <= name.chars().count() + 3;
        return short.then_some(Unit::Unknown);
    }
    let (name, behind) = MONEY.strip_from(bare)?;
    let behind = CURRENCIES.strip_from(behind).map_or(behind, |(_, behind)| behind);
    // 元，人 counts people beside money; 元/万元 leaves it open.
    let is_end = behind.is_empty()
        || behind.starts_with(['(', ')', '[', ']', ',', ';', ':', '、', '.', '。', '|'])
        || BEHIND_MONEY.strip_from(behind).is_some();
    if !is_end {
        return None;
    }
    let mut names = MONEY.entries().iter().chain(FOREIGN.entries());
    let other = names.any(|other| other != name && other.len() >= name.len() && behind.contains(other));
    let again = behind.contains('元') && !behind.contains(&format!("以{name}"));
    Some(if other || again { Unit::Unknown } else { Unit::from(*name) })
}

/// The unit that a line or cell states, if it does: behind 单位 and a colon, or alone in brackets.
pub(crate) fn find(text: &str) -> Option<Phrase> {
    if !text.contains(['元', '圆', '币', '金', '镑', '布']) {
        return None;
    }
    let (places, folded): (Vec<usize>, Vec<char>) = text
        .char_indices()
        .filter(|(_, character)| !is_space(*character))
        .map(|(at, character)| (at, fold_char(character)))
        .unzip();
    let phrase = |at: usize, unit: Unit| Some(Phrase { unit, start: places.get(at).copied()? });
    // The last one: the compiler stands before the unit.
    for colon in (0..folded.len()).rev().filter(|at| folded.get(*at) == Some(&':')) {
        let before = folded.get(..colon)?;
        let Some(word) = UNIT_WORDS.entries().iter().find(|word| ends_with(before, word)) else { continue };
        let start = colon - word.chars().count();
        if let Some(unit) = money_of(folded.get(colon + 1..).unwrap_or_default()) {
            return phrase(start, unit);
        }
    }
    // （元）, 【万元】, (单位万元): all of the text.
    let open = folded.first().is_some_and(|first| "([".contains(*first));
    let close = folded.last().is_some_and(|last| ")]".contains(*last));
    let inside = if open && close { folded.get(1..folded.len() - 1)? } else { &folded };
    let word = UNIT_WORDS.entries().iter().find(|word| starts_with(inside, word));
    let value = inside.get(word.map_or(0, |word| word.chars().count())..)?;
    let is_bare = (open && close) || word.is_some();
    let unit = is_bare.then(|| money_of(value)).flatten()?;
    // A bracket of words that begin like a unit is no unit.
    (value.len() <= LONGEST_VALUE).then(|| phrase(0, unit)).flatten()
}

/// A title without the unit in brackets behind it, and the unit: `支出总体情况表（单位：万元）`, `支出总体情况表（元）`.
pub(crate) fn behind_title(text: &str) -> Option<(&str, Unit)> {
    let (at, _) = text.char_indices().rev().find(|(_, character)| matches!(character, '(' | '（' | '[' | '【'))?;
    let (title, bracket) = (text.get(..at)?, text.get(at..)?);
    let phrase = find(bracket).filter(|phrase| phrase.start <= '（'.len_utf8())?;
    let ends = crate::text::trim(bracket).ends_with([')', '）', ']', '】']);
    (ends && crate::text::trim(title).ends_with('表')).then_some((title, phrase.unit))
}

/// Longest text of a unit that stands without a colon: 人民币百万元.
const LONGEST_VALUE: usize = 8;

fn starts_with(text: &[char], word: &str) -> bool {
    let mut characters = text.iter();
    word.chars().all(|character| characters.next() == Some(&character))
}

fn ends_with(text: &[char], word: &str) -> bool {
    let mut characters = text.iter().rev();
    word.chars().rev().all(|character| characters.next() == Some(&character))
}

/// A line that names the compiler, the unit, or both, and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CaptionLine<'t> {
    /// The name of the compiler as printed, perhaps blank.
    pub(crate) compiler: Option<&'t str>,
    pub(crate) unit: Option<Phrase>,
}

/// Reads `编制部门：云溪县文化馆 单位：万元`, together or apart. `None` for any other line.
pub(crate) fn caption_line(text: &str) -> Option<CaptionLine<'_>> {
    let trimmed = crate::text::trim(text);
    let start = trimmed.as_ptr() as usize - text.as_ptr() as usize;
    if trimmed.len() > LONGEST_CAPTION {
        return None;
    }
    let unit = find(text);
    let before = text.get(start..unit.as_ref().map_or(start + trimmed.len(), |unit| unit.start))?;
    let before =
        before.trim_end_matches(|character| is_space(character) || matches!(character, '（' | '(' | '【' | '['));
    if let Some(rest) = behind_compiler(before) {
        let rest = crate::text::trim_start(rest);
        let name = rest.strip_prefix(['：', ':']).map(crate::text::trim);
        if let Some(name) = name {
            return Some(CaptionLine { compiler: Some(name), unit });
        }
    }
    match (before.is_empty(), &unit) {
        (true, Some(_)) => Some(CaptionLine { compiler: None, unit }),
        // 单位：云溪县文化馆   单位：万元
        (false, _) => {
            let name = strip_spaced(before, either()).map(crate::text::trim_start);
            let name = name.and_then(|rest| rest.strip_prefix(['：', ':'])).map(crate::text::trim)?;
            let is_short = name.chars().count() <= LONGEST_NAME && !name.contains(['。', '，', '；']);
            is_short.then_some(CaptionLine { compiler: Some(name).filter(|name| !is_measure(name)), unit })
        }
        (true, None) => None,
    }
}

/// Longest caption line, in bytes, and longest name of a compiler, in characters.
const LONGEST_CAPTION: usize = 400;
const LONGEST_NAME: usize = 40;

/// 单位：人, 单位：%: a unit of something else than money.
fn is_measure(name: &str) -> bool {
    name.chars().count() < 3
}

/// What follows a word in front of the name of who compiled a table: 编制部门, 部门（单位）.
pub(crate) fn behind_compiler(text: &str) -> Option<&str> {
    COMPILERS.entries().iter().find_map(|word| strip_spaced(text, word))
}

/// What follows a word at the start of a text, whatever white space is inside the word.
fn strip_spaced<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let mut rest = text;
    for wanted in word.chars() {
        rest = crate::text::trim_start(rest).strip_prefix(|next| fold_char(next) == wanted)?;
    }
    Some(rest)
}

/// A word of a caption with a colon at the start of a text: 编制部门：, 金额单位：.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CaptionWord<'t> {
    pub(crate) is_compiler: bool,
    pub(crate) is_unit: bool,
    /// What follows the colon, up to the next word of a caption.
    pub(crate) value: &'t str,
    /// What follows that.
    pub(crate) rest: &'t str,
}

/// The word of a caption that a text begins with. The text has no white space.
pub(crate) fn caption_word(text: &str) -> Option<CaptionWord<'_>> {
    let behind_colon = |rest: &'_ str| rest.strip_prefix([':', '：']).map(str::len);
    let of = |word: &str| strip_spaced(text, word).and_then(behind_colon);
    let compiler = COMPILERS.entries().iter().find_map(|word| of(word)).or_else(|| of(either()));
    let unit = UNIT_WORDS.entries().iter().find_map(|word| of(word));
    let value = text.get(text.len() - compiler.or(unit)?..)?;
    // 编制部门：云溪县文化馆 单位：万元
    let next = value.find([':', '：']).and_then(|colon| {
        let before = value.get(..colon)?;
        let words = UNIT_WORDS.entries().iter().filter(|word| before.ends_with(**word));
        words.map(|word| colon - word.len()).min()
    });
    let (value, rest) = value.split_at_checked(next.unwrap_or(value.len()))?;
    Some(CaptionWord { is_compiler: compiler.is_some(), is_unit: unit.is_some(), value, rest })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(text: &str) -> Option<String> {
        find(text).map(|phrase| phrase.unit.to_string())
    }

    #[test]
    fn a_unit_is_read_from_every_wording() {
        for (text, name) in [
            ("单位：元（保留两位小数）", "元"),
            ("金额单位：人民币元", "元"),
            ("单 位：元", "元"),
            ("单位：元，人", "元"),
            ("（元）", "元"),
            ("(单位：万元)", "万元"),
            ("【单位：万元】", "万元"),
            ("单位：百元", "百元"),
            ("单位：百万元", "百万元"),
            ("单位：千元", "千元"),
            ("计量单位：万元", "万元"),
            ("单位:人民币万元", "万元"),
            ("金额：万元", "万元"),
            ("单位：万元  第1页", "万元"),
            ("编制单位：云溪县文化馆   单位：元", "元"),
            ("部门预算（单位：亿元）", "亿元"),
            ("单位：人民币（万元）", "万元"),
            ("单位（万元）", "万元"),
            ("单位：万元、人、辆", "万元"),
            ("单位：元至角分", "元"),
        ] {
            assert_eq!(unit(text).as_deref(), Some(name), "{text}");
        }
    }

    #[test]
    fn another_currency_is_a_unit_that_is_not_known() {
        for text in ["单位：美元", "单位：万美元", "金额单位：港元", "单位：元/万元", "单位：十万元"]
        {
            assert_eq!(unit(text).as_deref(), if text.contains('/') { None } else { Some("") }, "{text}");
        }
    }

    #[test]
    fn names_are_no_units() {
        for text in [
            "单位：云溪县文化馆",
            "单位：元山镇政府",
            "编制部门：元宝区财政局",
            "（一）元器件",
            "支出总体情况表",
            "单位：人",
        ] {
            assert_eq!(unit(text), None, "{text}");
        }
    }

    #[test]
    fn a_title_may_have_its_unit_behind_it() {
        let read = |text| behind_title(text).map(|(title, unit)| (title, unit.to_string()));
        for (text, unit) in [("收入总体情况表（单位：万元）", "万元"), ("收入总体情况表(元)", "元")]
        {
            assert_eq!(read(text), Some(("收入总体情况表", unit.to_owned())), "{text}");
        }
        for text in ["收入总体情况表", "收入总体情况表（续）", "收入（单位：万元）", "收入总体情况表（公开01表）"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_caption_line_names_compiler_and_unit() {
        let line = caption_line("编制部门：云溪县文化馆 单位：元（保留两位小数）").unwrap();
        assert_eq!((line.compiler, line.unit.unwrap().unit), (Some("云溪县文化馆"), Unit::Yuan));
        let line = caption_line("  单位：云溪县文化馆   （单位：百万元）").unwrap();
        assert_eq!((line.compiler, line.unit.unwrap().unit), (Some("云溪县文化馆"), Unit::MillionYuan));
        let line = caption_line("填 报 单 位：云溪县文化馆").unwrap();
        assert_eq!((line.compiler, line.unit), (Some("云溪县文化馆"), None));
        let line = caption_line("金额单位：万元").unwrap();
        assert_eq!((line.compiler, line.unit.unwrap().unit), (None, Unit::TenThousandYuan));
        for text in ["一、本年收入 12.00", "云溪县文化馆", "公开内容：单位：", "合计"] {
            assert_eq!(caption_line(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[\\PC单位：（）元万]*") {
            if let Some(phrase) = find(&text) {
                proptest::prop_assert!(text.is_char_boundary(phrase.start));
            }
            let _ = caption_line(&text);
        }
    }
}
