//! Any bytes give a document or a typed error, and a cut or damaged text loses no more than what was cut or damaged.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use budget_model::Disclosure;
use budget_parse::ReadErrorKind;
use budget_parse_text::read_text;
use proptest::prelude::*;

const SAMPLE: &str = include_str!("../../examples/disclosure.txt");

fn tables(disclosure: &Disclosure) -> Vec<String> {
    disclosure.tables.iter().map(|table| serde_json::to_string(&(&table.title.text, &table.rows)).unwrap()).collect()
}

#[test]
fn a_text_cut_anywhere_gives_the_tables_before_the_cut_or_a_typed_error() {
    let whole = read_text(SAMPLE.as_bytes()).unwrap();
    let expected = tables(&whole);
    let mut read = 0;
    let ends: Vec<usize> = SAMPLE.char_indices().map(|(at, _)| at).step_by(997).collect();
    for end in ends {
        let Ok(partial) = read_text(&SAMPLE.as_bytes()[..end]) else { continue };
        // Rows of complete tables stay as they are; the last one may be cut, and what it would have told is missing.
        let titles: Vec<_> = partial.tables.iter().map(|table| table.title.text.clone()).collect();
        let complete = titles.len().saturating_sub(1);
        for (index, title) in titles.iter().take(complete).enumerate() {
            assert_eq!(*title, whole.tables[index].title.text);
            assert_eq!(
                partial.tables[index].figure_count(),
                whole.tables[index].figure_count(),
                "cut at {end}: {title}"
            );
        }
        read += 1;
    }
    assert!(read > 20 && !expected.is_empty());
}

#[test]
fn content_that_is_no_disclosure_is_refused_with_the_reason() {
    let kind = |content: &[u8]| read_text(content).unwrap_err().kind().clone();
    assert_eq!(kind(b""), ReadErrorKind::Empty);
    assert_eq!(kind(b" \n\t\r\n"), ReadErrorKind::Empty);
    assert_eq!(kind("今天天气很好。\n没有预算。\n".as_bytes()), ReadErrorKind::NothingFound);
    for (content, format) in [
        (&b"%PDF-1.7\n1 0 obj"[..], "PDF"),
        (b"PK\x03\x04\x14\0\0\0", "a ZIP archive (perhaps a workbook)"),
        (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "a PNG image"),
    ] {
        let ReadErrorKind::UnknownFormat { looks_like, .. } = kind(content) else { panic!("{format}") };
        assert_eq!(looks_like, Some(format));
    }
}

#[test]
fn a_damaged_line_leaves_other_tables_as_they_are() {
    let whole = read_text(SAMPLE.as_bytes()).unwrap();
    let lines: Vec<&str> = SAMPLE.lines().collect();
    // Lines of the first table are deleted, doubled and swapped; figures of tables far from it do not change columns.
    let first = whole.tables[0].rows.iter().map(|row| row.label.place.line()).min().unwrap() as usize - 1;
    let columns = |disclosure: &Disclosure| -> Vec<Vec<u16>> {
        let last = disclosure.tables.iter().filter(|table| table.title.text.contains("基本支出"));
        last.flat_map(|table| &table.rows).map(|row| row.cells.iter().map(|cell| cell.column).collect()).collect()
    };
    let expected = columns(&whole);
    assert!(!expected.is_empty());
    for offset in (0..40).step_by(2) {
        let mut deleted = lines.clone();
        deleted.remove(first + offset);
        let mut doubled = lines.clone();
        doubled.insert(first + offset, lines[first + offset]);
        let mut swapped = lines.clone();
        swapped.swap(first + offset, first + offset + 2);
        for damaged in [deleted, doubled, swapped] {
            let disclosure = read_text(damaged.join("\n").as_bytes()).unwrap();
            assert_eq!(columns(&disclosure), expected, "line {}", first + offset);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_give_a_document_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..4096)) {
        let _ = read_text(&bytes);
    }

    #[test]
    fn flipped_bytes_of_a_document_give_a_document_or_an_error(flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..24)) {
        let mut bytes = SAMPLE.as_bytes().to_vec();
        for (index, value) in &flips {
            let at = index.index(bytes.len());
            bytes[at] = *value;
        }
        let _ = read_text(&bytes);
    }

    #[test]
    fn shuffled_lines_of_a_document_give_a_document_or_an_error(order in Just((0..SAMPLE.lines().count()).collect::<Vec<_>>()).prop_shuffle()) {
        let lines: Vec<&str> = SAMPLE.lines().collect();
        let shuffled: Vec<&str> = order.iter().map(|line| lines[*line]).collect();
        let _ = read_text(shuffled.join("\n").as_bytes());
    }
}
