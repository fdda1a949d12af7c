//! A grid and the lines of text around it.

use std::borrow::Cow;

use budget_document::{CellValue, GridCell, Line};
use budget_model::{Label, TableKind};

use super::caption::{self, Caption};
use super::sheet::{Field, Sheet};
use crate::lexicon::Lexicon;
use crate::text::{fold, squeeze};

/// A grid and the lines of text around it.
pub(super) struct Part<'g> {
    pub(super) sheet: Sheet<'g>,
    /// Indices of the lines between the grid before and this one, and behind it.
    pub(super) before: std::ops::Range<usize>,
    pub(super) behind: std::ops::Range<usize>,
}

/// Most lines of header words that stand above a grid and not in it.
const MOST_LEVELS: usize = 2;

/// Lines right above a grid that can be its title and caption, and right below it that can be its notes.
pub(super) const LINES_AROUND: usize = 6;

/// What stands above a grid in a document that has text as well.
#[derive(Debug, Default)]
pub(super) struct Above {
    /// The title and the text it is printed as.
    pub(super) title: Option<(String, Label)>,
    pub(super) caption: Caption,
    pub(super) used: Vec<usize>,
    /// Lines of header words between the caption and the grid.
    levels: usize,
}

/// The line above the last one of a title that is set over two lines:
/// `2025年一般公共预算支出明细表（按支出功能分类科` / `目-不含上年结转）`, `2025年一般公共预算基本支出情况` / `表`.
fn first_line<'l, 'a>(
    part: &Part<'_>,
    lines: &[&'l Line<'a>],
    index: usize,
    last: &str,
) -> Option<(usize, &'l Line<'a>)> {
    let at = index.checked_sub(1).filter(|at| part.before.contains(at))?;
    let line = lines.get(at)?;
    let is_known = |text: &str| Lexicon::title(text).is_some_and(|title| title.kind != TableKind::Other);
    let joined = fold(&line.text) + last;
    let opens = |text: &str| text.matches('(').count() as i64 - text.matches(')').count() as i64;
    let is_half = opens(last) < 0 && opens(&joined) == 0;
    (is_half || !is_known(last) && is_known(&joined)).then_some((at, *line))
}

/// The name of the grid and the lines right above it.
pub(super) fn above(part: &Part<'_>, lines: &[&Line<'_>]) -> Above {
    let mut above = Above::default();
    let mut second: Option<(String, String)> = None;
    for index in part.before.clone().rev().take(LINES_AROUND) {
        let Some(line) = lines.get(index) else { break };
        if above.used.contains(&index) {
            continue;
        }
        let place = line.place(0);
        let folded = fold(&line.text);
        let cell = GridCell::new(0, 0, CellValue::Text(Cow::Borrowed(&line.text)), place);
        let field = Field { column: 0, cell: &cell, folded: folded.clone(), used: false };
        if let Some(caption) = caption::read(std::slice::from_ref(&field)) {
            above.caption.complete(caption);
            above.used.push(index);
        } else if above.title.is_none() && second.is_none() && folded.starts_with('(') && folded.ends_with(')') {
            // 项目支出绩效目标表 / （2025年）: the second line of a title
            second = Some((folded, squeeze(&line.text)));
            above.used.push(index);
        } else if above.title.is_none() && folded.ends_with(['表', ')']) {
            let (more, printed) = second.take().unwrap_or_default();
            let first = first_line(part, lines, index, &folded);
            let (text, place) = match first {
                Some((at, first)) => {
                    above.used.push(at);
                    (squeeze(&first.text) + &squeeze(&line.text), first.place(0))
                }
                None => (squeeze(&line.text), place),
            };
            above.title = Some((fold(&text) + &more, Label::new(text + &printed, place)));
            above.used.push(index);
        } else if above.title.is_none() && second.is_none() && Lexicon::title_above_grid(&folded).is_some() {
            above.title = Some((folded, Label::new(squeeze(&line.text), place)));
            above.used.push(index);
        } else if above.used.is_empty() && above.levels < MOST_LEVELS && Lexicon::is_header_word(&folded) {
            // 一般公共预算支出, the top level of a header alone in its line
            above.levels += 1;
        } else {
            break;
        }
    }
    if let Some((folded, printed)) = second
        && let Some(line) = above.used.last().and_then(|index| lines.get(*index))
    {
        above.title = Some((folded, Label::new(printed, line.place(0))));
    }
    if above.title.is_none()
        && let Some(name) = part.sheet.grid.name()
        && let Some(place) = part.sheet.rows.iter().flatten().map(Field::place).next()
    {
        above.title = Some((fold(name), Label::new(squeeze(name), place)));
    }
    above
}

#[cfg(test)]
mod tests {
    use budget_document::Grid;

    use super::*;

    fn title(above: &[&'static str]) -> Option<String> {
        let lines: Vec<Line<'_>> = (1..).zip(above).map(|(number, text)| Line::new(*text, 1, number)).collect();
        let lines: Vec<&Line<'_>> = lines.iter().collect();
        let grid = Grid::new(Vec::new());
        let part = Part { sheet: Sheet::new(&grid), before: 0..lines.len(), behind: lines.len()..lines.len() };
        super::above(&part, &lines).title.map(|(_, title)| title.text)
    }

    #[test]
    fn a_title_over_two_lines_is_one_title() {
        for (above, whole) in [
            (
                &["表5", "2025年部门综合预算一般公共预算支出明细表（按支出功能分类科", "目-不含上年结转）", "单位：元"]
                    [..],
                "2025年部门综合预算一般公共预算支出明细表（按支出功能分类科目-不含上年结转）",
            ),
            (&["一般公共预算基本支出", "预算表", "单位：万元"], "一般公共预算基本支出预算表"),
            (&["云溪县文化馆", "收支总表", "单位：万元"], "收支总表"),
            (&["（三）机构设置", "一般公共预算支出表", "（2025年）"], "一般公共预算支出表（2025年）"),
        ] {
            assert_eq!(title(above).as_deref(), Some(whole), "{above:?}");
        }
    }
}
