//! The weights of a performance table.

use budget_model::{Decimal, PerformanceKind, Severity};

use crate::book::Book;
use crate::check::{Check, Expression, Relation, Term};
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct IndicatorWeight;

static DESCRIPTION: Description = Description {
    id: "indicator-weights-do-not-add-up",
    severity: Severity::Error,
    title: Text::new(
        "绩效指标权重之和既不是 90 也不是 100",
        "the weights of performance indicators add up to neither 90 nor 100",
    ),
    message: Text::new("{0}等权重之和为 {1}，应为 {2}", "{0} and the other weights add up to {1}, not {2}"),
    explanation: Text::new(
        "一张绩效表的分值权重合计为 100，或为 90（另 10 分为预算执行率）。没有印权重的表不适用；部分指标缺权重的表无法检查。",
        "The weights of a performance table add up to 100, or to 90 where the other 10 are for budget execution. Not applicable \
         to tables without weights; a table in which some weights are missing cannot be decided.",
    ),
    example: Text::new("权重 40、30、10", "weights 40, 30, 10"),
    example_arguments: &[
        Text::new(
            "绩效表1“流动演出”指标“演出场次”的权重",
            "performance table 1 “流动演出” weight of indicator “演出场次”",
        ),
        Text::same("80"),
        Text::same("90"),
    ],
};

impl Rule for IndicatorWeight {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        for (index, table) in book.disclosure().performance.iter().enumerate() {
            let weights: Vec<Term> = (0..table.indicators.len())
                .filter_map(|indicator| Some(book.term(book.weight(index, indicator)?)))
                .collect();
            if weights.is_empty() {
                continue;
            }
            if table.kind == PerformanceKind::Project && table.name.is_none() {
                // Of a project whose cell is cut off by a page, some indicators may be elsewhere.
                let number = (index + 1).to_string();
                let why = Text::new("绩效表{0}没有读出项目名称", "the project of performance table {0} was not read");
                sink.blocked(why.filled(&[&number]));
                continue;
            }
            if weights.len() < table.indicators.len() {
                let number = (index + 1).to_string();
                let why =
                    Text::new("绩效表{0}部分指标没有权重", "some indicators of performance table {0} have no weight");
                sink.blocked(why.filled(&[&number]));
                continue;
            }
            let sum = weights.iter().fold(Decimal::ZERO, |sum, term| sum.saturating_add(book.value(term.figure)));
            let (most, less) = (Decimal::ONE_HUNDRED, Decimal::from(90));
            let nearer = if sum.saturating_sub(less).abs() < sum.saturating_sub(most).abs() { less } else { most };
            sink.check(Check { found: &weights, relation: Relation::Equal, expected: Expression::Exactly(nearer) });
        }
        if !sink.has_checks() && sink.blocked.is_empty() {
            sink.not_applicable(Text::new("没有带权重的绩效表", "no performance table has weights"));
        }
    }
}
