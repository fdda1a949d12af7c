//! Workbooks and documents made of loose parts: changed bytes of an archive hardly ever pass its checksums and its compression, changed
//! parts do.

use std::borrow::Cow;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Stands between the parts of a workbook in the input of the fuzzer.
pub(crate) const SEPARATOR: &[u8] = b"\0|\0";

/// The parts of a workbook that are taken from the input, by its first byte.
pub(crate) const ARCHIVES: [(u8, &[&str]); 4] = [
    (
        b'X',
        &[
            "[Content_Types].xml",
            "_rels/.rels",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/styles.xml",
            "xl/sharedStrings.xml",
            "xl/worksheets/sheet1.xml",
        ],
    ),
    (
        b'B',
        &[
            "xl/workbook.bin",
            "xl/_rels/workbook.bin.rels",
            "xl/styles.bin",
            "xl/sharedStrings.bin",
            "xl/worksheets/sheet1.bin",
        ],
    ),
    (
        b'W',
        &[
            "[Content_Types].xml",
            "_rels/.rels",
            "word/document.xml",
            "word/_rels/document.xml.rels",
            "word/styles.xml",
            "word/numbering.xml",
            "word/footnotes.xml",
        ],
    ),
    (b'O', &["mimetype", "content.xml", "META-INF/manifest.xml"]),
];

/// The first byte of a stream that becomes a compound file.
pub(crate) const COMPOUND: u8 = b'C';

/// The workbook that an input stands for: parts in an archive, a stream in a compound file, or the input as it is.
#[must_use]
pub fn packed(input: &[u8]) -> Cow<'_, [u8]> {
    let made = match input.split_first() {
        Some((&COMPOUND, stream)) => compound(stream),
        Some((first, parts)) => match ARCHIVES.iter().find(|(kind, _)| kind == first) {
            Some((_, names)) => archive(names, parts),
            None => None,
        },
        None => None,
    };
    made.map_or(Cow::Borrowed(input), Cow::Owned)
}

fn archive(names: &[&str], parts: &[u8]) -> Option<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::DEFAULT.compression_method(CompressionMethod::Stored);
    let mut rest = Some(parts);
    for name in names {
        let Some(parts) = rest else { break };
        let end = parts.windows(SEPARATOR.len()).position(|window| window == SEPARATOR);
        writer.start_file(*name, stored).ok()?;
        writer.write_all(&parts[..end.unwrap_or(parts.len())]).ok()?;
        rest = end.map(|end| &parts[end + SEPARATOR.len()..]);
    }
    Some(writer.finish().ok()?.into_inner())
}

fn compound(stream: &[u8]) -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).ok()?;
    file.create_stream("/Workbook").ok()?.write_all(stream).ok()?;
    file.flush().ok()?;
    Some(file.into_inner().into_inner())
}
