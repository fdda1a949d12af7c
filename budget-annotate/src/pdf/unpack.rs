//! Unpacking of the two kinds of streams that say where objects are. They are deflated, if anything.

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::syntax::{Dict, Value, items};
use crate::error::Kind;

/// Bytes that all such streams of a file may unpack to.
const MOST: usize = 128 << 20;
/// Longest row of a table of numbers.
const LONGEST_ROW: usize = 1 << 16;

/// How much may still be unpacked.
#[derive(Debug)]
pub(crate) struct Room(usize);

impl Default for Room {
    fn default() -> Self {
        Self(MOST)
    }
}

const DAMAGED: Kind = Kind::Damaged("a stream that says where objects are cannot be unpacked");

impl Room {
    /// The data of a stream.
    pub(crate) fn unpack(&mut self, dict: &Dict<'_>, data: &[u8]) -> Result<Vec<u8>, Kind> {
        let is_deflated = match dict.get("Filter") {
            None | Some(Value::Word(b"null")) => false,
            Some(Value::Name(b"FlateDecode" | b"Fl")) => true,
            Some(Value::List(list)) => match items(list).as_deref() {
                Some([]) => false,
                Some([b"/FlateDecode" | b"/Fl"]) => true,
                _ => return Err(DAMAGED),
            },
            Some(_) => return Err(DAMAGED),
        };
        let unpacked = match is_deflated {
            false => data.to_vec(),
            true => match decompress_to_vec_zlib_with_limit(data, self.0) {
                Ok(unpacked) => unpacked,
                Err(error) if error.status == miniz_oxide::inflate::TINFLStatus::HasMoreOutput => {
                    return Err(Kind::TooLarge("its lists of objects unpack to too much"));
                }
                Err(_) => return Err(DAMAGED),
            },
        };
        self.0 = self.0.checked_sub(unpacked.len()).ok_or(Kind::TooLarge("its lists of objects unpack to too much"))?;
        let parameters = match dict.get("DecodeParms") {
            Some(Value::Dict(inner)) => Dict::of(inner),
            Some(Value::List(list)) => match items(list).as_deref() {
                Some([one]) => Dict::read(one),
                _ => None,
            },
            _ => None,
        };
        match parameters {
            Some(parameters) => without_predictor(unpacked, &parameters).ok_or(DAMAGED),
            None => Ok(unpacked),
        }
    }
}

/// Undoes what was done to the rows of a table so that they pack better (the methods of PNG).
fn without_predictor(data: Vec<u8>, parameters: &Dict<'_>) -> Option<Vec<u8>> {
    let number = |name, default| parameters.raw(name).map_or(Some(default), |_| parameters.whole::<usize>(name));
    match number("Predictor", 1)? {
        1 => return Some(data),
        10..=15 => {}
        _ => return None,
    }
    let bits = number("Colors", 1)?.checked_mul(number("BitsPerComponent", 8)?)?;
    let width = bits.checked_mul(number("Columns", 1)?)?.div_ceil(8);
    if width == 0 || width > LONGEST_ROW {
        return None;
    }
    // How far to the left the byte stands that another one is told by.
    let step = bits.div_ceil(8);
    let mut above = vec![0_u8; width];
    let mut rows = Vec::with_capacity(data.len());
    for packed in data.chunks(width + 1) {
        let (method, packed) = packed.split_first()?;
        let mut row: Vec<u8> = Vec::with_capacity(width);
        for (at, byte) in packed.iter().enumerate() {
            let before = |row: &[u8]| at.checked_sub(step).and_then(|at| row.get(at)).copied().unwrap_or(0);
            let (left, up, corner) = (before(&row), above.get(at).copied().unwrap_or(0), before(&above));
            let told = match method {
                0 => 0,
                1 => left,
                2 => up,
                3 => left.midpoint(up),
                4 => paeth(left, up, corner),
                _ => return None,
            };
            row.push(byte.wrapping_add(told));
        }
        rows.extend_from_slice(&row);
        row.resize(width, 0);
        above = row;
    }
    Some(rows)
}

/// Of three neighbours the one that is nearest to left + up - corner.
fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(up) - i16::from(corner);
    let distance = |byte: u8| (guess - i16::from(byte)).abs();
    match (distance(left), distance(up), distance(corner)) {
        (a, b, c) if a <= b && a <= c => left,
        (_, b, c) if b <= c => up,
        _ => corner,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_what_they_were_before_each_method_of_packing() {
        let parameters = Dict::read(b"<</Predictor 12/Columns 3>>").unwrap_or_default();
        let data = [0, 1, 2, 3, 1, 1, 1, 1, 2, 1, 1, 1, 3, 2, 2, 2, 4, 1, 0, 0].to_vec();
        let rows = without_predictor(data, &parameters);
        assert_eq!(rows.as_deref(), Some(&[1, 2, 3, 1, 2, 3, 2, 3, 4, 3, 5, 6, 4, 5, 6][..]));
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let bomb = miniz_oxide::deflate::compress_to_vec_zlib(&vec![0; 1 << 20], 9);
        let dict = Dict::read(b"<</Filter[/FlateDecode]>>").unwrap_or_default();
        assert!(matches!(Room(1 << 19).unpack(&dict, &bomb), Err(Kind::TooLarge(_))));
        let mut room = Room(3 << 19);
        assert!(room.unpack(&dict, &bomb).is_ok() && room.unpack(&dict, &bomb).is_err());
        assert!(matches!(room.unpack(&dict, &[1, 2, 3]), Err(Kind::Damaged(_))));
    }
}
