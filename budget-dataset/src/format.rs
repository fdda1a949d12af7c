//! What a format has to do to hold the tables of a set.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use budget_export::{DataFormat, TableSchema};
use sha2::{Digest, Sha256};

use crate::error::DatasetError;
use crate::table::Rows;

/// A format that tables are written in: [`Csv`](crate::Csv), or Parquet in a crate of its own.
///
/// Records of a document are turned into a chunk in parallel; chunks are appended to files one after another.
pub trait TableFormat: Send + Sync {
    /// Records of one table, ready to be appended.
    type Chunk: Send;
    /// A file that is being written.
    type Writer: Send;

    /// What files of this format are, in a data package.
    fn kind(&self) -> DataFormat;

    /// Its name, which is also the ending of its files: `csv`.
    fn extension(&self) -> &'static str;

    /// Records of a table as a chunk.
    ///
    /// # Errors
    ///
    /// A value cannot be written in this format.
    fn chunk(&self, table: &TableSchema, rows: &Rows<'_>) -> Result<Self::Chunk, DatasetError>;

    /// A chunk as bytes, for another process.
    ///
    /// # Errors
    ///
    /// The chunk cannot be written as bytes.
    fn pack(&self, table: &TableSchema, chunk: &Self::Chunk) -> Result<Vec<u8>, DatasetError>;

    /// The chunk of so many records that was [packed](Self::pack).
    ///
    /// # Errors
    ///
    /// The bytes are no records of this table, or another number of them.
    fn unpack(&self, table: &TableSchema, count: u64, bytes: &[u8]) -> Result<Self::Chunk, DatasetError>;

    /// Begins a file.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    fn create(&self, table: &TableSchema, out: PartFile) -> Result<Self::Writer, DatasetError>;

    /// Appends records to a file.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    fn append(&self, table: &TableSchema, writer: &mut Self::Writer, chunk: &Self::Chunk) -> Result<(), DatasetError>;

    /// Writes the end of a file.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    fn finish(&self, table: &TableSchema, writer: Self::Writer) -> Result<PartFile, DatasetError>;

    /// Writes the records of a file whose document is kept to a new one, in their order, and says how many those are.
    ///
    /// # Errors
    ///
    /// The old file cannot be read or the new one not written.
    fn retain(
        &self,
        table: &TableSchema,
        old: File,
        keeps: &dyn Fn(&str) -> bool,
        new: PartFile,
    ) -> Result<(u64, PartFile), DatasetError>;

    /// The table in the SQL of DuckDB: an expression that reads these files, with the types meant.
    fn relation(&self, table: &TableSchema, files: &[String]) -> String;
}

/// A file of a set while it is written: complete only when the set is published.
pub struct PartFile {
    file: BufWriter<File>,
    hash: Sha256,
}

impl PartFile {
    pub(crate) fn new(file: File) -> Self {
        Self { file: BufWriter::new(file), hash: Sha256::new() }
    }

    /// Makes sure that the file is on the disk. Gives its hash in hexadecimal.
    pub(crate) fn close(self) -> io::Result<String> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(hexadecimal(&self.hash.finalize()))
    }
}

impl Write for PartFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or(bytes));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
