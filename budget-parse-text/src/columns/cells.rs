//! The cells of a run.

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};

use budget_document::{CellValue, Grid, GridCell, Line, Mark, Track};

use super::corridors::header_rows;
use super::pieces::{Measured, Metric, Piece};

/// A cell that is being made: what a line prints in some columns.
struct Part {
    columns: RangeInclusive<usize>,
    piece: Piece,
    mark: Option<Mark>,
}

impl Part {
    /// Puts a piece behind it.
    fn join(&mut self, piece: &Piece, last: usize) {
        (self.piece.cells.end, self.piece.bytes.end) = (piece.cells.end, piece.bytes.end);
        self.columns = *self.columns.start()..=last.max(*self.columns.end());
    }
}

/// Most lines of a header.
const MOST_HEADER_ROWS: usize = 12;

/// Makes the grid of a run. `None` if it is in doubt: a number that reaches over a corridor, two numbers in one cell, figures that do
/// not stand below a header, a list that has no figures.
pub(super) fn grid<'t>(
    lines: &[Line<'t>],
    measured: &[Measured],
    corridors: &[u32],
    metric: Metric,
) -> Option<Grid<'t>> {
    let body = header_rows(measured);
    let rows = |corridors: &[u32], extents: &[Option<Range<u32>>]| -> Option<Vec<Vec<Part>>> {
        let rows = lines.iter().zip(measured).enumerate();
        rows.map(|(index, (line, row))| parts(&line.text, row, corridors, extents, index < body)).collect()
    };
    let extents_of = |corridors: &[u32]| extents(measured, corridors);
    let printed = rows(corridors, &extents_of(corridors))?;
    let corridors = &headed(&printed, body, corridors);
    let extents = extents_of(corridors);
    let mut rows = rows(corridors, &extents)?;
    let columns = corridors.len() + 1;
    part_headers(&mut rows, body, columns)?;
    if !has_whole_numbers(lines, &rows) || !has_figures(lines, &rows, columns) || !are_headed(&rows, body, columns) {
        return None;
    }
    for row in (0..body.min(MOST_HEADER_ROWS)).rev() {
        reach(&mut rows, row, body, &extents, metric);
    }
    let page = lines.first()?.page;
    let mut cells = Vec::new();
    for (row, (line, parts)) in (0..).zip(lines.iter().zip(&rows)) {
        for part in parts {
            let bytes = part.piece.bytes.clone();
            let text: Cow<'t, str> = match &line.text {
                Cow::Borrowed(text) => Cow::Borrowed(text.get(bytes)?),
                Cow::Owned(text) => Cow::Owned(text.get(bytes)?.to_owned()),
            };
            let (first, last) = (u32::try_from(*part.columns.start()).ok()?, u32::try_from(*part.columns.end()).ok()?);
            let place = line.place(part.piece.bytes.start);
            let cell = GridCell::new(row, first, CellValue::Text(text), place).spanning(1, last - first + 1);
            cells.push(match part.mark {
                Some(mark) => cell.with_mark(mark),
                None => cell,
            });
        }
    }
    Some(Grid::new(cells).on_page(page).with_column_tracks(tracks(measured, corridors)).set_by_blanks())
}

/// The columns that a piece lies in.
fn columns(piece: &Piece, corridors: &[u32]) -> RangeInclusive<usize> {
    let column = |cell: u32| corridors.partition_point(|corridor| *corridor < cell);
    let core = piece.core();
    column(core.start)..=column(core.end)
}

/// What the pieces that lie in one column take of it.
fn extents(measured: &[Measured], corridors: &[u32]) -> Vec<Option<Range<u32>>> {
    let mut extents: Vec<Option<Range<u32>>> = vec![None; corridors.len() + 1];
    for piece in measured.iter().flat_map(|row| &row.pieces).filter(|piece| piece.spaced.is_empty()) {
        let columns = columns(piece, corridors);
        if columns.start() == columns.end()
            && let Some(extent) = extents.get_mut(*columns.start())
        {
            let known = extent.take().unwrap_or_else(|| piece.cells.clone());
            *extent = Some(known.start.min(piece.cells.start)..known.end.max(piece.cells.end));
        }
    }
    extents
}

