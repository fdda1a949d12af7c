//! Pages of real offices: what a person saw in them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};

use budget_model::{Disclosure, TableKind};
use budget_parse::Registry;
use budget_parse_html::HtmlReader;
use budget_parse_text::TextReader;

fn read(name: &str) -> Disclosure {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/real");
    let folder = std::env::var_os("BUDGET_REAL_DIR").map_or(default, PathBuf::from);
    let page = std::fs::read(folder.join("html").join(name)).unwrap();
    Registry::new().with_reader(TextReader).with_reader(HtmlReader).read(&page, Some(name)).unwrap()
}

#[test]
#[ignore = "needs ../shared"]
fn a_whole_disclosure_that_is_set_on_a_page_is_read_with_its_tables() {
    let page = read("yantai-page.html");
    assert_eq!((page.year, page.tables.len(), page.performance.len()), (Some(2026), 12, 15));
    let figures: usize = page.tables.iter().map(|table| table.figure_count()).sum();
    let certain: usize = page.tables.iter().map(|table| table.certain_count()).sum();
    assert_eq!((figures, certain), (820, 820));
    let first = |kind: TableKind| page.table(kind).unwrap().figure(0, 0).map(|amount| amount.value.to_string());
    // Income and expenditure, basic and project expenditure, the general budget and the fund.
    assert_eq!(first(TableKind::Income).as_deref(), Some("35874.49"));
    assert_eq!(first(TableKind::Expenditure).as_deref(), Some("35874.49"));
    assert_eq!(first(TableKind::Basic).as_deref(), Some("10440.01"));
    assert_eq!(first(TableKind::Project).as_deref(), Some("25434.48"));
    assert_eq!(first(TableKind::General).as_deref(), Some("28467.65"));
    assert_eq!(first(TableKind::Fund).as_deref(), Some("218.00"));
    assert_eq!((page.ledger.numbers_read, page.ledger.numbers), (1841, 1841));
}

#[test]
#[ignore = "needs ../shared"]
fn a_page_of_text_is_read_and_leads_to_its_tables() {
    let page = read("kunming-text.html");
    assert_eq!(page.tables.iter().map(|table| table.figure_count()).sum::<usize>(), 0);
    assert_eq!(page.attachments.len(), 1);
    assert!(page.attachments[0].address.ends_with(".xlsx"));
}

#[test]
#[ignore = "needs ../shared"]
fn a_page_that_is_named_like_a_pdf_is_a_page() {
    let page = read("chongqing-page-named.pdf");
    assert_eq!((page.year, page.tables.len(), page.facts.len(), page.attachments.len()), (Some(2026), 0, 59, 8));
    assert_eq!((page.ledger.numbers_read, page.ledger.numbers), (99, 99));
}
