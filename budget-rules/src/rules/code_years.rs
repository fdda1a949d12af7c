//! Codes whose names changed from one year to another.

use std::collections::BTreeSet;

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
        "财政部《政府收支分类科目》中改过名称或停用的科目，应用文件所属年度的名称：改名当年新旧名称都接受，只看有金额的行。不在表中的科目不检查；文件没有年度时不适用。",
        "Codes that the classification of the Ministry of Finance renamed or withdrew have the name of the document's year. In the \
         year of the change both are accepted, and only rows with money count. Codes that are not listed are not checked. Not \
         applicable where the document names no year.",
    ),
    example: Text::new(
        "2025 年预算 210 医疗卫生与计划生育支出 60.00",
        "210 with its name before 2019 in a budget of 2025",
    ),
};

/// A code with the name before and from a year on; none if it was withdrawn, or is new.
struct Change {
    code: u32,
    before: Option<&'static str>,
    since: u16,
    after: Option<&'static str>,
}

const fn renamed(code: u32, before: &'static str, since: u16, after: &'static str) -> Change {
    Change { code, before: Some(before), since, after: Some(after) }
}

const fn withdrawn(code: u32, before: &'static str, since: u16) -> Change {
    Change { code, before: Some(before), since, after: None }
}

const fn added(code: u32, since: u16, after: &'static str) -> Change {
    Change { code, before: None, since, after: Some(after) }
}

/// 《政府收支分类科目》 of the Ministry of Finance: the reform of the economic classification of 2018, the renames after the reform
/// of institutions (2019), and those of 2020. Written down from knowledge of these volumes, not copied from them, and far from all of
/// them: what it finds is a note.
const CHANGES: &[Change] = &[
    renamed(207, "文化体育与传媒支出", 2019, "文化旅游体育与传媒支出"),
    renamed(20_701, "文化", 2019, "文化和旅游"),
    renamed(20_805, "行政事业单位离退休", 2020, "行政事业单位养老支出"),
    withdrawn(2_080_504, "未归口管理的行政单位离退休", 2020),
    renamed(210, "医疗卫生与计划生育支出", 2019, "卫生健康支出"),
    renamed(21_001, "医疗卫生与计划生育管理事务", 2019, "卫生健康管理事务"),
    renamed(21_301, "农业", 2020, "农业农村"),
    renamed(21_302, "林业", 2019, "林业和草原"),
    renamed(215, "资源勘探信息等支出", 2020, "资源勘探工业信息等支出"),
    renamed(220, "国土海洋气象等支出", 2019, "自然资源海洋气象等支出"),
    added(224, 2019, "灾害防治及应急管理支出"),
    withdrawn(304, "对企事业单位的补贴", 2018),
    renamed(307, "债务利息支出", 2018, "债务利息及费用支出"),
    renamed(309, "基本建设支出", 2018, "资本性支出（基本建设）"),
    renamed(310, "其他资本性支出", 2018, "资本性支出"),
    withdrawn(30_104, "其他社会保障缴费", 2018),
    withdrawn(30_311, "住房公积金", 2018),
    withdrawn(30_312, "提租补贴", 2018),
    withdrawn(30_313, "购房补贴", 2018),
];

impl Change {
    /// What is said of a name in a document of a year; `None` if it is right, or another one.
    fn says(&self, name: &str, year: u16) -> Option<Text> {
        let is = |printed: Option<&str>| printed.is_some_and(|printed| plain(printed) == plain(name));
        let since = self.since.to_string();
        if is(self.before) && year > self.since {
            return Some(match self.after {
                Some(after) => Text::new("{0} 年起改称“{1}”", "renamed “{1}” in {0}").filled(&[since.as_str(), after]),
                None => Text::new("{0} 年起停用", "withdrawn in {0}").filled(&[since.as_str()]),
            });
        }
        (is(self.after) && year + 1 < self.since)
            .then(|| Text::new("{0} 年才有此名称", "it has this name since {0}").filled(&[since.as_str()]))
    }
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
            for change in CHANGES.iter().filter(|change| change.code == code.number()) {
                let Label { text, place, .. } = &row.label;
                match change.says(text, year) {
                    None => sink.pass(),
                    Some(_) if !said.insert(code) => {}
                    Some(why) => sink.report(&[&code.to_string(), text, &why.zh, &year.to_string()], &[*place]),
                }
            }
        }
        if sink.passed == 0 && sink.remarks.is_empty() {
            sink.not_applicable(Text::new("没有改过名称的科目", "no code that was renamed is printed"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a name of a code in a year.
    fn says(code: u32, name: &str, year: u16) -> Option<String> {
        CHANGES
            .iter()
            .filter(|change| change.code == code)
            .find_map(|change| change.says(name, year))
            .map(|text| text.zh.into())
    }

    #[test]
    fn a_name_is_that_of_its_years() {
        assert_eq!(says(210, "医疗卫生与计划生育支出", 2025).as_deref(), Some("2019 年起改称“卫生健康支出”"));
        assert_eq!(says(210, "卫生健康支出", 2016).as_deref(), Some("2019 年才有此名称"));
        assert_eq!(says(30_311, "住房公积金", 2020).as_deref(), Some("2018 年起停用"));
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

    #[test]
    fn a_code_has_one_change() {
        assert!(
            CHANGES.iter().enumerate().all(|(at, one)| CHANGES.iter().skip(at + 1).all(|other| one.code != other.code))
        );
    }
}
