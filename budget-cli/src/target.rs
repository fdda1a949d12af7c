//! Where the files of an extraction go.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use budget_export::{DirectorySink, DocumentInfo, NewFolderSink, OutputFile, Sink};

use crate::failure::{Refusal, Why};

/// A folder that files are written into, one of them perhaps under another name.
///
/// Nothing is made before the first file is created, so that a document that cannot be read leaves no folder behind.
pub(crate) struct Target<'a> {
    folder: PathBuf,
    name: Option<String>,
    /// A set that makes a folder of its own, which appears when it is complete.
    new_folder: Option<NewFolderSink>,
    is_set: bool,
    force: bool,
    is_input: &'a (dyn Fn(&Path) -> bool + Sync),
    /// Why a file was not created.
    pub(crate) refused: Option<Refusal>,
}

impl<'a> Target<'a> {
    /// The place of one document, as `--help` describes it.
    ///
    /// `is_set` says that the format makes several files, `is_alone` that there is only one input.
    pub(crate) fn new(out: &Path, info: &DocumentInfo, is_set: bool, is_alone: bool) -> Self {
        let ends_as_folder = out.as_os_str().to_string_lossy().ends_with(std::path::is_separator);
        match (is_set, is_alone) {
            (true, true) => Self::folder_of_files(out.to_owned()),
            (true, false) => Self::folder_of_files(out.join(info.id())),
            (false, true) if !out.is_dir() && !ends_as_folder => Self::file(out),
            (false, _) => Self { is_set: false, ..Self::folder_of_files(out.to_owned()) },
        }
    }

    /// A folder with all files of a format that makes several.
    pub(crate) fn folder_of_files(folder: PathBuf) -> Self {
        // A bare file name has an empty parent.
        let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
        Self { folder, name: None, new_folder: None, is_set: true, force: false, is_input: &|_| false, refused: None }
    }

    /// One file, whatever its exporter calls it.
    pub(crate) fn file(path: &Path) -> Self {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Self { name, is_set: false, ..Self::folder_of_files(folder) }
    }

    /// Whether files that exist may be replaced, other than the inputs.
    pub(crate) fn replacing(mut self, force: bool, is_input: &'a (dyn Fn(&Path) -> bool + Sync)) -> Self {
        self.force = force;
        self.is_input = is_input;
        self
    }

    /// Shows a set under its name.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        self.new_folder.take().map_or(Ok(()), NewFolderSink::finish)
    }

    /// The path of a file that the exporter calls `name`.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        let path = self.folder.join(self.name.as_deref().unwrap_or(name));
        path.strip_prefix(".").map(Path::to_owned).unwrap_or(path)
    }

    /// The folder, for formats that make several files.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    fn refusal(&self, path: &Path) -> Option<Refusal> {
        let refuse = |path: &Path, why| Some(Refusal { path: path.to_owned(), why });
        // The nearest part of the path that exists decides whether the folder can be made.
        if let Some(existing) = self.folder.ancestors().find(|part| part.exists())
            && !existing.is_dir()
        {
            return refuse(existing, Why::NeedsFolder);
        }
        if fs::symlink_metadata(path).is_err() {
            return None;
        }
        if path.is_dir() {
            return refuse(path, Why::NeedsFile);
        }
        if path.exists() && !path.is_file() {
            return refuse(path, Why::NotAFile);
        }
        if (self.is_input)(path) {
            return refuse(path, Why::IsInput);
        }
        if self.force { None } else { refuse(path, Why::Exists) }
    }
}

impl Sink for Target<'_> {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn OutputFile>> {
        if let Some(sink) = &mut self.new_folder {
            return sink.create(name);
        }
        let path = self.path(name);
        if let Some(refusal) = self.refusal(&path) {
            self.refused = Some(refusal);
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        if self.is_set && !self.folder.exists() {
            return self.new_folder.insert(NewFolderSink::new(&self.folder)?).create(name);
        }
        DirectorySink::new(&self.folder)?.create(&name_of(&path))
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
