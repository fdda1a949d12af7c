//! One project, one name.

use budget_model::{Severity, Stage};

use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct ProjectName;

static DESCRIPTION: Description = Description {
    id: "project-has-two-names",
    severity: Severity::Warning,
    title: Text::new("同一项目名称前后不一致", "one project has two names"),
    message: Text::new("此处为“{0}”，项目支出表为“{1}”", "“{0}” here, “{1}” in the project table"),
    explanation: Text::new(
        "正文、绩效表中的项目名称应与项目支出表相同，标点、全角半角不计。两边各有名称对不上、而彼此最为相近的，视为同一项目。没有项目支出表时不适用。",
        "A project has the same name in the text, in its performance table and in the project table; punctuation and width do \
         not count. Two names that have no other match and are each other's nearest are one project. Not applicable without a \
         project table.",
    ),
    example: Text::new(
        "项目支出表“乡村流动演出经费”；绩效表“乡村流动演出项目”",
        "two names that differ in their last word",
    ),
    example_arguments: &[Text::same("乡村流动演出项目"), Text::same("乡村流动演出经费")],
};

impl Rule for ProjectName {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn holds_in(&self, stage: Stage) -> bool {
        stage == Stage::Budget
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let names = &book.projects().names;
        for _ in 0..names.same {
            sink.pass();
        }
        if names.same == 0 && names.different.is_empty() {
            sink.not_applicable(super::NO_TABLE);
        }
        for (here, table) in &names.different {
            sink.report(&[&here.text, &table.text], &[here.place, table.place]);
        }
    }
}
