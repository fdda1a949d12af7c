//! CSV: a folder of files that is a Data Package.

use std::io::Write;

use budget_model::Table;

use crate::datapackage::{DataFormat, DataResource, write_data_package};
use crate::document::Entry;
use crate::records::{
    Cells, Diagnostics, Documents, Facts, Indicators, Passages, PerformanceFunds, PerformanceTables, Projects,
    Resource, schema,
};
use crate::schema::{FieldKind, TableSchema, Value};
use crate::{Descriptor, Document, ExportError, ExportOptions, Exporter, OmissionKind, Output, Report, Sink};

/// The files of the set, parents before children.
const FILES: &[FileKind] = &[
    FileKind::of::<Documents>(),
    FileKind::of::<Cells>(),
    FileKind::of::<Facts>(),
    FileKind::of::<Projects>(),
    FileKind::of::<PerformanceTables>(),
    FileKind::of::<Indicators>(),
    FileKind::of::<PerformanceFunds>(),
    FileKind::of::<Diagnostics>(),
    FileKind::of::<Passages>(),
];

/// A resource, its type erased.
struct FileKind {
    name: &'static str,
    schema: fn() -> TableSchema,
    rows: fn(Entry<'_>, guard: bool) -> Result<Vec<u8>, ExportError>,
}

impl FileKind {
    const fn of<R: Resource>() -> Self {
        Self { name: R::NAME, schema: schema::<R>, rows: rows::<R> }
    }

    fn file_name(&self) -> String {
        format!("{}.csv", self.name)
    }
}

fn rows<R: Resource>(document: Entry<'_>, guard: bool) -> Result<Vec<u8>, ExportError> {
    let mut records = CsvRecords::new(R::FIELDS.iter().map(|field| field.kind).collect(), guard);
    for row in R::rows(document) {
        for field in R::FIELDS {
            records.write((field.get)(&row)).map_err(ExportError::encode(R::NAME))?;
        }
    }
    records.finish().map_err(ExportError::encode(R::NAME))
}

/// The header of a table, with the end of its line. Names of columns need no quotes.
#[must_use]
pub fn csv_header(table: &TableSchema) -> String {
    let names: Vec<_> = table.fields.iter().map(|field| field.name).collect();
    names.join(",") + "\n"
}

/// Records as CSV (RFC 4180, UTF-8) without a header: a value after the other, of columns of these types in turn. Nothing is
/// blank, numbers have the decimals that were printed.
///
/// `guard_formulas` is as in [`ExportOptions`].
///
/// # Errors
///
/// A record has fewer values than there are columns.
///
/// ```
/// use budget_export::{FieldKind, Value, csv_records};
///
/// let values = [Value::from("人员经费, 公用经费"), Value::Null, Value::from("合计"), Value::from(7_u32)];
/// let csv = csv_records(&[FieldKind::Text, FieldKind::Integer], values.into_iter(), false)?;
/// assert_eq!(String::from_utf8(csv).unwrap(), "\"人员经费, 公用经费\",\n合计,7\n");
/// # Ok::<(), budget_export::ExportError>(())
/// ```
pub fn csv_records<'a>(
    columns: &[FieldKind],
    values: impl Iterator<Item = Value<'a>>,
    guard_formulas: bool,
) -> Result<Vec<u8>, ExportError> {
    let mut records = CsvRecords::new(columns.to_vec(), guard_formulas);
    for value in values {
        records.write(value).map_err(ExportError::encode("CSV"))?;
    }
    records.finish().map_err(ExportError::encode("CSV"))
}

/// Values as they become records.
struct CsvRecords {
    csv: csv::Writer<Vec<u8>>,
    columns: Vec<FieldKind>,
    /// The column of the next value.
    next: usize,
    guard: bool,
    shown: Vec<u8>,
}

impl CsvRecords {
    fn new(columns: Vec<FieldKind>, guard: bool) -> Self {
        Self { csv: csv::Writer::from_writer(Vec::new()), columns, next: 0, guard, shown: Vec::new() }
    }

