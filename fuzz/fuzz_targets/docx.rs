//! Any bytes as a Word document, or as the parts of one, which are packed first: see `budget_fuzz::packed`.

#![no_main]

use std::sync::LazyLock;

use budget_parse::{Limits, Registry};
use budget_parse_docx::WordReader;
use libfuzzer_sys::fuzz_target;

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    // The limits are tested elsewhere; here they keep a run short.
    let limits = Limits::default().with_unpacked_bytes(1 << 20).with_cells(20_000);
    Registry::new().with_reader(WordReader).with_limits(limits)
});

fuzz_target!(
    init: {
        budget_fuzz::sow("docx");
        budget_fuzz::forgive_panics_of_libraries();
    },
    |content: &[u8]| {
        if let Ok(disclosure) = REGISTRY.read(&budget_fuzz::packed(content), None) {
            budget_fuzz::is_sound(&disclosure);
            budget_fuzz::is_checked(&disclosure);
        }
    }
);
