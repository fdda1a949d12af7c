//! The header of a sheet: words above several columns or rows are merged cells.

use budget_model::{Column, TableKind};
use budget_parse::text::fold;
use budget_parse::{Shape, TableForm};
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{is_economic, merge};
use crate::Config;
use crate::config::Codes;
use crate::wear::Wear;

/// A grid of rows; a table with two sides has two next to each other.
pub(super) struct Block {
    /// The first column of the sheet it uses.
    pub(super) left: u16,
    /// Columns of codes.
    pub(super) codes: u16,
    /// The column of names.
    pub(super) name: u16,
    /// The first column of figures.
    pub(super) first_figure: u16,
    /// Columns of figures.
    pub(super) columns: u16,
    /// The words above all of it.
    title: Option<&'static str>,
}

/// The header of a form.
pub(super) struct Header<'h> {
    form: &'h TableForm,
    codes: Codes,
    number_row: bool,
    wear: Option<Wear>,
    pub(super) blocks: Vec<Block>,
}

impl<'h> Header<'h> {
    pub(super) fn new(form: &'h TableForm, config: &Config) -> Self {
        let codes = config.sheets.codes;
        let columns = form.columns.len() as u16;
        let block = |left, codes, projects: bool, columns, title| {
            let name = left + codes;
            Block { left, codes, name, first_figure: name + 1 + u16::from(projects), columns, title }
        };
        let code_columns = match codes {
            Codes::Joined => 1,
            Codes::Levels if is_economic(form.kind) => 2,
            Codes::Levels => 3,
        };
        let blocks = match form.shape {
            Shape::TwoSided => {
                let (revenue, expenditure) = side_titles(form);
                vec![block(0, 0, false, 1, Some(revenue)), block(2, 0, false, columns, Some(expenditure))]
            }
            Shape::Classified => vec![block(0, code_columns, false, columns, None)],
            Shape::Projects => vec![block(0, code_columns, true, columns, None)],
            // A row without a name has no column for one, either: the column stays empty.
            Shape::Labelled | Shape::Listed | Shape::SingleRow => vec![block(0, 0, false, columns, None)],
        };
        Self { form, codes, number_row: config.habits.number_row, wear: config.wear, blocks }
    }

    /// How many columns of the sheet are in use.
    pub(super) fn width(&self) -> u16 {
        self.blocks.last().map_or(1, |block| block.first_figure + block.columns)
    }

    /// Writes the header from a row on; returns the row below it.
    pub(super) fn write(&self, sheet: &mut Worksheet, top: u32) -> Result<u32, XlsxError> {
        let has_codes = self.blocks.iter().any(|block| block.codes > 1);
        let levels = self.form.columns.iter().map(|column| column.header.len().max(1)).max().unwrap_or(1);
        let depth = levels.max(if has_codes { 2 } else { 1 }) as u32;
        let mut first = top;
        if self.blocks.iter().any(|block| block.title.is_some()) {
            for block in &self.blocks {
                let right = block.first_figure + block.columns - 1;
                merge(sheet, (top, block.left, top, right), block.title.unwrap_or_default())?;
            }
            first += 1;
        }
        let bottom = first + depth - 1;
        for block in &self.blocks {
            self.names(sheet, block, first, bottom)?;
            self.columns(sheet, block, first, bottom)?;
        }
        if self.number_row && !matches!(self.form.shape, Shape::TwoSided | Shape::SingleRow) {
            self.numbers(sheet, bottom + 1)?;
            return Ok(bottom + 2);
        }
        Ok(bottom + 1)
    }

