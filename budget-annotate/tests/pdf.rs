//! Highlights, notes and the list, on pages of every kind.

#![allow(clippy::unwrap_used, clippy::panic, clippy::float_arithmetic, reason = "a test fails by panicking")]

mod common;

use budget_annotate::{AnnotateErrorKind, AnnotateOptions, Annotated, annotate_pdf};
use budget_export::Annotation;
use budget_model::{Place, Severity};
use common::{FORMS, File, Form, finding, grids, numbers, objects, place, table};

/// A file with one page of a table.
fn one_page(form: Form) -> Vec<u8> {
    let mut file = File::new();
    file.page("", &table("1234.50"));
    file.bytes(form)
}

fn annotate(content: &[u8], findings: &[Annotation]) -> Annotated {
    annotate_pdf(content, findings, AnnotateOptions::default()).unwrap()
}

fn annotate_figure(content: &[u8]) -> Annotated {
    annotate(
        content,
        &[finding(Severity::Error, "支出合计应为1235.50", &[place(content, "1234.50"), place(content, "Sum")])],
    )
}

fn kind(content: &[u8]) -> AnnotateErrorKind {
    annotate_pdf(content, &[], AnnotateOptions::default()).map(|annotated| annotated.marked).unwrap_err().kind()
}

/// Whether a box lies around the figure of the table, which is written from (203, 305) on and 37 points wide, in whatever
/// direction.
fn is_around_the_figure(rect: &[f64], [x0, y0, x1, y1]: [f64; 4]) -> bool {
    let slack = 4.0;
    rect[0] <= x0 + 0.5
        && rect[1] <= y0 + 0.5
        && rect[2] >= x1 - 0.5
        && rect[3] >= y1 - 0.5
        && rect[0] >= x0 - slack
        && rect[1] >= y0 - slack
        && rect[2] <= x1 + slack
        && rect[3] <= y1 + slack
}

#[test]
fn a_note_is_where_the_figure_stands_however_the_page_is_turned_and_cut() {
    let boxes = [
        "/MediaBox [0 0 595 842]",
        "/MediaBox [-50 -20 545 822]",
        "/MediaBox [545.5 822.25 -50 -20] /CropBox [20 30 400 500]",
        "/MediaBox [0 0 595 842] /CropBox [-100 200 420 2000]",
        "/MediaBox [0 0 595 842] /UserUnit 2.5",
    ];
    // The table as it is, and turned by quarters around a point between, with where its figure then stands.
    let turns = [
        ("1 0 0 1 0 0", [203.0, 305.0, 239.7, 312.0]),
        ("0 1 -1 0 540 100", [228.0, 303.0, 235.0, 339.7]),
        ("-1 0 0 -1 400 640", [160.3, 328.0, 197.0, 335.0]),
        ("0 -1 1 0 -100 540", [205.0, 300.3, 212.0, 337.0]),
    ];
    for entries in boxes {
        for degrees in [0, 90, 180, 270, -90, 450] {
            for (matrix, figure) in turns {
                let mut file = File::new();
                file.page(&format!("{entries} /Rotate {degrees}"), &format!("{matrix} cm {}", table("1234.50")));
                let annotated = annotate_figure(&file.bytes(Form::Table));
                assert_eq!((annotated.marked, annotated.unmarked), (1, 0));
                let highlight = &objects(&annotated.bytes, "/Highlight")[0];
                let rect = numbers(highlight, "Rect");
                assert!(
                    is_around_the_figure(&rect, figure),
                    "{entries} {degrees} {matrix}: {rect:?} is not {figure:?}"
                );
                let quad = numbers(highlight, "QuadPoints");
                let (xs, ys): (Vec<f64>, Vec<f64>) = quad.chunks(2).map(|point| (point[0], point[1])).unzip();
                let least = |numbers: &[f64]| numbers.iter().copied().fold(f64::INFINITY, f64::min);
                assert!(quad.len() == 8 && least(&xs) == rect[0] && least(&ys) == rect[1]);
            }
        }
    }
}

#[test]
fn boxes_and_turns_are_taken_from_the_lists_above_a_page() {
    let mut file = File::new();
    let boxed = file.add("[10 10 605 852]");
    let turn = file.add("270");
    file.inherited = format!("/MediaBox {boxed} 0 R /CropBox [40 50 500 700] /Rotate {turn} 0 R");
    file.page("", &table("1234.50"));
    let rect = numbers(&objects(&annotate_figure(&file.bytes(Form::Packed)).bytes, "/Highlight")[0], "Rect");
    assert!(is_around_the_figure(&rect, [203.0, 305.0, 239.7, 312.0]), "{rect:?}");
}

