//! Runs over many files: in parallel, in the order of their paths, past every bad file, in bounded memory.

pub(crate) mod check;
pub(crate) mod dataset;
pub(crate) mod extract;
mod failures;
pub(crate) mod files;
mod in_order;
mod interrupt;
mod repeated;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{self, IsTerminal};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use budget_export::DocumentInfo;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::{ThreadPool, ThreadPoolBuilder};
use walkdir::WalkDir;

use crate::args;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::input::{Document, Ids, display_name, is_stdin};
use crate::messages::{self, Message};
use crate::readers::{Readers, sha256};
use crate::screen::Screen;
use budget_parse::Skip;

use failures::{FailureLog, Outcome};
use files::{Files, Found};
use repeated::Repeated;

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
    failures: Option<FailureLog>,
    counts: Counts,
    repeated: Arc<Repeated>,
    /// Whether what is passed over is said file by file.
    says_skipped: bool,
}

/// How many files came to nothing, and why.
#[derive(Default)]
struct Counts {
    failed: usize,
    not_tried: usize,
    skipped: BTreeMap<Skip, usize>,
}

impl Counts {
    fn unread(&self) -> usize {
        self.failed + self.not_tried + self.skipped.values().sum::<usize>()
    }
}

/// A file of the run, and what its document is called.
struct Item {
    path: PathBuf,
    is_named: bool,
    /// What its outputs are called.
    name: String,
    info: DocumentInfo,
    repeated: Arc<Repeated>,
}

impl Item {
    /// Reads the document. What nobody named must be a disclosure beyond doubt.
    fn read(&self, readers: &Readers) -> Result<Document, Failure> {
        let content = readers.content(&self.path)?;
        let hash = sha256(&content);
        self.read_content(readers, content, &hash)
    }

    /// The same, of content that is read already, with its hash.
    fn read_content(&self, readers: &Readers, content: Vec<u8>, hash: &str) -> Result<Document, Failure> {
        let document = readers.document_of(&self.path, self.info.clone().with_sha256(hash), content)?;
        match Skip::of_content(&document.disclosure).filter(|_| !self.is_named) {
            Some(skip) => Err(Failure::of_skip(skip, readers.language())),
            None => {
                self.repeated.add(&display_name(&self.path, readers.language()), &document.disclosure);
                Ok(document)
            }
        }
    }
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
        if let Some(out) = out {
            remove_left_over(out);
        }
        let files = Files::find(&named, many.follow, out, screen.language);
        // Documents are taken out of a set without any file.
        let asks_for_files = !named.is_empty() || many.files_from.is_some();
        if asks_for_files && files.found.is_empty() && files.failures.is_empty() {
            let message = screen.say(messages::NO_FILES, &[]);
            screen.error(Exit::Unread, &message);
        }
        interrupt::listen();
        let (is_over, bar) = (AtomicBool::new(false), ProgressBar::hidden());
        let says_skipped = many.skipped;
        Some(Self {
            readers,
            files,
            pool,
            bar,
            is_over,
            failures: None,
            counts: Counts::default(),
            repeated: Arc::default(),
            says_skipped,
        })
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
        for (path, skip) in std::mem::take(&mut self.files.skipped) {
            self.log().add(&path, &Failure::of_skip(skip, screen.language), false, screen);
        }
        let window = self.window();
        let Self { readers, files, pool, bar, is_over, failures, counts, repeated, says_skipped } = self;
        let (readers, files, is_over) = (&*readers, &*files, &*is_over);
        let mut log = Log { bar, failures, counts, says_skipped: *says_skipped };
        let mut ids = Ids::default();
        let items = files.found.iter().map(|found| item(found, files, &mut ids, repeated));
        let mut result = Ok(());
        let mut is_stopped = false;
        let work = |item: &Item| {
            // What has begun when the run ends is not worth doing.
            let goes_on = !is_over.load(Ordering::Relaxed) && !interrupt::is_asked();
            goes_on.then(|| work(readers, files, item))
        };
        in_order::in_order(pool, window, items, work, |item, done| {
            log.bar.inc(1);
            // A panic while a result is taken is a defect like one while it is made, and loses the log no more than that.
            let mut take = |done| {
                catch_unwind(AssertUnwindSafe(|| take(&item, done, screen))).unwrap_or_else(|_| {
                    Err(Stop::Failure(Failure::unwritten(
                        "defect",
                        messages::DEFECT_OF_TOOL.text(screen.language).to_owned(),
                    )))
                })
            };
            let stop = match done {
                // The rest is listed, and was not done.
                Ok(None) => {
                    log.not_tried(&item.path, screen);
                    None
                }
                Ok(Some(_)) | Err(_) if is_stopped => {
                    log.not_tried(&item.path, screen);
                    None
                }
                Ok(Some(Ok(done))) => take(done).err(),
                Ok(Some(Err(failure))) if failure.ends_the_run() => Some(Stop::Failure(failure)),
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
            if let Some(stop) = stop {
                is_stopped = true;
                is_over.store(true, Ordering::Relaxed);
                match stop {
                    Stop::Output(error) => {
                        log.not_tried(&item.path, screen);
                        result = Err(error);
                    }
                    Stop::Failure(failure) => log.add(&item.path, &failure, true, screen),
                }
            }
            ControlFlow::Continue(())
        });
        result
    }

