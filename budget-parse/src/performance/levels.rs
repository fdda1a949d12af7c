//! Levels one and two of the indicators, from labels of merged cells.
//!
//! The label of a merged cell is printed once, somewhere inside its block: one producer of PDFs prints it before the first
//! row of the block, another before the last row that the block has on the page. Which habit a document has shows where
//! a boundary is forced: a label that is not printed before the first row of a table speaks for the last-row habit, rows
//! behind the last label speak for the first-row habit. Rows between two labels belong where the habit puts them.

use std::borrow::Cow;
use std::ops::Range;

use budget_model::PerformanceKind;

use super::stream::Stream;
use super::vocabulary::{self, LEVELS, Level, costs, level_suffix};

/// An entry of [`LEVELS`].
type Entry = (&'static str, Level);

/// A printed label of a level.
#[derive(Clone, Debug)]
pub(super) struct LevelLabel {
    /// The entry of [`LEVELS`].
    word: &'static str,
    level: Level,
    /// As printed.
    text: String,
}

impl LevelLabel {
    fn new(&(word, level): &'static Entry, text: String) -> Self {
        Self { word, level, text }
    }

    /// Appends the suffix that was cut off, and says whether there was need for it.
    pub(super) fn complete(&mut self, rest: &str) -> bool {
        let lacks = !self.text.ends_with(level_suffix());
        if lacks {
            self.text.push_str(rest);
        }
        lacks
    }
}

/// A label at a position: its entry in [`LEVELS`] and its end. It ends where a cell ends.
pub(super) fn label(stream: &Stream<'_, '_>, at: usize) -> Option<(&'static Entry, usize)> {
    let mut best: Option<(&Entry, usize)> = None;
    for (entry, bare) in stream.words(at, &LEVELS) {
        let end = stream.word(bare, level_suffix()).unwrap_or(bare);
        if stream.is_boundary(end) && best.is_none_or(|(_, longest)| end > longest) {
            best = Some((entry, end));
        }
    }
    best
}

/// A label whose beginning stands at `at` and whose rest stands at `page`, behind a page break: the label and both ends.
pub(super) fn broken_label(stream: &Stream<'_, '_>, at: usize, page: usize) -> Option<(LevelLabel, usize, usize)> {
    for entry in LEVELS.beginning_with(stream.folded(at)) {
        let word: String = [entry.0, level_suffix()].concat();
        let (end, whole) = stream.prefix(at, &word);
        if whole || !stream.is_boundary(end) {
            continue;
        }
        let rest: String = word.chars().skip(end - at).collect();
        if let Some(page_end) = stream.word(page, &rest).filter(|end| stream.is_boundary(*end)) {
            let text = stream.text(at..end) + &stream.text(page..page_end);
            return Some((LevelLabel::new(entry, text), end, page_end));
        }
    }
    None
}

/// The first line that begins with two labels, or with one of the first level only: where a table without header begins.
pub(super) fn first_label(stream: &Stream<'_, '_>, from: usize) -> Option<usize> {
    let mut at = from;
    while at < stream.len() {
        if let Some((found, end)) = label(stream, at).filter(|_| stream.is_line_start(at))
            && (found.1 == Level::First || label(stream, end).is_some())
        {
            return Some(at);
        }
        at = stream.line_end(at);
    }
    None
}

/// What the levels of an indicator follow from.
#[derive(Clone, Debug)]
pub(super) struct LevelRow {
    pub(super) labels: Vec<LevelLabel>,
    pub(super) page: u32,
    /// In hundredths; 0 if there is none.
    pub(super) weight: u32,
    /// Name and value, for what they speak of.
    pub(super) text: String,
}

/// Where labels of merged cells are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Habit {
    /// Forced boundaries that only a label before the first row of its block explains.
    first: u32,
    /// Forced boundaries that only a label before the last row of its block explains.
    last: u32,
}

impl Habit {
    /// What the labels of a table show.
    pub(super) fn of(rows: &[LevelRow]) -> Self {
        let labelled = |row: &LevelRow| !row.labels.is_empty();
        let mut habit = Self::default();
        let Some(first) = rows.iter().position(labelled) else { return habit };
        habit.last += u32::from(first > 0);
        if let Some(last) = rows.iter().rposition(labelled) {
            let page = rows.get(last).map(|row| row.page);
            habit.first += u32::from(rows.get(last + 1).is_some_and(|next| Some(next.page) == page));
        }
        // The first level shows it too: its label stands with the first or with the last block of the second level.
        let has_first = |row: &LevelRow| row.labels.len() > 1;
        let blocks: Vec<&LevelRow> = rows.iter().filter(|row| labelled(row)).collect();
        for pair in blocks.windows(2) {
            let [one, two] = pair else { continue };
            if parent(one).is_none() || parent(one) != parent(two) {
                continue;
            }
            habit.first += u32::from(has_first(one) && !has_first(two));
            habit.last += u32::from(!has_first(one) && has_first(two));
        }
        habit
    }

