//! Tables that the form prescribes.

use budget_model::Severity;

use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;
use crate::words::plain;

pub(super) struct MissingTable;

static DESCRIPTION: Description = Description {
    id: "table-missing",
    severity: Severity::Error,
    title: Text::new("缺少规定的表", "a table that the form prescribes is missing"),
    message: Text::new("缺少“{0}”", "table missing: {0}"),
    explanation: Text::new(
        "公开表式规定的表，没有数字的也要列出空表。版式未知时不适用；有标题而未能读出的不算缺少。",
        "Every table of the form is printed, empty ones too. Not applicable where the form is not known. \
         A table whose title stands there and that could not be read is not missing.",
    ),
    example: Text::new("没有“国有资本经营预算支出情况表”", "the table of the state capital budget is missing"),
    example_arguments: &[Text::same("国有资本经营预算支出情况表")],
};

impl Rule for MissingTable {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let disclosure = book.disclosure();
        if disclosure.required.tables.is_empty() {
            sink.not_applicable(Text::new(
                "版式未知，或没有规定的表",
                "the form is not known, or prescribes no tables",
            ));
            return;
        }
        for required in &disclosure.required.tables {
            if disclosure.table(required.kind).is_some() {
                sink.pass();
                continue;
            }
            // Its title stands there, and what follows was not read: that is not the document's fault.
            let unread = disclosure.ledger.unread.iter().find(|label| plain(&label.text).ends_with(&*required.title));
            match unread {
                Some(label) => sink.blocked(
                    Text::new("“{0}”有标题而未能读出（{1}）", "table {0} has a title and was not read ({1})")
                        .filled(&[&required.title, &label.place.describe(&disclosure.sheets)]),
                ),
                None => sink.report(&[required.kind.chinese()], &[]),
            }
        }
    }
}
