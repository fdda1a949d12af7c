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

type Get<T> = for<'a, 'b> fn(&'b <T as Table>::Row<'a>) -> Value<'b>;

impl<T: Table> Field<T> {
    pub(crate) const fn new(
        name: &'static str,
        title: &'static str,
        description: &'static str,
        kind: FieldKind,
        get: Get<T>,
    ) -> Self {
        Self { schema: FieldSchema { name, title, description, kind, is_required: false }, get }
    }

    /// A column that every record has a value in.
    pub(crate) const fn always(
        name: &'static str,
        title: &'static str,
        description: &'static str,
        kind: FieldKind,
        get: Get<T>,
    ) -> Self {
        Self { schema: FieldSchema { name, title, description, kind, is_required: true }, get }
    }
}

/// The records of one table.
pub struct Rows<'a>(Box<dyn Cells + 'a>);

impl<'a> Rows<'a> {
    pub(crate) fn new<T: Table>(rows: Vec<T::Row<'a>>) -> Self
    where
        T::Row<'a>: 'a,
    {
        Self(Box::new(Typed::<T>(rows)))
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a record in a column, both by index; nothing where there is no such record or column.
    #[must_use]
    pub fn value(&self, row: usize, column: usize) -> Value<'_> {
        self.0.value(row, column)
    }

    /// The values of one column.
    pub fn column(&self, column: usize) -> impl Iterator<Item = Value<'_>> {
        (0..self.len()).map(move |row| self.value(row, column))
    }

    /// The values of all records, record after record, of a table with so many columns.
    pub fn values(&self, columns: usize) -> impl Iterator<Item = Value<'_>> {
        (0..self.len()).flat_map(move |row| (0..columns).map(move |column| self.value(row, column)))
    }
}

impl std::fmt::Debug for Rows<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rows").field("len", &self.len()).finish()
    }
}

/// Records of a table that is not named.
trait Cells {
    fn len(&self) -> usize;
    fn value(&self, row: usize, column: usize) -> Value<'_>;
}

struct Typed<'a, T: Table>(Vec<T::Row<'a>>);

impl<T: Table> Cells for Typed<'_, T> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn value(&self, row: usize, column: usize) -> Value<'_> {
        match (self.0.get(row), T::FIELDS.get(column)) {
            (Some(row), Some(field)) => (field.get)(row),
            _ => Value::Null,
        }
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
    let mut rows = Vec::new();
    T::rows(record, &mut |row| rows.push(row));
    Rows::new::<T>(rows)
}
