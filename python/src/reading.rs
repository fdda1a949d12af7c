//! Reading a file or bytes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use budget_model::Disclosure as Model;
use budget_parse::{LayoutSet, Registry};
use budget_parse_pdf::PdfReader;
use budget_parse_text::TextReader;
use budget_parse_xlsx::WorkbookReader;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use sha2::{Digest, Sha256};

use crate::disclosure::Disclosure;
use crate::errors::Failure;

/// Everything that is built in; made once.
static BUILT_IN: LazyLock<Arc<Registry>> = LazyLock::new(|| Arc::new(registry(LayoutSet::built_in())));

fn registry(layouts: LayoutSet) -> Registry {
    let registry = Registry::new().with_reader(TextReader).with_reader(PdfReader).with_reader(WorkbookReader);
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

/// What was read of a file, and the file.
pub(crate) struct Read {
    pub(crate) path: Option<String>,
    pub(crate) sha256: String,
    pub(crate) content: Vec<u8>,
    pub(crate) model: Model,
}

/// Reads content. A panic of this software is an error like any other.
pub(crate) fn read_content(readers: &Registry, content: Vec<u8>, path: Option<String>) -> Result<Read, Failure> {
    let name = path.as_deref().map(|path| path.rsplit(['/', '\\']).next().unwrap_or(path));
    let read = catch_unwind(AssertUnwindSafe(|| readers.read(&content, name))).map_err(|_| Failure::Defect)?;
    let model = read?;
    Ok(Read { path, sha256: sha256(&content), content, model })
}

/// Reads a file.
pub(crate) fn read_path(readers: &Registry, path: &std::path::Path) -> Result<Read, Failure> {
    let content = std::fs::read(path)?;
    read_content(readers, content, Some(path.to_string_lossy().into_owned()))
}

fn sha256(content: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or('0');
    Sha256::digest(content).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Reads a disclosure: a PDF, a workbook or a text, told by its content.
///
/// Args:
///     source: a path, or the content of a file as bytes.
///     name: for bytes, what the file is called; it stands in tables and messages, and its ending is a hint.
///     layouts: further layouts (descriptions of forms) as TOML.
///
/// Returns:
///     The disclosure.
///
/// Raises:
///     BudgetError: the file is no disclosure; the subclass says why, `code`, `place` and `path` say more.
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
    // Strings are paths as well as os.PathLike; a list of numbers is no content.
    if let Ok(path) = source.extract::<PathBuf>() {
        let shown = name.unwrap_or_else(|| path.to_string_lossy().into_owned());
        let read = python.detach(|| read_path(&readers, &path).map(|read| Read { path: Some(shown.clone()), ..read }));
        return read.map(Disclosure::new).map_err(|failure| failure.into_exception(python, Some(&shown)));
    }
    let content = bytes(source)?;
    let read = python.detach(|| read_content(&readers, content, name.clone()));
    read.map(Disclosure::new).map_err(|failure| failure.into_exception(python, name.as_deref()))
}

/// The content of bytes, a bytearray or a memoryview, copied: another thread may change it.
fn bytes(source: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    use pyo3::types::{PyByteArray, PyBytes, PyMemoryView};
    if let Ok(bytes) = source.cast::<PyBytes>() {
        return Ok(bytes.as_bytes().to_vec());
    }
    if let Ok(bytes) = source.cast::<PyByteArray>() {
        return Ok(bytes.to_vec());
    }
    if source.is_instance_of::<PyMemoryView>() {
        return Ok(source.call_method0("tobytes")?.cast::<PyBytes>()?.as_bytes().to_vec());
    }
    let kind = source.get_type().name()?.to_string();
    Err(PyTypeError::new_err(format!("read() takes a path or bytes, not {kind}")))
}
