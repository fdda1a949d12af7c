//! Tables in the making: pieces of pages that are one table.
//!
//! A table that goes on over pages prints its title, its header, a part of the header, or nothing of all that on the next
//! one. What joins two pieces is said of each join; one that nothing but the order of columns supports leaves the columns of
//! the rows below in doubt.

use std::collections::HashSet;

use budget_model::{Aspect, Label};

use super::body::{self, Body, OpenCodes, PrintedRow};
use super::caption::Caption;
use super::header::{Content, Header, PrintedColumn};
use super::piece::Piece;
use super::sheet::Sheet;
use crate::lexicon::Lexicon;
use crate::text::fold;

/// A table in the making.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) title: Option<Label>,
    pub(super) caption: Caption,
    /// The header of its first page. Rows refer to its columns by index.
    pub(super) header: Header,
    pub(super) rows: Vec<PrintedRow>,
    pub(super) declared_empty: Option<Label>,
    pub(super) notes: Vec<Label>,
    pub(super) shows_decimals: bool,
    /// Whether it stands in a hidden sheet: a copy of last year, a draft.
    pub(super) is_hidden: bool,
    /// Whether blanks keep its columns, and nothing its rows.
    pub(super) is_set_by_blanks: bool,
    /// The grid it was last found in.
    pub(super) part: usize,
    open: OpenCodes,
}

/// By how many columns a frame may begin further left or right on the next page.
const MOST_SHIFT: i64 = 3;

/// How the columns of a piece are those of the table before.
struct Join {
    header: Header,
    /// Whether the columns of the piece are known to be those of the table.
    is_certain: bool,
}

impl Draft {
    /// The table that a piece begins.
    pub(super) fn begin(sheet: &mut Sheet<'_>, part: usize, piece: &Piece, above: Option<Label>) -> Self {
        let mut draft = Self {
            title: piece.title.clone().or(above),
            caption: piece.caption.clone(),
            header: with_tail(&piece.header, &piece.tail, piece.title.as_ref()),
            rows: Vec::new(),
            declared_empty: None,
            notes: Vec::new(),
            shows_decimals: false,
            is_hidden: sheet.is_hidden(),
            is_set_by_blanks: sheet.grid.is_set_by_blanks(),
            part,
            open: OpenCodes::new(),
        };
        let header = draft.header.clone();
        draft.read(sheet, piece, &header, true);
        draft
    }

    /// Takes a piece that is the rest of this table; `false` if it is not.
    pub(super) fn goes_on(&mut self, sheet: &mut Sheet<'_>, part: usize, piece: &Piece) -> bool {
        if part.saturating_sub(self.part) > 1 || self.is_hidden != sheet.is_hidden() || !self.header.has_figures() {
            return false;
        }
        let same_title = match (&piece.title, &self.title) {
            (None, _) => true,
            (Some(title), Some(own)) => bare_title(title) == bare_title(own),
            (Some(_), None) => false,
        };
        let same_compiler = match (&piece.caption.compiler, &self.caption.compiler) {
            (Some(one), Some(other)) => one.text == other.text,
            _ => true,
        };
        if !same_title
            || !same_compiler
            || (piece.title.is_none() && part == self.part && !piece.header.rows.is_empty())
        {
            return false;
        }
        let Some(join) = self.join(piece) else { return false };
        let begins_with_total = |rows: &[PrintedRow]| {
            rows.iter()
                .find(|row| !row.figures.is_empty())
                .is_some_and(|row| row.label.as_ref().is_some_and(|label| Lexicon::is_total_of_table(&label.text)))
        };
        let before = self.rows.len();
        let had_total =
            self.rows.iter().any(|row| row.label.as_ref().is_some_and(|label| Lexicon::is_total_of_table(&label.text)));
        let mut open = self.open.clone();
        let mut body = body::read(sheet, &join.header, &body_cells(piece, &join.header), &mut open);
        // Two units with a table of the same form each: both have a total.
        if piece.title.is_some()
            && !piece.header.rows.is_empty()
            && had_total
            && before > 0
            && begins_with_total(&body.rows)
        {
            return false;
        }
        self.open = open;
        take_front(sheet, piece, &join.header);
        if let Some((unit, _)) = &piece.caption.unit {
            // The page may print another unit than the table.
            let figures = body.rows.iter_mut().flat_map(|row| &mut row.figures);
            figures.for_each(|figure| figure.unit = figure.unit.take().or(Some(unit.clone())));
        }
        self.caption.complete(piece.caption.clone());
        self.part = part;
        self.add(body, join.is_certain);
        true
    }

