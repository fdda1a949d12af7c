//! A line of text as a browser sets it: white space is collapsed, and is none between Chinese characters where the source is
//! wrapped.

/// A line that grows.
#[derive(Debug, Default)]
pub(crate) struct Setting {
    text: String,
    gap: Gap,
}

/// White space that is printed if something follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Gap {
    #[default]
    None,
    /// The source is wrapped here.
    Wrapped,
    Blank,
}

impl Setting {
    /// Adds a piece of the source.
    pub(crate) fn push(&mut self, source: &str) {
        let mut rest = source;
        while let Some(first) = rest.chars().next() {
            if is_blank(first) {
                let end = rest.find(|next| !is_blank(next)).unwrap_or(rest.len());
                let (blanks, behind) = rest.split_at(end);
                let gap = if blanks.contains(['\n', '\r']) { Gap::Wrapped } else { Gap::Blank };
                self.gap = match self.gap {
                    Gap::None => gap,
                    before => before,
                };
                rest = behind;
                continue;
            }
            let end = rest.find(is_blank).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(end);
            self.close_gap(first);
            self.word(word);
            rest = behind;
        }
    }

    /// Adds a piece whose white space is printed; it has no line ends.
    pub(crate) fn push_as_it_is(&mut self, source: &str) {
        self.gap = Gap::None;
        self.word(source);
    }

    /// A word; a blank that is not to be broken is a blank, and marks of no width are nothing.
    fn word(&mut self, word: &str) {
        for character in word.chars() {
            match character {
                '\u{a0}' => self.text.push(' '),
                '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\0' => {}
                other => self.text.push(other),
            }
        }
    }

    fn close_gap(&mut self, next: char) {
        let is_open = match (self.gap, self.text.chars().next_back()) {
            (Gap::None, _) | (_, None) => false,
            (Gap::Wrapped, Some(last)) => !(is_wide(last) && is_wide(next)),
            (Gap::Blank, Some(_)) => true,
        };
        if is_open {
            self.text.push(' ');
        }
        self.gap = Gap::None;
    }

    /// Whether nothing is printed yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The line without blanks at its end; a new one begins.
    pub(crate) fn take(&mut self) -> String {
        self.gap = Gap::None;
        let mut text = std::mem::take(&mut self.text);
        text.truncate(budget_document::text::trim_end(&text).len());
        text
    }
}

/// What a browser collapses. A blank that is not to be broken is none of it, nor is the wide one.
fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

/// Between two of them the source may be wrapped without a blank being meant.
fn is_wide(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{201c}' | '\u{201d}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(pieces: &[&str]) -> String {
        let mut line = Setting::default();
        pieces.iter().for_each(|piece| line.push(piece));
        line.take()
    }

    #[test]
    fn white_space_is_set_as_a_browser_does() {
        assert_eq!(set(&["  a \n b", " ", " c  "]), "a b c");
        assert_eq!(set(&["部门收支\n  总体", "\r\n情况表"]), "部门收支总体情况表");
        assert_eq!(set(&["部门 收支\nX"]), "部门 收支 X");
        assert_eq!(set(&["\u{a0}\u{a0}行政运行\u{a0}"]), "  行政运行");
        assert_eq!(set(&["\u{3000}\u{3000}一、收入"]), "\u{3000}\u{3000}一、收入");
        assert_eq!(set(&["1\u{200b}7.00"]), "17.00");
    }
}
