//! Writing a project table as a workbook, next to what rust_xlsxwriter alone needs for the same sheet.
//!
//! Both write the same cells with the same formats and merged ranges, which is asserted before anything is measured. The
//! exporter alone decides from the model what goes where, fits widths and heights to the text, and adds the sheet 说明.

#![allow(clippy::unwrap_used, clippy::float_arithmetic, missing_docs, reason = "a benchmark that cannot go on fails")]

use std::hint::black_box;
use std::io::Cursor;
use std::time::Duration;

use budget_export::{Document, DocumentInfo, ExportOptions, Exporter, MemorySink, XlsxExporter};
use budget_model::{
    Amount, Cell, Column, Decimal, Disclosure, Label, Place, Placement, Role, Row, Table, TableKind, Unit,
};
use calamine::{Data, Reader as _, Xlsx};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

const TITLE: &str = "一般公共预算项目支出情况表";
const COMPILER: &str = "云溪县文化馆";
const NAME: &str = "群众文化";
const COLUMNS: [&str; 11] = [
    "项目支出合计",
    "工资福利支出",
    "商品和服务支出",
    "对个人和家庭的补助",
    "债务利息及费用支出",
    "资本性支出（基本建设）",
    "资本性支出",
    "对企业补助（基本建设）",
    "对企业补助",
    "对社会保障基金补助",
    "其他支出",
];

fn project(row: u32) -> String {
    format!("送戏下乡{row}")
}

/// Column and hundredths of the figures of a row.
fn figures(row: u32) -> [(u16, u32); 2] {
    [(0, 100 + row), (1 + (row % 10) as u16, 100 + row)]
}

fn disclosure(rows: u32) -> Disclosure {
    let label = |text: &str| Label::new(text, Place::Text { page: 1, line: 1, column: 1 });
    let column = |title: &&str| Column::new(*title, *title);
    let cell = |(column, hundredths): (u16, u32)| {
        let amount = Amount { value: Decimal::new(hundredths.into(), 2), place: label("").place };
        Cell::new(column, amount, Placement::Printed)
    };
    let row = |number: u32| {
        let mut row = Row::new(Role::Item, label(NAME));
        row.code = "2070109".parse().ok();
        row.project = Some(label(&project(number)));
        row.cells = figures(number).map(cell).into();
        row
    };
    let mut table = Table::new(TableKind::GeneralProject, label(TITLE));
    table.number = Some(label("表7"));
    table.compiler = Some(label(COMPILER));
    table.unit = Unit::TenThousandYuan;
    table.columns = COLUMNS.iter().map(column).collect();
    table.rows = (0..rows).map(row).collect();
    Disclosure { tables: vec![table], ..Disclosure::default() }
}

fn exported(disclosure: &Disclosure) -> Vec<u8> {
    let info = DocumentInfo::new("document", "document.txt");
    let mut sink = MemorySink::default();
    XlsxExporter::new(ExportOptions::default()).write(Document { info: &info, disclosure }, &mut sink).unwrap();
    sink.files().remove("document.xlsx").unwrap()
}

/// The same sheet with rust_xlsxwriter alone.
fn plain(rows: u32) -> Result<Vec<u8>, XlsxError> {
    let grid = || Format::new().set_font_name("宋体").set_font_size(10).set_border(FormatBorder::Thin);
    let line = Format::new().set_font_name("宋体").set_font_size(10).set_text_wrap();
    let header = grid().set_align(FormatAlign::Center).set_text_wrap();
    let code = grid().set_align(FormatAlign::Center);
    let name = grid().set_text_wrap();
    let indented = grid().set_text_wrap().set_indent(2);
    let money = grid().set_align(FormatAlign::Right).set_num_format("#,##0.00");
    let last = 4 + COLUMNS.len() as u16;
    let mut workbook = Workbook::new();
    let sheet: &mut Worksheet = workbook.add_worksheet().set_name("表7 项目支出")?;
    sheet.merge_range(0, 0, 0, last, "表7", &line)?;
    sheet.merge_range(1, 0, 1, last, TITLE, &line)?;
    sheet.merge_range(2, 0, 2, last - 1, &format!("编制部门：{COMPILER}"), &line)?;
    sheet.write_string_with_format(2, last, "单位：万元", &line)?;
    sheet.merge_range(3, 0, 3, 2, "功能分类科目编码", &header)?;
    for (column, word) in (0..).zip(["类", "款", "项"]) {
        sheet.write_string_with_format(4, column, word, &header)?;
    }
    for (column, word) in (3..).zip(["功能分类科目名称", "项目名称"].iter().chain(&COLUMNS)) {
        sheet.merge_range(3, column, 4, column, word, &header)?;
    }
    for column in 0..=last {
        let number = if column < 5 { "※".to_owned() } else { (column - 4).to_string() };
        sheet.write_string_with_format(5, column, number, &code)?;
    }
    for row in 0..rows {
        let at = row + 6;
        for column in (5..=last).filter(|column| figures(row).iter().all(|(figure, _)| figure + 5 != *column)) {
            sheet.write_blank(at, column, &name)?;
        }
        for (column, part) in (0..).zip(["207", "01", "09"]) {
            sheet.write_string_with_format(at, column, part, &code)?;
        }
        sheet.write_string_with_format(at, 3, NAME, &indented)?;
        sheet.write_string_with_format(at, 4, project(row), &name)?;
        for (column, hundredths) in figures(row) {
            sheet.write_number_with_format(at, 5 + column, f64::from(hundredths) / 100.0, &money)?;
        }
    }
    workbook.save_to_buffer()
}

/// The cells of the first sheet that hold something, and its merged ranges.
fn content(workbook: &[u8]) -> (Vec<(usize, usize, Data)>, usize) {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(workbook)).unwrap();
    let name = workbook.sheet_names().remove(0);
    let range = workbook.worksheet_range(&name).unwrap();
    let merges = workbook.merge_cells_by_sheet_name(&name).unwrap().len();
    (range.used_cells().map(|(row, column, value)| (row, column, value.clone())).collect(), merges)
}

fn write(criterion: &mut Criterion) {
    for rows in [100, 10_000] {
        let disclosure = disclosure(rows);
        assert!(content(&exported(&disclosure)) == content(&plain(rows).unwrap()), "both write the same cells");
        let mut group = criterion.benchmark_group(format!("write {rows} rows"));
        group.throughput(Throughput::Elements(rows.into())).sample_size(10);
        group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
        group.bench_function("budget-export", |bench| bench.iter(|| exported(black_box(&disclosure))));
        group.bench_function("rust_xlsxwriter", |bench| bench.iter(|| plain(black_box(rows)).unwrap()));
        group.finish();
    }
}

criterion_group!(benches, write);
criterion_main!(benches);
