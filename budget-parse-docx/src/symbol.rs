//! Characters of symbol fonts, which Word keeps by the font and the position in it.

/// The character of a position (`F0B3`) of a font, U+FFFD if that is not known.
pub(crate) fn symbol(font: &str, position: &str) -> Option<char> {
    /// Symbol fonts begin here in the private area of Unicode.
    const FIRST: u32 = 0xF000;
    let code = u32::from_str_radix(position, 16).ok()?;
    if !(FIRST..=FIRST + 0xFF).contains(&code) {
        return char::from_u32(code);
    }
    let position = code - FIRST;
    let font = font.to_ascii_lowercase();
    let table = match font.as_str() {
        "symbol" => SYMBOL,
        "wingdings" => WINGDINGS,
        "wingdings 2" => WINGDINGS_2,
        _ => &[],
    };
    let found = table.iter().find(|(at, _)| *at == position).map(|(_, character)| *character);
    // Digits and letters of ordinary fonts stand where ASCII has them; Wingdings has pictures there.
    let ascii = || char::from_u32(position).filter(|character| character.is_ascii_graphic() || *character == ' ');
    Some(found.or_else(|| ascii().filter(|_| !font.starts_with("w"))).unwrap_or(char::REPLACEMENT_CHARACTER))
}

const SYMBOL: &[(u32, char)] = &[
    (0x2D, '−'),
    (0xA3, '≤'),
    (0xA5, '∞'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB2, '″'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB7, '•'),
    (0xB8, '÷'),
    (0xB9, '≠'),
    (0xBB, '≈'),
    (0xBC, '…'),
    (0xE5, '∑'),
];

const WINGDINGS: &[(u32, char)] = &[
    (0x6C, '●'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x71, '□'),
    (0x72, '□'),
    (0x75, '◆'),
    (0xA8, '□'),
    (0xD8, '➢'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];

const WINGDINGS_2: &[(u32, char)] = &[(0x50, '✓'), (0x51, '☒'), (0x52, '☑'), (0x53, '☒'), (0xA3, '□')];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_is_the_character_that_is_seen() {
        assert_eq!(symbol("Symbol", "F0B3"), Some('≥'));
        assert_eq!(symbol("Wingdings 2", "F052"), Some('☑'));
        assert_eq!(symbol("SimSun", "25A1"), Some('□'));
        assert_eq!(symbol("Arial", "F031"), Some('1'));
        assert_eq!(symbol("Wingdings", "F031"), Some(char::REPLACEMENT_CHARACTER));
        assert_eq!(symbol("Symbol", "x"), None);
    }
}
