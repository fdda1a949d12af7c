//! Differences between tables that nothing in the document explains.

use budget_model::Severity;

use super::all_equal;
use crate::agreement::Contradiction;
use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct Unexplained;

static DESCRIPTION: Description = Description {
    id: "difference-unexplained",
    severity: Severity::Warning,
    title: Text::new(
        "两表同口径的数字不一致，文件没有可解释的金额",
        "tables differ by what nothing in the document explains",
    ),
    message: Text::new(
        "{0}为 {1}，同一口径的另一处为 {2}，相差 {3}；文件没有印出等于这一差额的金额",
        "{0} is {1}, the same figure is {2} elsewhere: a difference of {3}, which is no amount that the document prints",
    ),
    explanation: Text::new(
        "表式没有版式可据时，两张表的合计（或一行连同其上各级合计）相差同一数额，可能是统计口径不同（一处含上年结转、年终结转、单位资金等），也可能有误。这些金额文件都会印出：差额等于其中一笔（或两笔结转之和）的，口径不同，不作判断；不等于任何一笔的，列为本项。各表式都应相等的，见 statements-differ。",
        "In a form that no layout names, totals of two tables (or a row and all that contains it) that differ by one amount may count \
         differently (last year's carry-over, what is left at the end of the year, unit funds) or be wrong. A document prints these \
         amounts: nothing is said where the difference is one of them, or two that are carried over; where it is none, it is listed \
         here. What is equal in every form is left to statements-differ.",
    ),
    example: Text::new(
        "支出总表合计 1,200.00，收入总表合计 1,188.00，文件没有 12.00 的结转",
        "1,200.00 in the table of expenditure, 1,188.00 in that of revenue, and nothing of 12.00 is carried over",
    ),
    example_arguments: &[
        Text::same("支出总体情况表·总计·合计"),
        Text::same("1200"),
        Text::same("1188"),
        Text::same("12"),
    ],
};

impl Rule for Unexplained {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        for (key, group) in book.statements().iter() {
            all_equal(book, sink, key, group, Contradiction::Unexplained);
        }
        if !sink.has_checks() {
            sink.not_applicable(Text::new("没有这样的差额", "there is no such difference"));
        }
    }
}
