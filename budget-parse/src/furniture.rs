//! What the pages of a document carry besides its content: page numbers, running heads and feet, watermarks.
//!
//! Such lines stand between the lines of a table, of a name or of a sentence, so they are taken away before anything is
//! read. They are known by their form (`第 1 页，共 17 页`) or because they come back on page after page.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use budget_document::Line;

use crate::lexicon::around::OF_TABLES;
use crate::page_number::page_number;
use crate::text::{fold, has_decimals};

/// Lines at the top or bottom of a page that a running head or foot may be.
const EDGE: usize = 2;

/// A head or foot comes back on at least so many pages.
const PAGES: usize = 3;

/// Longer lines are no heads or feet, in bytes.
const LONGEST: usize = 120;

/// Lines that are furniture, by index.
pub(crate) fn find(lines: &[&Line<'_>]) -> BTreeSet<usize> {
    let of_text = lines.iter().enumerate().filter(|(_, line)| !line.is_of_cell());
    let mut found = BTreeSet::new();
    // A page number stands below or above a running foot or head.
    let mut content = Vec::with_capacity(lines.len());
    for (index, line) in of_text {
        match page_number(&line.text) {
            Some(number) if number.is_marked => {
                found.insert(index);
            }
            Some(_) => {}
            None => content.push(index),
        }
    }
    found.extend(recurring(lines, &content));
    found
}

/// What of a line comes back on every page.
struct Recurrence {
    lines: Vec<usize>,
    pages: BTreeSet<u32>,
    /// How far from the edge of its page it stands, counted from above or, below, with a minus.
    positions: BTreeSet<i8>,
    has_year: bool,
}

/// Lines that are alike but for their numbers on page after page: always at the same edge, or (a watermark) once on nearly
/// every page.
fn recurring(lines: &[&Line<'_>], content: &[usize]) -> Vec<usize> {
    let page = |index: &usize| lines.get(*index).map_or(0, |line| line.page);
    let of_pages = || content.chunk_by(|one, next| page(one) == page(next));
    let pages = of_pages().count();
    if pages < PAGES {
        return Vec::new();
    }
    let mut groups: HashMap<String, Recurrence> = HashMap::new();
    for run in of_pages() {
        for (at, index) in run.iter().enumerate() {
            let Some(line) = lines.get(*index) else { continue };
            let Some((key, has_year)) = key(&line.text) else { continue };
            let below = run.len() - 1 - at;
            let position = match (at, below) {
                (at, below) if at < EDGE && at <= below => at as i8 + 1,
                (_, below) if below < EDGE => -(below as i8) - 1,
                _ => 0,
            };
            let group = groups.entry(key).or_insert_with(|| Recurrence {
                lines: Vec::new(),
                pages: BTreeSet::new(),
                positions: BTreeSet::new(),
                has_year,
            });
            group.lines.push(*index);
            group.pages.insert(page(index));
            group.positions.insert(position);
        }
    }
    let is_furniture = |group: &&Recurrence| {
        let count = group.pages.len();
        let once = group.lines.len() == count;
        let at_edge = !group.positions.contains(&0)
            && (group.positions.iter().all(|at| *at > 0) || group.positions.iter().all(|at| *at < 0));
        count >= PAGES && once && ((at_edge && (group.has_year || count * 2 >= pages)) || count * 4 >= pages * 3)
    };
    groups.values().filter(is_furniture).flat_map(|group| group.lines.iter().copied()).collect()
}

/// A line with `#` for its numbers, and whether it names a year, as heads and feet do and the last rows of tables do not. `None` for lines that are parts of tables, titles or sentences.
fn key(text: &str) -> Option<(String, bool)> {
    if text.len() > LONGEST || has_decimals(text) {
        return None;
    }
    let folded = fold(text);
    // 表3, 附表3, 公开表3 are numbers of tables, 第三部分 and 1、… are headings.
    let number_of_table = folded.trim_end_matches(|character: char| character.is_ascii_digit());
    if folded.chars().count() < 4
        || folded.ends_with(['表', ',', ';', ':'])
        || number_of_table.ends_with('表')
        || folded.contains(['、'])
        || OF_TABLES.is_in(&folded)
    {
        return None;
    }
    let mut key = String::with_capacity(folded.len());
    for character in folded.chars() {
        let character = if character.is_ascii_digit() { '#' } else { character };
        if character != '#' || !key.ends_with('#') {
            key.push(character);
        }
    }
    // A line of numbers alone is a row, and one that begins with a number of its own mostly as well.
    let has_words = key.chars().any(|character| character.is_alphabetic());
    has_words.then(|| {
        let has_year = key.contains("#年");
        (key, has_year)
    })
}

/// The lines without those at `furniture`. What follows one of them begins a page or goes on with one.
pub(crate) fn without<'l, 'a>(lines: &[&'l Line<'a>], furniture: &BTreeSet<usize>) -> Vec<Cow<'l, Line<'a>>> {
    let mut below = false;
    let mut after_blank = false;
    let mut kept = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        if furniture.contains(&index) {
            (below, after_blank) = (true, after_blank || line.after_blank);
            continue;
        }
        let is_moved = std::mem::take(&mut below) && !line.is_of_cell();
        let blank = std::mem::take(&mut after_blank);
        let changed = is_moved && (!line.page_start || blank && !line.after_blank);
        kept.push(match changed {
            true => Cow::Owned((*line).clone().page_start(true).after_blank(line.after_blank || blank)),
            false => Cow::Borrowed(*line),
        });
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(pages: &[&[&'static str]]) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        for (page, texts) in (1..).zip(pages) {
            for (at, text) in texts.iter().enumerate() {
                let number = lines.len() as u32 + 1;
                let page_start = at == 0;
                lines.push(Line::new(*text, page, number).page_start(page_start));
            }
        }
        lines
    }

    fn kept(lines: &[Line<'static>]) -> Vec<(String, bool)> {
        let lines: Vec<_> = lines.iter().collect();
        let kept = without(&lines, &find(&lines));
        kept.into_iter().map(|line| (line.text.to_string(), line.page_start)).collect()
    }

    #[test]
    fn what_stands_first_on_page_after_page_is_taken_away_and_the_page_begins_below() {
        let lines = pages(&[
            &["云溪县文化馆2025年部门预算公开", "第一部分 概况", "职责", "- 1 -"],
            &["云溪县文化馆2025年部门预算公开", "机构设置", "第二部分 预算公开表", "- 2 -"],
            &["云溪县文化馆2025年部门预算公开", "表1", "部门收支总体情况表", "- 3 -"],
            &["云溪县文化馆2025年部门预算公开", "表2", "部门收入总体情况表", "- 4 -"],
        ]);
        let kept = kept(&lines);
        let expected = [
            ("第一部分 概况", true),
            ("职责", false),
            ("机构设置", true),
            ("第二部分 预算公开表", false),
            ("表1", true),
            ("部门收支总体情况表", false),
            ("表2", true),
            ("部门收入总体情况表", false),
        ];
        assert_eq!(kept, expected.map(|(text, start)| (text.to_owned(), start)));
    }

    #[test]
    fn headers_titles_and_notes_that_come_back_are_no_furniture() {
        let page = &["科目编码 科目名称 合计", "本部门无政府性基金预算，故此表为空。"][..];
        let lines = pages(&[page, page, &["表1", "甲乙丙丁"], &["表2", "甲乙丙丁"], &["表3", "戊己庚辛"]]);
        assert_eq!(kept(&lines).len(), lines.len());
    }

    #[test]
    fn a_line_inside_nearly_every_page_is_a_watermark() {
        let lines = pages(&[
            &["一行", "二行", "云溪县财政局", "四行", "五行"],
            &["六行", "七行", "八行", "云溪县财政局", "九行", "十行"],
            &["甲", "乙", "云溪县财政局", "丁", "戊"],
        ]);
        assert_eq!(kept(&lines).len(), lines.len() - 3);
    }
}
