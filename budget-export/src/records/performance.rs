//! `performance.csv`, `indicators.csv` and `performance_funds.csv`: performance tables, their third-level indicators, and
//! the money that they divide further.

use budget_model::{
    BudgetExecution, Indicator, IndicatorNature, Operator, PerformanceFund, PerformanceKind, PerformancePurpose,
    PerformanceTable, Phase, Place,
};

use super::{Field, FieldKind, Located, Resource, Value, label, shared, words};
use crate::document::Entry;

pub(crate) struct PerformanceTables;

pub(crate) struct PerformanceRow<'a> {
    document: Entry<'a>,
    table_no: usize,
    table: &'a PerformanceTable,
}

impl Located for PerformanceRow<'_> {
    fn document(&self) -> Entry<'_> {
        self.document
    }

    fn place(&self) -> Option<Place> {
        Some(self.table.title.place)
    }
}

impl Resource for PerformanceTables {
    const NAME: &'static str = "performance";
    const SHEET: &'static str = "绩效目标";
    const DESCRIPTION: &'static str = "One record per table of performance targets, or of what became of them";
    const FIELDS: &'static [Field<Self>] = &[
        Field::new("performance", "编号", "Key of the record", FieldKind::Key, |at| {
            Value::from(format!("{}:t{}", at.document.info.id(), at.table_no))
        }),
        shared::doc(),
        Field::new("table_no", "表序", "Order of the table, from 1", FieldKind::Integer, |at| {
            Value::from(at.table_no)
        }),
        Field::new(
            "kind",
            "类别",
            "Whole entity, or one project",
            FieldKind::Word(|| words(PerformanceKind::ALL)),
            |at| Value::from(at.table.kind.as_str()),
        ),
        Field::new("unit", "预算单位", "Budget unit", FieldKind::Text, |at| label(at.table.unit.as_ref())),
        Field::new("name", "项目名称", "Project name", FieldKind::Text, |at| label(at.table.name.as_ref())),
        Field::new("responsible", "负责人", "Contact person", FieldKind::Text, |at| {
            label(at.table.responsible.as_ref())
        }),
        Field::new("total", "年度预算总额", "Total of the year", FieldKind::Number, |at| {
            Value::from(at.table.total.map(|amount| amount.value))
        }),
        Field::new("fiscal", "财政拨款", "Appropriation", FieldKind::Number, |at| {
            Value::from(at.table.fiscal.map(|amount| amount.value))
        }),
        Field::new(
            "other",
            "其他资金",
            "Other money; in a table of the whole entity `upper=…;own=…;other=…`, those that are printed",
            FieldKind::Text,
            |at| {
                let other = at.table.other.map(|amount| amount.value);
                if at.table.kind == PerformanceKind::Project {
                    return other.map(|other| other.to_string()).into();
                }
                let parts = [
                    ("upper", at.table.from_above.map(|amount| amount.value)),
                    ("own", at.table.own_level.map(|amount| amount.value)),
                    ("other", other),
                ];
                let parts = parts.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", value?)));
                parts.collect::<Vec<_>>().join(";").into()
            },
        ),
        Field::new("goal", "绩效目标", "The goal in words", FieldKind::Text, |at| label(at.table.goal.as_ref())),
        Field::new("telephone", "联系电话", "Telephone of the contact person", FieldKind::Text, |at| {
            label(at.table.telephone.as_ref())
        }),
        Field::new("money_unit", "单位", "Unit of the amounts", FieldKind::Text, |at| {
            Value::from(at.table.money_unit.as_str())
        }),
        Field::new("from_above", "上级安排", "Arranged by the level above", FieldKind::Number, |at| {
            Value::from(at.table.from_above.map(|amount| amount.value))
        }),
        Field::new("own_level", "本级安排", "Arranged by the own level", FieldKind::Number, |at| {
            Value::from(at.table.own_level.map(|amount| amount.value))
        }),
        Field::new("other_amount", "其他资金（数值）", "Other money, as a number", FieldKind::Number, |at| {
            Value::from(at.table.other.map(|amount| amount.value))
        }),
        Field::new("title", "表名", "Printed title", FieldKind::Text, |at| Value::from(&at.table.title.text)),
        Field::new(
            "purpose",
            "用途",
            "Targets, or a self-evaluation",
            FieldKind::Word(|| words(PerformancePurpose::ALL)),
            |at| Value::from(at.table.purpose.as_str()),
        ),
        Field::new("department", "主管部门", "Department in charge", FieldKind::Text, |at| {
            label(at.table.department.as_ref())
        }),
        Field::new("achievement", "目标完成情况", "What became of the goal", FieldKind::Text, |at| {
            label(at.table.achievement.as_ref())
        }),
        Field::new("execution_rate", "预算执行率", RATE, FieldKind::Text, |at| {
            execution_rate(at.table.execution.as_ref())
        }),
        Field::new("execution_weight", "执行率分值", RATE_WEIGHT, FieldKind::Number, |at| {
            execution_weight(at.table.execution.as_ref())
        }),
        Field::new("execution_score", "执行率得分", RATE_SCORE, FieldKind::Number, |at| {
            execution_score(at.table.execution.as_ref())
        }),
        Field::new("score", "总得分", "The score in all", FieldKind::Number, |at| {
            Value::from(at.table.score.map(|amount| amount.value))
        }),
        Field::new(
            "details",
            "其他栏目",
            "What the form prints besides, a line each: its caption, `：`, its text",
            FieldKind::Text,
            |at| {
                let lines = at.table.details.iter().map(|detail| format!("{}：{}", detail.caption, detail.text.text));
                lines.collect::<Vec<_>>().join("\n").into()
            },
        ),
        shared::page(),
        shared::line(),
        shared::position(),
        shared::sheet(),
    ];
    type Row<'a> = PerformanceRow<'a>;

    fn rows<'a>(document: Entry<'a>) -> Box<dyn Iterator<Item = PerformanceRow<'a>> + 'a> {
        let tables = document.disclosure.performance.iter().zip(1..);
        Box::new(tables.map(move |(table, table_no)| PerformanceRow { document, table_no, table }))
    }
}

