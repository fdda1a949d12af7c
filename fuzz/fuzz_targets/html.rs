//! Any bytes as a web page, a page in one file or an XML workbook.

#![no_main]

use std::sync::LazyLock;

use budget_parse::{Limits, Registry};
use budget_parse_html::HtmlReader;
use libfuzzer_sys::fuzz_target;

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    // The limits are tested elsewhere; here they keep a run short.
    let limits = Limits::default().with_cells(20_000).with_lines(20_000);
    Registry::new().with_reader(HtmlReader).with_limits(limits)
});

fuzz_target!(
    init: {
        budget_fuzz::sow("html");
    },
    |content: &[u8]| {
        if let Ok(disclosure) = REGISTRY.read(content, Some("page.html")) {
            budget_fuzz::is_sound(&disclosure);
            budget_fuzz::is_checked(&disclosure);
        }
    }
);
