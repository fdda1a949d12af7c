//! Texts of several forms, from their headings to the coordinates of their figures.

use budget_document::Line;
use budget_model::{
    Code, Coordinates, Disclosure, Fact, Label, Measure, Nature, Place, Role, Row, Source, Table, TableKind,
    ThreePublicItem,
};

use super::testing::lines_of;
use crate::consumption::Consumption;

const PLACE: Place = Place::Text { page: 1, line: 1, column: 1 };

/// A table of functions with rows of these codes and names.
fn functions(rows: &[(u32, &str)]) -> Table {
    let mut table = Table::new(TableKind::General, Label::new("一般公共预算支出表", PLACE));
    table.rows.extend(rows.iter().map(|(code, name)| {
        let mut row = Row::new(Role::Item, Label::new(*name, PLACE));
        row.code = Code::from_number(*code);
        row
    }));
    table
}

/// Reads a text that is prose from end to end, in a document with some tables.
fn read(tables: Vec<Table>, text: &str) -> Disclosure {
    let lines = lines_of(text);
    let lines: Vec<&Line<'_>> = lines.iter().collect();
    let entity = Some(Label::new("云溪县文化馆", PLACE));
    let mut disclosure = Disclosure { year: Some(2026), entity, tables, ..Disclosure::default() };
    let mut consumption = Consumption::new(lines.len());
    let form = super::Form { sections: &[], parts: &[] };
    super::read(&lines, std::slice::from_ref(&(0..lines.len())), form, &mut disclosure, &mut consumption);
    disclosure
}

fn headings(disclosure: &Disclosure) -> Vec<(&str, &str)> {
    disclosure.sections.iter().map(|section| (section.path.as_str(), section.heading.text.as_str())).collect()
}

/// The coordinates of the first amount of a value.
fn at<'d>(disclosure: &'d Disclosure, value: &str) -> Option<&'d Coordinates> {
    let is_it = |fact: &&Fact| fact.measure == Measure::Amount && fact.value.to_string() == value;
    disclosure.facts.iter().find(is_it).unwrap().coordinates.as_ref()
}

fn of(source: Source, nature: Nature) -> Option<Coordinates> {
    Some(Coordinates { source, nature, ..Coordinates::default() })
}

#[test]
fn headings_in_front_of_their_paragraphs_open_sections() {
    let disclosure = read(
        vec![functions(&[(207, "文化旅游体育与传媒支出")])],
        "一、单位基本情况
（一）主要职责
组织群众文化活动，开展辅导。
二、部门收支总体情况
（一）收入预算。2026年年初预算数30.50万元，其中：一般公共预算拨款28.00万元，事业收入2.50万元。
（二）支出预算。2026年年初预算数30.50万元，其中：文化旅游体育与传媒支出29.10万元。
三、“三公”经费情况说明
2026年“三公”经费预算1.20万元。
1.因公出国（境）费用。2026年预算数0.30万元，比上年持平。
四、其他重要事项的情况说明
（一）机关运行经费。2026年机关运行经费3.10万元。
（二）委托业务费情况。2026年委托业务费0.70万元。",
    );
    let expected = [
        ("一", "单位基本情况"),
        ("一.(一)", "主要职责"),
        ("二", "部门收支总体情况"),
        ("二.(一)", "收入预算"),
        ("二.(二)", "支出预算"),
        ("三", "“三公”经费情况说明"),
        ("四", "其他重要事项的情况说明"),
        ("四.(一)", "机关运行经费"),
        ("四.(二)", "委托业务费情况"),
    ];
    assert_eq!(headings(&disclosure), expected);
    assert_eq!(at(&disclosure, "30.50").cloned(), of(Source::All, Nature::All));
    assert_eq!(at(&disclosure, "28.00").cloned(), of(Source::GeneralPublicBudget, Nature::All));
    assert_eq!(at(&disclosure, "29.10").and_then(|at| at.function), Code::from_number(207));
    assert_eq!(at(&disclosure, "0.30").and_then(|at| at.three_public), Some(ThreePublicItem::TravelAbroad));
    // No table says what pays for them, and a section on something else fixes nothing.
    assert_eq!((at(&disclosure, "3.10"), at(&disclosure, "0.70")), (None, None));
}