    pub(super) fn add(&mut self, other: Self) {
        self.first += other.first;
        self.last += other.last;
    }

    /// The habit of a table, if it shows one, or else of the document.
    pub(super) fn or(self, document: Self) -> Self {
        if self.first == self.last { document } else { self }
    }

    fn is_last(self) -> bool {
        self.last > self.first
    }

    /// Whether it is shown, and nothing contradicts it.
    fn is_proven(self) -> bool {
        (self.first == 0) != (self.last == 0)
    }
}

/// The levels of an indicator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Levels {
    pub(super) first: String,
    pub(super) second: String,
    pub(super) certain: bool,
}

/// A block of the second level.
struct Block<'r> {
    /// The row before which its label stands.
    labelled: usize,
    first: Option<&'r LevelLabel>,
    second: Option<&'r LevelLabel>,
}

/// The levels of every row of a table.
pub(super) fn resolve(rows: &[LevelRow], kind: PerformanceKind, habit: Habit) -> Vec<Levels> {
    let blocks = blocks(rows);
    let mut levels = vec![Levels::default(); rows.len()];
    let firsts = first_levels(&blocks, kind, habit);
    let word = |block: &Block<'_>| block.second.map(|label| label.word);
    // The weights above each row.
    let mut sums = Vec::with_capacity(rows.len() + 1);
    sums.push(0_u32);
    for row in rows {
        sums.push(sums.last().copied().unwrap_or(0).saturating_add(row.weight));
    }
    let mut start = 0;
    let mut unsure: Vec<Range<usize>> = Vec::new();
    for (number, (block, first)) in blocks.iter().zip(&firsts).enumerate() {
        let mut end = rows.len();
        if let Some(next) = blocks.get(number + 1) {
            let boundary = boundary(rows, &sums, block, next, firsts.get(number + 1) != Some(first), habit);
            end = boundary.at;
            // Between two labels of the same words it does not matter where one block ends.
            if !boundary.is_shown && word(block) != word(next) {
                unsure.push(block.labelled + 1..next.labelled);
            }
        }
        for row in levels.iter_mut().take(end).skip(start) {
            row.first = first.text.to_string();
            row.second = block.second.map_or(String::new(), |label| label.text.clone());
            row.certain = first.is_printed && block.second.is_some();
        }
        start = end;
    }
    for row in unsure.into_iter().flatten() {
        if let Some(row) = levels.get_mut(row) {
            row.certain = false;
        }
    }
    levels
}

/// Labels of a row in their roles: first level, second level.
fn roles(labels: &[LevelLabel], splits_costs: bool) -> (Option<&LevelLabel>, Option<&LevelLabel>) {
    match labels {
        [] => (None, None),
        [first, second, ..] => (Some(first), Some(second)),
        [only] if only.level == Level::First => (Some(only), None),
        // 成本指标 is a first level where costs are divided, a second level where they are not.
        [only] if only.word == costs() && splits_costs => (Some(only), None),
        [only] => (None, Some(only)),
    }
}

fn blocks(rows: &[LevelRow]) -> Vec<Block<'_>> {
    let mut labels = rows.iter().flat_map(|row| &row.labels);
    let splits_costs =
        labels.any(|label| label.word.ends_with(costs()) && label.word != costs() && label.level == Level::Second);
    let labelled = rows.iter().enumerate().filter(|(_, row)| !row.labels.is_empty());
    let blocks = labelled.map(|(index, row)| {
        let (first, second) = roles(&row.labels, splits_costs);
        Block { labelled: index, first, second }
    });
    blocks.collect()
}

fn parent(row: &LevelRow) -> Option<&'static str> {
    let second = row.labels.last()?;
    vocabulary::parent(second.word)
}

/// A first level, and whether the table prints it where it must.
#[derive(Clone, Debug, PartialEq, Eq)]
struct First<'r> {
    text: Cow<'r, str>,
    is_printed: bool,
}

