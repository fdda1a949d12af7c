//! The performance targets (绩效目标) of the entity and of every project of the year.

use budget_model::{
    Amount, Coordinates, Decimal, Indicator, IndicatorValue, Nature, Operator, PerformanceKind, PerformanceTable,
    Source, Unit,
};

use crate::chance::Chance;
use crate::prose::{ALL, label};
use crate::tables::{NOWHERE, printed, scope_word};
use crate::{Books, Config};

/// An indicator of a form.
struct Form {
    level1: &'static str,
    level2: &'static str,
    names: &'static [&'static str],
    value: Value,
    basis: &'static str,
    scoring: &'static str,
    evidence: &'static str,
}

/// How the value of an indicator is made.
enum Value {
    /// A number with a unit, from these on, in steps.
    Number(Operator, &'static str, u64, u64),
    /// At most the money of the project, in 万元.
    Cost,
    /// A date of the year.
    Date,
    Words(&'static [&'static str]),
}

const COUNTED: &str = "按照完成比例赋分";
const DIRECT: &str = "直接赋分";

/// 项目支出绩效目标表
const PROJECT: &[Form] = &[
    Form {
        level1: "产出指标",
        level2: "数量指标",
        names: &["开展业务培训场次", "服务群众数量", "补助基层单位数量", "维修设施数量"],
        value: Value::Number(Operator::AtLeast, "个", 2, 400),
        basis: "计划标准",
        scoring: COUNTED,
        evidence: "工作资料",
    },
    Form {
        level1: "产出指标",
        level2: "数量指标",
        names: &["组织现场检查次数", "更新设备数量"],
        value: Value::Number(Operator::Equal, "台", 1, 60),
        basis: "计划标准",
        scoring: COUNTED,
        evidence: "工作资料",
    },
    Form {
        level1: "产出指标",
        level2: "质量指标",
        names: &["工程验收合格率", "资料完整率", "补助对象准确率"],
        value: Value::Number(Operator::Equal, "%", 90, 100),
        basis: "行业或国家标准",
        scoring: DIRECT,
        evidence: "正式材料",
    },
    Form {
        level1: "产出指标",
        level2: "时效指标",
        names: &["经费拨付完成时间", "任务完成时间"],
        value: Value::Date,
        basis: "计划标准",
        scoring: DIRECT,
        evidence: "工作资料",
    },
    Form {
        level1: "成本指标",
        level2: "经济成本指标",
        names: &["项目总成本", "项目经费控制数"],
        value: Value::Cost,
        basis: "预算支出标准",
        scoring: COUNTED,
        evidence: "原始凭证",
    },
    Form {
        level1: "效益指标",
        level2: "社会效益指标",
        names: &["提升基层服务能力", "改善群众办事条件", "保障重点工作开展"],
        value: Value::Words(&["有效提升", "持续改善", "有效保障"]),
        basis: "计划标准",
        scoring: "按评判等级赋分",
        evidence: "说明材料",
    },
    Form {
        level1: "满意度指标",
        level2: "满意度指标",
        names: &["服务对象满意度", "群众满意度"],
        value: Value::Number(Operator::AtLeast, "%", 80, 98),
        basis: "计划标准",
        scoring: "满意度赋分",
        evidence: "问卷资料",
    },
];

/// Weights of a table: 100, or 90 where the other 10 are for budget execution.
const PROJECT_WEIGHTS: &[[u32; 7]] = &[
    [10, 10, 10, 10, 20, 20, 20],
    [15, 5, 10, 10, 20, 30, 10],
    [20, 20, 10, 10, 10, 20, 10],
    [10, 10, 10, 10, 20, 20, 10],
];

/// 部门整体绩效目标表
const OVERALL: &[Form] = &[
    Form {
        level1: "履职效能",
        level2: "数量指标",
        names: &["全年服务群众人次", "开展专项检查次数"],
        value: Value::Number(Operator::AtLeast, "次", 4, 90_000),
        basis: "年度工作计划",
        scoring: "",
        evidence: "",
    },
    Form {
        level1: "履职效能",
        level2: "数量指标",
        names: &["组织业务培训场次"],
        value: Value::Number(Operator::Equal, "场", 2, 40),
        basis: "年度工作计划",
        scoring: "",
        evidence: "",
    },
    Form {
        level1: "履职效能",
        level2: "质量指标",
        names: &["重点工作完成率"],
        value: Value::Number(Operator::Equal, "%", 90, 100),
        basis: "年度工作计划",
        scoring: "",
        evidence: "",
    },
    Form {
        level1: "履职效能",
        level2: "时效指标",
        names: &["投诉按期办结率"],
        value: Value::Number(Operator::AtLeast, "%", 90, 100),
        basis: "年度工作计划",
        scoring: "",
        evidence: "",
    },
];

const OVERALL_WEIGHTS: &[[u32; 4]] = &[[30, 20, 20, 20], [40, 20, 20, 20], [25, 25, 25, 25]];

const PEOPLE: &[&str] = &["常青禾", "白露", "程知远", "林渡", "苏晚晴", "阿依努尔·白山", "顾念慈"];

const GOALS: &[&str] = &[
    "按照年度工作安排完成各项任务，资金使用规范，服务对象满意。",
    "目标一：按计划完成全部建设内容；目标二：资金按进度支付；目标三：建立长效管理机制，使成果长期发挥作用。",
    "保障相关工作正常开展，改善服务条件，提升服务能力，让群众就近享受优质便捷的公共服务。",
];

