//! Tables of budget disclosures (部门预算公开) as Arrow record batches, and as Parquet files of a data set.
//!
//! | column | Arrow | Parquet |
//! | --- | --- | --- |
//! | key, text, word, code | `Utf8` | `STRING`, dictionary encoded but for the key of its table |
//! | whole number | `Int64` | `INT64` |
//! | year | `Int32` | `INT32` |
//! | number | `Decimal128(38, 10)` | `DECIMAL(38, 10)` |
//! | yes or no | `Boolean` | `BOOLEAN` |
//!
//! Nothing is null and never 0 or an empty text. A number that prints more than ten decimals is rounded to ten; the column
//! `decimals` beside it says how many were printed.
//!
//! ```
//! use budget_arrow::record_batch;
//! use budget_dataset::{Record, document_tables};
//! use budget_model::Disclosure;
//! use budget_rules::Checker;
//!
//! let disclosure = Disclosure::default();
//! let report = Checker::new().check(&disclosure);
//! let record = Record::new("a.pdf", "00c0ffee00c0ffee", &disclosure, &report);
//! for table in document_tables() {
//!     let batch = record_batch(&table.schema(), &table.rows(&record))?;
//!     assert_eq!(batch.num_columns(), table.schema().fields.len());
//! }
//! # Ok::<(), budget_dataset::DatasetError>(())
//! ```
//!
//! [`Parquet`] is the format of a [`Dataset`](budget_dataset::Dataset).

mod batch;
#[cfg(feature = "parquet")]
mod file;

pub use batch::{SCALE, record_batch, schema};
#[cfg(feature = "parquet")]
pub use file::Parquet;
