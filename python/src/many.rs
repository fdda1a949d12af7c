//! Reading many files in threads, in the order of their paths.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use budget_parse::Registry;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyString, PyType};

use crate::disclosure::Disclosure;
use crate::document::Document;
use crate::errors::{Failure, guarded};
use crate::reading::{read_path, readers};

/// How many results may wait for one before them, for each thread.
const WINDOW: usize = 8;

/// Real documents nest deeper than the two mebibytes of a thread's stack would bear in a build without optimisation.
const STACK: usize = 8 << 20;

/// How long a wait lasts before the interpreter is asked whether somebody pressed Ctrl-C.
const PATIENCE: Duration = Duration::from_millis(100);

/// What the threads and the iterator share.
struct Shared {
    paths: Vec<PathBuf>,
    readers: Arc<Registry>,
    window: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// The file that the next free thread takes.
    next: usize,
    /// The file that is handed over next.
    wanted: usize,
    done: BTreeMap<usize, Result<Arc<Document>, Failure>>,
    is_over: bool,
}

/// What waiting for the next file came to.
enum Turn {
    Read(usize, Result<Arc<Document>, Failure>),
    NotYet,
    Over,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing is half done where a thread ended.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn shown(&self, number: usize) -> String {
        self.paths.get(number).map(|path| path.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// What one thread does: file after file, not too far ahead of what is handed over.
    fn work(&self) {
        loop {
            let is_waiting = |state: &mut State| {
                !state.is_over && state.next < self.paths.len() && state.next >= state.wanted + self.window
            };
            let state = self.changed.wait_while(self.state(), is_waiting);
            let mut state = state.unwrap_or_else(PoisonError::into_inner);
            let number = state.next;
            let Some(path) = self.paths.get(number).filter(|_| !state.is_over) else { return };
            state.next += 1;
            drop(state);
            let read = guarded(|| read_path(&self.readers, path, &self.shown(number)));
            self.state().done.insert(number, read);
            self.changed.notify_all();
        }
    }

    /// The next file that is handed over, if it is read within some time.
    fn take(&self) -> Turn {
        let is_waiting = |state: &mut State| {
            !state.is_over && state.wanted < self.paths.len() && !state.done.contains_key(&state.wanted)
        };
        let waited = self.changed.wait_timeout_while(self.state(), PATIENCE, is_waiting);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let number = state.wanted;
        if state.is_over || number >= self.paths.len() {
            return Turn::Over;
        }
        let Some(read) = state.done.remove(&number) else { return Turn::NotYet };
        state.wanted += 1;
        drop(state);
        self.changed.notify_all();
        Turn::Read(number, read)
    }

    /// Lets the threads end with the file that they are at, and drops what nobody takes any more.
    fn end(&self) {
        let mut state = self.state();
        state.is_over = true;
        let left = std::mem::take(&mut state.done);
        drop(state);
        self.changed.notify_all();
        drop(left);
    }
}

/// What happens to files that are no disclosures.
#[derive(Clone, Copy)]
enum OnError {
    Raise,
    Skip,
    Yield,
}

impl OnError {
    fn of(word: &str) -> PyResult<Self> {
        match word {
            "raise" => Ok(Self::Raise),
            "skip" => Ok(Self::Skip),
            "yield" => Ok(Self::Yield),
            other => Err(PyValueError::new_err(format!("errors is \"raise\", \"skip\" or \"yield\", not {other:?}"))),
        }
    }
}

/// The disclosures of many files, in the order of the paths: an iterator, and a context that ends its threads.
#[pyclass(frozen, module = "budget_disclosure")]
pub(crate) struct Readings {
    shared: Arc<Shared>,
    on_error: OnError,
    progress: Option<Py<PyAny>>,
    /// What was raised, skipped or handed over in place of a disclosure.
    failures: Mutex<Vec<Py<PyAny>>>,
}

impl Drop for Readings {
    fn drop(&mut self) {
        self.shared.end();
    }
}

#[pymethods]
impl Readings {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&self, python: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        // Every turn ends a file or lasts for some time, in which a signal may come.
        loop {
            let (number, read) = match python.detach(|| self.shared.take()) {
                Turn::Read(number, read) => (number, read),
                Turn::Over => return Ok(None),
                Turn::NotYet => {
                    python.check_signals()?;
                    continue;
                }
            };
            if let Some(progress) = &self.progress {
                progress.call1(python, (number + 1, self.shared.paths.len()))?;
            }
            let failure = match read {
                Ok(read) => return Ok(Some(Py::new(python, Disclosure::new(read))?.into_any())),
                Err(failure) => failure,
            };
            let exception = failure.into_exception(python, Some(&self.shared.shown(number)));
            let value = exception.value(python).clone().into_any().unbind();
            self.failures.lock().unwrap_or_else(PoisonError::into_inner).push(value.clone_ref(python));
            match self.on_error {
                OnError::Raise => return Err(exception),
                OnError::Yield => return Ok(Some(value)),
                OnError::Skip => python.check_signals()?,
            }
        }
    }

    /// How many files there are in all.
    fn __len__(&self) -> usize {
        self.shared.paths.len()
    }

    /// The exceptions of the files so far that are no disclosures, in the order of the paths.
    #[getter]
    fn failures(&self, python: Python<'_>) -> Vec<Py<PyAny>> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.iter().map(|failure| failure.clone_ref(python)).collect()
    }

    /// Ends the threads, each with the file that it is at, and the iterator. Dropping it does the same.
    fn close(&self, python: Python<'_>) {
        python.detach(|| self.shared.end());
    }

    /// For annotations: `Readings[Disclosure]`.
    #[classmethod]
    fn __class_getitem__<'py>(class: &Bound<'py, PyType>, of: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        PyModule::import(class.py(), "types")?.getattr("GenericAlias")?.call1((class, of))
    }

