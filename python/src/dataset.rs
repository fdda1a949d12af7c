//! A data set that is being written.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use budget_arrow::Parquet;
use budget_dataset::{Appended, Dataset as Set, DatasetOptions, Entry};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use sha2::{Digest, Sha256};

use crate::document::hexadecimal;
use crate::errors::{Failure, detached};

/// A data set (Parquet files in a folder, as `budget extract --dataset` writes them) that is being written from files that were read
/// elsewhere.
///
/// Nothing of it is seen before `finish`; what was in the folder before stays until then, and for good if `finish` is not called. As
/// a context manager it is finished at the end of the block, or closed if the block raises.
///
/// Args:
///     folder: the folder of the set; it is made.
///     append: add to the set that is there.
///     replace: replace the set that is there.
///     by_year: give each year files of its own.
///     layouts: the layouts that `pack` is given, for the manifest.
///
/// Raises:
///     DatasetError: the folder has a set, or none to append to, or another program is writing it.
///     OSError: the folder cannot be written.
#[pyclass(frozen, module = "budget_disclosure")]
pub(crate) struct Dataset {
    folder: String,
    /// Nothing once it is finished or closed.
    set: Mutex<Option<Set<Parquet>>>,
}

impl Dataset {
    /// Does `work` on the set without holding the interpreter. Where it fails half way, as `writes` says, the set is closed: what is
    /// half written must not be shown.
    fn detached<T: Send>(
        &self,
        python: Python<'_>,
        writes: bool,
        work: impl FnOnce(&mut Set<Parquet>) -> Result<T, Failure> + Send,
    ) -> PyResult<T> {
        let done = detached(python, || {
            let mut held = self.set.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(mut set) = held.take() else { return Ok(None) };
            let done = work(&mut set);
            if done.is_ok() || !writes {
                *held = Some(set);
            }
            done.map(Some)
        });
        self.result(python, done)
    }

    fn result<T>(&self, python: Python<'_>, done: Result<Option<T>, Failure>) -> PyResult<T> {
        match done {
            Ok(Some(done)) => Ok(done),
            Ok(None) => Err(PyValueError::new_err("the data set is finished or closed")),
            Err(failure) => Err(failure.into_exception(python, Some(&self.folder))),
        }
    }
}

#[pymethods]
impl Dataset {
    #[new]
    #[pyo3(signature = (folder, *, append=false, replace=false, by_year=false, layouts=None))]
    fn new(
        python: Python<'_>,
        folder: PathBuf,
        append: bool,
        replace: bool,
        by_year: bool,
        layouts: Option<Vec<String>>,
    ) -> PyResult<Self> {
        if append && (replace || by_year) {
            return Err(PyValueError::new_err("a set that is added to is not replaced, and has its years already"));
        }
        let hash = |layout: &String| format!("layout {}", hexadecimal(&Sha256::digest(layout)));
        let reading = layouts.unwrap_or_default().iter().map(hash).collect();
        let set = detached(python, || {
            if append {
                return Ok(Set::open(&folder, Parquet, reading)?);
            }
            let mut options = DatasetOptions::default();
            (options.force, options.by_year, options.reading) = (replace, by_year, reading);
            Ok(Set::create(&folder, Parquet, options)?)
        });
        let folder = folder.to_string_lossy().into_owned();
        match set {
            Ok(set) => Ok(Self { folder, set: Mutex::new(Some(set)) }),
            Err(failure) => Err(failure.into_exception(python, Some(&folder))),
        }
    }

    /// Adds a file that `pack` has read.
    ///
    /// Args:
    ///     entry: what `pack` returned.
    ///
    /// Returns:
    ///     `new`; `copy` of a document in the set; `known`, if the set has this very file; `failed` or `skipped`, if it is listed in
    ///     `failures`.
    ///
    /// Raises:
    ///     DatasetError: it was packed by another version of this package, or is no entry; nothing is added.
    ///     OSError: a file cannot be written; the set is closed.
    fn add(&self, python: Python<'_>, entry: &[u8]) -> PyResult<String> {
        let entry = self.result(python, detached(python, || Ok(Some(Entry::unpack(&Parquet, entry)?))))?;
        self.detached(python, true, |set| {
            let appended = set.add(&entry)?;
            Ok(match (&entry, appended) {
                (Entry::Failure(failure), _) => failure.outcome.clone(),
                (_, Some(Appended::Copy)) => "copy".to_owned(),
                (_, Some(Appended::Known)) => "known".to_owned(),
                (_, Some(Appended::New) | None) => "new".to_owned(),
            })
        })
    }

    /// Whether the set had a file when it was opened: then it need not be read.
    ///
    /// Args:
    ///     path: what it is called in the set.
    ///     sha256: the SHA-256 of its content, in hexadecimal.
    fn has(&self, python: Python<'_>, path: &str, sha256: &str) -> PyResult<bool> {
        self.detached(python, false, |set| Ok(set.known().has(path, sha256)))
    }

    /// Takes out a document and its copies, before anything is added.
    ///
    /// Args:
    ///     name: its key, or its path as the table `documents` has it.
    ///
    /// Raises:
    ///     DatasetError: the set has no such document, or something was added already.
    fn remove(&self, python: Python<'_>, name: &str) -> PyResult<()> {
        self.detached(python, false, |set| Ok(set.remove(name)?))
    }

    /// Completes the set and shows it: at once, or not at all.
    ///
    /// Returns:
    ///     A dict: `documents` in the set, of which `set_aside` count for nothing, as another one counts for them; `files`.
    ///
    /// Raises:
    ///     OSError: a file cannot be written; the folder is as it was.
    fn finish<'py>(&self, python: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let done = detached(python, || {
            let set = self.set.lock().unwrap_or_else(PoisonError::into_inner).take();
            Ok(set.map(Set::finish).transpose()?)
        });
        let report = self.result(python, done)?;
        let counts = PyDict::new(python);
        counts.set_item("documents", report.documents)?;
        counts.set_item("set_aside", report.set_aside)?;
        counts.set_item("files", report.files)?;
        Ok(counts)
    }

    /// Ends the set without showing it: the folder is as it was.
    fn close(&self) {
        drop(self.set.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    fn __enter__(this: Py<Self>) -> Py<Self> {
        this
    }

    fn __exit__(
        &self,
        python: Python<'_>,
        exception: &Bound<'_, PyAny>,
        _value: &Bound<'_, PyAny>,
        _traceback: &Bound<'_, PyAny>,
    ) -> PyResult<bool> {
        let is_open = self.set.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        match exception.is_none() {
            true if is_open => drop(self.finish(python)?),
            true => {}
            false => self.close(),
        }
        Ok(false)
    }

    fn __repr__(&self) -> String {
        format!("<Dataset {}>", self.folder)
    }
}
