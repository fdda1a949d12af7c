//! A ruled table: the text in the cells of a lattice.

use budget_document::{CellValue, Grid, GridCell, Mark, Track};
use budget_model::Place;

use crate::geometry::{Area, Turn};
use crate::lattice::{Cell, Edge, Lattice};
use crate::page::Glyph;
use crate::text::{TextLine, is_gap, levels};

/// Where the things of a page are said to be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sheet {
    /// Number of the page, from 1.
    pub(crate) page: u32,
    /// Its size as it was turned.
    pub(crate) size: (i32, i32),
    pub(crate) turn: Turn,
}

impl Sheet {
    /// The place of a box, on the page as it is seen.
    pub(crate) fn place(&self, area: &Area) -> Place {
        let area = self.turn.back().area(area, self.size);
        let tenths = |hundredths: i32| u16::try_from((hundredths.max(0) + 5) / 10).unwrap_or(u16::MAX);
        Place::Page {
            page: self.page,
            top: tenths(area.top),
            left: tenths(area.left),
            bottom: tenths(area.bottom),
            right: tenths(area.right),
        }
    }
}

/// Which glyphs stand in which cell.
pub(crate) struct Table<'g> {
    lattice: Lattice,
    /// For each cell of the lattice.
    glyphs: Vec<Vec<&'g Glyph>>,
}

impl<'g> Table<'g> {
    /// Puts the glyphs that stand on a lattice into its cells, and gives back those that stand beside it.
    pub(crate) fn fill(lattice: Lattice, glyphs: impl IntoIterator<Item = &'g Glyph>) -> (Self, Vec<&'g Glyph>) {
        let fields = Fields::of(&lattice);
        let mut table = Self { glyphs: vec![Vec::new(); lattice.cells.len()], lattice };
        let mut beside = Vec::new();
        for level in levels(glyphs) {
            for word in level.chunk_by(|left, right| !is_gap(left, right)) {
                if fields.is_cut_by_a_rule(word) && is_number(word) {
                    table.put(word, &fields, &mut beside);
                    continue;
                }
                for piece in word.chunk_by(|left, right| left.run == right.run) {
                    table.put(piece, &fields, &mut beside);
                }
            }
        }
        (table, beside)
    }

    /// Puts what was written in one stroke of the pen into a cell. A number that is too wide for its cell runs over the rule at its
    /// left, a name over the one at its right; both belong where most of them stands.
    fn put(&mut self, piece: &[&'g Glyph], fields: &Fields, beside: &mut Vec<&'g Glyph>) {
        let cells: Vec<usize> = piece.iter().filter_map(|glyph| fields.cell(glyph.center())).collect();
        let mut sorted = cells.clone();
        sorted.sort_unstable();
        let most = sorted.chunk_by(usize::eq).map(<[usize]>::len).max().unwrap_or(0);
        // Of cells with equally many the one that comes first in the text.
        let has_most = |cell: &usize| {
            sorted.partition_point(|known| known <= cell) - sorted.partition_point(|known| known < cell) == most
        };
        let best = cells.iter().copied().find(has_most);
        match best.and_then(|cell| self.glyphs.get_mut(cell)) {
            Some(cell) => cell.extend(piece),
            None => beside.extend(piece),
        }
    }

    /// The box around it.
    pub(crate) fn area(&self) -> Area {
        self.lattice.area()
    }

    /// The boxes of its cells.
    pub(crate) fn cells(&self) -> impl Iterator<Item = Area> + '_ {
        self.lattice.cells.iter().map(|cell| self.lattice.cell_area(cell))
    }

    /// Whether a cell of it is a number.
    pub(crate) fn has_figures(&self) -> bool {
        self.glyphs.iter().any(|glyphs| !glyphs.is_empty() && is_number(glyphs))
    }

