//! Bands: what stands below each other in the rows of a table.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::geometry::POINT;
use crate::stop::Effort;

use super::Part;
use super::pieces::{Kind, Piece, Row, is_wide_gap};

/// More than any table has.
const MOST: usize = 60;
/// Most right edges of numbers before they are put together.
const MOST_EDGES: usize = 600;
/// Right edges of one column differ by less than this.
const EXACT: i32 = 60;

/// Where the contents of a band stand below each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// Numbers of different widths that end on one height.
    Right,
    Left,
    /// Numbers of one width, or in the middle of their cells.
    Neither,
}

/// What stands below each other.
#[derive(Clone, Debug)]
pub(super) struct Band {
    pub(super) left: i32,
    pub(super) right: i32,
    pub(super) edge: Edge,
    pub(super) has_numbers: bool,
    amounts: usize,
    /// The rows that it has something in.
    rows: BTreeSet<usize>,
}

/// The bands of a table from left to right, and where each piece of its rows stands.
pub(super) struct Bands {
    pub(super) bands: Vec<Band>,
    /// For each row and piece the bands it takes.
    pieces: Vec<Vec<Range<usize>>>,
}

/// A piece, by the numbers of its row and among the pieces of that row.
type Index = (usize, usize);

impl Band {
    fn of(row: usize, piece: &Piece<'_>) -> Self {
        Self {
            left: piece.area.left,
            right: piece.area.right,
            edge: if piece.is_number() { Edge::Neither } else { Edge::Left },
            has_numbers: piece.is_number(),
            amounts: usize::from(piece.kind == Kind::Amount),
            rows: BTreeSet::from([row]),
        }
    }

    fn join(&mut self, other: Self) {
        self.left = self.left.min(other.left);
        self.right = self.right.max(other.right);
        self.amounts += other.amounts;
        self.rows.extend(other.rows);
    }

    fn shared(&self, piece: &Piece<'_>) -> i32 {
        self.right.min(piece.area.right) - self.left.max(piece.area.left)
    }

    fn middle(&self) -> i32 {
        self.left + (self.right - self.left) / 2
    }
}

