//! What every format of a budget disclosure has in common: the contract of a [`Reader`], the [`RawDocument`] it makes,
//! the [`Layout`]s that describe the forms, and the way from there to a [`budget_model::Disclosure`].
//!
//! ```text
//! bytes ──Reader──▶ RawDocument ──Layout──▶ Disclosure
//! ```
//!
//! A format crate implements [`Reader`]; a user adds it, and perhaps a layout, to a [`Registry`].

mod assumed;
mod characters;
mod column_numbers;
mod consumption;
mod error;
pub mod furniture;
mod grid;
mod kind;
mod layout;
mod lexicon;
mod lower;
mod narrative;
mod number;
mod outline;
mod performance;
mod placement;
mod raw;
mod reader;
mod table;
pub mod text;
mod trust;
mod units;
mod words;
mod work;

pub use error::{ReadError, ReadErrorKind};
pub use kind::FileKind;
pub use layout::{Layout, LayoutSet, RowForm, Shape, TableForm};
pub use number::{leading_number, parse_number};
pub use raw::{Block, CellValue, Grid, GridCell, HiddenParts, Line, Mark, Merge, Note, RawDocument};
pub use reader::{Confidence, Descriptor, Limits, Reader, Registry, read_raw};
