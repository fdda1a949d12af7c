//! What a figure is about: the name inside the words in front of it.

use super::ordinal::{OrdinalStyle, is_chinese_numeral, leading_ordinal};
use super::vocabulary::{
    AFTER, BEFORE, COMPARISONS, GENERIC, LEVELS, NOUN_ENDS, OF_THE_YEAR, SPEAKERS, SUMS, THREE_PUBLIC,
};
use crate::text::fold_char;
use crate::words::Words;

/// Longest words that can hold a name, in bytes.
const LONGEST_WORDS: usize = 600;

/// Who speaks and of which year: prefixes of a name that every figure shares.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Speaker<'a> {
    pub(super) entity: &'a str,
    pub(super) year: Option<u16>,
}

impl Speaker<'_> {
    /// Whether a text begins with the entity or what it calls itself: 2025年本部门…
    pub(super) fn begins(self, text: &str) -> bool {
        self.opens(text) || SPEAKERS.strip_from(behind_year(text)).is_some()
    }

    /// What stands behind the name of the entity that a text begins with, perhaps without what it lies in: 云溪县文化馆 of
    /// 湖州省云溪县文化馆.
    fn named_in_front(self, text: &str) -> Option<&str> {
        if self.entity.is_empty() {
            return None;
        }
        let short = || {
            let (_, short) = self.entity.split_once(['省', '市']).or_else(|| self.entity.split_once("自治区"))?;
            Some(short).filter(|short| short.find(['市', '县', '区', '旗', '州', '盟']).is_some_and(|at| at > 0))
        };
        text.strip_prefix(self.entity).or_else(|| text.strip_prefix(short()?))
    }

    /// Whether a text begins with the entity, behind the year if there is one: `2025年，云溪县文化馆…`.
    pub(super) fn opens(self, text: &str) -> bool {
        !self.entity.is_empty() && behind_year(text).starts_with(self.entity)
    }
}

/// A text without the year that it begins with: `2025年，`
fn behind_year(text: &str) -> &str {
    let behind_year = text.trim_start_matches(|digit: char| digit.is_ascii_digit()).strip_prefix('年');
    behind_year.map_or(text, |text| text.trim_start_matches(['度', '，', ',']))
}

/// The name in the words in front of a figure; empty if they name nothing.
pub(super) fn name<'t>(words: &'t str, speaker: Speaker<'_>) -> &'t str {
    if words.is_empty() || words.len() > LONGEST_WORDS {
        return "";
    }
    let compares = words.contains(['比', '较', '与', '同', '相', '和', '上', '去', '保', '持', '无', '没']);
    let words = Some(words)
        .filter(|_| compares)
        .and_then(|words| first_of(words, &COMPARISONS))
        .and_then(|at| words.get(..at))
        .unwrap_or(words);
    let mut name = after_year(words, speaker.year);
    while !name.is_empty() && side(name).is_none() {
        let shorter = strip_front(name, speaker);
        let shorter = Some(shorter)
            .filter(|shorter| side(shorter).is_some())
            .unwrap_or_else(|| AFTER.strip_end_of(shorter).map_or(shorter, |(_, shorter)| shorter));
        if shorter.len() == name.len() {
            break;
        }
        name = shorter;
    }
    // （类）, （项） say what a name is, not what it is called; a budget of a budget is the same.
    let name = LEVELS.strip_end_of(name).map_or(name, |(_, name)| name);
    // “教育支出”科目
    let name = name.strip_prefix('“').and_then(|name| name.strip_suffix("”科目")).unwrap_or(name);
    let name = name.strip_suffix("数").filter(|shorter| shorter.ends_with("经费")).unwrap_or(name);
    let name = name
        .strip_suffix("预算")
        .filter(|shorter| shorter.ends_with("经费") || shorter.ends_with("资金"))
        .unwrap_or(name);
    let name = name.strip_suffix("金额").filter(|shorter| shorter.ends_with("项目预算")).unwrap_or(name);
    // 出国（境）经费、车辆购置及运行费、公务接待费（简称“三公”经费）支出
    let short = name.split_once("简称").and_then(|(_, short)| short.split_once(['）', ')']));
    let is_item = |short: &str| THREE_PUBLIC.entries().iter().any(|(item, _)| same(item, short));
    let name = short.map(|(short, _)| short).filter(|short| is_item(short)).unwrap_or(name);
    // 占“三公”经费的20%: the whole of a share is not what the share is of.
    if GENERIC.contains(name) || name.starts_with('占') { "" } else { name }
}

/// Whether a name is all money of one side of the budget, true for revenue: 支出总计, 本年收入合计. 支出 alone names nothing.
pub(super) fn side(name: &str) -> Option<bool> {
    let (year, behind) = OF_THE_YEAR.strip_from(name).map_or((false, name), |(_, behind)| (true, behind));
    let (revenue, expenditure) = (behind.strip_prefix("收入"), behind.strip_prefix("支出"));
    let sum = revenue.or(expenditure)?;
    let is_side = if sum.is_empty() { year && expenditure.is_some() } else { SUMS.contains(sum) };
    is_side.then_some(revenue.is_some())
}

/// The words in front of a comparison: 公务接待费 in 公务接待费与上年持平.
pub(super) fn compared(words: &str) -> Option<&str> {
    first_of(words, &COMPARISONS).and_then(|at| words.get(..at))
}

