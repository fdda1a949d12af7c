//! Sections that the form prescribes.

use budget_model::Severity;

use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;
use crate::topic;

pub(super) struct MissingSection;

static DESCRIPTION: Description = Description {
    id: "section-missing",
    severity: Severity::Warning,
    title: Text::new("缺少规定的说明", "a section that the form prescribes is missing"),
    message: Text::new("缺少“{0}”", "section missing: {0}"),
    explanation: Text::new(
        "公开文本规定的各项情况说明，没有相应收支的也要写明。版式未知，或文件只有表、没有带标题的正文时不适用。",
        "Every section of the form is printed, even where there is nothing to say. Not applicable where the form is not known, \
         or the document is tables alone, without headings of a text.",
    ),
    example: Text::new("没有“政府采购情况”", "the section on procurement is missing"),
    example_arguments: &[Text::same("政府采购情况")],
};

impl Rule for MissingSection {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let disclosure = book.disclosure();
        let required = &disclosure.required.sections;
        if required.is_empty() {
            sink.not_applicable(Text::new(
                "版式未知，或没有规定的说明",
                "the form is not known, or prescribes no text",
            ));
            return;
        }
        let is_there = |name: &str| match topic::of_heading(name, "") {
            Some(topic) => book.topics().has(topic),
            None => disclosure.sections.iter().any(|section| section.heading.text.contains(name)),
        };
        // The heading of the part that holds the tables is not one of the text.
        if !required.iter().any(|name| is_there(name)) {
            sink.not_applicable(Text::new("没有带标题的正文", "there is no text with headings"));
            return;
        }
        for name in required {
            if is_there(name) { sink.pass() } else { sink.report(&[name], &[]) }
        }
    }
}
