//! A damaged document gives a document or a typed error.
//!
//! `BUDGET_FUZZ_CASES` sets the number of random cases; coverage-guided fuzzing is in `fuzz/`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::sync::LazyLock;

use budget_document::{Document, Limits, Reader};
use budget_parse::Registry;
use budget_parse_docx::WordReader;
use common::{p, parts, zip_of};
use proptest::prelude::*;
use proptest::sample::Index;

/// The parts of a document that has a little of everything.
static PARTS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let cell = |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text));
    let row = |cells: &[String]| format!("<w:tr><w:trPr><w:gridBefore w:val=\"0\"/></w:trPr>{}</w:tr>", cells.concat());
    let restart = r#"<w:vMerge w:val="restart"/>"#;
    let inner = format!("<w:tc>{}<w:p/></w:tc>", ["<w:tbl>", &row(&[cell("", "内")]), "</w:tbl>"].concat());
    let rows = [
        row(&[cell(restart, "科目"), cell(r#"<w:gridSpan w:val="2"/>"#, "预算数")]),
        row(&[cell("<w:vMerge/>", ""), cell("", "合计"), cell("", "项目支出")]),
        row(&[cell("", "总计"), cell("", "17.00"), inner]),
    ];
    let item = r#"<w:p><w:pPr><w:pStyle w:val="h"/></w:pPr><w:ins><w:r><w:t>收入</w:t></w:r></w:ins><w:del><w:r><w:delText>无</w:delText></w:r></w:del><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>SEQ</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>1</w:t><w:fldChar w:fldCharType="end"/><w:footnoteReference w:id="1"/></w:r></w:p>"#;
    let frame = format!(
        "<w:p><w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r></w:p>",
        p("框")
    );
    let body = [p("云溪县文化馆2025年部门预算"), p("部门支出总体情况表"), item.repeat(2), frame].concat();
    let body = format!("{body}<w:tbl>{}</w:tbl>", rows.concat());
    let styles = r#"<w:style w:type="paragraph" w:default="1" w:styleId="a"/><w:style w:type="paragraph" w:styleId="h"><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;
    let numbering = r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#;
    let notes = format!(r#"<w:footnote w:id="1">{}</w:footnote>"#, p("注"));
    parts(&body, &[("styles", styles), ("numbering", numbering), ("footnotes", &notes)])
});

fn read_any(content: &[u8]) -> Option<Document<'_>> {
    let limits = Limits::default().with_unpacked_bytes(16 << 20).with_cells(100_000);
    let document = WordReader.read(content, &limits).ok()?;
    let _ = Registry::new().with_reader(WordReader).with_limits(limits).read(content, None);
    Some(document)
}

/// Markup that ends, repeats or contradicts something.
const INSERTED: &[&str] = &[
    "</w:tr>",
    "<w:tr>",
    "<w:tr/>",
    "<w:tc>",
    "<w:tc/>",
    "<w:p>",
    "</w:p>",
    "<w:p/>",
    "<w:tbl/>",
    "<w:txbxContent/>",
    "<w:txbxContent><w:tc/></w:txbxContent>",
    "<w:tcPr><w:gridSpan w:val=\"9999\"/><w:vMerge/><w:hMerge/></w:tcPr>",
    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>",
    "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
    "<w:numPr><w:ilvl w:val=\"99\"/><w:numId w:val=\"1\"/></w:numPr>",
    "<w:lvl w:ilvl=\"8\"><w:lvlText w:val=\"%9%1%%\"/></w:lvl>",
    "<w:footnote w:id=\"1\"><w:p/></w:footnote>",
    "<w:t>总计 17.00</w:t>",
    "&amp;",
    "-",
];

/// The document with one part changed.
fn with_part(part: usize, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut parts: Vec<(String, Vec<u8>)> =
        PARTS.iter().map(|(name, content)| (name.clone(), content.clone().into_bytes())).collect();
    change(&mut parts[part].1);
    common::zip(&parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect::<Vec<_>>())
}

#[test]
fn the_document_that_is_damaged_below_is_whole() {
    let content = zip_of(&PARTS);
    let document = read_any(&content).unwrap();
    assert_eq!((document.grids().count(), document.lines().count()), (2, 6));
    assert_eq!(document.lines().nth(3).unwrap().text, "二、 收入1");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("BUDGET_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(128)
    ))]

    #[test]
    fn any_bytes_give_a_document_or_an_error(content in prop::collection::vec(any::<u8>(), 0..400)) {
        read_any(&content);
        read_any(&[b"PK\x03\x04".as_slice(), &content].concat());
    }

    #[test]
    fn changed_bytes_of_the_archive_give_a_document_or_an_error(
        changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..8),
    ) {
        let mut content = zip_of(&PARTS);
        for (at, byte) in changes {
            let at = at.index(content.len());
            content[at] = byte;
        }
        read_any(&content);
    }

    #[test]
    fn changed_bytes_of_a_part_give_a_document_or_an_error(
        part in any::<Index>(),
        changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..8),
    ) {
        read_any(&with_part(part.index(PARTS.len()), |content| {
            for (at, byte) in changes {
                let at = at.index(content.len());
                content[at] = byte;
            }
        }));
    }

    #[test]
    fn markup_put_anywhere_gives_a_document_or_an_error(
        part in any::<Index>(),
        inserted in prop::collection::vec((any::<Index>(), prop::sample::select(INSERTED)), 1..8),
    ) {
        read_any(&with_part(part.index(PARTS.len()), |content| {
            for (at, markup) in inserted {
                let ends: Vec<usize> =
                    content.iter().enumerate().filter(|(_, byte)| **byte == b'>').map(|(end, _)| end + 1).collect();
                let at = if ends.is_empty() { 0 } else { ends[at.index(ends.len())] };
                content.splice(at..at, markup.bytes());
            }
        }));
    }
}
