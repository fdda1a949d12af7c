//! Small helpers on Chinese text as PDFs print it.

pub use budget_document::text::{is_space, trim, trim_end, trim_start};

/// Where the word that begins at an offset ends: the next white space, or the end of the text.
pub(crate) fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'!'..=b'~' => at += 1,
            // Common Chinese characters take three bytes, and none of them is white space.
            0xe4..=0xe9 => at += 3,
            _ => match text.get(at..).and_then(|rest| rest.chars().next()) {
                Some(character) if !is_space(character) => at += character.len_utf8(),
                _ => break,
            },
        }
    }
    at
}

/// The text without any white space: `收 入 总 计` → `收入总计`.
#[must_use]
pub fn squeeze(text: &str) -> String {
    rewritten(text, |character| character)
}

/// Whether the text begins with a word, whatever white space stands in between.
#[must_use]
pub fn begins(text: &str, word: &str) -> bool {
    let mut characters = text.chars().filter(|character| !is_space(*character));
    word.chars().all(|character| characters.next() == Some(character))
}

/// The text without white space, full-width letters, digits and brackets as ASCII, and curly quotes as straight ones: for
/// comparing only, never for showing.
#[must_use]
pub fn fold(text: &str) -> String {
    rewritten(text, fold_char)
}

/// The text without white space, every character but the common Chinese ones rewritten by `rewrite`, which makes none
/// longer.
#[inline]
fn rewritten(text: &str, rewrite: impl Fn(char) -> char) -> String {
    let bytes = text.as_bytes();
    let mut output = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let start = text.len() - rest.len();
        // Common Chinese characters take three bytes; a run of them is copied as it is.
        let mut end = start;
        while bytes.get(end).is_some_and(|first| (0xe4..=0xe9).contains(first)) {
            end += 3;
        }
        output.push_str(text.get(start..end).unwrap_or_default());
        let mut others = text.get(end..).unwrap_or_default().chars();
        let Some(character) = others.next() else { return output };
        if !is_space(character) {
            output.push(rewrite(character));
        }
        rest = others.as_str();
    }
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

/// Whether a character is one of Chinese numerals: 二十四, 二〇二六.
#[must_use]
pub(crate) fn is_numeral(character: char) -> bool {
    matches!(character, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '〇' | '零')
}

/// What follows 年 or 年度 at the beginning of a text.
#[must_use]
pub(crate) fn behind_year(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('年')?;
    Some(rest.strip_prefix('度').unwrap_or(rest))
}

/// Whether a figure with decimals is printed, whole or wrapped at its point: `0.5`, `.12`, `1099.` at a line end, but not the
/// ordinal `1. `.
#[must_use]
pub fn has_decimals(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'.', bytes).any(|at| match bytes.get(at + 1) {
        Some(next) => next.is_ascii_digit(),
        None => at.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_makes_spellings_of_one_word_equal() {
        assert_eq!(fold("财政拨款（补助）"), fold("财 政 拨 款 ( 补 助 )"));
        assert_eq!(fold("“三公”经费"), fold("\"三公\"经费"));
        assert_eq!(fold("＞＝１２"), ">=12");
    }
}
