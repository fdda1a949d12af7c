//! The outline of a document: which lines are prose, which are a budget table, which are a performance table.

use std::collections::HashMap;
use std::ops::Range;

use budget_document::Line;

use crate::layout::{Layout, LayoutSet};
use crate::lexicon::{Lexicon, column_numbers, heading, table_number, units};
use crate::table::numbered_columns;
use crate::text::{fold, has_decimals, is_numeral, trim};

/// A run of lines of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) kind: RegionKind,
    /// Indices of lines.
    pub(crate) lines: Range<usize>,
}

/// What a region holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RegionKind {
    /// Sentences and headings.
    Prose,
    /// A budget table: its index in [`Layout::tables`], and where its title stands.
    Table {
        form: usize,
        /// Line of the title.
        title: usize,
    },
    /// A performance target table.
    Performance,
    /// A table that the layout does not have.
    OtherTable,
}

/// The layout that fits best and the regions of the document under it.
pub(crate) struct Outline<'l> {
    pub(crate) layout: &'l Layout,
    /// Whether another layout would have fitted as well or this one fits badly.
    pub(crate) uncertain: bool,
    pub(crate) regions: Vec<Region>,
    /// Lines that head a part without saying its number, and the number that the form gives the part.
    pub(crate) parts: Vec<(usize, usize)>,
}

/// Finds the layout and the regions. `None` if the set of layouts is empty.
pub(crate) fn outline<'l>(lines: &[&Line<'_>], layouts: &'l LayoutSet, year: Option<u16>) -> Option<Outline<'l>> {
    let headings: Vec<Heading> =
        lines.iter().enumerate().filter_map(|(index, line)| Heading::of(index, line)).collect();
    // The words below a title are the same for every layout.
    let mut below: HashMap<usize, Header> = HashMap::new();
    let mut best: Option<(Score, &Layout, Vec<Title>)> = None;
    let mut uncertain = false;
    let mut rivals: Vec<(&Layout, usize)> = Vec::new();
    for layout in layouts.layouts() {
        let titles = titles(lines, &headings, layout);
        let score = score(lines, &mut below, layout, &titles, year);
        rivals.push((layout, titles.len()));
        match &best {
            Some((best_score, other, _)) if *best_score == score => uncertain |= !layout.reads_like(other),
            Some((best_score, ..)) if *best_score > score => {}
            _ => {
                uncertain = false;
                best = Some((score, layout, titles));
            }
        }
    }
    let (score, layout, titles) = best?;
    // A form of another year that fits because the document is cut, or because it uses an old form.
    let of_year = |layout: &Layout| year.is_some_and(|year| (layout.years.0..=layout.years.1).contains(&year));
    uncertain |= !of_year(layout) && rivals.iter().any(|(other, count)| *count == titles.len() && of_year(other));
    let parts = parts(lines, layout);
    let others = other_titles(lines, &headings, layout);
    let regions = regions(lines.len(), &headings, &titles, &others, &parts);
    Some(Outline { layout, uncertain: score.fit == 0 || uncertain, regions, parts })
}

