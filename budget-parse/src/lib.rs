//! What every format of a budget disclosure has in common: the [`Layout`]s that describe the forms, and the way from the
//! [`Document`] that a [`Reader`] makes to a [`budget_model::Disclosure`].
//!
//! ```text
//! bytes ──Reader──▶ Document ──Layout──▶ Disclosure
//! ```
//!
//! A format crate implements [`Reader`], which is in [`budget_document`]; a user adds it, and perhaps a layout, to a
//! [`Registry`].

mod assumed;
mod belonging;
mod characters;
mod consumption;
mod derived;
mod furniture;
mod grid;
mod identity;
mod layout;
mod lexicon;
mod lower;
mod missing_pages;
mod narrative;
mod number;
mod outline;
pub mod page_number;
mod performance;
mod placement;
mod reading_order;
mod region;
mod registry;
mod skip;
mod sums;
mod table;
pub mod text;
mod trust;
mod words;
mod work;
mod years;

pub use budget_document::{Confidence, Descriptor, Document, FileKind, Limits, ReadError, ReadErrorKind, Reader};
pub use derived::derived_layout;
pub use layout::{Layout, LayoutSet, RowForm, Shape, TableForm};
pub use number::{leading_number, parse_number};
pub use registry::{Registry, read_document};
pub use skip::Skip;
