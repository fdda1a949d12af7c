//! The numbers of the tables.

use std::collections::HashMap;

use budget_model::{Label, Severity, TableKind};

use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct TableNumber;

static DESCRIPTION: Description = Description {
    id: "table-number-repeated",
    severity: Severity::Warning,
    title: Text::new("两张表的表号相同", "two tables have the same number"),
    message: Text::new("“{0}”与“{1}”的表号都是“{2}”", "“{0}” and “{1}” are both numbered “{2}”"),
    explanation: Text::new(
        "不同的表应有不同的表号；部门与所属单位的同类表可用同一表号。没有印表号时不适用。",
        "Different tables have different numbers; those of one kind, as of a department and its units, may share one. Not applicable where no table has one.",
    ),
    example: Text::new("表8 政府性基金预算支出情况表；表8 国有资本经营预算支出情况表", "two tables numbered 8"),
    example_arguments: &[
        Text::same("国有资本经营预算支出情况表"),
        Text::same("政府性基金预算支出情况表"),
        Text::same("表8"),
    ],
};

impl Rule for TableNumber {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let mut first: HashMap<&str, (TableKind, &Label)> = HashMap::new();
        for (_, table) in book.tables() {
            let Some(number) = &table.number else { continue };
            match first.insert(&number.text, (table.kind, &table.title)) {
                None => sink.pass(),
                // Those of a department and of its units bear the same numbers.
                Some((kind, _)) if kind == table.kind => {}
                Some((_, other)) => {
                    sink.report(&[&table.title.text, &other.text, &number.text], &[number.place, other.place]);
                }
            }
        }
        if first.is_empty() {
            sink.not_applicable(Text::new("没有印表号", "no table has a number"));
        }
    }
}
