//! What stands above the indicators: titles in the lines above, tasks with their money, goals that go on, further fields.

use budget_document::Line;

use super::*;

fn line(text: &'static str, number: u32) -> Block<'static> {
    Block::from(Line::new(text, 1, number))
}

/// The head of a form whose indicators are on the next page.
const OVERALL: &str = "\
部门（单位）名称|云溪县文化馆||||
年度主要任务|任务名称|主要内容|预算金额（万元）||
|||总额|财政拨款|其他资金
|送戏下乡|到村演出，辅导队伍。|20.5|20|0.5
|场馆开放|全年开放。|30|30|
年度总体目标|目标1：送戏到村。||||
|目标2：场馆全年开放，||||";

const OVERALL_MERGES: [(u32, u32, u32, u32); 8] =
    [(0, 1, 0, 5), (1, 0, 4, 0), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 5), (5, 0, 6, 0), (5, 1, 5, 5), (6, 1, 6, 5)];

#[test]
fn a_head_alone_below_its_title_goes_on_with_the_goal_and_the_indicators_on_the_next_page() {
    let next = "\
免费接待观众。|||||
一级指标|二级指标|三级指标|指标值|分值|备注
产出指标|数量指标|演出场次|≥80场|50|";
    let blocks = [
        line("附表14", 1),
        line("2025年部门整体支出绩效目标表", 2),
        merged(grid(0, OVERALL), &OVERALL_MERGES).into(),
        merged(grid(1, next), &[(0, 0, 0, 5)]).into(),
    ];
    let read = read_blocks(&blocks);
    let [table] = read.tables.as_slice() else { panic!("{:?}", read.tables) };
    assert_eq!(table.kind, PerformanceKind::Overall);
    assert_eq!(table.unit.as_ref().map(|unit| unit.text.as_str()), Some("云溪县文化馆"));
    let goal = table.goal.as_ref().map(|goal| goal.text.as_str());
    assert_eq!(goal, Some("目标1：送戏到村。目标2：场馆全年开放，免费接待观众。"));
    assert_eq!(indicators(table), ["产出指标 数量指标 演出场次 ≥80场 50"]);
    let funds: Vec<_> = table
        .funds
        .iter()
        .map(|fund| (fund.path.join("/"), fund.amount.value.to_string(), fund.content.clone().unwrap_or_default()))
        .collect();
    let of = |path: &str, value: &str, content: &str| (path.to_owned(), value.to_owned(), content.to_owned());
    assert_eq!(
        funds,
        [
            of("送戏下乡/预算金额（万元）/总额", "20.5", "到村演出，辅导队伍。"),
            of("送戏下乡/预算金额（万元）/财政拨款", "20", ""),
            of("送戏下乡/预算金额（万元）/其他资金", "0.5", ""),
            of("场馆开放/预算金额（万元）/总额", "30", "全年开放。"),
            of("场馆开放/预算金额（万元）/财政拨款", "30", ""),
        ]
    );
    assert!(read.unread.is_empty() && read.prose.is_empty(), "{:?} {:?}", read.unread, read.prose);
}

#[test]
fn the_rate_and_the_points_of_a_source_are_of_its_amounts() {
    let form = "\
项目支出绩效自评表|||||||
项目名称|送戏下乡||||||
项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分
|年度资金总额|20|18|17.1|10|95%|9.5
|其中：财政拨款|10|9|8.1|—|90%|—
|其他资金|10|9|9|—|100%|0
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因
产出指标|数量指标|演出场次|≥80场|70场|90|80|";
    let read = read_all(vec![merged(grid(0, form), &[(2, 0, 5, 0)])]);
    let [table] = read.tables.as_slice() else { panic!("{:?}", read.tables) };
    let rate = |execution: &Option<budget_model::BudgetExecution>| {
        execution.as_ref().map(|execution| (execution.rate.clone(), execution.score.map(|score| score.to_string())))
    };
    assert_eq!(rate(&table.execution), Some((Some("95%".to_owned()), Some("9.5".to_owned()))));
    let funds: Vec<_> = table.funds.iter().filter(|fund| fund.execution.is_some()).collect();
    let [fiscal, other] = funds.as_slice() else { panic!("{funds:?}") };
    assert_eq!((fiscal.path[0].as_str(), fiscal.phase), ("其中：财政拨款", Some(Phase::Executed)));
    assert_eq!(rate(&fiscal.execution), Some((Some("90%".to_owned()), None)));
    assert_eq!(rate(&other.execution), Some((Some("100%".to_owned()), Some("0".to_owned()))));
    assert!(read.unread.is_empty(), "{:?}", read.unread);
}

