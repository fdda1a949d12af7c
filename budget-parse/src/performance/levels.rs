//! Levels one and two of the indicators, from labels of merged cells.
//!
//! The label of a merged cell is printed once, somewhere inside its block: one producer of PDFs prints it before the first
//! row of the block, another before the last row that the block has on the page. Which habit a document has shows where
//! a boundary is forced: a label that is not printed before the first row of a table speaks for the last-row habit, rows
//! behind the last label speak for the first-row habit. Rows between two labels belong where the habit puts them.

use std::ops::Range;

use super::stream::Stream;
use super::vocabulary::{LEVEL_SUFFIX, LEVELS, Level, PARENTS, TOPICS};

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
    fn new(entry: &(&'static str, Level), text: String) -> Self {
        Self { word: entry.0, level: entry.1, text }
    }

    /// Appends the suffix that was cut off, and says whether there was need for it.
    pub(super) fn complete(&mut self, rest: &str) -> bool {
        let lacks = !self.text.ends_with(LEVEL_SUFFIX);
        if lacks {
            self.text.push_str(rest);
        }
        lacks
    }
}

/// A label at a position: the label and its end. It ends where a cell ends.
pub(super) fn label(stream: &Stream<'_, '_>, at: usize) -> Option<(LevelLabel, usize)> {
    let mut best: Option<(&(&str, Level), usize)> = None;
    for entry in LEVELS {
        let Some(bare) = stream.word(at, entry.0) else { continue };
        let end = stream.word(bare, LEVEL_SUFFIX).unwrap_or(bare);
        if stream.is_boundary(end) && best.is_none_or(|(_, longest)| end > longest) {
            best = Some((entry, end));
        }
    }
    best.map(|(entry, end)| (LevelLabel::new(entry, stream.text(at..end)), end))
}

