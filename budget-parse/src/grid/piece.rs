//! Which rows of a page are which table: titles and captions cut a page into pieces, each one table or a part of one.

use std::ops::Range;

use budget_model::Label;

use super::caption::Caption;
use super::header::{self, Header};
use super::preface::{self, RowKind, Title};
use super::sheet::Sheet;
use crate::lexicon::Lexicon;
use crate::text::squeeze;

/// The rows of one table on one page.
#[derive(Debug)]
pub(super) struct Piece {
    /// `None` for a table without one, as on a second page.
    pub(super) title: Option<Label>,
    pub(super) caption: Caption,
    /// Header words that stand in the cell of the title.
    pub(super) tail: Vec<String>,
    /// All its rows, from its number or title on.
    pub(super) rows: Range<usize>,
    /// The rows that say what the table is: title, number, caption.
    pub(super) front: Vec<usize>,
    /// The rows of the header and body, notes among them.
    pub(super) cells: Vec<usize>,
    pub(super) header: Header,
}

impl Piece {
    /// Leaves out the rows of forms that have a reader of their own; `false` if nothing else is in it.
    pub(super) fn leave_out(&mut self, forms: &[Range<usize>]) -> bool {
        for form in forms {
            if form.contains(&self.rows.start) {
                return false;
            }
            if self.rows.contains(&form.start) {
                self.rows.end = form.start;
            }
        }
        let end = self.rows.end;
        self.cells.retain(|row| *row < end);
        self.front.retain(|row| *row < end);
        true
    }
}

/// Titles in a row, without a row of a table in between, that are a list of contents.
const CONTENTS: usize = 3;

/// Cuts a page. Rows that belong to no piece are the text around the tables.
pub(super) fn cut(sheet: &Sheet<'_>) -> Vec<Piece> {
    let kinds = kinds(sheet);
    let mut pieces = Vec::new();
    let mut open = Open::default();
    for (row, kind) in kinds.iter().enumerate() {
        match kind {
            RowKind::Blank | RowKind::Filler => {}
            RowKind::Title(title) => {
                if !open.cells.is_empty() {
                    close(sheet, &mut open, &mut pieces, row);
                } else if open.title.is_some() && !is_subtitle(title) {
                    // A title without a table, of the whole document perhaps: the one below counts, with what stands
                    // between both.
                    open = open.without_title();
                }
                open.start.get_or_insert(row);
                open.front.push(row);
                open.title(title);
            }
            RowKind::Caption(caption) => {
                // 编制部门 and 单位 may stand below a table that has none above.
                let is_open = caption.number.is_none()
                    && (open.caption.unit.is_none() || caption.unit.is_none())
                    && (open.caption.compiler.is_none() || caption.compiler.is_none());
                let is_of_next = !open.cells.is_empty() && !is_open && announces(&kinds, row);
                if is_of_next {
                    close(sheet, &mut open, &mut pieces, row);
                }
                open.start.get_or_insert(row);
                open.front.push(row);
                open.caption.complete(caption.clone());
                if open.title.is_some() && open.cells.is_empty() {
                    open.below_title.push((row, caption.clone()));
                }
            }
            RowKind::ColumnNumbers if open.cells.is_empty() => {}
            RowKind::Cells if open.is_subtitle(sheet, row) => {
                open.front.push(row);
                open.subtitle(sheet, row);
            }
            RowKind::ColumnNumbers | RowKind::Cells => {
                open.start.get_or_insert(row);
                open.cells.push(row);
            }
            RowKind::Prose => {
                if !open.cells.is_empty() || open.title.is_some() {
                    open.cells.push(row);
                }
            }
        }
    }
    close(sheet, &mut open, &mut pieces, kinds.len());
    pieces
}

/// A piece that is being collected.
#[derive(Default)]
struct Open {
    start: Option<usize>,
    title: Option<Label>,
    caption: Caption,
    tail: Vec<String>,
    front: Vec<usize>,
    cells: Vec<usize>,
    /// The captions between the title and the table.
    below_title: Vec<(usize, Caption)>,
}

impl Open {
    /// What stands below the title, without it.
    fn without_title(self) -> Self {
        let mut open = Self { start: self.below_title.first().map(|(row, _)| *row), ..Self::default() };
        for (row, caption) in self.below_title {
            open.front.push(row);
            open.caption.complete(caption);
        }
        open
    }

