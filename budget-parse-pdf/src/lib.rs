//! Reads PDF files.

mod canvas;
mod geometry;
mod inflated;
mod lattice;
mod layout;
mod page;
#[cfg(feature = "picture")]
mod picture;
mod programs;
mod reader;
mod report;
mod screen;
mod session;
mod stop;
mod table;
mod text;
mod unicode;
mod visibility;
mod walls;

#[cfg(feature = "picture")]
pub use picture::{Outline, picture};
pub use reader::PdfReader;
