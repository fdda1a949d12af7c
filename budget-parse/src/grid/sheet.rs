//! A grid as its non-blank cells, with what the merged ranges mean.

use std::collections::HashMap;

use budget_document::{CellValue, Grid, GridCell, Mark};
use budget_model::{Label, Ledger, Place};

use crate::text::{fold, is_space, squeeze};

/// A merged range of cells, both ends included, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Merge {
    /// First row and column.
    pub(super) first: (u32, u32),
    /// Last row and column.
    pub(super) last: (u32, u32),
}

impl Merge {
    fn of(cell: &GridCell<'_>) -> Self {
        let last = (cell.rows().end.saturating_sub(1), cell.columns().end.saturating_sub(1));
        Self { first: (cell.row, cell.column), last }
    }
}

/// A cell that holds something.
#[derive(Debug)]
pub(super) struct Field<'g> {
    /// Column, from 0.
    pub(super) column: usize,
    pub(super) cell: &'g GridCell<'g>,
    /// The text, folded for comparing; empty for numbers and for texts too long to be a title, header or label.
    pub(super) folded: String,
    /// Whether something in the model was made of it.
    pub(super) used: bool,
}

/// Most rows of merged ranges, counted once for each range; behind that, ranges show nothing but their first cell.
const MOST_COVERED_ROWS: usize = 500_000;

/// Longer texts are sentences: no title, header word or row label is.
const LONGEST_LABEL: usize = 400;

impl Field<'_> {
    /// The text of the cell as it would be shown.
    pub(super) fn text(&self) -> String {
        match &self.cell.value {
            CellValue::Text(text) | CellValue::Error(text) => text.clone().into_owned(),
            CellValue::Number(number) => number.to_string(),
            _ => String::new(),
        }
    }

    /// The text without white space, and its place.
    pub(super) fn label(&self) -> Label {
        Label::new(squeeze(&self.text()), self.cell.place)
    }

    pub(super) fn place(&self) -> Place {
        self.cell.place
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self.cell.value, CellValue::Number(_))
    }

    /// Counts the cell into a ledger.
    pub(super) fn count(&self, ledger: &mut Ledger) {
        let text = self.text();
        count(&text, self.used, ledger);
        if !self.used && !text.is_empty() {
            ledger.unread.push(Label::new(text, self.cell.place));
        }
    }
}

/// Counts the characters and numbers of a text into a ledger.
pub(super) fn count(text: &str, is_read: bool, ledger: &mut Ledger) {
    let mut in_number = false;
    for character in text.chars().filter(|character| !is_space(*character)) {
        ledger.characters += 1;
        ledger.characters_read += u64::from(is_read);
        // A number is a run of digits; separators and points inside it do not start another one.
        let digit = character.is_ascii_digit();
        if digit && !in_number {
            ledger.numbers += 1;
            ledger.numbers_read += u64::from(is_read);
        }
        in_number = digit || (in_number && matches!(character, ',' | '.' | '，'));
    }
}

/// The non-blank cells of a grid, row by row.
#[derive(Debug)]
pub(super) struct Sheet<'g> {
    pub(super) grid: &'g Grid<'g>,
    /// Non-blank cells, by row and then by column.
    pub(super) rows: Vec<Vec<Field<'g>>>,
    /// Merged ranges, by their first row.
    merges: Vec<Merge>,
    /// For each row, the merged ranges that reach into it: first column, last column and first row, by column.
    cover: HashMap<usize, Vec<(usize, usize, usize)>>,
}

impl<'g> Sheet<'g> {
    pub(super) fn new(grid: &'g Grid<'g>) -> Self {
        let mut rows: Vec<Vec<Field<'g>>> = Vec::new();
        for cell in grid.cells().iter().filter(|cell| !cell.value.is_blank()) {
            let folded = match &cell.value {
                CellValue::Text(text) if text.len() <= LONGEST_LABEL => fold(text),
                _ => String::new(),
            };
            if rows.len() <= cell.row as usize {
                rows.resize_with(cell.row as usize + 1, Vec::new);
            }
            let field = Field { column: cell.column as usize, cell, folded, used: false };
            if let Some(row) = rows.last_mut() {
                row.push(field);
            }
        }
        let merges: Vec<Merge> = grid.cells().iter().filter(|cell| cell.is_merged()).map(Merge::of).collect();
        let mut cover: HashMap<usize, Vec<(usize, usize, usize)>> = HashMap::new();
        let mut covered = 0usize;
        for merge in &merges {
            let (top, left) = (merge.first.0 as usize, merge.first.1 as usize);
            let bottom = (merge.last.0 as usize).min(rows.len().saturating_sub(1));
            covered += (bottom + 1).saturating_sub(top);
            if covered > MOST_COVERED_ROWS {
                break;
            }
            for row in top..=bottom {
                cover.entry(row).or_default().push((left, merge.last.1 as usize, top));
            }
        }
        cover.values_mut().for_each(|ranges| ranges.sort_unstable());
        Self { grid, rows, merges, cover }
    }

