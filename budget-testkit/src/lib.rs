//! Random, internally consistent budget disclosures (部门预算公开) with known answers.
//!
//! Real documents are few, and what they should be read as has to be found out by hand. A generator makes as many as one
//! wants and knows the answers:
//!
//! - A seed and a [`Config`] make the [`Books`] of an invented department: money in yuan, each amount at one point of the
//!   cube of source, nature, function, economic class, project and unit. The books of a seed are the same for ever.
//! - [`disclosure`] is what a reader should find: every figure of every table of a layout is the sum of the books at the
//!   coordinates of its row and column, rounded only when it is printed. So sums are off by 0.01 as in real documents,
//!   and tables agree with each other for the same reason as there. Sentences explain the tables, and in the forms of 新疆
//!   performance tables set targets for every project: their figures come from the same books, and last year's.
//! - [`text()`] prints it as the text of a PDF, with blanks lost and cells and lines wrapped as the [`Habits`] say;
//!   [`workbook()`] as an `.xlsx` file.
//! - [`compare`] holds what was read against what should have been: a figure that is certain must be right, and of one that
//!   is ambiguous the truth must be among the candidates.
//!
//! ```
//! use budget_testkit::{Books, Config, compare, disclosure, text};
//!
//! let config = Config::default();
//! let books = Books::random(7, &config);
//! let expected = disclosure(&books, &config);
//! let read = budget_parse_text::read_text(text(&expected, &books, &config).as_bytes())?;
//! let comparison = compare(&expected, &read);
//! assert_eq!(comparison.differences, []);
//! println!("{} figures are certain", comparison.total().certain);
//! # Ok::<(), budget_parse::ReadError>(())
//! ```
//!
//! The example `budget-gen` writes documents to a folder. `tests/properties.rs` is what holds for all of them, and
//! `tests/alterations.rs` how often the rules find one altered figure:
//!
//! ```text
//! BUDGET_RANDOM_CASES=100000 cargo test --release -p budget-testkit --test properties -- --ignored --nocapture
//! ```
//!
//! Layouts say what a reader accepts, not all that a form prints. What is printed around the tables (numbers, captions, the
//! front of titles, ordinals of classes) is in `style.rs`, the sentences in `prose`, the indicators in `performance.rs`; a
//! form of another region needs an entry there.

mod books;
mod chance;
mod classification;
mod config;
mod difference;
mod fixture;
mod names;
mod people;
mod performance;
mod prose;
mod style;
mod tables;
mod text;
mod wear;
mod workbook;

pub use books::{Books, Money, Project};
pub use config::{Blank, Codes, Config, Habits, PageBreak, PageNumbers, Sheets, Spacing};
pub use difference::{Comparison, Count, Difference, certain_and_wrong, compare};
pub use fixture::{FixtureError, fixture};
pub use people::{Assets, Procurement, Staff, Vehicles};
pub use tables::{disclosure, printed};
pub use text::text;
pub use wear::{Wear, WearKind};
pub use workbook::{WorkbookError, workbook};
