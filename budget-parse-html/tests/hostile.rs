//! Any bytes give a document or a typed error, in time that grows with them.
//!
//! `BUDGET_FUZZ_CASES` sets the number of random cases; coverage-guided fuzzing is in `fuzz/`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::float_arithmetic, reason = "a test that cannot go on fails")]

use std::time::{Duration, Instant};

use budget_document::{Limits, ReadErrorKind, Reader};
use budget_parse::Registry;
use budget_parse_html::HtmlReader;
use proptest::prelude::*;
use proptest::sample::Index;

fn is_too_large(page: &str, limits: &Limits, words: &str) {
    let error = HtmlReader.read(page.as_bytes(), limits).unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::TooLarge(limit) if limit.contains(words)), "{error}");
}

#[test]
fn tables_ten_thousand_deep_are_an_error() {
    is_too_large(&"<table><tr><td>1".repeat(10_000), &Limits::default(), "200 deep");
    is_too_large(&"<div>".repeat(200_000), &Limits::default(), "elements in each other");
}

#[test]
fn ten_thousand_columns_by_spans_are_few_cells_or_an_error() {
    let row = "<td colspan=1000>1".repeat(10);
    let document = HtmlReader
        .read(format!("<table><tr>{row}<tr>{row}</table>").as_bytes(), &Limits::default())
        .map(|document| document.grids().map(|grid| (grid.cells().len(), grid.columns())).collect::<Vec<_>>());
    assert_eq!(document.unwrap(), [(20, 9001)]);
    is_too_large(&format!("<table>{}", format!("<tr>{row}").repeat(300)), &Limits::default(), "2000000 cells");
    let limits = Limits::default().with_cells(100);
    is_too_large(&"<table><tr><td>1<td>2</table>".repeat(51), &limits, "100 cells");
    is_too_large(&"<p>1".repeat(101), &Limits::default().with_lines(100), "100 lines");
    is_too_large("<p>1", &Limits::default().with_time(Duration::ZERO), "longer");
}

#[test]
fn columns_that_reach_down_cost_what_they_take() {
    let page = format!("<table><tr>{}{}", "<td rowspan=65000>1".repeat(1000), "<tr><td>2".repeat(20_000));
    is_too_large(&page, &Limits::default(), "cells");
}

/// Pieces of a page that cost more than they should, if anything does.
const PIECES: &[&str] = &[
    "<p>收入 17.00<b>支出",
    "</div></span></td>",
    "<font color=red><p>甲",
    "<table><tr><td rowspan=3>收入<td>17.00<tr><td>支出</table>",
    "<ol><li>甲<ol><li>乙</ol></ol>",
    "<a href=1.pdf>附件",
    "<span style='display:none'>1",
    "&amp;&nbsp;&#x4e00;&",
    "<!-- x --",
    "<a a a a a b c d ",
];

#[test]
fn time_grows_with_the_page_whatever_is_repeated() {
    let limits = Limits::default().with_depth(100_000).with_lines(10_000_000);
    for piece in PIECES {
        let time = |bytes: usize| {
            let page = format!("<html>{}", piece.repeat(bytes / piece.len()));
            let start = Instant::now();
            let _ = HtmlReader.read(page.as_bytes(), &limits);
            start.elapsed()
        };
        let (small, large) = (time(100_000), time(1_600_000));
        // Sixteen times as much; quadratic time would be 256 times as much.
        assert!(large < 64 * small.max(Duration::from_millis(2)), "{piece}: {small:?} and {large:?}");
    }
}

#[test]
#[ignore = "takes a while; prints what a page of 5 and of 50 MB takes"]
fn a_page_of_fifty_megabytes_takes_ten_times_as_long_as_one_of_five() {
    let row =
        "<tr><td class=xl24 style='border:1px solid'>2010101</td><td>行政运行</td><td>1,234.50</td><td></td></tr>\n";
    let time = |bytes: usize| {
        let page = format!("<html><table>{}</table>", row.repeat(bytes / row.len()));
        let start = Instant::now();
        let limits = Limits::default().with_cells(10_000_000);
        let document = HtmlReader.read(page.as_bytes(), &limits).unwrap();
        (start.elapsed(), document.grids().next().unwrap().rows())
    };
    let (small, large) = (time(5 << 20), time(50 << 20));
    println!("5 MB: {small:?}, 50 MB: {large:?}");
    assert!(large.0 < 20 * small.0);
}

/// Markup that ends, repeats or contradicts something.
const INSERTED: &[&str] = &[
    "</table>",
    "<table>",
    "<tr>",
    "<td rowspan=0 colspan=99>",
    "<caption>",
    "<thead>",
    "</p>",
    "<li value=-1>",
    "<ol reversed>",
    "<a href=.pdf>",
    "<pre>\n",
    "<script>",
    "<select>",
    "<plaintext>",
    "<div style='position:relative;width:600pt;height:800pt'>",
    "<div style='position:absolute;left:1pt;top:1pt;width:99pt;height:0pt'>",
    "<div style='position:absolute;left:2pt;top:1pt'>",
    "<!--",
    "-->",
    "<![CDATA[",
    "&#0;",
    "\0",
];

fn sample() -> String {
    "<html><body><h1>预算</h1><table><tr><td rowspan=2>科目<td colspan=2>支出<tr><td>基本<td>项目<tr><td>总计<td>1.00<td>2.00</table>\
     <ol><li>一<li>二</ol><p>见<a href=1.pdf>附件</a><div style='position:relative;width:600pt;height:800pt'>\
     <div style='position:absolute;left:20pt;top:30pt'>收入</div></div></body></html>"
        .to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("BUDGET_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(128)
    ))]

    #[test]
    fn changed_bytes_give_a_document_or_an_error(changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..12)) {
        let mut page = sample().into_bytes();
        for (at, byte) in changes {
            let at = at.index(page.len());
            page[at] = byte;
        }
        let _ = HtmlReader.read(&page, &Limits::default());
        let _ = Registry::new().with_reader(HtmlReader).read(&page, Some("a.html"));
    }

    #[test]
    fn markup_put_anywhere_gives_a_document_or_an_error(
        inserted in prop::collection::vec((any::<Index>(), prop::sample::select(INSERTED)), 1..20),
    ) {
        let mut page = sample().into_bytes();
        for (at, markup) in inserted {
            let at = at.index(page.len());
            page.splice(at..at, markup.bytes());
        }
        let _ = Registry::new().with_reader(HtmlReader).read(&page, Some("a.html"));
    }

    #[test]
    fn any_bytes_behind_any_mark_give_a_document_or_an_error(
        mark in prop::sample::select(vec!["<html>", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\n",
            "<?mso-application progid=\"Excel.Sheet\"?><Workbook><Worksheet><Table><Row><Cell>"]),
        rest in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let _ = HtmlReader.read(&[mark.as_bytes(), &rest].concat(), &Limits::default());
    }
}
