//! Reads PDF files.

mod canvas;
mod geometry;
mod lattice;
mod layout;
mod page;
mod reader;
mod report;
mod stop;
mod table;
mod text;
mod unicode;
mod visibility;

pub use reader::PdfReader;