pub(crate) struct Indicators;

pub(crate) struct IndicatorRow<'a> {
    document: Entry<'a>,
    table_no: usize,
    order: usize,
    indicator: &'a Indicator,
}

impl Located for IndicatorRow<'_> {
    fn document(&self) -> Entry<'_> {
        self.document
    }

    fn place(&self) -> Option<Place> {
        Some(self.indicator.name.place)
    }
}

impl Resource for Indicators {
    const NAME: &'static str = "indicators";
    const SHEET: &'static str = "绩效指标";
    const DESCRIPTION: &'static str = "One record per third-level performance indicator";
    const FIELDS: &'static [Field<Self>] = &[
        Field::new("indicator", "编号", "Key of the record", FieldKind::Key, |at| {
            Value::from(format!("{}:t{}:{}", at.document.info.id(), at.table_no, at.order))
        }),
        shared::doc(),
        Field::new("table_no", "表序", "Order of the performance table, from 1", FieldKind::Integer, |at| {
            Value::from(at.table_no)
        }),
        Field::new("order", "序号", "Order within the table, from 1", FieldKind::Integer, |at| Value::from(at.order)),
        Field::new("level1", "一级指标", "First level", FieldKind::Text, |at| Value::from(&at.indicator.level1)),
        Field::new("level2", "二级指标", "Second level", FieldKind::Text, |at| Value::from(&at.indicator.level2)),
        Field::new("level3", "三级指标", "Third level", FieldKind::Text, |at| Value::from(&at.indicator.name.text)),
        Field::new("value_raw", "指标值", "The value as printed", FieldKind::Text, |at| {
            Value::from(&at.indicator.value.raw.text)
        }),
        Field::new(
            "operator",
            "运算符",
            "The direction of the value",
            FieldKind::Word(|| words(Operator::ALL)),
            |at| Value::from(at.indicator.value.operator.map(Operator::as_str)),
        ),
        Field::new("number", "数值", "The number in the value", FieldKind::Number, |at| {
            Value::from(at.indicator.value.number)
        }),
        Field::new("unit", "单位", "The unit in the value", FieldKind::Text, |at| {
            Value::from(at.indicator.value.unit.as_deref())
        }),
        Field::new("basis", "指标值设定依据", "Basis of the value", FieldKind::Text, |at| {
            Value::from(at.indicator.basis.as_deref())
        }),
        Field::new("last_year", "上年完成值", "Value reached last year", FieldKind::Text, |at| {
            Value::from(at.indicator.last_year.as_deref())
        }),
        Field::new("weight", "分值权重", "Weight", FieldKind::Number, |at| Value::from(at.indicator.weight)),
        Field::new("scoring", "指标赋分规则", "Scoring rule", FieldKind::Text, |at| {
            Value::from(at.indicator.scoring.as_deref())
        }),
        Field::new("evidence", "佐证资料", "Evidence to show", FieldKind::Text, |at| {
            Value::from(at.indicator.evidence.as_deref())
        }),
        Field::new("notes", "备注", "What is uncertain about the record", FieldKind::Text, |at| {
            Value::from((!at.indicator.levels_certain).then_some("level1 and level2 uncertain"))
        }),
        Field::new("levels_certain", "层级确定", "Whether levels 1 and 2 are certain", FieldKind::Flag, |at| {
            Value::from(at.indicator.levels_certain)
        }),
        Field::new("level1_weight", "一级指标分值", "Points of the first level", FieldKind::Number, |at| {
            Value::from(at.indicator.level1_weight)
        }),
        Field::new("activity", "活动", "What of the work the indicator is about", FieldKind::Text, |at| {
            Value::from(at.indicator.activity.as_deref())
        }),
        Field::new(
            "nature",
            "指标性质",
            "Measured in words or by a number",
            FieldKind::Word(|| words(IndicatorNature::ALL)),
            |at| Value::from(at.indicator.nature.map(IndicatorNature::as_str)),
        ),
        Field::new("core", "是否核心指标", "Whether it is a core indicator", FieldKind::Flag, |at| {
            Value::from(at.indicator.core)
        }),
        Field::new("achieved", "实际完成值", "The value that was reached, as printed", FieldKind::Text, |at| {
            Value::from(at.indicator.achieved.as_ref().map(|value| value.raw.text.as_str()))
        }),
        Field::new("achieved_number", "实际完成数值", "The number in it", FieldKind::Number, |at| {
            Value::from(at.indicator.achieved.as_ref().and_then(|value| value.number))
        }),
        Field::new("achieved_unit", "实际完成单位", "The unit in it", FieldKind::Text, |at| {
            Value::from(at.indicator.achieved.as_ref().and_then(|value| value.unit.as_deref()))
        }),
        Field::new("score", "得分", "Score", FieldKind::Number, |at| Value::from(at.indicator.score)),
        Field::new("deviation", "偏差原因", "Reasons of a deviation and what is done", FieldKind::Text, |at| {
            Value::from(at.indicator.deviation.as_deref())
        }),
        Field::new("remark", "指标备注", "The printed remark", FieldKind::Text, |at| {
            Value::from(at.indicator.remark.as_deref())
        }),
        shared::page(),
        shared::line(),
        shared::position(),
        shared::sheet(),
    ];
    type Row<'a> = IndicatorRow<'a>;

    fn rows<'a>(document: Entry<'a>) -> Box<dyn Iterator<Item = IndicatorRow<'a>> + 'a> {
        Box::new(document.disclosure.performance.iter().zip(1..).flat_map(move |(table, table_no)| {
            let indicators = table.indicators.iter().zip(1..);
            indicators.map(move |(indicator, order)| IndicatorRow { document, table_no, order, indicator })
        }))
    }
}

