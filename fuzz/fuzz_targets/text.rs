//! Any bytes as the text of a disclosure.

#![no_main]

use std::sync::LazyLock;

use budget_parse::Registry;
use budget_parse_text::TextReader;
use libfuzzer_sys::fuzz_target;

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| Registry::new().with_reader(TextReader));

fuzz_target!(init: budget_fuzz::sow("text"), |content: &[u8]| {
    if let Ok(disclosure) = REGISTRY.read(content, None) {
        budget_fuzz::is_sound(&disclosure);
        budget_fuzz::is_checked(&disclosure);
    }
});
