//! Which encoding a page is in, and its text in Unicode.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8};
use memchr::memmem;

/// A decoded page.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) encoding: &'static str,
    /// Some bytes were not valid and were replaced.
    pub(crate) replaced: bool,
}

/// Bytes at the beginning in which a page says its encoding.
const HEAD: usize = 8192;

/// Decodes a page: by its mark, as UTF-8 if it is that whatever it says, then as it says (`declared` is what stood before it, as in
/// a mail), and otherwise as GB18030. Where something is damaged, the reading with the fewest replacements is taken.
pub(crate) fn decode<'a>(content: &'a [u8], declared: Option<&str>) -> Decoded<'a> {
    if let Some((encoding, mark)) = Encoding::for_bom(content) {
        return decode_as(encoding, content.get(mark..).unwrap_or_default());
    }
    if let Ok(text) = simdutf8::basic::from_utf8(content) {
        return Decoded { text: Cow::Borrowed(text), encoding: UTF_8.name(), replaced: false };
    }
    // A piece of another encoding in a page of UTF-8 leaves most of it valid. GB18030 takes nearly any bytes, and makes other words.
    let utf8 = decode_as(UTF_8, content);
    let damage = utf8.text.chars().filter(|character| *character == '\u{fffd}').count();
    let sound = utf8.text.chars().filter(|character| !character.is_ascii() && *character != '\u{fffd}').count();
    if damage * 4 < sound {
        return utf8;
    }
    let said = declared.and_then(|label| Encoding::for_label(label.as_bytes())).or_else(|| said(content));
    // GBK and GB2312 are parts of GB18030, and pages that say so have characters that are not in them.
    let said = said.map(|encoding| if encoding.name() == "GBK" { GB18030 } else { encoding });
    let mut best: Option<(usize, Decoded<'a>)> = None;
    // A page of one byte a character is valid whatever it holds, so that it is asked last unless it was said.
    for encoding in said.into_iter().chain([GB18030, UTF_8]) {
        let decoded = decode_as(encoding, content);
        if !decoded.replaced {
            return decoded;
        }
        let damage = decoded.text.chars().filter(|character| *character == '\u{fffd}').count();
        if best.as_ref().is_none_or(|(least, _)| damage < *least) {
            best = Some((damage, decoded));
        }
    }
    best.map_or_else(|| decode_as(UTF_8, content), |(_, decoded)| decoded)
}

fn decode_as<'a>(encoding: &'static Encoding, content: &'a [u8]) -> Decoded<'a> {
    let (text, replaced) = encoding.decode_without_bom_handling(content);
    Decoded { text, encoding: encoding.name(), replaced }
}

/// What a page says: `<meta charset="gbk">`, `content="text/html; charset=gb2312"`, `<?xml encoding="GBK"?>`
fn said(content: &[u8]) -> Option<&'static Encoding> {
    let head = content.get(..content.len().min(HEAD))?.to_ascii_lowercase();
    ["charset=", "encoding="].iter().find_map(|mark| {
        let behind = memmem::find(&head, mark.as_bytes())? + mark.len();
        let value = head.get(behind..)?.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let end =
            value.iter().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':')))?;
        // Whoever could read the declaration did not need UTF-16 for it.
        Encoding::for_label(value.get(..end)?).filter(|encoding| encoding.is_ascii_compatible())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<meta charset=\"gb2312\"><p>云溪县文化馆 镕㐂 17.00</p>";

    #[test]
    fn a_page_is_decoded_whatever_it_says() {
        let gb18030 = GB18030.encode(PAGE).0.into_owned();
        let utf16: Vec<u8> = ["\u{feff}", PAGE].concat().encode_utf16().flat_map(u16::to_le_bytes).collect();
        let no_meta = GB18030.encode(PAGE.split_once('>').unwrap().1).0.into_owned();
        for page in [PAGE.as_bytes(), &["\u{feff}", PAGE].concat().into_bytes(), &gb18030, &utf16, &no_meta] {
            let decoded = decode(page, None);
            assert!(decoded.text.ends_with("<p>云溪县文化馆 镕㐂 17.00</p>") && !decoded.replaced, "{decoded:?}");
        }
        let says_utf8 = GB18030.encode(&PAGE.replace("gb2312", "utf-8")).0.into_owned();
        assert!(decode(&says_utf8, None).text.contains("云溪县文化馆"));
        let big5 = encoding_rs::BIG5.encode("<p>預算 17.00</p>").0.into_owned();
        assert!(decode(&big5, Some("big5")).text.contains("預算"));
    }

    #[test]
    fn mixed_encodings_are_said_and_the_larger_part_is_read() {
        let mut page = PAGE.repeat(3).into_bytes();
        page.extend_from_slice(&GB18030.encode("预算执行").0);
        let decoded = decode(&page, None);
        assert!(decoded.replaced && decoded.text.contains("云溪县文化馆"), "{decoded:?}");
    }
}
