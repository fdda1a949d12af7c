//! Annotations: what somebody has to say about a document, to be shown next to its figures.

use budget_model::{Decimal, FigureRef, Place, Severity};

/// A remark on a document that is exported: a finding of a check.
///
/// The texts are in the language that the reader of the workbook should see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// How serious it is.
    pub severity: Severity,
    /// What kind of remark it is, as a stable id: `parts-do-not-add-up`.
    pub code: String,
    /// What kind of remark it is, in words.
    pub title: String,
    /// The remark.
    pub message: String,
    /// What a figure should be.
    pub expected: Option<Decimal>,
    /// What it is.
    pub found: Option<Decimal>,
    /// Found minus expected.
    pub difference: Option<Decimal>,
    /// The places it speaks of, the most important first.
    pub places: Vec<Place>,
    /// The figures that are most likely wrong, in words, the likeliest first.
    pub suspects: Vec<String>,
    /// The figures of budget tables that take part.
    pub cells: Vec<FigureRef>,
}
