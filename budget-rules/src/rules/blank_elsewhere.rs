//! Figures of what another table prints by name and leaves blank.

use budget_model::Severity;

use crate::agreement::Contradiction;
use crate::book::Book;
use crate::check::{Check, Expression, Relation};
use crate::figure::Origin;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct BlankElsewhere;

static DESCRIPTION: Description = Description {
    id: "blank-elsewhere",
    severity: Severity::Warning,
    title: Text::new("一处有数而另一处空白", "a figure is printed in one place and left blank in another"),
    message: Text::new(
        "{0}为 {1}，同一口径的另一处印有名称而金额空白",
        "{0} is {1}, another table prints the same name and leaves the amount blank",
    ),
    explanation: Text::new(
        "表中印出名称而整行金额空白的，同一口径的数字在别处应为零。该行或附近有未读出的内容时不判断。",
        "Where a table prints a name and no amount in its row, the figure with the same coordinates is zero elsewhere. Nothing is \
         said where something in the row or near it was not read.",
    ),
    example: Text::new(
        "表1 213 农林水支出 空白；正文“农林水支出 10.00 万元”",
        "table 1, 213: blank; the text says 10.00",
    ),
    example_arguments: &[Text::new("正文3.一“农林水支出”", "text 3.一 “农林水支出”"), Text::same("10")],
};

impl Rule for BlankElsewhere {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        for blank in book.blanks() {
            let (index, row) = (blank.table, blank.row);
            let stated = book.statements().get(blank.key);
            if stated.is_empty() {
                continue;
            }
            if let Some(lost) = book.unread_in_row(index, row).or_else(|| book.unread_below(index, row).cloned()) {
                sink.unread(book, index, &lost);
                continue;
            }
            for figure in stated {
                let found = &[book.term(*figure)];
                let check = Check { found, relation: Relation::Equal, expected: Expression::Blank };
                let here = Origin::Table(index as u32);
                let there = book.figure(*figure).map(|figure| figure.subject.origin());
                let concludes = there.is_some_and(|there| {
                    book.agreement().contradiction(blank.key, here, there) == Some(Contradiction::Firm)
                });
                if concludes || !super::is_violated(book, check) {
                    sink.check(check);
                }
            }
        }
        if !sink.has_checks() {
            sink.not_applicable(Text::new("没有金额空白的行", "no row is blank"));
        }
    }
}
