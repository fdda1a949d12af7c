//! Where the objects of a file are: its cross-reference sections, from the newest to the oldest.

use std::collections::{HashMap, HashSet};

use memchr::memmem;

use super::syntax::{Dict, Scanner, Value, items};
use super::unpack::Room;
use crate::error::Kind;

/// More sections than a file is ever changed.
const MOST_SECTIONS: usize = 1000;
/// More objects than any disclosure has.
const MOST_OBJECTS: usize = 2_000_000;

/// Where an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// Nowhere: it was taken out.
    Free,
    /// At this byte of the file.
    At { offset: usize, generation: u16 },
    /// The object of this index in a stream of objects.
    In { stream: u32, index: usize },
}

/// What all sections of a file say.
#[derive(Debug)]
pub(crate) struct Sections {
    pub(crate) entries: HashMap<u32, Entry>,
    /// The newest trailer.
    pub(crate) trailer: Vec<u8>,
    /// Where the newest section begins, and whether it is a stream.
    pub(crate) start: usize,
    pub(crate) is_stream: bool,
    /// The least number that no object has.
    pub(crate) size: u32,
    pub(crate) is_encrypted: bool,
}

/// A section as it was read.
struct Section {
    trailer: Vec<u8>,
    entries: Vec<(u32, Entry)>,
}

const DAMAGED: Kind = Kind::Damaged("its table of objects cannot be followed");

impl Sections {
    pub(crate) fn read(content: &[u8], room: &mut Room) -> Result<Self, Kind> {
        let last = memmem::rfind(content, b"startxref").ok_or(Kind::Damaged("its end is missing"))?;
        let start = Scanner::new(content, last + b"startxref".len()).number().ok_or(DAMAGED)?;
        let mut all = Self {
            entries: HashMap::new(),
            trailer: Vec::new(),
            start,
            is_stream: !is_table(content, start),
            size: 1,
            is_encrypted: false,
        };
        let (mut visited, mut next) = (HashSet::new(), Some(start));
        while let Some(start) = next {
            if !visited.insert(start) || visited.len() > MOST_SECTIONS {
                return Err(DAMAGED);
            }
            let section = if is_table(content, start) { table(content, start) } else { stream(content, start, room) };
            let section = section?;
            let trailer = Dict::read(&section.trailer).ok_or(DAMAGED)?;
            // What a stream beside a table says of objects that the table hides.
            let (free, used): (Vec<_>, Vec<_>) =
                section.entries.into_iter().partition(|(_, entry)| *entry == Entry::Free);
            all.add(used)?;
            if let Some(start) = trailer.whole("XRefStm").filter(|_| is_table(content, start)) {
                all.add(stream(content, start, room)?.entries)?;
            }
            all.add(free)?;
            all.is_encrypted |= !matches!(trailer.get("Encrypt"), None | Some(Value::Word(b"null")));
            all.size = all.size.max(trailer.whole("Size").unwrap_or(0));
            next = match trailer.get("Prev") {
                None => None,
                Some(_) => Some(trailer.whole("Prev").ok_or(DAMAGED)?),
            };
            if all.trailer.is_empty() {
                all.trailer = section.trailer;
            }
        }
        Ok(all)
    }

    /// What an older section says counts for objects of which no newer one speaks.
    fn add(&mut self, entries: Vec<(u32, Entry)>) -> Result<(), Kind> {
        for (number, entry) in entries {
            self.size = self.size.max(number.checked_add(1).ok_or(DAMAGED)?);
            self.entries.entry(number).or_insert(entry);
        }
        match self.entries.len() {
            ..=MOST_OBJECTS => Ok(()),
            _ => Err(Kind::TooLarge("it has more objects than any disclosure")),
        }
    }
}

fn is_table(content: &[u8], start: usize) -> bool {
    Scanner::new(content, start).expect(b"xref").is_some()
}

