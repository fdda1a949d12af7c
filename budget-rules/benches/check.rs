//! How long all rules take on a document that has been read.

use std::hint::black_box;
use std::path::Path;

use budget_rules::Checker;
use criterion::{Criterion, criterion_group, criterion_main};

fn check(criterion: &mut Criterion) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/disclosure.txt");
    let Ok(disclosure) =
        std::fs::read(&path).map_err(|_| ()).and_then(|bytes| budget_parse_text::read_text(&bytes).map_err(|_| ()))
    else {
        eprintln!("{} cannot be read", path.display());
        return;
    };
    let checker = Checker::new();
    criterion
        .bench_function("all rules on the sample", |bencher| bencher.iter(|| checker.check(black_box(&disclosure))));
}

criterion_group!(benches, check);
criterion_main!(benches);
