//! Where the files of an export go: a folder, or memory.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Takes the named files of an export.
pub trait Sink {
    /// A new file. It appears under its name when it is [committed](OutputFile::commit); dropped before, it leaves nothing.
    ///
    /// # Errors
    ///
    /// The file cannot be made, or `name` is not a plain file name.
    fn create(&mut self, name: &str) -> io::Result<Box<dyn OutputFile>>;
}

/// A file that is being written.
pub trait OutputFile: Write {
    /// Finishes the file and shows it under its name.
    ///
    /// # Errors
    ///
    /// The last bytes cannot be written, or the file cannot get its name.
    fn commit(self: Box<Self>) -> io::Result<()>;
}

/// Writes files into a folder, each under a temporary name first, so that no reader ever sees half a file.
///
/// A file that exists under the same name is replaced.
#[derive(Debug)]
pub struct DirectorySink {
    folder: PathBuf,
}

impl DirectorySink {
    /// A sink for a folder, which is made if it does not exist.
    ///
    /// # Errors
    ///
    /// The folder cannot be made.
    pub fn new(folder: impl AsRef<Path>) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        Ok(Self { folder: folder.as_ref().to_owned() })
    }
}

impl Sink for DirectorySink {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn OutputFile>> {
        plain_name(name)?;
        // `create_new`: never through a link that somebody else put there.
        let (temporary, file) =
            at_free_name(&self.folder, name, |path| OpenOptions::new().write(true).create_new(true).open(path))?;
        // Says that somebody is writing; where files cannot be locked, nothing is ever taken for left over.
        let _ = file.try_lock();
        Ok(Box::new(PartFile { file: BufWriter::new(file), temporary, target: self.folder.join(name) }))
    }
}

/// Removes what killed runs left in a folder: files and folders under temporary names that nobody is writing. What is
/// being written is locked, so that a run that goes on, in another container perhaps, loses nothing.
///
/// # Errors
///
/// The folder cannot be read. What cannot be removed stays.
pub fn remove_left_over(folder: impl AsRef<Path>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !is_temporary(&entry.file_name().to_string_lossy()) {
            continue;
        }
        let (path, kind) = (entry.path(), entry.file_type()?);
        if !(kind.is_file() || kind.is_dir()) || !File::open(&path).is_ok_and(|file| file.try_lock().is_ok()) {
            continue;
        }
        // By its name and not by the open file: if it was finished meanwhile, nothing has this name any more.
        let _ = if kind.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
    }
    Ok(())
}

/// Whether a name is one that [`at_free_name`] makes: `.a.csv.4711-0.part`.
fn is_temporary(name: &str) -> bool {
    let inner = name.strip_prefix('.').and_then(|rest| rest.strip_suffix(".part"));
    let numbers = inner.and_then(|inner| inner.rsplit_once('.')).and_then(|(_, numbers)| numbers.split_once('-'));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    numbers.is_some_and(|(process, number)| is_number(process) && is_number(number))
}

/// Makes something under a temporary name beside `name`. What a killed run left behind is not touched here: in a
/// container, that run may have had the same number and still be writing.
fn at_free_name<T>(folder: &Path, name: &str, make: impl Fn(&Path) -> io::Result<T>) -> io::Result<(PathBuf, T)> {
    let mut number = 0_u32;
    loop {
        let temporary = folder.join(format!(".{name}.{}-{number}.part", std::process::id()));
        match make(&temporary) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1000 => number += 1,
            result => return result.map(|made| (temporary, made)),
        }
    }
}

/// Writes files into a folder that does not exist yet. It appears with all of them when the sink is [finished], so that
/// no reader ever sees half a set; dropped before, it leaves nothing.
///
/// ```
/// use budget_export::{NewFolderSink, Sink};
///
/// let folder = std::env::temp_dir().join(format!("budget-export-doc-{}", std::process::id()));
/// let mut sink = NewFolderSink::new(&folder)?;
/// sink.create("a.txt")?.commit()?;
/// assert!(!folder.exists());
/// sink.finish()?;
/// assert!(folder.join("a.txt").is_file());
/// # std::fs::remove_dir_all(folder)?;
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// [finished]: NewFolderSink::finish
#[derive(Debug)]
pub struct NewFolderSink {
    temporary: PathBuf,
    target: PathBuf,
    /// The folder, locked; `None` where folders cannot be opened.
    _lock: Option<File>,
}

impl NewFolderSink {
    /// A sink for a folder. The folders above it are made if they do not exist.
    ///
    /// # Errors
    ///
    /// `folder` has no name, or a folder cannot be made.
    pub fn new(folder: impl AsRef<Path>) -> io::Result<Self> {
        let target = folder.as_ref().to_owned();
        let (Some(parent), Some(name)) = (target.parent(), target.file_name()) else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        // A bare name has an empty parent.
        let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        fs::create_dir_all(parent)?;
        let (temporary, ()) = at_free_name(parent, &name.to_string_lossy(), |path| fs::create_dir(path))?;
        let lock = File::open(&temporary).ok().filter(|folder| folder.try_lock().is_ok());
        Ok(Self { temporary, target, _lock: lock })
    }

    /// Shows the folder under its name.
    ///
    /// # Errors
    ///
    /// The folder cannot get its name; something may have come into its place.
    pub fn finish(self) -> io::Result<()> {
        fs::rename(&self.temporary, &self.target)
    }
}

impl Sink for NewFolderSink {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn OutputFile>> {
        DirectorySink { folder: self.temporary.clone() }.create(name)
    }
}

