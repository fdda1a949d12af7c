//! Lists of words that a text is searched for.

/// Lists of words, of words with values, and lists that are looked through, each by its key in a file of the lexicon that is
/// read into a static `FILE`.
macro_rules! lists_of {
    (words: $($(#[$doc:meta])* $vis:vis $name:ident = $key:ident;)+) => {
        $($(#[$doc])* $vis static $name: std::sync::LazyLock<$crate::words::Words<&'static str>> =
            std::sync::LazyLock::new(|| {
                $crate::words::Words::loaded(FILE.$key.iter().map(String::as_str).collect())
            });)+
    };
    (tables: $($(#[$doc:meta])* $vis:vis $name:ident: $value:ty = $key:ident;)+) => {
        $($(#[$doc])* $vis static $name: std::sync::LazyLock<$crate::words::Words<(&'static str, $value)>> =
            std::sync::LazyLock::new(|| {
                let entries = FILE.$key.iter().map(|(word, value)| (word.as_str(), value.clone()));
                $crate::words::Words::loaded(entries.collect())
            });)+
    };
    (lists: $($(#[$doc:meta])* $vis:vis $name:ident: $entry:ty = $key:ident;)+) => {
        $($(#[$doc])* $vis static $name: std::sync::LazyLock<&'static [$entry]> =
            std::sync::LazyLock::new(|| &FILE.$key);)+
    };
}
pub(crate) use lists_of;

/// A list of words, each perhaps with a value, and the characters that they begin and end with.
///
/// At nearly every place of a text stands none of the words of a list. Its characters tell so at one look, whatever the
/// length of the list.
pub(crate) struct Words<E: 'static> {
    entries: &'static [E],
    first: Characters,
    last: Characters,
}

/// An entry of a list of words.
pub(crate) trait Entry {
    /// The word.
    fn word(&self) -> &'static str;
}

impl Entry for &'static str {
    fn word(&self) -> &'static str {
        self
    }
}

impl<T> Entry for (&'static str, T) {
    fn word(&self) -> &'static str {
        self.0
    }
}

#[cfg(test)]
impl Words<&'static str> {
    /// A list of words alone.
    pub(crate) const fn new(entries: &'static [&'static str]) -> Self {
        let (mut first, mut last) = (Characters::NONE, Characters::NONE);
        let mut at = 0;
        while at < entries.len() {
            first = first.with(first_of(entries[at].as_bytes()));
            last = last.with(last_of(entries[at].as_bytes()));
            at += 1;
        }
        Self { entries, first, last }
    }
}

#[cfg(test)]
impl<T> Words<(&'static str, T)> {
    /// A list of words with values.
    pub(crate) const fn table(entries: &'static [(&'static str, T)]) -> Self {
        let (mut first, mut last) = (Characters::NONE, Characters::NONE);
        let mut at = 0;
        while at < entries.len() {
            first = first.with(first_of(entries[at].0.as_bytes()));
            last = last.with(last_of(entries[at].0.as_bytes()));
            at += 1;
        }
        Self { entries, first, last }
    }
}

impl<E: Entry> Words<E> {
    /// A list of words that was read from a file of the lexicon, once: it is kept as long as the program runs.
    pub(crate) fn loaded(mut entries: Vec<E>) -> Self {
        entries.retain(|entry| !entry.word().is_empty());
        let (mut first, mut last) = (Characters::NONE, Characters::NONE);
        for entry in &entries {
            first = first.with(first_of(entry.word().as_bytes()));
            last = last.with(last_of(entry.word().as_bytes()));
        }
        Self { entries: Vec::leak(entries), first, last }
    }

    /// The entries in their order.
    pub(crate) fn entries(&self) -> &'static [E] {
        self.entries
    }

    /// The entry whose word a text is.
    pub(crate) fn find(&self, text: &str) -> Option<&'static E> {
        self.candidates(text.chars().next()?).find(|entry| entry.word() == text)
    }

    /// Whether a text is a word of the list.
    pub(crate) fn contains(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// The entries whose word begins with a character.
    #[inline]
    pub(crate) fn beginning_with(&self, first: char) -> impl Iterator<Item = &'static E> + use<E> {
        self.candidates(first).filter(move |entry| entry.word().starts_with(first))
    }

    /// The entries whose word may begin with a character: all that do and few others.
    #[inline]
    pub(crate) fn candidates(&self, first: char) -> impl Iterator<Item = &'static E> + use<E> {
        let entries = if self.first.may_contain(first) { self.entries } else { &[] };
        let (at, byte) = last_byte(first);
        entries.iter().filter(move |entry| entry.word().as_bytes().get(at) == Some(&byte))
    }

    /// The entries whose word may end with a character: all that do and few others.
    #[inline]
    pub(crate) fn last_candidates(&self, last: char) -> impl Iterator<Item = &'static E> + use<E> {
        let entries = if self.last.may_contain(last) { self.entries } else { &[] };
        let (_, byte) = last_byte(last);
        entries.iter().filter(move |entry| entry.word().as_bytes().last() == Some(&byte))
    }

    /// What stands behind each word that a text begins with.
    #[inline]
    pub(crate) fn behind<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> + use<'t, E> {
        let entries = text.chars().next().map(|first| self.candidates(first));
        entries.into_iter().flatten().filter_map(move |entry| text.strip_prefix(entry.word()))
    }

    /// Whether a text has a word of the list in it.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        // One pass over the text, whatever the length of the list.
        text.char_indices().any(|(at, character)| {
            let rest = || bytes.get(at..).unwrap_or_default();
            self.candidates(character).any(|entry| rest().starts_with(entry.word().as_bytes()))
        })
    }

    /// The first entry whose word a text begins with, and the text behind it.
    #[inline]
    pub(crate) fn strip_from<'t>(&self, text: &'t str) -> Option<(&'static E, &'t str)> {
        let first = text.chars().next()?;
        self.candidates(first).find_map(|entry| Some((entry, text.strip_prefix(entry.word())?)))
    }

    /// The first entry whose word a text ends with, and the text in front of it.
    #[inline]
    pub(crate) fn strip_end_of<'t>(&self, text: &'t str) -> Option<(&'static E, &'t str)> {
        let last = text.chars().next_back()?;
        self.last_candidates(last).find_map(|entry| Some((entry, text.strip_suffix(entry.word())?)))
    }
}

