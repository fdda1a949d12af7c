//! Runs over many files: in parallel, in the order of their paths, past every bad file, in bounded memory.

pub(crate) mod check;
mod dataset;
pub(crate) mod extract;
mod failures;
mod files;
mod in_order;
mod interrupt;

use std::fmt::Display;
use std::io::{self, IsTerminal};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use budget_export::DocumentInfo;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::args;
use crate::exit::Exit;
use crate::failure::{Failure, UNKNOWN_FORMAT};
use crate::input::{Ids, is_stdin};
use crate::messages::{self, Message};
use crate::readers::Readers;
use crate::screen::Screen;

use failures::Failures;
use files::{Files, Found};

/// How many results may wait for one before them, for each thread.
const WINDOW: usize = 8;

/// Whether the command line asks for such a run.
pub(crate) fn is_asked_for(input: &args::Input, many: &args::Many) -> bool {
    many.files_from.is_some() || many.jobs.is_some() || input.files.iter().any(|file| file.is_dir())
}

/// A run over many files.
pub(crate) struct Corpus {
    readers: Readers,
    files: Files,
    pool: ThreadPool,
    bar: ProgressBar,
    /// Set when the run ends early.
    is_over: AtomicBool,
    failures: Option<Failures>,
    failed: usize,
    skipped: usize,
}

/// A file of the run, and what its document is called.
struct Item {
    path: PathBuf,
    is_named: bool,
    info: DocumentInfo,
}

/// Why a run ends before the last file.
enum Stop {
    /// Everything that follows would fail as well.
    Failure(Failure),
    /// The standard output is gone.
    Output(io::Error),
}

