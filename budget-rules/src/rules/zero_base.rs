//! A percentage of nothing.

use budget_model::{Decimal, Measure, Severity, Stage};

use crate::book::Book;
use crate::figure::FigureId;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct ZeroBase;

static DESCRIPTION: Description = Description {
    id: "percent-of-zero-base",
    severity: Severity::Info,
    title: Text::new("上年数为零却写有增长率", "a percentage of growth from zero"),
    message: Text::new(
        "{0}：本年数 {1} 等于增加额，上年数为零，无从计算增长 {2}%",
        "{0}: the amount {1} equals its increase, last year was zero, growth of {2} % does not follow",
    ),
    explanation: Text::new(
        "本年数等于增加额时上年数为零，增长率没有意义；实践中常写作增长 100.00%。本年数与增减额都为零、增长率为 0% 的不提示。",
        "An amount that equals its increase was zero last year, so that a percentage means nothing; it is often given as \
         100.00 %. Zero, unchanged, 0 % is fine.",
    ),
    example: Text::new("6.20 万元，比上年预算增加 6.20 万元，增长 100.00%", "6.20, up by 6.20, up by 100.00 %"),
    example_arguments: &[
        Text::new("正文3.九“项目支出”增减率", "text 3.九 “项目支出”, change in percent"),
        Text::same("6.20"),
        Text::same("100.00"),
    ],
};

impl Rule for ZeroBase {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn holds_in(&self, stage: Stage) -> bool {
        stage == Stage::Budget
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let mut any = false;
        for (index, fact) in book.facts().filter(|(_, fact)| fact.measure == Measure::YoyPercent) {
            let change = book.related(index, Measure::YoyChange);
            let amount = book.related(index, Measure::Amount);
            let (Some(change), Some(amount)) = (change, amount) else { continue };
            any = true;
            let (change, amount) = (book.fact(change), book.fact(amount));
            if !is_zero(book, amount, change) || fact.value.is_zero() {
                sink.pass();
                continue;
            }
            let percent = book.fact(index);
            let printed =
                vec![book.name(percent), book.value(amount).to_string().into(), fact.value.to_string().into()];
            sink.blame_words(printed, &[percent, change, amount]);
        }
        if !any {
            sink.not_applicable(super::NOT_STATED);
        }
    }
}

/// Whether last year's amount is zero as printed.
pub(super) fn is_zero(book: &Book<'_>, amount: FigureId, change: FigureId) -> bool {
    let (amount, change) = (book.term(amount), book.term(change));
    let worth = |term: crate::check::Term| book.value(term.figure).saturating_mul(term.weight);
    worth(amount).saturating_sub(worth(change)) == Decimal::ZERO
}
