//! Tables that the form prescribes.

use budget_model::{Severity, TableKind};

use crate::book::Book;
use crate::name::kind_name;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct MissingTable;

static DESCRIPTION: Description = Description {
    id: "table-missing",
    severity: Severity::Error,
    title: Text::new("缺少规定的表", "a table that the form prescribes is missing"),
    message: Text::new("缺少“{0}”", "table missing: {0}"),
    explanation: Text::new(
        "公开表式规定的表，没有数字的也要列出空表。版式未知时不适用。",
        "Every table of the form is printed, empty ones too. Not applicable where the form is not known.",
    ),
    example: Text::new("没有“国有资本经营预算支出情况表”", "the table of the state capital budget is missing"),
};

/// The tables that a form does not have, by the beginning of its id. A form that is not listed is not known.
const FORMS: &[(&str, &[TableKind])] = &[
    ("xinjiang-2022", &[TableKind::StateCapital, TableKind::Carryover]),
    ("xinjiang-2024", &[]),
    ("xinjiang-2025", &[]),
];

impl Rule for MissingTable {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let disclosure = book.disclosure();
        let Some((_, without)) = FORMS.iter().find(|(form, _)| disclosure.layout.starts_with(form)) else {
            sink.not_applicable(Text::new("版式未知", "the form is not known"));
            return;
        };
        for kind in TableKind::ALL.into_iter().filter(|kind| !without.contains(kind)) {
            if disclosure.table(kind).is_some() { sink.pass() } else { sink.report(&[kind_name(kind)], &[]) }
        }
    }
}