impl Bands {
    /// The bands of some rows. `None` if they are no columns: a text that goes through numbers, two texts in one cell.
    pub(super) fn of(rows: &[Row<'_>], effort: &mut Effort) -> Option<Self> {
        let size = rows.iter().map(|row| row.size).max()?;
        let mut bands: Vec<(Band, Vec<Index>)> = numbers(rows, size)?;
        effort.spend(rows.iter().map(|row| row.pieces.len()).sum::<usize>().saturating_mul(bands.len() + 1));
        let (apart, across): (Vec<Index>, Vec<Index>) = texts(rows).partition(|(row, index)| {
            piece(rows, *row, *index)
                .is_some_and(|piece| bands.iter().all(|(band, _)| band.shared(piece) <= size * 3 / 10))
        });
        bands.extend(names(rows, &apart, &bands)?);
        // A long name may reach below the next column.
        bands.sort_by_key(|(band, _)| if band.has_numbers { band.middle() } else { band.left });
        if bands.len() > MOST {
            return None;
        }
        let mut made = Self {
            pieces: rows.iter().map(|row| vec![0..0; row.pieces.len()]).collect(),
            bands: Vec::with_capacity(bands.len()),
        };
        for (number, (band, indices)) in bands.into_iter().enumerate() {
            for (row, index) in indices {
                made.set(row, index, number..number + 1);
            }
            made.bands.push(band);
        }
        for (row, index) in across {
            let columns = made.across(piece(rows, row, index)?, row)?;
            made.set(row, index, columns);
        }
        let is_in_order =
            |row: &Vec<Range<usize>>| row.windows(2).all(|pair| matches!(pair, [one, other] if one.end <= other.start));
        made.pieces.iter().all(is_in_order).then_some(made)
    }

    fn set(&mut self, row: usize, index: usize, columns: Range<usize>) {
        if let Some(place) = self.pieces.get_mut(row).and_then(|row| row.get_mut(index)) {
            *place = columns;
        }
    }

    /// Where a text goes that stands where other rows have numbers: with the names that it begins among, over the columns in which
    /// its row prints nothing; or in place of a number (无).
    fn across(&mut self, piece: &Piece<'_>, row: usize) -> Option<Range<usize>> {
        let meets = |band: &Band| band.shared(piece) > 0;
        let is_free = |band: &Band| !band.rows.contains(&row);
        let first = self.bands.iter().position(meets)?;
        let names = self.bands.iter().position(|band| !band.has_numbers && meets(band)).or_else(|| {
            let met = self.bands.iter().filter(|band| meets(band)).count();
            (met == 1).then_some(first)
        })?;
        if !self.bands.get(names).is_some_and(is_free) {
            return None;
        }
        let over = self.bands.iter().skip(names + 1).take_while(|band| meets(band) && is_free(band)).count();
        for band in self.bands.iter_mut().skip(names).take(over + 1) {
            band.rows.insert(row);
        }
        Some(names..names + over + 1)
    }

    /// Whether they are those of a table, and not lines of a list or the labels of a drawing: several columns of figures below each
    /// other, or one of amounts below a header; and something that says what they are at their left.
    pub(super) fn are_a_table(&self, rows: &[Row<'_>], has_header: bool) -> bool {
        let figures = rows.iter().filter(|row| row.is_of_figures()).count();
        let first = self.bands.iter().position(|band| band.has_numbers && band.amounts > 0);
        let first = first.or_else(|| self.bands.iter().position(|band| band.has_numbers)).unwrap_or(0);
        let named: BTreeSet<usize> = self.bands.iter().take(first).flat_map(|band| band.rows.iter().copied()).collect();
        let of_figures = |row: &usize| rows.get(*row).is_some_and(Row::is_of_figures);
        if self.are_near(rows) {
            return false;
        }
        let is_named = 2 * named.iter().filter(|row| of_figures(row)).count() >= figures;
        let columns = self.bands.iter().filter(|band| band.has_numbers && band.rows.len() >= 2).count();
        let with_amounts = self.bands.iter().filter(|band| band.amounts >= 3).count();
        let several = rows.iter().filter(|row| row.numbers() >= 2).count();
        let enough = if has_header { 2 } else { 3 };
        is_named && (columns >= 2 && several >= enough || has_header && with_amounts >= 1 && figures >= 3)
    }

    /// Whether numbers never stand more than a blank behind a word: those of sentences. A name may stand near behind a number.
    fn are_near(&self, rows: &[Row<'_>]) -> bool {
        // For the bands of two neighbours, how often they are printed, and whether with a wide gap.
        let mut pairs: BTreeMap<(usize, usize), (usize, bool)> = BTreeMap::new();
        for (row, places) in rows.iter().zip(&self.pieces) {
            for (pieces, places) in row.pieces.windows(2).zip(places.windows(2)) {
                if let ([left, right], [one, other]) = (pieces, places)
                    && right.is_number()
                {
                    let (count, is_wide) = pairs.entry((one.start, other.start)).or_default();
                    *count += 1;
                    *is_wide |= is_wide_gap(right.area.left - left.area.right, row.size);
                }
            }
        }
        pairs.into_values().any(|(count, is_wide)| count > 1 && !is_wide)
    }

    /// The cells of a row of some lines; `columns` are those of the bands.
    pub(super) fn parts<'g>(&self, rows: &[Row<'g>], lines: Range<usize>, columns: &[usize]) -> Option<Vec<Part<'g>>> {
        let mut parts: Vec<Part<'g>> = Vec::new();
        for line in lines {
            let (row, places) = (rows.get(line)?, self.pieces.get(line)?);
            for (piece, place) in row.pieces.iter().zip(places) {
                let columns = *columns.get(place.start)?..columns.get(place.end.checked_sub(1)?)? + 1;
                match parts.iter_mut().find(|part| part.columns.start == columns.start) {
                    Some(part) => {
                        part.columns.end = part.columns.end.max(columns.end);
                        part.glyphs.extend(&piece.glyphs);
                        part.area = part.area.around(&piece.area);
                    }
                    None => parts.push(Part { columns, glyphs: piece.glyphs.clone(), area: piece.area, mark: None }),
                }
            }
        }
        parts.sort_by_key(|part| part.columns.start);
        let is_apart = |pair: &[Part<'_>]| matches!(pair, [one, other] if one.columns.end <= other.columns.start);
        parts.windows(2).all(is_apart).then_some(parts)
    }
}

fn piece<'r, 'g>(rows: &'r [Row<'g>], row: usize, index: usize) -> Option<&'r Piece<'g>> {
    rows.get(row)?.pieces.get(index)
}

fn indices(rows: &[Row<'_>], wanted: fn(&Piece<'_>) -> bool) -> impl Iterator<Item = Index> {
    rows.iter().enumerate().flat_map(move |(row, line)| {
        line.pieces.iter().enumerate().filter(move |(_, piece)| wanted(piece)).map(move |(index, _)| (row, index))
    })
}

