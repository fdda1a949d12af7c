//! The reader: pages one after the other, and what is wrong with them.

use budget_document::{Confidence, Descriptor, Document, Limits, ReadError, ReadErrorKind, Reader};

use crate::layout::blocks;
use crate::report::Report;
use crate::session::{Session, open};

/// Reads PDF files.
///
/// ```
/// use budget_document::{Confidence, Limits, ReadErrorKind, Reader};
/// use budget_parse_pdf::PdfReader;
///
/// // Content decides, not the name.
/// assert_eq!(PdfReader.probe(b"%PDF-1.7 ...", None), Confidence::Certain);
/// assert_eq!(PdfReader.probe("收入 17.00".as_bytes(), Some("pdf")), Confidence::No);
///
/// let error = PdfReader.read(b"%PDF-1.7", &Limits::default()).unwrap_err();
/// assert!(matches!(error.kind(), ReadErrorKind::Malformed(_)));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PdfReader;

/// How far into a file its signature may stand.
const SIGNATURE_WITHIN: usize = 1024;

impl Reader for PdfReader {
    fn descriptor(&self) -> Descriptor {
        Descriptor::new("pdf", "PDF document", &["pdf"])
    }

    fn probe(&self, content: &[u8], _extension: Option<&str>) -> Confidence {
        let head = content.get(..content.len().min(SIGNATURE_WITHIN)).unwrap_or_default();
        if head.windows(5).any(|bytes| bytes == b"%PDF-") { Confidence::Certain } else { Confidence::No }
    }

    fn read<'a>(&self, content: &'a [u8], limits: &Limits) -> Result<Document<'a>, ReadError> {
        let clock = limits.clock();
        let pdf = open(content, limits)?;
        let (mut document, mut report) = (Document::new(), Report::default());
        let mut session = Session::new(content, limits);
        let (mut lines, mut cells) = (0, 0);
        for (number, page) in (1..).zip(pdf.pages().iter()) {
            clock.check()?;
            let read = match session.page(number, page) {
                Ok(read) => read,
                Err(ended) => {
                    report.fail(number, ended);
                    continue;
                }
            };
            report.page(&read.drawn, &read.sheet);
            for block in blocks(read.pieces, &read.sheet, &mut lines) {
                cells += block.grid().map_or(0, |grid| grid.cells().len());
                document.push(block);
            }
            limits.check_cells(cells)?;
            limits.check_lines(usize::try_from(lines).unwrap_or(usize::MAX))?;
        }
        if let Some(images) = report.without_text() {
            return Err(ReadError::new(ReadErrorKind::NoText(images)));
        }
        report.conclude(&mut document);
        Ok(document)
    }
}
