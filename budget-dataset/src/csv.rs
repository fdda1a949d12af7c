//! CSV files of a data package.

use std::fs::File;
use std::io::Write;

use budget_export::{DataFormat, FieldKind, TableSchema, csv_header, csv_records};

use crate::error::DatasetError;
use crate::format::{PartFile, TableFormat};
use crate::sql;
use crate::table::Rows;

/// CSV: UTF-8, a header, blank for null.
#[derive(Clone, Copy, Debug, Default)]
pub struct Csv {
    /// Put an apostrophe before text that a spreadsheet would take for a formula.
    pub guard_formulas: bool,
    /// Begin each file with a byte order mark, which some spreadsheets need to see that the text is UTF-8.
    pub byte_order_mark: bool,
}

impl Csv {
    fn header(self, table: &TableSchema) -> String {
        let mark = if self.byte_order_mark { "\u{feff}" } else { "" };
        format!("{mark}{}", csv_header(table))
    }
}

impl TableFormat for Csv {
    type Chunk = Vec<u8>;
    type Writer = PartFile;

    fn kind(&self) -> DataFormat {
        DataFormat::Csv
    }

    fn extension(&self) -> &'static str {
        "csv"
    }

    fn chunk(&self, table: &TableSchema, rows: &Rows<'_>) -> Result<Vec<u8>, DatasetError> {
        let kinds: Vec<FieldKind> = table.fields.iter().map(|field| field.kind).collect();
        csv_records(&kinds, rows.values(kinds.len()), self.guard_formulas).map_err(DatasetError::encode(table.name))
    }

    fn pack(&self, _: &TableSchema, chunk: &Vec<u8>) -> Result<Vec<u8>, DatasetError> {
        Ok(chunk.clone())
    }

    fn unpack(&self, table: &TableSchema, count: u64, bytes: &[u8]) -> Result<Vec<u8>, DatasetError> {
        let failed = |error: csv::Error| DatasetError::encode(table.name)(error);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        let mut record = csv::StringRecord::new();
        let mut found = 0;
        while reader.read_record(&mut record).map_err(failed)? {
            found += u64::from(record.len() == table.fields.len());
        }
        match found == count {
            true => Ok(bytes.to_vec()),
            false => Err(DatasetError::encode(table.name)(format!("{found} records in place of {count}"))),
        }
    }

    fn create(&self, table: &TableSchema, mut out: PartFile) -> Result<PartFile, DatasetError> {
        out.write_all(self.header(table).as_bytes()).map_err(DatasetError::write(table.name))?;
        Ok(out)
    }

    fn append(&self, table: &TableSchema, out: &mut PartFile, chunk: &Vec<u8>) -> Result<(), DatasetError> {
        out.write_all(chunk).map_err(DatasetError::write(table.name))
    }

    fn finish(&self, _: &TableSchema, out: PartFile) -> Result<PartFile, DatasetError> {
        Ok(out)
    }

    fn retain(
        &self,
        table: &TableSchema,
        old: File,
        keeps: &dyn Fn(&str) -> bool,
        new: PartFile,
    ) -> Result<(u64, PartFile), DatasetError> {
        let failed = |error: csv::Error| DatasetError::encode(table.name)(error);
        let mut old = csv::Reader::from_reader(old);
        let document = table.fields.iter().position(|field| field.name == "document").unwrap_or(0);
        let new = self.create(table, new)?;
        let mut writer = csv::Writer::from_writer(new);
        let mut record = csv::StringRecord::new();
        let mut rows = 0;
        while old.read_record(&mut record).map_err(failed)? {
            if record.get(document).is_some_and(keeps) {
                writer.write_record(&record).map_err(failed)?;
                rows += 1;
            }
        }
        let new = writer.into_inner().map_err(|error| DatasetError::write(table.name)(error.into_error()))?;
        Ok((rows, new))
    }

    fn relation(&self, table: &TableSchema, files: &[String]) -> String {
        let columns: Vec<_> = table
            .fields
            .iter()
            .map(|field| format!("{}: {}", sql::text(field.name), sql::text(sql::column_type(field.kind))))
            .collect();
        let files: Vec<_> = files.iter().map(|file| sql::text(file)).collect();
        format!(
            "read_csv([{}], header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '', \
             hive_partitioning = false, columns = {{{}}})",
            files.join(", "),
            columns.join(", ")
        )
    }
}
