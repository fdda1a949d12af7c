//! The text as sheets with a line a row, and the performance targets as lists with a table or an indicator a row.

use budget_model::{Disclosure, Label, Section};
use rust_xlsxwriter::{Workbook, XlsxError};

use crate::text::{TABLES, heading};

/// The parts in front of the tables, the heading of their part included.
pub(super) fn before(workbook: &mut Workbook, disclosure: &Disclosure) -> Result<(), XlsxError> {
    let end = tables(disclosure);
    lines(workbook, "概况", disclosure.sections.get(..end).unwrap_or_default(), &[])
}

/// The parts behind the tables.
pub(super) fn behind(workbook: &mut Workbook, disclosure: &Disclosure) -> Result<(), XlsxError> {
    let sign_off = disclosure.sign_off.iter().flat_map(|sign_off| sign_off.name.iter().chain(&sign_off.date));
    let sections = disclosure.sections.get(tables(disclosure)..).unwrap_or_default();
    lines(workbook, "说明", sections, &sign_off.collect::<Vec<_>>())?;
    targets(workbook, disclosure)
}

/// How many sections there are up to the tables.
fn tables(disclosure: &Disclosure) -> usize {
    disclosure.sections.iter().position(|section| section.path == TABLES).map_or(0, |index| index + 1)
}

fn lines(workbook: &mut Workbook, name: &str, sections: &[Section], more: &[&Label]) -> Result<(), XlsxError> {
    let of_section = |section: &Section| {
        let paragraphs = section.paragraphs.iter().map(|paragraph| paragraph.text.clone());
        std::iter::once(heading(section)).chain(paragraphs).collect::<Vec<_>>()
    };
    let all: Vec<String> =
        sections.iter().flat_map(of_section).chain(more.iter().map(|label| label.text.clone())).collect();
    if all.is_empty() {
        return Ok(());
    }
    let sheet = workbook.add_worksheet().set_name(name)?;
    for (row, line) in (0..).zip(&all) {
        sheet.write_string(row, 0, line)?;
    }
    Ok(())
}

const TARGETS: &[&str] = &[
    "表序",
    "类别",
    "预算单位",
    "项目名称",
    "负责人",
    "联系电话",
    "年度预算总额",
    "财政拨款",
    "其他资金（数值）",
    "上级安排",
    "本级安排",
    "单位",
    "绩效目标",
    "表名",
];

const INDICATORS: &[&str] = &[
    "表序",
    "序号",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "指标值设定依据",
    "上年完成值",
    "分值权重",
    "指标赋分规则",
    "佐证资料",
];

fn targets(workbook: &mut Workbook, disclosure: &Disclosure) -> Result<(), XlsxError> {
    let label = |label: &Option<Label>| label.as_ref().map_or(String::new(), |label| label.text.clone());
    let (mut targets, mut indicators) = (Vec::new(), Vec::new());
    for (number, table) in (1..).zip(&disclosure.performance) {
        let number = i32::to_string(&number);
        let mut row = vec![number.clone(), table.kind.as_str().to_owned()];
        row.extend([&table.unit, &table.name, &table.responsible, &table.telephone].map(label));
        let amounts = [&table.total, &table.fiscal, &table.other, &table.from_above, &table.own_level];
        row.extend(amounts.map(|amount| amount.as_ref().map_or(String::new(), |amount| amount.value.to_string())));
        row.extend([table.money_unit.to_string(), label(&table.goal), table.title.text.clone()]);
        targets.push(row);
        for (position, indicator) in (1..).zip(&table.indicators) {
            let word = |word: &Option<String>| word.clone().unwrap_or_default();
            indicators.push(vec![
                number.clone(),
                i32::to_string(&position),
                indicator.level1.clone(),
                indicator.level2.clone(),
                indicator.name.text.clone(),
                indicator.value.raw.text.clone(),
                word(&indicator.basis),
                word(&indicator.last_year),
                indicator.weight.map_or(String::new(), |weight| weight.to_string()),
                word(&indicator.scoring),
                word(&indicator.evidence),
            ]);
        }
    }
    list(workbook, "绩效目标", TARGETS, &targets)?;
    list(workbook, "绩效指标", INDICATORS, &indicators)
}

/// A sheet of rows below titles; none if there are no rows. An empty cell is left out.
fn list(workbook: &mut Workbook, name: &str, titles: &[&str], rows: &[Vec<String>]) -> Result<(), XlsxError> {
    if rows.is_empty() {
        return Ok(());
    }
    let sheet = workbook.add_worksheet().set_name(name)?;
    sheet.write_row(0, 0, titles.iter().copied())?;
    for (at, row) in (1..).zip(rows) {
        for (column, text) in (0..).zip(row).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(at, column, text)?;
        }
    }
    Ok(())
}
