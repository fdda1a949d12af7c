//! The forms in `fixtures/<form>/<case>.grid`: what each is read as stands beside it, in `<case>.read`.
//!
//! A case that is read as something else leaves `<case>.read.new`; hold it against the fixture before it replaces the other.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

#[allow(unreachable_pub, dead_code)]
mod common;

use budget_parse::LayoutSet;

#[test]
fn every_form_is_read_as_a_person_reads_it() {
    let mut different = Vec::new();
    for file in common::fixtures() {
        let shown = match common::read(&file, &LayoutSet::built_in()) {
            Ok(read) => common::shown::disclosure(&read),
            Err(error) => format!("{error}\n"),
        };
        let (expected, new) = (file.with_extension("read"), file.with_extension("read.new"));
        if std::fs::read_to_string(&expected).ok().as_ref() != Some(&shown) {
            std::fs::write(new, shown).unwrap();
            different.push(expected);
        }
    }
    assert!(different.is_empty(), "{different:#?}");
}
