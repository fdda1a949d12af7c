//! Small programs that use the budget crates, each one thing to copy. They stand in `src/bin`:
//!
//! | program | shows |
//! | --- | --- |
//! | `text_to_json` | read a text, write lossless JSON |
//! | `text_to_workbook` | read a text, write a workbook in the official form |
//! | `function_tree` | walk the rows of a table, and ask how sure a figure is |
//! | `compare_years` | check rules over two documents: last year's budget as both tell it |
//! | `markdown_reader` | add a format: a reader of one's own in a registry |
//!
//! Each takes a file, `compare_years` two: `cargo run -p budget-examples --bin function_tree -- examples/disclosure.txt`. The samples
//! `disclosure.txt` and `disclosure.md` speak of a department that does not exist.

// The examples in the README compile and run as tests of this crate.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}
