//! How long a document takes, beside the UTF-8 validation of the same bytes as the floor.

#![allow(missing_docs, clippy::expect_used)]

use std::hint::black_box;
use std::path::PathBuf;

use budget_parse_text::read_text;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// The sample of this repository, and the documents of `BUDGET_SEEDS_DIR` where there are some.
fn documents() -> Vec<(String, Vec<u8>)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut paths = vec![root.join("examples/disclosure.txt")];
    let seeds = std::env::var_os("BUDGET_SEEDS_DIR").map_or_else(|| root.join("../shared/seeds"), PathBuf::from);
    let entries = std::fs::read_dir(seeds).into_iter().flatten().flatten();
    paths.extend(entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "txt")));
    paths.sort();
    paths
        .into_iter()
        .filter_map(|path| Some((path.file_stem()?.to_string_lossy().into_owned(), std::fs::read(&path).ok()?)))
        .collect()
}

fn read(criterion: &mut Criterion) {
    let documents = documents();
    let mut group = criterion.benchmark_group("read");
    for (name, bytes) in &documents {
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(format!("document/{name}"), |bencher| {
            bencher.iter(|| read_text(black_box(bytes)).expect("the document can be read"));
        });
    }
    for (name, bytes) in &documents {
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(format!("floor, UTF-8 validation/{name}"), |bencher| {
            bencher.iter(|| std::str::from_utf8(black_box(bytes)).is_ok());
        });
    }
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
