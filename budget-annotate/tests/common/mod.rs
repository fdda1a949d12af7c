//! PDF files and annotations that the tests make themselves.
#![allow(dead_code)]

use budget_document::{CellValue, Limits, Reader};
use budget_export::Annotation;
use budget_model::{Place, Severity};
use budget_parse_pdf::PdfReader;

/// How a file says where its objects are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// In a table.
    Table,
    /// In a stream.
    Stream,
    /// In a stream, and the objects that are no streams stand in one themselves.
    Packed,
    /// In a table and, for objects that stand in a stream, in a stream beside it.
    Hybrid,
}

pub(crate) const FORMS: [Form; 4] = [Form::Table, Form::Stream, Form::Packed, Form::Hybrid];

/// A file that is being written. Object 1 is the catalog, 2 the list of pages, 3 a font.
pub(crate) struct File {
    pub(crate) objects: Vec<String>,
    pub(crate) pages: Vec<usize>,
    /// What the list of pages says beside its pages.
    pub(crate) inherited: String,
    pub(crate) catalog: String,
    pub(crate) trailer: String,
}

impl File {
    pub(crate) fn new() -> Self {
        let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
        Self {
            objects: vec![String::new(), String::new(), font.to_owned()],
            pages: Vec::new(),
            inherited: "/MediaBox [0 0 595 842]".to_owned(),
            catalog: String::new(),
            trailer: String::new(),
        }
    }

    pub(crate) fn add(&mut self, object: impl Into<String>) -> usize {
        self.objects.push(object.into());
        self.objects.len()
    }

