//! `budget layout` and `budget layouts`, as a user runs them.

#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod common;

use common::{TEXT, file, folder, run};

#[test]
fn the_built_in_layouts_are_listed_and_shown() {
    let here = folder("layouts");
    let list = run(&here, &["layouts"]);
    assert_eq!((list.code, list.err.as_str()), (0, ""));
    assert!(list.out.contains("shanghai-2026-unit") && list.out.contains("新疆"), "{}", list.out);
    let one = run(&here, &["layouts", "shanghai-2026"]);
    assert!(one.out.contains("id = \"shanghai-2026\"") && one.out.contains("[[table.column]]"), "{}", one.out);
    let none = run(&here, &["layouts", "yunxi-1999"]);
    assert!(none.code != 0 && none.err.contains("yunxi-1999"), "{}", none.err);
}

#[test]
fn a_derived_layout_is_taken_back() {
    let here = folder("layout");
    file(&here, "a.txt", TEXT);
    let derived = run(&here, &["layout", "a.txt"]);
    assert_eq!((derived.code, derived.err.as_str()), (0, ""));
    file(&here, "derived.toml", &derived.out);
    let again = run(&here, &["inspect", "a.txt", "--layout", "derived.toml"]);
    assert_eq!(again.code, 0, "{}", again.err);
}
