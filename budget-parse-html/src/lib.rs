//! Reads budget disclosures from web pages: HTML however it was saved or exported, web pages in one file (MHT) and XML Spreadsheet
//! 2003. Content decides: a page that is called `.xls` or `.pdf` is a page.
//!
//! [`HtmlReader`] turns a page into lines and grids of cells, in reading order; which table a grid is, and what its columns are,
//! is found afterwards, in the same way for every format.
//!
//! ```
//! use budget_document::{Limits, Reader};
//! use budget_parse_html::HtmlReader;
//!
//! let page = "<h2>表1</h2><table><tr><td colspan=2>收入<td>支出<tr><td>项目<td>17.00<td>17.00</table>";
//! let document = HtmlReader.read(page.as_bytes(), &Limits::default()).unwrap();
//! assert_eq!(document.lines().next().unwrap().text, "表1");
//! assert_eq!(document.grids().next().unwrap().at(0, 0).unwrap().width, 2);
//! ```
//!
//! # What is read
//!
//! - **Text** as a browser sets it: white space is collapsed, between Chinese characters a wrapped source has none, `&nbsp;` is a
//!   blank. Paragraphs, headings, items (with the number that is printed before them), `<br>` and `<pre>` make lines.
//! - **Tables** of data as grids. A table that only holds a page together (one cell or column, running text, or other tables in its
//!   cells) is what it holds; rows without tables in them stay grids. Spans end with their table.
//! - **Pages that are set** by a converter, with a place for every text and rule, as lines and as the tables the rules make
//!   ([`Place::Page`]).
//! - **Links to files** ([`Document::attachments`]): by the ending of their address or their name.
//! - **Workbooks** as XML: numbers as the sheet shows them, where the format is one of money; every sheet, hidden or not.
//!
//! What is on a page and not of its text is left out: navigation, head and foot of the page (not of an article), scripts, controls.
//! A `<form>` is what it holds, as whole pages stand in one. What nobody sees by the attribute `hidden` or its own style
//! (`display:none`, `visibility:hidden`, `font-size:0`) stands in [`Document::hidden_text`].
//!
//! # Limits
//!
//! Tags are read one after the other, without a tree, and every tag costs the same: open elements are looked for among the last
//! only. [`Limits::depth`] counts tables in tables, [`Limits::cells`] also the fields that spans reach over, [`Limits::pages`] set pages
//! and the pages of an MHT. Style sheets and scripts are not interpreted: what only they place, hide or load is not known.
//!
//! [`Place::Page`]: budget_model::Place::Page
//! [`Document::attachments`]: budget_document::Document::attachments
//! [`Document::hidden_text`]: budget_document::Document::hidden_text
//! [`Limits::depth`]: budget_document::Limits::depth
//! [`Limits::cells`]: budget_document::Limits::cells
//! [`Limits::pages`]: budget_document::Limits::pages

mod attachment;
mod document;
mod element;
mod encoding;
mod flow;
mod lattice;
mod line;
mod list;
mod mime;
mod reader;
mod set_page;
mod sheet;
mod shown;
mod spreadsheet;
mod style;
mod table;
mod tags;
mod tree;

pub use reader::HtmlReader;
