//! The reader: pages one after the other, and what is wrong with them.

use budget_document::{Confidence, Descriptor, Document, Limits, ReadError, ReadErrorKind, Reader};
use budget_model::{Diagnostic, DiagnosticCode, Place};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::canvas::{Canvas, Room};
use crate::layout::{blocks, pieces};
use crate::page::Page;
use crate::stop::{Ended, guarded};
use crate::table::Sheet;
use crate::unicode::Unicode;
use crate::visibility;

/// Reads PDF files.
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
        let broken = |what: &str| ReadError::new(ReadErrorKind::Malformed(what.to_owned()));
        let pdf = match guarded(|| Pdf::new(content.to_vec())) {
            Ok(Ok(pdf)) => pdf,
            Ok(Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected))) => return Err(ReadError::new(ReadErrorKind::Encrypted)),
            Ok(Err(LoadPdfError::Decryption(_))) => return Err(broken("its encryption is damaged or not known")),
            Ok(Err(LoadPdfError::Invalid)) => return Err(broken("no pages can be found in it")),
            Err(_) => return Err(broken("its structure cannot be followed")),
        };
        let pages = pdf.pages();
        limits.check_pages(pages.len())?;
        let mut document = Document::new();
        let cache = InterpreterCache::new();
        let mut unicode = Unicode::default();
        let clock = limits.clock();
        let (mut number, mut cells) = (0, 0);
        for (index, page) in (1..).zip(pages.iter()) {
            clock.check()?;
            let drawn = guarded(|| {
                let (width, height) = page.render_dimensions();
                let room = Room { marks: limits.cells, operations: 20_000_000 };
                let mut canvas = Canvas::new(width, height, room, &mut unicode);
                let transform: Affine = Affine::new(page.initial_transform(true).as_coeffs());
                let paper = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
                let mut context = Context::new(transform, paper, &cache, pdf.xref(), InterpreterSettings::default());
                interpret_page(page, &mut context, &mut canvas);
                canvas.finish()
            });
            let mut drawn = match drawn {
                Ok(drawn) => drawn,
                Err(_) => continue,
            };
            visibility::judge(&mut drawn);
            drawn.set_upright();
            let sheet = Sheet { page: index, size: drawn.size, turn: drawn.turn };
            let found = pieces(&drawn, &sheet);
            for block in blocks(found, &sheet, &mut number) {
                if let Some(grid) = block.grid() {
                    cells += grid.cells().len();
                }
                document.push(block);
            }
            limits.check_cells(cells)?;
        }
        Ok(document)
    }
}