impl Stop {
    /// Says what failed; errors of the standard output are for the caller.
    fn say(self, screen: &mut Screen) -> io::Result<()> {
        match self {
            Self::Output(error) => Err(error),
            Self::Failure(failure) => {
                screen.error(failure.exit, &failure.message);
                Ok(())
            }
        }
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Corpus {
    /// Finds the files and prepares everything that is made once. `None` if that failed, which has then been said.
    ///
    /// `out` is a folder that is written to, if there is one.
    fn new(input: &args::Input, many: &args::Many, out: Option<&Path>, screen: &mut Screen) -> Option<Self> {
        let mut named = input.files.clone();
        if let Some(list) = &many.files_from {
            match files::read_list(list) {
                Ok(more) => named.extend(more),
                Err(error) => {
                    let failure = Failure::of_input(&error, list, screen.language);
                    crate::input::say(&failure, list, screen);
                    return None;
                }
            }
        }
        let refusal = if named.iter().any(|path| is_stdin(path)) {
            Some(screen.say(messages::NO_STANDARD_INPUT, &[]))
        } else if out.is_some_and(|out| Files::is_read_folder(&named, out)) {
            Some(screen.say(messages::OUT_IS_INPUT, &[]))
        } else {
            None
        };
        if let Some(message) = refusal {
            screen.error(Exit::Failed, &message);
            return None;
        }
        let readers = Readers::new(&input.layout, screen)?;
        let pool = match ThreadPoolBuilder::new().num_threads(many.jobs.unwrap_or(0).into()).build() {
            Ok(pool) => pool,
            Err(error) => {
                let message = screen.say(messages::NO_THREADS, &[&error]);
                screen.error(Exit::Failed, &message);
                return None;
            }
        };
        let files = Files::find(&named, many.follow, out, screen.language);
        if files.found.is_empty() && files.failures.is_empty() {
            let message = screen.say(messages::NO_FILES, &[]);
            screen.error(Exit::Unread, &message);
        }
        interrupt::listen();
        let (is_over, bar) = (AtomicBool::new(false), ProgressBar::hidden());
        Some(Self { readers, files, pool, bar, is_over, failures: None, failed: 0, skipped: 0 })
    }

    /// Shows a bar while the run goes on, if the standard error is a terminal and the results do not go there as well.
    /// `passes` is how often files are read.
    fn show_progress(&mut self, passes: usize, prints: bool) {
        if prints && io::stdout().is_terminal() {
            return;
        }
        let style = ProgressStyle::with_template("{wide_bar} {human_pos}/{human_len} {per_sec} {eta}");
        self.bar = ProgressBar::with_draw_target(
            Some((passes * self.files.found.len()) as u64),
            ProgressDrawTarget::stderr_with_hz(10),
        )
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    }

    /// Does `work` on every file in parallel and hands the results to `take` in the order of the paths.
    ///
    /// What fails is said and logged here, and never stops the run unless everything that follows must fail as well.
    fn run<R: Send>(
        &mut self,
        screen: &mut Screen,
        work: impl Fn(&Readers, &Files, &Item) -> Result<R, Failure> + Sync,
        mut take: impl FnMut(&Item, R, &mut Screen) -> Result<(), Stop>,
    ) -> io::Result<()> {
        for (path, failure) in std::mem::take(&mut self.files.failures) {
            self.fail(&path, &failure, screen);
        }
        let window = self.window();
        let Self { readers, files, pool, bar, is_over, failures, failed, skipped } = self;
        let (readers, files, is_over) = (&*readers, &*files, &*is_over);
        let mut log = Log { bar, failures, failed, skipped };
        let mut ids = Ids::default();
        let items = files.found.iter().map(|found| item(found, files, &mut ids));
        let mut result = Ok(());
        let work = |item: &Item| {
            // What has begun when the run ends is not worth doing.
            let goes_on = !is_over.load(Ordering::Relaxed) && !interrupt::is_asked();
            goes_on.then(|| work(readers, files, item))
        };
        in_order::in_order(pool, window, items, work, |item, done| {
            log.bar.inc(1);
            let stop = match done {
                Ok(None) => Some(None),
                Ok(Some(Ok(done))) => take(&item, done, screen).err().map(Some),
                Ok(Some(Err(failure))) if failure.ends_the_run() => Some(Some(Stop::Failure(failure))),
                Ok(Some(Err(failure))) => {
                    log.add(&item.path, &failure, item.is_named, screen);
                    None
                }
                Err(_) => {
                    let failure = Failure::unread("defect", screen.say(messages::DEFECT_OF_TOOL, &[]));
                    log.add(&item.path, &failure, true, screen);
                    None
                }
            };
            let Some(stop) = stop else { return ControlFlow::Continue(()) };
            is_over.store(true, Ordering::Relaxed);
            match stop {
                None => {}
                Some(Stop::Output(error)) => result = Err(error),
                Some(Stop::Failure(failure)) => log.add(&item.path, &failure, true, screen),
            }
            ControlFlow::Break(())
        });
        result
    }

    /// Does `work` on every file in parallel and hands what came of it to `take` with the number of the file, in order.
    /// What fails is passed over in silence.
    fn survey<R: Send>(&self, work: impl Fn(&Readers, &Path) -> Option<R> + Sync, mut take: impl FnMut(usize, R)) {
        let readers = &self.readers;
        let work = |(_, found): &(usize, &Found)| {
            if interrupt::is_asked() { None } else { work(readers, &found.path) }
        };
        in_order::in_order(&self.pool, self.window(), self.files.found.iter().enumerate(), work, |(index, _), done| {
            self.bar.inc(1);
            if let Ok(Some(done)) = done {
                take(index, done);
            }
            if interrupt::is_asked() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
    }

    fn window(&self) -> usize {
        WINDOW * self.pool.current_num_threads()
    }

    fn fail(&mut self, path: &Path, failure: &Failure, screen: &mut Screen) {
        let Self { bar, failures, failed, skipped, .. } = self;
        Log { bar, failures, failed, skipped }.add(path, failure, true, screen);
    }

    /// Whether nothing ended the run before the last file.
    fn goes_on(&self) -> bool {
        !interrupt::is_asked() && !self.is_over.load(Ordering::Relaxed)
    }

    /// Says so if the run was ended from outside.
    fn say_interrupted(&self, message: Message, screen: &mut Screen) {
        if interrupt::is_asked() {
            let message = screen.say(message, &[]);
            screen.error(Exit::Failed, &message);
        }
    }

    /// Ends the log of failures. `None` if there is none, or if the run was ended before the last file.
    fn finish_log(&mut self, out: &Path, screen: &mut Screen) -> Option<PathBuf> {
        let path = out.join(failures::NAME);
        match self.failures.take().filter(|_| self.goes_on())?.finish() {
            Ok(()) => Some(path),
            Err(error) => {
                let failure = Failure::of_output(&error, &path, screen.language);
                screen.error(failure.exit, &failure.message);
                None
            }
        }
    }

    /// The end of the run in one line: how many of these there were, and what was not read. Zeros are left out.
    fn summary(&self, counts: &[(usize, Message)], screen: &Screen) -> String {
        let own = [
            (self.failed, messages::FAILED),
            (self.skipped, messages::SKIPPED),
            (self.files.links, messages::LINKS),
            (self.files.others, messages::NOT_FILES),
        ];
        let (first, rest) = counts.split_at(counts.len().min(1));
        let shown = first.iter().chain(rest.iter().chain(&own).filter(|(count, _)| *count > 0));
        let words: Vec<_> = shown
            .map(|(count, name)| screen.say(messages::COUNT, &[count as &dyn Display, &name.text(screen.language)]))
            .collect();
        words.join(messages::COMMA.text(screen.language))
    }
}

fn item(found: &Found, files: &Files, ids: &mut Ids) -> Item {
    let name = files.shown(&found.path);
    Item { path: found.path.clone(), is_named: found.is_named, info: ids.unique(&name, &name) }
}

/// Says and logs failures.
struct Log<'a> {
    bar: &'a ProgressBar,
    failures: &'a mut Option<Failures>,
    failed: &'a mut usize,
    skipped: &'a mut usize,
}

impl Log<'_> {
    fn add(&mut self, path: &Path, failure: &Failure, is_named: bool, screen: &mut Screen) {
        // Whatever else lies in a folder is no mistake of anybody.
        if failure.code == UNKNOWN_FORMAT && !is_named {
            *self.skipped += 1;
        } else {
            *self.failed += 1;
            self.bar.suspend(|| crate::input::say(failure, path, screen));
        }
        if let Some(log) = &mut self.failures
            && let Err(error) = log.add(path, failure)
        {
            let failure = Failure::of_output(&error, Path::new(failures::NAME), screen.language);
            self.bar.suspend(|| screen.error(failure.exit, &failure.message));
            // Dropped, it leaves no half log behind.
            *self.failures = None;
        }
    }
}
