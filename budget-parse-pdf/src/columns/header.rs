//! Which words of a header stand above which band.
//!
//! A word stands in the middle of its column, figures at its right edge and names at its left, so that the two need not stand below
//! each other. But the header of figures is the last that does not stand behind their right edge, and that of names the first that
//! does not end before they begin, whatever is printed in the columns between.

use std::ops::Range;

use budget_document::Mark;

use crate::stop::Effort;
use crate::table::Table;

use super::Part;
use super::bands::{Band, Bands, Edge};
use super::pieces::Piece;

/// What is set in two lines stands nearer than this, in hundredths of an em.
const PITCH: i32 = 150;

/// Most words of a header.
const MOST: usize = 400;

/// The rows of a header, and the columns that it makes.
pub(super) struct Header<'g> {
    pub(super) rows: Vec<Vec<Part<'g>>>,
    /// The column of each band.
    pub(super) columns: Vec<usize>,
    /// How many columns there are.
    pub(super) count: usize,
}

/// A word of a header that has none below it.
struct Leaf {
    row: usize,
    index: usize,
    left: i32,
    right: i32,
}

impl Leaf {
    fn middle(&self) -> i32 {
        self.left + (self.right - self.left) / 2
    }
}

/// The cells of a ruled table as the words of a header.
pub(super) fn of_table<'g>(table: &Table<'g>) -> Vec<Vec<Piece<'g>>> {
    let mut rows: Vec<Vec<Piece<'g>>> = Vec::new();
    for (cell, area, glyphs) in table.filled() {
        while rows.len() <= cell.row {
            rows.push(Vec::new());
        }
        if let (Some(row), Some(piece)) = (rows.get_mut(cell.row), Piece::of(glyphs)) {
            row.push(Piece { area, is_ruled: true, ..piece });
        }
    }
    rows.retain(|row| !row.is_empty());
    rows
}

impl<'g> Header<'g> {
    /// The header of some bands. `None` if it is in doubt which words stand above which.
    pub(super) fn of(rows: Vec<Vec<Piece<'g>>>, bands: &Bands, effort: &mut Effort) -> Option<Self> {
        let bands = bands.bands.as_slice();
        let pieces: usize = rows.iter().map(Vec::len).sum();
        if pieces > MOST {
            return None;
        }
        effort.spend(pieces.saturating_mul(pieces + bands.len()));
        let leaves = leaves(&rows)?;
        if leaves.is_empty() {
            return Some(Self { rows: Vec::new(), columns: (0..bands.len()).collect(), count: bands.len() });
        }
        let (columns, of_leaves, count) = columns(bands, &leaves)?;
        let mut made: Vec<Vec<Part<'g>>> = Vec::with_capacity(rows.len());
        // Where each word stands, from below.
        let mut places: Vec<Vec<Range<usize>>> = rows.iter().map(|row| vec![0..0; row.len()]).collect();
        for (leaf, place) in leaves.iter().zip(&of_leaves) {
            *places.get_mut(leaf.row)?.get_mut(leaf.index)? = place.clone();
        }
        for (number, row) in rows.iter().enumerate() {
            for (index, piece) in row.iter().enumerate() {
                let of_both = between(piece, number, &rows, &leaves);
                let is_below = |leaf: &Leaf| match of_both {
                    Some([one, other]) => std::ptr::eq(leaf, one) || std::ptr::eq(leaf, other),
                    None => leaf.row > number && meet(piece, leaf),
                };
                let below = leaves.iter().zip(&of_leaves).filter(|(leaf, _)| is_below(leaf));
                let below = below.map(|(_, place)| place.clone()).reduce(|one, other| one.start..other.end);
                if let (Some(below), Some(place)) = (below, places.get_mut(number).and_then(|row| row.get_mut(index))) {
                    *place = below;
                }
            }
        }
        for (number, (row, of_row)) in rows.iter().zip(&places).enumerate() {
            let mut parts: Vec<Part<'g>> = Vec::with_capacity(row.len());
            for (piece, place) in row.iter().zip(of_row) {
                if parts.last().is_some_and(|last| last.columns.end > place.start) {
                    return None;
                }
                let part = Part { columns: place.clone(), glyphs: piece.glyphs.clone(), area: piece.area, mark: None };
                parts.push(reach(part, piece, number, &rows, &places, (&leaves, &of_leaves)));
            }
            // What reaches over the place of the next word reaches too far.
            for index in 1..parts.len() {
                if let Some([left, right]) = parts.get_mut(index - 1..=index)
                    && left.columns.end > right.columns.start
                {
                    return None;
                }
            }
            made.push(parts);
        }
        Some(Self { rows: made, columns, count })
    }
}

fn meet(piece: &Piece<'_>, leaf: &Leaf) -> bool {
    leaf.left < piece.area.right && piece.area.left < leaf.right
}