/// The table of the entity, and one of each project of the year.
pub(crate) fn tables(books: &Books, config: &Config, chance: &mut Chance) -> Vec<PerformanceTable> {
    let mut tables = vec![overall(books, config, chance)];
    for (index, project) in books.projects.iter().enumerate() {
        if project.nature != Nature::Project || !Source::CurrentYear.contains(project.source) {
            continue;
        }
        let total: u64 = books.of_project(index).iter().map(|money| money.yuan).sum();
        let is_fiscal = Source::Appropriation.contains(project.source);
        let amount = |yuan| Some(amount(yuan, config));
        let weights = chance.one(PROJECT_WEIGHTS).copied().unwrap_or_default();
        let mut table = PerformanceTable::new(PerformanceKind::Project, label("项目支出绩效目标表"));
        table.unit = books.units.get(project.unit).map(|unit| label(unit));
        table.name = Some(label(&project.name));
        table.responsible = Some(label(chance.word(PEOPLE)));
        table.money_unit = Unit::TenThousandYuan;
        table.total = amount(total);
        table.fiscal = amount(if is_fiscal { total } else { 0 });
        table.other = amount(if is_fiscal { 0 } else { total });
        table.goal = Some(label(chance.word(GOALS)));
        table.indicators = indicators(PROJECT, &weights, total, books.year, chance, config);
        tables.push(table);
    }
    tables
}

fn overall(books: &Books, config: &Config, chance: &mut Chance) -> PerformanceTable {
    let yuan = |sources: &[Source]| -> u64 {
        sources.iter().filter_map(|source| books.yuan(&Coordinates { source: *source, ..ALL })).sum()
    };
    let above =
        yuan(&[Source::GeneralPublicBudgetTransfer, Source::GovernmentFundTransfer, Source::StateCapitalTransfer]);
    let own = yuan(&[Source::GeneralPublicBudgetOwn, Source::GovernmentFundOwn, Source::StateCapitalOwn]);
    let all = yuan(&[Source::All]);
    let weights = chance.one(OVERALL_WEIGHTS).copied().unwrap_or_default();
    let title = label(&format!("{}整体绩效目标表", scope_word(config.scope)));
    let mut table = PerformanceTable::new(PerformanceKind::Overall, title);
    table.unit = Some(label(&books.department));
    table.responsible = Some(label(chance.word(PEOPLE)));
    table.telephone = Some(label(&format!("0000-555{:04}", chance.below(10_000))));
    table.money_unit = Unit::TenThousandYuan;
    table.other = Some(amount(all - above - own, config));
    table.from_above = Some(amount(above, config));
    table.own_level = Some(amount(own, config));
    table.goal = Some(label(chance.word(GOALS)));
    table.indicators = indicators(OVERALL, &weights, all, books.year, chance, config);
    table
}

fn amount(yuan: u64, config: &Config) -> Amount {
    Amount { value: printed(yuan, &Unit::TenThousandYuan, config), place: NOWHERE }
}

fn indicators(
    forms: &[Form],
    weights: &[u32],
    total: u64,
    year: u16,
    chance: &mut Chance,
    config: &Config,
) -> Vec<Indicator> {
    let words = |words: &str| (!words.is_empty()).then(|| words.to_owned());
    let one = |(form, weight): (&Form, &u32)| {
        let name = label(chance.word(form.names));
        let mut one = Indicator::new(name, value(&form.value, total, year, chance, config));
        (one.level1, one.level2) = (form.level1.to_owned(), form.level2.to_owned());
        one.levels_certain = true;
        one.basis = words(form.basis);
        one.last_year =
            words(if form.scoring.is_empty() { "" } else { chance.word(&["-", "98%", "无上年完成值"]) });
        one.weight = Some(Decimal::from(*weight));
        one.scoring = words(form.scoring);
        one.evidence = words(form.evidence);
        one
    };
    forms.iter().zip(weights).map(one).collect()
}

fn value(form: &Value, total: u64, year: u16, chance: &mut Chance, config: &Config) -> IndicatorValue {
    let number = |operator: Operator, number: Decimal, unit: &str, chance: &mut Chance| {
        let sign = chance.word(match operator {
            Operator::AtLeast => &[">=", "＞=", "≥"],
            Operator::AtMost => &["<=", "＜=", "≤"],
            _ => &["="],
        });
        IndicatorValue {
            raw: label(&format!("{sign}{number}{unit}")),
            operator: Some(operator),
            number: Some(number),
            unit: Some(unit.to_owned()),
        }
    };
    let plain = |text: &str| IndicatorValue { raw: label(text), operator: None, number: None, unit: None };
    match form {
        Value::Number(operator, unit, low, high) => {
            let value = Decimal::from(chance.between(*low, *high));
            number(*operator, value, unit, chance)
        }
        Value::Cost => number(Operator::AtMost, amount(total, config).value, "万元", chance),
        Value::Date => plain(&format!("{year}年{}月{}日", chance.between(1, 12), chance.between(1, 28))),
        Value::Words(words) => plain(chance.word(words)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_of_a_table_add_up_to_100_or_to_90() {
        let sums = PROJECT_WEIGHTS.iter().map(|weights| weights.iter().sum::<u32>());
        for sum in sums.chain(OVERALL_WEIGHTS.iter().map(|weights| weights.iter().sum())) {
            assert!(sum == 100 || sum == 90, "{sum}");
        }
        assert!(PROJECT_WEIGHTS.iter().all(|weights| weights.len() == PROJECT.len()));
        assert!(OVERALL_WEIGHTS.iter().all(|weights| weights.len() == OVERALL.len()));
    }
}
