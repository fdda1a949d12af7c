//! Reading many files in threads, in the order of their paths.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use budget_parse::Registry;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::disclosure::Disclosure;
use crate::errors::Failure;
use crate::reading::{Read, read_path, readers};

/// How many results may wait for one before them, for each thread.
const WINDOW: usize = 8;

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
    done: BTreeMap<usize, Result<Read, Failure>>,
    is_over: bool,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing is half done where a thread ended.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until `is_so`.
    fn wait<'a>(&self, state: MutexGuard<'a, State>, is_so: impl Fn(&State) -> bool) -> MutexGuard<'a, State> {
        self.changed.wait_while(state, |state| !is_so(state)).unwrap_or_else(PoisonError::into_inner)
    }

    /// What one thread does: file after file, not too far ahead of what is handed over.
    fn work(&self) {
        loop {
            let is_free = |state: &State| state.is_over || state.next < state.wanted + self.window;
            let mut state = self.wait(self.state(), is_free);
            let number = state.next;
            let Some(path) = self.paths.get(number).filter(|_| !state.is_over) else { return };
            state.next += 1;
            drop(state);
            let read = read_path(&self.readers, path);
            self.state().done.insert(number, read);
            self.changed.notify_all();
        }
    }

    /// The next file that is handed over; `None` behind the last one.
    fn take(&self) -> Option<(usize, Result<Read, Failure>)> {
        let mut state = self.state();
        let number = state.wanted;
        if number >= self.paths.len() {
            return None;
        }
        state = self.wait(state, |state| state.done.contains_key(&number));
        let read = state.done.remove(&number)?;
        state.wanted += 1;
        drop(state);
        self.changed.notify_all();
        Some((number, read))
    }
}

/// What happens to files that are no disclosures.
#[derive(Clone, Copy)]
enum OnError {
    Raise,
    Skip,
    Give,
}

/// The disclosures of many files, in the order of the paths.
#[pyclass(frozen, module = "budget_disclosure")]
pub(crate) struct Readings {
    shared: Arc<Shared>,
    on_error: OnError,
    progress: Option<Py<PyAny>>,
}

impl Drop for Readings {
    fn drop(&mut self) {
        self.shared.state().is_over = true;
        self.shared.changed.notify_all();
    }
}

#[pymethods]
impl Readings {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    /// How many files there are in all.
    fn __len__(&self) -> usize {
        self.shared.paths.len()
    }

    fn __next__(&self, python: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        // Bounded by the number of files.
        while let Some((number, read)) = python.detach(|| self.shared.take()) {
            if let Some(progress) = &self.progress {
                progress.call1(python, (number + 1, self.shared.paths.len()))?;
            }
            let failure = match read {
                Ok(read) => return Ok(Some(Py::new(python, Disclosure::new(read))?.into_any())),
                Err(failure) => failure,
            };
            let path = self.shared.paths.get(number).map(|path| path.to_string_lossy().into_owned());
            let exception = failure.into_exception(python, path.as_deref());
            match self.on_error {
                OnError::Raise => return Err(exception),
                OnError::Give => return Ok(Some(exception.into_value(python).into_any())),
                OnError::Skip => {}
            }
        }
        Ok(None)
    }
}

/// Reads many files in threads, without the interpreter being held.
///
/// Args:
///     paths: the files.
///     jobs: threads [default: one for each processor].
///     errors: what happens to a file that is no disclosure: `raise` its exception (the iterator goes on if it is caught),
///         `skip` it, or `yield` the exception in its place.
///     progress: called with the number of files done and of all files, after each.
///     layouts: further layouts (descriptions of forms) as TOML.
///
/// Returns:
///     An iterator over disclosures in the order of the paths. No more than eight for each thread are held at a time.
#[pyfunction]
#[pyo3(signature = (paths, *, jobs=None, errors="raise", progress=None, layouts=None))]
pub(crate) fn read_many(
    python: Python<'_>,
    paths: &Bound<'_, PyAny>,
    jobs: Option<usize>,
    errors: &str,
    progress: Option<Py<PyAny>>,
    layouts: Option<Vec<String>>,
) -> PyResult<Readings> {
    let on_error = match errors {
        "raise" => OnError::Raise,
        "skip" => OnError::Skip,
        "yield" => OnError::Give,
        other => {
            return Err(PyValueError::new_err(format!("errors is \"raise\", \"skip\" or \"yield\", not {other:?}")));
        }
    };
    let paths: Vec<PathBuf> = paths.try_iter()?.map(|path| path?.extract::<PathBuf>()).collect::<PyResult<_>>()?;
    let readers = readers(layouts).map_err(|failure| failure.into_exception(python, None))?;
    let jobs = match jobs {
        Some(0) => return Err(PyValueError::new_err("jobs is at least 1")),
        Some(jobs) => jobs,
        None => thread::available_parallelism().map_or(1, NonZero::get),
    };
    let jobs = jobs.min(paths.len().max(1));
    let state = Mutex::new(State::default());
    let shared = Arc::new(Shared { paths, readers, window: WINDOW * jobs, state, changed: Condvar::new() });
    for _ in 0..jobs {
        let shared = Arc::clone(&shared);
        // Real documents nest deeper than the two mebibytes of a thread's stack would bear in a build without optimisation.
        thread::Builder::new().stack_size(8 << 20).spawn(move || shared.work())?;
    }
    Ok(Readings { shared, on_error, progress })
}
