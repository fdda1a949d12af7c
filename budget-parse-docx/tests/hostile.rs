//! Files that are no documents, or are made to hurt.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::time::Instant;

use budget_document::{Confidence, FileKind, Limits, ReadErrorKind, Reader};
use budget_model::Language;
use budget_parse::Registry;
use budget_parse_docx::WordReader;
use common::{docx, error, p, parts, read, zip, zip_of};

fn is_too_large(content: &[u8], limits: &Limits) -> bool {
    matches!(error(content, limits).kind(), ReadErrorKind::TooLarge(_))
}

fn is_malformed(content: &[u8]) -> bool {
    matches!(error(content, &Limits::default()).kind(), ReadErrorKind::Malformed(_))
}

/// The first bytes of an old Office file with a stream of this name.
fn container(stream: &str) -> Vec<u8> {
    let name = stream.encode_utf16().flat_map(u16::to_le_bytes);
    b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".iter().copied().chain([0; 504]).chain(name).collect()
}

#[test]
fn other_formats_are_told_from_word_by_their_content() {
    let probe = |content: &[u8]| WordReader.probe(content, Some("docx"));
    assert_eq!(probe(&docx("")), Confidence::Certain);
    for part in ["xl/workbook.xml", "ppt/presentation.xml", "OFD.xml", "content.xml", "a.rs"] {
        let archive = zip(&[("[Content_Types].xml", b"<Types/>"), (part, b"<a/>")]);
        assert_eq!(probe(&archive), Confidence::No, "{part}");
    }
    // A document in an archive is not the archive.
    assert_eq!(probe(&zip(&[("a.docx", &docx(""))])), Confidence::No);
    assert_eq!(probe(b"%PDF-1.7"), Confidence::No);
    // Of a document that was cut off enough is left to know what it was.
    let whole = docx(&p("收入"));
    assert_eq!(probe(&whole[..whole.len() - 30]), Confidence::Certain);
}

#[test]
fn an_old_document_says_how_to_save_it() {
    let registry = Registry::new().with_reader(WordReader);
    let error = registry.read(&container("WordDocument"), Some("a.doc")).unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::NoReader { kind: FileKind::Doc, .. }));
    assert!(error.to_string().contains(".docx or PDF"), "{error}");
    assert!(FileKind::Doc.advice(Language::Chinese).contains("另存为 .docx 或 PDF"));
    let error = WordReader.read(&container("WordDocument"), &Limits::default()).unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::NoReader { kind: FileKind::Doc, .. }));
}

#[test]
fn a_document_with_a_password_says_so() {
    let registry = Registry::new().with_reader(WordReader);
    let error = registry.read(&container("EncryptedPackage"), Some("a.docx")).unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::Encrypted));
}

#[test]
fn broken_packages_are_errors_that_say_what_is_wrong() {
    let whole = docx(&p("收入"));
    assert!(is_malformed(&whole[..whole.len() - 30]));
    assert!(is_malformed(b"a text"));
    assert!(is_malformed(&zip(&[("word/other.xml", b"<a/>")])));
    for body in ["<w:p>", "</w:p>", "<w:p></w:r>", "<w:p w:a=></w:p", "<w:p>&#xD800;</w:p"] {
        assert!(is_malformed(&docx(body)), "{body}");
    }
    let mut all = parts("", &[]);
    all[2].1 = String::new();
    assert!(read(&zip_of(&all)).blocks.is_empty());
    let latin: &[u8] = b"<a>\xFF</a>";
    assert!(is_malformed(&zip(&[("word/document.xml", latin)])));
}

#[test]
fn what_unpacks_to_more_than_is_allowed_ends_with_an_error() {
    let bomb = docx(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "0".repeat(8 << 20)));
    assert!(bomb.len() < 100_000);
    assert!(is_too_large(&bomb, &Limits::default().with_unpacked_bytes(1 << 20)));
    // Parts that are not read cost nothing.
    let mut all = parts(&p("收入"), &[]);
    all.push(("word/media/image1.png".to_owned(), "0".repeat(8 << 20)));
    assert!(WordReader.read(&zip_of(&all), &Limits::default().with_unpacked_bytes(1 << 20)).is_ok());
}

#[test]
fn entities_of_a_document_are_refused() {
    let mut all = parts(&p("&a;"), &[]);
    all[2].1 = all[2].1.replace(r#"<?xml version="1.0" encoding="UTF-8"?>"#, r#"<!DOCTYPE x [<!ENTITY a "aaaa">]>"#);
    assert!(is_malformed(&zip_of(&all)));
    // One that nobody defined stands for nothing.
    assert_eq!(common::said_by(&p("收&a;入")), ["¶1:1 收入"]);
}

#[test]
fn depth_cells_and_lines_are_bounded() {
    let deep = "<w:sdt>".repeat(300) + &"</w:sdt>".repeat(300);
    assert!(is_too_large(&docx(&deep), &Limits::default()));
    assert!(is_too_large(&docx(&"<w:sdt>".repeat(100_000)), &Limits::default().with_depth(usize::MAX)));
    let tables = "<w:tbl><w:tr><w:tc>".repeat(60) + &"</w:tc></w:tr></w:tbl>".repeat(60);
    assert!(WordReader.read(&docx(&tables), &Limits::default()).is_ok());
    assert!(is_too_large(&docx(&tables), &Limits::default().with_cells(59)));
    assert!(is_too_large(&docx(&p("收入").repeat(11)), &Limits::default().with_lines(10)));
    let breaks = format!("<w:p><w:r>{}</w:r></w:p>", "<w:t>a</w:t><w:br/>".repeat(11));
    assert!(is_too_large(&docx(&breaks), &Limits::default().with_lines(10)));
    let wide = r#"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="4294967295"/></w:tcPr></w:tc></w:tr></w:tbl>"#;
    assert!(is_malformed(&docx(wide)));
    let far = r#"<w:tbl><w:tr><w:trPr><w:gridBefore w:val="4294967295"/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>"#;
    assert!(is_malformed(&docx(far)));
}

#[test]
fn a_long_text_of_a_level_is_cut_and_circles_of_styles_end() {
    let numbering = format!(
        r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="4294967295"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="{}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#,
        "%1".repeat(100_000)
    );
    let styles = r#"<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>"#;
    let item = r#"<w:p><w:pPr><w:pStyle w:val="a"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p>"#.repeat(2);
    let lines = common::lines_with(&item, &[("numbering", &numbering), ("styles", styles)]);
    assert_eq!(lines.len(), 2);
    assert!(lines[0].len() < 400);
}

#[test]
fn time_grows_with_the_input_and_no_faster() {
    let row = format!("<w:tr>{}</w:tr>", format!("<w:tc><w:tcPr><w:vMerge/></w:tcPr>{}</w:tc>", p("17.00")).repeat(10));
    let seconds = |rows: usize| {
        let content = docx(&format!("<w:tbl>{}</w:tbl>", row.repeat(rows)));
        let start = Instant::now();
        assert!(WordReader.read(&content, &Limits::default()).is_ok());
        start.elapsed()
    };
    let (few, many) = (seconds(1_000), seconds(8_000));
    assert!(many < few * 40, "{few:?} {many:?}");
}
