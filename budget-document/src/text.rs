//! White space, which these documents have in more forms than Unicode lists.

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

/// The text without white space at its start.
#[must_use]
#[inline]
pub fn trim_start(text: &str) -> &str {
    let mut rest = text.chars();
    // Most texts begin with something else, so one look is enough and no searcher is set up.
    loop {
        let trimmed = rest.as_str();
        match rest.next() {
            Some(character) if is_space(character) => {}
            _ => return trimmed,
        }
    }
}

/// The text without white space at its end.
#[must_use]
#[inline]
pub fn trim_end(text: &str) -> &str {
    let mut rest = text.chars();
    loop {
        let trimmed = rest.as_str();
        match rest.next_back() {
            Some(character) if is_space(character) => {}
            _ => return trimmed,
        }
    }
}

/// The text without white space at both ends.
#[must_use]
#[inline]
pub fn trim(text: &str) -> &str {
    trim_end(trim_start(text))
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
}
