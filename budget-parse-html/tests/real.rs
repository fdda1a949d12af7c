//! Pages of real offices.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use std::path::{Path, PathBuf};

use budget_model::Disclosure;
use budget_parse::{ReadError, Registry};
use budget_parse_html::HtmlReader;
use budget_parse_text::TextReader;

fn page(name: &str) -> Vec<u8> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/real");
    let folder = std::env::var_os("BUDGET_REAL_DIR").map_or(default, PathBuf::from);
    std::fs::read(folder.join("html").join(name)).unwrap()
}

fn read(name: &str) -> Result<Disclosure, ReadError> {
    Registry::new().with_reader(TextReader).with_reader(HtmlReader).read(&page(name), Some(name))
}

#[test]
#[ignore = "needs ../shared"]
fn show() {
    for name in ["yantai-page.html", "kunming-text.html", "chongqing-page-named.pdf"] {
        let content = page(name);
        let document = common::read(&content);
        println!("=== {name}: {:?}", document.attachments.len());
        for line in common::seen(&document) {
            println!("{line}");
        }
        match read(name) {
            Ok(disclosure) => {
                println!("{:?} {:?} {} tables", disclosure.entity, disclosure.year, disclosure.tables.len())
            }
            Err(error) => println!("{error}"),
        }
    }
}
