//! Sound files that were damaged on their way.

#![allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "a test that cannot go on fails")]

mod common;

use budget_document::{Limits, ReadErrorKind, Reader};
use budget_parse_pdf::PdfReader;
use common::{File, Sheet};
use proptest::prelude::*;

/// Some pages with tables, of which every other one is deflated.
fn sound() -> Vec<u8> {
    let mut file = File::new();
    for page in 0..6 {
        let (xs, ys) = ([50.0, 200.0, 300.0, 400.0], [800.0, 780.0, 760.0]);
        let mut sheet = Sheet::new();
        sheet.grid(&xs, &ys).cells(&xs, &ys, &[&["文化", "17.00", "3.00"], &["体育", "5.00", "2.00"]]);
        sheet.text(50.0, 820.0, "部门支出总表").fill("0.9 g", 50.0, 700.0, 20.0, 20.0);
        sheet.raw("q 50 100 50 50 re W n").text(80.0, 120.0, "1234567").raw("Q");
        if page % 2 == 0 {
            let content = file.deflated("", &sheet.content);
            file.page_of(&sheet, &format!("{content} 0 R"));
        } else {
            file.page(&sheet);
        }
    }
    file.bytes()
}

/// Reading ends, with a document or with an error of a kind that says the file is at fault.
fn read_any(content: &[u8]) {
    match PdfReader.read(content, &Limits::default()) {
        Ok(_) => {}
        Err(error) => assert!(
            matches!(
                error.kind(),
                ReadErrorKind::Malformed(_)
                    | ReadErrorKind::Empty
                    | ReadErrorKind::NoText(_)
                    | ReadErrorKind::TooLarge(_)
                    | ReadErrorKind::Encrypted
            ),
            "{error}"
        ),
    }
}

#[test]
fn a_file_cut_off_anywhere_is_read_as_far_as_it_goes_or_refused() {
    let content = sound();
    let mut pages = Vec::new();
    for end in (0..content.len()).step_by(256) {
        read_any(&content[..end]);
        if let Ok(document) = PdfReader.read(&content[..end], &Limits::default()) {
            pages.push(document.grids().count());
        }
    }
    // Pages whose objects are all there are read.
    assert!(pages.is_sorted() && pages.last().is_some_and(|last| *last >= 5), "{pages:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_may_be_changed(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let mut content = sound();
        for (at, byte) in changes {
            let at = at.index(content.len());
            content[at] = byte;
        }
        if let Some(cut) = cut {
            content.truncate(cut.index(content.len()));
        }
        read_any(&content);
    }

    #[test]
    fn any_operators_may_draw_a_page(program in "(q |Q |BT |ET |/F1 9 Tf |/H 9 Tf |\\(17.0\\) Tj |<6536> Tj |[0-9]{1,4} [0-9]{1,4} (m|l|Td) |[0-9]{1,3} [0-9]{1,3} [0-9]{1,3} [0-9]{1,3} re |S |f |f\\* |W n |[0-7] Tr |[01] g |-?[0-2] [0-2] -?[0-2] [0-2] [0-9]{1,3} [0-9]{1,3} (cm|Tm) |BI |ID |EI |\\[|\\]|<<|>>|%){0,80}") {
        let mut sheet = Sheet::new();
        sheet.raw(program);
        read_any(&File::of(&[sheet]));
    }
}