#[test]
fn the_original_is_the_beginning_of_the_result_and_reads_the_same() {
    for form in FORMS {
        let content = one_page(form);
        let annotated = annotate_figure(&content);
        assert!(annotated.bytes.starts_with(&content), "{form:?}");
        assert_eq!(grids(&annotated.bytes), grids(&content), "{form:?}");
        assert_eq!(annotated, annotate_figure(&content), "equal input makes equal bytes");
        // The section that is appended is of the kind that was there.
        let is_stream = objects(&annotated.bytes[content.len()..], "/XRef").len() == 1;
        assert_eq!(is_stream, matches!(form, Form::Stream | Form::Packed), "{form:?}");
    }
}

#[test]
fn a_file_is_annotated_on_top_of_annotations() {
    for form in FORMS {
        let once = annotate_figure(&one_page(form)).bytes;
        let twice = annotate_figure(&once);
        assert!(twice.bytes.starts_with(&once) && twice.marked == 1);
        let pages = objects(&twice.bytes, "/Type /Pages");
        let count = pages.last().unwrap().split("/Count ").nth(1).unwrap().split(' ').next().unwrap();
        assert_eq!(count, "3", "a page and two lists");
        let page = objects(&twice.bytes, "/Type /Page ").into_iter().rfind(|page| page.contains("/F1 3 0 R")).unwrap();
        assert_eq!(page.split("/Annots").nth(1).unwrap().matches(" R").count(), 4, "{page}");
    }
}

#[test]
fn annotations_that_a_page_has_are_kept() {
    let own = "<< /Type /Annot /Subtype /Text /Rect [10 10 20 20] /Contents (a \\) b) >>";
    for form in FORMS {
        for place_of_list in ["direct", "indirect", "none"] {
            let mut file = File::new();
            let other = file.add(own);
            let list = format!("[{other} 0 R {own}]");
            let entry = match place_of_list {
                "direct" => format!("/Annots {list}"),
                "indirect" => format!("/Annots {} 0 R", file.add(list)),
                _ => String::new(),
            };
            file.page(&entry, &table("1234.50"));
            // Another page with the same list does not get what belongs to the first.
            file.page(&entry, "");
            let content = file.bytes(form);
            let annotated = annotate_figure(&content);
            let pages = objects(&annotated.bytes[content.len()..], "/Type /Page ");
            assert_eq!(pages.len(), 2, "the page with the figure and the list");
            let page = pages.iter().find(|page| page.contains("/F1")).unwrap();
            let kept = if place_of_list == "none" { "" } else { &format!("{other} 0 R {own} ") };
            assert!(page.contains(&format!("/Annots [{kept}")), "{page}");
            assert_eq!(page.matches(own).count(), usize::from(!kept.is_empty()));
        }
    }
}

#[test]
fn the_first_place_has_the_note_and_the_others_say_where_it_is() {
    let content = one_page(Form::Table);
    let text = |words: &str| words.encode_utf16().map(|unit| format!("{unit:04X}")).collect::<String>();
    let places = [place(&content, "1234.50"), place(&content, "Sum"), place(&content, "1234.50")];
    let findings = [finding(Severity::Info, "一", &places[1..2]), finding(Severity::Error, "合计应为1235.50", &places)];
    let highlights = objects(&annotate(&content, &findings).bytes, "/Highlight");
    assert_eq!(highlights.len(), 3, "a place that is named twice is marked once");
    let has = |highlight: &str, words: &str| highlight.contains(&text(words));
    assert!(has(&highlights[1], "2. 错误：各部分之和不等于合计") && has(&highlights[1], "合计应为1235.50"));
    assert!(has(&highlights[1], "可能有误：支出总计 = 18.00 → 17.00"));
    assert!(has(&highlights[2], "见问题 2（错误）") && !has(&highlights[2], "1235.50"));
    let colours: Vec<_> = highlights.iter().map(|highlight| numbers(highlight, "C")).collect();
    assert!(colours[1][1] < colours[2][1] && colours[0][0] < 1.0, "{colours:?}");
    for highlight in &highlights {
        assert!(
            highlight.contains("/T (budget)") && highlight.contains("/Contents <FEFF") && !highlight.contains("/M ")
        );
    }
}

