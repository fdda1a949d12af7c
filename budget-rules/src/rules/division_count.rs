//! The number of internal divisions and their list.

use std::collections::BTreeSet;

use budget_model::{Decimal, Measure, Severity};

use crate::book::Book;
use crate::check::{Check, Expression, Relation};
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;
use crate::topic::Topic;
use crate::words;

pub(super) struct DivisionCount;

static DESCRIPTION: Description = Description {
    id: "division-count-differs",
    severity: Severity::Warning,
    title: Text::new(
        "所述内设机构个数与所列名称不符",
        "the stated number of divisions is not that of the names listed",
    ),
    message: Text::new("{0}为 {1}，列出 {2} 个不重复的名称", "{0} is {1}, {2} different names are listed"),
    explanation: Text::new(
        "“下设…个科室（处室）”应等于所列不重复的名称的个数。没有写个数或没有列出名称时不适用。",
        "The stated number of divisions is the number of different names listed. Not applicable without the number or the list.",
    ),
    example: Text::new("下设 3 个科室，分别是：办公室、业务科、办公室", "3 divisions: office, services, office"),
    example_arguments: &[Text::new("正文1.二“科室”数量", "text 1.二 “科室”, number"), Text::same("3"), Text::same("2")],
};

impl Rule for DivisionCount {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let names: BTreeSet<&str> =
            book.disclosure().organisation.divisions.iter().map(|division| division.text.as_str()).collect();
        let is_division = |last: &str| ["科室", "处室", "股室", "内设机构", "内设科室"].contains(&last);
        let stated = words::find(book, Topic::Organisation, Measure::Count, is_division);
        match stated {
            Some(stated) if !names.is_empty() => {
                let found = [words::term(book, stated)];
                let expected = Expression::Exactly(Decimal::from(names.len()));
                let check = Check { found: &found, relation: Relation::Equal, expected };
                // 综合一处至综合九处: what a list of another form counts is not known.
                if book.agreement().is_promised() || !super::is_violated(book, check) {
                    sink.check(check);
                } else {
                    sink.blocked(super::NOT_PROMISED);
                }
            }
            _ => sink.not_applicable(super::NOT_STATED),
        }
    }
}
