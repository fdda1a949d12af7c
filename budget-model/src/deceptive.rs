//! Characters that make a text look like something else than it is.

/// Whether a character turns the direction of writing or is not seen although it is there: what shows words of strangers shows
/// U+FFFD in its place, so that a text looks like what it is. Control characters are for [`char::is_control`] to tell.
///
/// ```
/// assert!(budget_model::is_deceptive('\u{202e}') && budget_model::is_deceptive('\u{200b}'));
/// assert!(!budget_model::is_deceptive('合') && !budget_model::is_deceptive('　'));
/// ```
#[must_use]
pub const fn is_deceptive(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}
