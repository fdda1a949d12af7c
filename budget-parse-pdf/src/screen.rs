//! What the streams of a file unpack to, found out before anything unpacks them: the library under this crate has no limit.
//!
//! Every stream of a file follows the word `stream`. How long it is and how it is packed is believed where nothing in the text
//! before it can mislead (no comment, no names with escapes, no string that begins before it); else the worst is assumed.

use budget_document::{Limits, ReadError, ReadErrorKind};
use memchr::memmem::{self, Finder, FinderRev};

use crate::packing::{Method, bound, unpacked_length, worst_length};

/// Longest row of a stream.
pub(crate) const MOST_COLUMNS: u32 = 1_000_000;
/// What is written before a stream is not longer, or not believed.
const LONGEST_HEAD: usize = 4096;
/// One stream may unpack to this part of what all of them may.
const SHARE: u64 = 4;

/// A stream of the file.
#[derive(Clone, Debug)]
struct Found {
    start: usize,
    /// Its bytes, or all that follow it.
    end: usize,
    /// Where it seems to end.
    shown_end: usize,
    /// How it is packed, if that can be believed.
    packing: Option<Vec<Method>>,
    is_image: bool,
}

/// Looks at all streams of a file. Images that unpack to too much are emptied in the copy that comes back: an image is no text.
///
/// # Errors
///
/// [`ReadErrorKind::TooLarge`] if its streams without images unpack to more than allowed, or if its objects are nested deeper.
pub(crate) fn screened(content: &[u8], limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let most = limits.unpacked_bytes;
    let mut copy = content.to_vec();
    shorten_rows(&mut copy);
    let mut streams = streams(content);
    limits.check_depth(nesting(content, &streams))?;
    // The largest are looked into first, until the rest cannot be too much.
    streams.sort_by_key(|stream| std::cmp::Reverse(stream.end - stream.start));
    let mut letters = (content.len() as u64).saturating_mul(8);
    for is_image in [false, true] {
        let chosen: Vec<&Found> = streams.iter().filter(|stream| stream.is_image == is_image).collect();
        let mut rest = chosen.iter().fold(0_u64, |sum, stream| sum.saturating_add(stream.bound()));
        let mut total = 0_u64;
        for stream in chosen {
            if total.saturating_add(rest) <= most && stream.bound() <= most / SHARE {
                break;
            }
            rest = rest.saturating_sub(stream.bound());
            let length = stream.unpacked(content, most / SHARE, &mut letters);
            total = total.saturating_add(length);
            if length <= most / SHARE && total <= most {
                continue;
            }
            if !is_image {
                let limit = format!("content of more than {most} bytes after decompression");
                return Err(ReadError::new(ReadErrorKind::TooLarge(limit)));
            }
            total -= length;
            if let Some(bytes) = copy.get_mut(stream.start..stream.end.min(stream.start + 16)) {
                // No method of packing makes anything of this.
                bytes.fill(0xFF);
            }
        }
    }
    Ok(copy)
}

/// How many lists and dictionaries begin without one that ends between them, at most: the library goes through such a nest again
/// for each of its parts.
fn nesting(content: &[u8], streams: &[Found]) -> usize {
    let mut begin = 0;
    let mut deepest = 0;
    let ends = streams.iter().map(|stream| (stream.start, stream.shown_end));
    for (start, end) in ends.chain([(content.len(), content.len())]) {
        let mut rest = content.get(begin..start).unwrap_or_default();
        begin = begin.max(end);
        let mut depth = 0_usize;
        while let Some(at) = memchr::memchr3(b'[', b']', b'<', rest) {
            let (before, found) = rest.split_at(at);
            if depth > 0 && (memmem::find(before, b">>").is_some() || memmem::find(before, b"endobj").is_some()) {
                depth = 0;
            }
            let (opened, length) = match found {
                [b'<', b'<', ..] => (1, 2),
                [b'[', ..] => (1, 1),
                _ => (0, 1),
            };
            depth = if found.first() == Some(&b']') { 0 } else { depth + opened };
            deepest = deepest.max(depth);
            rest = found.get(length..).unwrap_or_default();
        }
    }
    deepest
}

