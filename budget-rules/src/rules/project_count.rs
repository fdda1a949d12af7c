//! Number of projects stated and shown.

use budget_model::{Decimal, Measure, PerformanceKind, PerformancePurpose, PerformanceTable, Severity, Stage};

use crate::book::Book;
use crate::check::{Check, Expression, Relation};
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;
use crate::topic::Topic;
use crate::words;

pub(super) struct ProjectCount;

static DESCRIPTION: Description = Description {
    id: "project-count-differs",
    severity: Severity::Warning,
    title: Text::new(
        "所述项目个数与绩效表张数不符",
        "the stated number of projects is not that of the performance tables",
    ),
    message: Text::new("{0}为 {1}，项目绩效表有 {2} 张", "{0} is {1}, there are {2} performance tables of projects"),
    explanation: Text::new(
        "“当年预算安排项目…个”（或财政拨款项目与非财政拨款项目之和）应等于所附项目支出绩效目标表的张数加上声明不予公开的个数。没有绩效表或没有写明个数时不适用。",
        "The number of projects stated (or those with and without appropriations together) is the number of performance tables \
         of projects plus those declared undisclosed. Not applicable without performance tables or without the number.",
    ),
    example: Text::new("当年预算安排项目共 3 个；所附项目绩效表 2 张", "3 projects stated, 2 performance tables"),
    example_arguments: &[
        Text::new("正文3.十二.(四)“当年预算安排项目”数量", "text 3.十二.(四) “当年预算安排项目”, number"),
        Text::same("3"),
        Text::same("2"),
    ],
};

impl Rule for ProjectCount {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn holds_in(&self, stage: Stage) -> bool {
        stage == Stage::Budget
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let is_project = |table: &&PerformanceTable| {
            table.kind == PerformanceKind::Project && table.purpose == PerformancePurpose::Targets
        };
        let tables: Vec<_> = book.disclosure().performance.iter().filter(is_project).collect();
        if tables.is_empty() {
            sink.not_applicable(super::NO_PERFORMANCE);
            return;
        }
        // In a list of projects, the cells of one may be lost between two pages.
        if tables.iter().any(|table| table.name.is_none()) {
            sink.blocked(Text::new(
                "有的项目绩效表没有读出项目名称",
                "the project of some performance table was not read",
            ));
            return;
        }
        let mut stated = Vec::new();
        let mut whole = None;
        for (index, _, subject) in words::facts(book, Topic::Performance, Measure::Count) {
            let Some(last) = subject.last().filter(|last| last.contains("项目") && !last.contains("整体")) else {
                continue;
            };
            if words::is_undisclosed(subject) {
                continue;
            }
            if subject.len() > 1 || last.contains("财政拨款") {
                stated.push(words::term(book, index));
            } else {
                whole = whole.or(Some(words::term(book, index)));
            }
        }
        let hidden = words::undisclosed(book, Measure::Count).map_or(Decimal::ZERO, |fact| book.value(book.fact(fact)));
        let found = whole.map_or(stated, |whole| vec![whole]);
        if found.is_empty() {
            sink.not_applicable(super::NOT_STATED);
            return;
        }
        let expected = Expression::Exactly(Decimal::from(tables.len()).saturating_add(hidden));
        let check = Check { found: &found, relation: Relation::Equal, expected };
        // 涉及一级预算项目3个: other forms count programmes, or publish the tables of some projects only.
        if book.agreement().is_promised() || !super::is_violated(book, check) {
            sink.check(check);
        } else {
            sink.blocked(super::NOT_PROMISED);
        }
    }
}
