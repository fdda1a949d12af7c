//! Sections and what is read from each.

use super::*;
use crate::narrative::testing::read_prose;

fn paths(disclosure: &Disclosure) -> Vec<&str> {
    disclosure.sections.iter().map(|section| section.path.as_str()).collect()
}

#[test]
fn sections_out_of_order_missing_or_doubled_are_read_and_reported() {
    let disclosure = read_prose(
        "第三部分 2025年部门预算情况说明
三、关于云溪县文化馆 2025年支出预算情况说明
支出预算 3.00万元。
一. 关于云溪县文化馆 2025年收支预算情况的总体说明
收支总预算 3.00万元。
三、关于云溪县文化馆 2025年支出预算情况说明
支出预算 3.00万元。",
    );
    assert_eq!(paths(&disclosure), ["3", "3.三", "3.一", "3.三"]);
    assert_eq!(disclosure.facts.len(), 3);
    let codes = |code| disclosure.diagnostics.iter().filter(|diagnostic| diagnostic.code == code).count();
    assert_eq!(codes(DiagnosticCode::SectionRepeated), 1);
    // The form asks for fourteen.
    assert_eq!(codes(DiagnosticCode::SectionMissing), 12);
}

#[test]
fn a_document_without_part_headings_has_its_sections() {
    let disclosure = read_prose(
        "一、主要职能\n（一）组织群众文化活动。\n二、机构设置及人员情况\n云溪县文化馆编制数 12。\n三、关于云溪县文化馆 2025年支出预算情况说明\n支出预算 3.00万元。",
    );
    assert_eq!(paths(&disclosure), ["一", "二", "三"]);
    assert_eq!(disclosure.facts.len(), 2);
}

#[test]
fn what_stands_between_unrecognised_tables_is_left_unread() {
    let disclosure =
        read_prose("云溪县文化馆 2025年部门预算\n第二部分 2025年部门预算公开表\n收入 12.00 3.00\n第四部分 名词解释\n");
    assert_eq!(paths(&disclosure), ["0", "2", "4"]);
    let unread: Vec<_> = disclosure.ledger.unread.iter().map(|label| label.text.as_str()).collect();
    assert_eq!(unread, ["收入 12.00 3.00"]);
}

#[test]
fn text_without_any_heading_is_left_unread() {
    let disclosure = read_prose("云溪县文化馆\n收支总预算 3.00万元。");
    assert!(disclosure.sections.is_empty() && disclosure.facts.is_empty());
    assert_eq!(disclosure.ledger.characters_read, 0);
}

#[test]
fn the_figures_of_a_function_belong_to_its_class_group_and_item() {
    let disclosure = read_prose(
        "第三部分 2025年部门预算情况说明
五、关于云溪县文化馆 2025年一般公共预算当年拨款情况说明
（三）一般公共预算当年拨款具体使用情况
1、文化旅游体育与传媒支出（类）文化和旅游（款）群众文化（项）：
2025年预算数为 3.00万元，比上年预算减少 0.50万元，下降 14.29%，主要原因是在职人员减少 1人。
2.教育支出(类)进修及培训(款)培训支出(项)2025年预算数为 0.40万元。",
    );
    let facts: Vec<_> = disclosure.facts.iter().map(|fact| (fact.section.as_str(), fact.subject.len())).collect();
    assert_eq!(
        facts,
        [("3.五.(三).1", 3), ("3.五.(三).1", 3), ("3.五.(三).1", 3), ("3.五.(三).1", 4), ("3.五.(三).2", 3)]
    );
    assert_eq!(disclosure.facts[4].subject, ["教育支出", "进修及培训", "培训支出"]);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "([第一二三四部分节、（）项目名称：关于说明0-9万元。\\n \\PC]|\\n第三部分|\\n一、|\\n（一）项目名称：){0,60}") {
        let disclosure = read_prose(&text);
        assert!(disclosure.ledger.characters_read <= disclosure.ledger.characters);
    }
}