/// A label whose beginning stands at `at` and whose rest stands at `page`, behind a page break: the label and both ends.
pub(super) fn broken_label(stream: &Stream<'_, '_>, at: usize, page: usize) -> Option<(LevelLabel, usize, usize)> {
    for entry in LEVELS {
        let word: String = [entry.0, LEVEL_SUFFIX].concat();
        let (end, whole) = stream.prefix(at, &word);
        if whole || end == at || !stream.is_boundary(end) {
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
            && (found.level == Level::First || label(stream, end).is_some())
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
struct Block {
    /// The row before which its label stands.
    labelled: usize,
    first: Option<LevelLabel>,
    second: Option<LevelLabel>,
}

/// The levels of every row of a table.
pub(super) fn resolve(rows: &[LevelRow], habit: Habit) -> Vec<Levels> {
    let blocks = blocks(rows);
    let mut levels = vec![Levels::default(); rows.len()];
    let firsts = first_levels(&blocks, habit);
    let mut start = 0;
    for (number, block) in blocks.iter().enumerate() {
        let next = blocks.get(number + 1);
        let (end, certain) = match next {
            None => (rows.len(), true),
            Some(next) => boundary(rows, block, next, firsts.get(number) != firsts.get(number + 1), habit),
        };
        let second = block.second.as_ref().map_or(String::new(), |label| label.text.clone());
        let first = firsts.get(number).cloned().flatten();
        let known = first.is_some() && block.second.is_some();
        for (index, row) in levels.iter_mut().enumerate().take(end.max(start)).skip(start) {
            // Between two labels of the same words it does not matter where one block ends.
            let floats = index > block.labelled || (index < block.labelled && number > 0);
            let same = |other: Option<&Block>| {
                other.is_some_and(|other| other.second.as_ref().map(|label| label.word) == block.second.as_ref().map(|label| label.word))
            };
            let neighbour = if index > block.labelled { next } else { number.checked_sub(1).and_then(|before| blocks.get(before)) };
            let free = floats && neighbour.is_some() && !same(neighbour);
            *row = Levels {
                first: first.clone().unwrap_or_default(),
                second: second.clone(),
                certain: known && (!free || (certain && index > block.labelled && !habit.is_last() && habit.is_proven())),
            };
        }
        start = end.max(start);
    }
    levels
}

/// Labels of a row in their roles: first level, second level.
fn roles(labels: &[LevelLabel], splits_costs: bool) -> (Option<LevelLabel>, Option<LevelLabel>) {
    match labels {
        [] => (None, None),
        [first, second, ..] => (Some(first.clone()), Some(second.clone())),
        [only] if only.level == Level::First => (Some(only.clone()), None),
        // 成本指标 is a first level where costs are divided, a second level where they are not.
        [only] if only.word == "成本" && splits_costs => (Some(only.clone()), None),
        [only] => (None, Some(only.clone())),
    }
}

fn blocks(rows: &[LevelRow]) -> Vec<Block> {
    let mut labels = rows.iter().flat_map(|row| &row.labels);
    let splits_costs = labels.any(|label| label.word.ends_with("成本") && label.word != "成本" && label.level == Level::Second);
    let labelled = rows.iter().enumerate().filter(|(_, row)| !row.labels.is_empty());
    let blocks = labelled.map(|(index, row)| {
        let (first, second) = roles(&row.labels, splits_costs);
        Block { labelled: index, first, second }
    });
    blocks.collect()
}

fn parent(row: &LevelRow) -> Option<&'static str> {
    let second = row.labels.last()?;
    PARENTS.iter().find(|(word, _)| *word == second.word).map(|(_, parent)| *parent)
}

/// The first level of each block: where the taxonomy has one for its second level and the table prints that, it is the
/// one; otherwise the label printed before or after, as the habit has it.
fn first_levels(blocks: &[Block], habit: Habit) -> Vec<Option<String>> {
    let by_taxonomy = |block: &Block| {
        let second = block.second.as_ref()?;
        let (_, parent) = PARENTS.iter().find(|(word, _)| *word == second.word)?;
        let printed = blocks.iter().filter_map(|block| block.first.as_ref()).find(|first| first.word == *parent)?;
        Some(printed.text.clone())
    };
    let text = |block: &Block| block.first.as_ref().map(|first| first.text.clone());
    let nearest = |index: usize| {
        let before = blocks.iter().take(index + 1).rev().find_map(text);
        let behind = blocks.iter().skip(index).find_map(text);
        if habit.is_last() { behind.or(before) } else { before.or(behind) }
    };
    let level = |(index, block): (usize, &Block)| {
        text(block).or_else(|| by_taxonomy(block)).or_else(|| nearest(index))
    };
    blocks.iter().enumerate().map(level).collect()
}

/// The first row that belongs to `next`, and whether the weights do not speak against it.
fn boundary(rows: &[LevelRow], block: &Block, next: &Block, new_first: bool, habit: Habit) -> (usize, bool) {
    let candidates = block.labelled + 1..=next.labelled;
    let page = |index: usize| rows.get(index).map(|row| row.page);
    let by_habit = if habit.is_last() { *candidates.start() } else { next.labelled };
    if candidates.clone().count() == 1 {
        return (next.labelled, true);
    }
    // The weights of a first level add up to a round number.
    let round = |index: usize| {
        let sum: u32 = rows.iter().take(index).map(|row| row.weight).fold(0, u32::saturating_add);
        new_first && sum > 0 && sum.is_multiple_of(1000)
    };
    if habit.is_last() && page(block.labelled) != page(block.labelled + 1) {
        // Its label stands before the last row on the page before, so the block may go on behind the page break.
        let mut rounds = candidates.clone().filter(|index| round(*index));
        if let (Some(only), None) = (rounds.next(), rounds.next()) {
            return (only, true);
        }
        let topic = |block: &Block| block.second.as_ref().map(|label| label.word);
        let speaks_for_next = |row: &LevelRow| {
            let (own, other) = (topic(block), topic(next));
            topics(&row.text).find_map(|found| {
                let fits = |label: Option<&str>| label.is_some_and(|label| label.ends_with(found));
                (fits(own) != fits(other)).then(|| fits(other))
            })
        };
        let floating = rows.get(*candidates.start()..next.labelled).unwrap_or_default();
        let index = floating.iter().position(|row| speaks_for_next(row).unwrap_or(false));
        return (index.map_or(next.labelled, |index| candidates.start() + index), false);
    }
    let contradicted = new_first && !round(by_habit) && candidates.into_iter().any(round);
    (by_habit, !contradicted)
}

/// What the words of an indicator speak of, the strongest first.
fn topics(text: &str) -> impl Iterator<Item = &'static str> {
    TOPICS.iter().filter(|(_, words)| words.iter().any(|word| text.contains(word))).map(|(topic, _)| *topic)
}

/// The labels that stand at the beginning of a row, and where the row proper begins.
pub(super) fn labels(stream: &mut Stream<'_, '_>, row: &mut Range<usize>, page: Option<&mut usize>) -> Vec<LevelLabel> {
    const MOST: usize = 2;
    let mut found = Vec::new();
    let mut page = page;
    while found.len() < MOST && row.start < row.end {
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
            (_, Some((label, end))) => {
                stream.claim(row.start..end);
                row.start = end;
                found.push(label);
            }
            _ => break,
        }
    }
    found
}