    /// Its cells with what stands in them, by row and column.
    pub(crate) fn filled(&self) -> impl Iterator<Item = (&Cell, Area, &[&'g Glyph])> + '_ {
        let cells = self.lattice.cells.iter().zip(&self.glyphs);
        cells.map(|(cell, glyphs)| (cell, self.lattice.cell_area(cell), glyphs.as_slice()))
    }

    /// Whether it is a table: a frame around some text is none, and neither are the lines of a chart, which part its height alone,
    /// or hold nothing but a few numbers.
    pub(crate) fn is_table(&self) -> bool {
        let is_parted = self.lattice.cells.iter().any(|cell| cell.width < self.lattice.columns());
        let has_words = self.glyphs.iter().flatten().any(|glyph| !is_of_number(glyph.character));
        let filled = self.glyphs.iter().filter(|glyphs| !glyphs.is_empty()).count();
        is_parted && (has_words || filled > 0 && 2 * filled >= self.glyphs.len())
    }

    /// The grid.
    pub(crate) fn grid<'a>(&self, sheet: &Sheet) -> Grid<'a> {
        let cells = self.lattice.cells.iter().zip(&self.glyphs).map(|(cell, glyphs)| self.cell(cell, glyphs, sheet));
        Grid::new(cells.collect())
            .on_page(sheet.page)
            .with_row_tracks(tracks(&self.lattice.ys))
            .with_column_tracks(tracks(&self.lattice.xs))
    }

    fn cell<'a>(&self, cell: &Cell, glyphs: &[&Glyph], sheet: &Sheet) -> GridCell<'a> {
        let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        let made = grid_cell((number(cell.row), number(cell.column)), glyphs, &self.lattice.cell_area(cell), sheet);
        made.spanning(number(cell.height), number(cell.width))
    }
}

/// The cell at a row and column that holds some glyphs: its lines by the height of the pen. `room` is where a blank one stands.
pub(crate) fn grid_cell<'a>((row, column): (u32, u32), glyphs: &[&Glyph], room: &Area, sheet: &Sheet) -> GridCell<'a> {
    let mut area: Option<Area> = None;
    let mut text = String::new();
    for level in levels(glyphs.iter().copied()) {
        let Some(line) = TextLine::of(&level, false) else { continue };
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&line.text);
        area = Some(area.map_or(line.area, |area| area.around(&line.area)));
    }
    let value = if text.is_empty() { CellValue::Blank } else { CellValue::text(text) };
    let made = GridCell::new(row, column, value, sheet.place(&area.unwrap_or(*room)));
    if is_cut(glyphs) { made.with_mark(Mark::Doubtful) } else { made }
}

/// Whether a word can be one number.
fn is_number(word: &[&Glyph]) -> bool {
    let is_point = |glyph: &&&Glyph| matches!(glyph.character, '.' | '．');
    word.iter().all(|glyph| is_of_number(glyph.character)) && word.iter().filter(is_point).count() <= 1
}

fn is_of_number(character: char) -> bool {
    character.is_numeric() || matches!(character, '.' | ',' | '，' | '．' | '-' | '%')
}

/// Whether a digit is cut off in part, so that more of them may be cut off in full.
pub(crate) fn is_cut(glyphs: &[&Glyph]) -> bool {
    glyphs
        .iter()
        .any(|glyph| glyph.is_cut && (glyph.character.is_ascii_digit() || matches!(glyph.character, '.' | ',')))
}

fn tracks(edges: &[Edge]) -> Vec<Track> {
    let tenths = |hundredths: i32| u32::try_from(hundredths.max(0) / 10).unwrap_or(0);
    edges
        .windows(2)
        .filter_map(|pair| match pair {
            [one, other] => Some(Track::new(tenths(one.middle()), tenths(other.middle()))),
            _ => None,
        })
        .collect()
}

/// The cell of each field of a lattice.
struct Fields {
    xs: Vec<i32>,
    ys: Vec<i32>,
    cells: Vec<usize>,
}

impl Fields {
    fn of(lattice: &Lattice) -> Self {
        let columns = lattice.columns();
        let mut cells = vec![usize::MAX; columns * lattice.rows()];
        for (index, cell) in lattice.cells.iter().enumerate() {
            for row in cell.row..cell.row + cell.height {
                let begin = row * columns + cell.column;
                if let Some(fields) = cells.get_mut(begin..begin + cell.width) {
                    fields.fill(index);
                }
            }
        }
        let middles = |edges: &[Edge]| edges.iter().map(Edge::middle).collect();
        Self { xs: middles(&lattice.xs), ys: middles(&lattice.ys), cells }
    }

    /// Whether a word cannot be two that touch at a rule: the rule goes through one of its glyphs, or parts it at a mark
    /// (`4,704.` and `24`).
    fn is_cut_by_a_rule(&self, word: &[&Glyph]) -> bool {
        let is_through = |glyph: &&Glyph| {
            let (_, y) = glyph.center();
            let inside = glyph.area.width() / 6;
            self.cell((glyph.area.left + inside, y)) != self.cell((glyph.area.right - inside, y))
        };
        let is_parted = |pair: &[&Glyph]| match pair {
            [left, right] => {
                let is_mark = |glyph: &Glyph| matches!(glyph.character, '.' | ',' | '，' | '．');
                (is_mark(left) || is_mark(right)) && self.cell(left.center()) != self.cell(right.center())
            }
            _ => false,
        };
        word.iter().any(is_through) || word.windows(2).any(is_parted)
    }

    fn cell(&self, (x, y): (i32, i32)) -> Option<usize> {
        let track = |edges: &[i32], at: i32| {
            let index = edges.partition_point(|edge| *edge <= at).checked_sub(1)?;
            (index + 1 < edges.len()).then_some(index)
        };
        let (column, row) = (track(&self.xs, x)?, track(&self.ys, y)?);
        self.cells.get(row * (self.xs.len() - 1) + column).copied().filter(|cell| *cell != usize::MAX)
    }
}