fn texts(rows: &[Row<'_>]) -> impl Iterator<Item = Index> {
    indices(rows, |piece| !piece.is_number())
}

/// The bands of the numbers: equal right edges are one; those that meet are one if no row has something in both and not both have
/// numbers of different widths with one right edge.
fn numbers(rows: &[Row<'_>], size: i32) -> Option<Vec<(Band, Vec<Index>)>> {
    let mut all: Vec<(i32, i32, Index)> = indices(rows, |piece| piece.is_number())
        .filter_map(|(row, index)| {
            piece(rows, row, index).map(|piece| (piece.area.right, piece.area.left, (row, index)))
        })
        .collect();
    all.sort_unstable();
    let mut edges: Vec<(Band, Vec<Index>)> = Vec::new();
    for group in all.chunk_by(|one, other| other.0 - one.0 <= size / 4) {
        let mut bands =
            group.iter().filter_map(|(_, _, (row, index))| Some(Band::of(*row, piece(rows, *row, *index)?)));
        let mut band = bands.next()?;
        bands.for_each(|other| band.join(other));
        if band.rows.len() < group.len() {
            return None;
        }
        let spread = |of: &dyn Fn(&(i32, i32, Index)) -> i32| {
            group.iter().map(of).max().unwrap_or(0) - group.iter().map(of).min().unwrap_or(0)
        };
        if spread(&|number| number.0) <= EXACT && spread(&|number| number.0 - number.1) > 2 * POINT {
            band.edge = Edge::Right;
        }
        edges.push((band, group.iter().map(|(_, _, index)| *index).collect()));
        if edges.len() > MOST_EDGES {
            return None;
        }
    }
    edges.sort_by_key(|(band, _)| band.left);
    let mut bands: Vec<(Band, Vec<Index>)> = Vec::new();
    for (band, indices) in edges {
        let is_same = |known: &Band| {
            band.left < known.right
                && known.left < band.right
                && known.rows.is_disjoint(&band.rows)
                && (known.edge, band.edge) != (Edge::Right, Edge::Right)
        };
        match bands.iter_mut().rev().take(4).find(|(known, _)| is_same(known)) {
            Some((known, of_known)) => {
                if known.edge != band.edge {
                    known.edge = Edge::Neither;
                }
                known.join(band);
                of_known.extend(indices);
            }
            None => bands.push((band, indices)),
        }
    }
    // Codes begin below each other.
    for (band, indices) in &mut bands {
        let lefts = indices.iter().filter_map(|(row, index)| piece(rows, *row, *index)).map(|piece| piece.area.left);
        if band.edge != Edge::Right
            && band.amounts == 0
            && lefts.clone().max().unwrap_or(0) - lefts.min().unwrap_or(0) <= EXACT
        {
            band.edge = Edge::Left;
        }
    }
    Some(bands)
}

/// The bands of the texts between numbers: what begins below each other is one; those that meet are one if no row has something in
/// both, as names that are indented. `None` if a row has two texts in one.
fn names(rows: &[Row<'_>], indices: &[Index], numbers: &[(Band, Vec<Index>)]) -> Option<Vec<(Band, Vec<Index>)>> {
    let mut all: Vec<(usize, i32, Index)> = Vec::with_capacity(indices.len());
    for (row, index) in indices {
        let piece = piece(rows, *row, *index)?;
        let before = numbers.iter().filter(|(band, _)| band.middle() < piece.middle()).count();
        all.push((before, piece.area.left, (*row, *index)));
    }
    all.sort_unstable();
    let mut bands: Vec<(usize, Band, Vec<Index>)> = Vec::new();
    for group in all.chunk_by(|one, other| one.0 == other.0 && other.1 - one.1 <= POINT) {
        let mut of_group = group.iter().filter_map(|(_, _, (row, at))| Some(Band::of(*row, piece(rows, *row, *at)?)));
        let mut band = of_group.next()?;
        of_group.for_each(|other| band.join(other));
        if band.rows.len() < group.len() {
            return None;
        }
        let place = group.first()?.0;
        let indices = group.iter().map(|(_, _, index)| *index);
        let is_same = |other: usize, known: &Band| {
            other == place && band.left < known.right && known.rows.is_disjoint(&band.rows)
        };
        match bands.iter_mut().rev().take(8).find(|(other, known, _)| is_same(*other, known)) {
            Some((_, known, of_known)) => {
                known.join(band);
                of_known.extend(indices);
            }
            None => bands.push((place, band, indices.collect())),
        }
        if bands.len() > MOST_EDGES {
            return None;
        }
    }
    Some(bands.into_iter().map(|(_, band, indices)| (band, indices)).collect())
}
