//! A budget table as it is printed: one record for each row, one column for each of its columns.

use std::collections::HashSet;
use std::sync::Arc;

use arrow_array::builder::{Decimal128Builder, StringBuilder};
use arrow_array::{ArrayRef, Int64Array, RecordBatch, RecordBatchOptions, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use budget_arrow::SCALE;
use budget_model::{Aspect, Cell, Decimal, Row, Table as BudgetModel, TextColumn};
use pyo3::prelude::*;

use crate::document::Document;
use crate::errors::Failure;
use crate::table::Table;

/// Digits of a number, as in the other tables.
const PRECISION: u8 = 38;

/// A budget table of a disclosure as it is printed, for looking at it: one row for each of its rows.
///
/// Its columns are `row_no`, `side`, `row_code`, `row_label`, `role` and `level` as in `Disclosure.figures`, then the printed columns of
/// words and of figures by their names, and `doubt`, which says for each row what is in doubt of which figure. A figure whose
/// column is in doubt stands in no column, but in `doubt`. For computing take `Disclosure.figures`, which has the same columns for
/// every document.
#[pyclass(frozen, extends = Table, module = "budget_disclosure")]
pub(crate) struct BudgetTable {
    index: usize,
}

impl BudgetTable {
    /// The budget tables of a document.
    pub(crate) fn all(python: Python<'_>, document: &Arc<Document>) -> PyResult<Vec<Py<Self>>> {
        let indices = 0..document.model().tables.len();
        let table = |index| PyClassInitializer::from(Table::printed(document, index)).add_subclass(Self { index });
        indices.map(|index| Py::new(python, table(index))).collect()
    }
}

/// What is asked of the table in the model; nothing if there is none, which cannot be.
fn of_model<T>(slf: &PyRef<'_, BudgetTable>, ask: impl FnOnce(&BudgetModel) -> T) -> Option<T> {
    slf.as_super().document().model().tables.get(slf.index).map(ask)
}

#[pymethods]
impl BudgetTable {
    /// Order of the table in the document, from 1: `figures.table_no`.
    #[getter]
    fn table_no(&self) -> usize {
        self.index.saturating_add(1)
    }

    /// The printed title.
    #[getter]
    fn title(slf: PyRef<'_, Self>) -> String {
        of_model(&slf, |table| table.title.text.clone()).unwrap_or_default()
    }

    /// What the table is about, as in `figures.table_kind`: `expenditure`.
    #[getter]
    fn kind(slf: PyRef<'_, Self>) -> &'static str {
        of_model(&slf, |table| table.kind.as_str()).unwrap_or_default()
    }

    /// Unit of its figures: `万元`; None if it is in doubt.
    #[getter]
    fn unit(slf: PyRef<'_, Self>) -> Option<String> {
        let unit = |table: &BudgetModel| {
            (!table.doubts.has(Aspect::Unit)).then(|| table.unit.as_str().to_owned()).filter(|unit| !unit.is_empty())
        };
        of_model(&slf, unit).flatten()
    }

    /// Page of its title; None where the source has no pages.
    #[getter]
    fn page(slf: PyRef<'_, Self>) -> Option<u32> {
        let place = of_model(&slf, |table| table.title.place)?;
        slf.as_super().document().model().page(place)
    }

    /// Number of printed figures.
    #[getter]
    fn figure_count(slf: PyRef<'_, Self>) -> usize {
        of_model(&slf, BudgetModel::figure_count).unwrap_or_default()
    }

    /// Number of figures of which nothing is in doubt.
    #[getter]
    fn certain_count(slf: PyRef<'_, Self>) -> usize {
        of_model(&slf, BudgetModel::certain_count).unwrap_or_default()
    }

    fn __repr__(slf: PyRef<'_, Self>) -> String {
        let number = slf.table_no();
        of_model(&slf, |table| {
            let (title, kind, rows) = (&table.title.text, table.kind.as_str(), table.rows.len());
            format!("<BudgetTable {number} {title} ({kind}): {rows} rows, {} figures>", table.figure_count())
        })
        .unwrap_or_default()
    }
}

/// The rows of one of these tables as Arrow data.
pub(crate) fn batch(tables: &[BudgetModel], index: usize) -> Result<RecordBatch, Failure> {
    let batch = match tables.get(index) {
        Some(table) => batch_of(table),
        None => Ok(RecordBatch::new_empty(Arc::new(Schema::empty()))),
    };
    batch.map_err(|error| Failure::Export(error.to_string()))
}

fn batch_of(table: &BudgetModel) -> Result<RecordBatch, ArrowError> {
    let mut columns = Columns::default();
    let numbered = || (1_i64..).zip(&table.rows);
    columns.add("row_no", Arc::new(Int64Array::from_iter_values(numbered().map(|(number, _)| number))));
    columns.texts("side", table.rows.iter().map(|row| row.side.map(|side| side.as_str().to_owned())));
    columns.texts("row_code", table.rows.iter().map(|row| row.code.map(|code| code.to_string())));
    columns.texts("row_label", table.rows.iter().map(|row| Some(row.label.text.clone())));
    columns.texts("role", table.rows.iter().map(|row| Some(row.role.as_str().to_owned())));
    let levels = (0_u32..).zip(&table.rows).map(|(index, _)| table.level(index).into());
    columns.add("level", Arc::new(Int64Array::from_iter_values(levels)));
    for (index, column) in words(table) {
        let text = |row: &Row| row.texts.iter().find(|text| text.column == index).map(|text| text.text.text.clone());
        columns.texts(&column.header.join("/"), table.rows.iter().map(text));
    }
    for (index, column) in (0_u16..).zip(&table.columns) {
        let values = table.rows.iter().map(|row| figure(table, row, index));
        columns.add(&column.label, decimals(values)?);
    }
    columns.texts("doubt", table.rows.iter().map(|row| doubt(table, row)));
    columns.batch(table.rows.len())
}

/// The columns of words that say more than code and name, with their indices.
pub(crate) fn words(table: &BudgetModel) -> impl Iterator<Item = (u16, &TextColumn)> {
    let is_used = |index| table.rows.iter().any(|row| row.texts.iter().any(|text| text.column == index));
    (0_u16..).zip(&table.text_columns).filter(move |(index, _)| is_used(*index))
}

/// The first figure that stands in a column without doubt of that.
fn figure(table: &BudgetModel, row: &Row, column: u16) -> Option<Decimal> {
    let mut cells = row.cells.iter().filter(|cell| cell.column == column);
    cells.find(|cell| !table.doubts_of(row, cell).has(Aspect::Column)).map(|cell| cell.amount.value)
}

/// What is in doubt of the figures of a row: `17.00: column; 18.00: unit`.
fn doubt(table: &BudgetModel, row: &Row) -> Option<String> {
    let of_cell = |cell: &Cell| {
        let doubts = table.doubts_of(row, cell);
        (!doubts.is_empty()).then(|| format!("{}: {doubts}", cell.amount.value))
    };
    let all: Vec<_> = row.cells.iter().filter_map(of_cell).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// Columns that are being put together.
#[derive(Default)]
struct Columns {
    names: HashSet<String>,
    fields: Vec<Field>,
    arrays: Vec<ArrayRef>,
}

impl Columns {
    /// Adds a column. A name that is taken gets a number behind it: most libraries want names that are unique.
    fn add(&mut self, name: &str, array: ArrayRef) {
        let numbered = (2_usize..).map(|number| format!("{name}~{number}"));
        let free = std::iter::once(name.to_owned()).chain(numbered).find(|name| !self.names.contains(name));
        let name = free.unwrap_or_else(|| name.to_owned());
        self.names.insert(name.clone());
        self.fields.push(Field::new(name, array.data_type().clone(), true));
        self.arrays.push(array);
    }

    /// Adds a column of texts; one without characters is null.
    fn texts(&mut self, name: &str, texts: impl Iterator<Item = Option<String>>) {
        let mut builder = StringBuilder::new();
        texts.for_each(|text| builder.append_option(text.filter(|text| !text.is_empty())));
        let array: StringArray = builder.finish();
        self.add(name, Arc::new(array));
    }

    fn batch(self, rows: usize) -> Result<RecordBatch, ArrowError> {
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        RecordBatch::try_new_with_options(Arc::new(Schema::new(self.fields)), self.arrays, &options)
    }
}

/// Numbers with the digits and decimals that numbers have in every table.
fn decimals(numbers: impl Iterator<Item = Option<Decimal>>) -> Result<ArrayRef, ArrowError> {
    let kind = DataType::Decimal128(PRECISION, SCALE);
    let mut builder = Decimal128Builder::new().with_data_type(kind);
    for number in numbers {
        builder.append_option(number.map(scaled).transpose()?);
    }
    Ok(Arc::new(builder.finish()))
}

/// A number as a whole number of its last decimal.
fn scaled(number: Decimal) -> Result<i128, ArrowError> {
    let places = u32::from(SCALE.unsigned_abs());
    let rounded = number.round_dp(places);
    let factor = 10_i128.checked_pow(places.saturating_sub(rounded.scale()));
    let scaled = factor.and_then(|factor| rounded.mantissa().checked_mul(factor));
    scaled
        .filter(|scaled| scaled.unsigned_abs() < 10_u128.pow(PRECISION.into()))
        .ok_or_else(|| ArrowError::ComputeError(format!("{number} has too many digits")))
}
