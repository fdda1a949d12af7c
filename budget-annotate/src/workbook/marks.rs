//! Which cells of which sheets are marked, with what.

use std::collections::{BTreeMap, HashSet};

use budget_export::Annotation;
use budget_model::{Place, Severity};

use super::sheet::Cell;
use crate::note::{self, Colour};
use crate::options::AnnotateOptions;

/// So many places of one annotation are marked.
const MOST_PLACES: usize = 100;
/// A comment has no more bytes than this: spreadsheet programs take 32,767 characters.
const LONGEST: usize = 16_000;
/// The last row and column of a sheet.
const LAST: Cell = (1_048_576, 16_384);

/// What a cell gets.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub(crate) note: String,
    pub(crate) colour: Colour,
    /// The first places come before the others, errors before warnings.
    rank: (bool, Severity),
}

/// The marks of all sheets.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    pub(crate) sheets: BTreeMap<u16, BTreeMap<Cell, Mark>>,
    /// How many annotations have a mark.
    pub(crate) marked: usize,
}

impl Marks {
    /// The marks of annotations on sheets that are there.
    pub(crate) fn new(
        annotations: &[Annotation],
        is_there: impl Fn(u16) -> Option<()>,
        options: AnnotateOptions,
    ) -> Self {
        let mut marks = Self::default();
        for (index, annotation) in annotations.iter().enumerate() {
            let mut known = HashSet::new();
            for place in &annotation.places {
                let Place::Cell { sheet, row, column } = *place else { continue };
                let is_cell = (1..=LAST.0).contains(&row) && (1..=LAST.1).contains(&column);
                if !is_cell
                    || is_there(sheet).is_none()
                    || known.len() >= MOST_PLACES
                    || !known.insert((sheet, row, column))
                {
                    continue;
                }
                let is_first = known.len() == 1;
                let note = match is_first {
                    true => note::full(index + 1, annotation, options.language),
                    false => note::reference(index + 1, annotation, options.language),
                };
                marks
                    .sheets
                    .entry(sheet)
                    .or_default()
                    .entry((row, column))
                    .and_modify(|mark| mark.add(&note, is_first, annotation.severity))
                    .or_insert_with(|| Mark {
                        note,
                        colour: note::highlight(annotation.severity, is_first),
                        rank: (is_first, annotation.severity),
                    });
            }
            marks.marked += usize::from(!known.is_empty());
        }
        marks
    }
}

impl Mark {
    fn add(&mut self, note: &str, is_first: bool, severity: Severity) {
        if self.note.len() + note.len() < LONGEST {
            self.note.push_str("\n\n");
            self.note.push_str(note);
        }
        if (is_first, severity) > self.rank {
            self.rank = (is_first, severity);
            self.colour = note::highlight(severity, is_first);
        }
    }
}
