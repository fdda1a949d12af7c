//! CSV: a folder of files that is a Data Package.

use std::collections::HashSet;

use budget_model::Table;

use crate::datapackage::{self, ResourceSchema};
use crate::records::{
    Cells, Diagnostics, Documents, Facts, Indicators, Kind, Passages, PerformanceFunds, PerformanceTables, Projects,
    Resource,
};
use crate::{
    Descriptor, Document, ExportError, ExportOptions, Exporter, Omission, OmissionKind, Output, OutputFile, Report,
    Sink, error::Kind as Error,
};

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
    header: fn() -> Vec<&'static str>,
    schema: fn() -> ResourceSchema,
    rows: fn(Document<'_>, guard: bool) -> Result<Vec<u8>, csv::Error>,
}

impl FileKind {
    const fn of<R: Resource>() -> Self {
        Self {
            name: R::NAME,
            header: || R::FIELDS.iter().map(|field| field.name).collect(),
            schema: datapackage::resource::<R>,
            rows: rows::<R>,
        }
    }

    fn file_name(&self) -> String {
        format!("{}.csv", self.name)
    }
}

fn rows<R: Resource>(document: Document<'_>, guard: bool) -> Result<Vec<u8>, csv::Error> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    let mut value = String::new();
    for row in R::rows(document.into()) {
        for field in R::FIELDS {
            value.clear();
            (field.put)(&row, &mut value);
            // Keys begin with a letter and words are a fixed list: only text can be anything.
            if guard && matches!(field.kind, Kind::Text) && looks_like_formula(&value) {
                value.insert(0, '\'');
            }
            csv.write_field(&value)?;
        }
        csv.write_record(None::<&[u8]>)?;
    }
    csv.into_inner().map_err(|error| error.into_error().into())
}

/// Whether a spreadsheet may take the text for a formula, or already removes an apostrophe from it.
///
/// East Asian settings take the full-width signs for formulas as well.
fn looks_like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '\''])
}

/// The records of one document as CSV, made apart from the set they are for.
///
/// Documents can be turned into records in parallel; [`CsvSet::append`] only copies bytes.
pub struct CsvRows {
    id: String,
    /// One part for each of [`FILES`].
    parts: Vec<Vec<u8>>,
    omissions: Vec<Omission>,
}

impl CsvRows {
    /// The records of a document.
    ///
    /// # Errors
    ///
    /// A record cannot be written as CSV.
    pub fn new(document: Document<'_>, options: ExportOptions) -> Result<Self, ExportError> {
        let info = document.info;
        let mut report = Report::default();
        let disclosure = options.apply(document.disclosure, &mut report);
        let document = Document { info, disclosure: &disclosure };
        let part = |kind: &FileKind| {
            (kind.rows)(document, options.guard_formulas).map_err(ExportError::encode(&kind.file_name()))
        };
        let parts = FILES.iter().map(part).collect::<Result<_, _>>()?;
        for table in &disclosure.tables {
            report_table(table, &mut report);
        }
        Ok(Self { id: info.id().to_owned(), parts, omissions: report.omissions })
    }

    /// What is in the document but not in its records.
    #[must_use]
    pub fn omissions(&self) -> &[Omission] {
        &self.omissions
    }
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

/// A set of CSV files being written: open it once, add documents one by one, finish it.
///
/// Nothing is kept of a document but its id, so a set can hold any number of them.
///
/// ```
/// use budget_export::{CsvSet, Document, DocumentInfo, ExportOptions, MemorySink};
/// use budget_model::Disclosure;
///
/// let mut sink = MemorySink::default();
/// let mut set = CsvSet::create(&mut sink, ExportOptions::default())?;
/// for id in ["a", "b"] {
///     let info = DocumentInfo::new(id, format!("{id}.txt"));
///     set.add(Document { info: &info, disclosure: &Disclosure::default() })?;
/// }
/// set.finish()?;
/// let documents = String::from_utf8(sink.files()["documents.csv"].clone()).unwrap();
/// assert_eq!(documents.lines().count(), 3);
/// # Ok::<(), budget_export::ExportError>(())
/// ```
pub struct CsvSet {
    options: ExportOptions,
    files: Vec<(&'static FileKind, Box<dyn OutputFile>)>,
    package: Box<dyn OutputFile>,
    documents: HashSet<String>,
    report: Report,
}

const PACKAGE: &str = "datapackage.json";

impl CsvSet {
    /// Opens the files of a set and writes their headers.
    ///
    /// # Errors
    ///
    /// A file cannot be made.
    pub fn create(sink: &mut dyn Sink, options: ExportOptions) -> Result<Self, ExportError> {
        let mut files = Vec::new();
        for kind in FILES {
            let name = kind.file_name();
            let mut file = sink.create(&name).map_err(ExportError::write(&name))?;
            // Names of fields need no quotes.
            let mark = if options.byte_order_mark { "\u{feff}" } else { "" };
            writeln!(file, "{mark}{}", (kind.header)().join(",")).map_err(ExportError::write(&name))?;
            files.push((kind, file));
        }
        let package = sink.create(PACKAGE).map_err(ExportError::write(PACKAGE))?;
        Ok(Self { options, files, package, documents: HashSet::new(), report: Report::default() })
    }

    /// Adds a document.
    ///
    /// # Errors
    ///
    /// A file cannot be written, or the set has a document with this id already. The set is of no use after that: drop it,
    /// and it leaves no files.
    pub fn add(&mut self, document: Document<'_>) -> Result<(), ExportError> {
        self.append(&CsvRows::new(document, self.options)?)
    }

    /// Adds a document whose records are made already, with the same options.
    ///
    /// # Errors
    ///
    /// As for [`add`](Self::add).
    pub fn append(&mut self, rows: &CsvRows) -> Result<(), ExportError> {
        if !self.documents.insert(rows.id.clone()) {
            return Err(Error::RepeatedDocument { id: rows.id.clone() }.into());
        }
        for ((kind, file), part) in self.files.iter_mut().zip(&rows.parts) {
            file.write_all(part).map_err(ExportError::write(&kind.file_name()))?;
        }
        self.report.add_omissions(&rows.omissions);
        Ok(())
    }

    /// Finishes all files; `datapackage.json` is the last to appear.
    ///
    /// # Errors
    ///
    /// A file cannot be finished.
    pub fn finish(mut self) -> Result<Report, ExportError> {
        let schemas = self.files.iter().map(|(kind, _)| (kind.schema)()).collect();
        datapackage::write(schemas, &mut self.package).map_err(ExportError::write(PACKAGE))?;
        // Nothing appears under its name before the last byte of every file is written.
        for (kind, file) in &mut self.files {
            file.flush().map_err(ExportError::write(&kind.file_name()))?;
        }
        self.package.flush().map_err(ExportError::write(PACKAGE))?;
        for (kind, file) in self.files {
            let name = kind.file_name();
            file.commit().map_err(ExportError::write(&name))?;
            self.report.files.push(name);
        }
        self.package.commit().map_err(ExportError::write(PACKAGE))?;
        self.report.files.push(PACKAGE.to_owned());
        Ok(self.report)
    }
}

/// Writes CSV: the files of [`CsvSet`] for one document.
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
        let mut set = CsvSet::create(sink, self.options)?;
        set.add(document)?;
        set.finish()
    }
}
