//! Many budget disclosures (部门预算公开) as one set of tables that can be joined, added up and appended to.

mod csv;
mod entities;
mod error;
mod existing;
mod files;
mod folder;
mod format;
mod manifest;
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
pub use record::{Record, document_key};
pub use set::{Appended, Dataset, DatasetOptions, DatasetReport, DocumentRows, KnownFiles};
pub use table::{DocumentTable, Rows};
pub use tables::{document_tables, schemas};
