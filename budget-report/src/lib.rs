//! Reports for people who look: one HTML file for a budget disclosure (部门预算公开), with its findings first and the page they stand
//! on, where the money goes, every table as its form, the text, the targets, and what was checked.
//!
//! The file needs nothing else: no network, no other file, no script to be read. It says what it does not know, and shows how sure
//! it is of every figure.
//!
//! ```
//! use budget_export::{Document, DocumentInfo};
//! use budget_model::{Disclosure, Language};
//! use budget_report::{Checked, HtmlReport, ReportOptions};
//! use budget_rules::Checker;
//!
//! let disclosure = Disclosure::default();
//! let checker = Checker::new();
//! let report = checker.check(&disclosure);
//! let rules: Vec<_> = checker.descriptions().collect();
//! let mut options = ReportOptions::default();
//! options.language = Language::English;
//! options.checked = Some(Checked { report: &report, rules: &rules, last_year: None });
//! let info = DocumentInfo::new("2025-文化馆", "文化馆.txt");
//! let page = HtmlReport::new(options).page(Document { info: &info, disclosure: &disclosure })?;
//! assert!(page.contains("No findings"));
//! # Ok::<(), budget_export::ExportError>(())
//! ```
//!
//! The crate reads no format. What it can show of the document as it was published it is handed in ([`Original`]): pages as drawings,
//! or the lines of a text.
//!
//! # Bounds
//!
//! A report shows 1,000 findings, 60 pages and 200 entries of a list of what was not read, and pages as long as their drawings take no
//! more than [`ReportOptions::most_page_bytes`]. What it leaves out it counts.
//!
//! # Hostile documents
//!
//! Words of a document are escaped wherever they stand, and characters that nobody sees or that turn the direction of writing are
//! shown as U+FFFD. The page forbids itself, by its content security policy, to load anything.

mod cover;
mod coverage;
mod drawings;
mod engine;
mod findings;
mod flow;
mod index;
mod money;
mod original;
mod pages;
mod prose;
mod report;
mod sankey;
mod shown;
mod tables;
mod targets;
mod upload;
mod words;

pub use findings::Checked;
pub use index::{Index, IndexEntry};
pub use original::{DrawPages, Original, PageImage, ReadLine};
pub use report::{HtmlReport, ReportOptions};
pub use upload::upload_page;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