/// The parts of a line; words of a header may share a column. `None` if a number would be parted, or put together with something else.
fn parts(
    text: &str,
    row: &Measured,
    corridors: &[u32],
    extents: &[Option<Range<u32>>],
    is_header: bool,
) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    for piece in &row.pieces {
        for piece in split(text, piece, corridors, extents) {
            let mut columns = columns(&piece, corridors);
            // Two pieces are two cells where the second goes on in the next column.
            let reach = corridors.partition_point(|corridor| *corridor < piece.cells.end);
            if let Some(last) = parts.last()
                && last.columns.end() == columns.start()
                && reach > *columns.start()
            {
                columns = *columns.start() + 1..=reach;
            }
            if piece.is_number && columns.start() != columns.end() {
                return None;
            }
            match parts.last_mut() {
                Some(last) if last.columns.end() >= columns.start() && !is_header => {
                    if last.piece.is_number || piece.is_number {
                        return None;
                    }
                    last.join(&piece, *columns.end());
                }
                _ => parts.push(Part { columns, piece, mark: None }),
            }
        }
    }
    Some(parts)
}

/// Parts a piece where a corridor goes through a blank in it: between two words with one blank (`98,098.87 一、一般公共服务支出`),
/// or between the characters of what looks like a word that is spaced out (`类    款    项`), if each stands in a column of its own.
fn split(text: &str, piece: &Piece, corridors: &[u32], extents: &[Option<Range<u32>>]) -> Vec<Piece> {
    let whole = columns(piece, corridors);
    if whole.start() == whole.end() {
        return vec![piece.clone()];
    }
    let stands_in = |piece: &Piece| {
        let columns = columns(piece, corridors);
        let extent = extents.get(*columns.start())?.as_ref()?;
        let meets = piece.cells.start < extent.end && piece.cells.end > extent.start;
        (columns.start() == columns.end() && meets).then_some(*columns.start())
    };
    if !piece.spaced.is_empty() {
        let columns: Option<Vec<usize>> = piece.spaced.iter().map(stands_in).collect();
        let is_parted = columns.is_some_and(|columns| columns.is_sorted_by(|left, right| left < right));
        return if is_parted { piece.spaced.clone() } else { vec![piece.clone()] };
    }
    let mut pieces = vec![piece.clone()];
    for (blank, next) in piece.blanks.iter().filter(|(blank, _)| corridors.binary_search(blank).is_ok()) {
        let Some(last) = pieces.last_mut() else { break };
        // `2025 年` is one.
        let is_date = text.get(*next..).is_some_and(|behind| behind.starts_with(['年', '月', '日', '度']));
        if is_date {
            continue;
        }
        let (left, right) = part(text, last, *blank, *next);
        *last = left;
        pieces.push(right);
    }
    pieces
}

/// A piece in two at a blank.
fn part(text: &str, piece: &Piece, blank: u32, next: usize) -> (Piece, Piece) {
    let end = text.get(..next).map_or(next, |before| before.trim_end().len());
    let of = |cells: Range<u32>, bytes: Range<usize>| {
        let is_number = text.get(bytes.clone()).is_some_and(super::pieces::is_number);
        let blanks = piece.blanks.iter().filter(|(at, _)| cells.contains(at)).copied().collect();
        let is_amount = text.get(bytes.clone()).is_some_and(super::pieces::is_amount);
        Piece { cells, bytes, is_number, is_amount, count: None, blanks, spaced: Vec::new() }
    };
    (of(piece.cells.start..blank, piece.bytes.start..end), of(blank + 1..piece.cells.end, next..piece.bytes.end))
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, Default)]
struct Printed {
    /// A header of its own, and one that reaches over others, too.
    has_header: bool,
    is_below_header: bool,
    has_amounts: bool,
    has_others: bool,
}

impl Printed {
    fn is_header_alone(self) -> bool {
        self.has_header && !self.has_amounts && !self.has_others
    }

    fn has_no_header(self) -> bool {
        !self.has_header && (self.has_amounts || self.has_others)
    }
}

