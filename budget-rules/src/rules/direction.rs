//! Words of direction agree with each other.

use budget_model::{Measure, Severity};

use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct Direction;

static DESCRIPTION: Description = Description {
    id: "direction-contradicts-sign",
    severity: Severity::Error,
    title: Text::new("增减方向前后矛盾", "the directions of a change contradict each other"),
    message: Text::new("增减方向矛盾（{0}）", "the directions contradict each other ({0})"),
    explanation: Text::new(
        "“增加”应与“增长”相配，“减少”应与“下降”相配；增加、减少后的数字不应再带负号。增减额或增减率印作零的不检查。",
        "An increase goes with growth and a decrease with a fall; the number behind such a word has no minus sign. Figures \
         printed as zero are not checked.",
    ),
    example: Text::new("比上年预算减少 2.10 万元，增长 4.20%", "down by 2.10, up by 4.20 %"),
    example_arguments: &[Text::new(
        "正文3.三“项目支出”增减额：-2.10，4.20%",
        "text 3.三 “项目支出”, change: -2.10, 4.20 %",
    )],
};

/// A change and its percentage.
static BOTH: Text = Text::new("{0}：{1}，{2}%", "{0}: {1}, {2} %");

impl Rule for Direction {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let mut any = false;
        for (index, fact) in book.facts().filter(|(_, fact)| fact.measure == Measure::YoyPercent) {
            let Some(change) = book.related(index, Measure::YoyChange) else { continue };
            let change = book.fact(change);
            let value = book.value(change);
            if value.is_zero() || fact.value.is_zero() {
                continue;
            }
            any = true;
            if value.is_sign_negative() == fact.value.is_sign_negative() {
                sink.pass();
                continue;
            }
            let numbers = [value, fact.value].map(|number| Text::from(number.to_string()));
            let arguments: Vec<Text> = [book.name(change)].into_iter().chain(numbers).collect();
            sink.blame_words(vec![BOTH.filled_with(&arguments)], &[change, book.fact(index)]);
        }
        for (index, fact) in
            book.facts().filter(|(_, fact)| matches!(fact.measure, Measure::YoyChange | Measure::YoyPercent))
        {
            if let Some(passage) = signed_after_direction(&fact.quote) {
                any = true;
                sink.blame(&[passage], &[book.fact(index)]);
            }
        }
        if !any {
            sink.not_applicable(super::NOT_STATED);
        }
    }
}

/// `减少-3.84`: the words from the direction on.
fn signed_after_direction(quote: &str) -> Option<&str> {
    quote.match_indices(['-', '－', '−']).find_map(|(sign, _)| {
        let before = quote.get(..sign)?;
        let word = ["增加", "减少", "增长", "下降"].into_iter().find(|word| before.ends_with(word))?;
        quote.get(sign - word.len()..)
    })
}
