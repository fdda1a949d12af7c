//! Which of the fields of a lattice are one cell: those without a line between them.

use crate::lattice::{Cell, Edge, Line};

/// Which neighbouring fields have a line between them.
pub(crate) struct Walls {
    rows: usize,
    columns: usize,
    /// Left of each field, and right of the last one: by row, `columns + 1` each.
    upright: Vec<bool>,
    /// Above each field, and below the last one: by row, `rows + 1` of them.
    level: Vec<bool>,
}

impl Walls {
    pub(crate) fn of(xs: &[Edge], ys: &[Edge], level: &[Line], upright: &[Line]) -> Self {
        let (columns, rows) = (xs.len().saturating_sub(1), ys.len().saturating_sub(1));
        let mut walls = Self {
            rows,
            columns,
            upright: vec![false; rows * (columns + 1)],
            level: vec![false; (rows + 1) * columns],
        };
        for line in upright {
            let Some(x) = edge_of(xs, line.position) else { continue };
            for row in fields_beside(line, ys) {
                if let Some(wall) = walls.upright.get_mut(row * (columns + 1) + x) {
                    *wall = true;
                }
            }
        }
        for line in level {
            let Some(y) = edge_of(ys, line.position) else { continue };
            for column in fields_beside(line, xs) {
                if let Some(wall) = walls.level.get_mut(y * columns + column) {
                    *wall = true;
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

    /// Parts the fields into cells: from each field that is free, to the right and then down as far as no line stands.
    pub(crate) fn cells(&self) -> Vec<Cell> {
        let mut taken = vec![false; self.rows * self.columns];
        let is_free = |taken: &[bool], row: usize, column: usize| {
            taken.get(row * self.columns + column).is_some_and(|is_taken| !is_taken)
        };
        let mut cells = Vec::new();
        for row in 0..self.rows {
            for column in 0..self.columns {
                if !is_free(&taken, row, column) {
                    continue;
                }
                let mut end = column + 1;
                while end < self.columns && !self.is_left(row, end) && is_free(&taken, row, end) {
                    end += 1;
                }
                let mut below = row + 1;
                while below < self.rows
                    && (column..end).all(|column| !self.is_above(below, column) && is_free(&taken, below, column))
                    && (column + 1..end).all(|column| !self.is_left(below, column))
                {
                    below += 1;
                }
                for row in row..below {
                    let begin = row * self.columns;
                    if let Some(fields) = taken.get_mut(begin + column..begin + end) {
                        fields.fill(true);
                    }
                }
                cells.push(Cell { row, column, height: below - row, width: end - column });
            }
        }
        cells
    }
}

/// The edge that a line belongs to.
fn edge_of(edges: &[Edge], position: i32) -> Option<usize> {
    let index = edges.partition_point(|edge| edge.to < position);
    edges.get(index).filter(|edge| edge.from <= position).map(|_| index)
}

/// The fields between these edges that a line stands beside: it takes more than half of each.
fn fields_beside(line: &Line, edges: &[Edge]) -> impl Iterator<Item = usize> {
    let first = edges.partition_point(|edge| edge.to < line.from).saturating_sub(1);
    let fields = edges.windows(2).enumerate().skip(first);
    let (from, to) = (line.from, line.to);
    fields.take_while(move |(_, field)| field.first().is_some_and(|edge| edge.from <= to)).filter_map(
        move |(index, field)| {
            let [before, behind] = field else { return None };
            let shared = to.min(behind.from) - from.max(before.to);
            (shared * 2 > behind.from - before.to).then_some(index)
        },
    )
}