fn printed(rows: &[Vec<Part>], body: usize, columns: usize) -> Vec<Printed> {
    let mut printed = vec![Printed::default(); columns];
    for (index, part) in rows.iter().enumerate().flat_map(|(index, parts)| parts.iter().map(move |part| (index, part)))
    {
        let is_one = part.columns.start() == part.columns.end();
        for column in part.columns.clone() {
            let Some(column) = printed.get_mut(column) else { continue };
            match index < body {
                true => (column.has_header, column.is_below_header) = (column.has_header || is_one, true),
                false if part.piece.is_amount => {
                    column.has_amounts = true;
                }
                false => column.has_others = true,
            }
        }
    }
    printed
}

/// The corridors without those between a header and what stands below it: a header in the middle of its column and figures at its
/// right edge, or codes and names at its left, need not stand below each other.
fn headed(rows: &[Vec<Part>], body: usize, corridors: &[u32]) -> Vec<u32> {
    let printed = printed(rows, body, corridors.len() + 1);
    let mut kept = Vec::with_capacity(corridors.len());
    let mut is_joined = false;
    for (corridor, two) in corridors.iter().zip(printed.windows(2)) {
        let [left, right] = two else { break };
        is_joined = !is_joined
            && (left.is_header_alone() && right.has_no_header()
                || left.has_no_header() && !left.has_amounts && right.is_header_alone());
        if !is_joined {
            kept.push(*corridor);
        }
    }
    kept
}

/// Parts the words of a header that share a column. The second belongs to the next column if that has no header. Above figures they
/// cannot be told apart, and are marked; above names one of them is the header of figures that stand elsewhere, so that other figures
/// may do so, too: `None`.
fn part_headers(rows: &mut [Vec<Part>], body: usize, columns: usize) -> Option<()> {
    let printed = printed(rows, body, columns);
    for parts in rows.iter_mut().take(body) {
        let mut told: Vec<Part> = Vec::with_capacity(parts.len());
        for mut part in parts.drain(..) {
            match told.last_mut() {
                Some(last) if last.columns.end() >= part.columns.start() => {
                    let next = *last.columns.end() + 1;
                    if printed.get(next).is_some_and(|column| column.has_no_header()) {
                        part.columns = next..=next.max(*part.columns.end());
                        told.push(part);
                    } else if printed.get(*last.columns.end()).is_some_and(|column| column.has_amounts) {
                        last.join(&part.piece, *part.columns.end());
                        last.mark = Some(Mark::Mixed);
                    } else {
                        return None;
                    }
                }
                _ => told.push(part),
            }
        }
        *parts = told;
    }
    Some(())
}

/// Whether figures stand below headers: not so if those of a column have none and a header before it has none of its own.
fn are_headed(rows: &[Vec<Part>], body: usize, columns: usize) -> bool {
    let printed = printed(rows, body, columns);
    let bare = printed.iter().rposition(|column| column.has_amounts && !column.is_below_header);
    let alone = printed.iter().position(|column| column.is_header_alone());
    body == 0 || !matches!((alone, bare), (Some(alone), Some(bare)) if alone < bare)
}