impl Drop for NewFolderSink {
    fn drop(&mut self) {
        // As for files: after `finish` it is gone, and there is nobody left to tell.
        let _ = fs::remove_dir_all(&self.temporary);
    }
}

struct PartFile {
    file: BufWriter<File>,
    temporary: PathBuf,
    target: PathBuf,
}

impl Write for PartFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl OutputFile for PartFile {
    fn commit(mut self: Box<Self>) -> io::Result<()> {
        self.file.flush()?;
        fs::rename(&self.temporary, &self.target)
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        // After a commit the temporary name is gone already, and there is nobody left to tell about a failure.
        let _ = fs::remove_file(&self.temporary);
    }
}

/// Keeps files in memory. Clones share the same files.
///
/// ```
/// use budget_export::{MemorySink, Sink};
/// use std::io::Write;
///
/// let memory = MemorySink::default();
/// let mut file = memory.clone().create("a.txt")?;
/// file.write_all(b"text")?;
/// assert!(memory.files().is_empty());
/// file.commit()?;
/// assert_eq!(memory.files()["a.txt"], b"text");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct MemorySink {
    files: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
}

impl MemorySink {
    /// The files committed so far, by name.
    #[must_use]
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Sink for MemorySink {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn OutputFile>> {
        plain_name(name)?;
        Ok(Box::new(MemoryFile { sink: self.clone(), name: name.to_owned(), bytes: Vec::new() }))
    }
}

struct MemoryFile {
    sink: MemorySink,
    name: String,
    bytes: Vec<u8>,
}

impl Write for MemoryFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl OutputFile for MemoryFile {
    fn commit(self: Box<Self>) -> io::Result<()> {
        self.sink.files.lock().unwrap_or_else(PoisonError::into_inner).insert(self.name, self.bytes);
        Ok(())
    }
}

/// Refuses names that could leave the folder.
fn plain_name(name: &str) -> io::Result<()> {
    if name.is_empty() || name == "." || name == ".." || name.contains(['/', '\\', ':', '\0']) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("\"{name}\" is not a plain file name")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("budget-export-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_has_its_name_only_when_it_is_committed() {
        let folder = folder("commit");
        let mut sink = DirectorySink::new(&folder).unwrap();
        let mut kept = sink.create("kept.csv").unwrap();
        let mut left = sink.create("left.csv").unwrap();
        kept.write_all(b"a").unwrap();
        left.write_all(b"b").unwrap();
        assert!(names(&folder).iter().all(|name| name.ends_with(".part")));
        kept.commit().unwrap();
        drop(left);
        assert_eq!(names(&folder), ["kept.csv"]);
        assert_eq!(fs::read(folder.join("kept.csv")).unwrap(), b"a");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_new_folder_has_its_name_only_with_all_of_its_files() {
        let folder = folder("new-folder");
        let set = folder.join("set");
        let mut left = NewFolderSink::new(&set).unwrap();
        let open = left.create("a.csv").unwrap();
        assert!(names(&folder).iter().all(|name| name.ends_with(".part")));
        drop((open, left));
        assert_eq!(names(&folder), [""; 0]);

        let mut sink = NewFolderSink::new(&set).unwrap();
        for name in ["a.csv", "b.csv"] {
            sink.create(name).unwrap().commit().unwrap();
        }
        sink.finish().unwrap();
        assert_eq!(
            (names(&folder), names(&set)),
            (vec!["set".to_owned()], vec!["a.csv".to_owned(), "b.csv".to_owned()])
        );
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_a_killed_run_left_behind_is_not_in_the_way() {
        let folder = folder("stale");
        let mut sink = DirectorySink::new(&folder).unwrap();
        let stale = folder.join(format!(".a.csv.{}-0.part", std::process::id()));
        fs::write(&stale, "half").unwrap();
        sink.create("a.csv").unwrap().commit().unwrap();
        assert_eq!(fs::read(folder.join("a.csv")).unwrap(), b"");
        assert_eq!(fs::read(stale).unwrap(), b"half");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_nobody_writes_any_more_is_removed_and_nothing_else() {
        let folder = folder("left-over");
        let mut sink = DirectorySink::new(&folder).unwrap();
        let open = sink.create("open.csv").unwrap();
        let mut set = NewFolderSink::new(folder.join("set")).unwrap();
        set.create("a.csv").unwrap().commit().unwrap();
        fs::write(folder.join(".a.csv.4711-0.part"), "half").unwrap();
        #[cfg(unix)]
        {
            fs::create_dir(folder.join(".b.4711-12.part")).unwrap();
            fs::write(folder.join(".b.4711-12.part/c.csv"), "whole").unwrap();
        }
        for name in ["a.part", ".a.part", ".a.x-0.part", ".a.1-.part"] {
            fs::write(folder.join(name), "mine").unwrap();
        }
        remove_left_over(&folder).unwrap();
        let left = names(&folder);
        assert!(left.iter().all(|name| !name.contains("4711")), "{left:?}");
        assert_eq!(left.len(), 6, "{left:?}");
        open.commit().unwrap();
        set.finish().unwrap();
        assert!(folder.join("open.csv").is_file() && folder.join("set/a.csv").is_file());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_name_cannot_leave_the_folder() {
        let folder = folder("names");
        let mut sink = DirectorySink::new(&folder).unwrap();
        for name in ["", ".", "..", "../x", "a/b", "a\\b", "c:x"] {
            assert!(sink.create(name).is_err(), "{name}");
            assert!(MemorySink::default().create(name).is_err(), "{name}");
        }
        assert!(names(&folder).is_empty());
        fs::remove_dir_all(folder).unwrap();
    }
}
