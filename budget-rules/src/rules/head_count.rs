//! People on the staff.

use budget_model::{Measure, Severity};

use crate::book::Book;
use crate::check::Check;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;
use crate::topic::Topic;
use crate::words;

pub(super) struct HeadCount;

static DESCRIPTION: Description = Description {
    id: "staff-does-not-add-up",
    severity: Severity::Error,
    title: Text::new(
        "在职、退休、离休人数之和不等于实有人数",
        "staff and retired people do not add up to the number of people",
    ),
    message: Text::new(
        "{0}为 {1}，在职、退休、离休合计 {2}，相差 {3}",
        "{0} is {1}, staff and retired are {2}: a difference of {3}",
    ),
    explanation: Text::new(
        "实有人数＝在职＋退休＋离休。正文没有写明实有人数或其构成时不适用。",
        "The number of people is staff plus retired. Not applicable where the text does not state it or its parts.",
    ),
    example: Text::new(
        "实有人数 24 人，其中：在职 20 人；退休 5 人；离休 0 人",
        "24 people: 20 on the staff, 5 retired",
    ),
    example_arguments: &[
        Text::new("正文1.二“实有人数”数量", "text 1.二 “实有人数”, number"),
        Text::same("24"),
        Text::same("25"),
        Text::same("-1"),
    ],
};

impl Rule for HeadCount {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let whole = words::find(book, Topic::Organisation, Measure::Count, |last| last == "实有人数");
        let part = |word: &'static str| {
            words::find(book, Topic::Organisation, Measure::Count, move |last| last.starts_with(word))
        };
        let parts: Vec<_> =
            ["在职", "退休", "离休"].into_iter().filter_map(part).map(|fact| words::term(book, fact)).collect();
        match whole {
            Some(whole) if !parts.is_empty() => sink.check_list(book, Check::sum(&[words::term(book, whole)], &parts)),
            _ => sink.not_applicable(super::NOT_STATED),
        }
    }
}
