//! Writes budget disclosures (部门预算公开) as CSV data packages, JSON and formatted workbooks.
//!
//! Every format stands behind [`Exporter`]: one document in, one file or a set of files out through a [`Sink`]. Equal
//! documents make equal bytes. What a format cannot carry is listed in the [`Report`], never dropped in silence.
//!
//! | id | output | carries |
//! | --- | --- | --- |
//! | `csv` | a folder: a Data Package 2.0 with typed fields and keys | figures with coordinates and places, all texts |
//! | `json` | one file with a [published schema](json_schema) | everything; [`from_json`] gives an equal document |
//! | `xlsx` | one workbook | tables as the official form prints them, and lists of everything else |
//!
//! ```
//! use budget_export::{exporter, Document, DocumentInfo, ExportOptions, MemorySink};
//! use budget_model::Disclosure;
//!
//! let info = DocumentInfo::new("2025-文化馆", "文化馆.txt");
//! let document = Document { info: &info, disclosure: &Disclosure::default() };
//! let mut sink = MemorySink::default(); // or a DirectorySink
//! for id in ["csv", "json", "xlsx"] {
//!     let Some(exporter) = exporter(id, ExportOptions::default()) else { continue };
//!     let report = exporter.write(document, &mut sink)?;
//!     for omission in &report.omissions {
//!         eprintln!("{id}: {omission}");
//!     }
//! }
//! # Ok::<(), budget_export::ExportError>(())
//! ```
//!
//! Many documents go into one set of tables with the crate `budget-dataset`. The tables of a crate of one's own are described by
//! [`TableSchema`] and written by [`csv_records`] and [`write_data_package`].
//!
//! # Text that looks like a formula
//!
//! Indicator values such as `=50%` and names that begin with `-` are text. JSON and workbooks say so by type. CSV has no
//! types, and quotes do not stop a spreadsheet; the files keep the text as printed, because programs compare it, and
//! [`ExportOptions::guard_formulas`] puts an apostrophe before it for people who open the files in a spreadsheet.
//!
//! # Features
//!
//! `csv`, `json` and `xlsx`, all on by default. No type of the libraries behind them is in the public interface.

// Formats share parts, so a build without one of them does not use all.
#![cfg_attr(
    not(all(feature = "csv", feature = "json", feature = "xlsx")),
    allow(dead_code, unused_imports, unused_variables)
)]

mod annotation;
mod document;
mod error;
mod exporter;
mod form;
mod omission;
#[cfg(any(feature = "csv", feature = "xlsx"))]
mod records;
mod schema;
mod sink;

#[cfg(feature = "csv")]
mod csv;
#[cfg(feature = "csv")]
mod datapackage;
#[cfg(feature = "json")]
mod json;
#[cfg(feature = "xlsx")]
mod xlsx;

pub use annotation::Annotation;
#[cfg(feature = "csv")]
pub use csv::{CsvExporter, csv_header, csv_records};
#[cfg(feature = "csv")]
pub use datapackage::{DataFormat, DataResource, write_data_package};
pub use document::{Document, DocumentInfo};
pub use error::ExportError;
pub use exporter::{Descriptor, ExportOptions, Exporter, Output, Report, exporter, exporters};
pub use form::{Area, FormCell, FormColumn, FormContent, OfficialForm};
#[cfg(feature = "json")]
pub use json::{JSON_VERSION, JsonExporter, from_json, json_schema, to_json};
pub use omission::{Omission, OmissionKind};
#[cfg(any(feature = "csv", feature = "xlsx"))]
pub use records::cell_key;
pub use schema::{FieldKind, FieldSchema, Reference, TableSchema, Value};
pub use sink::{DirectorySink, MemorySink, NewFolderSink, OutputFile, Sink, remove_left_over};
#[cfg(feature = "xlsx")]
pub use xlsx::{AnnotatedXlsxExporter, XlsxExporter};
