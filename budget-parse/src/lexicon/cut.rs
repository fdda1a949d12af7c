//! Cutting a text into words: longest first, all of it.

/// Words, found by the characters they begin with.
#[derive(Debug, Default)]
pub(super) struct Trie {
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    next: Vec<(char, usize)>,
    word: Option<usize>,
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// The word of an entry.
    Word(usize),
    /// A year in digits, 2026 or 2026年.
    Year(u16),
    /// What stands in brackets, if it is no word: (按大类).
    Bracket(&'t str),
}

impl Trie {
    /// Adds a word; `false` if it was there.
    pub(super) fn add(&mut self, word: &str, entry: usize) -> bool {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let mut at = 0;
        for character in word.chars() {
            let count = self.nodes.len();
            let Some(node) = self.nodes.get_mut(at) else { return false };
            at = match node.next.binary_search_by_key(&character, |(next, _)| *next) {
                Ok(found) => node.next.get(found).map_or(0, |(_, to)| *to),
                Err(place) => {
                    node.next.insert(place, (character, count));
                    self.nodes.push(Node::default());
                    count
                }
            };
        }
        match self.nodes.get_mut(at) {
            Some(node) if node.word.is_none() && at > 0 => {
                node.word = Some(entry);
                true
            }
            _ => false,
        }
    }

    /// The entries whose words a text begins with, with the length of the word, shortest first.
    fn at(&self, text: &str, mut found: impl FnMut(usize, usize)) {
        let mut node = 0;
        let mut length = 0;
        for character in text.chars() {
            let Some(here) = self.nodes.get(node) else { return };
            let Ok(place) = here.next.binary_search_by_key(&character, |(next, _)| *next) else { return };
            let Some((_, to)) = here.next.get(place) else { return };
            node = *to;
            length += character.len_utf8();
            if let Some(entry) = self.nodes.get(node).and_then(|node| node.word) {
                found(length, entry);
            }
        }
    }

    /// The entry of a word.
    pub(super) fn find(&self, word: &str) -> Option<usize> {
        let mut entry = None;
        self.at(word, |length, found| entry = (length == word.len()).then_some(found).or(entry));
        entry
    }
}

/// A text cut from its end: where each cut goes on.
pub(super) struct Cuts<'t> {
    text: &'t str,
    /// For each offset the piece that begins there and where it ends, if the rest can be cut.
    pieces: Vec<Option<(Piece<'t>, usize)>>,
}

/// Cuts a text. `allowed` may refuse an entry in front of the text that follows it.
pub(super) fn cut<'t>(trie: &Trie, text: &'t str, allowed: impl Fn(usize, &str) -> bool) -> Cuts<'t> {
    let mut pieces = vec![None; text.len() + 1];
    for (at, first) in text.char_indices().rev() {
        let rest = text.get(at..).unwrap_or_default();
        let mut best = None;
        let reaches = |end: usize| end == text.len() || pieces.get(end).is_some_and(Option::is_some);
        trie.at(rest, |length, entry| {
            let behind = rest.get(length..).unwrap_or_default();
            if reaches(at + length) && allowed(entry, behind) {
                best = Some((Piece::Word(entry), at + length));
            }
        });
        if best.is_none() {
            best = match first {
                '(' => rest
                    .find(')')
                    .map(|close| (rest.get(1..close).unwrap_or_default(), at + close + 1))
                    .map(|(inside, end)| (Piece::Bracket(inside), end)),
                _ => year(rest).map(|(year, length)| (Piece::Year(year), at + length)),
            }
            .filter(|(_, end)| reaches(*end));
        }
        if let Some(place) = pieces.get_mut(at) {
            *place = best;
        }
    }
    Cuts { text, pieces }
}

/// 2026年度, 2026年, 2026: no year stands inside a longer number.
fn year(text: &str) -> Option<(u16, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: u16 = text.get(..4).filter(|_| digits == 4)?.parse().ok()?;
    let rest = text.get(4..)?;
    let word = ["年度", "年"].iter().find(|word| rest.starts_with(**word)).map_or(0, |word| word.len());
    (1990..2100).contains(&number).then_some((number, 4 + word))
}

impl<'t> Cuts<'t> {
    /// The pieces of the text from an offset, if it can be cut from there.
    pub(super) fn from(&self, start: usize) -> Option<Vec<(usize, Piece<'t>)>> {
        let mut pieces = Vec::new();
        let mut at = start;
        while at < self.text.len() {
            let (piece, end) = (*self.pieces.get(at)?)?;
            pieces.push((at, piece));
            at = end;
        }
        Some(pieces)
    }

    /// The offsets from which the text can be cut, first to last.
    pub(super) fn starts(&self) -> impl Iterator<Item = usize> + '_ {
        self.pieces.iter().enumerate().filter(|(_, piece)| piece.is_some()).map(|(at, _)| at)
    }
}
