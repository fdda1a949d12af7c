//! The reader on invented tables, one trap each, and on the hand-read truth where that is at hand.

use budget_document::Line;
use budget_model::Disclosure;

mod any_text;
mod forms;
mod gaps;
mod gold;
mod labels;
mod page_breaks;
mod values;

use self::gold::indicator_rows;
use super::read;
use crate::consumption::Consumption;
use crate::text::squeeze;

/// A text as a reader hands it over: a line that begins with a space right behind another begins a page.
fn lines(text: &str, keep_blanks: bool) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut page, mut after_blank) = (1, false);
    for (index, text) in text.lines().enumerate() {
        if text.trim().is_empty() {
            after_blank = keep_blanks;
            continue;
        }
        let page_start = lines.is_empty() || (text.starts_with(' ') && !after_blank);
        page += u32::from(page_start && !lines.is_empty());
        let number = if keep_blanks { index } else { lines.len() } as u32 + 1;
        lines.push(Line::new(text, page, number).after_blank(after_blank).page_start(page_start));
        after_blank = false;
    }
    lines
}

/// Tables from their titles to the next title or to the heading behind the last table.
fn regions(lines: &[&Line<'_>]) -> Vec<std::ops::Range<usize>> {
    let is_title = |line: &str| {
        let line = squeeze(line);
        line.ends_with("绩效目标表") && line.chars().count() <= 12
    };
    let is_heading = |line: &str| line.contains("其他需说明的事项") || line.trim_start().starts_with("第四部分");
    let titles = lines.iter().enumerate().filter(|(_, line)| is_title(&line.text)).map(|(index, _)| index);
    let until = |from: usize| {
        let ends = |line: &&&Line<'_>| is_title(&line.text) || is_heading(&line.text);
        lines.iter().skip(from + 1).position(|line| ends(&line)).map_or(lines.len(), |end| from + 1 + end)
    };
    titles.map(|title| title..until(title)).collect()
}

/// The document, and the share of the characters and numbers of its tables that were not consumed, as text.
fn read_text(text: &str, keep_blanks: bool) -> (Disclosure, Vec<String>) {
    let lines = lines(text, keep_blanks);
    let lines: Vec<&Line<'_>> = lines.iter().collect();
    let regions = regions(&lines);
    let mut disclosure = Disclosure::default();
    let mut consumption = Consumption::new(lines.len());
    for (index, _) in lines.iter().enumerate() {
        if !regions.iter().any(|region| region.contains(&index)) {
            consumption.whole(index);
        }
    }
    read(&lines, &regions, &mut disclosure, &mut consumption);
    let ledger = consumption.ledger(&lines);
    let unread = ledger.unread.iter().map(|label| format!("{}: {}", label.place.line(), label.text)).collect();
    (disclosure, unread)
}

/// The head of an invented project table of the full form.
const HEAD: &str = " 项目支出绩效目标表\n\n（2025年）\n\n预算单位 云溪县文化馆\n\n项目名称 2025 年免费开放补助经费 项目负责人\n白露·江\n\n\
    河\n\n项目资金(万\n\n元)\n年度预算总额 1,020.50\n\n其中：财政拨\n\n款\n1,000.00 其他资金 20.50\n\n项目总体目标\n\n\
    全年开放 300 天以上，服务群众 2 万人\n\n次。\n\n";

/// Its header.
const HEADER: &str = "一级\n\n指标\n\n二级\n\n指标\n三级指标\n\n指标\n\n值\n\n指标值设置依\n\n据\n\n上年\n\n完成\n\n值\n\n指标\n\n\
    分值\n\n权重\n\n指标赋分规则 佐证资料\n\n";

/// An indicator as `level1/level2/name/value/basis/last year/weight/scoring/evidence`, with `?` behind unsure levels.
fn shown(disclosure: &Disclosure) -> Vec<String> {
    let indicators = disclosure.performance.iter().flat_map(|table| &table.indicators);
    let certain = indicators.map(|indicator| if indicator.levels_certain { "" } else { "?" });
    let rows = indicator_rows(disclosure).into_iter().zip(certain);
    rows.map(|(row, sure)| [&row[2..6], &row[9..14]].concat().join("|") + sure).collect()
}

/// Reads a full-form table with these rows, with and without blank lines, and expects both to leave nothing unread.
fn read_rows(rows: &str) -> Vec<String> {
    let text = [HEAD, HEADER, rows].concat();
    let (with, unread) = read_text(&text, true);
    assert!(unread.is_empty(), "{unread:?}");
    let (without, unread) = read_text(&text, false);
    assert!(unread.is_empty(), "{unread:?}");
    assert_eq!(shown(&with), shown(&without), "blank lines make a difference");
    shown(&with)
}
