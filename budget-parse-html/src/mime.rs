//! A web page in one file (MHT): a mail whose parts are the pages, pictures and styles.

use std::borrow::Cow;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use budget_document::{Limits, ReadError, ReadErrorKind};
use memchr::memchr;

/// A page of such a file.
#[derive(Debug)]
pub(crate) struct Part<'a> {
    pub(crate) content: Cow<'a, [u8]>,
    /// The encoding that its head names.
    pub(crate) charset: Option<String>,
}

/// The head of the file or of a part, as far as it matters.
#[derive(Debug, Default)]
struct Head {
    kind: String,
    boundary: Option<String>,
    charset: Option<String>,
    transfer: String,
}

/// Parts that parts have, each with a boundary of its own.
const MOST_BOUNDARIES: usize = 16;
/// Lines of a head; more is no head.
const MOST_LINES: usize = 200;

/// The pages in a file, in its order: a workbook has one for each sheet.
pub(crate) fn pages<'a>(content: &'a [u8], limits: &Limits) -> Result<Vec<Part<'a>>, ReadError> {
    let (head, mut rest) = head(content);
    let Some(boundary) = head.boundary.clone() else { return Ok(page(&head, rest)?.into_iter().collect()) };
    let mut boundaries = vec![boundary];
    let mut pages = Vec::new();
    // What stands before the first boundary is no part.
    let mut part: Option<Head> = None;
    loop {
        let (body, behind) = until_boundary(rest, &boundaries);
        if let Some(part) = part.take() {
            pages.extend(page(&part, body)?);
            limits.check_pages(pages.len())?;
        }
        let Some(behind) = behind else { return Ok(pages) };
        let (head, body) = self::head(behind);
        rest = body;
        match head.boundary.clone() {
            Some(boundary) if boundaries.len() < MOST_BOUNDARIES => boundaries.push(boundary),
            _ => part = Some(head),
        }
    }
}

/// The text up to the next line that is a boundary, and what stands behind that line.
fn until_boundary<'a>(content: &'a [u8], boundaries: &[String]) -> (&'a [u8], Option<&'a [u8]>) {
    let mut at = 0;
    while let Some(rest) = content.get(at..).filter(|rest| !rest.is_empty()) {
        let end = memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        let (line, behind) = rest.split_at(end);
        let line = line.trim_ascii_end();
        let is_boundary = line.strip_prefix(b"--").is_some_and(|name| {
            let name = name.strip_suffix(b"--").unwrap_or(name);
            boundaries
                .iter()
                .any(|boundary| boundary.as_bytes() == name || boundary.as_bytes() == line.get(2..).unwrap_or_default())
        });
        if is_boundary {
            return (content.get(..at).unwrap_or_default(), Some(behind));
        }
        at += end;
    }
    (content, None)
}

/// The head at the beginning, and what stands behind the empty line that ends it.
fn head(content: &[u8]) -> (Head, &[u8]) {
    let mut fields: Vec<String> = Vec::new();
    let mut rest = content;
    for _ in 0..MOST_LINES {
        let end = memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        let (line, behind) = rest.split_at(end);
        rest = behind;
        let text = String::from_utf8_lossy(line.trim_ascii_end());
        match fields.last_mut() {
            _ if text.trim().is_empty() => break,
            // A field goes on in the next line.
            Some(field) if text.starts_with([' ', '\t']) => field.push_str(&text),
            _ => fields.push(text.into_owned()),
        }
    }
    let mut head = Head::default();
    for field in &fields {
        let Some((name, value)) = field.split_once(':') else { continue };
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => {
                let mut parts = value.split(';');
                head.kind = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
                for (name, value) in parts.filter_map(|part| part.split_once('=')) {
                    let value = value.trim().trim_matches('"').to_owned();
                    match name.trim().to_ascii_lowercase().as_str() {
                        "boundary" if !value.is_empty() => head.boundary = Some(value),
                        "charset" => head.charset = Some(value),
                        _ => {}
                    }
                }
            }
            "content-transfer-encoding" => head.transfer = value.trim().to_ascii_lowercase(),
            _ => {}
        }
    }
    (head, rest)
}

/// The page that a part is; pictures and styles are none.
fn page<'a>(head: &Head, body: &'a [u8]) -> Result<Option<Part<'a>>, ReadError> {
    if !matches!(head.kind.as_str(), "text/html" | "application/xhtml+xml") {
        return Ok(None);
    }
    let content = match head.transfer.as_str() {
        "base64" => Cow::Owned(base64(body)?),
        "quoted-printable" => Cow::Owned(quoted_printable(body)),
        _ => Cow::Borrowed(body),
    };
    Ok(Some(Part { content, charset: head.charset.clone() }))
}

fn base64(body: &[u8]) -> Result<Vec<u8>, ReadError> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let packed: Vec<u8> = body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    GeneralPurpose::new(&STANDARD, config).decode(packed).map_err(|cause| {
        ReadError::new(ReadErrorKind::Malformed("a page of the file is no base64".to_owned())).caused_by(cause)
    })
}

/// `=E9=A2=84` is 预; what is no such mark stands for itself.
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = memchr(b'=', rest) {
        let (before, mark) = rest.split_at(at);
        bytes.extend_from_slice(before);
        let digit = |index: usize| mark.get(index).and_then(|byte| char::from(*byte).to_digit(16));
        rest = match (digit(1), digit(2)) {
            (Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                mark.get(3..).unwrap_or_default()
            }
            // A line that goes on.
            _ if mark.starts_with(b"=\r\n") => mark.get(3..).unwrap_or_default(),
            _ if mark.starts_with(b"=\n") => mark.get(2..).unwrap_or_default(),
            _ => {
                bytes.push(b'=');
                mark.get(1..).unwrap_or_default()
            }
        };
    }
    bytes.extend_from_slice(rest);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_text_is_unquoted_and_damage_stands_for_itself() {
        assert_eq!(quoted_printable("=E9=A2=84=\r\n=E7=AE=97=3D=3".as_bytes()), "预算==3".as_bytes());
        assert_eq!(quoted_printable(b"=\n=ZZ="), b"=ZZ=");
    }

    #[test]
    fn the_pages_of_a_file_are_its_html_parts() {
        let file = "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"--=_a\"\r\n\r\nno part\r\n\
                    ----=_a\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n!!\r\n\
                    ----=_a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n\
                    --b\r\nContent-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+\r\nMTc=\r\n\
                    --b--\r\n----=_a\r\nContent-Type: text/html\r\n\r\n<p>18\r\n----=_a--\r\n";
        let pages = pages(file.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(pages.iter().map(|page| page.content.trim_ascii()).collect::<Vec<_>>(), [b"<p>17", b"<p>18"]);
        assert_eq!(pages[0].charset.as_deref(), Some("gb2312"));
    }
}
