//! Wholes that are left blank although their parts are printed.

use budget_model::Severity;

use crate::book::Book;
use crate::check::{Check, Expression, Relation};
use crate::grid::{Grid, Undecided};
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct BlankWhole;

static DESCRIPTION: Description = Description {
    id: "whole-left-blank",
    severity: Severity::Warning,
    title: Text::new("分项有数而合计空白", "the parts of a whole are printed and the whole is blank"),
    message: Text::new(
        "{0}（连同并列各项）之和为 {1}，合计处空白",
        "{0} and what stands beside it add up to {1}, and the whole is left blank",
    ),
    explanation: Text::new(
        "分项印有金额的，合计也应印出。只在合计所在的行另有数字、所在的栏别处有数字，而且附近没有未读出的内容时才提示；整行或整栏空白的，视为不填此数。",
        "Where parts have money the whole has a figure. Said only where the row of the whole has other figures, its column has \
         figures elsewhere, and nothing near was left unread; a row or column that is blank as a whole is not used.",
    ),
    example: Text::new("合计栏空白，基本支出 12.00，项目支出 5.00", "total blank, basic 12.00, project 5.00"),
    example_arguments: &[Text::same("表3支出总体情况表·2070109群众文化·基本支出"), Text::same("17")],
};

impl Rule for BlankWhole {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let mut parts = Vec::new();
        for (index, table) in book.tables() {
            let grid = Grid::new(book, index, table);
            table.each_identity(|identity| {
                // What is not certain is said by parts-do-not-add-up.
                let blank: Result<bool, Undecided> = grid.whole_and_parts(identity, &mut parts).map(|w| w.is_none());
                if matches!(blank, Ok(true)) && !parts.is_empty() && grid.expects_whole(identity) {
                    match grid.lost_part(identity) {
                        Some(lost) => sink.unread(book, index, &lost),
                        None => {
                            let (relation, expected) = (Relation::Equal, Expression::Blank);
                            sink.check(Check { found: &parts, relation, expected });
                        }
                    }
                }
            });
        }
        if !sink.has_checks() {
            sink.not_applicable(Text::new("没有空白的合计", "no whole is blank"));
        }
    }
}