#[test]
fn headings_without_ordinals_head_sections_and_the_list_of_contents_heads_none() {
    let disclosure = read(
        Vec::new(),
        "云溪县2026年单位预算
目 录
一、单位主要职能
二、名词解释
三、单位预算编制说明
云溪县文化馆（单位）主要职能
组织群众文化活动，开展辅导。
名词解释
（一）财政拨款收入：是从本级财政部门取得的财政拨款。
2026年单位预算编制说明
2026年，云溪县文化馆收入预算31万元，其中：财政拨款收入28万元。
其他相关情况说明
一、政府采购预算情况
2026年度政府采购预算2.00万元。",
    );
    let expected = [
        ("#1", "云溪县文化馆（单位）主要职能"),
        ("#2", "名词解释"),
        ("#3", "2026年单位预算编制说明"),
        ("#4", "其他相关情况说明"),
        ("#4.一", "政府采购预算情况"),
    ];
    let found = headings(&disclosure);
    assert_eq!(found.get(found.len() - expected.len()..), Some(expected.as_slice()));
    assert_eq!(disclosure.glossary.len(), 1);
    assert_eq!(at(&disclosure, "28").cloned(), of(Source::Appropriation, Nature::All));
}

#[test]
fn the_class_of_a_heading_and_codes_in_brackets_tell_functions() {
    let rows = [
        (207, "文化旅游体育与传媒支出"),
        (20701, "文化和旅游"),
        (2_070_109, "群众文化"),
        (20702, "文物"),
        (2_070_204, "文物保护"),
    ];
    let disclosure = read(
        vec![functions(&rows)],
        "第三部分 2026年度单位预算情况说明
五、财政拨款支出预算情况说明
（一）文化旅游体育与传媒支出（类）
1.文化和旅游（款）群众文化（项）支出12.30万元，与上年相比增加1.10万元，增长9.82%。
六、一般公共预算支出情况说明
云溪县文化馆一般公共预算支出14.00万元，其中：
1.群众文化（2070109）12.80万元，较上年增加1.00万元；
2.文物展览（2070204）1.20万元。",
    );
    let known = |value: &str| at(&disclosure, value).map(|at| (at.source, at.function));
    let code = Code::from_number(2_070_109);
    assert_eq!(known("12.30"), Some((Source::Appropriation, code)));
    assert_eq!(known("12.80"), Some((Source::GeneralPublicBudget, code)));
    // The code is that of another name.
    assert_eq!(known("1.20"), None);
}

#[test]
fn money_of_the_year_is_no_part_of_what_was_carried_over() {
    let disclosure = read(
        Vec::new(),
        "二、收入预算情况说明
云溪县文化馆2026年收入预算合计31.00万元，包括本年收入30.50万元，上年结转结余0.50万元。
其中：
本年一般公共预算收入28.00万元，占90.32%；
上年结转结余的一般公共预算收入0.20万元。",
    );
    assert_eq!(at(&disclosure, "30.50").map(|at| at.source), Some(Source::CurrentYear));
    assert_eq!(at(&disclosure, "0.50").map(|at| at.source), Some(Source::CarryOver));
    assert_eq!(at(&disclosure, "28.00").map(|at| at.source), Some(Source::GeneralPublicBudget));
    assert_eq!(at(&disclosure, "0.20").map(|at| at.source), Some(Source::GeneralPublicBudgetCarryOver));
}

#[test]
fn a_figure_of_a_reason_is_no_figure_of_the_budget() {
    let disclosure = read(
        Vec::new(),
        "三、支出预算情况说明
2026年支出预算31.00万元，比上年增加3.00万元，主要原因是安排项目支出2.60万元；本单位基本支出20.00万元。",
    );
    assert_eq!(at(&disclosure, "2.60"), None);
    assert_eq!(at(&disclosure, "20.00").cloned(), of(Source::All, Nature::Basic));
}

#[test]
fn what_is_stated_of_a_unit_is_a_figure_of_the_unit() {
    let mut table = functions(&[]);
    for name in ["云溪县文化馆（本级）", "云溪县图书馆"] {
        table.rows.push(Row::new(Role::Unit, Label::new(name, PLACE)));
    }
    let disclosure = read(
        vec![table],
        "第三部分 部门预算支出具体情况
一、云溪县文化馆本级
云溪县文化馆（本级）预算20.00万元，包括公用经费3.00万元、项目支出7.00万元。
二、云溪县图书馆
（一）公用经费1.50万元，主要包括水电费。
第四部分 部门预算收支总体情况
2026年部门预算收入31.00万元。",
    );
    let unit = |value: &str| at(&disclosure, value).map(|at| (at.nature, at.unit.as_deref()));
    assert_eq!(unit("20.00"), Some((Nature::All, Some("云溪县文化馆（本级）"))));
    assert_eq!(unit("7.00"), Some((Nature::Project, Some("云溪县文化馆（本级）"))));
    assert_eq!(unit("1.50"), Some((Nature::Operating, Some("云溪县图书馆"))));
    assert_eq!(unit("31.00"), Some((Nature::All, None)));
    let sections: Vec<_> = disclosure.sections.iter().map(|section| section.unit.as_deref()).collect();
    assert_eq!(sections, [None, Some("云溪县文化馆（本级）"), Some("云溪县图书馆"), None]);
}
