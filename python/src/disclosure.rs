//! A disclosure that was read.

use std::fmt::Write;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use budget_dataset::{Record, document_tables};
use budget_export::{DirectorySink, Document, DocumentInfo, ExportOptions, exporter, to_json};
use budget_model::{Disclosure as Model, Place, Table as BudgetTable};
use budget_parse::Limits;
use budget_parse_pdf::Outline;
use budget_rules::{Checker, Report};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::errors::Failure;
use crate::finding::Finding;
use crate::reading::Read;
use crate::table::{Table, escaped};

/// What the objects made of one disclosure share.
pub(crate) struct Inner {
    read: Read,
    report: OnceLock<Report>,
}

impl Inner {
    pub(crate) fn path(&self) -> Option<&str> {
        self.read.path.as_deref()
    }

    fn model(&self) -> &Model {
        &self.read.model
    }

    /// What the rules find; computed once.
    fn report(&self) -> &Report {
        self.report.get_or_init(|| Checker::new().check(self.model()))
    }

    pub(crate) fn record(&self) -> Record<'_> {
        Record::new(self.path().unwrap_or_default(), &self.read.sha256, self.model(), self.report())
    }

    fn figures(&self, count: fn(&BudgetTable) -> usize) -> usize {
        self.model().tables.iter().map(count).sum()
    }
}

/// A budget disclosure: what was read of one file.
#[pyclass(frozen, module = "budget_disclosure")]
pub(crate) struct Disclosure {
    inner: Arc<Inner>,
}

impl Disclosure {
    pub(crate) fn new(read: Read) -> Self {
        Self { inner: Arc::new(Inner { read, report: OnceLock::new() }) }
    }
}

#[pymethods]
impl Disclosure {
    /// Name of the entity; None if the document does not say it.
    #[getter]
    fn entity(&self) -> Option<&str> {
        self.inner.model().entity.as_ref().map(|entity| entity.text.as_str())
    }

    /// Where the entity is: names from the province down.
    #[getter]
    fn region(&self) -> Option<&str> {
        self.inner.model().region.as_ref().map(|region| region.name.as_str())
    }

    /// Code of the region in GB/T 2260, six digits as text.
    #[getter]
    fn region_code(&self) -> Option<String> {
        self.inner.model().region.as_ref().and_then(|region| region.code).map(|code| format!("{code:06}"))
    }

    /// Budget year.
    #[getter]
    fn year(&self) -> Option<u16> {
        self.inner.model().year
    }

