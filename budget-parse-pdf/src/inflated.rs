//! How long deflated data is once it is inflated, without inflating it.
//!
//! The library under this crate inflates without a limit, and reads on where other readers give up. This counts what it could make
//! of data, at most: what it would skip is counted as well.

/// Longest code.
const LONGEST: usize = 15;
/// Codes of so many bits are looked up at once.
const FAST: u32 = 10;

/// Lengths of matches: the least of each symbol from 257, and how many bits more it has.
const LENGTHS: [(u16, u8); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];
/// A block of codes counts for so many bytes at least: reading its codes takes as long.
const LEAST: u64 = 256;
/// The order in which the lengths of the codes of code lengths are given.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// How many bytes these inflate to (or somewhat more, where there is hardly anything), with the head of such data or without; counting ends beyond `most`.
pub(crate) fn inflated_length(data: &[u8], most: u64) -> u64 {
    let bare = Bits::new(data).count(most);
    match data {
        [method, flags, rest @ ..]
            if method & 0x0F == 8
                && (u16::from(*method) << 8 | u16::from(*flags)).is_multiple_of(31)
                && flags & 0x20 == 0 =>
        {
            bare.max(Bits::new(rest).count(most))
        }
        _ => bare,
    }
}

/// Data read bit by bit.
struct Bits<'d> {
    data: &'d [u8],
    buffer: u64,
    count: u32,
}

/// The codes of a block.
struct Codes {
    /// By the next bits of the data: symbol and length of the code, or no length where it is longer than [`FAST`].
    fast: Vec<(u16, u8)>,
    /// How many codes have each length.
    counts: [u16; LONGEST + 1],
    /// Symbols in the order of their codes.
    symbols: Vec<u16>,
}

impl Codes {
    fn new(lengths: &[u8]) -> Self {
        let mut counts = [0_u16; LONGEST + 1];
        for length in lengths {
            if let Some(count) = counts.get_mut(usize::from(*length)).filter(|_| *length > 0) {
                *count += 1;
            }
        }
        let mut pairs: Vec<(u8, u16)> = lengths.iter().copied().zip(0..).filter(|(length, _)| *length > 0).collect();
        pairs.sort_unstable();
        let mut codes = Self { fast: vec![(0, 0); 1 << FAST], counts, symbols: Vec::with_capacity(pairs.len()) };
        let (mut code, mut last) = (0_u32, 0_u8);
        for (length, symbol) in pairs {
            code <<= length - last;
            last = length;
            codes.symbols.push(symbol);
            let length = u32::from(length);
            if length <= FAST {
                let first = code.reverse_bits() >> (32 - length);
                let mut at = first as usize;
                while let Some(entry) = codes.fast.get_mut(at) {
                    *entry = (symbol, length as u8);
                    at += 1 << length;
                }
            }
            code = code.wrapping_add(1);
        }
        codes
    }

    /// The codes that need not be given.
    fn fixed() -> (Self, Self) {
        let mut lengths = [8_u8; 288];
        for (symbol, length) in lengths.iter_mut().enumerate() {
            *length = match symbol {
                144..256 => 9,
                256..280 => 7,
                _ => 8,
            };
        }
        (Self::new(&lengths), Self::new(&[5; 30]))
    }
}

impl<'d> Bits<'d> {
    const fn new(data: &'d [u8]) -> Self {
        Self { data, buffer: 0, count: 0 }
    }

    /// Takes in bytes until there are bits enough for a symbol and what follows it, or no more data.
    #[inline]
    fn fill(&mut self) {
        while self.count <= 48 {
            let Some((byte, rest)) = self.data.split_first() else { return };
            self.buffer |= u64::from(*byte) << self.count;
            self.count += 8;
            self.data = rest;
        }
    }

    #[inline]
    fn take(&mut self, bits: u32) -> Option<u32> {
        if self.count < bits {
            self.fill();
            if self.count < bits {
                return None;
            }
        }
        let taken = self.buffer & ((1 << bits) - 1);
        self.buffer >>= bits;
        self.count -= bits;
        u32::try_from(taken).ok()
    }

