//! What a page break cuts.

use super::forms::OVERALL;
use super::*;

#[test]
fn a_row_that_a_page_break_cuts_through_every_cell_is_put_together() {
    let rows = read_rows(
        "产出\n\n指标\n\n数量\n\n指标\n举办展览场次 =4场 计划标准 - 10 直接赋分 工作资料\n\n\
         满意 满意 观众满意度 ＞ 计划标准 - 10 按照完成比例赋 工作资料\n\n\n\n21\n\n度指\n\n标\n\n度指\n\n标\n\n=90% 分\n\n",
    );
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1], "满意度指标|满意度指标|观众满意度|＞=90%|计划标准|-|10|按照完成比例赋分|工作资料");
    let rows = read_rows(
        "成本\n\n指标\n\n经济\n\n成本\n\n指标\n展览费用 ＜ 计划标准 - 7 按照完成比例赋 原始凭证\n =2.46\n\n万元\n\n分\n\n\
         讲座费用\n\n＜\n\n=11.5\n\n7万元\n\n计划标准 - 6\n按照完成比例赋\n\n分\n原始凭证\n\n",
    );
    assert_eq!(rows[0], "成本指标|经济成本指标|展览费用|＜=2.46万元|计划标准|-|7|按照完成比例赋分|原始凭证");
    assert_eq!(rows[1], "成本指标|经济成本指标|讲座费用|＜=11.57万元|计划标准|-|6|按照完成比例赋分|原始凭证");
}

#[test]
fn page_numbers_and_repeated_headers_inside_the_table_belong_to_no_row() {
    let rows = read_rows(&format!(
        "产出\n\n指标\n\n数量\n\n指标\n举办展览场次 =4场 计划标准 - 10 直接赋分 工作资料\n\n\n\n27\n\n\
         举办讲座场次 =6场 计划标准 - 10 直接赋分 工作资料\n {HEADER}举办培训场次 =2场 计划标准 - 10 直接赋分 工作资料\n\n"
    ));
    assert_eq!(rows[1], "产出指标|数量指标|举办讲座场次|=6场|计划标准|-|10|直接赋分|工作资料");
    assert_eq!(rows[2], "产出指标|数量指标|举办培训场次|=2场|计划标准|-|10|直接赋分|工作资料");
}

#[test]
fn a_number_at_the_edge_of_a_page_is_a_weight_where_the_scoring_rule_follows() {
    let rows = read_rows(
        "产出\n\n指标\n\n数量\n\n指标\n举办展览场次 =4场 计划标准 -\n 10\n按照完成比例赋\n\n分\n工作资料\n\n\
         举办讲座场次 =6场 计划标准 无上\n\n年完\n 53\n\n成值\n\n10 直接赋分 工作资料\n\n",
    );
    assert_eq!(rows[0], "产出指标|数量指标|举办展览场次|=4场|计划标准|-|10|按照完成比例赋分|工作资料");
    assert_eq!(rows[1], "产出指标|数量指标|举办讲座场次|=6场|计划标准|无上年完成值|10|直接赋分|工作资料");
    let text = OVERALL.replace("程计划\n\n35\n", "程计划\n 35\n");
    let (disclosure, unread) = read_text(&text, true);
    assert!(unread.is_empty() && text != OVERALL, "{unread:?}");
    assert!(shown(&disclosure)[2].ends_with("|云溪县2025年惠民工程计划||35||"), "{:?}", shown(&disclosure));
}

/// A row that a page break cuts: what stands before it and what stands behind it.
fn read_cut_row(before: &str, behind: &str) -> (Vec<String>, Vec<budget_model::DiagnosticCode>) {
    let text =
        [HEAD, HEADER, "产出\n\n指标\n\n数量\n\n指标\n", before, " 按照完成比例赋 工作资料\n ", behind, "\n\n分\n\n"];
    let (disclosure, unread) = read_text(&text.concat(), true);
    assert!(unread.is_empty(), "{unread:?}");
    (shown(&disclosure), disclosure.diagnostics.iter().map(|found| found.code).collect())
}

#[test]
fn what_a_page_break_cuts_off_goes_to_the_cells_that_were_cut() {
    for (before, behind, row) in [
        ("巡展场次 ＞ 计划标准 850 10", "=900\n\n场次\n\n场次", "巡展场次|＞=900场次|计划标准|850场次|10"),
        ("巡展场次 =9场 计划标准 850 10", "场次", "巡展场次|=9场|计划标准|850场次|10"),
        ("乡镇和村巡展 ＞ 预算支出 8场 10", "场次\n\n=9场\n\n标准", "乡镇和村巡展场次|＞=9场|预算支出标准|8场|10"),
        ("乡镇和村巡展 =9场 计划标准 8场 10", "场次", "乡镇和村巡展场次|=9场|计划标准|8场|10"),
    ] {
        let (rows, codes) = read_cut_row(before, behind);
        assert!(rows[0].contains(row), "{} is not {row}", rows[0]);
        assert_eq!(codes, [], "{row}");
    }
}

#[test]
fn a_rest_that_may_belong_to_several_cells_is_reported() {
    // 群众素养提升 或 有效提升?
    let (rows, codes) = read_cut_row("群众素养 有效 自定义 - 10", "提升");
    assert!(rows[0].contains("群众素养") && rows[0].contains("提升"), "{}", rows[0]);
    assert_eq!(codes, [budget_model::DiagnosticCode::IndicatorRestUncertain]);
}
