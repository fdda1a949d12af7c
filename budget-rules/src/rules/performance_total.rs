//! The amounts of a performance table, and of all of them.

use budget_model::{Measure, Nature, PerformanceKind, Severity, Source};

use crate::book::{Book, Key};
use crate::check::{Check, Term};
use crate::figure::PerformanceAmount;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;
use crate::topic::Topic;
use crate::words;

pub(super) struct PerformanceTotal;

static DESCRIPTION: Description = Description {
    id: "performance-amounts-do-not-add-up",
    severity: Severity::Error,
    title: Text::new("绩效表金额与合计不符", "the amounts of performance tables do not add up"),
    message: Text::new("{0}为 {1}，按分项为 {2}，相差 {3}", "{0} is {1}, its parts add up to {2}: a difference of {3}"),
    explanation: Text::new(
        "项目绩效表的年度预算总额＝财政拨款＋其他资金；正文所述财政拨款项目金额＝财政拨款项目支出；正文所述整体绩效目标金额＝预算总额。没有绩效表时不适用。",
        "The total of a performance table is its fiscal and other money. The amount that the text gives for projects with \
         appropriations is project expenditure from appropriations, that of the overall target is the whole budget. Not \
         applicable without performance tables.",
    ),
    example: Text::new("年度预算总额 12.80，其中：财政拨款 12.00，其他资金 0.00", "total 12.80: fiscal 12.00, other 0.00"),
};

impl Rule for PerformanceTotal {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        for (index, table) in book.disclosure().performance.iter().enumerate() {
            if table.kind != PerformanceKind::Project {
                continue;
            }
            let amount = |amount| book.performance(index, amount).map(|id| book.term(id));
            let parts: Vec<Term> =
                [amount(PerformanceAmount::Fiscal), amount(PerformanceAmount::Other)].into_iter().flatten().collect();
            if let (Some(total), false) = (amount(PerformanceAmount::Total), parts.is_empty()) {
                sink.check(Check::sum(vec![total], parts));
            }
        }
        let groups = super::statements::groups(book);
        let appropriation = Key { source: Source::Appropriation, nature: Nature::Project, ..Key::TOTAL };
        for (index, _, subject) in words::facts(book, Topic::Performance, Measure::Amount) {
            let path = subject.concat();
            let key = if path.contains("整体") {
                Key::TOTAL
            } else if path.contains("财政拨款") && !path.contains("非财政拨款") {
                appropriation
            } else {
                continue;
            };
            let whole = groups.get(&book.sources().joined(key)).and_then(|group| group.first());
            if let Some(whole) = whole {
                sink.check(Check::sum(vec![words::term(book, index)], vec![book.term(*whole)]));
            }
        }
        if sink.checks.is_empty() {
            sink.not_applicable(super::NO_PERFORMANCE);
        }
    }
}
