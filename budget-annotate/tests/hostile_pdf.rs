//! Files that are damaged, or made to take time and room.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::time::{Duration, Instant};

use budget_annotate::{AnnotateErrorKind, AnnotateOptions, annotate_pdf};
use budget_model::{Place, Severity};
use common::{FORMS, File, Form, finding, table};
use proptest::prelude::*;

const SOMEWHERE: Place = Place::Page { page: 1, top: 5000, left: 2000, bottom: 5100, right: 2400 };

/// Annotating ends, with a file that begins with the original or with an error that says the file is at fault.
fn annotate_any(content: &[u8]) -> Option<AnnotateErrorKind> {
    let findings = [
        finding(Severity::Error, "应为 17.00", &[SOMEWHERE]),
        finding(
            Severity::Info,
            "无处",
            &[Place::Page { page: 70_000, top: 0, left: 0, bottom: u16::MAX, right: u16::MAX }],
        ),
    ];
    match annotate_pdf(content, &findings, AnnotateOptions::default()) {
        Ok(annotated) => {
            assert!(annotated.bytes.starts_with(content));
            None
        }
        Err(error) => Some(error.kind()),
    }
}

fn sound(form: Form) -> Vec<u8> {
    let mut file = File::new();
    let list = file.add("[<< /Subtype /Text /Rect [0 0 1 1] >>]");
    for _ in 0..3 {
        file.page(&format!("/Annots {list} 0 R /Rotate 90"), &table("1234.50"));
    }
    file.bytes(form)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("BUDGET_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(512)
    ))]

    #[test]
    fn any_bytes_may_be_changed(
        form in 0..FORMS.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let mut content = sound(FORMS[form]);
        for (at, byte) in changes {
            let at = at.index(content.len());
            content[at] = byte;
        }
        if let Some(cut) = cut {
            content.truncate(cut.index(content.len()));
        }
        annotate_any(&content);
    }

    #[test]
    fn any_bytes_may_follow_the_head_of_a_file(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        annotate_any(&[b"%PDF-1.7\n", bytes.as_slice(), b"\nstartxref\n9\n%%EOF"].concat());
    }
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    for form in FORMS {
        let content = sound(form);
        for end in (0..content.len() - 20).step_by(7) {
            assert!(annotate_any(&content[..end]).is_some(), "{form:?} {end}");
        }
    }
}

/// A file of these objects, whose numbers begin with 1.
fn of(objects: &[String]) -> Vec<u8> {
    let mut file = File::new();
    file.pages.push(4);
    file.objects.extend_from_slice(objects);
    file.bytes(Form::Table)
}

#[test]
fn sections_lists_and_references_may_lead_back() {
    let content = sound(Form::Table);
    let text = String::from_utf8_lossy(&content).into_owned();
    let start = text.rsplit("startxref\n").next().unwrap().lines().next().unwrap().to_owned();
    let mut looped = File::new();
    looped.page("", "");
    looped.trailer = format!("/Prev {start}");
    assert_eq!(annotate_any(&content), None);
    // The section of this file begins where its own trailer says the older one does.
    let made = looped.bytes(Form::Table);
    let own = String::from_utf8_lossy(&made).rsplit("startxref\n").next().unwrap().lines().next().unwrap().to_owned();
    let made = String::from_utf8_lossy(&made).replace(&format!("/Prev {start}"), &format!("/Prev {own}"));
    assert_eq!(annotate_any(made.as_bytes()), Some(AnnotateErrorKind::Damaged));

    assert_eq!(annotate_any(&of(&["<< /Type /Pages /Kids [4 0 R 2 0 R 4 0 R] >>".to_owned()])), None);
    assert_eq!(
        annotate_any(&of(&["<< /MediaBox 5 0 R >>".to_owned(), "5 0 R".to_owned()])),
        Some(AnnotateErrorKind::Damaged)
    );
    let chain: Vec<String> = (5..400).map(|next| format!("<< /Type /Pages /Kids [{next} 0 R] >>")).collect();
    assert_eq!(annotate_any(&of(&chain)), Some(AnnotateErrorKind::Damaged));
}

#[test]
fn what_is_nested_long_or_packed_tight_takes_no_time() {
    let begun = Instant::now();
    let deep = format!("<< /Annots {} >>", "[".repeat(1_000_000));
    assert_eq!(annotate_any(&of(&[deep])), Some(AnnotateErrorKind::Damaged));
    let wide = format!("<< /Annots [{}] >>", "<<>>".repeat(300_000));
    assert_eq!(annotate_any(&of(&[wide])), None);
    let kids = format!("<< /Type /Pages /Kids [{}] >>", "<<>>".repeat(300_000));
    assert_eq!(annotate_any(&of(&[kids])), Some(AnnotateErrorKind::TooLarge));
    // Objects that begin within the string of the one before, all of them as long as what is left of the file.
    let nested: String =
        (4..3000).map(|number| format!("{number} 0 obj << /Type /Pages /Kids [{} 0 R] /A (", number + 1)).collect();
    annotate_any(&of(&[nested]));
    // A section of nothing but zeros that unpacks to more than anybody needs.
    let bomb = miniz_oxide::deflate::compress_to_vec_zlib(&vec![0; 200 << 20], 9);
    let head = format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /XRef /Size 4000000000 /W [1 0 0] /Filter /FlateDecode /Length {} >>\nstream\n",
        bomb.len()
    );
    let content = [head.as_bytes(), &bomb, b"\nendstream\nendobj\nstartxref\n9\n%%EOF"].concat();
    assert_eq!(annotate_any(&content), Some(AnnotateErrorKind::TooLarge));
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}
