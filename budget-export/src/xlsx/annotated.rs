//! A workbook with remarks: a sheet that lists them, and a note on each cell that one speaks of.

use std::collections::{HashMap, HashSet};

use budget_model::{FigureRef, Language};
use rust_xlsxwriter::{XlsxError, utility::row_col_to_cell};

use super::form;
use super::page::Page;
use crate::form::{Area, OfficialForm};
use crate::{Annotation, Descriptor, Document, ExportError, ExportOptions, Exporter, Report, Sink, XlsxExporter};

/// The name of the sheet.
pub(super) const SHEET: &str = "检查结果";

/// Titles of the sheet and the least and most characters that their columns are wide. A reader of workbooks knows the
/// sheet by the first three.
const COLUMNS: &[(&str, usize, usize)] = &[
    ("程度", 6, 8),
    ("规则", 12, 34),
    ("问题", 12, 30),
    ("说明", 20, 60),
    ("应为", 8, 16),
    ("实为", 8, 16),
    ("相差", 8, 16),
    ("位置", 8, 24),
    ("疑似有误", 20, 50),
];

/// Writes the workbook of [`XlsxExporter`] with annotations: a sheet 检查结果 in front that lists them, with links to their cells,
/// and notes on the cells.
///
/// ```
/// use budget_export::{AnnotatedXlsxExporter, Annotation, Document, ExportOptions, Exporter, Sink};
///
/// fn write(document: Document<'_>, annotations: &[Annotation], sink: &mut dyn Sink) {
///     let report = AnnotatedXlsxExporter::new(ExportOptions::default(), annotations).write(document, sink);
///     assert!(report.is_ok());
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct AnnotatedXlsxExporter<'a> {
    options: ExportOptions,
    annotations: &'a [Annotation],
}

impl<'a> AnnotatedXlsxExporter<'a> {
    /// An exporter with these options that shows these annotations.
    #[must_use]
    pub fn new(options: ExportOptions, annotations: &'a [Annotation]) -> Self {
        Self { options, annotations }
    }
}

impl Exporter for AnnotatedXlsxExporter<'_> {
    fn descriptor(&self) -> Descriptor {
        Descriptor { title: "workbook with the results of a check", ..XlsxExporter::default().descriptor() }
    }

    fn write(&self, document: Document<'_>, sink: &mut dyn Sink) -> Result<Report, ExportError> {
        super::write(self.options, Some(self.annotations), document, sink)
    }
}

/// The notes of all cells.
#[derive(Default)]
pub(super) struct Notes(HashMap<FigureRef, String>);

impl Notes {
    pub(super) fn new(annotations: &[Annotation]) -> Self {
        let mut notes: HashMap<FigureRef, String> = HashMap::new();
        for annotation in annotations {
            let line = format!(
                "{}：{}（{}）",
                annotation.severity.name(Language::Chinese),
                annotation.message,
                annotation.code
            );
            for cell in &annotation.cells {
                let note = notes.entry(*cell).or_insert_with(|| SHEET.to_owned());
                // A figure may take part in one annotation several times.
                if !note.lines().any(|known| known == line) {
                    note.push('\n');
                    note.push_str(&line);
                }
            }
        }
        Self(notes)
    }

    pub(super) fn of(&self, cell: FigureRef) -> Option<&str> {
        self.0.get(&cell).map(String::as_str)
    }
}

/// Where the figures that annotations speak of stand in the workbook, as links lead there.
pub(super) struct Links(HashMap<FigureRef, String>);

impl Links {
    /// Those of the figures in forms, each with its number and the name of its sheet.
    pub(super) fn new<'f, 't: 'f>(
        annotations: &[Annotation],
        forms: impl Iterator<Item = (u32, &'f str, &'f OfficialForm<'t>)>,
    ) -> Self {
        let wanted: HashSet<FigureRef> = annotations.iter().flat_map(|annotation| &annotation.cells).copied().collect();
        let mut links = HashMap::new();
        for (number, sheet, form) in forms.filter(|_| !wanted.is_empty()) {
            let sheet = sheet.replace('\'', "''");
            let cells = form::positions(form, number).filter(|(figure, _)| wanted.contains(figure));
            links.extend(cells.map(|(figure, (row, column))| {
                (figure, format!("internal:'{sheet}'!{}", row_col_to_cell(row, column)))
            }));
        }
        Self(links)
    }

    /// The link to the first of some figures that has a cell.
    fn first(&self, cells: &[FigureRef]) -> Option<&str> {
        cells.iter().find_map(|cell| self.0.get(cell)).map(String::as_str)
    }
}

/// Writes the sheet.
pub(super) fn write(
    page: &mut Page<'_>,
    annotations: &[Annotation],
    sheets: &[String],
    links: &Links,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    for (column, (title, least, most)) in (0..).zip(COLUMNS) {
        page.text(Area::cell(0, column), title, &styles.header)?;
        page.fit(column, title, 0, *least, *most);
    }
    page.header_ends(1, 0)?;
    let mut last = 0;
    for (row, annotation) in (1..).zip(annotations) {
        let places: Vec<_> = annotation.places.iter().map(|place| place.describe(sheets)).collect();
        let texts =
            [annotation.severity.name(Language::Chinese), &annotation.code, &annotation.title, &annotation.message];
        for (column, text) in (0..).zip(texts) {
            put(page, row, column, text)?;
        }
        let numbers = [annotation.expected, annotation.found, annotation.difference];
        for (column, number) in (4..).zip(numbers) {
            match number {
                Some(number) => page.number(row, column, &number.to_string(), true, true)?,
                None => page.text(Area::cell(row, column), "", &styles.name)?,
            }
        }
        put(page, row, 7, &places.join("\n"))?;
        if let Some(link) = links.first(&annotation.cells) {
            page.link(row, 7, link, &places.join("\n"))?;
        }
        put(page, row, 8, &annotation.suspects.join("\n"))?;
        last = row;
    }
    if annotations.is_empty() {
        let right = COLUMNS.len() as u16 - 1;
        return page.text(Area { top: 1, left: 0, bottom: 1, right }, "未发现问题 / no findings", &styles.sentence);
    }
    page.sheet.autofilter(0, 0, last, COLUMNS.len() as u16 - 1)?;
    page.narrow();
    Ok(())
}

fn put(page: &mut Page<'_>, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    page.text(Area::cell(row, column), text, &page.styles.name)?;
    if let Some((_, least, most)) = COLUMNS.get(usize::from(column)) {
        let longest = text.lines().max_by_key(|line| line.len()).unwrap_or_default();
        page.fit(column, longest, 0, *least, *most);
    }
    Ok(())
}
