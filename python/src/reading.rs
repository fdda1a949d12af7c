//! Reading a file or bytes.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use budget_parse::{LayoutSet, Limits, Registry};
use budget_parse_docx::WordReader;
use budget_parse_html::HtmlReader;
use budget_parse_pdf::PdfReader;
use budget_parse_text::TextReader;
use budget_parse_xlsx::WorkbookReader;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyMemoryView};

use crate::disclosure::Disclosure;
use crate::document::Document;
use crate::errors::{Failure, detached};

/// Everything that is built in; made once.
static BUILT_IN: LazyLock<Arc<Registry>> = LazyLock::new(|| Arc::new(registry(LayoutSet::built_in())));

fn registry(layouts: LayoutSet) -> Registry {
    let registry = Registry::new().with_reader(TextReader).with_reader(PdfReader).with_reader(WorkbookReader);
    let registry = registry.with_reader(WordReader).with_reader(HtmlReader);
    registry.with_layouts(layouts)
}

/// The readers, with further layouts given as TOML.
pub(crate) fn readers(layouts: Option<Vec<String>>) -> Result<Arc<Registry>, Failure> {
    let Some(given) = layouts.filter(|given| !given.is_empty()) else { return Ok(Arc::clone(&BUILT_IN)) };
    let mut layouts = LayoutSet::built_in();
    for layout in &given {
        layouts.add(layout)?;
    }
    Ok(Arc::new(registry(layouts)))
}

/// Reads content; `path` is what the file is called.
fn read_content(readers: &Registry, content: Vec<u8>, path: Option<&str>) -> Result<Arc<Document>, Failure> {
    let name = path.map(|path| path.rsplit(['/', '\\']).next().unwrap_or(path));
    let model = readers.read(&content, name)?;
    Ok(Arc::new(Document::new(path.map(str::to_owned), content, model)))
}

/// Reads a file, which is shown as `shown`.
pub(crate) fn read_path(readers: &Registry, path: &Path, shown: &str) -> Result<Arc<Document>, Failure> {
    let mut content = Vec::new();
    // One byte more than the limit: enough to be refused, and a device that never ends is.
    File::open(path)?.take(Limits::default().input_bytes as u64 + 1).read_to_end(&mut content)?;
    read_content(readers, content, Some(shown))
}

/// Reads a disclosure: a PDF, a workbook or a text, told by its content.
///
/// The interpreter is not held meanwhile: other threads go on.
///
/// Args:
///     source: a path, or the content of a file as bytes or anything else that has a buffer (bytearray, memoryview, mmap).
///     name: what the file is called; it stands in tables and messages, and its ending is a hint. By default the path.
///     layouts: further layouts (descriptions of forms) as TOML.
///
/// Returns:
///     The disclosure.
///
/// Raises:
///     BudgetError: the file is no disclosure; the subclass says why, `code`, `message`, `place` and `path` say more.
///     OSError: the file cannot be opened.
#[pyfunction]
#[pyo3(signature = (source, *, name=None, layouts=None))]
pub(crate) fn read(
    python: Python<'_>,
    source: &Bound<'_, PyAny>,
    name: Option<String>,
    layouts: Option<Vec<String>>,
) -> PyResult<Disclosure> {
    let readers = readers(layouts).map_err(|failure| failure.into_exception(python, None))?;
    let source = Source::of(source, name)?;
    let shown = source.shown().map(str::to_owned);
    let read = detached(python, || source.read(&readers));
    read.map(Disclosure::new).map_err(|failure| failure.into_exception(python, shown.as_deref()))
}

/// What is to be read, apart from Python.
pub(crate) enum Source {
    /// A file, and what it is shown as.
    Path(PathBuf, String),
    /// Content, and what the file is called.
    Content(Vec<u8>, Option<String>),
}

impl Source {
    /// A path or a buffer.
    pub(crate) fn of(source: &Bound<'_, PyAny>, name: Option<String>) -> PyResult<Self> {
        Ok(match source.extract::<PathBuf>() {
            Ok(path) => {
                let shown = name.unwrap_or_else(|| path.to_string_lossy().into_owned());
                Self::Path(path, shown)
            }
            Err(_) => Self::Content(content(source)?, name),
        })
    }

    /// What the file is called.
    pub(crate) fn shown(&self) -> Option<&str> {
        match self {
            Self::Path(_, shown) => Some(shown),
            Self::Content(_, name) => name.as_deref(),
        }
    }

    /// Reads it.
    pub(crate) fn read(self, readers: &Registry) -> Result<Arc<Document>, Failure> {
        match self {
            Self::Path(path, shown) => read_path(readers, &path, &shown),
            Self::Content(content, name) => read_content(readers, content, name.as_deref()),
        }
    }
}

/// What a buffer holds, copied: another thread may change it while it is read.
fn content(source: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    if let Ok(bytes) = source.cast::<PyBytes>() {
        return Ok(bytes.as_bytes().to_vec());
    }
    let Ok(view) = PyMemoryView::from(source) else {
        let kind = source.get_type().name()?.to_string();
        return Err(PyTypeError::new_err(format!("read() takes a path or the content of a file as bytes, not {kind}")));
    };
    Ok(view.call_method0("tobytes")?.cast::<PyBytes>()?.as_bytes().to_vec())
}