/// The words that have none below them, from left to right. `None` if they are not beside each other.
fn leaves(rows: &[Vec<Piece<'_>>]) -> Option<Vec<Leaf>> {
    let mut leaves: Vec<Leaf> = Vec::new();
    for (row, pieces) in rows.iter().enumerate().rev() {
        for (index, piece) in pieces.iter().enumerate() {
            let is_above = leaves.iter().any(|leaf| leaf.row > row && meet(piece, leaf));
            if !is_above && between(piece, row, rows, &leaves).is_none() {
                leaves.push(Leaf { row, index, left: piece.area.left, right: piece.area.right });
            }
        }
    }
    leaves.sort_by_key(|leaf| leaf.left);
    let is_apart = |pair: &[Leaf]| matches!(pair, [one, other] if one.right <= other.left + 50);
    leaves.windows(2).all(is_apart).then_some(leaves)
}

/// The two words, both lower, in the middle between which a word stands, if nothing stands above these at its height or higher: it
/// is the word of both.
fn between<'l>(piece: &Piece<'_>, row: usize, rows: &[Vec<Piece<'_>>], leaves: &'l [Leaf]) -> Option<[&'l Leaf; 2]> {
    let left = leaves.iter().filter(|leaf| leaf.right <= piece.area.left).max_by_key(|leaf| leaf.right)?;
    let right = leaves.iter().filter(|leaf| leaf.left >= piece.area.right).min_by_key(|leaf| leaf.left)?;
    let is_bare = |leaf: &Leaf| leaf.row > row && !rows.iter().take(row + 1).flatten().any(|other| meet(other, leaf));
    let middle = left.left + (right.right - left.left) / 2;
    let is_middle = (middle - piece.middle()).abs() <= size(piece) / 2;
    (!piece.is_ruled && is_middle && is_bare(left) && is_bare(right)).then_some([left, right])
}

fn size(piece: &Piece<'_>) -> i32 {
    piece.glyphs.iter().map(|glyph| glyph.size).max().unwrap_or(0)
}

/// The column of each band, the columns of each leaf, and how many there are.
type Columns = (Vec<usize>, Vec<Range<usize>>, usize);

fn columns(bands: &[Band], leaves: &[Leaf]) -> Option<Columns> {
    // For each band the leaf above it.
    let above = |band: &Band| -> Option<usize> {
        let middle = band.left + (band.right - band.left) / 2;
        match band.edge {
            Edge::Right => leaves.iter().rposition(|leaf| leaf.middle() < band.right),
            Edge::Left => leaves.iter().position(|leaf| leaf.middle() > band.left && leaf.right > band.left),
            Edge::Neither => (0..leaves.len())
                .min_by_key(|index| leaves.get(*index).map_or(i32::MAX, |leaf| (leaf.middle() - middle).abs())),
        }
    };
    let found: Vec<usize> = bands.iter().map(above).collect::<Option<_>>()?;
    if !found.is_sorted() {
        return None;
    }
    let mut columns = vec![0; bands.len()];
    let mut of_leaves = Vec::with_capacity(leaves.len());
    let mut count = 0;
    for leaf in 0..leaves.len() {
        let begin = count;
        let own: Vec<usize> = (0..bands.len()).filter(|band| found.get(*band) == Some(&leaf)).collect();
        // Two columns of figures below one word: which of them is headed is not known.
        if own.iter().filter(|band| bands.get(**band).is_some_and(|band| band.edge == Edge::Right)).count() > 1 {
            return None;
        }
        for band in &own {
            *columns.get_mut(*band)? = count;
            count += 1;
        }
        count += usize::from(own.is_empty());
        of_leaves.push(begin..count);
    }
    Some((columns, of_leaves, count))
}

/// Makes a word above others reach over the columns in whose middle it stands, where these print nothing at its height and above.
/// Where it ends is not known if it stands in the middle of none.
fn reach<'g>(
    mut part: Part<'g>,
    piece: &Piece<'g>,
    number: usize,
    rows: &[Vec<Piece<'g>>],
    places: &[Vec<Range<usize>>],
    (leaves, of_leaves): (&[Leaf], &[Range<usize>]),
) -> Part<'g> {
    let size = size(piece);
    let (first, last) = (part.columns.start, part.columns.end);
    let below = leaves.iter().zip(of_leaves).find(|(leaf, place)| leaf.row > number && **place == part.columns);
    let is_leaf = leaves.iter().any(|leaf| leaf.row == number && leaf.left == piece.area.left);
    if piece.is_ruled || is_leaf {
        return part;
    }
    // The first line of a word that is wrapped is no shorter than the rest.
    if let Some((leaf, _)) = below
        && let Some(rest) = rows.get(leaf.row).and_then(|row| row.get(leaf.index))
        && piece.area.width() + size / 2 >= leaf.right - leaf.left
        && (rest.area.center().1 - piece.area.center().1) * 100 <= PITCH * size
    {
        return part;
    }
    let is_taken = |column: usize| {
        places.iter().take(number + 1).flatten().any(|place| *place != part.columns && place.contains(&column))
    };
    let has_leaf =
        |column: usize| leaves.iter().zip(of_leaves).any(|(leaf, place)| leaf.row > number && place.contains(&column));
    let is_open = |column: &usize| has_leaf(*column) && !is_taken(*column);
    let left = (0..first).rev().take_while(is_open).last().unwrap_or(first);
    let right = (last..last + leaves.len()).take_while(is_open).last().map_or(last, |column| column + 1);
    if (left, right) == (first, last) {
        return part;
    }
    let middle = |from: usize, to: usize| {
        let from = leaves.iter().zip(of_leaves).find(|(_, place)| place.start == from)?.0.left;
        let to = leaves.iter().zip(of_leaves).find(|(_, place)| place.end == to)?.0.right;
        Some(from + (to - from) / 2)
    };
    let is_middle = |from: usize, to: usize| middle(from, to).is_some_and(|at| (at - piece.middle()).abs() <= size / 2);
    if is_middle(left, right) {
        part.columns = left..right;
    } else if !is_middle(first, last) || last - first == 1 {
        part.mark = Some(Mark::MayReachFurther);
    }
    part
}