    fn names(&self, sheet: &mut Worksheet, block: &Block, top: u32, bottom: u32) -> Result<(), XlsxError> {
        let word = |words: &[&'static str]| {
            words.iter().copied().find(|word| self.form.words.contains(&fold(word))).unwrap_or_default()
        };
        if block.codes > 0 {
            let title = word(&["功能分类科目编码", "部门预算经济分类科目编码", "经济分类科目编码", "科目编码"]);
            let right = block.name - 1;
            match self.codes {
                Codes::Joined => merge(sheet, (top, block.left, bottom, right), title)?,
                Codes::Levels => {
                    merge(sheet, (top, block.left, bottom - 1, right), title)?;
                    for (column, level) in (block.left..=right).zip(["类", "款", "项"]) {
                        sheet.write_string(bottom, column, level)?;
                    }
                }
            }
        }
        let name = match (self.form.shape, block.left) {
            (Shape::TwoSided, 0) | (Shape::Listed, _) => "项目",
            (Shape::TwoSided, _) if self.form.words.contains(&fold("功能分类")) => "功能分类",
            (Shape::TwoSided, _) => "项目",
            (Shape::Labelled, _) => "“三公”经费支出内容",
            (Shape::SingleRow, _) => return Ok(()),
            _ => word(&["功能分类科目名称", "经济分类科目名称", "科目名称", "科目"]),
        };
        merge(sheet, (top, block.name, bottom, block.name), name)?;
        if self.form.shape == Shape::Projects {
            merge(sheet, (top, block.name + 1, bottom, block.name + 1), "项目名称")?;
        }
        Ok(())
    }

    /// The words of the columns: neighbours that share their first words share a cell.
    fn columns(&self, sheet: &mut Worksheet, block: &Block, top: u32, bottom: u32) -> Result<(), XlsxError> {
        let columns: Vec<&Column> = self.form.columns.iter().take(usize::from(block.columns)).collect();
        if let (Some(first), true) = (columns.first(), block.title.is_some() && block.columns == 1) {
            // The side with one column has one word only.
            let word = if first.header.len() > 1 { "预算数" } else { leaf(first) };
            return merge(sheet, (top, block.first_figure, bottom, block.first_figure), word);
        }
        for level in 0..=(bottom - top) as usize {
            let row = top + level as u32;
            let mut at = 0;
            while let Some(column) = columns.get(at) {
                let left = block.first_figure + at as u16;
                let levels = column.header.len().max(1);
                if level + 1 == levels {
                    merge(sheet, (row, left, bottom, left), leaf(column))?;
                    at += 1;
                } else if let Some(words) = column.header.get(..=level).filter(|_| level + 1 < levels) {
                    let same = |other: &&&Column| {
                        other.header.len() > words.len() && other.header.get(..=level) == Some(words)
                    };
                    let count = columns.iter().skip(at).take_while(same).count().max(1);
                    let word = words.last().map_or("", String::as_str);
                    merge(sheet, (row, left, row, left + count as u16 - 1), word)?;
                    at += count;
                } else {
                    at += 1;
                }
            }
        }
        Ok(())
    }

    /// `※ ※ ※ ※ 1 2 3`
    fn numbers(&self, sheet: &mut Worksheet, row: u32) -> Result<(), XlsxError> {
        for block in &self.blocks {
            let stars = "※ ".repeat(usize::from(block.first_figure - block.left));
            let marks = self.wear.map_or_else(|| stars.clone(), |wear| wear.of_words(&stars));
            for (column, mark) in (block.left..block.first_figure).zip(marks.split(' ')) {
                sheet.write_string(row, column, mark)?;
            }
            for column in 0..block.columns {
                sheet.write_number(row, block.first_figure + column, f64::from(column + 1))?;
            }
        }
        Ok(())
    }
}

fn leaf(column: &Column) -> &str {
    column.header.last().map_or(&column.label, |word| word)
}

fn side_titles(form: &TableForm) -> (&'static str, &'static str) {
    match form.kind {
        TableKind::Appropriation => ("财政拨款收入", "财政拨款支出"),
        _ if form.words.contains(&fold("本年收入")) => ("本年收入", "本年支出"),
        _ => ("收入", "支出"),
    }
}
