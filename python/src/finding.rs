//! A finding of the rules.

use budget_model::{Decimal, Language};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// Something that does not agree in a disclosure.
#[pyclass(frozen, module = "budget_disclosure")]
pub(crate) struct Finding {
    finding: budget_rules::Finding,
    places: Vec<String>,
}

impl Finding {
    pub(crate) fn new(finding: &budget_rules::Finding, sheets: &[String]) -> Self {
        let places = finding.places.iter().map(|place| place.describe(sheets)).collect();
        Self { finding: finding.clone(), places }
    }
}

#[pymethods]
impl Finding {
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

    /// The places it speaks of, the most important first.
    #[getter]
    fn places(&self) -> Vec<String> {
        self.places.clone()
    }

    /// What the figure should be, as a `decimal.Decimal`; None where nothing is computed.
    #[getter]
    fn expected<'py>(&self, python: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let expected = self.finding.arithmetic.first().map(budget_rules::Arithmetic::expected_shown);
        expected.map(|number| decimal(python, number)).transpose()
    }

    /// What it is.
    #[getter]
    fn found<'py>(&self, python: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.finding.arithmetic.first().map(|check| decimal(python, check.found)).transpose()
    }

    /// Found less expected.
    #[getter]
    fn difference<'py>(&self, python: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let difference = self.finding.arithmetic.first().map(budget_rules::Arithmetic::difference_shown);
        difference.map(|number| decimal(python, number)).transpose()
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
