//! Reads budget disclosures from workbooks: `.xlsx`, `.xlsm`, `.xlsb`, `.xls` and `.ods`.
//!
//! [`WorkbookReader`] turns a workbook into one grid of cells a sheet; which table a sheet holds, and what its columns are,
//! is found afterwards, in the same way for every format.
//!
//! ```
//! use budget_parse::{ReadErrorKind, Registry};
//! use budget_parse_xlsx::WorkbookReader;
//!
//! let registry = Registry::new().with_reader(WorkbookReader);
//! let error = registry.read(b"a text, whatever its name", Some("budget.xlsx")).unwrap_err();
//! assert!(matches!(error.kind(), ReadErrorKind::UnknownFormat { .. }));
//! ```
//!
//! # What is read
//!
//! - Every sheet and row, hidden or not; what was hidden is marked, reported ([`HiddenRead`]), and not certain.
//! - Numbers as exact decimals, as the sheet shows them: the shortest decimal text of the stored number, without the noise of
//!   binary arithmetic (`0.30000000000000004` is `0.3`), printed as the number format of the cell says (20322100 in `0!.0000`
//!   is `2032.2100`, 17 in `0.00` is `17.00`). What is shown with other characters (`12.5%`, `3.2万`) is text. A number whose
//!   format cannot be printed exactly (exponents, numerals) is the stored one, marked and reported ([`DisplayUnknown`]); one
//!   that its format hides is not read ([`NumberNotShown`]).
//! - Formulas by the result that was stored with them; one without is reported ([`FormulaWithoutResult`]) and no blank.
//! - Dates as text (`2025-01-31`), so that one in a column of figures is noticed; error values as such.
//!
//! # Limits
//!
//! An archive is unpacked once, up to [`Limits::unpacked_bytes`], before anything else looks at it, so small files that
//! unpack to gigabytes end with an error. [`Limits::cells`] counts the cells that hold something, and blank ones that are merged.
//!
//! [`HiddenRead`]: budget_model::DiagnosticCode::HiddenRead
//! [`FormulaWithoutResult`]: budget_model::DiagnosticCode::FormulaWithoutResult
//! [`DisplayUnknown`]: budget_model::DiagnosticCode::DisplayUnknown
//! [`NumberNotShown`]: budget_model::DiagnosticCode::NumberNotShown
//! [`Limits::unpacked_bytes`]: budget_document::Limits::unpacked_bytes
//! [`Limits::cells`]: budget_document::Limits::cells

mod archive;
mod book;
mod format;
mod formulas;
mod hidden;
mod number;
mod ods;
mod reader;
mod stored;
mod xls;
mod xlsb;
mod xlsx;

pub use reader::WorkbookReader;
