//! A ZIP archive without compression, made while another one is unpacked: the parts are copied once.

use std::collections::HashMap;
use std::ops::Range;

/// Where in an archive the content of each part lies, by name.
pub(crate) type Parts = HashMap<String, Range<usize>>;

/// An archive being written. Sizes beyond what its headers can hold end it.
pub(crate) struct Stored {
    bytes: Vec<u8>,
    /// Where the part being written begins, with its header, and where its content does.
    begun: (usize, usize),
    parts: Parts,
    /// The list of parts, which stands behind them.
    directory: Vec<u8>,
}

/// Length of a header without the name.
const HEADER: usize = 30;

/// Version 2.0, names in UTF-8, no compression, 1 January 1980.
const ATTRIBUTES: [u8; 10] = [20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];

impl Stored {
    /// An empty archive with room for parts of so many bytes; more is made when it is needed.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        // What an archive declares is believed up to the size of an ordinary workbook.
        const MOST: usize = 64 << 20;
        let bytes = Vec::with_capacity(bytes.min(MOST) + bytes.min(MOST) / 64 + 4096);
        Self { bytes, begun: (0, 0), parts: HashMap::new(), directory: Vec::new() }
    }

    /// Begins a part, whose content is to be appended to the returned bytes.
    pub(crate) fn begin(&mut self, name: &str) -> &mut Vec<u8> {
        let header = self.bytes.len();
        self.bytes.resize(header + HEADER, 0);
        self.bytes.extend_from_slice(name.as_bytes());
        self.begun = (header, self.bytes.len());
        &mut self.bytes
    }

    /// Ends a part; returns its content.
    pub(crate) fn end(&mut self, name: String, checksum: u32) -> Option<&[u8]> {
        let (header, content) = self.begun;
        let part = content..self.bytes.len();
        let size = u32::try_from(part.len()).ok()?.to_le_bytes();
        let length = u16::try_from(name.len()).ok()?.to_le_bytes();
        let common = [&ATTRIBUTES[..], &checksum.to_le_bytes(), &size, &size, &length, &[0, 0]].concat();
        self.bytes.get_mut(header..header + HEADER)?.copy_from_slice(&[b"PK\x03\x04", common.as_slice()].concat());
        // No comment, first disk, no attributes, then where the header is.
        let position = u32::try_from(header).ok()?.to_le_bytes();
        let entry = [b"PK\x01\x02\x14\x00", common.as_slice(), &[0; 10], &position, name.as_bytes()].concat();
        self.directory.extend_from_slice(&entry);
        self.parts.insert(name, part.clone());
        self.bytes.get(part)
    }

    /// The archive, and where in it each part lies.
    pub(crate) fn finish(mut self) -> Option<(Vec<u8>, Parts)> {
        let position = u32::try_from(self.bytes.len()).ok()?.to_le_bytes();
        let size = u32::try_from(self.directory.len()).ok()?.to_le_bytes();
        let count = u16::try_from(self.parts.len()).ok()?.to_le_bytes();
        self.bytes.append(&mut self.directory);
        let end = [b"PK\x05\x06\0\0\0\0".as_slice(), &count, &count, &size, &position, &[0, 0]].concat();
        self.bytes.extend_from_slice(&end);
        Some((self.bytes, self.parts))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;

    #[test]
    fn another_library_reads_the_archive() {
        let mut stored = Stored::with_capacity(0);
        // Checksums as other programs compute them.
        for (name, content, checksum) in [("a.xml", "<a/>", 0x01D1_1CD4_u32), ("xl/表.xml", "123456789", 0xCBF4_3926)]
        {
            stored.begin(name).extend_from_slice(content.as_bytes());
            assert_eq!(stored.end(name.to_owned(), checksum).unwrap(), content.as_bytes());
        }
        let (bytes, parts) = stored.finish().unwrap();
        assert_eq!(&bytes[parts["a.xml"].clone()], b"<a/>");
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        assert_eq!(archive.len(), 2);
        for (name, content) in [("a.xml", "<a/>"), ("xl/表.xml", "123456789")] {
            let mut read = String::new();
            archive.by_name(name).unwrap().read_to_string(&mut read).unwrap();
            assert_eq!(read, content);
        }
    }
}
