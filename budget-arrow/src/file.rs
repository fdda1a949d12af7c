//! Parquet files.

use std::fs::File;

use arrow_array::{Array, BooleanArray, RecordBatch, StringArray};
use arrow_ipc::CompressionType;
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::{IpcWriteOptions, StreamWriter};
use arrow_select::filter::filter_record_batch;
use budget_dataset::{DatasetError, PartFile, Rows, TableFormat};
use budget_export::{DataFormat, TableSchema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, Encoding};
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;

use crate::batch::{record_batch, schema};

/// Records of a row group. It is written when it is full, so that no more than one for each open file is in memory.
const ROW_GROUP: usize = 128 * 1024;

/// Parquet: dictionary encoded but for keys, compressed with Snappy, statistics for each column and row group. Equal records make equal bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parquet;

impl Parquet {
    fn writer(table: &TableSchema, out: PartFile) -> Result<ArrowWriter<PartFile>, DatasetError> {
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(ROW_GROUP))
            .set_created_by(concat!("budget-arrow ", env!("CARGO_PKG_VERSION")).to_owned());
        // No key comes twice, so a dictionary has as many words as the table rows; but each begins like the one before.
        if let [key] = table.key {
            let key = ColumnPath::from(*key);
            properties = properties.set_column_dictionary_enabled(key.clone(), false);
            properties = properties.set_column_encoding(key, Encoding::DELTA_BYTE_ARRAY);
        }
        let options = ArrowWriterOptions::new().with_properties(properties.build()).with_skip_arrow_metadata(true);
        ArrowWriter::try_new_with_options(out, schema(table), options).map_err(DatasetError::encode(table.name))
    }
}

impl TableFormat for Parquet {
    type Chunk = RecordBatch;
    type Writer = ArrowWriter<PartFile>;

    fn kind(&self) -> DataFormat {
        DataFormat::Parquet
    }

    fn extension(&self) -> &'static str {
        "parquet"
    }

    fn chunk(&self, table: &TableSchema, rows: &Rows<'_>) -> Result<RecordBatch, DatasetError> {
        record_batch(table, rows)
    }

    fn pack(&self, table: &TableSchema, chunk: &RecordBatch) -> Result<Vec<u8>, DatasetError> {
        let mut bytes = Vec::new();
        // A third of what the columns take in memory: engines carry many of them.
        let options = IpcWriteOptions::default().try_with_compression(Some(CompressionType::LZ4_FRAME));
        let stream =
            options.and_then(|options| StreamWriter::try_new_with_options(&mut bytes, chunk.schema_ref(), options));
        let written = stream.and_then(|mut stream| {
            stream.write(chunk)?;
            stream.finish()
        });
        written.map_err(DatasetError::encode(table.name))?;
        Ok(bytes)
    }

    fn unpack(&self, table: &TableSchema, count: u64, bytes: &[u8]) -> Result<RecordBatch, DatasetError> {
        let mut batches = StreamReader::try_new(bytes, None).map_err(DatasetError::encode(table.name))?;
        let batch = batches.next().transpose().map_err(DatasetError::encode(table.name))?;
        batch
            .filter(|batch| batch.schema() == schema(table) && batch.num_rows() as u64 == count)
            .ok_or_else(|| DatasetError::encode(table.name)("the records are those of another table"))
    }

    fn create(&self, table: &TableSchema, out: PartFile) -> Result<Self::Writer, DatasetError> {
        Self::writer(table, out)
    }

    fn append(&self, table: &TableSchema, writer: &mut Self::Writer, chunk: &RecordBatch) -> Result<(), DatasetError> {
        writer.write(chunk).map_err(DatasetError::encode(table.name))
    }

    fn finish(&self, table: &TableSchema, writer: Self::Writer) -> Result<PartFile, DatasetError> {
        writer.into_inner().map_err(DatasetError::encode(table.name))
    }

    fn retain(
        &self,
        table: &TableSchema,
        old: File,
        keeps: &dyn Fn(&str) -> bool,
        new: PartFile,
    ) -> Result<(u64, PartFile), DatasetError> {
        let reader = ParquetRecordBatchReaderBuilder::try_new(old).and_then(|builder| builder.build());
        let mut writer = Self::writer(table, new)?;
        let mut rows = 0;
        for batch in reader.map_err(DatasetError::encode(table.name))? {
            let batch = batch.map_err(DatasetError::encode(table.name))?;
            let documents =
                batch.column_by_name("document").and_then(|column| column.as_any().downcast_ref::<StringArray>());
            // Every table of documents has the column, and a file without it is not one of them.
            let Some(documents) = documents else { continue };
            let kept: BooleanArray = documents.iter().map(|document| Some(document.is_some_and(keeps))).collect();
            let batch = filter_record_batch(&batch, &kept).map_err(DatasetError::encode(table.name))?;
            rows += batch.num_rows() as u64;
            writer.write(&batch).map_err(DatasetError::encode(table.name))?;
        }
        Ok((rows, self.finish(table, writer)?))
    }

    fn relation(&self, _: &TableSchema, files: &[String]) -> String {
        let files: Vec<_> = files.iter().map(|file| format!("'{}'", file.replace('\'', "''"))).collect();
        format!("read_parquet([{}], hive_partitioning = false)", files.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use budget_dataset::{Record, document_tables};
    use budget_model::{Column, Disclosure, Label, Place, Table, TableKind};
    use budget_rules::Checker;

    use super::*;

    #[test]
    fn records_are_the_same_behind_packing_and_only_those_of_their_table() {
        let place = Place::Text { page: 1, line: 7, column: 3 };
        let mut table = Table::new(TableKind::Expenditure, Label::new("支出总表", place));
        table.columns = vec![Column::new("total", "合计"), Column::new("basic", "基本支出")];
        let disclosure = Disclosure { tables: vec![table], ..Disclosure::default() };
        let report = Checker::new().check(&disclosure);
        let record = Record::new("a.pdf", "00c0ffee00c0ffee", &disclosure, &report);
        let of = |name: &str| document_tables().iter().find(|table| table.name() == name).unwrap();
        let (columns, figures) = (of("columns"), of("figures").schema());
        let schema = columns.schema();
        let chunk = Parquet.chunk(&schema, &columns.rows(&record)).unwrap();
        let bytes = Parquet.pack(&schema, &chunk).unwrap();
        assert_eq!(Parquet.unpack(&schema, 2, &bytes).unwrap(), chunk);
        for (table, count) in [(&schema, 3), (&figures, 2)] {
            assert!(Parquet.unpack(table, count, &bytes).is_err());
        }
        for end in (0..bytes.len()).step_by(64) {
            // Cut anywhere, it does not panic; what is cut behind its data lacks nothing.
            let _ = Parquet.unpack(&schema, 2, bytes.get(..end).unwrap());
        }
    }
}
