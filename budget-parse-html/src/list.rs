//! The printed numbers of lists.

use crate::style::Style;

/// A list whose items are being read.
#[derive(Clone, Debug)]
pub(crate) struct List {
    counter: Counter,
    next: i32,
    step: i32,
}

/// How the items are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counter {
    /// A bullet, or nothing.
    None,
    Decimal,
    /// a, b, c; the first letter
    Letters(u8),
    Roman {
        is_upper: bool,
    },
    /// 一、二、三
    Chinese,
}

impl List {
    /// A list by its name (`ol`, `ul`, `dl`) and attributes.
    pub(crate) fn new(
        name: &str,
        kind: Option<&str>,
        start: Option<&str>,
        is_reversed: bool,
        style: Style<'_>,
    ) -> Self {
        let counter = match (style.counter().and_then(Counter::of_style), name) {
            (Some(counter), _) => counter,
            (None, "ol") => kind.and_then(Counter::of_type).unwrap_or(Counter::Decimal),
            (None, _) => Counter::None,
        };
        let next = start.and_then(|start| start.trim().parse().ok()).unwrap_or(1);
        Self { counter, next, step: if is_reversed { -1 } else { 1 } }
    }

    /// The number of the next item as it is printed, with the mark behind it; `value` is what the item says of itself.
    pub(crate) fn number(&mut self, value: Option<&str>) -> Option<String> {
        let number = value.and_then(|value| value.trim().parse().ok()).unwrap_or(self.next);
        self.next = number.saturating_add(self.step);
        self.counter.print(number)
    }
}

impl Counter {
    /// `<ol type="I">`
    fn of_type(kind: &str) -> Option<Self> {
        Some(match kind {
            "1" => Self::Decimal,
            "a" => Self::Letters(b'a'),
            "A" => Self::Letters(b'A'),
            "i" => Self::Roman { is_upper: false },
            "I" => Self::Roman { is_upper: true },
            _ => return None,
        })
    }

    /// `list-style-type:upper-roman`, `list-style:none inside`
    fn of_style(style: &str) -> Option<Self> {
        style.split_ascii_whitespace().find_map(|word| {
            Some(match word.to_ascii_lowercase().as_str() {
                "none" | "disc" | "circle" | "square" => Self::None,
                "decimal" => Self::Decimal,
                "lower-alpha" | "lower-latin" => Self::Letters(b'a'),
                "upper-alpha" | "upper-latin" => Self::Letters(b'A'),
                "lower-roman" => Self::Roman { is_upper: false },
                "upper-roman" => Self::Roman { is_upper: true },
                "cjk-ideographic" | "simp-chinese-informal" | "trad-chinese-informal" => Self::Chinese,
                _ => return None,
            })
        })
    }

    fn print(self, number: i32) -> Option<String> {
        let words = match self {
            Self::None => return None,
            Self::Decimal => None,
            Self::Letters(first) => letters(number, first).map(|word| word + "."),
            Self::Roman { is_upper } => roman(number, is_upper).map(|word| word + "."),
            Self::Chinese => chinese(number).map(|word| word + "、"),
        };
        Some(words.unwrap_or_else(|| format!("{number}.")))
    }
}

/// 1 as `a`, 27 as `aa`; numbers below 1 have no letters.
fn letters(number: i32, first: u8) -> Option<String> {
    let mut rest = u32::try_from(number).ok().filter(|number| *number > 0)?;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(first + (rest % 26) as u8));
        rest /= 26;
    }
    Some(letters.iter().rev().collect())
}

/// 4 as `iv`, up to 3999.
fn roman(number: i32, is_upper: bool) -> Option<String> {
    const PARTS: [(i32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut rest = Some(number).filter(|number| (1..4000).contains(number))?;
    let mut word = String::new();
    for (value, part) in PARTS {
        while rest >= value {
            word.push_str(part);
            rest -= value;
        }
    }
    Some(if is_upper { word.to_ascii_uppercase() } else { word })
}

/// 12 as `十二`, up to 99.
fn chinese(number: i32) -> Option<String> {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let number = usize::try_from(number).ok().filter(|number| (1..100).contains(number))?;
    let digit = |digit: usize| DIGITS.get(digit).copied().unwrap_or_default();
    Some(match (number / 10, number % 10) {
        (0, ones) => digit(ones).to_owned(),
        (1, ones) => ["十", digit(ones)].concat(),
        (tens, ones) => [digit(tens), "十", digit(ones)].concat(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(kind: Option<&str>, start: Option<&str>, style: &str, values: &[Option<&str>]) -> Vec<Option<String>> {
        let mut list = List::new("ol", kind, start, false, Style::new(style));
        values.iter().map(|value| list.number(*value)).collect()
    }

    #[test]
    fn items_are_counted_as_the_list_says() {
        let some = |words: &[&str]| words.iter().map(|word| Some((*word).to_owned())).collect::<Vec<_>>();
        assert_eq!(numbers(None, Some("3"), "", &[None, Some("7"), None]), some(&["3.", "7.", "8."]));
        assert_eq!(numbers(Some("a"), Some("26"), "", &[None, None]), some(&["z.", "aa."]));
        assert_eq!(numbers(Some("I"), Some("9"), "", &[None, None]), some(&["IX.", "X."]));
        assert_eq!(
            numbers(None, Some("10"), "list-style-type:cjk-ideographic", &[None, None]),
            some(&["十、", "十一、"])
        );
        assert_eq!(numbers(Some("i"), Some("-1"), "", &[None]), some(&["-1."]));
        assert_eq!(numbers(None, None, "list-style:none", &[None]), [None]);
        assert_eq!(numbers(None, Some("2147483647"), "", &[None, None]), some(&["2147483647.", "2147483647."]));
    }
}
