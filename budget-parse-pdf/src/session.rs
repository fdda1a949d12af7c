//! Reading the pages of one file: what they share, and what they may still take.

use budget_document::{Limits, ReadError, ReadErrorKind};
use hayro_interpret::InterpreterCache;
use hayro_syntax::page::Page as Source;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::canvas::draw;
use crate::layout::{Piece, pieces};
use crate::page::Page;
use crate::programs::Programs;
use crate::screen::screened;
use crate::stop::{Effort, Ended, Room, guarded};
use crate::table::Sheet;
use crate::unicode::Unicode;
use crate::visibility;

/// Opens a file, if what it unpacks to is within the limits.
pub(crate) fn open(content: &[u8], limits: &Limits) -> Result<Pdf, ReadError> {
    limits.check_input(content.len())?;
    if content.is_empty() {
        return Err(ReadError::new(ReadErrorKind::Empty));
    }
    let content = screened(content, limits)?;
    let broken = |what: &str| ReadError::new(ReadErrorKind::Malformed(what.to_owned()));
    let pdf = match guarded(|| Pdf::new(content)) {
        Ok(Ok(pdf)) if pdf.pages().is_empty() => return Err(broken("no pages can be found in it")),
        Ok(Ok(pdf)) => pdf,
        Ok(Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected))) => {
            return Err(ReadError::new(ReadErrorKind::Encrypted));
        }
        Ok(Err(LoadPdfError::Decryption(_))) => return Err(broken("its encryption is damaged or not known")),
        Ok(Err(LoadPdfError::Invalid)) => return Err(broken("no pages can be found in it")),
        Err(_) => return Err(broken("its structure cannot be followed")),
    };
    limits.check_pages(pdf.pages().len())?;
    Ok(pdf)
}

/// What the pages of a file share.
pub(crate) struct Session<'a> {
    cache: InterpreterCache<'a>,
    unicode: Unicode,
    room: Room,
    programs: Programs,
    effort: Effort,
}

/// A page that was read.
pub(crate) struct ReadPage {
    pub(crate) drawn: Page,
    pub(crate) sheet: Sheet,
    pub(crate) pieces: Vec<Piece>,
}

impl<'a> Session<'a> {
    /// For a file.
    pub(crate) fn new(content: &[u8], limits: &Limits) -> Self {
        Self {
            cache: InterpreterCache::new(),
            unicode: Unicode::default(),
            room: Room::for_file(content.len(), limits),
            programs: Programs::of_file(content, limits.unpacked_bytes),
            effort: Effort::for_file(content.len()),
        }
    }

    /// Reads a page, by its number from 1.
    pub(crate) fn page(&mut self, number: u32, page: &Source<'a>) -> Result<ReadPage, Ended> {
        let read = guarded(|| {
            self.programs.check(page);
            let mut drawn = draw(page, &self.cache, self.room, &mut self.unicode);
            self.room.take(&drawn);
            visibility::judge(&mut drawn, &mut self.effort);
            drawn.set_upright();
            let sheet = Sheet { page: number, size: drawn.size, turn: drawn.turn };
            let pieces = pieces(&drawn, &sheet, &mut self.effort);
            ReadPage { drawn, sheet, pieces }
        });
        if read.is_err() {
            // What the page touched when it ended is not used again.
            (self.cache, self.unicode) = (InterpreterCache::new(), Unicode::default());
        }
        read
    }
}
