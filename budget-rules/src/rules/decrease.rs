//! Nothing falls by more than all of it.

use budget_model::{Decimal, Measure, Severity};

use crate::book::Book;
use crate::check::{Check, Expression, Relation};
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct Decrease;

static DESCRIPTION: Description = Description {
    id: "decrease-of-more-than-all",
    severity: Severity::Error,
    title: Text::new("下降超过 100%", "a decrease of more than 100 %"),
    message: Text::new("{0}为 {1}%，下降不能超过 100%", "{0} is {1} %: nothing falls by more than 100 %"),
    explanation: Text::new(
        "下降的百分比不大于 100%，上年数接近零、无从计算增减率的也一样。增减额为增加的另见 direction-contradicts-sign；金额为负数的不检查。",
        "Nothing falls by more than 100 %, also where last year is nearly zero and the percentage does not follow. Where the \
         change is an increase see direction-contradicts-sign; negative amounts are not checked.",
    ),
    example: Text::new("0.00 万元，比上年预算减少 0.01 万元，下降 451.00%", "0.00, down by 0.01, down by 451.00 %"),
    example_arguments: &[
        Text::new("正文3.十“公务接待费”增减率", "text 3.十 “公务接待费”, change in percent"),
        Text::same("-451"),
    ],
};

impl Rule for Decrease {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        for (index, _) in book.facts().filter(|(_, fact)| fact.measure == Measure::YoyPercent) {
            let related = |measure| book.related(index, measure).map(|fact| book.value(book.fact(fact)));
            let rises = related(Measure::YoyChange).is_some_and(|change| change > Decimal::ZERO);
            if rises || related(Measure::Amount).is_some_and(|amount| amount < Decimal::ZERO) {
                continue;
            }
            let expected = Expression::Exactly(-Decimal::ONE_HUNDRED);
            let found = &[book.term(book.fact(index))];
            sink.check(Check { found, relation: Relation::AtLeast, expected });
        }
        if !sink.has_checks() {
            sink.not_applicable(super::NOT_STATED);
        }
    }
}
