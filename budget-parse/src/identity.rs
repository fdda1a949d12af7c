//! Who a document is of: what its tables, its cover and its targets print. A file name says nothing here.

use std::collections::HashMap;

use budget_document::Line;
use budget_model::{Label, PerformanceKind, PerformanceTable, Place, Table, TableKind};

use crate::lexicon::{Lexicon, units};
use crate::text::{fold, squeeze};
use crate::years::before_year;

/// Lines of a cover, before the contents.
const COVER: usize = 24;
/// A title is set over at most so many lines.
const TITLE_LINES: usize = 4;
/// Most characters of a name.
const LONGEST_NAME: usize = 40;
/// Longer lines are sentences.
const LONGEST_LINE: usize = 60;

/// The entity: the name that most tables print behind 编制部门, else what the cover says, else the overall targets.
pub(crate) fn entity(tables: &[Table], targets: &[PerformanceTable], lines: &[&Line<'_>]) -> Option<Label> {
    let compilers = tables.iter().filter_map(|table| table.compiler.as_ref());
    most(compilers).or_else(|| cover(lines)).or_else(|| {
        let overall = targets.iter().filter(|table| table.kind == PerformanceKind::Overall);
        most(overall.filter_map(|table| table.unit.as_ref()))
    })
}

/// The name that is printed most, of equals the first.
fn most<'l>(labels: impl Iterator<Item = &'l Label>) -> Option<Label> {
    let mut counts: HashMap<&str, (usize, Place)> = HashMap::new();
    for label in labels.filter(|label| is_name(&label.text)) {
        counts.entry(&label.text).or_insert((0, label.place)).0 += 1;
    }
    let best = counts.into_iter().max_by_key(|(_, (count, place))| (*count, std::cmp::Reverse(*place)));
    best.map(|(name, (_, place))| Label::new(name, place))
}

/// The name in the title on the cover, which may be set over several lines:
/// `云溪县文化馆（汇总）` / `2025年部门预算公开说明`, `2025年度云溪县文化` / `和旅游局预算公开`.
pub(crate) fn cover(lines: &[&Line<'_>]) -> Option<Label> {
    let is_contents =
        |text: &str| text == "目录" || Lexicon::title(text).is_some_and(|title| title.kind != TableKind::Other);
    let cover: Vec<(&Line<'_>, String)> = lines
        .iter()
        .take(COVER)
        .map(|line| (*line, fold(&line.text)))
        .take_while(|(_, text)| !is_contents(text))
        .filter(|(_, text)| text.chars().count() <= LONGEST_LINE)
        .collect();
    // 部门名称：云溪县文化馆 单位：万元
    let labelled = cover.iter().find_map(|(line, _)| {
        let text = squeeze(&line.text);
        let word = units::caption_word(&text).filter(|word| word.is_compiler && is_name(word.value))?;
        Some(Label::new(word.value, line.place(0)))
    });
    labelled.or_else(|| {
        (0..cover.len()).find_map(|first| {
            (1..=TITLE_LINES).find_map(|count| {
                let title = cover.get(first..first + count)?;
                let text: String = title.iter().map(|(line, _)| squeeze(&line.text)).collect();
                let name = name_in_title(&text)?;
                title.first().map(|(line, _)| Label::new(name, line.place(0)))
            })
        })
    })
}

/// The name in a title that says what the document is: what stands before 部门预算, or behind it, but for the year.
fn name_in_title(title: &str) -> Option<String> {
    if title.contains(['。', '，', '；', '、', '《']) || title.chars().count() > LONGEST_LINE + LONGEST_NAME {
        return None;
    }
    let stage = ["预算", "决算"].iter().filter_map(|word| title.find(word)).min()?;
    let before = title.get(..stage)?;
    let year = year_in(before)?;
    let (before_year, behind_year) = (before.get(..year.start)?, before.get(year.end..)?);
    // 云溪县文化馆2025年部门预算, 2025年度云溪县文化馆部门预算
    [before_year, behind_year].into_iter().map(without_form).find(|name| is_name(name)).map(ToOwned::to_owned)
}

/// The bytes of a year with its word: `2025年度`, `二〇二五年`.
fn year_in(text: &str) -> Option<std::ops::Range<usize>> {
    text.match_indices('年').find_map(|(at, word)| {
        let before = text.get(..at)?;
        let start = before.char_indices().rev().nth(3).map(|(start, _)| start)?;
        before_year(&fold(before.get(start..)?))?;
        let end = at + word.len();
        let end = if text.get(end..)?.starts_with('度') { end + '度'.len_utf8() } else { end };
        Some(start..end)
    })
}

/// A name without the words of the form around it: `部门`, `单位综合`, `附件2`.
fn without_form(name: &str) -> &str {
    let mut name = name.trim_matches(|character: char| character.is_ascii_digit() || "：:-—.".contains(character));
    while let Some(rest) = Lexicon::front_words().find_map(|word| name.strip_suffix(word)) {
        name = rest;
    }
    name.strip_prefix("附件").map_or(name, |rest| rest.trim_start_matches(|character: char| character.is_ascii_digit()))
}

/// Whether a text can be the name of an entity: letters, and the last word of one.
pub(crate) fn is_name(text: &str) -> bool {
    let folded = fold(text);
    let bare = folded.trim_end_matches(')');
    let bare = bare.rsplit_once('(').map_or(folded.as_str(), |(name, _)| name);
    let count = folded.chars().count();
    (3..=LONGEST_NAME).contains(&count)
        && folded.chars().all(|character| character.is_alphabetic() || "()·\"".contains(character))
        && Lexicon::ends_as_entity(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cover: &[&str]) -> Option<String> {
        let lines: Vec<Line<'_>> = (1..).zip(cover).map(|(number, text)| Line::new(*text, 1, number)).collect();
        super::cover(&lines.iter().collect::<Vec<_>>()).map(|label| label.text)
    }

    #[test]
    fn the_cover_names_the_entity_in_one_line_or_over_several() {
        for (cover, name) in [
            (vec!["云溪县文化馆2025年单位预算公开"], "云溪县文化馆"),
            (vec!["云溪县文化和旅游局（汇总）", "2025年部门预算公开说明", "目　录"], "云溪县文化和旅游局（汇总）"),
            (vec!["2025 年度云溪县中级", "人民法院预算公开", "2025 年 2 月 24 日"], "云溪县中级人民法院"),
            (vec!["附件2", "2025年部门综合预算公开报表", "部门名称：云溪县应急管理局"], "云溪县应急管理局"),
            (vec!["项目支出绩效目标表", "部门名称：云溪县文化馆  单位：万元"], "云溪县文化馆"),
            (vec!["二〇二五年", "云溪县统计局", "部门预算"], "云溪县统计局"),
        ] {
            assert_eq!(of(&cover).as_deref(), Some(name), "{cover:?}");
        }
    }

    #[test]
    fn sentences_and_tables_name_nobody() {
        assert_eq!(of(&["根据云溪县财政局2025年预算编制要求，现公开如下。"]), None);
        assert_eq!(of(&["2025年收支预算总表", "单位：万元"]), None);
        assert_eq!(of(&["目录", "云溪县文化馆2025年单位预算公开"]), None);
    }
}
