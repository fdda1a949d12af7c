//! A paragraph while it is read: its text, what of it is hidden, and the lines that it becomes.

use budget_document::text::{is_space, trim_end};
use budget_model::Place;

use crate::styles::NumberProperties;

/// A paragraph that is open.
#[derive(Debug)]
pub(crate) struct Paragraph {
    pub(crate) place: Place,
    pub(crate) style: Option<String>,
    pub(crate) number: NumberProperties,
    pub(crate) text: String,
    /// Text that nobody sees.
    pub(crate) hidden: String,
    /// Whether the text of the run that is open is hidden.
    pub(crate) is_run_hidden: bool,
    /// Whether its end is deleted or hidden, so that the next one goes on in its last line.
    pub(crate) runs_on: bool,
    /// Lines and grids of the text boxes that hang on it.
    pub(crate) boxes: Vec<Piece>,
}

/// A line or a grid of a document.
#[derive(Debug)]
pub(crate) enum Piece {
    Line(Printed),
    Grid(Box<budget_document::Grid<'static>>),
}

/// A line that is not blank.
#[derive(Debug)]
pub(crate) struct Printed {
    pub(crate) text: String,
    pub(crate) place: Place,
    /// Whether a paragraph begins with it.
    pub(crate) begins: bool,
}

impl Paragraph {
    pub(crate) fn new(place: Place) -> Self {
        Self {
            place,
            style: None,
            number: NumberProperties::default(),
            text: String::new(),
            hidden: String::new(),
            is_run_hidden: false,
            runs_on: false,
            boxes: Vec::new(),
        }
    }

    /// Adds text to what is seen, or to what is not.
    pub(crate) fn push(&mut self, text: &str) {
        if self.is_run_hidden { self.hidden.push_str(text) } else { self.text.push_str(text) }
    }

    /// Adds text as it stands in the markup, where the end of a line is a blank.
    pub(crate) fn push_markup(&mut self, text: &str) {
        for part in text.split_inclusive(['\n', '\r', '\t']) {
            let plain = part.trim_end_matches(['\n', '\r', '\t']);
            self.push(plain);
            if plain.len() < part.len() {
                self.push(" ");
            }
        }
    }

    /// The length of what was added, to be cut from there.
    pub(crate) fn length(&self) -> usize {
        if self.is_run_hidden { self.hidden.len() } else { self.text.len() }
    }

    /// Takes white space away at both ends of what was added behind a length: Word prints it only where it is asked to.
    pub(crate) fn trim_from(&mut self, length: usize) {
        const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];
        let text = if self.is_run_hidden { &mut self.hidden } else { &mut self.text };
        let added = text.get(length..).unwrap_or_default();
        let trimmed = added.trim_matches(BLANKS);
        if trimmed.len() < added.len() {
            let trimmed = trimmed.to_owned();
            text.truncate(length);
            text.push_str(&trimmed);
        }
    }
}

/// The lines of a text that are not blank, each where it stands.
pub(crate) fn lines(text: &str, place: Place) -> Vec<Printed> {
    let mut lines = Vec::new();
    let mut before: u32 = 0;
    for line in text.split('\n') {
        let trimmed = trim_end(line);
        if !trimmed.is_empty() {
            let place = match place {
                Place::Block { block, row: 0, .. } => Place::Block { block, row: 0, column: before + 1 },
                cell => cell,
            };
            lines.push(Printed { text: trimmed.to_owned(), place, begins: lines.is_empty() });
        }
        before = before.saturating_add(u32::try_from(line.chars().count()).unwrap_or(u32::MAX)).saturating_add(1);
    }
    lines
}

/// Whether nothing of a text is seen.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(is_space)
}
