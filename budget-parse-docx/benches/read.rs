//! Reading a table of projects in a Word document, up to lines and grids and up to the finished model.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark that cannot go on fails")]

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;
use std::time::Duration;

use budget_parse::{Limits, Reader, Registry};
use budget_parse_docx::WordReader;
use common::{docx, p};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// A project table of so many rows: codes, names, a project, three columns of figures.
fn document(rows: u32) -> Vec<u8> {
    let row = |cells: &[&str]| {
        let cells: String = cells.iter().map(|cell| format!("<w:tc><w:tcPr/>{}</w:tc>", p(cell))).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    let mut table = row(&["类", "款", "项", "科目名称", "项目名称", "项目支出合计", "工资福利支出", "商品和服务支出"]);
    for number in 1..=rows {
        let (project, amount) = (format!("项目{number}"), format!("{number}.00"));
        table.push_str(&row(&["207", "01", "09", "群众文化", &project, &amount, "", &amount]));
    }
    docx(&format!("{}<w:tbl>{table}</w:tbl>", p("一般公共预算项目支出情况表")))
}

fn read(criterion: &mut Criterion) {
    let registry = Registry::new().with_reader(WordReader);
    for rows in [100, 10_000] {
        let content = document(rows);
        assert_eq!(registry.read(&content, None).unwrap().tables[0].rows.len(), rows as usize);
        let mut group = criterion.benchmark_group(format!("read {rows} rows"));
        group.throughput(Throughput::Elements(u64::from(rows))).sample_size(10);
        group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
        group.bench_function("grids", |bench| {
            bench.iter(|| WordReader.read(black_box(&content), &Limits::default()).unwrap());
        });
        group.bench_function("document", |bench| bench.iter(|| registry.read(black_box(&content), None).unwrap()));
        group.finish();
    }
}

criterion_group!(benches, read);
criterion_main!(benches);