    /// How the columns of a piece are those of this table.
    fn join(&self, piece: &Piece) -> Option<Join> {
        let (own, other) = (&self.header.columns, &piece.header.columns);
        if !piece.header.rows.is_empty() {
            // The header is printed again, all of it or its lower levels.
            let words =
                |columns: &[PrintedColumn]| columns.iter().flat_map(PrintedColumn::folded_path).collect::<String>();
            if own.len() == other.len() && words(own) == words(other) {
                return Some(self.with_columns(other, piece, Some, true));
            }
            // As many columns under no other words, divided in another way.
            let all: HashSet<String> = own.iter().flat_map(PrintedColumn::folded_path).collect();
            let mut printed = other.iter().flat_map(PrintedColumn::folded_path);
            let are_alike = own.len() == other.len() && own.iter().zip(other).all(|(own, other)| fits(own, other));
            if are_alike && printed.all(|word| all.contains(&word)) {
                return Some(self.with_columns(other, piece, Some, true));
            }
            let mut free = 0;
            let mut map = Vec::new();
            for column in other {
                let path = column.folded_path();
                let fits = |own: &PrintedColumn| {
                    let own_path = own.folded_path();
                    !path.is_empty() && own_path.ends_with(&path) || (path.is_empty() && own_path.is_empty())
                };
                let found = own.iter().skip(free).position(fits).map(|at| at + free);
                free = found.map_or(free, |at| at + 1);
                map.push(found);
            }
            let mapped = map.iter().flatten().count();
            // A border column without words may be missing on one of the pages.
            let is_all = map.iter().zip(other).all(|(found, column)| found.is_some() || column.path.is_empty());
            return (is_all && mapped > 1)
                .then(|| self.with_columns(other, piece, |index| map.get(index).copied().flatten(), true));
        }
        // Nothing is printed above the rows: the tracks say it, or the order of the columns.
        // A frame may begin some border columns further left or right; the one shift under which everything fits counts.
        let shifted = |shift: i64| -> Option<Vec<usize>> {
            let mut map: Vec<usize> = Vec::new();
            for column in other {
                let place = usize::try_from(column.first as i64 + shift).ok()?;
                let at = own.iter().position(|own| (own.first..=own.last).contains(&place))?;
                let is_next = map.last().is_none_or(|last| *last < at);
                map.push(own.get(at).filter(|own| is_next && fits(own, column)).map(|_| at)?);
            }
            Some(map)
        };
        if other.is_empty() {
            return None;
        }
        let unshifted = shifted(0);
        let mut fitting = (1..=MOST_SHIFT).flat_map(|shift| [shift, -shift]).filter_map(shifted);
        let (map, is_only) = match unshifted {
            Some(map) => (Some(map), true),
            None => (fitting.next(), fitting.next().is_none()),
        };
        if let Some(map) = map {
            return Some(self.with_columns(other, piece, |index| map.get(index).copied(), is_only));
        }
        let is_prefix = other.len() <= own.len() && own.iter().zip(other).all(|(own, other)| fits(own, other));
        is_prefix.then(|| self.with_columns(other, piece, Some, other.len() == own.len()))
    }

    /// The header of this table over the columns of a piece.
    fn with_columns(
        &self,
        columns: &[PrintedColumn],
        piece: &Piece,
        of: impl Fn(usize) -> Option<usize>,
        is_certain: bool,
    ) -> Join {
        // Columns without a counterpart here are kept where nothing stands.
        let nowhere = usize::MAX;
        let mut own: Vec<PrintedColumn> = self
            .header
            .columns
            .iter()
            .map(|column| PrintedColumn { first: nowhere, last: nowhere, ..column.clone() })
            .collect();
        for (index, column) in columns.iter().enumerate() {
            if let Some(slot) = of(index).and_then(|at| own.get_mut(at)) {
                if slot.first == nowhere {
                    slot.first = column.first;
                }
                slot.last = column.last;
            }
        }
        let header = Header { columns: own, rows: piece.header.rows.clone(), body: piece.header.body };
        Join { header, is_certain }
    }

    fn read(&mut self, sheet: &mut Sheet<'_>, piece: &Piece, header: &Header, is_certain: bool) {
        let cells = body_cells(piece, header);
        let body = body::read(sheet, header, &cells, &mut self.open);
        take_front(sheet, piece, header);
        self.add(body, is_certain);
    }

    fn add(&mut self, body: Body, is_certain: bool) {
        let first = self.rows.len();
        self.rows.extend(body.rows);
        if !is_certain {
            let figures = self.rows.iter_mut().skip(first).flat_map(|row| &mut row.figures);
            figures.for_each(|figure| figure.doubts.add(Aspect::Column));
        }
        self.notes.extend(body.notes);
        self.declared_empty = self.declared_empty.take().or(body.declared_empty);
        self.shows_decimals |= body.shows_decimals;
    }
}

/// Whether a column without words may be the rest of another one. Codes look like figures, and a table may have no decimals.
fn fits(own: &PrintedColumn, other: &PrintedColumn) -> bool {
    match (own.content, other.content) {
        (Content::Counter, _) | (_, Content::Counter) => true,
        (Content::Code { .. }, _) => true,
        (Content::Figures, Content::Figures | Content::Code { .. }) => true,
        (Content::Text, Content::Text | Content::Code { .. }) => true,
        (Content::Figures, Content::Text) | (Content::Text, Content::Figures) => false,
    }
}

/// The rows of a piece below its header.
fn body_cells(piece: &Piece, header: &Header) -> Vec<usize> {
    let is_body = |row: &usize| *row >= header.body && !header.rows.contains(row);
    piece.cells.iter().copied().filter(is_body).collect()
}

/// The front of a piece and the words of its header are read.
fn take_front(sheet: &mut Sheet<'_>, piece: &Piece, header: &Header) {
    for row in piece.front.iter().chain(&header.rows) {
        sheet.take_row(*row);
    }
}

/// Columns without words get those that stand in the cell of the title, if there are as many of them.
fn with_tail(header: &Header, tail: &[String], title: Option<&Label>) -> Header {
    let mut header = header.clone();
    let Some(title) = title else { return header };
    if header.columns.len() == tail.len() && header.columns.iter().all(|column| column.path.is_empty()) {
        for (column, word) in header.columns.iter_mut().zip(tail) {
            column.path.push(Label::new(word.clone(), title.place));
        }
    }
    header
}

/// A title without what differs from page to page: （续）.
fn bare_title(title: &Label) -> String {
    let folded = fold(&title.text);
    let (text, _) = Lexicon::without_continuation(&folded);
    text.trim_end_matches('表').to_owned()
}
