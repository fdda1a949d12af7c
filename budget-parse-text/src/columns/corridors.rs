//! The columns of a run: the corridors between them.

use std::collections::HashSet;
use std::ops::Range;

use super::pieces::{Measured, Piece, core};

/// A gap between two pieces of a line: the cells that are blank, both ends included.
struct Gap {
    first: u32,
    last: u32,
    /// Whether a number stands on one side, which is a cell of its own.
    parts_numbers: bool,
}

/// Gaps that can share a corridor.
struct Shared {
    /// The cells that are blank in all of them.
    first: u32,
    last: u32,
    count: usize,
    parts_numbers: bool,
}

/// The corridors of some lines, from left to right: cells that are blank in most of them. In every gap stands one, and there are as
/// few as that allows. `None` if there are none.
pub(super) fn find(rows: &[Measured]) -> Option<Vec<u32>> {
    let ink = Ink::of(rows);
    let (header, body) = rows.split_at_checked(header_rows(rows))?;
    // The words of a header stand in the middle of their columns and figures at the right, so that the gap behind one may reach
    // into the gap before the other. The figures count first; then the header parts what they leave together.
    let mut corridors = Vec::new();
    for part in [body, header] {
        corridors.extend(share(part, &ink, &corridors));
        corridors.sort_unstable();
    }
    if corridors.is_empty() || corridors.len() > MOST_COLUMNS {
        return None;
    }
    let more = hidden(rows, &corridors);
    corridors.extend(more);
    corridors.sort_unstable();
    Some(corridors)
}

/// As few corridors as there can be for the gaps of some rows in which none stands yet.
fn share(rows: &[Measured], ink: &Ink, known: &[u32]) -> Vec<u32> {
    let gap = |(left, right): (&Piece, &Piece)| {
        let (first, last) = (left.cells.end, right.cells.start.saturating_sub(1));
        // No corridor goes through a number.
        let mut free = (first..=last).filter(|cell| !ink.has_number(*cell));
        let first = free.next()?;
        let last = free.next_back().unwrap_or(first);
        let has_corridor = known.get(known.partition_point(|corridor| *corridor < first)).is_some_and(|at| *at <= last);
        (!has_corridor).then_some(Gap { first, last, parts_numbers: left.is_number || right.is_number })
    };
    let mut gaps: Vec<Gap> = rows.iter().flat_map(Measured::gaps).filter_map(gap).collect();
    gaps.sort_unstable_by_key(|gap| (gap.last, gap.first));
    let mut corridors: Vec<u32> = Vec::new();
    let close = |shared: Shared, corridors: &mut Vec<u32>| {
        let corridor = ink.corridor(shared.first, shared.last);
        // What one line parts and others print over is no column, unless a number would be joined with something else.
        if shared.count > 1 || shared.parts_numbers || ink.lines(corridor) == 0 {
            corridors.push(corridor);
        }
    };
    let mut open: Option<Shared> = None;
    for gap in gaps {
        if corridors.last().is_some_and(|last| gap.first <= *last) {
            continue;
        }
        match &mut open {
            Some(shared) if (shared.first.max(gap.first)..=shared.last).any(|cell| !ink.has_number(cell)) => {
                shared.first = shared.first.max(gap.first);
                shared.count += 1;
                shared.parts_numbers |= gap.parts_numbers;
            }
            _ => {
                let Gap { first, last, parts_numbers } = gap;
                if let Some(shared) = open.replace(Shared { first, last, count: 1, parts_numbers }) {
                    close(shared, &mut corridors);
                }
            }
        }
    }
    if let Some(shared) = open {
        close(shared, &mut corridors);
    }
    corridors
}

/// More columns than any table has.
const MOST_COLUMNS: usize = 200;

/// What stands below each other in a column.
#[derive(Clone, Debug)]
struct Cluster {
    cells: Range<u32>,
    /// The first and the last row of the header that print something of it.
    header: Option<(usize, usize)>,
    has_numbers: bool,
}

/// Corridors between columns that no line prints both of: numbers that do not stand below each other (`208` and `05` of 类 and 款,
/// basic and project expenditure), and a word of the header beside a column that has a header of its own.
fn hidden(rows: &[Measured], corridors: &[u32]) -> Vec<u32> {
    let body = header_rows(rows);
    let mut columns: Vec<Vec<Cluster>> = vec![Vec::new(); corridors.len() + 1];
    for (index, row) in rows.iter().enumerate() {
        let is_header = index < body;
        // Texts of the body are as long as they are.
        for cells in
            row.pieces.iter().filter(|piece| is_header || piece.is_number).flat_map(|piece| piece.cut(corridors))
        {
            let core = core(&cells);
            let column = corridors.partition_point(|corridor| *corridor < core.start);
            let is_inside = corridors.get(column).is_none_or(|corridor| *corridor >= core.end);
            if let Some(clusters) = columns.get_mut(column)
                && is_inside
            {
                let header = is_header.then_some((index, index));
                clusters.push(Cluster { cells, header, has_numbers: !is_header });
            }
        }
    }
    let mut found = Vec::new();
    for printed in &mut columns {
        // A word above several columns is wider than what stands in each of them.
        printed.sort_by_key(|cluster| cluster.cells.end - cluster.cells.start);
        let mut clusters = Vec::new();
        for cluster in printed.drain(..) {
            add(&mut clusters, cluster);
        }
        clusters.sort_unstable_by_key(|cluster| cluster.cells.start);
        for (left, right) in clusters.iter().zip(clusters.iter().skip(1)) {
            // The header of a column stands as low as those beside it; what stands higher may be above several columns.
            let is_beside = |whole: &Cluster, empty: &Cluster| match (whole.header, empty.header) {
                (Some((_, last)), Some((first, _))) => whole.has_numbers && !empty.has_numbers && last >= first,
                _ => false,
            };
            let are_apart = left.has_numbers && right.has_numbers || is_beside(left, right) || is_beside(right, left);
            if are_apart && right.cells.start > left.cells.end {
                found.push(left.cells.end + (right.cells.start - left.cells.end) / 2);
            }
        }
    }
    found
}

