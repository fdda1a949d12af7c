//! Lists of projects, self-evaluations, forms with signs and units in columns of their own, and pages that go on.

use super::*;

const LIST: &str = "\
预算表12 项目支出绩效目标表|||||||||
|||||||||金额单位：万元
项目名称|项目总额|其中：||绩效目标|一级指标|二级指标|三级指标|绩效指标性质|本年绩效指标值|绩效度量单位
||财政资金|其他资金|||||||
G-07-流动图书车|18.5|18.5||让村里有书读。|产出指标|数量指标|流动服务次数|≥|120|次
|||||产出指标|质量指标|图书更新情况|定性|好|
|||||满意度指标|服务对象满意度指标|读者满意度|≥|95|%
|||||成本指标|经济成本指标|车辆运行成本|≤|18.5|万元";

/// The merged cells of [`LIST`]: its header, and a project of three rows.
const MERGES: [(u32, u32, u32, u32); 10] = [
    (2, 0, 3, 0),
    (2, 1, 3, 1),
    (2, 2, 2, 3),
    (2, 4, 3, 4),
    (2, 5, 3, 5),
    (4, 0, 6, 0),
    (4, 1, 6, 1),
    (4, 2, 6, 2),
    (4, 3, 6, 3),
    (4, 4, 6, 4),
];

fn name(table: &PerformanceTable) -> &str {
    table.name.as_ref().map_or("", |name| name.text.as_str())
}

fn amount(amount: Option<budget_model::Amount>) -> String {
    amount.map_or(String::new(), |amount| amount.value.to_string())
}

#[test]
fn a_list_of_projects_is_a_table_for_each_and_a_project_whose_cell_is_cut_off_has_no_name() {
    let next = "\
|||||效益指标|社会效益指标|到村覆盖率|＝|100|%
G-08-书库|6|6||修好书库。|产出指标|时效指标|完工时间|≤|11|月";
    let read = read_all(vec![merged(grid(0, LIST), &MERGES), grid(1, next)]);
    let [first, cut, last] = read.tables.as_slice() else { panic!("{:?}", read.tables) };
    assert_eq!((name(first), name(cut), name(last)), ("G-07-流动图书车", "", "G-08-书库"));
    assert_eq!(
        indicators(first),
        [
            "产出指标 数量指标 流动服务次数 ≥120次 ",
            "产出指标 质量指标 图书更新情况 好 ",
            "满意度指标 服务对象满意度指标 读者满意度 ≥95% ",
        ]
    );
    // The rows behind the merged cell go on on the next page, up to the next name.
    assert_eq!(
        indicators(cut),
        ["成本指标 经济成本指标 车辆运行成本 ≤18.5万元 ", "效益指标 社会效益指标 到村覆盖率 ＝100% "]
    );
    assert_eq!(indicators(last), ["产出指标 时效指标 完工时间 ≤11月 "]);
    assert_eq!([first.total, first.fiscal, first.other].map(amount), ["18.5", "18.5", ""]);
    assert_eq!((&first.money_unit, &last.money_unit), (&Unit::TenThousandYuan, &Unit::TenThousandYuan));
    assert_eq!(first.title.text, "项目支出绩效目标表");
    let [count, words, _] = first.indicators.as_slice() else { panic!() };
    assert_eq!((count.value.operator, count.nature), (Some(Operator::AtLeast), None));
    assert_eq!(count.value.number.map(|number| number.to_string()).as_deref(), Some("120"));
    assert_eq!((words.value.operator, words.nature), (None, Some(IndicatorNature::Qualitative)));
    assert!(read.tables.iter().flat_map(|table| &table.indicators).all(|indicator| indicator.levels_certain));
}

#[test]
fn the_goal_of_a_project_that_a_page_cuts_is_joined() {
    let first = "\
项目绩效目标表||||
项目名称|绩效目标|一级指标|二级指标|三级指标|指标值
古籍修复|修复馆藏古籍，|产出指标|数量指标|修复册数|≥40册";
    let second = "\
项目名称|绩效目标|一级指标|二级指标|三级指标|指标值
|培养修复人员。|产出指标|质量指标|修复合格率|＝100%";
    let read = read_all(vec![grid(0, first), grid(1, second)]);
    let [table] = read.tables.as_slice() else { panic!("{:?}", read.tables) };
    assert_eq!(table.goal.as_ref().map(|goal| goal.text.as_str()), Some("修复馆藏古籍，培养修复人员。"));
    assert_eq!(table.indicators.len(), 2);
}