    fn write(&mut self, value: Value<'_>) -> Result<(), csv::Error> {
        self.shown.clear();
        match &value {
            Value::Null => self.csv.write_field("")?,
            // Keys begin with a letter and words are a fixed list: only text can be anything.
            Value::Text(text)
                if self.guard
                    && matches!(self.columns.get(self.next), Some(FieldKind::Text))
                    && looks_like_formula(text) =>
            {
                self.csv.write_field(format!("'{text}"))?;
            }
            Value::Text(text) => self.csv.write_field(text.as_ref())?,
            Value::Flag(flag) => self.csv.write_field(if *flag { "true" } else { "false" })?,
            Value::Integer(number) => {
                write!(self.shown, "{number}")?;
                self.csv.write_field(&self.shown)?;
            }
            Value::Number(number) => {
                write!(self.shown, "{number}")?;
                self.csv.write_field(&self.shown)?;
            }
        }
        self.next += 1;
        if self.next >= self.columns.len() {
            self.next = 0;
            self.csv.write_record(None::<&[u8]>)?;
        }
        Ok(())
    }

    fn finish(self) -> Result<Vec<u8>, csv::Error> {
        self.csv.into_inner().map_err(|error| error.into_error().into())
    }
}

/// Whether a spreadsheet may take the text for a formula, or already removes an apostrophe from it.
///
/// East Asian settings take the full-width signs for formulas as well.
fn looks_like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '\''])
}

/// What the records of a table do not carry. (Sums between rows follow from `level`.)
fn report_table(table: &Table, report: &mut Report) {
    let columns = &table.columns;
    let cells = || table.rows.iter().flat_map(|row| &row.cells);
    report.omit(OmissionKind::Arithmetic, usize::from(columns.iter().any(|column| column.part_of.is_some())));
    report.omit(OmissionKind::Places, table.rows.iter().filter(|row| !row.cells.is_empty()).count());
    let strays = cells().filter(|cell| usize::from(cell.column) >= columns.len()).count();
    report.omit(OmissionKind::CellWithoutColumn, strays);
}

const PACKAGE: &str = "datapackage.json";

/// Writes CSV: a file for each kind of record of a document, and `datapackage.json`, which describes them.
///
/// The tables of many documents, with everything that is needed to add them up, are a data set, which another crate makes
/// (`budget-dataset`).
#[derive(Clone, Copy, Debug, Default)]
pub struct CsvExporter {
    options: ExportOptions,
}

impl CsvExporter {
    /// An exporter with these options.
    #[must_use]
    pub fn new(options: ExportOptions) -> Self {
        Self { options }
    }
}

impl Exporter for CsvExporter {
    fn descriptor(&self) -> Descriptor {
        Descriptor { id: "csv", title: "CSV files with a datapackage.json", output: Output::FileSet }
    }

    fn write(&self, document: Document<'_>, sink: &mut dyn Sink) -> Result<Report, ExportError> {
        let mut report = Report::default();
        let disclosure = self.options.apply(document.disclosure, &mut report);
        let entry = Entry::from(Document { info: document.info, disclosure: &disclosure });
        let mark = if self.options.byte_order_mark { "\u{feff}" } else { "" };
        let (mut files, mut resources) = (Vec::new(), Vec::new());
        for kind in FILES {
            let (name, schema) = (kind.file_name(), (kind.schema)());
            let mut file = sink.create(&name).map_err(ExportError::write(&name))?;
            let header = format!("{mark}{}", csv_header(&schema));
            file.write_all(header.as_bytes()).map_err(ExportError::write(&name))?;
            let rows = (kind.rows)(entry, self.options.guard_formulas)?;
            file.write_all(&rows).map_err(ExportError::write(&name))?;
            resources.push(DataResource { schema, paths: vec![name.clone()], format: DataFormat::Csv });
            files.push((name, file));
        }
        let mut package = sink.create(PACKAGE).map_err(ExportError::write(PACKAGE))?;
        write_data_package(&resources, &mut package).map_err(ExportError::write(PACKAGE))?;
        files.push((PACKAGE.to_owned(), package));
        // Nothing appears under its name before the last byte of every file is written, and the description is the last to.
        for (name, file) in &mut files {
            file.flush().map_err(ExportError::write(name))?;
        }
        for (name, file) in files {
            file.commit().map_err(ExportError::write(&name))?;
            report.files.push(name);
        }
        disclosure.tables.iter().for_each(|table| report_table(table, &mut report));
        Ok(report)
    }
}