/// Where the first of some words begins.
fn first_of(text: &str, words: &'static Words<&'static str>) -> Option<usize> {
    let begins = |(at, character): &(usize, char)| {
        words.beginning_with(*character).any(|word| text.get(*at..).is_some_and(|rest| rest.starts_with(word)))
    };
    text.char_indices().find(begins).map(|(at, _)| at)
}

/// What stands behind `2025年`: 云溪县文化馆2025年支出预算 → 支出预算.
fn after_year(words: &str, year: Option<u16>) -> &str {
    let Some(year) = year else { return words };
    let is_year = |at: &usize| {
        let digits = words.get(at.saturating_sub(4)..*at);
        digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.parse() == Ok(year))
    };
    let found = words.rmatch_indices('年').map(|(at, _)| at).find(is_year);
    match found.and_then(|at| words.get(at + '年'.len_utf8()..)) {
        // 人数（2025年）: the year says which, not when.
        Some(rest) if !rest.starts_with(['）', ')']) => rest.strip_prefix('度').unwrap_or(rest),
        _ => words,
    }
}

fn strip_front<'t>(name: &'t str, speaker: Speaker<'_>) -> &'t str {
    let ordinal = Some(name).filter(|name| name.starts_with(is_chinese_numeral)).and_then(leading_ordinal);
    if let Some(ordinal) = ordinal.filter(|ordinal| ordinal.style == OrdinalStyle::Section) {
        return name.get(ordinal.length..).unwrap_or("");
    }
    if let Some(rest) = speaker.named_in_front(name) {
        // 云溪县文化馆部门收入预算: the kind of entity belongs to the entity. 云溪县文化馆共有车辆 is about 车辆.
        return ["部门", "单位", "共有"].iter().find_map(|kind| rest.strip_prefix(kind)).unwrap_or(rest);
    }
    BEFORE.strip_from(name).map_or(name, |(_, rest)| rest)
}

/// The noun behind a count (下设2个科室, 3名讲解员经费) or an amount (2万元的演出经费, 5万元用于印刷), and the bytes up to
/// its end.
pub(super) fn noun(words: &str) -> (&str, usize) {
    let rest = ["的", "用于"].iter().find_map(|front| words.strip_prefix(front)).unwrap_or(words);
    let end = first_of(rest, &NOUN_ENDS).unwrap_or(rest.len());
    (rest.get(..end).unwrap_or(rest), words.len() - rest.len() + end)
}

/// Whether two names are the same but for the form of their brackets and quotation marks.
pub(super) fn same(left: &str, right: &str) -> bool {
    left == right || left.chars().map(fold_char).eq(right.chars().map(fold_char))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEAKER: Speaker<'_> = Speaker { entity: "云溪县文化馆", year: Some(2025) };

    #[test]
    fn a_name_is_freed_of_who_when_and_how() {
        for (words, expected) in [
            ("云溪县文化馆部门收入预算", "收入预算"),
            ("云溪县文化馆2025年支出预算", "支出预算"),
            ("2025年财政拨款“三公”经费预算比上年预算", "财政拨款“三公”经费"),
            ("2025年预算数为", ""),
            ("比上年预算", ""),
            ("占", ""),
            ("一般公共服务支出（类）", "一般公共服务支出"),
            ("因公出国（境）费", "因公出国（境）费"),
            ("其中：在职", "在职"),
            ("、非遗展示经费预算", "非遗展示经费"),
            ("，主要用于办公费用", "办公费用"),
            ("2023年公共服务补助资金", "2023年公共服务补助资金"),
            ("本次补助人数为", "本次补助人数"),
            ("二、用于广播宣传费用", "广播宣传费用"),
            ("补助人数（2025年）", "补助人数（2025年）"),
            ("云溪县文化馆2025年的机关运行经费财政拨款预算", "机关运行经费"),
            ("“文化旅游体育与传媒支出”科目", "文化旅游体育与传媒支出"),
            ("云溪县文化馆共有车辆", "车辆"),
            ("2025年支出总计", "支出总计"),
            ("，本年支出合计", "本年支出合计"),
            ("其中：本年收入合计为", "本年收入合计"),
            ("2025年支出", ""),
            ("收、支总计各", "收、支"),
            ("出国（境）经费、公务接待费（简称“三公”经费）支出合计", "“三公”经费"),
        ] {
            assert_eq!(name(words, SPEAKER), expected, "{words}");
        }
        let speaker = Speaker { entity: "湖州省云溪县文化馆", year: Some(2025) };
        assert_eq!(name("云溪县文化馆机关运行经费", speaker), "机关运行经费");
    }

    #[test]
    fn the_noun_behind_a_figure_ends_where_the_sentence_goes_on() {
        assert_eq!(noun("的筹资标准"), ("筹资标准", "的筹资标准".len()));
        assert_eq!(noun("科室"), ("科室", "科室".len()));
        assert_eq!(noun("用于链路费用").0, "链路费用");
        assert_eq!(noun("预算单位在内的汇总预算").0, "预算单位");
        assert_eq!(noun("经营主体各补助").0, "经营主体");
        assert_eq!(noun("驻点村每村工作经费").0, "驻点村");
    }
}
