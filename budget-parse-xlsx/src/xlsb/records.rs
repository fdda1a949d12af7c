//! The records that the parts of an `.xlsb` workbook consist of.

use budget_document::{ReadError, ReadErrorKind};

/// The records of a part, one behind the other.
pub(super) struct Records<'p> {
    rest: &'p [u8],
}

/// A record: what it is, and its fields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'p> {
    pub(super) kind: u16,
    data: &'p [u8],
}

impl<'p> Records<'p> {
    pub(super) fn of(part: &'p [u8]) -> Self {
        Self { rest: part }
    }

    /// The next record; `None` at the end of the part.
    pub(super) fn next(&mut self) -> Result<Option<Record<'p>>, ReadError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let kind = self.number(2)?;
        let length = self.number(4)?;
        let (data, rest) = self.rest.split_at_checked(length as usize).ok_or_else(cut_short)?;
        self.rest = rest;
        Ok(Some(Record { kind: kind as u16, data }))
    }

    /// A number of up to so many bytes: seven bits in each, the lowest first, and one that says whether there are more.
    fn number(&mut self, most: u32) -> Result<u32, ReadError> {
        let mut number = 0;
        for place in 0..most {
            let (byte, rest) = self.rest.split_first().ok_or_else(cut_short)?;
            self.rest = rest;
            number |= u32::from(byte & 0x7F) << (7 * place);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Ok(number)
    }
}

impl Record<'_> {
    fn bytes<const N: usize>(&self, at: usize) -> Result<[u8; N], ReadError> {
        self.data.get(at..).and_then(<[u8]>::first_chunk).copied().ok_or_else(cut_short)
    }

    pub(super) fn byte(&self, at: usize) -> Result<u8, ReadError> {
        self.bytes(at).map(u8::from_le_bytes)
    }

    pub(super) fn word(&self, at: usize) -> Result<u16, ReadError> {
        self.bytes(at).map(u16::from_le_bytes)
    }

    pub(super) fn int(&self, at: usize) -> Result<u32, ReadError> {
        self.bytes(at).map(u32::from_le_bytes)
    }

    pub(super) fn float(&self, at: usize) -> Result<f64, ReadError> {
        self.bytes(at).map(f64::from_le_bytes)
    }

    /// A text: the number of its UTF-16 units and these.
    pub(super) fn text(&self, at: usize) -> Result<String, ReadError> {
        let units = self.data.get(at + 4..self.behind_text(at)?).ok_or_else(cut_short)?;
        let units = units.chunks_exact(2).filter_map(|unit| unit.try_into().ok()).map(u16::from_le_bytes);
        Ok(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
    }

    /// Where the field behind a text begins.
    pub(super) fn behind_text(&self, at: usize) -> Result<usize, ReadError> {
        let units = self.int(at)? as usize;
        units.checked_mul(2).and_then(|bytes| bytes.checked_add(at + 4)).ok_or_else(cut_short)
    }
}

/// The error for a part that ends inside a record, or a record that ends inside a field.
pub(super) fn cut_short() -> ReadError {
    malformed("a record of the workbook is cut short")
}

pub(super) fn malformed(what: &str) -> ReadError {
    ReadError::new(ReadErrorKind::Malformed(what.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_lengths_have_one_byte_or_more() {
        let long = [vec![0xE9, 0x04, 0x81, 0x01], vec![7; 129]].concat();
        let part = [&[0x07, 0x02, 1, 2], long.as_slice()].concat();
        let mut records = Records::of(&part);
        let first = records.next().unwrap().unwrap();
        assert_eq!((first.kind, first.word(0).unwrap()), (7, 0x0201));
        let second = records.next().unwrap().unwrap();
        assert_eq!((second.kind, second.data.len()), (617, 129));
        assert!(records.next().unwrap().is_none());
    }

    #[test]
    fn lengths_beyond_the_part_and_fields_beyond_the_record_are_errors() {
        for part in [&[7][..], &[0x87], &[7, 3, 1, 2], &[7, 0xFF, 0xFF, 0xFF, 0x7F, 1]] {
            assert!(Records::of(part).next().is_err(), "{part:?}");
        }
        let record = Record { kind: 6, data: &[3, 0, 0, 0, 0x36, 0x65, 0, 0xD8] };
        assert!(
            record.text(0).is_err() && record.text(6).is_err() && record.int(6).is_err() && record.byte(8).is_err()
        );
        let record = Record { kind: 6, data: &[0xFF; 4] };
        assert!(record.text(0).is_err());
    }

    #[test]
    fn half_a_character_is_replaced() {
        let record = Record { kind: 6, data: &[2, 0, 0, 0, 0x36, 0x65, 0, 0xD8] };
        assert_eq!(record.text(0).unwrap(), "收\u{FFFD}");
        assert_eq!(record.behind_text(0).unwrap(), 8);
    }
}
