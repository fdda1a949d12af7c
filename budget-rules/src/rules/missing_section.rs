//! Sections that the form prescribes.

use budget_model::Severity;

use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;
use crate::topic::Topic;

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
};

/// Forms that prescribe these sections, by the beginning of their id.
const FORMS: &[&str] = &["xinjiang-2022", "xinjiang-2024", "xinjiang-2025"];

const SECTIONS: &[(Topic, &str)] = &[
    (Topic::Overview, "收支预算情况总体说明"),
    (Topic::Income, "收入预算情况说明"),
    (Topic::Expenditure, "支出预算情况说明"),
    (Topic::Appropriation, "财政拨款收支预算情况的总体说明"),
    (Topic::General, "一般公共预算当年拨款情况说明"),
    (Topic::GeneralBasic, "一般公共预算基本支出情况说明"),
    (Topic::GeneralProject, "一般公共预算项目支出情况说明"),
    (Topic::Fund, "政府性基金预算拨款情况说明"),
    (Topic::ThreePublic, "“三公”经费预算情况说明"),
    (Topic::Running, "机关运行经费情况"),
    (Topic::Procurement, "政府采购情况"),
    (Topic::Assets, "国有资产占用使用情况"),
    (Topic::Performance, "预算绩效情况"),
];

impl Rule for MissingSection {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let disclosure = book.disclosure();
        if !FORMS.iter().any(|form| disclosure.layout.starts_with(form)) {
            sink.not_applicable(Text::new("版式未知", "the form is not known"));
            return;
        }
        // The heading of the part that holds the tables is not one of the text.
        if SECTIONS.iter().all(|(topic, _)| !book.topics().has(*topic)) {
            sink.not_applicable(Text::new("没有带标题的正文", "there is no text with headings"));
            return;
        }
        for (topic, name) in SECTIONS {
            if book.topics().has(*topic) { sink.pass() } else { sink.report(&[name], &[]) }
        }
    }
}