    pub(super) fn row(&self, row: usize) -> &[Field<'g>] {
        self.rows.get(row).map_or(&[], Vec::as_slice)
    }

    /// The cell at a position.
    pub(super) fn at(&self, row: usize, column: usize) -> Option<&Field<'g>> {
        let fields = self.rows.get(row)?;
        fields.binary_search_by_key(&column, |field| field.column).ok().and_then(|index| fields.get(index))
    }

    /// The cell shown at a position: its own, or that of the merged range that covers it.
    pub(super) fn shown(&self, row: usize, column: usize) -> Option<&Field<'g>> {
        if let Some(own) = self.at(row, column) {
            return Some(own);
        }
        let ranges = self.cover.get(&row)?;
        let (left, right, top) = ranges.get(ranges.partition_point(|(left, ..)| *left <= column).checked_sub(1)?)?;
        if *right >= column { self.at(*top, *left) } else { None }
    }

    /// The last column of the merged range that begins at a cell; its own column where there is none.
    pub(super) fn right_end(&self, row: usize, column: usize) -> usize {
        let ranges = self.cover.get(&row).map_or(&[][..], Vec::as_slice);
        let own = ranges.iter().find(|(left, _, top)| *left == column && *top == row);
        own.map_or(column, |(_, right, _)| *right)
    }

    /// Whether a position lies in a merged range, of a blank cell too.
    pub(super) fn is_merged(&self, row: usize, column: usize) -> bool {
        let ranges = self.cover.get(&row).map_or(&[][..], Vec::as_slice);
        ranges.iter().any(|(left, right, _)| (*left..=*right).contains(&column))
    }

    /// The merged ranges that begin in the rows from `first` to `last`.
    pub(super) fn merges(&self, first: usize, last: usize) -> &[Merge] {
        let begin = self.merges.partition_point(|merge| (merge.first.0 as usize) < first);
        let end = self.merges.partition_point(|merge| merge.first.0 as usize <= last);
        self.merges.get(begin..end).unwrap_or_default()
    }

    fn cell(&self, row: usize, column: usize) -> Option<&'g GridCell<'g>> {
        self.grid.at(u32::try_from(row).ok()?, u32::try_from(column).ok()?)
    }

    /// The comment on a cell.
    pub(super) fn note(&self, row: usize, column: usize) -> Option<&'g str> {
        self.cell(row, column).and_then(|cell| cell.note.as_deref())
    }

    /// What the reader knows of the number of a cell. One that nobody sees may not be what is meant.
    pub(super) fn mark(&self, row: usize, column: usize) -> Option<Mark> {
        self.cell(row, column).and_then(|cell| cell.mark).map(|mark| match mark {
            Mark::Covered => Mark::Doubtful,
            mark => mark,
        })
    }

    /// Whether the whole grid is hidden.
    pub(super) fn is_hidden(&self) -> bool {
        self.grid.hidden().all
    }

    pub(super) fn is_hidden_row(&self, row: usize) -> bool {
        u32::try_from(row).is_ok_and(|row| self.grid.hidden().has_row(row))
    }

    pub(super) fn is_hidden_column(&self, column: usize) -> bool {
        u32::try_from(column).is_ok_and(|column| self.grid.hidden().has_column(column))
    }

    /// Something in the model was made of a cell.
    pub(super) fn take(&mut self, row: usize, column: usize) {
        if let Some(fields) = self.rows.get_mut(row)
            && let Ok(index) = fields.binary_search_by_key(&column, |field| field.column)
            && let Some(field) = fields.get_mut(index)
        {
            field.used = true;
        }
    }

    /// Something in the model was made of all cells of a row.
    pub(super) fn take_row(&mut self, row: usize) {
        for field in self.rows.get_mut(row).into_iter().flatten() {
            field.used = true;
        }
    }
}
