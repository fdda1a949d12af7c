//! The tables of a set, each described once: names, types, meanings and values of its columns in one place.

use budget_export::{FieldKind, FieldSchema, Reference, TableSchema, Value};

use crate::record::Record;

/// A table of the set. The columns of the key come first.
pub(crate) trait Table: Sized + 'static {
    /// Its name in files and in SQL.
    const NAME: &'static str;
    /// Its name for people, in Chinese.
    const TITLE: &'static str;
    /// What a record is.
    const DESCRIPTION: &'static str;
    /// The columns that tell the records apart.
    const KEY: &'static [&'static str];
    /// What its records belong to.
    const REFERENCES: &'static [Reference] = &[OF_DOCUMENT];
    /// The columns.
    const FIELDS: &'static [Field<Self>];
    /// What the columns of one record are read from.
    type Row<'a>;
}

/// A table that has records of each document by itself.
pub(crate) trait OfDocument: Table {
    /// Calls `add` with the records of a document, in its order.
    fn rows<'a>(record: &'a Record<'a>, add: &mut dyn FnMut(Self::Row<'a>));
}

/// That a record belongs to a document.
pub(crate) const OF_DOCUMENT: Reference = Reference { fields: &["document"], table: "documents", to: &["document"] };

/// A column.
pub(crate) struct Field<T: Table> {
    schema: FieldSchema,
    get: Get<T>,
}

type Get<T> = for<'a> fn(&<T as Table>::Row<'a>) -> Value<'a>;

impl<T: Table> Field<T> {
    pub(crate) const fn new(
        name: &'static str,
        title: &'static str,
        description: &'static str,
        kind: FieldKind,
        get: Get<T>,
    ) -> Self {
        // A key that is not there names no record.
        Self { schema: FieldSchema { name, title, description, kind, is_required: false }, get }
    }

    /// The same column, which every record has.
    pub(crate) const fn always(mut self) -> Self {
        self.schema.is_required = true;
        self
    }
}

/// The records of one table, value after value.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows<'a> {
    width: usize,
    values: Vec<Value<'a>>,
}

impl<'a> Rows<'a> {
    fn new(width: usize) -> Self {
        Self { width, values: Vec::new() }
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }

    /// Whether there is no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The values, record after record; each has as many as the table has columns.
    #[must_use]
    pub fn values(&self) -> &[Value<'a>] {
        &self.values
    }

    /// The values of one column.
    pub fn column(&self, index: usize) -> impl Iterator<Item = &Value<'a>> {
        self.values.iter().skip(index).step_by(self.width.max(1))
    }

    /// Adds a record of a table of this width.
    pub(crate) fn add<T: Table>(&mut self, row: &T::Row<'a>) {
        self.values.extend(T::FIELDS.iter().map(|field| (field.get)(row)));
    }
}

/// The description of a table.
pub(crate) fn schema<T: Table>() -> TableSchema {
    TableSchema {
        name: T::NAME,
        title: T::TITLE,
        description: T::DESCRIPTION,
        key: T::KEY,
        references: T::REFERENCES.to_vec(),
        fields: T::FIELDS.iter().map(|field| field.schema).collect(),
    }
}

/// No records of a table yet.
pub(crate) fn empty<'a, T: Table>() -> Rows<'a> {
    Rows::new(T::FIELDS.len())
}

/// A table of the set that has records of each document by itself, its type erased.
#[derive(Clone, Copy)]
pub struct DocumentTable {
    name: &'static str,
    schema: fn() -> TableSchema,
    rows: for<'a> fn(&'a Record<'a>) -> Rows<'a>,
}

impl DocumentTable {
    pub(crate) const fn of<T: OfDocument>() -> Self {
        Self { name: T::NAME, schema: schema::<T>, rows: rows::<T> }
    }

    /// Its name: `figures`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Its columns and what they hold.
    #[must_use]
    pub fn schema(&self) -> TableSchema {
        (self.schema)()
    }

    /// The records of a document.
    #[must_use]
    pub fn rows<'a>(&self, record: &'a Record<'a>) -> Rows<'a> {
        (self.rows)(record)
    }
}

impl std::fmt::Debug for DocumentTable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("DocumentTable").field(&self.name).finish()
    }
}

fn rows<'a, T: OfDocument>(record: &'a Record<'a>) -> Rows<'a> {
    let mut rows = empty::<T>();
    T::rows(record, &mut |row| rows.add::<T>(&row));
    rows
}