    /// Does `work` on every file in parallel and hands what came of it to `take` with the number of the file, in order.
    /// What fails is passed over in silence.
    fn survey<R: Send>(&self, work: impl Fn(&Readers, &Found) -> Option<R> + Sync, mut take: impl FnMut(usize, R)) {
        let readers = &self.readers;
        let work = |(_, found): &(usize, &Found)| {
            if interrupt::is_asked() { None } else { work(readers, found) }
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
        self.log().add(path, failure, true, screen);
    }

    fn log(&mut self) -> Log<'_> {
        let Self { bar, failures, counts, says_skipped, .. } = self;
        Log { bar, failures, counts, says_skipped: *says_skipped }
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

    /// Ends the log of failures, whatever ended the run. `None` if there is none.
    fn finish_log(&mut self, out: &Path, screen: &mut Screen) -> Option<PathBuf> {
        let path = out.join(failures::NAME);
        match self.failures.take()?.finish() {
            Ok(true) => Some(path),
            Ok(false) => None,
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
            (self.counts.failed, messages::FAILED),
            (self.counts.not_tried, messages::NOT_DONE),
            (self.counts.skipped.values().sum(), messages::SKIPPED),
            (self.files.links, messages::LINKS),
            (self.files.others, messages::NOT_FILES),
        ];
        let (first, rest) = counts.split_at(counts.len().min(1));
        let shown = first.iter().chain(rest.iter().chain(&own).filter(|(count, _)| *count > 0));
        let language = screen.language;
        let count = |count: &usize, name: &str| screen.say(messages::COUNT, &[count as &dyn Display, &name]);
        let words: Vec<_> = shown.map(|(of, name)| count(of, name.text(language))).collect();
        let comma = messages::COMMA.text(language);
        let reasons: Vec<_> = self.counts.skipped.iter().map(|(skip, of)| count(of, skip.name(language))).collect();
        match reasons.is_empty() {
            true => words.join(comma),
            false => screen.say(messages::WITH_INSIDE, &[&words.join(comma), &reasons.join(comma)]),
        }
    }
}

fn item(found: &Found, files: &Files, ids: &mut Ids, repeated: &Arc<Repeated>) -> Item {
    let name = files.shown(&found.path);
    let info = ids.unique(&name, &name);
    Item {
        path: found.path.clone(),
        is_named: found.is_named,
        name: found.name.clone(),
        info,
        repeated: Arc::clone(repeated),
    }
}

/// Says and logs failures.
struct Log<'a> {
    bar: &'a ProgressBar,
    failures: &'a mut Option<FailureLog>,
    counts: &'a mut Counts,
    says_skipped: bool,
}

impl Log<'_> {
    fn add(&mut self, path: &Path, failure: &Failure, is_named: bool, screen: &mut Screen) {
        // Whatever else lies in a folder is no mistake of anybody.
        match failure.skip.filter(|_| !is_named) {
            Some(skip) => {
                *self.counts.skipped.entry(skip).or_default() += 1;
                if self.says_skipped {
                    let name = display_name(path, screen.language);
                    let message = screen.say(messages::SKIPPED_FILE, &[&name, &failure.text(screen.language)]);
                    self.bar.suspend(|| screen.remark(&message));
                }
                self.write(path, failure, Outcome::Skipped, screen);
            }
            None => {
                self.counts.failed += 1;
                self.bar.suspend(|| crate::input::say(failure, path, screen));
                self.write(path, failure, Outcome::Failed, screen);
            }
        }
    }

    /// A file that the run did not come to.
    fn not_tried(&mut self, path: &Path, screen: &mut Screen) {
        self.counts.not_tried += 1;
        let failure = Failure::unread("not-tried", screen.say(messages::NOT_TRIED, &[]));
        self.write(path, &failure, Outcome::NotTried, screen);
    }

    fn write(&mut self, path: &Path, failure: &Failure, outcome: Outcome, screen: &mut Screen) {
        if let Some(log) = &mut self.failures
            && let Err(error) = log.add(path, failure, outcome)
        {
            let failure = Failure::of_output(&error, Path::new(failures::NAME), screen.language);
            self.bar.suspend(|| screen.error(failure.exit, &failure.message));
            // Dropped, it leaves no half log behind.
            *self.failures = None;
        }
    }
}

/// Removes what killed runs left in a folder and in those below it.
pub(crate) fn remove_left_over(folder: &Path) {
    let folders = WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_dir());
    for folder in folders {
        // What cannot be removed is in nobody's way.
        let _ = budget_export::remove_left_over(folder.path());
    }
}
