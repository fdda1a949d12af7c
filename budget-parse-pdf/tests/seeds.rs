//! What fuzzing begins with, read on every toolchain: the seeds stay what they are made for.

#![allow(clippy::unwrap_used, clippy::panic, clippy::float_arithmetic, reason = "a test that cannot go on fails")]

#[path = "../../fuzz/src/drawn.rs"]
#[allow(unreachable_pub, reason = "the fuzzer exports it")]
mod drawn;
#[path = "common/mod.rs"]
mod pdf;

use budget_parse::{Limits, Reader, Registry};
use budget_parse_pdf::PdfReader;

#[test]
fn each_seed_is_read_as_a_file_and_as_the_program_that_draws_it() {
    let limits = Limits::default().with_unpacked_bytes(4 << 20).with_cells(20_000).with_pages(50);
    let registry = Registry::new().with_reader(PdfReader).with_limits(limits);
    let seeds = drawn::seeds();
    let names: Vec<&str> = seeds.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.contains(&"unruled") && names.len() >= 15, "{names:?}");
    for (name, seed) in &seeds {
        let file = drawn::drawn(seed);
        let document = PdfReader.read(&file, &limits).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!document.blocks.is_empty(), "{name}");
        // Not each of them is a disclosure.
        let _ = registry.read(&file, None);
        // Changed a little, as the fuzzer does.
        for at in (0..seed.len()).step_by(seed.len() / 40 + 1) {
            let mut changed = seed.clone();
            changed[at] ^= 0x15;
            let _ = registry.read(&drawn::drawn(&changed), None);
        }
    }
    let unruled = seeds.iter().find(|(name, _)| name == "unruled").unwrap();
    let document = PdfReader.read(&unruled.1, &limits).unwrap();
    assert_eq!(document.grids().map(|grid| (grid.rows(), grid.columns())).collect::<Vec<_>>(), [(4, 4)]);
}
