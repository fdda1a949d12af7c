//! Reads budget disclosures from Word documents: `.docx` and `.docm`.
//!
//! [`WordReader`] turns a document into lines and grids in the order of reading; which table a grid is, and what the text says,
//! is found afterwards, in the same way for every format.
//!
//! ```
//! use budget_parse::{ReadErrorKind, Registry};
//! use budget_parse_docx::WordReader;
//!
//! let registry = Registry::new().with_reader(WordReader);
//! let error = registry.read(b"a text, whatever its name", Some("budget.docx")).unwrap_err();
//! assert!(matches!(error.kind(), ReadErrorKind::UnknownFormat { .. }));
//! ```
//!
//! # What is read
//!
//! - Paragraphs as lines, with the number that Word makes in front (一、, （三）, 1.2): it is not in the text, but is counted
//!   from the lists and styles. Bullets are left out. A break within a paragraph begins a line.
//! - Tables as grids, with merged cells. A table inside a cell is a grid of its own behind the outer one; where the outer table
//!   only sets others, its cells are read one after the other and it is no grid. A cell with several paragraphs has several lines.
//! - Text boxes behind the paragraph they hang on, foot- and endnotes at the end, each behind its number (`[1]`). The mark in the
//!   text is left out: it would become a digit of the figure before it.
//! - The results of fields and not their instructions; one of several alternatives.
//! - The text as it is once all tracked changes are accepted, which is said ([`TrackedChanges`]).
//! - Text marked as hidden, and what lies in the continuation of a merged cell, as hidden text.
//!
//! Headers and footers repeat on every page and say nothing of their own; they and comments are left out. A file in this format
//! has no pages: where they end depends on the fonts of whoever opens it. Pictures, embedded workbooks and documents are not
//! looked into; a document that has pictures and no text ends with [`NoText`].
//!
//! # Limits
//!
//! Only what is read is unpacked, up to [`Limits::unpacked_bytes`] in all. No element is read by recursion, and how deep they
//! stand is counted ([`Limits::depth`]), as are lines and cells. A part with a document type definition, which may define
//! entities, is refused.
//!
//! [`TrackedChanges`]: budget_model::DiagnosticCode::TrackedChanges
//! [`NoText`]: budget_document::ReadErrorKind::NoText
//! [`Limits::unpacked_bytes`]: budget_document::Limits::unpacked_bytes
//! [`Limits::depth`]: budget_document::Limits::depth

mod archive;
mod markup;
mod numbering;
mod numeral;
mod paragraph;
mod reader;
mod story;
mod styles;
mod symbol;
mod table;

pub use reader::WordReader;
