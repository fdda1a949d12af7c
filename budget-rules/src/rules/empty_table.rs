//! Empty tables and the sentence that says so.

use budget_model::{Cell, Dimensions, Phase, Severity, TableKind, YearRef};

use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;
use crate::topic::Topic;

pub(super) struct EmptyTable;

static DESCRIPTION: Description = Description {
    id: "empty-table-contradicted",
    severity: Severity::Error,
    title: Text::new("空表说明与表不符", "a table and the sentence that declares it empty contradict each other"),
    message: Text::new("“{0}”{1}", "{0}: {1}"),
    explanation: Text::new(
        "有“…为空表”说明（表下或正文均可）的表不应有本年的非零数字。没有这种说明时不适用。没有说明的空表见 empty-table-undeclared。",
        "A table with the sentence that declares it empty, below it or in the text, has no figure of the year other than zero. Not applicable \
         where nothing is declared empty. Empty tables without the sentence are left to empty-table-undeclared.",
    ),
    example: Text::new(
        "政府性基金预算支出情况表 合计 5.00；正文“政府性基金预算支出情况表为空表”",
        "a table with 5.00 declared empty",
    ),
    example_arguments: &[
        Text::same("政府性基金预算支出情况表"),
        Text::new("5.00；政府性基金预算支出情况表为空表", "5.00; “政府性基金预算支出情况表为空表”"),
    ],
};

pub(super) const TOPICS: &[(Topic, TableKind)] = &[
    (Topic::Fund, TableKind::Fund),
    (Topic::StateCapital, TableKind::StateCapital),
    (Topic::CarryOver, TableKind::Carryover),
    (Topic::ThreePublic, TableKind::ThreePublic),
    (Topic::GeneralProject, TableKind::GeneralProject),
];

impl Rule for EmptyTable {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        for (index, table) in book.tables() {
            let topic = TOPICS.iter().find(|(_, kind)| *kind == table.kind).map(|(topic, _)| *topic);
            let sentence = table.declared_empty.as_ref().or_else(|| declared(book, topic?));
            // Last year's figures do not contradict that there are none this year.
            let of_year = |row, cell: &&Cell| table.dimensions_at(row, cell.column).is_some_and(is_of_year);
            let money = (0..)
                .zip(&table.rows)
                .flat_map(|(index, row)| row.cells.iter().filter(move |cell| of_year(index, cell)))
                .find(|cell| !cell.amount.value.is_zero());
            if let Some(cell) = money
                && table.rows.iter().all(|row| row.cells.iter().all(|cell| !table.doubts_of(row, cell).is_empty()))
            {
                let why = Text::new("“{0}”的数字存疑：{1}", "the figures of table {0} are in doubt: {1}");
                sink.blocked(why.filled(&[table.kind.chinese(), &cell.amount.value.to_string()]));
                continue;
            }
            let name = table.kind.chinese();
            // What was not read is no blank.
            if table.figure_count() == 0
                && let Some(unread) = book.unread_in_table(index)
            {
                sink.unread(book, index, &unread);
                continue;
            }
            match (sentence, money) {
                (Some(sentence), Some(cell)) => {
                    let words = Text::new("{0}；{1}", "{0}; “{1}”");
                    sink.report_words(
                        vec![name.into(), words.filled(&[&cell.amount.value.to_string(), &sentence.text])],
                        &[cell.amount.place, sentence.place],
                    );
                }
                (Some(_), None) => sink.pass(),
                _ => {}
            }
        }
        if sink.passed == 0 && sink.remarks.is_empty() {
            sink.not_applicable(Text::new("没有空表说明", "no table is declared empty"));
        }
    }
}

/// Whether a figure is of the year and stage of the document.
fn is_of_year(fixed: Dimensions) -> bool {
    let is_this = matches!(fixed.year, None | Some(YearRef::This));
    is_this && matches!(fixed.phase, None | Some(Phase::Budget | Phase::Final))
}

/// Whether a text is of the list of tables that says of each whether it is empty: 报表名称 / 是否空表.
pub(super) fn is_of_list(text: &str) -> bool {
    text.contains("是否空表") || text.contains("是否为空表")
}

/// The paragraph of a section that declares its table empty.
pub(super) fn declared<'a>(book: &Book<'a>, topic: Topic) -> Option<&'a budget_model::Label> {
    let sections = book.disclosure().sections.iter().enumerate();
    let sections = sections.filter(|(index, _)| book.topics().of_section(*index) == Some(topic));
    sections
        .flat_map(|(_, section)| &section.paragraphs)
        .find(|paragraph| paragraph.text.contains("空表") && !is_of_list(&paragraph.text))
}
