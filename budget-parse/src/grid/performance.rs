//! Performance targets (绩效目标) as the workbook export of this project lists them: one row a table, one row an indicator.
//!
//! Columns are found by their titles. Of an indicator value only the printed text (指标值) is read; operator, number and
//! unit are made of it by the same grammar as in a text.

use std::collections::BTreeMap;

use budget_document::CellValue;
use budget_model::{
    Amount, BudgetExecution, Decimal, Diagnostic, DiagnosticCode, Indicator, IndicatorNature, IndicatorValue, Label,
    PerformanceDetail, PerformanceFund, PerformanceKind, PerformancePurpose, PerformanceTable, Phase, Place, Unit,
};

use super::records::{self, Records};
use super::sheet::{Field, Sheet};
use crate::number::parse_number;
use crate::performance::value;
use crate::text::{fold, squeeze};

/// Reads the lists among the sheets; what of a row is not understood stays unread.
pub(super) fn read<'s, 'g: 's>(
    sheets: impl Iterator<Item = &'s mut Sheet<'g>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<PerformanceTable> {
    let lists = sheets.filter_map(|sheet| Some((records::kind(sheet)?, sheet)));
    let (mut targets, mut indicators, mut funds) = (Vec::new(), Vec::new(), Vec::new());
    for (kind, sheet) in lists {
        match kind {
            Records::Targets => targets.push(sheet),
            Records::Indicators => indicators.push(sheet),
            Records::Funds => funds.push(sheet),
            Records::Texts | Records::Restated => {}
        }
    }
    // By 表序, which the indicators name.
    let mut tables: BTreeMap<u32, PerformanceTable> = BTreeMap::new();
    for sheet in targets {
        each_record(sheet, |record| {
            let number = record.order()?;
            let table = table(record)?;
            // Of two tables with the same number the second one has no indicators that could be told apart.
            (!tables.contains_key(&number)).then(|| tables.insert(number, table)).map(drop)
        });
    }
    for sheet in indicators {
        each_record(sheet, |record| {
            let table = tables.get_mut(&record.order()?)?;
            let indicator = indicator(record)?;
            if !indicator.levels_certain {
                let name = [indicator.name.text.as_str()];
                let uncertain = Diagnostic::new(DiagnosticCode::IndicatorLevelUncertain, name);
                diagnostics.push(uncertain.at(indicator.name.place));
            }
            table.indicators.push(indicator);
            Some(())
        });
    }
    for sheet in funds {
        each_record(sheet, |record| {
            let table = tables.get_mut(&record.order()?)?;
            table.funds.push(fund(record)?);
            Some(())
        });
    }
    for table in tables.values().filter(|table| table.indicators.is_empty()) {
        let missing = Diagnostic::new(DiagnosticCode::IndicatorIncomplete, [table.title.text.as_str()]);
        diagnostics.push(missing.at(table.title.place));
    }
    tables.into_values().collect()
}

fn table(record: &mut Record<'_, '_>) -> Option<PerformanceTable> {
    let kind = record.word("类别", &PerformanceKind::ALL, PerformanceKind::as_str, PerformanceKind::chinese)?;
    let mut table =
        PerformanceTable::new(kind, record.label("表名").or(record.place().map(|place| Label::new("", place)))?);
    table.purpose = record
        .word("用途", &PerformancePurpose::ALL, PerformancePurpose::as_str, PerformancePurpose::chinese)
        .unwrap_or_default();
    table.unit = record.label("预算单位");
    table.name = record.label("项目名称");
    table.responsible = record.label("负责人");
    table.telephone = record.label("联系电话");
    table.department = record.label("主管部门");
    table.money_unit = record.text("单位").map_or(Unit::Unknown, Unit::from);
    table.total = record.amount("年度预算总额");
    table.fiscal = record.amount("财政拨款");
    table.other = record.amount("其他资金（数值）");
    table.from_above = record.amount("上级安排");
    table.own_level = record.amount("本级安排");
    table.goal = record.label("绩效目标");
    table.achievement = record.label("目标完成情况");
    table.score = record.amount("总得分");
    table.execution = execution(record);
    if let Some(details) = record.label("其他栏目") {
        let lines = details.text.lines().filter_map(|line| line.split_once('：'));
        table.details =
            lines.map(|(caption, text)| PerformanceDetail::new(caption, Label::new(text, details.place))).collect();
    }
    Some(table)
}

/// 预算执行率 and its points.
fn execution(record: &mut Record<'_, '_>) -> Option<BudgetExecution> {
    let mut execution = BudgetExecution::default();
    execution.rate = record.text("预算执行率");
    execution.weight = record.amount("执行率分值").map(|amount| amount.value);
    execution.score = record.amount("执行率得分").map(|amount| amount.value);
    (execution != BudgetExecution::default()).then_some(execution)
}

