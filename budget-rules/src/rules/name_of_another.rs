//! Names that belong to another code.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use budget_classification::Dictionary;
use budget_model::{Classification, Code, CodeLevel, Label, Severity};

use super::code_name::names_codes;
use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;
use crate::words::plain;

pub(super) struct NameOfAnother;

static DESCRIPTION: Description = Description {
    id: "name-of-another-code",
    severity: Severity::Info,
    title: Text::new("科目名称是另一编码的名称", "a code has the name of another one"),
    message: Text::new(
        "科目 {0} 印作“{1}”，那是科目 {2} 的名称；{0} 的名称是“{3}”",
        "{0} is printed “{1}”, which is the name of {2}; {0} is “{3}”",
    ),
    explanation: Text::new(
        "编码和名称都在科目字典（budget-classification）中、却不属于同一科目的行：编码或名称印错，或编码差一级（款的编码、项的名称）。名称被截断的、字典没有的编码和名称、同一文件别处印有正确名称的（见 code-has-two-names）不计；类级科目见 class-name-unofficial。",
        "Rows whose code and whose name are both in the dictionary (budget-classification), but not of one class: one of them is \
         wrong, or the code is of another level than the name. Names that are cut, codes and names that are not listed, and \
         codes that have their own name elsewhere in the document (see code-has-two-names) do not count; for function classes \
         (类) see class-name-unofficial.",
    ),
    example: Text::new("2010104 人大立法 12.00", "2010104 with the name of 2010105"),
    example_arguments: &[Text::same("2010104"), Text::same("人大立法"), Text::same("2010105"), Text::same("人大会议")],
};

/// The codes that have a name, in full and without punctuation.
static OWNERS: LazyLock<HashMap<(Classification, String), Vec<Code>>> = LazyLock::new(|| {
    let mut owners: HashMap<_, Vec<Code>> = HashMap::new();
    for class in Dictionary::official().classes() {
        for name in class.names() {
            let key = (class.classification(), plain(name.text()).into_owned());
            owners.entry(key).or_default().push(class.code());
        }
    }
    owners
});

impl Rule for NameOfAnother {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        // The labels of each code, and whether one is its own name.
        let mut printed: BTreeMap<(Classification, Code), (Vec<&Label>, bool)> = BTreeMap::new();
        let tables = book.tables().map(|(_, table)| table).filter(|table| names_codes(table));
        for (of, row) in tables.flat_map(|table| table.rows.iter().map(|row| (table.classification, row))) {
            let Some(code) = row.code.filter(|_| row.project.is_none() && !row.label.text.is_empty()) else { continue };
            let Some(class) = Dictionary::official().class(code).filter(|class| class.classification() == of) else {
                continue;
            };
            let label = plain(&row.label.text);
            // A cell that is too narrow shows the beginning of a name, or its end; a short form leaves 支出 out.
            let is_own = class
                .names()
                .iter()
                .map(|name| plain(name.text()))
                .any(|name| name.starts_with(&*label) || name.ends_with(&*label) || label.starts_with(&*name));
            let (labels, has_own) = printed.entry((of, code)).or_default();
            *has_own |= is_own;
            labels.push(&row.label);
        }
        for ((of, code), (labels, has_own)) in printed {
            if has_own || (of == Classification::Function && code.level() == CodeLevel::Class) {
                sink.pass();
                continue;
            }
            let Some((label, owner)) = labels.iter().find_map(|label| Some((label, owner(of, code, &label.text)?)))
            else {
                continue;
            };
            let own = Dictionary::official().class(code).and_then(|class| match book.disclosure().year {
                Some(year) => class.name_in(year).or(class.names().first()),
                None => class.names().first(),
            });
            let own = own.map_or("", |name| name.text());
            sink.report(&[&code.to_string(), &label.text, &owner.to_string(), own], &[label.place]);
        }
        if sink.passed == 0 && sink.remarks.is_empty() {
            sink.not_applicable(Text::new("没有字典中的科目", "no code of the dictionary is printed"));
        }
    }
}

/// The code whose name this is: where several have it, the only one in the same group, or class.
fn owner(of: Classification, code: Code, name: &str) -> Option<Code> {
    let owners = OWNERS.get(&(of, plain(name).into_owned()))?;
    let group = code.parent().filter(|above| above.level() == CodeLevel::Group).unwrap_or(code);
    let of_group = |owner: &&Code| **owner == group || owner.is_below(group);
    let of_class = |owner: &&Code| owner.class() == code.class();
    let only = |owners: Vec<&Code>| match owners.as_slice() {
        [owner] => Some(**owner),
        _ => None,
    };
    only(owners.iter().filter(of_group).collect())
        .or_else(|| only(owners.iter().filter(of_class).collect()))
        .or_else(|| only(owners.iter().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_many_codes_is_that_of_the_same_group() {
        let owner = |code: u32, name: &str| {
            owner(Classification::Function, Code::from_number(code).unwrap(), name).map(Code::number)
        };
        assert_eq!(owner(2_010_104, "人大立法"), Some(2_010_105));
        assert_eq!(owner(20_101, "行政运行"), Some(2_010_101));
        assert_eq!(owner(2_010_199, "人大事务"), Some(20_101));
        assert_eq!(owner(2_050_201, "综合医院"), Some(2_100_201));
        assert_eq!(owner(2_050_201, "行政运行"), Some(2_050_101));
        // 行政运行 is an item of several groups of 208, and not of 20805.
        assert_eq!(owner(2_080_501, "行政运行"), None);
        assert_eq!(owner(2_050_201, "建设智慧校园"), None);
    }
}
