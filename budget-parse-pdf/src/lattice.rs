//! Ruling lines as a lattice: the rows and columns of a table, and which of its fields are one cell.

use std::collections::BTreeMap;

use crate::geometry::{Area, POINT};
use crate::page::Rule;
use crate::stop::Effort;
use crate::walls::Walls;

/// Lines that stand nearer than this are one line.
const SAME: i32 = 3 * POINT / 2;
/// Lines of two rules, as Word draws them, stand at most this far apart; no row or column with text is narrower.
const SLIVER: i32 = 7 * POINT;
/// Ends that miss each other by less than this meet.
const MEET: i32 = 5 * POINT / 2;
/// Shorter lines are no rules but pieces of drawings.
const SHORTEST: i32 = 5 * POINT;
/// Lines that end this far beyond the last line across them show an open side.
const OPEN: i32 = 5 * POINT;

/// What has more fields is a drawing.
const MOST_FIELDS: usize = 100_000;
/// What a field takes, in comparisons.
const FIELD_EFFORT: usize = 20;

/// A line of a lattice, put together from its pieces.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) position: i32,
    pub(crate) from: i32,
    pub(crate) to: i32,
}

/// The rules of one table: edges of its rows and columns, and its cells.
#[derive(Clone, Debug)]
pub(crate) struct Lattice {
    /// Edges of the columns, from left to right.
    pub(crate) xs: Vec<Edge>,
    /// Edges of the rows, from above.
    pub(crate) ys: Vec<Edge>,
    /// Its cells, by row and column; together they take every field but those outside of an open side.
    pub(crate) cells: Vec<Cell>,
}

/// An edge between columns or rows: the room that its lines take (two, where the rule is double).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Edge {
    pub(crate) from: i32,
    pub(crate) to: i32,
}

/// A cell of a lattice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) row: usize,
    pub(crate) column: usize,
    pub(crate) height: usize,
    pub(crate) width: usize,
}

impl Edge {
    pub(crate) const fn middle(&self) -> i32 {
        self.from + (self.to - self.from) / 2
    }
}

impl Lattice {
    /// The box around it.
    pub(crate) fn area(&self) -> Area {
        let ends = |edges: &[Edge]| (edges.first().map_or(0, |edge| edge.from), edges.last().map_or(0, |edge| edge.to));
        let ((left, right), (top, bottom)) = (ends(&self.xs), ends(&self.ys));
        Area::new(left, top, right, bottom)
    }

    /// The box of a cell, to the middle of its rules.
    pub(crate) fn cell_area(&self, cell: &Cell) -> Area {
        let at = |edges: &[Edge], index: usize| edges.get(index).map_or(0, Edge::middle);
        Area::new(
            at(&self.xs, cell.column),
            at(&self.ys, cell.row),
            at(&self.xs, cell.column + cell.width),
            at(&self.ys, cell.row + cell.height),
        )
    }

    pub(crate) fn rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    pub(crate) fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }
}

/// The lattices of a page, from above. `stands_between` says whether text stands in a box, which makes a narrow row or column
/// more than a double rule.
pub(crate) fn lattices(
    rules: &[Rule],
    stands_between: &dyn Fn(&Area, &mut Effort) -> bool,
    effort: &mut Effort,
) -> Vec<Lattice> {
    let level = lines(rules.iter().filter(|rule| rule.is_level));
    let upright = lines(rules.iter().filter(|rule| !rule.is_level));
    let mut lattices: Vec<Lattice> = components(&level, &upright, effort)
        .into_iter()
        .filter_map(|(level, upright)| lattice(level, upright, stands_between, effort))
        .collect();
    lattices.sort_by_key(|lattice| (lattice.area().top, lattice.area().left));
    lattices
}

/// Puts the pieces of lines together.
pub(crate) fn lines<'r>(rules: impl Iterator<Item = &'r Rule>) -> Vec<Line> {
    let mut rules: Vec<&Rule> = rules.collect();
    rules.sort_by_key(|rule| (rule.position, rule.from));
    let mut lines = Vec::new();
    let mut rest = rules.as_slice();
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|rule| rule.position - first.position <= SAME).count().max(1);
        let (group, behind) = rest.split_at(count);
        rest = behind;
        let mut group: Vec<&&Rule> = group.iter().collect();
        group.sort_by_key(|rule| rule.from);
        let begin = lines.len();
        for rule in group {
            match lines.get_mut(begin..).and_then(|open: &mut [Line]| open.last_mut()) {
                Some(line) if rule.from - line.to <= MEET => {
                    if rule.to - rule.from > line.to - line.from {
                        line.position = rule.position;
                    }
                    line.to = line.to.max(rule.to);
                }
                _ => lines.push(Line { position: rule.position, from: rule.from, to: rule.to }),
            }
        }
    }
    lines.retain(|line| line.to - line.from >= SHORTEST);
    lines.sort_by_key(|line| (line.position, line.from));
    lines
}

