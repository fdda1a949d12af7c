//! Any bytes give a document or a typed error, and what is given is sound.
//!
//! `BUDGET_FUZZ_CASES` sets the number of random cases of each kind; coverage-guided fuzzing is in `fuzz/`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use budget_model::{Disclosure, Placement};
use budget_parse::{FileKind, ReadErrorKind};
use budget_parse_text::read_text;
use proptest::prelude::*;
use proptest::sample::Index;

const SAMPLE: &str = include_str!("../../examples/disclosure.txt");

/// Lines that open, close or repeat something, for places where nobody expects them.
const LINES: &[&str] = &[
    "第二部分 2025年部门预算公开表",
    "表 3",
    "部门支出总体情况表",
    "一般公共预算项目支出情况表",
    "※ ※ ※ ※ 1 2 3 4 5 6 7 8 9 10 11 12",
    "总计 100.00 60.00 40.00",
    "207 01 09 群众文化 99,999,999,999,999,999,999.99 -0.01 —",
    "0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00",
    "一、关于云溪县文化馆 2025年收支预算总体情况说明",
    "（一）项目名称：",
    "比上年预算增加 3.00万元，增长 100000000000000000000000000000.00%，",
    " 项目支出绩效目标表",
    "项目资金(万元) 年度预算总额",
    "产出指标 数量指标",
    "第四部分 名词解释",
    "\u{c}",
];

fn cases(usual: u32) -> ProptestConfig {
    let cases = std::env::var("BUDGET_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual);
    ProptestConfig::with_cases(cases)
}

/// Reads anything; what is read promises that columns, wholes and candidates exist and that nothing is counted twice.
fn read_any(content: &[u8]) {
    let Ok(Disclosure { tables, ledger, .. }) = read_text(content) else { return };
    assert!(ledger.characters_read <= ledger.characters && ledger.numbers_read <= ledger.numbers, "{ledger:?}");
    for table in &tables {
        for row in &table.rows {
            assert!(row.part_of.is_none_or(|whole| (whole as usize) < table.rows.len()), "{row:?}");
            for cell in &row.cells {
                assert!(usize::from(cell.column) < table.columns.len(), "{cell:?}");
                if let Placement::Ambiguous { candidates } = &cell.placement {
                    assert!(candidates.len() > 1 && candidates[0] == cell.column, "{cell:?}");
                }
            }
        }
    }
}

#[test]
fn content_that_is_no_disclosure_is_refused_with_the_reason() {
    let kind = |content: &[u8]| read_text(content).unwrap_err().kind().clone();
    assert_eq!(kind(b""), ReadErrorKind::Empty);
    assert_eq!(kind(b" \n\t\r\n"), ReadErrorKind::Empty);
    assert_eq!(kind("今天天气很好。\n没有预算。\n".as_bytes()), ReadErrorKind::NothingFound);
    for (content, format) in [
        (&b"%PDF-1.7\n1 0 obj"[..], FileKind::Pdf),
        (b"PK\x03\x04\x14\0\0\0", FileKind::Archive),
        (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", FileKind::Image),
    ] {
        assert_eq!(kind(content), ReadErrorKind::NoReader { kind: format, inside: None });
    }
}

/// A piece of the sample, of so many lines.
fn piece(start: Index, lines: usize) -> Vec<&'static str> {
    let all: Vec<&str> = SAMPLE.lines().collect();
    let start = start.index(all.len());
    all[start..all.len().min(start + lines)].to_vec()
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn any_bytes_give_a_document_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..4096)) {
        read_any(&bytes);
    }

    #[test]
    fn changed_bytes_of_a_piece_give_a_sound_document_or_an_error(
        start in any::<Index>(),
        changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..24),
        cut in any::<Index>(),
    ) {
        let mut bytes = piece(start, 200).join("\n").into_bytes();
        for (index, value) in &changes {
            let at = index.index(bytes.len());
            bytes[at] = *value;
        }
        // Cut within a line and within a character.
        bytes.truncate(bytes.len() - cut.index(bytes.len()) / 4);
        read_any(&bytes);
    }

    #[test]
    fn lines_of_anything_in_any_order_give_a_sound_document_or_an_error(
        pieces in prop::collection::vec((any::<Index>(), 1_usize..60), 1..6),
        inserted in prop::collection::vec((any::<Index>(), prop::sample::select(LINES)), 0..12),
        swaps in prop::collection::vec((any::<Index>(), any::<Index>()), 0..12),
    ) {
        let mut lines: Vec<&str> = pieces.iter().flat_map(|(start, lines)| piece(*start, *lines)).collect();
        for (at, line) in &inserted {
            lines.insert(at.index(lines.len()), line);
        }
        for (one, other) in &swaps {
            let length = lines.len();
            lines.swap(one.index(length), other.index(length));
        }
        read_any(lines.join("\n").as_bytes());
    }
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn changed_bytes_of_a_document_give_a_sound_document_or_an_error(
        changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..24),
    ) {
        let mut bytes = SAMPLE.as_bytes().to_vec();
        for (index, value) in &changes {
            let at = index.index(bytes.len());
            bytes[at] = *value;
        }
        read_any(&bytes);
    }

    #[test]
    fn shuffled_lines_of_a_document_give_a_sound_document_or_an_error(
        lines in Just(SAMPLE.lines().collect::<Vec<_>>()).prop_shuffle(),
    ) {
        read_any(lines.join("\n").as_bytes());
    }
}
