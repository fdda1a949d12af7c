//! Budget tables in grids of cells: sheets of a workbook, tables of a web page.
//!
//! A grid shows its columns, so no figure has to be placed: a title says which table of which form it is, the words of
//! the header say what each column holds, and every cell below is read where it stands. What no column or row takes is
//! left unread and reported with its place.

mod around;
mod body;
mod caption;
mod code;
mod header;
mod heading;
mod performance;
mod reading;
mod records;
mod region;
mod sheet;
mod targets;
#[cfg(test)]
mod tests;
mod year;

pub(crate) use reading::read;
