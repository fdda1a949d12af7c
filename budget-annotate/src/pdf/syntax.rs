//! The notation of objects. Values are found in the bytes and not built, so that what is not looked at is copied as it stands.

use std::borrow::Cow;

/// Lists and dictionaries that stand deeper in each other are not followed.
const DEEPEST: usize = 200;

/// A value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    /// An object that stands elsewhere.
    Reference(Reference),
    /// A number, `true`, `false` or `null`.
    Word(&'a [u8]),
    /// A name, without its stroke and with its escapes.
    Name(&'a [u8]),
    /// A string with its brackets.
    String(&'a [u8]),
    /// What stands between the brackets of a list.
    List(&'a [u8]),
    /// What stands between those of a dictionary.
    Dict(&'a [u8]),
}

/// The number of an object and its generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Reference {
    pub(crate) number: u32,
    pub(crate) generation: u16,
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} R", self.number, self.generation)
    }
}

/// Reads bytes from some place on.
#[derive(Clone, Debug)]
pub(crate) struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0C' | b'\r' | b' ')
}

const fn is_mark(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Scanner<'a> {
    pub(crate) const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// Where the next thing is read.
    pub(crate) const fn at(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Passes over white space and comments.
    pub(crate) fn blanks(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'%' => {
                    let line = self.rest();
                    self.at += line.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(line.len());
                }
                byte if is_blank(*byte) => self.at += 1,
                _ => return,
            }
        }
    }

    /// The bytes up to the next that is white space or a mark.
    fn regular(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let length = rest.iter().position(|byte| is_blank(*byte) || is_mark(*byte)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// A word that must come next.
    pub(crate) fn expect(&mut self, word: &[u8]) -> Option<()> {
        self.blanks();
        (self.regular() == word).then_some(())
    }

    /// A whole number without a sign.
    pub(crate) fn number<N: std::str::FromStr>(&mut self) -> Option<N> {
        self.blanks();
        whole(self.regular())
    }

    /// The next value.
    pub(crate) fn value(&mut self) -> Option<Value<'a>> {
        self.blanks();
        let start = self.at;
        let value = match self.rest() {
            [b'<', b'<', ..] => Value::Dict(self.nested(2)?),
            [b'[', ..] => Value::List(self.nested(1)?),
            [b'(' | b'<', ..] => Value::String(self.string()?),
            [b'/', ..] => {
                self.at += 1;
                Value::Name(self.regular())
            }
            _ => {
                let word = self.regular();
                if word.is_empty() {
                    return None;
                }
                let mut ahead = self.clone();
                let reference = whole(word).zip(ahead.number()).filter(|_| ahead.expect(b"R").is_some());
                match reference {
                    Some((number, generation)) => {
                        self.at = ahead.at;
                        Value::Reference(Reference { number, generation })
                    }
                    None => Value::Word(word),
                }
            }
        };
        debug_assert!(self.at > start);
        Some(value)
    }

    /// The next value as it stands.
    pub(crate) fn raw(&mut self) -> Option<&'a [u8]> {
        self.blanks();
        let start = self.at;
        self.value()?;
        self.bytes.get(start..self.at)
    }

    fn string(&mut self) -> Option<&'a [u8]> {
        let rest = self.rest();
        let length = match rest {
            [b'<', ..] => memchr::memchr(b'>', rest)? + 1,
            _ => {
                let (mut depth, mut bytes) = (0_usize, rest.iter().enumerate());
                loop {
                    match bytes.next()? {
                        (_, b'\\') => {
                            bytes.next();
                        }
                        (_, b'(') => depth += 1,
                        (at, b')') if depth == 1 => break at + 1,
                        (_, b')') => depth -= 1,
                        _ => {}
                    }
                }
            }
        };
        self.at += length;
        rest.get(..length)
    }

    /// What stands between brackets of so many characters.
    fn nested(&mut self, bracket: usize) -> Option<&'a [u8]> {
        let start = self.at + bracket;
        let mut open: Vec<&[u8]> = Vec::new();
        loop {
            self.blanks();
            match self.rest() {
                [b'<', b'<', ..] => {
                    open.push(b">>");
                    self.at += 2;
                }
                [b'[', ..] => {
                    open.push(b"]");
                    self.at += 1;
                }
                [b'(' | b'<', ..] => {
                    self.string()?;
                }
                [b'/', ..] => {
                    self.at += 1;
                    self.regular();
                }
                rest @ [b'>' | b']', ..] => {
                    let close = open.pop().filter(|close| rest.starts_with(close))?;
                    self.at += close.len();
                    if open.is_empty() {
                        return self.bytes.get(start..self.at - close.len());
                    }
                }
                _ if self.regular().is_empty() => return None,
                _ => {}
            }
            if open.len() > DEEPEST {
                return None;
            }
        }
    }
}

