//! The reader: which workbook format some content is, and reading it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use budget_document::{Confidence, Descriptor, Document, FileKind, Limits, ReadError, ReadErrorKind, Reader};
use memchr::memmem;

use crate::archive::Archive;
use crate::{ods, xls, xlsb, xlsx};

/// Reads `.xlsx`, `.xlsm`, `.xlsb`, `.xls` and `.ods`.
///
/// ```
/// use budget_document::{Confidence, Reader};
/// use budget_parse_xlsx::WorkbookReader;
///
/// // Content decides, not the name.
/// assert_eq!(WorkbookReader.probe("收入 17.00".as_bytes(), Some("xlsx")), Confidence::No);
/// assert_eq!(WorkbookReader.descriptor().id, "workbook");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkbookReader;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Xlsx,
    Xlsb,
    Ods,
    Xls,
}

impl Format {
    /// The format by content. Names of the parts stand in a ZIP archive as they are, even in one that was cut off.
    fn of(content: &[u8]) -> Option<Self> {
        const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
        let has = |name: &[u8]| memmem::find(content, name).is_some();
        let has_wide = |name: &str| has(&name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
        if content.starts_with(b"PK\x03\x04") {
            let formats = [
                (b"xl/workbook.xml".as_slice(), Self::Xlsx),
                (b"xl/workbook.bin", Self::Xlsb),
                (b"application/vnd.oasis.opendocument.spreadsheet", Self::Ods),
                (b"xl\\workbook.xml", Self::Xlsx),
            ];
            return formats.into_iter().find(|(name, _)| has(name)).map(|(_, format)| format);
        }
        let is_workbook =
            || has_wide("Workbook") || has_wide("WORKBOOK") || has_wide("Book") || has_wide("EncryptedPackage");
        (content.starts_with(COMPOUND) && is_workbook()).then_some(Self::Xls)
    }
}

impl Reader for WorkbookReader {
    fn descriptor(&self) -> Descriptor {
        Descriptor::new("workbook", "Excel or OpenDocument workbook", &["xlsx", "xlsm", "xlsb", "xls", "ods"])
    }

    fn probe(&self, content: &[u8], _extension: Option<&str>) -> Confidence {
        // An archive with a workbook in it has the names of the workbook's parts in it, too.
        let is_other =
            matches!(FileKind::of(content), Some(FileKind::ZipOfDocuments | FileKind::Doc | FileKind::Slides));
        if Format::of(content).is_some() && !is_other { Confidence::Certain } else { Confidence::No }
    }

    fn read<'a>(&self, content: &'a [u8], limits: &Limits) -> Result<Document<'a>, ReadError> {
        let Some(format) = Format::of(content) else {
            return Err(ReadError::new(ReadErrorKind::Malformed("it is no workbook".to_owned())));
        };
        // calamine indexes into the records of binary workbooks and panics where a broken file cuts them short. Nothing
        // outlives the panic: everything it touched is dropped here.
        catch_unwind(AssertUnwindSafe(|| match format {
            Format::Xlsx => xlsx::read(&Archive::unpack(content, limits)?, limits),
            Format::Xlsb => xlsb::read(&Archive::unpack(content, limits)?, limits),
            Format::Ods => ods::read(&Archive::unpack(content, limits)?, limits),
            Format::Xls => xls::read(content, limits),
        }))
        .unwrap_or_else(|_| {
            Err(ReadError::new(ReadErrorKind::Malformed("a record of the workbook is cut short".to_owned())))
        })
    }
}
