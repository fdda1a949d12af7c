//! Shares follow from their amounts.

use budget_model::{Measure, Nature, Severity, Source, Stage};

use crate::book::Book;
use crate::check::{Check, Expression, Relation};
use crate::key::Key;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;
use crate::topic::Topic;

pub(super) struct Share;

static DESCRIPTION: Description = Description {
    id: "share-does-not-follow",
    severity: Severity::Error,
    title: Text::new("占比与金额不符", "a share does not follow from its amount"),
    message: Text::new("{0}为 {1}%，按金额计算为 {2}%", "{0} is {1} %, the amounts give {2} %"),
    explanation: Text::new(
        "“占…%”应等于该项金额除以总额：收入各来源除以收入预算，支出各性质除以支出预算，功能分类除以同一来源的合计。总额或金额没有印出时不适用。",
        "A share is its amount divided by the whole: of revenue, of expenditure, or of the budget of the same source. Not \
         applicable where the amount or the whole is not stated.",
    ),
    example: Text::new("支出预算 100.00 万元，其中：基本支出 80.00 万元，占 78.00%", "80.00 of 100.00, 78.00 %"),
};

impl Rule for Share {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn holds_in(&self, stage: Stage) -> bool {
        stage == Stage::Budget
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        for (index, _) in book.facts().filter(|(_, fact)| fact.measure == Measure::Share) {
            let Some(amount) = book.related(index, Measure::Amount) else { continue };
            let topic = book.fact_topic(index);
            let Some(whole) = book.fact_key(amount).and_then(|key| whole(topic, key)) else { continue };
            // The total that stands in the same section, or else any statement of it.
            let near = topic.and_then(|topic| book.stated(topic, whole, Measure::Amount));
            let near = near.map(|base| book.fact(base));
            let Some(base) = near.or_else(|| book.statement(whole)) else { continue };
            let expected = Expression::Percent { part: &[book.term(book.fact(amount))], base: &[book.term(base)] };
            sink.check(Check { found: &[book.term(book.fact(index))], relation: Relation::Equal, expected });
        }
        if !sink.has_checks() {
            sink.not_applicable(super::NOT_STATED);
        }
    }
}

/// What a share of this amount is a share of.
fn whole(topic: Option<Topic>, key: Key) -> Option<Key> {
    if key.function.is_some() {
        return Some(Key { function: None, ..key });
    }
    if key.nature != Nature::All {
        return Some(Key { nature: Nature::All, ..key });
    }
    (topic == Some(Topic::Income) && key.source != Source::All).then_some(Key::TOTAL)
}