/// Whether all numbers stand in one line: fonts of different height may put decimals into the next one (`5,445` above `.39`), and
/// the whole number is no number then.
fn has_whole_numbers(lines: &[Line<'_>], rows: &[Vec<Part>]) -> bool {
    let is_rest = |text: &str| text.starts_with('.') && text.len() > 1;
    lines.iter().zip(rows).all(|(line, parts)| {
        let mut numbers = parts.iter().filter(|part| part.piece.is_number);
        !numbers.any(|part| line.text.get(part.piece.bytes.clone()).is_some_and(is_rest))
    })
}

/// Whether rows are those of figures and not of a list: several numbers below or beside each other, which are more than the
/// numbering of the rows or the pages of a list of contents.
fn has_figures(lines: &[Line<'_>], rows: &[Vec<Part>], columns: usize) -> bool {
    let mut numbers: Vec<Vec<&str>> = vec![Vec::new(); columns];
    for (line, parts) in lines.iter().zip(rows) {
        for part in parts.iter().filter(|part| part.piece.is_number) {
            if let (Some(column), Some(text)) =
                (numbers.get_mut(*part.columns.start()), line.text.get(part.piece.bytes.clone()))
            {
                column.push(text);
            }
        }
    }
    let of_column = numbers.iter().map(Vec::len).max().unwrap_or(0);
    let of_row = rows.iter().map(|row| row.iter().filter(|part| part.piece.is_number).count()).max().unwrap_or(0);
    let count: usize = numbers.iter().map(Vec::len).sum();
    if count < 3 || (of_column < 2 && of_row < 3) {
        return false;
    }
    let mut with_numbers = numbers.iter().filter(|column| !column.is_empty());
    match (with_numbers.next(), with_numbers.next()) {
        (Some(only), None) => {
            let counted: Option<Vec<u32>> = only.iter().map(|text| text.parse().ok()).collect();
            counted.is_none_or(|counted| !counted.is_sorted())
        }
        _ => true,
    }
}

/// Makes the cells of a row of the header reach over the columns that they stand in the middle of, where these print nothing in this
/// row and something below. What stands above others but in the middle of none is marked: where it ends is not known. So is
/// everything of the kind where a full-width character counts one cell, because only the beginnings of words stand where they do on
/// the page then.
fn reach(rows: &mut [Vec<Part>], row: usize, body: usize, extents: &[Option<Range<u32>>], metric: Metric) {
    let Some((above, below)) = rows.split_at_mut_checked(row + 1) else { return };
    let Some(parts) = above.last_mut() else { return };
    // Columns that have a header of their own below this row.
    let mut has_header = vec![false; extents.len()];
    for part in below.iter().take(body - row - 1).flatten() {
        for column in part.columns.clone() {
            if let Some(known) = has_header.get_mut(column) {
                *known = true;
            }
        }
    }
    let is_headed = |column: usize| has_header.get(column).copied().unwrap_or(false);
    let free = |index: usize| {
        let before = index.checked_sub(1).and_then(|before| parts.get(before)).map_or(0, |part| part.columns.end() + 1);
        let behind = parts.get(index + 1).map_or(extents.len(), |part| *part.columns.start());
        (before, behind)
    };
    let free: Vec<(usize, usize)> = (0..parts.len()).map(free).collect();
    for (part, (before, behind)) in parts.iter_mut().zip(free) {
        let (first, last) = (*part.columns.start(), *part.columns.end());
        if part.piece.is_number || part.mark.is_some() || !part.columns.clone().all(is_headed) {
            continue;
        }
        let left = (before..first).rev().take_while(|column| is_headed(*column)).last().unwrap_or(first);
        let right = (last + 1..behind).take_while(|column| is_headed(*column)).last().unwrap_or(last);
        if (left, right) == (first, last) {
            continue;
        }
        let middle = part.piece.cells.start + part.piece.cells.end;
        // Twice the distance from the middle of some columns; in the middle is what is at most a cell away from it.
        let distance = |from: usize, to: usize| {
            let edges = (extents.get(from)?.as_ref()?.start, extents.get(to)?.as_ref()?.end);
            Some(middle.abs_diff(edges.0 + edges.1)).filter(|distance| *distance <= 3)
        };
        let wider = (left..=first).flat_map(|from| (last..=right).map(move |to| (from, to)));
        let best = wider
            .filter(|range| *range != (first, last))
            .take(MOST_RANGES)
            .filter_map(|(from, to)| Some((distance(from, to)?, from, to)))
            .min();
        match best {
            Some((_, from, to)) if metric == Metric::Double && distance(first, last).is_none() => {
                part.columns = from..=to
            }
            _ => part.mark = Some(Mark::MayReachFurther),
        }
    }
}

/// Most ranges of columns that are tried for one cell.
const MOST_RANGES: usize = 2_000;

/// The columns, from corridor to corridor.
fn tracks(measured: &[Measured], corridors: &[u32]) -> Vec<Track> {
    let pieces = || measured.iter().flat_map(|row| &row.pieces);
    let from = pieces().map(|piece| piece.cells.start).min().unwrap_or(0);
    let to = pieces().map(|piece| piece.cells.end).max().unwrap_or(0);
    let lefts = std::iter::once(from).chain(corridors.iter().map(|corridor| corridor + 1));
    let rights = corridors.iter().copied().chain(std::iter::once(to));
    lefts.zip(rights).map(|(from, to)| Track::new(from * Track::CHARACTER, to * Track::CHARACTER)).collect()
}
