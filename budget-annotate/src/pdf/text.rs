//! Chinese text in a font that is not in the file: its width, its lines, its bytes.

use unicode_width::UnicodeWidthChar;

/// The font, which every viewer has a substitute for, with what reads its codes: they are UTF-16.
///
/// Codes are looked up in Adobe-GB1, where Latin letters (1 to 95) have widths of their own; half an em for each makes lines
/// measurable without the font.
pub(crate) fn font(descendant: u32) -> String {
    format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UTF16-H /Encoding /UniGB-UTF16-H /DescendantFonts [{descendant} 0 R] >>"
    )
}

/// The font behind it.
pub(crate) fn descendant(descriptor: u32) -> String {
    format!(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor {descriptor} 0 R /DW 1000 /W [1 95 500 814 939 500] >>"
    )
}

/// What a viewer chooses a substitute by.
pub(crate) const DESCRIPTOR: &str = "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>";

/// A text in characters that the font has: the collection knows the usual forms of some signs, and not these.
pub(crate) fn in_font(text: &str) -> String {
    let usual = |character| match character {
        '\u{2212}' => '-',
        '⩽' => '≤',
        '⩾' => '≥',
        character => character,
    };
    text.chars().map(usual).collect()
}

/// The width of a text in halves of an em: characters of which no font is sure are as wide as Chinese ones in this one.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

fn width_of(character: char) -> usize {
    if character.is_ascii() { 1 } else { character.width_cjk().unwrap_or(0) }
}

/// Characters that do not stand at the beginning of a line.
const NEVER_FIRST: &str = "，。、；：？！）》”’…％";

/// The lines of a text that are no wider than so many halves of an em. Words of Latin letters and numbers stay whole where they
/// can, and closing marks stand at the end of a line, over its edge.
pub(crate) fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for piece in pieces(paragraph) {
            let is_closing = piece.chars().all(|character| NEVER_FIRST.contains(character));
            let fits = width(&line) + width(piece.trim_end()) <= most || is_closing && width(&line) <= most;
            if !fits && !line.is_empty() {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
            }
            if width(piece) <= most {
                line.push_str(if line.is_empty() { piece.trim_start() } else { piece });
                continue;
            }
            for character in piece.chars() {
                if width(&line) + width_of(character) > most && !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(character);
            }
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// What is not parted: a run of Latin letters, digits and marks with the blank behind it, or any other character.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let latin = |character: char| character.is_ascii_graphic();
        let length = match latin(first) {
            true => {
                let word = rest.find(|character| !latin(character)).unwrap_or(rest.len());
                word + usize::from(rest.get(word..).is_some_and(|rest| rest.starts_with(' ')))
            }
            false => first.len_utf8(),
        };
        let (piece, behind) = rest.split_at_checked(length)?;
        rest = behind;
        Some(piece)
    })
}

/// A text as a string of codes that the font shows.
pub(crate) fn shown(text: &str) -> String {
    format!("<{}>", hexadecimal(text))
}

/// A text as a string that a viewer reads.
pub(crate) fn string(text: &str) -> String {
    format!("<FEFF{}>", hexadecimal(text))
}

fn hexadecimal(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("{unit:04X}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_character_is_as_wide_as_two_latin_ones() {
        assert_eq!([width("应为 17.00"), width("“一般”"), width("→×")], [10, 8, 4]);
        assert_eq!(in_font("⩾17\u{2212}3"), "≥17-3");
    }

    #[test]
    fn lines_are_parted_between_chinese_characters_and_not_within_numbers() {
        assert_eq!(wrapped("支出合计1234.50万元，不符", 12), ["支出合计", "1234.50万元，", "不符"]);
        assert_eq!(wrapped("of parts 12.00 and 3", 9), ["of parts", "12.00 and", "3"]);
        assert_eq!(wrapped("123456789012345", 6), ["123456", "789012", "345"]);
        assert_eq!(wrapped("一\n\n二", 6), ["一", "", "二"]);
    }

    #[test]
    fn strings_are_utf_16_with_its_mark() {
        assert_eq!(string("应1"), "<FEFF5E940031>");
        assert_eq!(shown("𠀀"), "<D840DC00>");
    }
}
