//! Any JSON as a disclosure, which may be one that no reader makes: rules and exporters take it all the same.

#![no_main]

use budget_export::from_json;
use budget_model::Disclosure;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: budget_fuzz::sow("json"), |content: &[u8]| {
    let _ = from_json(content);
    if let Ok(disclosure) = serde_json::from_slice::<Disclosure>(content) {
        budget_fuzz::is_checked(&disclosure);
        budget_fuzz::is_written(&disclosure);
    }
});
