//! Reading a project table as a page, up to the finished model.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark that cannot go on fails")]

use std::fmt::Write;
use std::hint::black_box;
use std::time::Duration;

use budget_parse::{Limits, Reader, Registry};
use budget_parse_html::HtmlReader;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// An expenditure table of so many rows, with the attributes that exports have.
fn page(rows: u32) -> String {
    let mut page =
        String::from("<html><body><p>部门支出总体情况表</p><p>编制部门：云溪县文化馆 单位：万元</p><table border=1>");
    page += "<tr><td>科目编码</td><td>科目名称</td><td>合计</td><td>基本支出</td><td>项目支出</td></tr>";
    for row in 0..rows {
        let cell = "<td class=xl24 style='border:.5pt solid windowtext'>";
        let (name, amount) = ("群众文化", f64::from(row + 1));
        let _ = writeln!(
            page,
            "<tr>{cell}2070109</td>{cell}{name}</td>{cell}{amount:.2}</td>{cell}{amount:.2}</td>{cell}</td></tr>"
        );
    }
    page + "</table></body></html>"
}

fn read(criterion: &mut Criterion) {
    let registry = Registry::new().with_reader(HtmlReader);
    for rows in [100, 10_000] {
        let page = page(rows);
        let mut group = criterion.benchmark_group(format!("read {rows} rows"));
        group.throughput(Throughput::Bytes(page.len() as u64)).sample_size(10);
        group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
        group.bench_function("cells", |bench| {
            bench.iter(|| HtmlReader.read(black_box(page.as_bytes()), &Limits::default()).unwrap());
        });
        group.bench_function("document", |bench| {
            bench.iter(|| registry.read(black_box(page.as_bytes()), None).unwrap())
        });
        group.finish();
    }
}

criterion_group!(benches, read);
criterion_main!(benches);
