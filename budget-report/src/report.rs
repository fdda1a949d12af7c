//! The report of one document, as an exporter.

use budget_export::{Descriptor, Document, DocumentInfo, ExportError, Exporter, Output, Report as Exported, Sink};
use budget_model::{Disclosure, Language};
use minijinja::value::Serde;
use serde::Serialize;

use crate::cover::CoverView;
use crate::coverage::{ChecksView, ReadView};
use crate::drawings::{BarsView, Drawings, SankeyView, YearsView};
use crate::engine::environment;
use crate::findings::{self, Checked, FindingView, Shown};
use crate::money::Amounts;
use crate::original::Original;
use crate::pages::{PageView, Pages};
use crate::prose::{self, SectionView};
use crate::shown;
use crate::tables::{FoundIn, TableView, Tables};
use crate::targets::{self, TargetsView};
use crate::words::Words;

/// What a report shows besides the document.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReportOptions<'a> {
    /// The language of the report; what it shows of the document stays Chinese.
    pub language: Language,
    /// What the checks found. Without them the report says that nothing was checked.
    pub checked: Option<Checked<'a>>,
    /// What it can show of the document as it was published.
    pub original: Original<'a>,
    /// Other years of the same entity, for what is shown over the years.
    pub other_years: Vec<&'a Disclosure>,
    /// The page that lists all documents, where there are several: a relative address.
    pub index: Option<String>,
    /// The page where one drops another file, where there is one: a relative address.
    pub upload: Option<String>,
    /// What the drawings of pages may take together, in bytes.
    pub most_page_bytes: usize,
}

impl Default for ReportOptions<'_> {
    fn default() -> Self {
        Self {
            language: Language::Chinese,
            checked: None,
            original: Original::None,
            other_years: Vec::new(),
            index: None,
            upload: None,
            most_page_bytes: 5_000_000,
        }
    }
}

/// Writes a report: one HTML file that needs nothing else, to read on a screen of any size and to print.
///
/// ```
/// use budget_export::{Document, DocumentInfo, Exporter, MemorySink};
/// use budget_model::Disclosure;
/// use budget_report::{HtmlReport, ReportOptions};
///
/// let info = DocumentInfo::new("2025-文化馆", "文化馆.txt");
/// let document = Document { info: &info, disclosure: &Disclosure::default() };
/// let mut sink = MemorySink::default(); // or a DirectorySink
/// let report = HtmlReport::new(ReportOptions::default()).write(document, &mut sink)?;
/// assert_eq!(report.files, ["d2025-文化馆.html"]);
/// # Ok::<(), budget_export::ExportError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct HtmlReport<'a> {
    options: ReportOptions<'a>,
}

impl<'a> HtmlReport<'a> {
    /// A report with these options.
    #[must_use]
    pub fn new(options: ReportOptions<'a>) -> Self {
        Self { options }
    }

    /// The page of a document.
    ///
    /// # Errors
    ///
    /// None that a document could cause; that a template fails is an error of this crate.
    pub fn page(&self, document: Document<'_>) -> Result<String, ExportError> {
        let view = self.view(document);
        render("document.html", &view, &view.cover.title)
    }

    fn view(&self, Document { info, disclosure }: Document<'_>) -> View {
        let options = &self.options;
        let words = Words { language: options.language };
        let checked = options.checked.as_ref();
        let amounts = Amounts::of(disclosure);
        let found = checked.map_or_else(FoundIn::new, findings::found_in);
        let marks = checked.map_or_else(Vec::new, findings::marks);
        let pages = Pages::of(options.original, marks, options.most_page_bytes);
        let tables = Tables::new(disclosure, words, &found);
        let shown = Shown { disclosure, original: options.original, tables: &tables, pages: &pages, words };
        let drawings = Drawings::new(disclosure, &amounts, words);
        let count = |checked: &Checked<'_>| findings::counts(checked.report);
        View {
            words: words.all(),
            cover: CoverView::of(info, disclosure, &amounts, words),
            index: options.index.clone(),
            upload: options.upload.clone(),
            is_checked: checked.is_some(),
            counts: checked.map(count).into_iter().flatten().map(|(severity, n)| (severity.as_str(), n)).collect(),
            findings: checked.map(|checked| shown.findings(checked)).unwrap_or_default(),
            more_findings: checked.map_or(0, |checked| checked.report.open().count().saturating_sub(findings::MOST)),
            flow: drawings.flow(),
            classes: drawings.classes(),
            projects: drawings.projects(),
            years: drawings.three_public(&options.other_years),
            tables: tables.views(),
            sections: prose::views(disclosure),
            targets: targets::views(disclosure, words),
            checks: checked.map(|checked| ChecksView::of(checked, words)),
            reading: ReadView::of(disclosure, words),
            pages: pages.views(),
            page_style: pages.style(),
            page_bytes: shown::bytes(pages.bytes),
            left_out: pages.left_out,
        }
    }
}

impl Exporter for HtmlReport<'_> {
    fn descriptor(&self) -> Descriptor {
        Descriptor { id: "html", title: "report to read and print", output: Output::File("html") }
    }

    fn write(&self, document: Document<'_>, sink: &mut dyn Sink) -> Result<Exported, ExportError> {
        let name = file_name(document.info);
        write(&name, &self.page(document)?, sink)?;
        Ok(Exported { files: vec![name], omissions: Vec::new() })
    }
}

/// The name of the file of a document.
pub(crate) fn file_name(info: &DocumentInfo) -> String {
    format!("{}.html", info.id())
}

/// Writes a page under a name.
pub(crate) fn write(name: &str, page: &str, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let mut file = sink.create(name).map_err(ExportError::write(name))?;
    file.write_all(page.as_bytes()).map_err(ExportError::write(name))?;
    file.commit().map_err(ExportError::write(name))
}

/// Renders a template.
pub(crate) fn render(template: &str, view: &impl Serialize, name: &str) -> Result<String, ExportError> {
    let encode = |error| ExportError::encode(name)(error);
    let environment = environment().map_err(encode)?;
    environment.get_template(template).and_then(|template| template.render(Serde(view))).map_err(encode)
}

/// Everything that the template of a document shows.
#[derive(Debug, Serialize)]
struct View {
    words: std::collections::BTreeMap<&'static str, &'static str>,
    cover: CoverView,
    index: Option<String>,
    upload: Option<String>,
    is_checked: bool,
    counts: Vec<(&'static str, usize)>,
    findings: Vec<FindingView>,
    more_findings: usize,
    flow: Option<SankeyView>,
    classes: Option<BarsView>,
    projects: Option<BarsView>,
    years: Option<YearsView>,
    tables: Vec<TableView>,
    sections: Vec<SectionView>,
    targets: Vec<TargetsView>,
    checks: Option<ChecksView>,
    reading: ReadView,
    pages: Vec<PageView>,
    page_style: String,
    page_bytes: String,
    left_out: Vec<u32>,
}
