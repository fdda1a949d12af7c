//! Year-on-year percentages follow from amount and change.

use budget_model::{Measure, Severity, Stage};

use crate::book::Book;
use crate::check::{Check, Expression, Relation};
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct ChangePercent;

static DESCRIPTION: Description = Description {
    id: "change-percent-does-not-follow",
    severity: Severity::Error,
    title: Text::new("增减率与增减额不符", "a year-on-year percentage does not follow from amount and change"),
    message: Text::new("{0}为 {1}%，按金额和增减额计算为 {2}%", "{0} is {1} %, amount and change give {2} %"),
    explanation: Text::new(
        "增减率＝增减额÷（本年数－增减额）。上年数为零时无从计算，另见 percent-of-zero-base；增减方向相反的另见 direction-contradicts-sign。",
        "The percentage is change ÷ (amount − change). Where last year is zero nothing follows, see percent-of-zero-base; \
         where the directions differ see direction-contradicts-sign.",
    ),
    example: Text::new("12.00 万元，比上年预算增加 2.00 万元，增长 25.00%", "12.00, up by 2.00, up by 25.00 %"),
};

impl Rule for ChangePercent {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn holds_in(&self, stage: Stage) -> bool {
        stage == Stage::Budget
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        for (index, fact) in book.facts().filter(|(_, fact)| fact.measure == Measure::YoyPercent) {
            let change = book.related(index, Measure::YoyChange);
            let amount = book.related(index, Measure::Amount);
            let (Some(change), Some(amount)) = (change, amount) else { continue };
            let change = book.fact(change);
            let base = &[book.term(book.fact(amount)), book.minus(change)];
            let opposite = book.value(change).is_sign_negative() != fact.value.is_sign_negative();
            if opposite && !book.value(change).is_zero() && !fact.value.is_zero() {
                continue;
            }
            if super::zero_base::is_zero(book, book.fact(amount), change) {
                continue;
            }
            let expected = Expression::Percent { part: &[book.term(change)], base };
            sink.check(Check { found: &[book.term(book.fact(index))], relation: Relation::Equal, expected });
        }
        if !sink.has_checks() {
            sink.not_applicable(super::NOT_STATED);
        }
    }
}
