//! What a set takes of a file, as bytes: files are read by many processes or machines, and one of them writes the set.
//!
//! The bytes are a line that says who made them, a line of the manifest, and the records of each table in the format of the set.
//! They are for the way from one process to the other and not for keeping: the same version of the software must read them.

use crate::error::{DatasetError, Kind};
use crate::format::TableFormat;
use crate::manifest::{self, Failure, Line};
use crate::set::{DocumentRows, Records, software};
use crate::tables::SCHEMAS;

/// What a set takes of a file: its records, or why it has none.
pub enum Entry<F: TableFormat> {
    /// A disclosure.
    Document(Box<DocumentRows<F>>),
    /// A file that is none, or was not read.
    Failure(Failure),
}

impl<F: TableFormat> Entry<F> {
    /// The entry as bytes, for another process.
    ///
    /// # Errors
    ///
    /// The records cannot be written as bytes.
    pub fn pack(&self, format: &F) -> Result<Vec<u8>, DatasetError> {
        let mut bytes = maker(format).into_bytes();
        let line = match self {
            Self::Document(rows) => Line::Document(Box::new(rows.document.clone())),
            Self::Failure(failure) => Line::Failure(failure.clone()),
        };
        manifest::write(&mut bytes, &line).map_err(DatasetError::write("an entry"))?;
        if let Self::Document(rows) = self {
            for (table, records) in SCHEMAS.iter().zip(&rows.records) {
                let Some(Records { count, chunk }) = records else {
                    bytes.extend(0_u64.to_le_bytes());
                    continue;
                };
                let records = format.pack(table, chunk)?;
                bytes.extend(count.to_le_bytes());
                bytes.extend((records.len() as u64).to_le_bytes());
                bytes.extend(records);
            }
        }
        Ok(bytes)
    }

    /// The entry that was [packed](Self::pack).
    ///
    /// # Errors
    ///
    /// The bytes were made by another version of the software or for another format, or are no entry.
    pub fn unpack(format: &F, bytes: &[u8]) -> Result<Self, DatasetError> {
        let (found, rest) = line(bytes).ok_or(Kind::Packed)?;
        let expected = maker(format);
        if found != expected.trim_end().as_bytes() {
            let is_entry = found.starts_with(MAKER.as_bytes());
            let found = String::from_utf8_lossy(found).into_owned();
            let other = Kind::OtherMaker { found, expected: expected.trim_end().to_owned() };
            return Err(if is_entry { other } else { Kind::Packed }.into());
        }
        let (json, mut rest) = line(rest).ok_or(Kind::Packed)?;
        match serde_json::from_slice(json).map_err(|_| Kind::Packed)? {
            Line::Failure(failure) if rest.is_empty() => Ok(Self::Failure(failure)),
            Line::Document(document) => {
                let mut all = Vec::with_capacity(SCHEMAS.len());
                for table in SCHEMAS.iter() {
                    let (count, behind) = number(rest).ok_or(Kind::Packed)?;
                    rest = behind;
                    if count == 0 {
                        all.push(None);
                        continue;
                    }
                    let (records, behind) = run(rest).ok_or(Kind::Packed)?;
                    rest = behind;
                    all.push(Some(Records { count, chunk: format.unpack(table, count, records)? }));
                }
                if !rest.is_empty() {
                    return Err(Kind::Packed.into());
                }
                Ok(Self::Document(Box::new(DocumentRows { document: *document, records: all })))
            }
            _ => Err(Kind::Packed.into()),
        }
    }
}

/// What the first line begins with.
const MAKER: &str = "budget-dataset ";

/// Who made the bytes, and for what: `budget-dataset 0.1.0 1 parquet`.
fn maker<F: TableFormat>(format: &F) -> String {
    format!("{MAKER}{} {} {}\n", software(), manifest::VERSION, format.extension())
}

/// What stands before the end of a line, and behind it.
fn line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((bytes.get(..end)?, bytes.get(end + 1..)?))
}

fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (number, rest) = bytes.split_first_chunk()?;
    Some((u64::from_le_bytes(*number), rest))
}

/// Bytes behind their length, and what follows.
fn run(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = number(bytes)?;
    rest.split_at_checked(usize::try_from(length).ok()?)
}
