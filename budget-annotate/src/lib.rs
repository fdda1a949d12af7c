//! Writes findings into the original of a budget disclosure (部门预算公开): what a person opens is the file that they know, with a
//! note at each figure that something is said of.
//!
//! An [`Annotation`](budget_export::Annotation) has words and places; a check makes one of each finding. [`annotate_pdf`] puts a
//! highlight with a note at each place of a PDF and a list behind its last page, [`annotate_workbook`] a comment and a colour at each
//! cell of a workbook; nothing else that was there is touched.
//!
//! ```
//! use budget_annotate::{AnnotateOptions, annotate_pdf};
//! use budget_export::Annotation;
//! use budget_model::{Place, Severity};
//!
//! let finding = Annotation {
//!     severity: Severity::Error,
//!     code: "parts-do-not-add-up".to_owned(),
//!     title: "各部分之和不等于合计".to_owned(),
//!     message: "支出合计为 17.00，各项之和为 18.00".to_owned(),
//!     expected: None,
//!     found: None,
//!     difference: None,
//!     // A box of the first page, in tenths of a point from its upper left corner.
//!     places: vec![Place::Page { page: 1, top: 3100, left: 720, bottom: 3210, right: 1300 }],
//!     suspects: Vec::new(),
//!     cells: Vec::new(),
//! };
//! let pdf = b"%PDF-1.4
//! 1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
//! 2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >> endobj
//! 3 0 obj << /Type /Page /Parent 2 0 R >> endobj
//! xref
//! 0 4
//! 0000000000 65535 f\x20
//! 0000000009 00000 n\x20
//! 0000000058 00000 n\x20
//! 0000000139 00000 n\x20
//! trailer << /Size 4 /Root 1 0 R >>
//! startxref
//! 186
//! %%EOF";
//! let annotated = annotate_pdf(pdf, &[finding], AnnotateOptions::default())?;
//! assert!(annotated.bytes.starts_with(pdf));
//! assert_eq!((annotated.marked, annotated.unmarked), (1, 0));
//! # Ok::<(), budget_annotate::AnnotateError>(())
//! ```
//!
//! Equal input makes equal bytes: notes have no date.
//!
//! # PDF
//!
//! What is written is an *incremental update*: the original is the beginning of the result, byte for byte, and new versions of the
//! annotated pages and of the list of pages follow it. A signature is still valid for what it signed, and viewers will say that the
//! file was changed after it ([`Annotated::is_signed`]). The list is set in a font that is not in the file (`STSong-Light`, by
//! Adobe-GB1), as every viewer has a substitute for it; that keeps files small, and ends conformance to PDF/A.
//!
//! Objects are found by modules of this crate, not by a library. What is needed of a file is small: its sections, its page lists,
//! a few dictionaries, all of which are copied as they stand. The libraries at hand do more: `hayro-syntax`, which the reader is built
//! on, repairs what is broken without a word and does not say where in the file an object stands, so that an update could be put on
//! top of a table that points into nothing; it also unpacks without a limit. `lopdf` has incremental updates, but builds every object
//! of the file before the first is changed. Here no value is built, nothing calls itself, what may be unpacked and how often objects
//! may be read is bounded, and a file whose tables are wrong is an error.
//!
//! # Workbooks
//!
//! A library that writes workbooks writes what it knows of them, and loses the rest. Here the package is edited: in a sheet the styles
//! of the marked cells change and nothing else, but for the link to its comments; each of these styles is one that was there with
//! another fill, so that number formats, fonts and borders stay; comments are added to those that are there. All other parts are
//! copied as they are packed, macros with them. Cells that are not there get a comment and no colour, and so do all cells of a
//! workbook without styles. Where a cell has a threaded comment, spreadsheet programs that know these show the thread and not what
//! stands below its old form.
//!
//! # Features
//!
//! `pdf` and `xlsx`, both on by default. No type of the libraries behind them is in the public interface.

// Formats share parts, so a build without one of them does not use all.
#![cfg_attr(not(all(feature = "pdf", feature = "xlsx")), allow(dead_code, unused_imports))]

mod error;
mod note;
mod options;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "xlsx")]
mod workbook;

pub use error::{AnnotateError, AnnotateErrorKind};
pub use options::{AnnotateOptions, Annotated};
#[cfg(feature = "pdf")]
pub use pdf::annotate_pdf;
#[cfg(feature = "xlsx")]
pub use workbook::annotate_workbook;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
