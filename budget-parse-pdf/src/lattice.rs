//! Ruling lines as a lattice: the rows and columns of a table, and which of its fields are one cell.

use crate::geometry::{Area, POINT};
use crate::page::Rule;

/// Lines that stand nearer than this are one line.
const SAME: i32 = 3 * POINT / 2;
/// Lines of two rules, as Word draws them, stand at most this far apart; no row or column with text is narrower.
const SLIVER: i32 = 7 * POINT;
/// Ends that miss each other by less than this meet.
const MEET: i32 = 5 * POINT / 2;
/// Shorter lines are no rules but pieces of drawings.
const SHORTEST: i32 = 3 * POINT;
/// Lines that end this far beyond the last line across them show an open side.
const OPEN: i32 = 5 * POINT;

/// What has more fields is a drawing.
const MOST_FIELDS: usize = 500_000;

/// A line of a lattice, put together from its pieces.
#[derive(Clone, Copy, Debug)]
struct Line {
    position: i32,
    from: i32,
    to: i32,
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
pub(crate) fn lattices(rules: &[Rule], stands_between: &dyn Fn(&Area) -> bool) -> Vec<Lattice> {
    let level = lines(rules.iter().filter(|rule| rule.is_level));
    let upright = lines(rules.iter().filter(|rule| !rule.is_level));
    let mut lattices: Vec<Lattice> = components(&level, &upright)
        .into_iter()
        .filter_map(|(level, upright)| lattice(level, upright, stands_between))
        .collect();
    lattices.sort_by_key(|lattice| (lattice.area().top, lattice.area().left));
    lattices
}

/// Puts the pieces of lines together.
fn lines<'r>(rules: impl Iterator<Item = &'r Rule>) -> Vec<Line> {
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
fn components(level: &[Line], upright: &[Line]) -> Vec<(Vec<Line>, Vec<Line>)> {
    let mut sets = Sets::new(level.len() + upright.len());
    for (index, line) in level.iter().enumerate() {
        let first = upright.partition_point(|other| other.position < line.from - MEET);
        for (at, other) in upright.iter().enumerate().skip(first) {
            if other.position > line.to + MEET {
                break;
            }
            if other.from - MEET <= line.position && line.position <= other.to + MEET {
                sets.join(index, level.len() + at);
            }
        }
    }
    let mut found: Vec<(usize, (Vec<Line>, Vec<Line>))> = Vec::new();
    let mut slots = vec![None; level.len() + upright.len()];
    for (index, line) in level.iter().chain(upright).enumerate() {
        let root = sets.root(index);
        let slot = *slots[root].get_or_insert_with(|| {
            found.push((root, (Vec::new(), Vec::new())));
            found.len() - 1
        });
        let (_, (levels, uprights)) = &mut found[slot];
        if index < level.len() { levels.push(*line) } else { uprights.push(*line) }
    }
    found
        .into_iter()
        .map(|(_, lines)| lines)
        .filter(|(level, upright)| !level.is_empty() && !upright.is_empty())
        .collect()
}

fn lattice(mut level: Vec<Line>, mut upright: Vec<Line>, stands_between: &dyn Fn(&Area) -> bool) -> Option<Lattice> {
    close_sides(&mut level, &mut upright);
    close_sides(&mut upright, &mut level);
    let span = |lines: &[Line]| {
        let from = lines.iter().map(|line| line.from).min().unwrap_or(0);
        (from, lines.iter().map(|line| line.to).max().unwrap_or(0))
    };
    let ((left, right), (top, bottom)) = (span(&level), span(&upright));
    let xs = edges(&upright, &|from, to| stands_between(&Area::new(from, top, to, bottom)));
    let ys = edges(&level, &|from, to| stands_between(&Area::new(left, from, right, to)));
    if xs.len() < 2 || ys.len() < 2 || xs.len().saturating_mul(ys.len()) > MOST_FIELDS {
        return None;
    }
    let walls = Walls::of(&xs, &ys, &level, &upright);
    let cells = cells(&walls);
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
fn edges(lines: &[Line], stands_between: &dyn Fn(i32, i32) -> bool) -> Vec<Edge> {
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

/// Which neighbouring fields have a line between them.
struct Walls {
    rows: usize,
    columns: usize,
    /// Left of each field, and right of the last one: by row, `columns + 1` each.
    upright: Vec<bool>,
    /// Above each field, and below the last one: by row, `rows + 1` of them.
    level: Vec<bool>,
}

impl Walls {
    fn of(xs: &[Edge], ys: &[Edge], level: &[Line], upright: &[Line]) -> Self {
        let (columns, rows) = (xs.len() - 1, ys.len() - 1);
        let mut walls = Self {
            rows,
            columns,
            upright: vec![false; rows * (columns + 1)],
            level: vec![false; (rows + 1) * columns],
        };
        let edge_of = |edges: &[Edge], position: i32| {
            let index = edges.partition_point(|edge| edge.to < position);
            edges.get(index).filter(|edge| edge.from <= position).map(|_| index)
        };
        // A line stands beside a field if it takes more than half of it.
        let takes = |line: &Line, edges: &[Edge], index: usize| {
            let (Some(before), Some(behind)) = (edges.get(index), edges.get(index + 1)) else { return false };
            let shared = line.to.min(behind.from) - line.from.max(before.to);
            shared * 2 > behind.from - before.to
        };
        let first_of = |edges: &[Edge], from: i32| edges.partition_point(|edge| edge.to < from).saturating_sub(1);
        for line in upright {
            let Some(x) = edge_of(xs, line.position) else { continue };
            for row in first_of(ys, line.from)..rows {
                if ys.get(row).is_some_and(|edge| edge.from > line.to) {
                    break;
                }
                if takes(line, ys, row) {
                    walls.upright[row * (columns + 1) + x] = true;
                }
            }
        }
        for line in level {
            let Some(y) = edge_of(ys, line.position) else { continue };
            for column in first_of(xs, line.from)..columns {
                if xs.get(column).is_some_and(|edge| edge.from > line.to) {
                    break;
                }
                if takes(line, xs, column) {
                    walls.level[y * columns + column] = true;
                }
            }
        }
        walls
    }

    /// Whether a line stands at the left of a field, or at the right of the one before.
    fn is_left(&self, row: usize, column: usize) -> bool {
        self.upright.get(row * (self.columns + 1) + column).copied().unwrap_or(true)
    }

    /// Whether a line stands above a field, or below the one above.
    fn is_above(&self, row: usize, column: usize) -> bool {
        self.level.get(row * self.columns + column).copied().unwrap_or(true)
    }
}

/// Parts the fields into cells: from each field that is free, to the right and then down as far as no line stands.
fn cells(walls: &Walls) -> Vec<Cell> {
    let mut taken = vec![false; walls.rows * walls.columns];
    let mut cells = Vec::new();
    for row in 0..walls.rows {
        for column in 0..walls.columns {
            if taken[row * walls.columns + column] {
                continue;
            }
            let is_free = |taken: &[bool], row: usize, column: usize| !taken[row * walls.columns + column];
            let mut end = column + 1;
            while end < walls.columns && !walls.is_left(row, end) && is_free(&taken, row, end) {
                end += 1;
            }
            let mut below = row + 1;
            while below < walls.rows
                && (column..end).all(|column| !walls.is_above(below, column) && is_free(&taken, below, column))
                && (column + 1..end).all(|column| !walls.is_left(below, column))
            {
                below += 1;
            }
            for row in row..below {
                for column in column..end {
                    taken[row * walls.columns + column] = true;
                }
            }
            cells.push(Cell { row, column, height: below - row, width: end - column });
        }
    }
    cells
}

/// Sets that are joined, each known by its root.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}
