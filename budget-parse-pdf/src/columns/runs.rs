//! The lines of a page that can be one table: rows of figures, what stands between them, and the header above.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::geometry::POINT;
use crate::lattice::Line;
use crate::stop::Effort;
use crate::table::Table;

use super::pieces::{Piece, Row};

/// Lines of one table stand at most so far apart, in ems.
const FARTHEST: i32 = 5;
/// Texts that begin below each other differ by less than this.
const ALIGNED: i32 = 2 * POINT;
/// Most lines without figures between two rows that begin where none of these does.
const MOST_BETWEEN: usize = 3;
/// Most lines of a header.
const MOST_HEADER: usize = 8;
/// How far above a header its upper rule may stand, in ems.
const RULE_ABOVE: i32 = 12;
/// Most rows of a table; no page has more.
const MOST_ROWS: usize = 1_000;

/// Lines that can be a table, by their numbers.
pub(super) struct Run {
    pub(super) header: Range<usize>,
    pub(super) body: Range<usize>,
    /// The ruled table right above that can be its header.
    pub(super) table: Option<usize>,
    /// Heights of the level rules in it.
    rules: Vec<i32>,
}

/// The runs of a page, from above. `level_rules` are in order.
pub(super) fn find(rows: &[Row<'_>], tables: &[Table<'_>], level_rules: &[Line], effort: &mut Effort) -> Vec<Run> {
    effort.spend(rows.len().saturating_mul(tables.len() + 1));
    let place = Surroundings { tables, level_rules };
    let mut runs: Vec<Run> = Vec::new();
    let mut first = None;
    let mut last = 0;
    // Where the texts of the run begin, and how many lines behind its last row of figures begin elsewhere.
    let mut begins: BTreeSet<i32> = BTreeSet::new();
    let mut apart = 0;
    for (index, row) in rows.iter().enumerate() {
        let is_aligned =
            |piece: &Piece<'_>| begins.range(piece.area.left - ALIGNED..=piece.area.left + ALIGNED).next().is_some();
        // A row that has nothing but its name.
        apart += usize::from(!row.pieces.iter().all(is_aligned));
        let is_near = rows.get(index.saturating_sub(1)).is_some_and(|above| place.go_on(above, row));
        if let Some(begin) = first
            && (!is_near
                || (apart > MOST_BETWEEN && !row.is_of_figures())
                || place.is_beside(row)
                || parts_tables(row, rows.get(last))
                || index - begin >= MOST_ROWS)
        {
            runs.push(place.run(rows, begin, last, runs.last(), effort));
            begins.clear();
            first = None;
        }
        if row.is_of_figures() && !place.is_beside(row) {
            first = first.or(Some(index));
            (last, apart) = (index, 0);
            begins.extend(row.pieces.iter().filter(|piece| !piece.is_number()).map(|piece| piece.area.left));
        }
    }
    if let Some(begin) = first {
        runs.push(place.run(rows, begin, last, runs.last(), effort));
    }
    runs
}

/// Whether a line is the beginning of something else: a caption, or words below the numbers of the last row, as titles, sentences
/// and the next header are.
fn parts_tables(row: &Row<'_>, above: Option<&Row<'_>>) -> bool {
    if row.numbers() > 0 {
        return false;
    }
    let is_below = |piece: &Piece<'_>| {
        let numbers = above.into_iter().flat_map(|above| &above.pieces).filter(|other| other.is_number());
        numbers.clone().any(|other| piece.area.left < other.area.right && piece.area.right > other.area.left)
    };
    row.pieces.iter().any(|piece| piece.is_caption() || is_below(piece))
}

struct Surroundings<'p, 'g> {
    tables: &'p [Table<'g>],
    level_rules: &'p [Line],
}

impl Surroundings<'_, '_> {
    /// Whether a line stands beside a ruled table.
    fn is_beside(&self, row: &Row<'_>) -> bool {
        let (_, middle) = row.area.center();
        self.tables.iter().map(Table::area).any(|area| area.top <= middle && middle < area.bottom)
    }

    /// Whether two lines can be of one table.
    fn go_on(&self, above: &Row<'_>, below: &Row<'_>) -> bool {
        let (from, to) = (above.area.center().1, below.area.center().1);
        let is_between = |top: i32| from < top && top <= to;
        to - from <= FARTHEST * above.size.max(below.size)
            && !self.tables.iter().any(|table| is_between(table.area().top))
    }

    /// The heights of the rules between two heights that are as wide as a table.
    fn rules(&self, from: i32, to: i32, left: i32, right: i32) -> Vec<i32> {
        let begin = self.level_rules.partition_point(|rule| rule.position < from);
        let between = self.level_rules.iter().skip(begin).take_while(|rule| rule.position <= to);
        let mut heights: Vec<(i32, i32)> = Vec::new();
        for rule in between {
            let shared = rule.to.min(right) - rule.from.max(left);
            match heights.last_mut() {
                Some((height, sum)) if rule.position - *height <= 150 => *sum += shared.max(0),
                _ => heights.push((rule.position, shared.max(0))),
            }
        }
        heights
            .into_iter()
            .filter(|(_, sum)| i64::from(*sum) * 10 >= i64::from(right - left) * 7)
            .map(|(at, _)| at)
            .collect()
    }

