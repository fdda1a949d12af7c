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
        let temporary = self.folder.join(format!(".{name}.{}.part", std::process::id()));
        // `create_new`: never through a link that somebody else put there.
        let file = OpenOptions::new().write(true).create_new(true).open(&temporary)?;
        Ok(Box::new(PartFile { file: BufWriter::new(file), temporary, target: self.folder.join(name) }))
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
