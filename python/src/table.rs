//! A table of records of a disclosure, handed over as Arrow data.

use std::sync::{Arc, OnceLock};

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use budget_dataset::{DocumentTable, document_tables};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::document::Document;
use crate::errors::{Failure, detached};
use crate::{arrow, html, printed};

/// A table of a disclosure.
///
/// Whatever takes Arrow data takes it as it is, without a copy and without further packages: `polars.DataFrame(figures)`,
/// `pyarrow.table(figures)`, `pandas.DataFrame.from_arrow(figures)`, `duckdb.sql("FROM figures")`.
#[pyclass(frozen, subclass, module = "budget_disclosure")]
pub(crate) struct Table {
    document: Arc<Document>,
    rows: Rows,
    /// Made when it is asked for first, then shared with everything that takes it.
    batch: OnceLock<RecordBatch>,
}

/// What a table is made of.
#[derive(Clone, Copy)]
enum Rows {
    /// Records as data sets have them.
    Records(DocumentTable),
    /// The rows of a budget table as they are printed, by its index.
    Printed(usize),
}

impl Table {
    /// A table of a data set, by name.
    pub(crate) fn named(document: &Arc<Document>, name: &str) -> PyResult<Self> {
        let table = document_tables().iter().find(|table| table.name() == name);
        let table = table.ok_or_else(|| {
            let names: Vec<_> = document_tables().iter().map(DocumentTable::name).collect();
            PyKeyError::new_err(format!("there is no table {name:?}, but {}", names.join(", ")))
        })?;
        Ok(Self::new(document, Rows::Records(*table)))
    }

    /// A budget table as it is printed.
    pub(crate) fn printed(document: &Arc<Document>, index: usize) -> Self {
        Self::new(document, Rows::Printed(index))
    }

    fn new(document: &Arc<Document>, rows: Rows) -> Self {
        Self { document: Arc::clone(document), rows, batch: OnceLock::new() }
    }

    pub(crate) fn document(&self) -> &Document {
        &self.document
    }

    fn batch(&self, python: Python<'_>) -> PyResult<&RecordBatch> {
        if let Some(batch) = self.batch.get() {
            return Ok(batch);
        }
        let made = detached(python, || match self.rows {
            Rows::Printed(index) => printed::batch(&self.document.model().tables, index),
            Rows::Records(table) => {
                let record = self.document.record();
                let batch = budget_arrow::record_batch(&table.schema(), &table.rows(&record));
                batch.map_err(|error| Failure::Export(error.to_string()))
            }
        });
        let batch = made.map_err(|failure| failure.into_exception(python, self.document.path()))?;
        Ok(self.batch.get_or_init(|| batch))
    }

    fn schema(&self, python: Python<'_>) -> PyResult<SchemaRef> {
        match self.rows {
            Rows::Records(table) => Ok(budget_arrow::schema(&table.schema())),
            Rows::Printed(_) => self.batch(python).map(RecordBatch::schema),
        }
    }
}

#[pymethods]
impl Table {
    /// Name of the table: `figures`; of a budget table its printed title.
    #[getter]
    fn name(&self) -> &str {
        match self.rows {
            Rows::Records(table) => table.name(),
            Rows::Printed(index) => self.document.model().tables.get(index).map_or("", |table| &table.title.text),
        }
    }

    /// Names of its columns.
    #[getter]
    fn columns(&self, python: Python<'_>) -> PyResult<Vec<String>> {
        Ok(self.schema(python)?.fields().iter().map(|field| field.name().clone()).collect())
    }

    fn __len__(&self, python: Python<'_>) -> PyResult<usize> {
        self.batch(python).map(RecordBatch::num_rows)
    }

    /// Always: a table without rows is a table.
    fn __bool__(&self) -> bool {
        true
    }

    fn __repr__(&self, python: Python<'_>) -> PyResult<String> {
        let batch = self.batch(python)?;
        Ok(format!("<Table {}: {} rows, {} columns>", self.name(), batch.num_rows(), batch.num_columns()))
    }

    /// Its columns, as the Arrow PyCapsule interface hands them over.
    fn __arrow_c_schema__<'py>(&self, python: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let capsule = arrow::schema(python, self.schema(python)?.as_ref())?;
        capsule.map_err(|error| Failure::Export(error.to_string()).into_exception(python, self.document.path()))
    }

    /// Its rows, as the Arrow PyCapsule interface hands them over.
    ///
    /// Args:
    ///     requested_schema: a wish for other types, which is not granted; whoever asks casts.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        python: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        arrow::stream(python, self.batch(python)?)
    }

    /// The table as a `pandas.DataFrame` with the types of Arrow. Needs pandas and pyarrow.
    ///
    /// Raises:
    ///     ImportError: one of them is not installed.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        arrow::to_pandas(slf.as_any())
    }

    /// The table as a `polars.DataFrame`. Needs polars.
    ///
    /// Raises:
    ///     ImportError: it is not installed.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        arrow::to_polars(slf.as_any())
    }

    /// The table as a `pyarrow.Table`. Needs pyarrow.
    ///
    /// Raises:
    ///     ImportError: it is not installed.
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        arrow::to_pyarrow(slf.as_any())
    }

    /// The first rows, for a notebook.
    fn _repr_html_(&self, python: Python<'_>) -> PyResult<String> {
        let made = detached(python, || {
            Ok(match self.rows {
                Rows::Records(table) => html::records(&self.document, table),
                Rows::Printed(index) => html::printed(&self.document, index),
            })
        });
        made.map_err(|failure| failure.into_exception(python, self.document.path()))
    }
}
