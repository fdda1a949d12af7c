//! The folder of a set: one writer at a time, and a change that appears whole or not at all.
//!
//! New files are written beside the old ones under names of their own. When all are complete, a list of what is to be shown and
//! removed gets its name, and with that the change is made: whoever comes next finishes it if this run does not. A run that ends
//! before leaves the old set as it was, byte for byte.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{DatasetError, Kind};
use crate::format::PartFile;

/// The list of what is being shown and removed.
const PUBLISH: &str = ".publish";

/// What a change does to the files of a folder; paths with `/`.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Change {
    /// Files that get their names.
    pub(crate) shown: Vec<String>,
    /// Files that go.
    pub(crate) removed: Vec<String>,
}

/// The folder of a set, held by this run.
pub(crate) struct Folder {
    path: PathBuf,
    /// Files that are being written.
    made: Vec<String>,
    /// The folder, locked; `None` where folders cannot be opened, and then nobody is kept from writing.
    _lock: Option<File>,
}

impl Folder {
    /// Takes a folder, which is made if it does not exist, and finishes what a killed run had begun to show.
    pub(crate) fn take(path: &Path) -> Result<Self, DatasetError> {
        let name = path.to_string_lossy().into_owned();
        fs::create_dir_all(path).map_err(DatasetError::write(&name))?;
        let lock = match File::open(path) {
            Ok(folder) if folder.try_lock().is_ok() => Some(folder),
            Ok(folder) if is_taken(&folder) => return Err(Kind::Busy { folder: name }.into()),
            _ => None,
        };
        let folder = Self { path: path.to_owned(), made: Vec::new(), _lock: lock };
        folder.finish_change().map_err(DatasetError::write(&name))?;
        folder.remove_left_over();
        Ok(folder)
    }

    /// The path of a file of the set.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The path of a file that is being written.
    pub(crate) fn hidden(&self, name: &str) -> PathBuf {
        self.path.join(hidden(name))
    }

    /// Begins a file that gets this name when the change is [published](Self::publish).
    pub(crate) fn create(&mut self, name: &str) -> Result<PartFile, DatasetError> {
        let path = self.hidden(name);
        let create = || {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            // What a run of the same name left is gone by now: nothing is written through a link that somebody else put there.
            OpenOptions::new().write(true).create_new(true).open(&path)
        };
        let file = create().map_err(DatasetError::write(name))?;
        self.made.push(name.to_owned());
        Ok(PartFile::new(file))
    }

    /// Shows and removes files, all or none. Every file that is shown must be complete and on the disk.
    pub(crate) fn publish(mut self, change: &Change) -> Result<(), DatasetError> {
        let failed = |error| DatasetError::write(PUBLISH)(error);
        let mut list = self.create(PUBLISH)?;
        serde_json::to_writer(&mut list, change).map_err(io::Error::from).map_err(failed)?;
        list.flush().map_err(failed)?;
        list.close().map_err(failed)?;
        self.sync();
        fs::rename(self.hidden(PUBLISH), self.path(PUBLISH)).map_err(failed)?;
        // From here on the change is made, whatever happens to this run.
        self.made.clear();
        self.sync();
        self.finish_change().map_err(failed)
    }

    /// Does what the list says, if there is one.
    fn finish_change(&self) -> io::Result<()> {
        let list = self.path(PUBLISH);
        let change: Change = match fs::read(&list) {
            Ok(bytes) => serde_json::from_slice(&bytes)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        for name in &change.shown {
            match fs::rename(self.hidden(name), self.path(name)) {
                // Shown already, before the run that began it was killed.
                Err(error) if error.kind() == io::ErrorKind::NotFound && self.path(name).exists() => {}
                result => result?,
            }
        }
        for name in &change.removed {
            match fs::remove_file(self.path(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => self.remove_empty_folders(name),
            }
        }
        self.sync();
        fs::remove_file(list)
    }

    /// Removes what killed runs left that were never published. Only one run writes at a time.
    fn remove_left_over(&self) {
        let mut folders = vec![(self.path.clone(), 0)];
        while let Some((folder, depth)) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let name = entry.file_name();
                let name = name.to_string_lossy();
                match entry.file_type() {
                    // figures/in_year=2025/
                    Ok(kind) if kind.is_dir() && depth < 2 && !name.starts_with('.') => {
                        folders.push((entry.path(), depth + 1));
                    }
                    Ok(kind) if kind.is_file() && name.starts_with('.') && name.ends_with(HIDDEN) => {
                        // What cannot be removed is in the way of the file of that name only, which says so.
                        let _ = fs::remove_file(entry.path());
                    }
                    _ => {}
                }
            }
        }
    }

