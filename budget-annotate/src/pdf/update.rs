//! What is appended to a file: objects, and a section that says where they are.

use std::collections::BTreeMap;

use super::file::File;
use super::syntax::{Dict, Reference, Value, items};
use crate::error::Kind;

/// What is appended is not longer than this.
const LONGEST: usize = 256 << 20;

/// Objects that are appended to a file.
pub(crate) struct Update {
    content: Vec<u8>,
    /// How many of these bytes are the original.
    original: usize,
    /// Where each object begins, and its generation.
    objects: BTreeMap<u32, (u16, usize)>,
    next: u32,
}

impl Update {
    pub(crate) fn new(original: &[u8], file: &File<'_>) -> Self {
        let mut content = original.to_vec();
        if !content.ends_with(b"\n") {
            content.push(b'\n');
        }
        Self { content, original: original.len(), objects: BTreeMap::new(), next: file.sections.size }
    }

    /// The number of an object that is written later.
    pub(crate) fn reserve(&mut self) -> Result<u32, Kind> {
        let number = self.next;
        self.next = number.checked_add(1).ok_or(Kind::TooLarge("it has no object numbers left"))?;
        Ok(number)
    }

    /// Writes an object: a new one, or a newer version of one that the file has.
    pub(crate) fn put(&mut self, reference: Reference, body: &[u8]) -> Result<(), Kind> {
        let Reference { number, generation } = reference;
        self.objects.insert(number, (generation, self.content.len()));
        self.content.extend(format!("{number} {generation} obj\n").bytes());
        self.content.extend_from_slice(body);
        self.content.extend_from_slice(b"\nendobj\n");
        match self.content.len() - self.original {
            ..LONGEST => Ok(()),
            _ => Err(Kind::TooLarge("its pages have too many annotations already")),
        }
    }

    /// Writes a new object under a number that was reserved.
    pub(crate) fn put_new(&mut self, number: u32, body: &str) -> Result<(), Kind> {
        self.put(Reference { number, generation: 0 }, body.as_bytes())
    }

    /// One more object; its number.
    pub(crate) fn add(&mut self, body: &str) -> Result<u32, Kind> {
        let number = self.reserve()?;
        self.put_new(number, body)?;
        Ok(number)
    }

    /// One more stream; its number.
    pub(crate) fn add_stream(&mut self, entries: &str, data: &[u8]) -> Result<u32, Kind> {
        let number = self.reserve()?;
        let head = format!("<< /Length {} {entries} >>\nstream\n", data.len());
        self.put(Reference { number, generation: 0 }, &[head.as_bytes(), data, b"\nendstream"].concat())?;
        Ok(number)
    }

    /// The file with its new section, which is a table where the newest one is a table, else a stream: readers of tables may know
    /// no streams.
    pub(crate) fn finish(mut self, file: &File<'_>) -> Result<Vec<u8>, Kind> {
        let trailer = Dict::read(&file.sections.trailer).ok_or(Kind::Damaged("its trailer cannot be read"))?;
        // All else that a trailer says is said again. `Length` and those after it are of the section alone.
        let left =
            ["Prev", "Size", "XRefStm", "Length", "Type", "W", "Index", "Filter", "DecodeParms", "F", "FFilter", "DL"];
        let identifier = self.identifier(&trailer);
        let mut entries = trailer.without(&[&left[..], identifier.as_ref().map_or(&[], |_| &["ID"])].concat());
        entries.extend(format!(" /Prev {}", file.sections.start).bytes());
        entries.extend(identifier.unwrap_or_default());
        let start;
        if file.sections.is_stream {
            let number = self.reserve()?;
            start = self.content.len();
            self.objects.insert(number, (0, start));
            self.stream_section(number, &entries);
        } else {
            start = self.content.len();
            self.table_section(&entries);
        }
        self.content.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        Ok(self.content)
    }

    fn table_section(&mut self, entries: &[u8]) {
        let mut table = b"xref\n".to_vec();
        for run in self.runs() {
            table.extend(format!("{} {}\n", run.first().map_or(0, |(number, _)| *number), run.len()).bytes());
            for (_, (generation, offset)) in run {
                table.extend(format!("{offset:010} {generation:05} n \n").bytes());
            }
        }
        table.extend_from_slice(b"trailer\n");
        table.extend_from_slice(entries);
        table.extend(format!(" /Size {} >>\n", self.next).bytes());
        self.content.append(&mut table);
    }

    fn stream_section(&mut self, number: u32, entries: &[u8]) {
        let (mut index, mut data) = (String::new(), Vec::new());
        for run in self.runs() {
            index += &format!("{} {} ", run.first().map_or(0, |(number, _)| *number), run.len());
            for (_, (generation, offset)) in run {
                data.push(1);
                data.extend((offset as u64).to_be_bytes().iter().skip(3));
                data.extend(generation.to_be_bytes());
            }
        }
        self.content.extend(format!("{number} 0 obj\n").bytes());
        self.content.extend_from_slice(entries);
        let own = format!(
            " /Type /XRef /Size {} /W [1 5 2] /Index [{}] /Length {} >>\nstream\n",
            self.next,
            index.trim_end(),
            data.len()
        );
        self.content.extend(own.bytes());
        self.content.append(&mut data);
        self.content.extend_from_slice(b"\nendstream\nendobj\n");
    }

    /// Objects whose numbers follow each other.
    fn runs(&self) -> Vec<Vec<(u32, (u16, usize))>> {
        let objects: Vec<_> = self.objects.iter().map(|(number, at)| (*number, *at)).collect();
        objects.chunk_by(|one, other| one.0.checked_add(1) == Some(other.0)).map(<[_]>::to_vec).collect()
    }

    /// The identifiers of the file, if it has some: the first stays, the second says what was appended.
    fn identifier(&self, trailer: &Dict<'_>) -> Option<Vec<u8>> {
        let Some(Value::List(list)) = trailer.get("ID") else { return None };
        let appended = self.content.get(self.original..).unwrap_or_default();
        let second = format!(" <{:016X}{:016X}>]", hash(0, appended), hash(1, appended));
        Some([b" /ID [", *items(list)?.first()?, second.as_bytes()].concat())
    }
}

/// A number that tells one sequence of bytes from another (FNV-1a): not secret, and the same on every machine.
pub(crate) fn hash(seed: u64, bytes: &[u8]) -> u64 {
    let start = 0xCBF2_9CE4_8422_2325_u64 ^ seed;
    bytes.iter().fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3))
}