/// A whole number without a sign.
fn whole<N: std::str::FromStr>(word: &[u8]) -> Option<N> {
    let is_whole = !word.is_empty() && word.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(word).ok().filter(|_| is_whole)?.parse().ok()
}

/// A dictionary: names without escapes, and values as they stand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dict<'a>(Vec<(Cow<'a, [u8]>, &'a [u8])>);

impl<'a> Dict<'a> {
    /// The dictionary that some bytes begin with; none if one of its entries cannot be told.
    pub(crate) fn read(bytes: &'a [u8]) -> Option<Self> {
        match Scanner::new(bytes, 0).value()? {
            Value::Dict(inner) => Self::of(inner),
            _ => None,
        }
    }

    /// The dictionary of what stands between its brackets.
    pub(crate) fn of(inner: &'a [u8]) -> Option<Self> {
        let (mut scanner, mut entries) = (Scanner::new(inner, 0), Vec::new());
        loop {
            scanner.blanks();
            if scanner.rest().is_empty() {
                return Some(Self(entries));
            }
            let Value::Name(name) = scanner.value()? else { return None };
            entries.push((plain(name), scanner.raw()?));
        }
    }

    /// An entry as it stands. Of several with one name the last counts.
    pub(crate) fn raw(&self, name: &str) -> Option<&'a [u8]> {
        self.0.iter().rev().find(|(known, _)| **known == *name.as_bytes()).map(|(_, raw)| *raw)
    }

    /// An entry.
    pub(crate) fn get(&self, name: &str) -> Option<Value<'a>> {
        Scanner::new(self.raw(name)?, 0).value()
    }

    /// An entry that is a whole number.
    pub(crate) fn whole<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        match self.get(name)? {
            Value::Word(word) => whole(word),
            _ => None,
        }
    }

    /// Whether an entry is this name.
    pub(crate) fn is(&self, name: &str, value: &str) -> bool {
        matches!(self.get(name), Some(Value::Name(found)) if *plain(found) == *value.as_bytes())
    }

    /// The dictionary without some entries, open at its end for others.
    pub(crate) fn without(&self, names: &[&str]) -> Vec<u8> {
        let mut written = b"<<".to_vec();
        for (name, raw) in self.0.iter().filter(|(name, _)| !names.iter().any(|left| **name == *left.as_bytes())) {
            written.extend_from_slice(b" /");
            for byte in name.iter() {
                match byte {
                    b'!'..=b'~' if !is_mark(*byte) && *byte != b'#' => written.push(*byte),
                    _ => written.extend(format!("#{byte:02X}").bytes()),
                }
            }
            written.push(b' ');
            written.extend_from_slice(raw);
        }
        written
    }
}

/// The values of a list, as they stand; none if one cannot be told.
pub(crate) fn items(inner: &[u8]) -> Option<Vec<&[u8]>> {
    let (mut scanner, mut items) = (Scanner::new(inner, 0), Vec::new());
    loop {
        scanner.blanks();
        if scanner.rest().is_empty() {
            return Some(items);
        }
        items.push(scanner.raw()?);
    }
}

