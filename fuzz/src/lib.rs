//! What the fuzz targets share: what must hold of every disclosure, workbooks made of loose parts, pages drawn by any program, and
//! the first inputs.

#[path = "../../budget-parse-xlsx/tests/common/mod.rs"]
mod common;
mod drawn;
mod packed;
#[path = "../../budget-parse-pdf/tests/common/mod.rs"]
mod pdf;
mod seeds;

use budget_export::{Document, DocumentInfo, ExportOptions, MemorySink, exporters, from_json, to_json};
use budget_model::{Disclosure, Placement};
use budget_rules::{Checker, TextReport, to_csv};

pub use drawn::drawn;
pub use packed::packed;
pub use seeds::sow;

/// What every reader promises: columns, wholes and candidates exist, and a cell stands in the first of its candidates.
///
/// # Panics
///
/// Something promised does not hold.
pub fn is_sound(disclosure: &Disclosure) {
    for table in &disclosure.tables {
        for row in &table.rows {
            assert!(row.part_of.is_none_or(|whole| (whole as usize) < table.rows.len()), "{:?}", row.label);
            for cell in &row.cells {
                assert!(usize::from(cell.column) < table.columns.len(), "{cell:?}");
                if let Placement::Ambiguous { candidates } = &cell.placement {
                    assert!(candidates.len() > 1 && candidates[0] == cell.column, "{cell:?}");
                }
            }
        }
    }
    let ledger = &disclosure.ledger;
    assert!(ledger.characters_read <= ledger.characters && ledger.numbers_read <= ledger.numbers);
}

/// Checks a disclosure and reads its JSON back.
///
/// # Panics
///
/// The disclosure from JSON is another one.
pub fn is_checked(disclosure: &Disclosure) {
    let report = Checker::new().with_rounding().check(disclosure);
    let _ = TextReport::new(&report).with_rounding().with_rules().to_string();
    let _ = to_csv(&report, &disclosure.sheets);

    let info = DocumentInfo::new("fuzz", "fuzz");
    let mut json = Vec::new();
    let document = Document { info: &info, disclosure };
    to_json(document, ExportOptions::default(), &mut json).expect("memory takes everything");
    let (_, again) = from_json(&json).expect("what was written is read");
    assert_eq!(again, *disclosure);
}

/// Writes a disclosure in every format.
pub fn is_written(disclosure: &Disclosure) {
    let info = DocumentInfo::new("fuzz", "fuzz");
    for exporter in exporters(ExportOptions::default()) {
        // A workbook has limits that a disclosure has not.
        let _ = exporter.write(Document { info: &info, disclosure }, &mut MemorySink::default());
    }
}

/// Lets the readers of workbooks and PDFs turn panics of the libraries under it into errors, as it does outside of the fuzzer; a panic of
/// our own code ends the run, caught or not.
pub fn forgive_panics_of_libraries() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if panic.location().is_none_or(|location| location.file().contains("budget-")) {
            report(panic);
        }
    }));
}
