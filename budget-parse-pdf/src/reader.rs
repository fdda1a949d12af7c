//! The reader: pages one after the other, and what is wrong with them.

use budget_document::{Confidence, Descriptor, Document, Limits, ReadError, ReadErrorKind, Reader};
use hayro_interpret::InterpreterCache;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::canvas::draw;
use crate::layout::{blocks, pieces};
use crate::programs::Programs;
use crate::report::Report;
use crate::screen::screened;
use crate::stop::{Effort, Room, guarded};
use crate::table::Sheet;
use crate::unicode::Unicode;
use crate::visibility;

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
        Descriptor::new("pdf", "PDF", &["pdf"])
    }

    fn probe(&self, content: &[u8], _extension: Option<&str>) -> Confidence {
        let head = content.get(..content.len().min(SIGNATURE_WITHIN)).unwrap_or_default();
        if head.windows(5).any(|bytes| bytes == b"%PDF-") { Confidence::Certain } else { Confidence::No }
    }

    fn read<'a>(&self, content: &'a [u8], limits: &Limits) -> Result<Document<'a>, ReadError> {
        limits.check_input(content.len())?;
        let clock = limits.clock();
        if content.is_empty() {
            return Err(ReadError::new(ReadErrorKind::Empty));
        }
        let pdf = open(screened(content, limits)?)?;
        let pages = pdf.pages();
        limits.check_pages(pages.len())?;
        let (mut document, mut report) = (Document::new(), Report::default());
        let (mut cache, mut unicode) = (InterpreterCache::new(), Unicode::default());
        let (mut lines, mut cells) = (0, 0);
        let mut room = Room::for_file(content.len(), limits);
        let (mut programs, mut effort) =
            (Programs::of_file(content, limits.unpacked_bytes), Effort::for_file(content.len()));
        for (index, page) in (1..).zip(pages.iter()) {
            clock.check()?;
            let work = || {
                programs.check(page);
                let mut drawn = draw(page, &cache, room, &mut unicode);
                room.take(&drawn);
                visibility::judge(&mut drawn, &mut effort);
                drawn.set_upright();
                let sheet = Sheet { page: index, size: drawn.size, turn: drawn.turn };
                let pieces = pieces(&drawn, &sheet, &mut effort);
                (drawn, sheet, pieces)
            };
            let (drawn, sheet, pieces) = match guarded(work) {
                Ok(done) => done,
                Err(ended) => {
                    report.fail(index, ended);
                    // What the page touched when it ended is not used again.
                    (cache, unicode) = (InterpreterCache::new(), Unicode::default());
                    continue;
                }
            };
            report.page(&drawn, &sheet);
            for block in blocks(pieces, &sheet, &mut lines) {
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

fn open(content: Vec<u8>) -> Result<Pdf, ReadError> {
    let broken = |what: &str| ReadError::new(ReadErrorKind::Malformed(what.to_owned()));
    match guarded(|| Pdf::new(content)) {
        Ok(Ok(pdf)) if pdf.pages().is_empty() => Err(broken("no pages can be found in it")),
        Ok(Ok(pdf)) => Ok(pdf),
        Ok(Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected))) => {
            Err(ReadError::new(ReadErrorKind::Encrypted))
        }
        Ok(Err(LoadPdfError::Decryption(_))) => Err(broken("its encryption is damaged or not known")),
        Ok(Err(LoadPdfError::Invalid)) => Err(broken("no pages can be found in it")),
        Err(_) => Err(broken("its structure cannot be followed")),
    }
}
