//! Official names of the function classes.

use std::collections::BTreeSet;

use budget_classification::{Dictionary, Name};
use budget_model::{Classification, Code, CodeLevel, Row, Severity};

use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;
use crate::words::plain;

pub(super) struct ClassName;

static DESCRIPTION: Description = Description {
    id: "class-name-unofficial",
    severity: Severity::Warning,
    title: Text::new("功能分类类级科目名称与官方名称不符", "a function class does not have its official name"),
    message: Text::new("科目 {0} 印作“{1}”，官方名称为“{2}”", "{0} is printed “{1}”, its official name is “{2}”"),
    explanation: Text::new(
        "支出功能分类的类级科目名称以财政部《政府收支分类科目》为准，历年改过名的，各年的名称都接受。不在表中的编码不检查；别的表印有官方名称的，见 code-has-two-names。",
        "The names of the function classes are those of the classification of the Ministry of Finance; where a name was \
         changed, the names of all years are accepted. Codes that are not listed are not checked; where another table has \
         the official name see code-has-two-names.",
    ),
    example: Text::new("208 社会保障与就业支出", "208 with 与 in place of 和"),
    example_arguments: &[Text::same("208"), Text::same("社会保障与就业支出"), Text::same("社会保障和就业支出")],
};

impl Rule for ClassName {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let tables =
            book.tables().map(|(_, table)| table).filter(|table| table.classification == Classification::Function);
        let is_promised = book.agreement().is_promised();
        let tables = tables.filter(|table| is_promised || super::code_name::names_codes(table));
        let is_official =
            |row: &Row, names: &[&str]| names.contains(&&*row.label.text) || names.contains(&&*plain(&row.label.text));
        let mut official: BTreeSet<Code> = BTreeSet::new();
        // Of each class the first row with another name, and the usual name.
        let mut others: Vec<(Code, &Row, &str)> = Vec::new();
        for row in tables.flat_map(|table| &table.rows) {
            let Some(code) = row.code.filter(|code| code.level() == CodeLevel::Class) else { continue };
            let Some(class) = Dictionary::official().class(code) else { continue };
            let names: Vec<&str> = class.full_names().map(Name::text).collect();
            if is_official(row, &names) {
                sink.pass();
                official.insert(code);
            } else if others.iter().all(|(other, ..)| *other != code) {
                others.push((code, row, names.first().copied().unwrap_or_default()));
            }
        }
        // Where another table has the official name, the difference between the tables is the finding.
        for (code, row, usual) in others.into_iter().filter(|(code, ..)| !official.contains(code)) {
            sink.report(&[&code.to_string(), &row.label.text, usual], &[row.label.place]);
        }
        if sink.passed == 0 && sink.remarks.is_empty() {
            sink.not_applicable(Text::new("没有类级科目", "no table has function classes"));
        }
    }
}
