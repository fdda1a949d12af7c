//! What a document costs, stage by stage, over generated documents; and how reading grows with the rows of a table.
//!
//! Times are those of one core. `docs/performance.md` has results.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark that cannot go on fails")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

use budget_export::{
    CsvExporter, Document, DocumentInfo, ExportOptions, Exporter, JsonExporter, MemorySink, XlsxExporter, to_json,
};
use budget_parse_text::read_text;
use budget_rules::Checker;
use budget_testkit::{Books, Config, disclosure, text};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// The allocator of the `budget` command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Documents of one layout with all habits varied.
const DOCUMENTS: u64 = 64;

fn documents() -> Vec<String> {
    let document = |seed| {
        let config = Config::random_of("xinjiang-2025", seed);
        let books = Books::random(seed, &config);
        text(&disclosure(&books, &config), &books, &config)
    };
    (0..DOCUMENTS).map(document).collect()
}

fn stages(criterion: &mut Criterion) {
    let texts = documents();
    let read: Vec<_> = texts.iter().map(|text| read_text(text.as_bytes()).unwrap()).collect();
    let checker = Checker::new();
    let info = DocumentInfo::new("document", "document.txt");
    let compact = ExportOptions { compact: true, ..ExportOptions::default() };

    let mut group = criterion.benchmark_group("documents");
    group.throughput(Throughput::Elements(DOCUMENTS));
    group.bench_function("read", |bencher| {
        bencher.iter(|| texts.iter().for_each(|text| drop(black_box(read_text(text.as_bytes())))));
    });
    group.bench_function("check", |bencher| {
        bencher.iter(|| read.iter().for_each(|disclosure| drop(black_box(checker.check(disclosure)))));
    });
    let exporters: [(&str, Box<dyn Exporter>); 3] = [
        ("write JSON", Box::new(JsonExporter::new(compact))),
        ("write CSV", Box::new(CsvExporter::default())),
        ("write XLSX", Box::new(XlsxExporter::default())),
    ];
    for (name, exporter) in &exporters {
        group.bench_function(*name, |bencher| {
            bencher.iter(|| {
                for disclosure in &read {
                    let mut sink = MemorySink::default();
                    exporter.write(Document { info: &info, disclosure }, &mut sink).unwrap();
                    black_box(sink);
                }
            });
        });
    }
    group.bench_function("read, check, write JSON", |bencher| {
        let mut json = Vec::new();
        bencher.iter(|| {
            for text in &texts {
                let disclosure = read_text(text.as_bytes()).unwrap();
                black_box(checker.check(&disclosure));
                json.clear();
                to_json(Document { info: &info, disclosure: &disclosure }, compact, &mut json).unwrap();
                black_box(&json);
            }
        });
    });
    group.finish();
}

/// A table of expenditure with a number of items in one group.
fn table(rows: u32) -> String {
    let total = format!("{rows}.00");
    let mut text = format!(
        "第二部分 2025年部门预算公开表\n表 3\n部门支出总体情况表\n编制部门：云溪县文化馆 单位：万元\n科目 支出预算\n类 款 项\n\
         功能分类科目名称 合计 基本支出 项目支出\n※ ※ ※ ※ 1 2 3\n总计 {total} {total}\n\
         207 文化旅游体育与传媒支出 {total} {total}\n207 01 文化和旅游 {total} {total}\n"
    );
    for row in 0..rows {
        writeln!(text, "207 01 {:02} 群众文化 1.00 1.00", 1 + row % 99).unwrap();
    }
    text
}

fn rows(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rows of a table");
    for rows in [10, 100, 1_000, 10_000] {
        let text = table(rows);
        group.throughput(Throughput::Elements(rows.into()));
        group.bench_function(rows.to_string(), |bencher| bencher.iter(|| read_text(black_box(text.as_bytes()))));
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).measurement_time(Duration::from_secs(4)).warm_up_time(Duration::from_secs(1));
    targets = stages, rows
}
criterion_main!(benches);
