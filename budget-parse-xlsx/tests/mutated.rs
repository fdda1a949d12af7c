//! A damaged workbook of a whole disclosure gives a sound document or a typed error.
//!
//! `BUDGET_FUZZ_CASES` sets the number of random cases; coverage-guided fuzzing is in `fuzz/`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use std::sync::LazyLock;

use budget_export::{Document, DocumentInfo, ExportOptions, Exporter, MemorySink, XlsxExporter};
use budget_model::{Disclosure, Placement};
use budget_parse::{Limits, Registry};
use budget_parse_text::read_text;
use budget_parse_xlsx::WorkbookReader;
use common::{unzip, zip};
use proptest::prelude::*;
use proptest::sample::Index;

/// The parts of a workbook with one sheet of each kind.
static PARTS: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let mut disclosure = read_text(include_bytes!("../../examples/disclosure.txt")).unwrap();
    disclosure.performance.truncate(1);
    let info = DocumentInfo::new("sample", "sample.txt");
    let mut sink = MemorySink::default();
    let document = Document { info: &info, disclosure: &disclosure };
    XlsxExporter::new(ExportOptions::default()).write(document, &mut sink).unwrap();
    unzip(&sink.files().into_values().next().unwrap())
});

/// Reads anything; what is read promises that columns, wholes and candidates exist.
fn read_any(content: &[u8]) -> Option<Disclosure> {
    let limits = Limits::default().with_unpacked_bytes(16 << 20).with_cells(100_000);
    let disclosure = Registry::new().with_reader(WorkbookReader).with_limits(limits).read(content, None).ok()?;
    for table in &disclosure.tables {
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
    Some(disclosure)
}

/// Markup and values that end, repeat or contradict something.
const INSERTED: &[&str] = &[
    "</row>",
    "<row r=\"7\" hidden=\"1\">",
    "<c r=\"A1\" t=\"s\"><v>99999</v></c>",
    "<c r=\"XFD1048576\"><v>1</v></c>",
    "<c r=\"B3\" t=\"e\"><v>#REF!</v></c>",
    "<c r=\"C4\"><f>A1</f><v>1e308</v></c>",
    "<mergeCell ref=\"A1:XFD1048576\"/>",
    "&amp;",
    "总计",
    "-",
];

/// The workbook with one part changed.
fn with_part(part: usize, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut parts = PARTS.clone();
    change(&mut parts[part].1);
    zip(&parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect::<Vec<_>>())
}

#[test]
fn the_workbook_that_is_damaged_below_is_whole() {
    let disclosure = read_any(&with_part(0, |_| ())).unwrap();
    assert!(disclosure.tables.len() > 10 && disclosure.performance.len() == 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("BUDGET_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(32)
    ))]

    #[test]
    fn changed_bytes_of_a_part_give_a_sound_document_or_an_error(
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
    fn markup_put_anywhere_gives_a_sound_document_or_an_error(
        part in any::<Index>(),
        inserted in prop::collection::vec((any::<Index>(), prop::sample::select(INSERTED)), 1..8),
    ) {
        read_any(&with_part(part.index(PARTS.len()), |content| {
            for (at, markup) in inserted {
                // Between two elements, where there are any.
                let ends: Vec<usize> = memchr::memchr_iter(b'>', content).map(|end| end + 1).collect();
                let at = if ends.is_empty() { 0 } else { ends[at.index(ends.len())] };
                content.splice(at..at, markup.bytes());
            }
        }));
    }
}
