//! The contract between a format and everything else: what a reader of budget disclosures hands over, before anything is
//! understood.
//!
//! ```text
//! bytes ──Reader──▶ Document ──budget-parse──▶ Disclosure
//! ```
//!
//! A [`Document`] is a sequence of [blocks](Block), lines of text and grids of cells, in *one* reading order. A [`Reader`]
//! makes it from bytes. It recognises structure and nothing else: it does not know what a budget is, joins no tables over pages,
//! and takes nothing away (page numbers, running heads). That is done once for all formats, in `budget-parse`.
//!
//! A new format depends on this crate and on `budget-model` (for places, amounts and diagnostics):
//!
//! ```
//! use budget_document::{Confidence, Descriptor, Document, Limits, Line, ReadError, ReadErrorKind, Reader};
//!
//! /// One line of text after the other, between slashes.
//! struct Slashes;
//!
//! impl Reader for Slashes {
//!     fn descriptor(&self) -> Descriptor {
//!         Descriptor::new("slashes", "text between slashes", &["slashes"])
//!     }
//!
//!     fn probe(&self, content: &[u8], extension: Option<&str>) -> Confidence {
//!         match extension {
//!             Some("slashes") if content.contains(&b'/') => Confidence::Certain,
//!             _ => Confidence::No,
//!         }
//!     }
//!
//!     fn read<'a>(&self, content: &'a [u8], limits: &Limits) -> Result<Document<'a>, ReadError> {
//!         let text = std::str::from_utf8(content)
//!             .map_err(|cause| ReadError::new(ReadErrorKind::Malformed("not UTF-8".to_owned())).caused_by(cause))?;
//!         let mut document = Document::new();
//!         for (number, line) in (1..).zip(text.split('/')) {
//!             limits.check_lines(number as usize)?;
//!             document.push(Line::new(line, 1, number));
//!         }
//!         Ok(document)
//!     }
//! }
//!
//! let document = Slashes.read("收入/支出".as_bytes(), &Limits::default()).unwrap();
//! assert_eq!(document.lines().map(|line| line.text.as_ref()).collect::<Vec<_>>(), ["收入", "支出"]);
//! ```

mod cell;
mod document;
mod error;
mod grid;
mod kind;
mod limits;
mod line;
mod reader;
pub mod text;

pub use cell::{CellValue, GridCell, Mark};
pub use document::{Block, Document};
pub use error::{ReadError, ReadErrorKind};
pub use grid::{Grid, HiddenParts, Track};
pub use kind::FileKind;
pub use limits::{Clock, Limits};
pub use line::Line;
pub use reader::{Confidence, Descriptor, Reader};
