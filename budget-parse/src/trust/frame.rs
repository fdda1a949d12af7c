//! What stands around the rows of a table: its header, and whether another table begins before it ends.

use std::collections::HashMap;

use budget_document::Line;
use budget_model::{Amount, Aspect, DiagnosticCode, Label, Place, Row, Table};

use crate::layout::{Shape, TableForm};
use crate::lexicon::{Lexicon, column_numbers, table_number};
use crate::outline::Region;
use crate::table::{UnplacedTable, numbered_columns};
use crate::text::{fold, squeeze};

/// What was found around the rows of a table.
#[derive(Default)]
pub(super) struct Frame {
    /// The title or number of another table, with rows read as those of this one behind it.
    other_title: Option<Label>,
    /// Columns of the form whose words the printed header does not have.
    missing: Vec<String>,
    /// Words of the printed header that the form does not have.
    unknown: Vec<String>,
}

impl Frame {
    pub(super) fn of(lines: &[&Line<'_>], region: &Region, title: usize, table: &UnplacedTable<'_>) -> Self {
        let below = lines.get(title + 1..region.lines.end).unwrap_or_default();
        let first_row = places(&table.table.rows, &table.figures).map(Place::line).min();
        let Some(first_row) = first_row else { return Self::default() };
        let header: Vec<&Line<'_>> = below.iter().copied().take_while(|line| line.number < first_row).collect();
        let (missing, unknown) = compare(&header, table.form);
        let last_row = places(&table.table.rows, &table.figures).map(Place::line).max();
        let other_title = other_title(below, first_row, table).filter(|title| last_row >= Some(title.place.line()));
        Self { other_title, missing, unknown }
    }

    /// Whether nothing speaks against the table.
    pub(super) fn is_sound(&self) -> bool {
        self.other_title.is_none() && self.is_of_form()
    }

    /// Whether the printed header is that of the form.
    fn is_of_form(&self) -> bool {
        self.missing.is_empty() && self.unknown.is_empty()
    }

    /// Marks what is in doubt.
    pub(super) fn mark(&self, table: &mut Table, figures: &[Vec<Option<Amount>>]) {
        if !self.is_of_form() {
            table.doubts.add(Aspect::Column);
        }
        let Some(other) = &self.other_title else { return };
        for (row, figures) in table.rows.iter_mut().zip(figures) {
            let last = figures.iter().flatten().map(|amount| amount.place.line()).max();
            if last.unwrap_or(0).max(row.label.place.line()) >= other.place.line() {
                row.doubts.add(Aspect::Table);
            }
        }
    }

    /// What is to be said of it.
    pub(super) fn findings(&self) -> impl Iterator<Item = (DiagnosticCode, Vec<String>)> {
        let other = self.other_title.as_ref().map(|title| (DiagnosticCode::OtherTableInside, vec![title.text.clone()]));
        let words = |words: &[String]| if words.is_empty() { "–".to_owned() } else { words.join("、") };
        let header = (!self.is_of_form())
            .then(|| (DiagnosticCode::HeaderDiffers, vec![words(&self.missing), words(&self.unknown)]));
        other.into_iter().chain(header)
    }
}

/// Where the labels and figures of rows stand.
fn places<'t>(rows: &'t [Row], figures: &'t [Vec<Option<Amount>>]) -> impl Iterator<Item = Place> + 't {
    let of_figures = figures.iter().flatten().flatten().map(|amount| amount.place);
    rows.iter().map(|row| row.label.place).chain(of_figures)
}

/// The first title or number of another table below the first row of this one.
fn other_title(below: &[&Line<'_>], first_row: u32, table: &UnplacedTable<'_>) -> Option<Label> {
    let own = fold(&table.table.title.text);
    let number = table.table.number.as_ref().map(|label| fold(&label.text));
    let found = below.iter().find(|line| {
        if line.text.len() > LONGEST_TITLE {
            return false;
        }
        let folded = fold(&line.text);
        let is_own = folded == own || table.form.folded_titles.iter().any(|title| Lexicon::is_title_of(&folded, title));
        let is_other_number = table_number::is_number(&folded)
            && number.as_ref().is_some_and(|number| *number != folded)
            && line.number >= first_row;
        !is_own && Lexicon::is_title(&folded) || is_other_number
    })?;
    Some(Label::new(squeeze(&found.text), found.place(0)))
}

/// Longer lines are no titles.
const LONGEST_TITLE: usize = 160;

/// The words of the form that a printed header lacks, and those that only it has.
fn compare(header: &[&Line<'_>], form: &TableForm) -> (Vec<String>, Vec<String>) {
    let numbered = header.iter().find_map(|line| numbered_columns(line));
    let mut unknown = Vec::new();
    let mut printed: HashMap<char, usize> = HashMap::new();
    let mut words = String::new();
    for line in header.iter().filter(|line| !is_around(line) && numbered_columns(line).is_none()) {
        for piece in line.text.split(crate::text::is_space).map(fold).filter(|piece| !piece.is_empty()) {
            // 栏次, with the numbers of the columns each on a line of its own.
            if column_numbers::is_name(&piece) {
                continue;
            }
            for character in piece.chars() {
                *printed.entry(character).or_default() += 1;
            }
            words.push_str(&piece);
            if piece.chars().count() > 1 && !form.is_header_piece(&piece) && !Lexicon::is_total_of_table(&piece) {
                unknown.push(piece);
            }
        }
    }
    let has = |word: &str| {
        // 合计 and 总计 head the same column.
        if Lexicon::is_total_of_table(word) && Lexicon::has_total(&words) {
            return true;
        }
        // A narrow cell is wrapped, and the lines of cells next to each other are mixed.
        let mut needed: HashMap<char, usize> = HashMap::new();
        word.chars().for_each(|character| *needed.entry(character).or_default() += 1);
        words.contains(word) || needed.iter().all(|(character, count)| printed.get(character) >= Some(count))
    };
    let mut missing: Vec<String> = form.column_words().filter(|word| !has(word)).map(str::to_owned).collect();
    if let Some(count) = numbered.filter(|count| *count != form.columns.len() && form.shape != Shape::TwoSided) {
        missing.push(format!("{count} ≠ {}", form.columns.len()));
    }
    (missing, unknown)
}

/// Whether a line above the rows is no part of the header: the compiler, the unit, the number of the table, a sentence.
fn is_around(line: &Line<'_>) -> bool {
    let folded = fold(&line.text);
    folded.contains(':')
        || folded.ends_with('。')
        || table_number::is_number(&folded)
        // A page number; but a narrow cell may leave the last bracket of its words on a line of its own: `（基本建设`, `）`.
        || folded.bytes().all(|b| !b.is_ascii_alphabetic() && b.is_ascii() && !matches!(b, b'(' | b')'))
}
