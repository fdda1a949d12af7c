//! Shares follow from their amounts.

use std::collections::BTreeMap;

use budget_model::{Flow, Measure, Nature, Severity, Source};

use crate::book::Book;
use crate::check::{Check, Expression, Relation, Term};
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
        "“占…%”应等于该项金额除以总额：收入各来源除以收入预算，支出各性质除以支出预算，功能分类除以同一来源的合计；决算除以本年收入合计、本年支出合计。总额或金额没有印出时不适用。",
        "A share is its amount divided by the whole: of revenue, of expenditure, or of the budget of the same source, in final accounts of this year's revenue or expenditure. Not \
         applicable where the amount or the whole is not stated.",
    ),
    example: Text::new("支出预算 100.00 万元，其中：基本支出 80.00 万元，占 78.00%", "80.00 of 100.00, 78.00 %"),
    example_arguments: &[
        Text::new("正文3.三“基本支出”占比", "text 3.三 “基本支出”, share"),
        Text::same("78"),
        Text::same("80"),
    ],
};

impl Rule for Share {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        // Where no form says what a share is a share of, the shares of a section that follow from one whole say so.
        let mut sections: BTreeMap<Option<Topic>, Vec<[Term; 3]>> = BTreeMap::new();
        for (index, _) in book.facts().filter(|(_, fact)| fact.measure == Measure::Share) {
            let Some(amount) = book.related(index, Measure::Amount) else { continue };
            let topic = book.fact_topic(index);
            let Some(whole) = book.fact_key(amount).and_then(|key| whole(topic, key)) else { continue };
            // The total that stands in the same section, or else any statement of it.
            let near = topic.and_then(|topic| book.stated(topic, whole, Measure::Amount));
            let near = near.map(|base| book.fact(base));
            let Some(base) = near.or_else(|| book.statement(whole)) else { continue };
            let terms = [index, amount].map(|fact| book.term(book.fact(fact)));
            let [share, part] = terms;
            sections.entry(topic).or_default().push([share, part, book.term(base)]);
        }
        for shares in sections.into_values() {
            let holds = |terms: &&[Term; 3]| with(terms, |check| !super::is_violated(book, check));
            let holding = shares.iter().filter(holds).count();
            let is_whole = book.agreement().is_promised() || 2 * holding > shares.len();
            for terms in &shares {
                match is_whole || holds(&terms) {
                    true => with(terms, |check| sink.check(check)),
                    false => sink.blocked(OTHER_WHOLE),
                }
            }
        }
        if !sink.has_checks() {
            sink.not_applicable(super::NOT_STATED);
        }
    }
}

const OTHER_WHOLE: Text = Text::new(
    "多数占比与合计不符：占比的基数可能不是合计（如本年支出），不作判断",
    "most shares do not follow from the total: they may be shares of something else, and nothing is concluded",
);

/// A share, the amount it is of, and the whole, as a check.
fn with<T>([share, part, whole]: &[Term; 3], then: impl FnOnce(Check<'_>) -> T) -> T {
    let (found, part, base) = ([*share], [*part], [*whole]);
    let expected = Expression::Percent { part: &part, base: &base };
    then(Check { found: &found, relation: Relation::Equal, expected })
}

/// What a share of this amount is a share of.
fn whole(topic: Option<Topic>, key: Key) -> Option<Key> {
    if key.function.is_some() {
        return Some(Key { function: None, ..key });
    }
    if key.nature != Nature::All {
        return Some(Key { nature: Nature::All, ..key });
    }
    // 财政拨款收入1230.00万元，占93.55% of the revenue of final accounts
    let is_of_revenue = key.flow == Some(Flow::Revenue) || topic == Some(Topic::Income) && key.flow.is_none();
    (is_of_revenue && key.source != Source::All).then_some(Key { flow: key.flow, ..Key::TOTAL })
}
