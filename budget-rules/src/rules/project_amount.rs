//! One project, stated in three places.

use budget_model::{Severity, Stage};

use crate::book::Book;
use crate::check::{Check, Term};
use crate::figure::FigureId;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct ProjectAmount;

static DESCRIPTION: Description = Description {
    id: "project-amounts-differ",
    severity: Severity::Error,
    title: Text::new("同一项目的金额前后不一致", "the amount of a project is stated differently"),
    message: Text::new(
        "{0}为 {1}，同一项目的另一处为 {2}，相差 {3}",
        "{0} is {1}, the same project is {2} elsewhere: a difference of {3}",
    ),
    explanation: Text::new(
        "项目支出表中的项目、正文所述预算安排规模、绩效表的财政拨款，同一项目应相等；同名项目合并比较，一个项目列在几个科目下的先相加。项目只印在一处的不适用。",
        "A project has the same amount in the project table, in the text and in its performance table (fiscal part). Projects \
         of the same name are compared together, and rows of one project under several functions are added. Not applicable \
         to projects that are printed once.",
    ),
    example: Text::new(
        "项目支出表“流动演出” 12.80；绩效表“流动演出” 财政拨款 12.60",
        "project table 12.80; performance table 12.60",
    ),
    example_arguments: &[
        Text::new("绩效表1“流动演出”财政拨款", "performance table 1 “流动演出” 财政拨款"),
        Text::same("12.6"),
        Text::same("12.8"),
        Text::same("-0.2"),
    ],
};

impl Rule for ProjectAmount {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn holds_in(&self, stage: Stage) -> bool {
        stage == Stage::Budget
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let terms = |figures: &[FigureId]| -> Vec<Term> { figures.iter().map(|id| book.term(*id)).collect() };
        for project in &book.projects().statements {
            let places = [&project.text, &project.table, &project.performance];
            for (one, other) in [(0, 1), (2, 1), (2, 0)] {
                if let (Some(one), Some(other)) = (places.get(one), places.get(other))
                    && !one.is_empty()
                    && !other.is_empty()
                {
                    sink.check(Check::sum(&terms(one), &terms(other)));
                }
            }
        }
        if !sink.has_checks() {
            sink.not_applicable(Text::new("没有在两处印出的项目", "no project is printed twice"));
        }
    }
}
