//! `performance.csv`, `indicators.csv` and `performance_funds.csv`: performance tables, their third-level indicators, and
//! the money that they divide further.

use budget_model::{
    BudgetExecution, Indicator, IndicatorNature, Operator, PerformanceFund, PerformanceKind, PerformancePurpose,
    PerformanceTable, Phase, Place,
};

use super::{Field, Kind, Located, Resource, label, shared, show, show_some, text, words};
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
        Field::new("performance", "编号", "Key of the record", Kind::Key, |at, out| {
            show(out, format_args!("{}:t{}", at.document.info.id(), at.table_no));
        }),
        shared::doc(),
        Field::new("table_no", "表序", "Order of the table, from 1", Kind::Integer, |at, out| show(out, at.table_no)),
        Field::new(
            "kind",
            "类别",
            "Whole entity, or one project",
            Kind::Word(|| words(PerformanceKind::ALL)),
            |at, out| {
                out.push_str(at.table.kind.as_str());
            },
        ),
        Field::new("unit", "预算单位", "Budget unit", Kind::Text, |at, out| label(out, at.table.unit.as_ref())),
        Field::new("name", "项目名称", "Project name", Kind::Text, |at, out| label(out, at.table.name.as_ref())),
        Field::new("responsible", "负责人", "Contact person", Kind::Text, |at, out| {
            label(out, at.table.responsible.as_ref());
        }),
        Field::new("total", "年度预算总额", "Total of the year", Kind::Number, |at, out| {
            show_some(out, at.table.total.map(|amount| amount.value));
        }),
        Field::new("fiscal", "财政拨款", "Appropriation", Kind::Number, |at, out| {
            show_some(out, at.table.fiscal.map(|amount| amount.value));
        }),
        Field::new(
            "other",
            "其他资金",
            "Other money; in a table of the whole entity `upper=…;own=…;other=…`, those that are printed",
            Kind::Text,
            |at, out| {
                let other = at.table.other.map(|amount| amount.value);
                if at.table.kind == PerformanceKind::Project {
                    return show_some(out, other);
                }
                let parts = [
                    ("upper", at.table.from_above.map(|amount| amount.value)),
                    ("own", at.table.own_level.map(|amount| amount.value)),
                    ("other", other),
                ];
                for (name, value) in parts {
                    let separator = if out.is_empty() { "" } else { ";" };
                    show_some(out, value.map(|value| format!("{separator}{name}={value}")));
                }
            },
        ),
        Field::new("goal", "绩效目标", "The goal in words", Kind::Text, |at, out| {
            label(out, at.table.goal.as_ref())
        }),
        Field::new("telephone", "联系电话", "Telephone of the contact person", Kind::Text, |at, out| {
            label(out, at.table.telephone.as_ref());
        }),
        Field::new("money_unit", "单位", "Unit of the amounts", Kind::Text, |at, out| {
            out.push_str(at.table.money_unit.as_str());
        }),
        Field::new("from_above", "上级安排", "Arranged by the level above", Kind::Number, |at, out| {
            show_some(out, at.table.from_above.map(|amount| amount.value));
        }),
        Field::new("own_level", "本级安排", "Arranged by the own level", Kind::Number, |at, out| {
            show_some(out, at.table.own_level.map(|amount| amount.value));
        }),
        Field::new("other_amount", "其他资金（数值）", "Other money, as a number", Kind::Number, |at, out| {
            show_some(out, at.table.other.map(|amount| amount.value));
        }),
        Field::new("title", "表名", "Printed title", Kind::Text, |at, out| out.push_str(&at.table.title.text)),
        Field::new(
            "purpose",
            "用途",
            "Targets, or a self-evaluation",
            Kind::Word(|| words(PerformancePurpose::ALL)),
            |at, out| {
                out.push_str(at.table.purpose.as_str());
            },
        ),
        Field::new("department", "主管部门", "Department in charge", Kind::Text, |at, out| {
            label(out, at.table.department.as_ref());
        }),
        Field::new("achievement", "目标完成情况", "What became of the goal", Kind::Text, |at, out| {
            label(out, at.table.achievement.as_ref());
        }),
        Field::new("execution_rate", "预算执行率", RATE, Kind::Text, |at, out| {
            execution_rate(out, at.table.execution.as_ref());
        }),
        Field::new("execution_weight", "执行率分值", RATE_WEIGHT, Kind::Number, |at, out| {
            execution_weight(out, at.table.execution.as_ref());
        }),
        Field::new("execution_score", "执行率得分", RATE_SCORE, Kind::Number, |at, out| {
            execution_score(out, at.table.execution.as_ref());
        }),
        Field::new("score", "总得分", "The score in all", Kind::Number, |at, out| {
            show_some(out, at.table.score.map(|amount| amount.value));
        }),
        Field::new(
            "details",
            "其他栏目",
            "What the form prints besides, a line each: its caption, `：`, its text",
            Kind::Text,
            |at, out| {
                for detail in &at.table.details {
                    let separator = if out.is_empty() { "" } else { "\n" };
                    show(out, format_args!("{separator}{}：{}", detail.caption, detail.text.text));
                }
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
        Field::new("indicator", "编号", "Key of the record", Kind::Key, |at, out| {
            show(out, format_args!("{}:t{}:{}", at.document.info.id(), at.table_no, at.order));
        }),
        shared::doc(),
        Field::new("table_no", "表序", "Order of the performance table, from 1", Kind::Integer, |at, out| {
            show(out, at.table_no);
        }),
        Field::new("order", "序号", "Order within the table, from 1", Kind::Integer, |at, out| show(out, at.order)),
        Field::new("level1", "一级指标", "First level", Kind::Text, |at, out| out.push_str(&at.indicator.level1)),
        Field::new("level2", "二级指标", "Second level", Kind::Text, |at, out| out.push_str(&at.indicator.level2)),
        Field::new("level3", "三级指标", "Third level", Kind::Text, |at, out| {
            out.push_str(&at.indicator.name.text);
        }),
        Field::new("value_raw", "指标值", "The value as printed", Kind::Text, |at, out| {
            out.push_str(&at.indicator.value.raw.text);
        }),
        Field::new(
            "operator",
            "运算符",
            "The direction of the value",
            Kind::Word(|| words(Operator::ALL)),
            |at, out| {
                text(out, at.indicator.value.operator.map(Operator::as_str));
            },
        ),
        Field::new("number", "数值", "The number in the value", Kind::Number, |at, out| {
            show_some(out, at.indicator.value.number);
        }),
        Field::new("unit", "单位", "The unit in the value", Kind::Text, |at, out| {
            text(out, at.indicator.value.unit.as_deref());
        }),
        Field::new("basis", "指标值设定依据", "Basis of the value", Kind::Text, |at, out| {
            text(out, at.indicator.basis.as_deref());
        }),
        Field::new("last_year", "上年完成值", "Value reached last year", Kind::Text, |at, out| {
            text(out, at.indicator.last_year.as_deref());
        }),
        Field::new("weight", "分值权重", "Weight", Kind::Number, |at, out| show_some(out, at.indicator.weight)),
        Field::new("scoring", "指标赋分规则", "Scoring rule", Kind::Text, |at, out| {
            text(out, at.indicator.scoring.as_deref());
        }),
        Field::new("evidence", "佐证资料", "Evidence to show", Kind::Text, |at, out| {
            text(out, at.indicator.evidence.as_deref());
        }),
        Field::new("notes", "备注", "What is uncertain about the record", Kind::Text, |at, out| {
            if !at.indicator.levels_certain {
                out.push_str("level1 and level2 uncertain");
            }
        }),
        Field::new("levels_certain", "层级确定", "Whether levels 1 and 2 are certain", Kind::Flag, |at, out| {
            show(out, at.indicator.levels_certain);
        }),
        Field::new("level1_weight", "一级指标分值", "Points of the first level", Kind::Number, |at, out| {
            show_some(out, at.indicator.level1_weight);
        }),
        Field::new("activity", "活动", "What of the work the indicator is about", Kind::Text, |at, out| {
            text(out, at.indicator.activity.as_deref());
        }),
        Field::new(
            "nature",
            "指标性质",
            "Measured in words or by a number",
            Kind::Word(|| words(IndicatorNature::ALL)),
            |at, out| {
                text(out, at.indicator.nature.map(IndicatorNature::as_str));
            },
        ),
        Field::new("core", "是否核心指标", "Whether it is a core indicator", Kind::Flag, |at, out| {
            show_some(out, at.indicator.core);
        }),
        Field::new("achieved", "实际完成值", "The value that was reached, as printed", Kind::Text, |at, out| {
            text(out, at.indicator.achieved.as_ref().map(|value| value.raw.text.as_str()));
        }),
        Field::new("achieved_number", "实际完成数值", "The number in it", Kind::Number, |at, out| {
            show_some(out, at.indicator.achieved.as_ref().and_then(|value| value.number));
        }),
        Field::new("achieved_unit", "实际完成单位", "The unit in it", Kind::Text, |at, out| {
            text(out, at.indicator.achieved.as_ref().and_then(|value| value.unit.as_deref()));
        }),
        Field::new("score", "得分", "Score", Kind::Number, |at, out| show_some(out, at.indicator.score)),
        Field::new("deviation", "偏差原因", "Reasons of a deviation and what is done", Kind::Text, |at, out| {
            text(out, at.indicator.deviation.as_deref());
        }),
        Field::new("remark", "指标备注", "The printed remark", Kind::Text, |at, out| {
            text(out, at.indicator.remark.as_deref());
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
        Field::new("fund", "编号", "Key of the record", Kind::Key, |at, out| {
            show(out, format_args!("{}:t{}:f{}", at.document.info.id(), at.table_no, at.order));
        }),
        shared::doc(),
        Field::new("table_no", "表序", "Order of the performance table, from 1", Kind::Integer, |at, out| {
            show(out, at.table_no);
        }),
        Field::new("order", "资金序号", "Order within the table, from 1", Kind::Integer, |at, out| {
            show(out, at.order);
        }),
        Field::new(
            "path",
            "名目",
            "The words that it is printed under, those of its row and then those of its column, joined by `/`",
            Kind::Text,
            |at, out| out.push_str(&at.fund.path.join("/")),
        ),
        Field::new("phase", "阶段", "How far the budget had come", Kind::Word(|| words(Phase::ALL)), |at, out| {
            text(out, at.fund.phase.map(Phase::as_str));
        }),
        Field::new("amount", "金额", "The amount", Kind::Number, |at, out| show(out, at.fund.amount.value)),
        Field::new("money_unit", "单位", "Unit of the amount", Kind::Text, |at, out| {
            out.push_str(at.table.money_unit.as_str());
        }),
        Field::new("content", "主要内容", "What the money of its row is for", Kind::Text, |at, out| {
            text(out, at.fund.content.as_deref());
        }),
        Field::new("outcome", "完成情况", "What became of it", Kind::Text, |at, out| {
            text(out, at.fund.outcome.as_deref());
        }),
        Field::new("execution_rate", "预算执行率", RATE, Kind::Text, |at, out| {
            execution_rate(out, at.fund.execution.as_ref());
        }),
        Field::new("execution_weight", "执行率分值", RATE_WEIGHT, Kind::Number, |at, out| {
            execution_weight(out, at.fund.execution.as_ref());
        }),
        Field::new("execution_score", "执行率得分", RATE_SCORE, Kind::Number, |at, out| {
            execution_score(out, at.fund.execution.as_ref());
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

fn execution_rate(out: &mut String, execution: Option<&BudgetExecution>) {
    text(out, execution.and_then(|execution| execution.rate.as_deref()));
}

fn execution_weight(out: &mut String, execution: Option<&BudgetExecution>) {
    show_some(out, execution.and_then(|execution| execution.weight));
}

fn execution_score(out: &mut String, execution: Option<&BudgetExecution>) {
    show_some(out, execution.and_then(|execution| execution.score));
}
