//! Handing Arrow data to other libraries of Python, without a copy and without needing one of them.

use std::ffi::CStr;

use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::{ArrowError, Schema};
use pyo3::exceptions::PyImportError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};

// The names that the Arrow PyCapsule interface gives them.
const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";

/// A batch as a stream that can be taken once. Its buffers are shared with the batch.
pub(crate) fn stream<'py>(python: Python<'py>, batch: &RecordBatch) -> PyResult<Bound<'py, PyCapsule>> {
    let batches = RecordBatchIterator::new([Ok(batch.clone())], batch.schema());
    PyCapsule::new_with_value(python, FFI_ArrowArrayStream::new(Box::new(batches)), STREAM)
}

/// The columns of a table.
pub(crate) fn schema<'py>(python: Python<'py>, schema: &Schema) -> PyResult<Result<Bound<'py, PyCapsule>, ArrowError>> {
    match FFI_ArrowSchema::try_from(schema) {
        Ok(schema) => PyCapsule::new_with_value(python, schema, SCHEMA).map(Ok),
        Err(error) => Ok(Err(error)),
    }
}

/// A table in pandas, with the types of Arrow: a float would change amounts, and a text of digits is no number.
pub(crate) fn to_pandas<'py>(table: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let pandas = import(table.py(), "pandas")?;
    let options = PyDict::new(table.py());
    options.set_item("types_mapper", pandas.getattr("ArrowDtype")?)?;
    to_pyarrow(table)?.call_method("to_pandas", (), Some(&options))
}

/// A table in polars.
pub(crate) fn to_polars<'py>(table: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    import(table.py(), "polars")?.call_method1("DataFrame", (table,))
}

/// A table in pyarrow.
pub(crate) fn to_pyarrow<'py>(table: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    import(table.py(), "pyarrow")?.call_method1("table", (table,))
}

/// A package that is only needed for one method.
fn import<'py>(python: Python<'py>, name: &str) -> PyResult<Bound<'py, PyModule>> {
    PyModule::import(python, name).map_err(|cause| {
        let error = PyImportError::new_err(format!("this needs the package {name}; install it: pip install {name}"));
        error.set_cause(python, Some(cause));
        error
    })
}
