//! Official names of the function classes.

use std::collections::BTreeSet;

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
};

/// 《政府收支分类科目》, classes of expenditure by function, in the names used since 2018.
const CLASSES: &[(u32, &[&str])] = &[
    (201, &["一般公共服务支出"]),
    (202, &["外交支出"]),
    (203, &["国防支出"]),
    (204, &["公共安全支出"]),
    (205, &["教育支出"]),
    (206, &["科学技术支出"]),
    (207, &["文化旅游体育与传媒支出", "文化体育与传媒支出"]),
    (208, &["社会保障和就业支出"]),
    (209, &["社会保险基金支出"]),
    (210, &["卫生健康支出", "医疗卫生与计划生育支出"]),
    (211, &["节能环保支出"]),
    (212, &["城乡社区支出"]),
    (213, &["农林水支出"]),
    (214, &["交通运输支出"]),
    (215, &["资源勘探工业信息等支出", "资源勘探信息等支出"]),
    (216, &["商业服务业等支出"]),
    (217, &["金融支出"]),
    (219, &["援助其他地区支出"]),
    (220, &["自然资源海洋气象等支出", "国土海洋气象等支出"]),
    (221, &["住房保障支出"]),
    (222, &["粮油物资储备支出"]),
    (223, &["国有资本经营预算支出"]),
    (224, &["灾害防治及应急管理支出"]),
    (227, &["预备费"]),
    (228, &["国债还本付息支出"]),
    (229, &["其他支出"]),
    (230, &["转移性支出"]),
    (231, &["债务还本支出"]),
    (232, &["债务付息支出"]),
    (233, &["债务发行费用支出"]),
    (234, &["抗疫特别国债安排的支出", "抗疫特别国债还本支出"]),
];

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
            let Some((_, names)) = CLASSES.iter().find(|(class, _)| *class == code.number()) else {
                continue;
            };
            if is_official(row, names) {
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