/// `None` if the row has neither name nor value.
fn indicator(record: &mut Record<'_, '_>) -> Option<Indicator> {
    let (name, raw) = (record.label("三级指标"), record.label("指标值"));
    let place = name.as_ref().or(raw.as_ref())?.place;
    let or_blank = |label: Option<Label>| label.unwrap_or_else(|| Label::new("", place));
    let raw = or_blank(raw);
    let (operator, number, unit) = value::parse(&raw.text);
    let mut indicator = Indicator::new(or_blank(name), IndicatorValue { raw, operator, number, unit });
    indicator.level1 = record.text("一级指标").unwrap_or_default();
    indicator.level2 = record.text("二级指标").unwrap_or_default();
    indicator.levels_certain = record.flag("层级确定").unwrap_or(true);
    let mut number = |title| record.amount(title).map(|amount| amount.value);
    indicator.level1_weight = number("一级指标分值");
    indicator.weight = number("分值权重");
    indicator.score = number("得分");
    indicator.activity = record.text("活动");
    indicator.nature =
        record.word("指标性质", &IndicatorNature::ALL, IndicatorNature::as_str, IndicatorNature::chinese);
    indicator.basis = record.text("指标值设定依据");
    indicator.last_year = record.text("上年完成值");
    indicator.scoring = record.text("指标赋分规则");
    indicator.evidence = record.text("佐证资料");
    indicator.core = record.flag("是否核心指标");
    indicator.achieved = record.label("实际完成值").map(|raw| {
        let (operator, number, unit) = value::parse(&raw.text);
        IndicatorValue { raw, operator, number, unit }
    });
    indicator.deviation = record.text("偏差原因");
    indicator.remark = record.text("指标备注");
    Some(indicator)
}

/// Money that a table divides further.
fn fund(record: &mut Record<'_, '_>) -> Option<PerformanceFund> {
    let path = record.text("名目")?.split('/').map(str::to_owned).collect();
    let mut fund = PerformanceFund::new(path, record.amount("金额")?);
    fund.phase = record.word("阶段", &Phase::ALL, Phase::as_str, Phase::chinese);
    fund.content = record.text("主要内容");
    fund.outcome = record.text("完成情况");
    fund.execution = execution(record);
    Some(fund)
}

/// A row below the titles.
struct Record<'s, 'g> {
    sheet: &'s Sheet<'g>,
    titles: &'s [(String, usize)],
    row: usize,
    /// Columns that hold something else than their title says.
    not_understood: Vec<usize>,
}

impl<'s, 'g> Record<'s, 'g> {
    fn field(&self, title: &str) -> Option<&'s Field<'g>> {
        let title = fold(title);
        let (_, column) = self.titles.iter().find(|(other, _)| *other == title)?;
        self.sheet.at(self.row, *column)
    }

    fn place(&self) -> Option<Place> {
        self.sheet.row(self.row).first().map(Field::place)
    }

    fn label(&self, title: &str) -> Option<Label> {
        self.field(title).map(Field::label)
    }

    fn text(&self, title: &str) -> Option<String> {
        self.label(title).map(|label| label.text)
    }

    /// A word of a list, or its Chinese label.
    fn word<T: Copy>(
        &self,
        title: &str,
        all: &[T],
        word: impl Fn(T) -> &'static str,
        label: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let text = self.text(title)?;
        all.iter().copied().find(|value| word(*value) == text || label(*value) == text)
    }

    fn flag(&self, title: &str) -> Option<bool> {
        match self.text(title)?.to_ascii_lowercase().as_str() {
            "true" | "是" => Some(true),
            "false" | "否" => Some(false),
            _ => None,
        }
    }

    fn amount(&mut self, title: &str) -> Option<Amount> {
        let field = self.field(title)?;
        let value: Option<Decimal> = match &field.cell.value {
            CellValue::Number(number) => Some(*number),
            _ => parse_number(&squeeze(&field.text())),
        };
        if value.is_none() {
            self.not_understood.push(field.column);
        }
        value.map(|value| Amount { value, place: field.place() })
    }

    /// 表序: which performance table the row is about.
    fn order(&self) -> Option<u32> {
        self.text("表序")?.parse().ok()
    }
}

/// Reads the rows below the titles; those that `read` makes something of are taken.
fn each_record<'g>(sheet: &mut Sheet<'g>, mut read: impl FnMut(&mut Record<'_, 'g>) -> Option<()>) {
    let titles: Vec<(String, usize)> = sheet.row(0).iter().map(|field| (field.folded.clone(), field.column)).collect();
    sheet.take_row(0);
    for row in 1..sheet.rows.len() {
        let mut record = Record { sheet, titles: &titles, row, not_understood: Vec::new() };
        let understood = read(&mut record).is_some();
        let not_understood = record.not_understood;
        if understood {
            let columns: Vec<usize> = sheet.row(row).iter().map(|field| field.column).collect();
            for column in columns.into_iter().filter(|column| !not_understood.contains(column)) {
                sheet.take(row, column);
            }
        }
    }
}