    /// One more page with these entries and operators; its number.
    pub(crate) fn page(&mut self, entries: &str, content: &str) -> usize {
        let content = self.add(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
        let page = self.add(format!(
            "<< /Type /Page /Parent 2 0 R {entries} /Contents {content} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        ));
        self.pages.push(page);
        page
    }

    pub(crate) fn bytes(mut self, form: Form) -> Vec<u8> {
        let kids: String = self.pages.iter().map(|page| format!("{page} 0 R ")).collect();
        self.objects[0] = format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalog);
        self.objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} {} >>", self.pages.len(), self.inherited);
        let mut bytes = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
        // By number: kind, and the two numbers that say where.
        let mut entries = vec![(0_u8, 0_usize, 65535_usize); self.objects.len() + 1];
        let is_packed = |object: &String| matches!(form, Form::Packed | Form::Hybrid) && !object.contains("stream\n");
        for (number, object) in (1..).zip(&self.objects).filter(|(_, object)| !is_packed(object)) {
            entries[number] = (1, bytes.len(), 0);
            bytes.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
        }
        let packed: Vec<(usize, &String)> = (1..).zip(&self.objects).filter(|(_, object)| is_packed(object)).collect();
        if !packed.is_empty() {
            let (mut head, mut body) = (String::new(), String::new());
            for (index, (number, object)) in packed.iter().enumerate() {
                entries[*number] = (2, entries.len(), index);
                head += &format!("{number} {} ", body.len());
                body += &format!("{object} ");
            }
            let data = miniz_oxide::deflate::compress_to_vec_zlib(format!("{head}{body}").as_bytes(), 6);
            entries.push((1, bytes.len(), 0));
            let number = entries.len() - 1;
            bytes.extend(
                format!(
                    "{number} 0 obj\n<< /Type /ObjStm /N {} /First {} /Filter /FlateDecode /Length {} >>\nstream\n",
                    packed.len(),
                    head.len(),
                    data.len()
                )
                .bytes(),
            );
            bytes.extend(data);
            bytes.extend(b"\nendstream\nendobj\n");
        }
        let mut trailer = format!("/Root 1 0 R {}", self.trailer);
        let mut start = bytes.len();
        if form != Form::Table {
            entries.push((1, start, 0));
            let number = entries.len() - 1;
            let mut rows = Vec::new();
            let mut above = [0_u8; 7];
            for (kind, one, other) in &entries {
                let mut row = vec![*kind];
                row.extend(&(*one as u32).to_be_bytes());
                row.extend(&(*other as u16).to_be_bytes());
                rows.push(2);
                rows.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
                above = row.try_into().unwrap();
            }
            let data = miniz_oxide::deflate::compress_to_vec_zlib(&rows, 6);
            bytes.extend(
                format!(
                    "{number} 0 obj\n<< /Type /XRef /Size {} /W [1 4 2] {trailer} /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 7 >> /Length {} >>\nstream\n",
                    entries.len(),
                    data.len()
                )
                .bytes(),
            );
            bytes.extend(data);
            bytes.extend(b"\nendstream\nendobj\n");
        }
        if matches!(form, Form::Table | Form::Hybrid) {
            if form == Form::Hybrid {
                trailer += &format!(" /XRefStm {start}");
            }
            start = bytes.len();
            let mut table = format!("xref\n0 {}\n", entries.len());
            for (kind, one, other) in &entries {
                table += &match kind {
                    1 => format!("{one:010} {other:05} n \n"),
                    _ => "0000000000 65535 f \n".to_owned(),
                };
            }
            bytes.extend(format!("{table}trailer\n<< /Size {} {trailer} >>\n", entries.len()).bytes());
        }
        bytes.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        bytes
    }
}

/// A ruled table with a figure in its last cell; its text is written along the axes of the page that some turn gives.
pub(crate) fn table(figure: &str) -> String {
    let mut content = String::from("0.5 w ");
    for y in [300, 320, 340] {
        content += &format!("100 {y} m 300 {y} l S ");
    }
    for x in [100, 200, 300] {
        content += &format!("{x} 300 m {x} 340 l S ");
    }
    for (x, y, text) in [(103, 325, "Item"), (203, 325, "Sum"), (103, 305, "Culture"), (203, 305, figure)] {
        content += &format!("BT /F1 10 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET ");
    }
    content
}

/// Where the reader finds a text.
pub(crate) fn place(content: &[u8], text: &str) -> Place {
    let document = PdfReader.read(content, &Limits::default()).unwrap();
    let found = document.grids().flat_map(|grid| grid.cells()).find(|cell| match &cell.value {
        CellValue::Text(found) => found.replace('\n', "") == text,
        _ => false,
    });
    found.unwrap_or_else(|| panic!("{text} is read")).place
}

/// What is read of a file: the cells of each grid with their places.
pub(crate) fn grids(content: &[u8]) -> Vec<String> {
    let document = PdfReader.read(content, &Limits::default()).unwrap();
    document.grids().map(|grid| format!("{grid:?}")).collect()
}

/// A finding.
pub(crate) fn finding(severity: Severity, message: &str, places: &[Place]) -> Annotation {
    Annotation {
        severity,
        code: "parts-do-not-add-up".to_owned(),
        title: "各部分之和不等于合计".to_owned(),
        message: message.to_owned(),
        expected: None,
        found: None,
        difference: None,
        places: places.to_vec(),
        suspects: vec!["支出总计 = 18.00 → 17.00".to_owned()],
        cells: Vec::new(),
    }
}

/// The objects of a file in which some words stand, as they stand.
pub(crate) fn objects(content: &[u8], words: &str) -> Vec<String> {
    let text: String = content.iter().map(|byte| char::from(*byte)).collect();
    let objects = text.split("endobj").filter(|object| object.contains(words));
    objects.map(|object| object.rsplit(" obj\n").next().unwrap().to_owned()).collect()
}

/// The numbers in the list of an entry.
pub(crate) fn numbers(object: &str, entry: &str) -> Vec<f64> {
    let list = object.split(&format!("/{entry} [")).nth(1).unwrap().split(']').next().unwrap();
    list.split(' ').map(|number| number.parse().unwrap()).collect()
}
