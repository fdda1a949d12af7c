//! What the tables of a disclosure hold, of whatever document.

use budget_dataset::{DocumentTable, document_tables};
use budget_export::{FieldKind, FieldSchema};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};

use crate::arrow;
use crate::errors::Failure;

/// What a table of a disclosure holds, of whatever document.
///
/// Whatever takes an Arrow schema takes it: `pyarrow.schema(schema)`.
#[pyclass(frozen, module = "budget_disclosure")]
pub(crate) struct Schema {
    table: DocumentTable,
}

#[pymethods]
impl Schema {
    /// Name of the table: `figures`.
    #[getter]
    fn name(&self) -> &'static str {
        self.table.name()
    }

    /// Its name in Chinese.
    #[getter]
    fn title(&self) -> &'static str {
        self.table.schema().title
    }

    /// What one row is.
    #[getter]
    fn description(&self) -> &'static str {
        self.table.schema().description
    }

    /// Names of the columns that tell the rows apart.
    #[getter]
    fn key(&self) -> Vec<&'static str> {
        self.table.schema().key.to_vec()
    }

    /// Its columns, each a dict: `name`, `title` (its name in Chinese), `type` (`key`, `text`, `word`, `code`, `integer`, `number`,
    /// `year` or `flag`), `required` (whether it is never null), `description`, and of a column of words `words`, which are all
    /// that it can hold.
    #[getter]
    fn columns<'py>(&self, python: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        self.table.schema().fields.iter().map(|field| described(python, field)).collect()
    }

    /// Its columns, as the Arrow PyCapsule interface hands them over.
    fn __arrow_c_schema__<'py>(&self, python: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let capsule = arrow::schema(python, &budget_arrow::schema(&self.table.schema()))?;
        capsule.map_err(|error| Failure::Export(error.to_string()).into_exception(python, None))
    }

    fn __repr__(&self) -> String {
        format!("<Schema {}: {} columns>", self.table.name(), self.table.schema().fields.len())
    }
}

/// What the tables of a disclosure hold, of whatever document.
///
/// Returns:
///     The schema of each table by name: `figures`, `columns`, `statements`, `projects`, `funds`, `indicators`, `findings`,
///     `finding_figures`, `unread`.
#[pyfunction]
pub(crate) fn schemas(python: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let all = PyDict::new(python);
    for table in document_tables() {
        all.set_item(table.name(), Schema { table: *table }.into_pyobject(python)?)?;
    }
    Ok(all)
}

fn described<'py>(python: Python<'py>, field: &FieldSchema) -> PyResult<Bound<'py, PyDict>> {
    let column = PyDict::new(python);
    column.set_item("name", field.name)?;
    column.set_item("title", field.title)?;
    column.set_item("type", type_of(field.kind))?;
    column.set_item("required", field.is_required)?;
    column.set_item("description", field.description)?;
    if let FieldKind::Word(words) = field.kind {
        column.set_item("words", words())?;
    }
    Ok(column)
}

fn type_of(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Key => "key",
        FieldKind::Word(_) => "word",
        FieldKind::Code => "code",
        FieldKind::Integer => "integer",
        FieldKind::Number => "number",
        FieldKind::Year => "year",
        FieldKind::Flag => "flag",
        _ => "text",
    }
}
