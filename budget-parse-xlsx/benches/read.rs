//! Reading a project table, next to what calamine alone needs for the same cells, and up to the finished model.
//!
//! calamine hands out values. The reader adds exact decimals, how they are shown, merged ranges, comments and what is hidden.

#![allow(clippy::unwrap_used, clippy::float_arithmetic, missing_docs, reason = "a benchmark that cannot go on fails")]

use std::hint::black_box;
use std::io::Cursor;
use std::time::Duration;

use budget_parse::{Limits, Reader, Registry};
use budget_parse_xlsx::WorkbookReader;
use calamine::{Reader as _, Xlsx};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rust_xlsxwriter::{Format, Workbook};

/// A project table of so many rows: codes, names, a project, eleven columns of figures, most of them blank.
fn workbook(rows: u32) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let money = Format::new().set_num_format("#,##0.00");
    let sheet = workbook.add_worksheet().set_name("表7").unwrap();
    sheet.write_string(0, 0, "一般公共预算项目支出情况表").unwrap();
    let header = [
        "类",
        "款",
        "项",
        "科目名称",
        "项目名称",
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
    for (column, word) in (0..).zip(header) {
        sheet.write_string(1, column, word).unwrap();
    }
    for row in 2..rows + 2 {
        for (column, part) in (0..).zip(["207", "01", "09"]) {
            sheet.write_string(row, column, part).unwrap();
        }
        sheet.write_string(row, 3, "群众文化").unwrap();
        sheet.write_string(row, 4, format!("项目{row}")).unwrap();
        for column in [5, 6 + (row % 10) as u16] {
            sheet.write_number_with_format(row, column, f64::from(row) / 100.0, &money).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// What calamine needs to read all cells.
fn calamine_alone(content: &[u8]) -> usize {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(content)).unwrap();
    let names = workbook.sheet_names();
    names.iter().map(|name| workbook.worksheet_range(name).unwrap().used_cells().count()).sum()
}

fn read(criterion: &mut Criterion) {
    let registry = Registry::new().with_reader(WorkbookReader);
    for rows in [100, 10_000] {
        let content = workbook(rows);
        assert_eq!(registry.read(&content, None).unwrap().tables[0].rows.len(), rows as usize);
        let mut group = criterion.benchmark_group(format!("read {rows} rows"));
        group.throughput(Throughput::Elements(u64::from(rows))).sample_size(10);
        group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
        group.bench_function("cells", |bench| {
            bench.iter(|| WorkbookReader.read(black_box(&content), &Limits::default()).unwrap());
        });
        group.bench_function("cells, calamine alone", |bench| bench.iter(|| calamine_alone(black_box(&content))));
        group.bench_function("document", |bench| bench.iter(|| registry.read(black_box(&content), None).unwrap()));
        group.finish();
    }
}

criterion_group!(benches, read);
criterion_main!(benches);
