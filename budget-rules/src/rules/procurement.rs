//! Government procurement by kind.

use budget_model::{Measure, Severity};

use crate::book::Book;
use crate::check::Check;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;
use crate::topic::Topic;
use crate::words;

pub(super) struct Procurement;

static DESCRIPTION: Description = Description {
    id: "procurement-does-not-add-up",
    severity: Severity::Error,
    title: Text::new(
        "货物、工程、服务采购预算之和不等于政府采购预算",
        "goods, works and services do not add up to procurement",
    ),
    message: Text::new(
        "{0}为 {1}，货物、工程、服务合计 {2}，相差 {3}",
        "{0} is {1}, goods, works and services are {2}: a difference of {3}",
    ),
    explanation: Text::new(
        "政府采购预算＝货物＋工程＋服务。正文没有写明时不适用。",
        "Procurement is goods plus works plus services. Not applicable where the text does not state them.",
    ),
    example: Text::new(
        "政府采购预算 9.00 万元，其中：货物 4.50、工程 0.00、服务 5.40",
        "9.00: goods 4.50, works 0.00, services 5.40",
    ),
    example_arguments: &[
        Text::new("正文3.十二.(二)“政府采购预算”", "text 3.十二.(二) “政府采购预算”"),
        Text::same("9"),
        Text::same("9.9"),
        Text::same("-0.9"),
    ],
};

impl Rule for Procurement {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let find = |is: &dyn Fn(&str) -> bool| words::find(book, Topic::Procurement, Measure::Amount, is);
        let whole = find(&|last| last.starts_with("政府采购预算"));
        let part = |kind: &str| find(&|last: &str| last.contains(kind) && !last.contains("企业"));
        let parts: Vec<_> =
            ["货物", "工程", "服务"].into_iter().filter_map(part).map(|fact| words::term(book, fact)).collect();
        match whole {
            Some(whole) if !parts.is_empty() => sink.check_list(book, Check::sum(&[words::term(book, whole)], &parts)),
            _ => sink.not_applicable(super::NOT_STATED),
        }
    }
}