    fn __enter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    #[pyo3(signature = (*_exception))]
    fn __exit__(&self, python: Python<'_>, _exception: &Bound<'_, PyAny>) -> bool {
        self.close(python);
        false
    }

    fn __repr__(&self) -> String {
        let done = self.shared.state().wanted;
        format!("<Readings: {done} of {} files>", self.shared.paths.len())
    }
}

/// Reads many files in threads, without the interpreter being held.
///
/// One bad file stops nothing if `errors` says so; a panic of this software on a file is a `Defect` of that file.
///
/// Args:
///     paths: the files.
///     jobs: threads [default: one for each processor].
///     progress: True writes a line on the standard error that counts files; a function is called with the number of files done
///         and of all files after each.
///     errors: what happens to a file that is no disclosure, or cannot be opened: `raise` its exception (the iterator goes on if it
///         is caught), `skip` it, or `yield` the exception in its place. `Readings.failures` lists them.
///     layouts: further layouts (descriptions of forms) as TOML.
///
/// Returns:
///     An iterator over disclosures in the order of the paths. No more than eight for each thread wait to be taken.
///
/// Raises:
///     InvalidLayout: a layout cannot be used.
#[pyfunction]
#[pyo3(signature = (paths, *, jobs=None, progress=None, errors="raise", layouts=None))]
pub(crate) fn read_many(
    python: Python<'_>,
    paths: &Bound<'_, PyAny>,
    jobs: Option<usize>,
    progress: Option<&Bound<'_, PyAny>>,
    errors: &str,
    layouts: Option<Vec<String>>,
) -> PyResult<Readings> {
    let on_error = OnError::of(errors)?;
    let progress = progress.map(reporter).transpose()?.flatten();
    // One path is an iterable too, of its characters.
    let is_one =
        paths.is_instance_of::<PyString>() || paths.is_instance_of::<PyBytes>() || paths.hasattr("__fspath__")?;
    if is_one {
        return Err(PyTypeError::new_err(
            "paths is a list of paths, not one: sorted(pathlib.Path(folder).rglob(\"*.pdf\"))",
        ));
    }
    let paths: Vec<PathBuf> = paths.try_iter()?.map(|path| path?.extract::<PathBuf>()).collect::<PyResult<_>>()?;
    let readers = readers(layouts).map_err(|failure| failure.into_exception(python, None))?;
    let jobs = match jobs {
        Some(0) => return Err(PyValueError::new_err("jobs is at least 1")),
        Some(jobs) => jobs,
        None => thread::available_parallelism().map_or(1, NonZero::get),
    };
    let jobs = jobs.min(paths.len());
    let shared = Shared {
        paths,
        readers,
        window: WINDOW.saturating_mul(jobs),
        state: Mutex::default(),
        changed: Condvar::new(),
    };
    // Made first, so that its drop ends the threads if one of them cannot be started.
    let readings = Readings { shared: Arc::new(shared), on_error, progress, failures: Mutex::default() };
    for _ in 0..jobs {
        let shared = Arc::clone(&readings.shared);
        thread::Builder::new().name("budget-read".to_owned()).stack_size(STACK).spawn(move || shared.work())?;
    }
    Ok(readings)
}

/// What is called after each file, if anything is.
fn reporter(progress: &Bound<'_, PyAny>) -> PyResult<Option<Py<PyAny>>> {
    if let Ok(is_shown) = progress.cast::<PyBool>() {
        let line = || PyModule::import(progress.py(), "budget_disclosure._progress")?.getattr("Line")?.call0();
        return is_shown.is_true().then(line).transpose().map(|line| line.map(Bound::unbind));
    }
    if !progress.is_callable() {
        return Err(PyTypeError::new_err("progress is True or a function of two numbers, files done and all files"));
    }
    Ok(Some(progress.clone().unbind()))
}
