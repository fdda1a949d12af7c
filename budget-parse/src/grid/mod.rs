//! Tables in grids of cells: pages of a PDF, sheets of a workbook, tables of a web page.
//!
//! A grid shows its columns, so no figure has to be placed. Titles cut a page into pieces, pieces of pages are joined to
//! tables, and a table is read as it is printed: its columns are those of its header, its rows those below. What the words
//! mean is asked last, of the lexicon, or of a layout that has all the columns. What no column or row takes is left unread and
//! reported with its place.

mod around;
mod body;
mod caption;
mod code;
mod decimals;
mod draft;
mod fragments;
mod header;
mod heading;
mod meaning;
mod naming;
mod performance;
mod piece;
mod preface;
mod reading;
mod records;
mod sheet;
mod table;
mod targets;
#[cfg(test)]
mod tests;
mod units;
mod verdict;

pub(crate) use meaning::{has_ordinal, ranks};
pub(crate) use reading::{GridReading, read};