/// A section that is a table.
fn table(content: &[u8], start: usize) -> Result<Section, Kind> {
    let mut scanner = Scanner::new(content, start);
    scanner.expect(b"xref").ok_or(DAMAGED)?;
    let mut entries = Vec::new();
    while scanner.clone().expect(b"trailer").is_none() {
        let first: u32 = scanner.number().ok_or(DAMAGED)?;
        let count: u32 = scanner.number().ok_or(DAMAGED)?;
        for shift in 0..count {
            let offset: usize = scanner.number().ok_or(DAMAGED)?;
            let generation: u32 = scanner.number().ok_or(DAMAGED)?;
            let number = first.checked_add(shift).ok_or(DAMAGED)?;
            let is_used = scanner.clone().expect(b"n").is_some();
            scanner.expect(if is_used { b"n" } else { b"f" }).ok_or(DAMAGED)?;
            let generation = u16::try_from(generation).ok().filter(|_| is_used && offset > 0);
            entries.push((number, generation.map_or(Entry::Free, |generation| Entry::At { offset, generation })));
        }
    }
    scanner.expect(b"trailer").ok_or(DAMAGED)?;
    let trailer = scanner.raw().ok_or(DAMAGED)?.to_vec();
    Ok(Section { trailer, entries })
}

/// A section that is a stream.
fn stream(content: &[u8], start: usize, room: &mut Room) -> Result<Section, Kind> {
    let mut scanner = Scanner::new(content, start);
    scanner.number::<u32>().and_then(|_| scanner.number::<u16>()).ok_or(DAMAGED)?;
    scanner.expect(b"obj").ok_or(DAMAGED)?;
    let trailer = scanner.raw().ok_or(DAMAGED)?;
    let dict = Dict::read(trailer).filter(|dict| dict.is("Type", "XRef")).ok_or(DAMAGED)?;
    let length = dict.whole("Length").ok_or(DAMAGED)?;
    let data = stream_data(content, scanner.at(), length).ok_or(DAMAGED)?;
    let data = room.unpack(&dict, data)?;
    let numbers = |name| match dict.get(name) {
        Some(Value::List(list)) => {
            items(list)?.into_iter().map(|item| Scanner::new(item, 0).number()).collect::<Option<Vec<u32>>>()
        }
        _ => None,
    };
    let widths = numbers("W").ok_or(DAMAGED)?;
    let [kind, second, third] = widths.as_slice() else { return Err(DAMAGED) };
    let width = |width: &u32| usize::try_from(*width).ok().filter(|width| *width <= 8).ok_or(DAMAGED);
    let (kind, second, third) = (width(kind)?, width(second)?, width(third)?);
    if kind + second + third == 0 {
        return Err(DAMAGED);
    }
    let mut rows = data.chunks_exact(kind + second + third);
    let size = dict.whole("Size").ok_or(DAMAGED)?;
    let ranges = numbers("Index").unwrap_or_else(|| vec![0, size]);
    let mut entries = Vec::new();
    for range in ranges.chunks(2) {
        let [first, count] = range else { return Err(DAMAGED) };
        for shift in 0..*count {
            let Some(row) = rows.next() else { return Err(DAMAGED) };
            let field = |from: usize, width: usize| {
                row.iter().skip(from).take(width).fold(0_u64, |number, byte| number << 8 | u64::from(*byte))
            };
            let (one, other) = (field(kind, second), field(kind + second, third));
            let large = |number: u64| usize::try_from(number).map_err(|_| DAMAGED);
            let entry = match if kind == 0 { 1 } else { field(0, kind) } {
                1 => u16::try_from(other)
                    .map_or(Ok(Entry::Free), |generation| large(one).map(|offset| Entry::At { offset, generation }))?,
                2 => Entry::In { stream: u32::try_from(one).map_err(|_| DAMAGED)?, index: large(other)? },
                _ => Entry::Free,
            };
            entries.push((first.checked_add(shift).ok_or(DAMAGED)?, entry));
        }
    }
    Ok(Section { trailer: trailer.to_vec(), entries })
}

/// The data of a stream whose dictionary ends at some byte.
pub(crate) fn stream_data(content: &[u8], at: usize, length: usize) -> Option<&[u8]> {
    let mut scanner = Scanner::new(content, at);
    scanner.expect(b"stream")?;
    let behind = content.get(scanner.at()..)?;
    let behind = behind.strip_prefix(b"\r\n").or_else(|| behind.strip_prefix(b"\n")).or(behind.strip_prefix(b"\r"))?;
    let (data, rest) = behind.split_at_checked(length)?;
    rest.trim_ascii_start().starts_with(b"endstream").then_some(data)
}