/// Level and upright lines that hang together by crossing or meeting.
fn components(level: &[Line], upright: &[Line], effort: &mut Effort) -> Vec<(Vec<Line>, Vec<Line>)> {
    let mut sets = Sets::new(level.len() + upright.len());
    for (index, line) in level.iter().enumerate() {
        let first = upright.partition_point(|other| other.position < line.from - MEET);
        for (at, other) in upright.iter().enumerate().skip(first) {
            if other.position > line.to + MEET {
                break;
            }
            effort.spend(1);
            if other.from - MEET <= line.position && line.position <= other.to + MEET {
                sets.join(index, level.len() + at);
            }
        }
    }
    let mut found: BTreeMap<usize, (Vec<Line>, Vec<Line>)> = BTreeMap::new();
    for (index, line) in level.iter().chain(upright).enumerate() {
        let (levels, uprights) = found.entry(sets.root(index)).or_default();
        if index < level.len() { levels.push(*line) } else { uprights.push(*line) }
    }
    found.into_values().filter(|(level, upright)| !level.is_empty() && !upright.is_empty()).collect()
}

fn lattice(
    mut level: Vec<Line>,
    mut upright: Vec<Line>,
    stands_between: &dyn Fn(&Area, &mut Effort) -> bool,
    effort: &mut Effort,
) -> Option<Lattice> {
    close_sides(&mut level, &mut upright);
    close_sides(&mut upright, &mut level);
    let span = |lines: &[Line]| {
        let from = lines.iter().map(|line| line.from).min().unwrap_or(0);
        (from, lines.iter().map(|line| line.to).max().unwrap_or(0))
    };
    let ((left, right), (top, bottom)) = (span(&level), span(&upright));
    let xs = edges(&upright, &mut |from, to| stands_between(&Area::new(from, top, to, bottom), effort));
    let ys = edges(&level, &mut |from, to| stands_between(&Area::new(left, from, right, to), effort));
    let fields = xs.len().saturating_mul(ys.len());
    if xs.len() < 2 || ys.len() < 2 || fields > MOST_FIELDS {
        return None;
    }
    effort.spend(fields * FIELD_EFFORT);
    let cells = Walls::of(&xs, &ys, &level, &upright).cells();
    Some(Lattice { xs, ys, cells })
}

/// Draws the side that is missing where lines run on to an end that they share: tables whose outer sides are open, and the last
/// row of a page.
fn close_sides(lines: &mut [Line], across: &mut Vec<Line>) {
    let (Some(first), Some(last)) =
        (across.iter().map(|line| line.position).min(), across.iter().map(|line| line.position).max())
    else {
        return;
    };
    let span = |wanted: &dyn Fn(&Line) -> bool| {
        let found: Vec<&Line> = lines.iter().filter(|line| wanted(line)).collect();
        let from = found.iter().map(|line| line.position).min()?;
        let to = found.iter().map(|line| line.position).max()?;
        (found.len() >= 2 && to > from).then_some((from, to))
    };
    let before = lines.iter().map(|line| line.from).min().filter(|from| first - from > OPEN);
    let behind = lines.iter().map(|line| line.to).max().filter(|to| to - last > OPEN);
    let before = before.and_then(|end| span(&|line| (line.from - end).abs() <= MEET).map(|span| (end, span)));
    let behind = behind.and_then(|end| span(&|line| (line.to - end).abs() <= MEET).map(|span| (end, span)));
    for (position, (from, to)) in before.into_iter().chain(behind) {
        across.push(Line { position, from, to });
    }
    across.sort_by_key(|line| (line.position, line.from));
}

/// The edges that lines make; two lines with nothing between them are one.
fn edges(lines: &[Line], stands_between: &mut dyn FnMut(i32, i32) -> bool) -> Vec<Edge> {
    let mut edges: Vec<Edge> = Vec::new();
    for line in lines {
        match edges.last_mut() {
            Some(edge) if line.position - edge.to <= SAME => edge.to = edge.to.max(line.position),
            Some(edge) if line.position - edge.from <= SLIVER && !stands_between(edge.to, line.position) => {
                edge.to = line.position;
            }
            _ => edges.push(Edge { from: line.position, to: line.position }),
        }
    }
    edges
}

/// Sets that are joined, each known by its root, the least of its numbers.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    /// The number that one points to; a root points to itself.
    fn above(&self, index: usize) -> usize {
        self.0.get(index).copied().unwrap_or(index)
    }

    fn point(&mut self, index: usize, to: usize) {
        if let Some(above) = self.0.get_mut(index) {
            *above = to;
        }
    }

    fn root(&mut self, mut index: usize) -> usize {
        // What a number points to is less, so this ends.
        while self.above(index) < index {
            let next = self.above(self.above(index));
            self.point(index, next);
            index = next;
        }
        index
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.point(one.max(other), one.min(other));
    }
}