#[test]
fn a_field_without_a_place_of_its_own_is_kept_under_its_caption() {
    let form = "\
项目支出绩效目标表|||
项目名称|送戏下乡|项目编码|650100250001
项目概况|下乡演出八十场。||
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|演出场次|≥80场";
    let read = read_all(vec![merged(grid(0, form), &[(2, 1, 2, 3)])]);
    let [table] = read.tables.as_slice() else { panic!("{:?}", read.tables) };
    let details: Vec<_> =
        table.details.iter().map(|detail| (detail.caption.as_str(), detail.text.text.as_str())).collect();
    assert_eq!(details, [("项目编码", "650100250001"), ("项目概况", "下乡演出八十场。")]);
    assert!(read.unread.is_empty(), "{:?}", read.unread);
}

#[test]
fn a_list_keeps_money_and_words_that_have_no_field_under_the_words_of_their_columns() {
    let list = "\
项目支出绩效目标表|||||||
项目名称|项目概况|项目总额|财政专户拨款|绩效目标|三级指标|指标性质|指标值
流动图书车|车载图书下乡|18.5|3.5|让村里有书读。|流动服务次数|≥|120";
    let read = read_all(vec![grid(0, list)]);
    let [table] = read.tables.as_slice() else { panic!("{:?}", read.tables) };
    let [fund] = table.funds.as_slice() else { panic!("{:?}", table.funds) };
    assert_eq!(
        (fund.path.as_slice(), fund.amount.value.to_string()),
        (&["财政专户拨款".to_owned()][..], "3.5".to_owned())
    );
    let [detail] = table.details.as_slice() else { panic!("{:?}", table.details) };
    assert_eq!((detail.caption.as_str(), detail.text.text.as_str()), ("项目概况", "车载图书下乡"));
}

#[test]
fn a_form_that_nothing_is_filled_into_is_no_table_and_leaves_no_text() {
    let form = "\
2025年专项资金总体绩效目标表||||
项目名称||||
一级指标|二级指标|指标内容|指标值|备注
产出指标|数量指标|||
|质量指标|||
满意度指标|服务对象满意度指标|||";
    let read = read_all(vec![merged(grid(0, form), &[(3, 0, 4, 0)])]);
    assert!(read.tables.is_empty() && read.unread.is_empty(), "{:?} {:?}", read.tables, read.unread);
    assert!(read.prose.is_empty(), "{:?}", read.prose);
}

#[test]
fn the_header_of_a_list_of_projects_is_no_form_of_one() {
    let list = "\
项目名称|总计|财政拨款|绩效目标
流动图书车|18.5|18.5|让村里有书读。
书库修缮|6|6|修好书库。";
    let read = read_blocks(&[line("部门预算项目支出绩效目标表", 1), line("单位：万元", 2), grid(0, list).into()]);
    assert!(read.tables.is_empty(), "{:?}", read.tables);
}

#[test]
fn levels_in_front_of_the_names_are_told_on_every_page() {
    let first = "\
部门整体支出绩效目标表|||
部门名称|云溪县文化馆||
绩效指标|指标性质|绩效指标值|绩效度量单位
产出指标数量指标演出场次|≥|80|场";
    let next = "\
满意度指标服务对象满意度指标观众满意度|≥|90|%
效益指标社会效益指标到村覆盖率|＝|100|%";
    let read = read_all(vec![grid(0, first), grid(1, next)]);
    let [table] = read.tables.as_slice() else { panic!("{:?}", read.tables) };
    assert_eq!(
        indicators(table),
        [
            "产出指标 数量指标 演出场次 ≥80场 ",
            "满意度指标 服务对象满意度指标 观众满意度 ≥90% ",
            "效益指标 社会效益指标 到村覆盖率 ＝100% ",
        ]
    );
    assert!(table.indicators.iter().all(|indicator| indicator.levels_certain));
}