/// Takes back what streams say of rows that are longer than any: the library makes room for one before it looks at the data.
fn shorten_rows(content: &mut [u8]) {
    let places: Vec<usize> = memmem::find_iter(content, b"/Columns").map(|at| at + 8).collect();
    for place in places {
        let Some(behind) = content.get_mut(place..) else { continue };
        let blanks = behind.iter().take_while(|byte| **byte <= b' ').count();
        let Some(number) = behind.get_mut(blanks..) else { continue };
        let digits = number.iter().take_while(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'+' | b'-')).count();
        let Some(number) = number.get_mut(..digits) else { continue };
        let is_short = std::str::from_utf8(number).ok().and_then(|number| number.parse::<u32>().ok());
        if is_short.is_none_or(|columns| columns > MOST_COLUMNS) {
            number.fill(b' ');
            if let Some(first) = number.first_mut() {
                *first = b'1';
            }
        }
    }
}

/// Where it cannot be believed how a stream is packed, the worst is: deflated, and deflated again.
const WORST: [Method; 2] = [Method::Deflate; 2];

impl Found {
    fn bound(&self) -> u64 {
        bound((self.end - self.start) as u64, self.packing.as_deref().unwrap_or(&WORST))
    }

    fn unpacked(&self, content: &[u8], most: u64, letters: &mut u64) -> u64 {
        match (content.get(self.start..self.end), &self.packing) {
            (Some(data), Some(methods)) => unpacked_length(data, methods, most, letters),
            (Some(data), None) => worst_length(data, most, letters),
            (None, _) => self.bound(),
        }
    }
}

fn streams(content: &[u8]) -> Vec<Found> {
    let (begin, object) = (Finder::new(b"stream"), FinderRev::new(b"obj"));
    let mut found = Vec::new();
    // Where the next `endstream` is, if there is one.
    let mut next_end = Some(0);
    for at in begin.find_iter(content) {
        let (before, after) = (content.get(..at).unwrap_or_default(), content.get(at + 6..).unwrap_or_default());
        let start = match after {
            [b'\r', b'\n', ..] => at + 8,
            [b'\r' | b'\n', ..] => at + 7,
            _ => continue,
        };
        if before.ends_with(b"end") {
            continue;
        }
        while let Some(end) = next_end.filter(|end| *end < start) {
            let behind = content.get(end + 1..).unwrap_or_default();
            next_end = memmem::find(behind, b"endstream").map(|shift| end + 1 + shift);
        }
        let near = before.len().saturating_sub(LONGEST_HEAD);
        let head = object.rfind(before.get(near..).unwrap_or_default()).map(|shift| near + shift);
        let head = head.and_then(|from| Head::of(before.get(..from)?, before.get(from + 3..)?));
        let rest = content.get(start..).unwrap_or_default();
        let packing = head.as_ref().and_then(Head::packing);
        let length = head.as_ref().and_then(|head| head.length(rest)).map(|length| start + length);
        // Where nothing is packed, what follows the first end makes no more of it than the file is long.
        let end = length.or(next_end.filter(|_| packing.as_ref().is_some_and(Vec::is_empty))).unwrap_or(content.len());
        let shown_end = length.or(next_end).unwrap_or(content.len());
        found.push(Found {
            start,
            end,
            shown_end,
            packing,
            is_image: head.is_some_and(|head| head.count(b"/Image") > 0),
        });
    }
    found
}

/// What is written of a stream before it.
struct Head {
    /// Without its strings.
    words: Vec<u8>,
}

impl Head {
    /// The head between `5 0 obj` and `stream`, if it can be believed.
    fn of(before: &[u8], text: &[u8]) -> Option<Self> {
        // The numbers of the object stand at the beginning of a line, so that they are no part of a comment.
        let near = before.get(before.len().saturating_sub(40)..)?;
        let line = near.rsplit(|byte| matches!(byte, b'\r' | b'\n')).next()?;
        let is_number = line.len() < near.len() && line.iter().all(|byte| byte.is_ascii_digit() || *byte == b' ');
        if !is_number || line.is_empty() || text.contains(&b'%') {
            return None;
        }
        let (mut words, mut depth) = (Vec::with_capacity(text.len()), 0_u32);
        let mut bytes = text.iter();
        while let Some(byte) = bytes.next() {
            match byte {
                b'\\' if depth > 0 => {
                    bytes.next();
                }
                b'(' => depth += 1,
                // A string that began before the numbers.
                b')' => depth = depth.checked_sub(1)?,
                b'#' if depth == 0 => {
                    let mut digit = || bytes.next().and_then(|digit| char::from(*digit).to_digit(16));
                    let (high, low) = (digit()?, digit()?);
                    words.push(u8::try_from(high * 16 + low).ok()?);
                }
                0..=b' ' if depth == 0 => words.push(b' '),
                _ if depth == 0 => words.push(*byte),
                _ => {}
            }
        }
        let head = Self { words };
        (depth == 0 && head.is_one_dictionary()).then_some(head)
    }