const EVALUATION: &str = "\
云溪县文化馆送戏下乡项目绩效自评表|||||||
（2024年度）|||||||
项目名称|送戏下乡||||||
主管部门|云溪县文化局||实施单位|云溪县文化馆|||
项目资金（万元）||年初预算数|全年预算数（A）|全年执行数（B）|分值|执行率（B/A）|得分
|年度资金总额|20|18|17.1|10|95%|9.5
|其中：财政拨款|20|18|17.1|—||—
年度总体目标完成情况|预期目标（年初设定）|||实际完成情况|||
|送戏到村。|||送戏七十场。|||
绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
|产出指标（50分）|数量指标|演出场次|≥80场|70场|50|43.75|雨天较多
|满意度指标（40分）|满意度指标|观众满意度|≥90%|96%|40|40|
总分|||||||93.25|";

#[test]
fn a_self_evaluation_keeps_what_was_reached_its_scores_and_the_money_by_phase() {
    let merges = [(4, 0, 6, 0), (7, 0, 8, 0), (9, 0, 11, 0), (7, 1, 7, 3), (8, 1, 8, 3)];
    let read = read_all(vec![merged(grid(0, EVALUATION), &merges)]);
    let [table] = read.tables.as_slice() else { panic!("{:?}", read.tables) };
    assert_eq!((table.kind, table.purpose), (PerformanceKind::Project, PerformancePurpose::SelfEvaluation));
    let text = |label: &Option<budget_model::Label>| label.as_ref().map(|label| label.text.clone()).unwrap_or_default();
    let labels = [&table.name, &table.department, &table.unit, &table.goal, &table.achievement].map(text);
    assert_eq!(labels, ["送戏下乡", "云溪县文化局", "云溪县文化馆", "送戏到村。", "送戏七十场。"]);
    let funds: Vec<String> = table
        .funds
        .iter()
        .map(|fund| format!("{} {:?} {}", fund.path.join("/"), fund.phase.map(Phase::as_str), fund.amount.value))
        .collect();
    assert_eq!(
        funds,
        [
            "年度资金总额/年初预算数 Some(\"budget\") 20",
            "年度资金总额/全年预算数（A） Some(\"adjusted-budget\") 18",
            "年度资金总额/全年执行数（B） Some(\"executed\") 17.1",
            "其中：财政拨款/年初预算数 Some(\"budget\") 20",
            "其中：财政拨款/全年预算数（A） Some(\"adjusted-budget\") 18",
            "其中：财政拨款/全年执行数（B） Some(\"executed\") 17.1",
        ]
    );
    // What was planned and what was spent are not the money of a target.
    assert!(table.total.is_none() && table.fiscal.is_none());
    let execution = table.execution.clone().unwrap();
    assert_eq!(execution.rate.as_deref(), Some("95%"));
    assert_eq!([execution.weight, execution.score].map(|points| points.unwrap().to_string()), ["10", "9.5"]);
    assert_eq!(amount(table.score), "93.25");
    let [shows, content] = table.indicators.as_slice() else { panic!("{:?}", table.indicators) };
    assert_eq!((shows.level1.as_str(), shows.level1_weight.unwrap().to_string().as_str()), ("产出指标", "50"));
    let achieved = shows.achieved.as_ref().unwrap();
    assert_eq!((achieved.number.unwrap().to_string().as_str(), achieved.unit.as_deref()), ("70", Some("场")));
    assert_eq!(shows.score.unwrap().to_string(), "43.75");
    assert_eq!((shows.deviation.as_deref(), content.deviation.as_deref()), (Some("雨天较多"), None));
    assert!(read.unread.is_empty(), "{:?}", read.unread);
}

#[test]
fn a_form_without_levels_has_none_and_nothing_is_uncertain_about_them() {
    let text = "\
表十一||||||
2026年县级重点专项资金绩效目标表||||||
单位：万元||||||
项目名称|非遗保护||主管部门|云溪县文化局||
当年预算|127.5||县本级|||
绩效指标|指标名称|指标性质|指标值|计量单位|指标权重(%)|是否核心
|传习活动场次|≥|30|场|60|是
|传承人满意度|≥|90|%|40|否";
    let read = read_all(vec![grid(0, text)]);
    let [table] = read.tables.as_slice() else { panic!("{:?}", read.tables) };
    assert_eq!(indicators(table), ["  传习活动场次 ≥30场 60", "  传承人满意度 ≥90% 40"]);
    assert!(table.indicators.iter().all(|indicator| indicator.levels_certain));
    assert_eq!([&table.indicators[0], &table.indicators[1]].map(|one| one.core), [Some(true), Some(false)]);
    assert_eq!((amount(table.total).as_str(), &table.money_unit), ("127.5", &Unit::TenThousandYuan));
    assert!(!read.codes.contains(&DiagnosticCode::IndicatorLevelUncertain));
}

