//! Writing a disclosure in a format of the exporters.

use std::io;
use std::path::{Path, PathBuf};

use budget_export::{DirectorySink, ExportOptions, Exporter, Output, OutputFile, Sink, to_json};

use crate::document::Document;
use crate::errors::Failure;

/// Everything that was read, as JSON in one line.
pub(crate) fn json(document: &Document) -> Result<String, Failure> {
    let info = document.info();
    let exported = budget_export::Document { info: &info, disclosure: document.model() };
    let mut json = Vec::new();
    to_json(exported, ExportOptions { compact: true, ..ExportOptions::default() }, &mut json)?;
    Ok(String::from_utf8_lossy(&json).into_owned())
}

/// Writes a document and says what was written. Several files go into the folder `path`, one file gets that path, or its own
/// name in a folder that is there.
pub(crate) fn write(document: &Document, exporter: &dyn Exporter, path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let is_folder = exporter.descriptor().output == Output::FileSet || path.is_dir();
    let name = path.file_name().filter(|_| !is_folder).map(|name| name.to_string_lossy().into_owned());
    let folder = match path.parent() {
        Some(parent) if name.is_some() => parent,
        _ => path,
    };
    // A bare name has an empty parent.
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut target = Target { sink: DirectorySink::new(folder)?, name };
    let info = document.info();
    let exported = budget_export::Document { info: &info, disclosure: document.model() };
    let report = exporter.write(exported, &mut target)?;
    Ok(match &target.name {
        Some(_) => vec![path.to_owned()],
        None => report.files.iter().map(|file| folder.join(file)).collect(),
    })
}

/// A folder, and the name of the one file that goes there, if it is to have another than its exporter gives it.
struct Target {
    sink: DirectorySink,
    name: Option<String>,
}

impl Sink for Target {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn OutputFile>> {
        self.sink.create(self.name.as_deref().unwrap_or(name))
    }
}
