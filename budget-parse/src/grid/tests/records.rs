//! Sheets of records, and sheets of text.

use super::*;

#[test]
fn a_list_of_contents_is_prose_and_no_table() {
    let (tables, diagnostics, prose) =
        read_grids([grid(0, "内容\n1.部门收支总体情况表\n2.部门收入总体情况表\n第一段\n第二段")]);
    assert!(tables.is_empty() && diagnostics.is_empty());
    assert_eq!(prose.len(), 5);
    let (tables, diagnostics, prose) = read_grids([grid(0, "目  录\n一、部门主要职能\n1.部门收支总体情况表")]);
    assert!(tables.is_empty() && diagnostics.is_empty() && prose.is_empty());
}

#[test]
fn a_list_of_texts_becomes_the_lines_it_was_made_of() {
    let (tables, _, prose) = read_grids([
        grid(
            0,
            "类别|所属|文字|页\ntable_title|1|部门收支总体情况表|=3\nheading|3|2025年部门预算情况说明|=9\nheading|3.五|一般公共预算当年拨款情况说明|=9\nheading|3.五.(二)|拨款结构|=9\nparagraph|3.五.(二)|教育支出3.00万元。|=9\nterm||财政拨款|=9",
        ),
        grid(1, "章节|事项|量度|数值\n3.五|教育支出|amount|=3.00"),
    ]);
    assert!(tables.is_empty());
    assert_eq!(
        prose,
        ["第三部分 2025年部门预算情况说明", "五、一般公共预算当年拨款情况说明", "（二）拨款结构", "教育支出3.00万元。"]
    );
}

#[test]
fn text_that_was_not_understood_stays_so_and_the_signature_comes_last() {
    let texts = "类别|所属|文字
heading|3|2025年部门预算情况说明
sign_off_name||云溪县文化馆
sign_off_date||2025年2月6日
unread||?? 3.00";
    let blocks = [Block::from(grid(0, texts))];
    let layouts = LayoutSet::built_in();
    let reading = read(&blocks, &layouts, None);
    let prose: Vec<&str> = reading.prose.iter().map(|(_, line)| line.text.as_ref()).collect();
    assert_eq!(prose, ["第三部分 2025年部门预算情况说明", "云溪县文化馆", "2025年2月6日"]);
    let unread: Vec<&str> = reading.ledger.unread.iter().map(|label| label.text.as_str()).collect();
    assert_eq!(unread, ["unread", "?? 3.00"]);
}

#[test]
fn lists_of_performance_targets_become_tables_with_their_indicators() {
    let blocks = [
        // In any order, of sheets and of columns.
        Block::from(grid(
            0,
            "表序|序号|三级指标|一级指标|二级指标|指标值|分值权重|层级确定
=2|=1|演出场次|产出指标|数量指标|>=12场|=10.00|true
=2|=2|观众满意度|满意度指标|满意度指标|＝95%||false
=7|=1|无主指标|产出指标|数量指标|有效减轻||true",
        )),
        Block::from(grid(
            1,
            "表序|类别|预算单位|项目名称|年度预算总额|财政拨款|其他资金（数值）|单位|表名
=2|project|云溪县文化馆|送戏下乡|=20.50|=20.50|待定|万元|项目支出绩效目标表
=3|overall|云溪县文化馆||=120.50|||万元|部门整体绩效目标表
=4|other|云溪县文化馆||=1.00|||万元|绩效目标表",
        )),
    ];
    let layouts = LayoutSet::built_in();
    let reading = read(&blocks, &layouts, None);
    let [project, overall] = reading.performance.as_slice() else { panic!("{:?}", reading.performance) };
    assert_eq!((project.kind, overall.kind), (PerformanceKind::Project, PerformanceKind::Overall));
    assert_eq!(project.name.as_ref().map(|label| label.text.as_str()), Some("送戏下乡"));
    assert_eq!(project.total.map(|amount| amount.value.to_string()).as_deref(), Some("20.50"));
    assert_eq!(project.total.map(|amount| amount.place), Some(Place::Cell { sheet: 1, row: 2, column: 5 }));
    assert_eq!(project.other, None);
    let [shows, content] = project.indicators.as_slice() else { panic!("{:?}", project.indicators) };
    assert_eq!((shows.level1.as_str(), shows.level2.as_str(), shows.levels_certain), ("产出指标", "数量指标", true));
    assert_eq!((shows.value.operator, shows.value.unit.as_deref()), (Some(Operator::AtLeast), Some("场")));
    assert_eq!(shows.weight.map(|weight| weight.to_string()).as_deref(), Some("10.00"));
    assert!(!content.levels_certain && content.weight.is_none());
    assert!(overall.indicators.is_empty());
    // What names no table, an unknown kind, and what is no number stay unread.
    let unread: Vec<&str> = reading.ledger.unread.iter().map(|label| label.text.as_str()).collect();
    assert_eq!(
        unread,
        [
            "7",
            "1",
            "无主指标",
            "产出指标",
            "数量指标",
            "有效减轻",
            "true",
            "待定",
            "4",
            "other",
            "云溪县文化馆",
            "1.00",
            "万元",
            "绩效目标表"
        ]
    );
    let codes: Vec<DiagnosticCode> = reading.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(
        codes,
        [
            DiagnosticCode::IndicatorLevelUncertain,
            DiagnosticCode::IndicatorIncomplete,
            DiagnosticCode::TextNotUnderstood,
            DiagnosticCode::TextNotUnderstood,
            DiagnosticCode::TextNotUnderstood,
        ]
    );
}
