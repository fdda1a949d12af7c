//! Tables in the making: pieces of pages that are one table.
//!
//! A table that goes on over pages prints its title, its header, a part of the header, or nothing of all that on the next
//! one. What joins two pieces is said of each join; one that nothing but the order of columns supports leaves the columns of
//! the rows below in doubt.

use std::collections::HashSet;
use std::ops::Range;

use budget_model::{Aspect, Join, JoinBy, Label, Place};

use super::body::{self, Body, OpenCodes, PrintedFigure, PrintedRow};
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
    /// What the pieces behind the first were joined by.
    pub(super) joins: Vec<Join>,
    open: OpenCodes,
    /// How many of the columns are those of its first piece; those of a second half stand behind them.
    own: usize,
    /// The rows of each piece of the first half.
    pieces: Vec<Range<usize>>,
    /// How many of them have their second half.
    completed: usize,
}

/// Where a column stands that a piece does not print.
const NOWHERE: usize = usize::MAX;

/// By how many columns a frame may begin further left or right on the next page.
const MOST_SHIFT: i64 = 3;

/// How the columns of a piece are those of the table before.
struct Fit {
    header: Header,
    by: JoinBy,
    /// Whether the columns of the piece are known to be those of the table.
    is_certain: bool,
}

/// Fewest rows that show that a piece is the second half of a table.
const FEWEST_ROWS: usize = 3;

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
            joins: Vec::new(),
            open: OpenCodes::new(),
            own: 0,
            pieces: Vec::new(),
            completed: 0,
        };
        draft.own = draft.header.columns.len();
        let header = draft.header.clone();
        draft.read(sheet, piece, &header, true);
        draft
    }

    /// Takes a piece that is the rest of this table; `false` if it is not. What stands in the lines above it counts as if it stood
    /// in it.
    pub(super) fn goes_on(
        &mut self,
        sheet: &mut Sheet<'_>,
        part: usize,
        piece: &Piece,
        title_above: Option<&Label>,
        caption_above: Option<&Caption>,
    ) -> bool {
        let title = piece.title.as_ref().or(title_above);
        if part.saturating_sub(self.part) > 1 || self.is_hidden != sheet.is_hidden() || !self.header.has_figures() {
            return false;
        }
        let same_title = match (title, &self.title) {
            (None, _) => true,
            (Some(title), Some(own)) => bare_title(title) == bare_title(own),
            (Some(_), None) => false,
        };
        let compiler = piece.caption.compiler.as_ref().or(caption_above.and_then(|caption| caption.compiler.as_ref()));
        let same_compiler = match (compiler, &self.caption.compiler) {
            (Some(one), Some(other)) => one.text == other.text,
            _ => true,
        };
        if !same_title || !same_compiler || (title.is_none() && part == self.part && !piece.header.rows.is_empty()) {
            return false;
        }
        let Some(fit) = self.fit(piece) else { return self.takes_half(sheet, part, piece) };
        let begins_with_total = |rows: &[PrintedRow]| {
            rows.iter()
                .find(|row| !row.figures.is_empty())
                .is_some_and(|row| row.label.as_ref().is_some_and(|label| Lexicon::is_total_of_table(&label.text)))
        };
        let before = self.rows.len();
        let had_total =
            self.rows.iter().any(|row| row.label.as_ref().is_some_and(|label| Lexicon::is_total_of_table(&label.text)));
        let mut open = self.open.clone();
        let mut body = body::read(sheet, &fit.header, &body_cells(piece, &fit.header), &mut open);
        // Two units with a table of the same form each: both have a total.
        if title.is_some() && !piece.header.rows.is_empty() && had_total && before > 0 && begins_with_total(&body.rows)
        {
            return false;
        }
        self.open = open;
        take_front(sheet, piece, &fit.header);
        if let Some((unit, _)) = &piece.caption.unit {
            // The page may print another unit than the table.
            let figures = body.rows.iter_mut().flat_map(|row| &mut row.figures);
            figures.for_each(|figure| figure.unit = figure.unit.take().or(Some(unit.clone())));
        }
        self.caption.complete(piece.caption.clone());
        self.part = part;
        self.joined(sheet, piece, fit.by, fit.is_certain);
        self.add(body, fit.is_certain);
        true
    }

    /// Whether a table right behind this one may be its second half, which nothing but the number of rows says.
    pub(super) fn may_have_half(&self, next: &Self) -> bool {
        let own = self.pieces.get(self.completed).map_or(0, Range::len);
        next.title.is_none() && next.part.saturating_sub(self.part) <= 1 && own >= FEWEST_ROWS && own == next.rows.len()
    }

    fn joined(&mut self, sheet: &Sheet<'_>, piece: &Piece, by: JoinBy, is_certain: bool) {
        let place = piece.rows.clone().find_map(|row| sheet.row(row).first()).map(super::sheet::Field::place);
        self.joins.extend(place.map(|place: Place| Join::new(place, by, is_certain)));
    }

    /// Takes a piece that has more columns of the rows of this table: codes and names of all rows of one of its pages are
    /// printed again with it. `false` if that is not so; then it may be anything.
    fn takes_half(&mut self, sheet: &mut Sheet<'_>, part: usize, piece: &Piece) -> bool {
        let header = &piece.header;
        let Some(rows) = self.pieces.get(self.completed).cloned() else { return false };
        if header.rows.is_empty() || header.panels() != 1 || self.header.panels() != 1 {
            return false;
        }
        let figures = || header.columns.iter().filter(|column| column.content == Content::Figures);
        let is_own = |column: &PrintedColumn| {
            self.header.columns.iter().take(self.own).any(|own| own.folded_path() == column.folded_path())
        };
        if figures().next().is_none() || figures().any(|column| column.path.is_empty() || is_own(column)) {
            return false;
        }
        let body = body::read(sheet, header, &body_cells(piece, header), &mut OpenCodes::new());
        let own = self.rows.get(rows.clone()).unwrap_or_default();
        let name = |row: &PrintedRow| (row.code, row.label.as_ref().map(|label| fold(&label.text)));
        let are_same = own.len() == body.rows.len()
            && own.len() >= FEWEST_ROWS
            && own.iter().zip(&body.rows).all(|(own, other)| name(own) == name(other) && name(own) != (None, None));
        let names: HashSet<_> = own.iter().map(name).collect();
        // 合计 in every row tells no row from another.
        if !are_same || names.len() < FEWEST_ROWS {
            return false;
        }
        // The columns of the second half, and where they stand behind those of the first.
        let mut of = Vec::with_capacity(header.columns.len());
        let mut free = self.own;
        let is_first = self.completed == 0;
        for column in &header.columns {
            let is_more = column.content == Content::Figures;
            of.push(is_more.then_some(free));
            if is_more && is_first {
                self.header.columns.push(PrintedColumn { first: NOWHERE, last: NOWHERE, ..column.clone() });
            } else if is_more
                && self.header.columns.get(free).map(PrintedColumn::folded_path) != Some(column.folded_path())
            {
                return false;
            }
            free += usize::from(is_more);
        }
        for (row, more) in self.rows.iter_mut().skip(rows.start).zip(body.rows) {
            let at = |column: usize| of.get(column).copied().flatten();
            row.figures.extend(
                more.figures
                    .into_iter()
                    .filter_map(|figure| Some(PrintedFigure { column: at(figure.column)?, ..figure })),
            );
            row.unread.extend(more.unread.into_iter().filter_map(|(column, label)| Some((at(column)?, label))));
            row.doubts |= more.doubts;
        }
        take_front(sheet, piece, header);
        self.completed += 1;
        self.part = part;
        self.joined(sheet, piece, JoinBy::RowLabels, true);
        self.notes.extend(body.notes);
        true
    }

    /// How the columns of a piece are those of this table.
    fn fit(&self, piece: &Piece) -> Option<Fit> {
        let own = self.header.columns.get(..self.own)?;
        let other = &piece.header.columns;
        if !piece.header.rows.is_empty() {
            // The header is printed again, all of it or its lower levels.
            let words =
                |columns: &[PrintedColumn]| columns.iter().flat_map(PrintedColumn::folded_path).collect::<String>();
            if own.len() == other.len() && words(own) == words(other) {
                return Some(self.with_columns(other, piece, Some, (JoinBy::Header, true)));
            }
            // As many columns under no other words, divided in another way.
            let all: HashSet<String> = own.iter().flat_map(PrintedColumn::folded_path).collect();
            let mut printed = other.iter().flat_map(PrintedColumn::folded_path);
            let are_alike = own.len() == other.len() && own.iter().zip(other).all(|(own, other)| fits(own, other));
            if are_alike && printed.all(|word| all.contains(&word)) {
                return Some(self.with_columns(other, piece, Some, (JoinBy::PartOfHeader, true)));
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
            return (is_all && mapped > 1).then(|| {
                self.with_columns(other, piece, |index| map.get(index).copied().flatten(), (JoinBy::PartOfHeader, true))
            });
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
            return Some(self.with_columns(other, piece, |index| map.get(index).copied(), (JoinBy::Tracks, is_only)));
        }
        let is_prefix = other.len() <= own.len() && own.iter().zip(other).all(|(own, other)| fits(own, other));
        is_prefix.then(|| self.with_columns(other, piece, Some, (JoinBy::ColumnOrder, other.len() == own.len())))
    }

    /// The header of this table over the columns of a piece.
    fn with_columns(
        &self,
        columns: &[PrintedColumn],
        piece: &Piece,
        of: impl Fn(usize) -> Option<usize>,
        (by, is_certain): (JoinBy, bool),
    ) -> Fit {
        // Columns without a counterpart here are kept where nothing stands.
        let nowhere = NOWHERE;
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
        Fit { header, by, is_certain }
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
        self.pieces.push(first..self.rows.len());
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
