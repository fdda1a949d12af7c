//! Empty tables without the sentence that says so.

use budget_model::{Severity, Table};

use super::empty_table::{TOPICS, declared};
use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct UndeclaredEmpty;

static DESCRIPTION: Description = Description {
    id: "empty-table-undeclared",
    severity: Severity::Warning,
    title: Text::new("空表没有说明", "an empty table is not declared empty"),
    message: Text::new(
        "“{0}”没有数字，也没有空表说明",
        "table {0} has no figures and no sentence that declares it empty",
    ),
    explanation: Text::new(
        "没有数字的表应有“…为空表”的说明，表下或正文均可。表中有未读出的内容时不算空表，采购、单位等清单不在此列；没有空表，或版式未知而文件没有任何空表说明的，不适用。",
        "A table without figures has the sentence that declares it empty, below it or in the text. A table with something that was \
         not read is not empty, and lists beside the budget need no sentence. Not applicable where no table is empty, or where the form is not known and no table is declared empty.",
    ),
    example: Text::new("政府性基金预算支出情况表（只有表头）", "a table of the fund budget with a header alone"),
    example_arguments: &[Text::same("政府性基金预算支出情况表")],
};

impl Rule for UndeclaredEmpty {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        // Lists of units or goals have no figures anyway.
        let is_empty = |table: &Table| table.kind.shows_budget() && table.figure_count() == 0;
        let sentence = |table: &'_ Table| {
            let topic = TOPICS.iter().find(|(_, kind)| *kind == table.kind).map(|(topic, _)| *topic);
            table.declared_empty.is_some() || topic.is_some_and(|topic| declared(book, topic).is_some())
        };
        if !book.agreement().is_promised() && !book.tables().any(|(_, table)| sentence(table)) {
            sink.not_applicable(Text::new(
                "版式未知，文件也没有任何空表说明",
                "the form is not known, and the document declares no table empty",
            ));
            return;
        }
        let mut paragraphs = book.disclosure().sections.iter().flat_map(|section| &section.paragraphs);
        if paragraphs.any(|paragraph| super::empty_table::is_of_list(&paragraph.text)) {
            sink.not_applicable(Text::new("报表目录列明了空表", "the list of tables says which are empty"));
            return;
        }
        for (index, table) in book.tables().filter(|(_, table)| is_empty(table)) {
            if let Some(unread) = book.unread_in_table(index) {
                sink.unread(book, index, &unread);
                continue;
            }
            match sentence(table) {
                true => sink.pass(),
                false => sink.report(&[table.kind.chinese()], &[table.title.place]),
            }
        }
        if sink.passed == 0 && sink.remarks.is_empty() {
            sink.not_applicable(Text::new("没有空表", "no table is empty"));
        }
    }
}
