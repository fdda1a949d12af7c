//! Names that a page broke over several lines, in tables whose columns are kept by blanks: nothing rules the rows there.
//!
//! ```text
//!           机关事业单位基本养老保
//! 2080505   险缴费支出               274.20
//! ```
//!
//! Lines that print nothing but words belong to the row of figures above or below them. The pieces that together are the name
//! of the row's class, or a label that is known, are its name; where no division gives one, the row is in doubt.

use std::collections::HashMap;

use budget_model::{Aspect, Code, Label, Place};

use super::body::PrintedRow;
use crate::lexicon::{Lexicon, NameOf, Title};
use crate::text::fold;

/// Most pieces of a name above or below the line of its figures.
const MOST: usize = 3;

/// Puts the pieces of names together, panel by panel.
pub(super) fn join(rows: Vec<PrintedRow>, title: Option<&Title>) -> Vec<PrintedRow> {
    let mut panels: Vec<u8> = rows.iter().map(|row| row.panel).collect();
    panels.sort_unstable();
    panels.dedup();
    let mut joined: Vec<(usize, PrintedRow)> = Vec::with_capacity(rows.len());
    let numbered: Vec<(usize, PrintedRow)> = rows.into_iter().enumerate().collect();
    for panel in panels {
        let list: Vec<(usize, PrintedRow)> = numbered.iter().filter(|(_, row)| row.panel == panel).cloned().collect();
        joined.extend(of_panel(list, title));
    }
    joined.sort_by_key(|(at, _)| *at);
    joined.into_iter().map(|(_, row)| row).collect()
}

fn of_panel(mut list: Vec<(usize, PrintedRow)>, title: Option<&Title>) -> Vec<(usize, PrintedRow)> {
    misplaced(&mut list);
    let mut taken = vec![false; list.len()];
    for index in 0..list.len() {
        let Some((_, row)) = list.get(index) else { continue };
        if is_piece(row, title) || taken.get(index) == Some(&true) {
            continue;
        }
        let is_free =
            |at: &usize| taken.get(*at) == Some(&false) && list.get(*at).is_some_and(|(_, row)| is_piece(row, title));
        let adjacent = |one: usize, other: usize| match (list.get(one), list.get(other)) {
            (Some((_, one)), Some((_, other))) => are_adjacent(one.place, other.place),
            _ => false,
        };
        let above = (1..=MOST.min(index))
            .take_while(|back| is_free(&(index - back)) && adjacent(index - back, index - back + 1))
            .count();
        let below = (1..=MOST).take_while(|on| is_free(&(index + on)) && adjacent(index + on - 1, index + on)).count();
        if above + below == 0 {
            continue;
        }
        let own = row.label.as_ref().map(|label| label.text.clone());
        let text =
            |at: usize| list.get(at).and_then(|(_, row)| row.label.as_ref()).map_or("", |label| label.text.as_str());
        let name = |up: usize, down: usize| {
            let parts = (index - up..index).map(text).chain([own.as_deref().unwrap_or_default()]);
            parts.chain((index + 1..=index + down).map(text)).collect::<String>()
        };
        let divisions = (0..=above).flat_map(|up| (0..=below).map(move |down| (up, down)));
        let mut known = divisions.filter(|(up, down)| is_name(row.code, &name(*up, *down), title));
        let found = known.next();
        let (division, is_certain) = match (found, &own) {
            (Some(division), _) => (division, known.next().is_none()),
            // A name of two lines stands above and below its figures.
            (None, None) => ((above.min(1), below.min(1)), false),
            (None, Some(_)) => ((0, 0), false),
        };
        let (up, down) = division;
        let text = name(up, down);
        let place = list.get(index - up).map(|(_, row)| row.label.as_ref().map_or(row.place, |label| label.place));
        let is_official = found.is_some() && is_certain;
        for at in (index - up..index).chain(index + 1..=index + down) {
            if let Some(slot) = taken.get_mut(at) {
                *slot = true;
            }
        }
        if let Some((_, row)) = list.get_mut(index) {
            if up + down > 0 {
                row.label = place.map(|place| Label::new(text, place));
            }
            if !is_official {
                row.doubts.add(Aspect::Row);
            }
        }
    }
    list.into_iter().zip(taken).filter(|(_, taken)| !taken).map(|(row, _)| row).collect()
}

/// Rows whose name stands in another column than that of most rows, or behind a figure, may have the name of something else:
/// of a second classification, where a line of their own name is missing.
fn misplaced(list: &mut [(usize, PrintedRow)]) {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for column in list.iter().filter_map(|(_, row)| row.label_column.filter(|_| !row.figures.is_empty())) {
        *counts.entry(column).or_default() += 1;
    }
    let usual =
        counts.into_iter().max_by_key(|(column, count)| (*count, usize::MAX - column)).map(|(column, _)| column);
    for (_, row) in list.iter_mut() {
        let Some(column) = row.label_column else { continue };
        let is_total = row.label.as_ref().is_some_and(|label| Lexicon::is_total(&label.text));
        let is_behind_figure = row.figures.iter().any(|figure| figure.column < column);
        if (Some(column) != usual && !is_total) || is_behind_figure {
            row.doubts.add(Aspect::Row);
        }
    }
}

/// A row of words alone, which are no label of their own.
fn is_piece(row: &PrintedRow, title: Option<&Title>) -> bool {
    let is_bare = row.code.is_none() && row.figures.is_empty() && row.unread.is_empty();
    is_bare && row.label.as_ref().is_some_and(|label| !is_name(None, &label.text, title))
}

/// Whether a text is the name of a class, or a label that is known.
fn is_name(code: Option<Code>, text: &str, title: Option<&Title>) -> bool {
    let folded = fold(text);
    match code {
        // Where a longer name of the class goes on from here, the rest of it may be missing.
        Some(code) => {
            let names = || Lexicon::class_names(code).iter().map(|name| fold(name.text()));
            names().any(|name| name == folded) && !names().any(|name| name != folded && name.starts_with(&folded))
        }
        // 01行政运行: a part of a code that ran into the name
        None if folded.is_empty()
            || folded.starts_with(|first: char| first.is_ascii_digit()) && !has_ordinal(&folded) =>
        {
            false
        }
        None => title.is_some_and(|title| Lexicon::row(text, &[], title, None, NameOf::Any).is_some()),
    }
}

/// 1. or 1、 in front
fn has_ordinal(folded: &str) -> bool {
    folded.trim_start_matches(|digit: char| digit.is_ascii_digit()).starts_with(['.', '、', ')', ','])
}

/// Whether two places stand in lines that follow each other.
fn are_adjacent(one: Place, other: Place) -> bool {
    one.page() == other.page() && one.line().abs_diff(other.line()) <= 1
}

/// Whether the name of a row is complete: that of its class, or a label that is known.
pub(super) fn is_complete(code: Option<Code>, label: &Label, title: Option<&Title>) -> bool {
    is_name(code, &label.text, title)
}
