//! The tables of a set.

mod codes;
mod columns;
mod documents;
mod entities;
mod failures;
mod figures;
mod findings;
mod funds;
mod indicators;
mod projects;
mod shared;
mod statements;
mod unread;

use std::sync::LazyLock;

use budget_export::TableSchema;

pub(crate) use codes::Codes;
pub(crate) use documents::{DocumentRow, Documents};
pub(crate) use entities::{Entities, EntityRow};
pub(crate) use failures::{FailureRow, Failures};

use crate::table::{DocumentTable, schema};

/// The tables that have records of each document by itself.
pub(crate) const OF_DOCUMENTS: [DocumentTable; 9] = [
    DocumentTable::of::<figures::Figures>(),
    DocumentTable::of::<columns::Columns>(),
    DocumentTable::of::<statements::Statements>(),
    DocumentTable::of::<projects::Projects>(),
    DocumentTable::of::<funds::Funds>(),
    DocumentTable::of::<indicators::Indicators>(),
    DocumentTable::of::<findings::Findings>(),
    DocumentTable::of::<findings::FindingFigures>(),
    DocumentTable::of::<unread::Unread>(),
];

/// Their descriptions, made once.
pub(crate) static SCHEMAS: LazyLock<Vec<TableSchema>> =
    LazyLock::new(|| OF_DOCUMENTS.iter().map(DocumentTable::schema).collect());

/// The tables of a set that have records of each document by itself: those that a program can make without a set.
///
/// ```
/// let names: Vec<_> = budget_dataset::document_tables().iter().map(|table| table.name()).collect();
/// assert_eq!(names[..3], ["figures", "columns", "statements"]);
/// ```
#[must_use]
pub fn document_tables() -> &'static [DocumentTable] {
    &OF_DOCUMENTS
}

/// The descriptions of all tables of a set.
///
/// ```
/// let figures = &budget_dataset::schemas()[0];
/// assert_eq!(figures.fields[1].name, "cell");
/// ```
#[must_use]
pub fn schemas() -> Vec<TableSchema> {
    let of_set = [schema::<Documents>(), schema::<Entities>(), schema::<Codes>(), schema::<Failures>()];
    SCHEMAS.iter().cloned().chain(of_set).collect()
}
