//! Lines wrapped to the width of a terminal, where Chinese characters are two cells wide.

use std::io::IsTerminal;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// No line is wrapped to less.
const NARROWEST: usize = 20;
/// What does not begin a line.
const CLOSING: &str = "，。；：、？！）》】”’,.;:?!)]}%…";
/// What does not end a line.
const OPENING: &str = "（《【“‘([{";

/// The width of the standard output: that of its terminal, else what `COLUMNS` says, else none.
pub(crate) fn width_of_output() -> Option<usize> {
    if std::io::stdout().is_terminal() {
        return console::Term::stdout().size_checked().map(|(_, columns)| usize::from(columns));
    }
    std::env::var("COLUMNS").ok()?.parse().ok().filter(|width| *width > 0)
}

/// A line with its indentation, and what continues it under that indentation.
pub(crate) fn indented(line: &str, width: Option<usize>) -> Vec<String> {
    let text = line.trim_start_matches(' ');
    let indent = line.len() - text.len();
    wrapped(text, width.map(|width| width.saturating_sub(indent)))
        .into_iter()
        .map(|part| format!("{:indent$}{part}", ""))
        .collect()
}

/// A text in lines that are no wider than so many cells: broken at blanks and between Chinese characters, and within a word only
/// where the word is wider than a line.
pub(crate) fn wrapped(text: &str, width: Option<usize>) -> Vec<String> {
    let Some(width) = width.map(|width| width.max(NARROWEST)).filter(|width| text.width() > *width) else {
        return vec![text.to_owned()];
    };
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in words(text) {
        if !line.is_empty() && line.width() + word.trim_end().width() > width {
            lines.push(std::mem::take(&mut line));
        }
        for character in word.chars() {
            if line.width() + character.width().unwrap_or(0) > width && character != ' ' {
                lines.push(std::mem::take(&mut line));
            }
            line.push(character);
        }
    }
    lines.push(line);
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// The pieces of a text that stay together, each with the blanks behind it.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, character) in text.char_indices() {
        let may_break = before.is_some_and(|before| match (before, character) {
            (_, ' ') => false,
            (' ', _) => true,
            (before, _) if OPENING.contains(before) || CLOSING.contains(character) => false,
            _ => is_wide(before) || is_wide(character),
        });
        if may_break {
            words.extend(text.get(start..at));
            start = at;
        }
        before = Some(character);
    }
    words.extend(text.get(start..));
    words
}

/// Whether a character is one of a script without blanks between words, or a punctuation mark of it.
fn is_wide(character: char) -> bool {
    character.width() == Some(2) || matches!(character, '“' | '”' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_broken_between_words_and_characters_and_not_before_a_comma() {
        let text = "合计为 17.50，各分项之和为 17.00，相差 0.50 (parts do not add up)";
        for width in NARROWEST..80 {
            let lines = wrapped(text, Some(width));
            assert!(lines.iter().all(|line| line.width() <= width), "{width}: {lines:?}");
            assert!(lines.iter().all(|line| !line.starts_with(['，', '。', ' '])), "{width}: {lines:?}");
            let plain = |text: &str| text.replace(' ', "");
            assert_eq!(plain(&lines.concat()), plain(text));
            assert!(lines.iter().any(|line| line.contains("17.50")), "{width}: {lines:?}");
        }
        assert_eq!(wrapped(text, None), [text]);
    }

    #[test]
    fn what_continues_a_line_has_its_indentation() {
        let lines = indented("    对照 12.00 万元  支出总体情况表·总计·基本支出  3:17", Some(32));
        assert!(
            lines.len() > 1 && lines.iter().all(|line| line.starts_with("    ") && line.width() <= 32),
            "{lines:?}"
        );
    }

    #[test]
    fn a_word_that_is_wider_than_the_line_is_broken() {
        assert_eq!(wrapped(&"x".repeat(45), Some(20)).len(), 3);
    }
}
