//! Codes whose names changed from one year to another.

use std::collections::BTreeSet;

use budget_classification::{Class, Dictionary};
use budget_model::{Code, Label, Severity};

use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;
use crate::words::plain;

pub(super) struct CodeYears;

static DESCRIPTION: Description = Description {
    id: "code-of-other-years",
    severity: Severity::Info,
    title: Text::new("科目名称是其他年度的", "a classification code has the name of other years"),
    message: Text::new("{3} 年的文件中科目 {0} 印作“{1}”，{2}", "{0} is printed “{1}” in a document of {3}: {2}"),
    explanation: Text::new(
        "财政部《政府收支分类科目》中改过名称或停用的科目，应用文件所属年度的名称：改名当年新旧名称都接受，只看有金额的行。科目字典（budget-classification）未注明年度的科目不检查；文件没有年度时不适用。",
        "Codes that the classification of the Ministry of Finance renamed or withdrew have the name of the document's year. In the \
         year of the change both are accepted, and only rows with money count. Codes whose years the dictionary \
         (budget-classification) does not say are not checked. Not applicable where the document names no year.",
    ),
    example: Text::new(
        "2025 年预算 210 医疗卫生与计划生育支出 60.00",
        "210 with its name before 2019 in a budget of 2025",
    ),
    example_arguments: &[
        Text::same("210"),
        Text::same("医疗卫生与计划生育支出"),
        Text::new("2019 年起改称“卫生健康支出”", "renamed “卫生健康支出” in 2019"),
        Text::same("2025"),
    ],
};

/// What is said of a name of a class in a document of a year; `None` if it is right, or another one.
fn says(class: &Class, printed: &str, year: u16) -> Option<Text> {
    let name = class.names().iter().find(|name| plain(name.text()) == plain(printed))?;
    // In the year of a change both names are accepted, and in that before, whose document is published in it.
    if let Some(until) = name.until().filter(|until| year > until + 1) {
        let since = (until + 1).to_string();
        let after = class.names().iter().find(|name| name.is_used_in(until + 1));
        return Some(match after {
            Some(after) => {
                Text::new("{0} 年起改称“{1}”", "renamed “{1}” in {0}").filled(&[since.as_str(), after.text()])
            }
            None => Text::new("{0} 年起停用", "withdrawn in {0}").filled(&[since.as_str()]),
        });
    }
    let from = name.from().filter(|from| year + 1 < *from)?.to_string();
    Some(Text::new("{0} 年才有此名称", "it has this name since {0}").filled(&[from.as_str()]))
}

impl Rule for CodeYears {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let Some(year) = book.disclosure().year else {
            sink.not_applicable(Text::new("文件没有年度", "the document names no year"));
            return;
        };
        let mut said: BTreeSet<Code> = BTreeSet::new();
        for row in book.tables().flat_map(|(_, table)| &table.rows) {
            let has_money = row.cells.iter().any(|cell| !cell.amount.value.is_zero());
            let Some(code) = row.code.filter(|_| has_money && row.project.is_none()) else { continue };
            let Some(class) = Dictionary::official().class(code).filter(|class| has_years(class)) else { continue };
            let Label { text, place, .. } = &row.label;
            match says(class, text, year) {
                None => sink.pass(),
                Some(_) if !said.insert(code) => {}
                Some(why) => {
                    let (code, year) = (code.to_string().into(), year.to_string().into());
                    sink.report_words(vec![code, text.as_str().into(), why, year], &[*place]);
                }
            }
        }
        if sink.passed == 0 && sink.remarks.is_empty() {
            sink.not_applicable(Text::new("没有改过名称的科目", "no code that was renamed is printed"));
        }
    }
}

/// Whether the class was renamed, given up or added in a year that is known.
fn has_years(class: &Class) -> bool {
    class.names().iter().any(|name| name.from().is_some() || name.until().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_that_of_its_years() {
        let says = |code: u32, name: &str, year: u16| {
            let class = Dictionary::official().class(Code::from_number(code).unwrap()).unwrap();
            says(class, name, year).map(|text| text.zh.into_owned())
        };
        assert_eq!(says(210, "医疗卫生与计划生育支出", 2025).as_deref(), Some("2019 年起改称“卫生健康支出”"));
        assert_eq!(says(210, "卫生健康支出", 2016).as_deref(), Some("2019 年才有此名称"));
        assert_eq!(says(304, "对企事业单位的补贴", 2020).as_deref(), Some("2018 年起停用"));
        assert_eq!(says(2_089_901, "其他社会保障和就业支出", 2024).as_deref(), Some("2021 年起停用"));
        // In the year of a change, and in the text of the year before that was published in it, both are accepted.
        for year in [2017, 2018, 2019] {
            assert_eq!(says(210, "医疗卫生与计划生育支出", year), None);
        }
        for year in 2018..2030 {
            assert_eq!(says(210, "卫生健康支出", year), None);
            assert_eq!(says(224, "灾害防治及应急管理支出", year), None);
            assert_eq!(says(30_311, "代缴社会保险费", year), None);
        }
    }
}
