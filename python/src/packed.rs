//! Reading a file for a data set that another process writes.

use std::path::Path;

use budget_arrow::Parquet;
use budget_dataset::{DocumentRows, Entry, Failure as Listed};
use budget_model::Language;
use budget_parse::{Registry, Skip};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::errors::{Failure, guarded};
use crate::reading::{Source, readers};

/// Reads a file for a data set: its records, or why it has none, as bytes for `Dataset.add`.
///
/// This is how a set is made by many processes or machines: each packs the files that it has, and one adds what they made, in the
/// order in which the files shall stand. A file that is no disclosure is no error but an entry of `failures`: `failed`, or `skipped`
/// where `budget extract` would pass over it in a folder. The bytes are for the same version of this package only.
///
/// Args:
///     source: a path, or the content of a file as bytes or anything else that has a buffer.
///     name: what the file is called in the set, and for its ending; by default the path.
///     layouts: further layouts (descriptions of forms) as TOML.
///
/// Returns:
///     The entry.
///
/// Raises:
///     InvalidLayout: a layout cannot be used.
#[pyfunction]
#[pyo3(signature = (source, *, name=None, layouts=None))]
pub(crate) fn pack<'py>(
    python: Python<'py>,
    source: &Bound<'py, PyAny>,
    name: Option<String>,
    layouts: Option<Vec<String>>,
) -> PyResult<Bound<'py, PyBytes>> {
    let readers = readers(layouts).map_err(|failure| failure.into_exception(python, None))?;
    let source = Source::of(source, name)?;
    let path = source.shown().unwrap_or_default().to_owned();
    let packed = python.detach(|| {
        // What fails for a file is an entry; what fails for that is not.
        let entry = guarded(|| entry(&readers, source, &path)).unwrap_or_else(|failure| listed(&path, &failure));
        guarded(|| Ok(entry.pack(&Parquet)?))
    });
    let packed = packed.map_err(|failure| failure.into_exception(python, Some(&path)))?;
    Ok(PyBytes::new(python, &packed))
}

fn entry(readers: &Registry, source: Source, path: &str) -> Result<Entry<Parquet>, Failure> {
    if let Some(skip) = Skip::of_name(Path::new(path)) {
        return Ok(skipped(path, skip));
    }
    let document = source.read(readers)?;
    match Skip::of_content(document.model()) {
        Some(skip) => Ok(skipped(path, skip)),
        None => Ok(Entry::Document(Box::new(DocumentRows::new(&Parquet, &document.record())?))),
    }
}

fn skipped(path: &str, skip: Skip) -> Entry<Parquet> {
    let mut listed = Listed::new(path, skip.as_str(), skip.name(Language::English));
    SKIPPED.clone_into(&mut listed.outcome);
    Entry::Failure(listed)
}

/// What a file comes to that is no disclosure and that nobody named.
const SKIPPED: &str = "skipped";

fn listed(path: &str, failure: &Failure) -> Entry<Parquet> {
    let mut listed = Listed::new(path, failure.code(), failure.message());
    listed.place = failure.place();
    if let Failure::Read(error) = failure
        && Skip::of_error(error, Path::new(path)).is_some()
    {
        SKIPPED.clone_into(&mut listed.outcome);
    }
    Entry::Failure(listed)
}
