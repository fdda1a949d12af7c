//! Performance targets in their printed form.

use super::*;

mod forms;
mod heads;

use budget_model::{IndicatorNature, PerformancePurpose, PerformanceTable, Phase};

/// A form of a project without indicators.
const HEAD: &str = "\
项目支出绩效目标表||||||
（2025年）||||||
预算单位|云溪县文化馆|||||
项目名称|送戏下乡|||项目负责人|常青禾|
项目资金（万元）|年度预算总额|=20.50|其中：财政拨款|=20|其他资金|0.50
项目总体目标|让群众就近|||||
一级指标|二级指标|三级指标|指标值|||分值权重";

fn leak(parts: &[&str]) -> &'static str {
    Box::leak(parts.join("\n").into_boxed_str())
}

struct Read {
    tables: Vec<PerformanceTable>,
    prose: Vec<String>,
    unread: Vec<String>,
    codes: Vec<DiagnosticCode>,
}

fn targets(grid: Grid<'static>) -> Read {
    read_all(vec![grid])
}

/// Reads the pages of a document.
fn read_all(pages: Vec<Grid<'static>>) -> Read {
    read_blocks(&pages.into_iter().map(Block::from).collect::<Vec<_>>())
}

fn read_blocks(blocks: &[Block<'_>]) -> Read {
    let layouts = LayoutSet::built_in();
    let reading = read(blocks, &layouts, None);
    Read {
        tables: reading.performance,
        prose: reading.prose.iter().map(|(_, line)| line.text.to_string()).collect(),
        unread: reading.ledger.unread.iter().map(|label| label.text.clone()).collect(),
        codes: reading.diagnostics.iter().map(|diagnostic| diagnostic.code).collect(),
    }
}

/// `level1 level2 name value weight` of each indicator.
fn indicators(table: &PerformanceTable) -> Vec<String> {
    let one = |one: &budget_model::Indicator| {
        let weight = one.weight.map_or(String::new(), |weight| weight.to_string());
        [&one.level1, &one.level2, &one.name.text, &one.value.raw.text, &weight].map(String::as_str).join(" ")
    };
    table.indicators.iter().map(one).collect()
}

#[test]
fn a_merged_level_covers_its_rows_and_a_value_may_stand_in_several_cells() {
    let rows = "\
产出指标|数量指标|演出场次|≥|=12|场|=30
||惠及乡镇数|＝6个|||=20
|质量指标|场次完成率|＝|=95|%|=20
满意度指标|满意度指标|观众满意度|≥90%|||=30";
    let read = targets(merged(grid(0, leak(&[HEAD, rows])), &[(6, 3, 6, 5), (7, 0, 9, 0), (7, 1, 8, 1)]));
    let [table] = read.tables.as_slice() else { panic!("{:?}", read.tables) };
    assert_eq!(
        indicators(table),
        [
            "产出指标 数量指标 演出场次 ≥12场 30",
            "产出指标 数量指标 惠及乡镇数 ＝6个 20",
            "产出指标 质量指标 场次完成率 ＝95% 20",
            "满意度指标 满意度指标 观众满意度 ≥90% 30",
        ]
    );
    assert!(table.indicators.iter().all(|indicator| indicator.levels_certain));
    let value = &table.indicators[0].value;
    assert_eq!((value.operator, value.unit.as_deref()), (Some(Operator::AtLeast), Some("场")));
    assert_eq!(value.raw.place, Place::Cell { sheet: 0, row: 8, column: 4 });

    let text = |label: &Option<budget_model::Label>| label.as_ref().map(|label| label.text.clone()).unwrap_or_default();
    let labels = [&table.unit, &table.name, &table.responsible, &table.goal].map(text);
    assert_eq!(labels, ["云溪县文化馆", "送戏下乡", "常青禾", "让群众就近"]);
    let amounts = [&table.total, &table.fiscal, &table.other];
    let amounts = amounts.map(|amount| amount.as_ref().map_or(String::new(), |amount| amount.value.to_string()));
    assert_eq!(amounts, ["20.50", "20", "0.50"]);
    assert_eq!((table.kind, &table.money_unit), (PerformanceKind::Project, &Unit::TenThousandYuan));
    assert!(read.unread.is_empty() && read.prose.is_empty() && read.codes.is_empty(), "{:?}", read.unread);
}

#[test]
fn forms_stand_below_each_other_and_a_note_below_one_is_prose() {
    let overall = "\
说明：指标由业务科室填报。
附件2|||||单位：元
部门整体绩效目标表|||||
部门名称（盖章）：云溪县文化馆|||||
联系人||联系电话|0000-5550123||
年度预算（元）|财政资金|上级安排|=1000||
||本级安排|待定||
一级指标|二级指标|三级指标|指标值|分值权重|自评
履职效能|数量指标|服务人次|≥900人次|=60|好
||培训场次|＝4场|=40|";
    let read = targets(grid(0, leak(&[HEAD, "产出指标|数量指标|演出场次|≥12场|||=30", overall])));
    let [project, whole] = read.tables.as_slice() else { panic!("{:?}", read.tables) };
    assert_eq!(indicators(project), ["产出指标 数量指标 演出场次 ≥12场 30"]);
    // A blank cell below a level that is not merged goes on with it.
    let expected = ["履职效能 数量指标 服务人次 ≥900人次 60", "履职效能 数量指标 培训场次 ＝4场 40"];
    assert_eq!(
        (whole.kind, indicators(whole).as_slice()),
        (PerformanceKind::Overall, expected.map(String::from).as_slice())
    );
    assert_eq!(whole.unit.as_ref().map(|unit| unit.text.as_str()), Some("云溪县文化馆"));
    assert_eq!(whole.telephone.as_ref().map(|label| label.text.as_str()), Some("0000-5550123"));
    assert!(whole.responsible.is_none() && whole.own_level.is_none());
    assert_eq!(
        (&whole.money_unit, whole.from_above.map(|amount| amount.value.to_string())),
        (&Unit::Yuan, Some("1000".to_owned()))
    );
    assert_eq!(read.prose, ["说明：指标由业务科室填报。", "附件2 单位：元"]);
    // What the model has no place for, and what is no number, is said to be unread.
    assert_eq!(read.unread, ["待定", "自评", "好"]);
}

#[test]
fn a_title_without_indicators_is_prose_and_a_level_that_is_nowhere_is_uncertain() {
    let read = targets(grid(0, "项目支出绩效目标表\n详见附件。"));
    assert!(read.tables.is_empty());
    assert_eq!(read.prose, ["项目支出绩效目标表", "详见附件。"]);
    let read = targets(grid(0, leak(&[HEAD, "||演出场次|≥12场|||=30\n产出指标||场次完成率||||=30"])));
    assert_eq!(indicators(&read.tables[0]), ["  演出场次 ≥12场 30", "产出指标  场次完成率  30"]);
    assert!(read.tables[0].indicators.iter().all(|indicator| !indicator.levels_certain));
    assert_eq!(read.codes.iter().filter(|code| **code == DiagnosticCode::IndicatorLevelUncertain).count(), 2);
    assert_eq!(read.codes.iter().filter(|code| **code == DiagnosticCode::IndicatorIncomplete).count(), 1);
}
