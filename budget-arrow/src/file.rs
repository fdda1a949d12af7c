//! Parquet files.

use std::fs::File;

use arrow_array::{Array, BooleanArray, RecordBatch, StringArray};
use arrow_select::filter::filter_record_batch;
use budget_dataset::{DatasetError, PartFile, Rows, TableFormat};
use budget_export::{DataFormat, TableSchema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use crate::batch::{record_batch, schema};

/// Records of a row group. It is written when it is full, so that no more than one for each open file is in memory.
const ROW_GROUP: usize = 128 * 1024;

/// Parquet: dictionary encoded, compressed with Snappy, statistics for each column and row group. Equal records make equal bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parquet;

impl Parquet {
    fn writer(table: &TableSchema, out: PartFile) -> Result<ArrowWriter<PartFile>, DatasetError> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(ROW_GROUP))
            .set_created_by(concat!("budget-arrow ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let options = ArrowWriterOptions::new().with_properties(properties).with_skip_arrow_metadata(true);
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