    /// Whether the head is one dictionary from its beginning to its end, so that no other one began before it.
    fn is_one_dictionary(&self) -> bool {
        let (mut rest, mut depth) = (self.words.trim_ascii(), 0_u32);
        loop {
            rest = match rest {
                [b'<', b'<', rest @ ..] => {
                    depth += 1;
                    rest
                }
                [b'>', b'>', rest @ ..] if depth > 0 => {
                    depth -= 1;
                    if depth == 0 {
                        return rest.is_empty();
                    }
                    rest
                }
                [b'<', rest @ ..] => match memchr::memchr(b'>', rest) {
                    Some(end) if memchr::memchr(b'<', rest).is_none_or(|next| next > end) => {
                        rest.get(end + 1..).unwrap_or_default()
                    }
                    _ => return false,
                },
                [b'>', ..] | [] => return false,
                [_, rest @ ..] if depth > 0 => rest,
                _ => return false,
            };
        }
    }

    fn count(&self, word: &[u8]) -> usize {
        memmem::find_iter(&self.words, word).count()
    }

    /// What stands behind a name, if it stands there once.
    fn value(&self, name: &[u8]) -> Option<&[u8]> {
        let at = memmem::find(&self.words, name)?;
        let value = self.words.get(at + name.len()..)?;
        memmem::find(value, name).is_none().then(|| value.trim_ascii_start())
    }

    /// How long the data is, if that is written here and true.
    fn length(&self, rest: &[u8]) -> Option<usize> {
        // `/Length1` is the length of a font.
        let names = [&b"/Length "[..], b"/Length("].map(|name| self.count(name)).iter().sum::<usize>();
        let digits = (b'0'..=b'9').map(|digit| self.count(&[&b"/Length"[..], &[digit]].concat())).sum::<usize>();
        if names != 1 || digits + 1 != self.count(b"/Length") {
            return None;
        }
        let value = self.value(b"/Length ")?;
        let (number, behind) = value.split_at_checked(value.iter().take_while(|byte| byte.is_ascii_digit()).count())?;
        // A length that is given elsewhere (`8 0 R`) is not looked up.
        let is_here = behind.trim_ascii_start().first().is_none_or(|byte| matches!(byte, b'/' | b'>'));
        let length: usize = std::str::from_utf8(number).ok()?.parse().ok()?;
        let is_end = rest.get(length..).is_some_and(|tail| tail.trim_ascii_start().starts_with(b"endstream"));
        (is_here && is_end).then_some(length)
    }

