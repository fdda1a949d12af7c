//! What was read of a file, apart from Python: what the objects made of one disclosure share.

use std::sync::OnceLock;

use budget_dataset::Record;
use budget_export::DocumentInfo;
use budget_model::{Disclosure, Table};
use budget_parse::{Confidence, Reader};
use budget_parse_pdf::PdfReader;
use budget_rules::{Checker, Report};
use sha2::{Digest, Sha256};

/// A document and what is computed of it.
pub(crate) struct Document {
    path: Option<String>,
    sha256: String,
    /// The file, where its pages can be drawn.
    pdf: Option<Vec<u8>>,
    model: Disclosure,
    report: OnceLock<Report>,
}

impl Document {
    pub(crate) fn new(path: Option<String>, content: Vec<u8>, model: Disclosure) -> Self {
        let sha256 = hexadecimal(&Sha256::digest(&content));
        let is_pdf = PdfReader.probe(&content, None) > Confidence::No;
        Self { path, sha256, pdf: is_pdf.then_some(content), model, report: OnceLock::new() }
    }

    /// The file, or what it was said to be called.
    pub(crate) fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// The SHA-256 of the file in hexadecimal.
    pub(crate) fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The file, if it is a PDF.
    pub(crate) fn pdf(&self) -> Option<&[u8]> {
        self.pdf.as_deref()
    }

    /// What was read.
    pub(crate) fn model(&self) -> &Disclosure {
        &self.model
    }

    /// What the rules find; computed when it is asked for first.
    pub(crate) fn report(&self) -> &Report {
        self.report.get_or_init(|| Checker::new().check(&self.model))
    }

    /// The document as data sets take it.
    pub(crate) fn record(&self) -> Record<'_> {
        Record::new(self.path().unwrap_or_default(), &self.sha256, &self.model, self.report())
    }

    /// The document as exports name it: `a/b.pdf` is `b`.
    pub(crate) fn info(&self) -> DocumentInfo {
        let path = self.path().unwrap_or_default();
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        DocumentInfo::new(stem, name).with_sha256(self.sha256.as_str())
    }

    /// Counts of the tables, added up.
    pub(crate) fn count(&self, of: fn(&Table) -> usize) -> usize {
        self.model.tables.iter().map(of).sum()
    }
}

/// Bytes in hexadecimal.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
