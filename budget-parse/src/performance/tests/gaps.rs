//! What is missing or stays unread.

use super::gold::table_rows;
use super::*;

#[test]
fn a_row_without_scoring_rule_is_reported_and_does_not_swallow_the_next() {
    let text = [
        HEAD,
        HEADER,
        "产出\n\n指标\n\n数量\n\n指标\n举办展览场次 =4场 计划标准 - 10\n\n举办讲座场次 =6场 计划标准 - 10 直接赋分 工作资料\n\n",
    ];
    let (disclosure, unread) = read_text(&text.concat(), true);
    assert!(unread.is_empty(), "{unread:?}");
    assert_eq!(shown(&disclosure)[0], "产出指标|数量指标|举办展览场次|=4场|计划标准|-|10||");
    assert!(shown(&disclosure)[1].contains("|举办讲座场次|=6场|计划标准|-|10|直接赋分|工作资料"));
    let incomplete = |code| code == budget_model::DiagnosticCode::IndicatorIncomplete;
    assert_eq!(disclosure.diagnostics.iter().filter(|found| incomplete(found.code)).count(), 1);
}

#[test]
fn a_row_that_is_too_long_to_be_cut_is_reported_and_stays_unread() {
    let rest = "，展品齐备".repeat(1000);
    let rows = format!(
        "产出\n指标\n数量\n指标\n举办展览{rest} 有效 10 直接赋分 工作资料\n举办讲座场次 =6场 计划标准 - 10 直接赋分 工作资料\n"
    );
    let (disclosure, unread) = read_text(&[HEAD, HEADER, &rows].concat(), true);
    assert_eq!(unread.len(), 1);
    assert!(unread[0].contains("举办展览，展品齐备"));
    assert_eq!(shown(&disclosure)[0], "产出指标|数量指标|||||10|直接赋分|工作资料");
    assert!(shown(&disclosure)[1].starts_with("产出指标|数量指标|举办讲座场次|=6场"));
    assert_eq!(disclosure.diagnostics[0].code, budget_model::DiagnosticCode::IndicatorIncomplete);
}

#[test]
fn fields_without_a_place_of_their_own_are_kept_under_their_captions() {
    let head = HEAD.replacen("项目负责人", "项目编码 A-17\n\n项目类别 文化局专项\n\n项目负责人", 1);
    let (disclosure, unread) = read_text(&[&head, HEADER].concat(), true);
    assert!(unread.is_empty(), "{unread:?}");
    let details = disclosure.performance[0].details.iter();
    let details: Vec<_> = details.map(|detail| (detail.caption.as_str(), detail.text.text.as_str())).collect();
    assert_eq!(details, [("项目编码", "A-17"), ("项目类别", "文化局专项")]);
    assert_eq!(table_rows(&disclosure)[0][3..5], ["2025年免费开放补助经费", "白露·江河"]);
}

#[test]
fn a_table_that_ends_inside_a_row_keeps_what_is_there() {
    let rows = "产出\n\n指标\n\n数量\n\n指标\n举办展览场次 =4场 计划标准 - 10 直接赋分 工作资料\n\n举办讲座场次 =6场 计划标准\n";
    let (disclosure, unread) = read_text(&[HEAD, HEADER, rows].concat(), true);
    assert!(unread.is_empty(), "{unread:?}");
    assert!(shown(&disclosure)[1].contains("|举办讲座场次|=6场|计划标准||||"), "{:?}", shown(&disclosure));
    assert!(disclosure.diagnostics.iter().any(|found| found.code == budget_model::DiagnosticCode::IndicatorIncomplete));
}

#[test]
fn what_belongs_to_no_row_stays_unread() {
    let rows =
        "产出\n\n指标\n\n数量\n\n指标\n举办展览场次 =4场 计划标准 - 10 直接赋分 工作资料\n\n填表说明 2025 年适用\n";
    let (disclosure, unread) = read_text(&[HEAD, HEADER, rows].concat(), true);
    assert_eq!(disclosure.performance[0].indicators.len(), 1);
    assert_eq!(unread.len(), 1);
    assert!(unread[0].ends_with("填表说明 2025 年适用"), "{unread:?}");
}