pub(crate) struct PerformanceFunds;

pub(crate) struct FundRow<'a> {
    document: Entry<'a>,
    table_no: usize,
    order: usize,
    table: &'a PerformanceTable,
    fund: &'a PerformanceFund,
}

impl Located for FundRow<'_> {
    fn document(&self) -> Entry<'_> {
        self.document
    }

    fn place(&self) -> Option<Place> {
        Some(self.fund.amount.place)
    }
}

impl Resource for PerformanceFunds {
    const NAME: &'static str = "performance_funds";
    const SHEET: &'static str = "绩效资金";
    const DESCRIPTION: &'static str = "One record per amount that a performance table divides further";
    const FIELDS: &'static [Field<Self>] = &[
        Field::new("fund", "编号", "Key of the record", FieldKind::Key, |at| {
            Value::from(format!("{}:t{}:f{}", at.document.info.id(), at.table_no, at.order))
        }),
        shared::doc(),
        Field::new("table_no", "表序", "Order of the performance table, from 1", FieldKind::Integer, |at| {
            Value::from(at.table_no)
        }),
        Field::new("order", "资金序号", "Order within the table, from 1", FieldKind::Integer, |at| {
            Value::from(at.order)
        }),
        Field::new(
            "path",
            "名目",
            "The words that it is printed under, those of its row and then those of its column, joined by `/`",
            FieldKind::Text,
            |at| Value::from(at.fund.path.join("/")),
        ),
        Field::new("phase", "阶段", "How far the budget had come", FieldKind::Word(|| words(Phase::ALL)), |at| {
            Value::from(at.fund.phase.map(Phase::as_str))
        }),
        Field::new("amount", "金额", "The amount", FieldKind::Number, |at| Value::from(at.fund.amount.value)),
        Field::new("money_unit", "单位", "Unit of the amount", FieldKind::Text, |at| {
            Value::from(at.table.money_unit.as_str())
        }),
        Field::new("content", "主要内容", "What the money of its row is for", FieldKind::Text, |at| {
            Value::from(at.fund.content.as_deref())
        }),
        Field::new("outcome", "完成情况", "What became of it", FieldKind::Text, |at| {
            Value::from(at.fund.outcome.as_deref())
        }),
        Field::new("execution_rate", "预算执行率", RATE, FieldKind::Text, |at| {
            execution_rate(at.fund.execution.as_ref())
        }),
        Field::new("execution_weight", "执行率分值", RATE_WEIGHT, FieldKind::Number, |at| {
            execution_weight(at.fund.execution.as_ref())
        }),
        Field::new("execution_score", "执行率得分", RATE_SCORE, FieldKind::Number, |at| {
            execution_score(at.fund.execution.as_ref())
        }),
        shared::page(),
        shared::line(),
        shared::position(),
        shared::sheet(),
    ];
    type Row<'a> = FundRow<'a>;

    fn rows<'a>(document: Entry<'a>) -> Box<dyn Iterator<Item = FundRow<'a>> + 'a> {
        Box::new(document.disclosure.performance.iter().zip(1..).flat_map(move |(table, table_no)| {
            let funds = table.funds.iter().zip(1..);
            funds.map(move |(fund, order)| FundRow { document, table_no, order, table, fund })
        }))
    }
}

const RATE: &str = "Share of the budget spent, as printed";
const RATE_WEIGHT: &str = "Points for it";
const RATE_SCORE: &str = "Score of it";

fn execution_rate(execution: Option<&BudgetExecution>) -> Value<'_> {
    execution.and_then(|execution| execution.rate.as_deref()).into()
}

fn execution_weight(execution: Option<&BudgetExecution>) -> Value<'_> {
    execution.and_then(|execution| execution.weight).into()
}

fn execution_score(execution: Option<&BudgetExecution>) -> Value<'_> {
    execution.and_then(|execution| execution.score).into()
}