/// A set of characters that may hold more than were put into it: those that agree in their last nine bits.
#[derive(Clone, Copy)]
struct Characters([u64; 8]);

impl Characters {
    const NONE: Self = Self([0; 8]);

    const fn with(mut self, character: u32) -> Self {
        self.0[(character as usize >> 6) % 8] |= 1 << (character % 64);
        self
    }

    #[inline]
    fn may_contain(&self, character: char) -> bool {
        let character = character as u32;
        self.0[(character as usize >> 6) % 8] & (1 << (character % 64)) != 0
    }
}

/// The last byte of a character and where in it that is; it tells Chinese characters apart better than the first.
#[inline]
const fn last_byte(character: char) -> (usize, u8) {
    let code = character as u32;
    if code < 0x80 { (0, code as u8) } else { (character.len_utf8() - 1, 0x80 | (code as u8 & 0x3f)) }
}

/// The first character of a text, which is not empty.
const fn first_of(text: &[u8]) -> u32 {
    decode(text, 0)
}

/// The last character of a text, which is not empty.
const fn last_of(text: &[u8]) -> u32 {
    let mut at = text.len() - 1;
    while text[at] & 0xc0 == 0x80 {
        at -= 1;
    }
    decode(text, at)
}

/// The character at an offset. `str::chars` cannot be called for constants.
const fn decode(text: &[u8], at: usize) -> u32 {
    let lead = text[at];
    let length = match lead {
        0..0x80 => return lead as u32,
        0x80..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    };
    let mut character = lead as u32 & (0x7f >> length);
    let mut next = 1;
    while next < length {
        character = character << 6 | (text[at + next] & 0x3f) as u32;
        next += 1;
    }
    character
}

#[cfg(test)]
mod tests {
    use super::*;

    static UNITS: Words<(&str, u8)> = Words::table(&[("万元", 1), ("元/人", 2), ("元", 3), ("%", 4), ("km²", 5)]);

    #[test]
    fn the_first_word_of_the_list_that_a_text_begins_with_is_found() {
        for (text, value, rest) in [("元/人/年", 2, "/年"), ("元。", 3, "。"), ("%", 4, ""), ("km²以内", 5, "以内")]
        {
            assert_eq!(UNITS.strip_from(text), Some((&UNITS.entries()[value - 1], rest)), "{text}");
        }
        for text in ["", "万", "人", "\u{10000}"] {
            assert_eq!(UNITS.strip_from(text), None, "{text}");
        }
    }

    #[test]
    fn the_first_word_of_the_list_that_a_text_ends_with_is_found() {
        static ENDS: Words<&str> = Words::new(&["标准", "办法", "²"]);
        assert_eq!(ENDS.strip_end_of("管理办法"), Some((&"办法", "管理")));
        assert_eq!(ENDS.strip_end_of("12km²"), Some((&"²", "12km")));
        assert_eq!(ENDS.strip_end_of("标准的"), None);
    }

    proptest::proptest! {
        #[test]
        fn every_character_is_read_like_the_library_reads_it(character in proptest::char::any()) {
            let text = format!("甲{character}");
            assert_eq!(last_of(text.as_bytes()), u32::from(character));
            assert_eq!(first_of(text.get(3..).unwrap().as_bytes()), u32::from(character));
        }
    }
}