    fn remove_empty_folders(&self, name: &str) {
        let above = Path::new(name).ancestors().skip(1).filter(|part| !part.as_os_str().is_empty());
        for folder in above {
            // A folder that is not empty stays.
            let _ = fs::remove_dir(self.path.join(folder));
        }
    }

    /// Makes sure that names are on the disk, where folders can be opened.
    fn sync(&self) {
        let _ = File::open(&self.path).and_then(|folder| folder.sync_all());
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        for name in &self.made {
            // There is nobody left to tell.
            let _ = fs::remove_file(self.hidden(name));
            self.remove_empty_folders(name);
        }
    }
}

fn is_taken(folder: &File) -> bool {
    matches!(folder.try_lock(), Err(fs::TryLockError::WouldBlock))
}

const HIDDEN: &str = ".new";

/// `figures/in_year=2025/1.csv` → `figures/in_year=2025/.1.csv.new`
fn hidden(name: &str) -> String {
    match name.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/.{file}{HIDDEN}"),
        None => format!(".{name}{HIDDEN}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("budget-dataset-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    fn write(folder: &mut Folder, name: &str, text: &str) {
        let mut file = folder.create(name).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file.close().unwrap();
    }

    fn change(shown: &[&str], removed: &[&str]) -> Change {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Change { shown: owned(shown), removed: owned(removed) }
    }

    #[test]
    fn a_change_is_seen_whole_or_not_at_all() {
        let path = empty("change");
        let mut folder = Folder::take(&path).unwrap();
        write(&mut folder, "a/x=1/1.csv", "old");
        folder.publish(&change(&["a/x=1/1.csv"], &[])).unwrap();
        let mut folder = Folder::take(&path).unwrap();
        write(&mut folder, "b.csv", "new");
        assert!(!path.join("b.csv").exists());
        drop(folder);
        assert_eq!(fs::read_dir(&path).unwrap().count(), 1, "nothing is left of a change that was not made");
        let mut folder = Folder::take(&path).unwrap();
        write(&mut folder, "b.csv", "new");
        folder.publish(&change(&["b.csv"], &["a/x=1/1.csv"])).unwrap();
        assert_eq!(fs::read(path.join("b.csv")).unwrap(), b"new");
        assert!(!path.join("a").exists() && !path.join(PUBLISH).exists());
        fs::remove_dir_all(path).unwrap();
    }

    #[test]
    fn whoever_comes_next_finishes_what_a_killed_run_had_begun_to_show() {
        let path = empty("killed");
        fs::create_dir_all(&path).unwrap();
        for (name, text) in [(".b.csv.new", "b"), ("a.csv", "a"), ("old.csv", "old"), (".stray.csv.new", "half")] {
            fs::write(path.join(name), text).unwrap();
        }
        // `a.csv` had its name already.
        fs::write(path.join(PUBLISH), serde_json::to_vec(&change(&["a.csv", "b.csv"], &["old.csv"])).unwrap()).unwrap();
        drop(Folder::take(&path).unwrap());
        let mut names: Vec<_> = fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["a.csv", "b.csv"]);
        fs::remove_dir_all(path).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn one_run_writes_at_a_time() {
        let path = empty("busy");
        let held = Folder::take(&path).unwrap();
        let error = Folder::take(&path).err().unwrap().to_string();
        assert!(error.contains("another run"), "{error}");
        drop(held);
        drop(Folder::take(&path).unwrap());
        fs::remove_dir_all(path).unwrap();
    }
}
