//! A finding of the rules.

use std::collections::HashMap;

use budget_dataset::{DocumentTable, document_tables};
use budget_export::Value;
use budget_model::{Decimal, Language};
use budget_rules::{Arithmetic, Defect};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

use crate::document::Document;

/// Something that does not agree in a disclosure.
#[pyclass(frozen, module = "budget_disclosure")]
pub(crate) struct Finding {
    finding: budget_rules::Finding,
    key: String,
    places: Vec<String>,
    figures: Figures,
}

/// The keys of the figures that a finding speaks of, as they stand in the tables of the document.
#[derive(Clone, Default)]
struct Figures {
    cells: Vec<String>,
    statements: Vec<String>,
}

/// The findings of a document, the most serious first.
pub(crate) fn findings(document: &Document) -> Vec<Finding> {
    let mut figures = figures(document);
    let sheets = &document.model().sheets;
    let record = document.record();
    (1..)
        .zip(document.report().open())
        .map(|(number, finding)| {
            // As `findings.finding`, so that a finding is found again in the tables.
            let key = format!("{}:n{number}", record.key());
            let places = finding.places.iter().map(|place| place.describe(sheets)).collect();
            let figures = figures.remove(&key).unwrap_or_default();
            Finding { finding: finding.clone(), key, places, figures }
        })
        .collect()
}

/// The figures of each finding, by its key. Taken from the table that has them, so that keys are made in one place.
fn figures(document: &Document) -> HashMap<String, Figures> {
    let mut of_findings: HashMap<String, Figures> = HashMap::new();
    let Some(table) = document_tables().iter().find(|table| table.name() == "finding_figures") else {
        return of_findings;
    };
    let record = document.record();
    let rows = table.rows(&record);
    let text = |row, name| match column(table, name).map(|column| rows.value(row, column)) {
        Some(Value::Text(text)) => Some(text.into_owned()),
        _ => None,
    };
    for row in 0..rows.len() {
        let Some(finding) = text(row, "finding") else { continue };
        let figures = of_findings.entry(finding).or_default();
        figures.cells.extend(text(row, "cell"));
        figures.statements.extend(text(row, "statement"));
    }
    of_findings
}

fn column(table: &DocumentTable, name: &str) -> Option<usize> {
    table.schema().fields.iter().position(|field| field.name == name)
}

impl Finding {
    /// A number of the arithmetic that shows the finding best.
    fn number<'py>(&self, python: Python<'py>, of: fn(&Arithmetic) -> Decimal) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.finding.arithmetic.first().map(|check| decimal(python, of(check))).transpose()
    }
}

#[pymethods]
impl Finding {
    /// Key of the finding in the tables `findings` and `finding_figures`.
    #[getter]
    fn key(&self) -> &str {
        &self.key
    }

    /// Id of the rule: `parts-do-not-add-up`.
    #[getter]
    fn rule(&self) -> &str {
        &self.finding.rule
    }

    /// `info`, `warning` or `error`.
    #[getter]
    fn severity(&self) -> &'static str {
        self.finding.severity.as_str()
    }

    /// Number by which it is known again in another version of the file.
    #[getter]
    fn fingerprint(&self) -> String {
        self.finding.fingerprint.to_string()
    }

    /// What happened to the figure, where the numbers show it: `digits-swapped`.
    #[getter]
    fn defect(&self) -> Option<&'static str> {
        self.finding.defect.map(Defect::as_str)
    }

    /// Whether the checks say which figure is likeliest wrong: the first of `cells` or `statements`.
    #[getter]
    fn is_decided(&self) -> bool {
        self.finding.is_decided
    }

    /// The places it speaks of, the most important first: `p7@72.0,310.5` (page, points from the left and from above),
    /// `表3!D12`, or line and column of a text.
    #[getter]
    fn places(&self) -> Vec<String> {
        self.places.clone()
    }

    /// Keys of the figures of tables that it speaks of, as in `figures.cell`, the likeliest wrong first.
    #[getter]
    fn cells(&self) -> Vec<String> {
        self.figures.cells.clone()
    }

    /// Keys of the figures of the text that it speaks of, as in `statements.statement`.
    #[getter]
    fn statements(&self) -> Vec<String> {
        self.figures.statements.clone()
    }

    /// What the figure should be, as a `decimal.Decimal`; None where nothing is computed.
    #[getter]
    fn expected<'py>(&self, python: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.number(python, Arithmetic::expected_shown)
    }

    /// What it is.
    #[getter]
    fn found<'py>(&self, python: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.number(python, |check| check.found)
    }

    /// Found less expected.
    #[getter]
    fn difference<'py>(&self, python: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.number(python, Arithmetic::difference_shown)
    }

    /// What is wrong, in Chinese (`zh`) or English (`en`).
    #[pyo3(signature = (language="zh"))]
    fn message(&self, language: &str) -> PyResult<&str> {
        match language {
            "zh" => Ok(self.finding.message(Language::Chinese)),
            "en" => Ok(self.finding.message(Language::English)),
            other => Err(PyValueError::new_err(format!("language is \"zh\" or \"en\", not {other:?}"))),
        }
    }

    fn __repr__(&self) -> String {
        let (severity, rule) = (self.finding.severity.as_str(), &self.finding.rule);
        format!("<Finding {severity} {rule}: {}>", self.finding.message(Language::Chinese))
    }
}

static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// A number, exact and with its decimals.
fn decimal<'py>(python: Python<'py>, number: Decimal) -> PyResult<Bound<'py, PyAny>> {
    DECIMAL.import(python, "decimal", "Decimal")?.call1((number.to_string(),))
}