#[test]
fn the_list_names_every_finding_and_leads_to_it() {
    let content = one_page(Form::Stream);
    let nowhere = Place::Page { page: 9, top: 10, left: 10, bottom: 20, right: 20 };
    let line = Place::Text { page: 1, line: 1, column: 1 };
    let findings = [
        finding(Severity::Error, "甲", &[place(&content, "1234.50")]),
        finding(Severity::Warning, "乙", &[nowhere]),
        finding(Severity::Warning, "丙", &[line]),
        finding(Severity::Info, "丁", &[]),
    ];
    let annotated = annotate(&content, &findings);
    assert_eq!((annotated.marked, annotated.unmarked, annotated.omitted), (1, 3, 0));
    assert_eq!(objects(&annotated.bytes, "/Link").len(), 1);
    let without_words = Annotation { title: String::new(), ..finding(Severity::Error, "", &[place(&content, "Sum")]) };
    assert_eq!(objects(&annotate(&content, &[without_words]).bytes, "/Link").len(), 1);
    let few = annotate_pdf(&content, &findings, AnnotateOptions { most: 2, ..AnnotateOptions::default() }).unwrap();
    assert_eq!((few.marked, few.unmarked, few.omitted), (1, 1, 2));
}

#[test]
fn a_long_list_goes_on_on_other_pages() {
    let content = one_page(Form::Table);
    let figure = place(&content, "1234.50");
    let long = "支出合计与各部分之和不相等，".repeat(40);
    let findings: Vec<_> =
        (0..90).map(|index| finding(Severity::Warning, if index % 9 == 0 { &long } else { "短" }, &[figure])).collect();
    let annotated = annotate(&content, &findings);
    let pages = objects(&annotated.bytes[content.len()..], "/Resources << /Font << /F ");
    assert!((3..12).contains(&pages.len()), "{}", pages.len());
    assert_eq!(objects(&annotated.bytes, "/Link").len(), 90);
    assert!(objects(&annotated.bytes, "/Link").iter().all(|link| numbers(link, "Rect")[1] >= 50.0));
    // Without any finding, that is what the list says.
    assert_eq!(objects(&annotate(&content, &[]).bytes, "/Resources << /Font << /F ").len(), 1);
}

#[test]
fn a_message_longer_than_a_page_is_cut_off() {
    let content = one_page(Form::Table);
    let endless = "一\n".repeat(20_000);
    let annotated = annotate(&content, &[finding(Severity::Error, &endless, &[place(&content, "Sum")])]);
    assert!(annotated.bytes.len() < content.len() + 300_000, "{}", annotated.bytes.len());
}

#[test]
fn what_cannot_be_annotated_says_why() {
    let mut encrypted = File::new();
    encrypted.page("", &table("1234.50"));
    encrypted.trailer = "/Encrypt << /Filter /Standard /V 1 /R 2 /O <00> /U <00> /P -4 >>".to_owned();
    assert_eq!(kind(&encrypted.bytes(Form::Table)), AnnotateErrorKind::Encrypted);
    assert_eq!(kind(b"PK\x03\x04"), AnnotateErrorKind::OtherFormat);
    assert_eq!(kind(b""), AnnotateErrorKind::OtherFormat);
    let content = one_page(Form::Table);
    assert_eq!(kind(&content[..content.len() - 30]), AnnotateErrorKind::Damaged);
    // All objects stand further back than the table says.
    let moved = [&content[..15], b"% x\n", &content[15..]].concat();
    assert_eq!(kind(&moved), AnnotateErrorKind::Damaged);
}

#[test]
fn a_signed_file_is_annotated_and_said_to_be_signed() {
    let mut file = File::new();
    file.page("", &table("1234.50"));
    file.add("<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 10 20 10] /Contents <00> >>");
    assert!(annotate_figure(&file.bytes(Form::Table)).is_signed);
    assert!(!annotate_figure(&one_page(Form::Packed)).is_signed);
}

#[test]
fn the_first_identifier_of_a_file_stays_and_the_second_changes() {
    let mut file = File::new();
    file.page("", &table("1234.50"));
    file.trailer = "/ID [(ab\\)c) <00>] /Info 3 0 R".to_owned();
    let content = file.bytes(Form::Table);
    let appended = annotate_figure(&content).bytes.split_off(content.len());
    let appended = String::from_utf8_lossy(&appended).into_owned();
    let trailer = appended.split("trailer").nth(1).unwrap();
    assert!(
        trailer.contains("/ID [(ab\\)c) <") && trailer.contains("/Info 3 0 R") && !trailer.contains("<00>"),
        "{trailer}"
    );
}
