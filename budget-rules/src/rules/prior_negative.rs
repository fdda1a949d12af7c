//! Last year's amount is not negative.

use budget_model::{Decimal, Measure, Severity, Stage};

use crate::book::Book;
use crate::check::{Check, Expression, Relation};
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct PriorNegative;

static DESCRIPTION: Description = Description {
    id: "increase-exceeds-amount",
    severity: Severity::Error,
    title: Text::new("增加额大于本年数", "an increase exceeds the amount"),
    message: Text::new(
        "{0}减增减额为 {1}，上年数不应为负",
        "{0} minus the change is {1}, but last year's amount is not negative",
    ),
    explanation: Text::new(
        "增加额不应大于本年数，否则上年数为负。正文没有写明增减额时不适用。",
        "An increase is at most the amount, or else last year's amount was negative. Not applicable where the text states no change.",
    ),
    example: Text::new("2.00 万元，比上年预算增加 20.00 万元", "2.00, up by 20.00"),
    example_arguments: &[Text::new("正文3.三“项目支出”", "text 3.三 “项目支出”"), Text::same("-18")],
};

impl Rule for PriorNegative {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn holds_in(&self, stage: Stage) -> bool {
        stage == Stage::Budget
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        for (index, _) in book.facts().filter(|(_, fact)| fact.measure == Measure::YoyChange) {
            if let Some(amount) = book.related(index, Measure::Amount) {
                let found = &[book.term(book.fact(amount)), book.minus(book.fact(index))];
                sink.check(Check { found, relation: Relation::AtLeast, expected: Expression::Exactly(Decimal::ZERO) });
            }
        }
        if !sink.has_checks() {
            sink.not_applicable(super::NOT_STATED);
        }
    }
}
