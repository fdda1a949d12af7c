//! Indicator values that are not well formed.

use budget_model::Severity;

use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct MalformedValue;

static DESCRIPTION: Description = Description {
    id: "malformed-value",
    severity: Severity::Warning,
    title: Text::new("指标值写法有误", "a malformed indicator value"),
    message: Text::new("指标“{0}”的值“{1}”写法有误：“{2}”重复", "indicator “{0}”: in “{1}” the sign “{2}” is doubled"),
    explanation: Text::new(
        "指标值中的百分号、等号、大于小于号、小数点不应重复。没有绩效指标时不适用。",
        "A percent sign, an operator or a decimal point is not doubled in an indicator value. Not applicable without indicators.",
    ),
    example: Text::new("=90%%", "=90%%"),
    example_arguments: &[Text::same("观众满意度"), Text::same("=90%%"), Text::same("%")],
};

impl Rule for MalformedValue {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let mut any = false;
        for indicator in book.disclosure().performance.iter().flat_map(|table| &table.indicators) {
            any = true;
            let raw = &indicator.value.raw;
            match doubled(&raw.text) {
                None => sink.pass(),
                Some(sign) => {
                    sink.report(
                        &[&indicator.name.text, &raw.text, sign.encode_utf8(&mut [0; 4])],
                        &[raw.place, indicator.name.place],
                    );
                }
            }
        }
        if !any {
            sink.not_applicable(super::NO_PERFORMANCE);
        }
    }
}

/// A sign that stands twice in a row, full width and half width alike.
fn doubled(text: &str) -> Option<char> {
    let plain = |c: char| match c {
        '％' => '%',
        '＝' => '=',
        '＞' => '>',
        '＜' => '<',
        '．' => '.',
        other => other,
    };
    let pairs = text.chars().map(plain).zip(text.chars().skip(1).map(plain));
    pairs
        .filter(|(one, other)| one == other && matches!(one, '%' | '=' | '>' | '<' | '.' | '≥' | '≤'))
        .map(|(one, _)| one)
        .next()
}
