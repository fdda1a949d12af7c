//! Last year's amount, stated and derived.

use budget_model::{Measure, Severity, Stage};

use crate::book::Book;
use crate::check::Check;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct PriorAmount;

static DESCRIPTION: Description = Description {
    id: "prior-amount-differs",
    severity: Severity::Error,
    title: Text::new("所述上年数与本年数减增减额不符", "last year's amount is not this year's minus the change"),
    message: Text::new(
        "{0}为 {1}，本年数减增减额为 {2}，相差 {3}",
        "{0} is {1}, amount minus change is {2}: a difference of {3}",
    ),
    explanation: Text::new(
        "正文写出上年数时，应等于本年数减去增减额。没有写上年数、或上年数只出现在变动原因中的不适用。",
        "Where the text states last year's amount, it is this year's minus the change. Not applicable where it does not, or only in the\
         reason for a change.",
    ),
    example: Text::new("12.00 万元，比上年增加 2.00 万元，上年为 11.00 万元", "12.00, up by 2.00, last year 11.00"),
    example_arguments: &[
        Text::new("正文3.三“项目支出”上年数", "text 3.三 “项目支出”, last year"),
        Text::same("11"),
        Text::same("10"),
        Text::same("1"),
    ],
};

impl Rule for PriorAmount {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn holds_in(&self, stage: Stage) -> bool {
        stage == Stage::Budget
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        for (index, fact) in book.facts().filter(|(_, fact)| fact.measure == Measure::PriorAmount) {
            let change = book.related(index, Measure::YoyChange);
            let amount = book.related(index, Measure::Amount);
            let (Some(change), Some(amount)) = (change, amount) else { continue };
            // In the reason given for a change, an amount of last year may be that of anything.
            let percent = book.related(index, Measure::YoyPercent);
            let facts = &book.disclosure().facts;
            let reasons =
                [Some(change), percent].into_iter().flatten().filter_map(|fact| facts.get(fact)?.reason.as_ref());
            let in_reason = reasons.into_iter().any(|reason| reason.contains(&fact.quote));
            if !in_reason {
                let derived = vec![book.term(book.fact(amount)), book.minus(book.fact(change))];
                sink.check(Check::sum(&[book.term(book.fact(index))], &derived));
            }
        }
        if !sink.has_checks() {
            sink.not_applicable(super::NOT_STATED);
        }
    }
}
