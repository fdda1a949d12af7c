//! A disclosure that was read.

use std::path::PathBuf;
use std::sync::Arc;

use budget_dataset::document_tables;
use budget_export::{ExportOptions, exporter};
use budget_model::Table as BudgetModel;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::document::Document;
use crate::errors::{Failure, detached};
use crate::finding::{Finding, findings};
use crate::picture::Picture;
use crate::printed::BudgetTable;
use crate::table::Table;
use crate::{export, html};

/// A budget disclosure: what was read of one file.
#[pyclass(frozen, module = "budget_disclosure")]
pub(crate) struct Disclosure {
    document: Arc<Document>,
}

impl Disclosure {
    pub(crate) fn new(document: Arc<Document>) -> Self {
        Self { document }
    }

    /// Runs `work` on the document without holding the interpreter.
    fn detached<T: Send>(
        &self,
        python: Python<'_>,
        work: impl FnOnce(&Document) -> Result<T, Failure> + Send,
    ) -> PyResult<T> {
        let document = self.document.as_ref();
        detached(python, || work(document)).map_err(|failure| failure.into_exception(python, document.path()))
    }
}

#[pymethods]
impl Disclosure {
    /// Name of the entity; None if the document does not say it.
    #[getter]
    fn entity(&self) -> Option<&str> {
        self.document.model().entity.as_ref().map(|entity| entity.text.as_str())
    }

    /// Where the entity is: names from the province down; None if the document does not say it.
    #[getter]
    fn region(&self) -> Option<&str> {
        self.document.model().region.as_ref().map(|region| region.name.as_str())
    }

    /// Code of the region in GB/T 2260, six digits as text; None if it is not known.
    #[getter]
    fn region_code(&self) -> Option<String> {
        self.document.model().region.as_ref().and_then(|region| region.code).map(|code| format!("{code:06}"))
    }

    /// Year of the budget or of the accounts; None if the document does not say it.
    #[getter]
    fn year(&self) -> Option<u16> {
        self.document.model().year
    }

