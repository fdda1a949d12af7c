//! Performance targets in their printed form: labels and values in merged cells, the levels merged down their indicators.

use budget_model::{Amount, Decimal, Indicator, Label, PerformanceKind, PerformanceTable};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::{merge, write_amount};
use crate::tables::scope_word;
use crate::text::{OVERALL_HEADER, PROJECT_HEADER};
use crate::{Books, Config};

/// A form a sheet, or all of them below each other.
pub(super) fn write(
    workbook: &mut Workbook,
    tables: &[PerformanceTable],
    books: &Books,
    config: &Config,
) -> Result<(), XlsxError> {
    let on_a_sheet = if config.sheets.targets_share_a_sheet { tables.len().max(1) } else { 1 };
    for (number, tables) in (1..).zip(tables.chunks(on_a_sheet)) {
        let sheet = workbook.add_worksheet().set_name(format!("绩效目标表{number}"))?;
        let mut form = Form { sheet, config, row: 0 };
        for table in tables {
            form.write(table, books)?;
        }
    }
    Ok(())
}

/// A form that is being written.
struct Form<'s> {
    sheet: &'s mut Worksheet,
    config: &'s Config,
    row: u32,
}

/// What stands in a cell.
enum Value<'v> {
    Word(&'v str),
    Amount(&'v Option<Amount>),
}

use Value::Word;

impl Form<'_> {
    fn write(&mut self, table: &PerformanceTable, books: &Books) -> Result<(), XlsxError> {
        let header = match table.kind {
            PerformanceKind::Overall => OVERALL_HEADER,
            PerformanceKind::Project => PROJECT_HEADER,
        };
        let last = header.len() as u16 - 1;
        self.line(&[(0, last, Word(&table.title.text))])?;
        self.line(&[(0, last, Word(&format!("（{}年）", books.year)))])?;
        match table.kind {
            PerformanceKind::Overall => self.overall(table)?,
            PerformanceKind::Project => self.project(table)?,
        }
        self.line(&(0..).zip(header).map(|(column, word)| (column, column, Word(word))).collect::<Vec<_>>())?;
        self.indicators(table)?;
        // A blank row parts it from the next one.
        self.row += 1;
        Ok(())
    }

    fn project(&mut self, table: &PerformanceTable) -> Result<(), XlsxError> {
        self.line(&[(0, 1, Word("预算单位")), (2, 8, text(&table.unit))])?;
        self.line(&[
            (0, 1, Word("项目名称")),
            (2, 5, text(&table.name)),
            (6, 6, Word("项目负责人")),
            (7, 8, text(&table.responsible)),
        ])?;
        self.line(&[
            (0, 1, Word("项目资金（万元）")),
            (2, 2, Word("年度预算总额")),
            (3, 3, Value::Amount(&table.total)),
            (4, 4, Word("其中：财政拨款")),
            (5, 5, Value::Amount(&table.fiscal)),
            (6, 6, Word("其他资金")),
            (7, 8, Value::Amount(&table.other)),
        ])?;
        self.line(&[(0, 1, Word("项目总体目标")), (2, 8, text(&table.goal))])
    }

    fn overall(&mut self, table: &PerformanceTable) -> Result<(), XlsxError> {
        let scope = scope_word(self.config.scope);
        self.line(&[(0, 0, Word(&format!("{scope}名称（盖章）"))), (1, 5, text(&table.unit))])?;
        self.line(&[
            (0, 0, Word(&format!("{scope}联系人"))),
            (1, 2, text(&table.responsible)),
            (3, 3, Word("联系电话")),
            (4, 5, text(&table.telephone)),
        ])?;
        self.line(&[(0, 0, Word("年度绩效目标")), (1, 5, text(&table.goal))])?;
        merge(self.sheet, (self.row, 0, self.row + 3, 0), "年度预算（万元）")?;
        self.line(&[(1, 3, Word("资金来源")), (4, 5, Word("资金总额（万元）"))])?;
        merge(self.sheet, (self.row, 1, self.row + 1, 1), "财政资金（万元）")?;
        self.line(&[(2, 3, Word("上级安排")), (4, 5, Value::Amount(&table.from_above))])?;
        self.line(&[(2, 3, Word("本级安排")), (4, 5, Value::Amount(&table.own_level))])?;
        self.line(&[(1, 1, Word("其他资金（万元）")), (2, 3, Word("其他")), (4, 5, Value::Amount(&table.other))])
    }

    /// The indicators; a level stands in the first row of its block, and is merged down it if the habits say so.
    fn indicators(&mut self, table: &PerformanceTable) -> Result<(), XlsxError> {
        let first = |one: &Indicator, next: &Indicator| one.level1 == next.level1;
        let second = |one: &Indicator, next: &Indicator| first(one, next) && one.level2 == next.level2;
        let mut top = self.row;
        for block in table.indicators.chunk_by(first) {
            self.level((top, 0), block, |indicator| &indicator.level1)?;
            for block in block.chunk_by(second) {
                self.level((top, 1), block, |indicator| &indicator.level2)?;
                top += block.len() as u32;
            }
        }
        for indicator in &table.indicators {
            let mut words = vec![&indicator.name.text, &indicator.value.raw.text];
            let weight = indicator.weight.map(|weight| weight.to_string());
            let in_order = match table.kind {
                PerformanceKind::Overall => vec![&indicator.basis, &weight],
                PerformanceKind::Project => {
                    vec![&indicator.basis, &indicator.last_year, &weight, &indicator.scoring, &indicator.evidence]
                }
            };
            let blank = String::new();
            words.extend(in_order.into_iter().map(|word| word.as_ref().unwrap_or(&blank)));
            let cells = (2..).zip(words).filter(|(_, word)| !word.is_empty());
            self.line(&cells.map(|(column, word)| (column, column, Word(word))).collect::<Vec<_>>())?;
        }
        Ok(())
    }

    fn level(
        &mut self,
        (top, column): (u32, u16),
        block: &[Indicator],
        level: fn(&Indicator) -> &String,
    ) -> Result<(), XlsxError> {
        let below = if self.config.sheets.levels_are_merged { block.len() as u32 - 1 } else { 0 };
        merge(self.sheet, (top, column, top + below, column), block.first().map_or("", |first| level(first)))
    }

    /// Cells from a column to another, and the next row.
    fn line(&mut self, cells: &[(u16, u16, Value<'_>)]) -> Result<(), XlsxError> {
        for (left, right, value) in cells {
            match value {
                Word(word) => merge(self.sheet, (self.row, *left, self.row, *right), word)?,
                Value::Amount(amount) => {
                    let value = amount.as_ref().map_or(Decimal::ZERO, |amount| amount.value);
                    write_amount(self.sheet, (self.row, *left), value, self.config)?;
                }
            }
        }
        self.row += 1;
        Ok(())
    }
}

fn text(label: &Option<Label>) -> Value<'_> {
    Word(label.as_ref().map_or("", |label| &label.text))
}
