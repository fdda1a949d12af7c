//! A grid and the lines of text around it.

use std::borrow::Cow;

use budget_document::{CellValue, GridCell, Line};
use budget_model::Label;

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

/// The name of the grid and the lines right above it.
pub(super) fn above(part: &Part<'_>, lines: &[&Line<'_>]) -> Above {
    let mut above = Above::default();
    let mut second: Option<(String, String)> = None;
    for index in part.before.clone().rev().take(LINES_AROUND) {
        let Some(line) = lines.get(index) else { break };
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
            above.title = Some((folded + &more, Label::new(squeeze(&line.text) + &printed, place)));
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
