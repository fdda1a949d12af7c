//! Small helpers on Chinese text as PDFs print it.

/// Whether a character is white space in these documents: ASCII and Unicode spaces, the ideographic space, BOMs.
#[must_use]
#[inline]
pub fn is_space(character: char) -> bool {
    match character {
        // Nearly every character is one of these, and the tables of Unicode are slow.
        '!'..='~' | '\u{3001}'..='\u{fefe}' | '\u{ff00}'..='\u{ffef}' => false,
        other => other.is_whitespace() || matches!(other, '\u{feff}' | '\u{200b}' | '\u{a0}'),
    }
}

/// The text without any white space: `收 入 总 计` → `收入总计`.
#[must_use]
pub fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    squeezed.extend(text.chars().filter(|character| !is_space(*character)));
    squeezed
}

/// The text without white space, full-width letters, digits and brackets as ASCII, and curly quotes as straight ones: for
/// comparing only, never for showing.
#[must_use]
pub fn fold(text: &str) -> String {
    // Folding never makes a character longer.
    let mut folded = String::with_capacity(text.len());
    folded.extend(text.chars().filter(|character| !is_space(*character)).map(fold_char));
    folded
}

/// One character of [`fold`].
#[must_use]
#[inline]
pub fn fold_char(character: char) -> char {
    // Most characters are Chinese ones, which have one form only.
    if matches!(character, '\u{4e00}'..='\u{9fff}') {
        return character;
    }
    // Full-width forms are the ASCII characters, shifted.
    let character = match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
        other => other,
    };
    match character {
        '“' | '”' | '„' | '‟' => '"',
        '‘' | '’' => '\'',
        '〔' | '【' | '{' => '[',
        '〕' | '】' | '}' => ']',
        '—' | '–' | '―' | '‐' => '-',
        '‹' | '〈' | '﹤' => '<',
        '›' | '〉' | '﹥' => '>',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_white_space_of_unicode_is_white_space_and_nothing_else_but_marks_of_no_width() {
        for character in '\0'..=char::MAX {
            let expected = character.is_whitespace() || matches!(character, '\u{feff}' | '\u{200b}');
            assert_eq!(is_space(character), expected, "{character:?}");
        }
    }

    #[test]
    fn folding_makes_spellings_of_one_word_equal() {
        assert_eq!(fold("财政拨款（补助）"), fold("财 政 拨 款 ( 补 助 )"));
        assert_eq!(fold("“三公”经费"), fold("\"三公\"经费"));
        assert_eq!(fold("＞＝１２"), ">=12");
    }
}
