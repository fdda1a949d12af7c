//! Files without text, or that are no PDF at all.

#![allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "a test that cannot go on fails")]

mod common;

use budget_document::{Confidence, Limits, ReadErrorKind, Reader};
use budget_parse_pdf::PdfReader;
use common::seal::Seal;
use common::seen::Seen;
use common::{File, Sheet};

fn error(content: &[u8]) -> ReadErrorKind {
    PdfReader.read(content, &Limits::default()).map(|document| document.blocks.len()).unwrap_err().kind().clone()
}

/// Pages in this order: images as large as the sheet (`true`) or a line of text.
fn pages(are_images: &[bool]) -> Vec<u8> {
    let mut file = File::new();
    let image = file.stream(
        "/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceGray",
        &[90; 64],
    );
    for is_image in are_images {
        let mut sheet = Sheet { resources: format!("/XObject << /Im1 {image} 0 R >>"), ..Sheet::default() };
        if *is_image {
            // A scan is often numbered by a machine.
            sheet.raw("q 595 0 0 842 0 0 cm /Im1 Do Q").text(290.0, 20.0, "- 7 -");
        } else {
            sheet.text(50.0, 800.0, "部门收入总表 2026 年");
        }
        file.page(&sheet);
    }
    file.bytes()
}

#[test]
fn pages_that_are_all_images_are_an_error_that_names_them() {
    assert_eq!(error(&pages(&[true, true, true])), ReadErrorKind::NoText("1-3".to_owned()));
}

#[test]
fn a_file_with_some_scanned_pages_is_read_and_they_are_named() {
    let seen = Seen::of(&pages(&[false, true, false, true]));
    assert_eq!(seen.lines.iter().filter(|line| line.contains("收入")).count(), 2, "{seen:#?}");
    assert_eq!(seen.unread, ["2: image", "4: image"]);
    assert!(seen.says("page-is-image: 2") && seen.says("page-is-image: 4"), "{seen:#?}");
}

#[test]
fn pages_without_anything_are_no_scans() {
    assert_eq!(error(&File::of(&[Sheet::new()])), ReadErrorKind::NoText(String::new()));
    let mut sheet = Sheet::new();
    sheet.text(50.0, 800.0, "正文在此处并不很短");
    let seen = Seen::of(&File::of(&[sheet, Sheet::new()]));
    assert!(seen.unread.is_empty() && seen.said.is_empty(), "{seen:#?}");
}

#[test]
fn a_file_that_needs_a_password_says_so() {
    let mut file = File::new();
    file.encrypt(Seal::of("secret"));
    file.page(Sheet::new().text(50.0, 800.0, "部门预算"));
    assert_eq!(error(&file.bytes()), ReadErrorKind::Encrypted);
}

#[test]
fn a_file_that_an_empty_password_opens_is_read() {
    let mut file = File::new();
    file.encrypt(Seal::of(""));
    file.page(Sheet::new().text(50.0, 800.0, "部门预算 17.00"));
    assert_eq!(Seen::of(&file.bytes()).lines, ["部门预算 17.00"]);
}

#[test]
fn no_bytes_and_other_formats_are_no_pdf() {
    let page = b"<html><head><title>404</title></head><body>not found</body></html>";
    for content in [&b""[..], page, b"PK\x03\x04", "收入 17.00".as_bytes()] {
        assert_eq!(PdfReader.probe(content, Some("pdf")), Confidence::No);
        assert!(matches!(error(content), ReadErrorKind::Empty | ReadErrorKind::Malformed(_)));
    }
    assert_eq!(error(b""), ReadErrorKind::Empty);
}

#[test]
fn some_bytes_before_the_signature_do_no_harm() {
    let mut sheet = Sheet::new();
    sheet.text(50.0, 800.0, "部门预算 17.00");
    let content = [&b"\r\n\0 sent by mail\n"[..], &File::of(&[sheet])].concat();
    assert_eq!(PdfReader.probe(&content, None), Confidence::Certain);
    assert_eq!(Seen::of(&content).lines, ["部门预算 17.00"]);
}