    #[inline]
    fn symbol(&mut self, codes: &Codes) -> Option<u16> {
        self.fill();
        let (symbol, length) = codes.fast.get((self.buffer & ((1 << FAST) - 1)) as usize).copied()?;
        if length > 0 {
            self.take(u32::from(length))?;
            return Some(symbol);
        }
        let (mut code, mut first, mut index) = (0_i32, 0_i32, 0_i32);
        for count in codes.counts.iter().skip(1) {
            code |= self.take(1)? as i32;
            let count = i32::from(*count);
            if code - count < first {
                return codes.symbols.get(usize::try_from(index + code - first).ok()?).copied();
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        None
    }

    fn count(mut self, most: u64) -> u64 {
        let mut total = 0;
        let mut is_last = false;
        while !is_last && total <= most {
            let Some(head) = self.take(3) else { break };
            is_last = head & 1 == 1;
            let before = total;
            let ended = match head >> 1 {
                0 => self.stored(&mut total),
                1 => {
                    let (symbols, distances) = Codes::fixed();
                    self.compressed(&symbols, &distances, &mut total, most)
                }
                2 => self
                    .codes()
                    .and_then(|(symbols, distances)| self.compressed(&symbols, &distances, &mut total, most)),
                _ => None,
            };
            total = total.max(before + if head >> 1 == 0 { 1 } else { LEAST });
            if ended.is_none() {
                break;
            }
        }
        total
    }

    /// A block that is not compressed; its check is not looked at.
    fn stored(&mut self, total: &mut u64) -> Option<()> {
        self.take(self.count % 8)?;
        let length = self.take(16)?;
        self.take(16)?;
        let mut length = length as usize;
        *total += length.min(self.data.len() + self.count as usize / 8) as u64;
        // What is in the buffer belongs to the block.
        while length > 0 && self.count >= 8 {
            self.take(8)?;
            length -= 1;
        }
        self.data = self.data.get(length..)?;
        Some(())
    }

    fn codes(&mut self) -> Option<(Codes, Codes)> {
        let symbols = self.take(5)? as usize + 257;
        let distances = self.take(5)? as usize + 1;
        let given = self.take(4)? as usize + 4;
        let mut lengths = [0_u8; 19];
        for at in ORDER.iter().take(given) {
            *lengths.get_mut(*at)? = self.take(3)? as u8;
        }
        let codes = Codes::new(&lengths);
        let mut lengths: Vec<u8> = Vec::with_capacity(symbols + distances);
        while lengths.len() < symbols + distances {
            let (value, times) = match self.symbol(&codes)? {
                16 => (lengths.last().copied().unwrap_or(0), self.take(2)? + 3),
                17 => (0, self.take(3)? + 3),
                18 => (0, self.take(7)? + 11),
                length => (length as u8, 1),
            };
            lengths.extend((0..times).map(|_| value));
        }
        let (first, second) = lengths.split_at_checked(symbols)?;
        Some((Codes::new(first), Codes::new(second)))
    }

    fn compressed(&mut self, symbols: &Codes, distances: &Codes, total: &mut u64, most: u64) -> Option<()> {
        while *total <= most {
            match self.symbol(symbols)? {
                0..256 => *total += 1,
                256 => return Some(()),
                symbol => {
                    let (least, more) = LENGTHS.get(usize::from(symbol - 257)).copied().unwrap_or((0, 0));
                    *total += u64::from(least) + u64::from(self.take(u32::from(more))?);
                    let distance = self.symbol(distances)?;
                    self.take(u32::from(distance / 2).saturating_sub(1))?;
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(data: &[u8]) -> u64 {
        inflated_length(data, u64::MAX)
    }

    #[test]
    fn the_length_is_that_of_the_data() {
        let mut data: Vec<u8> = Vec::new();
        let mut state = 1_u32;
        for step in 0..50_000_u32 {
            state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345);
            data.push(if step % 5 == 0 { (state >> 16) as u8 } else { (step / 100) as u8 });
        }
        for part in [&data[..], &data[..1], &[], &[7; 100_000]] {
            for level in [0, 1, 6, 9] {
                let zlib = miniz_oxide::deflate::compress_to_vec_zlib(part, level);
                assert!((0..300).contains(&(of(&zlib) as i64 - part.len() as i64)), "{level}");
                let bare = miniz_oxide::deflate::compress_to_vec(part, level);
                assert!((0..300).contains(&(of(&bare) as i64 - part.len() as i64)), "{level}");
            }
        }
    }

    #[test]
    fn counting_ends_where_it_is_enough() {
        let bomb = miniz_oxide::deflate::compress_to_vec_zlib(&vec![0; 10 << 20], 9);
        let counted = inflated_length(&bomb, 1 << 20);
        assert!(((1 << 20)..(2 << 20)).contains(&counted), "{counted}");
    }

    #[test]
    fn a_part_of_the_data_counts_for_no_more_than_all_of_it() {
        let data: Vec<u8> = (0..20_000_u32).map(|byte| ((byte * byte) >> 7) as u8).collect();
        let zlib = miniz_oxide::deflate::compress_to_vec_zlib(&data, 6);
        let counts: Vec<u64> = (0..zlib.len()).step_by(97).map(|end| of(&zlib[..end])).collect();
        assert!(counts.is_sorted() && counts.last().is_some_and(|last| *last <= 20_300));
    }

    #[test]
    fn what_is_not_deflated_counts_for_little() {
        assert!(of(b"q 1 0 0 1 50 800 cm BT /F1 12 Tf (17.00) Tj ET Q") < 100_000);
        assert!(of(&[0xFF; 64]) <= LEAST);
    }
}
