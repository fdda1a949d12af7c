//! The tables that rules make of a page: where no rule stands between two fields, they are one cell.

use budget_document::{Limits, ReadError};

use crate::set_page::{Placed, Rule, SetPage, lines};

/// A piece of a page.
#[derive(Debug)]
pub(crate) enum Piece {
    Line(Placed),
    Ruled(Ruled),
}

/// A table with rules around its cells.
#[derive(Debug, Default)]
pub(crate) struct Ruled {
    /// Edges of the columns, from the left.
    pub(crate) columns: Vec<i32>,
    /// Edges of the rows, from above.
    pub(crate) rows: Vec<i32>,
    pub(crate) cells: Vec<RuledCell>,
}

/// A cell, in fields of the lattice.
#[derive(Debug)]
pub(crate) struct RuledCell {
    pub(crate) row: usize,
    pub(crate) column: usize,
    pub(crate) height: usize,
    pub(crate) width: usize,
    pub(crate) lines: Vec<Placed>,
}

/// Rules that are as near as that are one: cells have a rule each.
const NEAR: i32 = 15;

/// The pieces of a page, from above. `fields` counts the fields of all pages.
pub(crate) fn pieces(page: SetPage, fields: &mut usize, limits: &Limits) -> Result<Vec<Piece>, ReadError> {
    let SetPage { mut texts, mut rules, .. } = page;
    let mut pieces = Vec::new();
    rules.retain(|rule| rule.to - rule.from > NEAR);
    for (top, bottom) in bands(&rules) {
        let is_in = |rule: &&Rule| match rule.is_vertical {
            true => rule.from >= top && rule.to <= bottom,
            false => (top - NEAR..=bottom + NEAR).contains(&rule.at),
        };
        let of_band: Vec<Rule> = rules.iter().filter(is_in).copied().collect();
        let Some(mut ruled) = Ruled::of(&of_band, fields, limits)? else { continue };
        texts = ruled.take(texts);
        pieces.push((top, Piece::Ruled(ruled)));
    }
    pieces.extend(lines(texts).into_iter().map(|line| (line.top, Piece::Line(line))));
    pieces.sort_by_key(|(top, _)| *top);
    Ok(pieces.into_iter().map(|(_, piece)| piece).collect())
}

/// From where to where on the page upright rules stand: one table each.
fn bands(rules: &[Rule]) -> Vec<(i32, i32)> {
    let mut upright: Vec<(i32, i32)> =
        rules.iter().filter(|rule| rule.is_vertical).map(|rule| (rule.from, rule.to)).collect();
    upright.sort_unstable();
    let mut bands: Vec<(i32, i32)> = Vec::new();
    for (from, to) in upright {
        match bands.last_mut() {
            Some((_, end)) if from <= *end + NEAR => *end = (*end).max(to),
            _ => bands.push((from, to)),
        }
    }
    bands
}

/// The places of rules, those that are near each other as one.
fn edges(rules: &[Rule], is_vertical: bool) -> Vec<i32> {
    let mut places: Vec<i32> =
        rules.iter().filter(|rule| rule.is_vertical == is_vertical).map(|rule| rule.at).collect();
    places.sort_unstable();
    let mut edges: Vec<i32> = Vec::new();
    for place in places {
        if edges.last().is_none_or(|last| place - last > NEAR) {
            edges.push(place);
        }
    }
    edges
}

/// The edge a place is at or behind.
fn edge(edges: &[i32], place: i32) -> usize {
    edges.partition_point(|edge| *edge <= place).saturating_sub(1)
}

impl Ruled {
    fn of(rules: &[Rule], fields: &mut usize, limits: &Limits) -> Result<Option<Self>, ReadError> {
        let (columns, rows) = (edges(rules, true), edges(rules, false));
        let (width, height) = (columns.len().saturating_sub(1), rows.len().saturating_sub(1));
        // A frame around a text is no table.
        if width * height < 2 {
            return Ok(None);
        }
        *fields = fields.saturating_add(width.saturating_mul(height));
        limits.check_cells(*fields)?;
        // Whether a rule stands at the left, or above, of each field.
        let mut walls = [vec![false; width * height], vec![false; width * height]];
        let [left, above] = &mut walls;
        for rule in rules {
            let (across, along) = if rule.is_vertical { (&columns, &rows) } else { (&rows, &columns) };
            let at = edge(across, rule.at + NEAR);
            for place in edge(along, rule.from + NEAR)..edge(along, rule.to + NEAR) {
                let (row, column, walls) =
                    if rule.is_vertical { (place, at, &mut *left) } else { (at, place, &mut *above) };
                if let Some(wall) = (column < width).then(|| walls.get_mut(row * width + column)).flatten() {
                    *wall = true;
                }
            }
        }
        let mut taken = vec![false; width * height];
        let is = |walls: &[bool], row: usize, column: usize| walls.get(row * width + column).copied().unwrap_or(true);
        let mut cells = Vec::new();
        for row in 0..height {
            for column in 0..width {
                if is(&taken, row, column) {
                    continue;
                }
                let right = (column + 1..width).find(|next| is(left, row, *next) || is(&taken, row, *next));
                let right = right.unwrap_or(width);
                let is_closed = |below: usize| (column..right).any(|next| is(above, below, next));
                let bottom = (row + 1..height).find(|below| is_closed(*below)).unwrap_or(height);
                for row in row..bottom {
                    taken
                        .iter_mut()
                        .take(row * width + right)
                        .skip(row * width + column)
                        .for_each(|field| *field = true);
                }
                cells.push(RuledCell { row, column, height: bottom - row, width: right - column, lines: Vec::new() });
            }
        }
        Ok(Some(Self { columns, rows, cells }))
    }

    /// Takes the texts that stand in it; those that do not are returned.
    fn take(&mut self, texts: Vec<Placed>) -> Vec<Placed> {
        let width = self.columns.len().saturating_sub(1);
        let mut owners = vec![usize::MAX; width * self.rows.len().saturating_sub(1)];
        for (index, cell) in self.cells.iter().enumerate() {
            for row in cell.row..cell.row + cell.height {
                let of_row =
                    owners.iter_mut().take(row * width + cell.column + cell.width).skip(row * width + cell.column);
                of_row.for_each(|owner| *owner = index);
            }
        }
        let is_within = |edges: &[i32], place: i32| {
            edges.first().is_some_and(|first| *first <= place) && edges.last().is_some_and(|last| place < *last)
        };
        let mut rest = Vec::new();
        let mut inside: Vec<Vec<Placed>> = self.cells.iter().map(|_| Vec::new()).collect();
        for text in texts {
            let (x, y) = text.middle();
            let field = edge(&self.rows, y) * width + edge(&self.columns, x);
            let owner = owners.get(field).filter(|_| is_within(&self.columns, x) && is_within(&self.rows, y));
            match owner.and_then(|owner| inside.get_mut(*owner)) {
                Some(cell) => cell.push(text),
                None => rest.push(text),
            }
        }
        for (cell, texts) in self.cells.iter_mut().zip(inside) {
            cell.lines = lines(texts);
        }
        rest
    }
}