    /// `budget` or `final`.
    #[getter]
    fn stage(&self) -> &'static str {
        self.inner.model().stage.as_str()
    }

    /// `department`, `unit` …
    #[getter]
    fn scope(&self) -> &'static str {
        self.inner.model().scope.as_str()
    }

    /// Unit of most tables: `万元`.
    #[getter]
    fn unit(&self) -> &str {
        self.inner.model().unit.as_str()
    }

    /// The file that was read, or the name that was given.
    #[getter]
    fn path(&self) -> Option<&str> {
        self.inner.path()
    }

    /// SHA-256 of the file, in hexadecimal.
    #[getter]
    fn sha256(&self) -> &str {
        &self.inner.read.sha256
    }

    /// Key of the document in tables and data sets.
    #[getter]
    fn key(&self) -> String {
        budget_dataset::document_key(&self.inner.read.sha256)
    }

    /// Whether every page was read. If not, what is missing may stand on the others.
    #[getter]
    fn is_complete(&self) -> bool {
        self.inner.model().is_complete()
    }

    /// One row for each figure printed in a budget table.
    #[getter]
    fn figures(&self) -> PyResult<Table> {
        Table::named(&self.inner, "figures")
    }

    /// One row for each column of a budget table: its printed header, and what it means.
    #[getter]
    fn columns(&self) -> PyResult<Table> {
        Table::named(&self.inner, "columns")
    }

    /// One row for each figure that the text states.
    #[getter]
    fn statements(&self) -> PyResult<Table> {
        Table::named(&self.inner, "statements")
    }

    /// One row for each place that describes a project.
    #[getter]
    fn projects(&self) -> PyResult<Table> {
        Table::named(&self.inner, "projects")
    }

    /// One row for each amount that a performance table divides further.
    #[getter]
    fn funds(&self) -> PyResult<Table> {
        Table::named(&self.inner, "funds")
    }

    /// One row for each performance indicator.
    #[getter]
    fn indicators(&self) -> PyResult<Table> {
        Table::named(&self.inner, "indicators")
    }

    /// One row for each thing that does not agree, or was unusual in reading.
    #[getter]
    fn findings(&self) -> PyResult<Table> {
        Table::named(&self.inner, "findings")
    }

    /// One row for each finding and figure that takes part in it.
    #[getter]
    fn finding_figures(&self) -> PyResult<Table> {
        Table::named(&self.inner, "finding_figures")
    }

    /// One row for each thing that stands in the file and is in no other table.
    #[getter]
    fn unread(&self) -> PyResult<Table> {
        Table::named(&self.inner, "unread")
    }

    /// Every table by name, in the order of the data set.
    #[getter]
    fn tables<'py>(&self, python: Python<'py>) -> PyResult<Bound<'py, pyo3::types::PyDict>> {
        let all = pyo3::types::PyDict::new(python);
        for table in document_tables() {
            all.set_item(table.name(), Table::named(&self.inner, table.name())?)?;
        }
        Ok(all)
    }

    /// A table by name.
    ///
    /// Raises:
    ///     KeyError: there is no such table.
    fn table(&self, name: &str) -> PyResult<Table> {
        Table::named(&self.inner, name)
    }

    /// Checks that the disclosure agrees with itself.
    ///
    /// Returns:
    ///     The findings, the most serious first; an empty list says that nothing was found.
    fn check(&self, python: Python<'_>) -> Vec<Finding> {
        let inner = &self.inner;
        python.detach(|| {
            let report = inner.report();
            report.open().map(|finding| Finding::new(finding, &inner.model().sheets)).collect()
        })
    }

    /// Everything that was read, as JSON.
    fn to_json(&self, python: Python<'_>) -> PyResult<String> {
        let made = python.detach(|| {
            let info = self.info();
            let document = Document { info: &info, disclosure: self.inner.model() };
            let mut json = Vec::new();
            let options = ExportOptions { compact: true, ..ExportOptions::default() };
            to_json(document, options, &mut json).map(|_| String::from_utf8_lossy(&json).into_owned())
        });
        made.map_err(|error| Failure::Export(error.to_string()).into_exception(python, self.inner.path()))
    }

    /// Writes the disclosure into a folder, which is made: as `json`, `csv` (several files) or `xlsx`.
    ///
    /// Returns:
    ///     The files that were written. What exists under their names is replaced.
    ///
    /// Raises:
    ///     ValueError: there is no such format.
    ///     OSError: the folder cannot be made.
    fn export(&self, python: Python<'_>, format: &str, folder: PathBuf) -> PyResult<Vec<PathBuf>> {
        let options = ExportOptions::default();
        let exporter = exporter(format, options)
            .ok_or_else(|| PyValueError::new_err(format!("format is \"json\", \"csv\" or \"xlsx\", not {format:?}")))?;
        let made = python.detach(|| {
            let info = self.info();
            let document = Document { info: &info, disclosure: self.inner.model() };
            let mut sink = DirectorySink::new(&folder)?;
            let report = exporter.write(document, &mut sink).map_err(|error| Failure::Export(error.to_string()))?;
            Ok(report.files.iter().map(|file| folder.join(file)).collect())
        });
        made.map_err(|failure: Failure| failure.into_exception(python, self.inner.path()))
    }

    /// A page of a PDF, with the lines, cells and figures that were found on it, from 1.
    ///
    /// Returns:
    ///     A picture that a notebook shows; `str()` of it is SVG.
    ///
    /// Raises:
    ///     BudgetError: the file is no PDF, or has no such page.
    fn picture(&self, python: Python<'_>, page: u32) -> PyResult<Picture> {
        let inner = &self.inner;
        let drawn = python.detach(|| {
            let figures = inner.model().tables.iter().flat_map(|table| table.figures()).map(|figure| {
                let outline = if figure.is_certain() { Outline::Certain } else { Outline::Doubtful };
                (figure.place(), outline)
            });
            let figures: Vec<(Place, Outline)> = figures.collect();
            budget_parse_pdf::picture(&inner.read.content, page, figures, &Limits::default())
        });
        let svg = drawn.map_err(|error| Failure::Read(error).into_exception(python, inner.path()))?;
        Ok(Picture { svg })
    }

    fn __repr__(&self) -> String {
        let entity = self.entity().unwrap_or("?");
        let year = self.year().map_or_else(|| "?".to_owned(), |year| year.to_string());
        let figures = self.inner.figures(BudgetTable::figure_count);
        format!("<Disclosure {entity} {year} {}: {figures} figures>", self.stage())
    }

    /// What it is and what is in it, for a notebook.
    fn _repr_html_(&self, python: Python<'_>) -> String {
        python.detach(|| {
            let model = self.inner.model();
            let certain = self.inner.figures(BudgetTable::certain_count);
            let figures = self.inner.figures(BudgetTable::figure_count);
            let year = model.year.map_or_else(String::new, |year| year.to_string());
            let mut html = format!(
                "<h4>{} {year}</h4><p>{} · {} · {figures} ({certain} certain) · {} findings</p><table><tbody>",
                escaped(self.entity().unwrap_or_default()),
                escaped(self.region().unwrap_or_default()),
                escaped(model.unit.as_str()),
                self.inner.report().open().count(),
            );
            for table in &model.tables {
                let (title, kind) = (escaped(&table.title.text), escaped(table.kind.chinese()));
                // Writing to a string cannot fail.
                let _ = write!(
                    html,
                    "<tr><td>{title}</td><td>{kind}</td><td>{} × {}</td><td>{}</td></tr>",
                    table.rows.len(),
                    table.columns.len(),
                    table.figure_count()
                );
            }
            html.push_str("</tbody></table>");
            html
        })
    }
}

impl Disclosure {
    fn info(&self) -> DocumentInfo {
        let file = self.inner.path().unwrap_or_default();
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        DocumentInfo::new(stem, name).with_sha256(self.inner.read.sha256.as_str())
    }
}

/// A page with what was found on it.
#[pyclass(frozen, module = "budget_disclosure")]
pub(crate) struct Picture {
    svg: String,
}

#[pymethods]
impl Picture {
    fn __str__(&self) -> &str {
        &self.svg
    }

    fn __repr__(&self) -> String {
        format!("<Picture: {} characters of SVG>", self.svg.len())
    }

    /// The picture as a notebook shows it.
    fn _repr_svg_(&self) -> &str {
        &self.svg
    }
}
