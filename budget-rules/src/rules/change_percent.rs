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
    example_arguments: &[
        Text::new("正文3.二“一般公共预算”增减率", "text 3.二 “一般公共预算”, change in percent"),
        Text::same("25"),
        Text::same("20"),
    ],
};

impl Rule for ChangePercent {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let is_final = book.disclosure().stage == Stage::Final;
        for (index, fact) in book.facts().filter(|(_, fact)| fact.measure == Measure::YoyPercent) {
            let related = || Some((book.related(index, Measure::Amount)?, book.related(index, Measure::YoyChange)?));
            let found = if is_final { before(book, index) } else { related() };
            let Some((amount, change)) = found else { continue };
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

/// The final amount and the change right in front of a percentage, all of one thing: budget and final amounts stand beside each
/// other in final accounts, and what stands farther away may be of another one.
fn before(book: &Book<'_>, index: usize) -> Option<(usize, usize)> {
    let (change, amount) = (index.checked_sub(1)?, index.checked_sub(2)?);
    let facts = &book.disclosure().facts;
    let [percent_of, change_of, amount_of] = [index, change, amount].map(|fact| facts.get(fact));
    let is_one = percent_of?.section == change_of?.section && change_of?.section == amount_of?.section;
    let is_of = change_of?.measure == Measure::YoyChange && amount_of?.measure == Measure::Amount;
    let key = book.fact_key(index)?;
    let is_same = book.fact_key(change) == Some(key) && book.fact_key(amount) == Some(key);
    (is_one && is_of && is_same && book.is_one_paragraph(amount, index)).then_some((amount, change))
}
