//! The phrases that state a unit of money, wherever they stand: `单位：万元`, `（元）`, `金额单位：人民币元`.
//!
//! `单位：云溪县文化馆` names the compiler instead, so a phrase is one of a unit only if all of its value is.

use budget_model::Unit;

use crate::text::{fold_char, is_space};

/// Words in front of a unit, the longer ones first.
pub(crate) const WORDS: &[&str] =
    &["金额单位", "计量单位", "货币单位", "计价单位", "数据单位", "预算单位", "单位", "金额", "币种"];

/// The names of units of money, the longer ones first.
const MONEY: &[&str] = &["百万元", "千万元", "万元", "亿元", "千元", "百元", "元"];

/// Currencies that the model has no unit for; a table in one of them is in no unit that could be assumed.
const FOREIGN: &[&str] =
    &["美元", "美金", "欧元", "日元", "港元", "港币", "澳元", "英镑", "卢布", "十万元", "圆", "外币"];

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

fn money_of(text: &[char]) -> Option<Unit> {
    let text: String = text.iter().collect();
    let text = text.trim_matches(|character| "()[]:,;。、.".contains(character));
    let bare = ["人民币", "RMB", "CNY"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let bare = bare.trim_start_matches(|character| "(:".contains(character));
    if let Some(name) = FOREIGN
        .iter()
        .find(|name| bare.starts_with(**name) || bare.strip_prefix('万').is_some_and(|rest| rest.starts_with(**name)))
    {
        let short = bare.chars().count() <= name.chars().count() + 3;
        return short.then_some(Unit::Unknown);
    }
    let name = MONEY.iter().find(|name| bare.starts_with(**name))?;
    let behind = bare.get(name.len()..)?;
    let behind = behind.strip_prefix("人民币").unwrap_or(behind);
    // 元，人 counts people beside money; 元/万元 leaves it open.
    let is_end = behind.is_empty()
        || behind.starts_with(|next| "()[],;:、.。|".contains(next))
        || behind.starts_with("第")
        || behind.starts_with("共")
        || behind.starts_with("为单位")
        // 元至角分
        || ["至", "角"].iter().any(|word| behind.starts_with(word));
    if !is_end {
        return None;
    }
    let other =
        MONEY.iter().chain(FOREIGN).any(|other| other != name && other.len() >= name.len() && behind.contains(other));
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
        let Some(word) = WORDS.iter().find(|word| ends_with(before, word)) else { continue };
        let start = colon - word.chars().count();
        if let Some(unit) = money_of(folded.get(colon + 1..).unwrap_or_default()) {
            return phrase(start, unit);
        }
    }
    // （元）, 【万元】, (单位万元): all of the text.
    let open = folded.first().is_some_and(|first| "([".contains(*first));
    let close = folded.last().is_some_and(|last| ")]".contains(*last));
    let inside = if open && close { folded.get(1..folded.len() - 1)? } else { &folded };
    let word = WORDS.iter().find(|word| starts_with(inside, word));
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

/// Words in front of the name of who compiled a table: 编制部门：…
pub(crate) const COMPILING: &[&str] = &[
    "编制部门",
    "编制单位",
    "填报部门",
    "填报单位",
    "公开部门",
    "公开单位",
    "编报部门",
    "编报单位",
    "预算主管部门",
    "预算部门",
    "预算单位",
    "部门名称",
    "单位名称",
    "部门（单位）",
    "部门(单位)",
    "部门",
];

/// Reads `编制部门：云溪县文化馆 单位：万元`, together or apart. `None` for any other line.
pub(crate) fn caption_line(text: &str) -> Option<CaptionLine<'_>> {
    let trimmed = crate::text::trim(text);
    let start = trimmed.as_ptr() as usize - text.as_ptr() as usize;
    if trimmed.len() > LONGEST_CAPTION {
        return None;
    }
    let unit = find(text);
    let before = text.get(start..unit.as_ref().map_or(start + trimmed.len(), |unit| unit.start))?;
    let before = before.trim_end_matches(|character| is_space(character) || "（(【[".contains(character));
    if let Some(rest) = COMPILING.iter().find_map(|word| strip_spaced(before, word)) {
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
            let name = strip_spaced(before, "单位").map(crate::text::trim_start);
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

/// What follows a word at the start of a text, whatever white space is inside the word.
fn strip_spaced<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let mut rest = text;
    for wanted in word.chars() {
        rest = crate::text::trim_start(rest).strip_prefix(wanted)?;
    }
    Some(rest)
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
