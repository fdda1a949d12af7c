//! Reads PDF files.

mod canvas;
mod geometry;
mod inflated;
mod lattice;
mod layout;
mod page;
mod programs;
mod reader;
mod report;
mod screen;
mod stop;
mod table;
mod text;
mod unicode;
mod visibility;
mod walls;

pub use reader::PdfReader;
