//! Vehicles by kind.

use budget_model::{Measure, Severity};

use crate::book::Book;
use crate::check::Check;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;
use crate::topic::Topic;
use crate::words;

pub(super) struct Vehicles;

static DESCRIPTION: Description = Description {
    id: "vehicles-do-not-add-up",
    severity: Severity::Error,
    title: Text::new("各类车辆的数量或价值之和不等于合计", "vehicles by kind do not add up in number or value"),
    message: Text::new(
        "{0}为 {1}，各类车辆合计 {2}，相差 {3}",
        "{0} is {1}, the kinds add up to {2}: a difference of {3}",
    ),
    explanation: Text::new(
        "车辆的数量和价值分别等于一般公务用车、执法执勤用车、其他车辆等各类之和。正文没有分类时不适用。",
        "Number and value of vehicles are the sums over their kinds. Not applicable where the text gives no kinds.",
    ),
    example: Text::new(
        "车辆 3 辆，价值 20.00 万元；其中：一般公务用车 2 辆，价值 20.00 万元",
        "3 vehicles, of which 2 for general use",
    ),
    example_arguments: &[
        Text::new("正文3.十二.(三)“车辆”数量", "text 3.十二.(三) “车辆”, number"),
        Text::same("3"),
        Text::same("2"),
        Text::same("1"),
    ],
};

impl Rule for Vehicles {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        for measure in [Measure::Count, Measure::Amount] {
            let about = |length: usize| {
                words::facts(book, Topic::Assets, measure).filter(move |(.., subject)| {
                    subject.len() == length && subject.first().is_some_and(|first| first == "车辆")
                })
            };
            let whole = about(1).map(|(fact, ..)| fact).next();
            let parts: Vec<_> = about(2).map(|(fact, ..)| words::term(book, fact)).collect();
            if let (Some(whole), false) = (whole, parts.is_empty()) {
                sink.check_list(book, Check::sum(&[words::term(book, whole)], &parts));
            }
        }
        if !sink.has_checks() {
            sink.not_applicable(super::NOT_STATED);
        }
    }
}