    /// Whether a row is the rest of the title above it: （按经济分类科目）, which says nothing without it.
    fn is_subtitle(&self, sheet: &Sheet<'_>, row: usize) -> bool {
        let (Some(title), [field], true) = (&self.title, sheet.row(row), self.cells.is_empty()) else { return false };
        field.folded.starts_with('(')
            && field.folded.ends_with(')')
            && Lexicon::title(&format!("{}{}", title.text, field.folded)).is_some()
    }

    fn subtitle(&mut self, sheet: &Sheet<'_>, row: usize) {
        if let (Some(title), [field]) = (&mut self.title, sheet.row(row)) {
            title.text += &squeeze(&field.text());
        }
    }

    fn title(&mut self, title: &Title) {
        self.title = match self.title.take() {
            // …支出明细表 / （按经济分类科目分）
            Some(first) => Some(Label::new(format!("{}{}", first.text, title.label.text), first.place)),
            None => Some(title.label.clone()),
        };
        self.caption.complete(title.caption.clone());
        self.tail.clone_from(&title.tail);
    }
}

/// The rest of a title in brackets, in a row of its own.
fn is_subtitle(title: &Title) -> bool {
    title.label.text.starts_with(['(', '（'])
}

fn kinds(sheet: &Sheet<'_>) -> Vec<RowKind> {
    let filled: Vec<usize> = (0..sheet.rows.len()).filter(|row| !sheet.row(*row).is_empty()).collect();
    let edges = [filled.first().copied(), filled.last().copied()];
    let mut kinds: Vec<RowKind> =
        (0..sheet.rows.len()).map(|row| preface::row(sheet, row, edges.contains(&Some(row)))).collect();
    // Titles one below the other name what comes later; none of them is a title.
    let titles: Vec<usize> =
        (0..kinds.len()).filter(|row| matches!(kinds.get(*row), Some(RowKind::Title(_)))).collect();
    let mut run: Vec<usize> = Vec::new();
    for row in titles.into_iter().chain([usize::MAX]) {
        let goes_on = run.last().is_some_and(|last| {
            row != usize::MAX && (last + 1..row).all(|between| !matches!(kinds.get(between), Some(RowKind::Cells)))
        });
        if !goes_on {
            if run.len() >= CONTENTS {
                for listed in &run {
                    if let Some(kind) = kinds.get_mut(*listed) {
                        *kind = RowKind::Cells;
                    }
                }
            }
            run.clear();
        }
        run.push(row);
    }
    kinds
}

/// Whether a caption below a table is that of the next one: its title comes before any row of a table.
fn announces(kinds: &[RowKind], row: usize) -> bool {
    let behind =
        kinds.iter().skip(row + 1).find(|kind| !matches!(kind, RowKind::Blank | RowKind::Filler | RowKind::Caption(_)));
    matches!(behind, Some(RowKind::Title(_)))
}

/// Ends the open piece before a row.
fn close(sheet: &Sheet<'_>, open: &mut Open, pieces: &mut Vec<Piece>, end: usize) {
    let mut open = std::mem::take(open);
    // Headings and sentences above the header, each alone in its row, belong to the text.
    let is_alone = |row: &usize| {
        let fields = sheet.row(*row);
        fields.len() == 1 && fields.first().is_some_and(|field| sheet.right_end(*row, field.column) == field.column)
    };
    let wide = open.cells.iter().position(|row| !is_alone(row));
    let Some(wide) = wide else {
        if open.title.is_none() {
            return;
        }
        // A title with a note below it: an empty table, perhaps.
        let header = Header { body: open.cells.first().copied().unwrap_or(end), ..Header::default() };
        let start = open.start.unwrap_or(end);
        let Open { title, caption, tail, front, cells, .. } = open;
        pieces.push(Piece { title, caption, tail, rows: start..end, front, cells, header });
        return;
    };
    let heading: Vec<usize> = open.cells.drain(..wide).collect();
    let header = header::read(sheet, &open.cells);
    let start = match (&open.title, heading.last()) {
        (None, Some(last)) => last + 1,
        _ => open.start.unwrap_or(end),
    };
    // Sentences at the end are the text below the table, but for its notes.
    while let Some(row) = open.cells.last().copied() {
        let is_text = matches!(preface::row(sheet, row, false), RowKind::Prose)
            && sheet.row(row).first().is_some_and(|field| !Lexicon::is_note(&field.text()));
        if !is_text {
            break;
        }
        open.cells.pop();
    }
    let last = open.cells.last().map_or(start, |row| row + 1);
    let front_end = open.front.last().map_or(start, |row| row + 1);
    let Open { title, caption, tail, front, cells, .. } = open;
    pieces.push(Piece { title, caption, tail, rows: start..last.max(front_end).min(end), front, cells, header });
}
