//! Tables that nothing rules, or level rules alone: columns from where numbers, names and the words of a header stand.
//!
//! ```text
//!   科目编码      科目名称           合计       基本支出    ← a header: rows without figures
//! ------------------------------------------------
//!   201       一般公共服务支出     13,907.78   13,907.78   ← figures with equal right edges are a column
//!   20103     政府办公厅事务          907.78      907.78   ← what begins below each other is one, too
//!     ↑           ↑                  ↑           ↑       ← bands: what stands below each other
//! ```
//!
//! All of it is geometry; of what stands there only whether it is a number matters. A run in doubt stays what it was, lines.
//!
//! 1. [`pieces`] parts the lines of a page at their gaps.
//! 2. [`runs`] finds the lines that can be one table.
//! 3. [`bands`] finds what stands below each other in them.
//! 4. [`header`] says which words stand above which band; a word above none is a column that prints nothing.
//!
//! The grids say that nothing rules them: what they hold is likely, and certain only where something else says so.

mod bands;
mod header;
mod pieces;
mod runs;

use budget_document::{Grid, GridCell, Mark, Track};

use crate::geometry::Area;
use crate::lattice::lines;
use crate::page::{Glyph, Rule};
use crate::stop::Effort;
use crate::table::{Sheet, Table, grid_cell};
use crate::text::Level;

use bands::Bands;
use header::Header;
use pieces::Row;
use runs::Run;

/// A table that no lattice holds.
pub(crate) struct Unruled {
    pub(crate) area: Area,
    /// The boxes of its cells.
    pub(crate) cells: Vec<Area>,
    pub(crate) grid: Grid<'static>,
}

/// A cell that is being made: what stands in some columns of a row.
struct Part<'g> {
    columns: std::ops::Range<usize>,
    glyphs: Vec<&'g Glyph>,
    area: Area,
    mark: Option<Mark>,
}

/// Takes what no lattice holds out of the lines of a page, and the ruled headers above it out of its tables.
pub(crate) fn find<'g>(
    levels: Vec<Level<'g>>,
    tables: &mut Vec<Table<'g>>,
    rules: &[Rule],
    sheet: &Sheet,
    effort: &mut Effort,
) -> (Vec<Level<'g>>, Vec<Unruled>) {
    let rows: Vec<Row<'g>> = levels.iter().map(|level| Row::of(level)).collect();
    // Most pages have no row of figures outside of their tables.
    if !rows.iter().any(Row::is_of_figures) {
        return (levels, Vec::new());
    }
    let level_rules = lines(rules.iter().filter(|rule| rule.is_level));
    let mut found = Vec::new();
    let mut taken = vec![false; levels.len()];
    let mut with_header = vec![false; tables.len()];
    for run in runs::find(&rows, tables, &level_rules, effort) {
        let above = run.table.and_then(|table| tables.get(table));
        let Some(table) = unruled(&rows, &run, above, sheet, effort) else { continue };
        taken.get_mut(run.header.start..run.body.end).unwrap_or_default().fill(true);
        if let Some(used) = run.table.and_then(|table| with_header.get_mut(table)) {
            *used = true;
        }
        found.push(table);
    }
    let mut used = with_header.into_iter();
    tables.retain(|_| !used.next().unwrap_or_default());
    let left = levels.into_iter().zip(taken).filter(|(_, taken)| !taken).map(|(level, _)| level);
    (left.collect(), found)
}

/// The table of a run, if its columns can be told.
fn unruled<'g>(
    rows: &[Row<'g>],
    run: &Run,
    above: Option<&Table<'g>>,
    sheet: &Sheet,
    effort: &mut Effort,
) -> Option<Unruled> {
    let body = rows.get(run.body.clone())?;
    let bands = Bands::of(body, effort)?;
    let printed = match above {
        Some(table) => header::of_table(table),
        None => rows.get(run.header.clone())?.iter().map(|row| row.pieces.clone()).collect(),
    };
    let header = Header::of(printed, &bands, effort)?;
    if !bands.are_a_table(body, !header.rows.is_empty()) {
        return None;
    }
    let mut made: Vec<Vec<Part<'g>>> = header.rows;
    for group in run.groups(body) {
        made.push(bands.parts(body, group, &header.columns)?);
    }
    let mut cells: Vec<GridCell<'static>> = Vec::new();
    let mut boxes = Vec::new();
    let mut tracks: Vec<Option<Area>> = vec![None; header.count];
    for (number, parts) in (0..).zip(&made) {
        for part in parts {
            let first = u32::try_from(part.columns.start).ok()?;
            let width = u32::try_from(part.columns.len()).ok()?;
            let cell = grid_cell((number, first), &part.glyphs, &part.area, sheet).spanning(1, width);
            cells.push(match part.mark {
                Some(mark) if cell.mark.is_none() => cell.with_mark(mark),
                _ => cell,
            });
            boxes.push(part.area);
            if let (1, Some(track)) = (width, tracks.get_mut(part.columns.start)) {
                *track = Some(track.map_or(part.area, |track| track.around(&part.area)));
            }
        }
    }
    let area = boxes.iter().copied().reduce(|one, other| one.around(&other))?;
    let grid = Grid::new(cells).on_page(sheet.page).with_column_tracks(column_tracks(&tracks, &area)).set_by_blanks();
    Some(Unruled { area, cells: boxes, grid })
}

/// The columns, each to the middle of the gap between what stands in it and in the next.
fn column_tracks(columns: &[Option<Area>], area: &Area) -> Vec<Track> {
    let tenths = |hundredths: i32| u32::try_from(hundredths.max(0) / 10).unwrap_or(0);
    let mut edges = vec![area.left];
    for pair in columns.windows(2) {
        let last = edges.last().copied().unwrap_or(area.left);
        let edge = match pair {
            [Some(left), Some(right)] => left.right + (right.left - left.right) / 2,
            [Some(left), None] => left.right,
            [None, Some(right)] => right.left,
            _ => last,
        };
        edges.push(edge.clamp(last, area.right.max(last)));
    }
    edges.push(area.right.max(edges.last().copied().unwrap_or(area.right)));
    edges
        .windows(2)
        .filter_map(|pair| match pair {
            [from, to] => Some(Track::new(tenths(*from), tenths(*to))),
            _ => None,
        })
        .collect()
}
