//! A report for people and for other programs. JSON is what `serde` makes of a [`Report`](crate::Report).

pub(crate) mod csv;
mod reference;
#[cfg(feature = "sarif")]
mod sarif;
mod sentence;
mod source_line;
mod suspects;
mod text;

pub use csv::to_csv;
pub use reference::reference;
#[cfg(feature = "sarif")]
pub use sarif::{SarifDocument, SarifLog, SarifResults};
pub use text::TextReport;