/// Lines that head a part of the form (云溪县文化馆主要职能): the first line of a page, with nothing but a heading in it.
fn parts(lines: &[&Line<'_>], layout: &Layout) -> Vec<(usize, usize)> {
    if layout.parts.is_empty() {
        return Vec::new();
    }
    // A sentence has marks, an entry of a list of contents an ordinal, a row that goes on behind a page break figures.
    let words = |index: usize| {
        let line = lines.get(index).filter(|line| !line.is_of_cell() && line.text.len() <= LONGEST_TITLE)?;
        let is_words = |folded: &String| !folded.contains(['。', ',', ';', ':', '、']) && !has_decimals(folded);
        Some(fold(&line.text)).filter(is_words)
    };
    let number = |index: usize| {
        let first = words(index)?;
        // A long heading may be broken over two lines.
        layout.part(&first).or_else(|| layout.part(&(first + &words(index + 1)?)))
    };
    let first_lines = lines.iter().enumerate().filter(|(_, line)| line.page_start);
    first_lines.filter_map(|(index, _)| Some((index, number(index)?))).collect()
}

/// The line of a title, and the form in the layout that it is the title of.
type Title = (usize, usize);

/// Longer lines are sentences: no title or heading is.
const LONGEST_TITLE: usize = 200;

/// A line that can be a title or a heading by its first or last character; most lines cannot.
struct Heading {
    line: usize,
    folded: String,
}

impl Heading {
    fn of(index: usize, line: &Line<'_>) -> Option<Self> {
        let text = trim(&line.text);
        if text.len() > LONGEST_TITLE {
            return None;
        }
        let first = text.chars().next()?;
        let may_be = matches!(first, '第' | '表' | '附' | '(' | '（')
            || is_numeral(first)
            || matches!(text.chars().next_back(), Some('表' | ')' | '）'));
        may_be.then(|| {
            let folded = fold(text);
            // 部门收入总体情况表（单位：万元）
            let title = units::behind_title(&folded).map(|(title, _)| title.to_owned());
            Self { line: index, folded: title.unwrap_or(folded) }
        })
    }
}

/// Lines that are the title of a table of the layout.
fn titles(lines: &[&Line<'_>], headings: &[Heading], layout: &Layout) -> Vec<Title> {
    let mut found = Vec::new();
    // What a sheet has of tables is read from its grid; a title in its prose is a list of contents or a sentence.
    let is_text = |heading: &&Heading| lines.get(heading.line).is_some_and(|line| !line.is_of_cell());
    for Heading { line, folded } in headings.iter().filter(|heading| heading.folded.ends_with('表')).filter(is_text) {
        let form_of = |text: &str| {
            layout
                .tables
                .iter()
                .position(|table| table.folded_titles.iter().any(|title| Lexicon::is_title_of(text, title)))
        };
        if let Some(form) = form_of(folded) {
            found.push((*line, form));
        } else if let Some(before) = line.checked_sub(1).and_then(|before| lines.get(before))
            && before.text.len() <= LONGEST_TITLE
            // A long title may be broken over two lines.
            && let Some(form) = form_of(&(fold(&before.text) + folded))
        {
            found.push((line - 1, form));
        }
    }
    found
}

/// What stands below a title.
struct Header {
    /// The lines, folded and joined, so that wrapped words are found.
    words: String,
    /// How many columns a row of column numbers counts.
    numbered: Option<usize>,
}

impl Header {
    fn below(title: usize, lines: &[&Line<'_>]) -> Self {
        // A figure with decimals belongs to a row, and rows stand below the header.
        let below = || lines.iter().skip(title + 1).take(HEADER_LINES).take_while(|line| !has_decimals(&line.text));
        Self {
            words: below().map(|line| fold(&line.text)).collect(),
            numbered: below().find_map(|line| numbered_columns(line)),
        }
    }
}

/// How well a layout fits, the greatest first.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    /// Titles found, the share of their header words that is printed, and column numbers that agree.
    fit: u64,
    /// Of layouts that fit equally, the one that explains more of the printed header.
    words: u64,
    is_of_year: bool,
}

/// Compares the titles of a layout, and what stands below them, with the document.
fn score(
    lines: &[&Line<'_>],
    below: &mut HashMap<usize, Header>,
    layout: &Layout,
    titles: &[Title],
    year: Option<u16>,
) -> Score {
    let mut score = Score::default();
    for (line, form) in titles {
        let Some(table) = layout.tables.get(*form) else { continue };
        score.fit += 1_000;
        let header = below.entry(*line).or_insert_with(|| Header::below(*line, lines));
        let words = table.column_words();
        let hits = words.clone().filter(|word| header.words.contains(word)).count() as u64;
        score.words += hits;
        score.fit += 1_000 * hits / u64::max(words.count() as u64, 1);
        score.fit += if header.numbered == Some(table.columns.len()) { 500 } else { 0 };
    }
    score.is_of_year = year.is_some_and(|year| (layout.years.0..=layout.years.1).contains(&year));
    score
}

/// Lines below a title that can belong to its header: the longest header of a form, wrapped at two characters.
const HEADER_LINES: usize = 64;

/// Lines that are the title of a table which the layout does not have: 一般公共预算支出预算表（功能科目）.
fn other_titles(lines: &[&Line<'_>], headings: &[Heading], layout: &Layout) -> Vec<OtherTitle> {
    let is_known = |folded: &str| {
        let mut titles = layout.tables.iter().flat_map(|table| &table.folded_titles);
        titles.any(|title| Lexicon::is_title_of(folded, title) || title.ends_with(folded))
    };
    let is_text = |heading: &&Heading| lines.get(heading.line).is_some_and(|line| !line.is_of_cell());
    let others = headings
        .iter()
        .filter(is_text)
        .filter(|heading| Lexicon::is_title(&heading.folded) && !heading::is_of_part(&heading.folded));
    others
        .filter(|heading| {
            // The second line of a title that the layout has.
            let above = heading.line.checked_sub(1).and_then(|above| lines.get(above));
            let both = above
                .filter(|above| above.text.len() <= LONGEST_TITLE)
                .map(|above| fold(&above.text) + &heading.folded);
            !is_known(&heading.folded) && !both.is_some_and(|both| is_known(&both))
        })
        .map(|heading| OtherTitle { line: heading.line, has_caption: has_caption(lines, heading.line) })
        .collect()
}

/// The title of a table that the layout does not have.
#[derive(Clone, Copy)]
struct OtherTitle {
    line: usize,
    /// Whether a unit of money or column numbers stand right below, as in no list of contents and no sentence.
    has_caption: bool,
}

/// Lines below a title in which its caption stands.
const CAPTION_LINES: usize = 4;

fn has_caption(lines: &[&Line<'_>], title: usize) -> bool {
    let below = lines.iter().skip(title + 1).take(CAPTION_LINES);
    let mut below = below.filter(|line| line.text.len() <= LONGEST_TITLE);
    below.any(|line| {
        let folded = fold(&line.text);
        let has_unit = units::caption_line(&line.text).is_some_and(|caption| caption.unit.is_some());
        has_unit || column_numbers::begins_with_name(&folded) || numbered_columns(line).is_some()
    })
}

fn regions(
    lines: usize,
    headings: &[Heading],
    titles: &[Title],
    others: &[OtherTitle],
    parts: &[(usize, usize)],
) -> Vec<Region> {
    let mut starts: Vec<(usize, RegionKind)> = Vec::new();
    for (title, form) in titles {
        // The number of the table stands above the title and belongs to it.
        let above = headings.partition_point(|heading| heading.line < *title).checked_sub(1);
        let above = above.and_then(|above| headings.get(above)).filter(|heading| heading.line + 1 == *title);
        let above = above.filter(|heading| table_number::is_number(&heading.folded)).map(|heading| heading.line);
        // A title that is repeated on the next page goes on with the same table.
        if !is_same_table(starts.last(), *form, *title, others) {
            starts.push((above.unwrap_or(*title), RegionKind::Table { form: *form, title: *title }));
        }
    }
    let performance = headings.iter().filter(|heading| Lexicon::is_title_of_targets(&heading.folded));
    starts.extend(performance.map(|heading| (heading.line, RegionKind::Performance)));
    let captioned = others.iter().filter(|other| other.has_caption);
    starts.extend(captioned.map(|other| (other.line, RegionKind::OtherTable)));
    starts.sort_by_key(|(line, _)| *line);
    let mut regions = Vec::new();
    let mut at = 0;
    for (position, (start, kind)) in starts.iter().enumerate() {
        if *start < at {
            continue;
        }
        // The title itself may be one that the layout does not have in full.
        let below = match kind {
            RegionKind::Table { title, .. } => title + 1,
            _ => start + 1,
        };
        if *start > at {
            regions.push(Region { kind: RegionKind::Prose, lines: at..*start });
        }
        let next = starts.get(position + 1).map_or(lines, |(line, _)| *line).max(start + 1);
        let inside = headings.partition_point(|heading| heading.line <= *start);
        let mut inside = headings.iter().skip(inside).take_while(|heading| heading.line < next);
        let ends = |heading: &&Heading| {
            let after = match kind {
                RegionKind::Performance => heading::is_of_remarks,
                RegionKind::OtherTable => heading::is_explanation,
                _ => heading::begins_explanation,
            };
            heading::is_of_part(&heading.folded) || after(&heading.folded)
        };
        let end = inside.find(ends).map_or(next, |heading| heading.line);
        let part = parts.partition_point(|(line, _)| line <= start);
        let end = parts.get(part).map_or(end, |(line, _)| end.min(*line));
        let other = others.get(others.partition_point(|other| other.line <= below)).map(|other| other.line);
        match other.filter(|other| matches!(kind, RegionKind::Table { .. }) && *other < end) {
            Some(other) => {
                regions.push(Region { kind: *kind, lines: *start..other });
                regions.push(Region { kind: RegionKind::OtherTable, lines: other..end });
            }
            None => regions.push(Region { kind: *kind, lines: *start..end }),
        }
        at = end;
    }
    if at < lines {
        regions.push(Region { kind: RegionKind::Prose, lines: at..lines });
    }
    regions
}

/// Whether a title goes on with the table before: it is the title of the same form, and no other table stands between.
fn is_same_table(before: Option<&(usize, RegionKind)>, form: usize, title: usize, others: &[OtherTitle]) -> bool {
    match before {
        Some((start, RegionKind::Table { form: last, .. })) => {
            *last == form
                && others.partition_point(|other| other.line <= *start + 1)
                    == others.partition_point(|other| other.line < title)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_in_the_text_of_a_sheet_opens_no_table() {
        let line = Line::new("部门收入总体情况表", 1, 1).page_start(true);
        let layouts = LayoutSet::built_in();
        let tables = |line: &Line<'_>| {
            let outline = outline(&[line], &layouts, None).unwrap();
            outline.regions.iter().filter(|region| region.kind != RegionKind::Prose).count()
        };
        assert_eq!(tables(&line), 1);
        assert_eq!(tables(&line.at(budget_model::Place::Cell { sheet: 0, row: 1, column: 1 })), 0);
    }
}
