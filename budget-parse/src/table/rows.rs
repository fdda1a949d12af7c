//! Rows as they are read, before their figures have columns.

use std::ops::Range;

use budget_model::{Amount, Code, Doubts, Label, Place, Role, Row, Side, Unread};

use crate::lexicon::around;
use crate::text::{fold, has_decimals, is_space, trim};

/// A row whose figures have no columns yet.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) side: Option<Side>,
    pub(crate) code: Option<Code>,
    pub(crate) label: Label,
    pub(crate) project: Option<Label>,
    pub(crate) role: Role,
    /// The figures in the order of print; `None` where a dash stands for a blank.
    pub(crate) figures: Vec<Option<Amount>>,
    /// What is in doubt of the row.
    pub(crate) doubts: Doubts,
    /// What stands among its figures and was not understood.
    pub(crate) unread: Vec<Unread>,
}

impl Draft {
    /// A row without figures.
    pub(crate) fn new(role: Role, label: Label) -> Self {
        Self {
            side: None,
            code: None,
            label,
            project: None,
            role,
            figures: Vec::new(),
            doubts: Doubts::NONE,
            unread: Vec::new(),
        }
    }

    /// The row of the model, without cells.
    pub(crate) fn to_row(&self) -> Row {
        let mut row = Row::new(self.role, self.label.clone());
        row.side = self.side;
        row.code = self.code;
        row.project.clone_from(&self.project);
        row.unread.clone_from(&self.unread);
        row.doubts = self.doubts;
        row
    }
}

/// What was read of a table body.
#[derive(Debug, Default)]
pub(crate) struct Body {
    pub(crate) rows: Vec<Draft>,
    pub(crate) declared_empty: Option<Label>,
    pub(crate) notes: Vec<Label>,
    /// Lines and bytes that became part of a row or note, each with the place of its token.
    pub(crate) used: Vec<(usize, Range<usize>, Place)>,
    /// Rows whose function and project names could not be told apart with certainty, by index.
    pub(crate) uncertain_names: Vec<usize>,
}

/// Whether words that were put together cannot be the name of a function, an economic class or a unit.
pub(crate) fn is_no_name(label: &str) -> bool {
    let folded = fold(label);
    folded.is_empty()
        || folded.chars().count() > LONGEST_NAME
        || folded.bytes().any(|byte| byte.is_ascii_digit())
        || folded.starts_with(['.', ',', ')', '、'])
        || around::NO_NAME.is_in(&folded)
}

/// Whether words that were put together cannot be the name of a project.
pub(crate) fn is_no_project(label: &str) -> bool {
    let folded = fold(label);
    folded.is_empty()
        || folded.starts_with(['.', ',', ')', '、'])
        || around::NO_NAME.is_in(&folded)
        || has_decimals(&folded)
}

/// Most characters of the name of a function, an economic class or a unit.
const LONGEST_NAME: usize = 40;

/// Whether the columns of a line are kept by blanks, as `pdftotext -layout` does: cells of one row then stand on one line, and
/// a name that goes on above or below may be any neighbour's.
pub(crate) fn is_spaced(line: &str) -> bool {
    let mut blanks = 0;
    for character in trim(line).chars() {
        blanks = if is_space(character) { blanks + 1 } else { 0 };
        if blanks >= 2 || character == '\t' {
            return true;
        }
    }
    false
}
