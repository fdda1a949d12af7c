//! How long data is once it is unpacked, by the methods it was packed with, without keeping what it unpacks to.

use std::borrow::Cow;

use crate::inflated::inflated_length;

/// Most that one byte of deflated data inflates to.
const DEFLATE: u64 = 1032;
/// The same for older methods: a code of 12 bits stands for at most 3,838 bytes, a pair of bytes for 128, and a `z` for four.
const LZW: u64 = 2560;
const RUNS: u64 = 64;
const BASE_85: u64 = 4;

/// A method of packing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Deflate,
    Lzw,
    Runs,
    /// Bytes as letters.
    Base85,
    Hexadecimal,
    /// Whatever makes no more of its data here: pictures, encryption.
    Other,
}

impl Method {
    /// Most that one byte of it unpacks to.
    const fn factor(self) -> u64 {
        match self {
            Self::Deflate => DEFLATE,
            Self::Lzw => LZW,
            Self::Runs => RUNS,
            Self::Base85 => BASE_85,
            Self::Hexadecimal | Self::Other => 1,
        }
    }
}

/// How many bytes may come of `length` that were packed like this, in the order of unpacking.
pub(crate) fn bound(length: u64, methods: &[Method]) -> u64 {
    methods.iter().fold(length, |length, method| length.saturating_mul(method.factor()))
}

/// How many bytes come of data that was packed like this, at most; counting ends beyond `most`. `letters` is how much may still be
/// taken out of letters: where it is not enough the worst is assumed.
pub(crate) fn unpacked_length(data: &[u8], methods: &[Method], most: u64, letters: &mut u64) -> u64 {
    let mut data = Cow::Borrowed(data);
    let mut rest = methods;
    while let [method @ (Method::Base85 | Method::Hexadecimal), behind @ ..] = rest {
        let Some(left) = letters.checked_sub(bound(data.len() as u64, &[*method])) else {
            return bound(data.len() as u64, rest);
        };
        *letters = left;
        let bytes = if *method == Method::Base85 { of_base_85(&data) } else { of_hexadecimal(&data) };
        // What the library cannot decode comes to nothing.
        let Some(bytes) = bytes else { return 0 };
        (data, rest) = (Cow::Owned(bytes), behind);
    }
    let Some((first, behind)) = rest.split_first() else { return data.len() as u64 };
    let length = match first {
        Method::Deflate => inflated_length(&data, most),
        Method::Lzw => lzw_length(&data, most),
        _ => bound(data.len() as u64, &[*first]),
    };
    bound(length, behind)
}

/// The same where it is not known how data was packed: by one method at least, and perhaps deflated before.
pub(crate) fn worst_length(data: &[u8], most: u64, letters: &mut u64) -> u64 {
    use Method::{Base85, Deflate, Hexadecimal, Lzw};
    let ways: [&[Method]; 6] =
        [&[Deflate], &[Lzw], &[Base85, Deflate], &[Base85, Lzw], &[Hexadecimal, Deflate], &[Hexadecimal, Lzw]];
    let lengths = ways.map(|methods| unpacked_length(data, methods, most, letters));
    let most_of_all = lengths.into_iter().max().unwrap_or(0).max(bound(data.len() as u64, &[Method::Runs]));
    bound(most_of_all, &[Deflate])
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

fn of_base_85(data: &[u8]) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(data.len() * 4 / 5);
    let mut group: Vec<u8> = Vec::with_capacity(5);
    let flush = |group: &mut Vec<u8>, decoded: &mut Vec<u8>| -> Option<()> {
        if group.is_empty() {
            return Some(());
        }
        let length = group.len().checked_sub(1).filter(|length| *length > 0)?;
        group.resize(5, b'u');
        let mut value = 0_u32;
        for byte in group.drain(..) {
            value = value.checked_mul(85)?.checked_add(u32::from(byte - b'!'))?;
        }
        decoded.extend(value.to_be_bytes().into_iter().take(length));
        Some(())
    };
    for byte in data.iter().copied().filter(|byte| !is_blank(*byte)) {
        match byte {
            b'!'..=b'u' => {
                group.push(byte);
                if group.len() == 5 {
                    flush(&mut group, &mut decoded)?;
                }
            }
            b'z' => {
                flush(&mut group, &mut decoded)?;
                decoded.extend([0; 4]);
            }
            b'~' => break,
            _ => return None,
        }
    }
    flush(&mut group, &mut decoded)?;
    Some(decoded)
}

