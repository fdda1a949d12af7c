//! Amounts that the text lists, and the total it gives for them.

use budget_model::{Measure, Severity, Stage};

use crate::book::Book;
use crate::check::Check;
use crate::family::families;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct StatedSum;

static DESCRIPTION: Description = Description {
    id: "stated-parts-do-not-add-up",
    severity: Severity::Error,
    title: Text::new("正文所列金额之和不等于总额", "the amounts listed in the text do not add up to their total"),
    message: Text::new(
        "{0}为 {1}，正文所列各项之和为 {2}，相差 {3}",
        "{0} is {1}, the amounts listed in the text add up to {2}: a difference of {3}",
    ),
    explanation: Text::new(
        "正文逐项列出的金额应等于总额：收入按来源、支出按基本支出和项目支出、一般公共预算按类和按项、基本支出按人员经费和公用经费、“三公”经费按项目。没有列全的，不作判断。",
        "Amounts that the text lists one by one add up to the total: revenue by source, expenditure by nature, the general \
         public budget by class and by item, basic expenditure by personnel and operating, the three public expenses by item. Where a list is not complete nothing is said.",
    ),
    example: Text::new(
        "支出预算 98.20 万元，其中：基本支出 80.00 万元，项目支出 12.80 万元",
        "98.20, of which 80.00 and 12.80",
    ),
    example_arguments: &[
        Text::new("正文3.三“支出预算”", "text 3.三 “支出预算”"),
        Text::same("98.2"),
        Text::same("92.8"),
        Text::same("5.4"),
    ],
};

const INCOMPLETE: Text =
    Text::new("正文没有列出全部各项，不能断定", "the text does not list all parts, so nothing can be said");

impl Rule for StatedSum {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn holds_in(&self, stage: Stage) -> bool {
        stage == Stage::Budget
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        for family in families(book, Measure::Amount) {
            // The section's own total before any other statement of it.
            let own = book.stated(family.topic, family.base, Measure::Amount);
            let own = own.map(|index| book.fact(index));
            if let Some(whole) = own.or_else(|| book.statement(family.base)) {
                let (whole, parts) = ([book.term(whole)], family.terms(book));
                let check = Check::sum(&whole, &parts);
                if family.is_complete(book.chart()) || !super::is_violated(book, check) {
                    super::check_if_promised(book, sink, check);
                } else {
                    sink.blocked(INCOMPLETE);
                }
            }
        }
        if !sink.has_checks() {
            sink.not_applicable(super::NOT_STATED);
        }
    }
}
