//! What the pages of a document carry besides its content: page numbers, running heads and feet, watermarks.
//!
//! Such lines stand between the lines of a table, of a name or of a sentence, so they are taken away before anything is
//! read. They are known by their form (`第 1 页，共 17 页`) or because they come back on page after page.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use budget_document::Line;

use crate::lexicon::around::{OF_TABLES, PAGE_NUMBERS, PAGES_FIRST};
use crate::text::{fold, has_decimals, is_numeral, trim};

/// Longer lines are no page numbers, in bytes with white space.
const LONGEST_PAGE_NUMBER: usize = 120;

/// What a line prints that prints nothing but a page number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageNumber {
    /// `36`: a number alone, which may as well be a code or a figure.
    Bare,
    /// `- 36 -`, `第 1 页，共 17 页`: nothing else looks like this.
    Marked,
}

/// Whether a line prints nothing but a page number, and how.
pub(crate) fn page_number(text: &str) -> Option<PageNumber> {
    let text = trim(text);
    if text.is_empty() || text.len() > LONGEST_PAGE_NUMBER {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return (text.len() <= 3 && number(text)? > 0).then_some(PageNumber::Bare);
    }
    // Most lines do not begin like one.
    let first = text.chars().next()?;
    if matches!(first, '\u{4e00}'..='\u{9fff}')
        && PAGE_NUMBERS.beginning_with(first).next().is_none()
        && !is_numeral(first)
    {
        return None;
    }
    let folded = fold(text).to_ascii_lowercase();
    let is_mark = |character: char| {
        matches!(character, '-' | '\u{2212}' | '·' | '•' | '∙' | '・' | '~' | '|' | '_' | '=' | '/' | '[' | ']')
    };
    let inside = folded.trim_matches(is_mark);
    if inside.bytes().all(|byte| byte.is_ascii_digit()) {
        // A mark on one side only may be a sign: -36.
        let both = folded.starts_with(is_mark) && folded.ends_with(is_mark);
        let number = number(inside).filter(|number| (1..=9999).contains(number))?;
        return match both {
            true => Some(PageNumber::Marked),
            // ３６
            false if inside == folded && number <= 999 => Some(PageNumber::Bare),
            false => None,
        };
    }
    let (form, numbers) = form(inside)?;
    if !PAGE_NUMBERS.contains(&form) || (form == "NN" && !inside.contains('/')) {
        return None;
    }
    let is_possible = match numbers.as_slice() {
        [number] => *number > 0,
        [all, number] if PAGES_FIRST.contains(&form) => (1..=*all).contains(number),
        [number, all] => (1..=*all).contains(number),
        _ => false,
    };
    is_possible.then_some(PageNumber::Marked)
}

/// Whether a line prints nothing but a page number: `36`, `- 36 -`, `第 1 页，共 17 页`.
#[must_use]
pub fn is_page_number(text: &str) -> bool {
    page_number(text).is_some()
}

/// The words of a folded text with `N` for each number, and the numbers. `None` if it has other characters, or more
/// numbers than a page number has.
fn form(folded: &str) -> Option<(String, Vec<u32>)> {
    let (mut form, mut numbers) = (String::new(), Vec::new());
    let mut rest = folded;
    while let Some(first) = rest.chars().next() {
        let is_digit = |character: char| character.is_ascii_digit() || is_numeral(character);
        let digits = rest.find(|character| !is_digit(character)).unwrap_or(rest.len());
        if let (Some(run), Some(behind)) = (rest.get(..digits).filter(|run| !run.is_empty()), rest.get(digits..)) {
            numbers.push(number(run)?);
            form.push('N');
            rest = behind;
        } else {
            match first {
                'a'..='z' | '\u{4e00}'..='\u{9fff}' => form.push(first),
                ',' | '，' | '/' | ';' | ':' | '|' | '.' | '(' | ')' | '-' | '、' => {}
                _ => return None,
            }
            rest = rest.get(first.len_utf8()..)?;
        }
        if numbers.len() > 2 || form.len() > LONGEST_PAGE_NUMBER {
            return None;
        }
    }
    Some((form, numbers))
}

/// A number of a page, in digits or Chinese numerals: 17, 十七.
fn number(text: &str) -> Option<u32> {
    if text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    if text.chars().count() > 5 {
        return None;
    }
    let (mut sum, mut digit) = (0, None);
    for character in text.chars() {
        match character {
            '十' => sum += digit.take().unwrap_or(1) * 10,
            '百' => sum += digit.take().unwrap_or(1) * 100,
            _ => {
                digit = Some(
                    "〇一二三四五六七八九"
                        .chars()
                        .position(|other| other == if character == '零' { '〇' } else { character })?
                        as u32,
                )
            }
        }
    }
    Some(sum + digit.unwrap_or(0))
}

/// Lines at the top or bottom of a page that a running head or foot may be.
const EDGE: usize = 2;

/// A head or foot comes back on at least so many pages.
const PAGES: usize = 3;

/// Lines that are furniture, by index.
pub(crate) fn find(lines: &[&Line<'_>]) -> BTreeSet<usize> {
    let of_text = || lines.iter().enumerate().filter(|(_, line)| !line.is_of_cell());
    let mut found: BTreeSet<usize> = of_text()
        .filter(|(_, line)| page_number(&line.text) == Some(PageNumber::Marked))
        .map(|(index, _)| index)
        .collect();
    // A page number stands below or above a running foot or head.
    let content: Vec<usize> = of_text()
        .filter(|(index, line)| !found.contains(index) && page_number(&line.text).is_none())
        .map(|(index, _)| index)
        .collect();
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
    let mut groups: HashMap<String, Recurrence> = HashMap::new();
    let mut pages = 0;
    for run in content.chunk_by(|one, next| page(one) == page(next)) {
        pages += 1;
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
    if text.len() > LONGEST_PAGE_NUMBER || has_decimals(text) {
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

    #[test]
    fn page_numbers_are_told_by_their_form() {
        for text in [
            "第 1 页，共 17 页",
            "第1页/共17页",
            "第1页 共17页",
            "- 1 -",
            "－1－",
            "— 1 —",
            "1 / 17",
            "1/17",
            "Page 1 of 17",
            "第十页",
            "第 ３ 页",
            "共17页，第1页",
            "·1·",
            "P1",
            "p. 12",
            "第二十一页 共三十页",
            "页码：3/17",
            "第 3/17 页",
        ] {
            assert_eq!(page_number(text), Some(PageNumber::Marked), "{text}");
        }
        for text in ["36", " 7 ", "１２"] {
            assert_eq!(page_number(text), Some(PageNumber::Bare), "{text}");
        }
        for text in [
            "",
            "0",
            "-36",
            "36-",
            "12345",
            "2025",
            "0.5",
            "- 0.50 -",
            "17/1",
            "第3条",
            "第一部分",
            "一",
            "三、其他",
            "30人",
            "-",
            "208 05",
            "(1)",
            "12页",
            "共 3 家",
            "第 5 页，共 2 页",
            "Page",
            "1/2/3",
            "一十",
        ] {
            assert_eq!(page_number(text), None, "{text}");
        }
    }

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