#[test]
fn levels_in_front_of_the_name_are_told_from_it() {
    let text = "\
部门整体支出绩效目标表||||
部门名称|云溪县文化局|||
总体资金情况（万元）|预算支出总额|财政拨款||其他资金
||合计|项目支出|
|96.5|90|40|6.5
活动|绩效指标|指标性质|指标值|度量单位
演出|产出指标质量指标节目合格率|＝|100|%
演出|社会影响|定性|较好|";
    let merges = [(2, 2, 2, 3), (2, 0, 4, 0), (2, 1, 3, 1), (2, 4, 3, 4)];
    let read = read_all(vec![merged(grid(0, text), &merges)]);
    let [table] = read.tables.as_slice() else { panic!("{:?}", read.tables) };
    assert_eq!(table.kind, PerformanceKind::Overall);
    assert_eq!(indicators(table), ["产出指标 质量指标 节目合格率 ＝100% ", "  社会影响 较好 "]);
    assert_eq!(table.indicators[0].activity.as_deref(), Some("演出"));
    let certain: Vec<bool> = table.indicators.iter().map(|indicator| indicator.levels_certain).collect();
    assert_eq!(certain, [true, false]);
    assert_eq!([table.total, table.fiscal, table.other].map(amount), ["96.5", "90", "6.5"]);
    let funds: Vec<String> = table.funds.iter().map(|fund| fund.path.join("/")).collect();
    assert_eq!(funds, ["财政拨款/项目支出"]);
}

#[test]
fn a_page_without_a_header_goes_on_and_what_it_cuts_from_a_level_is_uncertain() {
    let first = "\
2025年部门整体支出绩效目标表|||
部门（单位）名称|云溪县文化局||
年度绩效指标|||
一级指标|二级指标|指标内容|指标值
产出指标|数量指标|演出场次|≥80场
||培训期数|6期";
    let second = "\
培训人数|≥300人
节目合格率|100%
第 3 页|";
    let merges = [(4, 0, 5, 0), (4, 1, 5, 1)];
    let read = read_all(vec![merged(grid(0, first), &merges), grid(1, second)]);
    let [table] = read.tables.as_slice() else { panic!("{:?}", read.tables) };
    assert_eq!(
        indicators(table)
            .iter()
            .map(|text| text.trim().rsplit(' ').take(2).collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>(),
        ["≥80场 演出场次", "6期 培训期数", "≥300人 培训人数", "100% 节目合格率"]
    );
    let certain: Vec<bool> = table.indicators.iter().map(|indicator| indicator.levels_certain).collect();
    assert_eq!(certain, [true, true, false, false]);
}

#[test]
fn a_form_that_has_nothing_filled_in_is_none() {
    let text = "\
2026年县级重点专项资金绩效目标表||||||
项目名称|||主管部门|||
当年预算||||||
绩效指标|指标名称|指标性质|指标值|计量单位|指标权重(%)|是否核心
备注：本单位无此类资金，故此表无数据。||||||";
    let read = read_all(vec![grid(0, text)]);
    assert!(read.tables.is_empty(), "{:?}", read.tables);
    assert!(read.codes.iter().all(|code| *code != DiagnosticCode::IndicatorIncomplete));
}

#[test]
fn a_header_in_one_cell_heads_the_columns_below_it() {
    let text = "\
2025年部门整体支出绩效目标表||
部门（单位）名称|云溪县文化局|
一级指标 二级指标 指标内容 指标值||
数量指标|演出场次|≥80场
质量指标|节目合格率|100%";
    let read = read_all(vec![grid(0, text)]);
    let [table] = read.tables.as_slice() else { panic!("{:?}", read.tables) };
    assert_eq!(indicators(table), [" 数量指标 演出场次 ≥80场 ", " 质量指标 节目合格率 100% "]);
    // 一级指标 stands nowhere.
    assert!(table.indicators.iter().all(|indicator| !indicator.levels_certain));
}
