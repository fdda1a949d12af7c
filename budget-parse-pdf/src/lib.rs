//! Reads budget disclosures from PDF files.
//!
//! [`PdfReader`] turns the pages of a file into lines of text and grids of cells, each with the box it takes on its page; which
//! table a grid holds, and where it goes on, is found afterwards, in the same way for every format.
//!
//! ```
//! use budget_parse::{ReadErrorKind, Registry};
//! use budget_parse_pdf::PdfReader;
//!
//! let registry = Registry::new().with_reader(PdfReader);
//! let error = registry.read(b"<html>not found</html>", Some("budget.pdf")).unwrap_err();
//! assert!(matches!(error.kind(), ReadErrorKind::UnknownFormat { .. } | ReadErrorKind::NoReader { .. }));
//! ```
//!
//! # What is read
//!
//! - Text as its fonts, or tables inside them, say which characters its glyphs are. A glyph that nothing is said of is U+FFFD and
//!   reported ([`CharactersUnknown`]).
//! - Lines by the height that their glyphs stand on, whatever fonts they are of; a page or a table that is turned is set upright.
//! - Tables by their ruling lines: strokes, thin filled boxes, frames of cells; in pieces or double; with outer sides or a last
//!   row left open. One frame around text is no table, and neither are the lines of a chart.
//! - Tables without rules, with level rules or a ruled header alone, by where numbers, names and the words of the header stand
//!   below each other. Their grids say so ([`Grid::is_set_by_blanks`]): nothing they hold is certain by itself. Where the columns
//!   cannot be told they are lines.
//! - What a cell holds as one text, its lines parted by line breaks. A number that is too wide for its cell runs over the rule at
//!   its left and stays whole.
//!
//! # What is left
//!
//! - Text that nobody sees enters no line and no cell: clipped, off the page, without ink, white on white, under a box or a white
//!   image, drawn twice for bold print. It is kept with its reason in [`Document::hidden_text`]; numbers that stand nowhere
//!   else are an error ([`HiddenNumbers`]), numbers that are cut are doubtful ([`NumberCut`]).
//! - Pages that are images are named ([`PageIsImage`], [`Document::unread_pages`]); a file of nothing else is an error.
//!
//! # Limits
//!
//! The library under this crate, [`hayro_interpret`], has no limits and cannot be interrupted where it draws nothing, so all of
//! it is bounded before:
//!
//! - [`Limits::unpacked_bytes`]: what the streams of a file unpack to is counted in its bytes before anything unpacks them (one
//!   stream may take a quarter), by whatever methods they are packed; an image that takes too much is emptied. Of an encrypted file this sees nothing: it is bounded
//!   by what its pages, forms and fonts unpack to, and not by its object streams.
//! - The programs of a page are read before they run: their length, how often forms call forms, the longest string and path.
//! - Drawing ends where a document holds more marks than four for each of its bytes and a million, and comparing where it takes
//!   more than a hundred for each byte and a hundred million.
//! - [`Limits::pages`], [`Limits::lines`], [`Limits::cells`], [`Limits::depth`] (lists and dictionaries), [`Limits::time`]
//!   (between pages).
//!
//! Not bounded by this: object streams of an encrypted file, `DecodeParms` that an object stream refers to, functions and colour
//! profiles. Files of nothing else have not been met; whoever reads files of strangers gives the process limits of its own.
//!
//! A page that is too much, or at which the library panics, is named as unread, and the others are read.
//!
//! [`CharactersUnknown`]: budget_model::DiagnosticCode::CharactersUnknown
//! [`HiddenNumbers`]: budget_model::DiagnosticCode::HiddenNumbers
//! [`NumberCut`]: budget_model::DiagnosticCode::NumberCut
//! [`PageIsImage`]: budget_model::DiagnosticCode::PageIsImage
//! [`Document::hidden_text`]: budget_document::Document::hidden_text
//! [`Document::unread_pages`]: budget_document::Document::unread_pages
//! [`Grid::is_set_by_blanks`]: budget_document::Grid::is_set_by_blanks
//! [`Limits::unpacked_bytes`]: budget_document::Limits::unpacked_bytes
//! [`Limits::pages`]: budget_document::Limits::pages
//! [`Limits::lines`]: budget_document::Limits::lines
//! [`Limits::cells`]: budget_document::Limits::cells
//! [`Limits::depth`]: budget_document::Limits::depth
//! [`Limits::time`]: budget_document::Limits::time

mod canvas;
mod columns;
mod geometry;
mod inflated;
mod lattice;
mod layout;
mod letters;
mod outline;
mod packing;
mod page;
#[cfg(feature = "picture")]
mod picture;
mod programs;
mod reader;
mod report;
mod screen;
mod session;
mod stop;
mod table;
mod text;
mod unicode;
mod visibility;
mod walls;

#[cfg(feature = "picture")]
pub use picture::{Outline, PagePicture, page_pictures, picture};
pub use reader::PdfReader;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