/// Adds a cluster to those it does not meet, or makes one of all that it meets. A word of the header that meets several stands above
/// them.
fn add(clusters: &mut Vec<Cluster>, mut new: Cluster) {
    let meets =
        |other: &Cluster, new: &Cluster| other.cells.start <= new.cells.end && new.cells.start <= other.cells.end;
    if !new.has_numbers && clusters.iter().filter(|other| meets(other, &new)).count() > 1 {
        return;
    }
    clusters.retain(|other| {
        let meets = meets(other, &new);
        if meets {
            new.cells = other.cells.start.min(new.cells.start)..other.cells.end.max(new.cells.end);
            new.header = match (new.header, other.header) {
                (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
                (one, other) => one.or(other),
            };
            new.has_numbers |= other.has_numbers;
        }
        !meets
    });
    clusters.push(new);
}

/// How many rows stand before the first figure; a row that counts the columns is one of the header.
pub(super) fn header_rows(rows: &[Measured]) -> usize {
    rows.iter().position(|row| row.has_number() && !row.counts_columns()).unwrap_or(rows.len())
}

/// What some lines print in each cell: how many of them something, and how many a text.
struct Ink {
    lines: Vec<u32>,
    texts: Vec<u32>,
    numbers: Vec<u32>,
}

impl Ink {
    fn of(rows: &[Measured]) -> Self {
        let above = above_others(rows);
        let all = || rows.iter().enumerate().flat_map(|(row, line)| line.pieces.iter().map(move |piece| (row, piece)));
        let pieces =
            || all().filter(|(row, piece)| !above.contains(&(*row, piece.cells.start))).map(|(_, piece)| piece);
        let width = pieces().map(|piece| piece.cells.end).max().unwrap_or(0);
        let whole = |piece: &Piece| piece.cells.clone();
        Self {
            lines: count(width, pieces(), whole),
            texts: count(width, pieces().filter(|piece| !piece.is_number), whole),
            numbers: count(width, pieces().filter(|piece| piece.is_number), Piece::core),
        }
    }

    fn lines(&self, cell: u32) -> u32 {
        self.lines.get(cell as usize).copied().unwrap_or(0)
    }

    fn has_text(&self, cell: u32) -> bool {
        self.texts.get(cell as usize).is_some_and(|texts| *texts > 0)
    }

    fn has_number(&self, cell: u32) -> bool {
        self.numbers.get(cell as usize).is_some_and(|numbers| *numbers > 0)
    }

    /// The cell from `first` to `last` where the fewest lines print something. Where several are as thin and something stands
    /// between them, numbers belong to the column on their left, whose edge they stand at, and texts to that on their right.
    fn corridor(&self, first: u32, last: u32) -> u32 {
        let free = || (first..=last).filter(|cell| !self.has_number(*cell));
        let least = free().map(|cell| self.lines(cell)).min().unwrap_or(0);
        let is_thin = |cell: &u32| self.lines(*cell) == least && !self.has_number(*cell);
        let mut begin = (first..=last).find(is_thin).unwrap_or(first);
        loop {
            let behind = (begin..=last).find(|cell| !is_thin(cell)).unwrap_or(last + 1);
            match (behind..=last).find(is_thin) {
                Some(next) if !(behind..next).any(|cell| self.has_text(cell)) => begin = next,
                _ => return begin + (behind - begin).saturating_sub(1) / 2,
            }
        }
    }
}

/// Most lines of a header.
const MOST_HEADER_ROWS: usize = 12;

/// The words of a header, by row and first cell, that stand above those of several columns: where columns are parted they say nothing.
fn above_others(rows: &[Measured]) -> HashSet<(usize, u32)> {
    let body = header_rows(rows);
    let first = body.saturating_sub(MOST_HEADER_ROWS);
    let mut above = HashSet::new();
    for (index, row) in rows.iter().enumerate().take(body).skip(first) {
        for piece in &row.pieces {
            let below = rows.iter().take(body).skip(index + 1).flat_map(|row| &row.pieces);
            let mut met =
                below.filter(|other| other.cells.start < piece.cells.end && piece.cells.start < other.cells.end);
            let width = |piece: &Piece| piece.cells.end - piece.cells.start;
            // A word that is wrapped stands above the middle of its rest, which is not much shorter.
            let is_apart = |other: &Piece| {
                let sticks_out = other.cells.start < piece.cells.start || other.cells.end > piece.cells.end;
                sticks_out || 2 * width(other) < width(piece)
            };
            if met.any(is_apart) {
                above.insert((index, piece.cells.start));
            }
        }
    }
    above
}

/// How many pieces print something in each cell.
fn count<'p>(width: u32, pieces: impl Iterator<Item = &'p Piece>, cells: impl Fn(&Piece) -> Range<u32>) -> Vec<u32> {
    let mut changes = vec![0_i64; width as usize + 1];
    let mut change = |cell: u32, by: i64| {
        if let Some(change) = changes.get_mut(cell as usize) {
            *change += by;
        }
    };
    for piece in pieces {
        let cells = cells(piece);
        change(cells.start, 1);
        change(cells.end, -1);
        for (blank, _) in &piece.blanks {
            change(*blank, -1);
            change(*blank + 1, 1);
        }
    }
    let mut open = 0;
    let count = |change: &i64| {
        open += change;
        u32::try_from(open).unwrap_or(0)
    };
    changes.iter().map(count).collect()
}
