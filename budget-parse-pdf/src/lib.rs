//! Reads PDF files.

mod canvas;
mod geometry;
mod lattice;
mod layout;
mod page;
#[cfg(feature = "picture")]
mod picture;
mod reader;
mod report;
mod stop;
mod table;
mod text;
mod unicode;
mod visibility;

#[cfg(feature = "picture")]
pub use picture::{Outline, picture};
pub use reader::PdfReader;
