//! Which encoding a text is in, and the text in Unicode.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// A decoded text.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) encoding: &'static str,
    /// Some bytes were not valid and were replaced.
    pub(crate) replaced: bool,
}

/// Decodes UTF-8 and UTF-16 with or without a byte order mark, and GB18030 (which includes GBK and GB2312).
pub(crate) fn decode(content: &[u8]) -> Decoded<'_> {
    if let Some((encoding, mark)) = Encoding::for_bom(content) {
        return decode_as(encoding, content.get(mark..).unwrap_or_default());
    }
    // Most documents are UTF-8; the check is far faster than any other and borrows the text.
    if let Ok(text) = simdutf8::basic::from_utf8(content) {
        return match utf16(content) {
            Some(encoding) => decode_as(encoding, content),
            None => Decoded { text: Cow::Borrowed(text), encoding: UTF_8.name(), replaced: false },
        };
    }
    if let Some(encoding) = utf16(content) {
        return decode_as(encoding, content);
    }
    let gb18030 = decode_as(GB18030, content);
    if !gb18030.replaced {
        return gb18030;
    }
    // Damaged either way: take the reading with fewer replacements.
    let utf8 = decode_as(UTF_8, content);
    let damage = |decoded: &Decoded<'_>| decoded.text.chars().filter(|character| *character == '\u{fffd}').count();
    if damage(&utf8) <= damage(&gb18030) { utf8 } else { gb18030 }
}

fn decode_as<'a>(encoding: &'static Encoding, content: &'a [u8]) -> Decoded<'a> {
    let (text, replaced) = encoding.decode_without_bom_handling(content);
    Decoded { text, encoding: encoding.name(), replaced }
}

/// UTF-16 without a mark: line ends and ASCII digits have a zero byte, always on the same side.
fn utf16(content: &[u8]) -> Option<&'static Encoding> {
    let sample = content.get(..content.len().min(4096))?;
    if sample.len() < 4 || !sample.contains(&0) {
        return None;
    }
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = sample.len() / 2;
    // Chinese text has few zero bytes, but those it has are all on one side.
    if odd > 0 && even * 20 <= odd && odd * 50 >= half {
        Some(UTF_16LE)
    } else if even > 0 && odd * 20 <= even && even * 50 >= half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether bytes can be a text in one of the encodings: no control characters other than white space.
pub(crate) fn looks_like_text(content: &[u8]) -> bool {
    let sample = content.get(..content.len().min(8192)).unwrap_or_default();
    if Encoding::for_bom(sample).is_some() || utf16(sample).is_some() {
        return true;
    }
    let control = sample.iter().filter(|byte| matches!(byte, 0..=8 | 11 | 14..=26 | 28..=31 | 127)).count();
    control * 100 <= sample.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "表 1\n部门收支总体情况表\n编制部门：云溪县文化馆 单位：万元\n收入总计 7,332.07\n";

    fn utf16_bytes(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn one_text_reads_the_same_in_every_encoding() {
        let mut inputs = vec![
            TEXT.as_bytes().to_vec(),
            ["\u{feff}", TEXT].concat().into_bytes(),
            GB18030.encode(TEXT).0.into_owned(),
        ];
        for little in [true, false] {
            inputs.push(utf16_bytes(TEXT, little));
            inputs.push(utf16_bytes(&["\u{feff}", TEXT].concat(), little));
        }
        for input in &inputs {
            let decoded = decode(input);
            assert_eq!(decoded.text, TEXT, "{}", decoded.encoding);
            assert!(!decoded.replaced);
            assert!(looks_like_text(input));
        }
    }

    #[test]
    fn damaged_bytes_are_replaced_and_said_so() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.push(0xff);
        let decoded = decode(&bytes);
        assert!(decoded.replaced && decoded.text.starts_with(TEXT));
    }
}
