//! The order of reading of a page: tables and the lines around them, from above.

use budget_document::{Block, Grid, Line};

use crate::columns::{self, Unruled};
use crate::geometry::{Area, POINT};
use crate::lattice::lattices;
use crate::page::{Glyph, Page};
use crate::stop::Effort;
use crate::table::{Sheet, Table};
use crate::text::{TextLine, levels};

/// A piece of a page, with the height it is read at.
pub(crate) enum Piece {
    Line(TextLine),
    Grid {
        area: Area,
        /// The boxes of its cells, for pictures.
        #[cfg_attr(not(feature = "picture"), allow(dead_code, reason = "pictures show them"))]
        cells: Vec<Area>,
        grid: Box<Grid<'static>>,
    },
}

impl Piece {
    fn area(&self) -> &Area {
        match self {
            Self::Line(line) => &line.area,
            Self::Grid { area, .. } => area,
        }
    }

    /// The boxes of the cells.
    #[cfg(feature = "picture")]
    pub(crate) fn cells(&self) -> &[Area] {
        match self {
            Self::Line(_) => &[],
            Self::Grid { cells, .. } => cells,
        }
    }
}

/// How far a number runs out of its table at most.
const REACH: i32 = 36 * POINT;

/// The pieces of a page, in reading order.
pub(crate) fn pieces(page: &Page, sheet: &Sheet, effort: &mut Effort) -> Vec<Piece> {
    let mut visible: Vec<&Glyph> = page.glyphs.iter().filter(|glyph| glyph.hidden.is_none()).collect();
    visible.sort_by_key(|glyph| glyph.center().1);
    let stands_between = |area: &Area, effort: &mut Effort| {
        let first = visible.partition_point(|glyph| glyph.center().1 < area.top);
        visible.iter().skip(first).take_while(|glyph| glyph.center().1 < area.bottom).any(|glyph| {
            effort.spend(1);
            area.holds(glyph.center())
        })
    };
    let mut tables = Vec::new();
    let mut outside = visible.clone();
    for lattice in lattices(&page.rules, &stands_between, effort) {
        let area = lattice.area();
        effort.spend(outside.len());
        // A number may run out of the table at its sides.
        let reach = Area::new(area.left - REACH, area.top, area.right + REACH, area.bottom);
        let (near, mut rest): (Vec<&Glyph>, Vec<&Glyph>) =
            outside.iter().partition(|glyph| reach.holds(glyph.center()));
        let (table, beside) = Table::fill(lattice, near);
        if table.is_table() {
            rest.extend(beside);
            outside = rest;
            tables.push(table);
        }
    }
    let (lines, unruled) = columns::find(levels(outside), &mut tables, &page.rules, sheet, effort);
    let mut pieces: Vec<Piece> = tables
        .iter()
        .map(|table| Piece::Grid {
            area: table.area(),
            cells: table.cells().collect(),
            grid: Box::new(table.grid(sheet)),
        })
        .chain(unruled.into_iter().map(|Unruled { area, cells, grid }| Piece::Grid {
            area,
            cells,
            grid: Box::new(grid),
        }))
        .chain(lines.iter().filter_map(|level| TextLine::of(level, true)).map(Piece::Line))
        .collect();
    // What stands beside a table is read before it or after it.
    effort.spend(pieces.len().saturating_mul(tables.len()));
    let key = |piece: &Piece| {
        let (_, middle) = piece.area().center();
        let beside = tables.iter().map(Table::area).find(|area| area.top <= middle && middle < area.bottom);
        match (piece, beside) {
            (Piece::Grid { area, .. }, _) => area.top,
            (Piece::Line(_), Some(area)) if middle < area.center().1 => area.top - 1,
            (Piece::Line(_), Some(area)) => area.bottom,
            (Piece::Line(_), None) => middle,
        }
    };
    pieces.sort_by_cached_key(key);
    pieces
}

/// The blocks of a page. `number` counts the lines of the document.
pub(crate) fn blocks(pieces: Vec<Piece>, sheet: &Sheet, number: &mut u32) -> Vec<Block<'static>> {
    let pitch = pitch(&pieces);
    let mut above: Option<Area> = None;
    let mut last: Option<i32> = None;
    let mut is_first = true;
    let mut blocks = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let area = *piece.area();
        match piece {
            Piece::Line(line) => {
                *number += 1;
                let step = last.map(|last| line.baseline - last);
                let after_blank = step.is_none_or(|step| step * 100 > pitch * 135 || step < 0) && above.is_some();
                blocks.push(Block::Line(
                    Line::new(line.indented(), sheet.page, *number)
                        .page_start(is_first)
                        .after_blank(after_blank || is_first)
                        .at(sheet.place(&area)),
                ));
                last = Some(line.baseline);
            }
            Piece::Grid { grid, .. } => {
                *number += grid.rows();
                blocks.push(Block::Grid(grid));
                last = None;
            }
        }
        above = Some(area);
        is_first = false;
    }
    blocks
}

/// The usual distance between the lines of a page.
fn pitch(pieces: &[Piece]) -> i32 {
    let baselines: Vec<i32> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Line(line) => Some(line.baseline),
            Piece::Grid { .. } => None,
        })
        .collect();
    let mut steps: Vec<i32> = baselines
        .windows(2)
        .filter_map(|pair| pair.last()?.checked_sub(*pair.first()?))
        .filter(|step| *step > 0)
        .collect();
    steps.sort_unstable();
    steps.get(steps.len() / 2).copied().unwrap_or(20 * POINT)
}
