//! Many budget disclosures (部门预算公开) as one set of tables that can be joined, added up and appended to.
//!
//! A set is a star: one row for each printed figure with everything that is known of it, and around it what documents, entities
//! and codes are.
//!
//! | table | one row for each |
//! | --- | --- |
//! | `figures` | figure printed in a budget table, with its coordinates, amount in yuan, precision and place |
//! | `columns` | column of a budget table: its printed header and what it means |
//! | `statements` | figure stated in the text |
//! | `projects`, `funds`, `indicators` | description of a project, amount that it is divided into, performance indicator |
//! | `findings`, `finding_figures` | thing that does not agree, and figure that takes part in it |
//! | `unread` | thing that stands in the document and in no other table |
//! | `documents`, `entities` | file, and whether it counts; entity that discloses |
//! | `codes` | code of a classification, word of a coordinate |
//! | `failures` | file that is no document of the set |
//!
//! Blank is null and never 0. Of what is in doubt no column has a guess. No name is a word of SQL. Rows are keyed by the content of
//! the file they come from, so that they have the same keys in every set.
//!
//! ```
//! use budget_dataset::{Csv, Dataset, DatasetOptions, DocumentRows, Record};
//! use budget_model::Disclosure;
//! use budget_rules::Checker;
//!
//! let folder = std::env::temp_dir().join(format!("budget-dataset-doc-{}", std::process::id()));
//! let mut set = Dataset::create(&folder, Csv::default(), DatasetOptions::default())?;
//! let disclosure = Disclosure::default(); // what a reader made of a file
//! let report = Checker::new().check(&disclosure);
//! let hash = "00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee";
//! let rows = DocumentRows::new(set.format(), &Record::new("2025/a.pdf", hash, &disclosure, &report))?;
//! set.append(&rows)?;
//! assert_eq!(set.finish()?.documents, 1);
//!
//! // A year later.
//! let mut set = Dataset::open(&folder, Csv::default(), Vec::new())?;
//! assert!(set.known().has("2025/a.pdf", hash));
//! set.remove("2025/a.pdf")?;
//! assert_eq!(set.finish()?.documents, 0);
//! # std::fs::remove_dir_all(folder).unwrap();
//! # Ok::<(), budget_dataset::DatasetError>(())
//! ```
//!
//! Beside the tables a set has `datapackage.json` (Data Package 2.0), `views.sql` with the questions that people ask, and
//! `manifest.jsonl`, which says of every document and file its hash and of every run the version of the software.
//!
//! # What counts
//!
//! A corpus has copies of one document, two versions of it, one entity under two names. All are kept, and of an entity, year,
//! stage and scope one document counts: the table of documents says which, and why not the others. Sums in views take
//! those that count. A later run has the later version; of equals the one with more certain figures counts, then the first by
//! path.
//!
//! # Formats
//!
//! [`Csv`] is here, Parquet in a crate of its own (`budget-arrow`); another one implements [`TableFormat`].

mod csv;
mod entities;
mod error;
mod existing;
mod files;
mod folder;
mod format;
mod manifest;
mod packed;
mod record;
mod set;
mod sql;
mod standing;
mod summary;
mod sums;
mod table;
mod tables;

pub use csv::Csv;
pub use error::{DatasetError, DatasetErrorKind};
pub use existing::format_of;
pub use format::{PartFile, TableFormat};
pub use manifest::Failure;
pub use packed::Entry;
pub use record::{Record, document_key};
pub use set::{Appended, Dataset, DatasetOptions, DatasetReport, DocumentRows, KnownFiles};
pub use table::{DocumentTable, Rows};
pub use tables::{document_tables, schemas};
