//! The numbered projects of the text (项目支出情况说明): labelled fields, one paragraph each.

use budget_model::{Diagnostic, DiagnosticCode, Field, Label, Project, StatedAmount};

use super::blocks::{Block, field};
use super::grammar::{Token, tokens};
use super::prose::Prose;
use super::vocabulary::{EXPECTED_FIELDS, FIELD_LABELS, NAME_LABEL, ProjectField};

/// A field as it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PrintedField<'t> {
    pub(super) kind: ProjectField,
    pub(super) label: &'t str,
    pub(super) value: &'t str,
    /// Offset of the value in the prose.
    pub(super) start: usize,
}

/// The name of the project that a block opens: its text and offset.
pub(super) fn opened<'t>(block: &Block<'t>) -> Option<(&'t str, usize)> {
    let (label, value) = field(block.text)?;
    (label == NAME_LABEL).then_some((value, block.start + block.text.len() - value.len()))
}

/// The labelled field that a block is.
pub(super) fn labelled<'t>(block: &Block<'t>) -> Option<PrintedField<'t>> {
    // A paragraph with an ordinal belongs to the field before it.
    let (label, value) = field(block.text).filter(|_| block.ordinal.is_none())?;
    let known = FIELD_LABELS.iter().find(|(known, _)| *known == label).map(|(_, kind)| *kind);
    let kind = known.unwrap_or(ProjectField::Further);
    Some(PrintedField { kind, label, value, start: block.start + block.text.len() - value.len() })
}

/// A project without fields.
pub(super) fn project(number: u32, name: Label) -> Project {
    Project {
        number,
        name,
        policy_basis: None,
        amount: None,
        unit_in_charge: None,
        allocation: None,
        period: None,
        further: Vec::new(),
    }
}

/// Puts a field into its place in the project; a field whose place is taken is kept among the further ones.
pub(super) fn fill(project: &mut Project, printed: &PrintedField<'_>, prose: &Prose<'_>) {
    let label = prose.label(printed.start, printed.value);
    if printed.kind == ProjectField::Amount
        && project.amount.is_none()
        && let Some(amount) = stated_amount(printed, prose)
    {
        project.amount = Some(amount);
        return;
    }
    let slot = match printed.kind {
        ProjectField::PolicyBasis => Some(&mut project.policy_basis),
        ProjectField::UnitInCharge => Some(&mut project.unit_in_charge),
        ProjectField::Allocation => Some(&mut project.allocation),
        ProjectField::Period => Some(&mut project.period),
        ProjectField::Amount | ProjectField::Further => None,
    };
    match slot {
        Some(slot @ None) => *slot = Some(label),
        _ => project.further.push(Field { label: printed.label.to_owned(), value: label }),
    }
}

/// The amount that a field consists of; `None` if the field says anything else as well.
fn stated_amount(printed: &PrintedField<'_>, prose: &Prose<'_>) -> Option<StatedAmount> {
    let tokens = tokens(printed.value);
    let (first, rest) = tokens.split_first()?;
    let Token::Figure(figure) = &first.token else { return None };
    let unit = figure.model_unit().filter(|unit| unit.in_yuan().is_some())?;
    let ends = rest.iter().all(|token| matches!(token.token, Token::Mark('。' | '；' | '，')));
    ends.then(|| StatedAmount { value: figure.value, unit, place: prose.place(printed.start + first.start) })
}

/// Adds a paragraph without a label to the field before it.
pub(super) fn extend(project: &mut Project, last: Option<ProjectField>, text: &str) -> bool {
    let slot = match last {
        None => Some(&mut project.name),
        Some(ProjectField::PolicyBasis) => project.policy_basis.as_mut(),
        Some(ProjectField::UnitInCharge) => project.unit_in_charge.as_mut(),
        Some(ProjectField::Allocation) => project.allocation.as_mut(),
        Some(ProjectField::Period) => project.period.as_mut(),
        Some(ProjectField::Further) => project.further.last_mut().map(|field| &mut field.value),
        Some(ProjectField::Amount) => None,
    };
    let found = slot.is_some();
    if let Some(label) = slot {
        label.text.push_str(text);
    }
    found
}

/// What a project lacks.
pub(super) fn missing(project: &Project) -> impl Iterator<Item = Diagnostic> + '_ {
    let lacks = |field: ProjectField| match field {
        ProjectField::PolicyBasis => project.policy_basis.is_none(),
        ProjectField::Amount => project.amount.is_none(),
        ProjectField::UnitInCharge => project.unit_in_charge.is_none(),
        ProjectField::Allocation => project.allocation.is_none(),
        ProjectField::Period => project.period.is_none(),
        ProjectField::Further => false,
    };
    EXPECTED_FIELDS.iter().filter(move |(field, _)| lacks(*field)).map(|(_, label)| {
        Diagnostic::new(DiagnosticCode::ProjectFieldMissing, [project.name.text.as_str(), label]).at(project.name.place)
    })
}
