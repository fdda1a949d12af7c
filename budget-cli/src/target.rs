//! Where the files of an extraction go.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use budget_export::{DirectorySink, DocumentInfo, OutputFile, Sink};

use crate::messages::{self, Message};

/// A folder that files are written into, one of them perhaps under another name.
///
/// Nothing is made before the first file is created, so that a document that cannot be read leaves no folder behind.
pub(crate) struct Target<'a> {
    folder: PathBuf,
    name: Option<String>,
    force: bool,
    inputs: &'a [PathBuf],
    /// Why a file was not created.
    pub(crate) refused: Option<Refusal>,
}

/// A path that cannot be written, and why.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) path: PathBuf,
    pub(crate) why: Message,
}

impl<'a> Target<'a> {
    /// The place of one document, as `--help` describes it.
    ///
    /// `is_set` says that the format makes several files, `is_alone` that there is only one input.
    pub(crate) fn new(out: &Path, info: &DocumentInfo, is_set: bool, is_alone: bool) -> Self {
        let ends_as_folder = out.as_os_str().to_string_lossy().ends_with(std::path::is_separator);
        let (folder, name) = match (is_set, is_alone) {
            (true, true) => (out.to_owned(), None),
            (true, false) => (out.join(info.id()), None),
            (false, true) if !out.is_dir() && !ends_as_folder => {
                let name = out.file_name().map(|name| name.to_string_lossy().into_owned());
                (out.parent().unwrap_or(Path::new("")).to_owned(), name)
            }
            (false, _) => (out.to_owned(), None),
        };
        // A bare file name has an empty parent.
        let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
        Self { folder, name, force: false, inputs: &[], refused: None }
    }

    /// Whether files that exist may be replaced, other than these inputs.
    pub(crate) fn replacing(mut self, force: bool, inputs: &'a [PathBuf]) -> Self {
        self.force = force;
        self.inputs = inputs;
        self
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
            return refuse(existing, messages::NEEDS_FOLDER);
        }
        if fs::symlink_metadata(path).is_err() {
            return None;
        }
        if path.is_dir() {
            return refuse(path, messages::NEEDS_FILE);
        }
        if path
            .canonicalize()
            .is_ok_and(|path| self.inputs.iter().any(|input| input.canonicalize().is_ok_and(|input| input == path)))
        {
            return refuse(path, messages::IS_INPUT);
        }
        if self.force { None } else { refuse(path, messages::EXISTS) }
    }
}

impl Sink for Target<'_> {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn OutputFile>> {
        let path = self.path(name);
        if let Some(refusal) = self.refusal(&path) {
            self.refused = Some(refusal);
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let name = self.name.clone();
        DirectorySink::new(&self.folder)?.create(name.as_deref().unwrap_or(&name_of(&path)))
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
