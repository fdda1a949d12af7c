//! The files of a set that are being written: tables, texts and the manifest.

use std::io::Write;

use budget_export::TableSchema;

use crate::error::DatasetError;
use crate::folder::{Change, Folder};
use crate::format::{PartFile, TableFormat};
use crate::manifest::{self, DataFile, Line};
use crate::table::Rows;

/// The files of one run, in the format of the set.
pub(crate) struct Files<F: TableFormat> {
    pub(crate) folder: Folder,
    pub(crate) format: F,
    /// The new manifest, once it is begun.
    manifest: Option<PartFile>,
    /// What is to be shown and removed.
    pub(crate) change: Change,
}

/// Takes records of one table, as often as there are some.
pub(crate) type Add<'a> = dyn FnMut(&Rows<'_>) -> Result<(), DatasetError> + 'a;

impl<F: TableFormat> Files<F> {
    pub(crate) fn new(folder: Folder, format: F) -> Self {
        Self { folder, format, manifest: None, change: Change::default() }
    }

    /// Whether the manifest is begun.
    pub(crate) fn has_begun(&self) -> bool {
        self.manifest.is_some()
    }

    /// Begins the manifest. `false` if it is begun already.
    pub(crate) fn begin(&mut self) -> Result<bool, DatasetError> {
        let is_new = !self.has_begun();
        if is_new {
            self.manifest = Some(self.folder.create(manifest::NAME)?);
        }
        Ok(is_new)
    }

    /// Adds a line to the manifest.
    pub(crate) fn note(&mut self, line: &Line) -> Result<(), DatasetError> {
        let Some(out) = &mut self.manifest else { return Ok(()) };
        manifest::write(out, line).map_err(DatasetError::write(manifest::NAME))
    }

    /// Makes sure that what was noted can be read.
    pub(crate) fn flush(&mut self) -> Result<(), DatasetError> {
        let Some(out) = &mut self.manifest else { return Ok(()) };
        out.flush().map_err(DatasetError::write(manifest::NAME))
    }

    /// Ends the manifest.
    pub(crate) fn end(&mut self) -> Result<(), DatasetError> {
        if let Some(out) = self.manifest.take() {
            self.close(manifest::NAME, manifest::NAME, 0, out)?;
        }
        Ok(())
    }

    /// Completes a file, which is shown with the change.
    pub(crate) fn close(
        &mut self,
        table: &str,
        path: &str,
        rows: u64,
        out: PartFile,
    ) -> Result<DataFile, DatasetError> {
        let sha256 = out.close().map_err(DatasetError::write(path))?;
        self.change.shown.push(path.to_owned());
        Ok(DataFile { table: table.to_owned(), path: path.to_owned(), rows, sha256 })
    }

    /// Writes one file of a table with the records that `fill` hands over.
    pub(crate) fn table(
        &mut self,
        table: &TableSchema,
        path: &str,
        fill: &mut dyn FnMut(&mut Add<'_>) -> Result<(), DatasetError>,
    ) -> Result<DataFile, DatasetError> {
        let mut writer = self.format.create(table, self.folder.create(path)?)?;
        let mut count = 0;
        fill(&mut |rows| {
            count += rows.len() as u64;
            let chunk = self.format.chunk(table, rows)?;
            self.format.append(table, &mut writer, &chunk)
        })?;
        let out = self.format.finish(table, writer)?;
        self.close(table.name, path, count, out)
    }

    /// Writes a file that is no table.
    pub(crate) fn text(
        &mut self,
        name: &str,
        fill: &mut dyn FnMut(&mut PartFile) -> std::io::Result<()>,
    ) -> Result<(), DatasetError> {
        let mut out = self.folder.create(name)?;
        fill(&mut out).map_err(DatasetError::write(name))?;
        let file = self.close(name, name, 0, out)?;
        self.note(&Line::File(file))
    }
}