    fn run(&self, rows: &[Row<'_>], first: usize, last: usize, before: Option<&Run>, effort: &mut Effort) -> Run {
        effort.spend(self.level_rules.len() * 2);
        let body = rows.get(first..=last).unwrap_or_default();
        let left = body.iter().map(|row| row.area.left).min().unwrap_or(0);
        let right = body.iter().map(|row| row.area.right).max().unwrap_or(0);
        let (top, bottom) = (body.first().map_or(0, |row| row.area.top), body.last().map_or(0, |row| row.area.bottom));
        let size = body.first().map_or(0, |row| row.size);
        let floor = before.map_or(0, |run| run.body.end);
        let header = self.header(rows, floor..first, left, right);
        // What stands behind the last row is the rest of its name if it stands right below it, and no rule between.
        let mut end = last + 1;
        while end - last <= 2
            && let (Some(row), Some(above)) = (rows.get(end), rows.get(end - 1))
            && row.area.center().1 - above.area.center().1 <= 2 * above.size
            && !self.is_beside(row)
            && self.go_on(above, row)
            && self.rules(above.area.center().1, row.area.center().1, left, right).is_empty()
            && is_rest(row, rows.get(last))
        {
            end += 1;
        }
        let is_above = |area: crate::geometry::Area| {
            area.bottom <= top + size
                && top - area.bottom <= 2 * size
                && area.left <= left + 2 * size
                && area.right + 2 * size >= right
        };
        let above = self.tables.iter().position(|table| is_above(table.area()) && !table.has_figures());
        // A name of several lines may begin above its figures, below the rule of the header.
        let middle = |index: usize| rows.get(index).map_or(0, |row| row.area.center().1);
        let is_of_body = |index: &usize| self.rules(middle(*index), middle(first), left, right).is_empty();
        let own = header.clone().rev().take_while(is_of_body).last().filter(|own| *own > header.start);
        let (header, first) = own.map_or((header.clone(), first), |own| (header.start..own, own));
        let top = rows.get(first).map_or(top, |row| row.area.top);
        Run {
            table: above.filter(|_| header.is_empty()),
            rules: self.rules(top, bottom, left, right),
            header,
            body: first..end,
        }
    }

    /// The lines above the first row of figures that are its header.
    fn header(&self, rows: &[Row<'_>], above: Range<usize>, left: i32, right: i32) -> Range<usize> {
        let end = above.end;
        let mut begin = end;
        for index in above.rev().take(MOST_HEADER) {
            let (Some(row), Some(below)) = (rows.get(index), rows.get(index + 1)) else { break };
            let margin = 2 * row.size;
            let is_inside = row.area.left + margin >= left && row.area.right <= right + margin;
            if self.is_beside(row) || !self.go_on(row, below) || !is_inside || row.pieces.iter().any(Piece::is_caption)
            {
                break;
            }
            let upper = row.area.top - RULE_ABOVE * row.size;
            let is_below_a_rule = !self.rules(upper, row.area.top + row.size / 4, left, right).is_empty();
            // Without a rule above it, what stands alone in its line may be a title.
            if row.pieces.len() >= 2 || is_below_a_rule {
                begin = index;
            } else {
                break;
            }
        }
        begin..end
    }
}

/// Whether a line can be the rest of a name of the row above: it stands below one piece that is no number.
fn is_rest(row: &Row<'_>, above: Option<&Row<'_>>) -> bool {
    let (Some(above), [piece]) = (above, row.pieces.as_slice()) else { return false };
    let mut met =
        above.pieces.iter().filter(|other| piece.area.left < other.area.right && piece.area.right > other.area.left);
    match (met.next(), met.next()) {
        (Some(one), None) => !one.is_number() && !piece.is_number() && piece.area.left + row.size >= one.area.left,
        _ => false,
    }
}

impl Run {
    /// The rows of the table: the lines between two rules if rules part every row of figures from the next, else each line.
    pub(super) fn groups(&self, body: &[Row<'_>]) -> Vec<Range<usize>> {
        let heights: Vec<usize> =
            body.iter().map(|row| self.rules.partition_point(|rule| *rule < row.area.center().1)).collect();
        let figures: Vec<usize> =
            body.iter().zip(&heights).filter(|(row, _)| row.is_of_figures()).map(|(_, height)| *height).collect();
        if figures.len() < 2 || figures.windows(2).any(|pair| matches!(pair, [one, other] if one == other)) {
            return (0..body.len()).map(|index| index..index + 1).collect();
        }
        let mut begin = 0;
        heights
            .chunk_by(usize::eq)
            .map(|group| {
                let range = begin..begin + group.len();
                begin = range.end;
                range
            })
            .collect()
    }
}
