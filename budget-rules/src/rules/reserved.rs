//! Procurement reserved for small enterprises.

use budget_model::{Measure, Severity};

use crate::book::Book;
use crate::check::{Check, Expression, Relation};
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;
use crate::topic::Topic;
use crate::words;

pub(super) struct Reserved;

static DESCRIPTION: Description = Description {
    id: "reserved-procurement-exceeds-total",
    severity: Severity::Error,
    title: Text::new("预留采购预算大于其所属的采购预算", "reserved procurement exceeds what it is a part of"),
    message: Text::new("{0}为 {1}，大于其所属的 {2}", "{0} is {1}, more than {2} that it is a part of"),
    explanation: Text::new(
        "面向中小企业预留的采购预算不大于政府采购预算，面向小微企业的不大于面向中小企业的。正文没有写明时不适用。",
        "Procurement reserved for small and medium enterprises is at most all procurement, that for small and micro \
         enterprises at most that for small and medium ones. Not applicable where the text does not state them.",
    ),
    example: Text::new("政府采购预算 9.00 万元，面向中小企业预留 9.90 万元", "procurement 9.00, reserved 9.90"),
    example_arguments: &[
        Text::new("正文3.十二.(二)“面向中小企业预留”", "text 3.十二.(二) “面向中小企业预留”"),
        Text::same("9.9"),
        Text::same("9"),
    ],
};

impl Rule for Reserved {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let find = |word: &str| words::find(book, Topic::Procurement, Measure::Amount, |last| last.contains(word));
        let all = words::find(book, Topic::Procurement, Measure::Amount, |last| last.starts_with("政府采购预算"));
        let (medium, micro) = (find("中小企业"), find("小微企业"));
        for (part, whole) in [(medium, all), (micro, medium)] {
            let (Some(part), Some(whole)) = (part, whole) else { continue };
            let expected = Expression::Sum(&[words::term(book, whole)]);
            sink.check(Check { found: &[words::term(book, part)], relation: Relation::AtMost, expected });
        }
        if !sink.has_checks() {
            sink.not_applicable(super::NOT_STATED);
        }
    }
}
