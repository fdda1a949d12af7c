//! Any bytes as a PDF, or as the program that draws a page of one: see `budget_fuzz::drawn`.

#![no_main]

use std::sync::LazyLock;

use budget_parse::{Limits, Registry};
use budget_parse_pdf::PdfReader;
use libfuzzer_sys::fuzz_target;

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    // The limits are tested elsewhere; here they keep a run short.
    let limits = Limits::default().with_unpacked_bytes(4 << 20).with_cells(20_000).with_pages(50);
    Registry::new().with_reader(PdfReader).with_limits(limits)
});

fuzz_target!(
    init: {
        budget_fuzz::sow("pdf");
        budget_fuzz::forgive_panics_of_libraries();
    },
    |content: &[u8]| {
        if let Ok(disclosure) = REGISTRY.read(&budget_fuzz::drawn(content), None) {
            budget_fuzz::is_sound(&disclosure);
            budget_fuzz::is_checked(&disclosure);
        }
    }
);
