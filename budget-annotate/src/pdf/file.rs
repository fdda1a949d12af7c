//! The objects of a file.

use std::collections::HashMap;
use std::rc::Rc;

use super::sections::{Entry, Sections, stream_data};
use super::syntax::{Dict, Reference, Scanner, Value};
use super::unpack::Room;
use crate::error::Kind;

/// A value is looked for in so many places.
const LONGEST_CHAIN: usize = 8;
/// For each byte of the file so many are read, and these on top: objects that lie in each other are read again and again.
const WORK: usize = 16;
const LEAST_WORK: usize = 64 << 20;

/// A file whose objects can be found.
pub(crate) struct File<'a> {
    content: &'a [u8],
    pub(crate) sections: Sections,
    streams: HashMap<u32, Rc<Objects>>,
    room: Room,
    work: usize,
}

/// A stream of objects, unpacked.
struct Objects {
    data: Vec<u8>,
    /// Number of each object, and where it begins.
    list: Vec<(u32, usize)>,
}

const DAMAGED: Kind = Kind::Damaged("one of its objects is not where it should be");

impl<'a> File<'a> {
    pub(crate) fn open(content: &'a [u8]) -> Result<Self, Kind> {
        // Offsets have ten digits in a table, and four bytes in the streams that are written here.
        if u32::try_from(content.len()).is_err() {
            return Err(Kind::TooLarge("it has more than 4 GiB"));
        }
        let mut room = Room::default();
        let sections = Sections::read(content, &mut room)?;
        let work = content.len().saturating_mul(WORK).saturating_add(LEAST_WORK);
        Ok(Self { content, sections, streams: HashMap::new(), room, work })
    }

    /// An object as it stands; of a stream its dictionary. What is not there is `null`.
    pub(crate) fn object(&mut self, reference: Reference) -> Result<Vec<u8>, Kind> {
        let found = match self.sections.entries.get(&reference.number).copied() {
            Some(Entry::At { offset, generation }) if generation == reference.generation => {
                let mut scanner = self.begin(reference, offset)?;
                scanner.raw().ok_or(DAMAGED)?.to_vec()
            }
            Some(Entry::In { stream, index }) if reference.generation == 0 => {
                let objects = self.objects(stream)?;
                let (_, start) =
                    *objects.list.get(index).filter(|(number, _)| *number == reference.number).ok_or(DAMAGED)?;
                Scanner::new(&objects.data, start).raw().ok_or(DAMAGED)?.to_vec()
            }
            _ => b"null".to_vec(),
        };
        self.work = self.work.checked_sub(found.len()).ok_or(Kind::TooLarge("its objects lie in each other"))?;
        Ok(found)
    }

    /// The value that a value is or refers to.
    pub(crate) fn resolve(&mut self, raw: &[u8]) -> Result<Vec<u8>, Kind> {
        let mut found = raw.to_vec();
        for _ in 0..LONGEST_CHAIN {
            match Scanner::new(&found, 0).value() {
                Some(Value::Reference(reference)) => found = self.object(reference)?,
                _ => return Ok(found),
            }
        }
        Err(DAMAGED)
    }

    /// An entry of a dictionary, wherever it stands.
    pub(crate) fn entry(&mut self, dict: &Dict<'_>, name: &str) -> Result<Option<Vec<u8>>, Kind> {
        let found = dict.raw(name).map(|raw| self.resolve(raw)).transpose()?;
        Ok(found.filter(|found| found != b"null"))
    }

    /// Where the value of an object begins. The file must say there which object it is.
    fn begin(&self, reference: Reference, offset: usize) -> Result<Scanner<'a>, Kind> {
        let mut scanner = Scanner::new(self.content, offset);
        let is_it = scanner.number() == Some(reference.number) && scanner.number() == Some(reference.generation);
        if !is_it || scanner.expect(b"obj").is_none() {
            return Err(DAMAGED);
        }
        Ok(scanner)
    }

    fn objects(&mut self, number: u32) -> Result<Rc<Objects>, Kind> {
        if let Some(objects) = self.streams.get(&number) {
            return Ok(Rc::clone(objects));
        }
        let reference = Reference { number, generation: 0 };
        let Some(Entry::At { offset, generation: 0 }) = self.sections.entries.get(&number).copied() else {
            return Err(DAMAGED);
        };
        let mut scanner = self.begin(reference, offset)?;
        let dict = Dict::read(scanner.raw().ok_or(DAMAGED)?).filter(|dict| dict.is("Type", "ObjStm")).ok_or(DAMAGED)?;
        let length = match dict.get("Length") {
            // Not by way of a stream of objects, which could be this one.
            Some(Value::Reference(length)) => match self.sections.entries.get(&length.number).copied() {
                Some(Entry::At { offset, .. }) => self.begin(length, offset)?.number(),
                _ => None,
            },
            _ => dict.whole("Length"),
        };
        let data = stream_data(self.content, scanner.at(), length.ok_or(DAMAGED)?).ok_or(DAMAGED)?;
        let data = self.room.unpack(&dict, data)?;
        let (count, first): (usize, usize) = dict.whole("N").zip(dict.whole("First")).ok_or(DAMAGED)?;
        let mut scanner = Scanner::new(data.get(..first).ok_or(DAMAGED)?, 0);
        let mut list = Vec::new();
        for _ in 0..count {
            let (number, shift): (u32, usize) = scanner.number().zip(scanner.number()).ok_or(DAMAGED)?;
            list.push((number, first.checked_add(shift).ok_or(DAMAGED)?));
        }
        let objects = Rc::new(Objects { data, list });
        self.streams.insert(number, Rc::clone(&objects));
        Ok(objects)
    }
}
