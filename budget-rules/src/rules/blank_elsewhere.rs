//! Figures of what another table prints by name and leaves blank.

use budget_model::{Dimensions, Role, Row, Severity, Stage};

use crate::book::Book;
use crate::check::{Check, Expression, Relation};
use crate::key::Key;
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
};

impl Rule for BlankElsewhere {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn holds_in(&self, stage: Stage) -> bool {
        stage == Stage::Budget
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        for (index, table) in book.tables().filter(|(_, table)| table.figure_count() > 0) {
            if !book.apart().is_comparable(index) {
                continue;
            }
            // A name that fixes nothing is no name of the whole.
            let is_named = |row: &Row| row.code.is_some() || row.dimensions != Dimensions::default();
            let rows = (0..).zip(&table.rows).filter(|(_, row)| row.cells.is_empty() && row.role != Role::Total);
            let rows = rows.filter(|(_, row)| is_named(row));
            for (row, entry) in rows {
                let Some(key) = Key::at(table, row, 0).filter(|_| entry.doubts.is_empty()) else { continue };
                let stated = book.statements().get(book.sources().joined(key));
                if stated.is_empty() || book.apart().is_divided(index, row) {
                    continue;
                }
                let lost = book.unread_in_row(index, row).or_else(|| book.unread_below(index, row).cloned());
                if let Some(lost) = lost {
                    sink.unread(book, index, &lost);
                    continue;
                }
                for figure in stated {
                    let found = &[book.term(*figure)];
                    sink.check(Check { found, relation: Relation::Equal, expected: Expression::Blank });
                }
            }
        }
        if !sink.has_checks() {
            sink.not_applicable(Text::new("没有金额空白的行", "no row is blank"));
        }
    }
}