fn of_hexadecimal(data: &[u8]) -> Option<Vec<u8>> {
    let data = data.split(|byte| *byte == b'>').next()?;
    let digits = data.iter().filter(|byte| !is_blank(**byte)).map(|byte| char::from(*byte).to_digit(16));
    let digits: Vec<u32> = digits.collect::<Option<_>>()?;
    let byte = |pair: &[u32]| match pair {
        [high, low] => u8::try_from(high * 16 + low).ok(),
        [high] => u8::try_from(high * 16).ok(),
        _ => None,
    };
    digits.chunks(2).map(byte).collect()
}

/// How many bytes come of data that was packed with codes of 9 to 12 bits, whether these grow early or late.
fn lzw_length(data: &[u8], most: u64) -> u64 {
    codes_length(data, most, 1).max(codes_length(data, most, 0))
}

fn codes_length(data: &[u8], most: u64, early: usize) -> u64 {
    const CLEAR: usize = 256;
    const END: usize = 257;
    const MOST_CODES: usize = 4096;
    // How long what each code from 258 on stands for is.
    let mut lengths: Vec<u64> = Vec::with_capacity(MOST_CODES);
    let mut total = 0_u64;
    let mut last: Option<u64> = None;
    let (mut buffer, mut count) = (0_usize, 0_u32);
    let mut bytes = data.iter();
    while total <= most {
        let width = match lengths.len() + END + 1 + early {
            2048.. => 12,
            1024.. => 11,
            512.. => 10,
            _ => 9,
        };
        while count < width {
            let Some(byte) = bytes.next() else { return total };
            buffer = (buffer << 8) | usize::from(*byte);
            count += 8;
        }
        count -= width;
        let code = buffer >> count;
        buffer &= (1 << count) - 1;
        let length = match code {
            CLEAR => {
                lengths.clear();
                last = None;
                continue;
            }
            END => return total,
            0..CLEAR => 1,
            // A code that is made by itself stands for one byte more than the last.
            code => match (lengths.get(code - END - 1), last) {
                (Some(length), _) => *length,
                (None, Some(last)) if code == lengths.len() + END + 1 => last + 1,
                _ => return total,
            },
        };
        total += length;
        if let Some(last) = last
            && lengths.len() + END + 1 < MOST_CODES
        {
            lengths.push(last + 1);
        }
        last = Some(length);
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    fn length(data: &[u8], methods: &[Method]) -> u64 {
        unpacked_length(data, methods, u64::MAX, &mut 1_000_000)
    }

    /// Codes of 9 bits and more as bytes.
    fn packed(codes: &[(usize, u32)]) -> Vec<u8> {
        let mut bits: Vec<bool> = Vec::new();
        for (code, width) in codes {
            bits.extend((0..*width).rev().map(|bit| code >> bit & 1 == 1));
        }
        bits.chunks(8).map(|byte| byte.iter().enumerate().map(|(at, bit)| u8::from(*bit) << (7 - at)).sum()).collect()
    }

    #[test]
    fn codes_that_grow_by_themselves_are_counted() {
        // A, AA, AAA … each made by itself.
        let codes: Vec<(usize, u32)> =
            [(256, 9), (65, 9)].into_iter().chain((258..300).map(|code| (code, 9))).collect();
        let expected: u64 = (1..=43).sum();
        assert_eq!(length(&packed(&codes), &[Method::Lzw]), expected);
        assert_eq!(length(&packed(&[(256, 9), (65, 9), (66, 9), (258, 9), (257, 9), (65, 9)]), &[Method::Lzw]), 4);
        assert!(length(&[0xFF; 3000], &[Method::Lzw]) < 3000);
    }

    #[test]
    fn letters_are_taken_out_before_what_they_hold_is_counted() {
        let deflated = miniz_oxide::deflate::compress_to_vec_zlib(&vec![7; 500_000], 9);
        let hexadecimal: String = deflated.iter().map(|byte| format!("{byte:02X} ")).collect();
        let counted = length(hexadecimal.as_bytes(), &[Method::Hexadecimal, Method::Deflate]);
        assert!(counted.abs_diff(500_000) < 300, "{counted}");
        let letters = of_base_85(b"87cURD]j7BEbo7~>").unwrap();
        assert_eq!(letters, b"Hello world");
        assert_eq!(length(b"zz~>", &[Method::Base85]), 8);
        assert_eq!(length(b"\x80", &[Method::Base85, Method::Deflate]), 0);
        // Too much of it is not taken out.
        assert_eq!(unpacked_length(b"zzzz", &[Method::Base85, Method::Deflate], u64::MAX, &mut 3), 16 * DEFLATE);
    }
}