    /// The methods it is packed with, in the order of unpacking, if they are all given here.
    fn packing(&self) -> Option<Vec<Method>> {
        // The short name of the entry belongs to images within a page.
        if [&b"/F "[..], b"/F/", b"/F[", b"/F<"].iter().any(|name| self.count(name) > 0) {
            return None;
        }
        if self.count(b"/Filter") == 0 {
            return Some(Vec::new());
        }
        let names = match self.value(b"/Filter")? {
            [b'[', rest @ ..] => rest.split(|byte| *byte == b']').next()?,
            [b'/', rest @ ..] => rest.split(|byte| !byte.is_ascii_alphanumeric()).next()?,
            _ => return None,
        };
        let names = names.split(|byte| matches!(byte, b'/' | b' ')).filter(|name| !name.is_empty());
        names
            .map(|name| match name {
                b"FlateDecode" | b"Fl" => Some(Method::Deflate),
                b"LZWDecode" | b"LZW" => Some(Method::Lzw),
                b"RunLengthDecode" | b"RL" => Some(Method::Runs),
                b"ASCII85Decode" | b"A85" => Some(Method::Base85),
                b"ASCIIHexDecode" | b"AHx" => Some(Method::Hexadecimal),
                b"DCTDecode" | b"DCT" | b"JPXDecode" | b"JBIG2Decode" | b"CCITTFaxDecode" | b"CCF" | b"Crypt" => {
                    Some(Method::Other)
                }
                // Given elsewhere.
                _ => None,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(head: &str, data: &[u8]) -> Vec<u8> {
        [format!("%PDF-1.7\n5 0 obj\n{head}\nstream\n").as_bytes(), data, b"\nendstream\nendobj\n"].concat()
    }

    fn bomb() -> Vec<u8> {
        miniz_oxide::deflate::compress_to_vec_zlib(&vec![0; 8 << 20], 9)
    }

    fn is_refused(content: &[u8]) -> bool {
        screened(content, &Limits::default().with_unpacked_bytes(4 << 20)).is_err()
    }

    #[test]
    fn a_stream_that_unpacks_to_too_much_is_refused_whatever_is_said_of_it() {
        let (bomb, length) = (bomb(), bomb().len());
        for head in [
            format!("<< /Length {length} /Filter /FlateDecode >>"),
            format!("<</Filter[/FlateDecode]/Length {length}>>"),
            "<< /Length 9 0 R /Filter /FlateDecode >>".to_owned(),
            "<< /Length 10 /Filter /FlateDecode >>".to_owned(),
            format!("<< /Length {length} /Filter 7 0 R >>"),
            format!("<< /Length {length} /Filter /Fl#61teDecode >>"),
            format!("<< /Filter /FlateDecode /Length {length} /X (\n6 0 obj << /Length 10 ) >>"),
            format!("<< /Filter /FlateDecode /Length {length} %\n6 0 obj << /Length 10 >> >>"),
            format!("<< /Filter /FlateDecode /Length {length} /X <\n6 0 obj << /Length 10 >>>"),
            format!("<< /Filter [/FlateDecode 7 0 R] /Length {length} >>"),
        ] {
            assert!(is_refused(&file(&head, &bomb)), "{head}");
        }
    }

    #[test]
    fn packed_twice_counts_twice() {
        let twice = miniz_oxide::deflate::compress_to_vec_zlib(&bomb(), 9);
        assert!(twice.len() < 200);
        let length = twice.len();
        assert!(is_refused(&file(&format!("<< /Length {length} /Filter [/FlateDecode /FlateDecode] >>"), &twice)));
        assert!(is_refused(&file(&format!("<< /Length {length} /Filter 7 0 R >>"), &twice)));
        assert!(is_refused(&file(&format!("<< /Length {length} /Filter [/FlateDecode 7 0 R] >>"), &twice)));
        assert!(!is_refused(&file(&format!("<< /Length {length} /Filter /FlateDecode >>"), &twice)));
    }

    #[test]
    fn older_methods_and_letters_are_counted_and_not_refused_for_what_they_are() {
        let deflated = miniz_oxide::deflate::compress_to_vec_zlib(
            &(0..200_000_u32).map(|byte| (byte.wrapping_mul(byte) >> 9) as u8).collect::<Vec<u8>>(),
            9,
        );
        let letters: String = deflated.iter().map(|byte| format!("{byte:02X}")).collect();
        let head = format!("<< /Length {} /Filter [/ASCIIHexDecode /FlateDecode] >>", letters.len());
        assert!(letters.len() > 100_000 && !is_refused(&file(&head, letters.as_bytes())));
        let letters: String = bomb().iter().map(|byte| format!("{byte:02X}")).collect();
        let head = format!("<< /Length {} /Filter [/ASCIIHexDecode /FlateDecode] >>", letters.len());
        assert!(is_refused(&file(&head, letters.as_bytes())));
        // Codes that are never made: each of 9 bits stands for one byte.
        let codes = [0x80, 0x10, 0x60, 0x50].repeat(20_000);
        assert!(!is_refused(&file("<< /Length 80000 /Filter /LZWDecode >>", &codes)));
    }

    #[test]
    fn many_streams_count_together() {
        let part = miniz_oxide::deflate::compress_to_vec_zlib(&vec![0; 900_000], 9);
        let one = file(&format!("<< /Length {} /Filter /FlateDecode >>", part.len()), &part);
        assert!(!is_refused(&one.repeat(4)));
        assert!(is_refused(&one.repeat(5)));
    }

    #[test]
    fn an_image_that_unpacks_to_too_much_is_emptied() {
        let bomb = bomb();
        let content = file(&format!("<< /Subtype /Image /Length {} /Filter /FlateDecode >>", bomb.len()), &bomb);
        let copy = screened(&content, &Limits::default().with_unpacked_bytes(4 << 20)).unwrap();
        assert_eq!(copy.len(), content.len());
        let at = memchr::memmem::find(&copy, &[0xFF; 16]).unwrap();
        assert!(unpacked_length(&copy[at..], &[Method::Deflate], u64::MAX, &mut 0) < 1000);
    }

    #[test]
    fn what_is_not_packed_is_as_long_as_it_is() {
        let content = file("<< /Length 8000000 >>", &vec![b' '; 8_000_000]);
        assert!(screened(&content, &Limits::default().with_unpacked_bytes(40 << 20)).is_ok());
    }
}