/// A name without its escapes.
pub(crate) fn plain(name: &[u8]) -> Cow<'_, [u8]> {
    if !name.contains(&b'#') {
        return Cow::Borrowed(name);
    }
    let (mut plain, mut rest) = (Vec::with_capacity(name.len()), name);
    while let Some((byte, behind)) = rest.split_first() {
        let digit = |at: usize| char::from(*behind.get(at)?).to_digit(16);
        match digit(0).zip(digit(1)).and_then(|(high, low)| u8::try_from(high * 16 + low).ok()) {
            Some(escaped) if *byte == b'#' => {
                plain.push(escaped);
                rest = behind.get(2..).unwrap_or_default();
            }
            _ => {
                plain.push(*byte);
                rest = behind;
            }
        }
    }
    Cow::Owned(plain)
}

/// A number in thousandths. Digits behind the third are cut off, and what no page has is none.
pub(crate) fn thousandths(word: &[u8]) -> Option<i64> {
    let (is_negative, digits) = match word {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, word),
    };
    let mut parts = digits.splitn(2, |byte| *byte == b'.');
    let (whole, fraction) = (parts.next()?, parts.next().unwrap_or_default());
    let is_number = (!whole.is_empty() || !fraction.is_empty())
        && whole.iter().chain(fraction).all(u8::is_ascii_digit)
        && whole.len() <= 12;
    let digits = whole.iter().copied().chain(fraction.iter().copied().chain([b'0'; 3]).take(3));
    let number = digits.fold(0_i64, |number, digit| number * 10 + i64::from(digit.wrapping_sub(b'0')));
    is_number.then_some(if is_negative { -number } else { number })
}

/// A number in thousandths as it is written.
pub(crate) fn decimal(thousandths: i64) -> String {
    let (sign, number) = (if thousandths < 0 { "-" } else { "" }, thousandths.unsigned_abs());
    let written = format!("{sign}{}.{:03}", number / 1000, number % 1000);
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_from_each_other_and_kept_as_they_stand() {
        let text = b"<</A 1/B#20C (a\\)(c))/D<</E[1 0 R<0a>]>>/F 12 0 R/G/H % >>\n/I[]>> rest";
        let dict = Dict::read(text).unwrap_or_default();
        assert_eq!((dict.whole("A"), dict.get("B C")), (Some(1), Some(Value::String(b"(a\\)(c))"))));
        assert_eq!(dict.raw("D"), Some(&b"<</E[1 0 R<0a>]>>"[..]));
        assert_eq!(dict.get("F"), Some(Value::Reference(Reference { number: 12, generation: 0 })));
        assert!(dict.is("G", "H") && dict.get("I") == Some(Value::List(b"")));
        assert_eq!(dict.without(&["A", "D", "F", "I"]), b"<< /B#20C (a\\)(c)) /G /H");
    }

    #[test]
    fn what_does_not_end_is_no_value() {
        for text in [&b"<</A [1 2>>"[..], b"(a(b)", b"<0", b"<< /A >>", b"<< 1 2 >>", b"[ ) ]", b"", b">>"] {
            assert!(Dict::read(text).is_none(), "{text:?}");
        }
        assert!(Scanner::new(&[b'['; 100_000], 0).value().is_none());
    }

    #[test]
    fn numbers_are_exact_to_the_third_digit() {
        let numbers = [("595.32", 595_320), ("-.5", -500), ("+12", 12_000), ("1.23456", 1234), ("7.", 7000)];
        for (text, number) in numbers {
            assert_eq!(thousandths(text.as_bytes()), Some(number), "{text}");
        }
        assert!([".", "-", "1e5", "--5", "9999999999999"].iter().all(|text| thousandths(text.as_bytes()).is_none()));
        assert_eq!([decimal(595_320), decimal(-500), decimal(12_000), decimal(0)], ["595.32", "-0.5", "12", "0"]);
    }
}
