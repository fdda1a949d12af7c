//! Staff and established posts.

use budget_model::{Measure, Severity};

use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;
use crate::topic::Topic;
use crate::words;

pub(super) struct Quota;

static DESCRIPTION: Description = Description {
    id: "staff-exceeds-posts",
    severity: Severity::Warning,
    title: Text::new("在职人数多于编制数", "more people on the staff than established posts"),
    message: Text::new("{0}为 {1}，多于编制数 {2}", "{0} is {1}, more than {2} established posts"),
    explanation: Text::new(
        "在职人数一般不超过编制数；超编可能属实，需核实。",
        "The staff normally does not exceed the established posts. It may be true, and should be looked at.",
    ),
    example: Text::new("编制数 20，在职 22 人", "20 posts, 22 people on the staff"),
    example_arguments: &[
        Text::new("正文1.二“在职”数量", "text 1.二 “在职”, number"),
        Text::same("22"),
        Text::same("20"),
    ],
};

impl Rule for Quota {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let posts = words::find(book, Topic::Organisation, Measure::Count, |last| last.starts_with("编制"));
        let staff = words::find(book, Topic::Organisation, Measure::Count, |last| last.starts_with("在职"));
        let (Some(posts), Some(staff)) = (posts, staff) else {
            sink.not_applicable(super::NOT_STATED);
            return;
        };
        let (posts, staff) = (book.fact(posts), book.fact(staff));
        if book.value(staff) <= book.value(posts) {
            sink.pass();
            return;
        }
        // It may well be true: neither number is called wrong.
        let values = vec![book.name(staff), book.value(staff).to_string().into(), book.value(posts).to_string().into()];
        let places = [staff, posts].into_iter().filter_map(|id| book.figure(id)).map(|figure| figure.place);
        sink.report_words(values, &places.collect::<Vec<_>>());
    }
}
