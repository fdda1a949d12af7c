//! Rows as they are read, before their figures have columns.

use std::ops::Range;

use budget_model::{Amount, Code, Dimensions, Doubts, Label, Place, Role, Row, Side};

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
}

impl Draft {
    /// A row without figures.
    pub(crate) fn new(role: Role, label: Label) -> Self {
        Self { side: None, code: None, label, project: None, role, figures: Vec::new() }
    }

    /// The row of the model, without cells.
    pub(crate) fn to_row(&self) -> Row {
        Row {
            side: self.side,
            code: self.code,
            label: self.label.clone(),
            project: self.project.clone(),
            role: self.role,
            part_of: None,
            dimensions: Dimensions::default(),
            cells: Vec::new(),
            unread: Vec::new(),
            doubts: Doubts::NONE,
        }
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
