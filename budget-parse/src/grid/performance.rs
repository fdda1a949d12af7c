//! Performance targets (绩效目标) as the workbook export of this project lists them: one row a table, one row an indicator.
//!
//! Columns are found by their titles. Of an indicator value only the printed text (指标值) is read; operator, number and
//! unit are made of it by the same grammar as in a text.

use std::collections::BTreeMap;

use budget_document::CellValue;
use budget_model::{
    Amount, Decimal, Diagnostic, DiagnosticCode, Indicator, IndicatorValue, Label, PerformanceKind, PerformanceTable,
    Place, Unit,
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
    let (mut targets, mut indicators) = (Vec::new(), Vec::new());
    for (kind, sheet) in lists {
        match kind {
            Records::Targets => targets.push(sheet),
            Records::Indicators => indicators.push(sheet),
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
    for table in tables.values().filter(|table| table.indicators.is_empty()) {
        let missing = Diagnostic::new(DiagnosticCode::IndicatorIncomplete, [table.title.text.as_str()]);
        diagnostics.push(missing.at(table.title.place));
    }
    tables.into_values().collect()
}

fn table(record: &mut Record<'_, '_>) -> Option<PerformanceTable> {
    let kinds = [PerformanceKind::Overall, PerformanceKind::Project];
    let kind = record.text("类别").and_then(|word| kinds.into_iter().find(|kind| kind.as_str() == word))?;
    Some(PerformanceTable {
        kind,
        title: record.label("表名").or(record.place().map(|place| Label::new("", place)))?,
        unit: record.label("预算单位"),
        name: record.label("项目名称"),
        responsible: record.label("负责人"),
        telephone: record.label("联系电话"),
        money_unit: record.text("单位").map_or(Unit::Unknown, Unit::from),
        total: record.amount("年度预算总额"),
        fiscal: record.amount("财政拨款"),
        other: record.amount("其他资金（数值）"),
        from_above: record.amount("上级安排"),
        own_level: record.amount("本级安排"),
        goal: record.label("绩效目标"),
        indicators: Vec::new(),
    })
}

/// `None` if the row has neither name nor value.
fn indicator(record: &mut Record<'_, '_>) -> Option<Indicator> {
    let (name, raw) = (record.label("三级指标"), record.label("指标值"));
    let place = name.as_ref().or(raw.as_ref())?.place;
    let or_blank = |label: Option<Label>| label.unwrap_or_else(|| Label::new("", place));
    let raw = or_blank(raw);
    let (operator, number, unit) = value::parse(&raw.text);
    Some(Indicator {
        level1: record.text("一级指标").unwrap_or_default(),
        level2: record.text("二级指标").unwrap_or_default(),
        levels_certain: record.text("层级确定").is_none_or(|flag| !flag.eq_ignore_ascii_case("false")),
        name: or_blank(name),
        value: IndicatorValue { raw, operator, number, unit },
        basis: record.text("指标值设定依据"),
        last_year: record.text("上年完成值"),
        weight: record.amount("分值权重").map(|amount| amount.value),
        scoring: record.text("指标赋分规则"),
        evidence: record.text("佐证资料"),
    })
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