    /// `budget` (预算) or `final` (决算).
    #[getter]
    fn stage(&self) -> &'static str {
        self.document.model().stage.as_str()
    }

    /// `department` (部门), `unit` (单位) or `own` (本级).
    #[getter]
    fn scope(&self) -> &'static str {
        self.document.model().scope.as_str()
    }

    /// Unit of the tables: `万元`; None if it is not known.
    #[getter]
    fn unit(&self) -> Option<&str> {
        Some(self.document.model().unit.as_str()).filter(|unit| !unit.is_empty())
    }

    /// The file that was read, or the name that was given; None for bytes without a name.
    #[getter]
    fn path(&self) -> Option<&str> {
        self.document.path()
    }

    /// SHA-256 of the file, in hexadecimal.
    #[getter]
    fn sha256(&self) -> &str {
        self.document.sha256()
    }

    /// Key of the document in tables and data sets, made of the content of its file.
    #[getter]
    fn key(&self) -> String {
        budget_dataset::document_key(self.document.sha256())
    }

    /// Whether every page was read. If not, what is missing may stand on the others.
    #[getter]
    fn is_complete(&self) -> bool {
        self.document.model().is_complete()
    }

    /// Pages that could not be read (images of text, mostly), from 1.
    #[getter]
    fn unread_pages(&self) -> Vec<u32> {
        self.document.model().unread_pages.iter().map(|unread| unread.page).collect()
    }

    /// Number of figures printed in the budget tables.
    #[getter]
    fn figure_count(&self) -> usize {
        self.document.count(BudgetModel::figure_count)
    }

    /// Number of figures of which nothing is in doubt: value, row, column, unit and table are certain.
    #[getter]
    fn certain_count(&self) -> usize {
        self.document.count(BudgetModel::certain_count)
    }

    /// The budget tables as they are printed, in the order of the document.
    #[getter]
    fn tables(&self, python: Python<'_>) -> PyResult<Vec<Py<BudgetTable>>> {
        BudgetTable::all(python, &self.document)
    }

    /// One row for each figure printed in a budget table, totals among them: sum over `is_leaf`.
    #[getter]
    fn figures(&self) -> PyResult<Table> {
        self.table("figures")
    }

    /// One row for each column of a budget table: its printed header, and what it means.
    #[getter]
    fn columns(&self) -> PyResult<Table> {
        self.table("columns")
    }

    /// One row for each figure that the text states.
    #[getter]
    fn statements(&self) -> PyResult<Table> {
        self.table("statements")
    }

    /// One row for each place that describes a project.
    #[getter]
    fn projects(&self) -> PyResult<Table> {
        self.table("projects")
    }

    /// One row for each amount that a performance table divides further.
    #[getter]
    fn funds(&self) -> PyResult<Table> {
        self.table("funds")
    }

    /// One row for each performance indicator.
    #[getter]
    fn indicators(&self) -> PyResult<Table> {
        self.table("indicators")
    }

    /// One row for each thing that does not agree (`origin` is `check`), or was unusual in reading (`reading`).
    #[getter]
    fn findings(&self) -> PyResult<Table> {
        self.table("findings")
    }

    /// One row for each finding and figure that takes part in it.
    #[getter]
    fn finding_figures(&self) -> PyResult<Table> {
        self.table("finding_figures")
    }

    /// One row for each thing that stands in the file and is in no other table.
    #[getter]
    fn unread(&self) -> PyResult<Table> {
        self.table("unread")
    }

    /// A table by name: `figures`, `columns`, `statements`, `projects`, `funds`, `indicators`, `findings`, `finding_figures`,
    /// `unread`. Their columns are the same for every document, see `schemas()`.
    ///
    /// Raises:
    ///     KeyError: there is no such table.
    fn table(&self, name: &str) -> PyResult<Table> {
        Table::named(&self.document, name)
    }

    /// All of these tables by name: what a data set has of this document.
    fn records<'py>(&self, python: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let all = PyDict::new(python);
        for table in document_tables() {
            all.set_item(table.name(), self.table(table.name())?)?;
        }
        Ok(all)
    }

    /// Checks that the disclosure agrees with itself.
    ///
    /// Returns:
    ///     The findings, the most serious first; an empty list says that nothing was found.
    fn check(&self, python: Python<'_>) -> PyResult<Vec<Finding>> {
        self.detached(python, |document| Ok(findings(document)))
    }

    /// Everything that was read, as JSON.
    ///
    /// Returns:
    ///     An object in the format that `budget extract --to json` writes.
    fn to_json(&self, python: Python<'_>) -> PyResult<String> {
        self.detached(python, export::json)
    }

    /// Writes the disclosure as `json`, `xlsx` (the tables as the official form prints them) or `csv` (a Data Package of several
    /// files).
    ///
    /// Args:
    ///     format: one of these words.
    ///     path: the file, or a folder, where it is named after the document; of `csv` always a folder. Folders are made.
    ///
    /// Returns:
    ///     The files that were written. What existed under their names is replaced.
    ///
    /// Raises:
    ///     ValueError: there is no such format.
    ///     NotExported: the format cannot hold the disclosure.
    ///     OSError: a file cannot be written.
    fn export(&self, python: Python<'_>, format: &str, path: PathBuf) -> PyResult<Vec<PathBuf>> {
        let Some(exporter) = exporter(format, ExportOptions::default()) else {
            let message = format!("format is \"json\", \"xlsx\" or \"csv\", not {format:?}");
            return Err(PyValueError::new_err(message));
        };
        let written = detached(python, || export::write(&self.document, exporter.as_ref(), &path));
        // An error of the system speaks of what was to be written.
        written.map_err(|failure| {
            let shown = path.to_string_lossy();
            let about = if matches!(failure, Failure::Io(_)) { Some(&*shown) } else { self.path() };
            failure.into_exception(python, about)
        })
    }

    /// A page of a PDF, with the lines, cells and figures that were found on it.
    ///
    /// Args:
    ///     page: its number, from 1, as in `figures.page`.
    ///
    /// Returns:
    ///     A picture that a notebook shows; `str()` of it is SVG.
    ///
    /// Raises:
    ///     NoPicture: the file is no PDF, or has no such page.
    fn picture(&self, python: Python<'_>, page: u32) -> PyResult<Picture> {
        self.detached(python, |document| Picture::draw(document, page))
    }

    fn __repr__(&self) -> String {
        let entity = self.entity().unwrap_or("?");
        let year = self.year().map_or_else(|| "?".to_owned(), |year| year.to_string());
        format!("<Disclosure {entity} {year} {}: {} figures>", self.stage(), self.figure_count())
    }

    /// What it is and what is in it, for a notebook.
    fn _repr_html_(&self, python: Python<'_>) -> PyResult<String> {
        self.detached(python, |document| Ok(html::document(document)))
    }
}
