//! A table of a disclosure as a stream of Arrow data.

use std::ffi::CStr;
use std::fmt::Write;
use std::sync::Arc;

use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator};
use budget_dataset::{DocumentTable, document_tables};
use budget_export::{FieldKind, TableSchema, Value};
use pyo3::exceptions::{PyImportError, PyKeyError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};

use crate::disclosure::Inner;
use crate::errors::Failure;

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";

/// Rows that are shown in a notebook.
const SHOWN: usize = 10;

/// A table of a disclosure.
///
/// It is handed over without a copy and without further packages to whatever takes Arrow data (`__arrow_c_stream__`):
/// `polars.DataFrame(table)`, `pyarrow.table(table)`, `duckdb.sql("FROM table")`, `pandas.DataFrame.from_arrow(table)`.
#[pyclass(frozen, module = "budget_disclosure")]
pub(crate) struct Table {
    inner: Arc<Inner>,
    table: DocumentTable,
}

impl Table {
    pub(crate) fn named(inner: &Arc<Inner>, name: &str) -> PyResult<Self> {
        let table = document_tables().iter().find(|table| table.name() == name);
        let table = *table.ok_or_else(|| PyKeyError::new_err(name.to_owned()))?;
        Ok(Self { inner: Arc::clone(inner), table })
    }

    fn batch(&self, python: Python<'_>) -> PyResult<RecordBatch> {
        let made = python.detach(|| {
            let record = self.inner.record();
            budget_arrow::record_batch(&self.table.schema(), &self.table.rows(&record))
        });
        made.map_err(|error| Failure::Export(error.to_string()).into_exception(python, self.inner.path()))
    }
}

#[pymethods]
impl Table {
    /// Name of the table: `figures`.
    #[getter]
    fn name(&self) -> &'static str {
        self.table.name()
    }

    /// Names of its columns.
    #[getter]
    fn columns(&self) -> Vec<&'static str> {
        self.table.schema().fields.iter().map(|field| field.name).collect()
    }

    fn __len__(&self, python: Python<'_>) -> usize {
        python.detach(|| self.table.rows(&self.inner.record()).len())
    }

    fn __repr__(&self, python: Python<'_>) -> String {
        format!("<Table {}: {} rows, {} columns>", self.table.name(), self.__len__(python), self.columns().len())
    }

    /// Its columns, as Arrow hands them over.
    fn __arrow_c_schema__<'py>(&self, python: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = budget_arrow::schema(&self.table.schema());
        let schema = FFI_ArrowSchema::try_from(schema.as_ref());
        let schema = schema.map_err(|error| Failure::Export(error.to_string()).into_exception(python, None))?;
        PyCapsule::new_with_value(python, schema, SCHEMA)
    }

    /// Its rows, as Arrow hands them over. A schema that is asked for is a wish that it does not grant: types stay as they are.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        python: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batch = self.batch(python)?;
        let schema = batch.schema();
        let stream = FFI_ArrowArrayStream::new(Box::new(RecordBatchIterator::new([Ok(batch)], schema)));
        PyCapsule::new_with_value(python, stream, STREAM)
    }

    /// The table in pandas, with the types of Arrow. Needs pandas and pyarrow.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let options = PyDict::new(slf.py());
        let pandas = import(slf.py(), "pandas")?;
        options.set_item("types_mapper", pandas.getattr("ArrowDtype")?)?;
        Self::to_arrow(slf)?.call_method("to_pandas", (), Some(&options))
    }

    /// The table in polars. Needs polars.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        import(slf.py(), "polars")?.call_method1("DataFrame", (slf,))
    }

    /// The table in pyarrow. Needs pyarrow.
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        import(slf.py(), "pyarrow")?.call_method1("table", (slf,))
    }

    /// The first rows, for a notebook.
    fn _repr_html_(&self, python: Python<'_>) -> String {
        python.detach(|| {
            let record = self.inner.record();
            let (rows, schema) = (self.table.rows(&record), self.table.schema());
            let mut html = String::from("<table><thead><tr>");
            for field in &schema.fields {
                // Writing to a string cannot fail.
                let _ = write!(html, "<th title=\"{}\">{}</th>", escaped(field.title), escaped(field.name));
            }
            html.push_str("</tr></thead><tbody>");
            for row in 0..rows.len().min(SHOWN) {
                html.push_str("<tr>");
                for column in 0..schema.fields.len() {
                    let value = match rows.value(row, column) {
                        Value::Null => String::new(),
                        Value::Text(text) => escaped(&text),
                        Value::Integer(number) => number.to_string(),
                        Value::Number(number) => number.to_string(),
                        Value::Flag(flag) => flag.to_string(),
                    };
                    let _ = write!(html, "<td>{value}</td>");
                }
                html.push_str("</tr>");
            }
            let _ = write!(html, "</tbody></table><p>{}: {}</p>", schema.name, rows.len());
            html
        })
    }
}

/// A package that is only needed here.
fn import<'py>(python: Python<'py>, name: &str) -> PyResult<Bound<'py, PyModule>> {
    PyModule::import(python, name)
        .map_err(|_| PyImportError::new_err(format!("this needs the package {name}: pip install {name}")))
}

/// Text as HTML shows it.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // They turn the text around them.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// What the tables of a disclosure hold.
///
/// Returns:
///     For each table by name a list of its columns: name, Chinese name, type (text, code, word, integer, number, year, flag),
///     whether it is never null, and what it holds.
#[pyfunction]
pub(crate) fn schemas(python: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let all = PyDict::new(python);
    for table in document_tables() {
        let TableSchema { name, fields, .. } = table.schema();
        let columns: Vec<_> = fields
            .iter()
            .map(|field| {
                let kind = match field.kind {
                    FieldKind::Code => "code",
                    FieldKind::Word(_) => "word",
                    FieldKind::Integer => "integer",
                    FieldKind::Number => "number",
                    FieldKind::Year => "year",
                    FieldKind::Flag => "flag",
                    _ => "text",
                };
                let description = field.description.split_whitespace().collect::<Vec<_>>().join(" ");
                (field.name, field.title, kind, field.is_required, description)
            })
            .collect();
        all.set_item(name, columns)?;
    }
    Ok(all)
}