/// The first level of each block: printed with it, or the one that the taxonomy has for its second level, or the label
/// printed before or after, as the habit has it.
fn first_levels<'r>(blocks: &[Block<'r>], kind: PerformanceKind, habit: Habit) -> Vec<First<'r>> {
    let printed = |text: &'r str| First { text: Cow::Borrowed(text), is_printed: true };
    // The few words of the first level that this table prints.
    let mut words: Vec<&LevelLabel> = Vec::new();
    for first in blocks.iter().filter_map(|block| block.first) {
        if words.iter().all(|word| word.word != first.word) {
            words.push(first);
        }
    }
    let by_taxonomy = |block: &Block<'r>| {
        let second = block.second.filter(|_| kind == PerformanceKind::Project)?;
        let parent = vocabulary::parent(second.word)?;
        let found = words.iter().find(|first| first.word == parent).map(|first| printed(&first.text));
        let unprinted = || First { text: Cow::Owned([parent, level_suffix()].concat()), is_printed: false };
        Some(found.unwrap_or_else(unprinted))
    };
    let text = |block: &Block<'r>| block.first.map(|first| first.text.as_str());
    let mut before = Vec::with_capacity(blocks.len());
    for block in blocks {
        before.push(text(block).or(before.last().copied().flatten()));
    }
    let mut behind = None;
    let mut firsts = Vec::with_capacity(blocks.len());
    for (block, before) in blocks.iter().zip(before).rev() {
        behind = text(block).or(behind);
        let nearest = if habit.is_last() { behind.or(before) } else { before.or(behind) };
        let none = First { text: Cow::Borrowed(""), is_printed: false };
        let own = text(block).map(printed).or_else(|| by_taxonomy(block));
        firsts.push(own.or_else(|| nearest.map(printed)).unwrap_or(none));
    }
    firsts.reverse();
    firsts
}

/// Where one block ends and the next begins.
struct Boundary {
    /// The first row of the next block.
    at: usize,
    /// Whether more than one habit of printing shows it.
    is_shown: bool,
}

/// Where a block ends, `sums` being the weights above each row.
fn boundary(
    rows: &[LevelRow],
    sums: &[u32],
    block: &Block<'_>,
    next: &Block<'_>,
    new_first: bool,
    habit: Habit,
) -> Boundary {
    let earliest = block.labelled + 1;
    if earliest >= next.labelled {
        return Boundary { at: next.labelled, is_shown: true };
    }
    // The weights of a first level add up to a round number.
    let is_round = |at: &usize| sums.get(*at).is_some_and(|sum| new_first && *sum > 0 && sum.is_multiple_of(1000));
    let round: Vec<usize> = (earliest..=next.labelled).filter(is_round).collect();
    let page = |index: usize| rows.get(index).map(|row| row.page);
    if !habit.is_last() {
        let is_contradicted = !round.is_empty() && !round.contains(&next.labelled);
        return Boundary { at: next.labelled, is_shown: habit.is_proven() && !is_contradicted };
    }
    if page(block.labelled) == page(earliest) {
        return Boundary { at: earliest, is_shown: round == [earliest] };
    }
    // Its label stands before the last row on the page before, so the block may go on behind the page break.
    if let [only] = round.as_slice() {
        return Boundary { at: *only, is_shown: true };
    }
    let topic = |block: &Block<'_>| block.second.map(|label| label.word);
    let speaks_for_next = |row: &LevelRow| {
        topics(&row.text).find_map(|found| {
            let fits = |label: Option<&str>| label.is_some_and(|label| label.ends_with(found));
            (fits(topic(block)) != fits(topic(next))).then(|| fits(topic(next)))
        })
    };
    let mut floating = rows.iter().take(next.labelled).skip(earliest);
    let first = floating.position(|row| speaks_for_next(row).unwrap_or(false));
    Boundary { at: first.map_or(next.labelled, |first| earliest + first), is_shown: false }
}

/// What the words of an indicator speak of, the strongest first.
fn topics(text: &str) -> impl Iterator<Item = &'static str> {
    vocabulary::topics()
        .filter(|(_, words)| words.iter().any(|word| text.contains(word.as_str())))
        .map(|(topic, _)| topic)
}

/// Most labels that stand before one row: one of each level.
const MOST_LABELS: usize = 2;

/// Where the name begins if labels stand at a position.
pub(super) fn behind_labels(stream: &Stream<'_, '_>, start: usize) -> usize {
    let mut at = start;
    for _ in 0..MOST_LABELS {
        at = label(stream, at).map_or(at, |(_, end)| end);
    }
    at
}

/// Takes the labels off the beginning of a row; `page` is where the next page goes on if a page break follows the row.
pub(super) fn labels(stream: &mut Stream<'_, '_>, row: &mut Range<usize>, page: Option<&mut usize>) -> Vec<LevelLabel> {
    let mut found = Vec::new();
    let mut page = page;
    while found.len() < MOST_LABELS && row.start < row.end {
        let broken = page.as_deref().and_then(|page| broken_label(stream, row.start, *page));
        let whole = label(stream, row.start).filter(|(_, end)| *end < row.end);
        match (broken, whole) {
            // A label without its suffix goes on behind the page break if the suffix stands there.
            (Some((label, end, page_end)), whole) if whole.as_ref().is_none_or(|(_, longest)| *longest <= end) => {
                stream.claim(row.start..end);
                if let Some(page) = page.as_deref_mut() {
                    stream.claim(*page..page_end);
                    *page = page_end;
                }
                row.start = end;
                found.push(label);
            }
            (_, Some((entry, end))) => {
                found.push(LevelLabel::new(entry, stream.text(row.start..end)));
                stream.claim(row.start..end);
                row.start = end;
            }
            _ => break,
        }
    }
    found
}
