//! XLSX: a workbook that looks like the official form.

mod annotated;
mod form;
mod list;
mod names;
mod page;
mod style;
mod words;

use annotated::{Links, Notes};
use budget_model::{Disclosure, Language, Placement, Stage, Table};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::document::Entry;
use crate::form::OfficialForm;
use crate::records::{Diagnostics, Facts, Indicators, Passages, PerformanceFunds, PerformanceTables, Projects};
use crate::{
    Annotation, Descriptor, Document, ExportError, ExportOptions, Exporter, OmissionKind, Output, Report, Sink,
};
use crate::{error::Kind as Error, xlsx::names::Names, xlsx::page::Page, xlsx::style::Styles};

pub use annotated::AnnotatedXlsxExporter;

/// Writes a workbook: one sheet per budget table, laid out as the official form, then sheets for the figures of the text,
/// projects, performance targets, indicators, diagnostics and texts, and one that explains the marks.
///
/// Figures are numbers with the printed decimals. A figure that a spreadsheet cannot hold exactly (more than 15 digits, or
/// a negative zero) is written as text instead, right-aligned like a number. Text is always text, never a formula.
#[derive(Clone, Copy, Debug, Default)]
pub struct XlsxExporter {
    options: ExportOptions,
}

impl XlsxExporter {
    /// An exporter with these options.
    #[must_use]
    pub fn new(options: ExportOptions) -> Self {
        Self { options }
    }
}

impl Exporter for XlsxExporter {
    fn descriptor(&self) -> Descriptor {
        Descriptor { id: "xlsx", title: "workbook that looks like the official form", output: Output::File("xlsx") }
    }

    fn write(&self, document: Document<'_>, sink: &mut dyn Sink) -> Result<Report, ExportError> {
        write(self.options, None, document, sink)
    }
}

/// Writes a workbook, with the results of a check if there was one.
fn write(
    options: ExportOptions,
    annotations: Option<&[Annotation]>,
    document: Document<'_>,
    sink: &mut dyn Sink,
) -> Result<Report, ExportError> {
    let mut report = Report::default();
    let info = document.info;
    let disclosure = options.apply(document.disclosure, &mut report);
    let name = format!("{}.xlsx", info.id());
    let mut file = sink.create(&name).map_err(ExportError::write(&name))?;
    let bytes = Book::new(&disclosure, options.language, &mut report)
        .map_err(ExportError::encode(&name))?
        .write(Document { info, disclosure: &disclosure }, annotations)
        .map_err(|failure| match failure {
            Failure { sheet, error: XlsxError::RowColumnLimitError } => Error::SheetTooLarge { sheet }.into(),
            Failure { error, .. } => ExportError::encode(&name)(error),
        })?;
    file.write_all(&bytes).map_err(ExportError::write(&name))?;
    file.commit().map_err(ExportError::write(&name))?;
    report.files.push(name);
    Ok(report)
}

/// What went wrong, and on which sheet.
struct Failure {
    sheet: String,
    error: XlsxError,
}

/// 云溪县文化馆2025年部门预算
fn title(disclosure: &Disclosure) -> String {
    let entity = disclosure.entity.as_ref().map_or("", |entity| entity.text.as_str());
    let year = disclosure.year.map_or_else(String::new, |year| format!("{year}年"));
    let stage = match disclosure.stage {
        Stage::Budget => "部门预算",
        Stage::Final => "部门决算",
    };
    format!("{entity}{year}{stage}")
}

struct Book<'r> {
    workbook: Workbook,
    names: Names,
    styles: Styles,
    language: Language,
    report: &'r mut Report,
}

impl<'r> Book<'r> {
    fn new(disclosure: &Disclosure, language: Language, report: &'r mut Report) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        // A fixed time, so that equal documents make equal bytes.
        let time = ExcelDateTime::from_ymd(2000, 1, 1)?;
        let entity = disclosure.entity.as_ref().map_or("", |entity| entity.text.as_str());
        let properties =
            DocProperties::new().set_creation_datetime(&time).set_title(title(disclosure)).set_author(entity);
        workbook.set_properties(&properties);
        Ok(Self { workbook, names: Names::default(), styles: Styles::new(), language, report })
    }

    fn write(mut self, document: Document<'_>, annotations: Option<&[Annotation]>) -> Result<Vec<u8>, Failure> {
        let disclosure = document.disclosure;
        let notes = Notes::new(annotations.unwrap_or_default());
        // Nobody looks for the results behind the tables.
        let results = annotations.map(|annotations| (self.names.unique(annotated::SHEET), annotations));
        let tables: Vec<_> = (0..)
            .zip(&disclosure.tables)
            .map(|(index, table)| {
                (index, self.names.of_table(table, index as usize + 1), table, OfficialForm::of(table))
            })
            .collect();
        if let Some((name, annotations)) = results {
            let forms = tables.iter().map(|(index, name, _, form)| (*index, name.as_str(), form));
            let links = Links::new(annotations, forms);
            self.page(name, |page| annotated::write(page, annotations, &disclosure.sheets, &links))?;
        }
        for (index, name, table, form) in tables {
            self.page(name, |page| form::write(page, table, &form, index, disclosure.scope, &notes))?;
            form.omissions.iter().for_each(|omission| self.report.omit(omission.kind, omission.count));
        }
        self.list::<Facts>(document)?;
        self.list::<Projects>(document)?;
        self.list::<PerformanceTables>(document)?;
        self.list::<Indicators>(document)?;
        self.list::<PerformanceFunds>(document)?;
        self.list::<Diagnostics>(document)?;
        self.list::<Passages>(document)?;
        let name = self.names.unique("说明");
        let language = self.language;
        self.page(name, |page| list::about(page, document.into(), language))?;
        for table in &disclosure.tables {
            self.report_table(table);
        }
        self.workbook.save_to_buffer().map_err(|error| Failure { sheet: String::new(), error })
    }

    /// What the sheet of a table does not carry.
    fn report_table(&mut self, table: &Table) {
        let cells = || table.rows.iter().flat_map(|row| &row.cells);
        let adds_up = table.rows.iter().any(|row| row.part_of.is_some())
            || table.columns.iter().any(|column| column.part_of.is_some());
        self.report.omit(OmissionKind::Arithmetic, usize::from(adds_up));
        let inferred = cells().filter(|cell| matches!(cell.placement, Placement::Inferred { .. })).count();
        self.report.omit(OmissionKind::Evidence, inferred);
        self.report.omit(OmissionKind::Places, table.rows.len() + cells().count());
    }

    fn list<R: crate::records::Resource>(&mut self, document: Document<'_>) -> Result<(), Failure> {
        let document = Entry::from(document);
        if R::rows(document).next().is_none() {
            return Ok(());
        }
        let name = self.names.unique(R::SHEET);
        let language = self.language;
        self.page(name, |page| list::write::<R>(page, document, language))
    }

    fn page(
        &mut self,
        name: String,
        write: impl FnOnce(&mut Page<'_>) -> Result<(), XlsxError>,
    ) -> Result<(), Failure> {
        let sheet = self.workbook.add_worksheet();
        let result = sheet.set_name(&name).map(drop).and_then(|()| {
            let mut page = Page::new(sheet, &self.styles, self.report);
            write(&mut page)?;
            page.finish()
        });
        result.map_err(|error| Failure { sheet: name, error })
    }
}
